"""What the evaluations share: reading the corpora, running the program over many texts at once,
keys of findings. The corpora are read where they are and never copied."""
import hashlib
import json
import lzma
import os
import subprocess
import sys
import tempfile

AROUND = 24


def rows(path):
    """The rows of a TSV file with a header, those cut short by a stray tab left out."""
    with open(path, encoding="utf-8", newline="") as file:
        head, *rest = [line.split("\t") for line in file.read().split("\n")]
    return [dict(zip(head, row)) for row in rest if len(row) == len(head)]


def lines(path, column=None, header=False):
    """The lines of a file that are not empty, or one column of them."""
    with open(path, encoding="utf-8") as file:
        found = file.read().split("\n")
    found = found[1:] if header else found
    if column is not None:
        found = [row.split("\t")[column] for row in found if row.count("\t") >= column]
    return [row for row in found if row.strip()]


def whole(path):
    with open(path, "rb") as file:
        data = file.read()
    return (lzma.decompress(data) if path.endswith(".xz") else data).decode("utf-8")


def check(program, texts, *options):
    """A document of `paraph check --format jsonl` for each text, in order."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for n, text in enumerate(texts):
            names.append(f"{folder}/{n:06}.txt")
            with open(names[-1], "w", encoding="utf-8", newline="") as file:
                file.write(text + "\n")
        run = subprocess.run(
            [program, "check", "--no-cache", "--format", "jsonl", "--fail-on", "never", *options,
             "--files-from", "-"],
            input="\n".join(names), stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        sys.exit("paraph check failed")
    found = [{"words": 0, "findings": []} for _ in texts]
    for line in run.stdout.splitlines():
        document = json.loads(line)
        if "path" in document:
            found[int(os.path.basename(document["path"])[:6])] = document
    return found


def in_code_points(finding, text):
    """The finding with its place in code points of the text instead of bytes."""
    data = text.encode()
    return {**finding, "start": len(data[: finding["start"]].decode()),
            "end": len(data[: finding["end"]].decode())}


def context(finding, data):
    """The finding with what stands around it, white space made one space."""
    before = data[: finding["start"]].decode(errors="ignore")[-AROUND:]
    after = data[finding["end"]:].decode(errors="ignore")[:AROUND]
    return tuple(" ".join(part.split()) for part in (before, finding["text"], after))


def key(finding, data):
    parts = "\x1f".join((finding["rule"],) + context(finding, data))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def clean_sets(corpora):
    """The texts without faults of extraction: name, total they count in, documents."""
    def read(path):
        return lambda: [whole(os.path.join(corpora, path))]

    def each_line(path):
        return lambda: lines(os.path.join(corpora, path), 2, True)

    def column(path, number):
        """One document, a paragraph a row."""
        return lambda: ["\n".join(lines(os.path.join(corpora, path), number))]

    return [
        ("Charter, French", "un", read("un_text/raw_un_charter_fr.txt")),
        ("Charter, English", "un", read("un_text/raw_un_charter_en.txt")),
        ("Universal Declaration, French", "un", read("un_text/udhr2_fr.txt")),
        ("Universal Declaration, English", "un", read("un_text/udhr2_en.txt")),
        ("treaty-body recommendations, French", "un",
         read("un_text/un_treaty_body_recommendations_fr_dev.txt")),
        ("clean lines, French", "un", each_line("gold_un_artifacts/fr_clean_lines.tsv")),
        ("clean lines, English", "un", each_line("gold_un_artifacts/en_clean_lines.tsv")),
        ("SDG goals and indicators, French", "un",
         column("tm/un_sdg_goals_targets_indicators.tsv", 2)),
        ("SDG goals and indicators, English", "un",
         column("tm/un_sdg_goals_targets_indicators.tsv", 1)),
        ("Charter memory, French", "un", column("tm/un_charter_en_fr.tsv", 1)),
        ("Charter memory, English", "un", column("tm/un_charter_en_fr.tsv", 0)),
        ("treaties, French", "issued", read("un_text/treaties_fr_dev.txt.xz")),
        ("UNICEF 1980, French, OCR", None, read("un_text/E_ICEF_672_PartI_1980_fr_ocr.txt")),
        ("literary French (grammalecte)", None, read("fr_errors/grammalecte_correct_dev.txt")),
    ]
