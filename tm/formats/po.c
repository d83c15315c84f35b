/* GNU gettext PO in: msgid and msgstr, with context as a property and what translators said as
 * notes. Entries that are fuzzy, obsolete or not translated are no units; of plurals, the
 * singular and the plural are one each. */
#include <string.h>

#include "text/utf8.h"
#include "tm/work.h"

enum part { CONTEXT, ID, PLURAL, FIRST, SECOND, PARTS };

typedef struct reader {
	tm_input *in;
	buffer parts[PARTS], note;
	bool seen[PARTS], fuzzy;
	int now; /* the part that lines go on with; -1: none */
	unsigned line, first_line;
	tm_unit unit;
	char tag[64]; /* from the header's Language */
} reader;

static void
forget(reader *r)
{
	for (size_t i = 0; i < PARTS; i++) {
		buffer_clear(&r->parts[i]);
		r->seen[i] = false;
	}
	buffer_clear(&r->note);
	r->fuzzy = false;
	r->now = -1;
}

/* "…" with its escapes. False: no string. */
static bool
put_string(buffer *out, slice s)
{
	s = slice_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' && i + 2 < s.n) {
			c = s.p[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
		}
		buffer_put_char(out, c);
	}
	return true;
}

static void
read_header(reader *r)
{
	slice rest = buffer_slice(&r->parts[FIRST]), line;

	while (slice_line(&rest, &line))
		if (slice_starts(line, SLICE("Language:"))) {
			slice tag = slice_trim(slice_sub(line, 9, line.n));
			size_t n = tag.n < sizeof(r->tag) ? tag.n : sizeof(r->tag) - 1;
			memcpy(r->tag, tag.p, n);
			r->tag[n] = '\0';
		}
}

static status
give(reader *r, enum part source, enum part target)
{
	const tm_sink *sink = r->in->sink;
	tm_unit *u = &r->unit;
	slice to = r->tag[0] != '\0'      ? slice_of(r->tag)
		   : r->in->target.n != 0 ? r->in->target
					  : SLICE("fr");
	slice from = r->in->source.n != 0 ? r->in->source : SLICE("en");

	tm_unit_clear(u);
	TRY(tm_unit_set(u, &u->side[0].language, from));
	TRY(tm_unit_set(u, &u->side[1].language, to));
	TRY(tm_unit_set(u, &u->side[0].text, buffer_slice(&r->parts[source])));
	TRY(tm_unit_set(u, &u->side[1].text, buffer_slice(&r->parts[target])));
	if (r->seen[CONTEXT])
		TRY(tm_unit_add_item(u, (tm_item){ TM_OF_UNIT, TM_PROPERTY, SLICE("msgctxt"),
						buffer_slice(&r->parts[CONTEXT]), SLICE("") }));
	if (r->note.n != 0)
		TRY(tm_unit_add_item(u, (tm_item){ TM_OF_UNIT, TM_NOTE, SLICE(""),
						buffer_slice(&r->note), SLICE("") }));
	return sink->take(sink->user, u, (tm_place){ r->first_line, 1 });
}

static status
end_entry(reader *r)
{
	const tm_sink *sink = r->in->sink;
	const char *why = NULL;

	for (size_t i = 0; i < PARTS; i++)
		if (r->parts[i].status != STATUS_OK)
			return r->parts[i].status;
	if (!r->seen[ID])
		return STATUS_OK;
	if (r->parts[ID].n == 0) {
		read_header(r);
		return STATUS_OK;
	}
	if (r->fuzzy)
		why = tm_either(r->in, "fuzzy", "à revoir (fuzzy)");
	else if (r->parts[FIRST].n == 0)
		why = tm_either(r->in, "no translation", "pas de traduction");
	if (why != NULL)
		return sink->refuse(sink->user, (tm_place){ r->first_line, 1 }, why);
	TRY(give(r, ID, FIRST));
	return r->seen[PLURAL] && r->parts[SECOND].n != 0 ? give(r, PLURAL, SECOND) : STATUS_OK;
}

