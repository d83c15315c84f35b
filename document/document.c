/* What holds for every format: which one reads the file, the language of each block, and the
 * two figures about the whole (words, and whether its no-break spaces were lost). */
#include "document/document.h"

#include <string.h>
#include <strings.h>

#include "document/facts.h"
#include "document/format.h"
#include "document/hashes.h"
#include "text/find.h"
#include "text/foreign.h"
#include "text/language.h"
#include "text/language_memo.h"

/* Signs of typing are looked for in so much text; a person does not change habits after it. */
#define SAMPLE ((size_t)1 << 20)

/* Blocks that are looked at for the heading of another one. */
#define HEADING_REACH 10000

#define HINTS_RIGHT 19 /* of twenty that can be compared */

static const format *const formats[] = {
#define FORMAT(name) &format_##name,
#include "document/formats.def"
#undef FORMAT
};

static status
find_format(context *c, slice name, const format **out)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (slice_is(name, formats[i]->name)) {
			*out = formats[i];
			return STATUS_OK;
		}
	buffer names;

	buffer_init(&names, c->memory, 1024);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		buffer_printf(&names, "%s%s", i == 0 ? "" : ", ", formats[i]->name);
	status done =
		names.status != STATUS_OK
			? names.status
			: context_fail(c, STATUS_USAGE, "there is no format “%.*s”, but %.*s",
				  "il n’y a pas de format «\u00A0%.*s\u00A0», mais %.*s",
				  SLICE_ARG(name), SLICE_ARG(buffer_slice(&names)));
	buffer_free(&names);
	return done;
}

status
document_check_format(context *c, slice name)
{
	const format *found;

	return find_format(c, name, &found);
}

bool
document_format_is_package(slice name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (slice_is(name, formats[i]->name))
			return formats[i]->edit != NULL;
	return false;
}

static const format *
pick(slice path, slice bytes)
{
	const format *best = formats[0];
	int surest = -1;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		int sure = formats[i]->probe(path, bytes);
		if (sure > surest) {
			surest = sure;
			best = formats[i];
		}
	}
	return best;
}

/* ---- languages ---- */

typedef size_t tally[LANGUAGE_OTHER + 1]; /* bytes by language */

static slice
text_of(const document *d, const block *b)
{
	return slice_sub(d->text, b->text.start, b->text.end);
}

slice
document_spoken(const document *d, const block *b)
{
	static const slice word = { "paraph", 6 };
	static const char *const said[] = { "off", "on", "ignore" };
	slice text = text_of(d, b);

	for (size_t at = text_find(text, 0, word); at < text.n;
		at = text_find(text, at + 1, word)) {
		slice rest = slice_sub(text, at + word.n, text.n);
		while (rest.n != 0 && (unsigned char)rest.p[0] != ':' &&
			((unsigned char)rest.p[0] >= 0x80 || rest.p[0] == ' '))
			rest = slice_sub(rest, 1, rest.n);
		if (rest.n == 0 || rest.p[0] != ':')
			continue;
		rest = slice_trim(slice_sub(rest, 1, rest.n));
		for (size_t k = 0; k < 3; k++)
			if (slice_starts(rest, slice_of(said[k])))
				return at < 4 ? text : slice_sub(text, 0, at);
	}
	return text;
}

static language
majority(const tally t)
{
	language most = LANGUAGE_UNKNOWN;

	for (language l = LANGUAGE_FR; l <= LANGUAGE_OTHER; l++)
		if (t[l] > (most == LANGUAGE_UNKNOWN ? 0 : t[most]))
			most = l;
	return most;
}

/* A document of which no block tells: its name, so to speak, a title of three words. */
static language
guess_from_all(const document *d)
{
	size_t fr = 0, en = 0;

	for (size_t i = 0; i < d->block_count && i < 64; i++) {
		language l = language_guess(document_spoken(d, &d->blocks[i]));
		fr += l == LANGUAGE_FR;
		en += l == LANGUAGE_EN;
	}
	return fr > en ? LANGUAGE_FR : en > fr ? LANGUAGE_EN : LANGUAGE_UNKNOWN;
}

