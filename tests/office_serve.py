#!/usr/bin/python3
"""LibreOffice's own proofreading against `paraph serve`: what its checker says of the paragraphs of a
French document is what `paraph check` says.

    tests/office_serve.py build/paraph

Wants Debian's libreoffice-writer and python3-uno; says so and stops without them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import libreoffice
from http_client import Server, end, judge

PROGRAM = os.path.abspath(sys.argv[1])
libreoffice.or_stop("office_serve: 0 passed, 0 failed, 1 skipped (no LibreOffice)")
ITEM = ('<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">'
        '<prop oor:name="%s" oor:op="fuse"><value>%s</value></prop></item>')
PARAGRAPHS = ["Le rapport de l ’Union est joint à la présente lettre & ses annexes.",
              "Les États ont versé 100\u00a0% de 5,5 millions + 3\u00a0% à l ’Organisation\u00a0: merci.",
              "😀 Voir aussi l ’accord ci -joint, qui est un mo dèle de convention.",
              "Le Conseil s’est réuni hier à New York.",
              "Le rôle de la mission UNAMA est précisé."]


def profile(home, port):
    folder = pathlib.Path(home) / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + ITEM % ("BaseURL", "http://localhost:%d/v2" % port) + ITEM % ("IsEnabled", "true") + "</oor:items>")


def expected(text):
    run = subprocess.run([PROGRAM, "check", "--no-config", "--format", "json", "--lang", "fr", "--input-format",
                          "txt", "-"], input=text.encode(), capture_output=True)
    found = json.loads(run.stdout)["documents"][0]["findings"]
    return sorted((f["text"], tuple(f["suggestions"])) for f in found)


def proofread(checker, locale, text):
    wide = text.encode("utf-16-le")
    result = checker.doProofreading("d", text, locale, 0, len(text), ())
    return sorted((wide[2 * e.nErrorStart:2 * (e.nErrorStart + e.nErrorLength)].decode("utf-16-le"),
                   tuple(e.aSuggestions)) for e in result.aErrors)


with tempfile.TemporaryDirectory() as folder, Server() as server:
    profile(folder + "/profile", server.port)
    office = libreoffice.Office(folder + "/profile")
    try:
        from com.sun.star.lang import Locale
        checker = office.service("org.openoffice.lingu.LanguageToolGrammarChecker")
        locale = Locale("fr", "FR", "")
        judge("LibreOffice knows that it checks French", checker.hasLocale(locale))
        total = 0
        for text in PARAGRAPHS:
            told, wanted = proofread(checker, locale, text), expected(text)
            total += len(wanted)
            judge("proofreading of « %s… »" % text[:20], told == wanted, (told, wanted))
        judge("there was something to find", total >= 6, total)
    finally:
        office.close()
end("office_serve")
