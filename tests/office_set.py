#!/usr/bin/python3
"""Word documents made for tests/office_docx.py: every construct in which a correction or a comment could go
astray, with faults in it. Run alone it writes them into a folder.

    tests/office_set.py FOLDER"""
import pathlib
import sys
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
         'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
         'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
         'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
FAULT = "Le texte de l ’accord est ci -joint, et la la lettre du  Conseil"


def t(text, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, properties=""):
    inner = "".join(r if r.startswith("<") else t(r) for r in runs)
    return f'<w:p>{properties and f"<w:pPr>{properties}</w:pPr>"}{inner}</w:p>'


def field(code, *result):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    return (char("begin") + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' +
            char("separate") + "".join(r if r.startswith("<") else t(r) for r in result) + char("end"))


def table(*cells):
    inner = "".join('<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>' + c + "</w:tc>" for c in cells)
    return ('<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>' +
            '<w:gridCol w:w="4000"/>' * len(cells) + f"</w:tblGrid><w:tr>{inner}</w:tr></w:tbl>")


def by(kind, n, inner):
    return f'<w:{kind} w:id="{n}" w:author="Somebody" w:date="2020-01-01T00:00:00Z">{inner}</w:{kind}>'


def box(text):
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    shape = ('<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
             'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
             '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
             '<wp:positionV relativeFrom="paragraph"><wp:posOffset>400000</wp:posOffset></wp:positionV>'
             '<wp:extent cx="3000000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="Box"/>'
             '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
             '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/>'
             '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>' + content +
             '</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>')
    old = ('<w:pict><v:shape id="s" style="width:200pt;height:60pt"><v:textbox>' + content +
           "</v:textbox></v:shape></w:pict>")
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps">' + shape +
            "</mc:Choice><mc:Fallback>" + old + "</mc:Fallback></mc:AlternateContent></w:r>")


def level(i, style, text, more=""):
    return (f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/>{more}<w:numFmt w:val="{style}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>')


def number(i, lvl=0):
    return f'<w:numPr><w:ilvl w:val="{lvl}"/><w:numId w:val="{i}"/></w:numPr>'


STYLES = (f'<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
          '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
          '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
          '<w:style w:type="paragraph" w:styleId="T1bis"><w:name w:val="Sous-titre de rapport"/><w:basedOn w:val="T1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="Par"><w:name w:val="Paragraphe"/><w:basedOn w:val="Normal"/>'
          '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
          '<w:style w:type="character" w:styleId="Cache"><w:name w:val="Cache"/><w:rPr><w:vanish/></w:rPr></w:style>'
          '<w:style w:type="paragraph" w:styleId="Cit"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/></w:style>'
          "</w:styles>")
NUMBERS = (f'<w:numbering {NAMES}>'
           '<w:abstractNum w:abstractNumId="0">' + level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") +
           level(2, "lowerRoman", "(%3)") + "</w:abstractNum>"
           '<w:abstractNum w:abstractNumId="1">' + level(0, "upperRoman", "%1.") +
           level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "bullet", "•") + "</w:abstractNum>"
           '<w:abstractNum w:abstractNumId="2">' + level(0, "decimal", "%1.", '<w:pStyle w:val="T9"/>') +
           level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Par"/>') + "</w:abstractNum>"
           '<w:abstractNum w:abstractNumId="3"><w:styleLink w:val="L"/>' + level(0, "decimalZero", "[%1]") +
           level(1, "upperLetter", "%2.", '<w:lvlRestart w:val="0"/>') + "</w:abstractNum>"
           '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="L"/></w:abstractNum>'
           '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
           '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
           '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
           '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
           "</w:lvlOverride></w:num>"
           '<w:num w:numId="5"><w:abstractNumId w:val="4"/></w:num>'
           "</w:numbering>")


def note(kind, i, text):
    return f'<w:{kind} w:id="{i}">{p(text)}</w:{kind}>'


def reference(kind, i):
    return f'<w:r><w:{kind}Reference w:id="{i}"/></w:r>'


def head(kind, i, which="default"):
    return f'<w:{kind}Reference w:type="{which}" r:id="{i}"/>'


PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1400" w:right="1400" w:bottom="1400" w:left="1400" w:header="700" w:footer="700" w:gutter="0"/>'
COMMENT = ('<w:comment w:id="5" w:author="Somebody" w:date="2020-01-01T00:00:00Z" w:initials="S">' +
           p("Voir le rapport.") + "</w:comment>")

DOCUMENTS = {
    "plain": dict(body=p(FAULT + ".") + p("Les États membres ont lu la résolution 2344 (2017).")),
    "runs": dict(body=p(*[t(c, "<w:b/>" if i % 3 else "") for i, c in enumerate(FAULT)]) +
                 p("Le texte de l", t(" ", "<w:i/>"), t("’", "<w:b/>"), "accord est joint.")),
    "fields": dict(body=p("Voir ", field("ADDIN a", "de l ’accord " + "du  Conseil"), " et " + FAULT) +
                   p(field("ADDIN d", "de l ", field("ADDIN b", "’accord"), " ci -joint"), " puis la la fin.") +
                   p('<w:fldSimple w:instr=" ADDIN c ">' + t("de l ’accord") + "</w:fldSimple>", " de l ’accord.") +
                   p("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>ADDIN f</w:instrText></w:r>"
                     "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>", "Rapport de l ’accord") +
                   p("Suite de l ’accord", "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>") +
                   p('<w:hyperlink w:anchor="x">' + t("Le texte de l ’accord") + "</w:hyperlink>", " est ci -joint.")),
    "boxes": dict(body=p("Avant " + FAULT, box("Dans le cadre de l ’accord, et la la suite."), " après de l ’accord.") +
                  p("Les États membres ont lu la lettre.")),
    "tables": dict(body=table(p(FAULT), table(p("Cellule de l ’accord ci -joint."), p("Le  texte est là.")) + p("Fin.")) + p("Fin.")),
    "notes": dict(body=p("Le texte", reference("footnote", 2), " est là, avec la suite", reference("endnote", 3), ".") +
                  table(p("Cellule", reference("footnote", 4)), p("Autre")) +
                  p("Voir ", field("ADDIN e", "le point", reference("footnote", 5)), ".") +
                  p(by("del", 40, "<w:r><w:delText>ancien</w:delText></w:r>" + reference("footnote", 6)), "Reste."),
                  footnotes=note("footnote", 2, FAULT) + note("footnote", 4, "Note de l ’accord.") +
                  note("footnote", 5, "Note du point de l ’accord.") + note("footnote", 6, "Note morte de l ’accord."),
                  endnotes=note("endnote", 3, FAULT)),
    "others": dict(body=p("Début ", by("ins", 1, t("ajouté de l ’accord")), by("del", 2, "<w:r><w:delText>retiré de l ’acte</w:delText></w:r>"),
                          " la fin du  Conseil.") +
                   p(by("ins", 3, t("Tout est ") + t("la la suite ci -jointe ") + t("ici.")), " Et la la fin.") +
                   p("de l", by("del", 4, "<w:r><w:delText>a</w:delText></w:r>"), t(" ", '<w:b/><w:rPrChange w:id="5" w:author="S" w:date="2020-01-01T00:00:00Z"><w:rPr/></w:rPrChange>'), "’accord est là.") +
                   p(t("Le texte de l ’accord est ici.", '<w:i/><w:rPrChange w:id="6" w:author="S" w:date="2020-01-01T00:00:00Z"><w:rPr><w:b/></w:rPr></w:rPrChange>')) +
                   p("Un paragraphe dont de l ", properties='<w:rPr><w:del w:id="7" w:author="S" w:date="2020-01-01T00:00:00Z"/></w:rPr>') +
                   p("’accord se joint au suivant.")),
    "comments": dict(body=p('<w:commentRangeStart w:id="5"/>', FAULT, '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>', " fin."),
                     comments=COMMENT, extended=True),
    # The comment has a number below those of the notes, and its reference stands in a run that is written anew.
    "low": dict(body=p('<w:commentRangeStart w:id="0"/>', FAULT, '<w:commentRangeEnd w:id="0"/>', reference("footnote", 1),
                       '<w:r><w:t xml:space="preserve">, de l ’accord</w:t><w:commentReference  w:id = \'0\' /></w:r>',
                       " et de l ’acte", reference("footnote", 2), "."),
                footnotes=note("footnote", 1, "Première note de l ’accord.") + note("footnote", 2, "Seconde note de l ’accord."),
                comments=COMMENT.replace('w:id="5"', 'w:id="0"')),
    "scripts": dict(body=p("Le texte de l ’accord ", t("مرحبا بالعالم", "<w:rtl/>"), " est ci -joint 😀🇫🇷 et la  suite.") +
                    p(t("قرار", "<w:rtl/>"), t(" l ’accord", "<w:rtl/>")) +
                    p("Le rapport du  Conse\u0301il et de l ’e\u0301tat est la\u0300.") +
                    p("A &amp; B &lt;ont&gt; lu  la lettre &amp; de l ’accord &#233;crit.")),
    "numbers": dict(body=p("Rapport", properties='<w:pStyle w:val="T1"/>' + number(2)) +
                    p("Premier point de l ’accord.", properties=number(1)) +
                    p("Alinéa de l ’accord.", properties=number(1, 1)) + p("Autre alinéa de l ’accord.", properties=number(1, 1)) +
                    p("Romain de l ’accord.", properties=number(1, 2)) + p("Deuxième point de l ’accord.", properties=number(1)) +
                    p("Reprise de l ’accord.", properties=number(4)) + p("Suite de l ’accord.", properties=number(4)) +
                    p("Par le style de l ’accord.", properties='<w:pStyle w:val="Par"/>') + p("Encore de l ’accord.", properties='<w:pStyle w:val="Par"/>') +
                    p("Section", properties='<w:pStyle w:val="T1bis"/>' + number(2)) + p("Légal de l ’accord.", properties=number(2, 1)) +
                    p("Puce de l ’accord.", properties=number(2, 2)) + p("Lien de l ’accord.", properties=number(5)) +
                    p("Lettre de l ’accord.", properties=number(5, 1)) + p("Lien bis de l ’accord.", properties=number(5)) +
                    p("Lettre bis de l ’accord.", properties=number(5, 1)) +
                    p("12.\tPoint tapé de l ’accord.") + p("(b)\tAlinéa tapé de l ’accord.") + p("13.\t(a)\tDouble de l ’accord.")),
    "heads": dict(body=p("Première section.", properties='<w:sectPr>' + head("header", "h1") + head("header", "h2", "first") +
                         head("footer", "f1") + PAGE + "<w:titlePg/></w:sectPr>") + p("Deuxième section de l ’accord."),
                  section=head("header", "h3") + head("header", "h4", "even") + head("footer", "f2"),
                  headers={"h1": "En-tête de l ’accord", "h2": "Première page de l ’accord", "h3": "Autre en-tête de l ’accord",
                           "h4": "Page paire de l ’accord, qui ne paraît pas"}, footers={"f1": "Pied de l ’accord", "f2": "Autre pied de l ’accord"}),
    "breaks": dict(body=p("Le texte de l", "<w:r><w:tab/></w:r>", "’accord, qui suit", "<w:r><w:br/></w:r>", "la la ligne.") +
                   p("<w:r><w:t>Le texte ci</w:t><w:t xml:space=\"preserve\"> </w:t><w:noBreakHyphen/><w:t>joint du</w:t><w:tab/><w:tab/><w:t>Conseil</w:t></w:r>") +
                   p("<w:r><w:t>   Le texte de l ’accord   </w:t></w:r>", " coopé", "<w:r><w:softHyphen/></w:r>", "ration  du Conseil.")),
    "controls": dict(body='<w:sdt><w:sdtPr><w:id w:val="77"/><w:dataBinding w:xpath="/a" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent>' +
                     p("Texte lié de l ’accord.") + "</w:sdtContent></w:sdt>" +
                     p("<w:sdt><w:sdtPr><w:id w:val=\"78\"/></w:sdtPr><w:sdtContent>" + t("libre de l ’accord") + "</w:sdtContent></w:sdt>",
                       '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>' + t(" bloqué de l ’accord") + "</w:sdtContent></w:sdt>", ".")),
    "hidden": dict(body=p("Visible de l ’accord ", t("caché de l ’acte", '<w:rStyle w:val="Cache"/>'), t("caché aussi ", "<w:vanish/>"), "fin.") +
                   p("Le texte cité de la la loi.", properties='<w:pStyle w:val="Cit"/>') +
                   p("La formule ", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", " est de l ’accord.")),
    "marks": dict(body=p("Un texte de l ’accord", properties="<w:rPr>" + by("del", 1, "") + "</w:rPr>") +
                  p(" suite de l ’accord.") +
                  table(p("Cellule de l ’accord.")).replace("<w:tr>", "<w:tr><w:trPr>" + by("del", 2, "") + "</w:trPr>") +
                  table(p("Autre de l ’accord.")) +
                  p("Point de l ’accord", properties=number(1)) +
                  p("Titre de l ’accord.", properties='<w:pStyle w:val="T1"/>' + number(1) + "<w:rPr><w:vanish/></w:rPr>") +
                  p(" Suite de l ’accord.") +
                  p("Page ", '<w:fldSimple w:instr=" PAGE "/>', " de l ’accord.")),
    "bare": dict(body=p(FAULT), bare=True),
}


def relation(i, kind, target):
    return f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>'


def parts(body, section="", footnotes="", endnotes="", comments="", headers={}, footers={}, extended=False, bare=False):
    """Name and text of every part."""
    yield "[Content_Types].xml", None
    yield "_rels/.rels", ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
                          relation("d", "officeDocument", "word/document.xml") + "</Relationships>")
    yield "word/document.xml", f"<w:document {NAMES}><w:body>{body}<w:sectPr>{section}{PAGE}</w:sectPr></w:body></w:document>"
    if bare:
        return
    relations = relation("s", "styles", "styles.xml") + relation("n", "numbering", "numbering.xml")
    yield "word/styles.xml", STYLES
    yield "word/numbering.xml", NUMBERS
    for kind, text in ("footnotes", footnotes), ("endnotes", endnotes), ("comments", comments):
        if text:
            relations += relation(kind, kind, kind + ".xml")
            one = kind[:-1]
            first = "" if kind == "comments" else (
                f'<w:{one} w:type="separator" w:id="-1">' + p("<w:r><w:separator/></w:r>") + f"</w:{one}>")
            yield f"word/{kind}.xml", f"<w:{kind} {NAMES}>{first}{text}</w:{kind}>"
    for kind, tag, texts in ("header", "hdr", headers), ("footer", "ftr", footers):
        for i, text in texts.items():
            relations += relation(i, kind, i + ".xml")
            yield f"word/{i}.xml", f"<w:{tag} {NAMES}>{p(text)}</w:{tag}>"
    if extended:
        yield "word/commentsExtended.xml", '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
        yield "customXml/item1.xml", "<a>é</a>"
    yield "word/_rels/document.xml.rels", ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
                                           relations + "</Relationships>")


def types(names):
    known = {"document": "document.main", "hdr": "header", "ftr": "footer"}
    out = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
           '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
           '<Default Extension="xml" ContentType="application/xml"/>')
    for name in names:
        base = name[5:-4]
        kind = ("header" if base[0] == "h" else "footer" if base[:1] == "f" and base[1:].isdigit() else known.get(base, base))
        if name.startswith("word/") and "_rels" not in name and base != "commentsExtended":
            out += f'<Override PartName="/{name}" ContentType="{TYPE}{kind}+xml"/>'
    return out + "</Types>"


def write(folder):
    for name, content in DOCUMENTS.items():
        every = list(parts(**content))
        with zipfile.ZipFile(folder / (name + ".docx"), "w", zipfile.ZIP_DEFLATED) as z:
            for part, text in every:
                info = zipfile.ZipInfo(part, (2020, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                z.writestr(info, declaration + (types(n for n, _ in every) if text is None else text))


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).mkdir(exist_ok=True)
    write(pathlib.Path(sys.argv[1]))
