#!/usr/bin/python3
"""What paraph writes, read by other programs, and the other way round: translate-toolkit,
xmllint, openpyxl and OmegaT, all Debian's.

    tests/peers.py build/paraph

Prints a line a case and, last, "peers: N passed, N failed, N skipped". Schemas and large
glossaries are in the folder that PARAPH_SHARED names; without it their cases are skipped."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.parsers.expat

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = os.environ.get("PARAPH_SHARED")
CASES = ROOT / "tests/cases/tm"
GLOSSARY = ROOT / "data/glossaries/terms.tsv"
counts = {"passed": 0, "failed": 0, "skipped": 0}


class Skipped(Exception):
    pass


def paraph(*args, status=0):
    run = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, timeout=300)
    err = run.stderr.decode("utf-8", "replace")
    assert run.returncode == status, f"status {run.returncode}: {err[:300]}"
    return run.stdout.decode("utf-8"), err


def shared(path):
    if SHARED is None or not (pathlib.Path(SHARED) / path).exists():
        raise Skipped
    return pathlib.Path(SHARED) / path


def export(folder, form, source=GLOSSARY):
    out = folder / f"out.{form}"
    paraph("term", "export", "--to", form, "-o", out, source)
    return out


def case(function):
    with tempfile.TemporaryDirectory() as folder:
        verdict, why = "passed", ""
        try:
            function(pathlib.Path(folder))
        except Skipped:
            verdict = "skipped"
        except Exception as wrong:  # a peer's own failure is one of the case
            verdict, why = "failed", f"{type(wrong).__name__}: {wrong}"
    counts[verdict] += 1
    print({"passed": "ok    ", "failed": "FAILED", "skipped": "skip  "}[verdict],
          function.__doc__, why)


def names_of(path, english, french):
    """The pairs of names that a table of ours has, the deprecated ones aside; "?" marks an uncertain one."""
    lines = [line.split("\t") for line in path.read_text().splitlines()
             if line and not line.startswith("#")]
    en, fr = lines[0].index(english), lines[0].index(french)
    return {(row[en].lstrip("?"), row[fr].lstrip("?")) for row in lines[1:] if row[en] and row[fr]}


@case
def _(folder):
    "translate-toolkit reads TBX version 2: every pair of names is there"
    from translate.storage import tbx

    store = tbx.tbxfile.parsestring(export(folder, "tbx-v2").read_bytes())
    found = {(str(u.source), str(u.target)) for u in store.units}
    wanted = names_of(GLOSSARY, "en", "fr")
    assert len(wanted) > 100
    # A unit has the first term of each language; "a; b" of a table would be two.
    lost = [pair for pair in wanted if pair not in found and pair[::-1] not in found]
    assert not lost, f"{len(lost)} of {len(wanted)} lost: {lost[:3]}"


def xmllint(*args):
    run = subprocess.run(["xmllint", "--noout", "--nonet", *map(str, args)],
                         capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr.decode("utf-8", "replace")[:300]


@case
def _(folder):
    "TBX of all versions is well-formed"
    for form in ("tbx", "tbx-dct", "tbx-v2"):
        xmllint(export(folder, form))


@case
def _(folder):
    "TBX version 3 (DCA) is valid by the schema of ISO 30042"
    schema = shared("corpora/schemas/TBXcoreStructV03.rng")
    xmllint("--relaxng", schema, export(folder, "tbx"))


@case
def _(folder):
    "TBX version 2 is valid by the DTD of ISO 30042"
    dtd = shared("corpora/schemas/TBXcoreStructV02.dtd")
    text = re.sub(r"<!DOCTYPE[^>]*>\n?", "", export(folder, "tbx-v2").read_text())
    (folder / "bare.tbx").write_text(text)
    xmllint("--dtdvalid", dtd, folder / "bare.tbx")


@case
def _(folder):
    "TBX is valid where concepts or languages have no name"
    bare = folder / "bare.tsv"
    bare.write_text("concept\ten\tfr\tretired\tnote\tfr_definition\nunama\t\t\tyes\t\t\n"
                    "unami\t\t\t\tour note\t\nhelp-office\tHelp Office\t\t\t\tCe bureau aide.\n")
    grammar = shared("corpora/schemas/TBXcoreStructV03.rng")
    for form in ("tbx", "tbx-dct", "tbx-basic", "tbx-basic-dct", "tbx-core"):
        xmllint("--relaxng", grammar, export(folder, form, bare))
    text = re.sub(r"<!DOCTYPE[^>]*>\n?", "", export(folder, "tbx-v2", bare).read_text())
    (folder / "v2.tbx").write_text(text)
    xmllint("--dtdvalid", shared("corpora/schemas/TBXcoreStructV02.dtd"), folder / "v2.tbx")


def broken_rules(schema, document):
    """What a Schematron schema says of a document. Debian has no processor for its XPath 2."""
    import elementpath
    from lxml import etree

    ns = "{http://purl.oclc.org/dsdl/schematron}"
    rules = etree.fromstring(schema.read_bytes().replace(b"contains(./local-name()",
                                                         b"contains(local-name(.)")
                             .replace(b"./local-name()", b"local-name(.)"))
    root = etree.parse(str(document)).getroot()
    names = {e.get("prefix"): e.get("uri") for e in rules.iter(ns + "ns")}
    select = dict(namespaces=names, parser=elementpath.XPath2Parser)
    broken, tests = [], 0
    for rule in rules.iter(ns + "rule"):
        if "XLIFF" in rule.getparent().get("id", ""):
            continue
        found = elementpath.select(root, "//" + rule.get("context"), **select)
        for item in found:
            for test in rule.iter(ns + "assert"):
                expression = test.get("test")
                if isinstance(item, str):  # an attribute
                    verdict = eval(re.sub(r"\.=('[^']*')", r"value == \1", expression),
                                   {"value": item})
                else:
                    context = elementpath.XPathContext(root, item=item)
                    token = elementpath.XPath2Parser(names).parse(expression)
                    verdict = token.boolean_value(token.get_results(context))
                tests += 1
                if not verdict:
                    broken.append(f"{getattr(item, 'tag', item)}: {''.join(test.itertext())}")
    # The schema of DCT leaves most to the modules, which are not here.
    assert tests > (100 if "DCA" in schema.name else 0)
    return broken


@case
def _(folder):
    "TBX-Basic, both styles, is valid by its grammar and its rules"
    grammar = shared("corpora/schemas/TBXcoreStructV03.rng")
    wide = folder / "wide.tsv"
    wide.write_text("concept\ten\tfr\tfr_pos\tfr_region\tgender\tarticle\tdefinition\tnote\t"
                    "source\tsubject\tsee\tfr_deprecated\tstatus\tfr_context\n" +
                    "".join(f"c{i}\ten {i}\tfr {i}\t{'noun' if i % 2 else 'particle'}\tCA\tf pl\t"
                            f"la\td & d\tn\ts; t\tu\tc{i - 1 if i else 1}\t?old {i}\tverified\t"
                            f"ctx\n" for i in range(40)))
    for form, rules in (("tbx-basic", "DCA"), ("tbx-basic-dct", "DCT")):
        out = export(folder, form, wide)
        xmllint("--relaxng", grammar, out)
        broken = broken_rules(shared(f"corpora/schemas/TBX-Basic_{rules}.sch"), out)
        # The root has an attribute type in all styles; the rule of DCT excepts it.
        broken = [b for b in broken if not b.startswith("{urn:iso:std:iso:30042:ed-2}tbx: DCA")]
        assert not broken, f"{form}: {len(broken)}: {broken[:3]}"
    xmllint("--relaxng", grammar, export(folder, "tbx-core", wide))


def facts(path):
    """All elements of a TBX file with their attributes and texts, in order, prefixes aside."""
    from lxml import etree

    found = []
    for e in etree.parse(str(path)).getroot().iter(etree.Element):
        text = " ".join((e.text or "").split())
        found.append((etree.QName(e).localname, sorted(e.attrib.items()), text))
    return [f for f in found if f[0] != "tbx"]


@case
def _(folder):
    "the examples of TBX-Basic come back with every element, and valid in all versions"
    grammar = shared("corpora/schemas/TBXcoreStructV03.rng")
    dtd = shared("corpora/schemas/TBXcoreStructV02.dtd")
    for style, form in (("DCA", "tbx-basic"), ("DCT", "tbx-basic-dct")):
        path = shared(f"corpora/conformance/tbx/Example_Astronomy_{style}_VALID.tbx")
        base = folder / f"{style}.db"
        paraph("term", "import", "--into", base, path)
        back = export(folder, form, base)
        assert facts(back) == facts(path), [
            pair for pair in zip(facts(back), facts(path)) if pair[0] != pair[1]][:2]
        for other in "tbx", "tbx-dct", "tbx-basic", "tbx-basic-dct":
            xmllint("--relaxng", grammar, export(folder, other, base))
        xmllint("--dtdvalid", dtd, export(folder, "tbx-v2", base))


@case
def _(folder):
    "a workbook of openpyxl: numbers, empty cells, several sheets, a formula without its result"
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Terme français", "English term", "Remarques", "Date"])
    sheet.append(["Conseil de sécurité", "Security Council", None, 1945])
    sheet.append([])
    sheet.append(["Afghanistan (l')", "Afghanistan", "pays", None])
    sheet.append(["Bénin (le)", "Benin", "=1+1", None])
    book.create_sheet("Notes").append(["rien", "du", "tout"])
    second = book.create_sheet("Suite")
    second.append(["fr", "en"])
    second.append(["Charte", "Charter"])
    book.save(folder / "terms.xlsx")
    out, err = paraph("term", "import", "--ui-lang", "en", "--into", folder / "t.db",
                      folder / "terms.xlsx", status=1)
    assert "3 added" in out and "1 left out" in out, out + err
    assert "terms.xlsx:5:3: the cell has a formula" in err, err
    out, _ = paraph("term", "export", "--to", "tsv", folder / "t.db")
    assert "Bénin" not in out, out
    assert "Conseil de sécurité" in out and "Charte" in out and "l’" in out, out


@case
def _(folder):
    "14,552 legal terms come in once, and change nothing the second time"
    terms = shared("corpora/glossary/canlaw_defined_terms_en_fr.tsv")
    rows = sum(1 for _ in open(terms, encoding="utf-8"))
    args = ("term", "import", "--ui-lang", "en", "--columns", "A=en,B=fr", "--into",
            folder / "t.db", terms)
    numbers = []
    for _ in range(2):
        run = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, timeout=300)
        assert run.returncode in (0, 1), run.stderr[:300]
        numbers.append([int(n) for n in re.findall(rb"(\d+) (?:added|changed|there|left)",
                                                   run.stdout)])
        told = run.stderr.decode("utf-8").splitlines()
    added, changed, same, left = numbers[0]
    assert added + left == rows and added > 0.9 * rows, numbers
    assert numbers[1] == [0, 0, added, left], numbers
    assert sum(re.match(r".*:\d+:\d+: ", line) is not None for line in told) == left, told[:3]


@case
def _(folder):
    "every country of UNTERM's table has its article parted from its name"
    countries = shared("corpora/glossary/unterm_countries_en_fr.tsv")
    subprocess.run([PROGRAM, "term", "import", "--into", folder / "t.db", countries],
                   capture_output=True, timeout=300)
    out, _ = paraph("term", "export", "--to", "tsv", folder / "t.db")
    lines = [line.split("\t") for line in out.splitlines()]
    name, article = lines[0].index("fr"), lines[0].index("article")
    rows = {row[name]: row[article] for row in lines[1:] if len(row) > article}
    assert rows.get("Afghanistan") == "l’" and rows.get("Belgique") == "la", list(rows.items())[:5]
    left = [n for n in rows if re.search(r"\((?:le|la|les|l['’])\)", n)]
    assert not left, left[:5]


def unit_texts(path):
    """Source and target of every unit, as translate-toolkit reads them."""
    from translate.storage import tmx
    with open(path, "rb") as file:
        store = tmx.tmxfile.parsefile(file)
    return [(unit.source, unit.target) for unit in store.units]


def memory_of(folder, *files):
    memory = folder / "m.paraph-tm"
    run = subprocess.run([PROGRAM, "tm", "import", "--into", memory, *map(str, files)],
                         capture_output=True, timeout=300)
    assert run.returncode in (0, 1), run.stderr[:300]
    return memory


@case
def _(folder):
    "TMX of a memory is valid (tmx14.dtd), and translate-toolkit reads every unit of it"
    table = folder / "units.tsv"
    rows = [("The <b> & \u201cCouncil\u201d met.", "Le <b> & « Conseil » s’est réuni."),
            ("2 January 2018", "2 janvier 2018"), ("It met again.", "Il s’est réuni de nouveau.")]
    table.write_text("".join("\t".join(row) + "\tA/1:1\n" for row in rows), "utf-8")
    out = folder / "out.tmx"
    paraph("tm", "export", "-o", out, memory_of(folder, table))
    assert unit_texts(out) == rows, unit_texts(out)
    dtd = shared("corpora/schemas/tmx14.dtd")
    text = out.read_text("utf-8").replace("tmx14.dtd", dtd.as_uri())
    out.write_text(text, "utf-8")
    xmllint("--noout", "--valid", out)


@case
def _(folder):
    "TMX that translate-toolkit wrote comes in whole"
    from translate.storage import tmx
    store = tmx.tmxfile(sourcelanguage="en", targetlanguage="fr")
    for i in range(50):
        store.addtranslation(f"Sentence {i} & more", "en", f"Phrase {i} & plus", "fr")
    path = folder / "theirs.tmx"
    with open(path, "wb") as file:
        store.serialize(file)
    out = folder / "out.tmx"
    paraph("tm", "export", "-o", out, memory_of(folder, path))
    assert len(unit_texts(out)) == 50
    assert unit_texts(out)[7] == ("Sentence 7 & more", "Phrase 7 & plus")


@case
def _(folder):
    "every file of the TMX compliance kit comes back as it went in, and valid"
    kit = shared("corpora/conformance/tmx/TMXComplianceKit")
    dtd = shared("corpora/schemas/tmx14.dtd")
    for path in sorted(kit.glob("*.tmx")):
        sub = folder / path.stem
        sub.mkdir()
        first, second = sub / "1.tmx", sub / "2.tmx"
        paraph("tm", "export", "-o", first, memory_of(sub, path))
        again = sub / "again"
        again.mkdir()
        paraph("tm", "export", "-o", second, memory_of(again, first))
        assert first.read_bytes() == second.read_bytes(), path.name
        first.write_text(first.read_text("utf-8").replace("tmx14.dtd", dtd.as_uri()), "utf-8")
        xmllint("--noout", "--valid", first)


@case
def _(folder):
    "every well-formed file of the XLIFF suite is read, valid or not; no other is"
    suite = shared("corpora/conformance/xliff")
    files = sorted(suite.rglob("*.xlf"))
    assert len(files) > 400, len(files)
    for path in files:
        run = subprocess.run([PROGRAM, "tm", "import", "--into", folder / "x.paraph-tm", path],
                             capture_output=True, timeout=60)
        data = path.read_bytes()
        try:
            xml.parsers.expat.ParserCreate().Parse(data, True)
            expected = (0, 1) if b"xliff" in data else (2,)
        except xml.parsers.expat.ExpatError:
            expected = (2,)
        if b"<!ENTITY" in data:
            expected = (2,)
        assert run.returncode in expected, f"{path}: {run.returncode} {run.stderr[-200:]}"


OMEGAT_GLOSSARY = """for (e in org.omegat.gui.glossary.GlossaryReaderTSV.read(new File(args[0]), false))
	System.out.write(([e.srcText, e.locText, e.commentText].join("\\t") + "\\n").getBytes("UTF-8"))
