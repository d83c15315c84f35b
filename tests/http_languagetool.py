#!/usr/bin/env python3
"""LanguageTool's API as `paraph serve` answers it, with every oddity of its clients.

    tests/http_languagetool.py build/paraph

Prints a line a case and, last, "http_languagetool: N passed, N failed, N skipped"."""
import json
import os
import subprocess
import threading

from http_client import PROGRAM, Server, at, end, judge, units

FAULTS = "Le 😀 rapport de l ’Union est joint. Voir aussi l ’accord ci -joint."


def findings(text, *options):
    run = subprocess.run([PROGRAM, "check", "--no-config", "--format", "json", "--input-format", "txt",
                          "--lang", "fr", *options, "-"], input=text.encode(), capture_output=True)
    return json.loads(run.stdout)["documents"][0]["findings"]


def texts(answer, text):
    return [at(text, m) for m in answer["matches"]]


def checks(s):
    told = s.check(FAULTS)
    expected = [f["text"] for f in findings(FAULTS)]
    judge("what is found is what `paraph check` finds", texts(told, FAULTS) == expected and len(expected) == 3,
          (texts(told, FAULTS), expected))
    judge("apiVersion is the number 1", told["software"]["apiVersion"] == 1 and
          told["software"]["premium"] is False)
    needed = {"message", "shortMessage", "replacements", "offset", "length", "context", "sentence", "type",
              "rule", "ignoreForIncompleteSentence", "contextForSureMatch"}
    judge("every member is there", all(needed <= set(m) for m in told["matches"]))
    m = told["matches"][1]
    judge("rule and category", m["rule"]["id"] == "spacing/apostrophe" and
          m["rule"]["category"]["id"] == "TYPOGRAPHY" and m["rule"]["issueType"] == "whitespace", m["rule"])
    judge("the message ends with the correction", m["message"].endswith(': "l’accord"'), m["message"])
    judge("the first replacement", m["replacements"][0] == {"value": "l’accord"})
    c = m["context"]
    judge("the context shows the place", at(c["text"], c) == "l ’accord")
    judge("the sentence", m["sentence"] == "Voir aussi l ’accord ci -joint.", m["sentence"])
    same = s.check(FAULTS, language="auto")
    judge("language=auto", texts(same, FAULTS) == expected and
          same["language"]["detectedLanguage"]["code"] == "fr", same["language"])
    judge("an empty text", s.check("")["matches"] == [])
    long_text = (FAULTS + "\n\n") * 800
    many = s.check(long_text)
    judge("a long text, by the workers", len(many["matches"]) == 2400 and
          texts(many, long_text)[2399] == "ci -joint", len(many["matches"]))
    typo = s.check("Le zorglubage est arrivé.")["matches"]
    judge("a spelling rule that clients know", typo[0]["rule"]["id"] == "FR_SPELLING_RULE" and
          typo[0]["rule"]["category"]["id"] == "TYPOS" and typo[0]["type"]["typeName"] == "UnknownWord", typo)
    typo = s.check("The zorglubage has arrived.", language="en-GB")["matches"]
    judge("… and in English", typo[0]["rule"]["id"] == "HUNSPELL_RULE", typo)


def annotated(s):
    parts = [{"text": "Le 😀 "}, {"markup": "<b>"}, {"text": "rapport de l "}, {"markup": "</b>"},
             {"text": "’Union"}, {"markup": "<br/>😀", "interpretAs": "\n\n"},
             {"text": "Voir l ’accord."}]
    whole = "".join(p.get("text", p.get("markup")) for p in parts)
    told = s.check(data=json.dumps({"annotation": parts}))
    judge("places count markup", texts(told, whole) == ["l </b>’Union", "l ’accord"], texts(told, whole))
    judge("… in UTF-16 units", told["matches"][1]["offset"] == units(whole[:whole.index("l ’accord")]))
    # Findings of a translation are of all of it, and go back over what was looked at.
    source, text = "The %d members of 😀 Asia", "Les  membres 😀 de l ’Asie"
    told = s.check(data=json.dumps({"annotation": [{"text": c} for c in text]}), srctext=source)["matches"]
    plain = s.check(text, srctext=source)["matches"]
    judge("a text in single letters has the same places", told == plain and
          len({m["offset"] for m in plain}) > 1 and any(a["offset"] + a["length"] > b["offset"]
                                                        for a, b in zip(plain, plain[1:])), (told, plain))
    for name, data in (("is no JSON", "{"), ("has no annotation", "{}"),
                       ("has both", '{"annotation":[{"text":"a","markup":"b"}]}'),
                       ("has a number", '{"annotation":[{"text":1}]}'), ("is a list", "[]")):
        status, body, _ = s.post("/v2/check", language="fr", data=data)
        judge("data that " + name, status == 400 and body.startswith(b"Error: "), (status, body))


