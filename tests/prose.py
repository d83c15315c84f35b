#!/usr/bin/env python3
"""What the program writes is written as it wants others to write: every string of the sources
that is a message in French or English is checked by paraph itself and gives no finding at
warning or above. Rules are judged by tests/unit/test_prose.c.

A string that begins with a space or stands for a word only is no prose; places for values are
filled in, and what stands between quotation marks is mentioned, not written.

Text without any no-break space may come from a PDF, where paraph does not ask for them; of its own
French it asks: every string with a space before : ; ! ? or inside « », of one word or many, has a
no-break space there.

  tests/prose.py build/paraph [--list]     ends with "prose: N passed, N failed"
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.realpath(sys.argv[1])
LIST = "--list" in sys.argv
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDERS = ["apps", "engine", "report", "checker", "termbase", "tm", "document", "base"]
LITERALS = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+')
ESCAPES = {"n": "\n", "t": " ", '"': '"', "\\": "\\"}
FRENCH = re.compile(r"[éèêàçùîôœ«»]|\b(le|la|les|des|du|une|est|pas|dans|que|avec|aucun)\b|\b[ldn]’"
                    r"|[ \u00a0\u202f][:;!?]", re.I)
VALUE = re.compile(r"%[-+0 #]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(hh|h|ll|l|z|j)?([diufgsxc%])")
MENTIONS = re.compile(r"«[^»]*»|“[^”]*”")
GRAMMAR = re.compile(r"\b(the|an?|of|is|are|to|in|for|no|not|with|le|la|les|des?|du|un|une|est|pas|dans"
                     r"|pour|en|et|sans|par)\b|[’.:;]", re.I)


def unescaped(text):
    def one(match):
        code = match.group(1)
        if code[0] in "01234567":
            return chr(int(code, 8))
        if code[0] in "ux":
            return chr(int(code[1:], 16))
        return ESCAPES.get(code, "")
    data = re.sub(r"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{1,3}|.)", one, text)
    try:  # "\302\240" is a character in two bytes
        return data.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return data.replace("\u00c2\u00a0", "\u00a0")


NO_MESSAGES = "examples|source|watch"
OF_RULES = NO_MESSAGES + "|summary_..|explanation_.."  # judged by test_prose.c


LISTS = re.compile(r"(?:static )?const char \*const \*?\w+(?:\[[^\]]*\])+\s*=\s*\{.*?\};", re.S)


def without(source, fields):
    """Comments and these fields of rules left out."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    return re.sub(rf"\.({fields})\b.*?(?=\n\t\.\w+ =|\n\}};)", "", source, flags=re.S)


def strings(fields, lists):
    for folder in FOLDERS:
        for path in sorted(glob.glob(os.path.join(TOP, folder, "**/*.c"), recursive=True)):
            with open(path, encoding="utf-8") as file:
                source = without(file.read(), fields)
                source = source if lists else LISTS.sub("", source)
            for match in LITERALS.finditer(source):
                parts = re.findall(r'"((?:[^"\\\n]|\\.)*)"', match.group(0))
                yield os.path.relpath(path, TOP), unescaped("".join(parts))


CODE = re.compile(r"SELECT|INSERT|UPDATE|DELETE|CREATE|REFERENCES|\bFROM\b|\bWHERE\b")
BREAKABLE = re.compile(r"(?<=[^ \n]) [:;!?](?=[ \n]|$)|« | »")
DATA = ("document/reflow.c",)  # marks that are looked for in texts


def may_break(text):
    """The first ordinary space where French has a no-break one."""
    found = None if CODE.search(text) else BREAKABLE.search(text)
    return text[max(0, found.start() - 20):found.end() + 10] if found else None


def is_prose(text):
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= 4 and GRAMMAR.search(text) and "_" not in text and not text.startswith((" ", "<", "{", "SELECT", "INSERT", "CREATE",
                                                    "UPDATE", "DELETE", "WITH", "PRAGMA")) and \
        not re.search(r"[{}<>=|\\]|SELECT|\bFROM\b", text) and " " in text


def filled(text):
    def value(match):
        kind = match.group(2)
        return "%" if kind == "%" else "12" if kind in "diufgx" else "Beta"
    text = VALUE.sub(value, text)
    return MENTIONS.sub(lambda m: "«\u00a0mot\u00a0»" if m.group(0)[0] == "«" else "“word”",
                        re.sub(r"\n+", " ", text)).strip()


def check(texts, language):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for n, text in enumerate(texts):
            names.append(f"{folder}/{n:05}.txt")
            with open(names[-1], "w", encoding="utf-8") as file:
                file.write(text + "\n")
        run = subprocess.run([PROGRAM, "check", "--lang", language, "--format", "jsonl",
                              "--fail-on", "never", "--files-from", "-"], input="\n".join(names),
                             stdout=subprocess.PIPE, text=True, check=True)
    for line in run.stdout.splitlines():
        document = json.loads(line)
        for finding in document.get("findings", []):
            if finding["severity"] != "info":
                yield int(os.path.basename(document["path"])[:5]), finding


def main():
    sets, failed, total = {"fr": [], "en": []}, 0, 0
    for path, text in strings(NO_MESSAGES, True):
        place = None if path in DATA else may_break(text)
        total += FRENCH.search(text) is not None
        if place:
            failed += 1
            print(f"{path}: an ordinary space in: {place}")
    for path, text in strings(OF_RULES, False):
        if is_prose(text):
            text = filled(text)
            sets["fr" if FRENCH.search(text) else "en"].append((path, text))
    for language, found in sets.items():
        if LIST:
            for path, text in found:
                print(language, path, text, sep="\t")
        for n, finding in check([text for _, text in found], language):
            failed += 1
            print(f"{found[n][0]}: {finding['rule']} on “{finding['text']}” in: {found[n][1]}")
    total += sum(map(len, sets.values()))
    print(f"prose: {total - failed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
