#include "checker/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/sort.h"
#include "checker/bilingual/pair.h"
#include "checker/inflection.h"
#include "checker/memo.h"
#include "checker/parts.h"
#include "checker/quotation.h"
#include "checker/rule.h"
#include "checker/wordings.h"
#include "document/original.h"
#include "text/segment.h"

/* --- words that rules name --- */

static void
collect(watched_words *w, const char *const *named, size_t index)
{
	for (; named != NULL && *named != NULL; named++)
		w->list.at[w->list.n++] =
			(watched_word){ slice_of(*named), 0, (uint16_t)index };
}

static status
make_slots(const memory *m, watched_words *w)
{
	size_t size = 64;

	while (size < 2 * w->list.n)
		size *= 2;
	w->slots = memory_alloc(m, size * sizeof(*w->slots));
	if (w->slots == NULL)
		return STATUS_MEMORY;
	memset(w->slots, 0, size * sizeof(*w->slots));
	w->slot_mask = size - 1;
	for (size_t i = 0; i < w->list.n; i++) {
		uint32_t *slot = &w->slots[slice_hash(w->list.at[i].text) & w->slot_mask];
		w->list.at[i].next = *slot;
		*slot = (uint32_t)i + 1;
	}
	return STATUS_OK;
}

static void
free_watched(const memory *m, watched_words *w)
{
	ARRAY_FREE(m, &w->list);
	memory_free(m, w->slots);
}

static size_t
count_of(const char *const *named)
{
	size_t n = 0;

	while (named != NULL && named[n] != NULL)
		n++;
	return n;
}

static status
collect_watched(check *c)
{
	const dispatch *d = &c->dispatch;
	size_t forms = 0, lemmas = 0, beside = 0;

	for (size_t i = 0; i < d->look_count; i++) {
		forms += count_of(d->looks[i].rule->watch);
		lemmas += count_of(d->looks[i].rule->watch_lemmas);
	}
	for (size_t i = 0; i < d->question_count; i++)
		beside += count_of(d->questions[i].watch);
	TRY(ARRAY_RESERVE(c->context->memory, &c->watched.list, forms));
	TRY(ARRAY_RESERVE(c->context->memory, &c->watched_lemmas.list, lemmas));
	TRY(ARRAY_RESERVE(c->context->memory, &c->watched_beside.list, beside));
	for (size_t i = 0; i < d->look_count; i++) {
		const rule *r = d->looks[i].rule;
		collect(&c->watched, r->watch, i);
		collect(&c->watched_lemmas, r->watch_lemmas, i);
	}
	for (size_t i = 0; i < d->question_count; i++)
		collect(&c->watched_beside, d->questions[i].watch, i);
	TRY(make_slots(c->context->memory, &c->watched));
	TRY(make_slots(c->context->memory, &c->watched_beside));
	return make_slots(c->context->memory, &c->watched_lemmas);
}

static bool
knows_word(void *user, slice text, language l)
{
	const vocabulary *v = &((const check *)user)->with->vocabulary;

	return v->knows != NULL && v->knows(v->user, text, l);
}

/* What the checker adds to a word, once for each distinct one. */
static void
read_word(void *user, words *w, uint32_t id, language l)
{
	check *c = user;
	const vocabulary *v = &c->with->vocabulary;
	word_reading *r = &w->list.at[id].in[l - LANGUAGE_FR];
	slice lower = w->list.at[w->list.at[id].lower].text;

	if (v->read != NULL)
		v->read(v->user, w, id, l);
	r->wording = wordings_find(lower, l);
	if (l == LANGUAGE_FR)
		r->determiner = determiner_number(lower);
	r->calls = dispatch_word(c, id, l);
}

/* Begins the word table anew where it has grown too large. */
status
check_trim_words(check *c)
{
	TRY(words_trim(&c->words, CHECK_WORDS_MOST));
	return lists_begin_block(&c->lists, &c->words);
}

