#include "termbase/table.h"

#include <stdio.h>
#include <string.h>

#include "termbase/columns.h"
#include "termbase/loose_names.h"
#include "text/utf8.h"

#define TERM_BYTES_MAX 2000
#define NO_TERM UINT32_MAX

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

	if (what.n == 0) {
		snprintf(why, 256, "%s", french ? fr : en);
		return;
	}
	snprintf(why, 256, french ? "%s\u00A0: «\u00A0%.*s\u00A0»" : "%s: \"%.*s\"",
		french ? fr : en, what.n > 80 ? 80 : (int)what.n, what.p);
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
		if (!columns_find(name, &c) && !slice_starts(name, SLICE("x-")))
			return refuse_header(t, cells[i], "unknown column", "colonne inconnue");
		if (c.kind != NULL && is_taken(t, &c))
			return refuse_header(
				t, cells[i], "column named twice", "colonne nommée deux fois");
		terms = terms || columns_are_terms(&c) ||
			(c.kind != NULL && c.kind->means == MEANS_ID);
		t->columns[t->count++] = c;
	}
	if (!terms)
		return refuse_header(t, (table_cell){ SLICE(""), 1 }, "no column of terms",
			"pas de colonne de termes");
	return STATUS_OK;
}

/* --- headers of other people --- */

/* "B" for the second column, as spreadsheets have it. */
static void
letters_of(size_t i, char out[4])
{
	size_t n = 0;

	if (i >= 26)
		out[n++] = (char)('A' + i / 26 - 1);
	out[n++] = (char)('A' + i % 26);
	out[n] = '\0';
}

static bool
equal_in_any_case(slice a, slice b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
		if (x != y && ((x ^ y) != 0x20 || (unsigned char)((x | 0x20) - 'a') >= 26))
			return false;
	}
	return true;
}

static bool
names_place(slice key, size_t i)
{
	char letters[4], number[8];

	letters_of(i, letters);
	snprintf(number, sizeof(number), "%zu", i + 1);
	return equal_in_any_case(key, slice_of(letters)) || slice_is(key, number);
}

/* What --columns says of column i: *said is false when nothing. "-" passes a column over. */
static status
assigned(table *t, size_t i, slice header, table_column *out, bool *said)
{
	slice rest = slice_of(t->in->columns), pair, key, value;
	bool more = rest.n != 0;

	*said = false;
	while (more) {
		more = slice_cut(rest, ',', &pair, &rest);
		slice_cut(pair, '=', &key, &value);
		key = slice_trim(key);
		value = slice_trim(value);
		if (!names_place(key, i) && !equal_in_any_case(key, header))
			continue;
		*said = true;
		*out = (table_column){ .language = SLICE("") };
		if (slice_is(value, "-") || columns_find(value, out))
			return STATUS_OK;
		return context_fail(t->in->context, STATUS_FORMAT,
			"--columns: \"%.*s\" is no column of a termbase",
			"--columns\u00A0: «\u00A0%.*s\u00A0» n’est pas une colonne de base "
			"terminologique",
			SLICE_ARG(value));
	}
	return STATUS_OK;
}

/* A key of --columns that is no column of the table is a mistake of the one who typed it. */
static status
check_keys(table *t, const table_cell *cells, size_t n)
{
	slice rest = slice_of(t->in->columns), pair, key, value;
	bool more = rest.n != 0;

	while (more) {
		bool met = false;
		more = slice_cut(rest, ',', &pair, &rest);
		slice_cut(pair, '=', &key, &value);
		key = slice_trim(key);
		for (size_t i = 0; i < n && !met; i++)
			met = names_place(key, i) || equal_in_any_case(key, cells[i].text);
		if (!met)
			return context_fail(t->in->context, STATUS_FORMAT,
				"--columns: %s has no column \"%.*s\"",
				"--columns\u00A0: %s n’a pas de colonne «\u00A0%.*s\u00A0»",
				t->in->stream->name, SLICE_ARG(key));
	}
	return STATUS_OK;
}

/* Two letters are seldom the tag of a language: of tags alone only those that columns_guess
 * knows are taken for one, and those with a region. */
static bool
find_loosely(slice name, table_column *out)
{
	if (columns_find(name, out) &&
		(out->language.n == 0 || memchr(name.p, '_', name.n) != NULL ||
			memchr(name.p, '-', name.n) != NULL))
		return true;
	return columns_guess(name, out);
}

