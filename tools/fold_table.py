#!/usr/bin/env python3
"""Writes text/fold_table.inc: case and folding of Latin, Greek and Cyrillic.

Run it again when Unicode changes:  tools/fold_table.py > text/fold_table.inc
Source of the facts: the Unicode Character Database as Python's unicodedata carries it.
"""
import unicodedata

RANGES = [(0x0000, 0x0590), (0x1E00, 0x2000)]
SPECIAL = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d",
           "þ": "th", "ŀ": "l", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ŉ": "n", "ſ": "s",
           "¹": "1", "²": "2", "³": "3"}


def single(text, otherwise):
    return text if len(text) == 1 else otherwise


def simple_lower(c):
    return "i" if c == "İ" else single(c.lower(), c)


def simple_upper(c):
    return single(c.upper(), c)


def fold(c):
    low = simple_lower(c)
    if low == "\u00ad" or "\u0300" <= low <= "\u036f":
        return ""
    base = "".join(x for x in unicodedata.normalize("NFD", low) if not unicodedata.combining(x))
    base = "".join(SPECIAL.get(x, x) for x in base)
    return base if 0 < len(base.encode()) <= 3 else low


def quote(text):
    raw = text.encode()
    return "{ " + ", ".join(f"0x{b:02X}" for b in raw) + " }" if raw else "{ 0 }"


print("/* Made by tools/fold_table.py from Unicode", unicodedata.unidata_version + ". Do not edit. */")
print("/* clang-format off */")
for name, (first, last) in zip(("fold_low", "fold_high"), RANGES):
    print(f"static const struct fold_entry {name}[{last - first}] = {{")
    for code in range(first, last):
        c = chr(code)
        f = fold(c) if code else ""
        print(f"\t{{ 0x{ord(simple_lower(c)):X}, 0x{ord(simple_upper(c)):X}, "
              f"{len(f.encode())}, {quote(f)} }},")
    print("};")
