#!/usr/bin/python3
"""Every form of report, read back by what reads such files and compared with the JSON report.

    tests/reports.py build/paraph

Prints a line a case and, last, "reports: N passed, N failed, N skipped". The SARIF schema is in
the folder that PARAPH_SHARED names."""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.parse
import xml.etree.ElementTree

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = os.environ.get("PARAPH_SHARED")
counts = {"passed": 0, "failed": 0, "skipped": 0}
HOSTILE = "l ’Union <b>&amp;\"quote\" 100%|* et\x01 la la mo dèle \u00a0: e\u0301tat\n"


class Skipped(Exception):
    pass


def paraph(*args, folder, status=(0, 1)):
    run = subprocess.run([PROGRAM, "check", "--no-config", "--ui-lang", "en", *args], cwd=folder,
                         capture_output=True, timeout=120)
    assert run.returncode in status, (run.returncode, run.stderr[:300])
    return run.stdout


def prepare(folder):
    """Documents of several kinds, and names that are hard to write."""
    for name in ("letter.txt", "lettre.txt"):
        shutil.copy(ROOT / "data/samples" / name, folder)
    shutil.copy(ROOT / "tests/cases/docx/tracked/letter.docx", folder)
    (folder / "clean.txt").write_text("Le Conseil s’est réuni hier.\n")
    (folder / "empty.txt").write_text("")
    (folder / "100% a:b,c \"d\" <e>&'#.txt").write_text(HOSTILE)
    (folder / "a\nb.txt").write_text(HOSTILE)
    with open(os.path.join(os.fsencode(folder), b"latin-\xe9.txt"), "wb") as out:
        out.write(HOSTILE.encode())


def findings(folder):
    """(document, finding) of the JSON report, in order."""
    told = json.loads(paraph("--format", "json", ".", folder=folder))
    return told, [(d, f) for d in told["documents"] for f in d["findings"]]


def sarif_is_valid(folder):
    if SHARED is None:
        raise Skipped
    import jsonschema
    schema = json.loads((pathlib.Path(SHARED) / "corpora/schemas/sarif-schema-2.1.0.json").read_text())
    log = json.loads(paraph("--format", "sarif", ".", folder=folder))
    errors = [e.message for e in jsonschema.Draft7Validator(schema).iter_errors(log)]
    assert not errors, errors[:3]
    jsonschema.Draft7Validator(schema).validate(
        json.loads(paraph("--format", "sarif", "clean.txt", folder=folder)))


def sarif_multitool_agrees(folder):
    """The SARIF multitool (npm) finds no error; it would like an address of the tool, which has
    none yet, and lines in documents that have none."""
    tool = shutil.which("sarif-multitool") or ROOT / "node_modules/.bin/sarif-multitool"
    if not os.path.exists(tool):
        raise Skipped
    paraph("--format", f"sarif={folder.parent}/m.sarif", ".", folder=folder)
    run = subprocess.run([tool, "validate", f"{folder.parent}/m.sarif"], capture_output=True, timeout=120,
                         encoding="utf-8")
    said = re.findall(r": (error|warning|note) (SARIF\d+):", run.stdout)
    assert "Analysis completed successfully" in run.stdout, run.stdout
    assert set(said) <= {("warning", "SARIF2005"), ("warning", "SARIF2017")}, set(said)


def xml_is_valid(folder):
    import lxml.etree
    for form in "junit", "checkstyle":
        schema = lxml.etree.XMLSchema(file=str(ROOT / f"tests/schemas/{form}.xsd"))
        for paths in (["."], ["clean.txt"], ["empty.txt", "letter.docx"]):
            report = lxml.etree.fromstring(paraph("--format", form, *paths, folder=folder))
            schema.assertValid(report)
    wrong = lxml.etree.fromstring('<checkstyle version="1"><file name="a"><error line="0"/></file></checkstyle>')
    assert not schema.validate(wrong)


def cut(text, region):
    """What a region of SARIF holds: lines and code points from 1, the end behind it."""
    lines = text.split("\n")
    first, last = region["startLine"] - 1, region["endLine"] - 1
    if first == last:
        return lines[first][region["startColumn"] - 1:region["endColumn"] - 1]
    return "\n".join([lines[first][region["startColumn"] - 1:], *lines[first + 1:last],
                      lines[last][:region["endColumn"] - 1]])


