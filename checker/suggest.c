/* Suggestions that rules leave for later. The search for one takes a tenth of a millisecond, as
 * long as checking a page: where several threads may work on a document, they share the
 * searches. */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "checker/check.h"
#include "checker/memo.h"
#include "checker/rule.h"

#define SEARCHES_LEAST 8 /* below, a thread is not worth its start */
#define HELPERS_MOST 16

typedef struct searches {
	const check *of;
	const size_t *distinct; /* findings, by index */
	size_t count;
	atomic_size_t next;
} searches;

/* One of the threads that share them: a check of its own as far as rules look at it here. */
typedef struct searcher {
	searches *all;
	context context;
	check check;
	arena keep;
	pthread_t thread;
	status status;
} searcher;

/* The finding before i of the same rule over the same text whose suggestions are made. */
static size_t
same_before(const findings *f, const size_t *distinct, size_t count, const check *c, size_t i)
{
	for (size_t k = 0; k < count; k++) {
		const finding *other = &f->list.at[distinct[k]];
		if (other->rule == f->list.at[i].rule &&
			slice_equal(
				check_text(c, other->text), check_text(c, f->list.at[i].text)))
			return distinct[k];
	}
	return i;
}

static status
suggest(check *c, finding *f)
{
	TRY(context_go_on(c->context));
	if (memo_suggested(c, f))
		return STATUS_OK;
	TRY(f->rule->suggest(c, f));
	arena_reset(&c->scratch);
	return memo_keep_suggestions(c, f);
}

static void *
search(void *argument)
{
	searcher *x = argument;
	size_t i;

	while (x->status == STATUS_OK &&
		(i = atomic_fetch_add(&x->all->next, 1)) < x->all->count)
		x->status = suggest(&x->check, &x->check.found.list.at[x->all->distinct[i]]);
	return NULL;
}

static void
begin(searcher *x, searches *all)
{
	const check *c = all->of;

	x->all = all;
	x->context = *c->context;
	x->check = *c;
	x->check.context = &x->context;
	x->check.keep = &x->keep;
	arena_init(&x->keep, c->context->memory);
	arena_init(&x->check.scratch, c->context->memory);
}

/* The first failure, whose sentence goes to whoever asked. */
static status
end(check *c, searcher *x)
{
	arena_take(c->keep, &x->keep);
	arena_free(&x->check.scratch);
	if (x->status != STATUS_OK)
		memcpy(c->context->message, x->context.message, sizeof(c->context->message));
	return x->status;
}

static status
share_out(check *c, const size_t *distinct, size_t count, size_t threads)
{
	searches all = { .of = c, .distinct = distinct, .count = count };
	searcher *list = memory_alloc(c->context->memory, threads * sizeof(*list));
	size_t running = 1;
	status s = STATUS_OK;

	if (list == NULL)
		return STATUS_MEMORY;
	memset(list, 0, threads * sizeof(*list));
	for (size_t i = 0; i < threads; i++)
		begin(&list[i], &all);
	for (; running < threads; running++)
		if (pthread_create(&list[running].thread, NULL, search, &list[running]) != 0)
			break; /* the others do its part */
	search(&list[0]);
	for (size_t i = 1; i < running; i++)
		pthread_join(list[i].thread, NULL);
	for (size_t i = 0; i < threads; i++) {
		status one = end(c, &list[i]);
		s = s == STATUS_OK ? one : s;
	}
	memory_free(c->context->memory, list);
	return s;
}

static status
search_all(check *c, const size_t *distinct, size_t count)
{
	size_t threads = c->threads < HELPERS_MOST ? c->threads : HELPERS_MOST;

	if (threads > 1 && count >= SEARCHES_LEAST && c->memo == NULL &&
		c->with->memories == NULL)
		return share_out(c, distinct, count, threads);
	for (size_t k = 0; k < count; k++)
		TRY(suggest(c, &c->found.list.at[distinct[k]]));
	return STATUS_OK;
}

static bool
is_left(const finding *f)
{
	return f->rule->suggest != NULL && f->suggestion_count == 0;
}

status
check_suggest(check *c, size_t most)
{
	findings *f = &c->found;
	size_t *distinct = ARENA_ARRAY(c->keep, size_t, most), count = 0;
	size_t *first = ARENA_ARRAY(c->keep, size_t, f->list.n); /* of the same text, + 1 */

	if (distinct == NULL || first == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < f->list.n; i++) {
		if (!is_left(&f->list.at[i]))
			continue;
		size_t same = same_before(f, distinct, count, c, i);
		if (same == i && count == most)
			continue;
		if (same == i)
			distinct[count++] = i;
		first[i] = same + 1;
	}
	TRY(search_all(c, distinct, count));
	for (size_t i = 0; i < f->list.n; i++)
		if (first[i] != 0 && first[i] != i + 1) {
			f->list.at[i].suggestions = f->list.at[first[i] - 1].suggestions;
			f->list.at[i].suggestion_count =
				f->list.at[first[i] - 1].suggestion_count;
		}
	return STATUS_OK;
}
