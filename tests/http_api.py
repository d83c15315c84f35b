#!/usr/bin/env python3
"""The interface /api/v1 of `paraph serve`, asked as a program asks it.

usage: tests/http_api.py build/paraph

Prints a line a failure and, last, "http_api: N passed, N failed"."""
import http.client
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zipfile

try:
    import jsonschema
except ImportError:  # answers are not compared with their description, then
    jsonschema = None

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parent.parent
counts = {True: 0, False: 0}
DESCRIPTION = json.loads((ROOT / "data/web/openapi.json").read_text(encoding="utf-8"))


def described(method, path, status, kind):
    """The schema of an answer; None where the description has no such answer."""
    for pattern, methods in DESCRIPTION["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path) and method.lower() in methods:
            answers = methods[method.lower()]["responses"]
            answer = answers.get(str(status)) or (answers["default"] if status in (401, 403, 413, 429, 503) else None)
            if answer is None:
                return None
            return answer.get("content", {}).get(kind, {}).get("schema", True)
    return None

WORD = ('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Le texte de l ’accord est jiont à la '
        'présente lettre.</w:t></w:r></w:p><w:p><w:r><w:t>La lettre est ci -jointe.</w:t></w:r></w:p>'
        '</w:body></w:document>')
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
         'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/'
             'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
             'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')


def docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", TYPES)
        z.writestr("_rels/.rels", RELATIONS)
        z.writestr("word/document.xml", WORD)
    return out.getvalue()


def words_of(package):
    with zipfile.ZipFile(io.BytesIO(package)) as z:
        return z.read("word/document.xml").decode()


def expect(what, holds, seen=""):
    counts[bool(holds)] += 1
    if not holds:
        print(f"http_api: {what}: {str(seen)[:300]}")


class Server:
    def __init__(self, home, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", *options], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env=dict(os.environ, HOME=home, XDG_DATA_HOME=home + "/data", XDG_CONFIG_HOME=home + "/config",
                     XDG_CACHE_HOME=home + "/cache", LC_ALL="C.UTF-8"))
        line = ""
        while "http" not in line:
            line = self.process.stdout.readline()
            if not line:
                sys.exit("http_api: the server does not start: " + self.process.stderr.read())
        self.port = int(re.search(r":(\d+)", line.split("//", 1)[1]).group(1))

    def ask(self, method, path, body=None, headers=None):
        """(status, headers, bytes, JSON or None)"""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {"Content-Type": "application/octet-stream"}
        if isinstance(body, dict):
            body, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
        c.request(method, path, body, {**(kind if body is not None else {}), **(headers or {})})
        r = c.getresponse()
        data = r.read()
        found = None
        if (r.getheader("Content-Type") or "").startswith("application/json") and data:
            found = json.loads(data)
        c.close()
        self.compare(method, path.split("?")[0], r, found)
        return r.status, r.headers, data, found

    @staticmethod
    def compare(method, path, r, found):
        """Is the answer what the description says?"""
        if jsonschema is None or not path.startswith("/api/v1/") or r.status in (404, 405):
            return
        schema = described(method, path, r.status, (r.getheader("Content-Type") or "").split(";")[0])
        if schema is None:
            expect(f"{method} {path}: {r.status} is described", False)
        elif found is not None and schema is not True:
            whole = {"$schema": "https://json-schema.org/draft/2020-12/schema",
                     "components": DESCRIPTION["components"], **schema}
            wrong = next(jsonschema.Draft202012Validator(whole).iter_errors(found), None)
            expect(f"{method} {path}: the answer is as described", wrong is None, wrong)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        expect("stops when it is told", status == 0, self.process.stderr.read())


def units(text, at, to):
    return text.encode("utf-16-le")[2 * at:2 * to].decode("utf-16-le")


