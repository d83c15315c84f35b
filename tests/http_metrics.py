#!/usr/bin/env python3
"""/metrics of `paraph serve`: the form of every line, and that each number moves by what was done.

usage: tests/http_metrics.py build/paraph     (python3-prometheus-client and promtool where they are)

Prints a line a case and, last, "http_metrics: N passed, N failed, N skipped"."""
import io
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import zipfile

try:
    from prometheus_client.parser import text_string_to_metric_families as read_families
except ImportError:  # Debian: python3-prometheus-client
    read_families = None

from http_client import PROGRAM, Server, end, judge, skip, until

SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\S+)')
LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"')
UNITS = ("_total", "_seconds", "_bytes", "_info", "_up", "_fds", "_open", "_in_progress", "_requests")
# What moves by itself, or is measured and not counted.
LOOSE = re.compile(r"process_|paraph_http_held_bytes|.*_seconds_(sum|bucket)|paraph_http_(connections|requests_in_progress)")
FAULTY = "Le texte de l ’accord est joint.\n"  # an error and nothing else


def base(name):
    return re.sub(r"_(bucket|sum|count)$", "", name)


def parse(text):
    """{(name, labels): value}; what is wrong with the text is judged on the way."""
    samples, types, helped, wrong, last = {}, {}, set(), [], None
    for line in text.split("\n")[:-1]:
        if line.startswith("# HELP "):
            name = line.split(" ")[2]
            if name in helped:
                wrong.append("twice: " + line)
            helped.add(name)
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            if name in types or name not in helped or kind not in ("counter", "gauge", "histogram"):
                wrong.append(line)
            types[name] = kind
            last = name
        else:
            m = SAMPLE.fullmatch(line)
            if m is None:
                wrong.append(line)
                continue
            name, labels = m.group(1), tuple(sorted(LABEL.findall(m.group(2) or "")))
            family = name if name in types else base(name)
            if types.get(family) is None or family != last or (family != name) != (types[family] == "histogram"):
                wrong.append("not where its family is: " + line)
            if (name, labels) in samples:
                wrong.append("twice: " + line)
            if types.get(family) == "counter" and not name.endswith("_total") or types.get(family) == "gauge" and (
                    name.endswith("_total") or not name.endswith(UNITS)):
                wrong.append("a name against the conventions: " + line)
            samples[name, labels] = float(m.group(3))
    if not text.endswith("\n"):
        wrong.append("no end of line")
    judge("every line is one of the format", not wrong and samples, wrong)
    return samples, types


def histograms(samples, types):
    wrong = []
    for (name, labels), value in samples.items():
        if types.get(base(name)) != "histogram" or not name.endswith("_count"):
            continue
        buckets = [(float(dict(l)["le"].replace("+Inf", "inf")), v) for (n, l), v in samples.items()
                   if n == base(name) + "_bucket" and set(labels) <= set(l)]
        values = [v for _, v in sorted(buckets)]
        if values != sorted(values) or values[-1] != value or (base(name) + "_sum", labels) not in samples or \
                sorted(buckets)[-1][0] != float("inf"):
            wrong.append((name, labels, buckets))
    judge("histograms rise to their count", not wrong, wrong)


