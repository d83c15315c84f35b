#!/usr/bin/env python3
"""usage: tests/lsp.py build/paraph

The language server as clients see it: framing and hostile input, the life of a server, positions
in both encodings, random edits whose findings are those of a fresh `paraph check`, diagnostics
pushed and pulled, actions, hovers, completion, commands, settings, bilingual files, the socket.
Prints a line a case and, last, "lsp: N passed, N failed, N skipped".
"""
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback

from lsp_client import Client, apply_edits, offset, position, units

program = os.path.abspath(sys.argv[1])
work = pathlib.Path(tempfile.mkdtemp(prefix="paraph-lsp-"))
environment = {**os.environ, "HOME": str(work / "home"), "XDG_CONFIG_HOME": str(work / "config"),
               "XDG_DATA_HOME": str(work / "data"), "LC_ALL": "C.UTF-8"}
os.environ.update(environment)
cases = []
open_clients = []


def case(f):
    cases.append(f)
    return f


def client(*arguments, **more):
    c = Client(program, *arguments, **more)
    open_clients.append(c)
    return c


def uri_of(name):
    return (work / name).as_uri()


def pick(d):
    return (d["code"], d["range"]["start"]["line"], d["range"]["start"]["character"],
            d["range"]["end"]["line"], d["range"]["end"]["character"], d["severity"])


def fresh(text, name, size=units, *arguments):
    """What `paraph check` says of the same text under the same name, as the protocol has it."""
    out = subprocess.run([program, "check", "--no-cache", "--format", "json", "--stdin-filename",
                          str(work / name), *arguments, "-"], input=text.encode(),
                         stdout=subprocess.PIPE, check=False).stdout
    found = []
    data = text.encode()
    for f in json.loads(out)["documents"][0]["findings"]:
        start = position(text, len(data[:f["start"]].decode()), size)
        end = position(text, len(data[:f["end"]].decode()), size)
        found.append((f["rule"], start["line"], start["character"], end["line"], end["character"],
                      {"error": 1, "warning": 2, "info": 3}[f["severity"]]))
    return found


SAMPLE = "😀 l ’Asie et le rôle de la mission UNAMA.\n\nL’été dernier l ’accord fut signé  hier.\n"


# ---- framing and the life of a server ----

def broken(data, wanted_code, dies=True):
    c = client(start=False)
    c.send_bytes(data)
    m = c.receive()
    assert m["error"]["code"] == wanted_code and m["id"] is None, m
    if dies:
        assert c.process.wait(20) == 1
    else:
        c.welcome = c.ask("initialize", {"capabilities": {}})
        assert c.leave() == 0


@case
def hostile_frames():
    broken(b"Content-Length: 99999999999999999999\r\n\r\n", -32700)
    broken(b"Content-Length: 4294967296\r\n\r\n", -32700)
    broken(b"Content-Length: -1\r\n\r\n", -32700)
    broken(b"Content-Length: 1e3\r\n\r\n", -32700)
    broken(b"Content-Length:\r\n\r\n", -32700)
    broken(b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", -32700)
    broken(b"Content-Type: x\r\n\r\n{}", -32700)
    broken(b"GET / HTTP/1.1\r\n\r\n", -32700)
    broken(b"X: " + b"a" * 10000, -32700)


@case
def broken_json():
    def framed(body):
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    broken(framed(b"{"), -32700, False)
    broken(framed(b'"\xff"'), -32700, False)
    broken(framed(b"[" * 100000 + b"]" * 100000), -32700, False)
    broken(framed(b"[]"), -32600, False)
    broken(framed(b"{}"), -32600, False)
    broken(framed(b'{"method":3,"id":null}'), -32600, False)


@case
def headers_as_clients_write_them():
    c = client(start=False)
    body = b'{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"capabilities":{}}}'
    c.send_bytes(b"content-type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d \r\n"
                 b"\r\n" % len(body))
    for i in range(len(body)):  # byte by byte
        c.send_bytes(body[i:i + 1])
    m = c.receive()
    assert m["id"] == "a" and m["result"]["capabilities"]["positionEncoding"] == "utf-16"


@case
def life():
    c = client(start=False)
    assert c.ask("textDocument/hover", {})["error"]["code"] == -32002
    assert c.ask("shutdown", None)["error"]["code"] == -32002
    assert "result" in c.ask("initialize", {"capabilities": {}})
    assert c.ask("initialize", {"capabilities": {}})["error"]["code"] == -32600
    assert c.ask("no/such", {})["error"]["code"] == -32601
    assert c.ask("textDocument/hover", [1])["error"]["code"] == -32602
    assert c.ask("textDocument/hover", {"textDocument": {"uri": "file:///nowhere"}})["error"]["code"] == -32602
    c.note("no/such", {})
    c.note("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere"}, "contentChanges": [3]})
    c.note("textDocument/didOpen", {"textDocument": 3})
    assert c.ask("shutdown", None)["result"] is None
    assert c.ask("textDocument/hover", {})["error"]["code"] == -32600
    c.note("exit", None)
    assert c.process.wait(20) == 0


