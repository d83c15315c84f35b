#!/usr/bin/env python3
"""Clients of `paraph serve` that mean harm, or do it: who is let in, and what a server bears.

    tests/http_hostile.py build/paraph

Prints a line a case and, last, "http_hostile: N passed, N failed, N skipped"."""
import http.client
import json
import os
import resource
import signal
import socket
import ssl
import struct
import subprocess
import threading
import time
import urllib.parse
import urllib.request

from http_client import PROGRAM, Server, end, free_port, judge, skip, until

LINE = b"POST /v2/check HTTP/1.1\r\nHost: localhost\r\n"
FORM = urllib.parse.urlencode({"language": "fr", "text": "Le rapport de l ’Union."}).encode()
WHOLE = LINE + b"Content-Length: %d\r\n\r\n" % len(FORM) + FORM
SECRET = "zorglubesque"


def answers(s):
    return len(s.check("Le rapport de l ’Union.")["matches"]) == 1


def malformed(s):
    for name, data, wanted in (
            ("headers without an end", LINE + b"X: " + b"a" * 100000, (b"431", b"400", b"")),
            ("a thousand headers", LINE + b"".join(b"X%d: 1\r\n" % i for i in range(5000)) + b"\r\n",
             (b"431", b"400", b"")),
            ("a line of a megabyte", b"GET /" + b"a" * 1000000 + b" HTTP/1.1\r\n\r\n", (b"414", b"400", b"")),
            ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00" + b"\0" * 500, (b"400", b"")),
            ("a zero in the path", b"GET /v2/in\0fo HTTP/1.1\r\nHost: localhost\r\n\r\n", (b"404", b"400", b"")),
            ("a negative length", LINE + b"Content-Length: -5\r\n\r\n", (b"400", b"413", b"")),
            ("a length past all numbers", LINE + b"Content-Length: 99999999999999999999999\r\n\r\n",
             (b"400", b"413", b"")),
            ("a length of exabytes", LINE + b"Content-Length: 9000000000000000000\r\n\r\n", (b"413",)),
            ("chunks without sense", LINE + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
             (b"400", b"")),
            ("a chunk past all numbers", LINE + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
             (b"400", b"413", b"")),
            ("a body that is cut off", LINE + b"Content-Length: 500\r\n\r\ntext=abc", (b"",)),
            ("nothing", b"", (b"",))):
        got = s.raw(data)
        judge(name, any(got.startswith(b"HTTP/1.1 " + w) or got.startswith(b"HTTP/1.0 " + w) if w else got == b""
                        for w in wanted), got[:200])
        judge("… and it still answers", answers(s))
    got = s.raw(LINE + b"Transfer-Encoding: chunked\r\n\r\n" +
                b"%x\r\n%s\r\n0\r\n\r\n" % (len(FORM), FORM))
    judge("a chunked body", got.startswith(b"HTTP/1.1 200") and b"spacing/apostrophe" in got, got[:200])
    got = s.raw(WHOLE * 20)
    judge("twenty requests in one go", got.count(b"HTTP/1.1 200") == 20, got.count(b"HTTP/1.1 200"))
    got = s.raw(WHOLE)
    judge("a client that closes its half", got.startswith(b"HTTP/1.1 200"), got[:100])
    got = s.raw(b"POST /v2/check HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
                % len(FORM) + FORM)
    judge("Expect: 100-continue", got.startswith(b"HTTP/1.1 100") and b"HTTP/1.1 200" in got, got[:100])


