#!/usr/bin/env python3
"""A termbase that several machines share: the same answers as from a file, and nothing lost.

usage: tests/shared_terms.py build/paraph      (needs PostgreSQL; pgbouncer where it is there)

Starts servers of its own (tests/postgres.sh). Editors that meet, writers that meet, a server or a
writer that dies, a network that stalls, a disk that fills, users who may do little, tables of an
earlier version. Prints a line a case and, last, "shared terms: N passed, N failed, N skipped"."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

from http_client import PROGRAM, Server, end, judge, skip

TESTS = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(TESTS, "postgres.sh")
ROOT = os.path.dirname(TESTS)
URL = os.environ.get("PARAPH_POSTGRES", "")
SERVER = os.environ.get("PARAPH_POSTGRES_FOLDER", "")


class Machine:
    """Somebody's home: a cache and data of their own."""

    def __init__(self, name):
        self.home = os.path.join(WORK, name)
        os.makedirs(self.home, exist_ok=True)
        self.env = dict(os.environ, HOME=self.home, XDG_CACHE_HOME=self.home + "/cache",
                        XDG_DATA_HOME=self.home + "/data", LC_ALL="C.UTF-8", NO_COLOR="1",
                        USER=name)
        os.makedirs(self.home + "/cache", exist_ok=True)
        self.said = ""  # by all runs

    def run(self, *arguments, env=None):
        done = subprocess.run([PROGRAM, *arguments], cwd=self.home, env={**self.env, **(env or {})},
                              encoding="utf-8", capture_output=True, check=False, timeout=240)
        self.said += done.stdout + done.stderr
        return done

    def start(self, *arguments):
        return subprocess.Popen([PROGRAM, *arguments], cwd=self.home, env=self.env,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                encoding="utf-8")


def script(*arguments):
    return subprocess.run([SCRIPT, *arguments], capture_output=True, encoding="utf-8",
                          check=False)


def start_anew(folder):
    """After trouble: a server that is in the midst of its own recovery may not stop in good order."""
    for _ in range(5):
        script("kill", folder)
        p = script("start", folder)
        if p.returncode == 0:
            return
        time.sleep(1)
    raise RuntimeError("the server does not start again: " + p.stderr[-2000:])


def sql(database, text, folder=None):
    done = script("psql", folder or SERVER, database, "-At", "-c", text)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def database(name, folder=None):
    """An empty termbase; its URL."""
    url = script("database", folder or SERVER, name).stdout.strip()
    made = Machine("owner").run("store", "init", url)
    if made.returncode != 0:
        raise RuntimeError(made.stdout + made.stderr)
    return url


def shown(url):
    return re.sub(r":[^:@/]*@", "@", url)


def table(path, n, first=0, note=""):
    with open(path, "w", encoding="utf-8") as f:
        f.write("concept\ten\tfr\tnote\n")
        for i in range(first, first + n):
            f.write("c%d\tOffice number %d\tBureau numéro %d\t%s\n" % (i, i, i, note))
    return path


# --- the same answers -------------------------------------------------------------------------

