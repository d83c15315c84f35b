/* Termbases and memories that the server keeps open. A handle is used by one thread at a time;
 * there are as many as are needed at once. After something was written, handles that were open
 * before are opened anew. */
#ifndef APPS_HTTP_STORES_H
#define APPS_HTTP_STORES_H

#include "apps/http/metrics.h"

typedef struct stores stores;

typedef struct stores_options {
	paraph_termbase_options termbase; /* what is read, one layer over the other … */
	const char *personal;             /* … over this one, there or not; NULL: none */
	const char *termbase_into;        /* what is written; NULL: one's own */
	const char *memory;               /* NULL: one's own */
	bool allow_incomplete;            /* of its databases those that answer do */
} stores_options;

/* What options point at must outlive the stores. NULL: memory is out. */
stores *stores_open(const stores_options *options);
void stores_close(stores *s);
/* Says what is there, and could be opened and used when that was last tried. */
void stores_look(const stores *s, metrics *m);
const stores_options *stores_settings(const stores *s);

/* NULL with an answer given. */
paraph_termbase *stores_take_termbase(request *r);
void stores_give_termbase(request *r, paraph_termbase *t);
/* As it is at this moment, whoever wrote to it; closed by the caller. */
paraph_termbase *stores_open_termbase(request *r);
/* Somebody else wrote to the termbases: they are opened anew. */
void stores_renew_termbases(stores *s);
/* write: the memory is made when it is not there; one writer at a time. */
paraph_tm *stores_take_memory(request *r, bool write);
/* done: what the use of it came to; a memory that failed is not up until it is used again. */
void stores_give_memory(request *r, paraph_tm *tm, bool write, paraph_status done);
/* Something else failed that asks the memory, a check: is it the memory? */
void stores_doubt_memory(request *r);
/* Is it what a store comes to that is away or broken, and not what a question comes to? */
bool stores_failed(paraph_status done);
/* Is there a memory? */
bool stores_have_memory(const stores *s);

/* Is there a termbase that may be written? */
bool stores_writes_terms(const stores *s);

/* One writer of terms at a time; false, with an answer given: there is nothing to write to.
 * unlock says whether something was written. */
bool stores_lock_terms(request *r);
void stores_unlock_terms(request *r, bool written);

#endif