def sarif_tells_the_same(folder):
    _, wanted = findings(folder)
    run = json.loads(paraph("--format", "sarif", ".", folder=folder))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(wanted) > 20
    known = {r["id"]: r for r in run["tool"]["driver"]["rules"]}
    assert list(known) == sorted({f["rule"] for _, f in wanted})
    for result, (document, finding) in zip(run["results"], wanted):
        place = result["locations"][0]["physicalLocation"]
        assert result["ruleId"] == finding["rule"] in known
        assert known[finding["rule"]]["help"]["markdown"]
        assert result["level"] == {"error": "error", "warning": "warning", "info": "note"}[
            finding["severity"]]
        assert result["message"]["text"] == finding["message"]
        assert result["partialFingerprints"]["paraph/v1"] == finding["fingerprint"]
        if document["path"].endswith(".docx"):
            assert "region" not in place and "fixes" not in result
            name = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
            assert re.match(r"(paragraph|footnote|endnote|header|footer|page) ?", name), name
            continue
        name = urllib.parse.unquote_to_bytes(place["artifactLocation"]["uri"])
        with open(os.path.join(os.fsencode(folder), name), "rb") as source:
            text = source.read().decode()
        assert cut(text, place["region"]) == finding["text"] == place["region"]["snippet"]["text"]
        made = [f["artifactChanges"][0]["replacements"][0] for f in result.get("fixes", [])]
        assert [m["insertedContent"]["text"] for m in made] == (
            finding["suggestions"] if finding["fix"] else [])
        assert all(m["deletedRegion"] == {k: v for k, v in place["region"].items()
                                          if k != "snippet"} for m in made)


def gitlab_tells_the_same(folder):
    _, wanted = findings(folder)
    issues = json.loads(paraph("--format", "gitlab", ".", folder=folder))
    assert [i["fingerprint"] for i in issues] == [f["fingerprint"] for _, f in wanted]
    assert len({i["fingerprint"] for i in issues}) == len(issues)
    for issue, (document, finding) in zip(issues, wanted):
        assert issue["check_name"] == finding["rule"] and issue["description"] == finding["message"]
        assert issue["severity"] in ("info", "minor", "major")
        assert not issue["location"]["path"].startswith("./")
        if not document["path"].endswith(".docx"):
            assert issue["location"]["lines"]["begin"] == finding["line"]


def github_tells_the_same(folder):
    _, wanted = findings(folder)
    lines = paraph("--format", "github", ".", folder=folder).decode("utf-8", "surrogateescape")
    *lines, summary = lines.removesuffix("\n").split("\n")
    assert len(lines) == len(wanted)
    assert re.match(r"\d+ documents, .*, profiles? un-fr", summary), summary
    for line, (document, finding) in zip(lines, wanted):
        command, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
        values = dict(p.split("=", 1) for p in properties.split(","))
        assert command == {"error": "error", "warning": "warning", "info": "notice"}[
            finding["severity"]]
        assert urllib.parse.unquote(values["title"]) == finding["rule"]
        assert urllib.parse.unquote(message).startswith(finding["message"])
        if "latin" not in document["path"]:
            assert urllib.parse.unquote(values["file"]) == document["path"].removeprefix("./")
        assert ("line" in values) == (not document["path"].endswith(".docx"))


def checkstyle_tells_the_same(folder):
    _, wanted = findings(folder)
    root = xml.etree.ElementTree.fromstring(paraph("--format", "checkstyle", ".", folder=folder))
    assert root.tag == "checkstyle" and {f.tag for f in root} == {"file"}
    assert len(root) == len(list(folder.iterdir()))
    errors = list(root.iter("error"))
    assert [(e.get("source"), int(e.get("line")), int(e.get("column")), e.get("severity"))
            for e in errors] == [("paraph." + f["rule"], f["line"], f["column"], f["severity"])
                                 for _, f in wanted]


def junit_tells_the_same(folder):
    told, wanted = findings(folder)
    root = xml.etree.ElementTree.fromstring(paraph("--format", "junit", ".", folder=folder))
    suites = list(root)
    assert len(suites) == len(told["documents"])
    for suite, document in zip(suites, told["documents"]):
        cases, failures = suite.findall("testcase"), list(suite.iter("failure"))
        assert int(suite.get("tests")) == len(cases) >= 1
        assert int(suite.get("failures")) == len(failures) == sum(
            f["severity"] != "info" for f in document["findings"])
        # the order that the schema of Jenkins wants
        assert [e.tag for e in suite] == ["testcase"] * len(cases) + ["system-out", "system-err"]


def prove_reads_tap(folder):
    prove = shutil.which("prove")
    if prove is None:
        raise Skipped
    told, _ = findings(folder)
    out = folder.parent / "out.tap"
    out.write_bytes(paraph("--format", "tap", ".", folder=folder))
    run = subprocess.run([prove, "--exec", "cat", "--verbose", str(out)], capture_output=True,
                         timeout=60)
    bad = sum(any(f["severity"] != "info" for f in d["findings"]) for d in told["documents"])
    text = run.stdout.decode("utf-8", "replace")
    assert f"Failed {bad}/{len(told['documents'])} subtests" in text, text[-500:]
    assert "Parse errors" not in text


