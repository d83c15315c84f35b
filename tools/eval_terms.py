#!/usr/bin/env python3
"""Precision and recall of matching terms in United Nations texts.

`paraph term find` is run on the clean sets and the letter. Of what it finds, 500 are taken by the
hash of their keys and looked up in a list of judgements; a match is right when the words name the
concept that is reported, and are not part of a longer name. Matches that are reported as
uncertain are counted apart. What was missed is
looked for in another way: the words of every term, folded and without a plural ending, wherever
no match stands; these candidates are judged alike ("missed" or "no").

The list (tools/eval_terms.tsv) holds no text of the corpora, see eval_clean.py. A match or a
candidate that nobody has judged counts as false or missed until it is.

  tools/eval_terms.py build/paraph CORPORA             Markdown on standard output
  tools/eval_terms.py build/paraph CORPORA --read      every row of the samples, to be judged
"""
import collections
import csv
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

from evaluation import clean_sets, context, whole

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
READ = "--read" in sys.argv
HERE = os.path.dirname(os.path.abspath(__file__))
JUDGED = os.path.join(HERE, "eval_terms.tsv")
SAMPLE, CANDIDATES = 500, 200
SKIPPED = ("memory", "literary", "treaties", "OCR")  # doubles, and what is not of our time
ROW = "| {} | {} | {} | {} |"


def key(concept, place, data):
    parts = "\x1f".join((concept,) + context(place, data))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def judgements():
    if not os.path.exists(JUDGED):
        return {}
    with open(JUDGED, encoding="utf-8", newline="") as file:
        rows = csv.reader((row for row in file if not row.startswith("#")), delimiter="\t")
        return {row[0]: row[2] for row in rows if len(row) >= 3}


def texts():
    for name, _, documents in clean_sets(CORPORA):
        if not any(word in name for word in SKIPPED):
            yield name, "en" if "English" in name else "fr", "\n\n".join(documents())
    yield "letter, French", "fr", whole(os.path.join(CORPORA, "letter/S_2018_7_fr.txt"))


def find(language, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text.txt")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        run = subprocess.run([PROGRAM, "term", "find", "--no-config", "--lang", language,
                              "--format", "json", path],
                             stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)["documents"][0]["terms"]


def words_of(text):
    """Folded words without a plural ending, with their places in bytes; an empty line ends a
    paragraph, which no term runs over."""
    found, at, place = [], 0, 0
    for match in re.finditer(r"[^\W_]+[\u0300-\u036f]*|\n\s*\n", text):
        at += len(text[place:match.start()].encode())
        place = match.start()
        word = match.group()
        if not word.strip():
            found.append(("\n", at, at))
            continue
        folded = unicodedata.normalize("NFD", word.replace("œ", "oe").casefold())
        folded = "".join(c for c in folded if not unicodedata.combining(c))
        stem = re.sub(r"(?<=..)(aux|al)$", "al", folded)
        stem = re.sub(r"(?<=..)e?[sx]$", "", stem)
        found.append((stem.rstrip("e") if len(stem) > 3 else stem, at, at + len(word.encode())))
    return found


def glossary(language):
    """(words of a term) → concept, for terms that are not acronyms."""
    terms = {}
    for path in sorted(glob.glob(os.path.join(HERE, "../data/glossaries/*.tsv"))):
        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.DictReader((r for r in file if r.strip() and not r.startswith("#")),
                                  delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in rows:
                if row.get("subject") == "word":
                    continue
                for column in ("", "_acronym", "_admitted", "_deprecated"):
                    if column == "_acronym":  # found letter by letter, or not at all
                        continue
                    for name in (row.get(language + column) or "").split(";"):
                        parts = tuple(w for w, _, _ in words_of(name.strip(" ?^=")))
                        if parts and not (name.isupper() or name[:1] in "?^"):
                            terms.setdefault(parts, row.get("concept") or name)
    return terms


def missed(text, matches, terms):
    longest = max(map(len, terms))
    words, done = words_of(text), []
    covered = sorted((m["start"], m["end"]) for m in matches)
    i = c = 0
    while i < len(words):
        while c < len(covered) and covered[c][1] <= words[i][1]:
            c += 1
        if c < len(covered) and covered[c][0] <= words[i][1]:
            i += 1
            continue
        for n in range(min(longest, len(words) - i), 0, -1):
            concept = terms.get(tuple(w for w, _, _ in words[i:i + n]))
            end = words[i + n - 1][2]
            if concept and (c == len(covered) or covered[c][0] >= end):
                done.append({"concept": concept, "start": words[i][1], "end": end,
                             "text": text.encode()[words[i][1]:end].decode()})
                i += n - 1
                break
        i += 1
    return done


def sample(rows, most):
    return [rows[k] for k in sorted(rows)[:most]]


def show(row, verdict):
    print("\t".join((row["key"], row["concept"], verdict, "{}[[{}]]{}".format(*row["context"]))))


def gather():
    found, lost, unsure = {}, {}, 0
    for name, language, text in texts():
        matches, data = find(language, text), text.encode()
        terms = missed(text, matches, glossary(language))
        unsure += sum(m["uncertain"] for m in matches)
        for into, rows in ((found, [m for m in matches if not m["uncertain"]]), (lost, terms)):
            for row in rows:
                row.update(key=key(row["concept"], row, data), set=name,
                           context=context(row, data), language=language)
                into[row["key"]] = row
    return found, lost, unsure


def main():
    verdicts = judgements()
    found, lost, unsure = gather()
    matches, candidates = sample(found, SAMPLE), sample(lost, CANDIDATES)
    if READ:
        for row in matches + candidates:
            show(row, verdicts.get(row["key"], "unjudged"))
        return
    table = collections.defaultdict(collections.Counter)
    for row in matches:
        table[row["language"]][verdicts.get(row["key"], "false")] += 1
    print("## Terms\n\n`make eval-terms`: what `paraph term find` says of United Nations texts, "
          "judged by reading (tools/eval_terms.tsv).\n")
    print(ROW.format("matches", "judged", "right", "precision"))
    print(ROW.format("---", "---:", "---:", "---:"))
    table["all"] = sum(table.values(), collections.Counter())
    for name in ("fr", "en", "all"):
        total, right = sum(table[name].values()), table[name]["true"]
        print(ROW.format(name, total, right, f"{right / max(total, 1):.3f}"))
    gone = sum(verdicts.get(row["key"], "missed") == "missed" for row in candidates)
    share = gone / max(len(candidates), 1)
    right = len(found) * table["all"]["true"] / max(len(matches), 1)
    print(f"\n{unsure} further matches are reported as uncertain.")
    print(f"\nOf {len(lost)} places that hold the words of a term and no match, "
          f"{len(candidates)} were judged: {gone} name the concept and were missed. With "
          f"{len(found)} distinct matches that makes a recall of "
          f"{right / max(right + share * len(lost), 1):.3f}.")


main()
