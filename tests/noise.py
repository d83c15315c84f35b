#!/usr/bin/env python3
"""Every document of the tests, damaged in three ways: the end cut off (chop), the beginning cut off (slap), bytes
changed, put in or doubled (noise); of packages, the same in each part of XML, packed anew. Whatever paraph makes of
them, it ends with a status of its own and a message for what it could not read; what it could not correct is not
touched, and what it did correct can be read again.

    tests/noise.py build/paraph [--variants N] [FILE…]     (default: 30 of each file; all documents of tests/cases
                                                            and tests/office_set.py)"""
import argparse
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings
import zipfile
import zlib

import office_set

HERE = pathlib.Path(__file__).resolve().parent
KINDS = {".docx", ".odt", ".html", ".md", ".xlf", ".po", ".tmx", ".tsv", ".srt", ".vtt", ".eml", ".txt", ".pdf"}
SIGNS = [b"<", b">", b"&", b'"', b"\0", b"\xff", b"\xc2", b"\n", b"/", b"<!--", b"]]>", b"\xef\xbf\xbc", b"99999999999"]
PARTS = ("word/", "content.xml", "styles.xml", "META-INF/manifest.xml", "[Content_Types].xml", "_rels/")


def noise(rng, data):
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        at = rng.randrange(len(out) + 1)
        way = rng.randrange(4)
        if way == 0 and at < len(out):
            out[at] = rng.randrange(256)
        elif way == 1:
            out[at:at] = rng.choice(SIGNS)
        elif way == 2:
            out[at:at] = out[max(0, at - rng.randrange(1, 200)):at]
        else:
            del out[at:at + rng.randrange(1, 200)]
    return bytes(out)


def damage(rng, data, way):
    if way == 0:
        return data[:rng.randrange(len(data) + 1)]
    return data[rng.randrange(len(data) + 1):] if way == 1 else noise(rng, data)


def damage_part(rng, data, way):
    """One part of a package; the package itself is sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to:
        names = [i.filename for i in z.infolist() if i.filename.startswith(PARTS) and i.file_size > 0]
        hit = rng.choice(names) if names else None
        for i in z.infolist():
            to.writestr(i, damage(rng, z.read(i), way) if i.filename == hit else z.read(i))
    return out.getvalue()


def variants(data, count):
    rng = random.Random(zlib.crc32(data))
    packed = zipfile.is_zipfile(io.BytesIO(data))
    for i in range(count):
        way = i % 4  # noise twice
        yield (damage_part if packed and i % 8 < 6 else damage)(rng, data, way)


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=300)


def check(files, what):
    """The files that could be read; every other one is complained of by name, and there is no crash."""
    done = run("check", "--no-config", "--format", "jsonl", "-j", "1", *files)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode in (0, 1, 2), f"{what}: status {done.returncode}: {said[-300:]}"
    names = {pathlib.Path(json.loads(line)["path"]).name for line in done.stdout.splitlines() if b'"path"' in line}
    readable = [f for f in files if f.name in names]
    for f in files:
        assert f in readable or f.name in said, f"{what}: nothing is said of {f.name}"
    assert (done.returncode == 2) == (len(readable) < len(files)), f"{what}: status {done.returncode}"
    return readable


def look(files, can_fix):
    readable = check(files, "check")
    if not can_fix:
        return
    before = {f: f.read_bytes() for f in files}
    done = run("fix", "--no-config", "--unsafe", "--in-place", *files)
    assert done.returncode in (0, 1, 2), f"fix: status {done.returncode}: {done.stderr[-300:]}"
    changed = [f for f in files if f.read_bytes() != before[f]]
    for f in changed:
        assert f in readable, f"fix: {f.name} cannot be read and was written"
    if changed:
        lost = set(changed) - set(check(changed, "check after fix"))
        assert not lost, f"{min(lost).name} cannot be read after fix"


def try_file(path, count, folder):
    data = path.read_bytes()
    can_fix = path.suffix != ".pdf"
    files = []
    for i, bytes_ in enumerate(variants(data, count)):
        files.append(folder / f"v{i:03}{path.suffix}")
        files[-1].write_bytes(bytes_)
    try:
        look(files, can_fix)
        return None
    except (AssertionError, subprocess.TimeoutExpired) as wrong:
        kept = pathlib.Path(tempfile.mkdtemp(prefix="noise-"))
        for i, bytes_ in enumerate(variants(data, count)):
            (kept / f"v{i:03}{path.suffix}").write_bytes(bytes_)
        return f"{str(wrong)[:300]} (variants in {kept})"
    finally:
        for f in files:
            f.unlink(missing_ok=True)


def documents(folder):
    """What stands in tests/cases, and what is made."""
    yield from sorted(p for p in (HERE / "cases").rglob("*") if p.suffix in KINDS and p.is_file() and p.stat().st_size)
    office_set.write(folder)
    yield from sorted(folder.iterdir())


arguments = argparse.ArgumentParser()
arguments.add_argument("program")
arguments.add_argument("--variants", type=int, default=30)
arguments.add_argument("files", nargs="*")
options = arguments.parse_intermixed_args()
PROGRAM = os.path.abspath(options.program)
warnings.simplefilter("ignore")  # of zipfile, over damaged packages
with tempfile.TemporaryDirectory() as name:
    made, work = pathlib.Path(name) / "made", pathlib.Path(name) / "work"
    made.mkdir()
    work.mkdir()
    tried = failures = 0
    for document in [pathlib.Path(f) for f in options.files] or documents(made):
        # Poppler repairs what is damaged by reading all of it: a helper each, and fewer of them.
        wrong = try_file(document, options.variants // (5 if document.suffix == ".pdf" else 1), work)
        tried += 1
        failures += wrong is not None
        if wrong:
            print("FAILED", document, wrong, flush=True)
print(f"noise: {tried - failures} passed, {failures} failed")
sys.exit(failures != 0)
