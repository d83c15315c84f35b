"""Faults put into sound French sentences, each by a mechanical change of one place.

An injector takes a sentence and the morphology of its words and gives every place where it
could work: (start, end, replacement, first, last), the change and, in characters of the untouched
sentence, the words that the fault concerns (les mesure: both, since either may be marked). What
it makes must be wrong in any reading; where a change might make another good sentence, the
injector has a condition against it, and no tool's opinion is asked.

The morphology is `hunspell -m` on the French dictionary: a reading is (lemma, parts, inflections).
"""
import calendar
import collections
import re
import subprocess

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:-[A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*")
NB = "\u00a0"
MONTHS = ("janvier février mars avril mai juin juillet août septembre octobre novembre "
          "décembre").split()
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
DATE = re.compile(r"(?<![\w-])le (\d{1,2}|1er) (" + "|".join(MONTHS) + r") ((?:19|20)\d\d)\b")
PLURALS = "les des ces ses leurs nos aux plusieurs".split()
SINGULARS = "le la un une ce cet cette du au".split()

INJECTORS = collections.defaultdict(dict)  # group → name → function


def injects(group, name):
    def keep(function):
        INJECTORS[group][name] = function
        return function
    return keep


class Morphology:
    """Readings of words, and the forms of a lemma."""

    def __init__(self, words):
        words = sorted(set(words))
        run = subprocess.run(["hunspell", "-d", "fr", "-m", "-i", "utf-8"], text=True, check=True,
                             input="\n".join(words) + "\n", stdout=subprocess.PIPE)
        self.of, self.forms = collections.defaultdict(list), collections.defaultdict(set)
        for line in run.stdout.splitlines():
            form, _, tags = line.partition("  ")
            fields = [tag.partition(":") for tag in tags.split()]
            lemma = next((v for k, _, v in fields if k == "st"), None)
            parts = frozenset(v.rstrip("!") for k, _, v in fields if k == "po")
            inflections = frozenset(v for k, _, v in fields if k == "is")
            if lemma is None or "dp" in (k for k, _, _ in fields):
                continue
            self.of[form].append((lemma, parts, inflections))
            self.forms[lemma].add((form, parts, inflections))

    def readings(self, word):
        return self.of.get(word, [])

    def is_only(self, word, *parts):
        """All readings have one of the parts."""
        readings = self.readings(word)
        return bool(readings) and all(r[1] & set(parts) for r in readings)

    def cell(self, word, parts):
        """Gender and number of the readings with these parts, where they are one of each."""
        sets = {r[2] for r in self.readings(word) if r[1] & parts}
        if len(sets) != 1:
            return None
        (one,) = sets
        gender, number = one & {"mas", "fem"}, one & {"sg", "pl"}
        if len(gender) != 1 or len(number) != 1:
            return None
        return next(iter(gender)), next(iter(number))

    def inflected(self, word, parts, gender, number):
        """The form of the same lemma in that cell, unless the word itself has it too."""
        for lemma, own, _ in self.readings(word):
            if not own & parts:
                continue
            for form, other, inflections in sorted(self.forms[lemma], key=str):
                if form != word and form.islower() == word.islower() and other & parts and {gender, number} <= inflections and \
                        not any({gender, number} <= r[2] for r in self.readings(word)):
                    return form
        return None


NOUN, ADJECTIVE, PARTICIPLE = {"nom"}, {"adj"}, {"ppas"}
VERB_TENSES = {"ipre", "iimp", "ifut", "cond", "spre", "ipsi", "simp"}
FUNCTION = re.compile(r"^(?:adv|prep|pro|det|cj|nb|mg|npr|prn|patr|infi)")


def words_of(text):
    return [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]


def pairs(text):
    """Neighbouring words with one space between them."""
    words = words_of(text)
    for a, b in zip(words, words[1:]):
        if text[a[1]:b[0]] in (" ", NB):
            yield a, b


def is_pure(m, word, parts):
    """No reading but of these parts."""
    return m.is_only(word, *parts)


# --- agreement ---

def noun_number(text, m, determiners, to):
    for (ds, _, d), (s, e, w) in pairs(text):
        if d.lower() not in determiners or not is_pure(m, w, NOUN | ADJECTIVE):
            continue
        cell = m.cell(w, NOUN)
        if cell is None or cell[1] == to:
            continue
        # « les noms et adresses » and « des plus grands » have several readings
        form = m.inflected(w, NOUN, cell[0], to)
        if form and not re.match(r"\s*(?:,|et|ou|ni)\b", text[e:]):
            yield s, e, form, ds, e


@injects("agreement", "noun in the singular after a plural determiner")
def _(text, m):
    yield from noun_number(text, m, PLURALS, "sg")


@injects("agreement", "noun in the plural after a singular determiner")
def _(text, m):
    yield from noun_number(text, m, SINGULARS, "pl")


@injects("agreement", "determiner of the other gender")
def _(text, m):
    other = {"la": "le", "le": "la", "une": "un", "un": "une", "cette": "ce", "cet": "cette",
             "ce": "cette"}
    for (ds, de, d), (_, e, w) in pairs(text):
        if d not in other or not is_pure(m, w, NOUN):
            continue
        cell = m.cell(w, NOUN)
        genders = {g for r in m.readings(w) for g in r[2] & {"mas", "fem", "epi"}}
        if cell and len(genders) == 1 and w[0] not in "aeiouyhéèêâîôûœ":
            yield ds, de, other[d], ds, e


def adjective_changes(text, m, change):
    """A noun and the adjective behind it, after a determiner."""
    words = words_of(text)
    for d, n, a in zip(words, words[1:], words[2:]):
        if d[2].lower() not in PLURALS + SINGULARS or text[d[1]:n[0]] != " " or \
                text[n[1]:a[0]] != " " or not is_pure(m, n[2], NOUN | ADJECTIVE) or \
                not is_pure(m, a[2], ADJECTIVE | PARTICIPLE):
            continue
        noun, adjective = m.cell(n[2], NOUN), m.cell(a[2], ADJECTIVE | PARTICIPLE)
        if noun and adjective and noun == adjective:
            form = m.inflected(a[2], ADJECTIVE | PARTICIPLE, *change(*adjective))
            if form and not re.match(r"\s*(?:,|et|ou|ni)\b", text[a[1]:]):
                yield a[0], a[1], form, n[0], a[1]


@injects("agreement", "adjective of the other number")
def _(text, m):
    yield from adjective_changes(text, m, lambda g, n: (g, "sg" if n == "pl" else "pl"))


@injects("agreement", "adjective of the other gender")
def _(text, m):
    yield from adjective_changes(text, m, lambda g, n: ("mas" if g == "fem" else "fem", n))


@injects("agreement", "adjective before its noun")
def _(text, m):
    words = words_of(text)
    for d, a, n in zip(words, words[1:], words[2:]):
        if d[2].lower() not in PLURALS + SINGULARS or text[d[1]:a[0]] != " " or \
                text[a[1]:n[0]] != " " or not is_pure(m, n[2], NOUN) or \
                not is_pure(m, a[2], ADJECTIVE | NOUN):
            continue
        noun, adjective = m.cell(n[2], NOUN), m.cell(a[2], ADJECTIVE)
        if noun and adjective and noun == adjective:
            form = m.inflected(a[2], ADJECTIVE, noun[0], "sg" if noun[1] == "pl" else "pl")
            if form:
                yield a[0], a[1], form, d[0], n[1]


@injects("agreement", "verb of the other number")
def _(text, m):
    for (s, e, w) in words_of(text):
        readings = m.readings(w)
        persons = {p for r in readings for p in r[1] & {"1sg", "2sg", "3sg", "1pl", "2pl", "3pl"}}
        if persons not in ({"3sg"}, {"3pl"}, {"1sg", "3sg"}) or \
                not all(r[1] & VERB_TENSES and not r[2] for r in readings):
            continue
        wanted = "3sg" if "3pl" in persons else "3pl"
        lemma, parts, _ = readings[0]
        tense = parts & VERB_TENSES
        forms = [f for f, p, _ in sorted(m.forms[lemma], key=str)
                 if wanted in p and p & VERB_TENSES == tense and f != w and
                 f.islower() == w.islower()]
        before = text[:s].rstrip().rsplit(" ", 1)
        if forms and before and s > 0:
            yield s, e, forms[0], s - len(before[-1]) - 1, e


@injects("agreement", "participle or adjective after être")
def _(text, m):
    for (bs, _, b), (s, e, w) in pairs(text):
        if b not in ("est", "sont", "soit", "soient", "était", "étaient", "sera", "seront",
                     "été") or not is_pure(m, w, ADJECTIVE | PARTICIPLE):
            continue
        cell = m.cell(w, ADJECTIVE | PARTICIPLE)
        if cell and not re.search(r"\b(?:nous|vous|on|se|s’)\b", text[max(0, bs - 20):bs]):
            form = m.inflected(w, ADJECTIVE | PARTICIPLE, cell[0],
                               "sg" if cell[1] == "pl" else "pl")
            if form:
                yield s, e, form, bs, e


@injects("agreement", "tout, quel and leur")
def _(text, m):
    for match in re.finditer(r"\b(tous les|toutes les|toute la|tout le|leurs|quels que soient|"
                             r"quelle que soit|quelles que soient)\b ?", text):
        wrong = {"tous les": "tout les", "toutes les": "toute les", "toute la": "tout la",
                 "tout le": "tous le", "leurs": "leur", "quels que soient": "quelque soient",
                 "quelle que soit": "quel que soit",
                 "quelles que soient": "quelque soient"}[match.group(1)]
        after = WORD.match(text, match.end())
        if match.group(1) == "leurs" and (not after or not is_pure(m, after.group(), NOUN) or
                                          m.cell(after.group(), NOUN) is None):
            continue
        yield (match.start(1), match.end(1), wrong, match.start(1),
               after.end() if after else match.end(1))


@injects("agreement", "infinitive for participle, participle for infinitive")
def _(text, m):
    for (bs, _, b), (s, e, w) in pairs(text):
        if b in ("a", "ont", "avait", "avaient", "été") and w.endswith("é") and \
                is_pure(m, w, PARTICIPLE | ADJECTIVE | NOUN):
            yield s, e, w[:-1] + "er", bs, e
        if b in ("pour", "doit", "doivent", "peut", "peuvent", "sans") and w.endswith("er") and \
                m.is_only(w, "infi"):
            yield s, e, w[:-2] + "é", bs, e


@injects("agreement", "numeral and noun in the singular")
def _(text, m):
    for (ds, _, d), (s, e, w) in pairs(text):
        if d not in ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "dix") or \
                not is_pure(m, w, NOUN | ADJECTIVE):
            continue
        cell = m.cell(w, NOUN)
        form = cell and cell[1] == "pl" and m.inflected(w, NOUN, cell[0], "sg")
        if form:
            yield s, e, form, ds, e


