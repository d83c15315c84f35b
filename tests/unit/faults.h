/* An allocator that fails: once at the n-th request, or from it on, and counts what is not
 * given back. memory m = { faulty_alloc, faulty_free, &faults }. */
#ifndef TESTS_UNIT_FAULTS_H
#define TESTS_UNIT_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

typedef struct faults {
	long left; /* allocations until the failure; negative: never */
	bool for_good;
	bool failed;     /* it came to that */
	long live, made; /* blocks not given back, requests */
} faults;

static inline void *
faulty_alloc(void *user, size_t bytes)
{
	faults *f = user;

	f->made++;
	if (f->left == 0) {
		f->failed = true;
		f->left = f->for_good ? 0 : -1;
		return NULL;
	}
	f->left -= f->left > 0;
	void *p = malloc(bytes);
	f->live += p != NULL;
	return p;
}

static inline void
faulty_free(void *user, void *p)
{
	faults *f = user;

	f->live -= p != NULL;
	free(p);
}

#endif
