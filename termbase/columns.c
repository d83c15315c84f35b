#include "termbase/columns.h"

#include <stdio.h>
#include <string.h>

#include "text/fold.h"

/* Columns of the concept. */
const table_kind columns_general[COLUMNS_GENERAL] = {
	{ .name = "concept", .means = MEANS_ID },
	{ .name = "subject",
		.means = MEANS_ITEM,
		.element = ELEMENT_DESCRIP,
		.type = "subjectField" },
	{ .name = "gender", .means = MEANS_GENDER },
	{ .name = "article", .means = MEANS_ARTICLE },
	{ .name = "status", .means = MEANS_EVIDENCE },
	{ .name = "retired", .means = MEANS_RETIRED },
	{ .name = "definition",
		.means = MEANS_ITEM,
		.element = ELEMENT_DESCRIP,
		.type = "definition" },
	{ .name = "source", .means = MEANS_ITEM, .element = ELEMENT_ADMIN, .type = "source" },
	{ .name = "see",
		.means = MEANS_ITEM,
		.element = ELEMENT_REF,
		.type = "crossReference" },
	{ .name = "note", .means = MEANS_ITEM, .element = ELEMENT_NOTE, .type = "" },
};

/* Columns of a language: "fr", "fr_acronym" … */
const table_kind columns_of_language[COLUMNS_OF_LANGUAGE] = {
	{ .name = "", .means = MEANS_NAMES, .status = TERM_PREFERRED },
	{ .name = "acronym",
		.means = MEANS_NAMES,
		.status = TERM_PREFERRED,
		.flags = TERM_ACRONYM },
	{ .name = "admitted", .means = MEANS_NAMES, .status = TERM_ADMITTED, .list = true },
	{ .name = "deprecated", .means = MEANS_NAMES, .status = TERM_DEPRECATED, .list = true },
	{ .name = "gender", .means = MEANS_GENDER },
	{ .name = "article", .means = MEANS_ARTICLE },
	{ .name = "definition",
		.means = MEANS_ITEM,
		.level = LEVEL_SECTION,
		.element = ELEMENT_DESCRIP,
		.type = "definition" },
	{ .name = "note",
		.means = MEANS_ITEM,
		.level = LEVEL_SECTION,
		.element = ELEMENT_NOTE,
		.type = "" },
	{ .name = "context",
		.means = MEANS_ITEM,
		.level = LEVEL_TERM,
		.element = ELEMENT_DESCRIP,
		.type = "context" },
	{ .name = "source",
		.means = MEANS_ITEM,
		.level = LEVEL_TERM,
		.element = ELEMENT_ADMIN,
		.type = "source" },
	{ .name = "pos",
		.means = MEANS_ITEM,
		.level = LEVEL_TERM,
		.element = ELEMENT_TERM_NOTE,
		.type = "partOfSpeech" },
	{ .name = "region",
		.means = MEANS_ITEM,
		.level = LEVEL_TERM,
		.element = ELEMENT_TERM_NOTE,
		.type = "geographicalUsage" },
};

/* A tag of BCP 47, roughly: two or three small letters, then parts of letters and digits. "FR"
 * is what other people write, and would be a second French. */
static bool
is_language(slice s)
{
	size_t i = 0;

	while (i < s.n && (unsigned char)(s.p[i] - 'a') < 26)
		i++;
	if (i < 2 || i > 3)
		return false;
	for (; i < s.n; i++)
		if (s.p[i] != '-' && (unsigned char)((s.p[i] | 0x20) - 'a') >= 26 &&
			(unsigned char)(s.p[i] - '0') >= 10)
			return false;
	return true;
}

bool
columns_find(slice name, table_column *out)
{
	slice tag, ending;

	*out = (table_column){ .language = SLICE("") };
	for (size_t i = 0; i < COLUMNS_GENERAL; i++)
		if (slice_is(name, columns_general[i].name)) {
			out->kind = &columns_general[i];
			return true;
		}
	slice_cut(name, '_', &tag, &ending);
	if (!is_language(tag))
		return false;
	for (size_t i = 0; i < COLUMNS_OF_LANGUAGE; i++)
		if (slice_is(ending, columns_of_language[i].name)) {
			*out = (table_column){ &columns_of_language[i], tag };
			return true;
		}
	return false;
}

bool
columns_are_terms(const table_column *c)
{
	return c->kind == &columns_of_language[0];
}

void
columns_name(const table_column *c, char out[64])
{
	int n = (int)(c->language.n < 40 ? c->language.n : 40);

	snprintf(out, 64, "%.*s%s%s", n, n == 0 ? "" : c->language.p,
		n == 0 || c->kind->name[0] == '\0' ? "" : "_", c->kind->name);
}

/* --- what others call them --- */

#define NAME_BYTES 120

