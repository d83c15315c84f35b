/* Sentences that a passage lost. The sentences of source and translation are laid side by side
 * by their lengths; one that faces nothing is told when that explains the lengths better than
 * that two were joined, and the whole is shorter by about as much. Translators split and join
 * sentences freely, so a number of sentences says nothing alone.
 *
 * The price of a bead is the square of how far its lengths are from what one expects, as in W.
 * Gale and K. Church, 1993, but what faces nothing costs the same whatever its length: theirs
 * makes the loss of a long sentence all but impossible, and it is what is looked for here. */
#include <math.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/segment.h"
#include "text/utf8.h"

#define SENTENCE_LEAST 20 /* characters of a sentence that is missed */
#define SENTENCES_MOST 64 /* of a passage that is looked at */
#define VARIANCE 4.5      /* of lengths, per character of the source */
#define LONE 4.0          /* price of a sentence that faces nothing */
#define JOINED 2.5        /* of two that face one */
#define LACK_LEAST 0.5    /* of its length, by which the whole must be shorter */

typedef struct sentences {
	segments cut;
	double length[SENTENCES_MOST];
	size_t n;
} sentences;

typedef struct step {
	double price;
	uint8_t from[PAIR_SIDES]; /* sentences of each side in the last bead */
} step;

typedef struct table {
	step at[SENTENCES_MOST + 1][SENTENCES_MOST + 1];
} table;

static status
cut_half(check *c, const pair_half *h, sentences *out)
{
	out->n = 0;
	if (c->segmenter == NULL)
		TRY(segmenter_open(&c->segmenter, c->context));
	TRY(segment_block(
		c->segmenter, c->context, h->document->text, h->at, h->language, &out->cut));
	if (out->cut.spans.n > SENTENCES_MOST)
		return STATUS_OK;
	for (size_t i = 0; i < out->cut.spans.n; i++) {
		span s = out->cut.spans.at[i];
		out->length[out->n++] =
			(double)utf8_count(slice_sub(h->document->text, s.start, s.end));
	}
	return STATUS_OK;
}

static double
sum_of(const double *length, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += length[i];
	return sum;
}

static double
price_of(double source, double target, double growth)
{
	double expected = source * growth, off = target - expected;

	return off * off / (2 * VARIANCE * (expected + 10));
}

static void
try_step(table *t, size_t i, size_t k, uint8_t n, uint8_t m, const sentences *a,
	const sentences *b, double growth)
{
	double price = n == 0 || m == 0 ? LONE
					: price_of(sum_of(a->length + i - n, n),
						  sum_of(b->length + k - m, m), growth) +
						  (n + m > 2 ? JOINED * (n + m - 2) : 0);

	price += t->at[i - n][k - m].price;
	if (price < t->at[i][k].price)
		t->at[i][k] = (step){ price, { n, m } };
}

static void
fill(table *t, const sentences *a, const sentences *b, double growth)
{
	static const uint8_t beads[][2] = { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 2, 1 }, { 1, 2 },
		{ 3, 1 } };

	for (size_t i = 0; i <= a->n; i++)
		for (size_t k = 0; k <= b->n; k++) {
			t->at[i][k] = (step){ i + k == 0 ? 0 : INFINITY, { 0, 0 } };
			for (size_t x = 0; x < sizeof(beads) / sizeof(*beads); x++)
				if (beads[x][0] <= i && beads[x][1] <= k && i + k != 0)
					try_step(t, i, k, beads[x][0], beads[x][1], a, b,
						growth);
		}
}

/* Semicolons that the source has not join what were sentences there. */
static size_t
joined_by_semicolons(const check_pair *p)
{
	size_t n[PAIR_SIDES] = { 0, 0 };

	for (int k = 0; k < PAIR_SIDES; k++)
		for (size_t i = 0; i < p->half[k].tokens.count; i++)
			n[k] += p->half[k].tokens.at[i].kind == TOKEN_MARK &&
				p->half[k].tokens.at[i].word == ';';
	return n[PAIR_TARGET] > n[PAIR_SOURCE] ? n[PAIR_TARGET] - n[PAIR_SOURCE] : 0;
}

static status
report(check *c, const rule *r, const check_pair *p, span sentence)
{
	return pair_report(c, r, p, (span){ 0 }, sentence, (finding){ 0 });
}

static status
judge(check *c, const rule *r, const check_pair *p, const sentences *a, const sentences *b)
{
	table *t = ARENA_NEW(&c->scratch, table);
	double growth = pair_growth(p);
	double lacks = sum_of(a->length, a->n) * growth - sum_of(b->length, b->n);

	if (t == NULL)
		return STATUS_MEMORY;
	fill(t, a, b, growth);
	for (size_t i = a->n, k = b->n; i + k != 0;) {
		step s = t->at[i][k];
		double length = i == 0 ? 0 : a->length[i - 1];
		if (s.from[0] == 1 && s.from[1] == 0 && length >= SENTENCE_LEAST &&
			lacks >= LACK_LEAST * length * growth)
			TRY(report(c, r, p, a->cut.spans.at[i - 1]));
		i -= s.from[0];
		k -= s.from[1];
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r, const check_pair *p)
{
	sentences *side = ARENA_ARRAY(&c->scratch, sentences, PAIR_SIDES);
	status done = STATUS_OK;

	if (!pair_has_both(p) || p->foreign)
		return STATUS_OK;
	if (side == NULL)
		return STATUS_MEMORY;
	for (int k = 0; k < PAIR_SIDES && done == STATUS_OK; k++)
		done = cut_half(c, &p->half[k], &side[k]);
	if (done == STATUS_OK && side[1].n > 0 &&
		side[0].n > side[1].n + joined_by_semicolons(p))
		done = judge(c, r, p, &side[0], &side[1]);
	for (int k = 0; k < PAIR_SIDES; k++)
		ARRAY_FREE(c->context->memory, &side[k].cut.spans);
	return done;
}

const rule rule_bilingual_sentence = {
	.id = "bilingual/sentence",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-SEG-06: lengths of source and translation (D); alignment by length: "
		  "W. Gale and K. Church, 1993",
	.summary_en = "a sentence of the source seems to be missing",
	.summary_fr = "une phrase du texte source semble manquer",
	.explanation_en =
		"The passage has fewer sentences than its source, lengths show which one faces "
		"nothing, and the whole is shorter by about as much. Sentences that were "
		"joined "
		"are no fault.",
	.explanation_fr =
		"Le passage a moins de phrases que le texte source, les longueurs montrent "
		"laquelle n’a pas de correspondante, et l’ensemble est plus court d’à peu près "
		"autant. Des phrases réunies ne sont pas une faute.",
	.examples = { { LANGUAGE_FR, "Le Conseil s’est réuni hier à Genève.",
		"Le Conseil s’est réuni hier à Genève. Il n’a pris aucune décision sur la "
		"question dont il était saisi.",
		.source = "The Council met in Geneva yesterday. It took no decision on the "
			  "matter that was before it." } },
	.pair = look,
};
