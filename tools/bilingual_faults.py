"""Faults that eval_bilingual.py puts into the translation of a clean pair, a function a kind.

Each takes source, target and a source of chance, and gives the new target; None where the pattern
does not stand; a LeftOut where it does, but no reader of both could say that it is a fault."""
import functools
import re
import subprocess


class LeftOut:
    """Why a fault is none, or could not be seen."""

    def __init__(self, reason):
        self.reason = reason


# --- numbers ---

WORDS_EN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fifteen": 15,
            "twenty": 20}
WORDS_FR = {"trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
            "onze": 11, "douze": 12, "treize": 13, "quinze": 15, "vingt": 20}
NOT_SAID = LeftOut("the source has not the number")


def figures(text, mark):
    """The numbers of a text in figures, without what separates their thousands."""
    other = "," if mark == "." else ""
    found = re.findall(r"\d+(?:[\u00a0\u202f %s]\d{3})*(?:[%s]\d+)*" % (other, mark), text)
    return {re.sub(r"[\u00a0\u202f %s]" % other, "", n).replace(mark, ".") for n in found}


def says(source, number):
    """Does the source say the number of the translation, in figures or in a word?"""
    value = re.sub(r"[\u00a0\u202f ]", "", number).replace(",", ".")
    both = figures(source, ".") | figures(source, ",")
    return value in both or any(str(n) == value and re.search(rf"(?i)\b{w}", source)
                                for w, n in WORDS_EN.items())


def digit(word, chance):
    """The same with one digit changed, not the first to nought."""
    at = chance.choice([i for i, c in enumerate(word) if c.isdigit()])
    others = [d for d in "123456789" if d != word[at]]
    return word[:at] + chance.choice(others) + word[at + 1:]


def swapped(pattern, change):
    """A kind of fault: a match of the pattern is changed."""
    def make(source, target, chance):
        found = list(re.finditer(pattern, target))
        if not found:
            return None
        m = chance.choice(found)
        new = change(m, chance)
        return None if new is None or new == m.group() else \
            target[:m.start()] + new + target[m.end():]
    return make


def in_figures(pattern, change):
    """… that the source says, too."""
    def make(source, target, chance):
        found = list(re.finditer(pattern, target))
        if not found:
            return None
        m = chance.choice(found)
        if re.search(r"(?:https?|www)\S*$", target[:m.start()]):
            return LeftOut("of an address")
        if not says(source, m.group().strip()):
            return NOT_SAID
        return target[:m.start()] + change(m.group(), chance) + target[m.end():]
    return make


def once(pattern):
    """A number that stands only once is taken out."""
    def make(source, target, chance):
        found = [m for m in re.finditer(pattern, target)
                 if len(re.findall(rf"\b{re.escape(m.group().strip())}\b", target)) == 1]
        if not found:
            return None
        m = chance.choice(found)
        return target[:m.start()] + target[m.end():] if says(source, m.group().strip()) else NOT_SAID
    return make


def decimal(source, target, chance):
    found = list(re.finditer(r"\b\d+,\d+\b", target))
    if not found:
        return None
    m = chance.choice(found)
    if m.group() in source:
        return LeftOut("figures of an English title")
    if not m.group().strip("0,"):
        return LeftOut("nought")
    return target[:m.start()] + m.group().replace(",", "") + target[m.end():]


def number_word(source, target, chance):
    """A number in words, that the source has in words or figures; not a part of vingt-quatre."""
    found = list(re.finditer(r"(?<![\w-])(?:%s)(?![\w-]| et| cent| mille)" % "|".join(WORDS_FR), target))
    if not found:
        return None
    m = chance.choice(found)
    if not says(source, str(WORDS_FR[m.group()])):
        return NOT_SAID
    return target[:m.start()] + chance.choice([w for w in WORDS_FR if w != m.group()]) + \
        target[m.end():]


def per_cent(source, target, chance):
    """Of a share that stands once."""
    found = [m for m in re.finditer(r"\b(\d+(?:,\d+)?)[\u00a0\u202f ](?:%|pour cent)", target)
             if len(re.findall(rf"\b{m[1]}\b", target)) == 1
             and re.search(rf"\b{m[1].replace(',', '.')} ?(?:%|per cent|percent)", source)]
    if not found:
        return None
    m = chance.choice(found)
    return target[:m.start()] + m[1] + target[m.end():]


# --- references ---

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def reference(m, chance):
    return m[1] + " " + (digit(m[2], chance) if m[2][0].isdigit() else
                         m[2][:-1] if m[2].endswith("II") else m[2] + "I")


