/* What the commands on termbases share. */
#ifndef APPS_CLI_TERMS_H
#define APPS_CLI_TERMS_H

#include "apps/cli/settings.h"

/* Opens the termbases that the command line names; EXIT_TROUBLE with a message. */
int open_terms(const settings *s, paraph_termbase **out);
/* The same, with one layer more over them, unless it is NULL. */
int open_terms_and(const settings *s, const char *last, paraph_termbase **out);

typedef struct facts { /* of one concept, in order */
	paraph_fact *at;
	size_t n, capacity;
} facts;

/* Reads a record; what it points at stays until the next question. */
paraph_status facts_read(facts *f, paraph_termbase *t, paraph_text concept);
/* The layer that took the concept back; NULL for none. */
const char *facts_retired(const facts *f);
void facts_free(facts *f);

/* The value of a category among the facts of the same language and term; empty for none. */
paraph_text facts_value(
	const facts *f, paraph_text language, paraph_text term, const char *category);

typedef struct ids { /* of concepts, ending with zero bytes */
	char **at;
	size_t n, capacity;
} ids;

/* All ids of the layers: reading a record is another question, so they come first. */
paraph_status ids_read(ids *all, paraph_termbase *t);
void ids_free(ids *all);

bool text_is(paraph_text t, const char *s);
bool text_equal(paraph_text a, paraph_text b);

/* "deprecated" in the language of the user, from the TBX name or the short one. */
const char *term_status_word(const settings *s, paraph_text status);

#endif
