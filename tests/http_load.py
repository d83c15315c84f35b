#!/usr/bin/env python3
"""Everybody asks `paraph serve` at once: checks, documents, terms that are edited, units and words that
are added, imports that tell their progress, and clients that are killed at any moment.

usage: tests/http_load.py build/paraph [SECONDS] [PAUSE]

Nothing may fail, nothing that was acknowledged may be lost, and memory, open files and processes stay
what they were after the first fifth of the time. PAUSE (seconds, 0.05) is how long a client thinks.
Prints a line a minute and a case, and last "http_load: N passed, N failed, N skipped"."""
import glob
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from http_api import Api, docx
from http_client import PROGRAM, end, judge

SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] != "--victim" else 20
PAUSE = float(sys.argv[3]) if len(sys.argv) > 3 else 0.05
PARAGRAPH = ("Le Conseil de sécurité a pris note du rapport du Secrétaire général sur la situation et a demandé "
             "à la mission de poursuivre ses travaux, en coopération avec l ’Union européenne. ")


class Load:
    """What was asked, what went wrong, and what was promised to be kept."""

    def __init__(self, port):
        self.port, self.lock = port, threading.Lock()
        self.counts, self.wrong = {}, []
        self.concepts, self.units, self.words = {}, set(), set()
        self.kills = 0
        self.over = threading.Event()

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fail(self, what, why):
        with self.lock:
            self.wrong.append("%s: %s" % (what, str(why)[:300]))


class Client(Api):
    """One that asks a server which somebody else started."""

    def __init__(self, load):  # pylint: disable=super-init-not-called
        self.load, self.port, self.random = load, load.port, random.Random()
        self.again = [self.name() for _ in range(200)]  # units that are there already, from the second time on

    def want(self, what, ok, why):
        self.load.count(what)
        if not ok:
            self.load.fail(what, why)
        return ok

    def json(self, method, path, body=None, headers=None):
        kind = {} if body is None else {"Content-Type": "application/octet-stream"}
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        status, data, told = self.ask(method, path, body, {**kind, **(headers or {})}, timeout=120)
        kind = (told.get("Content-Type") or "").split(";")[0]
        return status, told, data, json.loads(data) if kind == "application/json" and data else None

    def name(self):
        """A word that stands nowhere else."""
        return "".join(self.random.choice("bdfgklmnprst") + self.random.choice("aeiou") for _ in range(7))

    def stays(self, kept):
        """Few things are kept: whether memory grows is not seen where there is ever more to be kept. But some are:
        the first of each kind is."""
        return not kept or self.random.random() < 0.1

    # --- what one does ---

    def paragraphs(self):
        n = self.random.choice([1, 1, 1, 8, 150])
        found = self.check(PARAGRAPH * n + self.name() + ".")["matches"]
        faults = [m for m in found if "l ’Union" in m["context"]["text"]]
        self.want("paragraphs", len(faults) >= n, (n, len(faults)))

    def texts(self):
        status, _, _, d = self.json("POST", "/api/v1/check", {"text": PARAGRAPH})
        self.want("texts", status == 200 and len(d["findings"]) == 1, (status, d))
        time.sleep(PAUSE)

    def documents(self):
        status, _, _, d = self.json("POST", "/api/v1/documents?name=a.docx&language=fr", docx())
        if not self.want("documents", status == 201 and len(d["findings"]) >= 3, (status, d)):
            return
        at = "/api/v1/documents/" + d["id"]
        status, _, data, _ = self.json("POST", at + "/fixed?as=review")
        self.want("fixed", status == 200 and data[:2] == b"PK", (status, data[:200]))
        status = self.json("DELETE", at)[0]
        self.want("forgotten", status == 204, status)

    def terms(self):
        word = self.name()
        status, told, _, d = self.json("POST", "/api/v1/terms",
                                       {"cells": {"fr": "Comité " + word, "en": word + " Committee"}})
        if not self.want("term added", status == 201, (status, d)):
            return
        concept = urllib.parse.quote(d["concept"])
        for n in range(2):
            status, told, _, d = self.json("PUT", "/api/v1/terms/" + concept, {"cells": {"note": "%s %d" % (word, n)}},
                                           {"If-Match": told["ETag"]})
            if not self.want("term changed", status == 200, (status, d)):
                return
        status, _, _, d = self.json("PUT", "/api/v1/terms/" + concept, {"cells": {"note": "never"}},
                                    {"If-Match": '"0000000000000000"'})
        self.want("change of an old version", status == 412, (status, d))
        if self.stays(self.load.concepts):
            with self.load.lock:
                self.load.concepts[concept] = "%s 1" % word
        else:
            status = self.json("DELETE", "/api/v1/terms/" + concept, None, {"If-Match": told["ETag"]})[0]
            self.want("term removed", status == 204, status)

    def memory(self):
        word = self.name()
        unit = {"source": "The %s met in Geneva." % word, "target": "Le %s s’est réuni à Genève." % word,
                "source_language": "en", "target_language": "fr"}
        status, _, _, d = self.json("POST", "/api/v1/memory/units", unit)
        if self.want("unit added", status == 201, (status, d)):
            with self.load.lock:
                self.load.units.add(word)
        status, _, _, d = self.json("GET", "/api/v1/memory/concordance?q=" + word)
        self.want("concordance", status == 200 and d["total"] == 1, (status, d))
        status, _, _, d = self.json("POST", "/api/v1/memory/match", {"text": unit["source"], "source": "en"})
        self.want("match", status == 200 and d["matches"] and d["matches"][0]["score"] >= 100, (status, d))

    def imports(self):
        words = [self.name() for _ in range(20)] + self.again
        table = "en\tfr\n" + "".join("Report of %s\tRapport de %s\n" % (w, w) for w in words)
        status, told, data, _ = self.json("POST", "/api/v1/memory/import?name=a.tsv", table.encode(),
                                          {"Accept": "text/event-stream"})
        if self.want("import with events", status == 200 and b"event: done" in data, (status, dict(told), data)):
            with self.load.lock:
                self.load.units.update(words)
        time.sleep(10 * PAUSE)

    def dictionary(self):
        word = self.name()
        status, data, _ = self.post("/v2/words/add", word=word)
        if not self.want("word added", status == 200, (status, data)):
            return
        if self.stays(self.load.words):
            with self.load.lock:
                self.load.words.add(word)
        else:
            status, data, _ = self.post("/v2/words/delete", word=word)
            self.want("word removed", status == 200, (status, data))

    def search(self):
        status, _, _, d = self.json("GET", "/api/v1/terms?q=" + self.random.choice(["comit", "unama", "conseil"]))
        self.want("search", status == 200 and d["hits"], (status, d))

    def run(self, deeds):
        while not self.load.over.is_set():
            deed = self.random.choice(deeds)
            try:
                deed()
            except Exception as e:  # pylint: disable=broad-except
                self.load.fail(deed.__name__, repr(e))
            time.sleep(PAUSE)


