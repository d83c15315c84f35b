#!/usr/bin/env python3
"""Counts word pairs for data/lang/LANG-joins.tsv.

usage: tools/joins.py fr|en FOLDER > data/lang/LANG-joins.tsv
FOLDER holds the reference corpora. Texts with known faults (gold sets, letters, error
collections) are never counted. Two kinds of pairs are kept, because two rules ask about them:

- the two words written together are a word of the dictionary (Hunspell) or of the texts, and
  the pair was seen apart: "par ce" / "parce". What is not listed was never seen apart.
- they are no word together, and the pair is frequent: "de la", "in the".
"""
import collections
import gzip
import lzma
import re
import subprocess
import sys

APART_LEAST = 2
FREQUENT_PER_MILLION = 20
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
ELIDED = {"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
DICTIONARIES = {"fr": "fr", "en": "en_GB,en_US"}
LETTER_WORDS = {"fr": "aàyô", "en": "aio"}
SOURCES = {
	"fr": [
		("bench/canlaw_fr_50MB.txt.xz", None),
		("un_text/un_treaty_body_recommendations_fr_dev.txt", None),
		("un_text/treaties_fr_dev.txt.xz", None),
		("un_text/raw_un_charter_fr.txt", None),
		("un_text/udhr2_fr.txt", None),
		("tm/un_sdg_metadata_dev.tsv", 1),
		("tm/un_sdg_goals_targets_indicators.tsv", 1),
	],
	"en": [
		("bench/en_24MB.txt.xz", None),
		("tm/canlaw_dev_120k.tsv.gz", 0),
		("un_text/raw_un_charter_en.txt", None),
		("un_text/udhr2_en.txt", None),
		("tm/un_sdg_metadata_dev.tsv", 0),
		("tm/un_sdg_goals_targets_indicators.tsv", 0),
	],
}


def lines(path, column):
	opener = {".xz": lzma.open, ".gz": gzip.open}.get(path[path.rfind("."):], open)
	with opener(path, "rt", encoding="utf-8", errors="replace") as f:
		for line in f:
			yield line if column is None else line.split("\t")[column]


def count(language, folder):
	words, pairs = collections.Counter(), collections.Counter()
	for name, column in SOURCES[language]:
		for line in lines(folder + "/" + name, column):
			line = line.lower()
			before, end = None, -2
			for m in WORD.finditer(line):
				word = m.group()
				if line[m.end():m.end() + 1] in ("'", "\u2019"):
					before = None
					if language == "fr" and word in ELIDED:
						continue
				words[word] += 1
				if before is not None and m.start() == end + 1 and line[end] == " ":
					pairs[before, word] += 1
				before, end = word, m.end()
	return words, pairs


def unknown(language, forms):
	"""Those of forms that the dictionary does not know."""
	out = subprocess.run(["hunspell", "-l", "-i", "utf-8", "-d", DICTIONARIES[language]],
		input="\n".join(forms), capture_output=True, text=True, check=True).stdout
	return set(out.split("\n"))


def main():
	language, folder = sys.argv[1:3]
	words, pairs = count(language, folder)
	total = sum(words.values())
	frequent = FREQUENT_PER_MILLION * total / 1e6
	seen = {p: n for p, n in pairs.items() if n >= APART_LEAST and "-" not in p[0] + p[1]}
	parts = {w for p in seen for w in p}
	wrong = unknown(language, sorted(parts | {a + b for a, b in seen}))
	print("# Word pairs, how often they stand apart and how often they are one word.")
	print("# source: counted with tools/joins.py over " +
		", ".join(name for name, _ in SOURCES[language]))
	print(f"# words {total}")
	print("# first\tsecond\tapart\tjoined")
	for (a, b), n in sorted(seen.items()):
		together = a + b
		if a in wrong or b in wrong:
			continue
		if any(len(w) == 1 and w not in LETTER_WORDS[language] for w in (a, b)):
			continue
		if together in wrong and n < frequent:
			continue
		joined = 0 if together in wrong else words[together]
		print(f"{a}\t{b}\t{n}\t{joined}")


main()
