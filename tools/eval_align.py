#!/usr/bin/env python3
"""Alignment measured against files whose true alignment is known.

    eval_align.py PARAPH CORPORA

Strict F1: a bead counts when it has the very segments of a true one. Beside paraph stands
alignment by length alone (Gale and Church; build/tools/align_length), and, where many lines are
alike, one that is told what translates what (tools/eval_align_told.py)."""
import gzip
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import eval_align_told as told

PARAPH, CORPORA = sys.argv[1], Path(sys.argv[2])
BY_LENGTH = Path(PARAPH).parent / "tools" / "align_length"


def beads(lines):
    found = []
    for line in lines:
        sides = re.match(r"\[(.*?)\]:\[(.*?)\]", line)
        if sides:
            found.append(tuple(
                tuple(int(n) for n in side.split(",") if n.strip()) for side in sides.groups()))
    return found


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stderr}")
    return beads(done.stdout.split("\n"))


def by_paraph(source, target, *options):
    return run([PARAPH, "align", "--quiet", "--lines", "--to", "beads", "--source-lang", "en",
                "--target-lang", "fr", *options, str(source), str(target)])


def by_length(source, target):
    return run([str(BY_LENGTH), str(source), str(target)])


def with_memory(folder, name, pairs):
    """paraph with a memory that has every second one of the pairs."""
    known = Path(folder) / f"{name}.tsv"
    store = Path(folder) / f"{name.split(',')[0]}.paraph-tm"
    known.write_text("".join(f"{a}\t{b}\n" for a, b in pairs[::2]), encoding="utf-8")
    subprocess.run([PARAPH, "tm", "import", "--source-lang", "en", "--target-lang", "fr", "--into",
                    str(store), str(known)], check=False, stdout=subprocess.DEVNULL)
    return ("paraph, every second pair in a memory", lambda source, target: by_paraph(
        source, target, "--tm", str(store)))


class Score:
    """True, given and right beads: of all kinds, and of those with segments on both sides."""

    def __init__(self):
        self.all, self.both, self.text = [0, 0, 0], [0, 0, 0], [0, 0, 0]

    def add(self, truth, given, source, target):
        both = [[b for b in side if b[0] and b[1]] for side in (truth, given)]
        texts = [Counter((tuple(source[i] for i in b[0]), tuple(target[i] for i in b[1]))
                         for b in side) for side in both]
        for where, (a, b, right) in (
                (self.all, (len(truth), len(given), len(set(truth) & set(given)))),
                (self.both, (len(both[0]), len(both[1]), len(set(both[0]) & set(both[1])))),
                (self.text, (sum(texts[0].values()), sum(texts[1].values()),
                             sum((texts[0] & texts[1]).values())))):
            for i, n in enumerate((a, b, right)):
                where[i] += n

    def row(self):
        return " | ".join(f"{2 * right / max(1, a + b):.4f}"
                          for a, b, right in (self.both, self.all, self.text))


def read(path):
    return path.read_text(encoding="utf-8").split("\n")


ALIGNERS = (("paraph", by_paraph), ("by length alone", by_length))


def measure(name, files, aligners=ALIGNERS, corrections=None):
    """files: (source, target, truth) paths."""
    for who, align in aligners:
        score = Score()
        for source, target, truth in files:
            true = set_right(beads(read(truth)), (corrections or {}).get(truth.stem, []))
            score.add(true, align(source, target), read(source), read(target))
        print(f"| {name} | {who} | {score.row()} |", flush=True)


def read_corrections():
    """By file: beads that were judged by reading (tools/eval_align.tsv)."""
    found = {}
    for line in read(Path(__file__).with_suffix(".tsv")):
        if line and not line.startswith("#"):
            name, *sides = line.split("\t")
            found.setdefault(name, []).append(
                tuple(tuple(int(n) for n in side.split(",")) for side in sides))
    return found


def set_right(truth, corrections):
    """Corrected beads take the place of those that have any of their segments."""
    taken = [{n for bead in corrections for n in bead[k]} for k in (0, 1)]
    return [bead for bead in truth
            if not any(n in taken[k] for k in (0, 1) for n in bead[k])] + corrections


def told_everything():
    """An aligner that knows of every text in canlaw what translates it, and how often."""
    known = []
    for source, target, truth in known_folder(CORPORA / "align" / "canlaw"):
        known += told.texts_of(beads(read(truth)), read(source), read(target))
    hard = [bead for _, _, truth in known_folder(CORPORA / "align" / "canlaw_hard")
            for bead in beads(read(truth))]
    aligner = told.Told(known, hard)
    return (("told what translates what",
             lambda source, target: aligner.align(read(source)[:-1], read(target)[:-1])),)


def known_folder(folder):
    return [(gold.with_suffix(".en"), gold.with_suffix(".fr"), gold)
            for gold in sorted(folder.glob("*.enfr"))]