static uint8_t
next_known(const document *d, size_t i)
{
	while (i < d->block_count && d->blocks[i].language == LANGUAGE_UNKNOWN)
		i++;
	return i < d->block_count ? d->blocks[i].language : (uint8_t)LANGUAGE_UNKNOWN;
}

/* Undecided blocks take the language that stands on both sides of them, or the document's.
 * What stands inside a passage in another language belongs to it. */
static void
inherit(document *d)
{
	uint8_t before = LANGUAGE_UNKNOWN, after = LANGUAGE_UNKNOWN;
	size_t known_until = 0;

	for (size_t i = 0; i < d->block_count; i++) {
		block *b = &d->blocks[i];
		if (b->language != LANGUAGE_UNKNOWN) {
			before = b->language;
			continue;
		}
		if (i >= known_until) {
			after = next_known(d, i);
			while (known_until <= i ||
				(known_until < d->block_count &&
					d->blocks[known_until].language == LANGUAGE_UNKNOWN))
				known_until++;
		}
		bool inside = before == after && before != LANGUAGE_UNKNOWN;
		b->language = inside ? before : (uint8_t)d->language;
	}
}

/* The language that the reader asks for; a file of pairs knows better. */
static void
force(document *d, language l)
{
	d->language = l;
	for (size_t i = 0; i < d->block_count; i++)
		if (!document_is_bilingual(d) || d->blocks[i].language == LANGUAGE_UNKNOWN)
			d->blocks[i].language = (uint8_t)l;
}

/* The language of a file of pairs is that of its translations. */
static void
count_pairs(const document *d, tally t)
{
	for (size_t i = 0; i < d->pair_count; i++) {
		const pair_segment *s = &d->pairs[i].side[PAIR_TARGET];
		if (s->block != PAIR_NO_BLOCK)
			t[d->blocks[s->block].language] += s->text.end - s->text.start;
	}
	t[LANGUAGE_UNKNOWN] = t[LANGUAGE_OTHER] = 0;
}

/* What the file says of the language of its blocks holds for those that do not tell themselves,
 * if it is right about those that do: in many files everything is marked as the language that
 * the program was set to. */
static void
follow_hints(document *d)
{
	size_t right = 0, told = 0;

	for (size_t i = 0; i < d->block_count; i++) {
		const block *b = &d->blocks[i];
		bool tells = b->language != LANGUAGE_UNKNOWN && b->hint != LANGUAGE_UNKNOWN;
		told += tells;
		right += tells && b->language == b->hint;
	}
	if (told == 0 || right * 20 < told * HINTS_RIGHT)
		return;
	uint8_t before = LANGUAGE_UNKNOWN;
	for (size_t i = 0; i < d->block_count; i++) {
		block *b = &d->blocks[i];
		/* A language that stands nowhere around is left alone, not believed. */
		if (b->language == LANGUAGE_UNKNOWN && b->hint != LANGUAGE_UNKNOWN &&
			(b->hint == LANGUAGE_OTHER || b->hint == before ||
				b->hint == (uint8_t)d->language))
			b->language = b->hint;
		if (b->language != LANGUAGE_UNKNOWN)
			before = b->language;
	}
}

/* Of a block whose format does not say its language. */
static language_told
tell(const document *d, language_detector *detector, bool *ready, const block *b)
{
	language_memo *known = d->options.languages;
	slice text = text_of(d, b);
	uint64_t key = known == NULL       ? 0
		       : d->hashes == NULL ? slice_hash(text)
					   : d->hashes[b - d->blocks];
	language_told told;

	if (language_recall(known, key, &told))
		return told;
	if (!*ready)
		language_detector_init(detector);
	*ready = true;
	slice spoken = d->commented ? document_spoken(d, b) : text;
	told = (language_told){ (uint32_t)spoken.n,
		(uint8_t)language_detect(detector, spoken) };
	language_keep(known, key, told);
	return told;
}

