/* Sentences that a passage lost. The sentences of source and translation are laid side by side
 * by their lengths and by words that begin alike; one that faces nothing is told when that
 * explains them better than that two were joined. Translators split and join sentences freely,
 * so a number of sentences says nothing alone; but where there are as many as in the source,
 * one that is missing cannot be told from a freer translation.
 *
 * The price of a bead is the square of how far its lengths are from what one expects, as in W.
 * Gale and K. Church, 1993, but what faces nothing costs the same whatever its length: theirs
 * makes the loss of a long sentence all but impossible, and it is what is looked for here. Of
 * the words of five letters and more, 46 in 100 begin with the same four letters as one of the
 * translation in the Charter of the United Nations and in descriptions of indicators, and 2 to
 * 6 as one of any other passage: the price of words is the logarithm of these odds. */
#include <math.h>
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/fold.h"
#include "text/segment.h"
#include "text/utf8.h"

#define SENTENCE_LEAST 20 /* characters of a sentence that is missed */
#define SENTENCES_MOST 64 /* of a passage that is looked at */
#define PART_LEAST 20     /* bytes between semicolons */
#define LABEL_MOST 5      /* of the label of an item in a list */
#define VARIANCE 4.5      /* of lengths, per character of the source */
#define LONE 4.0          /* price of a sentence that faces nothing */
#define JOINED 2.5        /* of two that face one */
#define JOINED_PARTS 0.5  /* … where a semicolon stands between them */
#define ALIKE 2.0         /* what a word that begins alike takes off the price of a bead */
#define UNLIKE 0.4        /* what another word adds */
#define LACK_LEAST 0.25   /* of its length, by which the whole must be shorter */
#define WORD_LEAST 5      /* bytes of a word that counts */
#define WORD_MOST 64
#define LETTERS_ALIKE 4
#define WORDS_MOST 300 /* of a bead that are looked at */

typedef struct sentences {
	segments cut;
	span part[SENTENCES_MOST];
	bool goes_on[SENTENCES_MOST]; /* behind a semicolon */
	double length[SENTENCES_MOST];
	size_t n;
	uint32_t *keys;                   /* of the words that count, in their order */
	size_t first[SENTENCES_MOST + 1]; /* key of each sentence */
} sentences;

typedef struct step {
	double price;
	uint8_t from[PAIR_SIDES]; /* sentences of each side in the last bead */
} step;

typedef struct table {
	step at[SENTENCES_MOST + 1][SENTENCES_MOST + 1];
} table;

/* How a word or number begins, alike in both languages; 0: it does not count. */
static uint32_t
key_of(slice text, const token *t)
{
	char folded[3 * WORD_MOST + 4];
	size_t n = 0;

	if (t->length > WORD_MOST)
		return 0;
	if (t->kind == TOKEN_WORD && t->length >= WORD_LEAST) {
		n = text_fold(folded, text);
		n = n < LETTERS_ALIKE ? n : LETTERS_ALIKE;
	} else if (t->kind == TOKEN_NUMBER || t->kind == TOKEN_CODE) {
		for (size_t i = 0; i < text.n; i++)
			if (text.p[i] >= '0' && text.p[i] <= '9')
				folded[n++] = text.p[i];
	}
	return n == 0 ? 0 : (uint32_t)slice_hash((slice){ folded, n }) | 1;
}

static status
read_keys(check *c, const pair_half *h, sentences *out)
{
	size_t n = 0, k = 0;

	out->keys = ARENA_ARRAY(&c->scratch, uint32_t, h->tokens.count + 1);
	if (out->keys == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < h->tokens.count; i++) {
		const token *t = &h->tokens.at[i];
		while (k < out->n && t->start >= out->part[k].start)
			out->first[k++] = n;
		uint32_t key =
			key_of(slice_sub(h->document->text, t->start, t->start + t->length), t);
		if (key != 0)
			out->keys[n++] = key;
	}
	while (k <= out->n)
		out->first[k++] = n;
	return STATUS_OK;
}

