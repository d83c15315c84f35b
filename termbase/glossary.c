#include "termbase/glossary.h"

#include <string.h>

#include "base/file.h"

#define CONCEPTS_MAX 4000000u
#define TERMS_MAX 16000000u
#define TERM_BYTES_MAX 2000

/* The columns a glossary may have. Those of terms say whose and what kind. */
typedef enum field {
	FIELD_CONCEPT,
	FIELD_SUBJECT,
	FIELD_TERMS,
	FIELD_GENDER,
	FIELD_ARTICLE,
	FIELD_EVIDENCE,
	FIELD_SOURCE,
	FIELD_NOTE,
} field;

typedef struct column {
	const char *name;
	uint8_t field, language, status, flags;
	bool list;
} column;

static const column columns[] = {
	{ "concept", FIELD_CONCEPT, 0, 0, 0, false },
	{ "subject", FIELD_SUBJECT, 0, 0, 0, false },
	{ "en", FIELD_TERMS, LANGUAGE_EN, TERM_PREFERRED, 0, false },
	{ "en_acronym", FIELD_TERMS, LANGUAGE_EN, TERM_PREFERRED, TERM_ACRONYM, false },
	{ "en_admitted", FIELD_TERMS, LANGUAGE_EN, TERM_ADMITTED, 0, true },
	{ "en_deprecated", FIELD_TERMS, LANGUAGE_EN, TERM_DEPRECATED, 0, true },
	{ "fr", FIELD_TERMS, LANGUAGE_FR, TERM_PREFERRED, 0, false },
	{ "fr_acronym", FIELD_TERMS, LANGUAGE_FR, TERM_PREFERRED, TERM_ACRONYM, false },
	{ "fr_admitted", FIELD_TERMS, LANGUAGE_FR, TERM_ADMITTED, 0, true },
	{ "fr_deprecated", FIELD_TERMS, LANGUAGE_FR, TERM_DEPRECATED, 0, true },
	{ "gender", FIELD_GENDER, 0, 0, 0, false },
	{ "article", FIELD_ARTICLE, 0, 0, 0, false },
	{ "status", FIELD_EVIDENCE, 0, 0, 0, false },
	{ "source", FIELD_SOURCE, 0, 0, 0, false },
	{ "note", FIELD_NOTE, 0, 0, 0, false },
};

#define COLUMNS (sizeof(columns) / sizeof(*columns))

static const char *const statuses[] = { "preferred", "admitted", "deprecated", "superseded" };
static const char *const evidences[] = { "verified", "partial", "unverified" };

/* Where the reader is, for messages. */
typedef struct reader {
	glossary *glossary;
	context *context;
	const char *name;
	slice line;
	unsigned number; /* of the line, from 1 */
	const column *order[COLUMNS];
	size_t count; /* of columns in this file; 0 before its header */
} reader;

const char *
term_status_name(term_status s)
{
	return statuses[s];
}

const char *
term_evidence_name(term_evidence e)
{
	return evidences[e];
}

void
glossary_init(glossary *g, const memory *m)
{
	*g = (glossary){ .memory = m };
	arena_init(&g->text, m);
}

void
glossary_free(glossary *g)
{
	ARRAY_FREE(g->memory, &g->concepts);
	ARRAY_FREE(g->memory, &g->terms);
	arena_free(&g->text);
}

/* Column of a place in the line, in code points from 1. */
static unsigned
column_at(const reader *r, const char *place)
{
	unsigned n = 1;

	for (const char *p = r->line.p; p < place; p++)
		n += ((unsigned char)*p & 0xC0) != 0x80;
	return n;
}

static status
refuse(reader *r, slice what, const char *en, const char *fr)
{
	bool french = r->context->ui == LANGUAGE_FR;

	return context_fail(r->context, STATUS_FORMAT, "%s:%u:%u: %s: \"%.*s\"",
		"%s:%u:%u: %s : « %.*s »", r->name, r->number, column_at(r, what.p),
		french ? fr : en, what.n > 80 ? 80 : (int)what.n, what.p);
}

static const column *
find_column(slice name)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (slice_is(name, columns[i].name))
			return &columns[i];
	return NULL;
}

static bool
in_order(const reader *r, const column *c)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->order[i] == c)
			return true;
	return false;
}

static status
read_header(reader *r)
{
	slice rest = r->line, cell;
	bool more, terms = false;

	do {
		more = slice_cut(rest, '\t', &cell, &rest);
		const column *c = find_column(cell);
		if (c == NULL)
			return refuse(r, cell, "unknown column", "colonne inconnue");
		if (in_order(r, c))
			return refuse(
				r, cell, "column named twice", "colonne nommée deux fois");
		terms = terms || (c->field == FIELD_TERMS && !c->list && c->flags == 0);
		r->order[r->count++] = c;
	} while (more);
	if (!terms)
		return refuse(r, r->line, "neither a column en nor a column fr",
			"ni colonne en ni colonne fr");
	return STATUS_OK;
}

