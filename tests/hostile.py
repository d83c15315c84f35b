#!/usr/bin/env python3
"""Bad input and bad luck, end to end: every case must give a clear message, exit status 2 and
lose nothing.

    tests/hostile.py build/paraph

Prints a line a case and, last, "hostile: N passed, N failed"."""
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
GOOD = "Le texte de l ’accord est joint à la  présente lettre.\n"
FIXED = "Le texte de l’accord est joint à la présente lettre.\n"
results = []


def paraph(*args, limit=None, **more):
    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([PROGRAM, *map(str, args)], capture_output=True, timeout=300,
                          preexec_fn=prepare, **more)


def case(function):
    with tempfile.TemporaryDirectory() as folder:
        try:
            function(pathlib.Path(folder))
            error = None
        except AssertionError as wrong:
            error = wrong
    results.append(error is None)
    print(("ok    " if error is None else "FAILED"), function.__doc__, "" if error is None else error)


def complains(run, *words, status=2):
    err = run.stderr.decode("utf-8", "replace")
    assert run.returncode == status, f"status {run.returncode}: {err[:300]}"
    for word in words:
        assert word in err, f"no {word!r} in {err[:300]!r}"


@case
def _(folder):
    "a word list that is not UTF-8 text is refused, not taken for nothing"
    (folder / "a.txt").write_text("Le zorglub est joint à la lettre.\n")
    for name, data in (("wide", "zorglub\n".encode("utf-16")), ("zero", b"zor\0glub\n"),
                       ("bad", b"mot\nzorgl\xff\n")):
        (folder / name).write_bytes(data)
        complains(paraph("check", "--words", folder / name, folder / "a.txt"), name, "UTF-8")
    (folder / "good").write_bytes("\ufeff# noms\r\n\r\n  zorglub  \r\n".encode())
    run = paraph("check", "--only", "spelling/", "--words", folder / "good", folder / "a.txt")
    assert run.returncode == 0 and run.stdout == b"", run.stdout


@case
def _(folder):
    "a named pipe without a writer is refused, one with a writer is read"
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    start = time.time()
    complains(paraph("check", pipe), "pipe", "nobody")
    assert time.time() - start < 5
    writer = subprocess.Popen(["sh", "-c", f"exec >'{pipe}'; sleep 0.3; printf '%s' \"$0\"; sleep 0.3; printf '%s' \"$0\"", GOOD])
    time.sleep(0.1)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # lets the writer in
    time.sleep(0.1)
    run = paraph("check", "--only", "spacing/apostrophe", "--format", "json", pipe)
    writer.wait()
    os.close(reader)
    assert run.returncode == 1 and run.stdout.count(b'"spacing/apostrophe"') == 2, run.stdout + run.stderr


@case
def _(folder):
    "what the shell calls a file is read, also when it is empty or slow"
    for command, status in (("true", 0), (f"sleep 0.3; printf '%s' '{GOOD}'", 1)):
        run = subprocess.run(["bash", "-c", f"'{PROGRAM}' check --only spacing/ <({command})"], capture_output=True)
        assert run.returncode == status, run.stderr
    run = subprocess.run([PROGRAM, "check", "/dev/stdin"], input=GOOD.encode(), capture_output=True)
    assert run.returncode == 1, run.stderr


@case
def _(folder):
    "invalid UTF-8 is named with its place"
    path = folder / "a.txt"
    path.write_bytes("Première ligne.\nÉtat \xff\xfe suite.\n".encode("latin-1").replace(b"\xc9", "É".encode()).replace(b"\xe8", "è".encode()))
    complains(paraph("check", path), "a.txt", "line 2")


@case
def _(folder):
    "a zero byte is no text"
    path = folder / "a.txt"
    path.write_bytes(b"Du texte\0 et encore.\n")
    complains(paraph("check", path), "a.txt")


@case
def _(folder):
    "a file over the limit is refused without being read"
    path = folder / "big.txt"
    with open(path, "wb") as file:
        file.truncate(1 << 30)
    start = time.time()
    complains(paraph("check", path), "big.txt", "512")
    assert time.time() - start < 5


@case
def _(folder):
    "a line of 20 MiB is over the limit for a paragraph"
    path = folder / "line.txt"
    path.write_bytes(b"mot " * (5 << 20))
    complains(paraph("check", path), "line.txt")