def same_answers():
    """All commands that read, on a file and on the server."""
    one, two = Machine("file"), Machine("server")
    url, path = database("same"), one.home + "/t.sqlite"
    glossaries = sorted(os.path.join(ROOT, "data/glossaries", f)
                        for f in os.listdir(os.path.join(ROOT, "data/glossaries"))
                        if f.endswith(".tsv"))
    text = os.path.join(ROOT, "data/samples/lettre.txt")
    for glossary in glossaries:
        a = one.run("term", "import", "--into", path, glossary)
        b = two.run("term", "import", "--into", url, glossary)
        judge("import " + os.path.basename(glossary),
              (a.returncode, a.stdout) == (b.returncode, b.stdout), b.stdout + b.stderr)
    twice = one.home + "/twice.tsv"
    with open(twice, "w", encoding="utf-8") as f:  # one id in two rows, of which the first cannot be taken
        f.write("id\ten\tfr\nunder\tBeta term\tterme bêta\nover\tGamma term\tterme gamma\n"
                "twofold\tBeta term\tterme bêta\nbetween\tDelta term\tterme delta\n"
                "twofold\tAlpha term\tterme alpha\n")
    for _ in range(2):
        a = one.run("term", "import", "--into", path, twice)
        b = two.run("term", "import", "--into", url, twice)
        judge("import of an id that is there twice", (a.returncode, a.stdout) == (b.returncode, b.stdout),
              (a.stdout, a.stderr, b.stdout, b.stderr))
    edits = [("edit", "unama", "note=our way", "fr_deprecated=MANUAF"),
             ("remove", "untop"),
             ("add", "fr=Bureau d’essai", "en=Trial Office", "en_acronym=TO"),
             ("add", "fr=Bureau d’essai", "en=Trial Office"),
             ("add", "concept=again", "fr=Bureau d’essai", "en=Trial Office"),
             ("add", "--force", "concept=again", "fr=Bureau d’essai", "en=Trial Office"),
             ("edit", "nothing at all", "note=x"), ("edit", "unama", "nonsense=x"),
             ("edit", "unama", "concept=other"), ("remove", "again")]
    for edit in edits:
        a = one.run("term", edit[0], "--into", path, *edit[1:])
        b = two.run("term", edit[0], "--into", url, *edit[1:])
        judge("term " + " ".join(edit), (a.returncode, a.stdout, a.stderr.replace(path, "X")) ==
              (b.returncode, b.stdout, b.stderr.replace(shown(url), "X")),
              (a.stdout, a.stderr, b.stdout, b.stderr))
    questions = ["unama", "conseil securité", "haut comissariat", "secuirty council", "nations",
                 "the assembly", "l’Asie", "trial office", "MANUA", "zebra", "développment durable",
                 "office of the high", "d’appui", "peace", "peacekeping operations"]
    asks = [("term", "list", "BASE", q) for q in questions]
    asks += [("term", "show", "--format", "json", "BASE", q) for q in questions[:6]]
    asks += [("term", "list", "BASE"), ("term", "stats", "--format", "json", "BASE"),
             ("term", "find", "BASE", "--format", "tsv", text), ("term", "extract", "BASE", text),
             ("check", "BASE", "--format", "json", text), ("term", "show", "--history", "BASE", "unama"),
             ("check", "BASE", "--fail-on", "info", text)]

    def of(arguments, base):
        out = []
        for a in arguments:
            out += ["--termbase", base, "--no-builtin"] if a == "BASE" else [a]
        return out

    for ask in asks:
        a, b = one.run(*of(ask, path)), two.run(*of(ask, url))
        out = a.stdout.replace(path, "X"), b.stdout.replace(shown(url), "X")
        out = tuple(re.sub(r"20\d\d-\d\d-\d\dT[0-9:]*Z", "T", o) for o in out)
        out = tuple(re.sub(r"\b(file|server)\b", "U", o) for o in out)
        judge(" ".join(a for a in ask if a != "BASE"),
              a.returncode == b.returncode and out[0] == out[1] and a.returncode in (0, 1),
              (a.returncode, b.returncode, a.stderr, b.stderr, out[0][:300], out[1][:300]))
    for form in "tbx", "tsv", "csv":
        a = one.run("term", "export", "-o", one.home + "/x." + form, path)
        b = two.run("term", "export", "-o", two.home + "/x." + form, url)
        with open(one.home + "/x." + form, encoding="utf-8") as f, \
                open(two.home + "/x." + form, encoding="utf-8") as g:
            judge("export " + form, a.returncode == b.returncode == 0 and f.read() == g.read(),
                  a.stderr + b.stderr)
    a, b = one.run("term", "lint", path), two.run("term", "lint", url)
    judge("lint", a.stdout.replace(path, "X") == b.stdout.replace(shown(url), "X"), b.stdout[:300])
    with open(two.home + "/paraph.yaml", "w", encoding="utf-8") as f:
        f.write("termbases:\n  - %s\n" % url)
    b = two.run("term", "list", "trial office")
    judge("paraph.yaml names it", "Trial Office" in b.stdout, b.stdout + b.stderr)
    b = two.run("config", "show")
    judge("config show has no password", shown(url) in b.stdout and "sesame" not in b.stdout,
          b.stdout + b.stderr)
    os.unlink(two.home + "/paraph.yaml")
    judge("no password anywhere", "Trial Office" in two.said and "sesame" not in two.said)


