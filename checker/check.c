/* See check.h. Tokens carry the features that rules select by; the engine keeps, for each
 * language, the union of what all enabled rules want and the list of rules that want each
 * feature bit, so a token that interests nobody costs one test. */
#include "checker/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checker/inflection.h"
#include "checker/rule.h"
#include "checker/wordings.h"

#define WORDS_MOST 1000000 /* distinct words kept between blocks */

#define FEATURES 32

struct call { /* of a rule, for a feature */
	const rule *rule;
	status (*token)(check *c, const rule *r, size_t i);
	uint32_t before; /* lower features that it wants too: called for those */
	uint32_t index;  /* of the rule */
};

typedef struct interest { /* rules to call for blocks of one language, by index */
	uint16_t block[RULES_MAX];
	size_t blocks;
	uint32_t wanted; /* features that some token rule wants */
	struct {
		struct call *calls;
		size_t count;
	} by_feature[FEATURES];
	bool applies[RULES_MAX];
} interest;

/* --- words that rules name --- */

static int
by_text(const void *left, const void *right)
{
	const watched_word *a = left, *b = right;
	int order = slice_compare(a->text, b->text);

	return order != 0 ? order : (a->rule > b->rule) - (a->rule < b->rule);
}

static status
collect(const memory *m, watched_words *l, const char *const *named, size_t index)
{
	for (; named != NULL && *named != NULL; named++) {
		TRY(ARRAY_RESERVE(m, l, 1));
		l->at[l->n++] = (watched_word){ slice_of(*named), (uint16_t)index };
	}
	return STATUS_OK;
}

static void
sort(watched_words *l)
{
	if (l->n > 1)
		qsort(l->at, l->n, sizeof(*l->at), by_text);
}

static status
collect_watched(check *c)
{
	for (size_t i = 0; i < c->with->rule_count; i++) {
		const rule *r = c->with->rules[i];
		TRY(collect(c->context->memory, &c->watched, r->watch, i));
		TRY(collect(c->context->memory, &c->watched_lemmas, r->watch_lemmas, i));
	}
	sort(&c->watched);
	sort(&c->watched_lemmas);
	return STATUS_OK;
}