static void
detect(document *d, language_detector *detector)
{
	tally t = { 0 };
	bool ready = false;

	for (size_t i = 0; i < d->block_count; i++) {
		block *b = &d->blocks[i];
		if (b->language == LANGUAGE_UNKNOWN) {
			language_told told = tell(d, detector, &ready, b);
			b->language = told.language;
			t[b->language] += told.bytes;
		} else
			t[b->language] +=
				(d->commented ? document_spoken(d, b) : text_of(d, b)).n;
	}
	t[LANGUAGE_UNKNOWN] = 0;
	tally targets = { 0 };
	count_pairs(d, targets);
	d->language = majority(targets);
	if (d->language == LANGUAGE_UNKNOWN)
		d->language = majority(t);
	if (d->language == LANGUAGE_UNKNOWN)
		d->language = guess_from_all(d);
	follow_hints(d);
	inherit(d);
}

static status
find_languages(document *d, context *c, language forced)
{
	if (forced != LANGUAGE_UNKNOWN) {
		force(d, forced);
		return STATUS_OK;
	}
	language_detector *detector = memory_alloc(c->memory, sizeof(*detector));
	if (detector == NULL)
		return STATUS_MEMORY;
	detect(d, detector);
	memory_free(c->memory, detector);
	return STATUS_OK;
}

/* ---- lost no-break spaces ---- */

static bool
has(slice text, slice what)
{
	const char *p = text.p, *end = text.p + text.n;

	/* The last byte of U+00A0 and of U+202F is rarer than the first. */
	char last = what.p[what.n - 1];
	while (p < end && (p = memchr(p, last, (size_t)(end - p))) != NULL) {
		size_t n = (size_t)(p - text.p) + 1;
		if (n >= what.n && memcmp(p + 1 - what.n, what.p, what.n) == 0)
			return true;
		p++;
	}
	return false;
}

/* Straight apostrophes after a letter or a digit, and no curly ones. */
static bool
is_straight(slice text)
{
	return facts_straight(text, 0) != 0 && text_count_to(text, SLICE("\x80\x99"), 0) == 0;
}

/* Somebody typed this text on a keyboard: straight apostrophes and no others, or (in French) a
 * colon, semicolon, exclamation or question mark glued to the word more often than not. */
static bool
is_typed(slice text, bool french)
{
	return is_straight(text) || (french && facts_glued(text));
}

/* The same of a text that is known by its facts. */
static bool
was_typed(const text_facts *f, bool french)
{
	return (f->straight != 0 && f->closing == 0) ||
	       (french && f->glued > 1 && f->glued > f->spaced);
}

/* Design contract, section 5. Text that had to be re-flowed came out of a page: there the
 * straight apostrophe is the page's own. */
static bool
is_extracted(const document *d)
{
	const text_facts *f = d->facts;
	bool french = d->language == LANGUAGE_FR;

	if (f != NULL ? f->no_breaks + f->narrow != 0
		      : has(d->text, SLICE("\xC2\xA0")) || has(d->text, SLICE("\xE2\x80\xAF")))
		return false;
	if (d->reflowed)
		return true;
	if (f != NULL && d->text.n <= SAMPLE)
		return !was_typed(f, french);
	slice sample = slice_sub(d->text, 0, d->text.n < SAMPLE ? d->text.n : SAMPLE);
	return !is_typed(sample, french);
}

/* Facts of the text, where those of the one before are kept. */
static status
know(document *d)
{
	const text_facts *f = text_memo_read(
		d->options.memo, d->text, d->text.p == d->bytes.p && d->text.n == d->bytes.n);
	text_facts *own = f == NULL ? NULL : ARENA_NEW(&d->arena, text_facts);

	if (f != NULL && own == NULL)
		return STATUS_MEMORY;
	if (own != NULL)
		*own = *f;
	d->facts = own;
	return STATUS_OK;
}

