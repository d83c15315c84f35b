/* The words of a term are looked for in the passage by their stems, in any order, so that « les
 * comités contre le terrorisme et de l’état-major » has both committees. */
#include "checker/bilingual/concepts.h"

#include <string.h>

#include "checker/rule.h"
#include "text/fold.h"

#define FEW 6 /* tokens of a passage that is hardly more than a name */

static slice
target_text(const check_pair *p)
{
	return pair_text(p, PAIR_TARGET);
}

/* The bytes of a word before ’s; 0: it has none. */
static size_t
before_possessive(slice s)
{
	if (slice_ends(s, SLICE("\u2019s")))
		return s.n - (sizeof("\u2019s") - 1);
	return slice_ends(s, SLICE("'s")) ? s.n - 2 : 0;
}

/* WHO’s, UNAMA's: the acronym, as a token of its own. */
static status
match_possessive(check *c, const check_pair *p, size_t i, pair_terms *out)
{
	const pair_half *h = &p->half[PAIR_SOURCE];
	token alone[2 * TOKEN_EDGES + 1] = { 0 };
	tokens one = { .at = alone + TOKEN_EDGES, .count = 1 };
	const word_reading *r;
	slice text = h->document->text;
	token t = h->tokens.at[i];
	size_t n = before_possessive(slice_sub(text, t.start, (size_t)t.start + t.length));

	if (n < 3 || out->n == TERMS_MOST)
		return STATUS_OK;
	t.length = (uint16_t)n;
	TRY(words_intern(&c->words, slice_sub(text, t.start, t.start + n), &t.word));
	if ((words_at(&c->words, t.word)->shape & SHAPE_UPPER) == 0)
		return STATUS_OK;
	TRY(words_read(&c->words, t.word, h->language, &r));
	t.features = r->features | FEATURE_WORD;
	alone[TOKEN_EDGES] = t;
	term_match *m = &out->source[out->n];
	if (termbase_match_at(m, c->with->terms, &c->words, &one, text, h->language, 0)) {
		m->first = m->last = (uint32_t)i;
		out->n++;
	}
	return STATUS_OK;
}

static status
match_source(check *c, const check_pair *p, pair_terms *out)
{
	const pair_half *h = &p->half[PAIR_SOURCE];
	term_matches found;

	term_matches_init(&found, c->context->memory);
	status done = termbase_match(
		&found, c->with->terms, &c->words, &h->tokens, h->document->text, h->language);
	out->n = found.list.n < TERMS_MOST ? found.list.n : TERMS_MOST;
	if (done == STATUS_OK && out->n != 0)
		memcpy(out->source, found.list.at, out->n * sizeof(*out->source));
	term_matches_free(&found);
	for (size_t i = 0; i < h->tokens.count && done == STATUS_OK; i++)
		if (h->tokens.at[i].kind == TOKEN_WORD && h->language == LANGUAGE_EN &&
			(words_at(&c->words, h->tokens.at[i].word)->shape & SHAPE_APOSTROPHE) !=
				0)
			done = match_possessive(c, p, i, out);
	return done;
}

/* Kept in the scratch memory of the pair, which the first rule that asks fills. */
status
concepts_of(check *c, const check_pair *p, const pair_terms **out)
{
	pair_terms *t = c->pair_terms;

	if (t == NULL) {
		t = ARENA_NEW(&c->scratch, pair_terms);
		if (t == NULL)
			return STATUS_MEMORY;
		TRY(match_source(c, p, t));
		TRY(keys_read(&t->target, &c->scratch, target_text(p)));
		c->pair_terms = t;
	}
	*out = t;
	return STATUS_OK;
}

bool
concepts_are_asked(const check *c, const check_pair *p)
{
	/* A name that was left is told by its rendering; a sentence by one finding for all. */
	return c->with->terms != NULL && pair_has_both(p) &&
	       (!p->foreign || p->half[PAIR_TARGET].tokens.count <= FEW);
}

/* A part behind a hyphen that is the text. */
static bool
has_part(slice s, slice text, span *where)
{
	for (size_t i = 1; i + text.n <= s.n; i++)
		if (s.p[i - 1] == '-' && slice_starts(slice_sub(s, i, s.n), text) &&
			(i + text.n == s.n || s.p[i + text.n] == '-')) {
			*where = (span){ (uint32_t)i, (uint32_t)(i + text.n) };
			return true;
		}
	return false;
}