# --- elision, contraction, euphony ---

ELIDED = re.compile(r"\b(l|d|qu|n|s|c|j|lorsqu|puisqu|jusqu)’(?=[a-zàâéèêëîïôûœÉAEIOUÎ])", re.I)


@injects("elision", "elision undone")
def _(text, m):
    full = {"d": "de", "qu": "que", "n": "ne", "c": "ce", "j": "je", "lorsqu": "lorsque",
            "puisqu": "puisque", "jusqu": "jusque"}
    for match in ELIDED.finditer(text):
        start = match.group(1)
        after = WORD.match(text, match.end())
        if not after:
            continue
        low = start.lower()
        if low == "l":
            cell = m.cell(after.group().lower(), NOUN)
            if cell is None:
                continue
            made = "la" if cell[0] == "fem" else "le"
        elif low == "s":
            made = "si" if after.group().startswith("il") else "se"
        else:
            made = full[low]
        made = made.capitalize() if start[0].isupper() else made
        yield match.start(), match.end(), made + " ", match.start(), after.end()


@injects("elision", "contraction undone")
def _(text, m):
    for (s, e, d), (_, last, w) in pairs(text):
        made = {"du": "de le", "au": "à le", "aux": "à les"}.get(d)
        if made and m.cell(w, NOUN) is not None:
            yield s, e, made, s, last


