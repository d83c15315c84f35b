#!/usr/bin/env python3
"""False alarms of all default rules on texts that were issued.

The clean sets are checked with `paraph check` as a user would, every finding at warning or above
is looked up in a list of judgements, and alarms per 10,000 words are counted from those judged
false. A finding that nobody has judged is printed for reading, and counts as false until it is.

The list (tools/eval_clean.tsv) holds no text of the corpora: its key is a hash of the rule, the
text of the finding and 24 characters on either side. Verdicts: true (a fault of the text), false
(an alarm), and artefact (true, in a set that was meant to be clean: an extraction fault).

  tools/eval_clean.py build/paraph CORPORA             Markdown on standard output
  tools/eval_clean.py build/paraph CORPORA --read      every finding, to be judged
  tools/eval_clean.py build/paraph CORPORA --set=NAME  one set only
"""
import collections
import csv
import hashlib
import json
import lzma
import os
import subprocess
import sys
import tempfile

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
READ = "--read" in sys.argv
ONLY = [a[6:] for a in sys.argv if a.startswith("--set=")]
JUDGED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "eval_clean.tsv")
AROUND = 24


def lines(path, column=None, header=False):
    """One document a line; a column of a TSV file, or the line."""
    with open(os.path.join(CORPORA, path), encoding="utf-8") as file:
        rows = file.read().split("\n")
    rows = rows[1:] if header else rows
    if column is not None:
        rows = [row.split("\t")[column] for row in rows if row.count("\t") >= column]
    return [row for row in rows if row.strip()]


def whole(path):
    data = open(os.path.join(CORPORA, path), "rb").read()
    if path.endswith(".xz"):
        data = lzma.decompress(data)
    return [data.decode("utf-8")]


def column(path, number):
    """A column as one document, a paragraph a row."""
    return ["\n".join(lines(path, number))]


# name, counted in the total, documents
SETS = [
    ("Charter, French", True, lambda: whole("un_text/raw_un_charter_fr.txt")),
    ("Charter, English", True, lambda: whole("un_text/raw_un_charter_en.txt")),
    ("Universal Declaration, French", True, lambda: whole("un_text/udhr2_fr.txt")),
    ("Universal Declaration, English", True, lambda: whole("un_text/udhr2_en.txt")),
    ("treaty-body recommendations, French", True,
     lambda: whole("un_text/un_treaty_body_recommendations_fr_dev.txt")),
    ("clean lines, French", True,
     lambda: lines("gold_un_artifacts/fr_clean_lines.tsv", 2, True)),
    ("clean lines, English", True,
     lambda: lines("gold_un_artifacts/en_clean_lines.tsv", 2, True)),
    ("SDG goals and indicators, French", True,
     lambda: column("tm/un_sdg_goals_targets_indicators.tsv", 2)),
    ("SDG goals and indicators, English", True,
     lambda: column("tm/un_sdg_goals_targets_indicators.tsv", 1)),
    ("Charter memory, French", True, lambda: column("tm/un_charter_en_fr.tsv", 1)),
    ("Charter memory, English", True, lambda: column("tm/un_charter_en_fr.tsv", 0)),
    ("treaties, French", False, lambda: whole("un_text/treaties_fr_dev.txt.xz")),
    ("UNICEF 1980, French, OCR", False,
     lambda: whole("un_text/E_ICEF_672_PartI_1980_fr_ocr.txt")),
    ("literary French (grammalecte)", False,
     lambda: whole("fr_errors/grammalecte_correct_dev.txt")),
]


def check(texts):
    """Words of the whole set, and its findings with the text each stands in."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for n, text in enumerate(texts):
            names.append(f"{folder}/{n:06}.txt")
            with open(names[-1], "w", encoding="utf-8", newline="") as file:
                file.write(text + "\n")
        run = subprocess.run(
            [PROGRAM, "check", "--format", "jsonl", "--fail-on", "never", "--files-from", "-"],
            input="\n".join(names), stdout=subprocess.PIPE, text=True, check=False)
        if run.returncode != 0:
            sys.exit("paraph check failed")
        words, found = 0, []
        for line in run.stdout.splitlines():
            document = json.loads(line)
            if "path" not in document:
                continue
            n = int(os.path.basename(document["path"])[:6])
            words += document["words"]
            found += [(f, texts[n].encode() + b"\n") for f in document["findings"]]
        return words, found


def context(finding, data):
    """The finding with what stands around it, white space made one space."""
    before = data[: finding["start"]].decode(errors="ignore")[-AROUND:]
    after = data[finding["end"]:].decode(errors="ignore")[:AROUND]
    return tuple(" ".join(part.split()) for part in (before, finding["text"], after))


def key(finding, data):
    parts = "\x1f".join((finding["rule"],) + context(finding, data))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def judgements():
    if not os.path.exists(JUDGED):
        return {}
    with open(JUDGED, encoding="utf-8", newline="") as file:
        rows = csv.reader((row for row in file if not row.startswith("#")), delimiter="\t")
        return {row[0]: row[2] for row in rows if len(row) >= 3}


def show(name, verdict, finding, data):
    before, text, after = context(finding, data)
    first = (finding["suggestions"] or ["–"])[0]
    print(f"{key(finding, data)}\t{finding['rule']}\t{verdict}\t{name}\t"
          f"{finding['severity']}\t{before}[[{text}]]{after}\t{first}")


def main():
    verdicts = judgements()
    rows, rules, unread = [], collections.Counter(), []
    total_words = total_false = 0
    for name, counted, documents in SETS:
        if ONLY and name not in ONLY:
            continue
        words, found = check(documents())
        tally = collections.Counter()
        for finding, data in found:
            if finding["severity"] == "info":
                tally["info"] += 1
                continue
            verdict = verdicts.get(key(finding, data), "unread")
            tally[verdict] += 1
            rules[(finding["rule"], finding["severity"], verdict)] += 1
            if READ or verdict == "unread":
                unread.append((name, verdict, finding, data))
        false = tally["false"] + tally["unread"]
        if counted:
            total_words, total_false = total_words + words, total_false + false
        rows.append((name, words, tally["true"] + tally["artefact"], tally["false"],
                     tally["unread"], tally["info"], 1e4 * false / max(words, 1)))
    if READ:
        for row in unread:
            show(*row)
        return
    print("| set | words | true | false | not read | info | false per 10,000 words |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in rows:
        print("| {} | {} | {} | {} | {} | {} | {:.2f} |".format(*row))
    print(f"| **United Nations sets (all but the last three)** | {total_words} | | "
          f"{total_false} | | | **{1e4 * total_false / max(total_words, 1):.2f}** |")
    print("\n| rule | level | true | false | not read |\n| --- | --- | ---: | ---: | ---: |")
    for rule, level in sorted({(r, s) for r, s, _ in rules}):
        count = [rules[(rule, level, v)] for v in ("true", "artefact", "false", "unread")]
        print(f"| {rule} | {level} | {count[0] + count[1]} | {count[2]} | {count[3]} |")
    if unread:
        print("\nNot read yet (key, rule, verdict, set, level, place, suggestion):\n")
        for row in unread:
            show(*row)


main()
