#!/usr/bin/env python3
"""Imports a made-up TBX file of N concepts into a new store and exports it again: seconds of
processor time and rate (of three runs the best, of the largest the only one), peak memory and
sizes, one line for each N.

    bench/import.py build/paraph 10000 100000 1000000
"""
import glob
import os
import subprocess
import sys
import tempfile

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    "<text><body>\n"
)
ENTRY = (
    '<conceptEntry id="c{n}"><descrip type="subjectField">made up</descrip>'
    '<langSec xml:lang="en"><termSec><term>made term {n} of group {g}</term>'
    '<termNote type="partOfSpeech">noun</termNote></termSec></langSec>'
    '<langSec xml:lang="fr"><termSec><term>terme inventé {n} du groupe {g}</term>'
    '<termNote type="grammaticalGender">masculine</termNote></termSec>'
    '<note>Une note sur le terme {n}.</note></langSec></conceptEntry>\n'
)


def write(path, count):
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD)
        for n in range(count):
            out.write(ENTRY.format(n=n, g=n % 997))
        out.write("</body></text></tbx>\n")


def run(*command):
    """Seconds of processor time and peak megabytes of a program that must succeed."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s: status %d" % (" ".join(command), status))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    program, counts = sys.argv[1], [int(n) for n in sys.argv[2:]]
    print("| concepts | TBX | import | concepts/s | memory | store | export | memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            tbx, store = folder + "/t.tbx", folder + "/t.db"
            write(tbx, count)
            taken, again = float("inf"), float("inf")
            for _ in range(3 if count <= 100000 else 1):
                for left in glob.glob(store + "*"):
                    os.remove(left)
                seconds, memory = run(program, "term", "import", "--into", store, tbx)
                taken = min(taken, seconds)
                seconds, used = run(program, "term", "export", "-o", folder + "/o.tbx", store)
                again = min(again, seconds)
            print(
                "| %s | %.0f MB | %.1f s | %s | %.0f MB | %.0f MB | %.1f s | %.0f MB |"
                % (
                    format(count, ","),
                    os.path.getsize(tbx) / 1e6,
                    taken,
                    format(int(count / taken), ","),
                    memory,
                    os.path.getsize(store) / 1e6,
                    again,
                    used,
                ),
                flush=True,
            )


main()