# --- one machine learns what another wrote ------------------------------------------------------

def copies_follow():
    a, b = Machine("writer"), Machine("reader")
    url = database("follow")
    a.run("term", "import", "--into", url, table(a.home + "/t.tsv", 300))

    def first(question):
        return b.run("term", "list", "--no-builtin", "--termbase", url, question).stdout

    judge("a copy is made", "Office number 17\n" in first("office number 17"))
    a.run("term", "edit", "--into", url, "c17", "en=Bureau for Trials")
    judge("a change arrives", "Bureau for Trials" in first("bureau for trials") and
          "Office number 17\n" not in first("office number 17"))
    a.run("term", "remove", "--into", url, "c18")
    judge("a removal arrives", "Office number 18\n" not in first("office number 18"))
    a.run("term", "add", "--into", url, "concept=c18", "en=Office number 18", "fr=Le dix-huitième")
    judge("and what is added anew", "Office number 18\n" in first("office number 18"))
    sql("follow", "alter system set log_statement = 'all'")
    sql("follow", "select pg_reload_conf()")
    time.sleep(0.5)
    with open(SERVER + "/server.log", "w", encoding="utf-8"):
        pass
    with open(b.home + "/a.txt", "w", encoding="utf-8") as f:
        f.write("The office is there.\n")
    b.run("check", "--termbase", url, "a.txt")
    with open(SERVER + "/server.log", "w", encoding="utf-8"):
        pass
    done = b.run("check", "--termbase", url, "a.txt")
    with open(SERVER + "/server.log", encoding="utf-8") as f:
        asked = re.findall(r"LOG:  (?:execute|statement)[^:]*: (.*)", f.read())
    judge("a check with nothing new asks once", done.returncode == 0 and len(asked) == 3 and
          asked[0].startswith("SELECT pg_backend_pid()") and "termbase" in asked[2], asked)
    sql("follow", "alter system reset log_statement")
    sql("follow", "select pg_reload_conf()")
    # An older state of the database comes back from a backup, and is written to.
    sql("follow", "UPDATE paraph.termbase SET mark = gen_random_uuid(), sequence = sequence - 1;"
                  "DELETE FROM paraph.termbase_mark m USING paraph.termbase t"
                  " WHERE m.sequence >= t.sequence; DELETE FROM paraph.concept WHERE name = 'c20';"
                  "INSERT INTO paraph.termbase_mark (sequence, mark)"
                  " SELECT sequence, mark FROM paraph.termbase")
    judge("a database that was restored is read anew", "Office number 20\n" not in
          first("office number 20") and "Office number 21\n" in first("office number 21"))
    shutil.rmtree(b.home + "/cache")
    with open(b.home + "/cache", "w", encoding="utf-8"):
        pass
    judge("without a cache it is read into memory", "Office number 21\n" in first("office number 21"))
    os.unlink(b.home + "/cache")
    os.makedirs(b.home + "/cache/paraph")
    first("office")
    for name in os.listdir(b.home + "/cache/paraph"):
        if name.endswith(".shared.sqlite"):
            with open(b.home + "/cache/paraph/" + name, "r+b") as f:
                f.write(b"no database" * 100)
    judge("a damaged copy does no harm", "Office number 21\n" in first("office number 21"),
          b.run("term", "list", "--no-builtin", "--termbase", url, "office number 21"))


# --- several at once ----------------------------------------------------------------------------

