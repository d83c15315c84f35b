#!/usr/bin/env python3
"""What a core checks in an hour, for docs/CAPACITY.md.

    bench/capacity.py build/paraph

Documents of PARAPH_SHARED/corpora, as one shard checks them (-j1, nothing kept from before, one
JSON object a document): United Nations documents as Word and PDF files and as text, and law cut
into texts of 20 kB. Processor time is the least of three runs, with that of the helper that reads
PDF in it; memory is the peak."""
import json
import lzma
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SHARED = pathlib.Path(os.environ.get("PARAPH_SHARED", "../shared")) / "corpora"
RUNS = 3


def law(folder):
    with lzma.open(SHARED / "bench/canlaw_fr_50MB.txt.xz", "rt", encoding="utf-8") as f:
        text = f.read(12_000_000).split("\n")
    made, piece, size = [], [], 0
    for line in text:
        piece.append(line)
        size += len(line.encode()) + 1
        if size >= 20000:
            path = folder / ("%04d.txt" % len(made))
            path.write_text("\n".join(piece), encoding="utf-8")
            made.append(path)
            piece, size = [], 0
    return made[:500]


def measure(paths, folder):
    """Processor seconds, peak memory in MB, words."""
    (folder / "list").write_text("".join("%s\n" % p for p in paths), encoding="utf-8")
    best, peak = None, 0
    for _ in range(RUNS):
        p = subprocess.Popen(["/usr/bin/time", "-f", "%M", "-o", str(folder / "peak"), PROGRAM, "check", "-j1", "-q",
                              "--no-cache", "--no-config", "--fail-on", "never", "--format",
                              "jsonl", "-o", str(folder / "out"), "--files-from", str(folder / "list")],
                             stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(p.pid, 0)
        seconds = used.ru_utime + used.ru_stime  # of children that were waited for, too
        best = seconds if best is None else min(best, seconds)
        peak = max(peak, int((folder / "peak").read_text().split()[-1]) / 1024)
    with open(folder / "out", encoding="utf-8") as f:
        found = [json.loads(line) for line in f]
    return best, peak, sum(d["words"] for d in found), len(found)


def main():
    print("| documents | number | MB | words each | processor s | peak MB | ms each | words/s | documents a core and hour |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        kinds = (("United Nations, Word", sorted((SHARED / "un_docs").rglob("*.docx"))),
                 ("United Nations, PDF", sorted((SHARED / "un_docs").rglob("*.pdf"))),
                 ("United Nations, text", sorted((SHARED / "un_text").rglob("*.txt"))),
                 ("law, 20 kB of text", law(folder)))
        for name, paths in kinds:
            seconds, peak, words, n = measure(paths, folder)
            size = sum(p.stat().st_size for p in paths) / 1e6
            print("| %s | %d | %.1f | %s | %.2f | %.0f | %.1f | %s | %s |" % (
                name, n, size, format(words // n, ","), seconds, peak, 1000 * seconds / n, format(int(words / seconds), ","),
                format(int(3600 / seconds * n), ",")))


main()