@case
def leaving_without_a_word():
    c = client()
    c.note("exit", None)
    assert c.process.wait(20) == 1
    c = client()
    c.process.stdin.close()
    assert c.process.wait(20) == 1


@case
def cancelled():
    c = client()
    uri = uri_of("long.txt")
    c.open(uri, "Le texte de l ’accord a été joint à la  lettre.\n\n" * 20000)
    number = c.request("textDocument/hover", {"textDocument": {"uri": uri},
                                              "position": {"line": 0, "character": 1}})
    c.note("$/cancelRequest", {"id": number})
    c.note("$/cancelRequest", {"id": 12345})
    assert c.wait_answer(number)["error"]["code"] == -32800
    assert c.leave() == 0


def spent(process):
    """Seconds of processor time."""
    with open(f"/proc/{process.pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@case
def leaving_in_the_middle():
    """A check in hand is not waited for: of 20 MB it takes a second and more."""
    text = "".join(f"Le texte {n} de l’accord a été joint à la lettre du Conseil.\n\n" for n in range(300000))
    c = client()
    c.open(uri_of("long.txt"), text)
    c.diagnostics(uri_of("long.txt"), 1, 120)
    whole = spent(c.process)
    for leave in (lambda c: c.note("exit", None), lambda c: c.process.stdin.close()):
        c = client()
        c.open(uri_of("long.txt"), text)
        while spent(c.process) < whole / 4:
            time.sleep(0.01)
        leave(c)
        _, status, used = os.wait4(c.process.pid, 0)
        c.process.returncode = os.waitstatus_to_exitcode(status)
        assert c.process.returncode == 1
        assert used.ru_utime + used.ru_stime < 0.7 * whole, (used, whole)
    for begun in (whole / 4, 0):  # in the middle of it, and before it began
        c = client()
        c.open(uri_of("long.txt"), text)
        while spent(c.process) < begun:
            time.sleep(0.01)
        start = spent(c.process)
        c.note("textDocument/didClose", {"textDocument": {"uri": uri_of("long.txt")}})
        c.open(uri_of("short.txt"), SAMPLE)
        assert [pick(d) for d in c.diagnostics(uri_of("short.txt"), 1, 120)] == fresh(SAMPLE, "short.txt")
        assert spent(c.process) - start < 0.45 * whole, (spent(c.process) - start, whole)
        assert c.leave() == 0


# ---- positions and texts ----

@case
def pushed_with_version():
    c = client()
    c.open(uri_of("a.txt"), SAMPLE, version=7)
    found = c.diagnostics(uri_of("a.txt"), 7)
    assert [pick(d) for d in found] == fresh(SAMPLE, "a.txt")
    assert found[0]["range"]["start"] == {"line": 0, "character": 3}
    assert found[0]["code"] == "spacing/apostrophe" and found[0]["source"] == "paraph"
    c.note("textDocument/didClose", {"textDocument": {"uri": uri_of("a.txt")}})
    assert c.diagnostics(uri_of("a.txt")) == []
    assert c.leave() == 0


@case
def positions_in_bytes():
    def size(text):
        return len(text.encode())
    c = client(capabilities={"general": {"positionEncodings": ["utf-8", "utf-16"]}})
    assert c.welcome["result"]["capabilities"]["positionEncoding"] == "utf-8"
    c.open(uri_of("a.txt"), SAMPLE)
    found = c.diagnostics(uri_of("a.txt"), 1)
    assert [pick(d) for d in found] == fresh(SAMPLE, "a.txt", size)
    assert found[0]["range"]["start"] == {"line": 0, "character": 5}


@case
def pulled():
    c = client(capabilities={"textDocument": {"diagnostic": {}}})
    uri = uri_of("a.txt")
    c.open(uri, SAMPLE)
    first = c.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]
    assert first["kind"] == "full" and [pick(d) for d in first["items"]] == fresh(SAMPLE, "a.txt")
    again = {"textDocument": {"uri": uri}, "previousResultId": first["resultId"]}
    assert c.ask("textDocument/diagnostic", again)["result"] == {
        "kind": "unchanged", "resultId": first["resultId"]}
    c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2},
                                      "contentChanges": [{"text": "Rien à dire.\n"}]})
    after = c.ask("textDocument/diagnostic", again)["result"]
    assert after["kind"] == "full" and after["items"] == [] and after["resultId"] != first["resultId"]
    assert not [m for m in c.notes if m["method"] == "textDocument/publishDiagnostics"]


