#!/usr/bin/python3
"""Documents of Word and LibreOffice with tracked changes, as LibreOffice sees them: accepting all changes must give the
text of the document that paraph corrects plainly, rejecting all the text it was given; and every comment
must be there.

    tests/office.py build/paraph [FILE…]     (default: the DOCX of the corpora, and the ODT that
                                              LibreOffice makes of them and of tests/office_set.py)

Wants Debian's libreoffice-writer (that without a window falls over comments) and python3-uno; says so and stops without them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import libreoffice
import office_set

PROGRAM = os.path.abspath(sys.argv[1])
ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"
libreoffice.or_stop("office: 0 passed, 0 failed, 1 skipped (no LibreOffice)")


def untouched(before, after):
    """The parts that paraph has nothing to write in stay byte for byte."""
    with zipfile.ZipFile(before) as a, zipfile.ZipFile(after) as b:
        may = ("content.xml", "styles.xml") if before.suffix == ".odt" else ("word/", "[Content")
        return a.namelist() == [n for n in b.namelist() if n in a.namelist()] and all(
            a.read(n) == b.read(n) for n in a.namelist() if not n.startswith(may))


def comments_in(path):
    """How many comments the file says it has, and how many LibreOffice sees."""
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        if path.suffix == ".odt":
            return z.read("content.xml").count(b"<office:annotation ") + \
                z.read("content.xml").count(b"<office:annotation>")
        return z.read("word/comments.xml").count(b"<w:comment ") if "word/comments.xml" in names else 0


def findings(path):
    run = subprocess.run([PROGRAM, "check", "--no-config", "--format", "json", str(path)], capture_output=True, check=False)
    assert run.returncode < 2, run.stderr.decode()
    return json.loads(run.stdout)["documents"][0]["findings"]


def look(office, folder, path):
    tracked, plain, commented, original = (
        folder / (name + path.suffix) for name in ("tracked", "plain", "commented", "original"))
    original.write_bytes(path.read_bytes())
    for out, more in (tracked, ["--tracked"]), (plain, ["--plain"]):
        subprocess.run([PROGRAM, "fix", "--unsafe", *more, "-o", str(out), str(original)], check=True)
    subprocess.run([PROGRAM, "fix", "--comments", "-o", str(commented), str(original)], check=True)
    if office.comments(commented) != comments_in(commented):
        print("      comments:", comments_in(commented), "written,", office.comments(commented), "seen")
        return False, False
    sound = original if path.suffix == ".odt" else libreoffice.with_high_ids(original, folder / "sound.docx")
    if office.text(commented) != office.text(sound):
        print("      comments change the text")
        return False, False
    found, others = len(findings(original)), comments_in(original)
    if comments_in(commented) != found + others:
        print("      comments:", comments_in(commented), "for", found, "findings and", others, "of others")
        return False, False
    if not untouched(original, tracked):
        print("      a part changed that has nothing to do with it")
        return False, False
    if tracked.read_bytes() == original.read_bytes():
        return True, plain.read_bytes() == original.read_bytes()
    # With the changes of others accepted or rejected, too.
    return (office.text(tracked, ACCEPT) == office.text(plain, ACCEPT),
            office.text(tracked, REJECT) == office.text(original, REJECT))


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    if not files and "PARAPH_SHARED" in os.environ:
        files = sorted(pathlib.Path(os.environ["PARAPH_SHARED"]).glob("corpora/un_docs/*/*.docx"))
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        office = libreoffice.Office(name + "/home")
        if len(sys.argv) == 2:
            made = pathlib.Path(name) / "made"
            made.mkdir()
            office_set.write(made)
            files += [office.save(path, made / (path.stem + ".odt"), "writer8")
                      for path in files + sorted(made.glob("*.docx"))]
        for path in files:
            accepted, rejected = look(office, pathlib.Path(name), path)
            failed += not (accepted and rejected)
            print("ok    " if accepted and rejected else "FAILED", path.name,
                  "" if accepted else "accepted differs", "" if rejected else "rejected differs")
        office.close()
    print(f"office: {len(files) - failed} passed, {failed} failed, 0 skipped")
    sys.exit(failed != 0)


main()