"""


@case
def _(folder):
    "OmegaT's own reader of glossaries has every name of ours"
    jars = ["/usr/share/java/groovy-all.jar", "/usr/share/omegat/OmegaT.jar"]
    if not all(map(os.path.exists, jars)):
        raise Skipped
    table = folder / "terms.tsv"
    table.write_text("en\ten_acronym\tfr\tfr_acronym\tdefinition\tsource\n"
                     "“Council” of trials\tCOT\tConseil d’essai, « essais »\tCDE\tŒuvre\ttests\n"
                     "Fund\t\tFonds\t\t\ttests\n", "utf-8")
    wanted = [["“Council” of trials", "Conseil d’essai, « essais »", "Œuvre"], ["COT", "CDE", "Œuvre"],
              ["Fund", "Fonds", ""]]
    glossary = folder / "ours.utf8"
    paraph("term", "export", "--to", "omegat", "-o", glossary, table)
    script = folder / "read.groovy"
    script.write_text(OMEGAT_GLOSSARY)
    run = subprocess.run(["java", "-cp", ":".join(jars), "groovy.ui.GroovyMain", script, glossary], timeout=300,
                         check=True, capture_output=True, encoding="utf-8", env={**os.environ, "HOME": str(folder)})
    assert [line.split("\t") for line in run.stdout.splitlines()] == wanted, run.stdout


OMEGAT_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang>
<target_lang>FR</target_lang><sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


@case
def _(folder):
    "OmegaT translates by TMX of a memory, and its own TMX comes in"
    if shutil.which("omegat") is None:
        raise Skipped
    project = folder / "p"
    for name in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(OMEGAT_PROJECT)
    table = folder / "units.tsv"
    table.write_text("source\ttarget\tauthor\tchanged\n"
                     "The “Council” met.\tLe « Conseil » s’est réuni.\tana\t"
                     "2018-01-02T10:00:00Z\n", "utf-8")
    paraph("tm", "export", "-o", project / "tm/auto/m.tmx", memory_of(folder, table))
    (project / "source/doc.txt").write_text("The “Council” met.\nIt left.\n", "utf-8")
    subprocess.run(["omegat", "--mode=console-translate", str(project)], timeout=300, check=True,
                   capture_output=True, env={**os.environ, "HOME": str(folder)})
    translated = (project / "target/doc.txt").read_text("utf-8").splitlines()
    assert translated == ["Le « Conseil » s’est réuni.", "It left."], translated
    again = folder / "again"
    again.mkdir()
    out, _ = paraph("tm", "export", memory_of(again, project / "p-omegat.tmx"))
    assert "Le « Conseil » s’est réuni." in out and 'changedate="20180102T100000Z"' in out, out


def pretranslated(folder, name):
    work = CASES / f"pretranslate-{name}"
    file = next(path for path in work.iterdir() if path.suffix in (".xlf", ".po", ".tmx"))
    out = folder / f"out{file.suffix}"
    paraph("tm", "pretranslate", "-q", "--min", "60", "--tm",
           memory_of(folder, work / "units.tsv"), "-o", out, file)
    return out


def strict_schema(folder):
    """Of XLIFF 1.2, with the copy of what it fetches from elsewhere."""
    schemas = shared("corpora/schemas/xliff")
    strict = (schemas / "xliff/xliff-core-1.2-strict.xsd").read_text("utf-8")
    xml_xsd = schemas / "xliff2.0/informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"
    (folder / "s.xsd").write_text(
        strict.replace("http://www.w3.org/2001/xml.xsd", xml_xsd.as_uri()), "utf-8")
    return folder / "s.xsd"


def without_doctype(path):
    bare = path.with_suffix(".bare.tmx")
    bare.write_text(re.sub(r"<!DOCTYPE[^>]*>\n", "", path.read_text("utf-8")), "utf-8")
    return bare


@case
def _(folder):
    "pretranslated XLIFF 1.2 and 2.0 is valid by its schemas; translate-toolkit reads the targets"
    from translate.storage import pypo, xliff
    schemas = shared("corpora/schemas/xliff")
    one = pretranslated(folder, "xliff1")
    xmllint("--noout", "--schema", strict_schema(folder), one)
    targets = [unit.target for unit in xliff.xlifffile.parsefile(str(one)).units]
    assert targets[0] == "Le Conseil a décidé de rester saisi de la question.", targets
    assert targets[3] == "Déjà." and not targets[5], targets
    two = pretranslated(folder, "xliff2")
    xmllint("--noout", "--schema", schemas / "xliff2.0/xliff_core_2.0.xsd", two)
    units = pypo.pofile.parsefile(str(pretranslated(folder, "po"))).units
    assert [unit.isfuzzy() for unit in units if unit.source][:1] == [True]


@case
def _(folder):
    "an alignment as XLIFF 1.2 and TMX is valid; translate-toolkit and paraph read the pairs again"
    from translate.storage import tmx, xliff
    letter = ROOT / "tests/cases/align/letter"
    pairs = {form: folder / f"pairs.{form}" for form in ("xlf", "tmx", "tsv")}
    for out in pairs.values():
        paraph("align", "--quiet", "--min", "0", letter / "en.txt", letter / "fr.txt", "-o", out)
    rows = [line.split("\t") for line in pairs["tsv"].read_text("utf-8").splitlines()[1:]]
    wanted = {(row[0], row[1]) for row in rows if row[0] and row[1]}
    assert len(wanted) > 4 and len(wanted) < len(rows), rows
    units = xliff.xlifffile.parsefile(str(pairs["xlf"])).units
    assert {(u.source, u.target) for u in units if u.source and u.target} == wanted
    units = tmx.tmxfile.parsefile(str(pairs["tmx"])).units
    assert {(u.source, u.target) for u in units} == wanted
    for form in ("xlf", "tmx"):
        again = folder / form
        again.mkdir()
        out, _ = paraph("tm", "export", "--to", "tsv", memory_of(again, pairs[form]))
        came = {tuple(line.split("\t")[:2]) for line in out.splitlines()[1:]}
        assert came == wanted, came ^ wanted
    xmllint("--dtdvalid", shared("corpora/schemas/tmx14.dtd"), without_doctype(pairs["tmx"]))
    xmllint("--schema", strict_schema(folder), pairs["xlf"])


print("peers: {passed} passed, {failed} failed, {skipped} skipped".format(**counts))
sys.exit(counts["failed"] != 0)
