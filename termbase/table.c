#include "termbase/table.h"

#include <stdio.h>
#include <string.h>

#include "text/utf8.h"

#define TERM_BYTES_MAX 2000

typedef enum meaning {
	MEANS_ID,
	MEANS_NAMES,    /* terms of a language */
	MEANS_GENDER,   /* of the preferred term of a language */
	MEANS_ARTICLE,  /* likewise */
	MEANS_EVIDENCE, /* of the concept */
	MEANS_RETIRED,
	MEANS_ITEM, /* anything that is one item with a text */
} meaning;

struct table_kind {
	const char
		*name; /* of the column; after the language and "_" for those of a language */
	meaning means;
	uint8_t status, flags; /* of names */
	bool list;             /* several names, separated by ";" */
	entry_level level;     /* of an item */
	entry_element element;
	const char *type;
};

/* Columns of the concept. */
static const struct table_kind general[] = {
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
static const struct table_kind of_language[] = {
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

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

void
table_init(table *t, exchange_input *in)
{
	*t = (table){ .in = in };
	entry_init(&t->entry, in->context->memory);
	arena_init(&t->names, in->context->memory);
}

void
table_free(table *t)
{
	entry_free(&t->entry);
	arena_free(&t->names);
}

/* --- what is refused --- */

/* "why: "text"", with the place of the text in its cell. */
static exchange_place
place_of(const table *t, table_cell cell, slice what)
{
	slice before = { cell.text.p, 0 };

	if (what.p != NULL && cell.text.p != NULL && what.p >= cell.text.p &&
		what.p <= cell.text.p + cell.text.n)
		before.n = (size_t)(what.p - cell.text.p);
	return (exchange_place){ t->line, cell.column + (unsigned)utf8_count(before) };
}

static void
write_why(const table *t, char why[256], slice what, const char *en, const char *fr)
{
	bool french = t->in->context->ui == LANGUAGE_FR;

	snprintf(why, 256, french ? "%s\u00A0: «\u00A0%.*s\u00A0»" : "%s: \"%.*s\"",
		french ? fr : en, what.n > 80 ? 80 : (int)what.n, what.n == 0 ? "" : what.p);
}

static status
refuse(table *t, table_cell cell, slice what, const char *en, const char *fr)
{
	char why[256];

	write_why(t, why, what, en, fr);
	t->refused = true;
	return t->in->sink->refuse(t->in->sink->user, place_of(t, cell, what), why);
}

/* Without a header there is nothing to go on with. */
static status
refuse_header(table *t, table_cell cell, const char *en, const char *fr)
{
	char why[256];

	write_why(t, why, cell.text, en, fr);
	return exchange_refuse(
		t->in->context, t->in->stream->name, place_of(t, cell, cell.text), why);
}

status
table_skip(table *t, table_cell where, const char *en, const char *fr)
{
	status s = refuse(t, where, where.text, en, fr);

	t->refused = false;
	return s;
}

/* --- header --- */

/* A tag of BCP 47, roughly: two or three letters, then parts of letters and digits. */
static bool
is_language(slice s)
{
	size_t i = 0;

	while (i < s.n && (unsigned char)((s.p[i] | 0x20) - 'a') < 26)
		i++;
	if (i < 2 || i > 3)
		return false;
	for (; i < s.n; i++)
		if (s.p[i] != '-' && (unsigned char)((s.p[i] | 0x20) - 'a') >= 26 &&
			(unsigned char)(s.p[i] - '0') >= 10)
			return false;
	return true;
}

static bool
find_column(slice name, table_column *out)
{
	slice tag, ending;

	*out = (table_column){ .language = SLICE("") };
	for (size_t i = 0; i < COUNT(general); i++)
		if (slice_is(name, general[i].name)) {
			out->kind = &general[i];
			return true;
		}
	slice_cut(name, '_', &tag, &ending);
	if (!is_language(tag))
		return false;
	for (size_t i = 0; i < COUNT(of_language); i++)
		if (slice_is(ending, of_language[i].name)) {
			*out = (table_column){ &of_language[i], tag };
			return true;
		}
	return false;
}

static bool
is_taken(const table *t, const table_column *c)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].kind == c->kind &&
			slice_equal(t->columns[i].language, c->language))
			return true;
	return false;
}

status
table_header(table *t, const table_cell *cells, size_t n)
{
	bool terms = false;

	if (n > TABLE_COLUMNS)
		return refuse_header(
			t, cells[TABLE_COLUMNS], "too many columns", "trop de colonnes");
	for (size_t i = 0; i < n; i++) {
		table_column c;
		slice name;
		TRY(arena_copy(&t->names, cells[i].text, &name));
		if (!find_column(name, &c))
			return refuse_header(t, cells[i], "unknown column", "colonne inconnue");
		if (is_taken(t, &c))
			return refuse_header(
				t, cells[i], "column named twice", "colonne nommée deux fois");
		terms = terms || c.kind == &of_language[0];
		t->columns[t->count++] = c;
	}
	if (!terms)
		return refuse_header(t, (table_cell){ SLICE(""), 1 }, "no column of terms",
			"pas de colonne de termes");
	return STATUS_OK;
}