@case
def _(folder):
    "a file that cannot be opened does not stop the good ones"
    (folder / "good.txt").write_text(GOOD)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    run = paraph("check", folder / "dangling.txt", folder / "good.txt")
    complains(run, "dangling.txt")
    assert "l ’accord" in run.stdout.decode()


@case
def _(folder):
    "a loop of folders ends"
    (folder / "a").mkdir()
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "a" / "good.txt").write_text(GOOD)
    run = paraph("check", folder)
    assert run.returncode == 1, run.returncode
    assert run.stdout.decode().count("spacing/apostrophe") == 1


@case
def _(folder):
    "an unknown option, command and rule are said"
    complains(paraph("check", "--nonsense"), "--nonsense")
    complains(paraph("chekc"), "chekc")
    complains(paraph("explain", "spacing/nothing"), "spacing/nothing")
    complains(paraph("check", "--only", "spacing/apostrophes", folder), "spacing/apostrophe")


@case
def _(folder):
    "fix --in-place on a full disk leaves the file as it was"
    path = folder / "a.txt"
    path.write_text(GOOD * 4000)
    complains(paraph("fix", "--in-place", path, limit=4096), "a.txt")
    assert path.read_text() == GOOD * 4000
    assert os.listdir(folder) == ["a.txt"], os.listdir(folder)


@case
def _(folder):
    "output to a full disk is an error that may pass"
    path = folder / "a.txt"
    path.write_text(GOOD * 4000)
    with open("/dev/full", "wb") as full:
        run = subprocess.run([PROGRAM, "check", str(path)], stdout=full, stderr=subprocess.PIPE)
    complains(run, status=75)
    complains(paraph("fix", "-o", "/dev/full", path), status=75)


@case
def _(folder):
    "fix --in-place keeps the permissions and follows a link"
    path, link = folder / "a.txt", folder / "link.txt"
    path.write_text(GOOD)
    path.chmod(0o640)
    link.symlink_to("a.txt")
    paraph("fix", "--in-place", link)
    assert path.read_text() == FIXED, path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


@case
def _(folder):
    "a killed fix --in-place leaves the old file or the new one, whole"
    path = folder / "a.txt"
    chance = random.Random(7)
    for _ in range(60):
        path.write_text(GOOD * 20000)
        child = subprocess.Popen([PROGRAM, "fix", "--in-place", str(path)],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.12)
        child.kill()
        child.wait()
        assert path.read_text() in (GOOD * 20000, FIXED * 20000), "the file is neither"


@case
def _(folder):
    "a reader that goes away is no crash"
    path = folder / "a.txt"
    path.write_text(GOOD * 20000)
    child = subprocess.Popen([PROGRAM, "check", str(path)], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    child.stdout.read(100)
    child.stdout.close()
    child.stderr.read()
    assert child.wait() in (1, 2, -signal.SIGPIPE), child.returncode


@case
def _(folder):
    "an empty file, a file without letters and an empty folder are fine"
    (folder / "empty.txt").write_text("")
    (folder / "marks.txt").write_text("--- 12 ... \n\n\n")
    (folder / "none").mkdir()
    assert paraph("check", folder / "empty.txt", folder / "marks.txt").returncode == 0
    assert paraph("check", folder / "none").returncode == 0


@case
def _(folder):
    "compiled data that are damaged are named by --version --check-data"
    data = pathlib.Path(os.environ["PARAPH_DATA"])
    good = paraph("--version", "--check-data", "--ui-lang", "en", "--data", data)
    assert good.returncode == 0 and b"sound" in good.stdout, good.stdout + good.stderr
    for name in "terms.index", "termbase.sqlite":
        shutil.copytree(data, folder / name)
        damaged = folder / name / name
        content = bytearray(damaged.read_bytes())
        middle = len(content) // 2
        content[middle:middle + 65536] = random.Random(1).randbytes(65536)
        damaged.write_bytes(content)
        complains(paraph("--version", "--check-data", "--data", folder / name), name)
    bit = folder / "bit"
    shutil.copytree(data, bit)
    content = bytearray((bit / "terms.index").read_bytes())
    content[-100] ^= 1
    (bit / "terms.index").write_bytes(content)
    complains(paraph("--version", "--check-data", "--data", bit), "terms.index")


@case
def _(folder):
    "a disk that is full during an import: the system's reason, and the store as it was"
    terms = "".join(f"term {n},terme {n}\n" for n in range(20000))
    (folder / "one.csv").write_text("en,fr\na,b\n")
    (folder / "many.csv").write_text("en,fr\n" + terms)
    assert paraph("term", "import", "--into", folder / "t.db", folder / "one.csv").returncode == 0
    run = paraph("term", "import", "--ui-lang", "en", "--into", folder / "t.db",
                 folder / "many.csv", limit=300000)
    complains(run, "t.db")
    assert b"disk I/O" not in run.stderr, run.stderr
    kept = paraph("term", "export", "--to", "tsv", folder / "t.db")
    assert kept.returncode == 0 and len(kept.stdout.splitlines()) == 2, kept.stdout


@case
def _(folder):
    "an import killed at any moment leaves the store as it was or complete"
    count, moments = 3000, random.Random(4)
    (folder / "one.csv").write_text("en,fr\na,b\n")
    (folder / "many.tbx").write_text(
        '<tbx type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>'
        + "".join(f'<conceptEntry id="c{n}"><langSec xml:lang="fr"><termSec><term>terme {n}</term>'
                  "</termSec></langSec></conceptEntry>" for n in range(count))
        + "</body></text></tbx>")
    base = folder / "t.db"
    command = [PROGRAM, "term", "import", "--into", base, folder / "many.tbx"]

    def begin():
        for path in folder.glob("t.db*"):
            path.unlink()
        assert paraph("term", "import", "--into", base, folder / "one.csv").returncode == 0
        return time.monotonic()

    start = begin()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - start
    for _ in range(25):
        begin()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.random() * whole * 1.1)
        child.kill()
        child.wait()
        kept = paraph("term", "export", "--to", "tsv", base)
        assert kept.returncode == 0, kept.stderr
        assert len(kept.stdout.splitlines()) - 1 in (1, count + 1), len(kept.stdout.splitlines())


