#!/usr/bin/env python3
"""docs/GUIDE.md is true: its files are made, its commands run, and they say what stands there.

usage: tests/guide.py build/paraph [--accept]

A block after <!-- file: NAME --> is that file. In a block of kind console, each line that begins
with "$ " is a command for sh, and what follows up to the next one is what it prints, standard error
too; "…" alone on a line stands for lines that are left out. --accept writes what is printed now, for
review in the diff. Prints a line a command that differs and, last, "guide: N passed, N failed"."""
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GUIDE = os.path.join(ROOT, "docs/GUIDE.md")


def matches(wanted, got):
    """wanted with "…" lines, as a pattern."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n"
                      for line in wanted)
    return re.fullmatch(pattern, got) is not None


def split(block):
    """[(command, [line of output])]"""
    out = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            out.append((line[2:], []))
        else:
            out[-1][1].append(line)
    return out


def main():
    accept = "--accept" in sys.argv
    with open(GUIDE, encoding="utf-8") as f:
        text = f.read()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as home:
        folder = os.path.join(home, "documents")
        os.mkdir(folder)
        environment = dict(os.environ, PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"],
                           HOME=home, XDG_CACHE_HOME=home + "/cache", XDG_DATA_HOME=home + "/data",
                           XDG_CONFIG_HOME=home + "/config", LC_ALL="C.UTF-8", NO_COLOR="1",
                           GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="t", GIT_COMMITTER_NAME="t",
                           GIT_AUTHOR_EMAIL="t@example.org", GIT_COMMITTER_EMAIL="t@example.org")

        def one(match):
            nonlocal passed, failed
            name, kind, body = match.groups()
            if name is not None:
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as f:
                    f.write(body)
            if kind != "console":
                return match.group(0)
            told = ""
            for command, wanted in split(body):
                p = subprocess.run(["sh", "-c", command], cwd=folder, env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, encoding="utf-8", check=False)
                ok = matches(wanted, p.stdout)
                passed, failed = passed + ok, failed + (not ok)
                if not ok and not accept:
                    print("FAILED %s\n%s" % (command, p.stdout))
                told += "$ %s\n%s" % (command, p.stdout if not ok else
                                      "".join(line + "\n" for line in wanted))
            return "%s```console\n%s```" % (match.group(0).split("```")[0], told)

        new = re.sub(r"(?:<!-- file: (\S+) -->\n)?```(\w*)\n(.*?)```", one, text, flags=re.S)
    if accept:
        with open(GUIDE, "w", encoding="utf-8") as f:
            f.write(new)
    print("guide: %d passed, %d failed, 0 skipped" % (passed, failed))
    return failed != 0 and not accept


sys.exit(main())
