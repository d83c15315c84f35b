/* Noun phrases and acronyms of one block. */
#include <string.h>

#include "termbase/extract.h"
#include "text/data.h"
#include "text/spelled.h"
#include "text/utf8.h"

#define TOKENS_MOST 14 /* of a candidate */
#define WORDS_TERM 5   /* nouns and adjectives of a term */
#define WORDS_NAME 8   /* of a name */

/* --- words --- */

static slice
lower_of(const extractor *x, uint32_t id)
{
	return words_at(&x->words, words_at(&x->words, id)->lower)->text;
}

/* A function word of terms: its role, 0 when it is none. */
static uint16_t
link_role(slice lower, language l)
{
	slice rest = EMBEDDED(term_patterns), row, tag, form, role;

	while (data_row(&rest, &row)) {
		slice_cut(row, '\t', &tag, &row);
		slice_cut(row, '\t', &form, &row);
		slice_cut(row, '\t', &role, &row);
		if ((tag.p[0] == 'f') != (l == LANGUAGE_FR) || !slice_equal(form, lower))
			continue;
		if (slice_is(role, "det"))
			return ROLE_DETERMINER;
		if (slice_is(role, "word"))
			return ROLE_NOUN | ROLE_ADJECTIVE;
		if (slice_is(role, "inner"))
			return ROLE_NOT_FIRST;
		if (slice_is(role, "and"))
			return ROLE_LINK | ROLE_NAMES | ROLE_AND;
		return slice_is(role, "name") ? ROLE_LINK | ROLE_NAMES : ROLE_LINK;
	}
	return 0;
}

static bool
is_function_word(slice lower, language l)
{
	slice rest = EMBEDDED(function_words), row, tag, list, form;

	while (data_row(&rest, &row)) {
		slice_cut(row, '\t', &tag, &row);
		if (!slice_is(tag, l == LANGUAGE_FR ? "fr" : "en"))
			continue;
		slice_cut(row, '\t', &list, &row);
		slice_cut(row, '\t', &list, &row);
		for (bool more = true; more;) {
			more = slice_cut(list, ' ', &form, &list);
			if (slice_equal(form, lower))
				return true;
		}
	}
	return false;
}

/* French has its parts of speech from the dictionary. A capital makes a noun of what is not in
 * it; « Prendre » at the head of an item stays a verb. */
static uint16_t
french_role(const word_reading *r, bool capital)
{
	uint16_t role = 0;

	if (r->grammar & (POS_NOUN | POS_NAME))
		role |= ROLE_NOUN;
	if (r->grammar & (POS_ADJECTIVE | POS_PARTICIPLE))
		role |= ROLE_ADJECTIVE;
	if ((r->grammar & POS_PARTICIPLE) && !capital)
		role |= ROLE_NOT_FIRST;
	return r->grammar == 0 && capital ? ROLE_NOUN : role;
}

/* The English dictionary has none: adverbs and participles are known by their endings. */
static uint16_t
english_role(const word_reading *r, slice lower, bool capital)
{
	if (!r->known && !capital)
		return 0;
	if (!capital && slice_ends(lower, SLICE("ly")))
		return 0;
	if (!capital && slice_ends(lower, SLICE("ed")))
		return ROLE_ADJECTIVE;
	return ROLE_NOUN | ROLE_ADJECTIVE;
}

static status
make_role(extractor *x, uint32_t id, language l, uint16_t *out)
{
	const word_reading *r;
	slice lower = lower_of(x, id);

	TRY(words_read(&x->words, id, l, &r));
	const word *w = words_at(&x->words, id);
	bool capital = (w->shape & (SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED)) != 0;
	uint16_t role = link_role(lower, l);
	if ((role == 0 || role == ROLE_NOT_FIRST) && w->points > 1 &&
		!is_function_word(lower, l))
		role |= l == LANGUAGE_FR ? french_role(r, capital)
					 : english_role(r, lower, capital);
	if (capital && (role & (ROLE_NOUN | ROLE_ADJECTIVE)))
		role |= ROLE_CAPITAL;
	*out = (uint16_t)(role | ROLE_KNOWN);
	return STATUS_OK;
}

status
extract_role_of(extractor *x, uint32_t id, language l, uint16_t *role)
{
	size_t n = x->words.list.n;

	if (x->roles[l - LANGUAGE_FR].n <= id) {
		size_t have = x->roles[l - LANGUAGE_FR].n;
		TRY(ARRAY_RESERVE(x->context->memory, &x->roles[l - LANGUAGE_FR], n - have));
		memset(x->roles[l - LANGUAGE_FR].at + have, 0,
			(n - have) * sizeof(*x->roles[0].at));
		x->roles[l - LANGUAGE_FR].n = n;
	}
	*role = x->roles[l - LANGUAGE_FR].at[id];
	if (*role != 0)
		return STATUS_OK;
	TRY(make_role(x, id, l, role));
	x->roles[l - LANGUAGE_FR].at[id] = *role;
	return STATUS_OK;
}