def editors_meet():
    url = database("editors")
    people = [Machine("editor%d" % i) for i in range(8)]
    people[0].run("term", "add", "--into", url, "concept=x", "en=Office", "fr=Bureau")
    cells = ["note=n", "definition=d", "subject=s", "en_deprecated=Bad office",
             "fr_deprecated=Mauvais bureau", "en_acronym=OFF", "fr_acronym=BUR", "source=src"]
    for turn in range(3):
        running = [p.start("term", "edit", "--into", url, "x", "%s%d" % (cell, turn))
                   for p, cell in zip(people, cells)]
        done = [(p.wait(), p.stdout.read() + p.stderr.read()) for p in running]
        judge("eight editors of one concept, turn %d" % turn, all(d[0] == 0 for d in done), done)
    facts = json.loads(people[0].run("term", "show", "--no-builtin", "--termbase", url, "--format",
                                     "json", "x").stdout)
    said = json.dumps(facts, ensure_ascii=False)
    judge("no edit is lost", all(cell.split("=")[1] + "2" in said for cell in cells), said)
    history = people[0].run("term", "show", "--no-builtin", "--termbase", url, "--history", "x").stdout
    judge("and all are told", history.count("  edit ") == 24, history)
    running = [p.start("term", "add", "--into", url, "concept=new", "en=New%d" % i, "fr=Neuf")
               for i, p in enumerate(people)]
    done = sorted(p.wait() for p in running)
    why = [p.stderr.read() for p in running]
    judge("of eight who add one id, one does", done == [0] + [2] * 7 and
          sum("is there already" in w for w in why) == 7, (done, why))


def writers_meet():
    url = database("writers")
    people = [Machine("writer%d" % i) for i in range(4)]
    running = [p.start("term", "import", "--into", url, table(p.home + "/t.tsv", 500, 500 * i))
               for i, p in enumerate(people)]
    running += [p.start("term", "add", "--into", url, "en=Single %d" % i, "fr=Seul %d" % i)
                for i, p in enumerate(people)]
    done = [(p.wait(), p.stderr.read()) for p in running]
    n = sql("writers", "SELECT count(*) FROM paraph.concept")
    judge("four imports and four edits at once", all(d[0] == 0 for d in done) and n == "2004",
          (done, n))
    running = [p.start("term", "import", "--into", url, table(p.home + "/t.tsv", 300, 0, "by %d" % i))
               for i, p in enumerate(people)]
    done = [(p.wait(), p.stderr.read()) for p in running]
    notes = sql("writers", "SELECT count(*), count(DISTINCT value) FROM paraph.item WHERE type = 'note'"
                           " OR (type = '' AND element = 'note')")
    judge("four imports of the same concepts: one after the other",
          all(d[0] == 0 for d in done) and notes == "300|1", (done, notes))
    numbers = sql("writers", "SELECT max(sequence) = count(*) - 1 FROM paraph.termbase_mark")
    judge("each transaction has its number", numbers == "t", numbers)


def server_and_hand():
    """A concept that the command line changes between a client's reading and writing."""
    me = Machine("server-user")
    url = database("served")
    me.run("term", "add", "--into", url, "concept=x", "en=Office", "fr=Bureau")
    with Server("--no-config", "--termbase", url, home=me.home) as serve:
        base = "http://127.0.0.1:%d/api/v1/terms/" % serve.port
        with urllib.request.urlopen(base + "x", timeout=10) as answer:
            tag = answer.headers["ETag"]
        Machine("other").run("term", "edit", "--into", url, "x", "note=by hand")

        def put(tag, **cells):
            body = json.dumps({"cells": cells}).encode()
            request = urllib.request.Request(base + "x", body, method="PUT", headers={
                "If-Match": tag, "Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=20) as done:
                    return done.status, done.read().decode()
            except urllib.error.HTTPError as e:
                return e.code, e.read().decode()

        status, text = put(tag, definition="from the page")
        judge("the page is told that somebody else wrote", status == 412, (status, text))
        time.sleep(1.2)
        with urllib.request.urlopen(base + "x", timeout=10) as answer:
            tag, text = answer.headers["ETag"], answer.read().decode()
        judge("and sees what was written", "by hand" in text, text)
        status, text = put(tag, definition="from the page")
        judge("then it may write", status == 200 and "by hand" in text and "from the page" in text,
              (status, text))
        status, text = put(tag, definition="an older page")
        judge("once", status == 412, (status, text))


# --- what goes wrong ----------------------------------------------------------------------------

class Proxy:
    """Hands on what comes until it is told to stop."""

    def __init__(self, port):
        self.to, self.flows = port, True
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.after = None  # bytes from the client after which nothing more is handed on
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.to))
            for pair in (client, server), (server, client):
                threading.Thread(target=self.hand_on, args=pair, daemon=True).start()

    def hand_on(self, source, sink):
        while True:
            try:
                data = source.recv(65536)
                while not self.flows:
                    time.sleep(0.05)
                if not data:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(data)
                if self.after is not None:
                    self.after -= len(data)
                    if self.after < 0:
                        self.flows = False
            except OSError:
                return


