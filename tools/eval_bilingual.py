#!/usr/bin/env python3
"""Checks of translations against their source: faults put into clean pairs, and false alarms.

    eval_bilingual.py PARAPH CORPORA          Markdown on standard output
    eval_bilingual.py PARAPH CORPORA --read   every alarm on clean pairs that nobody has judged

A fault is put into the translation of a pair, one kind at a time, wherever its pattern stands; it
is found when the pair has a finding at warning or above that the clean pair has not. The same files
as PO go to pofilter (translate-toolkit), where it is installed; there a fault is found when the pair
is flagged by a check that did not flag the clean one.

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
import time

PARAPH, CORPORA = sys.argv[1], sys.argv[2]
READ = "--read" in sys.argv
MISSED = "--missed" in sys.argv
JUDGED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "eval_bilingual.tsv")
MOST = 200  # faults of a kind and set
POFILTER = None if "--quick" in sys.argv else shutil.which("pofilter")


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


def check(pairs):
    """The findings of each pair."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pairs.tsv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("en\tfr\n")
            for source, target in pairs:
                file.write(f"{source}\t{target}\n")
        began = time.process_time(), os.times().children_user
        done = subprocess.run([PARAPH, "check", "--no-config", "--no-cache", "--only",
                               "bilingual/,term/", "--ui-lang",
                               "en", "--format", "json", "--input-format", "tsv", "-j", "1",
                               path], capture_output=True, text=True)
        check.seconds = os.times().children_user - began[1]
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


# --- faults ---

def digit(word, chance):
    """The same with one digit changed, not the first to nought."""
    places = [i for i, c in enumerate(word) if c.isdigit()]
    at = chance.choice(places)
    others = [d for d in "123456789" if d != word[at]]
    return word[:at] + chance.choice(others) + word[at + 1:]


def swapped(pattern, change):
    """A kind of fault: the first match of the pattern is changed."""
    def make(source, target, chance):
        found = list(re.finditer(pattern, target))
        if not found:
            return None
        m = chance.choice(found)
        new = change(m, chance)
        return None if new is None or new == m.group() else \
            target[:m.start()] + new + target[m.end():]
    return make


def once(pattern):
    """A number that stands only once is taken out."""
    def make(source, target, chance):
        found = [m for m in re.finditer(pattern, target)
                 if len(re.findall(rf"\b{re.escape(m.group().strip())}\b", target)) == 1]
        if not found:
            return None
        m = chance.choice(found)
        return target[:m.start()] + target[m.end():]
    return make


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
# what the source says, what the translation should say, what it is made to say
TERMS = [("2030 Agenda", "Programme de développement durable à l’horizon 2030", "Agenda 2030"),
         ("developing countr", "pays en développement", "pays en voie de développement"),
         ("website", "site Web", "site Internet"), ("website", "sites Web", "sites Internet"),
         ("best practices", "pratiques exemplaires", "meilleures pratiques"),
         ("sustainable development", "développement durable", "développement soutenable")]
ACRONYMS = [("WHO", "OMS"), ("ILO", "OIT"), ("UNDP", "PNUD"), ("UNEP", "PNUE"), ("IMF", "FMI"),
            ("WTO", "OMC"), ("OECD", "OCDE"), ("UNHCR", "HCR"), ("UNAIDS", "ONUSIDA"),
            ("UNFPA", "FNUAP"), ("UNIDO", "ONUDI"), ("SDGs", "ODD")]
STATES = [("Mexico", "Mexique", "Pérou"), ("Bangladesh", "Bangladesh", "Pakistan"),
          ("India", "Inde", "Chine"), ("United States of America", "États-Unis d’Amérique", "Brésil"),
          ("United Kingdom", "Royaume-Uni", "Danemark"), ("France", "France", "Espagne"),
          ("Israel", "Israël", "Portugal"), ("Japan", "Japon", "Kenya"),
          ("Brazil", "Brésil", "Colombie"), ("China", "Chine", "Indonésie"),
          ("Canada", "Canada", "Japon"), ("Switzerland", "Suisse", "Norvège")]


def instead(table):
    """Of rows that stand in both passages once: the translation says something else, which
    neither passage has."""
    def make(source, target, chance):
        rows = [row for row in table
                if row[0] in source and len(re.findall(rf"\b{row[1]}\b", target)) == 1
                and row[2] not in target]
        if not rows:
            return None
        row = chance.choice(rows)
        return re.sub(rf"\b{row[1]}\b", row[2], target)
    return make


def sentence(source, target, chance):
    found = re.split(r"(?<=[.?!])\s+(?=[A-ZÀÉÊ«])", target)
    if not 2 <= len(found) <= 12 or len(re.findall(r"[.?!](?:\s|$)", source)) < len(found):
        return None
    rest = " ".join(found[:-1])
    return rest if len(found[-1]) >= 40 and len(rest) >= 40 else None


def untranslated(source, target, chance):
    words = re.findall(r"[a-z]{3,}", source)
    return source if len(words) >= 4 and source != target else None