status
check_init(check *c, context *ctx, const check_with *with)
{
	*c = (check){ .context = ctx, .with = with };
	c->notes = c->own_notes;
	c->found.memory = ctx->memory;
	tokens_init(&c->tokens, ctx->memory);
	arena_init(&c->scratch, ctx->memory);
	TRY(words_init(&c->words, ctx->memory));
	TRY(lists_init(&c->lists, ctx->memory));
	TRY(dispatch_init(c));
	memcpy(c->words.lexicons, with->lexicons, sizeof(with->lexicons));
	c->words.extra = (vocabulary){ .user = c, .knows = knows_word, .read = read_word };
	wordings_init(c);
	return collect_watched(c);
}

void
check_free(check *c)
{
	ARRAY_FREE(c->context->memory, &c->found.list);
	segmenter_close(c->segmenter);
	free_watched(c->context->memory, &c->watched);
	free_watched(c->context->memory, &c->watched_lemmas);
	free_watched(c->context->memory, &c->watched_beside);
	dispatch_free(&c->dispatch);
	lists_free(&c->lists);
	words_free(&c->words);
	tokens_free(&c->tokens);
	arena_free(&c->scratch);
}

size_t
check_find_rule(const check *c, const rule *r)
{
	size_t i = 0;

	while (c->with->rules[i] != r)
		i++;
	return i;
}

/* What stands earlier wins; the rules of users stand before all of rules.def. */
static size_t
priority(const check *c, const rule *r)
{
	size_t i = check_rule_index(c, r), built_in = rule_count();

	return i >= built_in ? i - built_in : i + c->with->rule_count - built_in;
}

/* Rules of users may remember something. */
bool
check_is_ordered(const check *c, size_t i)
{
	const rule *r = c->with->rules[i];

	return r->ordered || r->document != NULL || i >= rule_count();
}

static bool
applies(const check *c, size_t i, language l)
{
	const rule *r = c->with->rules[i];

	if (!c->profiles[l - LANGUAGE_FR]->enabled[i] ||
		(c->document->extracted && r->not_extracted))
		return false;
	return l == LANGUAGE_FR ? r->fr : r->en;
}

void
check_find_rules(check *c)
{
	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++) {
		size_t k = l - LANGUAGE_FR;
		c->block_rules[k].n = 0;
		for (size_t i = 0; i < c->with->rule_count; i++) {
			c->applies[k][i] = applies(c, i, l);
			if (c->applies[k][i] && c->with->rules[i]->block != NULL)
				c->block_rules[k].at[c->block_rules[k].n++] = (uint16_t)i;
		}
	}
}

static status
call_for_block(check *c, const block_rules *rules)
{
	const rule *const *all = c->with->rules;

	for (size_t k = 0; k < rules->n; k++) {
		const rule *r = all[rules->at[k]];
		c->running = rules->at[k];
		TRY(r->block(c, r));
	}
	return STATUS_OK;
}

/* The same where the calls are timed or noted, or some of them put off. */
static status
call_for_block_watched(check *c, const block_rules *rules)
{
	for (size_t k = 0; k < rules->n; k++) {
		const rule *r = c->with->rules[rules->at[k]];
		if (c->late != NULL && check_is_ordered(c, rules->at[k]))
			continue;
		c->running = rules->at[k];
		double start = c->meters == NULL ? 0 : check_clock();
		TRY(c->noting ? memo_call(c, NULL, r, rules->at[k], MEMO_BLOCK)
			      : r->block(c, r));
		if (c->meters != NULL) {
			c->meters[c->running].blocks.ns += check_clock() - start;
			c->meters[c->running].blocks.calls++;
		}
	}
	return STATUS_OK;
}

