/* Concepts written as rows of a table, with the columns that the surveyed concepts need. What
 * no column can say is counted in left_out. */
#include <string.h>

#include "termbase/columns.h"

#define NO_TERM UINT32_MAX

static bool
is_french(slice tag)
{
	return slice_is(tag, "fr");
}

/* Gender and article of French have a column without a language. */
static bool
is_plain_grammar(column_meaning m, slice tag)
{
	return (m == MEANS_GENDER || m == MEANS_ARTICLE) && is_french(tag);
}

/* --- names --- */

/* The place of a name among columns_of_language: of "", acronym, admitted or deprecated. */
static size_t
column_of_term(const entry *e, uint32_t term)
{
	bool acronym = (entry_term_flags(e, term) & TERM_ACRONYM) != 0;

	switch (entry_term_status(e, term)) {
	case TERM_PREFERRED:
		return acronym ? 1 : 0;
	case TERM_ADMITTED:
		return 2;
	case TERM_DEPRECATED:
	case TERM_SUPERSEDED:
		break;
	}
	return 3;
}

static uint32_t
first_in(const entry *e, uint32_t section, size_t column)
{
	for (uint32_t i = 0; i < e->terms.n; i++)
		if (e->terms.at[i].section == section && column_of_term(e, i) == column)
			return i;
	return NO_TERM;
}

/* A reader gives them to the first name of the row. */
uint32_t
table_main_term(const entry *e, uint32_t section)
{
	uint32_t found = NO_TERM;

	for (size_t column = 0; column < 4 && found == NO_TERM; column++)
		found = first_in(e, section, column);
	return found;
}

/* A cell of one name holds one; what is preferred beside it can only be admitted. */
size_t
table_place_of_term(const entry *e, uint32_t term)
{
	size_t column = column_of_term(e, term);

	return column < 2 && first_in(e, e->terms.at[term].section, column) != term ? 2
										    : column;
}

static bool
has_room(const entry *e, uint32_t term)
{
	slice text = e->terms.at[term].text;

	return text.n != 0 && strchr("?^=", text.p[0]) == NULL &&
	       (table_place_of_term(e, term) < 2 || memchr(text.p, ';', text.n) == NULL);
}

static const char *
mark_of(const entry *e, uint32_t term)
{
	uint8_t flags = entry_term_flags(e, term);

	if ((flags & TERM_CONTEXT) != 0)
		return "?";
	if (entry_term_status(e, term) == TERM_SUPERSEDED)
		return "^";
	return (flags & TERM_EXCHANGEABLE) != 0 && table_place_of_term(e, term) == 2 ? "=" : "";
}

static void
put_names(buffer *out, const entry *e, uint32_t section, size_t column)
{
	bool first = true;

	for (uint32_t i = 0; i < e->terms.n; i++) {
		if (e->terms.at[i].section != section || table_place_of_term(e, i) != column ||
			!has_room(e, i))
			continue;
		buffer_put(out, first ? SLICE("") : SLICE("; "));
		buffer_put(out, slice_of(mark_of(e, i)));
		buffer_put(out, e->terms.at[i].text);
		first = false;
	}
}

/* --- cells --- */

static bool
is_kind(const entry_item *x, const table_kind *k)
{
	return x->element == k->element && slice_is(x->type, k->type);
}

static void
put_items(buffer *out, const entry *e, entry_owner owner, const table_kind *k)
{
	size_t n;
	const entry_item *items = entry_items(e, owner, &n);
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		if (!is_kind(&items[i], k))
			continue;
		slice value = items[i].value.n != 0 ? items[i].value : items[i].target;
		buffer_put(out, first ? SLICE("") : SLICE("; "));
		buffer_put(out, value);
		first = false;
	}
}

static void
put_gender(buffer *out, const entry *e, uint32_t term)
{
	uint8_t gender = entry_term_gender(e, term);

	if ((gender & (TERM_MASCULINE | TERM_FEMININE)) == 0)
		return;
	buffer_put(out, (gender & TERM_FEMININE) != 0 ? SLICE("f") : SLICE("m"));
	buffer_put(out, (gender & TERM_PLURAL) != 0 ? SLICE(" pl") : SLICE(""));
}

/* The section of a language; NO_TERM when the concept has none. */
static uint32_t
section_of(const entry *e, slice tag)
{
	for (uint32_t i = 0; i < e->sections.n; i++)
		if (slice_equal(e->sections.at[i].language, tag))
			return i;
	return NO_TERM;
}