static void
add(const pair_half *h, span part, bool goes_on, sentences *out)
{
	if (out->n == SENTENCES_MOST || part.start >= part.end)
		return;
	out->part[out->n] = part;
	out->goes_on[out->n] = goes_on;
	out->length[out->n++] =
		(double)utf8_count(slice_sub(h->document->text, part.start, part.end));
}

static bool
begins_item(slice rest)
{
	static const char *const items[] = { "(", "and ", "or ", "et ", "ou ", NULL };

	for (size_t i = 0; items[i] != NULL; i++)
		if (slice_starts(rest, slice_of(items[i])))
			return true;
	return rest.n > LABEL_MOST && memchr(rest.p, ')', LABEL_MOST) != NULL; /* iii) */
}

/* One language has a semicolon where the other has a full stop; not in lists and brackets: (a)
 * …; (b) …; and */
static void
add_parts(const pair_half *h, span sentence, sentences *out)
{
	slice text = h->document->text;
	span part = sentence;
	int depth = 0;

	for (uint32_t i = sentence.start; i + 2 < sentence.end; i++) {
		depth += (text.p[i] == '(') - (text.p[i] == ')' && depth > 0);
		if (text.p[i] != ';' || text.p[i + 1] != ' ' || depth > 0 ||
			begins_item(slice_sub(text, i + 2, sentence.end)) ||
			i - part.start < PART_LEAST || sentence.end - i < PART_LEAST)
			continue;
		part.end = i + 1;
		add(h, part, part.start != sentence.start, out);
		part = (span){ i + 2, sentence.end };
	}
	add(h, part, part.start != sentence.start, out);
}

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
	for (size_t i = 0; i < out->cut.spans.n; i++)
		add_parts(h, out->cut.spans.at[i], out);
	return read_keys(c, h, out);
}

static double
sum_of(const double *length, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += length[i];
	return sum;
}

/* Of n sentences before i that face m before k; each word of the target is met once. */
static double
price_of_words(const sentences *a, size_t i, size_t n, const sentences *b, size_t k, size_t m)
{
	bool taken[WORDS_MOST] = { false };
	const uint32_t *x = a->keys + a->first[i - n], *y = b->keys + b->first[k - m];
	size_t count = a->first[i] - a->first[i - n], most = b->first[k] - b->first[k - m];
	size_t met = 0;

	most = most < WORDS_MOST ? most : WORDS_MOST;
	for (size_t w = 0; w < count; w++)
		for (size_t v = 0; v < most; v++)
			if (!taken[v] && x[w] == y[v]) {
				taken[v] = true;
				met++;
				break;
			}
	return UNLIKE * (double)(count - met) - ALIKE * (double)met;
}

static double
price_of_joints(const sentences *a, size_t i, size_t n)
{
	double price = 0;

	for (size_t x = i - n + 1; x < i; x++)
		price += a->goes_on[x] ? JOINED_PARTS : JOINED;
	return price;
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
	double price = n == 0 || m == 0
			       ? LONE
			       : price_of(sum_of(a->length + i - n, n),
					 sum_of(b->length + k - m, m), growth) +
					 price_of_words(a, i, n, b, k, m) +
					 price_of_joints(a, i, n) + price_of_joints(b, k, m);

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
			TRY(report(c, r, p, a->part[i - 1]));
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
	if (done == STATUS_OK && side[1].n > 0 && side[0].n > side[1].n)
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
		"The passage has fewer sentences than its source, and lengths and words show "
		"which one faces nothing. Sentences that were joined are no fault.",
	.explanation_fr =
		"Le passage a moins de phrases que le texte source, et les longueurs et les "
		"mots montrent laquelle n’a pas de correspondante. Des phrases réunies ne sont "
		"pas une faute.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil s’est réuni hier à Genève.",
		"Le Conseil s’est réuni hier à Genève. Il n’a pris aucune décision sur la "
		"question dont il était saisi.",
		.source = "The Council met in Geneva yesterday. It took no decision on the "
			  "matter that was before it." }),
	.pair = look,
};
