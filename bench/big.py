#!/usr/bin/python3
"""Memory of documents of 200 MB and of 2,000 pages: reading, checking and correcting Word documents, and reading,
checking and annotating PDF, must do with 500 MB, the helper included; what OpenDocument needs is told beside it.

    bench/big.py build/paraph [NAME…]     names: docx docx-pictures odt odt-pictures pdf pdf-office

The documents are made of the reference translations: one whose XML is 200 MB, one that is 200 MB as a file,
mostly pictures, both as Word and OpenDocument, and reports of 2,000 pages, one by tests/pdf/make.py, one by
LibreOffice where it is installed (650,000 words). Memory is the sum of what paraph and its helper held at their heights, which
is never less than what they held at once. Prints a table; exit status 1 when a limit is passed."""
import gzip
import html
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
SHARED = pathlib.Path(os.environ.get("PARAPH_SHARED", "../shared"))
HERE = pathlib.Path(__file__).parent
SIZE, PAGES, LIMIT = 200_000_000, 2000, 500
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             'officeDocument" Target="word/document.xml"/></Relationships>')
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType='
         '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
ODF = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' \
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def sentences():
    """French sentences for ever; every thousandth has a fault that is corrected."""
    n = 0
    while True:
        with gzip.open(SHARED / "corpora/tm/canlaw_dev_120k.tsv.gz", "rt", encoding="utf-8") as f:
            for line in f:
                text = line.rstrip("\n").split("\t")[1]
                n += 1
                yield text.replace("l’", "l ’", 1) if n % 1000 == 0 else text


def word(text):
    """A paragraph in runs as Word leaves them."""
    middle = text.find(" ", len(text) // 2) + 1
    runs = "".join(f'<w:r w:rsidR="00A77B3E"><w:rPr><w:lang w:val="fr-CA"/></w:rPr><w:t xml:space="preserve">'
                   f"{html.escape(part)}</w:t></w:r>" for part in (text[:middle], text[middle:]))
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{runs}</w:p>\n'


def open_document(text):
    return f"<text:p>{html.escape(text)}</text:p>\n"


def write(path, kind, size, pictures):
    part, head, line, tail, picture = {
        "docx": ("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>', word,
                 "</w:body></w:document>", "word/media/%d.png"),
        "odt": ("content.xml", f"<office:document-content {ODF}><office:body><office:text>", open_document,
                "</office:text></office:body></office:document-content>", "Pictures/%d.png")}[kind]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        if kind == "odt":
            z.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        else:
            z.writestr("[Content_Types].xml", TYPES)
            z.writestr("_rels/.rels", RELATIONS)
        with z.open(part, "w", force_zip64=True) as out:
            out.write(head.encode())
            for text in sentences():
                data = line(text).encode()
                out.write(data)
                size -= len(data)
                if size <= 0:
                    break
            out.write(tail.encode())
        noise = random.Random(1)
        for i in range(pictures // 10_000_000):
            z.writestr(zipfile.ZipInfo(picture % i), noise.randbytes(10_000_000))


def office_pages(path):
    """A long report that LibreOffice makes a PDF of."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "a.docx"
        write(source, "docx", 5100 * PAGES, 0)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/home", "--convert-to", "pdf",
                        "--outdir", folder, str(source)], capture_output=True, check=True)
        os.replace(source.with_suffix(".pdf"), path)


def make_pages(path):
    with open(path, "wb") as out:
        subprocess.run([sys.executable, HERE.parent / "tests/pdf/make.py", "pages", str(PAGES)], stdout=out, check=True)


MAKERS = {
    "docx": lambda path: write(path, "docx", SIZE, 0),
    "docx-pictures": lambda path: write(path, "docx", SIZE // 20, SIZE),
    "odt": lambda path: write(path, "odt", SIZE, 0),
    "odt-pictures": lambda path: write(path, "odt", SIZE // 20, SIZE),
    "pdf": make_pages,
    "pdf-office": office_pages,
}


def high(pid):
    """What a helper has held at its height, in kB; 0 when it is gone, or still a copy of paraph."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    if not status.startswith("Name:\tparaph-pdf\n"):
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def children(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def run(*arguments):
    """Processor time, and the height of memory of it and its helpers."""
    p = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    while os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        most = max(most, sum(high(child) for child in children(p.pid)))
        time.sleep(0.02)
    said = p.stderr.read().decode()
    _, status, used = os.wait4(p.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"big: {' '.join(map(str, arguments))}: {said}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, most / 1024


def count_words(path):
    """By another program: a process that Python starts counts Python's memory as its own."""
    text = subprocess.Popen([PROGRAM, "text", path], stdout=subprocess.PIPE)
    n = int(subprocess.run(["wc", "-w"], stdin=text.stdout, capture_output=True, check=True).stdout)
    if text.wait() != 0:
        sys.exit(f"big: {path} cannot be read")
    return n


def main():
    passed = True
    print("| document | file, MB | words | done | s | words/s | MB | of which the helper |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for name, make in MAKERS.items():
        if WANTED and name not in WANTED:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / ("a." + name.partition("-")[0])
            try:
                make(path)
            except FileNotFoundError:
                print(f"big: {name}: skipped, no LibreOffice", file=sys.stderr)
                continue
            words = count_words(path)
            tasks = [("text", "read"), ("check", "checked")]
            tasks += [("annotate", "annotated")] if path.suffix == ".pdf" else [("fix", "corrected")]
            for task, done in tasks:
                more = {"text": ["text"], "check": ["check", "--no-config", "--no-cache"],
                        "annotate": ["check", "--no-config", "--no-cache", "--annotate", path.with_suffix(".out")],
                        "fix": ["fix", "--no-config", "-o", path.with_suffix(".out")]}[task]
                seconds, own, helper = run(*more, path)
                # The helper is waited for, so that its height may be the greater of the two.
                memory = own + helper
                passed = passed and (path.suffix == ".odt" or memory <= LIMIT)
                print(f"| {name} | {path.stat().st_size / 1e6:.0f} | {words:,} | {done} | {seconds:.1f} |"
                      f" {words / seconds:,.0f} | {memory:.0f} | {helper:.0f} |", flush=True)
    sys.exit(not passed)


main()
