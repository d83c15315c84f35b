#!/usr/bin/env python3
"""Speed of paraph beside Debian's spell checkers, in one run on one core.

    bench/speed.py build/paraph [REPORT.md]

Reads the 50 MB of French law in PARAPH_SHARED/corpora/bench. Slow peers get a part of it, and
the table says how much. Times are processor seconds (user + system) of the child, the least of
several rounds; in a round every program runs once, so that what else the machine does falls on
all. "Times aspell" is the middle of the ratios of the rounds. Memory is the largest resident set
(a child starts with its parent's, so this program stays small). Nothing here fails on a time:
figures are for docs/BENCHMARKS.md."""
import os
import pathlib
import shutil
import statistics
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
    program = shutil.which(command[0])
    with open(stdin or os.devnull, "rb") as source, open(os.devnull, "wb") as sink:
        files = [(os.POSIX_SPAWN_DUP2, source.fileno(), 0), (os.POSIX_SPAWN_DUP2, sink.fileno(), 1),
                 (os.POSIX_SPAWN_DUP2, sink.fileno(), 2)]
        start = time.perf_counter()
        child = os.posix_spawn(program, command, os.environ, file_actions=files)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command[0]} failed with status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


ROUNDS = 7


def interleaved(commands, rounds):
    """What run() gives for each (command, standard input), round by round."""
    runs = [[] for _ in commands]
    for _ in range(rounds):
        for measured, (command, stdin) in zip(runs, commands):
            measured.append(run(command, stdin))
    return runs


def ratio(runs, peer):
    """How many times less processor time than the peer, the middle of the rounds."""
    return statistics.median(p[0] / r[0] for r, p in zip(runs, peer))


def cut(path, size, folder):
    """The first lines of path, about size bytes, as a file of their own."""
    out = pathlib.Path(folder, f"first_{size}.txt")
    with open(path, "rb") as source:
        data = source.read(size)
    out.write_bytes(data[: data.rfind(b"\n") + 1])
    return out


ASPELL = ["aspell", "list", "--lang=fr", "--encoding=utf-8"]


def own(program, path):
    check = [program, "check", "--no-cache", "-j1", str(path)]
    return check, check + [word for rule in NEAREST for word in ("--only", rule)]


def fast_commands(program, path):
    fast = pathlib.Path(program).parent / "fast/paraph"
    if not fast.exists():
        return []
    everything, nearest = own(str(fast), path)
    return [("all default rules, make fast", everything),
            (f"the {len(NEAREST)} rules, make fast", nearest)]


def large(program, whole):
    """Rows for the whole corpus, beside aspell."""
    everything, nearest = own(program, whole)
    named = [("paraph check, all default rules", everything),
             (f"the {len(NEAREST)} rules nearest to spelling", nearest),
             *fast_commands(program, whole)]
    commands = [(command, None) for _, command in named]
    if shutil.which("aspell"):
        named.append(("aspell list", ASPELL))
        commands.append((ASPELL, whole))
    runs = interleaved(commands, ROUNDS)
    for (name, _), measured in zip(named, runs):
        beside = ratio(measured, runs[-1]) if shutil.which("aspell") else None
        yield name, whole, measured, beside


def parts(program, folder, whole):
    """Rows for parts: ours, to see that time is linear, and the peers that need long."""
    one, ten = cut(whole, 1_000_000, folder), cut(whole, 10_000_000, folder)
    tenth = cut(whole, 100_000, folder)
    table = [("paraph check, a fifth", ten, own(program, ten)[0], None, 3),
             ("paraph check, 1 MB", one, own(program, one)[0], None, 3),
             ("hunspell -l", one, ["hunspell", "-l", "-i", "utf-8", "-d", "fr"], one, 1),
             ("grammalecte-cli", tenth, ["grammalecte-cli", "-f", str(tenth)], None, 1)]
    for name, part, command, stdin, rounds in table:
        if shutil.which(command[0]):
            yield name, part, interleaved([(command, stdin)], rounds)[0], None


def small(program, folder, whole):
    """Start to exit of one small file."""
    letter = LETTER if LETTER.exists() else cut(whole, 10_000, folder)
    named = [("paraph", own(program, letter)[0], None), ("true, which does nothing", ["true"], None)]
    if shutil.which("aspell"):
        named.append(("aspell", ASPELL, letter))
    if shutil.which("hunspell"):
        named.append(("hunspell", ["hunspell", "-l", "-i", "utf-8", "-d", "fr"], letter))
    rounds = [(command, stdin) for _, command, stdin in named]

    def told(runs):
        return ", ".join(f"{name} {min(r[1] for r in measured) * 1000:.1f} ms "
                         f"({statistics.median(r[1] for r in measured) * 1000:.1f})"
                         for (name, _, _), measured in zip(named, runs))

    return (f"A file of {letter.stat().st_size / 1000:.0f} kB from start to exit, wall time, the "
            f"least of 30 rounds (and the middle). One program after the other, so that each finds the "
            f"caches of the processor full of another's: {told(interleaved(rounds, 30))}. "
            f"Each again and again: {told([interleaved([one], 30)[0] for one in rounds])}.")


def table(rows):
    rows = list(rows)
    ours = rows[0][1].stat().st_size / min(r[0] for r in rows[0][2])
    yield "| program | input MB | processor s | MB/s | peak MB | times aspell | paraph by it |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, part, runs, beside in rows:
        size, cpu = part.stat().st_size, min(r[0] for r in runs)
        peer = "" if "paraph" in name or "rules" in name else f"{ours / (size / cpu):.1f}"
        yield (f"| {name} | {size / 1e6:.1f} | {cpu:.2f} | {size / cpu / 1e6:.2f} "
               f"| {max(r[2] for r in runs):.0f} | {'' if beside is None else f'{beside:.2f}'} "
               f"| {peer} |")


def main():
    program = sys.argv[1]
    if not CORPUS.exists():
        print("bench: skipped, no corpora at", SHARED)
        return
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder, "law_fr.txt")
        with open(whole, "wb") as out:
            subprocess.run(["xz", "-dc", str(CORPUS)], stdout=out, check=True)
        lines = [*table([*large(program, whole), *parts(program, folder, whole)]),
                 "", small(program, folder, whole)]
    text = "\n".join(lines)
    print(text)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(
            "# Benchmarks\n\nMade by `make bench` (`bench/speed.py`), two-core machine, one core used.\n"
            "`times aspell`: how many times less processor time than `aspell list`, the middle of\n"
            f"{ROUNDS} rounds. `paraph by it`: how many times faster all default rules are.\n\n"
            + text + "\n")


if __name__ == "__main__":
    main()
