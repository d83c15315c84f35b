/* Concepts changed by hand, in the words of the columns of tables: fr=EIIL, en_deprecated=ISIL,
 * note=… What no assignment names stays as it is. */
#ifndef TERMBASE_EDIT_H
#define TERMBASE_EDIT_H

#include "termbase/store.h"

typedef enum edit_kind {
	EDIT_ADD,    /* a new concept */
	EDIT_CHANGE, /* one that is there */
	EDIT_REMOVE,
} edit_kind;

typedef struct edit {
	edit_kind kind;
	slice id;                 /* of what is changed or removed */
	const char *const *cells; /* "fr=EIIL", …; ends with NULL */
	bool force;               /* add over a concept of the same id or names */
	bool over; /* the concept is of a layer below: speak of it anew, or retire it */
	const store_change *by;
	/* Asked inside the transaction, before a change or removal; not STATUS_OK: an end to
	 * it. NULL: not asked. */
	status (*confirm)(void *user);
	void *user;
} edit;

/* *id is the concept's, on the arena. STATUS_NOT_FOUND when it is not there, STATUS_USAGE with
 * a sentence for what the cells must not say. */
MUST_USE status edit_apply(store *s, context *c, const edit *e, arena *keep, slice *id);

#endif
