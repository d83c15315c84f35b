#!/usr/bin/env python3
"""The web page of `paraph serve` in Chromium: tests/web.mjs, which playwright-core drives.

usage: tests/web.py build/paraph [FOLDER]      (FOLDER keeps screenshots)

Makes a Word document, a memory and a home for what is written, starts a server on a port of its own
choosing and lets the page be used by an editor, by a translator, by keyboard alone, and looked at by
axe-core. PARAPH_SERVER=http://… names a server that runs already. Without Chromium, node or npm, or
where npm cannot fetch its two packages (once, into BUILD/npm), it is skipped. Prints a line a case
and, last, "web: N passed, N failed, N skipped"."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
KEEP = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else ""
TESTS = pathlib.Path(__file__).resolve().parent
PACKAGES = ["playwright-core@1", "axe-core@4"]
# Faults with safe corrections and nothing else, so that the corrected letter is clean.
LETTER = ["Lettre datée du 14 mars 2024, adressée au Secrétaire général",
          "J’ai l ’honneur de vous faire tenir ci -joint le résumé des travaux de l ’Assemblée.",
          "Les participants ont examiné les accords conclus et proposé un mo dèle de convention.",
          "Les États ont pris note des informations , et de l ’Union européenne."]
BODY = '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>'
WORD = "http://schemas.openxmlformats.org/"
PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{WORD}package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{WORD}package/2006/relationships"><Relationship Id="r1" Type='
        f'"{WORD}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
    "word/document.xml":
        f'<w:document xmlns:w="{WORD}wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
        % "".join(BODY % p for p in LETTER),
}
MEMORY = [("The Council meets three times a year in Geneva.",
           "Le Conseil se réunit trois fois par an à Genève."),
          ("The Council adopted the report of the Committee.",
           "Le Conseil a adopté le rapport du Comité.")]


def skip(why):
    print(f"web: skipped, {why}")
    print("web: 0 passed, 0 failed, 1 skipped")
    sys.exit(0)


def packages(folder):
    """Where playwright-core and axe-core are, fetched at the first time."""
    here = folder / "npm"
    if not all((here / "node_modules" / p.split("@")[0]).is_dir() for p in PACKAGES):
        here.mkdir(exist_ok=True)
        run = subprocess.run(["npm", "install", "--prefix", here, "--no-audit", "--no-fund",
                              "--ignore-scripts", "--fetch-retries=0", *PACKAGES], capture_output=True, encoding="utf-8",
                             timeout=300, check=False)
        if run.returncode != 0:
            skip("npm cannot fetch " + " and ".join(PACKAGES))
    return here


def prepare(folder):
    with zipfile.ZipFile(folder / "letter.docx", "w") as z:
        for name, text in PARTS.items():
            z.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    (folder / "units.tsv").write_text("en\tfr\n" + "".join(f"{s}\t{t}\n" for s, t in MEMORY), "utf-8")
    env = dict(os.environ, HOME=str(folder), XDG_DATA_HOME=str(folder / "data"),
               XDG_CACHE_HOME=str(folder / "cache"), XDG_CONFIG_HOME=str(folder / "config"), LC_ALL="C.UTF-8")
    subprocess.run([PROGRAM, "tm", "import", "--source-lang", "en", "--target-lang", "fr",
                    folder / "units.tsv"], env=env, capture_output=True, check=True)
    return env


def start(folder, env, *options):
    """The server and its address; None where this program has none."""
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--ui-lang", "en", *options], cwd=folder, env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    said = server.stdout.readline()
    address = re.search(r"https?://\S+", said)
    if address is None:
        server.kill()
        server.wait()
        return None, said
    return server, address.group(0).rstrip("/.") + "/"


def answers(address):
    try:
        with urllib.request.urlopen(address + "api/v1/status", timeout=10) as answer:
            return answer.status == 200
    except urllib.error.HTTPError:
        return False


def main():
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    for name, there in ("chromium", browser), ("node", shutil.which("node")), ("npm", shutil.which("npm")):
        if there is None:
            skip(f"no {name}")
    npm = packages(PROGRAM.parent)
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        env = prepare(folder)
        server, guarded, address = None, None, os.environ.get("PARAPH_SERVER")
        if address is None:
            server, address = start(folder, env)
            if server is None:
                skip("this program serves nothing: " + address.strip())
            tokens = ["--tokens", folder / "tokens"]
            env["TOKEN"] = subprocess.run([PROGRAM, "serve", *tokens, "--new-token", "check,read,write"], env=env,
                                          capture_output=True, encoding="utf-8", check=True).stdout.strip()
            guarded, env["GUARDED"] = start(folder, env, *tokens)
        try:
            if not answers(address):
                skip("the server has no /api/v1")
            run = subprocess.run(["node", TESTS / "web.mjs", address, folder, npm, browser, PROGRAM, KEEP],
                                 env=env, timeout=1500, check=False)
            return run.returncode
        finally:
            for one in filter(None, (server, guarded)):
                one.send_signal(signal.SIGTERM)
                one.wait(60)


sys.exit(main())
