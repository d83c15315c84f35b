#!/usr/bin/python3
"""The text that paraph reads in Word and OpenDocument files, beside LibreOffice's own.

    tools/eval_office.py build/paraph FILE…

LibreOffice's text is its export as plain text, without the labels of lists and the marks of notes that
it computes, and with what the export leaves out: notes, text boxes, and each header and footer once. Words
are counted, not placed: those that only one of the two has are listed, and their share of all words is
the figure. Numbers of pages, which the file has from the last time it was laid out, are no difference. Each
Word file is compared once more as LibreOffice saves it in OpenDocument. Wants libreoffice-writer and python3-uno; says so and stops without them."""
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests"))
import libreoffice
from libreoffice import members

PROGRAM = os.path.abspath(sys.argv[1])
LISTED = 12
BULLETS = "•◦▪–-o\uf0b7"  # labels of lists that the export writes in signs of its own

libreoffice.or_stop("eval-office: skipped (no LibreOffice)")


def words(text):
    """Words as both write them: composed, without the marks of what is no text."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\ufffc", " ")
    return collections.Counter(w for w in text.split() if w not in BULLETS)


def paragraphs(text):
    """Every paragraph of a text, those in tables too."""
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part


def labels(document):
    for p in paragraphs(document.getText()):
        if p.getPropertySetInfo().hasPropertyByName("ListLabelString"):
            yield p.getPropertyValue("ListLabelString")


def boxes(document):
    frames = document.getTextFrames()
    for name in frames.getElementNames():
        yield frames.getByName(name).getString()
    for shape in members(document.getDrawPage()):
        if hasattr(shape, "getString") and not shape.supportsService("com.sun.star.text.TextFrame"):
            yield shape.getString()


def furniture(document):
    """Headers and footers, each text once."""
    seen = set()
    styles = document.getStyleFamilies().getByName("PageStyles")
    for style in members(styles):
        for what in "Header", "Footer":
            if style.getPropertyValue(what + "IsOn"):
                for side in "Text", "TextLeft", "TextRight", "TextFirst":
                    text = style.getPropertyValue(what + side)
                    if text is not None:
                        seen.update(p.getString() for p in paragraphs(text))
    return seen


def office_words(office, path, folder):
    out = folder / "out.txt"

    def use(d):
        # As the reader has it: all changes accepted.
        office.command(d, "AcceptAllTrackedChanges")
        libreoffice.export(d, out)
        body = words(out.read_text(encoding="utf-8-sig"))
        body.subtract(words(" ".join(labels(d))))
        marks = set()
        for notes in d.getFootnotes(), d.getEndnotes():
            for i, note in enumerate(members(notes), 1):
                body.update(words(note.getString()))
                # A mark that somebody chose is text in Word; a number is computed.
                body.update(words(note.getLabel()))
                marks.add(note.getLabel() or str(i))
        for box in boxes(d):
            body.update(words(box))
        around = collections.Counter()
        for text in furniture(d):
            around.update(words(text))
        return body, around, marks
    return office.open(path, use)


def without_marks(only_theirs, only_ours, marks):
    """The export writes the mark of a note into the word before it."""
    for word in list(only_theirs):
        for mark in marks:
            at = word.rfind(mark)
            while at >= 0 and word in only_theirs:
                bare = word[:at] + word[at + len(mark):]
                if only_ours[bare] > 0 or not bare:
                    for words_left, w in (only_theirs, word), (only_ours, bare):
                        words_left[w] -= 1
                        if words_left[w] <= 0:
                            del words_left[w]
                at = word.rfind(mark, 0, at)


def without_pages(only_theirs, only_ours, around):
    """Numbers in headers and footers, and as many of ours."""
    def is_page(w):
        return re.fullmatch(r"[0-9]+(/[0-9]+)?", w)
    pages = [w for w in only_theirs if is_page(w) and around[w] > 0]
    left = sum(only_theirs.pop(w) for w in pages)
    for w in [w for w in only_ours if is_page(w)]:
        less = min(left, only_ours[w])
        only_ours[w] -= less
        left -= less
        if only_ours[w] == 0:
            del only_ours[w]


def compare(name, ours, body, around, marks):
    """Words only here and only there; headers and footers may be told more than once."""
    only_theirs, only_ours = collections.Counter(), collections.Counter()
    for word in set(ours) | set(body) | set(around):
        more = ours[word] - body[word]
        if more < 0:
            only_theirs[word] = -more
        elif more > 0 and around[word] == 0:
            only_ours[word] = more
        elif more < around[word] > 0 and more == 0:
            only_theirs[word] = around[word]
    without_marks(only_theirs, only_ours, marks)
    without_pages(only_theirs, only_ours, around)
    total = sum(n for n in body.values() if n > 0)
    differ = sum(only_theirs.values()) + sum(only_ours.values())
    print(f"{name:32} {total:6} words, {differ:4} different ({100 * differ / max(total, 1):.3f} %)")
    for what, found in ("only LibreOffice", only_theirs), ("only paraph", only_ours):
        if found:
            print(f"    {what}: " + ", ".join(f"{w} ({n})" if n > 1 else w for w, n in found.most_common(LISTED)))
    return total, differ


def main():
    total = differ = 0
    with tempfile.TemporaryDirectory() as name:
        office = libreoffice.Office(name + "/home")
        folder = pathlib.Path(name)
        for path in (pathlib.Path(argument).resolve() for argument in sys.argv[2:]):
            copies = [path]
            if path.suffix == ".docx":
                copies.append(office.save(path, folder / (path.stem + ".odt"), "writer8"))
            for copy in copies:
                run = subprocess.run([PROGRAM, "text", str(copy)], capture_output=True, check=True)
                a, b = compare(copy.name, words(run.stdout.decode()), *office_words(office, copy, folder))
                total, differ = total + a, differ + b
        office.close()
    print(f"{'all':32} {total:6} words, {differ:4} different ({100 * differ / max(total, 1):.3f} %)")
    sys.exit(100 * differ >= 0.1 * total)


main()
