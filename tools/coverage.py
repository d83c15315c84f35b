#!/usr/bin/env python3
"""Whether the glossaries know what they promise to: every name of tools/coverage.tsv, with its
French name and the acronyms it wants, and of every Member State and observer the short and the
formal name in both languages, the French article and the adjective.

What is not there stands in the last column of the list with the reason; for States, lines of the
area "State" name in the third what they lack and rightly so, or is left. Exit status 1: something is missing without a reason, or has a reason and is there.

  tools/coverage.py [--list]     a table in Markdown; --list: what is left, line by line
"""
import collections
import csv
import glob
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MEMBERS, OTHERS = 193, {"state-vat", "state-pse", "state-cok", "state-niu"}
MARKS = "?^="


def table(path):
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if line.strip() and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def names(row, *columns):
    cells = (row.get(column) or "" for column in columns)
    return [name.strip().lstrip(MARKS) for cell in cells for name in cell.split(";")
            if name.strip()]


def concepts(faults):
    """English name or acronym → the concepts that have it. Each says how well it was checked."""
    found = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(TOP, "data/glossaries/*.tsv"))):
        for row in table(path):
            if not row["status"]:
                faults.append(f"{os.path.basename(path)}: {row['concept']}: no status")
            for name in names(row, "en", "en_admitted", "en_acronym"):
                found[name].append(row)
    return found


WANTS = {"fr": ("fr",), "ac": ("en_acronym",), "acfr": ("fr_acronym",)}


def best(rows, wants):
    """Of the concepts of a name the one that lacks least, and what that is; one that was read in a
    source before one that was not."""
    if not rows:
        return None, ["name"] + wants
    lacking = [(row, [want for want in wants if not names(row, *WANTS[want])]) for row in rows]
    return min(lacking, key=lambda pair: (len(pair[1]), pair[0]["status"] == "unverified"))


def of_states(known):
    """(name, what it lacks) of every State."""
    adjectives = {row["concept"] for rows in known.values() for row in rows
                  if row["concept"].startswith("adjective-")}
    states = table(os.path.join(TOP, "data/glossaries/states.tsv"))
    states = [row for row in states if row["subject"] == "State"]
    for row in states:
        wants = {"en": row["en"], "fr": row["fr"], "article": row["article"],
                 "formal-en": names(row, "en_admitted"), "formal-fr": names(row, "fr_admitted"),
                 "adjective": row["concept"].replace("state-", "adjective-") in adjectives}
        yield row, [want for want, there in wants.items() if not there]
    members = sum(row["concept"] not in OTHERS for row in states)
    yield {"en": "193 Member States", "status": "verified"}, [] if members == MEMBERS else [str(members)]


def main():
    wanted, left, faults = collections.Counter(), collections.defaultdict(list), []
    unread = collections.defaultdict(list)
    known = concepts(faults)
    excused = collections.defaultdict(set)

    def judge(area, name, row, lacking, reason):
        wanted[area] += 1
        if row and row["status"] == "unverified":
            unread[area].append(name)
        if lacking:
            left[area].append((name, lacking, reason))
        if bool(lacking) != bool(reason):
            faults.append(f"{area}: {name}: " + (f"no {', '.join(lacking)}" if lacking else
                                                 f"is there, but the list says: {reason}"))

    with open(os.path.join(TOP, "tools/coverage.tsv"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            area, name, wants, reason = line.rstrip("\n").split("\t")
            if area == "State":
                excused[name] |= set(wants.split())
            else:
                judge(area, name, *best(known[name], wants.split()), reason)
    for row, lacking in of_states(known):
        name = row["en"]
        judge("State", name, row, [want for want in lacking if want not in excused[name]], "")
        faults += [f"State: {name}: has {want}" for want in sorted(excused[name] - set(lacking))]

    print("| area | wanted | complete | not read in a source |\n| --- | ---: | ---: | ---: |")
    for area, count in wanted.items():
        print(f"| {area} | {count} | {count - len(left[area])} | {len(unread[area])} |")
    if "--list" in sys.argv:
        print()
        for area, entries in left.items():
            for name, lacking, reason in entries:
                print(f"- {area}: {name}: no {', '.join(lacking)}: {reason}")
        for area, entries in unread.items():
            for name in entries:
                print(f"- {area}: {name}: not read in a source (unverified)")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
