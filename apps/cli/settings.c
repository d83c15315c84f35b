#include "apps/cli/settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
allocate(void *old, size_t count, size_t bytes)
{
	void *p = bytes != 0 && count > SIZE_MAX / bytes ? NULL : realloc(old, count * bytes);

	if (p == NULL) {
		fputs("paraph: out of memory / plus assez de mémoire\n", stderr);
		exit(EXIT_TROUBLE);
	}
	return p;
}

char *
copy_bytes(const char *text, size_t n)
{
	char *copy = allocate(NULL, n + 1, 1);

	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *
copy_text(const char *text)
{
	return copy_bytes(text, strlen(text));
}

void
list_add(list *l, const char *text, size_t n)
{
	if (l->n + 1 >= l->capacity) {
		l->capacity = l->capacity == 0 ? 8 : 2 * l->capacity;
		l->at = allocate(l->at, l->capacity, sizeof(*l->at));
	}
	char *copy = allocate(NULL, n + 1, 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	l->at[l->n++] = copy;
	l->at[l->n] = NULL;
}

void
list_free(list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->at[i]);
	free(l->at);
	*l = (list){ 0 };
}

paraph_language
language_of_tag(const char *tag)
{
	if (tag == NULL)
		return PARAPH_LANGUAGE_AUTO;
	return strncmp(tag, "fr", 2) == 0 ? PARAPH_LANGUAGE_FR : PARAPH_LANGUAGE_EN;
}

const char *
say(const settings *s, const char *en, const char *fr)
{
	return s->ui == PARAPH_LANGUAGE_FR ? fr : en;
}

int
complain(const settings *s, const char *en, const char *fr, ...)
{
	va_list arguments;

	fputs(say(s, "paraph: ", "paraph\u00A0: "), stderr);
	va_start(arguments, fr);
	vfprintf(stderr, say(s, en, fr), arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return EXIT_TROUBLE;
}
