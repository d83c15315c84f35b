#!/usr/bin/python3
"""The page that paraph says of each paragraph of an OpenDocument text, beside LibreOffice's own: the DOCX of the
corpora and of tests/office_set.py, saved as ODT from a window that shows them.

    tests/office_pages.py build/paraph [FILE.docx…]

Wants Debian's libreoffice-writer and python3-uno; says so and stops without them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import libreoffice
import office_set

PROGRAM = os.path.abspath(sys.argv[1])
libreoffice.or_stop("office_pages: 0 passed, 0 failed, 1 skipped (no LibreOffice)")
RULE = """rules:
  - id: pages/start
    message: { en: a paragraph, fr: un paragraphe }
    pattern: '^.{20,60}'
"""


def paragraphs(text):
    """Those of a text and of the cells of its tables."""
    each = text.createEnumeration()
    while each.hasMoreElements():
        part = each.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part


def shown(office, path, out):
    """Saved as ODT; the pages on which each text begins, by its first letters."""
    document = office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
    cursor = document.getCurrentController().getViewCursor()
    document.storeToURL(out.as_uri(), (libreoffice.value("FilterName", "writer8"),))
    pages = {}
    for p in paragraphs(document.getText()):
        cursor.gotoRange(p.getStart(), False)
        pages.setdefault(letters(p.getString()), set()).add(cursor.getPage())
    document.close(True)
    return pages


def letters(text):
    return "".join(c for c in text if c.isalnum())[:16]


def told(path, rules):
    run = subprocess.run([PROGRAM, "check", "--no-config", "--rules", str(rules), "--only", "pages/", "--format", "json",
                          str(path)], capture_output=True, check=False)
    assert run.returncode < 2, run.stderr.decode()
    for f in json.loads(run.stdout)["documents"][0]["findings"]:
        if f["location"].get("part") == "body" and len(letters(f["text"])) == 16:
            yield f["text"], f["location"].get("page")


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    wrong = count = silent = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rules = folder / "rules.yaml"
        rules.write_text(RULE)
        if not files:
            office_set.write(folder)
            corpora = pathlib.Path(os.environ.get("PARAPH_SHARED", "none")).glob("corpora/un_docs/*/*.docx")
            files = sorted(folder.glob("*.docx")) + sorted(corpora)
        office = libreoffice.Office(name + "/home")
        for path in files:
            out = folder / "shown.odt"
            pages = shown(office, path, out)
            said = [(text, page, pages[letters(text)]) for text, page in told(out, rules) if letters(text) in pages]
            bad = [s for s in said if s[1] is not None and s[1] not in s[2]]
            silent += any(s[1] is None for s in said)
            count += sum(s[1] is not None for s in said)
            wrong += len(bad)
            for text, page, those in bad[:5]:
                print(f"FAILED {path.name}: “{text[:40]}” is on page {those}, not {page}", flush=True)
        office.close()
    print(f"office_pages: {count - wrong} passed, {wrong} failed; of {silent} documents in {len(files)} nothing is said")
    sys.exit(wrong != 0 or count == 0)


main()