/* An acronym stands letter by letter. */
bool
concepts_have_token(const check_pair *p, slice text, span *where)
{
	const pair_half *h = &p->half[PAIR_TARGET];

	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		slice s = slice_sub(h->document->text, t->start, t->start + t->length);
		span part;
		if (slice_equal(s, text)) {
			*where = (span){ t->start, t->start + t->length };
			return true;
		}
		/* MDG, of MDGs */
		if (s.n > 2 && s.n + 1 == text.n && text.p[s.n] == 's' &&
			slice_starts(text, s)) {
			*where = (span){ t->start, t->start + t->length };
			return true;
		}
		/* WHO-SDGs */
		if ((t->kind == TOKEN_WORD || t->kind == TOKEN_CODE) &&
			has_part(s, text, &part)) {
			*where = (span){ t->start + part.start, t->start + part.end };
			return true;
		}
		/* UNAMA’s, SDGs, MINUSMA-led */
		if (t->kind == TOKEN_WORD && s.n > text.n && slice_starts(s, text) &&
			((unsigned char)s.p[text.n] >= 0x80 || memchr("s'-", s.p[text.n], 3))) {
			*where = (span){ t->start, t->start + (uint32_t)text.n };
			return true;
		}
	}
	return false;
}

/* Accents and case aside; the plural of a common noun is one, too. */
static bool
has_folded(const check_pair *p, slice text)
{
	char wanted[3 * 128 + 4], folded[3 * 256 + 4];
	const pair_half *h = &p->half[PAIR_TARGET];

	if (text.n > 128)
		return false;
	slice w = { wanted, text_fold(wanted, text) };
	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->length > 256)
			continue;
		slice f = { folded, text_fold(folded, slice_sub(h->document->text, t->start,
							      t->start + t->length)) };
		if (slice_equal(f, w) || (f.n == w.n + 1 && slice_starts(f, w) &&
						 (f.p[w.n] == 's' || f.p[w.n] == 'x')))
			return true;
	}
	return false;
}

/* --- is the concept there? --- */

static status
look_for(check *c, const check_pair *p, const pair_terms *t, term_ref at, answer *a)
{
	term_view term = termbase_term(c->with->terms, at);
	word_keys keys;
	span where;
	size_t of;

	if ((term.flags & TERM_ACRONYM) != 0) {
		a->there = a->there || concepts_have_token(p, term.text, &where);
		return STATUS_OK;
	}
	TRY(keys_read(&keys, &c->scratch, term.text));
	if (keys.n == 1) { /* a name has no other stem: Niger, Nigéria */
		a->exactly = a->exactly || has_folded(p, term.text);
		a->there = a->there || a->exactly;
		return STATUS_OK;
	}
	size_t share = keys_share(&t->target, &keys, &of);
	a->exactly = a->exactly || keys_find(&t->target, &keys, &where);
	a->there = a->there || a->exactly || (of != 0 && share == of);
	if (share > a->share || a->of == 0) {
		a->share = share;
		a->of = of;
	}
	return STATUS_OK;
}

status
concepts_answer(check *c, const check_pair *p, const pair_terms *t, term_ref source, answer *a)
{
	language l = p->half[PAIR_TARGET].language;
	term_ref at;

	*a = (answer){ 0 };
	a->any = termbase_preferred(c->with->terms, source, l, 0, &a->wanted) ||
		 termbase_preferred(c->with->terms, source, l, TERM_ACRONYM, &a->wanted);
	for (size_t n = termbase_terms(c->with->terms, source, &at); n > 0 && !a->there;
		n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (term.language == l && term.status <= TERM_ADMITTED)
			TRY(look_for(c, p, t, at, a));
	}
	return STATUS_OK;
}

/* Said before in the passage, in full or as an acronym as now: once is enough. */
bool
concepts_met_before(const check *c, const pair_terms *t, size_t i)
{
	uint8_t flags = termbase_term(c->with->terms, t->source[i].term).flags & TERM_ACRONYM;

	for (size_t k = 0; k < i; k++)
		if ((termbase_term(c->with->terms, t->source[k].term).flags & TERM_ACRONYM) ==
				flags &&
			termbase_same_concept(
				c->with->terms, t->source[k].term, t->source[i].term))
			return true;
	return false;
}

bool
concept_is_subject(const check *c, term_ref t, const char *const *list)
{
	return slice_is_one_of(termbase_concept(c->with->terms, t).subject, list);
}

bool
concept_is_state(const check *c, term_ref t)
{
	static const char *const states[] = { "State", NULL };

	return concept_is_subject(c, t, states);
}

finding
concept_finding(const check *c, term_ref t, finding f)
{
	concept_view k = termbase_concept(c->with->terms, t);

	f.concept = k.id;
	f.source = k.source;
	return f;
}