@case
def pulled_again():
    """Who pulls is told when the settings are others, but not before there is something to pull."""
    for refreshes in (True, False):
        c = client(capabilities={"textDocument": {"diagnostic": {}},
                                 "workspace": {"diagnostics": {"refreshSupport": refreshes}}},
                   options={"only": ["spacing/double"]})
        uri = uri_of("a.txt")
        c.open(uri, SAMPLE)
        pull = {"textDocument": {"uri": uri}}
        first = c.ask("textDocument/diagnostic", pull)["result"]["items"]
        assert {d["code"] for d in first} == {"spacing/double"} and c.requests == []
        c.note("workspace/didChangeConfiguration", {"settings": {"paraph": {"only": ["spacing/apostrophe"]}}})
        after = c.ask("textDocument/diagnostic", pull)["result"]["items"]
        assert {d["code"] for d in after} == {"spacing/apostrophe"}
        assert [m["method"] for m in c.requests] == ["workspace/diagnostic/refresh"] * refreshes
        assert c.leave() == 0


PIECES = ["l ’Asie", " ", "  ", "\n", "\r\n", "\r", "\n\n", "😀", "é", "e\u0301", "UNAMA", "le la ",
          "États membres", ",", " ;", "« mot »", "Le Conseil s’est réuni.", "a", "x\ty", "…", "\u00a0",
          "l’ accord", "ci -jointe", "Objectif pratiques", "the the ", "paraph: ignore spacing/double",
          "Le \"mott\\e\u0001\" ", "日本語 "]


@case
def random_edits():
    """After each batch of edits the findings are those of a fresh check of the text that an editor
    has by the protocol's own rules."""
    rng = random.Random(20)
    sample = pathlib.Path(__file__).parent.parent / "data/samples/lettre.txt"
    for name, encodings, size in (("a.txt", [], units), ("b.md", ["utf-8"], lambda t: len(t.encode())),
                                  ("c.html", [], units)):
        c = client(capabilities={"textDocument": {"diagnostic": {}}, "general": {"positionEncodings": encodings}})
        text, uri = sample.read_text(), uri_of(name)
        c.open(uri, text)
        for version in range(2, 27):
            changes = []
            for _ in range(rng.randint(1, 4)):
                start = rng.randint(0, len(text))
                end = min(len(text), start + rng.choice([0, 0, 1, 2, 30]))
                new = "".join(rng.choices(PIECES, k=rng.randint(0, 3)))
                a, b = position(text, start, size), position(text, end, size)
                # A place between CR and LF is not one that the protocol can name.
                start, end = offset(text, a, size), offset(text, b, size)
                changes.append({"range": {"start": a, "end": b}, "text": new})
                text = text[:start] + new + text[end:]
            c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                              "contentChanges": changes})
            if rng.random() < 0.2:
                continue  # several batches at once
            got = c.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"]
            wanted = fresh(text, name, size)
            assert [pick(d) for d in got] == wanted, (name, version, text)
        assert c.leave() == 0


@case
def messages_as_they_are_told():
    text = "Le texte \"mott\\e\u0001\" de l ’accord « été » :\tle la lettre; le  rôle 😀 lettrre.\n"
    out = subprocess.run([program, "check", "--no-cache", "--ui-lang", "en", "--format", "json",
                          "--stdin-filename", str(work / "a.txt"), "-"], input=text.encode(),
                         stdout=subprocess.PIPE, check=False).stdout
    told = json.loads(out)["documents"][0]["findings"]
    c = client()
    c.open(uri_of("a.txt"), text)
    found = c.diagnostics(uri_of("a.txt"), 1)
    assert len(told) == len(found) > 4
    for f, d in zip(told, found):
        assert d["data"] == {"fingerprint": f["fingerprint"], "fix": f["fix"] or "none"}, (f, d)
        arrow = " → " + f["suggestions"][0] if f["suggestions"] else ""
        assert d["message"] in (f["message"], f["message"] + arrow), (f, d)
    assert any("→" in d["message"] for d in found)
    assert c.leave() == 0


