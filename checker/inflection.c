/* See inflection.h. Forms are made by changing endings and kept only when the dictionary knows
 * the result as a form of the same lemma in the wanted cell: the table may propose nonsense,
 * the dictionary decides. Endings from the inflection of French nouns and adjectives (Grevisse,
 * Le Bon Usage, § 499–559), a closed list. */
#include "checker/inflection.h"

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

#define FORM_MAX 128 /* bytes of the longest word that is inflected */

unsigned
inflection_cells(uint32_t grammar)
{
	enum { M = 1, F = 2, S = 4, P = 8 }; /* the four bits of grammar, moved down */
	static const uint8_t cells[16] = { [0] = CELLS_ALL,
		[M] = CELLS_MASCULINE,
		[F] = CELLS_FEMININE,
		[M | F] = CELLS_ALL,
		[S] = CELLS_SINGULAR,
		[S | M] = CELL_MS,
		[S | F] = CELL_FS,
		[S | M | F] = CELLS_SINGULAR,
		[P] = CELLS_PLURAL,
		[P | M] = CELL_MP,
		[P | F] = CELL_FP,
		[P | M | F] = CELLS_PLURAL,
		[S | P] = CELLS_ALL,
		[S | P | M] = CELLS_MASCULINE,
		[S | P | F] = CELLS_FEMININE,
		[S | P | M | F] = CELLS_ALL };

	static_assert(GENDER_MASCULINE == M << 16 && GENDER_FEMININE == F << 16 &&
			      NUMBER_SINGULAR == S << 16 && NUMBER_PLURAL == P << 16,
		"the table follows the bits");
	return cells[grammar >> 16 & 15];
}

struct ending {
	slice from, to;
};
#define ENDING(from, to) \
	{ \
		{ from, sizeof(from) - 1 }, \
		{ \
			to, sizeof(to) - 1 \
		} \
	}

static const struct ending numbers[] = { ENDING("", "s"), ENDING("s", ""), ENDING("al", "aux"),
	ENDING("aux", "al"), ENDING("", "x"), ENDING("x", ""), ENDING("ail", "aux"),
	ENDING("aux", "ail"), ENDING("", "") };

static const struct ending genders[] = { ENDING("", ""), ENDING("", "e"), ENDING("e", ""),
	ENDING("er", "ère"), ENDING("ère", "er"), ENDING("f", "ve"), ENDING("ve", "f"),
	ENDING("eux", "euse"), ENDING("euse", "eux"), ENDING("el", "elle"),
	ENDING("elle", "el"), ENDING("en", "enne"), ENDING("enne", "en"), ENDING("on", "onne"),
	ENDING("onne", "on"), ENDING("et", "ète"), ENDING("ète", "et"), ENDING("et", "ette"),
	ENDING("ette", "et"), ENDING("eau", "elle"), ENDING("elle", "eau"), ENDING("eau", "el"),
	ENDING("el", "eau"), ENDING("teur", "trice"), ENDING("trice", "teur"),
	ENDING("eur", "euse"), ENDING("euse", "eur"), ENDING("c", "que"), ENDING("que", "c"),
	ENDING("c", "che"), ENDING("che", "c"), ENDING("c", "cque"), ENDING("g", "gue"),
	ENDING("gue", "g"), ENDING("s", "sse"), ENDING("sse", "s"), ENDING("il", "ille"),
	ENDING("ille", "il"), ENDING("gu", "guë"), ENDING("ais", "aîche"),
	ENDING("ieux", "ieille"), ENDING("ieille", "ieux") };

/* Copies from with one ending for another; false when it does not end so. */
static bool
change(char *out, slice from, const struct ending *e, slice *made)
{
	if (!slice_ends(from, e->from) || from.n <= e->from.n ||
		from.n - e->from.n + e->to.n > FORM_MAX)
		return false;
	memcpy(out, from.p, from.n - e->from.n);
	memcpy(out + from.n - e->from.n, e->to.p, e->to.n);
	*made = (slice){ out, from.n - e->from.n + e->to.n };
	return true;
}

