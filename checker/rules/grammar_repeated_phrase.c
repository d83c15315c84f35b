/* Several words twice in a row: « de la de la », "in the light of in the light of". What a cut
 * and a paste leave behind; grammar/repeated-word sees single words.
 *
 * Two words are the same when their ids in lower case are. The lowest bytes of the ids, sixteen
 * at a time, show the few places where two words in a row may stand again soon; only there is a
 * run measured. One of
 * the words must be an article, a preposition or a conjunction, for names (« Pago Pago »),
 * heads of columns and rows of tables repeat without any, and everything must stand in small
 * letters but for the first word. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/grammar.h"

#define PHRASE_MOST 6

static const char *const french[] = { "de", "d’", "la", "le", "l’", "les", "du", "des", "un",
	"une", "et", "à", "au", "aux", "en", "dans", "par", "pour", "que", "qu’", "qui", "sur",
	"ce", "cette", NULL };
static const char *const english[] = { "the", "of", "to", "a", "an", "in", "and", "for", "by",
	"on", "with", "that", "which", "from", "is", "are", NULL };

/* What language itself says twice: « plus en plus en plus », « de ville en ville en voiture »,
 * “from time to time to see”, and whatever a conjunction adds to what stood before it. */
static bool
is_figure(const check *c, size_t i, size_t n)
{
	static const char *const said[] = { "plus", "moins", "more", "less", "again", "part",
		"nous", "vous", NULL };
	static const char *const steps[] = { "en", "à", "par", "après", "to", "by", "after",
		NULL };
	static const char *const added[] = { "et", "ou", "ni", "soit", "and", "or", "nor",
		NULL };

	for (size_t k = 0; k < n; k++) {
		slice lower = check_lower(c, i + k);
		if (slice_is_one_of(lower, added) || (n == 2 && slice_is_one_of(lower, said)))
			return true;
	}
	return n == 2 && check_word_is(c, i + 1, steps);
}

static bool
same_word(const check *c, const token *a, const token *b)
{
	if (a->kind != b->kind || (a->kind != TOKEN_WORD && a->kind != TOKEN_ELISION))
		return false;
	return a->word == b->word ||
	       words_at(&c->words, a->word)->lower == words_at(&c->words, b->word)->lower;
}

/* Tokens i to i + n - 1 stand again just behind, with nothing between but spaces; one of them
 * is a word of grammar, none but the first has a capital, and one is not just that. */
static bool
is_repeated(const check *c, size_t i, size_t n)
{
	const token *t = &c->tokens.at[i];
	bool grammar = false, first = true;

	for (size_t k = 0; k < n; k++) {
		if (!same_word(c, &t[k], &t[k + n]) || t[k + n].gap == GAP_WIDE ||
			(t[k + n].features & FEATURE_REPEATED) != 0)
			return false;
		slice lower = check_lower(c, i + k);
		uint16_t shape = words_at(&c->words, t[k + n].word)->shape;
		if (t[k].kind == TOKEN_WORD && (shape & SHAPE_LOWER) == 0)
			return false;
		grammar = grammar ||
			  slice_is_one_of(lower, c->language == LANGUAGE_FR ? french : english);
		first = first && t[k].kind == TOKEN_WORD && t[k].length == 1;
	}
	return grammar && !first && !is_figure(c, i, n);
}

#define LANES 16
typedef uint8_t lanes __attribute__((vector_size(LANES)));

/* Which of the ids from id on, and the next one each, are those n places behind as well? */
static inline lanes
recur(const uint8_t *id, size_t n)
{
	lanes a, b, c, d;

	memcpy(&a, id, LANES);
	memcpy(&b, id + n, LANES);
	memcpy(&c, id + 1, LANES);
	memcpy(&d, id + 1 + n, LANES);
	return (lanes)(a == b) & (lanes)(c == d);
}

/* The places, counted from id, where a repetition may begin: bytes that are not 0. */
static inline void
find_candidates(const uint8_t *id, uint64_t out[LANES / 8])
{
	lanes all = recur(id, 2) | recur(id, 3) | recur(id, 4) | recur(id, 5) | recur(id, 6);

	memcpy(out, &all, LANES);
}
static_assert(PHRASE_MOST == 6, "all lengths are asked for");

