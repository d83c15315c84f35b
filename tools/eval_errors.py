#!/usr/bin/env python3
"""How many faults of others are found: errors that people left in United Nations texts, and the
test sentences of grammalecte, beside `grammalecte-cli` on the same lines.

Every line is a document of its own. A fault is found when a finding of any level, by the rules
that are on by default, shares a character with it, and mended when the first suggestion then
makes the line what the corpus says. A sentence of grammalecte belongs to the option whose rule
speaks there in grammalecte itself, or else on the nearest line of its list where one does; the
options are gathered into the groups of the rule book. Its list is made of what it finds, so its
own recall is near 1 by construction: the column is there to be reached.

  tools/eval_errors.py build/paraph CORPORA [--list[=GROUP]]     Markdown on standard output
"""
import collections
import os
import sys

from evaluation import check, in_code_points, rows
from peer import PEER, peer_findings

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
LIST = [a.partition("=")[2] for a in sys.argv if a.startswith("--list")]

# option of grammalecte → group
GROUPS = {
    "esp": "spacing", "nbsp": "spacing", "tab": "spacing",
    "typo": "typography", "apos": "typography", "liga": "typography", "virg": "typography",
    "maj": "capitals", "minis": "capitals",
    "tu": "hyphen", "mc": "hyphen", "eleu": "elision", "mapos": "elision",
    "gn": "agreement", "num": "numbers", "unit": "numbers", "date": "dates",
    "redon1": "repetition", "redon2": "repetition",
    "ppas": "participles", "conj": "verb forms", "infi": "verb forms", "imp": "verb forms",
    "inte": "verb forms", "vmode": "verb forms",
    "conf": "confusion of words", "loc": "confusion of words", "bs": "confusion of words",
    "pleo": "pleonasm", "ocr": "misread letters", "neg": "negation",
}
# what the rule book speaks of; the others are a grammar checker's
COVERED = ["typography", "spacing", "capitals", "hyphen", "elision", "agreement", "repetition",
           "numbers", "dates"]
OTHERS = ["participles", "verb forms", "confusion of words", "pleonasm", "misread letters",
          "negation", "other"]


UNCOVERED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "eval_uncovered.tsv")


def uncovered():
    """Line of the list → why the rule book does not cover its fault."""
    with open(UNCOVERED, encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))


def own_findings(texts):
    return [[(f["start"], f["end"], f["rule"], f["suggestions"] or [])
             for f in (in_code_points(f, text) for f in document["findings"])]
            for document, text in zip(check(PROGRAM, texts, "--lang", "fr"), texts)]


def touching(findings, start, end):
    """Findings that share a character with the fault, or stand where it is empty."""
    return [f for f in findings if f[0] < max(end, start + 1) and f[1] > start]


def mends(text, finding, fault, rights):
    start, end, _, suggestions = finding
    made = text[:start] + (suggestions or [""])[0] + text[end:]
    same = "".join(made.split())
    return any(same == "".join((text[: fault[0]] + right + text[fault[1]:]).split())
               for right in rights)


def natural():
    tests = rows(os.path.join(CORPORA, "fr_errors/natural_errors_un_fr_dev.tsv"))
    texts = [t["context"] for t in tests]
    peers = peer_findings(texts) or [[] for _ in tests]
    n = collections.Counter()
    for test, own, peer in zip(tests, own_findings(texts), peers):
        start = test["context"].find(test["error"])
        end = start + len(test["error"])
        hit = touching(own, start, end)
        n["paraph"] += bool(hit)
        n["mended"] += any(mends(test["context"], f, (start, end), [test["correction"]])
                           for f in hit)
        n["peer"] += bool(touching(peer, start, end))
        if LIST and not hit:
            print("MISSED natural", test["error"], "→", test["correction"], file=sys.stderr)
    print("Errors left by people in French of the United Nations type"
          " (`natural_errors_un_fr_dev.tsv`):\n")
    print("| | errors | found | mended by the first suggestion |\n| --- | ---: | ---: | ---: |")
    print(f"| paraph | {len(tests)} | {n['paraph']} | {n['mended']} |")
    print(f"| grammalecte | {len(tests)} | {n['peer']} | |")
    print(f"\nTarget: 19 found. {'Reached.' if n['paraph'] >= 19 else 'MISSED.'}\n")


def grouped(tests, peers):
    """Names the group of every test."""
    types = [next((f[2] for f in touching(found, test["start"], test["end"])
                   if f[2] != "spelling" and not test["opt"]), None)
             for test, found in zip(tests, peers)]
    known = [n for n, kind in enumerate(types) if kind]
    for n, test in enumerate(tests):
        nearest = min(known, key=lambda k, n=n: abs(int(tests[k]["line"]) - int(tests[n]["line"])))
        test["group"] = GROUPS.get(test["opt"] or types[nearest], "other")


def sentences():
    tests = []
    for row in rows(os.path.join(CORPORA, "fr_errors/grammalecte_tests_dev.tsv")):
        if row["start"].isdigit() and row["end"].isdigit():
            tests.append({**row, "start": int(row["start"]), "end": int(row["end"]),
                          "rights": row["suggestions(|-separated)"].split("|")})
    return tests


def of_covered(of, found):
    """The share of the sentences that the rule book covers; none may be."""
    covered = of["tests"] - of["apart"]
    return f"{found / covered:.3f}" if covered else "–"


def grammalecte():
    tests = sentences()
    texts = [t["sentence"] for t in tests]
    peers = peer_findings(texts)
    if peers is None:
        print(f"Test sentences of grammalecte: not measured, {PEER} is not installed.")
        return
    grouped(tests, peers)
    apart, why = uncovered(), collections.Counter()
    n = collections.defaultdict(collections.Counter)
    for test, own, peer in zip(tests, own_findings(texts), peers):
        of = n[test["group"]]
        fault = test["start"], test["end"]
        hit = touching(own, *fault)
        of["tests"] += 1
        of["paraph"] += bool(hit)
        of["mended"] += any(mends(test["sentence"], f, fault, test["rights"]) for f in hit)
        told = bool(touching(peer, *fault))
        of["peer"] += told
        if not hit and test["line"] in apart and test["group"] in COVERED:
            of["apart"] += 1
            of["peer apart"] += told
            why[apart[test["line"]]] += 1
        if LIST and not hit and LIST[0] in ("", test["group"]):
            print("MISSED", test["group"], test["line"], repr(test["sentence"]),
                  repr(test["error"]), "→", test["rights"], file=sys.stderr)
    print("Test sentences of grammalecte (`grammalecte_tests_dev.tsv`) by group of options;"
          " below the line, what the rule book does not speak of:\n")
    print("| group | faults | paraph | mended | recall | of those covered | grammalecte | recall "
          "| of those covered |\n"
          "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for group in COVERED + ["–"] + OTHERS:
        of = n[group]
        if of["tests"] != 0:
            print(f"| {group} | {of['tests']} | {of['paraph']} | {of['mended']} "
                  f"| {of['paraph'] / of['tests']:.2f} "
                  f"| {of_covered(of, of['paraph'])} | {of['peer']} "
                  f"| {of['peer'] / of['tests']:.2f} "
                  f"| {of_covered(of, of['peer'] - of['peer apart'])} |")
        elif group == "–":
            print("| – | | | | | | | | |")
    print("\nMissed and not covered by the rule book (tools/eval_uncovered.tsv; the sentences that "
          "are found were not read for this and count as covered):\n")
    for reason, count in why.most_common():
        print(f"- {reason}: {count}")


def main():
    print("## Faults found\n\n`make eval-errors`\n")
    natural()
    grammalecte()


main()