def look(s, **headers):
    status, data, told = s.ask("GET", "/metrics", None, headers)
    judge("/metrics answers in its type", status == 200 and
          told["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8", (status, told["Content-Type"]))
    samples, types = parse(data.decode())
    histograms(samples, types)
    return samples, data.decode()


def moved(before, after):
    return {k: after[k] - before.get(k, 0) for k in after
            if after[k] != before.get(k, 0) and not LOOSE.match(k[0])}


def request(method, route, status, n=1):
    labels = tuple(sorted({"method": method, "route": route, "status": str(status)}.items()))
    return "paraph_http_requests_total", labels, n


def series(name, n, **labels):
    return name, tuple(sorted(labels.items())), n


def expect(name, s, do, *wanted):
    """Exactly these numbers move when `do` asks; what it gives back is bytes sent and received."""
    before, text = look(s)
    sent, got = do()
    after, _ = look(s)
    own = len(text.encode())  # the answer to the first look is counted, too
    want = {}
    durations = {}
    for metric, labels, n in (*wanted, request("GET", "/metrics", 200),
                              series("paraph_http_request_bytes_total", sent),
                              series("paraph_http_response_bytes_total", got + own)):
        if metric == "paraph_http_requests_total":
            route = tuple(sorted((k, v) for k, v in labels if k != "status"))
            durations[route] = durations.get(route, 0) + n
        if n:
            want[metric, labels] = want.get((metric, labels), 0) + n
    for route, n in durations.items():
        want["paraph_http_request_duration_seconds_count", route] = n
    found = moved(before, after)
    judge(name, found == want, {"too much": {k: v for k, v in found.items() if want.get(k) != v},
                                "wanted": {k: v for k, v in want.items() if found.get(k) != v}})


def asks(s, *requests):
    """A function that asks each (method, path, body, headers) and adds up the bytes of bodies."""
    def do():
        sent = got = 0
        for method, path, body, headers in requests:
            body = body.encode() if isinstance(body, str) else body
            _, data, _ = s.ask(method, path, body, headers or {}, timeout=60)
            sent += len(body or b"")
            got += len(data)
        return sent, got
    return do


def leave(s, path, body, begun, over):
    """A function that asks and goes away once `begun`, and waits until it is `over`."""
    def do():
        data = body.encode()
        files = "/proc/%d/fd" % s.process.pid
        before = len(os.listdir(files))
        with socket.create_connection(("127.0.0.1", s.port), timeout=60) as c:
            c.sendall(b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (path.encode(), len(data)) +
                      data)
            wait_for(begun)
        wait_for(over)
        wait_for(lambda: len(os.listdir(files)) <= before)  # its connection ends
        return 0, 0
    return do


def form(text, more=""):
    return ("language=fr&text=" + "".join("%%%02X" % b for b in text.encode()) + more)


def docx(text):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
                   '2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
                   ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/'
                   'document.xml" ContentType="' + kind + '.document.main+xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
                   '2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
                   '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
                   'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>' + text + '</w:t></w:r></w:p></w:body>'
                   '</w:document>')
    return out.getvalue()


def readers(s):
    """The processes of the server that read documents."""
    return [int(pid) for thread in pathlib.Path("/proc/%d/task" % s.process.pid).iterdir()
            for pid in (thread / "children").read_text().split()]


def wait_for(what):
    if not until(what):
        raise RuntimeError("waited in vain")


CHECKED, FOUND, CHECKS = "paraph_checked_bytes_total", "paraph_findings_total", "paraph_checks_total"


def texts(s):
    n = len(FAULTY.strip().encode())
    one = FAULTY.strip()
    expect("a text", s, asks(s, ("POST", "/v2/check", form(one), None)), request("POST", "/v2/check", 200),
           series(CHECKS, 1, kind="text"), series(CHECKED, n), series(FOUND, 1, severity="error"))
    expect("a text twice, its findings not wanted", s,
           asks(s, *[("POST", "/v2/check", form(one, "&disabledRules=spacing/apostrophe"), None)] * 2),
           request("POST", "/v2/check", 200, 2), series(CHECKS, 2, kind="text"), series(CHECKED, 2 * n),
           series(FOUND, 2, severity="error"))
    source, target = "It adopted 12 resolutions.", "Il a adopté 13 résolutions."
    expect("a translation", s, asks(s, ("POST", "/v2/check", form(target, "&srctext=" + source.replace(" ", "+")), None)),
           request("POST", "/v2/check", 200), series(CHECKS, 1, kind="translation"),
           series(CHECKED, len(source.encode()) + len(target.encode())), series(FOUND, 1, severity="error"))
    expect("nonsense", s, asks(s, ("POST", "/v2/check", "language=fr", None)), request("POST", "/v2/check", 400))
    expect("a HEAD is a GET without the body", s, lambda: (0, int(s.ask("HEAD", "/v2/healthcheck")[2]["Content-Length"])),
           request("GET", "/v2/healthcheck", 200))
    expect("nothing there", s, asks(s, ("GET", "/secret-name", None, None), ("DELETE", "/v2/check", None, None),
                                    ("POST", "/never", b"x" * 100, None)),
           request("GET", "/*", 404), request("other", "none", 405, 2))


