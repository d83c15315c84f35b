#include "apps/http/engines.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VARIANTS_MOST 8
#define IDLE_MOST 64
#define KEY_BYTES 1024
#define RULES_MOST 64
#define SESSION_BYTES ((size_t)8 << 20)

typedef struct stamp { /* what tells one version of a file from another */
	bool there;
	off_t size;
	ino_t inode;
	struct timespec changed;
} stamp;

typedef struct variant {
	paraph_engine *engine;
	char key[KEY_BYTES];
	stamp dictionary;
	unsigned leases;
	uint64_t used; /* when, by the engines' count */
	bool kept;     /* in the list of variants */
	struct {
		paraph_session *session;
		size_t bytes;
	} idle[IDLE_MOST];
	size_t idle_count;
} variant;

struct engines {
	paraph_options options;
	const char *dictionary, *termbase;
	atomic_uint edition; /* of the termbases */
	pthread_mutex_t lock;
	variant *variants[VARIANTS_MOST];
	uint64_t count;
};

static stamp
look_at(const char *path)
{
	struct stat st;

	if (path == NULL || stat(path, &st) != 0)
		return (stamp){ 0 };
	return (stamp){ true, st.st_size, st.st_ino, st.st_mtim };
}

static bool
same_stamp(const stamp *a, const stamp *b)
{
	return a->there == b->there && a->size == b->size && a->inode == b->inode &&
	       a->changed.tv_sec == b->changed.tv_sec &&
	       a->changed.tv_nsec == b->changed.tv_nsec;
}

static void
close_variant(variant *v)
{
	for (size_t i = 0; i < v->idle_count; i++)
		paraph_session_close(v->idle[i].session);
	paraph_engine_close(v->engine);
	free(v);
}

/* --- opening --- */

static size_t
count_names(const char *const *names)
{
	size_t n = 0;

	while (names != NULL && names[n] != NULL)
		n++;
	return n;
}

/* The names, and one or several more, parted by commas in a text that is cut up. */
static const char **
join_names(const char *const *names, char *more)
{
	size_t n = count_names(names);
	const char **all = malloc((n + RULES_MOST + 1) * sizeof(*all));

	if (all == NULL)
		return NULL;
	for (size_t i = 0; i < n; i++)
		all[i] = names[i];
	for (size_t most = n + RULES_MOST; more != NULL && *more != '\0' && n < most;) {
		char *comma = strchr(more, ',');
		all[n++] = more;
		if (comma == NULL)
			break;
		*comma = '\0';
		more = comma + 1;
	}
	all[n] = NULL;
	return all;
}

/* The list with a path before it, where there is such a file. */
static const char **
with_first(const char *const *list, const char *first)
{
	size_t n = count_names(list), at = 0;
	const char **all = malloc((n + 2) * sizeof(*all));

	if (all == NULL)
		return NULL;
	if (first != NULL && access(first, R_OK) == 0)
		all[at++] = first;
	for (size_t i = 0; i < n; i++)
		all[at++] = list[i];
	all[at] = NULL;
	return all;
}

static paraph_status
open_engine(const engines *e, const engine_wish *wish, variant *v, char *message, size_t size)
{
	char enable[KEY_BYTES];
	paraph_options o = e->options;
	paraph_status done = PARAPH_MEMORY;

	snprintf(enable, sizeof(enable), "%s", wish->enable == NULL ? "" : wish->enable);
	const char **enabled = join_names(e->options.enable, enable);
	/* A path may have commas in it. */
	size_t words = count_names(e->options.words);
	const char **lists = join_names(e->options.words, NULL);
	const char **bases = with_first(e->options.termbases, e->termbase);
	if (enabled != NULL && lists != NULL && bases != NULL) {
		if (v->dictionary.there) {
			lists[words] = e->dictionary;
			lists[words + 1] = NULL;
		}
		o.enable = enabled;
		o.words = lists;
		o.termbases = bases;
		if (wish->profile != NULL)
			o.profile = wish->profile;
		done = paraph_engine_open(&v->engine, &o, message, size);
	}
	free(enabled);
	free(lists);
	free(bases);
	return done;
}

static paraph_status
open_variant(const engines *e, const engine_wish *wish, const char *key, variant **out,
	char *message, size_t size)
{
	variant *v = calloc(1, sizeof(*v));

	if (v == NULL)
		return PARAPH_MEMORY;
	snprintf(v->key, sizeof(v->key), "%s", key);
	v->dictionary = look_at(e->dictionary);
	paraph_status done = open_engine(e, wish, v, message, size);
	if (done != PARAPH_OK)
		free(v);
	else
		*out = v;
	return done;
}

/* --- the list, under the lock --- */

static variant *
find_variant(engines *e, const char *key, const stamp *dictionary)
{
	for (size_t i = 0; i < VARIANTS_MOST; i++) {
		variant *v = e->variants[i];
		if (v != NULL && strcmp(v->key, key) == 0 &&
			same_stamp(&v->dictionary, dictionary))
			return v;
	}
	return NULL;
}

/* The place for a new one: that of an older one for the same wish, an empty one, or that of the
 * one that was used longest ago. */
static size_t
choose_place(const engines *e, const char *key)
{
	size_t best = 0;

	for (size_t i = 0; i < VARIANTS_MOST; i++)
		if (e->variants[i] != NULL && strcmp(e->variants[i]->key, key) == 0)
			return i;
	for (size_t i = 0; i < VARIANTS_MOST; i++) {
		if (e->variants[i] == NULL)
			return i;
		if (e->variants[i]->used < e->variants[best]->used)
			best = i;
	}
	return best;
}

