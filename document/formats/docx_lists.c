/* ECMA-376, part 1, 17.9. A level that no paragraph has reached yet shows its start; a number
 * of a level starts anew behind a paragraph of a higher one unless w:lvlRestart says otherwise.
 */
#include "document/formats/docx_lists.h"

#include <stdlib.h>

#define DEFINITIONS_MOST 4096
#define LISTS_MOST 16384
#define ROMAN_MOST 4999

typedef enum style {
	STYLE_DECIMAL,
	STYLE_BULLET,
	STYLE_NONE,
	STYLE_LOWER_LETTER,
	STYLE_UPPER_LETTER,
	STYLE_LOWER_ROMAN,
	STYLE_UPPER_ROMAN,
	STYLE_ZERO,
	STYLE_DASHES,
	STYLE_SIGNS,
} style;

static style
style_of(slice name)
{
	static const struct {
		const char *name;
		style style;
	} names[] = {
		{ "bullet", STYLE_BULLET },
		{ "none", STYLE_NONE },
		{ "lowerLetter", STYLE_LOWER_LETTER },
		{ "upperLetter", STYLE_UPPER_LETTER },
		{ "lowerRoman", STYLE_LOWER_ROMAN },
		{ "upperRoman", STYLE_UPPER_ROMAN },
		{ "decimalZero", STYLE_ZERO },
		{ "numberInDash", STYLE_DASHES },
		{ "chicago", STYLE_SIGNS },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (slice_is(name, names[i].name))
			return names[i].style;
	return STYLE_DECIMAL;
}

/* --- writing numbers --- */

static void
put_roman(buffer *out, int n, bool upper)
{
	static const struct {
		int value;
		const char *sign;
	} signs[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
		{ 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" },
		{ 4, "iv" }, { 1, "i" } };

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		for (; n >= signs[i].value; n -= signs[i].value)
			for (const char *c = signs[i].sign; *c != '\0'; c++)
				buffer_put_char(out, (char)(upper ? *c - 32 : *c));
}

/* a … z, aa, bb … zz, aaa. */
static void
put_letters(buffer *out, int n, char first)
{
	for (int i = 0; i <= (n - 1) / 26 && i < 32; i++)
		buffer_put_char(out, (char)(first + (n - 1) % 26));
}

static void
put_sign(buffer *out, int n)
{
	static const char *const signs[] = { "*", "\u2020", "\u2021", "\u00A7" };

	for (int i = 0; i <= (n - 1) / 4 && i < 32; i++)
		buffer_put(out, slice_of(signs[(n - 1) % 4]));
}

static void
put_styled(buffer *out, style s, int n)
{
	bool counts = n > 0; /* letters and the like begin with one */

	if (counts && s == STYLE_LOWER_LETTER)
		put_letters(out, n, 'a');
	else if (counts && s == STYLE_UPPER_LETTER)
		put_letters(out, n, 'A');
	else if (counts && n <= ROMAN_MOST &&
		 (s == STYLE_LOWER_ROMAN || s == STYLE_UPPER_ROMAN))
		put_roman(out, n, s == STYLE_UPPER_ROMAN);
	else if (counts && s == STYLE_SIGNS)
		put_sign(out, n);
	else if (s == STYLE_DASHES)
		buffer_printf(out, "- %d -", n);
	else if (s == STYLE_ZERO)
		buffer_printf(out, "%02d", n);
	else if (s != STYLE_BULLET && s != STYLE_NONE)
		buffer_printf(out, "%d", n);
}

void
docx_put_number(buffer *out, slice format, int n)
{
	put_styled(out, style_of(format), n);
}

/* --- reading --- */

typedef struct reader {
	docx_xml xml;
	docx_lists *lists;
	arena *keep;
	docx_definition *definition; /* in hand, or NULL */
	docx_list *list;
	docx_level *level;
	int override; /* level that a list overrides, or -1 */
} reader;

static void
begin_definition(reader *r, const XML_Char **all)
{
	docx_lists *s = r->lists;

	r->definition = NULL;
	if (s->definitions.n >= DEFINITIONS_MOST)
		return;
	status done = ARRAY_RESERVE(r->xml.context->memory, &s->definitions, 1);
	docx_xml_fail(&r->xml, done);
	if (done != STATUS_OK)
		return;
	r->definition = &s->definitions.at[s->definitions.n++];
	*r->definition = (docx_definition){ .id = docx_number(all, "abstractNumId", -1) };
}

static void
begin_list(reader *r, const XML_Char **all)
{
	docx_lists *s = r->lists;

	r->list = NULL;
	if (s->lists.n >= LISTS_MOST)
		return;
	status done = ARRAY_RESERVE(r->xml.context->memory, &s->lists, 1);
	docx_xml_fail(&r->xml, done);
	if (done != STATUS_OK)
		return;
	r->list = &s->lists.at[s->lists.n++];
	*r->list = (docx_list){ .id = docx_number(all, "numId", -1), .definition = -1 };
}

static void
begin_level(reader *r, const XML_Char **all)
{
	int i = docx_number(all, "ilvl", r->override);

	r->level = NULL;
	if (i < 0 || i >= DOCX_LEVELS)
		return;
	if (r->list != NULL) {
		docx_level *own = ARENA_NEW(r->keep, docx_level);
		docx_xml_fail(&r->xml, own == NULL ? STATUS_MEMORY : STATUS_OK);
		r->list->own[i] = r->level = own;
	} else if (r->definition != NULL)
		r->level = &r->definition->levels[i];
	if (r->level != NULL)
		*r->level = (docx_level){ .known = true, .start = 0, .restart = -1 };
}

static void
on_level(reader *r, slice element, const XML_Char **all)
{
	docx_level *l = r->level;
	slice value = docx_attribute(all, "val");

	if (slice_is(element, "start"))
		l->start = docx_number(all, "val", 0);
	else if (slice_is(element, "numFmt"))
		l->style = (uint8_t)style_of(value);
	else if (slice_is(element, "lvlRestart"))
		l->restart = docx_number(all, "val", -1);
	else if (slice_is(element, "isLgl"))
		l->legal = docx_is_on(all);
	else if (slice_is(element, "lvlText"))
		docx_xml_fail(&r->xml, arena_copy(r->keep, value, &l->text));
	else if (slice_is(element, "pStyle"))
		docx_xml_fail(&r->xml, arena_copy(r->keep, value, &l->paragraph));
}

static void
on_list(reader *r, slice element, const XML_Char **all)
{
	docx_list *l = r->list;

	if (slice_is(element, "abstractNumId"))
		l->definition = docx_number(all, "val", -1);
	else if (slice_is(element, "lvlOverride"))
		r->override = docx_number(all, "ilvl", -1);
	else if (slice_is(element, "startOverride") && r->override >= 0 &&
		 r->override < DOCX_LEVELS) {
		l->restarts[r->override] = true;
		l->start[r->override] = docx_number(all, "val", 0);
	}
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "abstractNum"))
		begin_definition(r, all);
	else if (slice_is(element, "num"))
		begin_list(r, all);
	else if (slice_is(element, "lvl"))
		begin_level(r, all);
	else if (r->level != NULL)
		on_level(r, element, all);
	else if (r->list != NULL)
		on_list(r, element, all);
	else if (r->definition != NULL && slice_is(element, "styleLink"))
		docx_xml_fail(&r->xml,
			arena_copy(r->keep, docx_attribute(all, "val"), &r->definition->is));
	else if (r->definition != NULL && slice_is(element, "numStyleLink"))
		docx_xml_fail(&r->xml, arena_copy(r->keep, docx_attribute(all, "val"),
					       &r->definition->stands_for));
}