static size_t
readings(const lexicon *x, slice form, const analysis **out)
{
	char lower[3 * FORM_MAX + 4];
	size_t n = lexicon_analyses(x, form, out);

	if (n != 0 || form.n > FORM_MAX)
		return n;
	return lexicon_analyses(x, (slice){ lower, text_lower(lower, form) }, out);
}

struct wanted {
	const lexicon *lexicon;
	slice word;
	unsigned cell;
	uint32_t parts;
};

/* One of those that stand before a vowel only (inflection_before_vowel), or of their plurals,
 * which the dictionary makes up. */
static bool
wants_vowel(slice form)
{
	static const char *const forms[] = { "nouvel", "nouvels", "bel", "bels", "vieil",
		NULL };
	char lower[3 * sizeof("nouvels") + 4];

	return form.n < sizeof("nouvels") &&
	       slice_is_one_of((slice){ lower, text_lower(lower, form) }, forms);
}

/* Is form, in the wanted cell, a form of a lemma that the word can have as well? */
static bool
is_wanted(const struct wanted *w, slice form)
{
	const analysis *of_form, *of_word;

	if (wants_vowel(form))
		return false;
	size_t forms = readings(w->lexicon, form, &of_form);
	size_t own = readings(w->lexicon, w->word, &of_word);

	for (size_t i = 0; i < forms; i++) {
		if ((of_form[i].grammar & w->parts) == 0 ||
			(inflection_cells(of_form[i].grammar) & w->cell) == 0)
			continue;
		for (size_t k = 0; k < own; k++)
			if (of_word[k].lemma == of_form[i].lemma &&
				(of_word[k].grammar & w->parts) != 0)
				return true;
	}
	return false;
}

/* Every change of gender (or none) with every change of number (or none) around it: the plural
 * goes, the gender changes, the plural comes. */
static bool
search(const struct wanted *w, char *out, slice *found)
{
	char bare[FORM_MAX], other[FORM_MAX];
	slice singular, gendered;
	size_t n = sizeof(numbers) / sizeof(*numbers);

	for (size_t g = 0; g < sizeof(genders) / sizeof(*genders); g++)
		for (size_t i = 0; i < n; i++) {
			if (!change(bare, w->word, &numbers[n - 1 - i], &singular) ||
				!change(other, singular, &genders[g], &gendered))
				continue;
			for (size_t k = 0; k < n; k++)
				if (change(out, gendered, &numbers[n - 1 - k], found) &&
					is_wanted(w, *found))
					return true;
		}
	return false;
}

slice
inflection_form(check *c, slice form, unsigned cell, uint32_t parts)
{
	char out[FORM_MAX];
	slice found, kept = { 0 };
	struct wanted w = { c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR], form, cell, parts };

	if (w.lexicon == NULL || form.n > FORM_MAX || !search(&w, out, &found))
		return kept;
	return check_printf(c, "%.*s", SLICE_ARG(found));
}

