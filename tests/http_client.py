"""A server to be tested, and a client that can be as rude as a test needs it to be."""
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROGRAM = os.path.abspath(sys.argv[1])
counts = {"passed": 0, "failed": 0, "skipped": 0}


def judge(name, ok, why=""):
    counts["passed" if ok else "failed"] += 1
    print("%s %s%s" % ("ok" if ok else "FAILED", name, "" if ok else ": %s" % (why,)), flush=True)


def skip(name, why):
    counts["skipped"] += 1
    print("skipped: %s, %s" % (name, why))


def end(what):
    print("%s: %d passed, %d failed, %d skipped" % (
        what, counts["passed"], counts["failed"], counts["skipped"]))
    sys.exit(counts["failed"] != 0)


def until(holds, seconds=300):
    """Waits for what comes in a moment, or in many on a busy machine; what it was in the end."""
    deadline = time.monotonic() + seconds
    while not (told := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return told


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """paraph serve on a port of its own choice, with a home of its own."""

    def __init__(self, *options, home=None, **more):
        self.folder = tempfile.TemporaryDirectory()
        self.home = home or self.folder.name
        environment = dict(os.environ, XDG_CONFIG_HOME=self.home, HOME=self.home, LC_ALL="C.UTF-8",
                           XDG_DATA_HOME=self.home + "/data", XDG_CACHE_HOME=self.home + "/cache")
        # What is freed counts as memory that is used until AddressSanitizer lets go of it.
        environment["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=4"
        self.errors = open(self.folder.name + "/stderr", "w+")
        self.process = subprocess.Popen([PROGRAM, "serve", "--port", "0", *options], cwd=self.folder.name,
                                        env=environment, stdout=subprocess.PIPE, stderr=self.errors,
                                        encoding="utf-8", **more)
        self.line = self.process.stdout.readline()
        found = re.search(r"(https?)://(.*):(\d+)", self.line)
        self.port = int(found.group(3)) if found else 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(60)
        self.process.stdout.close()
        return status

    def said(self):
        self.errors.flush()
        with open(self.folder.name + "/stderr") as f:
            return f.read()

    def ask(self, method, path, body=None, headers=None, timeout=300):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        c.request(method, path, body, headers or {})
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, data, r.headers

    def post(self, path, headers=None, **parameters):
        body = urllib.parse.urlencode(parameters)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded",
                                             **(headers or {})})

    def check(self, text=None, headers=None, **parameters):
        if text is not None:
            parameters["text"] = text
        parameters.setdefault("language", "fr")
        status, data, _ = self.post("/v2/check", headers, **parameters)
        if status != 200:
            raise AssertionError("%d %r" % (status, data))
        return json.loads(data)

    def raw(self, data, close=True):
        """Bytes sent as they are; what comes back until the server closes or time is over. Who closes his own half
        is answered and closed, in a moment, or in many on a busy machine."""
        s = socket.create_connection(("127.0.0.1", self.port), timeout=300 if close else 5)
        got = b""
        try:
            s.sendall(data)
            if close:
                s.shutdown(socket.SHUT_WR)
            while True:
                some = s.recv(65536)
                if not some:
                    break
                got += some
        except OSError:
            pass
        s.close()
        return got

    def memory(self):
        with open("/proc/%d/status" % self.process.pid) as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))


def units(text):
    return len(text.encode("utf-16-le")) // 2


def at(text, match):
    """What a match points at, counted in UTF-16."""
    data = text.encode("utf-16-le")
    return data[2 * match["offset"]:2 * (match["offset"] + match["length"])].decode("utf-16-le")
