#include "apps/http/annotated.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

size_t
utf16_units(const char *p, size_t n)
{
	size_t units = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		units += (c & 0xC0) != 0x80;
		units += c >= 0xF0;
	}
	return units;
}

/* The length of the character at p, 0 when it is none. */
static size_t
character(const unsigned char *p, size_t left)
{
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;

	if ((p[0] >= 0x80 && p[0] < 0xC2) || p[0] > 0xF4 || n > left)
		return 0;
	for (size_t k = 1; k < n; k++)
		if ((p[k] & 0xC0) != 0x80)
			return 0;
	/* Overlong, surrogate, past U+10FFFF. */
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
		(p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return n;
}

bool
utf8_is_sound(paraph_text t)
{
	for (size_t i = 0, n; i < t.n; i += n) {
		n = character((const unsigned char *)t.p + i, t.n - i);
		if (n == 0)
			return false;
	}
	return true;
}

static bool
add(annotated *a, const char *checked, size_t n, size_t units, bool markup)
{
	if (a->count == a->capacity) {
		size_t wanted = a->capacity == 0 ? 16 : 2 * a->capacity;
		annotated_part *parts = realloc(a->parts, wanted * sizeof(*parts));
		if (parts == NULL)
			return false;
		a->parts = parts;
		a->capacity = wanted;
	}
	a->parts[a->count++] = (annotated_part){ .start = a->text.n,
		.end = a->text.n + n,
		.units = a->units,
		.units_end = a->units + units,
		.markup = markup };
	a->units += units;
	bytes_put(&a->text, checked, n);
	return !a->text.failed;
}

annotated_outcome
annotated_from_text(annotated *a, paraph_text text)
{
	*a = (annotated){ 0 };
	return add(a, text.p, text.n, utf16_units(text.p, text.n), false) ? ANNOTATED_OK
									  : ANNOTATED_NO_MEMORY;
}

static annotated_outcome
add_item(annotated *a, const json_t *item)
{
	const json_t *text = json_object_get(item, "text");
	const json_t *markup = json_object_get(item, "markup");
	const json_t *as = json_object_get(item, "interpretAs");
	bool added;

	if (json_is_string(text) == json_is_string(markup))
		return ANNOTATED_NO_ANNOTATION;
	if (json_is_string(text)) {
		const char *p = json_string_value(text);
		size_t n = json_string_length(text);
		added = add(a, p, n, utf16_units(p, n), false);
	} else {
		const char *p = json_is_string(as) ? json_string_value(as) : "";
		size_t n = json_is_string(as) ? json_string_length(as) : 0;
		added = add(a, p, n,
			utf16_units(json_string_value(markup), json_string_length(markup)),
			true);
	}
	return added ? ANNOTATED_OK : ANNOTATED_NO_MEMORY;
}

annotated_outcome
annotated_from_data(annotated *a, paraph_text json)
{
	json_error_t error;
	json_t *data = json_loadb(json.p, json.n, JSON_ALLOW_NUL, &error);
	const json_t *list = json_object_get(data, "annotation");
	annotated_outcome outcome = data == NULL           ? ANNOTATED_NO_JSON
				    : !json_is_array(list) ? ANNOTATED_NO_ANNOTATION
							   : ANNOTATED_OK;

	*a = (annotated){ 0 };
	for (size_t i = 0; outcome == ANNOTATED_OK && i < json_array_size(list); i++)
		outcome = add_item(a, json_array_get(list, i));
	json_decref(data);
	return outcome;
}

void
annotated_free(annotated *a)
{
	bytes_free(&a->text);
	free(a->parts);
	*a = (annotated){ 0 };
}

/* The part that byte stands in; of an end, the one that ends there or goes on behind it. */
static const annotated_part *
part_at(annotated *a, size_t byte, bool is_end)
{
	size_t at = a->at;

	/* Findings that overlap go back by a few parts of what may be hundreds of thousands. */
	while (at > 0 && (is_end ? byte <= a->parts[at - 1].end : byte < a->parts[at].start))
		at--;
	while (at + 1 < a->count &&
		(is_end ? byte > a->parts[at].end : byte >= a->parts[at].end))
		at++;
	if (at != a->at) {
		a->at = at;
		a->byte = a->parts[at].start;
		a->unit = a->parts[at].units;
	}
	return &a->parts[at];
}

static size_t
place(annotated *a, size_t byte, bool is_end)
{
	const annotated_part *p = part_at(a, byte, is_end);

	if (p->markup)
		return is_end ? p->units_end : p->units;
	if (byte < a->byte || a->byte < p->start) {
		a->byte = p->start;
		a->unit = p->units;
	}
	byte = byte > p->end ? p->end : byte;
	a->unit += utf16_units(a->text.p + a->byte, byte - a->byte);
	a->byte = byte;
	return a->unit;
}

void
annotated_place(annotated *a, size_t start, size_t end, size_t *from, size_t *to)
{
	*from = place(a, start, false);
	*to = end > start ? place(a, end, true) : *from;
}