/* Words of headers, folded, and what they say of a column: a language, or its kind. */
static const struct {
	const char *word, *language;
} languages[] = { { "fr", "fr" }, { "fra", "fr" }, { "fre", "fr" }, { "french", "fr" },
	{ "francais", "fr" }, { "francaise", "fr" }, { "en", "en" }, { "eng", "en" },
	{ "english", "en" }, { "anglais", "en" }, { "anglaise", "en" }, { "es", "es" },
	{ "spa", "es" }, { "spanish", "es" }, { "espagnol", "es" }, { "espanol", "es" },
	{ "ar", "ar" }, { "ara", "ar" }, { "arabic", "ar" }, { "arabe", "ar" },
	{ "العربية", "ar" }, { "русский", "ru" }, { "中文", "zh" }, { "deutsch", "de" },
	{ "italiano", "it" }, { "portugues", "pt" }, { "ru", "ru" }, { "rus", "ru" },
	{ "russian", "ru" }, { "russe", "ru" }, { "zh", "zh" }, { "zho", "zh" },
	{ "chi", "zh" }, { "chinese", "zh" }, { "chinois", "zh" }, { "de", "de" },
	{ "deu", "de" }, { "german", "de" }, { "allemand", "de" }, { "pt", "pt" },
	{ "portuguese", "pt" }, { "portugais", "pt" }, { "it", "it" }, { "italian", "it" },
	{ "italien", "it" }, { "nl", "nl" }, { "sv", "sv" }, { "pl", "pl" }, { "ja", "ja" },
	{ "ko", "ko" }, { "fa", "fa" }, { "tr", "tr" }, { "uk", "uk" }, { "el", "el" },
	{ "ro", "ro" }, { "hu", "hu" }, { "cs", "cs" } };

static const struct {
	const char *word, *kind;
} kinds[] = { { "acronym", "acronym" }, { "acronyms", "acronym" }, { "acronyme", "acronym" },
	{ "acronymes", "acronym" }, { "sigle", "acronym" }, { "sigles", "acronym" },
	{ "abbreviation", "acronym" }, { "synonym", "admitted" }, { "synonyms", "admitted" },
	{ "synonyme", "admitted" }, { "synonymes", "admitted" }, { "variant", "admitted" },
	{ "variants", "admitted" }, { "variante", "admitted" }, { "variantes", "admitted" },
	{ "admitted", "admitted" }, { "admis", "admitted" }, { "deprecated", "deprecated" },
	{ "forbidden", "deprecated" }, { "deconseille", "deprecated" },
	{ "deconseilles", "deprecated" }, { "eviter", "deprecated" }, { "avoid", "deprecated" },
	{ "interdit", "deprecated" }, { "interdits", "deprecated" },
	{ "proscrit", "deprecated" }, { "proscrits", "deprecated" },
	{ "definition", "definition" }, { "definitions", "definition" }, { "note", "note" },
	{ "notes", "note" }, { "comment", "note" }, { "comments", "note" },
	{ "commentaire", "note" }, { "commentaires", "note" }, { "remark", "note" },
	{ "remarks", "note" }, { "remarque", "note" }, { "remarques", "note" },
	{ "context", "context" }, { "contexte", "context" }, { "source", "source" },
	{ "sources", "source" }, { "reference", "source" }, { "references", "source" },
	{ "id", "concept" }, { "identifier", "concept" }, { "identifiant", "concept" },
	{ "concept", "concept" }, { "entry", "concept" }, { "record", "concept" },
	{ "subject", "subject" }, { "subjects", "subject" }, { "domain", "subject" },
	{ "domains", "subject" }, { "domaine", "subject" }, { "domaines", "subject" } };

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The next run of letters and digits off *rest. */
static bool
next_word(slice *rest, slice *word)
{
	size_t start = 0, end;

	while (start < rest->n && strchr(" \t-_/:.,;()[]'\"#|", rest->p[start]) != NULL)
		start++;
	for (end = start; end < rest->n && strchr(" \t-_/:.,;()[]'\"#|", rest->p[end]) == NULL;
		end++)
		;
	*word = slice_sub(*rest, start, end);
	*rest = slice_sub(*rest, end, rest->n);
	return word->n != 0;
}

static const char *
language_named(slice word)
{
	for (size_t i = 0; i < COUNT(languages); i++)
		if (slice_is(word, languages[i].word))
			return languages[i].language;
	return NULL;
}

static const char *
kind_named(slice word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (slice_is(word, kinds[i].word))
			return kinds[i].kind;
	return NULL;
}

static bool
kind_of_language(const char *tag, const char *kind, table_column *out)
{
	for (size_t i = 0; i < COLUMNS_OF_LANGUAGE; i++)
		if (strcmp(columns_of_language[i].name, kind) == 0) {
			*out = (table_column){ &columns_of_language[i], slice_of(tag) };
			return true;
		}
	return false;
}

static bool
kind_of_concept(const char *kind, table_column *out)
{
	for (size_t i = 0; i < COLUMNS_GENERAL; i++)
		if (strcmp(columns_general[i].name, kind) == 0) {
			*out = (table_column){ &columns_general[i], SLICE("") };
			return true;
		}
	return false;
}

/* "Source term", "Langue source": the one translated from, not where a term was found. */
static bool
is_of_translation(slice word)
{
	static const char *const list[] = { "term", "terms", "terme", "termes", "language",
		"langue", "text", "texte", "segment", "target", "cible", NULL };

	return slice_is_one_of(word, list);
}

bool
columns_guess(slice name, table_column *out)
{
	char folded[4 * NAME_BYTES + 16];
	const char *tag = NULL, *kind = NULL;
	bool translated = false;
	slice word;

	if (name.n > NAME_BYTES)
		return false;
	slice rest = { folded, text_fold(folded, name) };
	while (next_word(&rest, &word)) {
		tag = tag == NULL ? language_named(word) : tag;
		kind = kind == NULL ? kind_named(word) : kind;
		translated = translated || is_of_translation(word);
	}
	if (kind != NULL && strcmp(kind, "source") == 0 && translated) {
		kind = NULL;
		if (tag == NULL)
			return false;
	}
	if (tag == NULL)
		return kind != NULL && kind_of_concept(kind, out);
	return kind_of_language(tag, kind == NULL ? "" : kind, out);
}
