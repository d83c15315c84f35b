#include "checker/parts.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "checker/rule.h"

#define BYTES_LEAST ((size_t)1 << 20) /* of text: below, a thread is not worth its start */
#define BLOCKS_AT_ONCE 32
#define HELPERS_MOST 64

typedef struct parts {
	const check *main;
	atomic_size_t next; /* block that nobody has claimed */
} parts;

typedef struct helper {
	parts *parts;
	context context;
	arena keep; /* what its findings point to, until they are copied */
	check check;
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
	context_init(&h->context, c->context->memory);
	h->context.limits = c->context->limits;
	h->context.ui = c->context->ui;
	h->context.wanted = c->context->wanted;
	h->context.wanted_user = c->context->wanted_user;
	arena_init(&h->keep, c->context->memory);
	TRY(check_init(&h->check, &h->context, c->with));
	check *own = &h->check;
	own->share = SHARE_FREE;
	own->document = c->document;
	own->keep = &h->keep;
	own->style = c->style;
	own->suppressed = c->suppressed;
	memcpy(own->profiles, c->profiles, sizeof(own->profiles));
	check_find_rules(own);
	return dispatch_begin(own);
}

static status
run_blocks(check *c, size_t first, size_t last)
{
	const document *d = c->document;

	for (size_t i = first; i < last && !c->confused; i++) {
		language l = d->blocks[i].language;
		if (l == LANGUAGE_FR || l == LANGUAGE_EN)
			TRY(check_block(c, &d->blocks[i]));
	}
	return STATUS_OK;
}

static void *
help(void *argument)
{
	helper *h = argument;
	size_t count = h->check.document->block_count, first;

	while (h->status == STATUS_OK && !h->check.confused &&
		(first = atomic_fetch_add(&h->parts->next, BLOCKS_AT_ONCE)) < count) {
		size_t last = first + BLOCKS_AT_ONCE;
		h->status = run_blocks(&h->check, first, last < count ? last : count);
	}
	return NULL;
}

/* ---- putting together ---- */

static status
take_findings(check *c, const helper *h)
{
	const findings *f = &h->check.found;

	TRY(ARRAY_RESERVE(c->context->memory, &c->found.list, f->list.n));
	for (size_t i = 0; i < f->list.n; i++) {
		TRY(finding_copy(c->keep, &f->list.at[i], &c->found.list.at[c->found.list.n]));
		c->found.list.n++;
	}
	return STATUS_OK;
}

/* The first failure; its sentence goes to whoever asked. */
static status
take_all(check *c, helper *helpers, size_t n, bool *again)
{
	for (size_t i = 0; i < n; i++) {
		*again = *again || helpers[i].check.confused;
		if (helpers[i].status == STATUS_OK)
			continue;
		memcpy(c->context->message, helpers[i].context.message,
			sizeof(c->context->message));
		return helpers[i].status;
	}
	for (size_t i = 0; i < n && !*again; i++)
		TRY(take_findings(c, &helpers[i]));
	return STATUS_OK;
}

static void
end(helper *helpers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_free(&helpers[i].check);
		arena_free(&helpers[i].keep);
	}
}

/* The first helper is this thread, once it is through with the ordered rules. */
static status
share_out(check *c, helper *helpers, size_t n, bool *again)
{
	size_t running = 1;

	for (; running < n; running++)
		if (pthread_create(&helpers[running].thread, NULL, help, &helpers[running]) !=
			0)
			break; /* the others do its part */
	c->share = SHARE_ORDERED;
	check_find_rules(c);
	status s = dispatch_begin(c);
	if (s == STATUS_OK)
		s = run_blocks(c, 0, c->document->block_count);
	if (s == STATUS_OK)
		help(&helpers[0]);
	for (size_t i = 1; i < running; i++)
		pthread_join(helpers[i].thread, NULL);
	c->share = SHARE_ALL;
	check_find_rules(c);
	if (s == STATUS_OK)
		s = take_all(c, helpers, n, again);
	if (c->found.list.n > 1)
		qsort(c->found.list.at, c->found.list.n, sizeof(finding), check_by_place);
	return s;
}

status
parts_check(check *c, bool *again)
{
	size_t wanted = c->threads < HELPERS_MOST ? c->threads : HELPERS_MOST, n = 0;
	parts p = { .main = c };
	helper *helpers = memory_alloc(c->context->memory, wanted * sizeof(*helpers));
	status s = STATUS_OK;

	*again = false;
	if (helpers == NULL)
		return STATUS_MEMORY;
	memset(helpers, 0, wanted * sizeof(*helpers));
	for (; n < wanted && s == STATUS_OK; n++) {
		helpers[n].parts = &p;
		s = begin(&helpers[n], c);
	}
	if (s == STATUS_OK)
		s = share_out(c, helpers, n, again);
	end(helpers, n);
	memory_free(c->context->memory, helpers);
	return s;
}
