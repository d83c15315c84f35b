#include "apps/http/shelf.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define DOCUMENTS_MOST 256

typedef struct book {
	kept kept;
	time_t until;
	unsigned readers;
	bool gone; /* off the shelf, though somebody reads it */
} book;

struct shelf {
	pthread_mutex_t lock;
	size_t room, used, count;
	book *books[DOCUMENTS_MOST]; /* the oldest first */
};

static time_t
clock_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

shelf *
shelf_open(size_t bytes)
{
	shelf *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	if (pthread_mutex_init(&s->lock, NULL) != 0) {
		free(s);
		return NULL;
	}
	s->room = bytes;
	return s;
}

static void
free_book(book *b)
{
	if (b == NULL)
		return;
	free(b->kept.name);
	free(b->kept.language);
	free(b->kept.profile);
	free((char *)(uintptr_t)b->kept.bytes.p);
	free(b);
}

static void
take_off(shelf *s, size_t i)
{
	book *b = s->books[i];

	s->used -= b->kept.bytes.n;
	memmove(&s->books[i], &s->books[i + 1], (s->count - i - 1) * sizeof(*s->books));
	s->count--;
	b->gone = true;
	if (b->readers == 0)
		free_book(b);
}

void
shelf_close(shelf *s)
{
	if (s == NULL)
		return;
	while (s->count != 0)
		take_off(s, 0);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static char *
copy(const char *text)
{
	return text == NULL ? NULL : strdup(text);
}

static bool
make_id(char id[SHELF_ID])
{
	unsigned char random[(SHELF_ID - 1) / 2];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return false;
	for (size_t i = 0; i < sizeof(random); i++) {
		static const char hex[] = "0123456789abcdef";
		id[2 * i] = hex[random[i] >> 4];
		id[2 * i + 1] = hex[random[i] & 15];
	}
	id[SHELF_ID - 1] = '\0';
	return true;
}

static book *
make_book(const kept *k)
{
	book *b = calloc(1, sizeof(*b));
	char *bytes = malloc(k->bytes.n + 1);

	if (b == NULL || bytes == NULL || !make_id(b->kept.id)) {
		free(b);
		free(bytes);
		return NULL;
	}
	if (k->bytes.n != 0)
		memcpy(bytes, k->bytes.p, k->bytes.n);
	b->kept.bytes = (paraph_text){ bytes, k->bytes.n };
	memcpy(b->kept.source, k->source, sizeof(k->source));
	b->kept.name = copy(k->name);
	b->kept.language = copy(k->language);
	b->kept.profile = copy(k->profile);
	if (b->kept.name == NULL || (k->language != NULL && b->kept.language == NULL) ||
		(k->profile != NULL && b->kept.profile == NULL)) {
		free_book(b);
		return NULL;
	}
	b->until = clock_seconds() + SHELF_SECONDS;
	b->readers = 1;
	return b;
}

static void
clear_old(shelf *s)
{
	time_t now = clock_seconds();

	while (s->count != 0 && s->books[0]->until <= now)
		take_off(s, 0);
}

const kept *
shelf_put(shelf *s, const kept *document)
{
	if (document->bytes.n > s->room)
		return NULL;
	book *b = make_book(document);
	if (b == NULL)
		return NULL;
	pthread_mutex_lock(&s->lock);
	clear_old(s);
	while (s->count == DOCUMENTS_MOST || s->used + b->kept.bytes.n > s->room)
		take_off(s, 0);
	s->books[s->count++] = b;
	s->used += b->kept.bytes.n;
	pthread_mutex_unlock(&s->lock);
	return &b->kept;
}

/* Looks at every id whole, so that time tells nothing of where they differ. */
static size_t
find(const shelf *s, const char *id)
{
	size_t found = s->count;

	if (strlen(id) != SHELF_ID - 1)
		return found;
	for (size_t i = 0; i < s->count; i++) {
		unsigned char differ = 0;
		for (size_t k = 0; k < SHELF_ID - 1; k++)
			differ |= (unsigned char)(s->books[i]->kept.id[k] ^ id[k]);
		if (differ == 0)
			found = i;
	}
	return found;
}

const kept *
shelf_take(shelf *s, const char *id)
{
	const kept *found = NULL;

	pthread_mutex_lock(&s->lock);
	clear_old(s);
	size_t i = find(s, id);
	if (i < s->count) {
		s->books[i]->readers++;
		found = &s->books[i]->kept;
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}

void
shelf_give_back(shelf *s, const kept *document)
{
	if (document == NULL)
		return;
	book *b = (book *)(uintptr_t)document; /* kept is its first member */
	pthread_mutex_lock(&s->lock);
	if (--b->readers == 0 && b->gone)
		free_book(b);
	pthread_mutex_unlock(&s->lock);
}

bool
shelf_remove(shelf *s, const char *id)
{
	pthread_mutex_lock(&s->lock);
	size_t i = find(s, id);
	bool there = i < s->count;
	if (there)
		take_off(s, i);
	pthread_mutex_unlock(&s->lock);
	return there;
}