/* --- names --- */

static status
describe_name(entry *e, uint32_t term, term_status s, unsigned flags)
{
	entry_owner owner = OWNER_TERM(term);

	TRY(entry_add(e, owner, ELEMENT_TERM_NOTE, "termType",
		flags & TERM_ACRONYM ? SLICE("acronym") : SLICE("fullForm")));
	TRY(entry_add(e, owner, ELEMENT_TERM_NOTE, "administrativeStatus",
		slice_of(term_status_tbx(s))));
	if ((flags & TERM_CONTEXT) != 0)
		TRY(entry_add(e, owner, ELEMENT_TERM_NOTE, "x-contextDependent", SLICE("yes")));
	if ((flags & TERM_EXCHANGEABLE) != 0)
		TRY(entry_add(e, owner, ELEMENT_TERM_NOTE, "x-exchangeable", SLICE("yes")));
	return STATUS_OK;
}

/* Names given twice are looked for among the raw terms, whose items are not sorted yet. */
static bool
given_twice(const entry *e, uint32_t section, slice text, bool acronym)
{
	for (size_t i = 0; i < e->items.n; i++) {
		const entry_item *x = &e->items.at[i];
		if (x->owner.level != LEVEL_TERM || !slice_is(x->type, "termType"))
			continue;
		const entry_term *t = &e->terms.at[x->owner.index];
		if (t->section == section && slice_equal(t->text, text) &&
			slice_is(x->value, "acronym") == acronym)
			return true;
	}
	return false;
}

static status
add_name(table *t, const table_column *c, table_cell cell, slice text, unsigned flags,
	term_status s)
{
	uint32_t section, term;

	if (text.n == 0)
		return refuse(t, cell, text, "empty name", "nom vide");
	if (text.n > TERM_BYTES_MAX)
		return refuse(t, cell, text, "too long", "trop long");
	TRY(entry_section_of(&t->entry, c->language, &section));
	if (given_twice(&t->entry, section, text, (flags & TERM_ACRONYM) != 0))
		return refuse(t, cell, text, "name given twice", "nom donné deux fois");
	TRY(entry_add_term(&t->entry, section, text, &term));
	return describe_name(&t->entry, term, s, flags);
}

/* One name with its mark. */
static status
read_name(table *t, const table_column *c, table_cell cell, slice name)
{
	term_status s = (term_status)c->kind->status;
	unsigned flags = c->kind->flags;
	slice bare = name.n == 0 ? name : slice_sub(name, 1, name.n);

	if (name.n == 0 || strchr("?^=", name.p[0]) == NULL)
		return add_name(t, c, cell, name, flags, s);
	if (name.p[0] == '?')
		return add_name(t, c, cell, bare, flags | TERM_CONTEXT, s);
	if (name.p[0] == '^' && s == TERM_DEPRECATED)
		return add_name(t, c, cell, bare, flags, TERM_SUPERSEDED);
	if (name.p[0] == '=' && s == TERM_ADMITTED)
		return add_name(t, c, cell, bare, flags | TERM_EXCHANGEABLE, s);
	return refuse(t, cell, name, "mark out of place", "marque mal placée");
}

static status
read_names(table *t, const table_column *c, table_cell cell)
{
	slice rest = cell.text, name;
	bool more;

	if (rest.n == 0)
		return STATUS_OK;
	if (!c->kind->list)
		return read_name(t, c, cell, rest);
	do {
		more = slice_cut(rest, ';', &name, &rest);
		TRY(read_name(t, c, cell, slice_trim(name)));
	} while (more && !t->refused);
	return STATUS_OK;
}

/* --- other cells --- */

/* The first term of a language that is preferred: what its gender and article are said of. A
 * row may name them before the term. */
static bool
preferred_term(const table *t, slice tag, uint32_t *out)
{
	const entry *e = &t->entry;

	for (uint32_t i = 0; i < e->terms.n; i++)
		if (slice_equal(e->sections.at[e->terms.at[i].section].language, tag)) {
			*out = i;
			return true;
		}
	return false;
}

static slice
language_of(const table_column *c)
{
	return c->language.n == 0 ? SLICE("fr") : c->language;
}

static status
read_gender(table *t, const table_column *c, table_cell cell)
{
	static const struct {
		const char *text, *gender, *number;
	} known[] = { { "m", "masculine", "" }, { "f", "feminine", "" },
		{ "m pl", "masculine", "plural" }, { "f pl", "feminine", "plural" } };
	uint32_t term;

	if (cell.text.n == 0)
		return STATUS_OK;
	for (size_t i = 0; i < COUNT(known); i++) {
		if (!slice_is(cell.text, known[i].text))
			continue;
		if (!preferred_term(t, language_of(c), &term))
			return STATUS_OK;
		TRY(entry_add(&t->entry, OWNER_TERM(term), ELEMENT_TERM_NOTE,
			"grammaticalGender", slice_of(known[i].gender)));
		return entry_add(&t->entry, OWNER_TERM(term), ELEMENT_TERM_NOTE,
			"grammaticalNumber", slice_of(known[i].number));
	}
	return refuse(t, cell, cell.text, "not a gender (m, f, m pl, f pl)",
		"pas un genre (m, f, m pl, f pl)");
}