def half_translated(source, target, chance):
    """A passage of the source of three words or more stands in the translation."""
    run = re.search(r"\b(?:of|for|with|from) (?:the|such|all|any|that) [a-z]{5,} [a-z]{4,}\b", source)
    words = target.split(" ")
    if run is None or len(words) < 10:
        return None
    at = len(words) // 2
    return " ".join(words[:at] + run.group().split(" ") + words[at + 3:])


def name(source, target, chance):
    """A name of persons or places that both have, with one letter changed: of those that no
    dictionary has, since another letter may make another word."""
    both = [w for w in re.findall(r"(?<=[a-zé] )[A-Z][a-z]{5,}\b", target)
            if re.search(rf"\b{w}\b", source) and w.lower() not in target.split()]
    both = [w for w in both if w not in ("Volume", "Programme", "Article", "Articles", "Justice") and not re.match(r"[A-Z][a-z]+(?:tion|ment|sion|ence)s?$", w)]
    if not both:
        return None
    word = chance.choice(both)
    at = chance.randrange(2, len(word) - 1)
    letter = chance.choice([c for c in "aeiourntl" if c != word[at]])
    return target.replace(word, word[:at] + letter + word[at + 1:], 1)


def per_cent(source, target, chance):
    """Of a share that stands once."""
    found = [m for m in re.finditer(r"\b(\d+(?:,\d+)?)[\u00a0\u202f ](?:%|pour cent)", target)
             if len(re.findall(rf"\b{m[1]}\b", target)) == 1
             and re.search(rf"\b{m[1].replace(',', '.')} ?(?:%|per cent|percent)", source)]
    if not found:
        return None
    m = chance.choice(found)
    return target[:m.start()] + m[1] + target[m.end():]


def tags(source, target, chance):
    """Not in these pairs: a tag is put around a word of both sides, and lost at one end."""
    return None


def tail(mark, with_):
    def make(source, target, chance):
        ends = source.rstrip().endswith(mark) and target.rstrip().endswith(mark) \
            and len(source.split()) > 4
        return target.rstrip()[:-len(mark)].rstrip(" \u00a0\u202f") + with_ if ends else None
    return make


KINDS = [
    ("a digit changed", swapped(r"(?<![\w./])\d[\d\u00a0\u202f ]*(?:,\d+)?(?![\w./]|-\d)",
                                lambda m, c: digit(m.group(), c))),
    ("a number dropped", once(r"(?<![\w./(\u00a0\u202f -])\d{2,}(?:,\d+)? (?=[a-zé])")),
    ("a decimal mark lost", swapped(r"\b\d+,\d+\b", lambda m, c: m.group().replace(",", ""))),
    ("million for milliard", swapped(r"\b(million|milliard)(s?)\b", lambda m, c:
                                     ("milliard" if m[1] == "million" else "million") + m[2])),
    ("a number in words changed", swapped(
        r"\b(trois|quatre|cinq|sept|huit|neuf|onze|douze|quinze|vingt)\b(?! et|-)",
        lambda m, c: c.choice([w for w in ("trois", "cinq", "six", "huit", "treize")
                               if w != m.group()]))),
    ("a year shifted", swapped(r"\b(?:19|20)\d\d\b",
                               lambda m, c: str(int(m.group()) + c.choice([-1, 1, 10])))),
    ("a month changed", swapped(r"(?<=\d )(?:%s)\b" % "|".join(MONTHS),
                                lambda m, c: c.choice([x for x in MONTHS if x != m.group()]))),
    ("a document symbol mistyped", swapped(
        r"\b(?:[AES]|ST|DORS|TR)/[A-Z0-9./-]*\d+", lambda m, c: digit(m.group(), c))),
    ("a resolution’s number changed", swapped(r"\b\d{3,4}(?= \((?:19|20)\d\d\))",
                                              lambda m, c: digit(m.group(), c))),
    ("a paragraph or article changed", swapped(
        r"\b(article|paragraphe|annexe|Chapitre|Objectif|Cible|Indicateur) (\d+(?:\.\d+)*|[IVX]{2,})\b",
        lambda m, c: m[1] + " " + (digit(m[2], c) if m[2][0].isdigit() else m[2][:-1]
                                   if m[2].endswith("II") else m[2] + "I"))),
    ("a subparagraph’s letter changed", swapped(
        r"(?<![\w(])[a-h]\)", lambda m, c: c.choice([x for x in "ghkmpq" if x != m.group()[0]]) + ")")),
    ("a web address mistyped", swapped(r"(?<=//)www\.\w+|https?://\w+",
                                       lambda m, c: m.group()[:-1])),
    ("per cent lost", per_cent),
    ("a Main Committee called otherwise", swapped(
        r"\b(Première|Deuxième|Troisième|Quatrième|Cinquième|Sixième) Commission\b",
        lambda m, c: m[1].replace("Première", "Premier") + " Comité")),
    ("a term swapped for a deprecated one", instead(TERMS)),
    ("an English acronym left", instead([(en, fr, en) for en, fr in ACRONYMS])),
    ("another State", instead(STATES)),
    ("a name altered", name),
    ("a sentence dropped", sentence),
    ("a pair left untranslated", untranslated),
    ("words left untranslated", half_translated),
    ("an empty translation", lambda s, t, c: "" if len(re.findall(r"\w{2,}", s)) > 1 else None),
    ("a full stop dropped", tail(".", "")),
    ("a question mark for a full stop", tail(".", " ?")),
    ("a square bracket dropped", lambda s, t, c: t.replace("[", "", 1)
     if t.count("[") == s.count("[") > 0 else None),
]

