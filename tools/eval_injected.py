#!/usr/bin/env python3
"""Faults injected into sound sentences: what paraph and grammalecte-cli find of them.

Neither tool was made for this measure. Sentences of United Nations texts in French (and, where
dates and numbers are rare there, of treaties) get one fault each by a mechanical change of one
place (tools/injections.py); which sentence and which place is drawn by a seeded generator. Their
typography is made regular first: curly apostrophes, no-break spaces before ; : ? ! » % and after «.

A fault is found when a finding of any level by a rule that is on by default shares a character
with the words it concerns, and the same finding is not made in the untouched sentence. It is mended
when the first suggestions of what touches it give the sentence back.

  tools/eval_injected.py build/paraph CORPORA [--list[=GROUP]] [--alone]     Markdown on standard output
"""
import collections
import os
import random
import re
import shutil
import sys
import unicodedata

from evaluation import check, in_code_points, lines, whole
from injections import INJECTORS, NB, WORD, Morphology
from peer import PEER, peer_findings

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
LIST = [a.partition("=")[2] for a in sys.argv if a.startswith("--list")]
SEED, EACH = 20181, 80  # sentences a kind of fault
SHORTEST, LONGEST = 5, 45  # words of a sentence
FRENCH = re.compile(r"\b(?:le|la|les|des|du|aux|est|sont|une|dans|pour|sur)\b")
FORMS = "data/lang/fr-frequency.tsv"  # words to look for the other forms of a lemma among


def regular(text):
    text = unicodedata.normalize("NFC", text).replace("'", "’").replace("\u202f", NB)
    text = re.sub(r"(?<=\w)[ \u00a0]*([;?!])(?=\s|$)", NB + r"\1", text)
    text = re.sub(r"(?<=\w)[ \u00a0]*:(?=\s|$)", NB + ":", text)
    text = re.sub(r"«[ \u00a0]*", "«" + NB, text)
    text = re.sub(r"[ \u00a0]*»", NB + "»", text)
    text = re.sub(r"(?<=\d)[ \u00a0]*%", NB + "%", text)
    return re.sub(r" +", " ", text).strip()


def sentences_of(texts):
    for text in texts:
        for line in text.split("\n"):
            for part in re.split(r"(?<=[.;?!])\s+(?=[A-ZÀÉÈÎÔ«])", line):
                part = regular(part)
                if SHORTEST <= len(part.split()) <= LONGEST and FRENCH.search(part) and \
                        part[0].isalpha() and "//" not in part:
                    yield part


def sound_sentences():
    at = lambda path: os.path.join(CORPORA, path)
    united = (lines(at("tm/un_charter_en_fr.tsv"), 1)
              + lines(at("tm/un_sdg_goals_targets_indicators.tsv"), 2)
              + lines(at("un_text/un_treaty_body_recommendations_fr_dev.txt"))
              + lines(at("gold_un_artifacts/fr_clean_lines.tsv"), 2, True))
    treaties = whole(at("un_text/treaties_fr_dev.txt.xz")).split("\n")
    return (list(dict.fromkeys(sentences_of(united))),
            list(dict.fromkeys(sentences_of(treaties))))


def inject(kind, injector, pools, morphology):
    """Up to EACH (sentence, changed, span of the fault), from the first pool while it lasts."""
    made = []
    for pool in pools:
        draw = random.Random(f"{SEED} {kind}")
        for sentence in draw.sample(pool, len(pool)):
            if len(made) == EACH:
                return made
            places = list(injector(sentence, morphology))
            if not places:
                continue
            start, end, new, first, last = draw.choice(places)
            changed = sentence[:start] + new + sentence[end:]
            made.append((sentence, changed, (first, last + len(new) - (end - start))))
    return made


def own_findings(texts):
    return [[(f["start"], f["end"], f["rule"], f["suggestions"], f["severity"])
             for f in (in_code_points(f, text) for f in document["findings"])]
            for document, text in zip(check(PROGRAM, texts, "--lang", "fr"), texts)]


def key_of(finding, text, fault, longer):
    """What tells a finding of the untouched sentence again: its words where they touch the
    fault, else its place, which has moved with the words behind the fault."""
    start, end, rule = finding[:3]
    if start < fault[1] and end > fault[0]:
        return rule, text[start:end]
    return (rule, start + longer, end + longer) if start >= fault[1] else (rule, start, end)


def found(changed_findings, sound_findings, changed, sound, span):
    """The new findings that touch the fault."""
    longer = len(changed) - len(sound)
    before = {key_of(f, sound, (span[0], span[1] - longer), longer) for f in sound_findings}
    return [f for f in changed_findings
            if f[0] < max(span[1], span[0] + 1) and f[1] > span[0] and
            (f[2], f[0], f[1]) not in before and
            (f[2], changed[f[0]:f[1]]) not in before]


