/* OpenDocument 1.3, part 3, 5.3 and 16.30: a list counts for itself unless it says that it goes
 * on with another; a level starts anew behind an item of a higher one. The number of an item
 * stands before its first paragraph. A list that names no style has bullets in LibreOffice,
 * whatever the style of its paragraphs names. Documents have tens of styles and thousands of
 * lists. */
#include "document/formats/odt_lists.h"

#include <stdlib.h>

#include "base/xml.h"
#include "document/formats/docx_lists.h"

#define STYLES_LOOKED_AT 4096 /* of the last */
#define LOOKED_BACK 4096      /* lists, for the one that another goes on with */
#define OUTLINE "\001"        /* name of the style of headings; no other can be it */

static bool
is(const char *name, const char *wanted)
{
	return name != NULL && strcmp(name, wanted) == 0;
}

static int
number(const char **attributes, const char *name, int otherwise)
{
	const char *s = xml_attribute(attributes, name);
	long n = s == NULL ? otherwise : strtol(s, NULL, 10);

	return n < 0 || n > 1000000 ? otherwise : (int)n;
}

static status
keep(odt_lists *l, const char **attributes, const char *name, slice *out)
{
	const char *s = xml_attribute(attributes, name);

	*out = SLICE("");
	return s == NULL || s[0] == '\0' ? STATUS_OK : arena_copy(l->keep, slice_of(s), out);
}

void
odt_lists_free(odt_lists *l)
{
	ARRAY_FREE(l->memory, &l->styles);
	ARRAY_FREE(l->memory, &l->lists);
}

/* --- definitions --- */

static status
define_style(odt_lists *l, slice name)
{
	TRY(ARRAY_RESERVE(l->memory, &l->styles, 1));
	l->styles.at[l->styles.n] = (odt_list_style){ 0 };
	if (name.n != 0)
		TRY(arena_copy(l->keep, name, &l->styles.at[l->styles.n].name));
	l->styles.n++;
	l->in_style = true;
	return STATUS_OK;
}

static status
define_level(odt_lists *l, const char **attributes)
{
	int at = number(attributes, "text:level", 0) - 1;

	if (!l->in_style || at < 0 || at >= ODT_LIST_LEVELS)
		return STATUS_OK;
	odt_level *x = &l->styles.at[l->styles.n - 1].levels[at];
	x->shown = number(attributes, "text:display-levels", 1);
	x->start = number(attributes, "text:start-value", 1);
	x->synchronous = is(xml_attribute(attributes, "style:num-letter-sync"), "true");
	TRY(keep(l, attributes, "style:num-format", &x->format));
	TRY(keep(l, attributes, "style:num-prefix", &x->prefix));
	TRY(keep(l, attributes, "style:num-suffix", &x->suffix));
	return keep(l, attributes, "loext:num-list-format", &x->pattern);
}

status
odt_lists_define(odt_lists *l, const char *name, const char **attributes)
{
	if (is(name, "text:list-style"))
		return define_style(l, slice_of(xml_attribute(attributes, "style:name")));
	if (is(name, "text:outline-style"))
		return define_style(l, SLICE(OUTLINE));
	if (is(name, "text:list-level-style-number") || is(name, "text:outline-level-style"))
		return define_level(l, attributes);
	return STATUS_OK;
}

void
odt_lists_defined(odt_lists *l, const char *name)
{
	if (is(name, "text:list-style") || is(name, "text:outline-style"))
		l->in_style = false;
}

/* The last of that name: those of content.xml come after those of styles.xml. */
static const odt_list_style *
find_style(odt_lists *l, slice name)
{
	if (l->found < l->styles.n && slice_equal(l->styles.at[l->found].name, name))
		return &l->styles.at[l->found];
	size_t n = l->styles.n, end = n > STYLES_LOOKED_AT ? n - STYLES_LOOKED_AT : 0;
	for (size_t i = n; name.n != 0 && i-- > end;)
		if (slice_equal(l->styles.at[i].name, name)) {
			l->found = i;
			return &l->styles.at[i];
		}
	return NULL;
}

/* --- lists --- */

static bool
find_list(const odt_lists *l, slice id, size_t *at)
{
	size_t n = l->lists.n, end = n > LOOKED_BACK ? n - LOOKED_BACK : 0;

	for (size_t i = n; i-- > end;)
		if (slice_equal(l->lists.at[i].id, id)) {
			*at = i;
			return true;
		}
	return false;
}

/* The list that this one goes on with. */
static bool
goes_on(const odt_lists *l, const char **attributes, size_t *at)
{
	const char *with = xml_attribute(attributes, "text:continue-list");
	const char *style = xml_attribute(attributes, "text:style-name");

	if (with != NULL)
		return find_list(l, slice_of(with), at);
	if (!is(xml_attribute(attributes, "text:continue-numbering"), "true") ||
		l->lists.n == 0)
		return false;
	*at = l->now;
	return style == NULL || slice_is(l->lists.at[l->now].style, style);
}