def letter(source, target, chance):
    """The letter of a subparagraph, that the source has; not of a formula or a unit."""
    found = list(re.finditer(r"(?<![\w(/*-])[a-h]\)", target))
    if not found:
        return None
    m = chance.choice(found)
    if not re.search(r"(?<!\w)%s\)" % m.group()[0], source):
        return LeftOut("the source has not the letter")
    new = chance.choice([x for x in "ghkmpq" if x != m.group()[0]])
    return target[:m.start()] + new + ")" + target[m.end():]


def address(source, target, chance):
    """A letter is lost of an address that the source has."""
    found = list(re.finditer(r"(?<=//)www\.\w+|https?://\w+", target))
    if not found:
        return None
    m = chance.choice(found)
    whole = re.search(r"\S*$", target[:m.start()]).group() + re.match(r"\S*", target[m.start():]).group()
    if whole.rstrip(".,;)") not in source:
        return LeftOut("the source has not the address")
    return target[:m.end() - 1] + target[m.end():]


# --- terms, names ---

# what the source says, what the translation should say, what it is made to say
TERMS = [("2030 Agenda", "Programme de développement durable à l’horizon 2030", "Agenda 2030"),
         ("developing countr", "pays en développement", "pays en voie de développement"),
         ("website", "site Web", "site Internet"), ("website", "sites Web", "sites Internet"),
         ("best practices", "pratiques exemplaires", "meilleures pratiques"),
         ("sustainable development", "développement durable", "développement soutenable")]
ACRONYMS = [("WHO", "OMS"), ("ILO", "OIT"), ("UNDP", "PNUD"), ("UNEP", "PNUE"), ("IMF", "FMI"),
            ("WTO", "OMC"), ("OECD", "OCDE"), ("UNHCR", "HCR"), ("UNAIDS", "ONUSIDA"),
            ("UNFPA", "FNUAP"), ("UNIDO", "ONUDI"), ("SDGs", "ODD")]
STATES = [("Mexico", "Mexique", "Pérou"), ("Bangladesh", "Bangladesh", "Pakistan"),
          ("India", "Inde", "Chine"), ("United States of America", "États-Unis d’Amérique", "Brésil"),
          ("United Kingdom", "Royaume-Uni", "Danemark"), ("France", "France", "Espagne"),
          ("Israel", "Israël", "Portugal"), ("Japan", "Japon", "Kenya"),
          ("Brazil", "Brésil", "Colombie"), ("China", "Chine", "Indonésie"),
          ("Canada", "Canada", "Japon"), ("Switzerland", "Suisse", "Norvège")]


def instead(table, cited=False):
    """Of rows that stand in both passages once: the translation says something else, which
    neither passage has. cited: they may be authors of publications, whose names stay."""
    def make(source, target, chance):
        rows = [row for row in table
                if row[0] in source and len(re.findall(rf"\b{row[1]}\b", target)) == 1
                and row[2] not in target]
        if not rows:
            return None
        row = chance.choice(rows)
        if cited and re.search(rf"\b{row[1]},? \(?(?:19|20)\d\d", target):
            return LeftOut("the author of a publication")
        return re.sub(rf"\b{row[1]}\b", row[2], target)
    return make


@functools.cache
def is_word(word):
    """In a dictionary of either language?"""
    return any(subprocess.run(["hunspell", "-d", language, "-l"], input=word + "\n",
                              capture_output=True, text=True).stdout.strip() == ""
               for language in ("fr", "en_GB"))


def name(source, target, chance):
    """A name of persons or places that both have, with one letter changed."""
    both = [w for w in re.findall(r"(?<=[a-zé] )[A-Z][a-z]{5,}\b", target)
            if re.search(rf"\b{w}\b", source) and w.lower() not in target.split()]
    both = [w for w in both
            if w not in ("Volume", "Programme", "Article", "Articles", "Justice")
            and not re.match(r"[A-Z][a-z]+(?:tion|ment|sion|ence)s?$", w)]
    if not both:
        return None
    word = chance.choice(both)
    at = chance.randrange(2, len(word) - 1)
    new = word[:at] + chance.choice([c for c in "aeiourntl" if c != word[at]]) + word[at + 1:]
    if is_word(new):
        return LeftOut("another word")
    if target.count(word) > source.count(word):
        return LeftOut("elsewhere the source writes it otherwise")
    return target.replace(word, new, 1)


# --- passages ---