@injects("elision", "form before a consonant")
def _(text, m):
    for (s, e, d), (_, last, w) in pairs(text):
        cell = m.cell(w, NOUN)
        made = {"cet": "ce", "nouvel": "nouveau"}.get(d)
        if d in ("son", "mon") and cell and cell[0] == "fem":
            made = {"son": "sa", "mon": "ma"}[d]
        if made and w[0] in "aeiouéèêâîôœ":
            yield s, e, made, s, last


# --- repetition ---

@injects("repetition", "word repeated")
def _(text, m):
    words = words_of(text)
    for s, e, w in words[:-1]:
        if w not in ("nous", "vous", "si", "faire", "en") and len(w) > 1 and w.islower():
            yield s, e, f"{w} {w}", s, e


@injects("repetition", "words repeated")
def _(text, m):
    words = words_of(text)
    for a, b, c in zip(words, words[1:], words[2:]):
        if text[a[1]:b[0]] == " " == text[b[1]:c[0]] and a[2].islower():
            run = text[a[0]:c[1]]
            yield a[0], c[1], f"{run} {run}", a[0], c[1]


# --- hyphens and spaces ---

COMPOUND = re.compile(r"\b[a-zà-ÿ]{2,}-[a-zà-ÿ]{2,}\b")


@injects("hyphen", "hyphen made a space")
def _(text, m):
    for match in COMPOUND.finditer(text):
        made = match.group().replace("-", " ")
        if not made.endswith((" il", " elle", " ils", " on", " t on", " il y")):
            yield match.start(), match.end(), made, match.start(), match.end()


