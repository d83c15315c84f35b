#include "tm/table.h"

#include <string.h>

#include "bitext/table.h"
#include "text/utf8.h"

static const struct {
	const char *name;
	size_t field;
} fields[] = {
	{ "id", offsetof(tm_unit, id) },
	{ "document", offsetof(tm_unit, document) },
	{ "previous", offsetof(tm_unit, previous) },
	{ "next", offsetof(tm_unit, next) },
	{ "author", offsetof(tm_unit, author) },
	{ "changer", offsetof(tm_unit, changer) },
	{ "created", offsetof(tm_unit, created) },
	{ "changed", offsetof(tm_unit, changed) },
	{ "used", offsetof(tm_unit, used) },
	{ "origin", offsetof(tm_unit, origin) },
};

#define FIELDS (sizeof(fields) / sizeof(*fields))

void
tm_table_init(tm_table *t, tm_input *in)
{
	const memory *m = in->context->memory;

	t->in = in;
	t->source = in->source.n != 0 ? in->source : SLICE("en");
	t->target = in->target.n != 0 ? in->target : SLICE("fr");
	arena_init(&t->names, m);
	tm_unit_init(&t->unit, m);
	buffer_init(&t->cell, m, in->context->limits.paragraph);
}

void
tm_table_free(tm_table *t)
{
	arena_free(&t->names);
	tm_unit_free(&t->unit);
	buffer_free(&t->cell);
}

const char *
tm_table_field(size_t i, size_t *offset)
{
	if (i >= FIELDS)
		return NULL;
	*offset = fields[i].field;
	return fields[i].name;
}

/* --- the first row --- */

/* Which two of the columns with names of languages are wanted; n for none. */
static void
choose_languages(tm_table *t, const slice *cells, size_t n, size_t *first, size_t *second)
{
	const tm_input *in = t->in;

	*first = *second = n;
	for (size_t i = 0; i < n; i++) {
		slice tag = table_tag(cells[i]);
		if (tag.n == 0)
			continue;
		bool is_source = in->source.n != 0 && tm_same_language(tag, in->source);
		bool is_target = in->target.n != 0 && tm_same_language(tag, in->target);
		if (is_source || (*first == n && in->source.n == 0 && !is_target))
			*first = i;
		else if (is_target || (*second == n && in->target.n == 0))
			*second = i;
	}
	if (*first == n || *second == n) {
		*first = *second = n;
		return;
	}
	t->source = table_tag(cells[*first]);
	t->target = table_tag(cells[*second]);
}

static void
name_column(tm_column *c, slice name, bool first, bool second)
{
	c->name = name;
	c->kind = PROPERTY;
	if (first || table_is_name(name, "source"))
		c->kind = SEGMENT_SOURCE;
	else if (second || table_is_name(name, "target"))
		c->kind = SEGMENT_TARGET;
	else if (table_is_name(name, "note"))
		c->kind = NOTE;
	else if (table_is_name(name, "usage"))
		c->kind = USAGE;
	for (size_t i = 0; i < FIELDS; i++)
		if (table_is_name(name, fields[i].name)) {
			c->kind = FIELD;
			c->field = fields[i].field;
		}
}

static bool
has_column(const tm_table *t, unsigned kind)
{
	for (size_t i = 0; i < t->n; i++)
		if ((unsigned)t->columns[i].kind == kind)
			return true;
	return false;
}

static status
read_head(tm_table *t, const slice *cells, size_t n, bool *is_head)
{
	slice kept[TABLE_COLUMNS];
	size_t first, second;

	t->n = n;
	for (size_t i = 0; i < n; i++)
		TRY(arena_copy(&t->names, slice_trim(cells[i]), &kept[i]));
	choose_languages(t, kept, n, &first, &second);
	for (size_t i = 0; i < n; i++)
		name_column(&t->columns[i], kept[i], i == first, i == second);
	*is_head = has_column(t, SEGMENT_SOURCE) && has_column(t, SEGMENT_TARGET);
	t->escaped = *is_head && t->escapes && slice_is(kept[0], "source");
	t->named = *is_head;
	if (*is_head)
		return STATUS_OK;
	t->n = 3;
	t->columns[0].kind = SEGMENT_SOURCE;
	t->columns[1].kind = SEGMENT_TARGET;
	t->columns[2].kind = PLACE;
	return STATUS_OK;
}

/* --- without such a row --- */

#define ROWS_LOOKED_AT 100

/* goals:1-short, A/RES/1, 2.1.b: no space, and a digit or a sign that joins parts. */
static bool
is_identifier(slice s)
{
	bool joined = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c <= ' ' || c > '~')
			return false;
		joined |= (c >= '0' && c <= '9') || strchr(":_/#", c) != NULL ||
			  (c == '.' && i + 1 < s.n);
	}
	return joined;
}

static bool
has_space(slice s)
{
	s = slice_trim(s);
	return memchr(s.p, ' ', s.n) != NULL;
}

/* Would the identifiers be taken for the source? */
static status
judge_columns(const tm_table *t)
{
	if (t->rows == 0 || t->identified * 10 < t->rows * 9 || t->texts * 2 < t->rows)
		return STATUS_OK;
	return tm_refuse_file(t->in, (tm_place){ 1, 1 },
		tm_either(t->in,
			"the first column is no text but an identifier; name the columns in a "
			"first row, such as id, en, fr",
			"la première colonne n’est pas du texte mais un identifiant\u00A0; "
			"nommez les colonnes sur une première ligne, par exemple id, en, fr"));
}