def mends(findings, changed, sound):
    """Their first suggestions give the sentence back, whatever no-break spaces they put."""
    for start, end, _, suggestions, *_ in sorted(findings, key=lambda f: -f[0]):
        if suggestions and end <= len(changed):
            changed = changed[:start] + suggestions[0] + changed[end:]
    plain = [re.sub("[\u00a0\u202f]", " ", text) for text in (changed, sound)]
    return plain[0] == plain[1]


def main():
    pools = sound_sentences()
    with open(FORMS, encoding="utf-8") as file:
        forms = [row.split("\t")[0] for row in file if not row.startswith("#")]
    morphology = Morphology(forms + [w for pool in pools for s in pool
                                     for w in WORD.findall(s)])
    tests = [(group, kind, *test) for group, kinds in INJECTORS.items()
             for kind, injector in kinds.items()
             for test in inject(kind, injector, pools, morphology)]
    sound = list(dict.fromkeys(test[2] for test in tests))
    index = {text: n for n, text in enumerate(sound)}
    changed = [test[3] for test in tests]
    tools = {"paraph": own_findings}
    if shutil.which(PEER) is not None and "--alone" not in sys.argv:
        tools["grammalecte"] = peer_findings
    hits, on_sound = collections.defaultdict(collections.Counter), {}
    for tool, findings in tools.items():
        before, after = findings(sound), findings(changed)
        on_sound[tool] = before
        for (group, kind, text, wrong, span), new in zip(tests, after):
            touching = found(new, before[index[text]], wrong, text, span)
            hit, mended = bool(touching), bool(touching) and mends(touching, wrong, text)
            for key in (group, kind), (group, ""):
                hits[key][tool] += hit
                hits[key][tool, "mended"] += mended
            if tool == "paraph" and not hit and LIST and LIST[0] in ("", group):
                print(f"MISSED {group} [{kind}] {wrong[:span[0]]}[[{wrong[span[0]:span[1]]}]]"
                      f"{wrong[span[1]:]}", file=sys.stderr)
    report(tests, tools, hits, on_sound, sound)


def share(n, of):
    return f"{n / of:.2f}" if of else "–"


def report(tests, tools, hits, on_sound, sound):
    counts = collections.Counter()
    for group, kind, *_ in tests:
        counts[group, kind] += 1
        counts[group, ""] += 1
    print("## Faults injected into sound sentences\n\n`make eval-injected`\n")
    print(f"{len(tests)} sentences with one fault each, made by `tools/injections.py` with seed "
          f"{SEED}; how many were found, their share, and how many the first suggestions mend.\n")
    names = list(tools)
    head = "".join(f" {name} | share | mended |" for name in names)
    print(f"| group | faults |{head}\n| --- | ---: |" + " ---: | ---: | ---: |" * len(names))
    for group in INJECTORS:
        n = counts[group, ""]
        print(f"| **{group}** | {n} |" + "".join(
            f" {hits[group, ''][name]} | {share(hits[group, ''][name], n)} |"
            f" {hits[group, ''][name, 'mended']} |" for name in names))
    if len(names) == 2:
        own, peer = ({g: hits[g, ""][name] for g in INJECTORS} for name in names)
        behind = [g for g in INJECTORS if own[g] < peer[g]]
        level = [g for g in INJECTORS if own[g] == peer[g]]
        print(f"\nGroups in which paraph is behind: {', '.join(behind) or 'none'}; "
              f"level: {', '.join(level) or 'none'}.")
    print()
    print(f"| kind of fault | faults |{head}\n| --- | ---: |" +
          " ---: | ---: | ---: |" * len(names))
    for group, kinds in INJECTORS.items():
        for kind in kinds:
            n = counts[group, kind]
            print(f"| {group}: {kind} | {n} |" + "".join(
                f" {hits[group, kind][name]} | {share(hits[group, kind][name], n)} |"
                f" {hits[group, kind][name, 'mended']} |" for name in names))
    words = sum(len(text.split()) for text in sound)
    print(f"\nOn the {len(sound)} untouched sentences ({words} words), which hold the faults that "
          "their authors left: " + ", ".join(
              f"{name} says something {sum(map(len, on_sound[name]))} times" +
              (" (" + str(sum(f[4] != "info" for o in on_sound[name] for f in o)) +
               " at warning or above)" if name == "paraph" else "") for name in names) + ".")


main()