def read_pairs(path, most=None):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(
        path, encoding="utf-8")
    pairs = []
    with opened as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[0].startswith("global_"):  # the SDG goals: an id comes first
                cells = cells[1:]
            if len(cells) >= 2 and cells[0].strip() and cells[1].strip():
                pairs.append((cells[0].strip(), cells[1].strip()))
            if most and len(pairs) == most:
                break
    return pairs


def disturb(pairs, rate, rng):
    """Drops segments on one side and joins two of them, and keeps count of it."""
    source, target, truth, i = [], [], [], 0
    while i < len(pairs):
        what = rng.random() / rate
        last = i + 1 >= len(pairs)
        if what < 1:                                   # no translation
            truth.append(((len(source),), ()))
            source.append(pairs[i][0])
        elif what < 2:                                 # no source
            truth.append(((), (len(target),)))
            target.append(pairs[i][1])
        elif what < 4 and not last:                    # two segments joined on one side
            n = (1, 2) if what < 3 else (2, 1)
            truth.append((tuple(len(source) + k for k in range(n[0])),
                          tuple(len(target) + k for k in range(n[1]))))
            for side, texts, k in ((0, source, n[0]), (1, target, n[1])):
                both = [pairs[i][side], pairs[i + 1][side]]
                texts.extend(both if k == 2 else [" ".join(both)])
            i += 1
        else:
            truth.append(((len(source),), (len(target),)))
            source.append(pairs[i][0])
            target.append(pairs[i][1])
        i += 1
    return source, target, truth


def write_known(folder, name, source, target, truth):
    paths = [Path(folder) / f"{name}.{end}" for end in ("en", "fr", "enfr")]
    paths[0].write_text("\n".join(source) + "\n", encoding="utf-8")
    paths[1].write_text("\n".join(target) + "\n", encoding="utf-8")
    paths[2].write_text("".join(f"{list(a)}:{list(b)}\n" for a, b in truth), encoding="utf-8")
    return tuple(paths)


def made(folder, name, path, rate, most=None):
    rng = random.Random(name)
    return [write_known(folder, name, *disturb(read_pairs(path, most), rate, rng))]


def speed(folder):
    pairs = read_pairs(CORPORA / "tm" / "canlaw_dev_120k.tsv.gz")
    for n in (20000, len(pairs)):
        source, target, _ = write_known(folder, f"speed{n}", [p[0] for p in pairs[:n]],
                                        [p[1] for p in pairs[:n]], [])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.time()
        by_paraph(source, target)
        wall = time.time() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{n} pairs: {used:.2f} s of processor ({n / used:.0f} pairs/s), "
              f"{wall:.2f} s in all, {after.ru_maxrss // 1024} MB at most")


def main():
    print("## Alignment\n\n`make eval-align`: strict F1 over beads with segments on both sides, "
          "over all beads, and\nover the texts of beads (segments of the same text count as one).\n")
    print("| texts | aligned by | both sides | all beads | as texts |")
    print("| --- | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        tm = CORPORA / "tm"
        for name in ("canlaw", "canlaw_hard"):
            measure(name, known_folder(CORPORA / "align" / name))
        measure("canlaw_hard", known_folder(CORPORA / "align" / "canlaw_hard"),
                told_everything())
        corrections = read_corrections()
        measure(f"canlaw, {sum(map(len, corrections.values()))} beads set right",
                known_folder(CORPORA / "align" / "canlaw"), corrections=corrections)
        for name, path, rate, most in (
                ("Charter, as it is", tm / "un_charter_en_fr.tsv", 1e-9, None),
                ("Charter, 16 % disturbed", tm / "un_charter_en_fr.tsv", 0.04, None),
                ("SDG metadata, 16 % disturbed", tm / "un_sdg_metadata_dev.tsv", 0.04, None),
                ("SDG goals, 16 % disturbed", tm / "un_sdg_goals_targets_indicators.tsv", 0.04,
                 None),
                ("Canadian law, 16 % disturbed", tm / "canlaw_dev_120k.tsv.gz", 0.04, 5000),
                ("everyday sentences, 16 % disturbed", tm / "tatoeba_test_en_fr.tsv", 0.04,
                 5000)):
            measure(name, made(folder, name, path, rate, most),
                    ALIGNERS if rate < 0.01 else
                    (*ALIGNERS, with_memory(folder, name, read_pairs(path, most))))
        print()
        print("Three in four English lines of canlaw_hard stand there more than once (“[Repealed]”, "
              "“[Amendment]”),\nsome of them taken out: which one, no reader can tell. The aligner "
              "that is told what translates what knows\nof every text in canlaw which French it has "
              "there, and how often, and the true shares of the kinds of\nbeads: nobody who knows "
              "less can be expected to do better, as far as segments are counted by number and\nnot "
              "by text. In canlaw some translations are marked as beads without a partner "
              "(tools/eval_align.tsv).\n")
        print("```")
        speed(folder)
        print("```")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main()
