"""A client of the language server for tests: sends what it is told, keeps what comes back."""
import json
import select
import subprocess
import time


class Client:
    def __init__(self, program, *arguments, capabilities=None, options=None, start=True, env=None, sock=None):
        self.sock = sock
        self.process = None
        if sock is None:
            self.process = subprocess.Popen(
                [program, "lsp", "--ui-lang", "en", *arguments], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.pending = b""
        self.last = 0
        self.arrived = 0  # when the last message was there, in seconds
        self.notes = []  # notifications that came meanwhile
        self.requests = []  # of the server
        if start:
            self.welcome = self.ask("initialize", {
                "processId": None, "rootUri": None, "capabilities": capabilities or {},
                "initializationOptions": options})
            self.note("initialized", {})

    def send_bytes(self, data):
        if self.sock is not None:
            self.sock.sendall(data)
            return
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def note(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        return self.last

    def more(self, until):
        left = until - time.monotonic()
        stream = self.sock if self.sock is not None else self.process.stdout
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            raise TimeoutError("the server says nothing")
        got = self.sock.recv(65536) if self.sock is not None else stream.read1(65536)
        if not got:
            raise EOFError("the server is gone")
        self.pending += got

    def receive(self, seconds=300):
        until = time.monotonic() + seconds
        while b"\r\n\r\n" not in self.pending:
            self.more(until)
        header, _, rest = self.pending.partition(b"\r\n\r\n")
        length = int(header.split(b":")[1])
        while len(self.pending) < len(header) + 4 + length:
            self.more(until)
        self.arrived = time.monotonic()
        body = self.pending[len(header) + 4:len(header) + 4 + length]
        self.pending = self.pending[len(header) + 4 + length:]
        message = json.loads(body)
        assert message["jsonrpc"] == "2.0"
        return message

    def turn(self, seconds=300):
        """One message more; requests of the server are answered as a client does."""
        message = self.receive(seconds)
        if "method" in message and "id" in message:
            self.requests.append(message)
            result = self.answer(message)
            self.send({"id": message["id"], "result": result})
        elif "method" in message:
            self.notes.append(message)
        return message

    def answer(self, message):
        return None

    def wait_answer(self, number):
        while True:
            message = self.turn()
            if message.get("id", "") == number and "method" not in message:
                return message

    def ask(self, method, params):
        return self.wait_answer(self.request(method, params))

    def diagnostics(self, uri, version=None, seconds=300):
        """Those that are pushed next for a version."""
        while True:
            for i, m in enumerate(self.notes):
                if m["method"] == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri \
                        and (version is None or m["params"].get("version") == version):
                    self.notes = [n for n in self.notes[:i] if n["params"].get("uri") != uri] + \
                        self.notes[i + 1:]
                    return m["params"]["diagnostics"]
            self.turn(seconds)

    def open(self, uri, text, language="plaintext", version=1):
        self.note("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language, "version": version, "text": text}})

    def leave(self):
        assert self.ask("shutdown", None)["result"] is None
        self.note("exit", None)
        if self.process is not None:
            return self.process.wait(20)
        return None

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def units(text):
    return len(text.encode("utf-16-le")) // 2


def offset(text, position, size=units):
    """The index in text of a position, lines ending as the protocol says."""
    line, at = 0, 0
    while line < position["line"] and at < len(text):
        if text[at] == "\r" and text[at + 1:at + 2] == "\n":
            at += 1
        if text[at] in "\r\n":
            line += 1
        at += 1
    column = 0
    while column < position["character"] and at < len(text) and text[at] not in "\r\n":
        column += size(text[at])
        at += 1
    return at


def position(text, at, size=units):
    line, begin, i = 0, 0, 0
    while i < at:
        if text[i] == "\n" or (text[i] == "\r" and text[i + 1:i + 2] != "\n"):
            line, begin = line + 1, i + 1
        i += 1
    return {"line": line, "character": sum(size(c) for c in text[begin:at])}


def apply_edits(text, edits, size=units):
    places = sorted(((offset(text, e["range"]["start"], size), offset(text, e["range"]["end"], size),
                      e["newText"]) for e in edits), reverse=True)
    for start, end, new in places:
        text = text[:start] + new + text[end:]
    return text