/* The lowest bytes of the ids of all tokens in lower case, 0 for what is no word, and behind
 * them some of which no two are the same; NULL: out of memory. */
static const uint8_t *
low_ids(check *c)
{
	static const uint8_t behind[2 * LANES] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
		14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };
	const token *t = c->tokens.at, *end = t + c->tokens.count;
	uint8_t *out = arena_room(&c->scratch, c->tokens.count + sizeof(behind), 1), *id = out;

	if (out == NULL)
		return NULL;
	for (; end - t >= 4; t += 4, id += 4) {
		id[0] = (uint8_t)t[0].lower;
		id[1] = (uint8_t)t[1].lower;
		id[2] = (uint8_t)t[2].lower;
		id[3] = (uint8_t)t[3].lower;
	}
	while (t < end)
		*id++ = (uint8_t)(t++)->lower;
	memcpy(id, behind, sizeof(behind));
	return out;
}

static status
report(check *c, const rule *r, size_t i, size_t n)
{
	slice once = check_text(c, check_span(c, i, i + n - 1));
	finding f = { .text = check_span(c, i, i + 2 * n - 1),
		.fix = r->fix,
		.suggestions = &once,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” is repeated",
			"«\u00A0%.*s\u00A0» est répété", SLICE_ARG(once)) };

	return check_report(c, r, f);
}

/* The repetitions that begin at token i; *from is the first token that none has yet. */
static status
look_at(check *c, const rule *r, size_t i, size_t *from)
{
	const token *t = c->tokens.at;

	if (t[i].lower == 0 || t[i + 1].lower == 0)
		return STATUS_OK;
	for (size_t n = 2; i >= *from && n <= PHRASE_MOST && i + 2 * n <= c->tokens.count;
		n++) {
		if (t[i + 1].word != t[i + n + 1].word || !is_repeated(c, i, n) ||
			quotation_holds(c, i))
			continue;
		TRY(report(c, r, i, n));
		*from = i + 2 * n;
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r)
{
	size_t from = 0;

	if (c->block->kind == BLOCK_CELL || c->block->kind == BLOCK_SIGNATURE ||
		c->tokens.count < 4)
		return STATUS_OK;
	const uint8_t *id = low_ids(c);
	if (id == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < c->tokens.count; i += LANES) {
		uint64_t found[LANES / 8];
		find_candidates(id + i, found);
		if ((found[0] | found[1]) == 0)
			continue;
		for (size_t k = 0; k < LANES / 8; k++)
			for (uint64_t left = found[k]; left != 0;) {
				size_t byte = (size_t)__builtin_ctzll(left) / 8;
				TRY(look_at(c, r, i + 8 * k + byte, &from));
				left &= ~(UINT64_C(0xFF) << 8 * byte);
			}
	}
	return STATUS_OK;
}

const rule rule_grammar_repeated_phrase = {
	.id = "grammar/repeated-phrase",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "general usage of both languages (A)",
	.summary_en = "the same words twice in a row",
	.summary_fr = "les mêmes mots deux fois de suite",
	.explanation_en = "Two to six words that stand twice in a row, as a cut and a paste "
			  "leave them: “of the of the”, “in the light of in the light of”. "
			  "Cells of tables, signatures "
			  "and quotations are left alone.",
	.explanation_fr = "Deux à six mots qui se suivent deux fois, comme un couper-coller "
			  "les laisse\u00A0: «\u00A0de la de la\u00A0», «\u00A0dans le cadre "
			  "de dans le cadre de\u00A0"
			  "». Les cases de tableaux, les "
			  "signatures et les citations ne sont pas examinées.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la mise en œuvre de la de la résolution",
					  "la mise en œuvre de la résolution" },
		{ LANGUAGE_FR, "Dans le cadre de dans le cadre de l’Accord",
			"Dans le cadre de l’Accord" },
		{ LANGUAGE_EN, "the work of the of the Committee",
			"the work of the Committee" },
		{ LANGUAGE_FR, NULL, "de plus en plus, d’année en année, l’un et l’autre" },
		{ LANGUAGE_EN, NULL, "more and more and more, step by step" }),
	.block = look,
};
