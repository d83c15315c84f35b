/* Finds concepts of the termbase by what one remembers of a name, and prints their names in all
 * languages.
 *
 *	cc -o terms terms.c $(pkg-config --cflags --libs paraph)
 *	./terms "conseil securité" */
#include <stdio.h>
#include <string.h>

#include <paraph.h>

#define CONCEPTS_MOST 3

typedef struct hits {
	char concepts[CONCEPTS_MOST][128];
	size_t n;
} hits;

/* What it is given points into the termbase until the next call, so it is copied. */
static paraph_status
take(void *user, const paraph_hit *hit)
{
	hits *h = user;

	if (h->n < CONCEPTS_MOST && hit->concept.n < sizeof(h->concepts[0])) {
		memcpy(h->concepts[h->n], hit->concept.p, hit->concept.n);
		h->concepts[h->n++][hit->concept.n] = '\0';
	}
	return PARAPH_OK;
}

static paraph_status
print(void *user, const paraph_fact *fact)
{
	(void)user;
	if (fact->category.n == 4 && memcmp(fact->category.p, "term", 4) == 0)
		printf("%.*s: %.*s\n", (int)fact->language.n, fact->language.p,
			(int)fact->term.n, fact->term.p);
	return PARAPH_OK;
}

int
main(int argc, char **argv)
{
	char message[512];
	paraph_termbase *termbase;
	hits h = { .n = 0 };

	if (argc != 2)
		return 2;
	paraph_termbase_options options = { .ui = PARAPH_LANGUAGE_EN };
	if (paraph_termbase_open(&termbase, &options, message, sizeof(message)) != PARAPH_OK) {
		fprintf(stderr, "%s\n", message);
		return 2;
	}
	paraph_text question = { argv[1], strlen(argv[1]) };
	(void)paraph_termbase_search(termbase, question, CONCEPTS_MOST, take, &h);
	for (size_t i = 0; i < h.n; i++) {
		paraph_text concept = { h.concepts[i], strlen(h.concepts[i]) };
		printf("%s\n", h.concepts[i]);
		(void)paraph_termbase_show(termbase, concept, print, NULL);
	}
	paraph_termbase_close(termbase);
	return h.n == 0;
}
