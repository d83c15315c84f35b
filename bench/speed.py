#!/usr/bin/env python3
"""Speed of paraph beside Debian's spell checkers, in one run on one core.

    bench/speed.py build/paraph [REPORT.md]

Reads the 50 MB of French law in PARAPH_SHARED/corpora/bench. Slow peers get a part of it, and
the table says how much. Times are processor seconds (user + system) of the child, the least of
several runs; memory is the largest resident set (a child starts with its parent's, so this program stays
small). Nothing here fails on a time: figures are for
docs/BENCHMARKS.md."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SHARED = pathlib.Path(os.environ.get("PARAPH_SHARED", "../shared"))
CORPUS = SHARED / "corpora/bench/canlaw_fr_50MB.txt.xz"
LETTER = SHARED / "corpora/letter/S_2018_7_fr.txt"


# What is nearest to what the peers do, and somewhat more: words, the spaces and marks between
# them, agreement, terms.
NEAREST = ("spelling/unknown spacing/apostrophe spacing/hyphen spacing/split-word "
           "spacing/merged-words spacing/double spacing/punctuation spacing/trailing "
           "spacing/no-break typography/apostrophe typography/ligature "
           "typography/capital-accent grammar/repeated-word grammar/agreement "
           "term/deprecated term/foreign-acronym term/inconsistent").split()


def run(command, stdin=None):
    """Processor seconds, wall seconds and peak MB of one run, output thrown away."""
    with open(stdin or os.devnull, "rb") as source, open(os.devnull, "wb") as sink:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=source, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = 0
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command[0]} failed with status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def best(command, times, stdin=None):
    runs = [run(command, stdin) for _ in range(times)]
    return min(r[0] for r in runs), min(r[1] for r in runs), max(r[2] for r in runs)


def cut(path, size, folder):
    """The first lines of path, about size bytes, as a file of their own."""
    out = pathlib.Path(folder, f"first_{size}.txt")
    with open(path, "rb") as source:
        data = source.read(size)
    out.write_bytes(data[: data.rfind(b"\n") + 1])
    return out


def peers(folder, whole):
    """(name, megabytes it gets, command, standard input) of what is installed."""
    one, ten = cut(whole, 1_000_000, folder), cut(whole, 10_000_000, folder)
    tenth = cut(whole, 100_000, folder)
    table = [
        ("aspell list", ["aspell", "list", "--lang=fr", "--encoding=utf-8"], whole),
        ("hunspell -l", ["hunspell", "-l", "-i", "utf-8", "-d", "fr"], one),
        ("grammalecte-cli", ["grammalecte-cli", "-f", str(tenth)], tenth),
    ]
    return [(n, f, c, f if n != "grammalecte-cli" else None)
            for n, c, f in table if shutil.which(c[0])]


def rows(program, folder, whole):
    check = [program, "check", "--no-cache", "-j1", str(whole)]
    nearest = check + [word for rule in NEAREST for word in ("--only", rule)]
    fast = pathlib.Path(program).parent / "fast/paraph"
    yield ("paraph check, all default rules", whole, *best(check, 5))
    yield (f"the {len(NEAREST)} rules nearest to spelling", whole, *best(nearest, 5))
    if fast.exists():
        yield ("all default rules, make fast", whole, *best([fast, *check[1:]], 5))
        yield (f"the {len(NEAREST)} rules, make fast", whole, *best([fast, *nearest[1:]], 5))
    for name, size in (("paraph check, a fifth", 10_000_000), ("paraph check, 1 MB", 1_000_000)):
        part = cut(whole, size, folder)
        yield (name, part, *best([program, "check", "--no-cache", "-j1", str(part)], 3))
    for name, part, command, stdin in peers(folder, whole):
        yield (name, part, *best(command, 5 if part == whole else 1, stdin))


def main():
    program = sys.argv[1]
    if not CORPUS.exists():
        print("bench: skipped, no corpora at", SHARED)
        return
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder, "law_fr.txt")
        with open(whole, "wb") as out:
            subprocess.run(["xz", "-dc", str(CORPUS)], stdout=out, check=True)
        table = list(rows(program, folder, whole))
        ours = table[0][1].stat().st_size / table[0][2]
        lines += ["| program | input MB | processor s | MB/s | peak MB | paraph is faster by |",
                  "| --- | ---: | ---: | ---: | ---: | ---: |"]
        for name, part, cpu, _, peak in table:
            size = part.stat().st_size
            lines.append(f"| {name} | {size / 1e6:.1f} | {cpu:.2f} | {size / cpu / 1e6:.2f} "
                         f"| {peak:.0f} | {ours / (size / cpu):.1f} |")
        small = LETTER if LETTER.exists() else cut(whole, 10_000, folder)
        cpu, wall, peak = best([program, "check", "--no-cache", str(small)], 30)
        lines += ["", f"A file of {small.stat().st_size / 1000:.0f} kB from start to exit, least of "
                      f"30: {wall * 1000:.1f} ms wall, {cpu * 1000:.1f} ms processor, {peak:.0f} MB."]
    text = "\n".join(lines)
    print(text)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(
            "# Benchmarks\n\nMade by `make bench` (`bench/speed.py`), two-core machine, one core used.\n\n"
            + text + "\n")


if __name__ == "__main__":
    main()