def parameters(s):
    status, data, _ = s.ask("POST", "/v2/check?language=fr&text=Le%20zorglubage.", "text=Bien.&language=en")
    judge("the query wins", at("Le zorglubage.", json.loads(data)["matches"][0]) == "zorglubage", data)
    status, data, _ = s.ask("GET", "/v2/check?language=fr&text=Le+zorglubage.")
    judge("GET", status == 200 and len(json.loads(data)["matches"]) == 1)
    status, data, _ = s.ask("POST", "/v2/check", "language=fr&text=Le%20zorglubage.",
                            {"Content-Type": "application/json"})
    judge("Content-Type says nothing", status == 200 and len(json.loads(data)["matches"]) == 1)
    told = s.check("Le zorglubage.", motherTongue="", level="picky", preferredVariants="en-GB", whatever="1",
                   enabledRules="", disabledRules="", username="", apiKey="", dicts="")
    judge("unknown and empty parameters", len(told["matches"]) == 1)
    told = s.check(FAULTS, disabledRules="spacing/apostrophe,NO_SUCH_RULE")
    judge("disabledRules", texts(told, FAULTS) == ["ci -joint"], texts(told, FAULTS))
    judge("… by LanguageTool's name", s.check("Le zorglubage.", disabledRules="FR_SPELLING_RULE")["matches"] == [])
    told = s.check(FAULTS, enabledRules="spacing/hyphen", enabledOnly="true")
    judge("enabledOnly", texts(told, FAULTS) == ["ci -joint"])
    told = s.check(FAULTS, disabledCategories="TYPOGRAPHY")
    judge("disabledCategories", told["matches"] == [])
    judge("enabledOnly of nothing", s.post("/v2/check", language="fr", text="a", enabledOnly="true")[0] == 400)
    rules = json.loads(s.ask("GET", "/v2/configinfo?language=fr")[1])["rules"]
    off = [r["ruleId"] for r in rules if r.get("isDefaultOff")]
    text = "Le Fonds finance trente-deux projets dans la région."
    expected = [f["rule"] for f in findings(text, *(o for r in off[:20] for o in ("--enable", r)))]
    told = s.check(text, enabledRules=",".join(off[:20]))
    judge("enabledRules turn on what is off by default", [m["rule"]["id"] for m in told["matches"]] == expected
          and len(expected) > len(findings(text)), (expected, off))
    told = s.check(FAULTS, ignoreRanges="0-25,60-90")
    judge("ignoreRanges", texts(told, FAULTS) == ["l ’accord"], texts(told, FAULTS))
    spaced = "Le Conseil est prêt\u00a0; merci\u00a0!"
    expected = [f["text"] for f in findings(spaced, "--profile", "fr-CA")]
    told = s.check(spaced, language="fr-CA")
    judge("fr-CA is a profile", texts(told, spaced) == expected and told["language"]["code"] == "fr-CA" and
          expected != texts(s.check(spaced, language="fr-FR"), spaced), (texts(told, spaced), expected))


