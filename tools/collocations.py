#!/usr/bin/env python3
"""Counts which adjectives stand behind which nouns, for data/lang/collocations-fr.tsv.

A pair counts where a determiner leads the noun, the adjective follows it and all of its readings
that agree with the noun are adjectives or participles: « la société civile », « les services
essentiels ». It is kept, by lemmas, when it was seen often enough to know that the two belong together.

The texts from which `make eval-injected` draws its sentences are not counted.

usage: tools/collocations.py CORPORA > data/lang/collocations-fr.tsv
"""
import collections
import glob
import gzip
import lzma
import re
import sys

from injections import WORD, Morphology

# file, column, least number of times: fewer in a small text
SOURCES = [
    ("bench/canlaw_fr_50MB.txt.xz", None, 8),
    ("tm/canlaw_dev_120k.tsv.gz", 1, 8),
    ("un_text/treaties_fr_dev.txt.xz", None, 3),
    ("tm/un_sdg_metadata_dev.tsv", 1, 3),
    ("tm/tico19_en-fr.tmx", None, 3),
    ("glossary/iati_en_fr.tsv", 4, 3),
]
SHARE = 0.002  # of all places of the noun in that text
GLOSSARIES = "data/glossaries/*.tsv"
KNOWN = "data/lang/known-collocations-fr.tsv"
# these want a complement, or stand behind any noun: which one they belong to is not known
LOOSE = set("relatif applicable afférent conforme nécessaire respectif existant suivant précédent "
            "semblable similaire connexe possible quelconque seul même supplémentaire utile "
            "identique différent distinct équivalent égal comparable ultérieur antérieur "
            "postérieur subséquent total complet".split())
# the nouns of le plus, le moins
ADVERBS = {"plus", "moins", "tout", "bien", "peu"}
# nouns behind a noun as well, and what need not agree: des groupes moteur, ayants droit, inuit
UNBOUND = {"moteur", "droit", "inuit", "mobile", "clef", "pilote"}
DETERMINERS = set("le la les l un une des du de d au aux ce cet cette ces son sa ses leur leurs notre "
                  "nos aucun aucune chaque quelques plusieurs".split())


def lines(path, column):
    """Each line once; the texts of goals and indicators (SDG_…) are left out."""
    opener = {".xz": lzma.open, ".gz": gzip.open}.get(path[path.rfind("."):], open)
    with opener(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in dict.fromkeys(file):
            fields = line.rstrip("\n").split("\t")
            if column is None:
                yield line
            elif column < len(fields) and ":SDG_" not in fields[-1]:
                yield fields[column]


def terms():
    """The French names of the glossaries, each behind an article."""
    for path in sorted(glob.glob(GLOSSARIES)):
        with open(path, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]
        columns = [n for n, name in enumerate(rows[0]) if name.startswith("fr")]
        for row in rows[1:]:
            for column in columns:
                yield "la " + (row + [""] * 20)[column]


def count(texts):
    """Pairs behind a determiner, and nouns there."""
    pairs, nouns = collections.Counter(), collections.Counter()
    for line in texts:
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(line.lower())]
        for before, (word, start, end), after in zip(words, words[1:], words[2:] + [None]):
            if before[0] not in DETERMINERS or start != before[2] + 1:
                continue
            nouns[word] += 1
            if after and after[1] == end + 1 and line[end] in " \u00a0":
                pairs[word, after[0]] += 1
    return pairs, nouns


def cells(readings, parts):
    """(lemma, genders × numbers) of the readings with one of the parts."""
    for lemma, own, inflections in readings:
        if own & parts:
            yield lemma, {(g, n)
                          for g in ("mas", "fem") if {g, "epi", "inv"} & inflections
                          or not {"mas", "fem"} & inflections
                          for n in ("sg", "pl") if {n, "inv"} & inflections
                          or not {"sg", "pl"} & inflections}


def known():
    """The rows kept by hand: a noun, and adjectives in the masculine singular."""
    with open(KNOWN, encoding="utf-8") as file:
        for line in file:
            if line[0] != "#":
                noun, _, adjectives = line.rstrip("\n").partition("\t")
                yield noun, adjectives.split()


def by_lemmas(pairs, nouns, morphology):
    together, alone = collections.Counter(), collections.Counter()
    for word, n in nouns.items():
        for lemma in {lemma for lemma, _ in cells(morphology.readings(word), {"nom"})}:
            alone[lemma] += n
    for (first, second), n in pairs.items():
        for pair in {(noun, adjective)
                     for noun, of in cells(morphology.readings(first), {"nom"})
                     for adjective, other in cells(morphology.readings(second), {"adj"})
                     if of & other and noun not in ADVERBS and adjective not in LOOSE | UNBOUND
                     and morphology.is_only(second, "adj", "nom")
                     and not any({"ppas", "ppre"} & own for _, own, _ in morphology.readings(second))}:
            together[pair] += n
    return together, alone


def main():
    counted = [(count(lines(f"{sys.argv[1]}/{name}", column)), least, SHARE)
               for name, column, least in SOURCES] + [(count(terms()), 1, 0)]
    morphology = Morphology([w for _, adjectives in known() for w in adjectives] + [w for (pairs, nouns), _, _ in counted
                             for w in [x for p in pairs for x in p] + list(nouns)])
    kept = collections.defaultdict(set)
    for (pairs, nouns), least, share in counted:
        together, alone = by_lemmas(pairs, nouns, morphology)
        for (noun, adjective), n in together.items():
            if n >= least and n >= share * alone[noun]:
                kept[noun].add(adjective)
    for noun, adjectives in known():
        for adjective in adjectives:
            lemmas = {lemma for lemma, _ in cells(morphology.readings(adjective), {"adj"})}
            kept[noun].update(lemmas or {adjective})
    print("# French adjectives that stand often behind a noun, by lemmas.\n"
          "# source: counted with tools/collocations.py over "
          + ", ".join(name for name, _, _ in SOURCES) + f", {GLOSSARIES}, {KNOWN}"
          + "\n# date: 2026-11-29\n# noun<TAB>adjectives")
    for noun in sorted(kept, key=lambda s: s.encode()):
        print(noun + "\t" + " ".join(sorted(kept[noun])))


main()
