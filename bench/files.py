#!/usr/bin/env python3
"""Many files: cold, with what an earlier run found, on one core and two, beside peers, in one run.

    bench/files.py build/paraph docs/BENCHMARKS.md [MEGABYTES]

Two trees are made of the French and English law in PARAPH_SHARED/corpora/bench: 10,000 small
documents, and one of MEGABYTES (by default 1,000) of mixed sizes and formats (txt, md, html, docx),
its paragraphs in another order each time the law is used again. Peers that would take hours get a
part, and the table says how much; hunspell and codespell are Debian's, the others of npm are asked
where they are in PATH (cspell, textlint with textlint-rule-common-misspellings, write-good). Times
are by the clock, with processor seconds behind; the section "Many files" of the report is written
anew."""
import lzma
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
REPORT = pathlib.Path(sys.argv[2])
MEGABYTES = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
SHARED = pathlib.Path(os.environ.get("PARAPH_SHARED", "../shared")) / "corpora/bench"
SMALL = 10000


def paragraphs(name):
    with lzma.open(SHARED / name, "rt", encoding="utf-8") as f:
        text = re.sub(r"[\x00-\x08\x0b-\x1f]", " ", f.read()) # XML has no such characters
    return [line for line in text.split("\n") if line.strip()]


def pieces(law, size, rng):
    """Documents of about that many bytes, without end."""
    while True:
        order = list(range(0, len(law) - 50, 50))
        rng.shuffle(order)
        text = []
        length = 0
        for start in order:
            for line in law[start:start + 50]:
                text.append(line)
                length += len(line.encode()) + 2
                if length >= size():
                    yield text
                    text, length = [], 0


def as_docx(path, text):
    def escape(s):
        return s.replace("&", "&amp;").replace("<", "&lt;")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
                   'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                   'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
                   'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
                   '2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                   'relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.'
                   'openxmlformats.org/wordprocessingml/2006/main"><w:body>' + "".join(
                       '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' % escape(p)
                       for p in text) + "</w:body></w:document>")


def write(path, kind, text):
    if kind == "docx":
        as_docx(path, text)
    elif kind == "html":
        path.write_text("<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>x</title></head><body>\n" +
                        "".join("<p>%s</p>\n" % p.replace("&", "&amp;").replace("<", "&lt;")
                                for p in text) + "</body></html>\n", encoding="utf-8")
    else:
        path.write_text("\n\n".join(text) + "\n", encoding="utf-8")
    return path.stat().st_size


