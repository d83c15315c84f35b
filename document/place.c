#include "document/place.h"

#include "text/utf8.h"

#define TITLE_BYTES 80

static const struct {
	const char *name, *en, *fr;
} parts[] = {
	[PART_BODY] = { "", "", "" },
	[PART_FOOTNOTE] = { "footnote", "footnote", "note de bas de page" },
	[PART_ENDNOTE] = { "endnote", "endnote", "note de fin" },
	[PART_HEADER] = { "header", "header", "en-tête" },
	[PART_FOOTER] = { "footer", "footer", "pied de page" },
	[PART_BOX] = { "text box", "text box", "zone de texte" },
	[PART_COMMENT] = { "comment", "comment", "commentaire" },
};

const char *
place_part(block_part part)
{
	return parts[part].name;
}

block_part
place_part_named(slice name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (slice_is(name, parts[i].name))
			return (block_part)i;
	return PART_BODY;
}

static void
put_item(buffer *out, const char *separator, const char *what, slice number)
{
	buffer_printf(out, "%s%s", separator, what);
	if (number.n != 0)
		buffer_printf(out, "%s%.*s", what[0] == '\0' ? "" : " ", SLICE_ARG(number));
}

void
place_put(buffer *out, const block_place *p, bool heading, language ui)
{
	bool fr = ui == LANGUAGE_FR;
	const char *separator = "";

	if (p->part != PART_BODY) {
		put_item(out, "", fr ? parts[p->part].fr : parts[p->part].en, p->number);
		separator = ", ";
	} else if (p->number.n != 0) {
		put_item(out, "",
			heading ? (fr ? "titre" : "heading")
				: (fr ? "paragraphe" : "paragraph"),
			p->number);
		separator = ", ";
	}
	if (p->page != 0)
		buffer_printf(out, "%spage %u", separator, p->page);
}

void
place_describe(buffer *out, const document *d, size_t index, language ui)
{
	if (d->places != NULL && index < d->block_count)
		place_put(out, &d->places[index], d->blocks[index].kind == BLOCK_HEADING, ui);
}

/* A title on one line. */
static void
put_title(buffer *out, slice s)
{
	size_t n = s.n;

	if (n > TITLE_BYTES) {
		n = TITLE_BYTES;
		while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
			n--;
	}
	for (size_t i = 0; i < n; i++)
		buffer_put_char(out, s.p[i] == '\t' || s.p[i] == '\n' ? ' ' : s.p[i]);
	if (n < s.n)
		buffer_put(out, SLICE("…"));
}

void
place_heading(buffer *out, const document *d, size_t index)
{
	if (d->places == NULL || index >= d->block_count || d->places[index].heading == 0)
		return;
	size_t heading = d->places[index].heading - 1;
	slice number = d->places[heading].number;
	slice title =
		slice_sub(d->text, d->blocks[heading].text.start, d->blocks[heading].text.end);
	/* A number that is typed stands in the title. */
	if (number.n != 0 && !slice_starts(title, number))
		buffer_printf(out, "%.*s. ", SLICE_ARG(number));
	put_title(out, title);
}

size_t
place_block(const document *d, uint32_t at)
{
	size_t low = 0, high = d->block_count;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}
