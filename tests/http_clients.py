#!/usr/bin/env python3
"""Programs that know LanguageTool, and what they send: gramma and languagetool-api of npm run against
`paraph serve`; OmegaT's and LTeX's requests are sent as those programs send them.

    tests/http_clients.py build/paraph [FOLDER]      FOLDER: with node_modules; else npm installs there

Prints a line a case and, last, "http_clients: N passed, N failed, N skipped"."""
import json
import os
import subprocess
import sys
import tempfile

from http_client import Server, at, end, judge, skip

TEXT = "Le rapport de l ’Union est joint à la lettre.\n"
PACKAGES = ["gramma@1.6.0", "languagetool-api@1.1.2"]
# The package knows one address only; what it sends there is sent to us.
API = """
const http = require("http"), path = require("path"), module_ = require("module");
const load = module_._load;
module_._load = (name, ...rest) => name !== "request" ? load(name, ...rest) : (url, done) =>
  http.get(url.replace("https://languagetool.org/api", process.argv[2]), (r) => {
    let body = "";
    r.on("data", (d) => { body += d; });
    r.on("end", () => done(null, r, body));
  });
const api = require("languagetool-api");
api.check({ language: "fr", text: "Le rapport de l ’Union." }, (error, found) =>
  api.bestSuggestion(found, (best) => api.showMistakes(found, (wrong) =>
    api.codes((e, codes) => console.log(JSON.stringify({ best, wrong, codes }))))));
"""


def install(folder):
    try:
        run = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder,
                              *PACKAGES], capture_output=True, timeout=180)
        return run.returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False


def gramma(s, folder):
    with open(folder + "/a.txt", "w") as f:
        f.write(TEXT)
    with open(folder + "/.gramma.json", "w") as f:
        json.dump({"api_url": "http://localhost:%d/v2/check" % s.port, "language": "fr"}, f)
    run = subprocess.run([folder + "/node_modules/.bin/gramma", "check", "--print", "--no-colors", "--language", "fr",
                          "a.txt"], cwd=folder, capture_output=True, encoding="utf-8", timeout=60,
                         env=dict(os.environ, HOME=folder))
    judge("gramma shows the fault and its correction", "l ’Union" in run.stdout and "l’Union" in run.stdout,
          run.stdout + run.stderr)


def api(s, folder):
    with open(folder + "/api.js", "w") as f:
        f.write(API)
    run = subprocess.run(["node", "api.js", "http://127.0.0.1:%d" % s.port], cwd=folder, capture_output=True,
                         encoding="utf-8", timeout=60)
    try:
        told = json.loads(run.stdout)
    except ValueError:
        told = {}
    judge("languagetool-api finds it", told.get("wrong") == ["l ’Union"] and
          told["best"] == [{"mistake": "l ’Union", "bestSuggestion": "l’Union"}], run.stdout + run.stderr)
    judge("… and the languages", "fr-CA" in [c["longCode"] for c in told.get("codes", [])])


def npm(s):
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 2:
            os.symlink(os.path.abspath(sys.argv[2]) + "/node_modules", folder + "/node_modules")
        elif not install(folder):
            skip("gramma and languagetool-api", "npm does not install them here")
            return
        gramma(s, folder)
        api(s, folder)


def omegat(s):
    """The request of its bridge: the target, the source, what is left out, all encoded with %20."""
    body = ("text=Le%20Conseil%20a%20adopt%C3%A9%2015%20r%C3%A9solutions.&language=fr"
            "&srctext=The%20Council%20adopted%2012%20resolutions.&motherTongue=en"
            "&disabledCategories=TYPOS&disabledRules=SAME_TRANSLATION%2CTARGET_LENGTH")
    request = ("POST /v2/check HTTP/1.1\r\nUser-Agent: OmegaT 5.8.0_0_c0ffee\r\nHost: localhost:%d\r\n"
               "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2\r\nConnection: close\r\n"
               "Content-type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
               % (s.port, len(body), body)).encode()
    head, _, told = s.raw(request, close=False).partition(b"\r\n\r\n")
    told = json.loads(told)
    judge("OmegaT: a number that differs from the source",
          [m["rule"]["id"] for m in told["matches"]] == ["bilingual/number"] and b" 200 " in head, told)
    judge("OmegaT: the server's version of the API", told["software"]["apiVersion"] == 1)


def ltex(s):
    """VS Code's LTeX sends annotated text, and reads rules by their ids."""
    told = s.check(data=json.dumps({"annotation": [
        {"markup": "\\section{", "interpretAs": ""}, {"text": "Rapport de l ’Union"}, {"markup": "}", "interpretAs": ""},
        {"text": " et "}, {"markup": "$x$", "interpretAs": "Dummy0"}]}), language="fr", motherTongue="", level="default",
        disabledRules="", enabledRules="", enableHiddenRules="false", abtest="", mode="all")
    judge("LTeX: places in LaTeX", [at("\\section{Rapport de l ’Union} et $x$", m) for m in told["matches"]][:1] ==
          ["l ’Union"], told)


with Server() as server:
    for part in omegat, ltex, npm:
        try:
            part(server)
        except Exception as wrong:
            judge(part.__name__, False, repr(wrong))
end("http_clients")
