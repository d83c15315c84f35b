/* A sentence that a bilingual file translates in two ways, when the memory has one translation
 * of it: then the others are told, with the memory's. Without a memory nothing is said, because
 * two translations of one sentence may both be meant.
 *
 * Tempting non-errors: sentences of one or two words (« Yes », headings of tables), whose
 * translation depends on where they stand; sources of which the memory itself has several
 * translations; segments that are not to be translated. */
#include <stdlib.h>
#include <string.h>

#include "checker/rule.h"
#include "tm/usage.h"

#define WORDS_LEAST 3 /* of a sentence */

static slice
text_of(const check *c, const doc_pair *p, pair_side side)
{
	span at = p->side[side].text;

	return slice_trim(slice_sub(c->document->text, at.start, at.end));
}

static bool
is_sentence(slice text)
{
	size_t n = 0;

	for (slice rest = text, next; rest.n != 0;) {
		(void)slice_cut(rest, ' ', &next, &rest);
		n += next.n != 0;
	}
	return n >= WORDS_LEAST;
}

static bool
is_wanted(const check *c, const doc_pair *p)
{
	const pair_segment *to = &p->side[PAIR_TARGET];

	return !p->keep && to->there && to->block != PAIR_NO_BLOCK &&
	       is_sentence(text_of(c, p, PAIR_SOURCE)) && text_of(c, p, PAIR_TARGET).n != 0;
}

typedef struct sentence {
	slice source;
	const doc_pair *pair;
} sentence;

static int
by_source(const void *a, const void *b)
{
	const sentence *x = a, *y = b;
	int order = slice_compare(x->source, y->source);

	return order != 0 ? order : x->pair < y->pair ? -1 : x->pair > y->pair;
}

static status
report(check *c, const rule *r, const doc_pair *p, slice ours)
{
	slice kept;

	TRY(arena_copy(c->keep, ours, &kept));
	finding f = { .text = p->side[PAIR_TARGET].text,
		.fix = FIX_REVIEW,
		.suggestions = &kept,
		.suggestion_count = 1,
		.message = check_message(c,
			"this sentence is translated in two ways here; the memory has “%.*s”",
			"cette phrase est traduite ici de deux façons\u00A0; la mémoire a "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(kept)) };
	return check_report(c, r, f);
}

/* Sentences of one source, n of them. */
static status
judge_group(check *c, const rule *r, const sentence *s, size_t n)
{
	slice first = text_of(c, s->pair, PAIR_TARGET);
	const doc_pair *p = s->pair;
	bool differ = false;

	for (size_t i = 1; i < n; i++)
		differ |= !slice_equal(first, text_of(c, s[i].pair, PAIR_TARGET));
	if (!differ)
		return STATUS_OK;
	slice ours = tm_usage_translation(c->with->memories, p->side[PAIR_SOURCE].language,
		p->side[PAIR_TARGET].language, s->source);
	for (size_t i = 0; i < n && ours.n != 0; i++)
		if (!slice_equal(ours, text_of(c, s[i].pair, PAIR_TARGET)))
			TRY(report(c, r, s[i].pair, ours));
	return STATUS_OK;
}

static status
judge(check *c, const rule *r)
{
	const document *d = c->document;
	size_t n = 0, end;

	if (c->with->memories == NULL || d->pair_count == 0)
		return STATUS_OK;
	sentence *list = ARENA_ARRAY(&c->scratch, sentence, d->pair_count);
	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < d->pair_count; i++)
		if (is_wanted(c, &d->pairs[i]))
			list[n++] = (sentence){ text_of(c, &d->pairs[i], PAIR_SOURCE),
				&d->pairs[i] };
	if (n > 1)
		qsort(list, n, sizeof(*list), by_source);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n && slice_equal(list[end].source, list[i].source);)
			end++;
		TRY(judge_group(c, r, list + i, end - i));
	}
	return STATUS_OK;
}

const rule rule_consistency_translation = {
	.id = "consistency/translation",
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "the memories given by --tm (D)",
	.summary_en = "a sentence translated in two ways, of which the memory has one",
	.summary_fr = "phrase traduite de deux façons, dont la mémoire connaît une",
	.explanation_en =
		"A bilingual file (XLIFF, PO, TMX, a table) has one source sentence of three "
		"words "
		"or more twice, with two translations, and the memories given by --tm have "
		"exactly one translation of it. Each place with another one is told, and the "
		"memory's is proposed. Without a memory, or when the memories disagree, "
		"nothing "
		"is said.",
	.explanation_fr =
		"Un fichier bilingue (XLIFF, PO, TMX, tableau) contient deux fois une même "
		"phrase "
		"source d’au moins trois mots, avec deux traductions, et les mémoires données "
		"par --tm n’en ont qu’une. Chaque passage qui en a une autre est signalé, et "
		"celle de la mémoire proposée. Sans mémoire, ou si les mémoires divergent, "
		"rien "
		"n’est dit.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_EN, NULL, "The Council met. The Council met again." },
			{ LANGUAGE_FR, NULL,
				"Le Conseil s’est réuni. Le Conseil s’est encore réuni." }),
	.document = judge,
};
