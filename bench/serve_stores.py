#!/usr/bin/env python3
"""How fast `paraph serve` answers from large stores: concordance in a memory of a million units, matches,
search in a hundred thousand concepts; wrk, which Debian has, server and clients on one machine.

    bench/serve_stores.py build/paraph FOLDER UNITS.tsv [UNITS CONCEPTS SECONDS]

UNITS.tsv: source, target and more, a unit a line; the first of them is taken again and again with one word
in four changed. FOLDER keeps the stores for the next time."""
import glob
import http.client
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import urllib.parse

PROGRAM, FOLDER, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
UNITS, CONCEPTS, SECONDS = (int(n) for n in sys.argv[4:] + ["1000000", "100000", "8"][len(sys.argv) - 4:])
SCRIPT = """local list, n = {}, 0
for line in io.lines("%s") do list[#list + 1] = line end
request = function()
	n = n + 1
	local method, path, body = list[(n * 7919) %% #list + 1]:match("([^\\t]*)\\t([^\\t]*)\\t(.*)")
	return wrk.format(method, path, nil, body)
end
done = function(summary, latency, requests)
	io.write(string.format("RESULT %%d %%d %%.3f %%.3f %%d\\n", summary.requests, summary.duration,
		latency:percentile(50) / 1000, latency:percentile(99) / 1000,
		summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
"""


def rows():
    with open(SOURCE, encoding="utf-8") as f:
        return [r[:2] for r in (line.rstrip("\n").split("\t") for line in f) if len(r) >= 2 and r[0] and r[1]]


def vary(one, text, words):
    out = []
    for word in text.split(" "):
        what = one.randrange(12)
        if what != 1:
            out.append(one.choice(words) if what == 0 else word)
        if what == 2:
            out.append(word)
    return " ".join(out)


def run(*command):
    """Status 1: a row was left out."""
    if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode > 1:
        sys.exit("failed: %s" % " ".join(map(str, command)))


def make_memory(there):
    path = FOLDER / ("%d.serve.paraph-tm" % UNITS)
    if path.exists():
        return path
    one, words = random.Random(1), [w for s, _ in there[:20000] for w in s.split(" ")]
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "units.tsv"
        with open(table, "w", encoding="utf-8") as out:
            out.write("en\tfr\n")
            for i in range(UNITS):
                source, target = there[i % len(there)]
                out.write("%s\t%s\n" % (source if i < len(there) else vary(one, source, words), target))
        run(PROGRAM, "tm", "import", "--into", folder + "/m.paraph-tm", table)
        os.rename(folder + "/m.paraph-tm", path)
    return path


def make_terms():
    path = FOLDER / ("%d.serve.db" % CONCEPTS)
    if path.exists():
        return path
    one = random.Random(2)
    kinds = ["committee", "working group", "programme", "convention", "fund", "council", "mission", "agreement"]
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "terms.tsv"
        with open(table, "w", encoding="utf-8") as out:
            out.write("en\tfr\tsource\n")
            for n in range(CONCEPTS):
                kind = one.choice(kinds)
                out.write("%s on made subject %d of group %d\t%s du sujet inventé %d du groupe %d\tbench\n" % (
                    kind, n, n % 997, kind, n, n % 997))
        run(PROGRAM, "term", "import", "--into", folder + "/t.db", table)
        os.rename(folder + "/t.db", path)
    return path


def questions(there):
    """By kind, lines of a method, a path and a body."""
    one, ask = random.Random(3), lambda path, **of: "GET\t%s?%s\t" % (path, urllib.parse.urlencode(of))
    concordance, match, terms, typed = [], [], [], []
    for _ in range(2000):
        words = re.findall(r"[A-Za-z]{3,}", one.choice(there)[0])
        if len(words) < 3:
            continue
        at, n = one.randrange(len(words) - 2), one.choice([1, 1, 2, 3])
        concordance.append(ask("/api/v1/memory/concordance", q=" ".join(words[at:at + n]), limit=50))
        match.append("POST\t/api/v1/memory/match\t" + json.dumps(
            {"text": vary(one, one.choice(there)[0], words), "source": "en", "target": "fr", "threshold": 70}))
        number = one.randrange(CONCEPTS)
        terms.append(ask("/api/v1/terms", q=one.choice(["subject %d" % number, "groupe %d" % (number % 997),
                                                        "comité", "working group", "unama", "sujet inventé"]), limit=40))
        whole = one.choice(["working group on made", "sujet inventé", "General Assembly", "Haut-Commissariat"])
        typed.append(ask("/api/v1/terms", q=whole[:one.randrange(1, len(whole) + 1)], limit=40))
    return {"concordance": concordance, "match": match, "term search": terms, "term search, as one types": typed}


def on_processor(pid):
    """Nanoseconds that the threads of the server have had a processor."""
    total = 0
    for path in glob.glob("/proc/%d/task/*/schedstat" % pid):
        with open(path) as f:
            total += int(f.read().split()[0])
    return total


def one_by_one(pid, port, asked):
    """Milliseconds of processor time, question by question: what other programs do is not in them."""
    c, took = http.client.HTTPConnection("127.0.0.1", port), []
    for line in asked[:1000]:
        method, path, body = line.split("\t")
        before = on_processor(pid)
        c.request(method, path, body or None)
        c.getresponse().read()
        took.append((on_processor(pid) - before) / 1e6)
    took.sort()
    return took[len(took) // 2], took[len(took) * 99 // 100], took[-1]


def load(script, port, clients):
    out = subprocess.run(["wrk", "-t1", "-c%d" % clients, "-d%ds" % SECONDS, "-s", script, "--latency",
                          "http://127.0.0.1:%d" % port], capture_output=True, encoding="utf-8", check=True).stdout
    n, us, median, late, errors = re.search(r"RESULT (.*)", out).group(1).split()
    return int(n) / int(us) * 1e6, float(median), float(late), int(errors)


def main():
    there = rows()
    FOLDER.mkdir(exist_ok=True)
    memory, terms = make_memory(there), make_terms()
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--no-config", "--tm", memory, "--termbase", terms],
                              stdout=subprocess.PIPE, encoding="utf-8")
    port = int(re.search(r":(\d+)$", server.stdout.readline().strip()).group(1))
    print("%s units, %s concepts" % (format(UNITS, ","), format(CONCEPTS, ",")))
    for kind, list_ in questions(there).items():
        with tempfile.TemporaryDirectory() as folder:
            asked, script = folder + "/asked", folder + "/script.lua"
            pathlib.Path(asked).write_text("\n".join(list_) + "\n", "utf-8")
            pathlib.Path(script).write_text(SCRIPT % asked, "utf-8")
            load(script, port, 1)
            print("%-27s processor time: median %.2f ms, 99 in 100 below %.2f ms, most %.2f ms" % (
                kind + ",", *one_by_one(server.pid, port, list_)), flush=True)
            for clients in 1, 4, 16:
                rate, median, late, errors = load(script, port, clients)
                print("%-27s %2d clients: %6.0f a second, median %.2f ms, 99 in 100 below %.2f ms, %d errors" % (
                    kind + ",", clients, rate, median, late, errors), flush=True)
    server.terminate()
    sys.exit(server.wait())


main()