def victim(port):
    """Begins all kinds of things, until it is killed."""
    one = random.Random()
    long = urllib.parse.urlencode({"language": "fr", "text": PARAGRAPH * 3000})
    table = "en\tfr\n" + "".join("Killed %d\tMort %d\n" % (n, n) for n in range(20000))
    whole = [("POST", "/v2/check", long.encode(), ""), ("POST", "/api/v1/documents?name=k.docx", docx(), ""),
             ("POST", "/api/v1/check", json.dumps({"text": PARAGRAPH * 2000}).encode(), ""),
             ("POST", "/api/v1/terms/import?name=k.csv", b"fr,en\nMort,Killed\n", "Accept: text/event-stream\r\n"),
             ("POST", "/api/v1/memory/import?name=k.tsv", table.encode(), "Accept: text/event-stream\r\n"),
             ("GET", "/api/v1/terms/export?format=tbx", b"", "")]
    while True:
        method, path, body, more = one.choice(whole)
        c = socket.create_connection(("127.0.0.1", port), timeout=60)
        c.sendall(b"%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n" % (
            method.encode(), path.encode(), more.encode(), len(body)) + body)
        c.recv(one.choice([1, 100, 65536]))
        c.close()


def kill(load):
    while not load.over.is_set():
        p = subprocess.Popen([sys.executable, os.path.abspath(__file__), PROGRAM, "--victim", str(load.port)],
                             stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0.2, 1.5) + 4 * PAUSE)
        p.send_signal(signal.SIGKILL)
        p.wait()
        load.kills += 1


