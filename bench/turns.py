#!/usr/bin/env python3
"""Two builds of paraph in turns on one file, so that what else the machine does falls on both.

    bench/turns.py FILE ROUNDS OLD NEW

OLD and NEW are the folders of two builds, each with its program and its data (build). Prints the
least and the middle of the processor seconds of each, and the middle of their ratios."""
import os
import statistics
import sys

from speed import run


def main():
    file, rounds, *builds = sys.argv[1:]
    seconds = {build: [] for build in builds}
    for _ in range(int(rounds)):
        for build in builds:
            os.environ["PARAPH_DATA"] = build + "/data"
            # Results that were kept from an earlier run would be measured; old builds keep none.
            os.environ["XDG_CACHE_HOME"] = os.devnull
            seconds[build].append(run([build + "/paraph", "check", "-j1", "--quiet", file])[0])
    for build, took in seconds.items():
        print(f"{build}: least {min(took):.2f} s, middle {statistics.median(took):.2f} s")
    old, new = (seconds[build] for build in builds)
    print(f"new by old, the middle: {statistics.median(n / o for o, n in zip(old, new)):.2f}")


if __name__ == "__main__":
    main()
