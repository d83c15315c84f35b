#!/usr/bin/python3
"""Documents of Word and LibreOffice with tracked changes, as LibreOffice sees them: accepting all changes must give the
text of the document that paraph corrects plainly, rejecting all the text it was given; and every comment
must be there.

    tests/office.py build/paraph [FILE…]     (default: the DOCX of the corpora, and the ODT that
                                              LibreOffice makes of them)

Wants Debian's libreoffice-writer (that without a window falls over comments) and python3-uno; says so and stops without them."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
PORT = 2902
os.environ["SAL_USE_VCLPLUGIN"] = "svp"  # without a screen

try:
    import uno
    from com.sun.star.beans import PropertyValue
    subprocess.run(["soffice", "--version"], capture_output=True, check=True)
except (ImportError, FileNotFoundError):
    print("office: 0 passed, 0 failed, 1 skipped (no LibreOffice)")
    sys.exit(0)


def value(name, content):
    p = PropertyValue()
    p.Name, p.Value = name, content
    return p


class Office:
    def __init__(self, home):
        options = ["--headless", "--norestore", f"-env:UserInstallation=file://{home}"]
        # The first start makes the profile and starts again, which a connection does not survive.
        empty = pathlib.Path(home).parent / "empty.txt"
        empty.write_text("x")
        subprocess.run(["soffice", *options, "--convert-to", "pdf", "--outdir", home, str(empty)],
                       capture_output=True)
        self.process = subprocess.Popen(
            ["soffice", *options, f"--accept=socket,host=127.0.0.1,port={PORT};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", here)
        for _ in range(120):
            try:
                self.context = resolver.resolve(
                    f"uno:socket,host=127.0.0.1,port={PORT};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def text(self, path, command=None):
        d = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
        if command:
            self.dispatcher.executeDispatch(
                d.getCurrentController().getFrame(), ".uno:" + command, "", 0, ())
        out = path.with_suffix(".txt")
        d.storeToURL(out.as_uri(), (value("FilterName", "Text (encoded)"),
                                    value("FilterOptions", "UTF8,LF")))
        d.close(True)
        return out.read_text(encoding="utf-8-sig")

    def convert(self, path, out):
        d = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
        d.storeToURL(out.as_uri(), (value("FilterName", "writer8"),))
        d.close(True)
        return out

    def untouched(self, before, after):
        """The parts that paraph has nothing to write in stay byte for byte."""
        with zipfile.ZipFile(before) as a, zipfile.ZipFile(after) as b:
            may = ("content.xml", "styles.xml") if before.suffix == ".odt" else ("word/", "[Content")
            return a.namelist() == [n for n in b.namelist() if n in a.namelist()] and all(
                a.read(n) == b.read(n) for n in a.namelist() if not n.startswith(may))

    def comments(self, path):
        d = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
        fields = d.getTextFields().createEnumeration()
        n = 0
        while fields.hasMoreElements():
            n += fields.nextElement().supportsService("com.sun.star.text.textfield.Annotation")
        d.close(True)
        return n

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def comments_in(path):
    """How many comments the file says it has, and how many LibreOffice sees."""
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        if path.suffix == ".odt":
            return z.read("content.xml").count(b"<office:annotation ") + \
                z.read("content.xml").count(b"<office:annotation>")
        return z.read("word/comments.xml").count(b"<w:comment ") if "word/comments.xml" in names else 0


def look(office, folder, path):
    tracked, plain, commented, original = (
        folder / (name + path.suffix) for name in ("tracked", "plain", "commented", "original"))
    original.write_bytes(path.read_bytes())
    for out, more in (tracked, ["--tracked"]), (plain, ["--plain"]):
        subprocess.run([PROGRAM, "fix", "--unsafe", *more, "-o", str(out), str(original)], check=True)
    subprocess.run([PROGRAM, "fix", "--comments", "-o", str(commented), str(original)], check=True)
    if office.comments(commented) != comments_in(commented) or \
            office.text(commented) != office.text(original):
        print("      comments:", comments_in(commented), "written,", office.comments(commented), "seen")
        return False, False
    if not office.untouched(original, tracked):
        print("      a part changed that has nothing to do with it")
        return False, False
    if tracked.read_bytes() == original.read_bytes():
        return True, plain.read_bytes() == original.read_bytes()
    accepted = office.text(tracked, "AcceptAllTrackedChanges")
    rejected = office.text(tracked, "RejectAllTrackedChanges")
    return accepted == office.text(plain), rejected == office.text(original)


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    if not files and "PARAPH_SHARED" in os.environ:
        files = sorted(pathlib.Path(os.environ["PARAPH_SHARED"]).glob("corpora/un_docs/*/*.docx"))
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        office = Office(name + "/home")
        if len(sys.argv) == 2:
            files += [office.convert(path, pathlib.Path(name) / (path.stem + ".odt")) for path in files]
        for path in files:
            accepted, rejected = look(office, pathlib.Path(name), path)
            failed += not (accepted and rejected)
            print("ok    " if accepted and rejected else "FAILED", path.name,
                  "" if accepted else "accepted differs", "" if rejected else "rejected differs")
        office.close()
    print(f"office: {len(files) - failed} passed, {failed} failed, 0 skipped")
    sys.exit(failed != 0)


main()