status
check_block_anew(check *c, const block *b)
{
	const block_rules *rules = &c->block_rules[b->language - LANGUAGE_FR];
	bool plainly = c->meters == NULL && !c->noting && c->late == NULL;

	TRY(tokens_read(&c->tokens, &c->words, c->document->text, b->text, b->language));
	TRY(dispatch_tokens(c));
	TRY(plainly ? call_for_block(c, rules) : call_for_block_watched(c, rules));
	arena_reset(&c->scratch);
	return c->quotations.failed;
}

status
check_block(check *c, const block *b)
{
	TRY(context_go_on(c->context));
	c->block = b;
	c->language = b->language;
	c->quotations = (quotations){ 0 };
	if (c->noting)
		return memo_block(c, b);
	if (c->late == NULL) /* what is put off has numbers of words */
		TRY(check_trim_words(c));
	return check_block_anew(c, b);
}

double
check_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static status
finish_document(check *c)
{
	language most = c->document->language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_FR;
	language other = most == LANGUAGE_EN ? LANGUAGE_FR : LANGUAGE_EN;

	c->block = NULL;
	for (size_t i = 0; i < c->with->rule_count; i++) {
		const rule *r = c->with->rules[i];
		if (r->document == NULL || (!applies(c, i, most) && !applies(c, i, other)))
			continue;
		TRY(context_go_on(c->context));
		c->running = i;
		c->language = applies(c, i, most) ? most : other;
		double start = c->meters == NULL ? 0 : check_clock();
		TRY(r->document(c, r));
		if (c->meters != NULL) {
			c->meters[i].document.ns += check_clock() - start;
			c->meters[i].document.calls++;
		}
	}
	return STATUS_OK;
}

int
check_by_place(const void *left, const void *right)
{
	const finding *a = left, *b = right;

	if (a->text.start != b->text.start)
		return a->text.start < b->text.start ? -1 : 1;
	if (a->text.end != b->text.end)
		return a->text.end < b->text.end ? -1 : 1;
	if (a->facing.text.start != b->facing.text.start)
		return a->facing.text.start < b->facing.text.start ? -1 : 1;
	if (a->facing.text.end != b->facing.text.end)
		return a->facing.text.end < b->facing.text.end ? -1 : 1;
	return strcmp(a->rule->id, b->rule->id);
}

static bool
spans_overlap(span a, span b)
{
	if (a.start == b.start)
		return true;
	return a.start < b.end && b.start < a.end;
}

/* What is said of a pair of passages says nothing against what is said of one text, nor against
 * what is said of another place of the source. */
static bool
overlap(const finding *a, const finding *b)
{
	if (a->facing.document == NULL && b->facing.document == NULL)
		return spans_overlap(a->text, b->text);
	return a->facing.document == b->facing.document && a->text.start == b->text.start &&
	       a->text.end == b->text.end && a->facing.text.start == b->facing.text.start &&
	       a->facing.text.end == b->facing.text.end;
}

/* What is only a suggestion gives way; else the rule that stands earlier in rules.def wins. */
static bool
wins(const check *c, const finding *a, const finding *b)
{
	bool faint_a = a->severity < SEVERITY_WARNING, faint_b = b->severity < SEVERITY_WARNING;

	if (faint_a != faint_b)
		return faint_b;
	return priority(c, a->rule) <= priority(c, b->rule);
}

/* One place gets one finding: of those that overlap, the one that wins stays. Of the list,
 * those of pairs or the others are looked at. */
static size_t
drop_overlaps_among(check *c, bool of_pairs, finding *out)
{
	const findings *f = &c->found;
	size_t kept = 0;

	for (size_t i = 0; i < f->list.n; i++) {
		const finding *candidate = &f->list.at[i];
		bool keep = (candidate->facing.document != NULL) == of_pairs;
		while (keep && kept > 0 && overlap(&out[kept - 1], candidate)) {
			if (wins(c, &out[kept - 1], candidate)) {
				keep = false;
				break;
			}
			kept--;
		}
		if (keep && &out[kept] != candidate)
			out[kept] = *candidate;
		kept += keep;
	}
	return kept;
}