@case
def a_key_in_a_megabyte():
    """Costs a small part of what the first answer costs. PARAPH_TEXT names a text to measure."""
    path = os.environ.get("PARAPH_TEXT")
    if path:
        text = pathlib.Path(path).read_bytes()[:2 ** 20 - 1000].decode(errors="ignore")
    else:  # no paragraph is there twice
        text = "".join(f"Le texte {n} de {'l’' if n % 8 else 'l ’'}accord a été joint à la lettre du Conseil, "
                       f"qui s’est réuni à Genève et à Rome pour en prendre connaissance ({n}).\n\n"
                       for n in range(7000))
    row = text.count("\n", 0, len(text) // 2)
    uri = uri_of("long.txt")
    for pulls in (True, False):
        c = client(capabilities={"textDocument": {"diagnostic": {}}} if pulls else {}, options={"delay": 0})
        wait = (lambda v: c.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"]) \
            if pulls else (lambda v: c.diagnostics(uri, v))
        c.open(uri, text)
        wait(1)
        first, took = spent(c.process), []
        for version in range(2, 22):
            start = time.monotonic()
            at = {"line": row, "character": 0}
            c.note("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": at, "end": at}, "text": "a"}]})
            found = wait(version)
            took.append((c.arrived - start) * 1e3)
        each = (spent(c.process) - first) / len(took)
        took.sort()
        print(f"   {'pulled' if pulls else 'pushed'}: {len(found)} findings {took[0]:.1f} to {took[-1]:.1f} ms, "
              f"median {took[len(took) // 2]:.1f}; processor time {each * 1e3:.1f} ms, the first {first * 1e3:.0f}")
        assert each < first / 3, (each, first)
        lines = text.split("\n")
        lines[row] = "a" * len(took) + lines[row]
        out = subprocess.run([program, "check", "--no-cache", "--format", "json", "-"], input="\n".join(lines).encode(),
                             stdout=subprocess.PIPE, check=False).stdout
        # Nothing there is two units of UTF-16.
        assert [pick(d)[:5] for d in found] == [
            (f["rule"], f["line"] - 1, f["column"] - 1, f["endLine"] - 1, f["endColumn"] - 1)
            for f in json.loads(out)["documents"][0]["findings"]]
        assert c.leave() == 0


@case
def more_findings_than_are_sent():
    text = "Le rôle de l ’Asie, de l ’Union et d ’Afrique.\n\n" * 60000
    for pulls in (True, False):
        c = client(capabilities={"textDocument": {"diagnostic": {}}} if pulls else {})
        uri = uri_of("a.txt")
        c.open(uri, text)
        found = c.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"] if pulls \
            else c.diagnostics(uri, 1)
        assert 100000 < len(found) < 180000, len(found)
        assert [m["params"]["message"] for m in c.notes if m["method"] == "window/showMessage"] == \
            ["too many findings to show them all"]
        assert c.leave() == 0


@case
def one_line_costs_no_more_than_many():
    took = []
    for between in ("\n", ""):
        units = between.join(f'<trans-unit id="{i}"><source>The Council met on {i} May 2018.</source><target>Le Conseil '
                             f's’est réuni le {i + 1} mai 2018.</target></trans-unit>' for i in range(15000))
        c = client()
        c.open(uri_of("a.xlf"), XLIFF[:XLIFF.index("<trans-unit")] + units + "</body></file></xliff>")
        assert len(c.diagnostics(uri_of("a.xlf"), 1)) >= 15000
        took.append(spent(c.process))
        assert c.leave() == 0
    print(f"   many lines {took[0] * 1e3:.0f} ms, one {took[1] * 1e3:.0f} ms")
    assert took[1] < 2 * took[0], took


@case
def places_past_the_end():
    c = client(capabilities={"textDocument": {"diagnostic": {}}})
    uri = uri_of("a.txt")
    c.open(uri, "Un.\nDeux.")

    def change(a, b, text):
        c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [
            {"range": {"start": dict(zip(("line", "character"), a)), "end": dict(zip(("line", "character"), b))},
             "text": text}]})
    change((0, 99), (0, 2 ** 40), "!")
    change((99, 0), (2 ** 40, 0), " l ’Asie\n")
    change((-1, 0), (0, 0), "no")
    change((3, 0), (0, 0), " l ’Asie\n")
    got = c.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["result"]["items"]
    assert [pick(d) for d in got] == fresh("Un.!\nDeux. l ’Asie\n l ’Asie\n", "a.txt"), got
    assert c.leave() == 0


# ---- actions ----

def actions(c, uri, r, only=None):
    context = {"diagnostics": []}
    if only:
        context["only"] = only
    return c.ask("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": r, "context": context})["result"]


def edits(action, uri):
    return action["edit"]["changes"][uri]


