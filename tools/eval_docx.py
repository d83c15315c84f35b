#!/usr/bin/env python3
"""Findings in the Word documents of the corpora, each judged by a reader in tools/eval_docx.tsv.

    tools/eval_docx.py build/paraph CORPORA [--list]

Prints how many are wrong, by level, for 10,000 words, and what nobody has judged yet; with --list a
line for each finding, to be judged."""
import json
import os
import pathlib
import subprocess
import sys

program, corpora = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
judged = {}
for line in pathlib.Path(__file__).with_name("eval_docx.tsv").read_text().splitlines():
    if line and not line.startswith("#"):
        key, rule, verdict, text = line.split("\t")
        judged[key] = verdict
files = sorted(str(p.relative_to(corpora)) for p in corpora.glob("un_docs/*/*.docx"))
run = subprocess.run([program, "check", "--no-config", "--no-cache", "--format", "json", *files], cwd=corpora,
                     capture_output=True, text=True, check=False)
documents = json.loads(run.stdout)["documents"]
words = sum(d["words"] for d in documents)
counts = {}
for d in documents:
    for f in d["findings"]:
        verdict = judged.get(f["fingerprint"], "unjudged")
        counts[f["severity"], verdict] = counts.get((f["severity"], verdict), 0) + 1
        if "--list" in sys.argv or verdict == "unjudged":
            print(f["fingerprint"], f["rule"], verdict, f["text"].replace("\n", " "), sep="\t")
print(f"{len(files)} documents, {words} words")
for (level, verdict), n in sorted(counts.items()):
    print(f"{level}: {verdict} {n}" + (f", {n * 10000 / words:.2f} in 10,000 words" if verdict == "false" else ""))
