#!/usr/bin/env python3
"""Small PDFs with our own text, for tests: each shows one difficulty of reading pages. Nothing but
this script makes them, so they are the same everywhere.

    tests/pdf/make.py NAME >file.pdf        tests/pdf/make.py --list
    tests/pdf/make.py --cases               writes them anew into tests/cases/pdf
    tests/pdf/make.py pages N >file.pdf     a long report, for speed and memory"""
import pathlib
import sys

# Widths of Times-Roman (thousandths of the size), of the characters used here.
NARROW = {" ": 250, ",": 250, ".": 250, ";": 278, ":": 278, "-": 333, "(": 333, ")": 333, "/": 278,
          "i": 278, "j": 278, "l": 278, "t": 278, "f": 333, "r": 333, "s": 389, "a": 444, "c": 444,
          "e": 444, "z": 444, "é": 444, "è": 444, "ê": 444, "à": 444, "’": 333, "I": 333, "J": 389,
          "m": 778, "w": 722, "M": 889, "W": 944, "A": 722, "B": 667, "C": 667, "D": 722, "E": 611,
          "F": 556, "G": 722, "H": 722, "K": 722, "L": 611, "N": 722, "O": 722, "P": 556, "Q": 722,
          "R": 667, "S": 556, "T": 611, "U": 722, "V": 722, "X": 722, "Y": 722, "Z": 611, "É": 611,
          "«": 500, "»": 500, "\ufb01": 556, "ç": 444, "–": 500, "î": 278}


def width(text, size):
    return sum(NARROW.get(c, 500) for c in text) * size / 1000


def escape(text):
    data = text.replace("\ufb01", "\x93").replace("’", "\x92").replace("–", "\x96").encode("latin-1")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


class Pdf:
    """Pages of text at places; y counts from the top."""
    def __init__(self, height=792, breadth=612):
        self.height, self.breadth = height, breadth
        self.pages, self.extra = [], []

    def page(self):
        self.pages.append([])

    def put(self, x, y, text, size=10, font="F1", spacing=0, rotated=False):
        matrix = "0 1 -1 0" if rotated else "1 0 0 1"
        self.pages[-1].append(b"BT /%s %g Tf %g Tc %s %g %g Tm (%s) Tj ET" % (
            font.encode(), size, spacing, matrix.encode(), x, self.height - y, escape(text)))
        return x + width(text, size) + spacing * len(text)

    def line(self, x, y, text, right=None, size=10, **more):
        """One word after the other; with right, filled to that margin."""
        words = text.split(" ")
        gap = 0.25 * size
        if right is not None:
            gap = (right - x - sum(width(w, size) for w in words)) / max(1, len(words) - 1)
        for w in words:
            x = self.put(x, y, w, size, **more) + gap
        return x

    def paragraph(self, x, y, text, right, size=10, pitch=12, indent=0, last=False, **more):
        """Fills the lines; the last one stays short. Returns the y after it."""
        words, row = text.split(" "), []
        left = x + indent
        for w in words + [None]:
            wide = sum(width(v, size) for v in row + [w or ""]) + 0.25 * size * len(row)
            if row and (w is None or left + wide > right):
                self.line(left, y, " ".join(row), None if w is None and not last else right, size, **more)
                y += pitch
                row, left = [], x
            if w is not None:
                row.append(w)
        return y

    def bytes(self):
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        fonts = b"/F1 3 0 R /F2 4 0 R"
        encoding = (b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding "
                    b"/Differences [147 /fi] >>")
        objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding %s >>" % encoding)
        objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding %s >>" % encoding)
        kids = []
        for content in self.pages:
            number = len(objects) + 1
            kids.append(b"%d 0 R" % number)
            resources = b"<< /Font << %s >> %s >>" % (fonts, b" ".join(self.extra))
            objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Resources %s "
                           b"/Contents %d 0 R >>" % (self.breadth, self.height, resources, number + 1))
            data = b"\n".join(content)
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
        objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
        return assemble(objects)


def assemble(objects, root=1, trailer=b""):
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for p in places:
        out += b"%010d 00000 n \n" % p
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, trailer, start)
    return bytes(out)


PROSE = ("Le Conseil a examiné la situation dans la région et pris note du rapport que lui a présenté "
         "le Secrétaire général. Les membres ont salué les progrès accomplis et demandé que les "
         "parties appliquent sans retard les accords conclus. Ils ont rappelé que la paix ne peut "
         "être durable que si toutes les communautés y prennent part.")


def spacing():
    """Letter-spacing beside apostrophes and hyphens and inside words, in lines that are filled."""
    pdf = Pdf()
    pdf.page()
    y = 100
    x = pdf.put(90, y, "Le texte de l", spacing=0)
    for piece, gap in (("’accord est ci", 0.12), ("-joint. Le mo", 0.13), ("dèle de convention", 0.11)):
        x = pdf.put(x + gap * 10, y, piece)
    y = pdf.paragraph(90, y + 24, PROSE, 420)
    # Letter-spaced, as titles are.
    pdf.put(90, y + 24, "LETTRE", 12, spacing=3.5)
    pdf.put(90 + width("LETTRE", 12) + 7 * 3.5 + 4, y + 24, "COMMUNE", 12, spacing=3.5)
    return pdf