/* The number, from 1, of the first entry with this text; 0 for none. */
static uint32_t
find_watched(const watched_words *l, slice text)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_compare(l->at[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->n && slice_equal(l->at[low].text, text) ? (uint32_t)low + 1 : 0;
}

static bool
has_watched_lemma(const check *c, slice lower, language l)
{
	const lexicon *x = c->with->lexicons[l - LANGUAGE_FR];
	const analysis *readings;

	if (c->watched_lemmas.n == 0 || x == NULL)
		return false;
	size_t n = lexicon_analyses(x, lower, &readings);
	for (size_t i = 0; i < n; i++)
		if (find_watched(&c->watched_lemmas, lexicon_lemma(x, readings[i].lemma)) != 0)
			return true;
	return find_watched(&c->watched_lemmas, lower) != 0;
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
	const check *c = user;
	const vocabulary *v = &c->with->vocabulary;
	word_reading *r = &w->list.at[id].in[l - LANGUAGE_FR];
	slice lower = w->list.at[w->list.at[id].lower].text;

	if (v->read != NULL)
		v->read(v->user, w, id, l);
	r->watch = find_watched(&c->watched, lower);
	r->watched_lemma = has_watched_lemma(c, lower, l);
	r->wording = wordings_find(lower, l);
	if (r->watch != 0 || r->watched_lemma || r->wording != 0)
		r->features |= (uint32_t)FEATURE_WATCHED;
	if (l == LANGUAGE_FR)
		r->determiner = determiner_number(lower);
}

status
check_init(check *c, context *ctx, const check_with *with)
{
	*c = (check){ .context = ctx, .with = with };
	c->found.memory = ctx->memory;
	tokens_init(&c->tokens, ctx->memory);
	arena_init(&c->scratch, ctx->memory);
	TRY(words_init(&c->words, ctx->memory));
	memcpy(c->words.lexicons, with->lexicons, sizeof(with->lexicons));
	c->words.extra = (vocabulary){ .user = c, .knows = knows_word, .read = read_word };
	wordings_init(c);
	return collect_watched(c);
}

void
check_free(check *c)
{
	ARRAY_FREE(c->context->memory, &c->found.list);
	ARRAY_FREE(c->context->memory, &c->watched);
	ARRAY_FREE(c->context->memory, &c->watched_lemmas);
	words_free(&c->words);
	tokens_free(&c->tokens);
	arena_free(&c->scratch);
}

/* Nearly always asked by the rule that is running. */
static size_t
rule_index(const check *c, const rule *r)
{
	const rule *const *rules = c->with->rules;
	size_t i = 0;

	if (rules[c->running] == r)
		return c->running;
	while (rules[i] != r)
		i++;
	return i;
}

/* What stands earlier wins; the rules of users stand before all of rules.def. */
static size_t
priority(const check *c, const rule *r)
{
	size_t i = rule_index(c, r), built_in = rule_count();

	return i >= built_in ? i - built_in : i + c->with->rule_count - built_in;
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

/* Room for the calls of a feature, in the arena of the document. */
static status
make_calls(check *c, uint32_t feature, struct call **out)
{
	size_t n = 0;

	for (size_t i = 0; i < c->with->rule_count; i++)
		n += (c->with->rules[i]->on & feature) != 0;
	*out = ARENA_ARRAY(c->keep, struct call, n);
	return *out == NULL && n != 0 ? STATUS_MEMORY : STATUS_OK;
}

static void
add_calls(interest *out, const rule *r, size_t index)
{
	out->wanted |= r->on;
	for (uint32_t left = r->on; left != 0; left &= left - 1) {
		unsigned f = (unsigned)__builtin_ctz(left);
		out->by_feature[f].calls[out->by_feature[f].count++] = (struct call){ .rule = r,
			.token = r->token,
			.before = r->on & ((1u << f) - 1),
			.index = (uint32_t)index };
	}
}

static status
find_interest(check *c, language l, interest *out)
{
	*out = (interest){ .wanted = (uint32_t)FEATURE_WATCHED };
	for (unsigned f = 0; f < FEATURES; f++)
		TRY(make_calls(c, 1u << f, &out->by_feature[f].calls));
	for (size_t i = 0; i < c->with->rule_count; i++) {
		const rule *r = c->with->rules[i];
		out->applies[i] = applies(c, i, l);
		if (!out->applies[i])
			continue;
		if (r->block != NULL)
			out->block[out->blocks++] = (uint16_t)i;
		if (r->token != NULL)
			add_calls(out, r, i);
	}
	return STATUS_OK;
}

/* A rule that wants several features of a token is called for the lowest. */
static status
call_watcher(check *c, const interest *wanted, size_t index, size_t i)
{
	const rule *r = c->with->rules[index];
	uint32_t before = r->on & ~(uint32_t)FEATURE_WATCHED;

	if (!wanted->applies[index] || r->token == NULL || before == r->on ||
		(c->tokens.at[i].features & before) != 0)
		return STATUS_OK;
	c->running = index;
	return r->token(c, r, i);
}

/* A word that has a lemma which some rules name: all of these look at it. */
static status
check_watched_lemma(check *c, const interest *wanted, size_t i)
{
	for (size_t k = 0; k < c->with->rule_count; k++)
		if (c->with->rules[k]->watch_lemmas != NULL)
			TRY(call_watcher(c, wanted, k, i));
	return STATUS_OK;
}

/* Only the rules that name the word look at it. */
static status
check_watched(check *c, const interest *wanted, size_t i)
{
	const word_reading *w =
		&words_at(&c->words, c->tokens.at[i].word)->in[c->language - LANGUAGE_FR];
	uint32_t first = w->watch;
	bool lemma = w->watched_lemma, opens = w->wording != 0;

	if (lemma)
		TRY(check_watched_lemma(c, wanted, i));
	for (size_t k = first; k != 0 && k <= c->watched.n; k++) {
		const watched_word *at = &c->watched.at[k - 1];
		if (k > first) {
			if (!slice_equal(at->text, at[-1].text))
				break;
			if (at->rule == at[-1].rule)
				continue;
		}
		if (!lemma || c->with->rules[at->rule]->watch_lemmas == NULL)
			TRY(call_watcher(c, wanted, at->rule, i));
	}
	return opens ? wordings_at(c, wanted->applies, i) : STATUS_OK;
}

static status
check_token_of(check *c, const interest *wanted, size_t i, uint32_t features)
{
	uint32_t left = features & wanted->wanted & ~(uint32_t)FEATURE_WATCHED;

	for (; left != 0; left &= left - 1) {
		unsigned f = (unsigned)__builtin_ctz(left);
		const struct call *call = wanted->by_feature[f].calls;
		for (size_t n = wanted->by_feature[f].count; n != 0; n--, call++) {
			if ((features & call->before) != 0)
				continue;
			c->running = call->index;
			TRY(call->token(c, call->rule, i));
		}
	}
	return (features & (uint32_t)FEATURE_WATCHED) == 0 ? STATUS_OK
							   : check_watched(c, wanted, i);
}

static status
check_tokens(check *c, const interest *wanted)
{
	for (size_t i = 0; i < c->tokens.count; i++) {
		uint32_t features = c->tokens.at[i].features;
		if ((features & wanted->wanted) != 0)
			TRY(check_token_of(c, wanted, i, features));
	}
	return STATUS_OK;
}

static status
check_block(check *c, const block *b, const interest *wanted)
{
	TRY(words_trim(&c->words, WORDS_MOST));
	c->block = b;
	c->language = b->language;
	c->quotations = (quotations){ 0 };
	TRY(tokens_read(&c->tokens, &c->words, c->document->text, b->text, b->language));
	TRY(check_tokens(c, wanted));
	for (size_t k = 0; k < wanted->blocks; k++) {
		const rule *r = c->with->rules[wanted->block[k]];
		c->running = wanted->block[k];
		TRY(r->block(c, r));
	}
	arena_reset(&c->scratch);
	return c->quotations.failed;
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
		c->running = i;
		c->language = applies(c, i, most) ? most : other;
		TRY(r->document(c, r));
	}
	return STATUS_OK;
}

static int
by_place(const void *left, const void *right)
{
	const finding *a = left, *b = right;

	if (a->text.start != b->text.start)
		return a->text.start < b->text.start ? -1 : 1;
	if (a->text.end != b->text.end)
		return a->text.end < b->text.end ? -1 : 1;
	return strcmp(a->rule->id, b->rule->id);
}

static bool
overlap(span a, span b)
{
	if (a.start == b.start)
		return true;
	return a.start < b.end && b.start < a.end;
}

/* One place gets one finding: of those that overlap, the one whose rule stands earlier in
 * rules.def stays. */
static void
drop_overlaps(check *c)
{
	findings *f = &c->found;
	size_t kept = 0;

	for (size_t i = 0; i < f->list.n; i++) {
		finding candidate = f->list.at[i];
		bool keep = true;
		while (kept > 0 && overlap(f->list.at[kept - 1].text, candidate.text)) {
			if (priority(c, f->list.at[kept - 1].rule) <=
				priority(c, candidate.rule)) {
				keep = false;
				break;
			}
			kept--;
		}
		if (keep)
			f->list.at[kept++] = candidate;
	}
	f->list.n = kept;
}

static status
check_blocks(check *c)
{
	const document *d = c->document;
	interest wanted[LANGUAGES];

	TRY(find_interest(c, LANGUAGE_FR, &wanted[0]));
	TRY(find_interest(c, LANGUAGE_EN, &wanted[1]));
	for (size_t i = 0; i < d->block_count; i++) {
		language l = d->blocks[i].language;
		if (l == LANGUAGE_FR || l == LANGUAGE_EN)
			TRY(check_block(c, &d->blocks[i], &wanted[l - LANGUAGE_FR]));
	}
	return finish_document(c);
}

/* The profile that is in force for this very text. */
static const profile *
profile_for(const document *d, const profile *p)
{
	return d->extracted && p->extracted != NULL ? p->extracted : p;
}

status
check_document(check *c, document *d, const check_style *s)
{
	for (int l = 0; l < LANGUAGES; l++)
		c->profiles[l] = profile_for(d, s->of[l]);
	c->style = s;
	c->document = d;
	c->keep = &d->arena;
	c->found.list.n = 0;
	c->running = 0;
	memset(c->notes, 0, sizeof(c->notes));
	TRY(suppression_read(c, &c->suppressed));
	TRY(check_blocks(c));
	suppression_apply(c);
	if (c->found.list.n > 1)
		qsort(c->found.list.at, c->found.list.n, sizeof(finding), by_place);
	drop_overlaps(c);
	return STATUS_OK;
}

/* The finding before i of the same rule over the same text whose suggestions are made. */
static const finding *
same_before(const findings *f, const size_t *distinct, size_t count, const check *c, size_t i)
{
	for (size_t k = 0; k < count; k++) {
		const finding *other = &f->list.at[distinct[k]];
		if (other->rule == f->list.at[i].rule &&
			slice_equal(
				check_text(c, other->text), check_text(c, f->list.at[i].text)))
			return other;
	}
	return NULL;
}

status
check_suggest(check *c, size_t most)
{
	size_t *distinct = ARENA_ARRAY(c->keep, size_t, most), count = 0;

	if (distinct == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < c->found.list.n; i++) {
		finding *f = &c->found.list.at[i];
		if (f->rule->suggest == NULL || f->suggestion_count != 0)
			continue;
		const finding *same = same_before(&c->found, distinct, count, c, i);
		if (same != NULL) {
			f->suggestions = same->suggestions;
			f->suggestion_count = same->suggestion_count;
		} else if (count < most) {
			TRY(f->rule->suggest(c, f));
			arena_reset(&c->scratch);
			distinct[count++] = i;
		}
	}
	return STATUS_OK;
}

void **
check_note(check *c, const rule *r)
{
	return &c->notes[rule_index(c, r)];
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
	const token *t = &c->tokens.at[i];

	if (t->kind != TOKEN_WORD && t->kind != TOKEN_ELISION)
		return SLICE("");
	return words_at(&c->words, words_at(&c->words, t->word)->lower)->text;
}

bool
check_word_is(const check *c, size_t i, const char *const *list)
{
	slice lower = check_lower(c, i);

	return lower.n != 0 && slice_is_one_of(lower, list);
}

span
check_span(const check *c, size_t first, size_t last)
{
	const token *t = c->tokens.at;

	return (span){ t[first].start, t[last].start + t[last].length };
}

static bool
crosses_line(const check *c, span text)
{
	span file = source_map_file(&c->document->map, text);

	return file.end > file.start &&
	       memchr(c->document->bytes.p + file.start, '\n', file.end - file.start) != NULL;
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
	severity level = (severity)check_profile(c)->severities[rule_index(c, r)];

	if (chosen == SEVERITY_DEFAULT)
		return level;
	if (level < r->severity)
		return chosen < level ? chosen : level;
	return chosen >= r->severity && chosen < level ? level : chosen;
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
	if (f.fix == FIX_SAFE && crosses_line(c, f.text))
		f.fix = FIX_REVIEW;
	TRY(ARRAY_RESERVE(c->context->memory, &c->found.list, 1));
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

static slice
print_kept(check *c, const char *format, va_list arguments)
{
	va_list again;

	va_copy(again, arguments);
	int n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *p = n < 0 ? NULL : arena_alloc(c->keep, (size_t)n + 1, 1);
	if (p == NULL)
		return (slice){ 0 };
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