@case
def corrections():
    c = client()
    uri = uri_of("a.md")
    text = "Le rôle de *l ’Asie* et  ici.\n\nIl a dit l ’accord.\n"
    c.open(uri, text, "markdown")
    found = c.diagnostics(uri, 1)
    first = next(d for d in found if d["code"] == "spacing/apostrophe")
    offered = actions(c, uri, first["range"])
    assert offered[0]["isPreferred"] and offered[0]["title"] == "Replace with “l’Asie”"
    assert offered[0]["diagnostics"] == [first]
    assert apply_edits(text, edits(offered[0], uri)) == text.replace("l ’Asie", "l’Asie")
    all_of_rule = next(a for a in offered if a["title"].startswith("Correct all of"))
    assert apply_edits(text, edits(all_of_rule, uri)) == text.replace("l ’", "l’")
    assert not [a for a in offered if a["kind"].startswith("source")]
    everything = actions(c, uri, first["range"], ["source.fixAll"])
    assert len(everything) == 1
    after = apply_edits(text, edits(everything[0], uri))
    assert after == text.replace("l ’", "l’").replace("et  ici", "et ici")
    assert actions(c, uri, first["range"], ["refactor"]) == []
    silent = next(a for a in offered if a["title"].startswith("Silence"))
    assert edits(silent, uri)[0]["range"]["start"] == position(text, text.index("\n"))
    after = apply_edits(text, edits(silent, uri))
    assert "<!-- paraph: ignore spacing/apostrophe -->" in after.split("\n")[0]
    c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": after}]})
    left = c.diagnostics(uri, 2)
    assert [d["range"]["start"]["line"] for d in left if d["code"] == "spacing/apostrophe"] == [2]
    assert c.leave() == 0


@case
def everything_selected():
    """An editor asks for actions when all is selected: what grows with the square of the findings
    would stop it."""
    c = client()
    uri = uri_of("a.txt")
    text = "Le texte de l ’accord a été joint à la  lettre.\n\n" * 200
    c.open(uri, text)
    c.diagnostics(uri, 1)
    offered = actions(c, uri, {"start": {"line": 0, "character": 0}, "end": {"line": 400, "character": 0}})
    for rule, right in (("spacing/apostrophe", ("l ’", "l’")), ("spacing/double", ("la  l", "la l"))):
        all_of_rule = [a for a in offered if a["title"] == f"Correct all of {rule} (200)"]
        assert len(all_of_rule) == 1, rule
        assert apply_edits(text, edits(all_of_rule[0], uri)) == text.replace(*right)
    assert c.leave() == 0


@case
def long_suggestion():
    (work / "rules.yaml").write_text("rules:\n  - id: house/long\n    language: fr\n    message: long\n    replace:\n"
                                     "      bref: x" + "é" * 300 + "\n")
    c = client("--rules", str(work / "rules.yaml"))
    uri = uri_of("a.txt")
    text = "Le texte bref est là.\n"
    c.open(uri, text)
    found = next(d for d in c.diagnostics(uri, 1) if d["code"] == "house/long")
    first = actions(c, uri, found["range"])[0]
    assert first["title"] == "Replace with “x" + "é" * 99 + "”", first["title"]
    assert apply_edits(text, edits(first, uri)) == text.replace("bref", "x" + "é" * 300)
    assert c.leave() == 0


@case
def corrections_in_markup():
    c = client()
    uri = uri_of("a.html")
    text = "<html lang=\"fr\"><body><p>Le texte de l <b>’accord</b> &amp; de l ’Asie est « prêt » .</p></body></html>\n"
    c.open(uri, text, "html")
    c.diagnostics(uri, 1)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}
    fixed = text
    for a in actions(c, uri, whole, ["source.fixAll"]):
        fixed = apply_edits(fixed, edits(a, uri))
    assert "de l’Asie" in fixed and "&amp;" in fixed and "<b>" in fixed, fixed
    assert c.leave() == 0


@case
def dictionary_and_glossary():
    c = client()
    uri = uri_of("a.txt")
    text = "Le Conseil a examiné le projet zorglubine à sa séance.\n"
    c.open(uri, text)
    unknown = next(d for d in c.diagnostics(uri, 1) if d["code"] == "spelling/unknown")
    offered = actions(c, uri, unknown["range"])
    word = next(a for a in offered if a["title"].startswith("Add “zorglubine” to my dictionary"))
    term = next(a for a in offered if a["title"].startswith("Add “zorglubine” to my glossary"))
    assert c.ask("workspace/executeCommand", word["command"])["result"] is None
    assert not [d for d in c.diagnostics(uri, 1) if d["code"] == "spelling/unknown"]
    assert (work / "config/paraph/words.txt").read_text() == "zorglubine\n"
    c.ask("workspace/executeCommand", word["command"])
    assert (work / "config/paraph/words.txt").read_text() == "zorglubine\n"
    assert "error" not in c.ask("workspace/executeCommand", term["command"])
    listed = subprocess.run([program, "term", "list", "zorglubine"], stdout=subprocess.PIPE, check=False).stdout.decode()
    assert "fr  zorglubine" in listed, listed
    odd = b"# mine\r\n\0\nw\0x\n" + b"a" * 5000  # what else stands in the file stays there
    (work / "config/paraph/words.txt").write_bytes(odd)
    assert "error" not in c.ask("workspace/executeCommand", word["command"])
    assert (work / "config/paraph/words.txt").read_bytes() == odd + b"\nzorglubine\n"
    for bad in ({"command": "no.such"}, {"command": "paraph.addWord", "arguments": [{"word": "a\nb"}]},
                {"command": "paraph.addTerm"}):
        assert c.ask("workspace/executeCommand", bad)["error"]["code"] == -32602, bad
    assert c.leave() == 0
    shutil.rmtree(work / "config")
    shutil.rmtree(work / "data")