def through(url, port):
    return re.sub(r":\d+/", ":%d/" % port, url)


def network_stalls():
    me = Machine("stalled")
    url = database("stalls")
    me.run("term", "import", "--into", url, table(me.home + "/t.tsv", 200))
    proxy = Proxy(int(re.search(r":(\d+)/", url).group(1)))
    slow = through(url, proxy.port)
    me.run("term", "list", "--termbase", slow, "office number 3")
    for name, after, arguments in (
            ("from the first byte", -1, ("term", "list", "--termbase", slow, "office")),
            ("in the middle of an import", 60000,
             ("term", "import", "--into", slow, table(me.home + "/u.tsv", 2000, 1000)))):
        proxy.flows, proxy.after = after >= 0, after if after >= 0 else None
        began = time.monotonic()
        done = me.run(*arguments, env={"PARAPH_STORE_TIMEOUT": "2"})
        took = time.monotonic() - began
        judge("the network stalls %s: told, not awaited" % name,
              done.returncode in (2, 75) and took < 30 and
              re.search("no answer for 2 seconds|does not answer", done.stderr) is not None,
              (done.returncode, took, done.stderr))
        proxy.flows, proxy.after = True, None
    time.sleep(0.5)
    n = sql("stalls", "SELECT count(*) FROM paraph.concept")
    judge("of the import nothing is there", n == "200", n)
    done = me.run("term", "import", "--into", slow, me.home + "/u.tsv")
    judge("when it flows again it is done", done.returncode == 0 and "2000 added" in done.stdout,
          done.stdout + done.stderr)
    proxy.listener.close()
    done = me.run("check", "--termbase", through(url, 1), "t.tsv")
    judge("a check without its server may be tried again", done.returncode == 75, done)


def writers_die():
    me = Machine("dying")
    url = database("dies")
    path = table(me.home + "/t.tsv", 15000)
    me.run("term", "import", "--into", url, table(me.home + "/few.tsv", 50, 100000))

    def importing():
        """An import that has written something."""
        running = me.start("term", "import", "--into", url, path)
        while running.poll() is None and "0" == sql(
                "dies", "SELECT count(*) FROM pg_stat_activity WHERE datname = 'dies'"
                        " AND application_name = 'paraph' AND backend_xid IS NOT NULL"):
            pass
        return running

    running = importing()
    alive = running.poll() is None
    running.kill()
    running.wait()
    time.sleep(0.5)
    n = sql("dies", "SELECT count(*) FROM paraph.concept")
    judge("an import that is killed leaves nothing", alive and n == "50", (alive, n))
    running = importing()
    alive = running.poll() is None
    script("kill", SERVER)
    why = running.stderr.read()
    judge("the server dies under an import: told", alive and running.wait() != 0 and
          "nothing of the transaction was written" in why, (alive, why))
    script("start", SERVER)
    n = sql("dies", "SELECT count(*) FROM paraph.concept")
    judge("and nothing is there", n == "50", n)
    done = me.run("term", "import", "--into", url, "--in-parts", path)
    judge("import in parts", done.returncode == 0 and "15000 added" in done.stdout,
          done.stdout + done.stderr)
    done = me.run("term", "import", "--into", url, path)
    judge("what is there is passed over", "0 added, 0 changed, 15000 there already" in done.stdout,
          done.stdout + done.stderr)
    sql("dies", "DELETE FROM paraph.concept WHERE name <> 'c100001'")
    running = me.start("term", "import", "--into", url, "--in-parts", path)
    while running.poll() is None and \
            int(sql("dies", "SELECT count(*) FROM paraph.concept")) < 10000:
        time.sleep(0.05)
    running.kill()
    running.wait()
    time.sleep(0.5)
    n = int(sql("dies", "SELECT count(*) FROM paraph.concept"))
    done = me.run("term", "import", "--into", url, "--in-parts", path)
    judge("parts that were committed stay, the rest follows", n >= 9999 and done.returncode == 0 and
          ("%d there already" % (n - 1)) in done.stdout, (n, done.stdout, done.stderr))


