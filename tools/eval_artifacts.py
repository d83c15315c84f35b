#!/usr/bin/env python3
"""How well the spacing rules mend what PDF extraction breaks (clean text: eval_clean.py).

Every line of a set is a document of its own, all checked in one run of the program. An edit is
one character that the gold deletes, inserts or changes. A finding of the family spacing/ at
warning or above is right when its first suggestion makes gold edits only; a gold span is found
when right findings make all its edits. Sets without spans count each edit as a span.

  tools/eval_artifacts.py build/paraph CORPORA [--list]     Markdown on standard output
"""
import difflib
import os
import subprocess
import sys

from evaluation import check, in_code_points, rows, whole

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
LIST = "--list" in sys.argv
GOLD = os.path.join(CORPORA, "gold_un_artifacts")


def findings_of(texts, language):
    """Findings of each text, offsets in code points."""
    return [[in_code_points(f, text) for f in document["findings"]]
            for document, text in zip(check(PROGRAM, texts, "--lang", language), texts)]


def edits(before, after, at=0):
    """Each changed character of before as (place, what takes its place)."""
    out = set()
    for op, i, k, j, m in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if op == "insert":
            out.add((at + i, "+" + after[j:m]))
        elif op != "equal":
            for n in range(i, k):
                out.add((at + n, after[j:m] if n == i else ""))
    return out


def edits_of_finding(finding):
    if not finding["suggestions"]:
        return None
    return edits(finding["text"], finding["suggestions"][0], finding["start"])


def counted(finding, every):
    if finding["severity"] == "info":
        return False
    return every or finding["rule"].startswith("spacing/")


def gold_spans(row, spans):
    given = spans.get(row["id"]) if spans is not None else None
    whole = edits(row["noisy"], row["corrected"])
    if given is None:
        return [{e} for e in whole], whole
    inside = [
        edits(row["noisy"][s:e], right, s) or {e for e in whole if s <= e[0] <= e}
        for s, e, right in given
    ]
    return inside, whole | set().union(*inside)


def score(lines, language, spans=None):
    found = findings_of([row["noisy"] for row in lines], language)
    n = {"gold": 0, "found": 0, "right": 0, "wrong": 0}
    for row, findings in zip(lines, found):
        gold, every = gold_spans(row, spans)
        made = set()
        for finding in findings:
            if not counted(finding, False):
                continue
            change = edits_of_finding(finding)
            if change and change <= every:
                n["right"] += 1
                made |= change
            else:
                n["wrong"] += 1
                if LIST:
                    print("WRONG", finding["rule"], repr(finding["text"]),
                          finding["suggestions"][:1], "|", row["noisy"], file=sys.stderr)
        for span in gold:
            n["gold"] += 1
            n["found"] += span <= made
            if LIST and not span <= made:
                place = min(span)[0]
                print("MISSED", repr(row["noisy"][max(0, place - 25): place + 20]),
                      "|", row["noisy"], file=sys.stderr)
    return n


def spans_of(path):
    spans = {}
    for row in rows(path):
        spans.setdefault(row["id"], []).append(
            (int(row["start"]), int(row["end"]), row["correction"]))
    return spans


def print_score(name, n):
    recall = n["found"] / n["gold"]
    precision = n["right"] / max(1, n["right"] + n["wrong"])
    print(f"| {name} | {n['gold']} | {n['found']} | {recall:.3f} | {n['right']} "
          f"| {n['wrong']} | {precision:.3f} |")


def print_artifacts():
    print("| set | gold spans | mended | recall | right findings | false alarms | precision |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    spans = spans_of(f"{GOLD}/fr_spans.tsv")
    print_score("fr_lines", score(rows(f"{GOLD}/fr_lines.tsv"), "fr", spans))
    total = {}
    english = [("en_lines", spans_of(f"{GOLD}/en_spans.tsv")), ("en_docxgold_pypdf", None),
               ("en_docxgold_pdftotext", None)]
    for name, spans in english:
        n = score(rows(f"{GOLD}/{name}.tsv"), "en", spans)
        print_score(name, n)
        total = {k: total.get(k, 0) + v for k, v in n.items()}
    print_score("English, all three", total)


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE, text=True,
                          check=False).stdout


def judge_letter(name, text, gold):
    [findings] = findings_of([text.rstrip("\n")], "fr")
    counts = [f for f in findings if counted(f, True)]
    missing = list(gold)
    other = 0
    for f in counts:
        pair = (f["text"], (f["suggestions"] or [""])[0])
        if pair in missing:
            missing.remove(pair)
        else:
            other += 1
            if LIST:
                print("LETTER", name, f["rule"], pair, file=sys.stderr)
    print(f"| {name} | {len(gold)} | {len(gold) - len(missing)} | {other} |")


def print_letter():
    path = os.path.join(CORPORA, "letter/S_2018_7_fr.txt")
    gold = [(r["text"], r["correction"]) for r in
            rows(os.path.join(CORPORA, "letter/S_2018_7_fr.gold.tsv"))]
    print("\n| letter S/2018/7 | gold faults | found, right first suggestion | other findings |")
    print("| --- | ---: | ---: | ---: |")
    judge_letter("as extracted", whole(path), gold)
    judge_letter("paragraphs joined (`paraph text`)", run("text", "--lang", "fr", path), gold)
    fixed = run("fix", "--lang", "fr", path)
    judge_letter("after `paraph fix`", fixed, [])
    wanted = corrected(whole(path), rows(os.path.join(CORPORA, "letter/S_2018_7_fr.gold.tsv")))
    same = "is" if fixed == wanted else "is NOT"
    print(f"\nWhat `paraph fix` writes {same} the letter with its {len(gold)} faults corrected "
          "and every other byte as it was.")


def corrected(text, faults):
    lines_of = text.split("\n")
    for row in reversed(faults):
        line, start = lines_of[int(row["line"]) - 1], int(row["column"]) - 1
        assert line.startswith(row["text"], start)
        lines_of[int(row["line"]) - 1] = (
            line[:start] + row["correction"] + line[start + len(row["text"]):])
    return "\n".join(lines_of)


def main():
    print("## Extraction artefacts\n\n`make eval-artifacts`\n")
    print_artifacts()
    print_letter()


main()
