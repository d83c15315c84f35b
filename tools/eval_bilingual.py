#!/usr/bin/env python3
"""Checks of translations against their source: faults put into clean pairs, and false alarms.

    eval_bilingual.py PARAPH CORPORA               Markdown on standard output
    eval_bilingual.py PARAPH CORPORA --read        every alarm on clean pairs that nobody has judged
    eval_bilingual.py PARAPH CORPORA --missed [K]  the faults of kind K (a regular expression; all)
                                                   that are not found, of the half to develop on

A fault is put into the translation of a pair, one kind at a time, wherever its pattern stands; it
is found when the pair has a finding at warning or above that the clean pair has not. The same files
as PO go to pofilter (translate-toolkit), where it is installed; there a fault is found when the pair
is flagged by a check that did not flag the clean one.

Pairs are in one of two halves, by a hash of the English passage. What is missed and what is a false
alarm is read in the first; the second shows whether what was learned there holds elsewhere.

Alarms on clean pairs are looked up in tools/eval_bilingual.tsv, which holds no text of the corpora:
its key is a hash of the rule, the message and both passages. Verdicts: true (the passages do
differ so) and false. What nobody has judged counts as false."""
import collections
import csv
import gzip
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

from bilingual_faults import KINDS, LeftOut, broken_tags

PARAPH, CORPORA = sys.argv[1], sys.argv[2]
READ = "--read" in sys.argv
MISSED = (sys.argv + [""])[sys.argv.index("--missed") + 1] if "--missed" in sys.argv else None
JUDGED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "eval_bilingual.tsv")
MOST = 60  # faults of a kind, set and half
QUICK = READ or MISSED is not None or "--quick" in sys.argv
POFILTER = None if QUICK else shutil.which("pofilter")
HALVES = ("development", "held out")


def pairs_of(name, source, target, step=1):
    path = os.path.join(CORPORA, "tm", name)
    opened = gzip.open(path, "rt", encoding="utf-8") if name.endswith(".gz") else \
        open(path, encoding="utf-8")
    with opened as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[source], row[target]) for row in rows[::step]
            if len(row) > target and row[source].strip() and row[target].strip()]


SETS = {
    "un_sdg_goals_targets_indicators": pairs_of("un_sdg_goals_targets_indicators.tsv", 1, 2),
    "un_charter_en_fr": pairs_of("un_charter_en_fr.tsv", 0, 1),
    "un_sdg_metadata_dev": pairs_of("un_sdg_metadata_dev.tsv", 0, 1),
    "canlaw_dev (one in 12)": pairs_of("canlaw_dev_120k.tsv.gz", 0, 1, 12),
}


# What the sets have not: written for this.
NUMBERS = [("First", "Première"), ("Second", "Deuxième"), ("Third", "Troisième"),
           ("Fourth", "Quatrième"), ("Fifth", "Cinquième"), ("Sixth", "Sixième")]
OWN = [pair for en, fr in NUMBERS for pair in (
    (f"The {en} Committee met on 2 May.", f"La {fr} Commission s’est réunie le 2 mai."),
    (f"It was referred to the {en} Committee.", f"La question a été renvoyée à la {fr} Commission."),
    (f"the report of the {en} Committee", f"le rapport de la {fr} Commission"))]


def half_of(pair):
    return hashlib.sha256(pair[0].encode()).digest()[0] & 1