def state(pid):
    """Megabytes, open files, threads and children of the server."""
    with open("/proc/%d/status" % pid) as f:
        fields = dict(line.split(":", 1) for line in f)
    children = 0
    for thread in glob.glob("/proc/%d/task/*/children" % pid):
        try:
            with open(thread) as f:
                children += len(f.read().split())
        except OSError:  # it has ended
            pass
    return (int(fields["VmRSS"].split()[0]) / 1024, len(os.listdir("/proc/%d/fd" % pid)), int(fields["Threads"]),
            children)


def watch(s, load):
    """The states of the server, one a tenth of the time and one a minute at least."""
    start, states = time.monotonic(), []
    step = min(60, SECONDS / 10)
    while time.monotonic() - start < SECONDS:
        time.sleep(step)
        if s.process.poll() is not None:
            load.fail("the server", "it ended with %s: %s" % (s.process.returncode, s.said()[-3000:]))
            break
        states.append(state(s.process.pid))
        print("%5d s: %.0f MB, %d files, %d threads, %d children; %d requests, %d kills, %d wrong" % (
            time.monotonic() - start, *states[-1], sum(load.counts.values()), load.kills, len(load.wrong)), flush=True)
    load.over.set()
    return states


def kept(client, load, home):
    """Is everything there that was acknowledged, for the server and for the command?"""
    lost = []
    for concept, note in load.concepts.items():
        status, _, _, d = client.json("GET", "/api/v1/terms/" + concept)
        if status != 200 or not any(f["value"] == note for f in d["facts"]):
            lost.append((concept, note, status))
    judge("no concept is lost of %d" % len(load.concepts), not lost and load.concepts, lost[:3])
    environment = dict(os.environ, HOME=home, XDG_DATA_HOME=home + "/data", XDG_CONFIG_HOME=home)
    tsv = subprocess.run([PROGRAM, "tm", "export", "--to", "tsv"], env=environment, capture_output=True, text=True)
    words = set(tsv.stdout.replace(".", " ").split())
    judge("no unit is lost of %d" % len(load.units), tsv.returncode == 0 and load.units and load.units <= words,
          (tsv.stderr, list(load.units - words)[:3]))
    status, data, _ = client.ask("GET", "/v2/words?limit=1000000")
    there = set(json.loads(data)["words"])
    judge("no word is lost of %d" % len(load.words), status == 200 and load.words and load.words <= there,
          list(load.words - there)[:3])


def steady(states):
    """From the first fifth on nothing grows; databases have their caches by then. Memory goes up and down
    with what is asked at the moment: the middle of the second half is held against that of the first."""
    early, late = states[len(states) // 5], states[-1]
    half = (len(states) + 1) // 2
    first, second = (statistics.median(s[0] for s in part) for part in
                     (states[len(states) // 10:half], states[half:] or states[-1:]))
    judge("memory is flat: %.0f MB, then %.0f" % (first, second), second < 1.2 * first + 16, states)
    judge("no file is left open: %d, then %d" % (early[1], late[1]), late[1] <= early[1] + 12, states)
    judge("no thread is left: %d, then %d" % (early[2], late[2]), late[2] <= early[2] + 1, states)


def settle(pid):
    """What was begun for clients that are gone comes to an end."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and state(pid)[3] != 0:
        time.sleep(0.2)
    judge("no process is left", state(pid)[3] == 0, state(pid))


def main():
    with tempfile.TemporaryDirectory() as home, Api(home=home) as s:
        load = Load(s.port)
        one = Client(load)
        deeds = [[one.paragraphs], [one.paragraphs, one.search], [one.texts, one.documents], [one.documents],
                 [one.terms], [one.terms, one.search], [one.memory], [one.memory, one.imports], [one.dictionary]]
        threads = [threading.Thread(target=Client(load).run, args=(some,)) for some in deeds]
        threads += [threading.Thread(target=kill, args=(load,)) for _ in range(2)]
        for t in threads:
            t.start()
        states = watch(s, load)
        for t in threads:
            t.join()
        print("; ".join("%s %d" % (k, n) for k, n in sorted(load.counts.items())))
        judge("nothing failed in %d requests beside %d killed clients" % (sum(load.counts.values()), load.kills),
              not load.wrong and load.kills, load.wrong[:5])
        if s.process.poll() is None:
            settle(s.process.pid)
            steady(states)
            kept(one, load, home)
            status, said = s.stop(), s.said()
            judge("it ends when it is told, and says nothing", status == 0 and said == "", (status, said[-3000:]))
    end("http_load")


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[2] == "--victim":
        victim(int(sys.argv[3]))
    main()
