/* One source with two translations, and two sources with one translation, in a document.
 *
 * Sentences of five words or more only: shorter ones (headings of tables, yes and no) depend on
 * where they stand. Spaces, case and the mark at the end make no difference. */
#include <stdlib.h>
#include <string.h>

#include "checker/bilingual/inconsistent.h"
#include "checker/rule.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORDS_LEAST 5
#define SEEN_MOST 1000000

/* Of the words and numbers, folded: marks and spaces fall away. */
static status
hash_half(check *c, const pair_half *h, uint64_t *out)
{
	slice text = slice_sub(h->document->text, h->at.start, h->at.end);
	char *folded = arena_array(&c->scratch, 3 * text.n + 4, 1, 1);
	size_t kept = 0;

	if (folded == NULL)
		return STATUS_MEMORY;
	size_t n = text_fold(folded, text);
	slice f = { folded, n };
	for (size_t i = 0, start = 0; i < n; start = i) {
		uint32_t x = utf8_next(f, &i);
		if (!utf8_is_lower(x) && !utf8_is_upper(x) && (x < '0' || x > '9'))
			continue;
		memmove(folded + kept, folded + start, i - start);
		kept += i - start;
	}
	*out = slice_hash((slice){ folded, kept });
	return STATUS_OK;
}

static status
keep(check *c, seen_pairs *all, seen_pair x)
{
	if (all->n == all->capacity) {
		size_t capacity = all->capacity == 0 ? 256 : 2 * all->capacity;
		seen_pair *at = ARENA_ARRAY(c->keep, seen_pair, capacity);
		if (at == NULL)
			return STATUS_MEMORY;
		if (all->n != 0)
			memcpy(at, all->at, all->n * sizeof(*at));
		all->at = at;
		all->capacity = capacity;
	}
	x.order = (uint32_t)all->n;
	all->at[all->n++] = x;
	return STATUS_OK;
}

static status
note(check *c, const rule *r, const check_pair *p)
{
	void **slot = check_note(c, r);
	seen_pair x = { 0 };

	if (!pair_has_both(p) || p->foreign || p->confidence < 0.9 ||
		pair_words(&p->half[PAIR_SOURCE]) < WORDS_LEAST ||
		pair_words(&p->half[PAIR_TARGET]) < WORDS_LEAST)
		return STATUS_OK;
	if (*slot == NULL)
		*slot = ARENA_NEW(c->keep, seen_pairs);
	seen_pairs *all = *slot;
	if (all == NULL)
		return STATUS_MEMORY;
	if (all->n >= SEEN_MOST)
		return STATUS_OK;
	for (int k = 0; k < PAIR_SIDES; k++) {
		TRY(hash_half(c, &p->half[k], &x.hash[k]));
		x.at[k] = p->half[k].at;
		all->document[k] = p->half[k].document;
	}
	return keep(c, all, x);
}

const seen_pairs *
inconsistent_pairs(const check *c, severity *level)
{
	size_t i = 0;

	while (c->with->rules[i] != &rule_bilingual_inconsistent)
		i++;
	const seen_pairs *all = c->notes[i];
	if (all == NULL)
		return NULL;
	*level = (severity)c->profiles[c->language - LANGUAGE_FR]->severities[i];
	return all;
}

static int
compare_hash(const seen_pair *a, const seen_pair *b, int k)
{
	if (a->hash[k] != b->hash[k])
		return a->hash[k] < b->hash[k] ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static int
by_source(const void *a, const void *b)
{
	return compare_hash(a, b, PAIR_SOURCE);
}

static int
by_target(const void *a, const void *b)
{
	return compare_hash(a, b, PAIR_TARGET);
}

/* « affermir la paix », « d’affermir la paix »: the sentence around decides. */
static bool
is_nearly(slice a, slice b)
{
	slice x = a.n > b.n ? a : b, y = a.n > b.n ? b : a;

	return x.n - y.n <= 6 && (slice_ends(x, y) || slice_starts(x, y));
}

static status
report(check *c, const rule *r, const seen_pairs *all, const seen_pair *first,
	const seen_pair *now, bool source)
{
	slice other = slice_sub(all->document[!source ? PAIR_SOURCE : PAIR_TARGET]->text,
		first->at[!source ? PAIR_SOURCE : PAIR_TARGET].start,
		first->at[!source ? PAIR_SOURCE : PAIR_TARGET].end);
	slice mine = slice_sub(all->document[PAIR_TARGET]->text, now->at[PAIR_TARGET].start,
		now->at[PAIR_TARGET].end);
	finding f = { .text = now->at[PAIR_TARGET],
		.severity =
			!source || is_nearly(other, mine) ? SEVERITY_INFO : SEVERITY_DEFAULT,
		.message = source ? check_message(c,
					    "elsewhere the same source is translated by “%.*s”",
					    "ailleurs, le même texte source est traduit par "
					    "«\u00A0%.*s\u00A0»",
					    SLICE_ARG(other))
				  : check_message(c, "elsewhere this translates “%.*s”",
					    "ailleurs, ceci traduit «\u00A0%.*s\u00A0»",
					    SLICE_ARG(other)),
		.facing = { all->document[PAIR_SOURCE], now->at[PAIR_SOURCE],
			now->at[PAIR_SOURCE], now->at[PAIR_TARGET] } };

	return check_report(c, r, f);
}

/* Passages that are equal on side k: those that differ on the other from the first. */
static status
judge(check *c, const rule *r, seen_pairs *all, int k)
{
	qsort(all->at, all->n, sizeof(seen_pair), k == PAIR_SOURCE ? by_source : by_target);
	for (size_t i = 0, end; i < all->n; i = end) {
		for (end = i + 1; end < all->n && all->at[end].hash[k] == all->at[i].hash[k];
			end++)
			if (all->at[end].hash[1 - k] != all->at[i].hash[1 - k])
				TRY(report(c, r, all, &all->at[i], &all->at[end],
					k == PAIR_SOURCE));
	}
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	seen_pairs *all = *check_note(c, r);

	if (all == NULL)
		return STATUS_OK;
	TRY(judge(c, r, all, PAIR_SOURCE));
	return judge(c, r, all, PAIR_TARGET);
}

const rule rule_bilingual_inconsistent = {
	.id = "bilingual/inconsistent",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-SEG-02: quality checks of translation tools (B)",
	.summary_en = "one source translated in two ways",
	.summary_fr = "un même texte source traduit de deux façons",
	.explanation_en =
		"A sentence of five words or more that stands twice in the source and is "
		"translated in two ways; case, spaces and punctuation make no difference. The "
		"reverse, two sources with one translation, is told as information.",
	.explanation_fr =
		"Une phrase d’au moins cinq mots qui figure deux fois dans le texte source et "
		"qui est traduite de deux façons\u00A0; la casse, les espaces et la "
		"ponctuation ne "
		"comptent pas. L’inverse, deux textes sources pour une même traduction, est "
		"signalé pour information.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR,
		"Le Conseil s’est réuni hier à Genève.\nHier, à Genève, le Conseil a siégé.",
		"Le Conseil s’est réuni hier à Genève.\nLe Conseil s’est réuni hier à Genève.",
		.source = "The Council met yesterday in Geneva.\nThe Council met yesterday in "
			  "Geneva." }),
	.pair = note,
	.document = finish,
};