static void
put_of_language(buffer *out, const entry *e, slice tag, const table_kind *k)
{
	uint32_t section = section_of(e, tag);

	if (section == NO_TERM)
		return;
	uint32_t term = table_main_term(e, section);
	if (k->means == MEANS_NAMES) {
		put_names(out, e, section, (size_t)(k - columns_of_language));
		return;
	}
	if (k->level == LEVEL_SECTION && k->means == MEANS_ITEM) {
		put_items(out, e, OWNER_SECTION(section), k);
		return;
	}
	if (term == NO_TERM)
		return;
	if (k->means == MEANS_GENDER)
		put_gender(out, e, term);
	else if (k->means == MEANS_ARTICLE)
		buffer_put(out, entry_value(e, OWNER_TERM(term), "x-article"));
	else
		put_items(out, e, OWNER_TERM(term), k);
}

static void
put_general(buffer *out, const entry *e, const table_kind *k)
{
	switch (k->means) {
	case MEANS_ID:
		buffer_put(out, e->id);
		return;
	case MEANS_GENDER:
	case MEANS_ARTICLE:
		put_of_language(out, e, SLICE("fr"), k);
		return;
	case MEANS_EVIDENCE:
		buffer_put(out, slice_of(term_evidence_name(entry_evidence(e))));
		return;
	case MEANS_RETIRED:
		buffer_put(out, e->retired ? SLICE("yes") : SLICE(""));
		return;
	case MEANS_ITEM:
		put_items(out, e, OWNER_CONCEPT, k);
		return;
	case MEANS_NAMES:
		return;
	}
}

/* --- what is left out --- */

static bool
is_of_names(slice type)
{
	static const char *const known[] = { "termType", "administrativeStatus",
		"x-contextDependent", "x-exchangeable", "grammaticalGender",
		"grammaticalNumber", "x-article", NULL };

	return slice_is_one_of(type, known);
}