@case
def _(folder):
    "cells of ten megabytes, in CSV and in TBX"
    huge = "x" * 10_000_000
    (folder / "a.csv").write_text(f"en,fr\n{huge},b\nc,d\n")
    (folder / "a.tbx").write_text(
        '<tbx type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>'
        f'<conceptEntry id="a"><note>{huge}</note><langSec xml:lang="en"><termSec><term>{huge}'
        "</term></termSec></langSec></conceptEntry></body></text></tbx>")
    for name in "a.csv", "a.tbx":
        run = paraph("term", "import", "--ui-lang", "en", "--into", folder / "t.db", folder / name)
        assert run.returncode in (1, 2), run.returncode
        assert name.encode() in run.stderr and len(run.stderr) < 1000, run.stderr[:300]


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path, body, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", body)
        for name, text in parts.items():
            z.writestr(name, text)


@case
def _(folder):
    "Word documents that are truncated, damaged, hostile or of another kind"
    good = f'<w:document {WORD}><w:body><w:p><w:r><w:t>Bonjour.</w:t></w:r></w:p></w:body></w:document>'
    docx(folder / "good.docx", good)
    assert paraph("check", folder / "good.docx").returncode == 0
    whole = (folder / "good.docx").read_bytes()
    cases = {
        "cut.docx": (whole[:len(whole) // 2], "zip"),
        "crc.docx": (bytes(b ^ (i == whole.index(b"word/document.xml") + 25)
                           for i, b in enumerate(whole)), "document.xml"),
        "old.doc": (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600), ".docx"),
    }
    for name, (content, word) in cases.items():
        (folder / name).write_bytes(content)
        complains(paraph("check", "--ui-lang", "en", folder / name), name, word)
    bodies = {
        "none.docx": ("", "document.xml"),
        "text.docx": ("no XML", "document.xml"),
        "bomb.docx": ('<!DOCTYPE x [<!ENTITY a "aaaa">]><w/>', "ENTITY"),
        "deep.docx": (f"<w:document {WORD}>" + "<w:p>" * 100000, "deep"),
        "half.docx": (good[:-20], "document.xml"),
    }
    for name, (body, word) in bodies.items():
        docx(folder / name, body)
        complains(paraph("check", "--ui-lang", "en", folder / name), name, word)
    with zipfile.ZipFile(folder / "empty.docx", "w") as z:
        z.writestr("other.xml", "<x/>")
    complains(paraph("check", "--ui-lang", "en", folder / "empty.docx"), "no Word document")
    both = paraph("check", "--ui-lang", "en", folder / "cut.docx", folder / "good.docx")
    complains(both, "cut.docx")


@case
def _(folder):
    "a Word document of 600 MB in 600 kB is refused"
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as z:
        with z.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f"<w:document {WORD}><w:body>".encode())
            for _ in range(600):
                part.write(b" " * 1_000_000)
    complains(paraph("check", "--ui-lang", "en", folder / "bomb.docx"), "word/document.xml")