status
odt_lists_begin(odt_lists *l, const char **attributes)
{
	odt_list x = { 0 };
	size_t with;

	l->fresh = false;
	if (l->depth++ != 0)
		return STATUS_OK;
	if (goes_on(l, attributes, &with))
		x = l->lists.at[with];
	TRY(keep(l, attributes, "xml:id", &x.id));
	if (xml_attribute(attributes, "text:style-name") != NULL)
		TRY(keep(l, attributes, "text:style-name", &x.style));
	TRY(ARRAY_RESERVE(l->memory, &l->lists, 1));
	l->now = l->lists.n;
	l->lists.at[l->lists.n++] = x;
	return STATUS_OK;
}

void
odt_lists_end(odt_lists *l)
{
	l->depth -= l->depth > 0;
	l->fresh = false;
}

status
odt_lists_item(odt_lists *l, const char **attributes, bool header)
{
	l->fresh = true;
	l->header = header;
	l->item_start = number(attributes, "text:start-value", -1);
	return keep(l, attributes, "text:style-override", &l->override);
}

/* --- counting --- */

/* a … z, aa, ab … az, ba: as columns of a spreadsheet. */
static void
put_letters(buffer *out, char first, int n)
{
	char digits[8];
	size_t count = 0;

	for (; n > 0 && count < sizeof(digits); n = (n - 1) / 26)
		digits[count++] = (char)(first + (n - 1) % 26);
	while (count > 0)
		buffer_put_char(out, digits[--count]);
}

static void
put_number(buffer *out, const odt_level *l, int n)
{
	slice format = l->format;
	static const struct {
		const char *odf, *word;
	} formats[] = { { "a", "lowerLetter" }, { "A", "upperLetter" }, { "i", "lowerRoman" },
		{ "I", "upperRoman" } };

	if (n > 0 && !l->synchronous && (slice_is(format, "a") || slice_is(format, "A"))) {
		put_letters(out, format.p[0], n);
		return;
	}
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (slice_is(format, formats[i].odf)) {
			docx_put_number(out, slice_of(formats[i].word), n);
			return;
		}
	if (format.n != 0)
		docx_put_number(out, SLICE("decimal"), n);
}

static void
put_pattern(buffer *out, const odt_list_style *s, const odt_list *x, slice pattern)
{
	for (size_t i = 0; i < pattern.n; i++) {
		size_t end = i + 1;
		int of = 0;
		while (end < pattern.n && end < i + 3 && pattern.p[end] >= '0' &&
			pattern.p[end] <= '9')
			of = of * 10 + pattern.p[end++] - '0';
		if (pattern.p[i] != '%' || end >= pattern.n || pattern.p[end] != '%' ||
			of < 1 || of > ODT_LIST_LEVELS) {
			buffer_put_char(out, pattern.p[i]);
			continue;
		}
		put_number(out, &s->levels[of - 1], x->count[of - 1]);
		i = end;
	}
}

static void
put_label(buffer *out, const odt_list_style *s, const odt_list *x, int level)
{
	const odt_level *now = &s->levels[level];
	const char *between = "";

	if (now->format.n == 0)
		return;
	if (now->pattern.n != 0) {
		put_pattern(out, s, x, now->pattern);
		return;
	}
	buffer_put(out, now->prefix);
	for (int i = level + 1 - now->shown < 0 ? 0 : level + 1 - now->shown; i <= level; i++)
		if (s->levels[i].format.n != 0) {
			buffer_printf(out, "%s", between);
			put_number(out, &s->levels[i], x->count[i]);
			between = ".";
		}
	buffer_put(out, now->suffix);
}

static int
start_of(const odt_list_style *s, int level)
{
	return s == NULL || s->levels[level].shown == 0 ? 1 : s->levels[level].start;
}

static void
advance(odt_list *x, const odt_list_style *s, int level, int start)
{
	if (start >= 0)
		x->count[level] = start;
	else if (!x->begun[level])
		x->count[level] = start_of(s, level);
	else
		x->count[level]++;
	x->begun[level] = true;
	for (int i = level + 1; i < ODT_LIST_LEVELS; i++)
		x->begun[i] = false;
	for (int i = 0; i < level; i++)
		if (!x->begun[i]) {
			x->count[i] = start_of(s, i);
			x->begun[i] = true;
		}
}

status
odt_lists_count(odt_lists *l, const char **attributes, int outline, buffer *out)
{
	odt_list *x = l->depth != 0 && l->lists.n != 0 ? &l->lists.at[l->now] : &l->outline;
	int level = x == &l->outline ? outline - 1 : (int)l->depth - 1;
	int start =
		x == &l->outline ? number(attributes, "text:start-value", -1) : l->item_start;
	bool header = x == &l->outline
			      ? is(xml_attribute(attributes, "text:is-list-header"), "true")
			      : l->header || !l->fresh;

	if (level < 0 || level >= ODT_LIST_LEVELS || header)
		return STATUS_OK;
	l->fresh = false;
	slice name = x == &l->outline     ? SLICE(OUTLINE)
		     : l->override.n != 0 ? l->override
					  : x->style;
	const odt_list_style *s = find_style(l, name);
	advance(x, s, level, start);
	if (s != NULL)
		put_label(out, s, x, level);
	return out->status;
}
