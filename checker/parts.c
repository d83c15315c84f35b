#include "checker/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "checker/rule.h"

#define BYTES_LEAST ((size_t)1 << 20) /* of text: below, a thread is not worth its start */
#define BLOCKS_AT_ONCE 32
#define WAITING_MOST 8 /* parts of a thread */
#define HELPERS_MOST 64

/* Blocks that were cut into tokens, and the calls for them that wait for their turn. */
typedef struct part {
	size_t number;
	tokens tokens[BLOCKS_AT_ONCE];
	late_calls calls;
	size_t calls_end[BLOCKS_AT_ONCE]; /* of each block */
} part;

typedef struct parts {
	check *main;
	pthread_mutex_t lock;
	pthread_cond_t turned;
	size_t count, claimed; /* parts */
	size_t turn;           /* number of the part whose ordered calls are next */
	bool stopped;          /* one of the threads failed, or is confused */
} parts;

/* One thread; the first is the one that asked, with its own check. */
typedef struct helper {
	parts *parts;
	check *check;
	struct {
		context context;
		check check;
		arena keep;
	} own; /* of the others */
	part waiting[WAITING_MOST];
	size_t first, count; /* of those that wait: a ring */
	pthread_t thread;
	status status;
} helper;

bool
parts_are_wanted(const check *c)
{
	return c->threads > 1 && c->document->text.n >= BYTES_LEAST &&
	       c->document->block_count > 2 * BLOCKS_AT_ONCE && c->source == NULL &&
	       c->with->memories == NULL && c->meters == NULL && c->memo == NULL;
}

static status
begin(helper *h, const check *c)
{
	context_init(&h->own.context, c->context->memory);
	h->own.context.limits = c->context->limits;
	h->own.context.ui = c->context->ui;
	h->own.context.wanted = c->context->wanted;
	h->own.context.wanted_user = c->context->wanted_user;
	arena_init(&h->own.keep, c->context->memory);
	h->check = &h->own.check;
	TRY(check_init(h->check, &h->own.context, c->with));
	check *own = h->check;
	own->document = c->document;
	own->keep = &h->own.keep;
	own->style = c->style;
	own->suppressed = c->suppressed;
	memcpy(own->profiles, c->profiles, sizeof(own->profiles));
	return STATUS_OK;
}

/* Its calls are put off from now on. */
static status
begin_share(helper *h, const memory *m)
{
	h->check->share = SHARE_FREE;
	h->check->late = &h->waiting[0].calls;
	h->check->confused = false;
	for (size_t i = 0; i < WAITING_MOST; i++)
		for (size_t k = 0; k < BLOCKS_AT_ONCE; k++)
			tokens_init(&h->waiting[i].tokens[k], m);
	check_find_rules(h->check);
	return dispatch_begin(h->check);
}

static bool
is_checked(const block *b)
{
	return b->language == LANGUAGE_FR || b->language == LANGUAGE_EN;
}

static void
swap_tokens(check *c, tokens *t)
{
	tokens of_check = c->tokens;

	c->tokens = *t;
	*t = of_check;
}

/* ---- the calls that were put off ---- */

static status
call_late(check *c, const late_call *calls, size_t n)
{
	const block_rules *rules = &c->block_rules[c->language - LANGUAGE_FR];

	for (size_t i = 0; i < n; i++) {
		const dispatch_look *x = &c->dispatch.looks[calls[i].look];
		c->running = x->index;
		TRY(x->rule->token(c, c->with->rules[x->index], calls[i].token));
	}
	for (size_t k = 0; k < rules->n; k++) {
		const rule *r = c->with->rules[rules->at[k]];
		if (!check_is_ordered(c, rules->at[k]))
			continue;
		c->running = rules->at[k];
		TRY(r->block(c, r));
	}
	arena_reset(&c->scratch);
	return c->quotations.failed;
}