static status
read_article(table *t, const table_column *c, table_cell cell)
{
	static const char *const known[] = { "", "le", "la", "les", "l\u2019", NULL };
	uint32_t term;

	if (!slice_is_one_of(cell.text, known))
		return refuse(t, cell, cell.text, "not an article (le, la, l\u2019, les)",
			"pas un article (le, la, l\u2019, les)");
	if (!preferred_term(t, language_of(c), &term))
		return STATUS_OK;
	return entry_add(
		&t->entry, OWNER_TERM(term), ELEMENT_TERM_NOTE, "x-article", cell.text);
}

static status
read_evidence(table *t, table_cell cell)
{
	term_evidence ignored;

	if (!term_evidence_of(cell.text, &ignored))
		return refuse(t, cell, cell.text,
			"not a status (verified, partial, unverified)",
			"pas un état (verified, partial, unverified)");
	return entry_add(&t->entry, OWNER_CONCEPT, ELEMENT_ADMIN, "x-evidence", cell.text);
}

static status
read_item(table *t, const table_column *c, table_cell cell)
{
	entry_owner owner = OWNER_CONCEPT;

	if (cell.text.n == 0)
		return STATUS_OK;
	if (c->kind->level == LEVEL_SECTION) {
		owner.level = LEVEL_SECTION;
		TRY(entry_section_of(&t->entry, c->language, &owner.index));
	} else if (c->kind->level == LEVEL_TERM) {
		owner.level = LEVEL_TERM;
		if (!preferred_term(t, c->language, &owner.index))
			return STATUS_OK;
	}
	return entry_add(&t->entry, owner, c->kind->element, c->kind->type, cell.text);
}

static status
read_cell(table *t, const table_column *c, table_cell cell)
{
	if (c->kind == NULL)
		return STATUS_OK;
	switch (c->kind->means) {
	case MEANS_ID:
		return entry_set_id(&t->entry, cell.text);
	case MEANS_NAMES:
		return read_names(t, c, cell);
	case MEANS_GENDER:
		return read_gender(t, c, cell);
	case MEANS_ARTICLE:
		return read_article(t, c, cell);
	case MEANS_EVIDENCE:
		return read_evidence(t, cell);
	case MEANS_RETIRED:
		t->entry.retired = cell.text.n != 0 && !slice_is(cell.text, "no");
		return STATUS_OK;
	case MEANS_ITEM:
		return read_item(t, c, cell);
	}
	return STATUS_OK;
}

/* --- rows --- */

static bool
has_preferred(const entry *e)
{
	for (size_t i = 0; i < e->terms.n; i++)
		if (entry_term_status(e, (uint32_t)i) == TERM_PREFERRED)
			return true;
	return false;
}

/* Names first: gender, article, context are said of them, whatever the order of columns. */
static status
read_cells(table *t, const table_cell *cells)
{
	for (int names = 1; names >= 0; names--)
		for (size_t i = 0; i < t->count && !t->refused; i++) {
			const struct table_kind *k = t->columns[i].kind;
			if (k != NULL && (k->means == MEANS_NAMES) == names)
				TRY(read_cell(t, &t->columns[i], cells[i]));
		}
	return STATUS_OK;
}

static status
finish_row(table *t, const table_cell *cells)
{
	entry *e = &t->entry;

	TRY(entry_close(e));
	if (!has_preferred(e) && !(e->retired && e->id.n != 0))
		return refuse(t, cells[0], cells[0].text, "no preferred term",
			"pas de terme préféré");
	if (e->id.n == 0)
		TRY(entry_set_id(e, e->terms.at[0].text));
	return t->in->sink->take(
		t->in->sink->user, e, (exchange_place){ t->line, cells[0].column });
}

status
table_row(table *t, const table_cell *cells, size_t n)
{
	table_cell last = n == 0 ? (table_cell){ SLICE(""), 1 } : cells[n - 1];
	slice end = slice_sub(last.text, last.text.n, last.text.n);

	entry_clear(&t->entry);
	t->refused = false;
	if (n > t->count)
		return refuse(t, cells[t->count], cells[t->count].text,
			"more cells than columns", "plus de cellules que de colonnes");
	if (n < t->count)
		return refuse(t, last, end, "fewer cells than columns",
			"moins de cellules que de colonnes");
	TRY(read_cells(t, cells));
	return t->refused ? STATUS_OK : finish_row(t, cells);
}