# --- tags, which the corpora do not have ---


def tagged(pairs, chance):
    """Pairs with a tag around a word of both sides, and the same with the tag broken."""
    clean, broken = [], []
    for source, target in pairs:
        a, b = source.split(" "), target.split(" ")
        if len(a) < 5 or len(b) < 5 or "<" in source + target:
            continue
        a[2], b[2] = f"<b>{a[2]}</b>", f"<b>{b[2]}</b>"
        source, target = " ".join(a), " ".join(b)
        clean.append((source, target))
        broken.append((source, chance.choice([
            target.replace("</b>", ""), target.replace("<b>", ""),
            target.replace("<b>", "<i>").replace("</b>", "</i>"),
            target.replace("<b>", "").replace("</b>", "")])))
        if len(clean) == MOST:
            break
    return clean, broken


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


def clean_table(judged):
    print("| pairs | number | with an alarm | judged false | judged true | per 1,000 that are "
          "false | pofilter flags |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    per_rule = collections.Counter()
    for name_of, pairs in SETS.items():
        found = check(pairs)
        counts = collections.Counter()
        alarmed = 0
        for pair, findings in zip(pairs, found):
            verdicts = []
            for rule, message in strong(findings, alone=False):
                verdict = judged.get(key(pair, rule, message))
                verdicts.append(verdict or "false")
                per_rule[rule, verdicts[-1]] += 1
                if READ and verdict is None:
                    print(f"{key(pair, rule, message)}\t{rule}\t?\t{message}\t{pair[0]}\t{pair[1]}")
            if verdicts:
                alarmed += 1
                counts["false" if "false" in verdicts else "true"] += 1
        flagged = None if READ else by_pofilter(pairs)
        other = "–" if flagged is None else \
            f"{100 * sum(map(bool, flagged)) / len(pairs):.1f} %"
        print(f"| `{name_of}` | {len(pairs):,} | {alarmed} | {counts['false']} | {counts['true']} | "
              f"{1000 * counts['false'] / len(pairs):.1f} | {other} |")
    print("\nBy rule (findings): " + "; ".join(
        f"`{rule}` {sum(n for (r, _), n in per_rule.items() if r == rule)}"
        f" ({per_rule[rule, 'false']} false)" for rule in sorted({r for r, _ in per_rule})) + ".")


def detection_row(kind, clean, broken):
    before, after = check(clean), check(broken)
    hits = sum(bool(strong(b) - strong(a)) for a, b in zip(before, after))
    row = f"| {kind} | {len(clean)} | {hits} | {hits / len(clean):.3f} |"
    missed = [pair for x, y, pair in zip(before, after, broken) if not strong(y) - strong(x)]
    a, b = by_pofilter(clean), by_pofilter(broken)
    if a is None:
        return row + " – |", missed
    other = sum(bool(y - x) for x, y in zip(a, b))
    return row + f" {other / len(clean):.3f} |", missed


def detection_table():
    chance = random.Random(7)
    print("\nFaults are put in where they can be decided: a number, a share, a term or an acronym "
          "that stands once, a term that the source has.")
    print("\n| fault | put in | found | share | pofilter |\n| --- | ---: | ---: | ---: | ---: |")
    for kind, make in KINDS:
        clean, broken = [], []
        for pairs in [*SETS.values(), OWN]:
            order = list(range(len(pairs)))
            chance.shuffle(order)
            here = 0
            for i in order:
                new = make(*pairs[i], chance)
                if new is None or new == pairs[i][1]:
                    continue
                clean.append(pairs[i])
                broken.append((pairs[i][0], new))
                here += 1
                if here == MOST // len(SETS):
                    break
        if not clean:
            print(f"| {kind} | 0 | | | |")
            continue
        row, missed = detection_row(kind, clean, broken)
        print(row)
        if MISSED:
            for pair in missed[:10]:
                print("    ", *pair, sep="\n      ")
    clean, broken = tagged(SETS["un_sdg_metadata_dev"], chance)
    print(detection_row("a tag broken", clean, broken)[0])


def main():
    judged = judgements()
    if READ:
        clean_table(judged)
        return
    print("## Figures\n\n`make eval-bilingual`: alarms (warnings and errors of the rules for "
          "translations) on pairs that were published, and faults put into them by machine.\n")
    clean_table(judged)
    detection_table()


main()