/* Does --columns name a cell of the first row, and not by its letter or number? */
static bool
is_named_in(slice columns, const table_cell *cells, size_t n)
{
	slice pair, key, value;
	bool more = columns.n != 0;

	while (more) {
		bool place = false;
		more = slice_cut(columns, ',', &pair, &columns);
		slice_cut(pair, '=', &key, &value);
		key = slice_trim(key);
		for (size_t i = 0; i < TABLE_COLUMNS && !place; i++)
			place = names_place(key, i);
		for (size_t i = 0; i < n && !place; i++)
			if (equal_in_any_case(key, cells[i].text))
				return true;
	}
	return false;
}

static bool
looks_like_header(const table_cell *cells, size_t n)
{
	table_column c;

	for (size_t i = 0; i < n; i++)
		if (find_loosely(cells[i].text, &c) && columns_are_terms(&c))
			return true;
	return false;
}

static void
tell_mapping(const table *t, size_t i, slice header)
{
	char letters[4], name[64];

	if (t->in->mapped == NULL)
		return;
	letters_of(i, letters);
	if (t->columns[i].kind != NULL)
		columns_name(&t->columns[i], name);
	t->in->mapped(t->in->sink->user, header.n == 0 ? slice_of(letters) : header,
		t->columns[i].kind == NULL ? NULL : name);
}

static status
add_loose_column(table *t, slice header)
{
	table_column c;
	bool said;

	TRY(assigned(t, t->count, header, &c, &said));
	if (!said && (!find_loosely(header, &c) || is_taken(t, &c)))
		c = (table_column){ .language = SLICE("") };
	t->columns[t->count++] = c;
	return STATUS_OK;
}

#define TITLES_MOST 10

bool
table_is_title(table *t, const table_cell *cells, size_t n)
{
	size_t filled = 0;

	for (size_t i = 0; i < n; i++)
		filled += cells[i].text.n != 0;
	if (t->in->columns != NULL || filled > 1 || t->titles == TITLES_MOST ||
		looks_like_header(cells, n))
		return false;
	if (t->titles++ == 0)
		t->first_line = t->line;
	return true;
}

status
table_no_header(table *t)
{
	t->line = t->first_line;
	return refuse_header(t, (table_cell){ SLICE(""), 1 },
		"no column of terms; name them with --columns A=fr,B=en",
		"pas de colonne de termes\u00A0; les nommer par --columns A=fr,B=en");
}