static bool
any_of_pairs(const findings *f)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (f->list.at[i].facing.document != NULL)
			return true;
	return false;
}

/* Rules for pairs of which the text alone may show the same, aloud enough. */
static bool
repeats_term_rules(const finding *f)
{
	return f->rule == &rule_bilingual_deprecated || f->rule == &rule_bilingual_acronym;
}

static bool
is_said_alone(const findings *f, size_t i)
{
	const finding *x = &f->list.at[i];
	size_t first = i;

	while (first > 0 && spans_overlap(f->list.at[first - 1].text, x->text))
		first--;
	for (size_t k = first; k < f->list.n && f->list.at[k].text.start < x->text.end; k++)
		if (f->list.at[k].facing.document == NULL && f->list.at[k].rule != NULL &&
			f->list.at[k].severity >= SEVERITY_WARNING &&
			slice_starts(slice_of(f->list.at[k].rule->id), SLICE("term/")) &&
			spans_overlap(f->list.at[k].text, x->text))
			return true;
	return false;
}

static void
drop_said_alone(findings *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->list.n; i++)
		if (repeats_term_rules(&f->list.at[i]) && is_said_alone(f, i))
			f->list.at[i].rule = NULL;
	for (size_t i = 0; i < f->list.n; i++)
		if (f->list.at[i].rule != NULL)
			f->list.at[kept++] = f->list.at[i];
	f->list.n = kept;
}

static status
drop_overlaps(check *c)
{
	findings *f = &c->found;

	if (!any_of_pairs(f)) {
		f->list.n = drop_overlaps_among(c, false, f->list.at);
		return STATUS_OK;
	}
	finding *copy = ARENA_ARRAY(&c->scratch, finding, f->list.n);
	if (copy == NULL)
		return STATUS_MEMORY;
	size_t n = drop_overlaps_among(c, true, copy);
	n += drop_overlaps_among(c, false, copy + n);
	memcpy(f->list.at, copy, n * sizeof(*copy));
	f->list.n = n;
	if (n > 1)
		qsort(f->list.at, n, sizeof(finding), check_by_place);
	drop_said_alone(f);
	arena_reset(&c->scratch);
	return STATUS_OK;
}

static status
each_block(check *c)
{
	const document *d = c->document;

	for (size_t i = 0; i < d->block_count; i++) {
		language l = d->blocks[i].language;
		if (l == LANGUAGE_FR || l == LANGUAGE_EN)
			TRY(check_block(c, &d->blocks[i]));
	}
	return STATUS_OK;
}

static void
forget_document(check *c)
{
	c->found.list.n = 0;
	c->running = 0;
	memset(c->own_notes, 0, sizeof(c->own_notes));
	memset(c->caches, 0, sizeof(c->caches));
}

/* Words are numbered anew between documents only: what is kept has their numbers. */
static status
check_all_blocks(check *c)
{
	check_find_rules(c);
	TRY(dispatch_begin(c));
	TRY(check_trim_words(c));
	TRY(words_expect(&c->words, c->document->text.n));
	if (memo_of(c) == NULL)
		return each_block(c);
	TRY(memo_begin(c));
	c->noting = true;
	status done = each_block(c);
	c->noting = false;
	if (done == STATUS_OK && c->found.list.n < c->context->limits.findings)
		return memo_end(c);
	if (done == STATUS_CANCELLED) /* what is kept is as good as it was */
		return done;
	/* Which of too many findings are left out hangs on the order of the calls. */
	memo_clear(c->memo);
	if (done != STATUS_OK)
		return done;
	forget_document(c);
	return each_block(c);
}

static status
check_blocks(check *c)
{
	bool again = true;

	if (parts_are_wanted(c))
		TRY(parts_check(c, &again));
	c->repeated = again && parts_are_wanted(c);
	if (again) {
		forget_document(c);
		TRY(check_all_blocks(c));
	}
	TRY(pairs_check(c));
	return finish_document(c);
}

