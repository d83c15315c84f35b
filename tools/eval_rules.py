#!/usr/bin/env python3
"""The rules that no corpus ever triggers.

All corpora are checked with every rule on, whatever its level: the clean sets, the extracted
lines, the faults of others, the letter, and the first part of long texts that nobody judged. A
rule that stays silent on all of them is proved by its examples and golden cases alone.

  tools/eval_rules.py build/paraph CORPORA     Markdown on standard output
"""
import collections
import os
import subprocess
import sys

from evaluation import check, clean_sets, lines, rows, whole

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
PART = 5 << 20


def unjudged():
    """Texts for this purpose only: name, documents."""
    at = lambda path: os.path.join(CORPORA, path)
    gold = "gold_un_artifacts/"
    yield "letter", [whole(at("letter/S_2018_7_fr.txt"))]
    for name in ("fr_lines", "en_lines", "en_docxgold_pypdf", "en_docxgold_pdftotext"):
        yield name, [row["noisy"] for row in rows(at(f"{gold}{name}.tsv"))]
    yield "natural errors", [row["context"] for row in
                             rows(at("fr_errors/natural_errors_un_fr_dev.tsv"))]
    yield "grammalecte", [row["sentence"] for row in
                          rows(at("fr_errors/grammalecte_tests_dev.tsv"))]
    for number, language in ((0, "English"), (1, "French")):
        yield f"SDG metadata, {language}", ["\n".join(
            lines(at("tm/un_sdg_metadata_dev.tsv"), number))]
    for name in ("canlaw_fr_50MB", "en_24MB"):
        text = whole(at(f"bench/{name}.txt.xz"))
        yield name, [text[: text.rfind("\n", 0, PART)]]


def listed():
    """Rule → its level as `paraph rules` states it."""
    run = subprocess.run([PROGRAM, "rules", "--ui-lang", "en"], stdout=subprocess.PIPE,
                         text=True, check=True)
    return {line.split()[0]: line.split()[1] for line in run.stdout.splitlines()}


def main():
    fired, sets = collections.Counter(), collections.defaultdict(set)
    documents = [(name, texts()) for name, _, texts in clean_sets(CORPORA)] + list(unjudged())
    for name, texts in documents:
        for document in check(PROGRAM, texts, "--enable", "all"):
            for finding in document["findings"]:
                fired[finding["rule"]] += 1
                sets[finding["rule"]].add(name)
    rules = listed()
    silent = [rule for rule in rules if fired[rule] == 0]
    print("## Rules and what triggers them\n\n`make eval-rules`\n")
    print(f"{len(rules)} rules; {len(rules) - len(silent)} speak somewhere in the "
          f"{len(documents)} sets with every rule on. Never, in no corpus:\n")
    for rule in silent:
        print(f"- `{rule}` ({rules[rule]})")
    if not silent:
        print("- none")
    print("\n| rule | level | findings | sets |\n| --- | --- | ---: | ---: |")
    for rule in sorted(rules):
        if fired[rule] != 0:
            print(f"| {rule} | {rules[rule]} | {fired[rule]} | {len(sets[rule])} |")


main()