status
table_loose_header(table *t, const table_cell *cells, size_t n, bool *is_row)
{
	bool terms = false;

	*is_row = t->in->columns != NULL && !looks_like_header(cells, n) &&
		  !is_named_in(slice_of(t->in->columns), cells, n);
	if (n > TABLE_COLUMNS)
		return refuse_header(
			t, cells[TABLE_COLUMNS], "too many columns", "trop de colonnes");
	TRY(check_keys(t, cells, n));
	for (size_t i = 0; i < n; i++) {
		slice header;
		TRY(arena_copy(&t->names, *is_row ? SLICE("") : cells[i].text, &header));
		TRY(add_loose_column(t, header));
		t->exported = t->exported || slice_is(header, "concept");
		terms = terms ||
			(t->columns[i].kind != NULL && columns_are_terms(&t->columns[i]));
		tell_mapping(t, i, header);
	}
	if (terms)
		return STATUS_OK;
	if (t->titles == 0)
		t->first_line = t->line;
	return table_no_header(t);
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

/* The term of a section with that text; NO_TERM. It is looked for among the raw terms, whose
 * items are not sorted yet. */
static uint32_t
given_before(const entry *e, uint32_t section, slice text, bool acronym)
{
	for (size_t i = 0; i < e->items.n; i++) {
		const entry_item *x = &e->items.at[i];
		if (x->owner.level != LEVEL_TERM || !slice_is(x->type, "termType"))
			continue;
		const entry_term *t = &e->terms.at[x->owner.index];
		if (t->section == section && slice_equal(t->text, text) &&
			slice_is(x->value, "acronym") == acronym)
			return x->owner.index;
	}
	return NO_TERM;
}

static bool
is_accepted(const entry *e, uint32_t term)
{
	for (size_t i = 0; i < e->items.n; i++) {
		const entry_item *x = &e->items.at[i];
		if (x->owner.level == LEVEL_TERM && x->owner.index == term &&
			slice_is(x->type, "administrativeStatus"))
			return slice_is(x->value, term_status_tbx(TERM_PREFERRED)) ||
			       slice_is(x->value, term_status_tbx(TERM_ADMITTED));
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
	uint32_t before = given_before(&t->entry, section, text, (flags & TERM_ACRONYM) != 0);
	/* Other people may have a name in two columns; right and wrong at once is a mistake. */
	if (before != NO_TERM && t->loose && s <= TERM_ADMITTED &&
		is_accepted(&t->entry, before))
		return STATUS_OK;
	if (before != NO_TERM)
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
	slice bare = name.n == 0 ? name : slice_trim(slice_sub(name, 1, name.n));

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

/* In tables of other people an article may stand behind or before a name. */
static status
read_loose_name(table *t, const table_column *c, table_cell cell, slice name)
{
	slice article;
	uint32_t term = (uint32_t)t->entry.terms.n;

	name = loose_article(name, c->language, &article);
	TRY(read_name(t, c, cell, name));
	if (t->refused || article.n == 0 || term == t->entry.terms.n)
		return STATUS_OK;
	return entry_add(&t->entry, OWNER_TERM(term), ELEMENT_TERM_NOTE, "x-article", article);
}

/* Of several names in a cell for one, the first is meant to be the preferred one; those behind
 * it are as good, or its acronym. */
static status
read_loose_names(table *t, const table_column *c, table_cell cell)
{
	table_kind admitted = *c->kind, acronym = *c->kind;
	table_column beside = *c;
	slice rest = cell.text, name;

	admitted.status = TERM_ADMITTED;
	acronym.flags |= TERM_ACRONYM;
	for (bool first = true; loose_next(&rest, &name) && !t->refused; first = false) {
		beside.kind = first || c->kind->list   ? c->kind
			      : c->kind->flags != 0    ? &admitted
			      : loose_is_acronym(name) ? &acronym
						       : &admitted;
		TRY(read_loose_name(t, &beside, cell, name));
	}
	return STATUS_OK;
}

static status
read_names(table *t, const table_column *c, table_cell cell)
{
	slice rest = cell.text, name;
	bool more;

	if (rest.n == 0)
		return STATUS_OK;
	if (t->loose && !t->exported)
		return read_loose_names(t, c, cell);
	if (!c->kind->list)
		return read_name(t, c, cell, cell.text);
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
	bool english = slice_is(language_of(c), "en") && slice_is(cell.text, "the");
	uint32_t term;

	if (!english && !slice_is_one_of(cell.text, known))
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

	if (cell.text.n == 0)
		return STATUS_OK;
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

status
table_set_cell(table *t, const table_column *c, table_cell cell)
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

size_t
table_find_dirty(const table_cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		slice s = cells[i].text;
		utf8_facts ignored;
		if (utf8_check(s, &ignored) != s.n)
			return i;
		for (size_t k = 0; k < s.n; k++)
			if ((unsigned char)s.p[k] < 0x20 || s.p[k] == 0x7F)
				return i;
	}
	return n;
}

/* --- rows --- */

/* Names first: gender, article, context are said of them, whatever the order of columns. */
static status
read_cells(table *t, const table_cell *cells)
{
	for (int names = 1; names >= 0; names--)
		for (size_t i = 0; i < t->count && !t->refused; i++) {
			const struct table_kind *k = t->columns[i].kind;
			if (k != NULL && (k->means == MEANS_NAMES) == names)
				TRY(table_set_cell(t, &t->columns[i], cells[i]));
		}
	return STATUS_OK;
}

/* A row with an id may leave the names to a layer below, and say a note or a variant of it. In
 * the tables of other people one without a name is rather a gap. */
static bool
speaks_of_another(const table *t, const entry *e)
{
	if (e->id.n == 0)
		return false;
	return e->retired ||
	       ((!t->loose || t->exported) && (e->terms.n != 0 || e->items.n != 0));
}

static status
finish_row(table *t, const table_cell *cells)
{
	entry *e = &t->entry;

	TRY(entry_close(e));
	if (!entry_has_name(e) && !speaks_of_another(t, e))
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
