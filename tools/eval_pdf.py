#!/usr/bin/env python3
"""How true is the text of a PDF? Documents that exist as DOCX and as PDF are the measure.

    tools/eval_pdf.py build/paraph CORPORA [-v]      (make eval-pdf)

The words of the DOCX (paraph text X.docx) are compared with those that paraph and, in the same
run, pdftotext (poppler-utils) take from the PDF. A line is a piece of at most twelve words of a
paragraph of the DOCX; it is damaged when one of its words is missing, changed, broken or run
together, or when another word stands inside it on the same line of the extraction. Moved text is
no damage: what is left over after one comparison is compared again.

Not counted, for both:
- headers and footers of the DOCX (they are the furniture of pages that a reader leaves out);
- words of the extraction between two lines of the DOCX: numbers that Word computes, page numbers;
- note calls: raised figures, and figures at the end of a word that the DOCX has without them;
- dots that lead to a page number."""
import collections
import difflib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

LINE = 12
LIMIT = 1.0  # per cent of lines damaged
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def words_of(text):
    text = unicodedata.normalize("NFC", text).replace("\u2011", "-").replace("\u00ad", "")
    text = text.translate(RAISED)
    text = re.sub(r"[._…]{4,}", " ", text)
    return [w for w in re.split(r"[\s\u00a0\u202f]+", text) if w]


def without_furniture(path, out):
    """The DOCX without its headers and footers."""
    with zipfile.ZipFile(path) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in z.namelist():
            data = z.read(name)
            if name == "word/_rels/document.xml.rels":
                data = re.sub(rb'<Relationship [^>]*/(header|footer)"[^>]*/>', b"", data)
            copy.writestr(name, data)


def gold_of(program, path):
    with tempfile.TemporaryDirectory() as folder:
        without_furniture(path, pathlib.Path(folder) / "a.docx")
        run = subprocess.run([program, "text", pathlib.Path(folder) / "a.docx"],
                             capture_output=True, check=True)
    lines = []
    for p in run.stdout.decode().split("\n"):
        w = words_of(p)
        lines += [w[i:i + LINE] for i in range(0, len(w), LINE)]
    return lines


class Word(str):
    line = 0


def extraction_of(command):
    out = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    words = []
    for n, text in enumerate(out.splitlines()):
        for w in words_of(text):
            w = Word(w)
            w.line = n
            words.append(w)
    return words


def align(gold, found):
    """For each word of gold the index of its word in found, or None. Text that stands at another
    place is found by comparing again what is left."""
    matched = [None] * len(gold)
    left, right = list(range(len(gold))), list(range(len(found)))
    for turn in range(8):
        a, b = [gold[i] for i in left], [str(found[i]) for i in right]
        least = 1 if turn == 0 else 2
        hits = 0
        taken_a, taken_b = set(), set()
        for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            if block.size < least and turn:
                continue
            for k in range(block.size):
                matched[left[block.a + k]] = right[block.b + k]
                taken_a.add(block.a + k)
                taken_b.add(block.b + k)
                hits += 1
        left = [x for i, x in enumerate(left) if i not in taken_a]
        right = [x for i, x in enumerate(right) if i not in taken_b]
        if not hits:
            break
    # Cells of one word, moved: each is its own line.
    where = collections.defaultdict(list)
    for i in right:
        where[str(found[i])].append(i)
    return matched, where


def without_call(word):
    return re.sub(r"(?<=[^\d\s])\d{1,3}(?=[.,;:)”’]*$)", "", re.sub(r"^\d{1,3}(?=[^\d\W])", "", word))


def damaged_lines(lines, found):
    gold = [w for line in lines for w in line]
    calls = [without_call(w) for w in found]
    known = set(gold)
    kept = []
    for w, bare in zip(found, calls):
        if str(w) not in known and bare in known and bare:
            new = Word(bare)
            new.line = w.line
            kept.append(new)
        else:
            kept.append(w)
    matched, where = align(gold, kept)
    bad, missing, at = [], 0, 0
    for line in lines:
        places = matched[at:at + len(line)]
        if len(line) == 1 and places[0] is None and where[line[0]]:
            places = [where[line[0]].pop()]
        at += len(line)
        missing += sum(p is None for p in places)
        wrong = any(p is None for p in places)
        for a, b in zip(places, places[1:]):
            if a is not None and b is not None and b != a + 1:
                # Something stands between two words of one line.
                between = kept[a + 1:b] if b > a else ["moved"]
                wrong = wrong or b < a or (kept[a].line == kept[b].line and len(between) < 30)
        if wrong:
            near = [p for p in places if p is not None]
            context = " ".join(kept[min(near):max(near) + 1][:30]) if near else ""
            bad.append((" ".join(line), context))
    return bad, missing, len(gold)


def main():
    program = sys.argv[1]
    folder = pathlib.Path(sys.argv[2]) / "un_docs/docx_pdf_pairs"
    verbose = "-v" in sys.argv
    if not (pathlib.Path(program).parent / "paraph-pdf").exists():
        print("eval-pdf: skipped, paraph-pdf is not built", file=sys.stderr)
        return 0
    if not shutil.which("pdftotext"):
        print("eval-pdf: skipped, there is no pdftotext (poppler-utils)", file=sys.stderr)
        return 0
    total = collections.Counter()
    print("## The text of PDF files\n")
    print("Documents that exist as DOCX and as PDF; lines of the DOCX (at most twelve words of a "
          "paragraph) that the text of the PDF does not give back whole (tools/eval_pdf.py says "
          "what is not counted).\n")
    print("| document | lines | words | damaged: paraph | damaged: pdftotext |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for docx in sorted(folder.glob("*.docx")):
        pdf = docx.with_suffix(".pdf")
        lines = gold_of(program, docx)
        row = f"| {docx.stem} | {len(lines)} | {sum(map(len, lines))}"
        for name, command in (("paraph", [program, "text", pdf]), ("pdftotext", ["pdftotext", pdf, "-"])):
            bad, missing, n = damaged_lines(lines, extraction_of(command))
            total[name] += len(bad)
            total[name, "words"] += missing
            row += f" | {len(bad)} ({100 * len(bad) / len(lines):.2f} %)"
            if verbose and name == "paraph":
                for gold, found in bad:
                    print("  docx:", gold, "\n   pdf:", found)
        total["lines"] += len(lines)
        total["n"] += n
        print(row + " |")
    print(f"| all | {total['lines']} | {total['n']}" + "".join(
        f" | {total[n]} ({100 * total[n] / total['lines']:.2f} %)" for n in ("paraph", "pdftotext"))
        + " |")
    print("| words missing | |" + "".join(
        f" | {total[n, 'words']} ({100 * total[n, 'words'] / total['n']:.2f} %)"
        for n in ("paraph", "pdftotext")) + " |")
    if 100 * total["paraph"] >= LIMIT * total["lines"]:
        print(f"eval-pdf: {LIMIT} % of lines or more are damaged", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