def documents(s):
    body = json.dumps({"text": FAULTY, "language": "fr"})
    helper = (series("paraph_helpers_started_total", 1), series("paraph_helpers_ended_total", 1, how="answered"))
    expect("a text by the helper", s, asks(s, ("POST", "/api/v1/check", body, None)),
           request("POST", "/api/v1/check", 200), *helper, series(CHECKS, 1, kind="text"),
           series(CHECKED, len(FAULTY.encode())), series(FOUND, 1, severity="error"))
    word = docx("Le texte de l ’accord est joint.")
    expect("a document", s, asks(s, ("POST", "/api/v1/documents?name=a.docx&language=fr", word, None)),
           request("POST", "/api/v1/documents", 201), *helper, series(CHECKS, 1, kind="text"),
           series(CHECKED, len(word)), series(FOUND, 1, severity="error"))
    expect("no document", s, asks(s, ("POST", "/api/v1/documents?name=a.docx", word[:99], None)),
           request("POST", "/api/v1/documents", 415), *helper)

    def kill():
        """A long text, whose reader is killed."""
        text = json.dumps({"text": "Le texte de l’accord est joint à la lettre.\n\n" * 400000})
        got = []
        ask = threading.Thread(target=lambda: got.append(s.ask("POST", "/api/v1/check", text, timeout=60)))
        ask.start()
        wait_for(lambda: readers(s))
        for pid in readers(s):
            os.kill(pid, signal.SIGKILL)
        ask.join()
        judge("the client is told", got and got[0][0] == 422, got and got[0][:2])
        return len(text), len(got[0][1])
    expect("a reader that died", s, kill, request("POST", "/api/v1/check", 422),
           series("paraph_helpers_started_total", 1), series("paraph_helpers_ended_total", 1, how="failed"))
    text = "Le texte de l’accord est joint à la lettre.\n\n" * 400000
    expect("a reader whose client is gone", s, leave(s, "/api/v1/check", json.dumps({"text": text}),
                                                     lambda: readers(s), lambda: not readers(s)),
           series("paraph_http_requests_abandoned_total", 1), series("paraph_helpers_started_total", 1),
           series("paraph_helpers_ended_total", 1, how="abandoned"))


def stores(s):
    use = "paraph_store_use_duration_seconds_count"
    before, _ = look(s)
    judge("no memory yet", before["paraph_store_up", (("store", "memory"),)] == 0 and
          before["paraph_store_up", (("store", "termbase"),)] == 1)
    expect("a search of terms", s, asks(s, ("GET", "/api/v1/terms?q=unama", None, None)),
           request("GET", "/api/v1/terms", 200), series(use, 1, store="termbase", access="read"))
    cells = json.dumps({"cells": {"fr": "Comité des mesures", "en": "Metrics Committee", "source": "tests"}})
    expect("a new term", s, asks(s, ("POST", "/api/v1/terms", cells, None)), request("POST", "/api/v1/terms", 201),
           series(use, 1, store="termbase", access="read"), series(use, 1, store="termbase", access="write"))
    unit = json.dumps({"source": "The Council met.", "target": "Le Conseil s’est réuni.", "source_language": "en",
                       "target_language": "fr"})
    expect("a new unit", s, asks(s, ("POST", "/api/v1/memory/units", unit, None)),
           request("POST", "/api/v1/memory/units", 201), series(use, 1, store="memory", access="write"),
           series("paraph_store_up", 1, store="memory"))
    expect("a match", s, asks(s, ("POST", "/api/v1/memory/match", json.dumps(
        {"text": "The Council met.", "source_language": "en", "target_language": "fr"}), None)),
           request("POST", "/api/v1/memory/match", 200), series(use, 1, store="memory", access="read"))
    table = "fr\ten\tsource\nGroupe des mesures\tMetrics Group\ttests\n".encode()
    before, _ = look(s)
    s.ask("POST", "/api/v1/terms/import?name=x.tsv", table, {"Accept": "text/event-stream"})
    after, _ = look(s)
    judge("a stream of events is one request", moved(before, after).get(request(
        "POST", "/api/v1/terms/import", 200)[:2]) == 1, moved(before, after))
    memory = s.home + "/data/paraph"
    damaged = [os.path.join(d, f) for d, _, files in os.walk(memory) for f in files if f == "memory.paraph-tm"] or [
        os.path.join(d, f) for d, _, files in os.walk(memory) for f in files if "tm" in f or "memory" in f]
    for path in damaged:
        if path.endswith(("-wal", "-shm")):
            os.unlink(path)
        else:
            with open(path, "r+b") as f:
                f.write(b"no database" * 20)
    # A writer opens it anew.
    expect("a damaged memory", s, asks(s, ("POST", "/api/v1/memory/units", unit, None)),
           request("POST", "/api/v1/memory/units", 500), series("paraph_store_failures_total", 1, store="memory"),
           series("paraph_store_up", -1, store="memory"))


def refusals():
    refused = "paraph_http_refused_total"
    with Server("--no-config", "--max-text", "2000") as s:
        expect("another host", s, asks(s, ("GET", "/v2/info", None, {"Host": "evil.example"})),
               request("GET", "/v2/info", 403), series(refused, 1, reason="host"))
        expect("another site", s, asks(s, ("GET", "/v2/info", None, {"Origin": "https://evil.example"})),
               request("GET", "/v2/info", 403), series(refused, 1, reason="origin"))
        expect("too large for a form", s, asks(s, ("POST", "/v2/check", "language=fr&text=" + "a" * 30000, None)),
               request("POST", "/v2/check", 413), series(refused, 1, reason="size"))
        expect("a text too long", s, asks(s, ("POST", "/v2/check", "language=fr&text=" + "a" * 2001, None)),
               request("POST", "/v2/check", 413), series(refused, 1, reason="size"))


