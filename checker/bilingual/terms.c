/* Terms of the source and what the translation calls them: the termbase's concepts met in the
 * source must be met in the translation.
 *
 * A term stands there when its words do, inflected or apart (« les comités contre le terrorisme
 * et de l’état-major »), or its acronym does. A rendering that the termbase marks as deprecated
 * is told with an error, also one that alone might mean something else (« Cinquième Comité »):
 * the source says what was meant.
 *
 * Tempting non-errors: a name that is shortened when it comes again (« la Commission »), which
 * shares words with its full form; States named by an adjective; terms of one word; acronyms
 * that both languages have; a name that is another concept of the source as well. */
#include <string.h>

#include "checker/bilingual/foreign.h"
#include "checker/bilingual/keys.h"
#include "checker/rule.h"
#include "checker/terms.h"
#include "text/fold.h"
#include "text/utf8.h"

#define TERMS_MOST 64 /* of one passage */
#define FEW 6         /* tokens of a passage that is hardly more than a name */
#define LONG_LEAST 10 /* bytes of a term that is required: not “per cent” */

/* What the rules of this file ask of a pair, worked out once. */
typedef struct pair_terms {
	const check_pair *pair;
	term_match source[TERMS_MOST];
	size_t n;
	word_keys target;
} pair_terms;

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
static status
terms_of(check *c, const check_pair *p, const pair_terms **out)
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

static bool
is_asked(const check *c, const check_pair *p)
{
	/* A name that was left is told by its rendering; a sentence by one finding for all. */
	return c->with->terms != NULL && pair_has_both(p) &&
	       (!p->foreign || p->half[PAIR_TARGET].tokens.count <= FEW);
}

static span
in_target(const check_pair *p, span s)
{
	uint32_t start = p->half[PAIR_TARGET].at.start;

	return (span){ start + s.start, start + s.end };
}

