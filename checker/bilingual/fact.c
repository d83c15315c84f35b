/* Reads from left to right; each reader takes the tokens that belong to its fact and says how
 * many. What stands beside a number (a month, per cent, a currency, “paragraph”) makes its
 * topic and its unit; in a list (“10 to 15 million”, “articles 5 and 6”) that goes for the
 * numbers before it, too. */
#include "checker/bilingual/fact_reader.h"

slice
fact_text(const fact_reader *r, size_t i)
{
	return slice_sub(r->text, fact_token(r, i)->start,
		(size_t)fact_token(r, i)->start + fact_token(r, i)->length);
}

slice
fact_lower(const fact_reader *r, size_t i)
{
	if (fact_token(r, i)->kind != TOKEN_WORD && fact_token(r, i)->kind != TOKEN_ELISION)
		return SLICE("");
	return words_at(r->words, words_at(r->words, fact_token(r, i)->word)->lower)->text;
}

bool
fact_is_word(const fact_reader *r, size_t i, const char *const *list)
{
	slice s = fact_lower(r, i);

	return s.n != 0 && slice_is_one_of(s, list);
}

bool
fact_has_capital(const fact_reader *r, size_t i)
{
	return fact_token(r, i)->kind == TOKEN_WORD &&
	       r->text.p[fact_token(r, i)->start] >= 'A' &&
	       r->text.p[fact_token(r, i)->start] <= 'Z';
}

bool
fact_is_numeric(const fact_reader *r, size_t i)
{
	return (fact_token(r, i)->kind == TOKEN_NUMBER ||
		       fact_token(r, i)->kind == TOKEN_CODE) &&
	       fact_is_digit(r->text.p[fact_token(r, i)->start]);
}

bool
fact_is_letters(slice s)
{
	if (s.n == 0 || s.n > 4)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'a' || s.p[i] > 'z' || (s.n > 2 && strchr("ivx", s.p[i]) == NULL))
			return false;
	return s.n != 2 || s.p[0] == s.p[1] ||
	       (strchr("ivx", s.p[0]) != NULL && strchr("ivx", s.p[1]) != NULL);
}

size_t
fact_digits(slice s)
{
	size_t n = 0;

	while (n < s.n &&
		(fact_is_digit(s.p[n]) || ((s.p[n] == '.' || s.p[n] == ',') && n + 1 < s.n &&
						  fact_is_digit(s.p[n + 1]))))
		n++;
	return n;
}

status
fact_add(fact_reader *r, fact f, size_t first, size_t last)
{
	const token *a = fact_token(r, first), *b = fact_token(r, last);

	if (r->out->list.n >= FACTS_MOST) {
		r->out->too_many = true;
		return STATUS_OK;
	}
	f.first = (uint32_t)first;
	f.last = (uint32_t)last;
	f.text = (span){ a->start, b->start + b->length };
	TRY(ARRAY_RESERVE(r->memory, &r->out->list, 1));
	r->out->list.at[r->out->list.n++] = f;
	return STATUS_OK;
}

fact *
fact_last(const fact_reader *r)
{
	return r->out->list.n == 0 ? NULL : &r->out->list.at[r->out->list.n - 1];
}

bool
fact_joins(const fact_reader *r, size_t i)
{
	static const char *const english[] = { "and", "or", "to", "through", "from", NULL };
	static const char *const french[] = { "et", "ou", "à", "au", "aux", "ni", NULL };

	if (fact_token(r, i)->kind == TOKEN_MARK)
		return fact_token(r, i)->word < 0x3000 && fact_token(r, i)->word != 0 &&
		       (fact_token(r, i)->word == ',' || fact_token(r, i)->word == '-' ||
			       fact_token(r, i)->word == '/' ||
			       fact_token(r, i)->word == 0x2013 ||
			       fact_token(r, i)->word == 0x2014 ||
			       fact_token(r, i)->word == 0x2212);
	return fact_is_word(r, i, r->language == LANGUAGE_FR ? french : english);
}

