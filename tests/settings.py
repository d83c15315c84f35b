#!/usr/bin/env python3
"""docs/paraph.schema.json and the program accept the same files, and refuse the same.

usage: tests/settings.py build/paraph      (needs python3-jsonschema and python3-yaml)

Good files and bad ones, each bad in one way, are given to both. The file that `paraph init` writes
is good as it is, and with every example made real. Prints a line a case and, last,
"settings: N passed, N failed, N skipped"."""
import json
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

GOOD = {
    "empty": "{}",
    "a house style": "profile: un-fr-press",
    "rules": "rules: {spacing/double: off, spacing/: info, all: warning}",
    "one file or several": "words: words.txt\ntermbases: [terms.tsv]",
    "paths": "paths:\n  - match: a/\n    check: off\n    fail-on: never\n  - match: ['*.md', b/]\n    language: fr",
    "ignore": "ignore:\n  - {rule: spacing/double, path: a/*, reason: so}\n  - pattern: '[A-Z]+'\n"
              "  - fingerprint: 0d6e1c9a5b2f4e71\n  - text: x",
    "patterns": "include: ['*.txt']\nexclude: old/",
    "an incomplete memory": "allow-incomplete: on",
    "a baseline": "baseline: b.tsv\nfail-on: error",
}
BAD = {
    "an unknown key": "profiles: un-fr",
    "a key of paths in the file": "match: a/",
    "a list for a text": "profile: [un-fr]",
    "a text for a list of maps": "paths: a/",
    "a map for a list": "words: {a: b}",
    "a list in a list": "termbases: [[terms.tsv]]",
    "an unknown value": "fail-on: errors",
    "an unknown language": "language: de",
    "an unknown value of allow-incomplete": "allow-incomplete: maybe",
    "a level that is none": "rules: {spacing/double: loud}",
    "rules as a list": "rules: [spacing/double]",
    "a rule without a family": "rules: {double: off}",
    "an unknown key in paths": "paths: [{match: a/, profil: x}]",
    "an entry of paths without match": "paths: [{check: off}]",
    "an unknown key in ignore": "ignore: [{regle: spacing/double}]",
    "an unknown value of check": "paths: [{match: a/, check: maybe}]",
}


def accepted(folder, text):
    """Does paraph take the file? A wrong one is status 2, told with its line and column."""
    with open(os.path.join(folder, "paraph.yaml"), "w", encoding="utf-8") as f:
        f.write(text + "\n")
    p = subprocess.run([PROGRAM, "config", "show", "a.txt"], cwd=folder, capture_output=True,
                       encoding="utf-8", check=False)
    if p.returncode == 0:
        return True
    assert p.returncode == 2 and re.search(r"paraph\.yaml:\d+:\d+: ", p.stderr), p.stderr
    return False


def main():
    try:
        import jsonschema
        import yaml
    except ImportError:
        print("settings: skipped, no python3-jsonschema or python3-yaml")
        print("settings: 0 passed, 0 failed, 1 skipped")
        return 0
    with open(os.path.join(ROOT, "docs/paraph.schema.json"), encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    passed = failed = 0

    def judge(name, ok):
        nonlocal passed, failed
        passed, failed = passed + ok, failed + (not ok)
        print("%s %s" % ("ok" if ok else "FAILED", name))

    def fits(text):
        return validator.is_valid(yaml.safe_load(text) or {})

    with tempfile.TemporaryDirectory() as folder:
        for name in ("words.txt", "terms.tsv", "b.tsv"):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write("concept\ten\tfr\nx\tone\tun\n" if name == "terms.tsv" else "Kairat\n")
        for name, text in GOOD.items():
            judge("good: " + name, accepted(folder, text) and fits(text))
        for name, text in BAD.items():
            judge("bad: " + name, not accepted(folder, text) and not fits(text))
        for language in "en", "fr":
            with tempfile.TemporaryDirectory() as fresh:
                subprocess.run([PROGRAM, "init", "--ui-lang", language], cwd=fresh, check=True,
                               stdout=subprocess.DEVNULL)
                with open(os.path.join(fresh, "paraph.yaml"), encoding="utf-8") as f:
                    text = f.read()
                judge("init %s is good" % language, accepted(fresh, text) and fits(text))
                real = re.sub(r"^#(?=[a-z-]+:| )(?! [a-zA-ZÀ-ÿ`«].*$)", "", text, flags=re.M)
                judge("its examples in %s are" % language,
                      set(yaml.safe_load(real)) == set(schema["properties"]) and fits(real))
    print("settings: %d passed, %d failed, 0 skipped" % (passed, failed))
    return failed != 0


sys.exit(main())