def raw_bodies(s):
    def literal(body, **more):
        status, data, _ = s.ask("POST", "/v2/check", body.encode(), more)
        return status, json.loads(data) if status == 200 else data

    text = "Le 100% + 5%41 de l ’Union & l ’accord&language=en est là."
    status, told = literal("text=%s&language=fr-FR" % text)
    judge("LibreOffice's body is taken literally", status == 200 and
          texts(told, text)[-2:] == ["l ’Union", "l ’accord"], told)
    judge("… up to the last language", told["language"]["code"] == "fr-FR")
    status, told = literal("text=Le zorglubage 100%&language=fr-FR&username=a&apiKey=b")
    judge("… with what follows it", status == 200 and
          "zorglubage" in texts(told, "Le zorglubage 100%"), told)
    status, told = literal("text=zorglubage%&language=fr")
    judge("a lone percent sign", status == 200 and at("zorglubage%", told["matches"][0]) == "zorglubage", told)
    status, told = literal("text=Le+zorglubage+d%C3%A9j%C3%A0&language=fr")
    judge("an encoded body", at("Le zorglubage déjà", told["matches"][0]) == "zorglubage")
    status, data, _ = s.ask("POST", "/v2/check", b"text=\xff\xfe abc&language=fr")
    judge("a text that is not UTF-8", status == 400, data)
    status, data, _ = s.ask("POST", "/v2/check", b"text=a%00b&language=fr")
    judge("a zero in the text", status == 400, data)


def errors(s):
    for name, status, ask in (
            ("no text", 400, lambda: s.post("/v2/check", language="fr")),
            ("no language", 400, lambda: s.post("/v2/check", text="a")),
            ("a language nobody has", 400, lambda: s.post("/v2/check", text="a", language="xx")),
            ("text and data", 400, lambda: s.post("/v2/check", text="a", data="{}", language="fr")),
            ("no such path", 404, lambda: s.ask("GET", "/v3/check")),
            ("a path upwards", 404, lambda: s.ask("GET", "/../../etc/passwd")),
            ("an encoded path upwards", 404, lambda: s.ask("GET", "/%2e%2e/%2e%2e/etc/passwd")),
            ("another method", 405, lambda: s.ask("DELETE", "/v2/check")),
            ("another host's name", 403, lambda: s.ask("GET", "/v2/info", headers={"Host": "evil.example"})),
            ("another site's page", 403,
             lambda: s.post("/v2/check", {"Origin": "https://evil.example"}, text="a", language="fr")),
            ("too large", 413, lambda: s.post("/v2/check", text="a " * 2000000, language="fr")),
            ("too long a text", 413, lambda: s.post("/v2/check", text="a" * 1000001, language="fr"))):
        got, body, headers = ask()
        judge("%s: %d in plain text" % (name, status), got == status and body.startswith(b"Error: ") and
              headers["Content-Type"].startswith("text/plain"), (got, body[:200]))
    judge("no header for other origins",
          "Access-Control-Allow-Origin" not in s.ask("GET", "/v2/info", headers={"Origin": "null"})[2])
    got = s.ask("POST", "/v2/check", "text=a&language=fr", {"Host": "localhost:%d" % s.port,
                                                            "Origin": "http://localhost:%d" % s.port})
    judge("a page of our own", got[0] == 200, got[1])


def facts(s):
    languages = json.loads(s.ask("GET", "/v2/languages")[1])
    judge("/v2/languages", {l["longCode"] for l in languages} >=
          {"fr", "fr-FR", "fr-CA", "fr-CH", "fr-BE", "en", "en-GB", "en-US"})
    judge("/v2/info", json.loads(s.ask("GET", "/v2/info")[1])["software"]["name"] == "paraph")
    judge("/v2/maxtextlength", s.ask("GET", "/v2/maxtextlength")[1] == b"1000000")
    judge("/v2/healthcheck", s.ask("GET", "/v2/healthcheck")[1] == b"OK")
    info = json.loads(s.ask("GET", "/v2/configinfo?language=en")[1])
    judge("/v2/configinfo", info["parameter"]["maxTextLength"] == 1000000 and len(info["rules"]) > 20)


def bilingual(s):
    told = s.check("Le Conseil a adopté 15 résolutions.", language="fr",
                   srctext="The Council adopted 12 resolutions.", motherTongue="en")
    judge("a source segment", [m["rule"]["id"] for m in told["matches"]] == ["bilingual/number"], told["matches"])
    same = s.check("Le zorglubage.", srctext="Le Conseil s’est réuni hier à New York.")
    judge("a source in the same language", [m["rule"]["id"] for m in same["matches"]] == ["FR_SPELLING_RULE"],
          same["matches"])
    judge("an empty source", len(s.check("Le zorglubage.", srctext="")["matches"]) == 1)
    told = s.check("Bien.", srctext="Good.")
    judge("short ones", told["matches"] == [], told["matches"])