def make_small(root, laws, rng):
    sources = [pieces(law, lambda: rng.randint(1000, 8000), rng) for law in laws]
    size = 0
    for i in range(SMALL):
        folder = root / ("%03d" % (i // 100))
        folder.mkdir(parents=True, exist_ok=True)
        kind = "md" if i % 4 == 3 else "txt"
        size += write(folder / ("%05d.%s" % (i, kind)), kind, next(sources[i % 3 == 2]))
    return size


def make_mixed(root, laws, rng):
    sources = [pieces(law, lambda: int(rng.paretovariate(1.1) * 20000) % 8_000_000 + 2000, rng)
               for law in laws]
    size = i = 0
    while size < MEGABYTES * 1_000_000:
        folder = root / ("%03d" % (i // 100))
        folder.mkdir(parents=True, exist_ok=True)
        kind = ("txt", "md", "txt", "html", "docx")[i % 5]
        size += write(folder / ("%06d.%s" % (i, kind)), kind, next(sources[i % 3 == 2]))
        i += 1
    return size, i


def run(command, **environment):
    """Seconds by the clock, and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    p = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       stdin=subprocess.DEVNULL, env=dict(os.environ, **environment), check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode not in (0, 1, 65, 123, 255):
        raise SystemExit("%s: status %d" % (command[:2], p.returncode))
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_watched(command, **environment):
    """The same, and the processor seconds of the busiest thread, looked at while it runs: what two
    threads gain on a machine that others use, too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    p = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         stdin=subprocess.DEVNULL, env=dict(os.environ, **environment))
    threads = {}
    while p.poll() is None:
        try:
            for thread in os.listdir("/proc/%d/task" % p.pid):
                with open("/proc/%d/task/%s/schedstat" % (p.pid, thread), encoding="ascii") as f:
                    threads[thread] = int(f.read().split()[0]) / 1e9
        except OSError:  # it ended just now
            pass
        time.sleep(0.005)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode not in (0, 1):
        raise SystemExit("%s: status %d" % (command[:2], p.returncode))
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, max(threads.values())


def folder_size(path):
    return sum(f.stat().st_size for f in pathlib.Path(path).rglob("*") if f.is_file())


def ours(name, root, megabytes, work):
    rows = []
    for jobs in 1, 2:
        cache = os.path.join(work, "cache-%s-%d" % (name, jobs))
        # The cache has a limit of its own; what does not fit is looked at again.
        check = [PROGRAM, "check", "-q", "--no-config", "-j%d" % jobs, "--format", "jsonl",
                 "--fail-on", "never", str(root)]
        for state in "cold", "warm":
            wall, cpu, busiest = run_watched(check, XDG_CACHE_HOME=cache)
            print("  %s -j%d %s: %.1f s, processor %.1f s" % (name, jobs, state, wall, cpu), file=sys.stderr,
                  flush=True)
            rows.append(("paraph -j%d, %s" % (jobs, state), megabytes, wall, cpu, busiest))
        rows.append(("… its cache", folder_size(cache) / 1e6, None, None, None))
    return rows


def gain(rows):
    """What two threads gain, cold and warm."""
    one, two = ([r for r in rows if r[0].startswith("paraph -j%d, " % jobs)] for jobs in (1, 2))
    return "Two threads against one: " + "; ".join(
        "%s %.2f times by the clock, %.2f by the processor time of the busier thread" % (
            a[0].split(", ")[1], a[2] / b[2], a[4] / b[4]) for a, b in zip(one, two)) + "."


# What a peer gets, in megabytes: what it reads in some tens of seconds.
SHARES = {"hunspell": 2, "codespell": 10, "cspell": 1, "textlint": 1, "write-good": 1, "paraph": 10}


def part(files, megabytes):
    """Some of the files, from all over the list, of about so many megabytes."""
    size = sum(os.path.getsize(f) for f in files) / 1e6
    step = max(1, int(size / megabytes))
    chosen, total = [], 0
    for f in files[step // 2::step]:
        if total < megabytes * 1e6:
            chosen.append(f)
            total += os.path.getsize(f)
    return chosen, total / 1e6


def peers(root, work):
    """What is installed, on a part of the files in plain text."""
    files = sorted(str(p) for p in pathlib.Path(root).rglob("*.txt") if p.stat().st_size < 1_000_000)
    listed = os.path.join(work, "list")
    table = [("hunspell -l -d fr", "hunspell", ["xargs", "-a", listed, "hunspell", "-l", "-i", "utf-8", "-d", "fr"]),
             ("codespell", "codespell", ["xargs", "-a", listed, "codespell"]),
             ("cspell", "cspell", ["cspell", "lint", "--no-progress", "--no-summary", "--no-must-find-files",
                                   "--locale", "en,fr", "--file-list", listed]),
             ("textlint, common-misspellings", "textlint",
              ["xargs", "-a", listed, "textlint", "--rule", "common-misspellings"]),
             ("write-good", "write-good", ["xargs", "-a", listed, "write-good"]),
             ("paraph -j1, no cache", "paraph",
              [PROGRAM, "check", "-q", "--no-config", "--no-cache", "-j1", "--fail-on", "never",
               "--files-from", listed])]
    rows = []
    for name, program, command in table:
        if program != "paraph" and not shutil.which(program):
            continue
        some, megabytes = part(files, SHARES[program])
        with open(listed, "w", encoding="utf-8") as f:
            f.write("\n".join(some) + "\n")
        print("  %s: %d files, %.1f MB" % (name, len(some), megabytes), file=sys.stderr, flush=True)
        rows.append(("%s (%d files)" % (name, len(some)), megabytes, *run(command), None))
    return rows


def start_up(work):
    path = os.path.join(work, "note.txt")
    with open(path, "w", encoding="utf-8") as f:
        f.write("Le Conseil s’est réuni hier à New York pour examiner la question.\n" * 20)
    table = [("paraph check, cold", [PROGRAM, "check", "-q", "--no-cache", path], PROGRAM),
             ("paraph check, warm", [PROGRAM, "check", "-q", path], PROGRAM),
             ("hunspell -l -d fr", ["hunspell", "-l", "-d", "fr", path], "hunspell"),
             ("codespell", ["codespell", path], "codespell"),
             ("cspell", ["cspell", "lint", "--no-progress", "--no-must-find-files", path], "cspell"),
             ("textlint, common-misspellings", ["textlint", "--rule", "common-misspellings", path], "textlint"),
             ("write-good", ["write-good", path], "write-good")]
    rows = []
    for name, command, needs in table:
        if shutil.which(needs):
            runs = [run(command, XDG_CACHE_HOME=work + "/hook") for _ in range(30 if needs in (PROGRAM, "hunspell", "codespell") else 3)]
            rows.append((name, min(r[0] for r in runs), sorted(r[0] for r in runs)[len(runs) // 2]))
    return rows


def table(rows):
    lines = ["| | MB | seconds | processor seconds | busiest thread | MB/s |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, megabytes, wall, cpu, busiest in rows:
        lines.append("| %s | %.1f | | | | |" % (name, megabytes) if wall is None else
                     "| %s | %.1f | %.2f | %.2f | %s | %.1f |" % (
                         name, megabytes, wall, cpu, "%.2f" % busiest if busiest else "", megabytes / wall))
    return lines


def main():
    rng = random.Random(1)
    laws = [paragraphs("canlaw_fr_50MB.txt.xz"), paragraphs("en_24MB.txt.xz")]
    with tempfile.TemporaryDirectory() as work:
        small, mixed = pathlib.Path(work, "small"), pathlib.Path(work, "mixed")
        lines = ["## Many files", "", "`make bench-files`, on %d cores, all in one run. Other work on the machine "
                 "shows in the clock, less in processor seconds." % os.cpu_count(), ""]
        rows = start_up(work)
        lines += ["One note of 20 lines, as a hook before a commit sees it:", "",
                  "| | least, ms | median, ms |", "| --- | ---: | ---: |"]
        lines += ["| %s | %.1f | %.1f |" % (n, 1000 * a, 1000 * b) for n, a, b in rows]
        size = make_small(small, laws, rng)
        lines += ["", "%s small documents (txt and md; peers get a part of the txt among them):" % f"{SMALL:,}", ""]
        # Nothing is deleted meanwhile: ext4 passes by the inodes of files that went a moment ago, one by
        # one, and files made then cost it ten times as much.
        mine = ours("small", small, size / 1e6, work)
        lines += table(mine + peers(small, work)) + ["", gain(mine)]
        size, count = make_mixed(mixed, laws, rng)
        lines += ["", "%s documents of 2 kB to 8 MB (txt, md, html, docx):" % f"{count:,}", ""]
        mine = ours("mixed", mixed, size / 1e6, work)
        lines += table(mine + peers(mixed, work)) + ["", gain(mine)]
    old = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    old = re.sub(r"\n*## Many files\n.*", "", old, flags=re.S)
    REPORT.write_text(old.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


main()