def rate():
    refused = ("paraph_http_refused_total", (("reason", "rate"),))
    with Server("--no-config", "--rate", "5") as s:
        answers = [s.ask("GET", "/v2/info")[0] for _ in range(9)]
        time.sleep(12.5)  # a drop a twelve seconds
        after, _ = look(s)
        n = answers.count(429)
        judge("too often", answers[:5] == 5 * [200] and n > 0 and after[refused] == n and
              after[request("GET", "/v2/info", 429)[:2]] == n, (answers, after[refused]))


def tokens():
    refused = "paraph_http_refused_total"
    with tempfile.TemporaryDirectory() as home:
        path, made = home + "/tokens", {}
        for scopes in ("check", "metrics", "admin"):
            made[scopes] = subprocess.run([PROGRAM, "serve", "--tokens", path, "--new-token", scopes, "Zoé Secrète"],
                                          capture_output=True, text=True, check=True).stdout.strip()
        with Server("--no-config", "--tokens", path, home=home) as s:
            def ask(scope, where="/metrics", method="GET", body=None):
                return s.ask(method, where, body, {"Authorization": "Bearer " + made[scope]} if scope else {})[0]
            judge("nobody without a token", ask(None) == 401 and ask("check") == 403)
            judge("a token for it", ask("metrics") == 200 and ask("admin") == 200)
            judge("and for nothing else", ask("metrics", "/v2/check", "POST", form("Le texte.")) == 403 and
                  ask("metrics", "/api/v1/terms?q=x") == 403)
            ask("check", "/v2/check", "POST", form("Secretword de l ’accord."))
            ask("check", "/Secretpath?Secretquery=1")
            samples, text = look(s, Authorization="Bearer " + made["metrics"])
            judge("who had no token, and who no right", samples[refused, (("reason", "token"),)] == 1 and
                  samples[refused, (("reason", "scope"),)] == 3, text)
            judge("no text, name or token in it", not re.search(r"(?i)secret|zoé|pt_|127\.0\.0\.1", text))


def connections():
    now = ("paraph_http_connections_open", ())
    with Server("--no-config") as s:
        before, _ = look(s)
        waiting = [socket.create_connection(("127.0.0.1", s.port), timeout=60) for _ in range(7)]
        for c in waiting:
            c.sendall(b"GET /v2/info HTTP/1.1\r\nHost: localhost\r\n")
        looks = []
        total = "paraph_http_connections_total", ()

        def are_there():
            """All seven, and not six beside the connection of the last look."""
            looks.append(look(s)[0])
            return looks[-1][now] - before[now] == 7 and looks[-1][total] - before[total] == 7 + len(looks)
        judge("connections that are open", until(are_there), (before[now], looks[-1][now], looks[-1][total]))
        for c in waiting:
            c.close()
        gone = "paraph_http_requests_abandoned_total", ()
        until(lambda: looks.append(look(s)[0]) or (looks[-1][now] == before[now] and looks[-1][gone] == 7))
        after = looks[-1]
        judge("and are no more", after[now] == before[now] and after[gone] == 7, (after[now], after[gone]))
        for i in range(300):
            s.ask(("GET", "POST", "PUT")[i % 3], "/%d/%d" % (i, i * i), None)
        _, text = look(s)
        judge("three hundred paths are not three hundred series", text.count("\n") < 400, text.count("\n"))


def peers(text):
    if read_families is None:
        skip("the reader of Prometheus’s own client", "no python3-prometheus-client")
    else:
        theirs = {(x.name, tuple(sorted(x.labels.items()))): x.value for f in read_families(text) for x in f.samples}
        judge("its own client reads the same", theirs == parse(text)[0],
              set(theirs.items()) ^ set(parse(text)[0].items()))
    if not shutil.which("promtool"):
        skip("promtool check metrics", "no promtool")
        return
    p = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    judge("promtool finds nothing", p.returncode == 0 and not p.stdout + p.stderr, p.stdout + p.stderr)


def french(english):
    with Server("--no-config", "--ui-lang", "fr") as s:
        _, text = look(s)
    names = [re.findall(r"(?m)^# TYPE (.*)", t) for t in (english, text)]
    judge("in French the same numbers", names[0] == names[1] and "Connexions ouvertes." in text, text[:500])


def main():
    with Server() as s:
        texts(s)
        documents(s)
        stores(s)
        _, text = look(s)
        peers(text)
    refusals()
    rate()
    tokens()
    connections()
    french(text)
    end("http_metrics")


if __name__ == "__main__":
    main()