static status
look_at_row(tm_table *t, const slice *cells, size_t n)
{
	if (t->named || t->rows == ROWS_LOOKED_AT)
		return STATUS_OK;
	t->identified += n > 2 && is_identifier(cells[0]);
	t->texts += n > 2 && has_space(cells[1]) && has_space(cells[2]);
	return ++t->rows == ROWS_LOOKED_AT ? judge_columns(t) : STATUS_OK;
}

status
tm_table_end(tm_table *t)
{
	return t->rows == ROWS_LOOKED_AT ? STATUS_OK : judge_columns(t);
}

/* --- rows --- */

static slice
plain(tm_table *t, slice cell)
{
	if (!t->escaped || memchr(cell.p, '\\', cell.n) == NULL)
		return cell;
	buffer_clear(&t->cell);
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];
		if (c == '\\' && i + 1 < cell.n && strchr("tnr\\", cell.p[i + 1]) != NULL) {
			c = cell.p[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		buffer_put_char(&t->cell, c);
	}
	return buffer_slice(&t->cell);
}

/* SOR-94-667:Body#1: the document, and a number in it. */
static status
set_place(tm_unit *u, slice cell)
{
	slice document, tail;

	(void)slice_cut(cell, ':', &document, &tail);
	TRY(tm_unit_set(u, &u->id, cell));
	return tm_unit_set(u, &u->document, document);
}

static status
take_cell(tm_table *t, const tm_column *c, slice cell)
{
	tm_unit *u = &t->unit;

	switch (c->kind) {
	case SEGMENT_SOURCE:
		return tm_unit_set(u, &u->side[TM_SOURCE].text, cell);
	case SEGMENT_TARGET:
		return tm_unit_set(u, &u->side[TM_TARGET].text, cell);
	case FIELD:
		return tm_unit_set(u, (slice *)(void *)((char *)u + c->field), cell);
	case USAGE:
		for (size_t i = 0; i < cell.n && i < 9 && cell.p[i] >= '0' && cell.p[i] <= '9';
			i++)
			u->usage = u->usage * 10 + (uint64_t)(cell.p[i] - '0');
		return STATUS_OK;
	case PLACE:
		return set_place(u, cell);
	case NOTE:
	case PROPERTY:
		break;
	}
	if (cell.n == 0)
		return STATUS_OK;
	return tm_unit_add_item(
		u, (tm_item){ TM_OF_UNIT, c->kind == NOTE ? TM_NOTE : TM_PROPERTY,
			   c->kind == NOTE ? SLICE("") : c->name, cell, SLICE("") });
}

/* U+0000 to U+001F, but for what a cell between quotation marks may hold. */
static bool
has_control(const tm_table *t, const slice *cells, size_t n)
{
	const char *may = t->escapes ? "\t" : "\t\n\r";

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < cells[i].n; k++) {
			char c = cells[i].p[k];
			if ((unsigned char)c < 0x20 && (c == '\0' || strchr(may, c) == NULL))
				return true;
		}
	return false;
}

/* Leaves out a row that is no text; a file that begins with one is no table. */
static status
look_for_fault(tm_table *t, const slice *cells, size_t n, tm_place at, bool *found)
{
	const tm_sink *sink = t->in->sink;
	const char *fault = NULL;
	utf8_facts facts;

	if (has_control(t, cells, n)) {
		if (t->n == 0)
			return tm_refuse_file(t->in, at,
				tm_either(t->in,
					"control characters: not a table in UTF-8 (of a "
					"document: "
					"tm import --align, tm pretranslate)",
					"des caractères de commande\u00A0: pas un tableau en "
					"UTF-8 "
					"(d’un document\u00A0: tm import --align, tm "
					"pretranslate)"));
		fault = tm_either(t->in, "a control character", "un caractère de commande");
	}
	for (size_t i = 0; i < n && fault == NULL; i++)
		if (utf8_check(cells[i], &facts) != cells[i].n)
			fault = tm_either(t->in, "not UTF-8", "pas en UTF-8");
	*found = fault != NULL;
	return *found ? sink->refuse(sink->user, at, fault) : STATUS_OK;
}

status
tm_table_row(tm_table *t, const slice *cells, size_t n, unsigned line)
{
	const tm_sink *sink = t->in->sink;
	const tm_place at = { line, 1 };
	tm_unit *u = &t->unit;
	bool is_head, faulty;

	TRY(look_for_fault(t, cells, n, at, &faulty));
	if (faulty)
		return STATUS_OK;
	if (t->n == 0) {
		TRY(read_head(t, cells, n, &is_head));
		if (is_head)
			return STATUS_OK;
	}
	TRY(look_at_row(t, cells, n));
	tm_unit_clear(u);
	TRY(tm_unit_set(u, &u->side[TM_SOURCE].language, t->source));
	TRY(tm_unit_set(u, &u->side[TM_TARGET].language, t->target));
	for (size_t i = 0; i < n && i < t->n; i++)
		TRY(take_cell(t, &t->columns[i], plain(t, cells[i])));
	TRY(t->cell.status);
	if (u->side[TM_SOURCE].text.n == 0 || u->side[TM_TARGET].text.n == 0)
		return sink->refuse(sink->user, at,
			tm_either(t->in, "no source or no translation",
				"pas de source ou pas de traduction"));
	return sink->take(sink->user, u, at);
}