ODT = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')


def odt(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, content in parts:
            with z.open(name, "w", force_zip64=True) as part:
                for piece in content:
                    part.write(piece if isinstance(piece, bytes) else piece.encode())


@case
def _(folder):
    "an OpenDocument text that is cut, damaged or a bomb is refused by the name of its part"
    head = f"<office:document-content {ODT}><office:body><office:text>"
    good = head + "<text:p>Bonjour.</text:p></office:text></office:body></office:document-content>"
    odt(folder / "good.odt", [("content.xml", [good])])
    assert paraph("check", folder / "good.odt").returncode == 0
    whole = (folder / "good.odt").read_bytes()
    (folder / "cut.odt").write_bytes(whole[:len(whole) // 2])
    complains(paraph("check", "--ui-lang", "en", folder / "cut.odt"), "cut.odt")
    at = whole.index(b"content.xml") + 11 + 20 + 10  # behind its name and the sizes of zip64
    (folder / "crc.odt").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
    complains(paraph("check", "--ui-lang", "en", folder / "crc.odt"), "content.xml")
    spaces = b" " * 1_000_000
    bodies = {
        "bomb.odt": ([head], 600, "content.xml"),
        "entity.odt": (['<!DOCTYPE x [<!ENTITY a "aaaa">]>', good], 0, "entities"),
        "deep.odt": ([head] + [f'<text:span x="{hash(str(i))}">' for i in range(100000)], 0, "deep"),
        "half.odt": ([good[:-20]], 0, "content.xml"),
        "none.odt": ([""], 0, "content.xml"),
    }
    for name, (content, megabytes, word) in bodies.items():  # deep: not to be packed too tightly
        odt(folder / name, [("content.xml", content + [spaces] * megabytes)])
        complains(paraph("fix", "--ui-lang", "en", "-o", folder / "out", folder / name), name, word)
        assert not (folder / "out").exists()
    odt(folder / "styles.odt", [("content.xml", [good]), ("styles.xml", ["<x>"] + [spaces] * 600)])
    complains(paraph("check", "--ui-lang", "en", folder / "styles.odt"), "styles.xml")
    odt(folder / "twice.odt", [("content.xml", [good]), ("content.xml", [good])])
    complains(paraph("check", "--ui-lang", "en", folder / "twice.odt"), "content.xml")
    both = paraph("check", "--ui-lang", "en", folder / "bomb.odt", folder / "good.odt")
    complains(both, "bomb.odt")


RELATION = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/%s" Target="%s"/></Relationships>')


@case
def _(folder):
    "a zip file with two parts of one name, or names that lead out of it, is refused by name"
    body = f"<w:document {WORD}><w:body/></w:document>"
    for name in "word/document.xml", "WORD/document.xml", "../../evil", "/etc/passwd", "a\\..\\b:c":
        with zipfile.ZipFile(folder / "a.docx", "w") as z, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            z.writestr("word/document.xml", body)
            z.writestr(name, "x")
        complains(paraph("fix", "--ui-lang", "en", "-o", folder / "out", folder / "a.docx"),
                  "a.docx", name)
        assert not (folder / "out").exists()


@case
def _(folder):
    "parts that relations promise and the file lacks are named; so are broken ones, in any part"
    body = f"<w:document {WORD}><w:body/></w:document>"
    for kind in "styles", "numbering", "settings", "footnotes", "endnotes", "comments":
        with zipfile.ZipFile(folder / "a.docx", "w") as z:
            z.writestr("word/document.xml", body)
            z.writestr("word/_rels/document.xml.rels", RELATION % (kind, "gone.xml"))
        complains(paraph("check", "--ui-lang", "en", folder / "a.docx"), "word/gone.xml is missing")
        for broken, word in (("<w", "there.xml"), ("<!DOCTYPE x [<!ENTITY a 'a'>]><x/>", "ENTITY"),
                             ("<x>" * 100000, "there.xml: elements nested too deep")):
            with zipfile.ZipFile(folder / "a.docx", "w") as z:
                z.writestr("word/document.xml", body)
                z.writestr("word/_rels/document.xml.rels", RELATION % (kind, "../word/there.xml"))
                z.writestr("word/there.xml", broken)
            complains(paraph("check", "--ui-lang", "en", folder / "a.docx"), word)
    with zipfile.ZipFile(folder / "a.docx", "w") as z:
        z.writestr("_rels/.rels", RELATION % ("officeDocument", "word/other.xml"))
    complains(paraph("check", "--ui-lang", "en", folder / "a.docx"), "word/other.xml is missing")
    (folder / "a.doc").write_bytes(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64))
    complains(paraph("check", "--ui-lang", "en", folder / "a.doc"), "encrypted")


@case
def _(folder):
    "a signed Word document is not changed unless told"
    body = f'<w:document {WORD}><w:body><w:p><w:r><w:t>Le texte de l ’accord.</w:t></w:r></w:p></w:body></w:document>'
    with zipfile.ZipFile(folder / "a.docx", "w") as z:
        z.writestr("word/document.xml", body)
        z.writestr("_rels/.rels", RELATION.replace("officeDocument/2006/", "package/2006/") %
                   ("digital-signature/origin", "_xmlsignatures/origin.sigs"))
        z.writestr("_xmlsignatures/origin.sigs", "")
    before = (folder / "a.docx").read_bytes()
    complains(paraph("fix", "--ui-lang", "en", "-i", folder / "a.docx"), "a.docx", "--break-signature")
    assert (folder / "a.docx").read_bytes() == before
    assert paraph("fix", "-i", "--break-signature", folder / "a.docx").returncode == 0
    assert "l’accord" in paraph("text", folder / "a.docx").stdout.decode()


@case
def _(folder):
    "a Word document corrected in place on a full disk stays as it was"
    body = f'<w:document {WORD}><w:body><w:p><w:r><w:t>Le texte de l ’accord.</w:t></w:r></w:p></w:body></w:document>'
    docx(folder / "a.docx", body, filler=random.Random(1).randbytes(400000))
    before = (folder / "a.docx").read_bytes()
    complains(paraph("fix", "--in-place", folder / "a.docx", limit=100000), "a.docx")
    assert (folder / "a.docx").read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["a.docx"]
    assert paraph("fix", "--in-place", folder / "a.docx").returncode == 0
    assert "l’accord" in paraph("text", folder / "a.docx").stdout.decode()


HELPER = pathlib.Path(PROGRAM).parent / "paraph-pdf"
MAKE = pathlib.Path(__file__).parent / "pdf/make.py"


def made(path, *what):
    with open(path, "wb") as out:
        subprocess.run([sys.executable, MAKE, *map(str, what)], stdout=out, check=True)
    return path.read_bytes()


def fake_helper(folder, script):
    """A helper that does what the script says; paraph takes it for its own."""
    path = folder / "fake"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)
    return {**os.environ, "PARAPH_PDF": str(path)}


@case
def _(folder):
    "a helper for PDF that is missing, dies, hangs up, talks nonsense or never ends"
    (folder / "a.pdf").write_bytes(b"%PDF-1.4\n" + bytes(300000))
    (folder / "good.txt").write_text("Le texte est joint à la présente lettre.\n")
    word = "w 1000 1000 2000 2000 1000 0"
    page = "paraph-pdf 1\\npages 1\\npage 1 61200 79200"
    scripts = {
        "kill -SEGV $$": "signal 11",
        "cat >/dev/null; exit 7": "status 7",
        "exit 0": "paraph-pdf",
        "cat": "paraph-pdf",
        f"printf '{page}\\n{word} a\\n'": "broken off",
        f"printf '{page}\\n{word} a\\nend\\nmore\\n'": "broken off",
        f"printf '{page}\\n{word} \\377\\nend\\n'": "broken off",
        f"printf '{page}\\nw 1 1 99999999999999 1 1 0 a\\nend\\n'": "broken off",
        f"printf '{page}\\nw 5 5 1 1 1 0 a\\nend\\n'": "broken off",
        "printf 'paraph-pdf 1\\npages 4000000000\\nend\\n'": "broken off",
        "printf 'paraph-pdf 1\\nerror encrypted\\n'; exit 1": "password",
    }
    for script, said in scripts.items():
        env = fake_helper(folder, script)
        complains(paraph("check", "--ui-lang", "en", folder / "a.pdf", folder / "good.txt", env=env),
                  "a.pdf", said)
    env = {**os.environ, "PARAPH_PDF": str(folder / "none")}
    complains(paraph("check", "--ui-lang", "en", folder / "a.pdf", env=env), "libpoppler-glib-dev")
    complains(paraph("check", "--ui-lang", "fr", folder / "a.pdf", env=env), "qui manque")


def damaged(whole):
    """PDFs that are cut, changed or made to harm."""
    sys.path.insert(0, str(MAKE.parent))
    from make import assemble
    import zlib
    rng = random.Random(7)
    yield "half.pdf", whole[:len(whole) // 2]
    yield "head.pdf", whole[:20]
    for n in range(20):
        noise = bytearray(whole)
        for _ in range(40):
            noise[rng.randrange(10, len(noise))] = rng.randrange(256)
        yield f"noise{n}.pdf", bytes(noise)
    # 400 MB of zeros in 400 kB, as the content of a page.
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(400)) + packer.flush()
    catalog, kids = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << >> /Contents 4 0 R >>"
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    yield "bomb.pdf", assemble([catalog, kids, leaf, stream % (len(data), data)])
    deep = b"[" * 200000 + b"]" * 200000
    yield "deep.pdf", assemble([catalog, kids, leaf[:-2] + b" /X " + deep + b">>", b"<< >>"])
    loop = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"
    yield "loop.pdf", assemble([catalog, loop, leaf, b"<< >>"])
    yield "many.pdf", assemble([catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", leaf,
                                b"<< /Length 0 >>\nstream\n\nendstream"])


@case
def _(folder):
    "PDFs that are truncated, damaged or made to harm end with a message, in bounded time and memory"
    if not HELPER.exists():
        print("skipped: paraph-pdf is not built")
        return
    whole = made(folder / "a.pdf", "furniture")
    for name, data in damaged(whole):
        (folder / name).write_bytes(data)
        start = time.time()
        run = paraph("check", "--ui-lang", "en", folder / name, folder / "a.pdf")
        assert time.time() - start < 60, f"{name}: {time.time() - start:.0f} s"
        assert run.returncode in (0, 1, 2) and len(run.stderr) < 1000, (name, run.returncode)
        if run.returncode == 2:
            assert name.encode() in run.stderr, (name, run.stderr[:300])
        if name == "head.pdf":
            assert run.returncode == 2, (name, run.returncode)
    (folder / "zero.pdf").write_bytes(b"")
    run = paraph("check", "--ui-lang", "en", folder / "zero.pdf")
    assert run.returncode == 2 and b"it is empty" in run.stderr, run.stderr
    (folder / "text.pdf").write_text("Le texte de l ’accord.\n")
    assert paraph("check", folder / "text.pdf").returncode == 1, "text is text, whatever its name"


@case
def _(folder):
    "a PDF that wants a password; the annotated copy on a full disk"
    if not HELPER.exists() or not shutil.which("qpdf"):
        print("skipped: paraph-pdf is not built, or there is no qpdf")
        return
    made(folder / "a.pdf", "faults")
    subprocess.run(["qpdf", "--encrypt", "geheim", "x", "256", "--", folder / "a.pdf",
                    folder / "locked.pdf"], check=True)
    complains(paraph("check", "--ui-lang", "en", folder / "locked.pdf"), "locked.pdf", "password")
    (folder / "out.pdf").write_bytes(b"before")
    complains(paraph("check", "--annotate", folder / "out.pdf", folder / "a.pdf", limit=1000))
    assert (folder / "out.pdf").read_bytes() == b"before"
    assert paraph("check", "--annotate", folder / "out.pdf", folder / "a.pdf").returncode == 1
    subprocess.run(["qpdf", "--check", folder / "out.pdf"], check=True, stdout=subprocess.DEVNULL)
    complains(paraph("check", "--annotate", folder / "b.pdf", folder / "a.pdf", folder / "a.pdf"))
    (folder / "a.txt").write_text("Bonjour.\n")
    complains(paraph("check", "--annotate", folder / "b.pdf", folder / "a.txt"), "a.txt")
    assert not (folder / "b.pdf").exists()


print(f"hostile: {sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(not all(results))