/* The profile that is in force for this very text. */
static const profile *
profile_for(const document *d, const profile *p)
{
	return d->extracted && p->extracted != NULL ? p->extracted : p;
}

static int
by_place(const void *left, const void *right)
{
	const finding *const *a = left, *const *b = right;

	return check_by_place(*a, *b);
}

/* Puts at place i what belongs there, then at the place that this left, and so on till the one
 * that stood at i has its own. */
static void
move_round(finding *at, const finding **list, size_t i)
{
	finding first = at[i];
	size_t to = i, from = (size_t)(list[i] - at);

	while (from != i) {
		at[to] = at[from];
		list[to] = &at[to];
		to = from;
		from = (size_t)(list[to] - at);
	}
	if (to != i)
		at[to] = first;
	list[to] = &at[to];
}

/* A finding is large: their addresses are sorted, then each is moved once. */
static status
sort_findings(check *c)
{
	size_t n = c->found.list.n;
	finding *at = c->found.list.at;
	const finding **list =
		arena_array_room(&c->scratch, 2 * n, sizeof(*list), alignof(finding *));

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		list[i] = &at[i];
	sort_nearly(list, n, sizeof(*list), by_place, list + n);
	for (size_t i = 0; i < n; i++)
		move_round(at, list, i);
	arena_reset(&c->scratch);
	return STATUS_OK;
}

status
check_translation(check *c, document *d, const check_style *s, const check_source *source)
{
	c->source = source;
	for (int l = 0; l < LANGUAGES; l++)
		c->profiles[l] = profile_for(d, s->of[l]);
	c->style = s;
	c->document = d;
	c->keep = &d->arena;
	forget_document(c);
	TRY(suppression_read(c, &c->suppressed));
	TRY(check_blocks(c));
	TRY(sort_findings(c));
	/* Before suppression: a place that is told to be silent shows no finding that another
	 * hid there. */
	TRY(drop_overlaps(c));
	suppression_apply(c);
	return STATUS_OK;
}

status
check_document(check *c, document *d, const check_style *s)
{
	return check_translation(c, d, s, NULL);
}

slice
check_text(const check *c, span s)
{
	return slice_sub(c->document->text, s.start, s.end);
}

slice
check_token(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return slice_sub(c->document->text, t->start, t->start + t->length);
}

slice
check_lower(const check *c, size_t i)
{
	uint32_t lower = c->tokens.at[i].lower;

	return lower == 0 ? SLICE("") : words_at(&c->words, lower)->text;
}

bool
check_lower_is(const check *c, uint32_t lower, const char *const *list)
{
	return lists_has(&c->lists, &c->words, lower, list);
}

static bool
has_lemma(const check *c, uint32_t lower, const char *const *lemmas, language l)
{
	const lexicon *x = c->with->lexicons[l - LANGUAGE_FR];
	const analysis *a;

	for (size_t n = words_analyses(&c->words, lower, l, &a); n > 0; n--)
		if (lists_has_text(&c->lists, lexicon_lemma(x, a[n - 1].lemma), lemmas))
			return true;
	return false;
}

bool
check_lemma_is(const check *c, size_t i, const char *const *lemmas, language l)
{
	uint32_t lower = c->tokens.at[i].lower;
	uintptr_t list = (uintptr_t)lemmas | 1;

	if (lower == 0)
		return false;
	list_answer *a = lists_answer(&c->lists, lower, list);
	if (a->list != list || a->lower != lower)
		*a = (list_answer){ list, lower, has_lemma(c, lower, lemmas, l) };
	return a->yes;
}

bool
check_word_is(const check *c, size_t i, const char *const *list)
{
	return lists_has(&c->lists, &c->words, c->tokens.at[i].lower, list);
}

span
check_span(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;

	return (span){ t[first].start, t[last].start + t[last].length };
}