static status
call_all_late(check *c, part *p)
{
	const document *d = c->document;
	size_t from = 0;

	for (size_t k = 0; k < BLOCKS_AT_ONCE; k++) {
		size_t i = p->number * BLOCKS_AT_ONCE + k;
		if (i >= d->block_count || !is_checked(&d->blocks[i]))
			continue;
		c->block = &d->blocks[i];
		c->language = c->block->language;
		c->quotations = (quotations){ 0 };
		swap_tokens(c, &p->tokens[k]);
		status s = call_late(c, p->calls.at + from, p->calls_end[k] - from);
		swap_tokens(c, &p->tokens[k]);
		TRY(s);
		from = p->calls_end[k];
	}
	return STATUS_OK;
}

/* With the notes of all. */
static void
take_turn(helper *h, part *p)
{
	check *c = h->check;

	c->notes = h->parts->main->own_notes;
	c->share = SHARE_ORDERED;
	h->status = call_all_late(c, p);
	c->share = SHARE_FREE;
	c->notes = c->own_notes;
}

static bool
is_turn(helper *h, bool wait)
{
	parts *p = h->parts;
	size_t number = h->waiting[h->first].number;

	pthread_mutex_lock(&p->lock);
	while (wait && !p->stopped && p->turn != number)
		pthread_cond_wait(&p->turned, &p->lock);
	bool yes = !p->stopped && p->turn == number;
	pthread_mutex_unlock(&p->lock);
	return yes;
}

static void
end_turn(helper *h)
{
	parts *p = h->parts;

	h->first = (h->first + 1) % WAITING_MOST;
	h->count--;
	pthread_mutex_lock(&p->lock);
	p->turn++;
	pthread_cond_broadcast(&p->turned);
	pthread_mutex_unlock(&p->lock);
}

/* Those whose turn it is; as long as more than `most` wait it waits for it. */
static void
take_turns(helper *h, size_t most)
{
	while (h->count != 0 && h->status == STATUS_OK && is_turn(h, h->count > most)) {
		take_turn(h, &h->waiting[h->first]);
		end_turn(h);
	}
}

/* ---- the others ---- */

static bool
claim(parts *p, size_t *number)
{
	pthread_mutex_lock(&p->lock);
	bool more = !p->stopped && p->claimed < p->count;
	if (more)
		*number = p->claimed++;
	pthread_mutex_unlock(&p->lock);
	return more;
}

static status
run_part(check *c, part *p)
{
	const document *d = c->document;

	p->calls.n = 0;
	c->late = &p->calls;
	for (size_t k = 0; k < BLOCKS_AT_ONCE && !c->confused; k++) {
		size_t i = p->number * BLOCKS_AT_ONCE + k;
		if (i < d->block_count && is_checked(&d->blocks[i])) {
			swap_tokens(c, &p->tokens[k]);
			status s = check_block(c, &d->blocks[i]);
			swap_tokens(c, &p->tokens[k]);
			TRY(s);
		}
		p->calls_end[k] = p->calls.n;
	}
	return STATUS_OK;
}

static void
stop(parts *p)
{
	pthread_mutex_lock(&p->lock);
	p->stopped = true;
	pthread_cond_broadcast(&p->turned);
	pthread_mutex_unlock(&p->lock);
}

/* What is put off has numbers of words: nothing may be when a table begins anew. */
static void
make_room(helper *h)
{
	take_turns(h, h->check->words.list.n > CHECK_WORDS_MOST ? 0 : WAITING_MOST - 1);
	if (h->status == STATUS_OK && h->count == 0)
		h->status = check_trim_words(h->check);
}

static void *
help(void *argument)
{
	helper *h = argument;
	size_t number;

	while (h->status == STATUS_OK && claim(h->parts, &number)) {
		part *p = &h->waiting[(h->first + h->count) % WAITING_MOST];
		p->number = number;
		h->status = run_part(h->check, p);
		h->count++;
		if (h->status != STATUS_OK || h->check->confused)
			break;
		make_room(h);
	}
	if (!h->check->confused)
		take_turns(h, 0);
	if (h->status != STATUS_OK || h->check->confused)
		stop(h->parts);
	return NULL;
}

/* ---- putting together ---- */