def columns():
    """Two columns of prose under a title that goes across."""
    pdf = Pdf()
    pdf.page()
    pdf.line(72, 80, "Un titre qui va d’une marge à l’autre de la page entière", None, 14)
    pdf.paragraph(72, 120, PROSE + " " + PROSE, 290)
    # Not level with the other column.
    pdf.paragraph(322, 125, ("La deuxième colonne suit la première. " + PROSE), 540)
    return pdf


def furniture():
    """Running heads, page numbers, a paragraph and a list over the end of a page, footnotes."""
    pdf = Pdf()
    for n in range(4):
        pdf.page()
        pdf.line(72, 40, "Rapport annuel du Comité de la paix", None, 9)
        pdf.put(500, 40, "A/72/14", 9)
        pdf.put(300, 760, "%d/4" % (n + 1), 9)
    pdf.pages, pages = [], pdf.pages
    pdf.pages.append(pages[0])
    y = pdf.paragraph(90, 80, PROSE, 420, indent=24)
    x = pdf.put(90, y + 12, "Le Comité a adopté le texte")
    pdf.put(x, y + 8.5, "1", 6)
    pdf.put(x + 3, y + 12, ".")
    pdf.paragraph(90, y + 40, "La phrase que voici commence au bas de la première page et ne finit "
                  "que", 420, last=True)
    pdf.put(90, 700, "1", 5)
    pdf.line(94, 702, "Voir le rapport du Comité (A/72/14).", None, 8)
    pdf.pages.append(pages[1])
    y = pdf.paragraph(90, 80, "sur la deuxième, sans que la note ni le titre courant la coupent.", 420)
    pdf.put(90, y + 12, "a)")
    pdf.line(114, y + 12, "Une première demande aux États;", None)
    pdf.pages.append(pages[2])
    pdf.put(90, 80, "b)")
    pdf.line(114, 80, "Une deuxième demande.", None)
    pdf.pages.append(pages[3])
    pdf.line(90, 80, "La fin.", None)
    return pdf


def hyphens():
    """Words divided at line ends, compounds that keep their hyphen, ligatures."""
    pdf = Pdf()
    pdf.page()
    rows = ["Le Conseil a examiné les moyens de renforcer le déve-",
            "loppement de la région et la coopération inter-",
            "nationale. Il a pris note du rapport du vice-",
            "président et \ufb01xé la date de sa prochaine réu-",
            "nion, à laquelle les États Membres prendront part."]
    for i, row in enumerate(rows):
        pdf.line(90, 100 + 12 * i, row, 330 if i < 4 else None)
    return pdf


def table():
    """A table: heads of two lines, a label of two lines, figures, text that runs up the page."""
    pdf = Pdf()
    pdf.page()
    pdf.paragraph(90, 80, PROSE, 500)
    pdf.line(220, 160, "Montant prévu", None, 8)
    pdf.line(320, 160, "Montant payé", None, 8)
    pdf.line(220, 169, "(2024)", None, 8)
    pdf.line(320, 169, "(2025)", None, 8)
    pdf.line(90, 190, "Personnel civil", None, 9)
    pdf.put(240, 190, "120,5", 9)
    pdf.put(340, 190, "118,2", 9)
    pdf.line(90, 206, "Installations", None, 9)
    pdf.line(90, 216, "et infrastructures", None, 9)
    pdf.put(240, 216, "45,0", 9)
    pdf.put(340, 216, "39,7", 9)
    pdf.line(90, 232, "Total", None, 9)
    pdf.put(240, 232, "165,5", 9)
    pdf.put(340, 232, "157,9", 9)
    pdf.put(50, 400, "Dans la marge", 9, rotated=True)
    return pdf


def faults():
    """What a person got wrong, for findings: two places, one of them over a line end."""
    pdf = Pdf()
    pdf.page()
    pdf.line(90, 100, "Le rôle de la mission UNAMA est connu des membres du Conseil de", 390)
    pdf.line(90, 112, "sécurité et de leurs partenaires.", None)
    pdf.page()
    pdf.line(90, 100, "Les États ont pris note note du rapport.", None)
    return pdf


def scan():
    """A picture of a page, and no text."""
    pdf = Pdf()
    pdf.page()
    pdf.pages[-1].append(b"q 600 0 0 780 5 5 cm BI /W 8 /H 8 /BPC 1 /CS /G ID "
                         b"\xaa\x55\xaa\x55\xaa\x55\xaa\x55 EI Q")
    return pdf


def mixed():
    """One page of text and one that is a picture."""
    pdf = spacing()
    pdf.pages += scan().pages
    return pdf


def pages(n):
    pdf = Pdf()
    for i in range(n):
        pdf.page()
        pdf.line(72, 40, "Rapport annuel du Comité de la paix", None, 9)
        pdf.put(300, 760, str(i + 1), 9)
        y = 70
        while y < 680:
            y = pdf.paragraph(90, y, PROSE, 500, indent=24) + 6
    return pdf


MAKERS = [spacing, columns, furniture, hyphens, table, faults, scan, mixed]

if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print(*(f.__name__ for f in MAKERS))
    elif sys.argv[1] == "--cases":
        for f in MAKERS:
            folder = pathlib.Path(__file__).parent.parent / "cases/pdf" / f.__name__
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "input.pdf").write_bytes(f().bytes())
    elif sys.argv[1] == "pages":
        sys.stdout.buffer.write(pages(int(sys.argv[2])).bytes())
    else:
        sys.stdout.buffer.write(next(f for f in MAKERS if f.__name__ == sys.argv[1])().bytes())
