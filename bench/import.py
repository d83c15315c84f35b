#!/usr/bin/env python3
"""Imports a made-up TBX file of N concepts into a new store and exports it again: seconds, rate,
peak memory and sizes, one line for each N.

    bench/import.py build/paraph 10000 100000 1000000
"""
import os
import subprocess
import sys
import tempfile
import time

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
    """Seconds and peak megabytes of a program that must succeed."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s: status %d" % (" ".join(command), status))
    return time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    program, counts = sys.argv[1], [int(n) for n in sys.argv[2:]]
    print("| concepts | TBX | import | concepts/s | memory | store | export | memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            tbx, store = folder + "/t.tbx", folder + "/t.db"
            write(tbx, count)
            taken, memory = run(program, "term", "import", "--into", store, tbx)
            again, used = run(program, "term", "export", "-o", folder + "/o.tbx", store)
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