/* What findings and notes point to lives on with the document. */
static status
take_findings(check *c, helper *h)
{
	const findings *f = &h->check->found;

	arena_take(c->keep, &h->own.keep);
	arena_take(c->keep, &h->check->words.text);
	TRY(ARRAY_RESERVE(c->context->memory, &c->found.list, f->list.n));
	if (f->list.n != 0)
		memcpy(c->found.list.at + c->found.list.n, f->list.at,
			f->list.n * sizeof(*f->list.at));
	c->found.list.n += f->list.n;
	return STATUS_OK;
}

/* The first failure; its sentence goes to whoever asked. */
static status
take_all(check *c, helper *helpers, size_t n, bool *again)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		*again = *again || helpers[i].check->confused;
		if (helpers[i].status == STATUS_OK)
			continue;
		if (i != 0)
			memcpy(c->context->message, helpers[i].own.context.message,
				sizeof(c->context->message));
		return helpers[i].status;
	}
	for (size_t i = 0; i < n; i++)
		found += helpers[i].check->found.list.n;
	/* More than one thread would have been allowed: it must say which. */
	*again = *again || found >= c->context->limits.findings;
	for (size_t i = 1; i < n && !*again; i++)
		TRY(take_findings(c, &helpers[i]));
	/* Rules that end with the document meet findings in the order of their places. */
	if (c->found.list.n > 1)
		qsort(c->found.list.at, c->found.list.n, sizeof(finding), check_by_place);
	return STATUS_OK;
}

static void
end_share(helper *h, const memory *m)
{
	for (size_t i = 0; i < WAITING_MOST; i++) {
		ARRAY_FREE(m, &h->waiting[i].calls);
		for (size_t k = 0; k < BLOCKS_AT_ONCE; k++)
			tokens_free(&h->waiting[i].tokens[k]);
	}
}

static void
end(helper *helpers, size_t n, const memory *m)
{
	for (size_t i = 0; i < n; i++) {
		end_share(&helpers[i], m);
		if (i == 0)
			continue;
		check_free(&helpers[i].own.check);
		arena_free(&helpers[i].own.keep);
	}
}

static status
share_out(check *c, helper *helpers, size_t n, bool *again)
{
	size_t running = 1;

	for (; running < n; running++)
		if (pthread_create(&helpers[running].thread, NULL, help, &helpers[running]) !=
			0)
			break; /* the others do its part */
	help(&helpers[0]);
	for (size_t i = 1; i < running; i++)
		pthread_join(helpers[i].thread, NULL);
	c->share = SHARE_ALL;
	c->late = NULL;
	return take_all(c, helpers, n, again);
}

static status
begin_all(helper *helpers, size_t wanted, parts *p, size_t *begun)
{
	check *c = p->main;

	while (*begun < wanted) {
		helper *h = &helpers[(*begun)++];
		h->parts = p;
		h->check = c;
		if (h != helpers)
			TRY(begin(h, c));
	}
	for (size_t i = 0; i < wanted; i++)
		TRY(begin_share(&helpers[i], c->context->memory));
	return STATUS_OK;
}

status
parts_check(check *c, bool *again)
{
	size_t wanted = c->threads < HELPERS_MOST ? c->threads : HELPERS_MOST, n = 0;
	parts p = { .main = c,
		.count = (c->document->block_count + BLOCKS_AT_ONCE - 1) / BLOCKS_AT_ONCE };
	helper *helpers = memory_alloc(c->context->memory, wanted * sizeof(*helpers));

	*again = false;
	if (helpers == NULL)
		return STATUS_MEMORY;
	memset(helpers, 0, wanted * sizeof(*helpers));
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.turned, NULL);
	status s = begin_all(helpers, wanted, &p, &n);
	if (s == STATUS_OK)
		s = share_out(c, helpers, n, again);
	c->share = SHARE_ALL;
	c->late = NULL;
	end(helpers, n, c->context->memory);
	pthread_cond_destroy(&p.turned);
	pthread_mutex_destroy(&p.lock);
	memory_free(c->context->memory, helpers);
	return s;
}
