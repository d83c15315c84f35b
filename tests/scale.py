#!/usr/bin/env python3
"""Runs that are cut in pieces, and runs that look at what was changed.

usage: tests/scale.py build/paraph      (needs git; GNU parallel and Slurm where they are)
       tests/slurm.sh run tests/scale.py build/paraph slurm     (the recipes for Slurm alone)

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
import threading
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


def small_beside_large(folder):
    """A document that takes long keeps nobody from the ones behind it: the first is a pipe that is
    written when the thirtieth is read."""
    for i in range(40):
        if i not in (0, 30):
            write("%s/docs/%02d.txt" % (folder, i), CLEAN)
    for i in 0, 30:
        os.mkfifo("%s/docs/%02d.txt" % (folder, i))
    met, in_time = threading.Event(), []

    def feed_first():
        with open("%s/docs/00.txt" % folder, "w", encoding="utf-8") as pipe: # waits for its reader
            in_time.append(met.wait(20))
            pipe.write(FAULT)

    def feed_other():
        with open("%s/docs/30.txt" % folder, "w", encoding="utf-8") as pipe:
            met.set()
            pipe.write(CLEAN)

    feeders = [threading.Thread(target=feed, daemon=True) for feed in (feed_first, feed_other)]
    for feeder in feeders:
        feeder.start()
    paths = ["docs/%02d.txt" % i for i in range(40)]
    result = run("check", "--no-cache", "-j2", "--format", "compact", *paths, cwd=folder, timeout=60)
    for feeder in feeders:
        feeder.join(5)
    judge("small documents are checked while a large one is", in_time == [True] and
          result.stdout.count(": error: ") == 1 and result.returncode == 1, result.stdout + result.stderr)


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
    run("report", "merge", "-o", "all.md", *parts, cwd=folder)
    asked = run("report", "merge", "--format", "markdown", *parts, cwd=folder)
    judge("the name of the output tells the form", read(folder + "/all.md") == asked.stdout != "", asked.stderr)
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
    write(folder + "/r.jsonl", "old\n")
    p = subprocess.run(["sh", "-c", "ulimit -n 4; exec '%s' check -j1 --no-cache --format jsonl -o r.jsonl t.txt" % PROGRAM],
                       cwd=folder, capture_output=True, encoding="utf-8", check=False)
    judge("a report from which documents are missing does not appear", p.returncode == 75 and
          read(folder + "/r.jsonl") == "old\n" and "r.jsonl: not written" in p.stderr, (p.returncode, p.stderr))
    write(folder + "/a_en.txt", "The Council met in Geneva on 3 May 2018.\n")
    write(folder + "/a_fr.txt", "Le Conseil s’est réuni à Genève le 3 mai 2018.\n")
    run("tm", "import", "--align", "--into", "a.tm", "a_en.txt", "a_fr.txt", cwd=folder)
    ended = [subprocess.run(["sh", "-c", "ulimit -n %d; exec '%s' tm import --align --into a.tm a_en.txt a_fr.txt" %
                             (n, PROGRAM)], cwd=folder, capture_output=True, check=False).returncode
             for n in range(4, 16)]
    judge("aligning with few open files", set(ended) <= {0, 1, 2, 75} and {0, 75} <= set(ended), ended)
    both = run("check", "-o", "/dev/full", "t.txt", "none.txt", cwd=folder)
    judge("what is missing stays missing", both.returncode == 2, both.returncode)


def make_many(folder):
    for i in range(400):
        write("%s/many/%03d.txt" % (folder, i), FAULT * 400)


def interrupted(folder):
    """SIGINT, SIGTERM: no half-written file, what was done is told, the status is that of the signal."""
    make_many(folder)
    write(folder + "/out.jsonl", "old\n")
    os.mkfifo(folder + "/many/00.txt")  # who reads it is in the midst
    for sent in (signal.SIGINT, signal.SIGTERM):
        p = subprocess.Popen([PROGRAM, "check", "--no-cache", "-j2", "--format", "jsonl", "-o",
                              "out.jsonl", "many/00.txt", "many"], cwd=folder, stderr=subprocess.PIPE,
                             encoding="utf-8",  # a shell may have us ignore it
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        with open(folder + "/many/00.txt", "w", encoding="utf-8"):
            p.send_signal(sent)
            time.sleep(0.2)
        said = p.communicate(timeout=60)[1]
        told = re.search(r"interrupted after (\d+) of 401", said)
        judge("a run interrupted by " + sent.name, p.returncode == -sent and told is not None and
              read(folder + "/out.jsonl") == "old\n" and
              not [n for n in os.listdir(folder) if n.startswith(".out")], (p.returncode, said))


def on_terminal(command, folder):
    """What a command says on standard error when that is a terminal, and its status."""
    master, slave = os.openpty()
    p = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    said = b""
    try:
        while piece := os.read(master, 4096):
            said += piece
    except OSError:  # the other end was closed
        pass
    p.wait(timeout=60)
    os.close(master)
    return said, p.returncode


def progress(folder):
    """On a terminal a long run tells how far it is, in a line that is taken away; elsewhere not."""
    make_many(folder)
    run_of_all = [PROGRAM, "check", "--no-cache", "-j1", "--format", "jsonl", "-o", "all.jsonl", "many"]
    said, _ = on_terminal(run_of_all, folder)
    told = [int(n) for n in re.findall(rb"\r\x1b\[K(\d+)/400", said)]
    judge("progress on a terminal", told != [] and told == sorted(told) and
          said.rstrip().endswith(b"\x1b[K"), said[-300:])
    p = subprocess.run(run_of_all, cwd=folder, stderr=subprocess.PIPE, check=False)
    judge("and nowhere else", p.stderr == b"", p.stderr[-300:])
    write(folder + "/terms.csv", "en,fr\n" + "".join("thing %d,chose %d\n" % (n, n) for n in range(40000)))
    said, done = on_terminal([PROGRAM, "term", "import", "--into", "terms.db", "terms.csv"], folder)
    told = [int(n) for n in re.findall(rb"\r\x1b\[K(\d+)/100", said)]
    judge("progress of an import", done == 0 and told != [] and told == sorted(told) and
          said.rstrip().endswith(b"\x1b[K"), (done, said[-300:]))


def recipe(name):
    """The commands of docs/SCALE.md behind a mark."""
    return re.search(r"<!-- %s -->\n```\n(.*?)```" % name, read(ROOT + "/docs/SCALE.md"), re.S).group(1)


def documents(folder):
    """Those that the recipes check, and what one run tells of them."""
    for i in range(31):
        write("%s/docs/%02d.txt" % (folder, i), FAULT * (i % 3) + CLEAN)
    return run("check", "--format", "jsonl", "docs", cwd=folder).stdout


def recipes(folder):
    whole = documents(folder)
    for name in SCHEDULERS:
        if not there(name):
            continue
        forget(folder)
        p = follow(name, folder)
        judge("the recipe for " + name, read(folder + "/all.jsonl") == whole
              if os.path.exists(folder + "/all.jsonl") else False, p.stderr + p.stdout)


SCHEDULERS = ["parallel", "xargs"]


def there(name):
    if name == "slurm" or shutil.which(name):
        return True
    skip("the recipe for " + name, "no " + name)
    return False


def forget(folder, *more):
    """What an earlier recipe left."""
    for old in os.listdir(folder):
        if old.endswith(".jsonl") or old in more:
            os.unlink(os.path.join(folder, old))


def environment(programs=None):
    """paraph is found on the path; programs: a folder before it."""
    path = os.path.dirname(PROGRAM) + ":" + os.environ["PATH"]
    return dict(os.environ, PATH=path if programs is None else programs + ":" + path)


def follow(name, folder, programs=None):
    return subprocess.run(["sh", "-c", recipe(name)], cwd=folder, env=environment(programs),
                          capture_output=True, encoding="utf-8", check=False)


def parts(folder):
    """Of each part its inode and time: a part that was not made anew keeps them."""
    return {n: (os.stat(folder + "/" + n).st_ino, os.stat(folder + "/" + n).st_mtime_ns)
            for n in os.listdir(folder) if re.fullmatch(r"part-\d+\.jsonl", n)}


def stand_in(folder, what):
    """A program named paraph that does something first, in a folder for the path."""
    write(folder + "/bin/paraph", "#!/bin/sh\n" + what + "\nexec '" + PROGRAM + "' \"$@\"\n")
    os.chmod(folder + "/bin/paraph", 0o755)
    return folder + "/bin"


SHARD = 'shard=$(echo "$*" | sed -n "s,.*--shard \\([0-9]*\\)/.*,\\1,p")\n'


def resumed(folder):
    """Runs that were killed in the middle, and begun again: nothing twice, nothing lost."""
    whole = documents(folder)
    # The third shard is slow at first, so that the run can be killed in its midst.
    programs = stand_in(folder, SHARD + '[ "$shard" != 3 ] || [ -e was-killed ] || { : >reached; sleep 60; }\n'
                        '[ -z "$shard" ] || echo $shard >>begun')
    for name in SCHEDULERS:
        if not there(name):
            continue
        forget(folder, "was-killed", "reached", "begun")
        p = subprocess.Popen(["sh", "-c", recipe(name)], cwd=folder, env=environment(programs),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        deadline = time.monotonic() + 60
        while (not os.path.exists(folder + "/reached") or not parts(folder)) and time.monotonic() < deadline:
            time.sleep(0.02)
        # Those that run beside it come to their end: some schedulers do not kill them.
        rest = time.monotonic()
        while time.monotonic() - rest < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
            if set(read(folder + "/begun").split()) - {"3"} != {n[5] for n in parts(folder)}:
                rest = time.monotonic()
        if name == "slurm":
            subprocess.run(["scancel", "--me", "--signal=KILL", "--full"], check=False)
        os.killpg(p.pid, signal.SIGKILL)
        p.wait()
        before = parts(folder)
        judge(name + ": killed in the middle", 0 < len(before) < 4 and "part-3.jsonl" not in before and
              not os.path.exists(folder + "/all.jsonl"), before)
        while name == "slurm" and subprocess.run(["squeue", "-h"], capture_output=True, check=False).stdout:
            time.sleep(0.2)
        write(folder + "/was-killed", "")
        write(folder + "/begun", "")
        p = follow(name, folder, programs)
        after = parts(folder)
        judge(name + ": what was done is not done again", all(after[n] == before[n] for n in before) and
              sorted(read(folder + "/begun").split()) == sorted(set("1234") - {n[5] for n in before}),
              (before, after, read(folder + "/begun")))
        judge(name + ": nothing twice, nothing lost", os.path.exists(folder + "/all.jsonl") and
              read(folder + "/all.jsonl") == whole, p.stderr + p.stdout)


def tried_again(folder):
    """Status 75, for real (a task that may open no file), and the scheduler tries again."""
    whole = documents(folder)
    programs = stand_in(folder, SHARD + '[ -z "$shard" ] || echo $shard >>begun\n'
                        'if [ "$shard" = 2 ] && [ ! -e once ]; then\n'
                        ': >once; (ulimit -n 4; exec "' + PROGRAM + '" "$@"); status=$?; echo $status >once; exit $status\nfi')
    for name in [n for n in SCHEDULERS if n != "xargs"]:  # which does not try again
        if not there(name):
            continue
        forget(folder, "once", "begun")
        p = follow(name, folder, programs)
        judge(name + ": status 75 is tried again", read(folder + "/once") == "75\n" and
              sorted(read(folder + "/begun").split()) == ["1", "2", "2", "3", "4"] and
              os.path.exists(folder + "/all.jsonl") and read(folder + "/all.jsonl") == whole,
              (read(folder + "/once"), read(folder + "/begun"), p.stderr + p.stdout))


def beside_slurm():
    """The recipes for Slurm, beside a cluster of one machine."""
    p = subprocess.run([ROOT + "/tests/slurm.sh", "run", sys.executable, *sys.argv[:2], "slurm"],
                       capture_output=True, encoding="utf-8", check=False)
    *lines, last = p.stdout.splitlines() or [""]
    print("\n".join(lines))
    told = re.findall(r"(\d+) (passed|failed|skipped)", last)
    if p.returncode == 77:
        skip("the recipes for Slurm", p.stderr.strip())
    elif not told:
        judge("a cluster of Slurm", False, p.stderr)
    for n, what in told:
        counts[what] += int(n)


def main():
    if sys.argv[2:] == ["slurm"]:
        SCHEDULERS[:] = ["slurm"]
        wanted = [recipes, resumed, tried_again]
    else:
        wanted = [shards, since, from_below, small_beside_large, passing_trouble, interrupted, progress, recipes,
                  resumed, tried_again]
    for part in wanted:
        with tempfile.TemporaryDirectory() as folder:
            part(folder)
    if shards in wanted:
        beside_slurm()
    print("scale: %(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return counts["failed"] != 0


sys.exit(main())
