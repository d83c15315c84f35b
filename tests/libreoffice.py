"""LibreOffice as the tests and evaluations ask it: started once without a screen, asked over a socket of
its own, started again when it falls over. Wants Debian's libreoffice-writer (that without a window falls
over comments) and python3-uno."""
import os
import pathlib
import re
import subprocess
import sys
import time
import zipfile

os.environ["SAL_USE_VCLPLUGIN"] = "svp"  # without a screen

try:
    import uno
    from com.sun.star.beans import PropertyValue
    subprocess.run(["soffice", "--version"], capture_output=True, check=True)
    FOUND = True
except (ImportError, FileNotFoundError):
    FOUND = False


def or_stop(message):
    """Says so and ends well where there is no LibreOffice."""
    if not FOUND:
        print(message)
        sys.exit(0)


def value(name, content):
    p = PropertyValue()
    p.Name, p.Value = name, content
    return p


class Office:
    def __init__(self, home):
        self.options = ["--headless", "--norestore", f"-env:UserInstallation=file://{home}"]
        # The first start makes the profile and starts again, which a connection does not survive.
        empty = pathlib.Path(home).parent / "empty.txt"
        empty.write_text("x")
        subprocess.run(["soffice", *self.options, "--convert-to", "pdf", "--outdir", home, str(empty)],
                       capture_output=True)
        self.start()

    def start(self):
        port = 2000 + os.getpid() % 30000
        self.process = subprocess.Popen(
            ["soffice", *self.options, f"--accept=socket,host=127.0.0.1,port={port};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", here)
        for _ in range(240):
            try:
                self.context = resolver.resolve(
                    f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        else:
            self.process.kill()
            sys.exit("LibreOffice does not answer")
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path, use):
        """What use makes of the document; once more in a new office when it falls over."""
        for again in True, False:
            try:
                d = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", True),))
                result = use(d)
                d.close(True)
                return result
            except Exception:
                if not again:
                    raise
                self.process.kill()
                self.process.wait()
                self.start()

    def command(self, document, name):
        """What a person would choose in the menu, as AcceptAllTrackedChanges."""
        self.dispatcher.executeDispatch(document.getCurrentController().getFrame(), ".uno:" + name, "", 0, ())

    def save(self, path, out, kind):
        """The document in another format, by the name of LibreOffice's filter."""
        self.open(path, lambda d: d.storeToURL(out.as_uri(), (value("FilterName", kind),)))
        return out

    def text(self, path, command=None, notes=True):
        """The export as plain text, and what it leaves out: notes, and headers and footers."""
        out = path.with_suffix(".txt")

        def use(d):
            if command:
                self.command(d, command)
            # A field for the page is 0 until the page is laid out, which a busy machine does later.
            d.getCurrentController().getViewCursor().jumpToLastPage()
            export(d, out)
            more = [n.getString() for kind in (d.getFootnotes(), d.getEndnotes()) if notes for n in members(kind)]
            for style in members(d.getStyleFamilies().getByName("PageStyles")) if notes else []:
                for what in "Header", "Footer":
                    if style.getPropertyValue(what + "IsOn"):
                        more.append(style.getPropertyValue(what + "Text").getString())
            return "\n".join(["", *more])
        more = self.open(path, use)
        return out.read_text(encoding="utf-8-sig").lstrip("\n") + more

    def comments(self, path):
        def count(d):
            fields = d.getTextFields().createEnumeration()
            n = 0
            while fields.hasMoreElements():
                n += fields.nextElement().supportsService("com.sun.star.text.textfield.Annotation")
            return n
        return self.open(path, count)

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def with_high_ids(path, out):
    """The Word document with its comments numbered above its notes: LibreOffice 7.4 exchanges notes or loses their text
    where the id of a comment is not above those of all notes, as in what Word writes. Written to out only if it is so."""
    def ids(z, name, tag):
        part = z.read(name).decode() if name in z.namelist() else ""
        return [int(n) for n in re.findall(r'<w:%s\b[^>]*?w:id="(\d+)"' % tag, part)]

    def raise_ids(match):
        return f"{match[1]}{int(match[2]) + 100000}{match[3]}"
    with zipfile.ZipFile(path) as z:
        notes = ids(z, "word/footnotes.xml", "footnote") + ids(z, "word/endnotes.xml", "endnote")
        if min(ids(z, "word/comments.xml", "comment"), default=1 << 31) > max(notes, default=-1):
            return path
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
            for i in z.infolist():
                part = z.read(i)
                if i.filename in ("word/document.xml", "word/comments.xml"):
                    part = re.sub(r"""(<w:comment(?:RangeStart|RangeEnd|Reference)?\s[^>]*?w:id\s*=\s*["'])(\d+)(["'])""",
                                  raise_ids, part.decode()).encode()
                to.writestr(i, part)
    return out


def members(container):
    return [container.getByIndex(i) for i in range(container.getCount())]


def export(document, out):
    document.storeToURL(out.as_uri(), (value("FilterName", "Text (encoded)"), value("FilterOptions", "UTF8,LF")))
