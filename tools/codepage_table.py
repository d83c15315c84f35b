#!/usr/bin/env python3
"""Writes text/codepage_table.inc: the upper halves of the code pages that UTF-8 is misread as.

Run it again to add a code page:  tools/codepage_table.py > text/codepage_table.inc
Source of the facts: the mapping tables of the Unicode Consortium as Python's codecs carry them.
Bytes that a code page leaves empty are the C1 controls, as browsers read them.
"""
PAGES = ["cp1252", "cp1250", "cp850", "cp437", "mac_roman"]


def character(byte, page):
    return ord(bytes([byte]).decode(page, errors="ignore") or chr(byte))


print("/* Made by tools/codepage_table.py. */")
for page in PAGES:
    print(f"\t{{ /* {page} */")
    for row in range(0x80, 0x100, 8):
        print("\t\t" + " ".join(f"0x{character(b, page):04X}," for b in range(row, row + 8)))
    print("\t},")
