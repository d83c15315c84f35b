#!/usr/bin/env python3
"""The interface /api/v1 of `paraph serve`, asked as a program asks it.

usage: tests/http_api.py build/paraph

Prints a line a case and, last, "http_api: N passed, N failed, N skipped"."""
import io
import json
import os
import pathlib
import re
import socket
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
import urllib.parse
import zipfile

try:
    import jsonschema
except ImportError:  # answers are not compared with their description, then
    jsonschema = None

from http_client import PROGRAM, Server, end, judge, until

ROOT = pathlib.Path(__file__).resolve().parent.parent
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


printing = threading.Lock()


class Api(Server):
    def api(self, method, path, body=None, headers=None):
        """(status, headers, bytes, JSON or None)"""
        kind = {} if body is None else {"Content-Type": "application/octet-stream"}
        if isinstance(body, dict):
            body, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
        status, data, told = self.ask(method, path, body, {**kind, **(headers or {})}, timeout=60)
        kind = (told.get("Content-Type") or "").split(";")[0]
        found = json.loads(data) if kind == "application/json" and data else None
        with printing:
            compare(method, path.split("?")[0], status, kind, found)
        return status, told, data, found


def compare(method, path, status, kind, found):
    """Is the answer what the description says?"""
    if jsonschema is None or not path.startswith("/api/v1/") or status in (404, 405):
        return
    schema = described(method, path, status, kind)
    if schema is None:
        judge(f"{method} {path}: {status} is described", False)
    elif found is not None and schema is not True:
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "components": DESCRIPTION["components"], **schema}
        wrong = next(jsonschema.Draft202012Validator(whole).iter_errors(found), None)
        judge(f"{method} {path}: the answer is as described", wrong is None, wrong)


def units(text, at, to):
    return text.encode("utf-16-le")[2 * at:2 * to].decode("utf-16-le")


def texts(s):
    text = "Voici 😀 le texte de l ’accord, joint à la  présente.\n"
    status, _, _, d = s.api("POST", "/api/v1/check", {"text": text})
    judge("check answers", status == 200, status)
    rules = [f["rule"] for f in d["findings"]]
    judge("check finds both faults", "spacing/apostrophe" in rules and "spacing/double" in rules, rules)
    for f in d["findings"]:
        judge("places in UTF-16", units(d["text"], f["at"], f["to"]) == f["text"], f)
        judge("places in bytes", d["text"].encode()[f["start"]:f["end"]].decode() == f["text"], f)
    judge("the text is the file", d["text"] == text, d["text"])
    judge("not kept", "id" not in d, d.get("id"))
    status, _, _, d = s.api("POST", "/api/v1/fix", {"text": text})
    judge("fix", d["text"] == "Voici 😀 le texte de l’accord, joint à la présente.\n", d)
    status, _, _, d = s.api("POST", "/api/v1/check?ui=fr", {"text": "Le texte de l ’accord.", "language": "fr"})
    judge("messages in French", "apostrophe" in d["findings"][0]["message"] and "espace" in d["findings"][0]["message"],
           d["findings"])
    status, _, _, d = s.api("POST", "/api/v1/check", {"text": "The report has 12 pages.\n\nIt was issued in 2018.\n",
                                                      "language": "en"})
    judge("English", d["language"] == "en", d["language"])
    for body in (b"", b"[]", b"{", b'{"text": 3}', b'{"text": "a", "text": "b"}'):
        status, _, _, d = s.api("POST", "/api/v1/check", body)
        judge(f"refuses {body!r}", status == 400 and d["error"]["message"], (status, d))
    status, _, _, d = s.api("POST", "/api/v1/check", {"text": "Rien.", "profile": "no-such"})
    judge("no such profile", status == 400, (status, d))