static status
keep_suggestions(check *c, finding *f)
{
	slice *copy = ARENA_ARRAY(c->keep, slice, f->suggestion_count);

	if (copy == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < f->suggestion_count; i++)
		TRY(arena_copy(c->keep, f->suggestions[i], &copy[i]));
	f->suggestions = copy;
	return STATUS_OK;
}

/* The level of a finding for which the rule chose one, or none. */
static severity
severity_in_force(const check *c, const rule *r, severity chosen)
{
	severity level = (severity)check_profile(c)->severities[check_rule_index(c, r)];

	if (chosen == SEVERITY_DEFAULT)
		return level;
	if (level < r->severity)
		return chosen < level ? chosen : level;
	return chosen >= r->severity && chosen < level ? level : chosen;
}

/* The words of another are left as they are, whatever rule finds fault with them; spaces and
 * signs of a quotation are the author's. A rule of a user says itself what it does there. */
static bool
keeps_words(check *c, const rule *r, span text)
{
	static const char *const signs[] = { "spacing/", "typography/", "hyphen/line-end" };

	if (c->block == NULL || c->running >= rule_count())
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (slice_starts(slice_of(r->id), slice_of(signs[i])))
			return false;
	return quotation_touches(c, text);
}

/* A long list grows in large steps: what it outgrows was touched, and what it has no use for
 * never is. */
static status
make_room(check *c)
{
	size_t n = c->found.list.n;
	size_t extra = n < FINDINGS_MANY ? 1 : n < 16 * FINDINGS_MANY ? 3 * n : n;

	if (n < c->found.list.capacity)
		return STATUS_OK;
	return ARRAY_RESERVE(c->context->memory, &c->found.list, extra);
}

status
check_report(check *c, const rule *r, finding f)
{
	if (c->found.list.n >= c->context->limits.findings)
		return STATUS_OK;
	f.rule = r;
	f.severity = severity_in_force(c, r, f.severity);
	if (f.message.p == NULL)
		f.message =
			slice_of(c->context->ui == LANGUAGE_FR ? r->summary_fr : r->summary_en);
	if (f.suggestion_count != 0)
		TRY(keep_suggestions(c, &f));
	if (f.fix == FIX_SAFE && document_crosses_line(c->document, f.text))
		f.fix = FIX_REVIEW;
	if (f.fix != FIX_NONE && keeps_words(c, r, f.text))
		f.fix = FIX_NONE;
	TRY(make_room(c));
	c->found.list.at[c->found.list.n++] = f;
	return STATUS_OK;
}

status
check_report_fix(check *c, const rule *r, span where, slice suggestion, fix_kind fix)
{
	finding f = { .text = where, .fix = fix };

	if (suggestion.p != NULL) {
		f.suggestions = &suggestion;
		f.suggestion_count = 1;
	}
	return check_report(c, r, f);
}

/* Printed once where it is short. */
static slice
print_kept(check *c, const char *format, va_list arguments)
{
	char made[256];
	va_list again;

	va_copy(again, arguments);
	int n = vsnprintf(made, sizeof(made), format, again);
	va_end(again);
	char *p = n < 0 ? NULL : arena_alloc(c->keep, (size_t)n + 1, 1);
	if (p == NULL)
		return (slice){ 0 };
	if ((size_t)n < sizeof(made))
		memcpy(p, made, (size_t)n + 1);
	else
		vsnprintf(p, (size_t)n + 1, format, arguments);
	return (slice){ p, (size_t)n };
}

slice
check_message(check *c, const char *en, const char *fr, ...)
{
	va_list arguments;

	va_start(arguments, fr);
	slice s = print_kept(c, c->context->ui == LANGUAGE_FR ? fr : en, arguments);
	va_end(arguments);
	return s;
}

slice
check_printf(check *c, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	slice s = print_kept(c, format, arguments);
	va_end(arguments);
	return s;
}