def disk_fills():
    folder = os.path.join(WORK, "small")
    os.makedirs(folder)
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder], capture_output=True,
        check=False).returncode == 0
    if not mounted:
        skip("the disk of the server fills", "no small file system can be mounted here")
        return
    inside = os.path.join(folder, "server")
    try:
        settings = "min_wal_size = 32MB\nmax_wal_size = 32MB\n"
        os.environ["PARAPH_POSTGRES_SETTINGS"] = settings
        os.environ["PARAPH_POSTGRES_OWNER"] = str(os.getpid())
        url = script("start", inside).stdout.strip()
        me = Machine("full")
        me.run("store", "init", url)
        me.run("term", "import", "--into", url, table(me.home + "/few.tsv", 100))
        free = os.statvfs(folder)
        with open(folder + "/filler", "wb") as f:
            f.write(b"x" * max(0, free.f_bavail * free.f_frsize - (8 << 20)))
        done = me.run("term", "import", "--into", url,
                      table(me.home + "/t.tsv", 40000, 1000, "long " * 30))
        judge("the disk of the server fills: told", done.returncode in (2, 75) and
              re.search("no space left|nothing of the transaction|connection was lost|"
                        "starting or stopping|no server", done.stderr) is not None,
              (done.returncode, done.stderr))
        os.unlink(folder + "/filler")
        start_anew(inside)
        n = sql("paraph", "SELECT count(*) FROM paraph.concept", inside)
        done = me.run("term", "add", "--into", url, "en=Room again", "fr=De la place")
        judge("and with room it goes on from where it was", n == "100" and done.returncode == 0,
              (n, done.stderr))
    finally:
        script("remove", inside)
        subprocess.run(["umount", folder], check=False)
        os.environ.pop("PARAPH_POSTGRES_SETTINGS", None)


def least_privilege():
    me = Machine("roles")
    url = database("roles")
    sql("roles", "CREATE ROLE reads LOGIN PASSWORD 'r' IN ROLE paraph_reader;"
                 "CREATE ROLE writes LOGIN PASSWORD 'w' IN ROLE paraph_writer;"
                 "CREATE ROLE keeps LOGIN PASSWORD 'k' IN ROLE paraph_admin;"
                 "CREATE ROLE stranger LOGIN PASSWORD 's'")

    def of(user):
        return re.sub("//[^@]*@", "//%s:%s@" % (user, user[0]), url)

    me.run("term", "add", "--into", url, "concept=x", "en=Office", "fr=Bureau")
    cases = [("reads", "list", 0, ""), ("reads", "edit", 2, "may not do this"),
             ("writes", "list", 0, ""), ("writes", "edit", 0, ""), ("keeps", "edit", 0, ""),
             ("stranger", "list", 2, "may not do this")]
    for user, what, status, part in cases:
        arguments = ["--termbase", of(user), "office"] if what == "list" else \
            ["--into", of(user), "x", "note=by " + user]
        done = me.run("term", what, *arguments)
        judge("%s may %s%s" % (user, "not " if status else "", what),
              done.returncode == status and part in done.stderr, done.stdout + done.stderr)
    rights = {"reads": "reads", "writes": "reads, writes", "keeps": "reads, writes, administers"}
    for user, words in rights.items():
        done = me.run("store", "check", of(user))
        judge("store check knows what %s may do" % user,
              done.returncode == 0 and re.search(", %s$" % words, done.stdout, re.M) is not None,
              done.stdout + done.stderr)
    sql("roles", "UPDATE paraph.part SET version = 1 WHERE name = 'termbase';"
                 "DROP INDEX paraph.concept_names; ALTER TABLE paraph.history DROP COLUMN db_user")
    for user, status in ("reads", 2), ("writes", 2), ("keeps", 0):
        done = me.run("store", "migrate", of(user))
        judge("%s may %smigrate" % (user, "not " if status else ""), done.returncode == status,
              done.stdout + done.stderr)
    done = me.run("term", "edit", "--into", of("writes"), "x", "note=later")
    judge("who writes is what the server knows", done.returncode == 0 and
          sql("roles", "SELECT db_user FROM paraph.history ORDER BY id DESC LIMIT 1") == "writes",
          done.stderr)