/* Words by their lower-case forms, for the share that each has of the text. */
static status
count_word(extractor *x, uint32_t id, language l)
{
	uint32_t lower = words_at(&x->words, id)->lower;
	size_t n = x->words.list.n, have = x->counts[l - LANGUAGE_FR].n;

	if (have <= lower) {
		TRY(ARRAY_RESERVE(x->context->memory, &x->counts[l - LANGUAGE_FR], n - have));
		memset(x->counts[l - LANGUAGE_FR].at + have, 0,
			(n - have) * sizeof(*x->counts[0].at));
		x->counts[l - LANGUAGE_FR].n = n;
	}
	x->counts[l - LANGUAGE_FR].at[lower]++;
	x->totals[l - LANGUAGE_FR]++;
	return STATUS_OK;
}

static status
read_roles(extractor *x, language l)
{
	x->roles_here.n = 0;
	TRY(ARRAY_RESERVE(x->context->memory, &x->roles_here, x->tokens.count + 1));
	for (size_t i = 0; i < x->tokens.count; i++) {
		const token *t = &x->tokens.at[i];
		uint16_t role = 0;
		if (t->kind == TOKEN_WORD || t->kind == TOKEN_ELISION)
			TRY(extract_role_of(x, t->word, l, &role));
		if (t->kind == TOKEN_WORD)
			TRY(count_word(x, t->word, l));
		x->roles_here.at[x->roles_here.n++] = role & (uint16_t)~ROLE_KNOWN;
	}
	return STATUS_OK;
}

/* --- noun phrases --- */

/* Nothing but white space, or an elision, between a token and the one before it. */
static bool
follows(const extractor *x, size_t i)
{
	const token *t = &x->tokens.at[i];

	return t->gap != GAP_START && (t->gap != GAP_NONE || t[-1].kind == TOKEN_ELISION);
}

static bool
is_word(uint16_t role)
{
	return (role & (ROLE_NOUN | ROLE_ADJECTIVE)) != 0;
}

/* The next word of the phrase after token i: at i + 1, or behind a preposition and an article.
 * 0 when the phrase ends at i. */
static size_t
next_word(const extractor *x, language l, size_t i, bool name)
{
	const uint16_t *role = x->roles_here.at;
	size_t k = i + 1;

	if (k >= x->tokens.count || !follows(x, k))
		return 0;
	if (role[k] & ROLE_LINK) {
		if ((role[k] & ROLE_NAMES) && !name)
			return 0;
		bool joins = (role[k] & ROLE_AND) != 0;
		k++;
		if (!joins && k < x->tokens.count && follows(x, k) &&
			(role[k] & ROLE_DETERMINER))
			k++;
		if (k >= x->tokens.count || !follows(x, k) || !is_word(role[k]))
			return 0;
		/* After a preposition a noun, or in French an adjective before one. */
		return (role[k] & ROLE_NOUN) || l == LANGUAGE_FR ? k : 0;
	}
	if (!is_word(role[k]))
		return 0;
	if (l == LANGUAGE_EN)
		return k;
	/* A French noun is followed by adjectives; two nouns are a name. */
	bool capitals = (role[i] & ROLE_CAPITAL) && (role[k] & ROLE_CAPITAL);
	return (role[k] & ROLE_ADJECTIVE) || capitals ||
			       !(role[i] & ROLE_NOUN) /* an adjective before its noun */
		       ? k
		       : 0;
}

static bool
may_end(const extractor *x, language l, size_t i)
{
	uint16_t role = x->roles_here.at[i];

	return l == LANGUAGE_FR ? is_word(role) : (role & ROLE_NOUN) != 0;
}

static bool
is_all_capitals(const extractor *x, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++)
		if (is_word(x->roles_here.at[i]) &&
			!(x->tokens.at[i].features & FEATURE_CAPITALS))
			return false;
	return true;
}

/* Was this very run defined as what an acronym stands for? It is counted with the others. */
static void
strike_definition(extractor *x, extract_span s)
{
	for (size_t i = 0; i < x->definitions.n; i++)
		if (x->definitions.at[i].first == s.first &&
			x->definitions.at[i].last == s.last)
			x->definitions.at[i].candidate = UINT32_MAX;
}

static status
count_run(extractor *x, slice text, language l, size_t first, size_t last)
{
	size_t candidate;

	if (is_all_capitals(x, first, last))
		return STATUS_OK;
	TRY(extract_candidate_of(x, text, l, first, last, &candidate));
	if (candidate == SIZE_MAX)
		return STATUS_OK;
	extract_span s = { (uint32_t)first, (uint32_t)last, (uint32_t)candidate };
	strike_definition(x, s);
	return extract_count(x, text, l, s);
}

/* In French what may be an adjective begins no phrase behind a noun: « Conseil national des
 * droits de l’homme » has no « national des droits » in it. */
static bool
may_begin(const extractor *x, language l, size_t i)
{
	const uint16_t *role = x->roles_here.at;

	if (l == LANGUAGE_EN)
		return is_word(role[i]);
	if (!(role[i] & ROLE_NOUN) || (role[i] & ROLE_NOT_FIRST))
		return false;
	return !(role[i] & ROLE_ADJECTIVE) || i == 0 || !follows(x, i) || !is_word(role[i - 1]);
}

