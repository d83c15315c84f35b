#!/usr/bin/python3
"""What reading and checking costs in each format: words a second of processor time and the memory at its
height, for a file of that size (MB) made of the reference translations.

    bench/formats.py build/paraph [MB] [FORMAT…]"""
import gzip
import html
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PROGRAM = os.path.abspath(sys.argv[1])
SIZE = int(sys.argv[2]) if len(sys.argv) > 2 else 20
WANTED = sys.argv[3:]
SHARED = pathlib.Path(os.environ.get("PARAPH_SHARED", "../shared"))
ODF = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' \
      'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def pairs():
    with gzip.open(SHARED / "corpora/tm/canlaw_dev_120k.tsv.gz", "rt", encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2:
                yield cells[0], cells[1]


def po(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def seconds(n):
    return f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}"


x = html.escape
FORMATS = {
    "txt": ("", lambda i, s, t: t + "\n", ""),
    "xliff": ('<xliff version="1.2"><file original="a" source-language="en" target-language="fr"><body>\n',
              lambda i, s, t: f'<trans-unit id="{i}"><source>{x(s)}</source><target>{x(t)}</target></trans-unit>\n',
              "</body></file></xliff>\n"),
    "tmx": ('<tmx version="1.4"><header srclang="en"/><body>\n',
            lambda i, s, t: f'<tu tuid="{i}"><tuv xml:lang="en"><seg>{x(s)}</seg></tuv>'
                            f'<tuv xml:lang="fr"><seg>{x(t)}</seg></tuv></tu>\n', "</body></tmx>\n"),
    "po": ('msgid ""\nmsgstr "Language: fr\\n"\n\n', lambda i, s, t: f"msgid {po(s)}\nmsgstr {po(t)}\n\n", ""),
    "tsv": ("en\tfr\n", lambda i, s, t: f"{s}\t{t}\n", ""),
    "html": ('<!DOCTYPE html><html lang="fr"><body>\n', lambda i, s, t: f"<p>{x(t, False)}</p>\n", "</body></html>\n"),
    "markdown": ("", lambda i, s, t: t.replace("*", "\\*").replace("<", "\\<") + "\n\n", ""),
    "srt": ("", lambda i, s, t: f"{i + 1}\n{seconds(i)},000 --> {seconds(i)},900\n{t}\n\n", ""),
    "vtt": ("WEBVTT\n\n", lambda i, s, t: f"{seconds(i)}.000 --> {seconds(i)}.900\n{x(t, False)}\n\n", ""),
    "eml": ("Subject: a\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n",
            lambda i, s, t: f"{t}\n\n", ""),
    "odt": (f'<office:document-content {ODF}><office:body><office:text>',
            lambda i, s, t: f"<text:p>{x(t)}</text:p>\n",
            "</office:text></office:body></office:document-content>"),
}


def make(name, path):
    head, line, tail = FORMATS[name]
    left, i = SIZE * 1000000, 0
    with open(path, "w", encoding="utf-8") as f:
        f.write(head)
        while left > 0:
            for s, t in pairs():
                text = line(i, s, t)
                f.write(text)
                i += 1
                left -= len(text.encode())
                if left <= 0:
                    break
        f.write(tail)
    if name == "odt":
        with zipfile.ZipFile(path + ".zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
            z.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
            z.write(path, "content.xml")
        os.replace(path + ".zip", path)


def run(*arguments):
    """Processor time and height of memory of a run, and what it wrote."""
    out = tempfile.TemporaryFile()
    p = subprocess.Popen([PROGRAM, *arguments], stdout=out, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(p.pid, 0)
    out.seek(0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, out


def main():
    print("| format | MB | words | read, words/s | checked, words/s | memory read | memory checked |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in FORMATS:
        if WANTED and name not in WANTED:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a." + {"markdown": "md", "xliff": "xlf"}.get(name, name))
            make(name, path)
            read, read_memory, text = run("text", path)
            words = sum(len(line.split()) for line in text)
            checked, memory, _ = run("check", "--no-cache", "--format", "jsonl", path)
            print(f"| {name} | {os.path.getsize(path) / 1e6:.0f} | {words:,} | {words / read / 1e6:.2f} M |"
                  f" {words / checked / 1e6:.2f} M | {read_memory:.0f} MB | {memory:.0f} MB |", flush=True)


main()
