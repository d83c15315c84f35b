/* One lock around everything: Hunspell keeps state in its handle, and what comes here is rare.
 * libhunspell allocates with C++ and throws when it cannot; it is kept out of failure
 * injection for that reason. */
#include "text/hunspell.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define WORD_ROOM 512 /* Hunspell knows no word of 300 bytes or more */

struct hunspell {
	const memory *memory;
	pthread_mutex_t lock;
	char *aff_path, *dic_path;
	Hunhandle *handle;
	bool tried;
};

static char *
copy_path(const memory *m, const char *path)
{
	size_t n = strlen(path) + 1;
	char *copy = memory_alloc(m, n);

	return copy == NULL ? NULL : memcpy(copy, path, n);
}

status
hunspell_open(hunspell **out, const memory *m, const char *aff_path, const char *dic_path)
{
	hunspell *h = memory_alloc(m, sizeof(*h));

	*out = NULL;
	if (h == NULL)
		return STATUS_MEMORY;
	*h = (hunspell){ .memory = m,
		.aff_path = copy_path(m, aff_path),
		.dic_path = copy_path(m, dic_path) };
	pthread_mutex_init(&h->lock, NULL);
	if (h->aff_path == NULL || h->dic_path == NULL) {
		hunspell_close(h);
		return STATUS_MEMORY;
	}
	*out = h;
	return STATUS_OK;
}

void
hunspell_close(hunspell *h)
{
	if (h == NULL)
		return;
	if (h->handle != NULL)
		Hunspell_destroy(h->handle);
	pthread_mutex_destroy(&h->lock);
	memory_free(h->memory, h->aff_path);
	memory_free(h->memory, h->dic_path);
	memory_free(h->memory, h);
}

static Hunhandle *
load(hunspell *h)
{
	if (!h->tried && access(h->aff_path, R_OK) == 0 && access(h->dic_path, R_OK) == 0)
		h->handle = Hunspell_create(h->aff_path, h->dic_path);
	h->tried = true;
	return h->handle;
}

static bool
terminate(char out[WORD_ROOM], slice word)
{
	if (word.n >= WORD_ROOM || (word.n > 0 && memchr(word.p, '\0', word.n) != NULL))
		return false;
	if (word.n > 0)
		memcpy(out, word.p, word.n);
	out[word.n] = '\0';
	return true;
}

bool
hunspell_knows(hunspell *h, slice word)
{
	char text[WORD_ROOM];
	bool known;

	if (!terminate(text, word))
		return false;
	pthread_mutex_lock(&h->lock);
	known = load(h) != NULL && Hunspell_spell(h->handle, text) != 0;
	pthread_mutex_unlock(&h->lock);
	return known;
}

static size_t
copy_list(arena *scratch, char **list, int n, slice *out, size_t max)
{
	size_t count = 0;

	for (int i = 0; i < n && count < max; i++)
		if (arena_copy(scratch, slice_of(list[i]), &out[count]) == STATUS_OK)
			count++;
	return count;
}

size_t
hunspell_suggest(hunspell *h, arena *scratch, slice word, slice *out, size_t max)
{
	char text[WORD_ROOM], **list = NULL;
	size_t count = 0;

	if (!terminate(text, word))
		return 0;
	pthread_mutex_lock(&h->lock);
	if (load(h) != NULL) {
		int n = Hunspell_suggest(h->handle, &list, text);
		count = copy_list(scratch, list, n, out, max);
		Hunspell_free_list(h->handle, &list, n);
	}
	pthread_mutex_unlock(&h->lock);
	return count;
}
