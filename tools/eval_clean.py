#!/usr/bin/env python3
"""False alarms of all default rules on texts that were issued.

The clean sets are checked with `paraph check` as a user would, every finding at warning or above
is looked up in a list of judgements, and alarms per 10,000 words are counted from those judged
false. A finding that nobody has judged is printed for reading, and counts as false until it is.

The list (tools/eval_clean.tsv) holds no text of the corpora: its key is a hash of the rule, the
text of the finding and 24 characters on either side. Verdicts: true (a fault of the text, or a
departure from the house style that the rule states) and false (an alarm).

  tools/eval_clean.py build/paraph CORPORA             Markdown on standard output
  tools/eval_clean.py build/paraph CORPORA --read      every finding, to be judged
  … --set=NAME  one set only      --rule=ID  one rule only      --info  findings of level info too
"""
import collections
import csv
import os
import sys

from evaluation import check, clean_sets, context, key

PROGRAM, CORPORA = sys.argv[1], sys.argv[2]
READ = "--read" in sys.argv
INFO = "--info" in sys.argv
ONLY = [a[6:] for a in sys.argv if a.startswith("--set=")]
RULES = [a[7:] for a in sys.argv if a.startswith("--rule=")]
JUDGED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "eval_clean.tsv")
# what a level promises on issued texts: the share of its findings that is right
PROMISE = {"error": 0.99, "warning": 0.90}
PER_10000 = 1.0


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


def findings_of(texts):
    """Words of the whole set, and its findings with the text each stands in."""
    documents = check(PROGRAM, texts)
    found = [(f, text.encode() + b"\n") for document, text in zip(documents, texts)
             for f in document["findings"] if not RULES or f["rule"] in RULES]
    return sum(document["words"] for document in documents), found


class Tally:
    """What was counted: a row for each set, verdicts by rule, totals of the issued sets."""

    def __init__(self):
        self.rows, self.rules, self.to_show = [], collections.Counter(), []
        self.words, self.false = collections.Counter(), collections.Counter()

    def add(self, name, counted, texts, verdicts):
        words, found = findings_of(texts)
        tally = collections.Counter()
        for finding, data in found:
            level, rule = finding["severity"], finding["rule"]
            verdict = verdicts.get(key(finding, data), "unread")
            place = "issued" if counted else "elsewhere"
            self.rules[(rule, level, place, verdict)] += 1
            tally["info" if level == "info" else verdict] += 1
            if (level != "info" or INFO) and (READ or verdict == "unread"):
                self.to_show.append((name, verdict, finding, data))
        false = tally["false"] + tally["unread"]
        for total in {"un": ("un", "issued"), "issued": ("issued",)}.get(counted, ()):
            self.words[total] += words
            self.false[total] += false
        self.rows.append((name, words, tally["true"], tally["false"], tally["unread"],
                          tally["info"], 1e4 * false / max(words, 1)))

    def print_sets(self):
        print("| set | words | true | false | not read | info | false per 10,000 words |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for row in self.rows:
            print("| {} | {} | {} | {} | {} | {} | {:.2f} |".format(*row))
        for total, title in (("un", "United Nations sets"), ("issued", "these and the treaties")):
            rate = 1e4 * self.false[total] / max(self.words[total], 1)
            kept = "" if rate <= PER_10000 else " MISSED"
            print(f"| **{title}** | {self.words[total]} | | {self.false[total]} | | "
                  f"| **{rate:.2f}**{kept} |")
        print(f"\nTarget: at most {PER_10000:.0f} false in 10,000 words. By rule, on the issued "
              "sets; the promise is 99 % right for an error, 90 % for a warning:\n")

    def print_rules(self):
        broken = []
        print("| rule | level | true | false | not read | right | false elsewhere |\n"
              "| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        for rule, level in sorted({(r, s) for r, s, _, _ in self.rules}):
            true, false, unread = (self.rules[(rule, level, "issued", v)]
                                   for v in ("true", "false", "unread"))
            elsewhere = sum(self.rules[(rule, level, "elsewhere", v)] for v in ("false", "unread"))
            right = true / (true + false + unread) if true + false + unread else 1
            print(f"| {rule} | {level} | {true} | {false} | {unread} "
                  f"| {self.share(level, true + false + unread, right)} | {elsewhere} |")
            if level in PROMISE and right < PROMISE[level]:
                broken.append(f"`{rule}` ({level})")
        print(f"\nPromises broken: {', '.join(broken) or 'none'}.")

    @staticmethod
    def share(level, judged, right):
        if level not in PROMISE or judged == 0:
            return "–"
        return f"{100 * right:.1f} %" + ("" if right >= PROMISE[level] else " MISSED")


def main():
    verdicts = judgements()
    tally = Tally()
    for name, counted, documents in clean_sets(CORPORA):
        if not ONLY or name in ONLY:
            tally.add(name, counted, documents(), verdicts)
    if not READ:
        print("## False alarms on issued texts\n\n`make eval-clean`\n")
        tally.print_sets()
        tally.print_rules()
        if tally.to_show:
            print("\nNot read yet (key, rule, verdict, set, level, place, suggestion):\n")
    for row in tally.to_show:
        show(*row)


main()