def texts(s):
    text = "Voici 😀 le texte de l ’accord, joint à la  présente.\n"
    status, _, _, d = s.ask("POST", "/api/v1/check", {"text": text})
    expect("check answers", status == 200, status)
    rules = [f["rule"] for f in d["findings"]]
    expect("check finds both faults", "spacing/apostrophe" in rules and "spacing/double" in rules, rules)
    for f in d["findings"]:
        expect("places in UTF-16", units(d["text"], f["at"], f["to"]) == f["text"], f)
        expect("places in bytes", d["text"].encode()[f["start"]:f["end"]].decode() == f["text"], f)
    expect("the text is the file", d["text"] == text, d["text"])
    expect("not kept", "id" not in d, d.get("id"))
    status, _, _, d = s.ask("POST", "/api/v1/fix", {"text": text})
    expect("fix", d["text"] == "Voici 😀 le texte de l’accord, joint à la présente.\n", d)
    status, _, _, d = s.ask("POST", "/api/v1/check?ui=fr", {"text": "Le texte de l ’accord.", "language": "fr"})
    expect("messages in French", "apostrophe" in d["findings"][0]["message"] and "espace" in d["findings"][0]["message"],
           d["findings"])
    status, _, _, d = s.ask("POST", "/api/v1/check", {"text": "The report has 12 pages.\n\nIt was issued in 2018.\n",
                                                      "language": "en"})
    expect("English", d["language"] == "en", d["language"])
    for body in (b"", b"[]", b"{", b'{"text": 3}', b'{"text": "a", "text": "b"}'):
        status, _, _, d = s.ask("POST", "/api/v1/check", body)
        expect(f"refuses {body!r}", status == 400 and d["error"]["message"], (status, d))
    status, _, _, d = s.ask("POST", "/api/v1/check", {"text": "Rien.", "profile": "no-such"})
    expect("no such profile", status == 400, (status, d))


