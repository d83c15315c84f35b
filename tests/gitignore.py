#!/usr/bin/python3
"""Folders with .gitignore files made at random: paraph must read the files that Git would list.

    tests/gitignore.py build/paraph [ROUNDS]"""
import json
import os
import random
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 25
NAMES = ["a", "b", "ab", "abc", "a.txt", "b.txt", "build", "x-1"]
PARTS = ["a", "b", "ab", "abc", "a*", "*.txt", "?", "build", "[ab]", "[!a]*", "**", "*", "x-*", "a\\b"]


def pattern(r):
    text = "/".join(r.choice(PARTS) for _ in range(r.choice([1, 1, 1, 2, 2, 3])))
    return r.choice(["", "", "", "!"]) + r.choice(["", "", "/"]) + text + r.choice(["", "", "", "/", " "])


def fill(r, folder, depth):
    for name in r.sample(NAMES, 5):
        path = os.path.join(folder, name)
        if depth < 3 and r.random() < 0.45:
            os.mkdir(path)
            fill(r, path, depth + 1)
        else:
            with open(path, "w") as f:
                f.write("Text.\n")
    if r.random() < (1 if depth == 0 else 0.4):
        with open(os.path.join(folder, ".gitignore"), "w") as f:
            f.write("# a remark\n\n" + "".join(pattern(r) + "\n" for _ in range(r.randint(1, 4))))


def listed(folder):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=folder,
                         capture_output=True, check=True).stdout.decode()
    return sorted(n for n in out.split("\0") if n and not n.endswith(".gitignore"))


def read(folder):
    done = subprocess.run([PROGRAM, "check", "--format", "json", "."], cwd=folder, capture_output=True)
    if not done.stdout:
        return []
    return sorted(d["path"][2:] for d in json.loads(done.stdout)["documents"])


def main():
    compared = failed = 0
    for seed in range(ROUNDS):
        r = random.Random(seed)
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(["git", "init", "-q", root], check=True)
            fill(r, root, 0)
            folders = [root] + [e.path for e in os.scandir(root) if e.is_dir() and e.name[0] != "."]
            for folder in folders:
                # Git itself lists nothing below a folder that is excluded; one that is named is read.
                if folder != root and subprocess.run(["git", "check-ignore", "-q", folder], cwd=root).returncode == 0:
                    continue
                git, ours = listed(folder), read(folder)
                compared += 1
                if git != ours:
                    failed += 1
                    print("FAILED round", seed, os.path.relpath(folder, root), "git only:",
                          sorted(set(git) - set(ours)), "paraph only:", sorted(set(ours) - set(git)))
                    for base, _, files in os.walk(root):
                        if ".gitignore" in files:
                            print(base, repr(open(os.path.join(base, ".gitignore")).read()))
    print(f"gitignore: {compared - failed} passed, {failed} failed")
    sys.exit(failed != 0)


main()
