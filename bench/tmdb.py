#!/usr/bin/python3
"""What translate-toolkit's tmdb, which its tmserver asks, does with the same units and the same
questions as bench/memory: processor time, one thread.

    bench/tmdb.py UNITS.tsv QUESTIONS.tsv FOLDER N

Wants Debian's translate-toolkit; says so and stops without it."""
import pathlib
import sys
import time

try:
    from translate.storage import tmdb
except ImportError:
    print("tmdb: skipped (no translate-toolkit)")
    sys.exit(0)

UNITS, QUESTIONS, FOLDER, N = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
EACH = 12  # questions of a kind


def rows():
    with open(UNITS, encoding="utf-8") as lines:
        for i, line in zip(range(N), lines):
            source, target, *_ = line.rstrip("\n").split("\t")
            yield {"source": source, "target": target, "context": ""}


def show(what, times, found):
    times = sorted(times)
    print("  %-34s median %8.1f ms, mean %8.1f, worst %8.1f; found %d of %d" % (
        what, 1e3 * times[len(times) // 2], 1e3 * sum(times) / len(times), 1e3 * times[-1], found, len(times)))


def main():
    path = FOLDER / "tmdb.sqlite"
    path.unlink(missing_ok=True)
    db = tmdb.TMDB(str(path), max_candidates=1, min_similarity=70)
    start = time.process_time()
    db.add_list(rows(), "en", "fr")
    # Without statistics SQLite takes the worst of its plans.
    db.connection.executescript("ANALYZE;")
    print("translate-toolkit: %.0f units/s in, %.0f MB" % (
        N / (time.process_time() - start), path.stat().st_size / 1e6))
    kinds = {}
    with open(QUESTIONS, encoding="utf-8") as lines:
        for line in lines:
            kind, text = line.rstrip("\n").split("\t")
            kinds.setdefault(kind, []).append(text)
    for kind, texts in kinds.items():
        times, found = [], 0
        for text in texts[:EACH]:
            start = time.process_time()
            found += bool(db.translate_unit(text, "en", "fr"))
            times.append(time.process_time() - start)
        show(kind, times, found)
    path.unlink()


main()