/* All phrases that begin at token i. */
static status
read_phrases(extractor *x, slice text, language l, size_t first)
{
	uint16_t role = x->roles_here.at[first];
	bool name = (role & ROLE_CAPITAL) != 0;
	size_t long_so_far = 1, most = name ? WORDS_NAME : WORDS_TERM;

	if (!may_begin(x, l, first))
		return STATUS_OK;
	if (name && (x->tokens.at[first].features & FEATURE_HYPHEN) != 0 &&
		may_end(x, l, first))
		TRY(count_run(x, text, l, first, first));
	for (size_t i = first; long_so_far < most; long_so_far++) {
		i = next_word(x, l, i, name);
		if (i == 0 || i - first >= TOKENS_MOST)
			break;
		if (may_end(x, l, i))
			TRY(count_run(x, text, l, first, i));
	}
	return STATUS_OK;
}

/* --- acronyms --- */

static slice
token_text(const extractor *x, slice text, size_t i)
{
	const token *t = &x->tokens.at[i];

	return slice_sub(text, t->start, t->start + t->length);
}

static bool
is_mark(const extractor *x, size_t i, uint32_t mark)
{
	return i < x->tokens.count && x->tokens.at[i].kind == TOKEN_MARK &&
	       x->tokens.at[i].word == mark;
}

static bool
is_acronym(const extractor *x, slice text, size_t i)
{
	return x->tokens.at[i].kind == TOKEN_WORD &&
	       (x->tokens.at[i].features & FEATURE_CAPITALS) != 0 &&
	       spelled_is_acronym(token_text(x, text, i)) &&
	       !spelled_is_numeral(token_text(x, text, i));
}

/* Where the name in capitals begins that ends before token `end`: behind an article, with
 * nothing but words of a name since, about as many as the acronym has letters. An acronym of
 * another language is not spelled by it. */
static bool
name_before(const extractor *x, size_t end, size_t letters, size_t *start)
{
	const uint16_t *role = x->roles_here.at;
	bool found = false;
	size_t n = 0;

	for (size_t i = end; i > 0 && n <= WORDS_NAME + 2; i--) {
		uint16_t r = role[i - 1];
		if (!is_word(r) && !(r & (ROLE_LINK | ROLE_DETERMINER)))
			break;
		n += is_word(r);
		bool opened = i >= 2 && (role[i - 2] & (ROLE_DETERMINER | ROLE_LINK)) != 0 &&
			      !is_word(role[i - 2]);
		if ((r & ROLE_CAPITAL) && opened && n >= 2 && n + 1 >= letters &&
			n <= letters + 3) {
			*start = i - 1;
			found = true;
		}
		if (i < end && !follows(x, i - 1))
			break;
	}
	return found;
}

static status
define(extractor *x, slice text, language l, size_t first, size_t last, size_t acronym)
{
	size_t candidate;

	TRY(extract_candidate_of(x, text, l, first, last, &candidate));
	if (candidate == SIZE_MAX)
		return STATUS_OK;
	TRY(arena_copy(&x->keep, token_text(x, text, acronym), &x->list.at[candidate].acronym));
	TRY(ARRAY_RESERVE(x->context->memory, &x->definitions, 1));
	x->definitions.at[x->definitions.n++] =
		(extract_span){ (uint32_t)first, (uint32_t)last, (uint32_t)candidate };
	return STATUS_OK;
}

/* « long form (ACR) » and « ACR (long form) ». */
static status
read_acronym(extractor *x, slice text, language l, size_t i)
{
	slice letters = token_text(x, text, i);
	size_t first, last;

	if (i >= 2 && is_mark(x, i - 1, '(') && is_mark(x, i + 1, ')')) {
		if (spelled_before(&x->tokens, text, i - 1, letters, &first) ||
			name_before(x, i - 1, letters.n, &first))
			return define(x, text, l, first, i - 2, i);
		return STATUS_OK;
	}
	if (is_mark(x, i + 1, '(') && spelled_after(&x->tokens, text, i + 2, letters, &last) &&
		is_mark(x, last + 1, ')'))
		return define(x, text, l, i + 2, last, i);
	return STATUS_OK;
}

/* Definitions that are no noun phrase of the patterns were not counted with them. */
static status
count_definitions(extractor *x, slice text, language l)
{
	for (size_t i = 0; i < x->definitions.n; i++)
		if (x->definitions.at[i].candidate != UINT32_MAX)
			TRY(extract_count(x, text, l, x->definitions.at[i]));
	return STATUS_OK;
}

status
extract_block(extractor *x, slice text, span block, language l)
{
	TRY(tokens_read(&x->tokens, &x->words, text, block, l));
	TRY(termbase_match(&x->matches, x->terms, &x->words, &x->tokens, text, l));
	TRY(read_roles(x, l));
	x->definitions.n = 0;
	for (size_t i = 0; i < x->tokens.count; i++)
		if (is_acronym(x, text, i))
			TRY(read_acronym(x, text, l, i));
	for (size_t i = 0; i < x->tokens.count; i++)
		TRY(read_phrases(x, text, l, i));
	return count_definitions(x, text, l);
}