@injects("hyphen", "space beside the hyphen")
def _(text, m):
    for match in COMPOUND.finditer(text):
        for made in (" -", "- "):
            yield (match.start(), match.end(), match.group().replace("-", made),
                   match.start(), match.end())


@injects("spacing", "space beside the apostrophe")
def _(text, m):
    for match in re.finditer(r"\b\w{1,3}’(?=\w)\w+", text):
        for made in (" ’", "’ "):
            yield (match.start(), match.end(), match.group().replace("’", made),
                   match.start(), match.end())


@injects("spacing", "space before a comma or a full stop")
def _(text, m):
    for match in re.finditer(r"\w([,.])(?=\s|$)", text):
        yield match.start(1), match.start(1), " ", match.start(), match.end()


@injects("spacing", "space lost after a comma")
def _(text, m):
    for match in re.finditer(r"[^\W\d],( )[^\W\d]", text):
        yield match.start(1), match.end(1), "", match.start(), match.end()


@injects("spacing", "two spaces")
def _(text, m):
    for match in re.finditer(r"\w( )\w", text):
        yield match.start(1), match.end(1), "  ", match.start(), match.end()


@injects("spacing", "space inside a word")
def _(text, m):
    for s, e, w in words_of(text):
        if w.islower() and len(w) >= 6 and "-" not in w:
            for cut in (2, len(w) // 2, len(w) - 2):
                if not (m.readings(w[:cut]) and m.readings(w[cut:])):
                    yield s + cut, s + cut, " ", s, e


@injects("spacing", "space lost between two words")
def _(text, m):
    for (s, first, a), (_, e, b) in pairs(text):
        if a.islower() and b.islower() and len(a) > 1 and not m.readings(a + b):
            yield first, first + 1, "", s, e


# --- typography ---

@injects("typography", "no space before ; : ? !")
def _(text, m):
    for match in re.finditer(r"\w([ \u00a0])[;:?!]", text):
        yield match.start(1), match.end(1), "", match.start(), match.end()


@injects("typography", "quotation marks without their spaces")
def _(text, m):
    for match in re.finditer(r"«([ \u00a0])(\w[^«»]*\w)([ \u00a0])»", text):
        yield (match.start(), match.end(), f"«{match.group(2)}»", match.start(), match.end())


@injects("typography", "straight quotation marks")
def _(text, m):
    for match in re.finditer(r"«[ \u00a0](\w[^«»]*\w)[ \u00a0]»", text):
        yield (match.start(), match.end(), f'"{match.group(1)}"', match.start(), match.end())


@injects("typography", "ligature undone")
def _(text, m):
    for match in re.finditer(r"\b\w*œ\w*\b", text):
        yield (match.start(), match.end(), match.group().replace("œ", "oe"), match.start(),
               match.end())


@injects("typography", "capital without its accent")
def _(text, m):
    for match in re.finditer(r"\b([ÉÈÀ])(\w*)", text):
        plain = {"É": "E", "È": "E", "À": "A"}[match.group(1)]
        if not m.readings(plain.lower() + match.group(2)) or match.group() == "À":
            yield match.start(1), match.end(1), plain, match.start(), match.end()


@injects("typography", "hyphen for a dash")
def _(text, m):
    for match in re.finditer(r" ([–—]) ", text):
        yield match.start(1), match.end(1), "-", match.start(), match.end()


@injects("typography", "sign doubled")
def _(text, m):
    for match in re.finditer(r"\w([,;:])\s", text):
        yield match.start(1), match.end(1), match.group(1) * 2, match.start(), match.end()


@injects("typography", "ordinal")
def _(text, m):
    for match in re.finditer(r"\b(\d+)e(?= (?:séance|session|année|siècle|réunion))|\b1er\b",
                             text):
        made = match.group(1) + "ème" if match.group(1) else "1ier"
        yield match.start(), match.end(), made, match.start(), match.end()


# --- numbers and dates ---

@injects("numbers", "thousands with a comma")
def _(text, m):
    for match in re.finditer(r"(?<![\d,.])\d{1,3}[ \u00a0\u202f]\d{3}\b(?![,.]\d)", text):
        yield (match.start(), match.end(), re.sub(r"\D", ",", match.group()), match.start(),
               match.end())


@injects("numbers", "thousands with a full stop")
def _(text, m):
    for match in re.finditer(r"(?<![\d,.])\d{1,3}[ \u00a0\u202f]\d{3}\b(?![,.]\d)", text):
        yield (match.start(), match.end(), re.sub(r"\D", ".", match.group()), match.start(),
               match.end())


@injects("numbers", "decimal point")
def _(text, m):
    for match in re.finditer(r"(?<![\d.])\d+,\d+(?= ?%| ?(?:dollars|millions|milliards))",
                             text.replace(NB, " ")):
        yield (match.start(), match.end(), match.group().replace(",", "."), match.start(),
               match.end())


@injects("numbers", "per cent without its space")
def _(text, m):
    for match in re.finditer(r"\d([ \u00a0])%", text):
        yield match.start(1), match.end(1), "", match.start(), match.end()


@injects("dates", "month with a capital")
def _(text, m):
    for match in DATE.finditer(text):
        yield (match.start(2), match.end(2), match.group(2).capitalize(), match.start(),
               match.end())


@injects("dates", "day that the month has not")
def _(text, m):
    for match in DATE.finditer(text):
        last = 29 if match.group(2) == "février" else 30 if match.group(2) in (
            "avril", "juin", "septembre", "novembre") else 31
        yield match.start(1), match.end(1), str(last + 1), match.start(), match.end()


@injects("dates", "weekday that is wrong")
def _(text, m):
    for match in DATE.finditer(text):
        day = int(match.group(1).rstrip("er"))
        month, year = MONTHS.index(match.group(2)) + 1, int(match.group(3))
        if day <= calendar.monthrange(year, month)[1]:
            wrong = DAYS[(calendar.weekday(year, month, day) + 3) % 7]
            yield (match.start(1), match.start(1), wrong + " ", match.start(), match.end())


@injects("dates", "1er without its er")
def _(text, m):
    for match in re.finditer(r"\b1er(?= (?:" + "|".join(MONTHS) + "))", text):
        yield match.start(), match.end(), "1", match.start(), match.end() + 3


@injects("dates", "English order")
def _(text, m):
    for match in DATE.finditer(text):
        day = match.group(1).rstrip("er")
        yield (match.start(1), match.end(), f"{match.group(2)} {day}, {match.group(3)}",
               match.start(), match.end())


@injects("dates", "month and year with a comma between them")
def _(text, m):
    for match in DATE.finditer(text):
        yield match.end(2), match.end(2), ",", match.start(), match.end()