static void
on_end(void *user, const XML_Char *name)
{
	reader *r = user;
	slice element = docx_word(name);

	if (slice_is(element, "lvl"))
		r->level = NULL;
	else if (slice_is(element, "lvlOverride"))
		r->override = -1;
	else if (slice_is(element, "num"))
		r->list = NULL;
	else if (slice_is(element, "abstractNum"))
		r->definition = NULL;
}

static int
by_id(const void *left, const void *right)
{
	const docx_list *a = left, *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static int
definition_of(const docx_lists *s, int id)
{
	for (size_t i = 0; i < s->definitions.n; i++)
		if (s->definitions.at[i].id == id)
			return (int)i;
	return -1;
}

/* A definition may stand for one that a style of lists holds. */
static int
follow(const docx_lists *s, int at)
{
	if (at < 0 || s->definitions.at[at].stands_for.n == 0)
		return at;
	for (size_t i = 0; i < s->definitions.n; i++)
		if (s->definitions.at[i].is.n != 0 &&
			slice_equal(s->definitions.at[i].is, s->definitions.at[at].stands_for))
			return (int)i;
	return at;
}

status
docx_lists_read(docx_lists *s, package *p, const char *part, arena *keep)
{
	reader r = { .xml = { .context = p->context,
			     .package = p,
			     .start = on_start,
			     .end = on_end },
		.lists = s,
		.keep = keep,
		.override = -1 };

	r.xml.user = &r;
	status done = docx_xml_read(&r.xml, part);
	if (done != STATUS_OK)
		return done == STATUS_NOT_FOUND ? STATUS_OK : done;
	for (size_t i = 0; i < s->lists.n; i++)
		s->lists.at[i].definition =
			follow(s, definition_of(s, s->lists.at[i].definition));
	if (s->lists.n > 1)
		qsort(s->lists.at, s->lists.n, sizeof(*s->lists.at), by_id);
	return STATUS_OK;
}

void
docx_lists_free(docx_lists *s, const memory *m)
{
	ARRAY_FREE(m, &s->definitions);
	ARRAY_FREE(m, &s->lists);
}

/* --- counting --- */

static docx_list *
find(const docx_lists *s, int id)
{
	docx_list wanted = { .id = id };

	return s->lists.n == 0
		       ? NULL
		       : bsearch(&wanted, s->lists.at, s->lists.n, sizeof(wanted), by_id);
}

static const docx_level *
level_of(const docx_list *l, const docx_definition *d, int i)
{
	return l->own[i] != NULL ? l->own[i] : &d->levels[i];
}

int
docx_lists_level(const docx_lists *s, int list, slice id)
{
	const docx_list *l = find(s, list);

	if (l == NULL || l->definition < 0 || id.n == 0)
		return 0;
	for (int i = 0; i < DOCX_LEVELS; i++)
		if (slice_equal(
			    level_of(l, &s->definitions.at[l->definition], i)->paragraph, id))
			return i;
	return 0;
}

static void
advance(docx_definition *d, docx_list *l, int level)
{
	const docx_level *now = level_of(l, d, level);

	if (l->restarts[level]) { /* once: it goes on from there */
		d->count[level] = l->start[level];
		l->restarts[level] = false;
	} else if (!d->begun[level])
		d->count[level] = now->start;
	else
		d->count[level]++;
	d->begun[level] = true;
	for (int i = level + 1; i < DOCX_LEVELS; i++) {
		int restart = level_of(l, d, i)->restart;
		if (restart < 0 || level < restart)
			d->begun[i] = false;
	}
	for (int i = 0; i < level; i++)
		if (!d->begun[i]) {
			d->count[i] = level_of(l, d, i)->start;
			d->begun[i] = true;
		}
}

static void
put_text(buffer *out, const docx_definition *d, const docx_list *l, const docx_level *now)
{
	slice s = now->text;

	for (size_t i = 0; i < s.n; i++) {
		int of = s.p[i] == '%' && i + 1 < s.n ? s.p[i + 1] - '1' : -1;
		if (of < 0 || of >= DOCX_LEVELS) {
			buffer_put_char(out, s.p[i]);
			continue;
		}
		style how = (style)level_of(l, d, of)->style;
		bool arabic = now->legal && how != STYLE_NONE && how != STYLE_BULLET;
		put_styled(out, arabic ? STYLE_DECIMAL : how, d->count[of]);
		i++;
	}
}

void
docx_lists_count(docx_lists *s, int list, int level, buffer *out, bool *counted)
{
	docx_list *l = list <= 0 ? NULL : find(s, list);

	*counted = l != NULL && l->definition >= 0 && level >= 0 && level < DOCX_LEVELS;
	if (!*counted)
		return;
	docx_definition *d = &s->definitions.at[l->definition];
	const docx_level *now = level_of(l, d, level);
	*counted = now->known;
	advance(d, l, level);
	if (now->known && now->style != STYLE_BULLET && now->style != STYLE_NONE)
		put_text(out, d, l, now);
}