def migrations():
    me = Machine("migrating")
    url = script("database", SERVER, "old").stdout.strip()
    text = me.run("store", "init", "--sql").stdout
    old = re.sub(r"\n-- termbase, version 2\n.*?(?=INSERT INTO paraph.part)", "\n", text, flags=re.S)
    old = re.sub(r"(\('termbase', )\d+", r"\g<1>1", old)
    path = me.home + "/old.sql"
    with open(path, "w", encoding="utf-8") as f:
        f.write(old)
    made = script("psql", SERVER, "old", "-f", path)
    judge("the SQL of an administrator makes it", made.returncode == 0 and "db_user" not in old,
          made.stderr)
    sql("old", "INSERT INTO paraph.concept (name, retired, names) VALUES ('x', false, 0);"
               "INSERT INTO paraph.section SELECT id, 0, 'en' FROM paraph.concept;"
               "INSERT INTO paraph.term SELECT id, 0, 0, 'Old office', '', 'preferred', ''"
               " FROM paraph.concept;"
               "INSERT INTO paraph.history (concept, at, who, action, what)"
               " VALUES ('x', '2018-01-02T03:04:05Z', 'me', 'add', '')")
    done = me.run("term", "list", "--termbase", url, "old office")
    judge("an earlier version is told", done.returncode == 2 and "paraph store migrate" in done.stderr,
          done.stderr)
    done = me.run("store", "check", url)
    judge("store check tells it", done.returncode == 1 and
          "version 1; paraph store migrate brings it to" in done.stdout, done.stdout)
    sql("old", "CREATE INDEX concept_names ON paraph.concept (names)")  # in the way
    done = me.run("store", "migrate", url)
    columns = sql("old", "SELECT count(*) FROM information_schema.columns"
                         " WHERE table_name = 'history' AND column_name = 'db_user'")
    judge("a migration that fails leaves all as it was", done.returncode == 2 and columns == "0" and
          sql("old", "SELECT version FROM paraph.part WHERE name = 'termbase'") == "1",
          (done.stdout, done.stderr, columns))
    sql("old", "DROP INDEX paraph.concept_names")
    running = [me.start("store", "migrate", url) for _ in range(3)]
    done = [(p.wait(), p.stderr.read()) for p in running]
    judge("three who migrate at once", all(d[0] == 0 for d in done), done)
    done = me.run("term", "show", "--history", "--no-builtin", "--termbase", url, "x")
    judge("what was there is there", "Old office" in done.stdout and "2018-01-02" in done.stdout,
          done.stdout + done.stderr)
    done = me.run("term", "edit", "--into", url, "x", "fr=Vieux bureau")
    judge("and can be changed", done.returncode == 0, done.stderr)
    sql("old", "UPDATE paraph.part SET version = 99 WHERE name = 'termbase'")
    done = me.run("term", "list", "--termbase", url, "old office")
    judge("a later version is told", done.returncode == 2 and "version 99; this paraph knows" in
          done.stderr, done.stderr)
    done = me.run("store", "migrate", url)
    judge("and not touched", done.returncode == 2 and
          sql("old", "SELECT version FROM paraph.part WHERE name = 'termbase'") == "99", done.stderr)
    nothing = script("database", SERVER, "nothing").stdout.strip()
    done = me.run("store", "migrate", nothing)
    judge("nothing is not migrated", done.returncode == 2 and "paraph store init" in done.stderr,
          done.stderr)
    done = me.run("store", "check", nothing, through(url, 1))
    judge("store check goes on after one that does not answer", done.returncode == 1 and
          "no server answers there" in done.stdout and "not there" in done.stdout, done.stdout)
    with open(me.home + "/paraph.yaml", "w", encoding="utf-8") as f:
        f.write("termbases:\n  - %s\n" % nothing)
    done = me.run("doctor")
    judge("doctor tells of a shared termbase that is not made", done.returncode == 1 and
          shown(nothing) in done.stdout and "paraph store init" in done.stdout, done.stdout)
    me.run("store", "init", nothing)
    done = me.run("doctor")
    judge("and of one that is", done.returncode == 0 and "reads, writes" in done.stdout and
          "open-sesame" not in done.stdout, done.stdout)
    os.unlink(me.home + "/paraph.yaml")


