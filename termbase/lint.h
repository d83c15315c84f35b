/* What is wrong with a termbase itself: names that two concepts share, references to nothing,
 * acronyms without a name, spaces that do not belong. One file or store at a time. */
#ifndef TERMBASE_LINT_H
#define TERMBASE_LINT_H

#include "termbase/exchange.h"
#include "text/word.h"

typedef enum lint_level { LINT_INFO, LINT_WARNING, LINT_ERROR } lint_level;

typedef struct lint_finding {
	const char *rule; /* "lint/spacing": stable */
	lint_level level;
	slice concept;
	exchange_place at; /* in a file; 0 in a store, whose lines nobody sees */
	const char *message;
} lint_finding;

typedef struct lint_sink {
	void *user;
	status (*found)(void *user, const lint_finding *f);
} lint_sink;

/* Concepts that a reference may lead to though the file does not have them: those that have a
 * name in the other layers. */
typedef struct lint_elsewhere {
	void *user;
	bool (*has)(void *user, slice concept);
} lint_elsewhere;

/* In the order of the file; what refers to another concept names it. lexicons, for spelling,
 * may be NULL, and so may each of them, and elsewhere. */
MUST_USE status lint_file(context *c, const char *path, lexicon *const lexicons[LANGUAGES],
	const lint_elsewhere *elsewhere, const lint_sink *sink);

#endif