/* The answer is what is to be closed. */
static variant *
put_in_place(engines *e, variant *v)
{
	size_t at = choose_place(e, v->key);
	variant *old = e->variants[at];

	e->variants[at] = v;
	v->kept = true;
	if (old == NULL)
		return NULL;
	old->kept = false;
	return old->leases == 0 ? old : NULL;
}

static void
borrow(engines *e, variant *v, lease *out)
{
	v->leases++;
	v->used = ++e->count;
	*out = (lease){ .variant = v };
	if (v->idle_count == 0)
		return;
	v->idle_count--;
	out->session = v->idle[v->idle_count].session;
	out->bytes = v->idle[v->idle_count].bytes;
}

/* --- for others --- */

static paraph_status
find_or_open(engines *e, const engine_wish *wish, const char *key, lease *out, char *message,
	size_t size)
{
	stamp dictionary = look_at(e->dictionary);
	variant *made, *unwanted = NULL;

	pthread_mutex_lock(&e->lock);
	variant *v = find_variant(e, key, &dictionary);
	if (v != NULL)
		borrow(e, v, out);
	pthread_mutex_unlock(&e->lock);
	if (v != NULL)
		return PARAPH_OK;
	paraph_status opened = open_variant(e, wish, key, &made, message, size);
	if (opened != PARAPH_OK)
		return opened;
	pthread_mutex_lock(&e->lock);
	v = find_variant(e, key, &made->dictionary);
	if (v != NULL)
		unwanted = made; /* another thread was faster */
	else {
		v = made;
		unwanted = put_in_place(e, made);
	}
	borrow(e, v, out);
	pthread_mutex_unlock(&e->lock);
	if (unwanted != NULL)
		close_variant(unwanted);
	return PARAPH_OK;
}

static void
say_memory(paraph_language ui, char *message, size_t size)
{
	snprintf(message, size, "%s",
		ui == PARAPH_LANGUAGE_FR ? "plus assez de mémoire" : "out of memory");
}

paraph_status
engines_take(
	engines *e, const engine_wish *wish, lease *out, char *message, size_t message_size)
{
	char key[KEY_BYTES];
	int n = snprintf(key, sizeof(key), "%u\n%s\n%s", atomic_load(&e->edition),
		wish->profile == NULL ? "" : wish->profile,
		wish->enable == NULL ? "" : wish->enable);

	say_memory(e->options.ui, message, message_size);
	if (n < 0 || (size_t)n >= sizeof(key))
		return PARAPH_LIMIT;
	paraph_status done = find_or_open(e, wish, key, out, message, message_size);
	if (done != PARAPH_OK || out->session != NULL)
		return done;
	done = paraph_session_open(&out->session, out->variant->engine);
	if (done != PARAPH_OK)
		engines_give(e, out, 0);
	return done;
}

void
engines_give(engines *e, lease *l, size_t bytes)
{
	variant *v = l->variant;

	l->bytes += bytes;
	pthread_mutex_lock(&e->lock);
	bool again = l->session != NULL && v->kept && l->bytes < SESSION_BYTES &&
		     v->idle_count < IDLE_MOST;
	if (again) {
		v->idle[v->idle_count].session = l->session;
		v->idle[v->idle_count++].bytes = l->bytes;
	}
	pthread_mutex_unlock(&e->lock);
	if (!again)
		paraph_session_close(l->session);
	pthread_mutex_lock(&e->lock);
	bool over = --v->leases == 0 && !v->kept;
	pthread_mutex_unlock(&e->lock);
	if (over)
		close_variant(v);
	*l = (lease){ 0 };
}

paraph_status
engines_open(engines **out, const paraph_options *options, const char *dictionary,
	const char *termbase, char *message, size_t message_size)
{
	engines *e = calloc(1, sizeof(*e));
	engine_wish nothing = { 0 };
	lease first;

	*out = NULL;
	if (e == NULL) {
		say_memory(options->ui, message, message_size);
		return PARAPH_MEMORY;
	}
	e->options = *options;
	e->dictionary = dictionary;
	e->termbase = termbase;
	pthread_mutex_init(&e->lock, NULL);
	paraph_status done = engines_take(e, &nothing, &first, message, message_size);
	if (done != PARAPH_OK) {
		engines_close(e);
		return done;
	}
	engines_give(e, &first, 0);
	*out = e;
	return PARAPH_OK;
}

/* Those that were open know the old ones, and nobody will ask for them. */
void
engines_renew(engines *e)
{
	variant *unwanted[VARIANTS_MOST];
	size_t n = 0;

	pthread_mutex_lock(&e->lock);
	atomic_fetch_add(&e->edition, 1);
	for (size_t i = 0; i < VARIANTS_MOST; i++) {
		variant *v = e->variants[i];
		e->variants[i] = NULL;
		if (v == NULL)
			continue;
		v->kept = false;
		if (v->leases == 0)
			unwanted[n++] = v;
	}
	pthread_mutex_unlock(&e->lock);
	while (n > 0)
		close_variant(unwanted[--n]);
}

void
engines_close(engines *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < VARIANTS_MOST; i++)
		if (e->variants[i] != NULL)
			close_variant(e->variants[i]);
	pthread_mutex_destroy(&e->lock);
	free(e);
}
