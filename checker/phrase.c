#include "checker/phrase.h"

#define ELEMENTS_MOST 64

status
phrase_reader_init(phrase_reader *r, context *c, arena *a)
{
	*r = (phrase_reader){ .context = c, .arena = a };
	tokens_init(&r->tokens, c->memory);
	return words_init(&r->words, c->memory);
}

void
phrase_reader_free(phrase_reader *r)
{
	words_free(&r->words);
	tokens_free(&r->tokens);
}

static bool
is_word(const token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION || t->kind == TOKEN_CODE;
}

/* The text that tokens are compared by: that of the word table for words, as it stands for the
 * rest. */
static slice
comparable(const words *w, slice text, const token *t, bool exact)
{
	if (is_word(t))
		return words_at(w, exact ? t->word : words_at(w, t->word)->lower)->text;
	return slice_sub(text, t->start, t->start + t->length);
}

static status
read_tokens(phrase_reader *r, slice text, language l)
{
	return tokens_read(&r->tokens, &r->words, text, (span){ 0, (uint32_t)text.n }, l);
}

static status
add_element(phrase_reader *r, phrase *p, element_kind kind, size_t words_most)
{
	if (p->count == ELEMENTS_MOST)
		return STATUS_USAGE;
	element *e = &p->at[p->count++];
	*e = (element){ .kind = kind };
	e->words = ARENA_ARRAY(r->arena, slice, words_most);
	e->lower = ARENA_ARRAY(r->arena, slice, words_most);
	return e->words == NULL || e->lower == NULL ? STATUS_MEMORY : STATUS_OK;
}

static status
add_word(phrase_reader *r, phrase *p, slice text, const token *t)
{
	element *e = &p->at[p->count - 1];

	TRY(arena_copy(
		r->arena, comparable(&r->words, text, t, p->exact), &e->words[e->count]));
	return arena_copy(
		r->arena, comparable(&r->words, text, t, false), &e->lower[e->count++]);
}

/* à|au|aux: each of them one token. */
static status
read_alternatives(phrase_reader *r, slice piece, language l, phrase *p)
{
	slice one;

	TRY(add_element(r, p, ELEMENT_WORDS, piece.n));
	for (bool more = true; more;) {
		more = slice_cut(piece, '|', &one, &piece);
		TRY(read_tokens(r, one, l));
		if (r->tokens.count != 1)
			return STATUS_USAGE;
		TRY(add_word(r, p, one, &r->tokens.at[0]));
	}
	return STATUS_OK;
}

static status
read_literal(phrase_reader *r, slice piece, language l, phrase *p)
{
	TRY(read_tokens(r, piece, l));
	for (size_t i = 0; i < r->tokens.count; i++) {
		TRY(add_element(r, p, ELEMENT_WORDS, 1));
		TRY(add_word(r, p, piece, &r->tokens.at[i]));
	}
	return STATUS_OK;
}

static status
read_piece(phrase_reader *r, slice piece, language l, phrase *p)
{
	if (slice_equal(piece, SLICE("*")))
		return add_element(r, p, ELEMENT_ANY, 1);
	if (piece.n > 2 && piece.p[0] == '<' && piece.p[piece.n - 1] == '>') {
		TRY(add_element(r, p, ELEMENT_LEMMA, 1));
		element *e = &p->at[p->count - 1];
		TRY(arena_copy(r->arena, slice_sub(piece, 1, piece.n - 1), &e->words[0]));
		e->lower[e->count++] = e->words[0];
		return STATUS_OK;
	}
	if (memchr(piece.p, '|', piece.n) != NULL)
		return read_alternatives(r, piece, l, p);
	return read_literal(r, piece, l, p);
}

static bool
begins_with_word(const phrase *p)
{
	if (p->count == 0 || p->at[0].kind == ELEMENT_ANY)
		return false;
	for (size_t i = 0; i < p->at[0].count; i++) {
		unsigned char c = (unsigned char)p->at[0].lower[i].p[0];
		if (!((c >= 'a' && c <= 'z') || c >= 0xC3))
			return false;
	}
	return true;
}

status
phrase_read(phrase_reader *r, slice text, language l, bool exact, phrase *out)
{
	slice piece, rest = slice_trim(text);

	*out = (phrase){ .at = ARENA_ARRAY(r->arena, element, ELEMENTS_MOST), .exact = exact };
	if (out->at == NULL)
		return STATUS_MEMORY;
	while (rest.n != 0) {
		slice_cut(rest, ' ', &piece, &rest);
		if (piece.n != 0)
			TRY(read_piece(r, piece, l, out));
		rest = slice_trim(rest);
	}
	return begins_with_word(out) ? STATUS_OK : STATUS_USAGE;
}

/* ---- in a text ---- */

static bool
has_lemma(const check *c, slice form, slice lemma)
{
	const lexicon *x = c->with->lexicons[c->language - LANGUAGE_FR];
	const analysis *readings;
	size_t n = x == NULL ? 0 : lexicon_analyses(x, form, &readings);

	for (size_t i = 0; i < n; i++)
		if (slice_equal(lexicon_lemma(x, readings[i].lemma), lemma))
			return true;
	return slice_equal(form, lemma);
}

static bool
element_is(const check *c, const element *e, const token *t, bool exact)
{
	if (e->kind == ELEMENT_ANY)
		return is_word(t) || t->kind == TOKEN_NUMBER;
	exact = exact && e->kind == ELEMENT_WORDS;
	slice text = comparable(&c->words, c->document->text, t, exact);
	if (e->kind == ELEMENT_LEMMA)
		return is_word(t) && has_lemma(c, text, e->words[0]);
	for (size_t i = 0; i < e->count; i++)
		if (slice_equal(text, e->words[i]))
			return true;
	return false;
}

bool
phrase_stands(const check *c, const phrase *p, size_t i, size_t *last)
{
	if (p->count > c->tokens.count - i)
		return false;
	for (size_t k = 0; k < p->count; k++)
		if (!element_is(c, &p->at[k], &c->tokens.at[i + k], p->exact))
			return false;
	*last = i + p->count - 1;
	return true;
}
