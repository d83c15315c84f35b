/* Letters of subparagraphs, document symbols, addresses. */
#include "checker/bilingual/fact_reader.h"

#include "text/fold.h"

/* --- letters of subparagraphs --- */

/* State(s), « agréé(e) », « Organisation (s) »: an ending, not a letter. */
static bool
is_ending(const fact_reader *r, size_t open)
{
	static const char *const endings[] = { "s", "es", "e", "x", "ne", "le", "re", "ve",
		NULL };
	slice letters = fact_text(r, open + 1);

	if (open == 0 || fact_token(r, open - 1)->kind != TOKEN_WORD ||
		!slice_is_one_of(letters, endings))
		return false;
	return slice_is(letters, "s") || fact_is_tight(r, open);
}

/* The bracket behind token i may close one that stands before: (926 m). */
static bool
bracket_is_open(const fact_reader *r, size_t i)
{
	size_t closed = 0;

	while (i-- > 0) {
		if (fact_is_mark(r, i, ')') &&
			!(i > 0 && fact_token(r, i - 1)->kind == TOKEN_WORD &&
				fact_is_letters(fact_text(r, i - 1)) &&
				!(i > 1 && fact_is_mark(r, i - 2, '('))))
			closed++;
		else if (fact_is_mark(r, i, '(') && closed-- == 0)
			return true;
	}
	return false;
}

static status
add_letters_between(fact_reader *r, char from, size_t k)
{
	char to = r->text.p[fact_token(r, k)->start];

	for (char c = (char)(from + 1); from >= 'a' && c < to; c++)
		TRY(fact_add(r,
			(fact){ .kind = FACT_LETTER,
				.topic = TOPIC_REFERENCE,
				.soft = true,
				.time = NO_TIME,
				.hash = slice_hash((slice){ &c, 1 }) },
			k, k));
	return STATUS_OK;
}

/* 6.a: a target of a goal */
static bool
follows_point(const fact_reader *r, size_t i)
{
	return i > 1 && fact_is_tight(r, i) && fact_is_mark(r, i - 1, '.') &&
	       fact_is_tight(r, i - 1) && fact_token(r, i - 2)->kind == TOKEN_NUMBER;
}

/* “a person”, « il y a »: a letter only behind a number or a comma. */
static bool
is_little_word(const fact_reader *r, size_t i)
{
	slice s = fact_text(r, i);

	if (s.p[0] != 'a' && s.p[0] != 'y')
		return false;
	return i == 0 || !(fact_is_numeric(r, i - 1) || fact_is_mark(r, i - 1, ',') ||
				 fact_is_mark(r, i - 1, '.') ||
				 fact_is_word(r, i - 1, fact_reference_words));
}

/* (a) in English, a) or (a) in French */
status
fact_read_letter(fact_reader *r, size_t i, size_t *taken)
{
	bool open = fact_is_mark(r, i, '('), closes = false;
	size_t k = i + open;

	if (fact_token(r, k)->kind != TOKEN_WORD || !fact_is_letters(fact_text(r, k)))
		return STATUS_OK;
	/* « au paragraphe 1, b, ci-dessus »: may be one; target 6.a is */
	if (!open && fact_token(r, k)->length == 1 && !fact_is_mark(r, k + 1, ')')) {
		if (is_little_word(r, k))
			return STATUS_OK;
		*taken = 1;
		return fact_add(r,
			(fact){ .kind = FACT_LETTER,
				.topic = TOPIC_REFERENCE,
				.soft = !follows_point(r, k),
				.time = NO_TIME,
				.hash = slice_hash(fact_text(r, k)) },
			i, i);
	}
	if (!fact_is_mark(r, k + 1, ')') || !fact_is_tight(r, k + 1))
		return STATUS_OK;
	if (open ? !fact_is_tight(r, k) || is_ending(r, i)
		 : i > 0 && fact_is_mark(r, i - 1, '('))
		return STATUS_OK;
	if (!open)
		closes = bracket_is_open(r, i);
	fact *before = fact_last(r);
	bool ranged = before != NULL && before->kind == FACT_LETTER && i == before->last + 2u &&
		      fact_spans_range(r, i - 1);
	char from = ranged ? r->text.p[fact_token(r, before->last - 1)->start] : 'z';
	*taken = k + 2 - i;
	TRY(fact_add(r,
		(fact){ .kind = FACT_LETTER,
			.topic = TOPIC_REFERENCE,
			.soft = closes,
			.time = NO_TIME,
			.hash = slice_hash(fact_text(r, k)) },
		i, k + 1));
	return ranged && fact_token(r, k)->length == 1 ? add_letters_between(r, from, k)
						       : STATUS_OK;
}

/* --- symbols and addresses --- */

static uint64_t
hash_lower(slice s)
{
	char lower[1024];

	if (3 * s.n + 4 > sizeof(lower))
		return slice_hash(s);
	return slice_hash((slice){ lower, text_lower(lower, s) });
}

/* Parts of an address that only name a language. */
static bool
names_language(slice part)
{
	static const char *const names[] = { "en", "fr", "eng", "fre", "fra", "english",
		"french", "francais", "e", "f", "www", "http:", "https:", NULL };

	return part.n == 0 || slice_is_one_of(part, names);
}

size_t
fact_address_key(char *out, size_t room, slice s)
{
	char lower[1024];
	size_t n = 0;

	if (3 * s.n + 4 > sizeof(lower) || s.n + 1 > room)
		return 0;
	slice rest = { lower, text_lower(lower, s) };
	for (size_t start = 0, i = 0; i <= rest.n && n + rest.n < room; i++) {
		if (i < rest.n && memchr("/.?&=-_", rest.p[i], 7) == NULL)
			continue;
		slice part = slice_sub(rest, start, i);
		if (!names_language(part)) {
			memcpy(out + n, part.p, part.n);
			n += part.n;
			out[n++] = '/';
		}
		start = i + 1;
	}
	return n;
}

static uint64_t
hash_address(slice s)
{
	char key[2048];
	size_t n = fact_address_key(key, sizeof(key), s);

	return slice_hash(n == 0 ? s : (slice){ key, n });
}

status
fact_read_named(fact_reader *r, size_t i, size_t *taken)
{
	slice s = fact_text(r, i);
	bool symbol = fact_token(r, i)->kind == TOKEN_SYMBOL;

	*taken = 1;
	return fact_add(r,
		(fact){ .kind = symbol ? FACT_SYMBOL : FACT_ADDRESS,
			.topic = symbol ? TOPIC_SYMBOL : TOPIC_ADDRESS,
			.time = NO_TIME,
			.hash = symbol ? hash_lower(s) : hash_address(s) },
		i, i);
}
