/* How much of documents a memory has: paraph_tm_analyse. */
#include "engine/memories.h"
#include "text/utf8.h"

static void
count_text(slice s, paraph_leverage *band)
{
	bool in_word = false;
	size_t at = 0;

	band->segments++;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);
		bool space = utf8_is_space(c);
		bool letter = utf8_is_letter(c) || (c >= '0' && c <= '9');
		band->characters++;
		band->words += letter && !in_word;
		in_word = !space && (in_word || letter);
	}
}

static paraph_band
band_of(int score)
{
	return score >= 10100   ? PARAPH_BAND_CONTEXT
	       : score >= 10000 ? PARAPH_BAND_EXACT
	       : score >= 9500  ? PARAPH_BAND_95
	       : score >= 8500  ? PARAPH_BAND_85
	       : score >= 7500  ? PARAPH_BAND_75
	       : score >= 5000  ? PARAPH_BAND_50
				: PARAPH_BAND_NONE;
}

static status
best_score(tm_matcher *x, const tm_query *q, int *score)
{
	const tm_match *matches;
	size_t n;

	TRY(tm_matcher_find(x, q, &matches, &n));
	*score = n == 0 ? 0 : matches[0].score;
	return STATUS_OK;
}

static status
remember(paraph_tm *t, const tm_query *q)
{
	tm_unit u;
	bool added;

	tm_unit_init(&u, &t->memory);
	status done = tm_unit_set(&u, &u.side[0].text, q->text);
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[0].language, q->source);
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[1].language, q->target);
	if (done == STATUS_OK)
		done = tm_unit_set(&u, &u.side[1].text, SLICE("-"));
	if (done == STATUS_OK)
		done = tm_store_add(t->met, &u, &added);
	tm_unit_free(&u);
	return done;
}

/* The query has the segments around it; what was met before in the documents has none. */
static status
analyse_segment(paraph_tm *t, const tm_query *q, paraph_leverage bands[PARAPH_BANDS])
{
	tm_query alone = *q;
	int in_memory, in_documents;

	alone.previous = alone.next = SLICE("");
	TRY(best_score(t->met_matcher, &alone, &in_documents));
	TRY(best_score(t->matcher, q, &in_memory));
	paraph_band band = band_of(in_memory);
	if (in_documents >= TM_SCORE_EXACT && in_memory < TM_SCORE_CONTEXT)
		band = PARAPH_BAND_REPEATED;
	else if (in_memory < 7500 && in_documents >= 7500)
		band = PARAPH_BAND_INTERNAL;
	count_text(q->text, &bands[band]);
	return in_documents >= TM_SCORE_EXACT ? STATUS_OK : remember(t, q);
}

static status
analyse_block(paraph_tm *t, const document *d, const block *b, slice source, slice target,
	paraph_leverage bands[PARAPH_BANDS])
{
	t->segments.spans.n = 0;
	TRY(segment_block(t->segmenter, &t->context, d->text, b->text, (language)b->language,
		&t->segments));
	for (size_t i = 0; i < t->segments.spans.n; i++) {
		const span *at = &t->segments.spans.at[i];
		tm_query q = { .text = slice_sub(d->text, at->start, at->end),
			.source = source,
			.target = target,
			.threshold = TM_SCORE_LEAST,
			.most = 1 };
		if (i > 0)
			q.previous = slice_sub(d->text, at[-1].start, at[-1].end);
		if (i + 1 < t->segments.spans.n)
			q.next = slice_sub(d->text, at[1].start, at[1].end);
		TRY(analyse_segment(t, &q, bands));
	}
	return STATUS_OK;
}

static status
analyse(paraph_tm *t, const document *d, const char *source, const char *target,
	paraph_leverage bands[PARAPH_BANDS])
{
	TRY(memory_matcher(t, &source, &target));
	if (t->segmenter == NULL)
		TRY(segmenter_open(&t->segmenter, &t->context));
	if (t->met == NULL)
		TRY(tm_store_open(&t->met, &t->context, ":memory:", TM_STORE_WRITE));
	if (t->met_matcher == NULL)
		TRY(tm_matcher_open(&t->met_matcher, &t->context, t->met));
	for (size_t i = 0; i < d->block_count; i++)
		TRY(analyse_block(
			t, d, &d->blocks[i], slice_of(source), slice_of(target), bands));
	return STATUS_OK;
}

paraph_status
paraph_tm_analyse(paraph_tm *t, paraph_session *session, const paraph_result *read,
	const char *source, const char *target, paraph_leverage bands[PARAPH_BANDS])
{
	(void)session;
	t->context.message[0] = '\0';
	return memory_answer(t, analyse(t, &read->document, source, target, bands));
}