# ---- hover, completion ----

def hover(c, uri, text, word):
    at = position(text, text.index(word) + 1)
    r = c.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": at})["result"]
    return r and r["contents"]["value"]


@case
def hovers():
    c = client()
    uri = uri_of("a.txt")
    text = "Le rôle de l ’Asie devant l’Assemblée générale.\n"
    c.open(uri, text)
    assert "space beside an apostrophe" in hover(c, uri, text, " ’Asie")
    card = hover(c, uri, text, "générale")
    assert "**en** General Assembly" in card and "**fr** Assemblée générale" in card, card
    assert hover(c, uri, text, "rôle") is None
    assert c.leave() == 0


@case
def memory():
    project = work / "memory"
    project.mkdir()
    (project / "pairs.tsv").write_text("en\tfr\nThe Council met on 3 May.\tLe Conseil s’est réuni le 3 mai.\n")
    subprocess.run([program, "tm", "import", "--into", str(project / "m.paraph-tm"), str(project / "pairs.tsv")],
                   check=True, stdout=subprocess.DEVNULL)
    (project / "two, of ours.paraph-tm").write_bytes((project / "m.paraph-tm").read_bytes())
    uri = uri_of("memory/a.txt")
    text = "The members of the Council spoke first. The Council met on 4 May.\n"
    for settings, arguments in (("memories: [m.paraph-tm]\n", []), ('memories: ["two, of ours.paraph-tm"]\n', []),
                                ("language: auto\n", ["--tm", str(project / "m.paraph-tm")])):
        (project / "paraph.yaml").write_text(settings)
        c = client(*arguments)
        c.open(uri, text)
        assert (hover(c, uri, text, "met on") or "").count("Le Conseil s’est réuni le 4 mai.") == 1, settings
        assert "Le Conseil" not in (hover(c, uri, text, "spoke") or "")
        memory = project / ("two, of ours.paraph-tm" if "two" in settings else "m.paraph-tm")
        (project / "more.tsv").write_text(f"en\tfr\nThe members of the Council spoke first.\tParole {len(settings)}.\n")
        subprocess.run([program, "tm", "import", "--into", str(memory), str(project / "more.tsv")], check=True,
                       stdout=subprocess.DEVNULL)
        assert f"Parole {len(settings)}." in hover(c, uri, text, "spoke"), settings  # what was added meanwhile
        assert c.leave() == 0


@case
def completion():
    c = client()
    uri = uri_of("a.txt")
    text = "Le Secrétaire général a parlé devant l’assemblee gen\n"
    c.open(uri, text)
    at = position(text, len(text) - 1)
    items = c.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})["result"]["items"]
    assert items[0]["label"] == "Assemblée générale"
    assert apply_edits(text, [items[0]["textEdit"]]) == text.replace("assemblee gen", "Assemblée générale")
    text = "The Secretary-General spoke before the General Ass\n"
    c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]})
    at = position(text, len(text) - 1)
    items = c.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})["result"]["items"]
    assert items[0]["label"] == "General Assembly", items
    assert c.leave() == 0


# ---- settings ----