def others_stand_between():
    me = Machine("pooled")
    url = database("pooled")
    pooled = script("pgbouncer", SERVER)
    if pooled.returncode == 77:
        skip("through pgbouncer", "it is not installed")
    else:
        there = re.sub("/paraph$", "/pooled", pooled.stdout.strip())
        done = me.run("term", "import", "--into", there, table(me.home + "/t.tsv", 2000))
        judge("import through pgbouncer", "2000 added" in done.stdout, done.stdout + done.stderr)
        running = [Machine("p%d" % i).start("term", "edit", "--into", there, "c%d" % (i % 3),
                                            "en_deprecated=Bad %d" % i) for i in range(9)]
        done = [(p.wait(), p.stderr.read()) for p in running]
        judge("nine editors through four connections", all(d[0] == 0 for d in done), done)
        done = me.run("term", "list", "--termbase", there, "office number 1999")
        judge("asking through pgbouncer", "Office number 1999" in done.stdout, done.stderr)
    standby = os.path.join(WORK, "standby")
    os.environ["PARAPH_POSTGRES_OWNER"] = str(os.getpid())
    follower = script("standby", SERVER, standby).stdout.strip()
    try:
        follower = re.sub("/paraph$", "/pooled", follower)
        me.run("term", "add", "--into", url, "en=Standby office", "fr=Bureau de secours")
        for _ in range(50):
            done = me.run("term", "list", "--termbase", follower, "standby office")
            if "Standby office" in done.stdout:
                break
            time.sleep(0.1)
        judge("a standby may be read", "Standby office" in done.stdout, done.stdout + done.stderr)
        done = me.run("term", "edit", "--into", follower, "c1", "note=x")
        judge("and not written to", done.returncode == 2 and "only reads" in done.stderr, done.stderr)
        done = me.run("store", "check", follower)
        judge("store check knows it", "a standby, reads" in done.stdout, done.stdout)
        port = re.search(r":(\d+)/", follower).group(1)
        both = re.sub(r"@127.0.0.1:(\d+)/(.*)",
                      r"@127.0.0.1:%s,127.0.0.1:\1/\2?target_session_attrs=read-write" % port, url)
        done = me.run("term", "edit", "--into", both, "c1", "note=x")
        judge("of two hosts the one that writes is found", done.returncode == 0, done.stderr)
    finally:
        script("remove", standby)


def run_cases(cases):
    """Those that the command line names, or all; the folder of work goes."""
    try:
        for case in cases:
            if len(sys.argv) > 2 and case.__name__ not in sys.argv[2:]:
                continue
            try:
                case()
            except (RuntimeError, OSError, ValueError, subprocess.TimeoutExpired) as e:
                judge(case.__name__, False, e)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def main():
    global WORK
    if script("there").returncode != 0:
        skip("all", "PostgreSQL is not installed (tools/bootstrap.sh test)")
        end("shared terms")
    if not URL:
        os.execv(SCRIPT, [SCRIPT, "run", sys.executable, os.path.abspath(__file__), PROGRAM,
                          *sys.argv[2:]])
    WORK = tempfile.mkdtemp(prefix="paraph-shared-")
    os.chmod(WORK, 0o755)
    run_cases([same_answers, copies_follow, editors_meet, writers_meet, server_and_hand, network_stalls,
               least_privilege, migrations, others_stand_between, disk_fills, writers_die])
    end("shared terms")


if __name__ == "__main__":
    main()
