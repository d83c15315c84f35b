#!/usr/bin/env python3
"""How good `paraph term extract` is, counted without judging by hand: what the termbase knows is the
truth.

    tools/eval_extract.py build/paraph CORPORA [--verbose]

- acronyms: of those that the termbase has, how many have its long form;
- translations: of candidates that the termbase has, how many were given a name of the same
  concept, where any translation was given;
- speed and memory on the largest pair file."""
import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

PROGRAM, CORPORA = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
VERBOSE = "--verbose" in sys.argv
PAIRS = ["un_sdg_metadata_dev.tsv", "un_charter_en_fr.tsv", "un_sdg_goals_targets_indicators.tsv",
         "canlaw_un_related_dev.tsv"]


def extract(*args):
    out = subprocess.run([PROGRAM, "term", "extract", "--no-config", "--format", "json", "--top",
                          "100000", *map(str, args)], capture_output=True, check=True).stdout
    return json.loads(out)["candidates"]


def known():
    """Concepts by language and acronym, with their names."""
    out = subprocess.run([PROGRAM, "term", "export", "--to", "tsv",
                          str(pathlib.Path(PROGRAM).parent / "data/termbase.sqlite")],
                         capture_output=True, check=True, text=True).stdout
    rows = [line.split("\t") for line in out.splitlines()]
    at = {name: i for i, name in enumerate(rows[0])}
    acronyms = collections.defaultdict(set)
    for row in rows[1:]:
        for language in "en", "fr":
            acronym = row[at[language + "_acronym"]]
            if acronym:
                acronyms[language, acronym].add(row[at["concept"]])
    return acronyms


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in text if not unicodedata.combining(c)))


def share(right, of):
    return f"{right} of {of} ({right / of:.3f})" if of else "none"


def acronyms(candidates, truth):
    right = of = 0
    for c in candidates:
        concepts = truth.get((c["language"], c["acronym"]), set()) if c["acronym"] else set()
        if concepts:
            of += 1
            right += c["concept"] in concepts
            if c["concept"] not in concepts and VERBOSE:
                print("    other:", c["acronym"], "|", c["text"])
    return right, of


def translations(candidates):
    right = of = given = 0
    for c in candidates:
        if not c["concept"]:
            continue
        given += 1
        if c.get("translation"):
            of += 1
            right += c["translationConcept"] == c["concept"]
            if c["translationConcept"] != c["concept"] and VERBOSE:
                print("    other:", c["text"], "→", c["translation"])
    return right, of, given


def main():
    truth = known()
    texts = [CORPORA / "un_text/un_treaty_body_recommendations_fr_dev.txt",
             CORPORA / "letter/S_2018_7_fr.txt"]
    found = extract("--min", 1, *texts)
    print("## Extraction\n\n`make eval-extract`: the termbase is the truth; a translation is right when it "
          "is a name of the same\nconcept.\n\n```")
    print("UN texts in French, acronyms with the long form of the termbase:",
          share(*acronyms(found, truth)))
    total = [0, 0, 0]
    spelled = [0, 0]
    for name in PAIRS:
        found = extract("--pairs", CORPORA / "tm" / name)
        one = acronyms(found, truth)
        spelled = [a + b for a, b in zip(spelled, one)]
        one = translations(found)
        total = [a + b for a, b in zip(total, one)]
        print(f"{name}: {len(found)} candidates, translations right {share(one[0], one[1])}")
    print("pairs, acronyms with the long form of the termbase:", share(*spelled))
    print("pairs, translations of known concepts right:", share(total[0], total[1]),
          "given for", share(total[1], total[2]))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "pairs.tsv"
        path.write_bytes(gzip.decompress((CORPORA / "tm/canlaw_dev_120k.tsv.gz").read_bytes()))
        start = time.monotonic()
        child = subprocess.Popen([PROGRAM, "term", "extract", "--pairs", "--no-config", str(path)],
                                 stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        size = path.stat().st_size / 1e6
        print(f"120,000 pairs, {size:.0f} MB: {seconds:.1f} s ({size / seconds:.1f} MB/s), "
              f"{usage.ru_maxrss / 1024:.0f} MB")
    print("```")


main()
