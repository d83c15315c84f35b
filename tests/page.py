#!/usr/bin/env python3
"""The page of --format html in Chromium, at the widths of a desk and of a telephone.

usage: tests/page.py build/paraph [FOLDER]      (FOLDER keeps the screenshots)

The browser may not use the network. At each width: nothing is wider than the window, every finding
is shown with its mark, the filters and the keys j and k do what they say, and the screenshot is no
blank page. Prints a line a case and, last, "page: N passed, N failed, N skipped"."""
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
counts = {"passed": 0, "failed": 0}
# Measures, then acts as a reader does; what it saw becomes the title.
PROBE = """<script>
const shown = () => [...document.querySelectorAll('li[id^=f]')].filter(e => e.offsetParent).length;
const seen = { wide: document.documentElement.scrollWidth, window: innerWidth, all: shown(),
  marks: document.querySelectorAll('mark[id^=m]').length,
  dark: matchMedia('(prefers-color-scheme: dark)').matches };
const key = k => document.dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true }));
key('j'); seen.first = document.activeElement.id || location.hash;
key('j'); seen.second = document.activeElement.id || location.hash;
key('k'); seen.back = document.activeElement.id || location.hash;
const rule = document.getElementById('rule');
rule.value = 'spacing/apostrophe'; rule.dispatchEvent(new Event('change', { bubbles: true }));
seen.filtered = shown();
document.title = JSON.stringify(seen);
</script></body>"""


def judge(name, ok, why=""):
    counts["passed" if ok else "failed"] += 1
    print("%s %s%s" % ("ok" if ok else "FAILED", name, "" if ok else ": %s" % (why,)))


def pixels(path):
    """(width, height, number of different rows) of an 8-bit PNG without interlacing."""
    with open(path, "rb") as f:
        data = f.read()
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        n, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + n] if kind == b"IDAT" else b""
        at += n + 12
    raw = zlib.decompress(packed)
    row = len(raw) // height
    return width, height, len({raw[i * row:(i + 1) * row] for i in range(height)})


def main():
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("page: skipped, no chromium")
        print("page: 0 passed, 0 failed, 1 skipped")
        return 0
    keep = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        for name in "lettre.txt", "letter.txt":
            shutil.copy(os.path.join(ROOT, "data/samples", name), folder)
        with open(os.path.join(folder, "long.txt"), "w", encoding="utf-8") as f:
            f.write("https://example.org/" + "a" * 300 + " et le texte de l ’accord.\n")
        made = {form: subprocess.run([PROGRAM, "check", "--no-config", "--ui-lang", "en",
                                      "--format", form, "."], cwd=folder, capture_output=True,
                                     encoding="utf-8", check=False).stdout
                for form in ("html", "json")}
        found = [f["rule"] for d in json.loads(made["json"])["documents"] for f in d["findings"]]
        for name, text in ("page.html", made["html"]), \
                ("probe.html", made["html"].replace("</body>", PROBE)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(text)

        def chromium(width, *arguments):
            return subprocess.run(
                [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 "--user-data-dir=%s/profile" % folder, "--host-resolver-rules=MAP * ~NOTFOUND",
                 "--window-size=%d,900" % width, *arguments],
                capture_output=True, encoding="utf-8", timeout=120, check=False)

        for width in 1280, 500:
            dom = chromium(width, "--dump-dom", "file://%s/probe.html" % folder).stdout
            title = re.search(r"<title>(\{.*?\})</title>", dom)
            seen = json.loads(title.group(1).replace("&quot;", '"')) if title else {}
            judge("%d: the script ran" % width, bool(seen), dom[:200])
            judge("%d: nothing is wider than the window" % width,
                  seen.get("wide", 9999) <= seen.get("window", 0), seen)
            judge("%d: all findings are shown" % width, seen.get("all") == len(found), seen)
            judge("%d: each has its mark" % width, seen.get("marks") == len(found), seen)
            judge("%d: the filter" % width,
                  seen.get("filtered") == found.count("spacing/apostrophe"), seen)
            judge("%d: the keys" % width, seen.get("first") != seen.get("second") and
                  seen.get("first") == seen.get("back"), seen)
            image = os.path.join(folder, "page-%d.png" % width)
            chromium(width, "--screenshot=" + image, "file://%s/page.html" % folder)
            size = pixels(image) if os.path.exists(image) else (0, 0, 0)
            judge("%d: the screenshot" % width, size[0] == width and size[2] > 200, size)
            if keep is not None and os.path.exists(image):
                os.makedirs(keep, exist_ok=True)
                shutil.copy(image, keep)
    print("page: %(passed)d passed, %(failed)d failed, 0 skipped" % counts)
    return counts["failed"] != 0


sys.exit(main())