@case
def settings_of_the_project():
    project = work / "project"
    project.mkdir()
    (project / "paraph.yaml").write_text("rules:\n  spacing/apostrophe: off\n")
    c = client()
    uri = uri_of("project/a.txt")
    c.open(uri, SAMPLE)
    assert "spacing/apostrophe" not in {d["code"] for d in c.diagnostics(uri, 1)}
    (project / "paraph.yaml").write_text("rules:\n  spacing/double: off\n")
    c.note("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of("project/paraph.yaml"), "type": 2}]})
    codes = {d["code"] for d in c.diagnostics(uri, 1)}
    assert "spacing/apostrophe" in codes and "spacing/double" not in codes
    (project / "paraph.yaml").write_text("rules: [\n")
    c.note("workspace/didChangeWatchedFiles", {"changes": []})
    assert c.diagnostics(uri, 1) == []
    said = [m for m in c.notes if m["method"] == "window/showMessage"]
    while not said:
        c.turn()
        said = [m for m in c.notes if m["method"] == "window/showMessage"]
    assert "paraph.yaml" in said[0]["params"]["message"]
    assert c.leave() == 0


@case
def baseline_of_the_project():
    project = work / "known"
    project.mkdir()
    (project / "paraph.yaml").write_text("baseline: known.tsv\n")
    (project / "a.txt").write_text(SAMPLE)
    subprocess.run([program, "baseline", "create", "--baseline", "known.tsv", "a.txt"], cwd=project, check=True,
                   stdout=subprocess.DEVNULL)
    c = client()
    uri = uri_of("known/a.txt")
    c.open(uri, SAMPLE)
    assert c.diagnostics(uri, 1) == []
    assert not actions(c, uri, {"start": position(SAMPLE, 0), "end": position(SAMPLE, len(SAMPLE))}, ["source.fixAll"])
    text = SAMPLE + "\nLes membres de l ’Union sont là.\n"
    c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]})
    new = c.diagnostics(uri, 2)
    assert [(d["code"], d["range"]["start"]["line"]) for d in new] == [("spacing/apostrophe", 4)], new
    assert sorted(pick(d) for d in new) == sorted(fresh(text, "known/a.txt")), new
    # Taken in by another run of paraph.
    (project / "a.txt").write_text(text)
    subprocess.run([program, "baseline", "update", "--baseline", "known.tsv", "a.txt"], cwd=project, check=True,
                   stdout=subprocess.DEVNULL)
    c.note("workspace/didChangeWatchedFiles", {"changes": []})
    assert c.diagnostics(uri, 2) == []
    # Not to be read: everything is told, and why.
    (project / "known.tsv").write_text("no baseline\n")
    c.note("workspace/didChangeWatchedFiles", {"changes": []})
    assert len(c.diagnostics(uri, 2)) > 1
    said = [m for m in c.notes if m["method"] == "window/showMessage"]
    while not said:
        c.turn()
        said = [m for m in c.notes if m["method"] == "window/showMessage"]
    assert "known.tsv:1" in said[0]["params"]["message"], said
    # Told once; and nobody waits for the writer of a pipe.
    for version in (3, 4):
        if version == 4:
            (project / "known.tsv").unlink()
            os.mkfifo(project / "known.tsv")
        c.note("textDocument/didChange",
               {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]})
        assert len(c.diagnostics(uri, version)) > 1
    assert c.leave() == 0
    said = [m["params"]["message"] for m in c.notes if m["method"] == "window/showMessage"]
    assert len(said) == 2 and "regular file" in said[1], said


@case
def settings_of_the_client():
    c = client(capabilities={"workspace": {"configuration": True}}, start=False)
    own = [{"disable": ["spacing/apostrophe"], "uiLanguage": "fr", "documentation": "https://example.org/RULES.md"}]
    c.answer = lambda m: own if m["method"] == "workspace/configuration" else None
    c.ask("initialize", {"capabilities": {"workspace": {"configuration": True}}})
    c.note("initialized", {})
    uri = uri_of("a.txt")
    c.open(uri, SAMPLE)

    def until(wanted):
        for _ in range(20):
            found = c.diagnostics(uri, 1)
            if wanted({d["code"] for d in found}):
                return found
        raise AssertionError(found)
    found = until(lambda codes: codes and "spacing/apostrophe" not in codes)
    double = next(d for d in found if d["code"] == "spacing/double")
    assert double["message"].startswith("deux espaces") and double["tags"] == [1]
    assert double["codeDescription"]["href"] == "https://example.org/RULES.md#spacingdouble"
    own[0] = {"only": ["spacing/apostrophe"]}
    c.note("workspace/didChangeConfiguration", {"settings": None})
    found = until(lambda codes: codes == {"spacing/apostrophe"})
    assert "space" in found[0]["message"], found  # in the language of the start again
    c.note("workspace/didChangeConfiguration", {"settings": {"paraph": {"only": ["no/such"]}}})
    assert c.diagnostics(uri, 1) == []
    assert c.leave() == 0