def documents(s):
    status, _, _, d = s.api("POST", "/api/v1/documents?name=lettre.docx&language=fr", docx())
    judge("upload", status == 201 and re.fullmatch("[0-9a-f]{32}", d["id"]), (status, d))
    judge("format", d["format"] == "docx" and d["package"], d["format"])
    rules = {f["rule"]: f for f in d["findings"]}
    judge("findings", {"spacing/apostrophe", "spacing/hyphen", "spelling/unknown"} <= set(rules), list(rules))
    for f in d["findings"]:
        judge("places of a package", units(d["text"], f["at"], f["to"]) == f["text"], f)
        judge("location", "1" in f["location"] or "2" in f["location"], f)
    for p in d["paragraphs"]:
        judge("paragraphs", 0 <= p["at"] <= p["to"] <= len(d["text"]), p)
    at = "/api/v1/documents/" + d["id"]
    status, headers, data, _ = s.api("POST", at + "/fixed?as=plain")
    fixed = words_of(data)
    judge("all safe corrections", "l’accord" in fixed and "ci-jointe" in fixed and "jiont" in fixed, fixed)
    judge("a name", "lettre-fixed.docx" in headers["Content-Disposition"], headers["Content-Disposition"])
    unknown = rules["spelling/unknown"]
    wanted = unknown["suggestions"].index("joint")
    status, _, data, _ = s.api("POST", at + "/fixed?as=plain",
                               {"accept": [{"finding": unknown["n"], "suggestion": wanted}]})
    fixed = words_of(data)
    judge("what was accepted and nothing else", "est joint à" in fixed and "l ’accord" in fixed, fixed)
    status, _, data, _ = s.api("POST", at + "/fixed")
    judge("tracked with comments by default", "<w:del " in words_of(data) and
           "word/comments.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist(), words_of(data)[:400])
    status, _, data, _ = s.api("POST", at + "/fixed?as=comments", {"accept": []})
    judge("comments alone", "<w:del " not in words_of(data) and "commentRangeStart" in words_of(data), "")
    for accept in ([{"finding": 99, "suggestion": 0}], [{"finding": 0, "suggestion": 99}], [{"finding": -1}]):
        status, _, _, e = s.api("POST", at + "/fixed", {"accept": accept})
        judge(f"refuses {accept}", status == 422, status)
    status, _, data, again = s.api("GET", at)
    judge("asked again the same", again == d, again)
    judge("forgets", s.api("DELETE", at)[0] == 204 and s.api("GET", at)[0] == 404 and
           s.api("DELETE", at)[0] == 404)
    status, _, _, e = s.api("POST", "/api/v1/documents?name=../../etc/x.docx", docx()[:200])
    judge("a truncated file is no document", status in (415, 422) and "x.docx" in e["error"]["message"] and
           "etc" not in e["error"]["message"], (status, e))
    status, _, _, e = s.api("POST", "/api/v1/documents?name=x.txt", b"\xff\xfe\x00\xd8")
    judge("bytes that are no text", status in (201, 415, 422), (status, e))
    status, _, _, e = s.api("POST", "/api/v1/documents?name=%FFx.txt", b"Un texte.")
    judge("a name that is no text", status == 201 and e["name"] == "_x.txt", (status, e))
    for path in ("/api/v1/documents/../../etc/passwd", "/api/v1/documents/" + "0" * 32, "/api/v1/documents/",
                 "/api/v1/documents/" + "0" * 500):
        judge(f"nothing at {path[:40]}", s.api("GET", path)[0] == 404)


def comparison(s):
    en = "The Committee considered 12 reports.\n\nIt adopted three resolutions in 2018.\n"
    fr = "Le Comité a examiné 13 rapports.\n\nIl a adopté trois résolutions en 2018.\n"
    status, _, _, source = s.api("POST", "/api/v1/documents?name=a.en.txt", en.encode())
    status, _, _, d = s.api("POST", f"/api/v1/documents?name=a.fr.txt&source={source['id']}", fr.encode())
    judge("comparison", status == 201, (status, d))
    number = [f for f in d["findings"] if f["rule"] == "bilingual/number"]
    judge("a number that differs", len(number) == 1 and number[0]["source"]["passage"].startswith("The Committee"),
           d["findings"])
    judge("pairs", len(d["pairs"]) == 2 and d["pairs"][0]["findings"] == [number[0]["n"]], d["pairs"])
    first = d["pairs"][0]
    judge("places of pairs", units(d["text"], first["at"], first["to"]) == first["target"], first)
    status, _, _, e = s.api("POST", "/api/v1/check", {"text": fr, "source": en})
    judge("the same of texts", [f["rule"] for f in e["findings"]] == [f["rule"] for f in d["findings"]], e)
    body = {"source": source["id"], "target": d["id"], "format": "tmx"}
    status, headers, data, _ = s.api("POST", "/api/v1/align", body)
    judge("alignment", status == 200 and b"<tu" in data and "alignment.tmx" in headers["Content-Disposition"], data[:200])
    status, _, _, pairs = s.api("POST", "/api/v1/align", {**body, "format": "json"})
    judge("alignment as JSON", pairs["pairs"][0]["source"] == first["source"], pairs)
    judge("no such format", s.api("POST", "/api/v1/align", {**body, "format": "exe"})[0] == 400)
    s.api("DELETE", "/api/v1/documents/" + source["id"])
    status, _, _, e = s.api("GET", "/api/v1/documents/" + d["id"])
    judge("the source is gone", status == 404, (status, e))


def rules(s):
    status, _, _, all_rules = s.api("GET", "/api/v1/rules")
    listed = subprocess.run([PROGRAM, "rules", "--format", "json"], capture_output=True, text=True)
    judge("all rules", len(all_rules) > 100 and {"spacing/apostrophe", "bilingual/number"} <=
           {r["id"] for r in all_rules}, len(all_rules))
    status, _, _, r = s.api("GET", "/api/v1/rules/spacing/apostrophe?ui=fr")
    judge("a rule", r["severity"] == "error" and r["fix"] == "safe" and r["examples"][0]["right"], r)
    status, _, _, e = s.api("GET", "/api/v1/rules/spacing/apostroph")
    judge("did you mean", status == 404 and "spacing/apostrophe" in e["error"]["message"], e)
    status, _, _, all_profiles = s.api("GET", "/api/v1/profiles?ui=fr")
    there = {p.stem for p in (ROOT / "data/profiles").glob("*.yaml")}
    judge("all profiles", [p["name"] for p in all_profiles] == sorted(there), all_profiles)
    press = next(p for p in all_profiles if p["name"] == "un-fr-press")
    judge("a profile", press["language"] == "fr" and press["summary"].startswith("communiqués"), press)
    judge("a modifier", "language" not in next(p for p in all_profiles if p["name"] == "extracted-text"), all_profiles)
    for p in all_profiles:
        status, _, _, d = s.api("POST", "/api/v1/check", {"text": "Le texte.", "profile": p["name"]})
        judge("it can be asked for", status == 200, (p["name"], status, d))


def terms(s):
    status, _, _, d = s.api("GET", "/api/v1/terms?q=unama&limit=5")
    judge("search", d["hits"] and d["hits"][0]["score"] == 100, d)
    status, headers, _, c = s.api("GET", "/api/v1/terms/" + urllib.parse.quote(d["hits"][0]["concept"]))
    judge("a concept", any(f["value"] == "MANUA" for f in c["facts"]), c)
    status, headers, _, c = s.api("POST", "/api/v1/terms", {"cells": {
        "fr": "Comité des essais du serveur", "en": "Server Test Committee", "source": "tests"}})
    judge("added", status == 201, (status, c))
    at, tag = "/api/v1/terms/" + urllib.parse.quote(c["concept"]), headers["ETag"]
    status, _, _, d = s.api("GET", "/api/v1/terms?q=server+test+committee")
    judge("found at once", d["hits"][0]["concept"] == c["concept"], d)
    judge("without If-Match nothing", s.api("PUT", at, {"cells": {"fr": "Comité d’essai"}})[0] == 428)
    status, headers, _, changed = s.api("PUT", at, {"cells": {"fr": "Comité d’essai du serveur"}}, {"If-Match": tag})
    judge("changed", status == 200 and headers["ETag"] != tag, (status, changed))
    status, _, _, e = s.api("PUT", at, {"cells": {"fr": "Autre comité"}}, {"If-Match": tag})
    judge("somebody else was first", status == 412, (status, e))
    judge("history", len(changed["history"]) >= 2, changed["history"])
    # A thread each: one of them wins, and nothing is lost.
    answers = []
    tag = headers["ETag"]
    writers = [threading.Thread(target=lambda n=n: answers.append(s.api(
        "PUT", at, {"cells": {"fr": f"Comité numéro {n}"}}, {"If-Match": tag})[0])) for n in range(8)]
    [w.start() for w in writers]
    [w.join() for w in writers]
    judge("one of eight wins", sorted(answers) == [200] + 7 * [412], answers)
    status, headers, _, _ = s.api("GET", at)
    judge("removed", s.api("DELETE", at, None, {"If-Match": headers["ETag"]})[0] == 204)
    judge("gone", s.api("GET", at)[0] == 404)
    status, headers, data, _ = s.api("GET", "/api/v1/terms/export?format=tbx")
    judge("export", status == 200 and data.lstrip().startswith(b"<?xml") and b"UNAMA" in data, data[:100])
    table = "fr\ten\tsource\nGroupe de la réception\tReception Group\ttests\n".encode()
    status, _, _, d = s.api("POST", "/api/v1/terms/import?name=x.tsv", table)
    judge("import", status == 200 and d["added"] == 1, (status, d))
    status, _, _, e = s.api("POST", "/api/v1/terms/import?name=x.tbx", b"<tbx><text><body></text>")
    judge("a broken file", status == 422 and "paraph-" not in e["error"]["message"], (status, e))
    status, _, _, d = s.api("POST", "/api/v1/check", {"text": "Le Groupe de la réception a siégé.\n", "language": "fr"})
    judge("checks know it", status == 200, d)


def raced(s):
    """Another program changes a concept while the server is about to, having looked at it."""
    status, headers, _, c = s.api("POST", "/api/v1/terms", {"cells": {"fr": "Comité disputé", "note": "one"}})
    at = "/api/v1/terms/" + urllib.parse.quote(c["concept"])
    for method, body in (("PUT", {"cells": {"note": "of the server"}}), ("DELETE", None)):
        _, headers, _, _ = s.api("GET", at)
        other = sqlite3.connect(s.home + "/data/paraph/termbase.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # the server waits behind it
        answers = []
        ask = threading.Thread(target=lambda: answers.append(s.api(method, at, body, {"If-Match": headers["ETag"]})))
        ask.start()
        time.sleep(0.7)
        new = "of another, " + method
        judge(f"{method}: it waits", not answers, answers)
        changed = other.execute("UPDATE item SET value = ? WHERE element = 'note' AND concept = (SELECT id FROM concept "
                                "WHERE name = ?)", (new, c["concept"])).rowcount
        other.execute("COMMIT")
        other.close()
        ask.join()
        _, _, _, now = s.api("GET", at)
        judge(f"{method}: what another program wrote meanwhile stays", changed == 1 and answers[0][0] == 412 and
              any(f["value"] == new for f in now.get("facts", [])), (changed, answers[0][0], now))
    _, headers, _, _ = s.api("GET", at)
    judge("when it was read again it is changed", s.api("PUT", at, {"cells": {"note": "two"}},
                                                        {"If-Match": headers["ETag"]})[0] == 200)
    _, headers, _, _ = s.api("GET", at)
    judge("and removed", s.api("DELETE", at, None, {"If-Match": headers["ETag"]})[0] == 204)


def raced_glossary():
    """The same where terms go into a file that somebody edits beside the server."""
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/terms.tsv"
        with open(path, "w", encoding="utf-8") as f:
            f.write("concept\ten\tfr\tnote\nx1\tFirst Office\tBureau premier\tone\n")
        with Api("--no-config", "--termbase", path) as s:
            status, headers, _, _ = s.api("GET", "/api/v1/terms/x1")
            with open(path, "w", encoding="utf-8") as f:
                f.write("concept\ten\tfr\tnote\nx1\tFirst Office\tBureau premier\tof another\n")
            put = ("PUT", "/api/v1/terms/x1", {"cells": {"note": "of the server"}})
            answer = s.api(*put, {"If-Match": headers["ETag"]})[0]
            with open(path, encoding="utf-8") as f:
                text = f.read()
            judge("a glossary that was changed beside the server", status == 200 and answer == 412 and
                  "of another" in text, (status, answer, text))
            _, headers, _, now = s.api("GET", "/api/v1/terms/x1")
            judge("is read anew", any(f["value"] == "of another" for f in now["facts"]) and
                  s.api(*put, {"If-Match": headers["ETag"]})[0] == 200, now)


def memory(s):
    status, _, _, d = s.api("GET", "/api/v1/status")
    judge("no memory yet", d["memory"] is False and d["write"] is True, d)
    judge("none to ask", s.api("POST", "/api/v1/memory/match", {"text": "x"})[0] == 404)
    unit = {"source": "The Committee considered 12 reports in 2018.",
            "target": "Le Comité a examiné 12 rapports en 2018.",
            "source_language": "en", "target_language": "fr", "document": "A/1"}
    status, _, _, d = s.api("POST", "/api/v1/memory/units", unit)
    judge("added", status == 201 and d["added"], (status, d))
    judge("twice the same", s.api("POST", "/api/v1/memory/units", unit)[0] == 200)
    judge("without a target", s.api("POST", "/api/v1/memory/units", {**unit, "target": ""})[0] == 422)
    tmx = ('<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" '
           'o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>' + "".join(
               f'<tu><tuv xml:lang="en"><seg>Sentence {n} of the memory is long enough.</seg></tuv>'
               f'<tuv xml:lang="fr"><seg>La phrase {n} de la mémoire est assez longue.</seg></tuv></tu>'
               for n in range(5000)) + "</body></tmx>").encode()
    status, headers, data, _ = s.api("POST", "/api/v1/memory/import?name=x.tmx", tmx, {"Accept": "text/event-stream"})
    events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", data.decode())
    judge("events", headers["Content-Type"].startswith("text/event-stream") and events and
           events[-1][0] == "done" and any(e[0] == "progress" for e in events), data[:300])
    judge("counts", events and json.loads(events[-1][1])["added"] + json.loads(events[-1][1])["same"] == 5000,
           events[-1:])
    status, _, _, d = s.api("POST", "/api/v1/memory/match", {
        "text": "The Committee considered 14 reports in 2019.", "source": "en", "target": "fr"})
    best = d["matches"][0]
    judge("numbers are carried over", best["score"] == 100 and
           best["proposed"] == "Le Comité a examiné 14 rapports en 2019.", best)
    judge("differences", {c["change"] for c in best["difference"]} >= {"none", "form"}, best["difference"])
    status, _, _, d = s.api("GET", "/api/v1/memory/concordance?q=committee+report")
    judge("concordance", d["total"] == 1 and [units(d["units"][0]["source"], m["at"], m["to"])
           for m in d["units"][0]["marks"]] == ["Committee", "reports"], d)
    status, _, data, _ = s.api("GET", "/api/v1/memory/export?format=tsv")
    judge("export", "Le Comité a examiné".encode() in data, data[:100])
    status, _, _, d = s.api("GET", "/api/v1/status")
    judge("a memory now", d["memory"] is True, d)


def description(s):
    status, _, data, d = s.api("GET", "/api/v1/openapi.json")
    judge("the description is served", d == DESCRIPTION, status)
    for path, methods in d["paths"].items():
        for method in methods:
            if method == "parameters":
                continue
            asked = path.replace("{id}", "0" * 32).replace("{family}", "x").replace("{name}", "y")
            status, _, _, _ = s.api(method.upper(), asked)
            judge(f"{method} {path} is there", status != 405 and (status != 404 or "{" in path or
                                                                    path.startswith("/api/v1/memory")), status)


def tokens(home):
    """Scopes; and the name of a token stands in the history of what it changed."""
    path = home + "/tokens"
    made = {}
    for scopes, name in (("check", "reader"), ("read", "looker"), ("read,write", "Ann Writer")):
        made[scopes] = subprocess.run([PROGRAM, "serve", "--tokens", path, "--new-token", scopes, name],
                                      capture_output=True, text=True, check=True).stdout.strip()
    with open(home + "/many", "w") as f:
        f.write("".join("%064x check %d\n" % (n, n) for n in range(10001)))
    run = subprocess.run([PROGRAM, "serve", "--tokens", home + "/many"], capture_output=True, text=True, timeout=300)
    judge("more tokens than there is room for", run.returncode == 2 and "10,000" in run.stderr, run)
    s = Api("--tokens", path, home=home)

    def ask(scopes, *request):
        headers = {"Authorization": "Bearer " + made[scopes]} if scopes else {}
        return s.api(*request, *([None] if len(request) == 2 else []), headers)
    try:
        text, cells = {"text": "Le texte."}, {"cells": {"fr": "Comité des jetons", "en": "Token Committee"}}
        judge("nobody may check", ask(None, "POST", "/api/v1/check", text)[0] == 401)
        judge("a wrong token", s.api("POST", "/api/v1/check", text, {"Authorization": "Bearer pt_0"})[0] == 401)
        judge("check may check", ask("check", "POST", "/api/v1/check", text)[0] == 200)
        judge("check may not read", ask("check", "GET", "/api/v1/terms?q=x")[0] == 403)
        judge("read may read", ask("read", "GET", "/api/v1/terms?q=unama")[0] == 200)
        judge("read may not write", ask("read", "POST", "/api/v1/terms", cells)[0] == 403)
        status, _, _, d = ask("read,write", "POST", "/api/v1/terms", cells)
        judge("write may write, under its name", status == 201 and d["history"][0]["who"] == "Ann Writer",
               (status, d))
        status, _, _, d = s.api("GET", "/api/v1/status")
        judge("nobody may write", status == 200 and d["write"] is False and d["termbase"]["writable"] is False, d)
        for origin in ("https://example.org", "null"):
            status = s.api("POST", "/api/v1/check", text, {"Origin": origin})[0]
            judge("pages of other sites may not ask", status == 403, (origin, status))
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
        status, _, _, d = s.api("POST", f"/api/v1/documents?name={urllib.parse.quote(name)}.docx", data)
        judge(f"{name}: an error that says so", status in (413, 415, 422) and d["error"]["message"], (status, d))
    status, _, _, d = s.api("POST", "/api/v1/documents?name=a.docx", b"x" * (65 << 20))
    judge("too large", status == 413, status)
    at = time.monotonic()
    threads = [threading.Thread(target=s.api, args=("POST", "/api/v1/check", {"text": "Le texte de l ’accord.\n" * 200}))
               for _ in range(40)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    status, _, _, d = s.api("GET", "/api/v1/status")
    judge("it goes on", status == 200 and time.monotonic() - at < 60, time.monotonic() - at)


def limits():
    """What there is room for."""
    with Api("--no-config", "--max-upload", "2000") as s:
        status, _, _, d = s.api("GET", "/api/v1/status")
        judge("the largest document is told", d["limits"]["upload"] == 2000, d)
        big = b"Le texte. " * 20000
        judge("a larger one is refused", s.api("POST", "/api/v1/documents?name=a.txt", big)[0] == 413)
        first = s.api("POST", "/api/v1/documents?name=0.txt", b"Le texte. " * 190)[3]["id"]
        for n in range(4):
            last = s.api("POST", f"/api/v1/documents?name={n}.txt", b"Le texte. " * 190)[3]["id"]
        judge("the oldest makes room", s.api("GET", "/api/v1/documents/" + first)[0] == 404 and
              s.api("GET", "/api/v1/documents/" + last)[0] == 200)
        # Many bodies that do not come to their end: eight times the largest document, together.
        head = (b"POST /api/v1/documents?name=a.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1990\r\n\r\n" +
                b"a" * 1900)
        waiting = []

        def wait():
            waiting.append(socket.create_connection(("127.0.0.1", s.port), timeout=60))
            waiting[-1].sendall(head)

        [wait() for _ in range(8)]
        ask = lambda: s.api("POST", "/api/v1/check", {"text": "Le texte. " * 100})[0]
        # One of them is refused where the question came before it: then there is one more.
        judge("too much at once", until(lambda: ask() == 503 or wait()))
        for c in waiting:
            c.close()
        judge("room again", until(lambda: ask() == 200))
    with Api("--no-config") as s:
        first = s.api("POST", "/api/v1/documents?name=0.txt", b"Un.")[3]["id"]
        for n in range(255):
            s.api("POST", "/api/v1/documents?name=1.txt", b"Un.")
        judge("256 are kept", s.api("GET", "/api/v1/documents/" + first)[0] == 200)
        s.api("POST", "/api/v1/documents?name=1.txt", b"Un.")
        judge("no more", s.api("GET", "/api/v1/documents/" + first)[0] == 404)
        cells = {"cells": {"fr": "Comité", "en": "Committee"}}
        status, _, _, d = s.api("GET", "/api/v1/status")
        judge("nothing to write to is told", d["termbase"]["writable"] is False, d)
        judge("and nothing is written", s.api("POST", "/api/v1/terms", cells)[0] == 403)
        status, _, _, d = s.api("POST", "/api/v1/terms/import?name=x.tsv", b"fr\ten\nComit\tComm\n")
        judge("nor imported", status == 403 and d["error"]["message"], (status, d))


def strangers():
    """Pages that were allowed; documents of somebody without a token."""
    with Api("--allow-origin", "https://page.example") as s:
        page = {"Origin": "https://page.example"}
        status, told, _, _ = s.api("GET", "/api/v1/status", None, page)
        judge("a page that is allowed reads versions and names", told["Access-Control-Allow-Origin"] == page["Origin"] and
              "ETag" in told["Access-Control-Expose-Headers"], dict(told))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PROGRAM, "serve", "--tokens", folder + "/t", "--new-token", "check", "x"], check=True,
                       stdout=subprocess.DEVNULL)
        with Api("--tokens", folder + "/t") as s:
            before = s.memory()
            status, _, _, _ = s.api("POST", "/api/v1/documents?name=a.txt", b"a" * (60 << 20))
            judge("a document of a stranger is not held", status == 401 and s.memory() - before < 20000,
                  (status, s.memory() - before))


def first_term():
    """Of somebody who has none yet, nor a folder for it."""
    with Api() as s:
        status, _, _, d = s.api("POST", "/api/v1/terms", {"cells": {"fr": "Bureau premier", "en": "First Office"}})
        judge("the first term", status == 201 and os.path.exists(s.home + "/data/paraph/termbase.db"), (status, d))


def broken_off(s):
    """An import that fails, or whose client goes."""
    status, told, data, _ = s.api("POST", "/api/v1/memory/import?name=x.tmx", b"<tmx><body>",
                                  {"Accept": "text/event-stream"})
    judge("a failure is an event", told["Content-Type"] == "text/event-stream" and b"event: failed\ndata: {" in data,
          (dict(told), data))
    table = "fr\ten\tsource\n" + "".join(f"Groupe {n}\tGroup {n}\ttests\n" for n in range(60000))
    c = socket.create_connection(("127.0.0.1", s.port), timeout=60)
    c.sendall(b"POST /api/v1/terms/import?name=x.tsv HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
              b"Content-Length: %d\r\n\r\n" % len(table.encode()) + table.encode())
    got = c.recv(1000)
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    c.close()
    judge("it had begun", b"200 OK" in got, got)
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:  # writers wait for one another
        status, _, _, d = s.api("POST", "/api/v1/terms", {"cells": {"fr": "Comité suivant", "en": "Next Committee"}})
        if status != 503:
            break
    judge("the next writer is not kept waiting for ever", status == 201, (status, d))
    hits = s.api("GET", "/api/v1/terms?q=group+59999")[3]["hits"]
    judge("all of it or nothing", not any(h["term"] == "Group 59999" for h in hits) or
          any(h["term"] == "Group 1" for h in s.api("GET", "/api/v1/terms?q=group+1")[3]["hits"]), hits)


def main():
    with tempfile.TemporaryDirectory() as home:
        with Api(home=home) as s:
            texts(s)
            documents(s)
            comparison(s)
            rules(s)
            memory(s)
            terms(s)
            raced(s)
            broken_off(s)
            hostile(s)
            description(s)
            judge("stops when it is told", s.stop() == 0, s.said())
        tokens(home)
    first_term()
    raced_glossary()
    limits()
    strangers()
    end("http_api")


if __name__ == "__main__":
    main()