slice
inflection_before_vowel(slice form)
{
	static const struct {
		const char *usual, *vowel;
	} pairs[] = { { "nouveau", "nouvel" }, { "Nouveau", "Nouvel" }, { "beau", "bel" },
		{ "Beau", "Bel" }, { "vieux", "vieil" }, { "Vieux", "Vieil" } };

	for (size_t k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
		if (slice_is(form, pairs[k].usual))
			return slice_of(pairs[k].vowel);
	return form;
}

enum {
	UN,
	LE,
	DU,
	AU,
	CE,
	MON,
	TON,
	SON,
	NOTRE,
	VOTRE,
	LEUR,
	AUCUN,
	NUL,
	CERTAIN,
	QUEL,
	QUELQUE,
	MAINT,
	LEDIT,
	DUDIT,
	AUDIT,
	ALONE
};

#define DETERMINER(text, cells, pronoun, family) \
	{ \
		{ text, sizeof(text) - 1 }, cells, pronoun, family \
	}

/* By length, then by how common they are. */
static const determiner determiners[] = {
	DETERMINER("le", CELL_MS, true, LE),
	DETERMINER("la", CELL_FS, true, LE),
	DETERMINER("un", CELL_MS, true, UN),
	DETERMINER("du", CELL_MS, false, DU),
	DETERMINER("au", CELL_MS, false, AU),
	DETERMINER("ce", CELL_MS, true, CE),
	DETERMINER("sa", CELL_FS, false, SON),
	DETERMINER("ma", CELL_FS, false, MON),
	DETERMINER("ta", CELL_FS, false, TON),
	DETERMINER("les", CELLS_PLURAL, true, LE),
	DETERMINER("des", CELLS_PLURAL, false, UN),
	DETERMINER("aux", CELLS_PLURAL, false, AU),
	DETERMINER("une", CELL_FS, true, UN),
	DETERMINER("ces", CELLS_PLURAL, false, CE),
	DETERMINER("ses", CELLS_PLURAL, false, SON),
	DETERMINER("son", CELLS_SINGULAR, false, SON),
	DETERMINER("nos", CELLS_PLURAL, false, NOTRE),
	DETERMINER("vos", CELLS_PLURAL, false, VOTRE),
	DETERMINER("mes", CELLS_PLURAL, false, MON),
	DETERMINER("tes", CELLS_PLURAL, false, TON),
	DETERMINER("mon", CELLS_SINGULAR, false, MON),
	DETERMINER("cet", CELL_MS, false, CE),
	DETERMINER("nul", CELL_MS, false, NUL),
	DETERMINER("leur", CELLS_SINGULAR, true, LEUR),
	DETERMINER("quel", CELL_MS, true, QUEL),
	DETERMINER("maint", CELL_MS, false, MAINT),
	DETERMINER("ledit", CELL_MS, false, LEDIT),
	DETERMINER("dudit", CELL_MS, false, DUDIT),
	DETERMINER("cette", CELL_FS, false, CE),
	DETERMINER("quels", CELL_MP, true, QUEL),
	DETERMINER("leurs", CELLS_PLURAL, false, LEUR),
	DETERMINER("notre", CELLS_SINGULAR, false, NOTRE),
	DETERMINER("votre", CELLS_SINGULAR, false, VOTRE),
	DETERMINER("nulle", CELL_FS, false, NUL),
	DETERMINER("aucun", CELL_MS, false, AUCUN),
	DETERMINER("mainte", CELL_FS, false, MAINT),
	DETERMINER("maints", CELL_MP, false, MAINT),
	DETERMINER("aucune", CELL_FS, false, AUCUN),
	DETERMINER("ladite", CELL_FS, false, LEDIT),
	DETERMINER("quelle", CELL_FS, true, QUEL),
	DETERMINER("chaque", CELLS_SINGULAR, false, ALONE),
	DETERMINER("lesdits", CELL_MP, false, LEDIT),
	DETERMINER("desdits", CELL_MP, false, DUDIT),
	DETERMINER("maintes", CELL_FP, false, MAINT),
	DETERMINER("quelque", CELLS_SINGULAR, false, QUELQUE),
	DETERMINER("quelles", CELL_FP, true, QUEL),
	DETERMINER("auxdits", CELL_MP, false, AUDIT),
	DETERMINER("certains", CELL_MP, true, CERTAIN),
	DETERMINER("quelques", CELLS_PLURAL, false, QUELQUE),
	DETERMINER("lesdites", CELL_FP, false, LEDIT),
	DETERMINER("desdites", CELL_FP, false, DUDIT),
	DETERMINER("auxdites", CELL_FP, false, AUDIT),
	DETERMINER("certaines", CELL_FP, true, CERTAIN),
	DETERMINER("plusieurs", CELLS_PLURAL, true, ALONE),
};

#define DETERMINERS (sizeof(determiners) / sizeof(*determiners))

/* The first of this length, or of a greater one. */
static size_t
first_of_length(size_t n)
{
	size_t low = 0, high = DETERMINERS;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (determiners[middle].text.n < n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const determiner *
determiner_find(slice lower)
{
	for (size_t i = first_of_length(lower.n);
		i < DETERMINERS && determiners[i].text.n == lower.n; i++)
		if (memcmp(determiners[i].text.p, lower.p, lower.n) == 0)
			return &determiners[i];
	return NULL;
}

uint8_t
determiner_number(slice lower)
{
	const determiner *d = determiner_find(lower);

	return d == NULL ? 0 : (uint8_t)(d - determiners + 1);
}

const determiner *
determiner_at(uint8_t number)
{
	return number == 0 ? NULL : &determiners[number - 1];
}

bool
inflection_opens_with_vowel(slice lower)
{
	static const char *const vowels = "aàâäeéèêëiîïoôöuùûüœæ";
	size_t next = 0;

	if (lower.n < 2)
		return false;
	utf8_next(lower, &next);
	for (const char *p = vowels; *p != '\0';) {
		size_t n = ((unsigned char)*p & 0x80) != 0 ? 2 : 1;
		if (n == next && memcmp(p, lower.p, n) == 0)
			return true;
		p += n;
	}
	return false;
}

struct family_form {
	const char *masculine, *feminine, *plural, *elided, *feminine_plural;
};

/* NULL: no such form, or none of its own. Elided: before a vowel, for a feminine (and le). */
static const struct family_form families[] = { [UN] = { "un ", "une ", "des ", NULL },
	[LE] = { "le ", "la ", "les ", "l’" },
	[DU] = { "du ", "de la ", "des ", "de l’" },
	[AU] = { "au ", "à la ", "aux ", "à l’" },
	[CE] = { "ce ", "cette ", "ces ", NULL },
	[MON] = { "mon ", "ma ", "mes ", NULL },
	[TON] = { "ton ", "ta ", "tes ", NULL },
	[SON] = { "son ", "sa ", "ses ", NULL },
	[NOTRE] = { "notre ", "notre ", "nos ", NULL },
	[VOTRE] = { "votre ", "votre ", "vos ", NULL },
	[LEUR] = { "leur ", "leur ", "leurs ", NULL },
	[AUCUN] = { "aucun ", "aucune ", NULL, NULL },
	[NUL] = { "nul ", "nulle ", NULL, NULL },
	[CERTAIN] = { "certain ", "certaine ", "certains ", NULL, "certaines " },
	[QUEL] = { "quel ", "quelle ", "quels ", NULL, "quelles " },
	[QUELQUE] = { "quelque ", "quelque ", "quelques ", NULL },
	[MAINT] = { "maint ", "mainte ", "maints ", NULL, "maintes " },
	[LEDIT] = { "ledit ", "ladite ", "lesdits ", NULL, "lesdites " },
	[DUDIT] = { "dudit ", "de ladite ", "desdits ", NULL, "desdites " },
	[AUDIT] = { "audit ", "à ladite ", "auxdits ", NULL, "auxdites " },
	[ALONE] = { NULL, NULL, NULL, NULL } };

slice
determiner_form(const determiner *d, unsigned cell, slice before)
{
	const struct family_form *f = &families[d->family];
	bool vowel = inflection_opens_with_vowel(before);

	if (cell == CELL_FP && f->feminine_plural != NULL)
		return slice_of(f->feminine_plural);
	if ((cell & CELLS_PLURAL) != 0)
		return slice_of(f->plural);
	if (before.n > 0 && before.p[0] == 'h' && f->elided != NULL)
		return (slice){ 0 };
	if (vowel && f->elided != NULL)
		return slice_of(f->elided);
	if (vowel && d->family == CE)
		return slice_of(cell == CELL_MS ? "cet " : "cette ");
	if (vowel && (d->family == MON || d->family == TON || d->family == SON))
		return slice_of(f->masculine);
	return slice_of(cell == CELL_MS ? f->masculine : f->feminine);
}