/* UTF-8 well-formed, and no control character: RFC 3629. */
static bool
is_clean(slice s)
{
	for (size_t i = 0; i < s.n;) {
		const unsigned char *p = (const unsigned char *)s.p + i;
		size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
		if (p[0] < 0x20 || p[0] == 0x7F || (p[0] >= 0x80 && p[0] < 0xC2) || p[0] > 0xF4)
			return false;
		if (n > s.n - i)
			return false;
		for (size_t k = 1; k < n; k++)
			if ((p[k] & 0xC0) != 0x80)
				return false;
		if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
			(p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
			return false;
		i += n;
	}
	return true;
}

static status
add_term(reader *r, const column *c, slice text, uint8_t flags, term_status s)
{
	glossary *g = r->glossary;
	glossary_concept *owner = &g->concepts.at[g->concepts.n - 1];

	if (text.n == 0)
		return refuse(r, text, "empty name", "nom vide");
	if (text.n > TERM_BYTES_MAX || g->terms.n >= TERMS_MAX)
		return refuse(r, text, "too long or too many", "trop long ou trop nombreux");
	for (uint32_t i = owner->term; i < g->terms.n; i++)
		if (g->terms.at[i].language == c->language &&
			slice_equal(g->terms.at[i].text, text) &&
			!((g->terms.at[i].flags ^ flags) & TERM_ACRONYM))
			return refuse(r, text, "name given twice", "nom donné deux fois");
	TRY(ARRAY_RESERVE(g->memory, &g->terms, 1));
	g->terms.at[g->terms.n++] = (glossary_term){ .text = text,
		.concept = (uint32_t)(g->concepts.n - 1),
		.language = c->language,
		.status = (uint8_t)s,
		.flags = (uint8_t)(c->flags | flags) };
	owner->term_count++;
	return STATUS_OK;
}

/* One name with its mark. */
static status
read_name(reader *r, const column *c, slice name)
{
	term_status s = (term_status)c->status;
	uint8_t flags = 0;

	if (name.n > 0 && name.p[0] == '?')
		flags = TERM_CONTEXT;
	else if (name.n > 0 && name.p[0] == '^' && s == TERM_DEPRECATED)
		s = TERM_SUPERSEDED;
	else if (name.n > 0 && name.p[0] == '=' && s == TERM_ADMITTED)
		flags = TERM_EXCHANGEABLE;
	else if (name.n > 0 && strchr("^=", name.p[0]) != NULL)
		return refuse(r, name, "mark out of place", "marque mal placée");
	else
		return add_term(r, c, name, 0, s);
	return add_term(r, c, slice_sub(name, 1, name.n), flags, s);
}

static status
read_names(reader *r, const column *c, slice cell)
{
	slice name;
	bool more;

	if (cell.n == 0)
		return STATUS_OK;
	if (!c->list)
		return read_name(r, c, cell);
	do {
		more = slice_cut(cell, ';', &name, &cell);
		TRY(read_name(r, c, slice_trim(name)));
	} while (more);
	return STATUS_OK;
}

static status
read_gender(reader *r, slice cell, uint8_t *out)
{
	static const struct {
		const char *text;
		uint8_t gender;
	} known[] = { { "", 0 }, { "m", TERM_MASCULINE }, { "f", TERM_FEMININE },
		{ "m pl", TERM_MASCULINE | TERM_PLURAL },
		{ "f pl", TERM_FEMININE | TERM_PLURAL } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (slice_is(cell, known[i].text)) {
			*out = known[i].gender;
			return STATUS_OK;
		}
	return refuse(
		r, cell, "not a gender (m, f, m pl, f pl)", "pas un genre (m, f, m pl, f pl)");
}

static status
read_article(reader *r, slice cell, slice *out)
{
	static const char *const known[] = { "", "le", "la", "les", "l\u2019" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (slice_is(cell, known[i])) {
			*out = cell;
			return STATUS_OK;
		}
	return refuse(r, cell, "not an article (le, la, l\u2019, les)",
		"pas un article (le, la, l\u2019, les)");
}

static status
read_evidence(reader *r, slice cell, uint8_t *out)
{
	for (uint8_t i = 0; i < sizeof(evidences) / sizeof(*evidences); i++)
		if (slice_is(cell, evidences[i])) {
			*out = i;
			return STATUS_OK;
		}
	return refuse(r, cell, "not a status (verified, partial, unverified)",
		"pas un état (verified, partial, unverified)");
}

static status
read_cell(reader *r, const column *c, slice cell)
{
	glossary_concept *k = &r->glossary->concepts.at[r->glossary->concepts.n - 1];

	switch ((field)c->field) {
	case FIELD_CONCEPT:
		k->id = cell;
		return STATUS_OK;
	case FIELD_SUBJECT:
		k->subject = cell;
		return STATUS_OK;
	case FIELD_TERMS:
		return read_names(r, c, cell);
	case FIELD_GENDER:
		return read_gender(r, cell, &k->gender);
	case FIELD_ARTICLE:
		return read_article(r, cell, &k->article);
	case FIELD_EVIDENCE:
		return read_evidence(r, cell, &k->evidence);
	case FIELD_SOURCE:
		k->source = cell;
		return STATUS_OK;
	case FIELD_NOTE:
		k->note = cell;
		return STATUS_OK;
	}
	return STATUS_OK;
}

static bool
has_name(const glossary *g, const glossary_concept *k)
{
	for (uint32_t i = 0; i < k->term_count; i++)
		if (g->terms.at[k->term + i].status == TERM_PREFERRED)
			return true;
	return false;
}

/* Concepts of the subject “word” are there for the speller. */
static void
mark_words(glossary *g, const glossary_concept *k)
{
	if (!slice_equal(k->subject, SLICE("word")))
		return;
	for (uint32_t i = 0; i < k->term_count; i++)
		g->terms.at[k->term + i].flags |= TERM_WORD;
}

static status
read_row(reader *r)
{
	glossary *g = r->glossary;
	slice rest = r->line, cell;
	size_t i = 0;
	bool more;

	if (g->concepts.n >= CONCEPTS_MAX)
		return refuse(r, r->line, "too many concepts", "trop de notions");
	TRY(ARRAY_RESERVE(g->memory, &g->concepts, 1));
	g->concepts.at[g->concepts.n++] = (glossary_concept){ .term = (uint32_t)g->terms.n };
	do {
		more = slice_cut(rest, '\t', &cell, &rest);
		if (i == r->count)
			return refuse(r, cell, "more cells than columns",
				"plus de cellules que de colonnes");
		TRY(read_cell(r, r->order[i++], slice_trim(cell)));
	} while (more);
	if (i != r->count)
		return refuse(r, slice_sub(r->line, r->line.n, r->line.n),
			"fewer cells than columns", "moins de cellules que de colonnes");
	glossary_concept *k = &g->concepts.at[g->concepts.n - 1];
	if (!has_name(g, k))
		return refuse(r, r->line, "no preferred term", "pas de terme préféré");
	if (k->id.n == 0)
		k->id = g->terms.at[k->term].text;
	mark_words(g, k);
	return STATUS_OK;
}

static status
read_line(reader *r)
{
	if (r->line.n == 0 || r->line.p[0] == '#')
		return STATUS_OK;
	return r->count == 0 ? read_header(r) : read_row(r);
}

/* Tabs aside, a line holds clean UTF-8. */
static status
check_line(reader *r)
{
	slice rest = r->line, cell;
	bool more;

	do {
		more = slice_cut(rest, '\t', &cell, &rest);
		if (!is_clean(cell))
			return refuse(r, slice_sub(cell, 0, 0), "not UTF-8 text",
				"pas du texte UTF-8");
	} while (more);
	return STATUS_OK;
}

static status
read_lines(reader *r, slice rest)
{
	if (slice_starts(rest, SLICE("\xEF\xBB\xBF")))
		rest = slice_sub(rest, 3, rest.n);
	while (slice_line(&rest, &r->line)) {
		r->number++;
		TRY(check_line(r));
		TRY(read_line(r));
	}
	if (r->count == 0)
		return context_fail(r->context, STATUS_FORMAT, "%s: no line of column names",
			"%s : pas de ligne de noms de colonnes", r->name);
	return STATUS_OK;
}

status
glossary_read(glossary *g, context *c, const char *name, slice bytes)
{
	reader r = { .glossary = g, .context = c, .name = name };
	size_t concepts = g->concepts.n, terms = g->terms.n;
	slice kept;

	status s = arena_copy(&g->text, bytes, &kept);
	if (s == STATUS_OK)
		s = read_lines(&r, kept);
	if (s != STATUS_OK) {
		g->concepts.n = concepts;
		g->terms.n = terms;
	}
	return s;
}

status
glossary_read_file(glossary *g, context *c, const char *path)
{
	file f;

	TRY(file_open(&f, c, path));
	status s = glossary_read(g, c, path, f.bytes);
	file_close(&f, c->memory);
	return s;
}

/* Slots of a hash set over concept ids; 0 is empty. */
static status
find_duplicate(const glossary *g, uint32_t *slots, size_t mask, slice *out)
{
	for (size_t i = 0; i < g->concepts.n; i++) {
		slice id = g->concepts.at[i].id;
		size_t at = slice_hash(id) & mask;
		for (; slots[at] != 0; at = (at + 1) & mask)
			if (slice_equal(g->concepts.at[slots[at] - 1].id, id)) {
				*out = id;
				return STATUS_FORMAT;
			}
		slots[at] = (uint32_t)i + 1;
	}
	return STATUS_OK;
}

status
glossary_check(const glossary *g, context *c)
{
	size_t size = 16;
	slice id = { 0 };

	while (size < 2 * g->concepts.n)
		size *= 2;
	uint32_t *slots = memory_alloc(g->memory, size * sizeof(*slots));
	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, size * sizeof(*slots));
	status s = find_duplicate(g, slots, size - 1, &id);
	memory_free(g->memory, slots);
	if (s == STATUS_OK)
		return s;
	return context_fail(c, s, "two concepts have the id \"%.*s\"",
		"deux notions ont l\u2019identifiant « %.*s »", SLICE_ARG(id));
}