def endless(s):
    """A chunked body without end is cut off, and its memory is not kept."""
    before = s.memory()
    c = socket.create_connection(("127.0.0.1", s.port), timeout=60)
    sent = 0
    try:
        c.sendall(LINE + b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        while sent < 200e6:
            c.sendall(chunk)
            sent += len(chunk)
    except OSError:
        pass
    c.close()
    judge("a body without end is cut off", sent < 60e6, sent)
    judge("… without filling the memory", s.memory() - before < 30000, (before, s.memory()))


def slow(s):
    """A byte a second is no request: the connection ends though something moves on it."""
    c = socket.create_connection(("127.0.0.1", s.port), timeout=5)
    start = time.time()
    try:
        for byte in LINE + b"X: " + b"a" * 200:
            c.sendall(bytes([byte]))
            time.sleep(0.5)
            if time.time() - start > 90:
                break
    except OSError:
        pass
    judge("a byte now and then does not hold a connection", 25 < time.time() - start < 80, time.time() - start)
    c.close()


def crowd(s):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    most = min(10000, hard - 200)
    if most < 10000:
        skip("10,000 connections", "the system allows %d files" % hard)
    before, idle = s.memory(), []
    try:
        for i in range(most):
            c = socket.socket()
            c.settimeout(60)
            c.bind(("127.0.0.%d" % (2 + i // 5000), 0))
            c.connect(("127.0.0.1", s.port))
            c.sendall(b"GET /v2/info HTTP/1.1\r\nHost: localhost\r\n")
            idle.append(c)
    except OSError as wrong:
        judge("%d connections" % most, False, (len(idle), wrong))
    took = []
    while len(took) < 9 and (not took or took[-1] >= 2):  # other programs run, too
        start = time.time()
        ok = answers(s)
        took.append(time.time() - start)
    judge("an honest client beside %d that wait" % len(idle), ok and took[-1] < 2, took)
    judge("… in bounded memory", s.memory() - before < 400000, (before, s.memory()))
    print("  %d connections: %d kB more" % (len(idle), s.memory() - before))
    for c in idle:
        c.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    judge("… and afterwards", answers(s))


def killed(s):
    """Clients that go away while their text is checked."""
    text = urllib.parse.urlencode({"language": "fr", "text": "Le rapport de l ’Union est joint.\n\n" * 9000}).encode()
    for _ in range(20):
        c = socket.create_connection(("127.0.0.1", s.port))
        c.sendall(LINE + b"Content-Length: %d\r\n\r\n" % len(text) + text)
        c.close()
    judge("clients that go away", answers(s))


def silence(s):
    s.check("Le %s." % SECRET)
    s.ask("GET", "/v2/check?language=fr&text=" + SECRET)
    s.ask("GET", "/" + SECRET)
    said = s.said()
    judge("nothing of a text in the log", SECRET not in said and "/v2/check 200" in said, said[-300:])


def tokens():
    with Server() as s:
        path = s.home + "/tokens"

        def make(scopes, name="test"):
            run = subprocess.run([PROGRAM, "serve", "--tokens", path, "--new-token", scopes, name],
                                 capture_output=True, encoding="utf-8")
            return run.stdout.strip()
        check, read = make("check"), make("read,write")
        with open(path, "r+") as f:
            f.truncate(len(f.read()) - 1)  # as an editor may leave it
        admin = make("admin", "é" * 40 + "\n#")
        lines = open(path).read()
        judge("tokens are kept as sums", len(check) == 67 and check not in lines and lines.count("\n") == 3, lines)
        judge("a name is one line and no longer than it is read", lines.endswith(" admin " + "é" * 31 + "\n"), lines)
        judge("nobody else may read them", os.stat(path).st_mode & 0o077 == 0)
        refused = subprocess.run([PROGRAM, "serve", "--port", "0", "--address", "0.0.0.0"], capture_output=True,
                                 encoding="utf-8", timeout=120)
        judge("another address without tokens", refused.returncode == 2 and "--tokens" in refused.stderr, refused)
        for bad in "", "abc check x\n", "a" * 64 + " nothing x\n":
            with open(s.home + "/bad", "w") as f:
                f.write(bad)
            refused = subprocess.run([PROGRAM, "serve", "--port", "0", "--tokens", s.home + "/bad"],
                                     capture_output=True, encoding="utf-8", timeout=120)
            judge("a file of tokens that is none", refused.returncode == 2 and "/bad" in refused.stderr, refused)
        with Server("--tokens", path, "--address", "0.0.0.0") as t:
            judge("a warning without TLS", "TLS" in t.said(), t.said())
            ask = {"language": "fr", "text": "Bien."}
            for name, status, got in (
                    ("no token", 401, t.post("/v2/check", **ask)),
                    ("a wrong one", 401, t.post("/v2/check", {"Authorization": "Bearer pt_0"}, **ask)),
                    ("the sum itself", 401,
                     t.post("/v2/check", {"Authorization": "Bearer " + lines.split()[0]}, **ask)),
                    ("the right one", 200, t.post("/v2/check", {"Authorization": "Bearer " + check}, **ask)),
                    ("… as LibreOffice sends it", 200, t.post("/v2/check", apiKey=check, username="x", **ask)),
                    ("one for something else", 403, t.post("/v2/check", {"Authorization": "Bearer " + read}, **ask)),
                    ("writing with it", 200,
                     t.post("/v2/words/add", {"Authorization": "Bearer " + read}, word="zorglub")),
                    ("writing without", 403,
                     t.post("/v2/words/add", {"Authorization": "Bearer " + check}, word="zorglub")),
                    ("admin", 200, t.post("/v2/check", {"Authorization": "Bearer " + admin}, **ask)),
                    ("what anybody may know", 200, t.ask("GET", "/v2/healthcheck"))):
                judge("token: " + name, got[0] == status, got[:2])


def origins():
    with Server("--allow-origin", "https://good.example", "--allow-host", "paraph.example") as s:
        status, _, headers = s.ask("OPTIONS", "/v2/check", headers={"Origin": "https://good.example"})
        judge("an allowed origin may ask first", status == 204 and
              headers["Access-Control-Allow-Origin"] == "https://good.example", (status, headers.items()))
        got = s.post("/v2/check", {"Origin": "https://good.example"}, language="fr", text="a")
        judge("… and then", got[0] == 200 and got[2]["Access-Control-Allow-Origin"] == "https://good.example")
        judge("another may not", s.ask("OPTIONS", "/v2/check", headers={"Origin": "https://evil.example"})[0] == 403)
        judge("an allowed name", s.ask("GET", "/v2/info", headers={"Host": "paraph.example:80"})[0] == 200)
        judge("one that begins so", s.ask("GET", "/v2/info", headers={"Host": "paraph.example.evil"})[0] == 403)
        judge("a closed policy", "default-src 'none'" in s.ask("GET", "/v2/info")[2]["Content-Security-Policy"])
    with Server("--rate", "30") as s:
        got = [s.ask("GET", "/v2/info")[0] for _ in range(40)]
        # Every two seconds one is let through.
        judge("the rate", got[:30] == [200] * 30 and 429 in got[30:], got)


def tls():
    with Server() as s:
        cert, key = s.home + "/cert.pem", s.home + "/key.pem"
        try:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                           check=True, capture_output=True)
        except FileNotFoundError:
            skip("TLS", "openssl is not here")
            return
        context = ssl.create_default_context(cafile=cert)
        with Server("--tls-cert", cert, "--tls-key", key) as t:
            judge("it says https", "https://" in t.line, t.line)
            url = "https://localhost:%d/v2/check" % t.port
            told = json.load(urllib.request.urlopen(url, FORM, 60, context=context))
            judge("TLS", len(told["matches"]) == 1)
            t.raw(WHOLE)
            judge("no TLS where it is wanted", json.load(urllib.request.urlopen(
                url, FORM, 60, context=context))["matches"] != [])
            proxy(cert, key, context)
        bad = subprocess.run([PROGRAM, "serve", "--port", "0", "--tls-cert", "/nonexistent", "--tls-key", key],
                             capture_output=True, encoding="utf-8", timeout=120)
        judge("no certificate", bad.returncode == 2 and "/nonexistent" in bad.stderr, bad)


def page(port, context, origin):
    """What a page of that origin is told when it asks by the name of the server."""
    c = http.client.HTTPSConnection("localhost", port, timeout=60, context=context)
    c.request("POST", "/v2/check", FORM, {"Host": "paraph.example", "Origin": origin})
    status = c.getresponse().status
    c.close()
    return status


def proxy(cert, key, context):
    """nginx as docs/SERVER.md sets it up, which hands on the name that its clients know."""
    with Server("--allow-host", "paraph.example") as s:
        ask_nginx(s, cert, key, context)


def ask_nginx(s, cert, key, context):
    port, folder = free_port(), s.home
    with open(folder + "/nginx.conf", "w") as f:
        f.write("""daemon off; pid %s/pid; error_log %s/error;
events {} http { access_log off; client_body_temp_path %s/body; proxy_temp_path %s/proxy;
fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;
server { listen 127.0.0.1:%d ssl; server_name localhost; ssl_certificate %s; ssl_certificate_key %s;
location / { proxy_pass http://127.0.0.1:%d; proxy_set_header Host $http_host; proxy_request_buffering on;
client_max_body_size 64m; } } }
""" % (*[folder] * 7, port, cert, key, s.port))
    try:
        n = subprocess.Popen(["nginx", "-p", folder, "-c", folder + "/nginx.conf"], stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        skip("nginx", "it is not here")
        return
    told, got = None, []
    for _ in range(50):
        try:
            told = json.load(urllib.request.urlopen("https://localhost:%d/v2/check" % port, FORM, 5,
                                                    context=context))
            got = [page(port, context, name) for name in ("https://paraph.example", "https://evil.example")]
            break
        except OSError:
            time.sleep(0.1)
    n.terminate()
    n.wait()
    judge("behind nginx", told is not None and len(told["matches"]) == 1, told)
    judge("… its own page may ask, another may not", got == [200, 403], got)


def bad_options():
    for options in (["--port", "70000"], ["--port", "x"], ["--address", "nowhere.example"], ["--max-text", "0"],
                    ["--rate", "x"], ["--tls-cert", "a"], ["--new-token", "check"], ["file.txt"],
                    ["--tokens", "/nonexistent"], ["--profile", "none-such"]):
        run = subprocess.run([PROGRAM, "serve", "--no-config", *options], capture_output=True, encoding="utf-8",
                             timeout=120)
        judge("%s: status 2 and a message" % " ".join(options),
              run.returncode == 2 and run.stderr.startswith("paraph: ") and run.stdout == "", run)
    with Server() as s:
        run = subprocess.run([PROGRAM, "serve", "--no-config", "--port", str(s.port)], capture_output=True,
                             encoding="utf-8", timeout=120)
        judge("a port that is taken", run.returncode == 2 and "in use" in run.stderr, run)
        s.process.send_signal(signal.SIGINT)
        judge("it ends in order at ^C", s.process.wait(60) == 0)


def stops_at_work():
    s = Server()
    body = urllib.parse.urlencode({"language": "fr", "text": "Le rapport de l ’Union est joint à la "
                                   "présente lettre.\n\n" * 15000})
    c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=120)
    before = spent(s)
    c.request("POST", "/v2/check", body)
    until(lambda: spent(s) - before >= 0.1)
    s.process.terminate()
    told = json.loads(c.getresponse().read())
    judge("what was begun is answered before it ends", len(told["matches"]) == 15000, len(told["matches"]))
    c.close()
    judge("… and then it ends in order", s.stop() == 0)


def spent(s):
    """Seconds of processor time of the server and of what it had done by others."""
    with open("/proc/%d/stat" % s.process.pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(int(n) for n in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def at_rest(s):
    """A second in which nothing is done: what was begun has ended, however slow the machine."""
    before = spent(s)
    time.sleep(1)
    return spent(s) - before < 0.03


def begin(s, path, body, then):
    c = socket.create_connection(("127.0.0.1", s.port), timeout=60)
    c.sendall(b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (path.encode(), len(body)) +
              body)
    then(c)
    return c


def close(c):
    c.close()


def reset(c):
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c.close()


def gone():
    """What nobody waits for is not done to its end; whoever has closed one half only is answered."""
    text = "".join("Le rapport %d de l ’Union est joint à la présente lettre du Conseil.\n\n" % n
                   for n in range(150000))
    check = urllib.parse.urlencode({"language": "fr", "text": text}).encode()
    with Server("--max-text", "20000000", "--no-config") as s:
        for name, path, body in (("a text", "/v2/check", check), ("a document", "/api/v1/documents?name=a.txt",
                                                                  text.encode())):
            before = spent(s)
            c = begin(s, path, body, lambda c: c.shutdown(socket.SHUT_WR))
            got = b""
            while some := c.recv(1 << 20):
                got += some
            c.close()
            whole = spent(s) - before
            judge("%s of a client that has closed its half is checked" % name,
                  b" 200 OK\r\n" in got or b" 201 Created\r\n" in got, got[:200])
            judge("… and that takes its time", whole > 0.5, whole)
            for how in close, reset:
                took = []
                while len(took) < 5 and (not took or took[-1] >= 0.75 * whole):  # other programs run, too
                    before = spent(s)
                    begin(s, path, body, lambda c: (time.sleep(whole / 8), how(c)))
                    until(lambda: at_rest(s))
                    took.append(spent(s) - before)
                judge("%s whose client is gone (%s) is not checked to its end" % (name, how.__name__),
                      took[-1] < 0.75 * whole, (took, whole))
                at = spent(s)
                time.sleep(1)
                judge("… and nothing goes on", spent(s) - at < 0.1, spent(s) - at)
        before = spent(s)
        for c in [begin(s, "/v2/check", check, lambda c: None) for _ in range(6)]:
            c.close()
        until(lambda: at_rest(s))
        judge("nor is what waits", spent(s) - before < 3.5 * whole, (spent(s) - before, whole))
        judge("it still answers", answers(s))


with Server("--log") as server:
    late = threading.Thread(target=slow, args=(server,))
    late.start()
    for part in malformed, endless, killed, silence:
        try:
            part(server)
        except Exception as wrong:
            judge(part.__name__, False, repr(wrong))
    late.join()
    try:
        crowd(server)
    except Exception as wrong:
        judge("crowd", False, repr(wrong))
    judge("it ends in order after all that", server.stop() == 0)
for part in tokens, origins, tls, bad_options, stops_at_work, gone:
    try:
        part()
    except Exception as wrong:
        judge(part.__name__, False, repr(wrong))
end("http_hostile")