/* An acronym stands letter by letter. */
static bool
has_token(const check_pair *p, slice text, span *where)
{
	const pair_half *h = &p->half[PAIR_TARGET];

	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		slice s = slice_sub(h->document->text, t->start, t->start + t->length);
		if (slice_equal(s, text)) {
			*where = (span){ t->start, t->start + t->length };
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

typedef struct answer {
	bool there;      /* by an accepted term, maybe with words between its own */
	bool exactly;    /* … as it stands in the termbase, but for inflection */
	size_t share;    /* of the long words of the term that shares most, */
	size_t of;       /* … how many it has */
	bool any;        /* the concept has a term in the language of the target */
	term_ref wanted; /* its preferred term there */
} answer;

static status
look_for(check *c, const check_pair *p, const pair_terms *t, term_ref at, answer *a)
{
	term_view term = termbase_term(c->with->terms, at);
	word_keys keys;
	span where;
	size_t of;

	if ((term.flags & TERM_ACRONYM) != 0) {
		a->there = a->there || has_token(p, term.text, &where);
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

static status
answer_of(check *c, const check_pair *p, const pair_terms *t, term_ref source, answer *a)
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
static bool
met_before(const check *c, const pair_terms *t, size_t i)
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

static bool
is_subject(const check *c, term_ref t, const char *const *list)
{
	return slice_is_one_of(termbase_concept(c->with->terms, t).subject, list);
}

static bool
is_acronym(const check *c, const term_match *m)
{
	return (termbase_term(c->with->terms, m->term).flags & TERM_ACRONYM) != 0;
}

static finding
of_concept(const check *c, term_ref t, finding f)
{
	concept_view k = termbase_concept(c->with->terms, t);

	f.concept = k.id;
	f.source = k.source;
	return f;
}

/* The term stands in a longer name: Canadian Human Rights Act. */
static bool
is_in_a_name(const check *c, const check_pair *p, const term_match *m)
{
	const tokens *t = &p->half[PAIR_SOURCE].tokens;
	const uint16_t named = SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED;
	const token *before = &t->at[m->first] - 1, *after = &t->at[m->last] + 1;

	if ((words_at(&c->words, t->at[m->first].word)->shape & SHAPE_LOWER) != 0)
		return false; /* the FAS website */

	return (after->kind == TOKEN_WORD &&
		       (words_at(&c->words, after->word)->shape & named) != 0) ||
	       (m->first > 1 && before->kind == TOKEN_WORD && before[-1].kind == TOKEN_WORD &&
		       (words_at(&c->words, before->word)->shape & named) != 0);
}

/* --- deprecated renderings --- */

/* Is the text an accepted name of another concept that the source has? */
static bool
is_meant_otherwise(check *c, const check_pair *p, const pair_terms *t, size_t i, slice text)
{
	char a[3 * 256 + 4], b[3 * 256 + 4];
	term_ref at;

	for (size_t k = 0; k < t->n; k++) {
		if (termbase_same_concept(c->with->terms, t->source[k].term, t->source[i].term))
			continue;
		for (size_t n = termbase_terms(c->with->terms, t->source[k].term, &at); n > 0;
			n--, at.term++) {
			term_view term = termbase_term(c->with->terms, at);
			if (term.status > TERM_ADMITTED || term.text.n > 256 || text.n > 256 ||
				term.language != p->half[PAIR_TARGET].language)
				continue;
			slice x = { a, text_fold(a, term.text) }, y = { b, text_fold(b, text) };
			if (slice_equal(x, y))
				return true;
		}
	}
	return false;
}

/* Names are sure. A common noun may be said otherwise, the more where the termbase itself says
 * that the words mean other things, too. */
static severity
deprecated_level(const check *c, term_ref at, slice right)
{
	size_t i = 0;
	bool doubtful = (termbase_term(c->with->terms, at).flags & TERM_CONTEXT) != 0;
	bool verified = termbase_concept(c->with->terms, at).evidence != EVIDENCE_UNVERIFIED;

	if (right.n != 0 && utf8_is_upper(utf8_next(right, &i)))
		return verified ? SEVERITY_DEFAULT : SEVERITY_WARNING;
	return doubtful || !verified ? SEVERITY_INFO : SEVERITY_WARNING;
}

/* Shorter than an accepted name, with no word of its own: Nations Unies. */
static status
is_shortened(check *c, const word_keys *wrong, term_ref at, bool *out)
{
	language l = termbase_term(c->with->terms, at).language;
	term_ref other;
	word_keys keys;

	*out = false;
	for (size_t n = termbase_terms(c->with->terms, at, &other); n > 0 && !*out;
		n--, other.term++) {
		term_view term = termbase_term(c->with->terms, other);
		size_t of;
		if (term.language != l || term.status > TERM_ADMITTED)
			continue;
		TRY(keys_read(&keys, &c->scratch, term.text));
		size_t share = keys_share(&keys, wrong, &of);
		*out = share == of;
	}
	return STATUS_OK;
}

static status
judge_deprecated(check *c, const rule *r, const check_pair *p, const pair_terms *t, size_t i,
	term_ref at, term_ref wanted)
{
	term_view term = termbase_term(c->with->terms, at);
	slice right = termbase_term(c->with->terms, wanted).text;
	word_keys keys;
	span where;

	term_view said = termbase_term(c->with->terms, t->source[i].term);
	if ((term.flags & TERM_ACRONYM) != 0 || term.status != TERM_DEPRECATED ||
		((term.flags & TERM_CONTEXT) != 0 &&
			(said.status > TERM_ADMITTED || (said.flags & TERM_ACRONYM) != 0)))
		return STATUS_OK;
	TRY(keys_read(&keys, &c->scratch, term.text));
	bool shortened;
	TRY(is_shortened(c, &keys, at, &shortened));
	if (shortened || keys.n < 2 || !keys_find(&t->target, &keys, &where) ||
		is_meant_otherwise(c, p, t, i, term.text))
		return STATUS_OK;
	finding f = { .severity = deprecated_level(c, at, right),
		.suggestions = &right,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” of the source is “%.*s” here",
			"« %.*s » du texte source se dit ici « %.*s »",
			SLICE_ARG(pair_slice(p, PAIR_SOURCE, t->source[i].text)),
			SLICE_ARG(right)) };
	return pair_report(
		c, r, p, in_target(p, where), t->source[i].text, of_concept(c, at, f));
}

static status
look_deprecated(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;
	answer a;
	term_ref at;

	if (!is_asked(c, p))
		return STATUS_OK;
	TRY(terms_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		if (met_before(c, t, i) || is_in_a_name(c, p, &t->source[i]))
			continue;
		TRY(answer_of(c, p, t, t->source[i].term, &a));
		if (a.exactly || !a.any)
			continue;
		for (size_t n = termbase_terms(c->with->terms, t->source[i].term, &at); n > 0;
			n--, at.term++)
			if (termbase_term(c->with->terms, at).language ==
				p->half[PAIR_TARGET].language)
				TRY(judge_deprecated(c, r, p, t, i, at, a.wanted));
	}
	return STATUS_OK;
}

/* --- required terms --- */

/* From a termbase that was given, not the one that ships with paraph. */
static bool
is_own(const term_match *m)
{
	return m->term.index != 0;
}

static bool
wants_term(const check *c, const term_match *m)
{
	static const char *const never[] = { "word", "phraseology", "capital", "acronym",
		"State", NULL };
	term_view term = termbase_term(c->with->terms, m->term);

	if (is_own(m))
		return term.status <= TERM_ADMITTED &&
		       (term.flags & (TERM_CONTEXT | TERM_ACRONYM | TERM_WORD)) == 0;
	return term.pieces > 1 && term.text.n >= LONG_LEAST && term.status <= TERM_ADMITTED &&
	       (term.flags & (TERM_CONTEXT | TERM_ACRONYM | TERM_WORD)) == 0 &&
	       termbase_concept(c->with->terms, m->term).evidence != EVIDENCE_UNVERIFIED &&
	       !is_subject(c, m->term, never);
}

/* Another rule speaks of it. */
static status
has_deprecated(check *c, const check_pair *p, const pair_terms *t, term_ref of, bool *out)
{
	term_ref at;
	word_keys keys;
	span where;

	*out = false;
	for (size_t n = termbase_terms(c->with->terms, of, &at); n > 0 && !*out;
		n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (term.language != p->half[PAIR_TARGET].language ||
			term.status != TERM_DEPRECATED || (term.flags & TERM_ACRONYM) != 0)
			continue;
		TRY(keys_read(&keys, &c->scratch, term.text));
		*out = keys_find(&t->target, &keys, &where);
	}
	return STATUS_OK;
}

#define KIN_LEAST 7  /* bytes of a word that is long enough to be known again */
#define KIN_SHARED 6 /* of its letters, folded, in the other language */
#define KIN_MOST 64  /* no word of a term is longer */

typedef struct beginning {
	char letters[3 * KIN_MOST + 4];
	size_t n; /* 0: not a long word */
} beginning;

static void
read_beginning(beginning *b, const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	b->n = 0;
	if (t->kind == TOKEN_WORD && t->length >= KIN_LEAST && t->length <= KIN_MOST)
		b->n = text_fold(b->letters,
			slice_sub(h->document->text, t->start, t->start + t->length));
}

/* « Organisation des Nations Unies », “the Organization”: a long word of the term begins like a
   word of the target, and the rest is understood. */
static bool
is_understood(const check_pair *p, span of)
{
	const pair_half *from = &p->half[PAIR_SOURCE], *to = &p->half[PAIR_TARGET];
	beginning a, b;

	for (size_t i = 0; i < from->tokens.count; i++) {
		const token *t = &from->tokens.at[i];
		if (t->start < of.start || t->start + t->length > of.end)
			continue;
		read_beginning(&a, from, i);
		for (size_t k = 0; a.n >= KIN_LEAST && k < to->tokens.count; k++) {
			read_beginning(&b, to, k);
			if (b.n >= KIN_LEAST && memcmp(a.letters, b.letters, KIN_SHARED) == 0)
				return true;
		}
	}
	return false;
}

/* Agreed terms that are common nouns may be said otherwise; one's own termbase is meant. */
static status
look_term(check *c, const rule *r, const check_pair *p)
{
	static const char *const common[] = { "term", NULL };
	const pair_terms *t;
	answer a;

	if (!is_asked(c, p))
		return STATUS_OK;
	TRY(terms_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		if (!wants_term(c, m) || met_before(c, t, i) ||
			(!is_own(m) && is_in_a_name(c, p, m)))
			continue;
		TRY(answer_of(c, p, t, m->term, &a));
		bool said = false;
		if (a.any && !a.there)
			TRY(has_deprecated(c, p, t, m->term, &said));
		if (!a.any || a.there || said)
			continue;
		slice right = termbase_term(c->with->terms, a.wanted).text;
		bool weak = !is_own(m) && (a.share != 0 || is_subject(c, m->term, common) ||
						  is_understood(p, m->text));
		finding f = { .severity = weak ? SEVERITY_INFO : SEVERITY_DEFAULT,
			.message = check_message(c, "“%.*s” of the source should be “%.*s”",
				"« %.*s » du texte source devrait se dire « %.*s »",
				SLICE_ARG(pair_slice(p, PAIR_SOURCE, m->text)),
				SLICE_ARG(right)) };
		TRY(pair_report(c, r, p, (span){ 0 }, m->text, of_concept(c, m->term, f)));
	}
	return STATUS_OK;
}

/* --- acronyms --- */

/* Do both languages write it so? */
static bool
is_shared(const check *c, const check_pair *p, const term_match *m)
{
	slice text = termbase_term(c->with->terms, m->term).text;
	term_ref at;

	for (size_t n = termbase_terms(c->with->terms, m->term, &at); n > 0; n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (term.language == p->half[PAIR_TARGET].language &&
			slice_equal(term.text, text))
			return true;
	}
	return false;
}

/* WHO (2014), “in the WHO estimates”: the author of a publication, or part of its title. */
static status
is_cited(check *c, const check_pair *p, span where, bool *out)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;
	size_t i = 0;
	word_home before = HOME_NEITHER, after = HOME_NEITHER;

	while (i + 1 < t->count && t->at[i].start < where.start)
		i++;
	size_t next = i + 1;
	if (next < t->count && t->at[next].kind == TOKEN_MARK)
		next++;
	*out = next < t->count && t->at[next].length >= 4 &&
	       (t->at[next].kind == TOKEN_NUMBER || t->at[next].kind == TOKEN_CODE);
	if (i > 0)
		TRY(foreign_home(c, p, i - 1, &before));
	if (i + 1 < t->count)
		TRY(foreign_home(c, p, i + 1, &after));
	*out = *out || before == HOME_SOURCE || after == HOME_SOURCE;
	return STATUS_OK;
}

static bool
is_beside(const check_pair *p, span where, slice text)
{
	span other;

	return has_token(p, text, &other) &&
	       (other.start > where.start ? other.start - where.start
					  : where.start - other.start) < 80;
}

static status
judge_acronym(
	check *c, const rule *r, const check_pair *p, const pair_terms *t, const term_match *m)
{
	slice text = termbase_term(c->with->terms, m->term).text;
	term_ref right;
	answer a;
	span where = { 0 };
	bool cited = false;

	TRY(answer_of(c, p, t, m->term, &a));
	if (is_shared(c, p, m) || !termbase_preferred(c->with->terms, m->term,
					  p->half[PAIR_TARGET].language, TERM_ACRONYM, &right))
		return STATUS_OK;
	bool left = has_token(p, text, &where);
	if (left)
		TRY(is_cited(c, p, where, &cited));
	slice wanted = termbase_term(c->with->terms, right).text;
	/* MANUA (UNAMA en anglais) */
	if (a.there && (!left || is_beside(p, where, wanted)))
		return STATUS_OK;
	finding f = { .severity = left && !cited ? SEVERITY_DEFAULT : SEVERITY_INFO,
		.suggestions = &wanted,
		.suggestion_count = left,
		.message = check_message(c, "%.*s of the source is %.*s here",
			"%.*s du texte source s’appelle ici %.*s", SLICE_ARG(text),
			SLICE_ARG(wanted)) };
	return pair_report(c, r, p, where, m->text, of_concept(c, m->term, f));
}

static status
look_acronym(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;

	if (!is_asked(c, p))
		return STATUS_OK;
	TRY(terms_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		term_view term = termbase_term(c->with->terms, m->term);
		if (!is_acronym(c, m) || term.status != TERM_PREFERRED || term.text.n < 3 ||
			(term.flags & TERM_CONTEXT) != 0 || met_before(c, t, i) ||
			termbase_concept(c->with->terms, m->term).evidence ==
				EVIDENCE_UNVERIFIED)
			continue;
		TRY(judge_acronym(c, r, p, t, m));
	}
	return STATUS_OK;
}

/* --- States --- */

/* « béninois » for Benin: the letters that an adjective shares with its State. */
#define ROOT 4

static bool
has_root(const pair_half *h, slice name, span but)
{
	char root[3 * 64 + 4], folded[3 * 256 + 4];

	if (name.n > 64)
		return false;
	size_t n = text_fold(root, name);
	n = n < ROOT ? n : ROOT;
	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		if (t->kind != TOKEN_WORD || t->length > 256 ||
			(t->start >= but.start && t->start < but.end))
			continue;
		slice s = slice_sub(h->document->text, t->start, t->start + t->length);
		slice f = { folded, text_fold(folded, s) };
		if (f.n >= n && memcmp(f.p, root, n) == 0)
			return true;
	}
	return false;
}

static bool
same_root(slice a, slice b)
{
	char x[3 * 64 + 4], y[3 * 64 + 4];

	if (a.n > 64 || b.n > 64)
		return false;
	return text_fold(x, a) >= ROOT && text_fold(y, b) >= ROOT && memcmp(x, y, ROOT) == 0;
}

static bool
is_state(const check *c, term_ref t)
{
	static const char *const states[] = { "State", NULL };

	return is_subject(c, t, states);
}

static bool
in_source(const check *c, const pair_terms *t, term_ref state)
{
	for (size_t i = 0; i < t->n; i++)
		if (termbase_same_concept(c->with->terms, t->source[i].term, state))
			return true;
	return false;
}

/* A State of the target that the source does not name, nor by an adjective. */
static status
find_stranger(check *c, const check_pair *p, const pair_terms *t, slice wanted, term_match *out,
	bool *found)
{
	const pair_half *h = &p->half[PAIR_TARGET];
	term_matches all;

	*found = false;
	term_matches_init(&all, c->context->memory);
	status done = termbase_match(
		&all, c->with->terms, &c->words, &h->tokens, h->document->text, h->language);
	for (size_t i = 0; i < all.list.n && done == STATUS_OK && !*found; i++) {
		*out = all.list.at[i];
		slice name = termbase_term(c->with->terms, out->term).text;
		*found = is_state(c, out->term) && !in_source(c, t, out->term) &&
			 (same_root(name, wanted) ||
				 !has_root(&p->half[PAIR_SOURCE], name, (span){ 0 }));
	}
	term_matches_free(&all);
	return done;
}

static status
look_state(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;
	term_match other;
	answer a;
	bool stranger;

	if (!is_asked(c, p))
		return STATUS_OK;
	TRY(terms_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		if (!is_state(c, m->term) || met_before(c, t, i) ||
			termbase_term(c->with->terms, m->term).status > TERM_ADMITTED)
			continue;
		TRY(answer_of(c, p, t, m->term, &a));
		if (!a.any || a.there)
			continue;
		slice right = termbase_term(c->with->terms, a.wanted).text;
		TRY(find_stranger(c, p, t, right, &other, &stranger));
		bool rooted = has_root(
			&p->half[PAIR_TARGET], right, stranger ? other.text : (span){ 0 });
		bool near = stranger &&
			    same_root(termbase_term(c->with->terms, other.term).text, right);
		if (rooted && (!stranger || near))
			continue;
		finding f = { .severity = stranger ? SEVERITY_DEFAULT : SEVERITY_INFO,
			.message = check_message(c, "%.*s of the source is not named here",
				"%.*s du texte source n’est pas nommé ici", SLICE_ARG(right)) };
		TRY(pair_report(c, r, p, stranger ? other.text : (span){ 0 }, m->text,
			of_concept(c, m->term, f)));
	}
	return STATUS_OK;
}

const rule rule_bilingual_deprecated = {
	.id = "bilingual/deprecated",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source =
		"BI-TRM-02, 04, 05: the glossaries, each concept with its own sources (A to C)",
	.summary_en = "a rendering that the termbase advises against",
	.summary_fr = "une traduction que la base terminologique déconseille",
	.explanation_en =
		"The source has a term of the termbase, and the translation a name of it that "
		"is marked as deprecated, also one that alone might mean something else: Fifth "
		"Committee and «\u00A0Cinquième Comité\u00A0», Assistant Secretary-General and "
		"«\u00A0Secrétaire général adjoint\u00A0».",
	.explanation_fr = "Le texte source contient un terme de la base, et la traduction un "
			  "nom déconseillé "
			  "de la même notion, même un nom qui, seul, pourrait désigner autre "
			  "chose\u00A0: Fifth "
			  "Committee et «\u00A0Cinquième Comité\u00A0», Assistant "
			  "Secretary-General et «\u00A0"
			  "Secrétaire "
			  "général adjoint\u00A0».",
	.examples = { { LANGUAGE_FR, "Le Cinquième Comité s’est réuni.",
			      "La Cinquième Commission s’est réunie.",
			      .source = "The Fifth Committee met." },
		{ LANGUAGE_FR, "le Secrétaire général adjoint aux droits de l’homme",
			"le Sous-Secrétaire général aux droits de l’homme",
			.source = "the Assistant Secretary-General for Human Rights" },
		{ LANGUAGE_FR, NULL,
			"le Secrétaire général adjoint et le Sous-Secrétaire général",
			.source = "the Under-Secretary-General and the Assistant "
				  "Secretary-General" } },
	.pair = look_deprecated,
};

const rule rule_bilingual_term = {
	.id = "bilingual/term",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-TRM-01, 08: the glossaries, each concept with its own sources (A to C)",
	.summary_en = "a term of the source without its rendering",
	.summary_fr = "un terme du texte source sans sa traduction",
	.explanation_en =
		"The source has a term of several words that the termbase knows, and no word "
		"of "
		"any accepted rendering stands in the translation, nor its acronym. When some "
		"of "
		"the words do, as in a name that is shortened, it is told as information.",
	.explanation_fr =
		"Le texte source contient un terme de plusieurs mots que la base connaît, et "
		"aucun mot d’une traduction admise ne figure dans la traduction, ni son sigle. "
		"Si une partie des mots s’y trouve, comme dans un nom abrégé, c’est une "
		"information.",
	.examples = { { LANGUAGE_FR, "Les volontaires venus d’ailleurs sont une menace.",
			      "Les combattants terroristes étrangers sont une menace.",
			      .source = "Foreign terrorist fighters are a threat." },
		{ LANGUAGE_FR, NULL, "Le Conseil s’est réuni.",
			.source = "The Council met." } },
	.pair = look_term,
};

const rule rule_bilingual_acronym = {
	.id = "bilingual/acronym",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-TRM-03: the glossaries, each concept with its own sources (A to C)",
	.summary_en = "an acronym that the other language writes otherwise",
	.summary_fr = "un sigle qui s’écrit autrement dans l’autre langue",
	.explanation_en =
		"The source has an acronym that the termbase knows, and the translation keeps "
		"it "
		"although its language has its own: UNAMA is MANUA in French. Where neither "
		"stands in the translation it is told as information.",
	.explanation_fr =
		"Le texte source contient un sigle que la base connaît, et la "
		"traduction le garde "
		"alors que sa langue a le sien\u00A0: UNAMA se dit MANUA en français. Si "
		"aucun des deux "
		"ne figure dans la traduction, c’est une information.",
	.examples = { { LANGUAGE_EN, "MANUA has begun its work.", "UNAMA has begun its work.",
			      .source = "La MANUA a commencé ses travaux." },
		{ LANGUAGE_FR, NULL, "La MINUSMA et la MANUA ont commencé.",
			.source = "MINUSMA and UNAMA have begun." } },
	.pair = look_acronym,
};

const rule rule_bilingual_state = {
	.id = "bilingual/state",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-TRM-07: UNTERM, names of countries (A)",
	.summary_en = "another State than in the source",
	.summary_fr = "un autre État que dans le texte source",
	.explanation_en =
		"A State that the source names is not named in the translation, by any of its "
		"names or by an adjective, and another one is. When none is, it is told as "
		"information.",
	.explanation_fr = "Un État que nomme le texte source n’est pas nommé dans la "
			  "traduction, ni par un "
			  "de ses noms ni par un adjectif, et un autre l’est. Si aucun ne "
			  "l’est, c’est une "
			  "information.",
	.examples = { { LANGUAGE_FR, "La délégation de la Nigéria a parlé.",
			      "La délégation du Niger a parlé.",
			      .source = "The delegation of Niger spoke." },
		{ LANGUAGE_FR, NULL, "La délégation béninoise a parlé.",
			.source = "The delegation of Benin spoke." } },
	.pair = look_state,
};