def documents(s):
    status, _, _, d = s.ask("POST", "/api/v1/documents?name=lettre.docx&language=fr", docx())
    expect("upload", status == 201 and re.fullmatch("[0-9a-f]{32}", d["id"]), (status, d))
    expect("format", d["format"] == "docx" and d["package"], d["format"])
    rules = {f["rule"]: f for f in d["findings"]}
    expect("findings", {"spacing/apostrophe", "spacing/hyphen", "spelling/unknown"} <= set(rules), list(rules))
    for f in d["findings"]:
        expect("places of a package", units(d["text"], f["at"], f["to"]) == f["text"], f)
        expect("location", "1" in f["location"] or "2" in f["location"], f)
    for p in d["paragraphs"]:
        expect("paragraphs", 0 <= p["at"] <= p["to"] <= len(d["text"]), p)
    at = "/api/v1/documents/" + d["id"]
    status, headers, data, _ = s.ask("POST", at + "/fixed?as=plain")
    fixed = words_of(data)
    expect("all safe corrections", "l’accord" in fixed and "ci-jointe" in fixed and "jiont" in fixed, fixed)
    expect("a name", "lettre-fixed.docx" in headers["Content-Disposition"], headers["Content-Disposition"])
    unknown = rules["spelling/unknown"]
    wanted = unknown["suggestions"].index("joint")
    status, _, data, _ = s.ask("POST", at + "/fixed?as=plain",
                               {"accept": [{"finding": unknown["n"], "suggestion": wanted}]})
    fixed = words_of(data)
    expect("what was accepted and nothing else", "est joint à" in fixed and "l ’accord" in fixed, fixed)
    status, _, data, _ = s.ask("POST", at + "/fixed")
    expect("tracked with comments by default", "<w:del " in words_of(data) and
           "word/comments.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist(), words_of(data)[:400])
    status, _, data, _ = s.ask("POST", at + "/fixed?as=comments", {"accept": []})
    expect("comments alone", "<w:del " not in words_of(data) and "commentRangeStart" in words_of(data), "")
    for accept in ([{"finding": 99, "suggestion": 0}], [{"finding": 0, "suggestion": 99}], [{"finding": -1}]):
        status, _, _, e = s.ask("POST", at + "/fixed", {"accept": accept})
        expect(f"refuses {accept}", status == 422, status)
    status, _, data, again = s.ask("GET", at)
    expect("asked again the same", again == d, again)
    expect("forgets", s.ask("DELETE", at)[0] == 204 and s.ask("GET", at)[0] == 404 and
           s.ask("DELETE", at)[0] == 404)
    status, _, _, e = s.ask("POST", "/api/v1/documents?name=../../etc/x.docx", docx()[:200])
    expect("a truncated file is no document", status in (415, 422) and "x.docx" in e["error"]["message"] and
           "etc" not in e["error"]["message"], (status, e))
    status, _, _, e = s.ask("POST", "/api/v1/documents?name=x.txt", b"\xff\xfe\x00\xd8")
    expect("bytes that are no text", status in (201, 415, 422), (status, e))
    for path in ("/api/v1/documents/../../etc/passwd", "/api/v1/documents/" + "0" * 32, "/api/v1/documents/",
                 "/api/v1/documents/" + "0" * 500):
        expect(f"nothing at {path[:40]}", s.ask("GET", path)[0] == 404)


def comparison(s):
    en = "The Committee considered 12 reports.\n\nIt adopted three resolutions in 2018.\n"
    fr = "Le Comité a examiné 13 rapports.\n\nIl a adopté trois résolutions en 2018.\n"
    status, _, _, source = s.ask("POST", "/api/v1/documents?name=a.en.txt", en.encode())
    status, _, _, d = s.ask("POST", f"/api/v1/documents?name=a.fr.txt&source={source['id']}", fr.encode())
    expect("comparison", status == 201, (status, d))
    number = [f for f in d["findings"] if f["rule"] == "bilingual/number"]
    expect("a number that differs", len(number) == 1 and number[0]["source"]["passage"].startswith("The Committee"),
           d["findings"])
    expect("pairs", len(d["pairs"]) == 2 and d["pairs"][0]["findings"] == [number[0]["n"]], d["pairs"])
    first = d["pairs"][0]
    expect("places of pairs", units(d["text"], first["at"], first["to"]) == first["target"], first)
    status, _, _, e = s.ask("POST", "/api/v1/check", {"text": fr, "source": en})
    expect("the same of texts", [f["rule"] for f in e["findings"]] == [f["rule"] for f in d["findings"]], e)
    body = {"source": source["id"], "target": d["id"], "format": "tmx"}
    status, headers, data, _ = s.ask("POST", "/api/v1/align", body)
    expect("alignment", status == 200 and b"<tu" in data and "alignment.tmx" in headers["Content-Disposition"], data[:200])
    status, _, _, pairs = s.ask("POST", "/api/v1/align", {**body, "format": "json"})
    expect("alignment as JSON", pairs["pairs"][0]["source"] == first["source"], pairs)
    expect("no such format", s.ask("POST", "/api/v1/align", {**body, "format": "exe"})[0] == 400)
    s.ask("DELETE", "/api/v1/documents/" + source["id"])
    status, _, _, e = s.ask("GET", "/api/v1/documents/" + d["id"])
    expect("the source is gone", status == 404, (status, e))


def rules(s):
    status, _, _, all_rules = s.ask("GET", "/api/v1/rules")
    listed = subprocess.run([PROGRAM, "rules", "--format", "json"], capture_output=True, text=True)
    expect("all rules", len(all_rules) > 100 and {"spacing/apostrophe", "bilingual/number"} <=
           {r["id"] for r in all_rules}, len(all_rules))
    status, _, _, r = s.ask("GET", "/api/v1/rules/spacing/apostrophe?ui=fr")
    expect("a rule", r["severity"] == "error" and r["fix"] == "safe" and r["examples"][0]["right"], r)
    status, _, _, e = s.ask("GET", "/api/v1/rules/spacing/apostroph")
    expect("did you mean", status == 404 and "spacing/apostrophe" in e["error"]["message"], e)


def terms(s):
    status, _, _, d = s.ask("GET", "/api/v1/terms?q=unama&limit=5")
    expect("search", d["hits"] and d["hits"][0]["score"] == 100, d)
    status, headers, _, c = s.ask("GET", "/api/v1/terms/" + urllib.parse.quote(d["hits"][0]["concept"]))
    expect("a concept", any(f["value"] == "MANUA" for f in c["facts"]), c)
    status, headers, _, c = s.ask("POST", "/api/v1/terms", {"cells": {
        "fr": "Comité des essais du serveur", "en": "Server Test Committee", "source": "tests"}})
    expect("added", status == 201, (status, c))
    at, tag = "/api/v1/terms/" + urllib.parse.quote(c["concept"]), headers["ETag"]
    status, _, _, d = s.ask("GET", "/api/v1/terms?q=server+test+committee")
    expect("found at once", d["hits"][0]["concept"] == c["concept"], d)
    expect("without If-Match nothing", s.ask("PUT", at, {"cells": {"fr": "Comité d’essai"}})[0] == 428)
    status, headers, _, changed = s.ask("PUT", at, {"cells": {"fr": "Comité d’essai du serveur"}}, {"If-Match": tag})
    expect("changed", status == 200 and headers["ETag"] != tag, (status, changed))
    status, _, _, e = s.ask("PUT", at, {"cells": {"fr": "Autre comité"}}, {"If-Match": tag})
    expect("somebody else was first", status == 412, (status, e))
    expect("history", len(changed["history"]) >= 2, changed["history"])
    # A thread each: one of them wins, and nothing is lost.
    answers = []
    tag = headers["ETag"]
    writers = [threading.Thread(target=lambda n=n: answers.append(s.ask(
        "PUT", at, {"cells": {"fr": f"Comité numéro {n}"}}, {"If-Match": tag})[0])) for n in range(8)]
    [w.start() for w in writers]
    [w.join() for w in writers]
    expect("one of eight wins", sorted(answers) == [200] + 7 * [412], answers)
    status, headers, _, _ = s.ask("GET", at)
    expect("removed", s.ask("DELETE", at, None, {"If-Match": headers["ETag"]})[0] == 204)
    expect("gone", s.ask("GET", at)[0] == 404)
    status, headers, data, _ = s.ask("GET", "/api/v1/terms/export?format=tbx")
    expect("export", status == 200 and data.lstrip().startswith(b"<?xml") and b"UNAMA" in data, data[:100])
    table = "fr\ten\tsource\nGroupe de la réception\tReception Group\ttests\n".encode()
    status, _, _, d = s.ask("POST", "/api/v1/terms/import?name=x.tsv", table)
    expect("import", status == 200 and d["added"] == 1, (status, d))
    status, _, _, e = s.ask("POST", "/api/v1/terms/import?name=x.tbx", b"<tbx><text><body></text>")
    expect("a broken file", status == 422 and "paraph-" not in e["error"]["message"], (status, e))
    status, _, _, d = s.ask("POST", "/api/v1/check", {"text": "Le Groupe de la réception a siégé.\n", "language": "fr"})
    expect("checks know it", status == 200, d)


def memory(s):
    status, _, _, d = s.ask("GET", "/api/v1/status")
    expect("no memory yet", d["memory"] is False and d["write"] is True, d)
    expect("none to ask", s.ask("POST", "/api/v1/memory/match", {"text": "x"})[0] == 404)
    unit = {"source": "The Committee considered 12 reports in 2018.",
            "target": "Le Comité a examiné 12 rapports en 2018.",
            "source_language": "en", "target_language": "fr", "document": "A/1"}
    status, _, _, d = s.ask("POST", "/api/v1/memory/units", unit)
    expect("added", status == 201 and d["added"], (status, d))
    expect("twice the same", s.ask("POST", "/api/v1/memory/units", unit)[0] == 200)
    expect("without a target", s.ask("POST", "/api/v1/memory/units", {**unit, "target": ""})[0] == 422)
    tmx = ('<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" '
           'o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>' + "".join(
               f'<tu><tuv xml:lang="en"><seg>Sentence {n} of the memory is long enough.</seg></tuv>'
               f'<tuv xml:lang="fr"><seg>La phrase {n} de la mémoire est assez longue.</seg></tuv></tu>'
               for n in range(5000)) + "</body></tmx>").encode()
    status, headers, data, _ = s.ask("POST", "/api/v1/memory/import?name=x.tmx", tmx, {"Accept": "text/event-stream"})
    events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", data.decode())
    expect("events", headers["Content-Type"].startswith("text/event-stream") and events and
           events[-1][0] == "done" and any(e[0] == "progress" for e in events), data[:300])
    expect("counts", events and json.loads(events[-1][1])["added"] + json.loads(events[-1][1])["same"] == 5000,
           events[-1:])
    status, _, _, d = s.ask("POST", "/api/v1/memory/match", {
        "text": "The Committee considered 14 reports in 2019.", "source": "en", "target": "fr"})
    best = d["matches"][0]
    expect("numbers are carried over", best["score"] == 100 and
           best["proposed"] == "Le Comité a examiné 14 rapports en 2019.", best)
    expect("differences", {c["change"] for c in best["difference"]} >= {"none", "form"}, best["difference"])
    status, _, _, d = s.ask("GET", "/api/v1/memory/concordance?q=committee+report")
    expect("concordance", d["total"] == 1 and [units(d["units"][0]["source"], m["at"], m["to"])
           for m in d["units"][0]["marks"]] == ["Committee", "reports"], d)
    status, _, data, _ = s.ask("GET", "/api/v1/memory/export?format=tsv")
    expect("export", "Le Comité a examiné".encode() in data, data[:100])
    status, _, _, d = s.ask("GET", "/api/v1/status")
    expect("a memory now", d["memory"] is True, d)


def description(s):
    status, _, data, d = s.ask("GET", "/api/v1/openapi.json")
    expect("the description is served", d == DESCRIPTION, status)
    for path, methods in d["paths"].items():
        for method in methods:
            if method == "parameters":
                continue
            asked = path.replace("{id}", "0" * 32).replace("{family}", "x").replace("{name}", "y")
            status, _, _, _ = s.ask(method.upper(), asked)
            expect(f"{method} {path} is there", status != 405 and (status != 404 or "{" in path or
                                                                    path.startswith("/api/v1/memory")), status)


def tokens(home):
    """Scopes; and the name of a token stands in the history of what it changed."""
    path = home + "/tokens"
    made = {}
    for scopes, name in (("check", "reader"), ("read", "looker"), ("read,write", "Ann Writer")):
        made[scopes] = subprocess.run([PROGRAM, "serve", "--tokens", path, "--new-token", scopes, name],
                                      capture_output=True, text=True, check=True).stdout.strip()
    s = Server(home, "--tokens", path)

    def ask(scopes, *request):
        headers = {"Authorization": "Bearer " + made[scopes]} if scopes else {}
        return s.ask(*request, *([None] if len(request) == 2 else []), headers)
    try:
        text, cells = {"text": "Le texte."}, {"cells": {"fr": "Comité des jetons", "en": "Token Committee"}}
        expect("nobody may check", ask(None, "POST", "/api/v1/check", text)[0] == 401)
        expect("a wrong token", s.ask("POST", "/api/v1/check", text, {"Authorization": "Bearer pt_0"})[0] == 401)
        expect("check may check", ask("check", "POST", "/api/v1/check", text)[0] == 200)
        expect("check may not read", ask("check", "GET", "/api/v1/terms?q=x")[0] == 403)
        expect("read may read", ask("read", "GET", "/api/v1/terms?q=unama")[0] == 200)
        expect("read may not write", ask("read", "POST", "/api/v1/terms", cells)[0] == 403)
        status, _, _, d = ask("read,write", "POST", "/api/v1/terms", cells)
        expect("write may write, under its name", status == 201 and d["history"][0]["who"] == "Ann Writer",
               (status, d))
        status, _, _, d = s.ask("GET", "/api/v1/status")
        expect("nobody may write", status == 200 and d["write"] is False and d["termbase"]["writable"] is False, d)
        for origin in ("https://example.org", "null"):
            status = s.ask("POST", "/api/v1/check", text, {"Origin": origin})[0]
            expect("pages of other sites may not ask", status == 403, (origin, status))
    finally:
        s.stop()


def hostile(s):
    """Documents that do harm to a reader; the server goes on."""
    def package(entries):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            for name, content in entries.items():
                z.writestr(name, content)
        return out.getvalue()
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": WORD}
    bomb = '<!DOCTYPE d [<!ENTITY a "' + "a" * 1000 + '">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(8)) + "]>"
    bad = {
        "zeros": package({**parts, "word/document.xml": b"\0" * (300 << 20)}),
        "entities": package({**parts, "word/document.xml": WORD.replace("?>", "?>" + bomb, 1).replace("lettre", "&i;")}),
        "depth": package({**parts, "word/document.xml": WORD.replace("<w:p>", "<w:p>" * 100000, 1)}),
        "nothing inside": package({"a": "b"}),
        "noise": os.urandom(50000),
    }
    for name, data in bad.items():
        status, _, _, d = s.ask("POST", f"/api/v1/documents?name={urllib.parse.quote(name)}.docx", data)
        expect(f"{name}: an error that says so", status in (413, 415, 422) and d["error"]["message"], (status, d))
    status, _, _, d = s.ask("POST", "/api/v1/documents?name=a.docx", b"x" * (65 << 20))
    expect("too large", status == 413, status)
    at = time.monotonic()
    threads = [threading.Thread(target=s.ask, args=("POST", "/api/v1/check", {"text": "Le texte de l ’accord.\n" * 200}))
               for _ in range(40)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    status, _, _, d = s.ask("GET", "/api/v1/status")
    expect("it goes on", status == 200 and time.monotonic() - at < 60, time.monotonic() - at)


def main():
    with tempfile.TemporaryDirectory() as home:
        s = Server(home)
        try:
            texts(s)
            documents(s)
            comparison(s)
            rules(s)
            memory(s)
            terms(s)
            hostile(s)
            description(s)
        finally:
            s.stop()
        tokens(home)
    print(f"http_api: {counts[True]} passed, {counts[False]} failed")
    return counts[False] != 0


if __name__ == "__main__":
    sys.exit(main())
