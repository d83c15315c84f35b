#!/usr/bin/python3
"""Word documents with tracked changes and comments, as LibreOffice sees them. Of every document:

- it opens, and has as many comments as paraph says it found and did not change;
- accepting all changes gives the text of the document that paraph corrects at once, rejecting all
  the text it was given (with the changes of others accepted or rejected, too);
- with --comments alone its text is the same as before, and there is a comment for every finding
  (LibreOffice 7.4 puts an empty line before a table with comments at the very beginning: that is looked past; and
  where comments of somebody else make it exchange the notes of the original, they are told apart first);
- parts that are not touched keep their compressed bytes, order and time; no annotations share an id;
  changes and ranges stand where the schema has them;
- what LibreOffice itself saves of it is corrected in the same way.

    tests/office_docx.py build/paraph [FILE.docx…]     (default: those of tests/office_set.py, and of the
                                                   corpora with faults put into them)

Wants Debian's libreoffice-writer (that without a window falls over comments) and python3-uno; says so
and stops without them."""
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

import libreoffice
import office_set

PROGRAM = os.path.abspath(sys.argv[1])
W = "{" + office_set.W + "}"
libreoffice.or_stop("office: 0 passed, 0 failed, 1 skipped (no LibreOffice)")


def paraph(*arguments, status=0):
    run = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False)
    assert run.returncode in (status if isinstance(status, tuple) else (status,)), run.stderr.decode()
    return run.stdout.decode()


def findings(path):
    run = paraph("check", "--no-config", "--format", "json", path, status=(0, 1))
    return json.loads(run)["documents"][0]["findings"]


def of_paraph(path, tag):
    with zipfile.ZipFile(path) as z:
        return sum(z.read(n).count(b'<w:%s w:id=' % tag.encode()) for n in z.namelist()
                   if n.startswith("word/") and n.endswith(".xml"))


def comments_in(path):
    """How many comments the file has."""
    with zipfile.ZipFile(path) as z:
        return sum(z.read(n).count(b"<w:comment ") for n in z.namelist() if re.match(r"word/comments\d*\.xml$", n))