def compact_is_as_of_compilers(folder):
    _, wanted = findings(folder)
    lines = paraph("--format", "compact", ".", folder=folder).decode("utf-8", "replace")
    *lines, summary = lines.removesuffix("\n").split("\n")
    assert len(lines) == len(wanted)
    assert re.match(r"\d+ documents, .*, profiles? un-fr", summary), summary
    for line, (_, finding) in zip(lines, wanted):
        at = re.match(r"(.*?):(\d+):(\d+): (error|warning|info): ", line)
        # a colon in a name: the places are those of the last match
        at = at if at.group(1) != "./100% a" else re.match(r"(.*):(\d+):(\d+): (\w+): ", line)
        assert [int(at.group(2)), int(at.group(3)), at.group(4)] == [
            finding["line"], finding["column"], finding["severity"]], line


def markdown_is_a_table(folder):
    _, wanted = findings(folder)
    lines = paraph("--format", "markdown", ".", folder=folder).decode("utf-8", "replace")
    rows = [l for l in lines.split("\n") if l.startswith("|")]
    assert len(rows) == len(wanted) + 2
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 6, row


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.marks, self.items, self.outside, self.open = {}, [], [], None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "mark":
            self.open = a["id"]
            self.marks[self.open] = ""
        if tag == "li":
            self.items.append((a["id"], a["data-rule"], a["data-level"]))
        self.outside += [v for k, v in attributes
                         if k in ("src", "href") and not v.startswith("#")]

    def handle_endtag(self, tag):
        if tag == "mark":
            self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.marks[self.open] += data


def html_tells_the_same(folder):
    _, wanted = findings(folder)
    text = paraph("--format", "html", ".", folder=folder).decode("utf-8")
    page = Page()
    page.feed(text)
    assert page.outside == [] and "http" not in text
    assert [(r, l) for _, r, l in page.items] == [(f["rule"], f["severity"]) for _, f in wanted]
    assert [i for i, _, _ in page.items] == [f"f{n}" for n in range(len(wanted))]
    for n, (_, finding) in enumerate(wanted):
        shown = page.marks.get(f"m{n}")
        if shown is not None and "\n" not in finding["text"] and "\x01" not in finding["text"]:
            assert shown == finding["text"].replace("e\u0301", "é") or shown == "‸", (shown, finding)


def profile_stands_in_every_report(folder):
    formats = [line.split("(")[1].rstrip(")\n") for line in open("report/reports.def")
               if line.startswith("REPORT(")]
    assert len(formats) >= 12
    for name in formats:
        told = paraph("--format", name, "--profile", "un-fr", ".", folder=folder)
        assert b"un-fr" in told, name


def several_at_once(folder):
    out = folder.parent
    plain = paraph("--format", f"sarif={out}/a.sarif", "--format", f"junit={out}/a.xml", "--format",
                   "json", ".", folder=folder)
    assert plain == paraph("--format", "json", ".", folder=folder)
    assert (out / "a.sarif").read_bytes() == paraph("--format", "sarif", ".", folder=folder)
    assert (out / "a.xml").read_bytes() == paraph("--format", "junit", ".", folder=folder)
    assert paraph("--format", f"sarif={out}/b.sarif", ".", folder=folder) == b""
    # nothing is written when one of them cannot be
    paraph("--format", f"sarif={out}/c.sarif", "--format", f"json={out}/none/c.json", ".",
           folder=folder, status=(2,))
    paraph("--format", f"sarif={out}/c.sarif", "--format", f"nonsense={out}/c", ".",
           folder=folder, status=(2,))
    assert not (out / "c.sarif").exists() and not (out / "c").exists()


CASES = [sarif_is_valid, sarif_multitool_agrees, xml_is_valid, sarif_tells_the_same, gitlab_tells_the_same, github_tells_the_same,
         checkstyle_tells_the_same, junit_tells_the_same, prove_reads_tap,
         compact_is_as_of_compilers, markdown_is_a_table, html_tells_the_same, profile_stands_in_every_report,
         several_at_once]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name, "documents")
        folder.mkdir()
        prepare(folder)
        for case in CASES:
            try:
                case(folder)
            except Skipped:
                counts["skipped"] += 1
                print("skipped", case.__name__)
            except Exception:
                counts["failed"] += 1
                print("FAILED", case.__name__)
                traceback.print_exc(limit=3, file=sys.stdout)
            else:
                counts["passed"] += 1
                print("ok", case.__name__)
    print("reports: {passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    sys.exit(counts["failed"] != 0)


if __name__ == "__main__":
    main()
