#!/usr/bin/env python3
"""A memory that several machines share: the golden cases and larger texts give what a file gives,
over HTTP too; a database that is away, a standby, a network that stalls, a disk that fills.

usage: tests/shared_memory.py build/paraph [CASE…]      (needs PostgreSQL)

Starts servers of its own (tests/postgres.sh). Prints a line a case and, last,
"shared memory: N passed, N failed, N skipped"."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import shared_terms as base
from http_client import free_port, until
from shared_terms import (PROGRAM, Machine, Proxy, database, judge, script, shown, skip,
                          sql, through)

CASES = os.path.join(base.TESTS, "cases")
STORE = re.compile(r"(?<![\w/$.-])[a-z]+\.(?:ptm|db)(?![\w.])")
# What these cases say is about files.
OF_FILES = {"term/import-in-vain": "whether a file is made",
            "term/import-titles": "whether a file is made"}
QUESTIONS = ["the council", "the security council", "of the act", "number", "regulations", "the",
             "minister may", "in respect of", "canada", "a person who", "subsection", "zebra", "la loi",
             "du conseil"]


# --- the golden cases ---------------------------------------------------------------------------

def read(*path):
    try:
        with open(os.path.join(*path), encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return ""


def stores_named(case):
    return sorted(set(STORE.findall(read(CASES, case, "args"))))


def run_case(case, urls):
    """The case with databases in the place of its stores: what it wrote, under the old names."""
    folder = os.path.join(base.WORK, "case")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(CASES, case), folder + "/run")
    line = STORE.sub(lambda m: urls[m.group(0)], read(CASES, case, "args"))
    env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1", SOURCE_DATE_EPOCH="0", program=PROGRAM,
               XDG_CACHE_HOME=folder + "/cache", XDG_DATA_HOME=folder + "/data",
               XDG_CONFIG_HOME=folder + "/config")
    done = subprocess.run(["sh", "-c", '"$program" ' + line.rstrip("\n")], cwd=folder + "/run", env=env,
                          encoding="utf-8", capture_output=True, check=False, timeout=120)
    written = {"out": done.stdout, "err": done.stderr, "status": str(done.returncode)}
    for expected in os.listdir(os.path.join(CASES, case)):
        if expected.startswith("expected.") and expected[9:] not in written:
            written[expected[9:]] = read(folder, "run", expected[9:])
    for name, url in urls.items():
        written = {k: v.replace(shown(url), name) for k, v in written.items()}
    return written


def golden_cases():
    """Each case of tm and term that names a store, on the server."""
    pattern = database("pattern")
    sql("paraph", "ALTER DATABASE pattern ALLOW_CONNECTIONS false")
    names = [area + "/" + name for area in ("term", "tm") for name in sorted(os.listdir(CASES + "/" + area))]
    n = 0
    for case in names:
        if case in OF_FILES or case.endswith(".bug") or not stores_named(case):
            continue
        urls = {}
        for store in stores_named(case):
            n += 1
            if store.startswith("nowhere"):
                continue
            sql("paraph", "CREATE DATABASE golden%d TEMPLATE pattern" % n)
            urls[store] = pattern.replace("/pattern", "/golden%d" % n)
        if not urls:
            continue
        written = run_case(case, urls)
        wanted = {k: read(CASES, case, "expected." + k) for k in written
                  if k != "err" or os.path.exists(os.path.join(CASES, case, "expected.err"))}
        wanted["status"] = wanted["status"].strip() or "0"
        judge("case " + case, all(written[k] == wanted[k] for k in wanted),
              {k: (wanted[k], written[k]) for k in wanted if wanted[k] != written[k]})


# --- more units than a case has -----------------------------------------------------------------

def write_units(path):
    """Made-up law with what is there twice, translated in two ways, alike, and with numbers."""
    acts = ["Fisheries", "Broadcasting", "Public Service", "Railway Safety", "Copyright", "Museums"]
    actes = ["pêches", "radiodiffusion", "fonction publique", "sécurité ferroviaire", "droit d’auteur", "musées"]
    with open(path, "w", encoding="utf-8") as f:
        for i in range(2400):
            a = i % len(acts)
            f.write("The Minister may, in respect of section %d of the %s Act, make regulations number %d.\t"
                    "Le ministre peut, pour l’article %d de la Loi sur les %s, prendre le règlement numéro %d.\tD%d\n"
                    % (i % 97, acts[a], i, i % 97, actes[a], i, i % 40))
            if i % 7 == 0:
                f.write("A person who is not a resident of Canada shall keep the %s records.\tLa personne qui ne"
                        " réside pas au Canada tient les dossiers (%d).\tD%d\n" % (acts[a].lower(), i % 3, i % 5))
            if i % 50 == 0:
                f.write("Subsection %d.\tParagraphe %d.\tD1\n" % (i, i))
    return path


def write_document(path):
    with open(path, "w", encoding="utf-8") as f:
        for i in range(0, 400, 7):
            f.write("The Minister may, in respect of section %d of the Museums Act, make regulations number %d.\n\n"
                    "A person who is a resident of Canada shall keep the copyright records.\n\n"
                    "Nothing of the kind was seen in year %d.\n\n" % (i, i * 3, i))
    return path


def same_answers():
    """All commands that read, on a file, on one database and on two."""
    me = Machine("memories")
    units, text = write_units(me.home + "/units.tsv"), write_document(me.home + "/doc.txt")
    path = me.home + "/m.paraph-tm"
    one, two, other = database("memory1"), database("memory2"), database("memory3")
    done = me.run("store", "reshard", two, other)
    judge("two databases are one memory", done.returncode == 0, done.stderr)
    for store in path, one, two:
        done = me.run("tm", "import", "--into", store, "--source-lang", "en", "--target-lang", "fr", units)
        judge("import, %s" % shown(store).rsplit("/", maxsplit=1)[-1], done.returncode == 0 and
              "2478 added, 313 there already, 0 left out" in done.stdout + done.stderr, done.stdout + done.stderr)
    asks = [("tm", "concordance", "--tm", "BASE", "--top", "40", *more, q)
            for q in QUESTIONS for more in ((), ("--side", "target"), ("--format", "json"))]
    asks += [("tm", "match", "--tm", "BASE", "--format", "json", "--min", str(least), "--top", "7", line)
             for least in (50, 70, 100) for line in (
                 "The Minister may, in respect of section 5 of the Railway Act, make regulations number 6.",
                 "A person who is a resident of Canada shall keep the museums records.",
                 "Subsection 900.", "The Museums Act makes regulations.")]
    asks += [("tm", "analyse", "--tm", "BASE", text), ("tm", "analyse", "--tm", "BASE", "--format", "csv", text),
             ("tm", "pretranslate", "--tm", "BASE", text), ("tm", "pretranslate", "--tm", "BASE", "--min", "50", text),
             ("tm", "export", "BASE"), ("tm", "export", "--to", "tsv", "BASE"), ("tm", "dedupe", "BASE"),
             ("check", "--tm", "BASE", "--format", "json", "--no-config", text),
             ("tm", "dedupe", "--merge", "BASE"), ("tm", "export", "BASE"), ("tm", "dedupe", "BASE")]
    for ask in asks:
        out = []
        for store in path, one, two:
            done = me.run(*[store if a == "BASE" else a for a in ask])
            out.append((done.returncode, done.stdout.replace(shown(store), "X"),
                        done.stderr.replace(shown(store), "X")))
        judge(" ".join(a for a in ask if a != "BASE").replace(me.home + "/", ""),
              out[0] == out[1] == out[2] and out[0][0] in (0, 1), [o for o in out if o != out[0]] or out[0])


def statements(me, name, *arguments):
    """How many statements of which the server hears."""
    sql("paraph", "ALTER DATABASE %s SET log_statement = 'all'" % name)
    with open(base.SERVER + "/server.log", "w", encoding="utf-8"):
        pass
    done = me.run(*arguments)
    with open(base.SERVER + "/server.log", encoding="utf-8") as f:
        heard = re.findall(r"LOG:  (?:execute|statement)[^:]*: (.*)", f.read())
    sql("paraph", "ALTER DATABASE %s RESET log_statement" % name)
    return done, [s for s in heard if "paraph.tm_unit" in s or "paraph.tm_posting" in s]


def few_questions():
    """What a search reads is asked for together, not one by one."""
    me = Machine("asking")
    url = database("asked")
    me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr",
           write_units(me.home + "/units.tsv"))
    for most, ask in ((4, ("tm", "concordance", "make regulations number")),
                      (4, ("tm", "concordance", "--side", "target", "--top", "100", "le règlement")),
                      (16, ("tm", "concordance", "number the in may")),
                      (8, ("tm", "match", "--min", "80", "Section 5 of the Museums Act.")),
                      (10, ("tm", "match", "Of the Museums Act nothing is known by the Minister of Canada."))):
        done, heard = statements(me, "asked", *ask, "--tm", url)
        judge("%s: %d questions at most" % (" ".join(ask), most), done.returncode in (0, 1) and
              0 < len(heard) <= most, (len(heard), heard, done.stderr))


# --- roles, tables of before, numbers -----------------------------------------------------------

def least_privilege():
    me = Machine("memory-roles")
    url = database("memory_roles")
    one = me.home + "/one.tsv"
    with open(one, "w", encoding="utf-8") as f:
        f.write("The Council met.\tLe Conseil s’est réuni.\n")
    adding = ("--source-lang", "en", "--target-lang", "fr", one)
    me.run("tm", "import", "--into", url, *adding)
    for user, role in ("looks", "reader"), ("adds", "writer"), ("heads", "admin"), ("nobody_s", ""):
        sql("memory_roles", "CREATE ROLE %s LOGIN PASSWORD 'p'%s" % (user, role and " IN ROLE paraph_" + role))
    for user, reads, writes in ("looks", True, False), ("adds", True, True), ("heads", True, True), \
            ("nobody_s", False, False):
        own = re.sub("//[^@]*@", "//%s:p@" % user, url)
        with open(one, "w", encoding="utf-8") as f:
            f.write("Seen by %s.\tVu par %s.\n" % (user, user))
        for what, may, done in (("match", reads, me.run("tm", "match", "--tm", own, "The Council met.")),
                                ("import", writes, me.run("tm", "import", "--into", own, *adding))):
            judge("%s may %s%s" % (user, "" if may else "not ", what), (done.returncode == 0) == may and
                  (may or "may not do this" in done.stderr), (done.returncode, done.stderr))


def tables_of_before():
    me = Machine("memory-old")
    url = database("memory_old")
    sql("memory_old", "UPDATE paraph.part SET version = 1 WHERE name = 'memory'; CREATE OR REPLACE FUNCTION"
                      " paraph.tm_numbers(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT -1::bigint'")
    done = me.run("tm", "stats", url)
    judge("an earlier version of a memory is told", done.returncode == 2 and "paraph store migrate" in done.stderr,
          done.stderr)
    done = me.run("store", "check", url)
    judge("store check tells it", done.returncode == 1 and "memory: version 1; paraph store migrate" in done.stdout,
          done.stdout)
    done = me.run("store", "migrate", url)
    again = me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr",
                   write_units(me.home + "/units.tsv"))
    judge("it is brought up to date, and used", done.returncode == 0 and again.returncode == 0 and
          int(sql("memory_old", "SELECT min(id) FROM paraph.tm_unit")) > 0, done.stderr + again.stderr)
    numbers = "SELECT paraph.tm_numbers(3)"
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    first = int(sql("memory_old", numbers))
    inside = sql("memory_old", "BEGIN; %s; %s; ROLLBACK; %s" % (numbers, held, numbers)).split()
    judge("numbers are in a row, and their lock is let go at once", inside == [str(first + 3), "0", str(first + 6)],
          (first, inside))
    holder = subprocess.Popen([base.SCRIPT, "psql", base.SERVER, "memory_old", "-At"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, encoding="utf-8")
    try:
        holder.stdin.write("SELECT pg_advisory_lock(7238341020);\n")
        holder.stdin.flush()
        holder.stdout.readline()
        try:
            sql("memory_old", "SET statement_timeout = 200; " + numbers)
            judge("who waits for a number may be cancelled", False)
        except RuntimeError as e:
            judge("who waits for a number may be cancelled", "statement timeout" in str(e), e)
    finally:
        holder.stdin.close()
        holder.wait(20)
    judge("and nobody has the lock then", sql("memory_old", held) == "0" and
          int(sql("memory_old", numbers)) == first + 9)


# --- over HTTP ----------------------------------------------------------------------------------

class Serving:
    def __init__(self, me, *options):
        self.port = free_port()
        self.running = me.start("serve", "--port", str(self.port), *options)
        if not until(self.answers):
            raise RuntimeError("the server does not answer")

    def answers(self):
        try:
            return self.ask("status")
        except (urllib.error.URLError, ConnectionError):
            if self.running.poll() is not None:
                raise RuntimeError(self.running.stderr.read()) from None
            return None

    def ask(self, path, body=None):
        form = isinstance(body, str)
        request = urllib.request.Request(
            "http://127.0.0.1:%d/%s%s" % (self.port, "" if form else "api/v1/", path),
            None if body is None else body.encode() if form else json.dumps(body).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded" if form else "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode() if form else json.loads(e.read())

    def metric(self, name):
        with urllib.request.urlopen("http://127.0.0.1:%d/metrics" % self.port, timeout=60) as answer:
            return re.search(r"^%s (\S+)$" % re.escape(name), answer.read().decode(), re.M).group(1)

    def stop(self):
        self.running.terminate()
        self.running.wait(60)


def over_http():
    me = Machine("served")
    path, url = me.home + "/m.paraph-tm", database("served_memory")
    unit = {"source": "The Council met.", "target": "Le Conseil s’est réuni.", "source_language": "en",
            "target_language": "fr", "document": "A/1"}
    question = {"text": "The Council met on Friday.", "source": "en", "target": "fr", "threshold": 50}
    said = []
    few = me.home + "/few.tsv"
    with open(few, "w", encoding="utf-8") as f:
        f.write("A report.\tUn rapport.\n")
    for store in path, url:
        me.run("tm", "import", "--into", store, "--source-lang", "en", "--target-lang", "fr", few)
        serving = Serving(me, "--no-config", "--tm", store)
        try:
            said.append([serving.ask("memory/units", unit), serving.ask("memory/units", unit),
                         serving.ask("memory/match", question), serving.ask("memory/concordance?q=council"),
                         serving.ask("status")])
            if store == url:
                judge("a shared memory is up", serving.metric('paraph_store_up{store="memory"}') == "1")
        finally:
            serving.stop()
    judge("a served memory adds, matches, finds words as a file does", said[0] == said[1] and
          [a[0] for a in said[0]] == [201, 200, 200, 200, 200] and len(said[1][2][1]["matches"]) == 1 and
          said[1][4][1]["memory"], said)


# --- a database that is away --------------------------------------------------------------------

def let_in(name, yes):
    sql("paraph", "ALTER DATABASE %s ALLOW_CONNECTIONS %s" % (name, yes))
    if not yes:
        sql("paraph", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'" % name)


def a_shard_is_away():
    me = Machine("half")
    url, other = database("half1"), database("half2")
    me.run("store", "reshard", url, other)
    me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr",
           write_units(me.home + "/units.tsv"))
    text = write_document(me.home + "/doc.txt")
    whole = me.run("tm", "concordance", "--tm", url, "the minister").stdout
    serving = Serving(me, "--no-config", "--tm", url, "--allow-incomplete")
    strict = Serving(me, "--no-config", "--tm", url)
    question = {"text": "Subsection 900.", "source": "en", "target": "fr"}
    try:
        judge("nothing is incomplete", "incomplete" not in serving.ask("memory/match", question)[1])
        let_in("half2", False)
        for ask in (("tm", "match", "Subsection 900."), ("tm", "concordance", "minister"), ("tm", "analyse", text),
                    ("tm", "pretranslate", text), ("tm", "stats"), ("check", "--no-config", text),
                    ("fix", "--no-config", "--diff", text)):
            tm = [url] if ask[1] == "stats" else ["--tm", url]
            refused = me.run(*ask, *tm)
            judge("%s: a database is away" % " ".join(ask[:2]), refused.returncode == 75 and
                  "half2" in refused.stderr and "sesame" not in refused.stderr, (refused.returncode, refused.stderr))
            done = me.run(*ask, *tm, "--allow-incomplete")
            judge("%s: what the other one has" % " ".join(ask[:2]), done.returncode in (0, 1) and
                  "incomplete" in done.stderr and "half2" in done.stderr, (done.returncode, done.stderr))
        status, answer = serving.ask("memory/match", question)
        judge("a server marks its matches", status == 200 and "half2" in answer.get("incomplete", ""), answer)
        status, answer = serving.ask("memory/concordance?q=minister")
        judge("and what it finds of words", status == 200 and "half2" in answer.get("incomplete", "") and
              0 < answer["total"] < 2400, answer)
        status, answer = serving.ask("check", {"text": "Le rapport."})
        judge("and what it checks", status == 200 and "half2" in json.dumps(answer), (status, answer))
        status, answer = strict.ask("memory/match", question)
        judge("a server that may not says which database it is", status >= 500 and "half2" in json.dumps(answer),
              (status, answer))
        with open(me.home + "/paraph.yaml", "w", encoding="utf-8") as f:
            f.write("memories: ['%s']\n" % url)
        done = me.run("check", text)
        judge("a project's memory is away", done.returncode == 75 and "half2" in done.stderr, done.stderr)
        done = me.run("config", "show")
        judge("its settings are shown without it", done.returncode == 0 and shown(url) in done.stdout, done.stderr)
        done = me.run("store", "check", url)
        judge("store check names what is away", done.returncode == 1 and "half2" in done.stdout, done.stdout)
        with open(me.home + "/paraph.yaml", "a", encoding="utf-8") as f:
            f.write("allow-incomplete: on\n")
        done = me.run("check", text)
        judge("which the project may allow", done.returncode in (0, 1) and "incomplete" in done.stderr and
              "half2" in done.stderr, (done.returncode, done.stderr))
        french = me.run("check", "--ui-lang", "fr", text)
        judge("in French too", "mémoire est incomplète" in french.stderr, french.stderr)
        done = me.run("config", "show")
        judge("and config show says so", "allow-incomplete: on  # paraph.yaml:2" in done.stdout, done.stdout)
        done = me.run("doctor")
        judge("doctor tells it all the same", done.returncode == 1 and "half2" in done.stdout and
              "sesame" not in done.stdout, done.stdout)
        let_in("half2", True)
        judge("when it is back all is there", me.run("tm", "concordance", "--tm", url, "the minister").stdout == whole)
        status, answer = serving.ask("memory/match", question)
        judge("for the server, too", status == 200 and "incomplete" not in answer, answer)
        judge("and for what it checks, soon", until(
            lambda: "half2" not in json.dumps(serving.ask("check", {"text": "Le rapport."}))))
        done = me.run("doctor")
        judge("and doctor is content", done.returncode == 0, done.stdout)
        done = me.run("config", "show", "--tm", through(url, 1), "--termbase", through(url, 1))
        judge("config show asks no server", done.returncode == 0 and "127.0.0.1:1/" in done.stdout, done.stderr)
    finally:
        let_in("half2", True)
        serving.stop()
        strict.stop()


def it_is_told_to_be_down():
    """A memory that was open when its server stopped: what monitors see."""
    me = Machine("monitored")
    url = database("monitored")
    me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr",
           write_units(me.home + "/units.tsv"))
    question = {"text": "Subsection 900.", "source": "en", "target": "fr"}
    unit = {"source": "x", "target": "y", "source_language": "en", "target_language": "fr"}
    asks = {"a concordance": ("memory/concordance?q=minister",), "a match": ("memory/match", question),
            "an export": ("memory/export?format=tsv",), "a unit": ("memory/units", unit),
            "a check": ("check", {"text": "Le ministre peut."})}
    pair = "language=fr&srctext=The+Minister+may.+Subsection+900.&text=Le+ministre+peut.+Paragraphe+900."
    asks["a check as of LanguageTool"] = ("v2/check", pair)
    up, failures = 'paraph_store_up{store="memory"}', 'paraph_store_failures_total{store="memory"}'
    serving = Serving(me, "--no-config", "--tm", url)
    try:
        for what, ask in asks.items():
            let_in("monitored", True)
            status, answer = serving.ask("memory/concordance?q=minister")
            judge("before %s it is up" % what, status == 200 and serving.metric(up) == "1", (status, answer))
            before = int(serving.metric(failures))
            let_in("monitored", False)
            status, answer = serving.ask(*ask)
            judge("%s in vain, and it is down" % what, status >= 500 and serving.metric(up) == "0" and
                  int(serving.metric(failures)) == before + 1,
                  (status, answer, serving.metric(up), before, serving.metric(failures)))
        let_in("monitored", True)
        judge("a concordance again, and it is up", serving.ask("memory/concordance?q=minister")[0] == 200 and
              serving.metric(up) == "1")
        before = serving.metric(failures)
        status, answer = serving.ask("memory/export?format=nonsense")
        judge("a question that makes no sense is no failure", 400 <= status < 500 and
              serving.metric(failures) == before and serving.metric(up) == "1", (status, answer))
    finally:
        let_in("monitored", True)
        serving.stop()


# --- a standby ----------------------------------------------------------------------------------

def a_standby_answers():
    me = Machine("follower")
    url = database("followed")
    me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr",
           write_units(me.home + "/units.tsv"))
    text = write_document(me.home + "/doc.txt")
    standby = os.path.join(base.WORK, "memory-standby")
    os.environ["PARAPH_POSTGRES_OWNER"] = str(os.getpid())
    follower = script("standby", base.SERVER, standby).stdout.strip()
    try:
        follower = re.sub("/paraph$", "/followed", follower)
        for ask in (("tm", "match", "--min", "50", "The Minister may make regulations.", "--tm"),
                    ("tm", "concordance", "minister", "--tm"), ("tm", "analyse", text, "--tm"),
                    ("tm", "pretranslate", text, "--tm"), ("tm", "export"), ("tm", "dedupe"),
                    ("check", "--no-config", text, "--tm")):
            a, b = me.run(*ask, url), me.run(*ask, follower)
            judge("%s on a standby" % " ".join(ask[:2]).replace(" --no-config", ""),
                  (a.returncode, a.stdout) == (b.returncode, b.stdout) and a.returncode in (0, 1),
                  (b.returncode, b.stderr))
        with open(me.home + "/one.tsv", "w", encoding="utf-8") as f:
            f.write("A new unit for the standby.\tUne nouvelle unité pour le serveur de secours.\n")
        importing = ("--source-lang", "en", "--target-lang", "fr", me.home + "/one.tsv")
        for what, done in (("import", me.run("tm", "import", "--into", follower, *importing)),
                           ("dedupe --merge", me.run("tm", "dedupe", "--merge", follower)),
                           ("init", me.run("store", "init", follower))):
            judge("%s on a standby is refused" % what, done.returncode == 2 and
                  "only reads" in done.stderr and shown(follower) in done.stderr, (done.returncode, done.stderr))
        serving = Serving(me, "--no-config", "--tm", follower)
        try:
            status, answer = serving.ask("memory/units", {
                "source": "x", "target": "y", "source_language": "en", "target_language": "fr"})
            judge("and over HTTP", status >= 400 and "only reads" in json.dumps(answer), (status, answer))
        finally:
            serving.stop()
        port = re.search(r":(\d+)/", follower).group(1)
        both = re.sub(r"@127.0.0.1:(\d+)/(.*)", r"@127.0.0.1:\1,127.0.0.1:%s/\2" % port, url)
        done = me.run("tm", "import", "--into", both + "?target_session_attrs=read-write", *importing)
        judge("of two hosts the one that writes is found", "1 added" in done.stdout, done.stderr)
        reading = both + "?target_session_attrs=prefer-standby"
        for _ in range(50):
            done = me.run("tm", "match", "--tm", reading, "A new unit for the standby.")
            if "secours" in done.stdout:
                break
            time.sleep(0.1)
        judge("and to read the one that follows, which has it by now", "secours" in done.stdout, done.stderr)
        done = me.run("store", "check", reading)
        judge("store check knows it", "a standby, reads" in done.stdout, done.stdout + done.stderr)
    finally:
        script("remove", standby)


# --- what goes wrong ----------------------------------------------------------------------------

def network_stalls():
    me = Machine("waiting")
    url = database("waits")
    units = write_units(me.home + "/units.tsv")
    importing = ("--source-lang", "en", "--target-lang", "fr", units)
    proxy = Proxy(int(re.search(r":(\d+)/", url).group(1)))
    slow = through(url, proxy.port)
    short = {"PARAPH_STORE_TIMEOUT": "2"}
    for name, after, arguments in (
            ("from the first byte", None, ("tm", "concordance", "--tm", slow, "minister")),
            ("in the middle of an import", 100000, ("tm", "import", "--into", slow, *importing))):
        proxy.flows, proxy.after = after is not None, after
        began = time.monotonic()
        done = me.run(*arguments, env=short)
        took = time.monotonic() - began
        judge("the network stalls %s: told, not awaited" % name, done.returncode == 75 and took < 30 and
              re.search("no answer for 2 seconds|does not answer", done.stderr) is not None,
              (done.returncode, took, done.stderr))
        proxy.flows, proxy.after = True, None
    time.sleep(0.5)
    n = sql("waits", "SELECT count(*) FROM paraph.tm_unit")
    judge("of the import's part nothing is there", n == "0", n)
    done = me.run("tm", "import", "--into", slow, *importing)
    judge("when it flows again it is done", done.returncode == 0, done.stdout + done.stderr)
    proxy.listener.close()


def tidying_is_cut_off():
    """The server ends the connection when all is written and blocks are put together."""
    me = Machine("tidy")
    url = database("tidy")
    importing = ("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr")
    many, one = me.home + "/many.tsv", me.home + "/one.tsv"
    with open(many, "w", encoding="utf-8") as f:
        f.writelines("Report %d was noted.\tLe rapport %d a été noté.\n" % (i, i) for i in range(255))
    with open(one, "w", encoding="utf-8") as f:
        f.write("The Council met.\tLe Conseil s’est réuni.\n")
    me.run(*importing, many)
    sql("tidy", "CREATE FUNCTION paraph.cut() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END';"
                " CREATE TRIGGER cut BEFORE UPDATE ON paraph.tm_meta FOR EACH ROW"
                " WHEN (NEW.key = 'compacted') EXECUTE FUNCTION paraph.cut()")
    with open(base.SERVER + "/server.log", "w", encoding="utf-8"):
        pass
    done = me.run(*importing, one)
    judge("the connection is lost after the last unit was written: all were added", done.returncode == 0 and
          "1 added" in done.stdout + done.stderr and "lost" not in done.stderr and
          sql("tidy", "SELECT count(*) FROM paraph.tm_unit") == "256" and
          "terminating connection" in read(base.SERVER, "server.log"), (done.returncode, done.stdout, done.stderr))


def disk_fills():
    folder = os.path.join(base.WORK, "little")
    os.makedirs(folder)
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder], capture_output=True,
        check=False).returncode == 0
    if not mounted:
        skip("the disk of the memory's server fills", "no small file system can be mounted here")
        return
    inside = os.path.join(folder, "server")
    os.environ["PARAPH_POSTGRES_SETTINGS"] = "min_wal_size = 32MB\nmax_wal_size = 32MB\n"
    os.environ["PARAPH_POSTGRES_OWNER"] = str(os.getpid())
    try:
        url = script("start", inside).stdout.strip()
        me = Machine("filling")
        me.run("store", "init", url)
        few, many = me.home + "/few.tsv", me.home + "/many.tsv"
        for path, n, start in (few, 100, 0), (many, 60000, 1000):
            with open(path, "w", encoding="utf-8") as f:
                for i in range(start, start + n):
                    f.write("Report %d of the %d committees was noted.\t" % (i, i) + "Rapport %d " % i * 20 + "\n")
        importing = ("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr")
        me.run(*importing, few)
        free = os.statvfs(folder)
        with open(folder + "/filler", "wb") as f:
            f.write(b"x" * max(0, free.f_bavail * free.f_frsize - (8 << 20)))
        done = me.run(*importing, many)
        judge("the disk of the memory's server fills: told", done.returncode in (2, 75) and
              re.search("no space left|nothing of the transaction|connection was lost|starting or stopping|"
                        "no server|plus de place|no room", done.stderr) is not None, (done.returncode, done.stderr))
        os.unlink(folder + "/filler")
        base.start_anew(inside)
        n = sql("paraph", "SELECT count(*) FROM paraph.tm_unit", inside)
        done = me.run("tm", "match", "--tm", url, "Report 7 of the 7 committees was noted.")
        again = me.run("tm", "import", "--into", url, "--source-lang", "en", "--target-lang", "fr", few)
        judge("and with room all of before is there", int(n) >= 100 and done.returncode == 0 and
              "100 there already" in again.stdout, (n, done.stderr, again.stdout, again.stderr))
    finally:
        script("remove", inside)
        subprocess.run(["umount", folder], check=False)
        os.environ.pop("PARAPH_POSTGRES_SETTINGS", None)


def main():
    if script("there").returncode != 0:
        skip("all", "PostgreSQL is not installed (tools/bootstrap.sh test)")
        base.end("shared memory")
    if not base.URL:
        os.environ.setdefault("PARAPH_POSTGRES_SETTINGS", "fsync = off\n")  # eighty databases are made
        os.execv(base.SCRIPT, [base.SCRIPT, "run", sys.executable, os.path.abspath(__file__), PROGRAM,
                               *sys.argv[2:]])
    base.WORK = tempfile.mkdtemp(prefix="paraph-shared-")
    os.chmod(base.WORK, 0o755)
    base.run_cases([golden_cases, same_answers, few_questions, least_privilege, tables_of_before, over_http,
                    a_shard_is_away, it_is_told_to_be_down, a_standby_answers, network_stalls,
                    tidying_is_cut_off, disk_fills])
    base.end("shared memory")


if __name__ == "__main__":
    main()
