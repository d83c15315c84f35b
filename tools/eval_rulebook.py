#!/usr/bin/env python3
"""Which rules of the editors' rule book are built: every row that a program can decide is cited
by a rule or a wording of paraph, or stands in tools/rulebook_left.tsv with the reason why not.

The rows are those of reference/rules.tsv beside the corpora. Evidence D (not confirmed by any authority) asks for no rule. A row is cited where
its id stands in the source of a rule (`paraph rules` in docs/RULES.md) or of a line of
data/lang/. Exit status 1: a row is unexplained, or explained and cited.

  tools/eval_rulebook.py build/paraph CORPORA     Markdown on standard output
"""
import collections
import glob
import os
import re
import subprocess
import sys

from evaluation import rows

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ID = re.compile(r"\b(?:FR|EN|BI)-[A-Z]{3}-\d{2}\b")
FAMILIES = {
    "ESP": "spaces", "GUI": "quotation marks, apostrophes", "LET": "letters and encoding",
    "MAJ": "capitals", "NUM": "numbers and dates", "ABR": "abbreviations and acronyms",
    "REF": "references", "LIS": "lists", "TRT": "hyphens, wordings, grammar",
    "PAY": "names of States and groups", "INC": "inclusive language", "FOR": "form of documents",
    "SPE": "spelling", "CAP": "capitals", "PUN": "punctuation", "ABB": "abbreviations and acronyms",
    "GEN": "inclusive language, wordings", "TRM": "terms", "SEG": "passages",
}


def cited():
    """Id → the rules that cite it."""
    found = collections.defaultdict(set)
    listing = subprocess.run([PROGRAM, "rules", "--ui-lang", "en"], stdout=subprocess.PIPE,
                             text=True, check=True).stdout
    for rule in (line.split()[0] for line in listing.splitlines()):
        text = subprocess.run([PROGRAM, "explain", rule, "--ui-lang", "en"],
                              stdout=subprocess.PIPE, text=True, check=True).stdout
        for row in ID.findall(text):
            found[row].add(rule)
    for name in glob.glob(os.path.join(TOP, "data/lang/wordings-*.tsv")):
        with open(name, encoding="utf-8") as file:
            for cells in (line.rstrip("\n").split("\t") for line in file if line[0] not in "#@"):
                for row in ID.findall(cells[-1]):
                    found[row].add(cells[0])
    return found


def reasons():
    with open(os.path.join(TOP, "tools/rulebook_left.tsv"), encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file
                    if line.strip() and not line.startswith("#"))


def table(book, found, left):
    n = collections.defaultdict(collections.Counter)
    for row in book:
        of = n[row["id"][:2], row["id"][3:6]]
        of["all"] += 1
        of["cited" if row["id"] in found else "left" if row["id"] in left else "open"] += 1
    print("| family | rows | built | left, with a reason |\n| --- | ---: | ---: | ---: |")
    for (language, family), of in n.items():
        print(f"| {language}-{family} {FAMILIES[family]} | {of['all']} | {of['cited']} "
              f"| {of['left']} |")
    total = sum((of for of in n.values()), collections.Counter())
    print(f"| **all** | {total['all']} | {total['cited']} | {total['left']} |")


def main():
    book = list(rows(os.path.join(CORPORA, "../reference/rules.tsv")))
    found, left = cited(), reasons()
    print("## The rule book\n\n`make eval-rulebook`: rows of the researched rule book.\n")
    table(book, found, left)
    print("\nNot built:\n\n| row | evidence | reason |\n| --- | --- | --- |")
    for row in book:
        if row["id"] in left and row["id"] not in found:
            print(f"| {row['id']} | {row['evidence']} | {left[row['id']]} |")
    unexplained = [row["id"] for row in book if row["id"] not in found and row["id"] not in left]
    stale = [i for i in left if i in found or i not in {row["id"] for row in book}]
    print(f"\nUnexplained: {', '.join(unexplained) or 'none'}.")
    if stale:
        print(f"\nBuilt, and still in the list of those left: {', '.join(stale)}.")
    return 1 if unexplained or stale else 0


sys.exit(main())
