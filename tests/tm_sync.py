#!/usr/bin/env python3
"""Copies of a shared memory (`paraph tm sync`): what comes, what goes, what is gone, conflicts,
runs that are killed. The same on a file and on PostgreSQL, where it is there.

usage: tests/tm_sync.py build/paraph

Prints a line a case and, last, "tm_sync: N passed, N failed, N skipped"."""
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
counts = {"passed": 0, "failed": 0, "skipped": 0}
PART = ("--source-lang", "en", "--target-lang", "fr", "--document", "A/")


def judge(name, ok, why=""):
    counts["passed" if ok else "failed"] += 1
    print("%s %s%s" % ("ok" if ok else "FAILED", name, "" if ok else ": %s" % (why,)), flush=True)


def run(*arguments, user="ann"):
    environment = dict(os.environ, USER=user, LC_ALL="C.UTF-8")
    return subprocess.run([PROGRAM, *arguments], capture_output=True, encoding="utf-8", env=environment, check=False)


class File:
    """The shared memory as a file."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder + "/shared.paraph-tm"

    def sql(self, text):
        with sqlite3.connect(self.path, timeout=30) as db:
            db.execute(text)
        db.close()

    def forget(self, where):
        self.sql("DELETE FROM unit WHERE " + where)


class Postgres:
    def __init__(self, folder):
        self.folder = folder
        self.path = os.environ["PARAPH_POSTGRES"]
        made = run("store", "init", self.path)
        judge("store init", made.returncode == 0, made.stderr)

    def psql(self):
        return [ROOT + "/tests/postgres.sh", "psql", os.environ["PARAPH_POSTGRES_FOLDER"], "paraph", "-A", "-t"]

    def sql(self, text):
        subprocess.run([*self.psql(), "-c", text], check=True, stdout=subprocess.DEVNULL)

    def forget(self, where):
        self.sql("DELETE FROM paraph.tm_unit WHERE " + where)


def pairs(first, last, target="Le Conseil a examiné le rapport numéro %d de l’année."):
    return [("The Council considered report number %d of the year." % i, target % i) for i in range(first, last)]


def put(memory, units, document="A/1", languages=("en", "fr"), author="bob"):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as f:
        f.write("".join("%s\t%s\n" % u for u in units))
        f.flush()
        p = run("tm", "import", "--into", memory, "--source-lang", languages[0], "--target-lang", languages[1],
                "--document", document, "--author", author, f.name)
    if p.returncode != 0:
        judge("import", False, p.stderr)


def units(memory, *filters):
    """(source, target) of each unit, in order; what is there twice is there twice."""
    p = run("tm", "export", "--to", "tsv", *filters, memory)
    lines = p.stdout.splitlines()[1:]
    return sorted(tuple(line.split("\t")[:2]) for line in lines)


def sync(copy, shared, *more, user="ann", part=PART):
    p = run("tm", "sync", *part, *more, copy, shared.path, user=user)
    told = re.match(r"(\d+) units sent, (\d+) fetched, (\d+) removed; (\d+) conflicts", p.stdout)
    return p, tuple(int(n) for n in told.groups()) if told else p.stderr


def to_and_fro(s):
    a, b = s.folder + "/a.paraph-tm", s.folder + "/b.paraph-tm"
    put(s.path, pairs(0, 1200))
    put(s.path, pairs(1200, 1300), document="B/1")
    put(s.path, pairs(0, 100, "El Consejo examinó el informe número %d del año."), languages=("en", "es"))
    p, n = sync(a, s)
    judge("the part comes", n == (0, 1200, 0, 0) and p.returncode == 0, n)
    judge("and nothing else", units(a) == sorted(pairs(0, 1200)) == units(s.path, *PART), len(units(a)))
    judge("it is searched", "numéro 77 " in run("tm", "match", "--tm", a, pairs(77, 78)[0][0]).stdout)
    judge("the second time nothing comes", sync(a, s)[1] == (0, 0, 0, 0))
    put(s.path, pairs(2000, 2050), document="A/2")
    put(s.path, pairs(3000, 3010), document="B/2")
    judge("what came since comes", sync(a, s)[1] == (0, 50, 0, 0))
    s.forget("source LIKE '%report number 20__ %' AND target LIKE 'Le%'")
    judge("what is gone is removed", sync(a, s)[1] == (0, 0, 50, 0) and units(a) == sorted(pairs(0, 1200)))
    put(s.path, pairs(2500, 2530), document="A/2")
    judge("after that, too, what came since comes", sync(a, s)[1] == (0, 30, 0, 0))

    put(a, pairs(5000, 5040), document="A/9", author="")
    judge("additions are sent", sync(a, s)[1] == (40, 0, 0, 0))
    judge("once", sync(a, s)[1] == (0, 0, 0, 0) and
          units(s.path, "--document", "A/9") == sorted(pairs(5000, 5040)))
    p = run("tm", "export", "--to", "tmx", "--document", "A/9", s.path)
    told = re.search(r'<prop type="x-paraph-copy">(\S+), ann, (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)</prop>', p.stdout)
    judge("with who, when and from where", told is not None, p.stdout[:600])
    n = sync(b, s, user="eve")[1]
    judge("another copy gets them", n == (0, 1270, 0, 0) and units(b) == units(a), n)
    conflicts(s, a, b)
    refusals(s, a)


def conflicts(s, a, b):
    source = "The Assembly adopted the budget."
    put(a, [(source, "L’Assemblée a adopté le budget.")], document="A/9")
    put(b, [(source, "L’Assemblée adopte le budget.")], document="A/9")
    p, n = sync(a, s)
    judge("the first of two is sent", n == (1, 0, 0, 0) and p.returncode == 0, n)
    p, n = sync(b, s, user="eve")
    judge("the second is told", n == (1, 1, 0, 1) and p.returncode == 1, n)
    shown = run("tm", "sync", "--conflicts", b)
    judge("both are shown", shown.returncode == 1 and shown.stdout.startswith(source + "\n") and
          re.search(r"mine: +L’Assemblée adopte le budget", shown.stdout) and
          re.search(r"theirs: +L’Assemblée a adopté le budget.*bob", shown.stdout),
          shown.stdout + shown.stderr)
    both = [(source, "L’Assemblée a adopté le budget."), (source, "L’Assemblée adopte le budget.")]
    judge("and kept", [u for u in units(b) if u[0] == source] == sorted(both) and
          [u for u in units(s.path) if u[0] == source] == sorted(both))
    p, n = sync(a, s)
    judge("the first hears of it", n == (0, 1, 0, 1) and p.returncode == 1, n)
    judge("once", sync(a, s)[1] == (0, 0, 0, 0))
    s.forget("target = 'L’Assemblée adopte le budget.'")
    sync(b, s, user="eve")
    judge("with one of them gone there is none", run("tm", "sync", "--conflicts", b).returncode == 0)


def refusals(s, a):
    put(s.folder + "/other.paraph-tm", pairs(0, 3))
    p = run("tm", "sync", *PART, a, s.folder + "/other.paraph-tm")
    judge("a copy of another memory", p.returncode == 2 and "--moved" in p.stderr, p.stderr)
    p = run("tm", "sync", "--source-lang", "en", a, s.path)
    judge("a copy of another part", p.returncode == 2 and "another part" in p.stderr, p.stderr)
    p = run("tm", "sync", a, s.folder + "/none.paraph-tm")
    judge("no such memory", p.returncode == 2 and not os.path.exists(s.folder + "/none.paraph-tm"), p.stderr)
    judge("one argument", run("tm", "sync", a).returncode == 2)
    p = run("tm", "sync", "--conflicts", s.folder + "/other.paraph-tm")
    judge("no copy has no conflicts", p.returncode == 2 and "not a copy" in p.stderr, p.stderr)
    sync(a, s)
    before = units(s.path)
    put(a, pairs(7000, 7003), document="A/9")
    judge("nothing is sent where nothing may be", sync(a, s, "--only-fetch")[1] == (0, 0, 0, 0) and
          units(s.path) == before)
    judge("but it waits", sync(a, s)[1] == (3, 0, 0, 0))


def killed(s):
    """Copies that are made and sent while the program is killed at any moment."""
    rng = random.Random(7)
    put(s.path, pairs(20000, 32000), document="A/5")
    wanted = units(s.path, *PART)
    c = s.folder + "/c.paraph-tm"
    deaths = kill_often(rng, c, s)
    p, n = sync(c, s)
    got = units(c)
    judge("a copy that was killed %d times in the making is whole" % deaths, deaths > 2 and got == wanted and
          p.returncode == 0, (len(got), len(wanted), n))
    judge("after which nothing comes", sync(c, s)[1] == (0, 0, 0, 0))
    put(c, pairs(40000, 48000), document="A/6")
    deaths = kill_often(rng, c, s)
    sync(c, s)
    got = units(s.path, "--document", "A/6")
    judge("sent by runs of which %d were killed: nothing twice, nothing lost" % deaths,
          deaths > 2 and got == sorted(pairs(40000, 48000)), len(got))
    judge("after which nothing goes", sync(c, s)[1] == (0, 0, 0, 0) and units(c) == units(s.path, *PART))


def kill_often(rng, copy, s):
    """How many runs were killed until one was done: each is given longer than the one before, so that
    several die on a fast machine and one gets through on a slow one."""
    deaths = 0
    limit = 0.02
    while limit < 120:
        p = subprocess.Popen([PROGRAM, "tm", "sync", *PART, copy, s.path], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        try:
            p.wait(limit * rng.uniform(0.8, 1))
            break
        except subprocess.TimeoutExpired:
            p.send_signal(signal.SIGKILL)
            p.wait()
            deaths += 1
        limit *= 1.25
    return deaths


def in_flight(s):
    """A writer that has its numbers and is not done, while another one is done with greater ones."""
    d = s.folder + "/d.paraph-tm"
    sync(d, s)
    p = subprocess.Popen(s.psql(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    p.stdin.write("BEGIN;\nSELECT value FROM paraph.tm_meta WHERE key = 'epoch' FOR SHARE;\n"
                  "INSERT INTO paraph.tm_unit SELECT paraph.tm_numbers(1), shape, same + 1, usage, now(), pair, document,"
                  " 'The slow writer.', 'Qui écrit lentement.', info, digest FROM paraph.tm_unit WHERE pair = 'en\tfr'"
                  " AND document = 'A/1' LIMIT 1;\nSELECT 'written';\n")
    p.stdin.flush()
    while p.stdout.readline().strip() != "written":
        pass
    put(s.path, pairs(60000, 60005), document="A/7")
    told, n = sync(d, s)
    judge("what is done comes, and the rest is awaited", n == (0, 5, 0, 0) and "others are writing" in told.stderr,
          (n, told.stderr))
    p.stdin.write("COMMIT;\n\\q\n")
    p.communicate()
    judge("and comes", sync(d, s)[1] == (0, 1, 0, 0))
    judge("and is there once", [u[0] for u in units(d)].count("The slow writer.") == 1 and
          sync(d, s)[1] == (0, 0, 0, 0))


def spread(s):
    """The memory goes to two databases; copies do not notice, and what follows is on both."""
    a = s.folder + "/a.paraph-tm"
    sync(a, s)
    p = subprocess.run([ROOT + "/tests/postgres.sh", "database", os.environ["PARAPH_POSTGRES_FOLDER"], "second"],
                       capture_output=True, encoding="utf-8", check=True)
    second = p.stdout.strip()
    made = run("store", "init", second)
    moved = run("store", "reshard", s.path, second)
    judge("spread over two databases", made.returncode == moved.returncode == 0, made.stderr + moved.stderr)
    before = units(a)
    judge("nothing comes of it", sync(a, s)[1] == (0, 0, 0, 0) and units(a) == before, sync(a, s))
    sources = [("%s number %d was adopted." % (w, i), "%s numéro %d adoptée." % (w, i))
               for i, w in enumerate(("Resolution", "Decision", "Motion", "Measure", "Rule", "Agenda", "Charter", "Treaty"))]
    put(s.path, sources, document="A/8")
    judge("what came to either comes", sync(a, s)[1] == (0, 8, 0, 0))
    put(a, [(x.replace("adopted", "rejected"), y.replace("adoptée", "rejetée")) for x, y in sources], document="A/8")
    judge("what is sent goes to either", sync(a, s)[1] == (8, 0, 0, 0) and
          len(units(s.path, "--document", "A/8")) == 16)
    s.forget("document = 'A/8'")
    here = len(units(s.path, "--document", "A/8"))
    n = sync(a, s)[1]
    judge("what is gone from one of them is removed (%d of 16)" % (16 - here), 0 < here < 16 and n == (0, 0, 16 - here, 0),
          (here, n))


def main():
    if sys.argv[2:] == ["postgres"]:
        with tempfile.TemporaryDirectory() as folder:
            s = Postgres(folder)
            to_and_fro(s)
            in_flight(s)
            spread(s)
            killed(s)
    else:
        with tempfile.TemporaryDirectory() as folder:
            s = File(folder)
            to_and_fro(s)
            killed(s)
        beside_postgres()
    print("tm_sync: %(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return counts["failed"] != 0


def beside_postgres():
    p = subprocess.run([ROOT + "/tests/postgres.sh", "run", sys.executable, *sys.argv[:2], "postgres"],
                       capture_output=True, encoding="utf-8", check=False)
    if p.returncode == 77:
        counts["skipped"] += 1
        print("skipped: tm sync on PostgreSQL, " + p.stderr.strip())
        return
    *lines, last = p.stdout.splitlines() or [""]
    print("\n".join("PostgreSQL: " + x if not x.startswith("FAILED") else x for x in lines))
    told = re.findall(r"(\d+) (passed|failed|skipped)", last)
    if not told:
        judge("PostgreSQL", False, p.stderr)
    for n, what in told:
        counts[what] += int(n)


sys.exit(main())