def sentence(source, target, chance):
    """The last sentence is dropped; one does not end at an abbreviation."""
    found = re.split(r"(?<=[a-zéè)»]{3}[.?!])\s+(?=[A-ZÀÉÊ«])", target)
    if not 2 <= len(found) <= 12 or len(re.findall(r"[.?!;](?:\s|$)", source)) < len(found):
        return None
    rest = " ".join(found[:-1])
    return rest if len(found[-1]) >= 40 and len(rest) >= 40 else None


def untranslated(source, target, chance):
    words = re.findall(r"[a-z]{3,}", source)
    return source if len(words) >= 4 and source != target else None


def half_translated(source, target, chance):
    """A passage of the source of three words or more stands in the translation."""
    run = re.search(r"\b(?:of|for|with|from) (?:the|such|all|any|that) [a-z]{5,} [a-z]{4,}\b", source)
    words = target.split(" ")
    if run is None or len(words) < 10:
        return None
    at = len(words) // 2
    return " ".join(words[:at] + run.group().split(" ") + words[at + 3:])


def tail(mark, with_):
    def make(source, target, chance):
        ends = source.rstrip().endswith(mark) and target.rstrip().endswith(mark) \
            and len(source.split()) > 4
        return target.rstrip()[:-len(mark)].rstrip(" \u00a0\u202f") + with_ if ends else None
    return make


KINDS = [
    ("a digit changed", in_figures(r"(?<![\w./])\d[\d\u00a0\u202f ]*(?:,\d+)?(?![\w./]|-\d)", digit)),
    ("a number dropped", once(r"(?<=[a-zéèà’] )\d{2,}(?:,\d+)?[\u00a0 ](?=[a-zé])")),
    ("a decimal mark lost", decimal),
    ("million for milliard", swapped(r"\b(million|milliard)(s?)\b", lambda m, c:
                                     ("milliard" if m[1] == "million" else "million") + m[2])),
    ("a number in words changed", number_word),
    ("a year shifted", swapped(r"\b(?:19|20)\d\d\b",
                               lambda m, c: str(int(m.group()) + c.choice([-1, 1, 10])))),
    ("a month changed", swapped(r"(?<=\d )(?:%s)\b" % "|".join(MONTHS),
                                lambda m, c: c.choice([x for x in MONTHS if x != m.group()]))),
    ("a document symbol mistyped", swapped(
        r"\b(?:[AES]|ST|DORS|TR)/[A-Z0-9./-]*\d+", lambda m, c: digit(m.group(), c))),
    ("a resolution’s number changed", swapped(r"\b\d{3,4}(?= \((?:19|20)\d\d\))",
                                              lambda m, c: digit(m.group(), c))),
    ("a paragraph or article changed", swapped(
        r"\b(article|paragraphe|annexe|Chapitre|Objectif|Cible|Indicateur) (\d+(?:\.\d+)*|[IVX]{2,})\b",
        reference)),
    ("a subparagraph’s letter changed", letter),
    ("a web address mistyped", address),
    ("per cent lost", per_cent),
    ("a Main Committee called otherwise", swapped(
        r"\b(Première|Deuxième|Troisième|Quatrième|Cinquième|Sixième) Commission\b",
        lambda m, c: m[1].replace("Première", "Premier") + " Comité")),
    ("a term swapped for a deprecated one", instead(TERMS)),
    ("an English acronym left", instead([(en, fr, en) for en, fr in ACRONYMS], True)),
    ("another State", instead(STATES)),
    ("a name altered", name),
    ("a sentence dropped", sentence),
    ("a pair left untranslated", untranslated),
    ("words left untranslated", half_translated),
    ("an empty translation", lambda s, t, c: "" if len(re.findall(r"\w{2,}", s)) > 1 else None),
    ("a full stop dropped", tail(".", "")),
    ("a question mark for a full stop", tail(".", " ?")),
    ("a square bracket dropped", lambda s, t, c: t.replace("[", "", 1)
     if t.count("[") == s.count("[") > 0 else None),
]


def broken_tags(pairs, chance, most):
    """Pairs with a tag around a word of both sides, and the same with the tag broken; the corpora
    have none."""
    clean, broken = [], []
    for source, target in pairs:
        a, b = source.split(" "), target.split(" ")
        if len(a) < 5 or len(b) < 5 or "<" in source + target:
            continue
        a[2], b[2] = f"<b>{a[2]}</b>", f"<b>{b[2]}</b>"
        source, target = " ".join(a), " ".join(b)
        clean.append((source, target))
        broken.append((source, chance.choice([
            target.replace("</b>", ""), target.replace("<b>", ""),
            target.replace("<b>", "<i>").replace("</b>", "</i>"),
            target.replace("<b>", "").replace("</b>", "")])))
        if len(clean) == most:
            break
    return clean, broken