static bool
has_column(const entry *e, const entry_item *x)
{
	const table_kind *kinds = columns_general;
	size_t count = COLUMNS_GENERAL;

	if (x->group != 0 || x->markup)
		return false;
	if (x->owner.level == LEVEL_CONCEPT && slice_is(x->type, "x-evidence"))
		return true;
	if (x->owner.level != LEVEL_CONCEPT) {
		kinds = columns_of_language;
		count = COLUMNS_OF_LANGUAGE;
	}
	if (x->owner.level == LEVEL_TERM) {
		uint32_t section = e->terms.at[x->owner.index].section;
		bool first = table_main_term(e, section) == x->owner.index;
		if (is_of_names(x->type))
			return first || !slice_starts(x->type, SLICE("grammatical"));
		if (!first)
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (kinds[i].means == MEANS_ITEM && kinds[i].level == x->owner.level &&
			is_kind(x, &kinds[i]))
			return true;
	return false;
}

static uint64_t
count_left_out(const entry *e)
{
	uint64_t n = 0;

	for (size_t i = 0; i < e->items.n; i++)
		n += !has_column(e, &e->items.at[i]);
	for (uint32_t i = 0; i < e->terms.n; i++)
		n += !has_room(e, i) || table_place_of_term(e, i) != column_of_term(e, i);
	return n;
}

/* --- rows --- */

static size_t
language_place(exchange_columns *c, slice tag)
{
	size_t i = 0;

	while (i < c->languages && !slice_is(tag, c->of[i].tag))
		i++;
	if (i < c->languages || i == EXCHANGE_LANGUAGES || tag.n >= sizeof(c->of[0].tag))
		return i;
	memcpy(c->of[i].tag, tag.p, tag.n);
	c->languages++;
	return i;
}

static status
survey_language(exchange_output *out, const entry *e, slice tag, buffer *cell)
{
	exchange_columns *c = &out->columns;
	size_t place = language_place(c, tag);

	if (place >= c->languages) {
		out->left_out++;
		return STATUS_OK;
	}
	c->of[place].kinds |= 1;
	for (size_t k = 1; k < COLUMNS_OF_LANGUAGE; k++) {
		buffer_clear(cell);
		put_of_language(cell, e, tag, &columns_of_language[k]);
		TRY(cell->status);
		if (cell->n != 0 && !is_plain_grammar(columns_of_language[k].means, tag))
			c->of[place].kinds |= 1u << k;
	}
	return STATUS_OK;
}

status
table_survey(exchange_output *out, const entry *e)
{
	buffer cell;
	status done = STATUS_OK;

	buffer_init(&cell, out->context->memory, out->context->limits.output);
	for (size_t k = 0; k < COLUMNS_GENERAL && done == STATUS_OK; k++) {
		buffer_clear(&cell);
		if (columns_general[k].means == MEANS_EVIDENCE)
			/* What nobody said is taken for verified: no reason for a column. */
			buffer_put(&cell, entry_value(e, OWNER_CONCEPT, "x-evidence"));
		else
			put_general(&cell, e, &columns_general[k]);
		if (cell.n != 0)
			out->columns.general |= 1u << k;
		done = cell.status;
	}
	for (size_t i = 0; i < e->sections.n && done == STATUS_OK; i++)
		done = survey_language(out, e, e->sections.at[i].language, &cell);
	buffer_free(&cell);
	return done;
}

/* One cell as the separator demands: in CSV between quotation marks where it must be, in
 * tab-separated text with spaces for what would end it. */
static void
put_cell(buffer *out, slice cell, char separator, bool first)
{
	bool quoted = false;

	if (!first)
		buffer_put_char(out, separator);
	for (size_t i = 0; i < cell.n && separator != '\t'; i++)
		quoted = quoted || cell.p[i] == separator || cell.p[i] == '"' ||
			 cell.p[i] == '\n' || cell.p[i] == '\r';
	/* A line that begins with # would be a remark. */
	if (first && separator == '\t' && cell.n != 0 && cell.p[0] == '#')
		buffer_put_char(out, ' ');
	if (quoted)
		buffer_put_char(out, '"');
	for (size_t i = 0; i < cell.n; i++) {
		bool breaks = (unsigned char)cell.p[i] < 0x20 || cell.p[i] == 0x7F;
		if (quoted && cell.p[i] == '"')
			buffer_put_char(out, '"');
		buffer_put_char(out, breaks && separator == '\t' ? ' ' : cell.p[i]);
	}
	if (quoted)
		buffer_put_char(out, '"');
}

typedef struct row {
	exchange_output *out;
	const entry *e; /* NULL: the names of the columns */
	char separator;
	bool begun;
	buffer cell;
} row;

static status
put_column(row *r, const table_column *c)
{
	char name[64];

	buffer_clear(&r->cell);
	if (r->e == NULL) {
		columns_name(c, name);
		buffer_put(&r->cell, slice_of(name));
	} else if (c->language.n == 0)
		put_general(&r->cell, r->e, c->kind);
	else
		put_of_language(&r->cell, r->e, c->language, c->kind);
	put_cell(r->out->bytes, buffer_slice(&r->cell), r->separator, !r->begun);
	r->begun = true;
	return r->cell.status;
}

static status
put_columns(row *r)
{
	const exchange_columns *c = &r->out->columns;

	for (size_t k = 0; k < COLUMNS_GENERAL; k++)
		if ((c->general >> k & 1) != 0)
			TRY(put_column(r, &(table_column){ &columns_general[k], SLICE("") }));
	for (size_t i = 0; i < c->languages; i++)
		for (size_t k = 0; k < COLUMNS_OF_LANGUAGE; k++)
			if ((c->of[i].kinds >> k & 1) != 0)
				TRY(put_column(r, &(table_column){ &columns_of_language[k],
							  slice_of(c->of[i].tag) }));
	buffer_put(r->out->bytes, r->separator == '\t' ? SLICE("\n") : SLICE("\r\n"));
	return r->out->bytes->status;
}

static status
put_row(row *r)
{
	buffer_init(&r->cell, r->out->context->memory, r->out->context->limits.output);
	status done = put_columns(r);
	buffer_free(&r->cell);
	return done;
}

status
table_begin(exchange_output *out, char separator)
{
	row r = { .out = out, .separator = separator };

	/* Nothing was surveyed: a table without rows still has its columns of terms. */
	if (out->columns.languages == 0) {
		out->columns.general |= 1;
		out->columns.of[language_place(&out->columns, SLICE("en"))].kinds = 1;
		out->columns.of[language_place(&out->columns, SLICE("fr"))].kinds = 1;
	}
	return put_row(&r);
}

status
table_write(exchange_output *out, char separator, const entry *e)
{
	row r = { .out = out, .e = e, .separator = separator };

	out->left_out += count_left_out(e);
	return put_row(&r);
}