static status
take_comment(reader *r, slice line)
{
	if (slice_starts(line, SLICE("#,"))) {
		for (size_t i = 0; i + 5 <= line.n; i++)
			r->fuzzy |= memcmp(line.p + i, "fuzzy", 5) == 0;
	} else if (line.n > 2 && (line.p[1] == ' ' || line.p[1] == '.')) {
		buffer_put(&r->note, r->note.n == 0 ? SLICE("") : SLICE("\n"));
		buffer_put(&r->note, slice_trim(slice_sub(line, 2, line.n)));
	}
	return r->note.status;
}

static status
take_line(reader *r, slice line)
{
	static const struct {
		slice word;
		int part;
	} words[] = { { { "msgctxt", 7 }, CONTEXT }, { { "msgid_plural", 12 }, PLURAL },
		{ { "msgid", 5 }, ID }, { { "msgstr[0]", 9 }, FIRST },
		{ { "msgstr[1]", 9 }, SECOND }, { { "msgstr[", 7 }, -1 },
		{ { "msgstr", 6 }, FIRST } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!slice_starts(line, words[i].word))
			continue;
		r->now = words[i].part;
		line = slice_sub(line, words[i].word.n, line.n);
		if (r->now >= 0)
			r->seen[r->now] = true;
		break;
	}
	if (r->now < 0)
		return STATUS_OK;
	if (!put_string(&r->parts[r->now], line))
		return tm_refuse_file(r->in, (tm_place){ r->line, 1 },
			tm_either(r->in, "not a line of PO", "ce n’est pas une ligne de PO"));
	return STATUS_OK;
}

static bool
begins_entry(const reader *r, slice line)
{
	return (r->seen[FIRST] && (line.p[0] == '#' || slice_starts(line, SLICE("msgctxt")) ||
					  (slice_starts(line, SLICE("msgid")) &&
						  !slice_starts(line, SLICE("msgid_plural")))));
}

static status
read_lines(reader *r)
{
	utf8_facts facts;
	bool more;
	slice line;

	for (;;) {
		TRY(stream_line(r->in->stream, &line, &more));
		if (!more)
			return end_entry(r);
		r->line++;
		if (r->line == 1 && slice_starts(line, SLICE("\xEF\xBB\xBF")))
			line = slice_sub(line, 3, line.n);
		line = slice_trim(line);
		if (utf8_check(line, &facts) != line.n || memchr(line.p, 0, line.n) != NULL)
			return tm_refuse_file(r->in, (tm_place){ r->line, 1 },
				tm_either(r->in, "not UTF-8", "pas en UTF-8"));
		if (line.n == 0 || begins_entry(r, line)) {
			TRY(end_entry(r));
			forget(r);
			r->first_line = r->line + (line.n == 0);
		}
		if (line.n == 0 || slice_starts(line, SLICE("#~")))
			continue;
		TRY(line.p[0] == '#' ? take_comment(r, line) : take_line(r, line));
	}
}

static status
po_read(tm_input *in)
{
	const memory *m = in->context->memory;
	reader *r = memory_alloc(m, sizeof(*r));

	if (r == NULL)
		return STATUS_MEMORY;
	memset(r, 0, sizeof(*r));
	r->in = in;
	r->first_line = 1;
	for (size_t i = 0; i < PARTS; i++)
		buffer_init(&r->parts[i], m, in->context->limits.paragraph);
	buffer_init(&r->note, m, in->context->limits.paragraph);
	tm_unit_init(&r->unit, m);
	forget(r);
	status done = read_lines(r);
	for (size_t i = 0; i < PARTS; i++)
		buffer_free(&r->parts[i]);
	buffer_free(&r->note);
	tm_unit_free(&r->unit);
	memory_free(m, r);
	return done;
}

static int
probe(slice head)
{
	for (size_t i = 0; i + 7 <= head.n; i++)
		if (memcmp(head.p + i, "msgid \"", 7) == 0)
			return 80;
	return 0;
}

static const char *const extensions[] = { ".po", ".pot", NULL };

extern const tm_work_format tm_work_po;

const tm_format tm_format_po = {
	.name = "po",
	.extensions = extensions,
	.summary_en = "GNU gettext PO; read and translated",
	.summary_fr = "PO de GNU gettext\u00A0; lus et traduits",
	.probe = probe,
	.read = po_read,
	.work = &tm_work_po,
};