def check(pairs, languages=("en", "fr")):
    """The findings of each pair."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pairs.tsv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\t".join(languages) + "\n")
            for source, target in pairs:
                file.write(f"{source}\t{target}\n")
        done = subprocess.run([PARAPH, "check", "--no-config", "--no-cache", "--only",
                               "bilingual/,term/", "--ui-lang",
                               "en", "--format", "json", "--input-format", "tsv", "-j", "1",
                               path], capture_output=True, text=True)
    if done.returncode == 2:
        sys.exit(done.stderr)
    found = [[] for _ in pairs]
    for f in json.loads(done.stdout)["documents"][0]["findings"]:
        found[f["line"] - 2].append(f)
    return found


def strong(findings, alone=True):
    """What a person is told as a fault, as rule and message; with alone, also what the rules
    about terms say of the translation by itself."""
    return {(f["rule"], f["message"]) for f in findings if f["severity"] != "info"
            and (f["rule"].startswith("bilingual/")
                 or alone and f["location"].get("side") == "target")}


# --- pofilter ---

def po_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def by_pofilter(pairs):
    """The checks that flag each pair."""
    if POFILTER is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, out = os.path.join(folder, "a.po"), os.path.join(folder, "b.po")
        with open(source, "w", encoding="utf-8") as file:
            file.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
            for i, (a, b) in enumerate(pairs):
                file.write(f'\nmsgctxt "{i}"\nmsgid {po_string(a)}\nmsgstr {po_string(b)}\n')
        subprocess.run([POFILTER, "--language=fr", "--progress=none", source, out],
                       capture_output=True)
        flagged = [set() for _ in pairs]
        if not os.path.exists(out):
            return flagged
        with open(out, encoding="utf-8") as file:
            text = file.read()
    for entry in text.split("\n\n"):
        number = re.search(r'^msgctxt "(\d+)"', entry, re.M)
        checks = re.findall(r"\(pofilter\) (\w+):", entry)
        if number:
            flagged[int(number[1])].update(checks or {"?"})
    return flagged


# --- reporting ---

def judgements():
    if not os.path.exists(JUDGED):
        return {}
    with open(JUDGED, encoding="utf-8", newline="") as file:
        rows = csv.reader((row for row in file if not row.startswith("#")), delimiter="\t")
        return {row[0]: row[2] for row in rows if len(row) >= 3}


def key(pair, rule, message):
    return hashlib.sha256("\0".join((rule, message) + pair).encode()).hexdigest()[:16]


def judge_clean(judged, pairs, languages, per_rule):
    """The pairs with an alarm, as number in the set and verdict on the pair."""
    alarmed = []
    for i, (pair, findings) in enumerate(zip(pairs, check(pairs, languages))):
        verdicts = []
        for rule, message in sorted(strong(findings, alone=False)):
            verdict = judged.get(key(pair, rule, message))
            verdicts.append(verdict or "false")
            per_rule[rule, verdicts[-1]] += 1
            if READ and verdict is None:
                print(f"{key(pair, rule, message)}\t{rule}\t?\t{message}\t{pair[0]}\t{pair[1]}")
        if verdicts:
            alarmed.append((i, "false" if "false" in verdicts else "true"))
    return alarmed


def clean_table(judged, back):
    """back: from French to English."""
    print("| pairs | number | with an alarm | judged false | judged true | per 1,000 that are "
          "false | in either half | pofilter flags |\n" + "| --- " + "| ---: " * 7 + "|")
    per_rule = collections.Counter()
    for name_of, pairs in SETS.items():
        halves = [half_of(pair) for pair in pairs]
        if back:
            pairs = [pair[::-1] for pair in pairs]
        alarmed = judge_clean(judged, pairs, ("fr", "en") if back else ("en", "fr"), per_rule)
        wrong = [halves[i] for i, verdict in alarmed if verdict == "false"]
        flagged = None if back else by_pofilter(pairs)
        other = "–" if flagged is None else \
            f"{100 * sum(map(bool, flagged)) / len(pairs):.1f} %"
        shares = " / ".join(f"{1000 * wrong.count(h) / halves.count(h):.1f}" for h in (0, 1))
        print(f"| `{name_of}` | {len(pairs):,} | {len(alarmed)} | {len(wrong)} | "
              f"{len(alarmed) - len(wrong)} | {1000 * len(wrong) / len(pairs):.1f} | {shares} | "
              f"{other} |")
    print("\nBy rule (findings): " + "; ".join(
        f"`{rule}` {sum(n for (r, _), n in per_rule.items() if r == rule)}"
        f" ({per_rule[rule, 'false']} false)" for rule in sorted({r for r, _ in per_rule})) + ".")


def put_in(make, chance, left_out):
    """Faults of one kind, as clean and broken pairs; counts what was left out."""
    clean, broken = [], []
    for pairs in [*SETS.values(), OWN]:
        order = list(range(len(pairs)))
        chance.shuffle(order)
        here = [0, 0]
        for i in order:
            half = half_of(pairs[i])
            if here[half] == MOST:
                continue
            new = make(*pairs[i], chance)
            if isinstance(new, LeftOut):
                left_out[new.reason] += 1
            elif new is not None and new != pairs[i][1]:
                clean.append(pairs[i])
                broken.append((pairs[i][0], new))
                here[half] += 1
    return clean, broken


def around_change(clean, broken):
    """The two translations where they differ, with some words on either side."""
    a, b = clean[1], broken[1]
    head = len(os.path.commonprefix((a, b)))
    tail = len(os.path.commonprefix((a[head:][::-1], b[head:][::-1])))
    return [text[max(0, head - 60):len(text) - tail + 40] for text in (a, b)]


def detection_row(kind, clean, broken, left_out):
    before, after = check(clean), check(broken)
    hits = [bool(strong(b) - strong(a)) for a, b in zip(before, after)]
    if MISSED is not None:
        for x, y, hit in zip(clean, broken, hits):
            if not hit and half_of(x) == 0:
                print("\n--- " + kind, *around_change(x, y), "source: " + y[0], sep="\n")
        return
    row = f"| {kind} "
    for half in (0, 1):
        found = [hit for hit, pair in zip(hits, clean) if half_of(pair) == half]
        row += f"| {len(found)} | {sum(found) / len(found):.3f} " if found else "| 0 | "
    row += f"| {sum(hits) / len(hits):.3f} | {sum(left_out.values()) or '–'} | "
    a, b = by_pofilter(clean), by_pofilter(broken)
    print(row + ("– |" if a is None else
                 f"{sum(bool(y - x) for x, y in zip(a, b)) / len(clean):.3f} |"))


def detection_table():
    why = collections.Counter()
    if MISSED is None:
        print("\nFaults are put in where a reader of both can say that it is one. Each half of the "
              "pairs by itself, then both.\n\n"
              "| fault | development | found | held out | found | both | left out | pofilter |\n"
              "| --- " + "| ---: " * 7 + "|")
    kinds = KINDS + [("a tag broken", None)]
    for kind, make in kinds:
        if MISSED is not None and not re.search(MISSED, kind):
            continue
        chance, left_out = random.Random(kind), collections.Counter()
        clean, broken = broken_tags(SETS["un_sdg_metadata_dev"], chance, 2 * MOST) \
            if make is None else put_in(make, chance, left_out)
        detection_row(kind, clean, broken, left_out)
        why.update({(kind, reason): n for reason, n in left_out.items()})
    if MISSED is None and why:
        print("\nLeft out: " + "; ".join(f"{kind}: {reason} ({n})" for (kind, reason), n
                                         in why.items()) + ".")


def main():
    judged = judgements()
    if READ:
        for back in (False, True):
            clean_table(judged, back)
        return
    if MISSED is None:
        print("## Figures\n\n`make eval-bilingual`: alarms (warnings and errors of the rules for "
              "translations) on pairs that were published, and faults put into them by machine.\n")
        clean_table(judged, False)
        print("\nThe same pairs the other way about, from French to English:\n")
        clean_table(judged, True)
    detection_table()


main()