def entries(path):
    """Name, time and compressed bytes of each entry."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as z:
        for i in z.infolist():
            name, extra = struct.unpack("<HH", data[i.header_offset + 26:i.header_offset + 30])
            start = i.header_offset + 30 + name + extra
            yield i.filename, i.date_time, data[start:start + i.compress_size], i.CRC


def check_parts(before, after):
    """Untouched parts are the same bytes; new ones come last."""
    old, new = list(entries(before)), list(entries(after))
    assert [e[0] for e in new[:len(old)]] == [e[0] for e in old], "order of parts"
    for a, b in zip(old, new):
        assert a[1] == b[1], a[0] + ": another time"
        assert a[3] != b[3] or a[2] == b[2], a[0] + ": packed anew"
    assert all(re.match(r"word/(comments\d*\.xml|_rels/.*)$", e[0]) for e in new[len(old):])


CHANGES = {"ins", "del", "moveFrom", "moveTo"}
HOLDS_CHANGES = {"p", "hyperlink", "smartTag", "sdtContent", "ins", "moveTo", "customXml", "dir", "bdo", "rubyBase"}
HOLDS_RANGES = HOLDS_CHANGES | {"body", "tc", "tbl", "tr", "comment", "footnote", "endnote", "hdr", "ftr", "del", "fldSimple"}
IN_PROPERTIES = {"rPr", "trPr", "numPr", "tcPr"}


def check_schema(path):
    ids = set()
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            if not re.match(r"word/[a-z]+\d*\.xml$", name):
                continue
            root = ET.fromstring(z.read(name))
            for parent in root.iter():
                above = parent.tag.rpartition("}")[2]
                for i, child in enumerate(parent):
                    if not child.tag.startswith(W):
                        continue
                    tag = child.tag[len(W):]
                    if tag in CHANGES and above not in IN_PROPERTIES:
                        assert above in HOLDS_CHANGES, f"{name}: {tag} in {above}"
                        assert (tag, child.get(W + "id")) not in ids, f"{name}: {tag} {child.get(W + 'id')} twice"
                        ids.add((tag, child.get(W + "id")))
                    if tag in ("commentRangeStart", "commentRangeEnd"):
                        assert above in HOLDS_RANGES, f"{name}: {tag} in {above}"
                    if tag == "rPr" and above == "r":
                        assert i == 0, name + ": rPr behind content"
                    if tag in ("t", "delText"):
                        assert above == "r", f"{name}: {tag} in {above}"
        if "word/comments.xml" in z.namelist():
            body = z.read("word/document.xml").decode()
            for c in ET.fromstring(z.read("word/comments.xml")):
                # Of an empty range of somebody's, LibreOffice saves the reference alone.
                ours = c.get(W + "author") == "paraph"
                for what in ("RangeStart", "RangeEnd", "Reference") if ours else ("Reference",):
                    n = len(re.findall(r'<w:comment%s\s+w:id\s*=\s*["\']%s["\']' % (what, c.get(W + "id")), body))
                    assert n == 1, f"{n} comment{what} for {c.get(W + 'id')}"


def look(office, folder, path, unsafe):
    original = folder / "original.docx"
    original.write_bytes(path.read_bytes())
    for out, more in ("tracked", ["--tracked"]), ("plain", ["--plain"]), ("both", ["--tracked", "--comments"]):
        paraph("fix", "--no-config", *unsafe, *more, "-o", folder / (out + ".docx"), original)
    paraph("fix", "--no-config", "--comments", "-o", folder / "commented.docx", original)
    tracked, plain, both, commented = (folder / (n + ".docx") for n in ("tracked", "plain", "both", "commented"))
    for out in tracked, plain, both, commented:
        check_parts(original, out)
        check_schema(out)
    sound = libreoffice.with_high_ids(original, folder / "sound.docx")
    there, found = comments_in(original), len(findings(original))
    assert comments_in(commented) == there + found, f"{comments_in(commented) - there} comments for {found} findings"
    for out in commented, both:
        seen = office.comments(out)
        assert seen == comments_in(out), f"{out.name}: {comments_in(out)} comments written, {seen} seen"
    assert office.text(commented) == office.text(sound), "comments change the text"
    sound_plain = libreoffice.with_high_ids(plain, folder / "sound_plain.docx")
    for out, before, after, notes in (tracked, original, plain, sound == original), (both, sound, sound_plain, True):
        for command, like in ("RejectAllTrackedChanges", before), ("AcceptAllTrackedChanges", after):
            assert office.text(out, command, notes) == office.text(like, command, notes), f"{out.name}: {command} differs"
    return found, of_paraph(tracked, "ins") + of_paraph(tracked, "del")


def damage(path, out):
    """The document as it would be with faults: a space before every ninth apostrophe, and within every
    eleventh « de la »."""
    counts = [0]

    def spoil(match):
        counts[0] += 1
        return " " + match.group(0) if counts[0] % 9 == 0 else match.group(0)
    with zipfile.ZipFile(path) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        for i in z.infolist():
            data = z.read(i)
            if re.match(r"word/(document|footnotes|header\d*)\.xml", i.filename):
                text = data.decode()
                text = re.sub(r"(?<=[a-z])[’](?=[a-z])", spoil, text)
                text = re.sub(r"(?<=<w:t>)([a-z]+ [a-z]+) (?=[a-z])",
                              r"\1  ", text, count=40).replace("<w:t>", '<w:t xml:space="preserve">')
                data = text.encode()
            to.writestr(i, data)


def main():
    files = [(pathlib.Path(name).resolve(), ["--unsafe"]) for name in sys.argv[2:]]
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        office = libreoffice.Office(name + "/home")
        if not files:
            office_set.write(folder)
            files = [(path, []) for path in sorted(folder.glob("*.docx"))]
            corpora = pathlib.Path(os.environ.get("PARAPH_SHARED", "none")).glob("corpora/un_docs/*/*.docx")
            for path in sorted(corpora):
                damage(path, folder / ("damaged_" + path.name))
                files += [(path, ["--unsafe"]), (folder / ("damaged_" + path.name), [])]
            again = folder / "again"
            again.mkdir()
            for path, unsafe in list(files):
                if "corpora" not in str(path):
                    files.append((office.save(path, again / path.name, "MS Word 2007 XML"), unsafe))
        work = folder / "work"
        work.mkdir()
        for path, unsafe in files:
            label = ("saved by LibreOffice: " if path.parent.name == "again" else "") + path.name
            try:
                found, changed = look(office, work, path, unsafe)
                print(f"ok     {label}: {found} findings, {changed} changes", flush=True)
            except AssertionError as wrong:
                failed += 1
                print("FAILED", label, str(wrong)[:300], flush=True)
        office.close()
    print(f"office: {len(files) - failed} passed, {failed} failed, 0 skipped")
    sys.exit(failed != 0)


main()