static void
survey(document *d)
{
	const text_facts *f = d->facts;
	text_survey found =
		f == NULL ? facts_survey(d->text)
			  : (text_survey){ f->words, f->comments != 0, f->raised != 0 };

	d->words = found.words;
	d->commented = found.commented;
	d->raised = found.raised;
}

static status
read(document *d, context *c)
{
	if (d->options.format_name.n == 0) {
		TRY(foreign_check(c, d->path, d->bytes));
		d->format = pick(d->path, d->bytes);
	} else
		TRY(find_format(c, d->options.format_name, &d->format));
	/* A place is 32 bits, and decoding makes at most three bytes of one. */
	if (d->bytes.n > UINT32_MAX / 3)
		return context_fail(c, STATUS_LIMIT, "%.*s: larger than %u bytes",
			"%.*s\u00A0: plus de %u octets", SLICE_ARG(d->path), UINT32_MAX / 3);
	TRY(d->format->read(d, c));
	TRY(know(d));
	survey(d);
	TRY(document_hash_blocks(d));
	TRY(find_languages(d, c, d->options.forced));
	/* What a word processor saved has the spaces that were typed. */
	if (d->package.n == 0)
		d->extracted = is_extracted(d);
	return STATUS_OK;
}

status
document_read_with(
	document *d, context *c, slice path, slice bytes, const document_options *options)
{
	/* An empty text is a place too: rules walk from p to p + n, which NULL must not be. */
	*d = (document){
		.path = path, .bytes = bytes.n == 0 ? SLICE("") : bytes, .options = *options
	};
	arena_init(&d->arena, c->memory);
	status s = read(d, c);
	if (d->text.n == 0)
		d->text = SLICE("");
	if (s != STATUS_OK)
		document_free(d);
	return s;
}

status
document_read_as(
	document *d, context *c, slice path, slice bytes, language forced, slice format_name)
{
	document_options options = { .forced = forced, .format_name = format_name };

	return document_read_with(d, c, path, bytes, &options);
}

status
document_read(document *d, context *c, slice path, slice bytes, language forced)
{
	return document_read_as(d, c, path, bytes, forced, SLICE(""));
}

void
format_locate_heading(const document *d, size_t index, span text, location *out)
{
	(void)text;
	for (size_t i = index; i > 0 && index - i < HEADING_REACH; i--) {
		const block *b = &d->blocks[i - 1];
		if (b->kind != BLOCK_HEADING)
			continue;
		location_text(out, "heading", slice_sub(d->text, b->text.start, b->text.end));
		return;
	}
}

language
document_language_of(slice tag)
{
	static const struct {
		const char *tag;
		language language;
	} known[] = { { "fr", LANGUAGE_FR }, { "fra", LANGUAGE_FR }, { "fre", LANGUAGE_FR },
		{ "en", LANGUAGE_EN }, { "eng", LANGUAGE_EN }, { "und", LANGUAGE_UNKNOWN },
		{ "mul", LANGUAGE_UNKNOWN } };
	size_t n = 0;

	while (n < tag.n && tag.p[n] != '-' && tag.p[n] != '_')
		n++;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strlen(known[i].tag) == n && strncasecmp(tag.p, known[i].tag, n) == 0)
			return known[i].language;
	return n == 0 ? LANGUAGE_UNKNOWN : LANGUAGE_OTHER;
}

void
document_free_text(document *d)
{
	if (d->built.p != NULL)
		buffer_free(&d->built);
	for (size_t i = 0; i < sizeof(d->kept) / sizeof(d->kept[0]); i++) {
		memory_free(d->arena.memory, d->kept[i]);
		d->kept[i] = NULL; /* it may be freed twice */
	}
}

void
document_free(document *d)
{
	document_free_text(d);
	arena_free(&d->arena);
}