def words(s):
    path = s.home + "/paraph/words.txt"
    judge("no word yet", json.loads(s.ask("GET", "/v2/words")[1]) == {"words": []})
    judge("add", json.loads(s.post("/v2/words/add", word="zorglubage")[1]) == {"added": True})
    judge("effective at once", s.check("Le zorglubage.")["matches"] == [])
    judge("add again", json.loads(s.post("/v2/words/add", word="zorglubage")[1]) == {"added": False})
    with open(path, "a") as f:
        f.write("# mine\nsnarkage # a comment\n")
    judge("a word written by hand", s.check("Le snarkage.")["matches"] == [])
    judge("words", json.loads(s.ask("GET", "/v2/words?limit=5")[1]) == {"words": ["zorglubage", "snarkage"]})
    judge("limit and offset", json.loads(s.ask("GET", "/v2/words?limit=1&offset=1")[1]) == {"words": ["snarkage"]})
    judge("delete", json.loads(s.post("/v2/words/delete", word="zorglubage")[1]) == {"deleted": True})
    judge("effective at once, too", len(s.check("Le zorglubage.")["matches"]) == 1)
    judge("the comments stay", open(path).read() == "# mine\nsnarkage # a comment\n", open(path).read())
    for bad in "", "two words", "a\nb", "#x", "a\x7f", "a" * 201:
        judge("%r is no word" % bad, s.post("/v2/words/add", word=bad)[0] == 400)
    judge("a GET changes nothing", s.ask("GET", "/v2/words/add?word=x")[0] == 405)
    os.chmod(path, 0o600)
    s.post("/v2/words/add", word="Évry")
    judge("permissions stay", os.stat(path).st_mode & 0o777 == 0o600)
    judge("nothing is left beside it", os.listdir(os.path.dirname(path)) == ["words.txt"])
    os.rename(path, s.home + "/mine.txt")
    os.symlink("../mine.txt", path)
    judge("a link stays a link", json.loads(s.post("/v2/words/add", word="linkage")[1]) == {"added": True} and
          os.readlink(path) == "../mine.txt" and open(s.home + "/mine.txt").read().endswith("\nlinkage\n"))


def languages_of_messages():
    with Server("--ui-lang", "fr") as s:
        m = s.check("Le rapport de l ’Union.")["matches"][0]
        judge("messages in French", "\u00a0: \"l’Union\"" in m["message"], m["message"])
        judge("errors in French", s.ask("GET", "/x")[1].decode().startswith("Erreur\u00a0: "))


def private():
    with Server(umask=0o077) as s:
        s.post("/v2/words/add", word="zorglubage")
        judge("a new dictionary is as private as the umask wants it",
              os.stat(s.home + "/paraph/words.txt").st_mode & 0o777 == 0o600)


def together():
    """Two servers of one person: no word of either is lost."""
    with Server() as one, Server(home=one.home) as other:
        def add(s, name):
            for i in range(40):
                s.post("/v2/words/add", word="%s%d" % (name, i))
        threads = [threading.Thread(target=add, args=of) for of in ((one, "zorg"), (other, "snark"), (one, "bla"))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        there = json.loads(one.ask("GET", "/v2/words?limit=500")[1])["words"]
        judge("two servers write one dictionary, and no word is lost",
              sorted(there) == sorted("%s%d" % (n, i) for n in ("zorg", "snark", "bla") for i in range(40)), len(there))


with Server() as server:
    for part in checks, annotated, parameters, raw_bodies, errors, facts, bilingual, words:
        try:
            part(server)
        except Exception as wrong:
            judge(part.__name__, False, repr(wrong))
    judge("it ends in order", server.stop() == 0 and server.said() == "", server.said())
languages_of_messages()
private()
together()
end("http_languagetool")