fact *
fact_joined_before(const fact_reader *r, size_t i)
{
	fact *f = fact_last(r);

	if (f == NULL || f->kind != FACT_NUMBER || i == 0)
		return NULL;
	size_t k = i;
	while (k > f->last + 1 && fact_joins(r, k - 1))
		k--;
	return k == f->last + 1 && k < i ? f : NULL;
}

bool
fact_spans_range(const fact_reader *r, size_t i)
{
	return fact_is_word(r, i, (const char *const[]){ "to", "through", "à", NULL }) ||
	       fact_is_mark(r, i, 0x2013) || fact_is_mark(r, i, '-');
}

static status
read_word(fact_reader *r, size_t i, size_t *taken)
{
	TRY(fact_read_calendar(r, i, taken));
	TRY(fact_read_months_inside(r, i));
	if (*taken == 0)
		TRY(fact_read_letter(r, i, taken));
	if (*taken == 0)
		TRY(fact_read_words(r, i, taken));
	if (*taken == 0)
		TRY(fact_read_noon(r, i, taken));
	if (*taken == 0 && fact_has_capital(r, i))
		TRY(fact_read_roman(r, i, taken));
	return STATUS_OK;
}

static status
read_one(fact_reader *r, size_t i, size_t *taken)
{
	switch ((token_kind)fact_token(r, i)->kind) {
	case TOKEN_NUMBER:
	case TOKEN_CODE:
		if (i > 0 && fact_is_mark(r, i - 1, '{')) { /* {0} is a code */
			*taken = 1;
			return STATUS_OK;
		}
		if (!fact_is_numeric(r, i))
			return fact_read_code(r, i, taken);
		TRY(r->language == LANGUAGE_FR ? fact_read_french_time(r, i, taken)
					       : fact_read_english_time(r, i, taken));
		return *taken == 0 ? fact_read_figures(r, i, taken) : STATUS_OK;
	case TOKEN_WORD:
		return read_word(r, i, taken);
	case TOKEN_SYMBOL:
	case TOKEN_ADDRESS:
		return fact_read_named(r, i, taken);
	case TOKEN_MARK:
		return fact_is_mark(r, i, '(') ? fact_read_letter(r, i, taken) : STATUS_OK;
	case TOKEN_ELISION:
	case TOKEN_EDGE:
		break;
	}
	return STATUS_OK;
}

status
facts_of_tokens(
	facts *f, const memory *m, const words *w, const tokens *t, slice text, language l)
{
	fact_reader r = {
		.out = f, .memory = m, .words = w, .t = t, .text = text, .language = l
	};

	f->list.n = 0;
	f->too_many = false;
	for (size_t i = 0, taken; i < t->count; i += taken == 0 ? 1 : taken) {
		taken = 0;
		TRY(read_one(&r, i, &taken));
	}
	return STATUS_OK;
}

bool
fact_equal(const fact *a, const fact *b)
{
	bool number = (a->kind == FACT_NUMBER || a->kind == FACT_TIME) &&
		      (b->kind == FACT_NUMBER || b->kind == FACT_TIME);

	if (number && a->time != NO_TIME && a->time == b->time)
		return true;
	/* 19/01/2018 has the month in figures */
	bool month = (a->kind == FACT_MONTH && b->date_part) ||
		     (b->kind == FACT_MONTH && a->date_part);
	if (a->kind != b->kind && !month)
		return false;
	switch ((fact_kind)a->kind) {
	case FACT_NUMBER:
	case FACT_MONTH:
		if (a->hash != 0 || b->hash != 0)
			return a->hash == b->hash;
		return numeral_equal(a->value, b->value) || numeral_equal(a->other, b->value) ||
		       numeral_equal(a->value, b->other);
	case FACT_WEEKDAY:
		return numeral_equal(a->value, b->value);
	case FACT_TIME:
		return a->time == b->time;
	default:
		return a->hash == b->hash;
	}
}
