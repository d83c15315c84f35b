#!/usr/bin/env python3
"""Runs that are cut in pieces, and runs that look at what was changed.

usage: tests/scale.py build/paraph      (needs git; GNU parallel and Slurm where they are)

--shard and `paraph report merge` give what one run gives; --since looks at changed documents and
paragraphs; exit status 75 tells trouble that may pass; the recipes of docs/SCALE.md run. Prints a
line a case and, last, "scale: N passed, N failed, N skipped"."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAULT = "Le rapport de l ’Union est joint.\n"
CLEAN = "Le Conseil s’est réuni hier à New York.\n"
counts = {"passed": 0, "failed": 0, "skipped": 0}


def judge(name, ok, why=""):
    counts["passed" if ok else "failed"] += 1
    print("%s %s%s" % ("ok" if ok else "FAILED", name, "" if ok else ": %s" % (why,)))


def skip(name, why):
    counts["skipped"] += 1
    print("skipped: %s, %s" % (name, why))


def run(*arguments, cwd, program=PROGRAM, **options):
    return subprocess.run([program, *arguments], cwd=cwd, capture_output=True, encoding="utf-8",
                          check=False, **options)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def shards(folder):
    for i in range(23):
        write("%s/docs/%02d.txt" % (folder, i), FAULT * (i % 3) + CLEAN)
    for form in "jsonl", "json", "sarif", "junit", "checkstyle", "gitlab", "github", "tap", \
            "markdown", "compact":
        whole = run("check", "--format", form, "docs", cwd=folder)
        for i in range(1, 6):
            run("check", "--shard", "%d/5" % i, "--format", "jsonl", "-o", "p%d.jsonl" % i, "docs",
                cwd=folder)
        parts = ["p%d.jsonl" % i for i in (3, 1, 5, 2, 4)]
        merged = run("report", "merge", "--format", form, *parts, cwd=folder)
        judge("%s of five shards is that of one run" % form,
              merged.returncode == whole.returncode == 1 and merged.stdout == whole.stdout,
              merged.stderr + merged.stdout[:300] + "\n" + whole.stdout[:300])
    twice = run("report", "merge", "p1.jsonl", "p2.jsonl", "p1.jsonl", cwd=folder)
    judge("a document that stands there twice", twice.returncode == 2 and "p1.jsonl" in twice.stderr)
    write(folder + "/bad.jsonl", read(folder + "/p1.jsonl")[:-40])
    bad = run("report", "merge", "-o", "out.jsonl", "p2.jsonl", "bad.jsonl", cwd=folder)
    judge("a file that was cut short", bad.returncode == 2 and "bad.jsonl:5" in bad.stderr and
          not os.path.exists(folder + "/out.jsonl"), bad.stderr)
    missing = run("report", "merge", "p1.jsonl", "p9.jsonl", cwd=folder)
    judge("a shard that is missing", missing.returncode == 2 and "p9.jsonl" in missing.stderr)
    text = run("report", "merge", "--format", "html", "p1.jsonl", cwd=folder)
    judge("a form that shows documents", text.returncode == 2 and "html" in text.stderr)
    for wrong in "0/3", "4/3", "1", "a/b", "1/", "-1/3":
        judge("--shard " + wrong, run("check", "--shard", wrong, "docs", cwd=folder).returncode == 2)
    more = run("check", "--shard", "30/40", "--format", "jsonl", "-o", "e.jsonl", "docs", cwd=folder)
    judge("a shard without documents", more.returncode == 0 and read(folder + "/e.jsonl") == "")


def git(folder, *arguments):
    environment = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", HOME=folder, GIT_AUTHOR_NAME="t",
                       GIT_AUTHOR_EMAIL="t@example.org", GIT_COMMITTER_NAME="t",
                       GIT_COMMITTER_EMAIL="t@example.org")
    subprocess.run(["git", *arguments], cwd=folder, check=True, env=environment,
                   stdout=subprocess.DEVNULL)


def found(folder, *arguments):
    p = run("check", "--format", "json", *arguments, cwd=folder)
    if p.returncode == 2:
        return p.stderr
    return [(d["path"], f["line"]) for d in json.loads(p.stdout)["documents"]
            for f in d["findings"]]


def since(folder):
    if not shutil.which("git"):
        skip("--since", "no git")
        return
    paragraph = FAULT + "\n"
    write(folder + "/a.txt", paragraph * 6)
    write(folder + "/b.txt", paragraph * 2)
    write(folder + "/old name.txt", paragraph * 4)
    write(folder + "/gone.txt", paragraph)
    write(folder + "/é.md", paragraph * 3)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    judge("nothing was changed", found(folder, "--since", "HEAD", ".") == [])
    text = read(folder + "/a.txt").split("\n")
    text[4] = "Le texte de l ’accord est joint. ++ @@ -1 +1 @@"
    write(folder + "/a.txt", "\n".join(text))
    judge("a changed paragraph", found(folder, "--since", "HEAD", ".") == [("./a.txt", 5)],
          found(folder, "--since", "HEAD", "."))
    write(folder + "/a.txt", FAULT + read(folder + "/a.txt"))
    judge("a line before it", found(folder, "--since", "HEAD", "a.txt") ==
          [("a.txt", 1), ("a.txt", 2), ("a.txt", 6)], found(folder, "--since", "HEAD", "a.txt"))
    write(folder + "/é.md", paragraph * 3 + "# l ’accord\n")
    judge("a name with an accent", found(folder, "--since", "HEAD", "é.md") == [("é.md", 7)],
          found(folder, "--since", "HEAD", "é.md"))
    write(folder + "/new.txt", paragraph)
    judge("a file that git does not know", found(folder, "--since", "HEAD", "new.txt") ==
          [("new.txt", 1)])
    git(folder, "mv", "old name.txt", "new name.txt")
    judge("a renamed file", found(folder, "--since", "HEAD", "new name.txt") == [],
          found(folder, "--since", "HEAD", "new name.txt"))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "two")
    judge("since an earlier revision",
          ("a.txt", 6) in found(folder, "--since", "HEAD~1", "a.txt", "b.txt") and
          found(folder, "--since", "HEAD", "a.txt") == [])
    write(folder + "/sub/c.txt", paragraph)
    judge("from a folder below", found(folder + "/sub", "--since", "HEAD", "c.txt", "../b.txt") ==
          [("c.txt", 1)])
    unknown = found(folder, "--since", "nothing", ".")
    judge("an unknown revision", isinstance(unknown, str) and "nothing" in unknown)
    judge("an option is no revision", isinstance(found(folder, "--since=--output=x", "."), str))
    with tempfile.TemporaryDirectory() as outside:
        write(outside + "/x.txt", paragraph)
        judge("no repository", isinstance(found(outside, "--since", "HEAD", "x.txt"), str))
        judge("a document outside of it", found(folder, "--since", "HEAD", outside + "/x.txt") ==
              [(outside + "/x.txt", 1)])


def from_below(folder):
    """In a project a baseline knows its documents from whatever folder paraph is called."""
    write(folder + "/paraph.yaml", "baseline: paraph-baseline.tsv\n")
    write(folder + "/paraph-baseline.tsv", "# paraph baseline 1\n")
    write(folder + "/a.txt", FAULT)
    write(folder + "/sub/b.txt", FAULT)
    run("baseline", "update", ".", cwd=folder)
    known = read(folder + "/paraph-baseline.tsv")
    judge("a baseline from its folder", known.count("\n") == 3 and "\nsub/b.txt\t" in known and
          run("check", ".", cwd=folder).returncode == 0, known)
    judge("from a folder below", run("check", ".", "../a.txt", cwd=folder + "/sub").returncode == 0)
    judge("by the whole path", run("check", folder, cwd="/").returncode == 0)
    run("baseline", "prune", "--baseline", "../paraph-baseline.tsv", "b.txt", cwd=folder + "/sub")
    judge("prune from below", read(folder + "/paraph-baseline.tsv") == known)
    os.unlink(folder + "/a.txt")
    run("baseline", "prune", "sub", cwd=folder)
    judge("prune what is gone", read(folder + "/paraph-baseline.tsv").count("\n") == 2)


def passing_trouble(folder):
    write(folder + "/t.txt", FAULT)
    full = run("check", "--format", "jsonl", "-o", "/dev/full", "t.txt", cwd=folder)
    judge("a full disk is 75", full.returncode == 75, (full.returncode, full.stderr))
    with open("/dev/full", "wb") as f:
        p = subprocess.run([PROGRAM, "check", "t.txt"], cwd=folder, stdout=f,
                           stderr=subprocess.PIPE, check=False)
    judge("a full disk under standard output is 75", p.returncode == 75, p.returncode)
    both = run("check", "-o", "/dev/full", "t.txt", "none.txt", cwd=folder)
    judge("what is missing stays missing", both.returncode == 2, both.returncode)


def interrupted(folder):
    """SIGINT: no half-written file, what was done is told, the status is that of the signal."""
    paragraph = FAULT * 400
    for i in range(400):
        write("%s/many/%03d.txt" % (folder, i), paragraph)
    write(folder + "/out.jsonl", "old\n")
    p = subprocess.Popen([PROGRAM, "check", "--no-cache", "-j2", "--format", "jsonl", "-o",
                          "out.jsonl", "many"], cwd=folder, stderr=subprocess.PIPE,
                         encoding="utf-8",  # a shell may have us ignore it
                         preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(0.5)
    p.send_signal(signal.SIGINT)
    said = p.communicate(timeout=60)[1]
    told = re.search(r"interrupted after (\d+) of 400", said)
    judge("an interrupted run", p.returncode == -signal.SIGINT and told is not None and
          read(folder + "/out.jsonl") == "old\n" and
          not [n for n in os.listdir(folder) if n.startswith(".out")], (p.returncode, said))


def recipe(text, name):
    """The commands of docs/SCALE.md between two marks."""
    return re.search(r"<!-- %s -->\n```\n(.*?)```" % name, text, re.S).group(1)


def recipes(folder):
    text = read(ROOT + "/docs/SCALE.md")
    for i in range(31):
        write("%s/docs/%02d.txt" % (folder, i), FAULT * (i % 3) + CLEAN)
    environment = dict(os.environ, PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
    whole = run("check", "--format", "jsonl", "docs", cwd=folder)
    for name, needs in ("parallel", "parallel"), ("xargs", "xargs"), ("slurm", "sbatch"):
        if not shutil.which(needs):
            skip("the recipe for " + name, "no " + needs)
            continue
        if name == "slurm" and subprocess.run(["sinfo", "-h"], capture_output=True,
                                              check=False).returncode != 0:
            skip("the recipe for slurm", "no cluster answers")
            continue
        for old in os.listdir(folder):
            if old.endswith(".jsonl"):
                os.unlink(os.path.join(folder, old))
        p = subprocess.run(["sh", "-c", recipe(text, name)], cwd=folder, env=environment,
                           capture_output=True, encoding="utf-8", check=False)
        judge("the recipe for " + name, read(folder + "/all.jsonl") == whole.stdout
              if os.path.exists(folder + "/all.jsonl") else False, p.stderr + p.stdout)


def main():
    for part in shards, since, from_below, passing_trouble, interrupted, recipes:
        with tempfile.TemporaryDirectory() as folder:
            part(folder)
    print("scale: %(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return counts["failed"] != 0


sys.exit(main())