@case
def progress():
    c = client(capabilities={"window": {"workDoneProgress": True}})
    uri = uri_of("long.txt")
    text = "Le texte de l ’accord a été joint à la  lettre.\n\n" * 40000
    c.open(uri, text)
    for version in range(2, 8):  # a client that is slow to answer may be told nothing
        assert len(c.diagnostics(uri, version - 1, 60)) > 1000
        told = [m["params"] for m in c.notes if m["method"] == "$/progress"]
        if told:
            break
        c.note("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                          "contentChanges": [{"text": text}]})
    asked = [m["params"]["token"] for m in c.requests if m["method"] == "window/workDoneProgress/create"]
    assert [m["value"]["kind"] for m in told] == ["begin", "end"], told
    assert {m["token"] for m in told} == {asked[-1]}, asked
    assert c.leave() == 0


# ---- bilingual files ----

XLIFF = """<?xml version="1.0"?>
<xliff version="1.2"><file source-language="en" target-language="fr" datatype="plaintext" original="x"><body>
<trans-unit id="1"><source>The Council met on 3 May 2018.</source><target>Le Conseil s’est réuni le 4 mai 2018.</target></trans-unit>
<trans-unit id="2"><source>All &amp; some of Asia.</source><target>Tout &amp; partie de l ’Asie.</target></trans-unit>
</body></file></xliff>
"""
PO = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n' \
     'msgid "The Council met on 3 May 2018."\nmsgstr "Le Conseil s’est réuni le 4 mai 2018."\n'


@case
def encodings_that_a_file_names():
    """An editor sends UTF-8, whatever encoding the file has."""
    pages = {
        "a.html": '<html><head><meta charset="%s"></head><body><p>Été: le rôle de l ’Asie à Genève.</p></body></html>',
        "a.xhtml": '<?xml version="1.0" encoding="%s"?><html><body><p>Le rôle de l ’Asie à Genève.</p></body></html>',
        "a.xlf": XLIFF.replace('version="1.0"', 'version="1.0" encoding="%s"', 1).replace("<xliff", "<!-- é --><xliff"),
        "a.po": PO.replace("charset=UTF-8", "charset=%s")}
    for name, page in pages.items():
        for encoding in ("iso-8859-1", "windows-1252", "koi8-r", "utf-16"):
            c = client()
            text = page % encoding
            c.open(uri_of(name), text)
            expected = [(code, line, at) for code, line, at, *_ in fresh(page % "utf-8", name)]
            first = text.count("\n", 0, text.index(encoding))
            moved = len("utf-8") - len(encoding)
            found = [pick(d) for d in c.diagnostics(uri_of(name), 1)]
            assert expected, name
            assert [(code, line, at + (moved if line == first else 0)) for code, line, at, *_ in found] == expected, \
                (name, encoding, found, expected)
            assert c.leave() == 0


@case
def bilingual():
    for name, text in (("a.xlf", XLIFF), ("a.po", PO)):
        c = client()
        uri = uri_of(name)
        c.open(uri, text)
        found = c.diagnostics(uri, 1)
        assert [pick(d) for d in found] == fresh(text, name)
        pairs = [d for d in found if d["code"].startswith("bilingual/")]
        assert pairs and pairs[0]["relatedInformation"][0]["location"]["uri"] == uri, found
        place = pairs[0]["relatedInformation"][0]["location"]["range"]
        source = text[offset(text, place["start"]):offset(text, place["end"])]
        assert source and source in "The Council met on 3 May 2018.", source
        if name == "a.xlf":
            wrong = next(d for d in found if d["code"] == "spacing/apostrophe")
            first = actions(c, uri, wrong["range"])[0]
            assert apply_edits(text, edits(first, uri)) == text.replace("l ’Asie", "l’Asie")
        assert c.leave() == 0


@case
def over_a_socket():
    p = subprocess.Popen([program, "lsp", "--ui-lang", "en", "--socket", "0"], stderr=subprocess.PIPE)
    try:
        port = int(re.search(r":(\d+)$", p.stderr.readline().decode().strip()).group(1))
        at_once = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        clients = [Client(program, sock=s) for s in at_once]
        for n, c in enumerate(clients):
            c.open(uri_of("a.txt"), SAMPLE * (n + 1))
        for n, c in enumerate(clients):
            assert [pick(d) for d in c.diagnostics(uri_of("a.txt"), 1)] == fresh(SAMPLE * (n + 1), "a.txt")
        at_once[0].close()  # one is gone without a word
        clients[1].leave()
        with socket.create_connection(("127.0.0.1", port)) as s:  # one comes later
            late = Client(program, sock=s)
            for c in late, clients[2]:
                c.open(uri_of("b.txt"), SAMPLE)
                assert [pick(d) for d in c.diagnostics(uri_of("b.txt"), 1)] == fresh(SAMPLE, "b.txt")
                c.leave()
        assert p.poll() is None
        p.terminate()
        p.wait(20)
        time.sleep(0.2)
        for s in at_once[1:]:
            s.close()
    finally:
        p.kill()
    for bad in ("x", "70000", "-1", ""):
        assert subprocess.run([program, "lsp", "--socket=" + bad], stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 2, bad


def main():
    failed = 0
    wanted = sys.argv[2:]
    for f in cases:
        if wanted and f.__name__ not in wanted:
            continue
        try:
            f()
            print("ok", f.__name__)
        except Exception:
            failed += 1
            print("FAILED", f.__name__)
            traceback.print_exc(file=sys.stdout)
        for c in open_clients:
            c.kill()
        open_clients.clear()
    shutil.rmtree(work)
    n = len(cases) if not wanted else len(wanted)
    print(f"lsp: {n - failed} passed, {failed} failed, 0 skipped")
    return failed != 0


sys.exit(main())
