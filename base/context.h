/* What every part of one run shares: the allocator, the limits, the language of messages and
 * the sentence that explains the last failure. One context belongs to one thread. */
#ifndef BASE_CONTEXT_H
#define BASE_CONTEXT_H

#include "base/memory.h"

/* Ceilings on what is read from outside (design contract, section 9). Bytes unless named. */
typedef struct limits {
	size_t file;          /* 512 MiB: one input file */
	size_t paragraph;     /* 16 MiB: one line or paragraph */
	size_t output;        /* 2 GiB: one buffer that we build */
	size_t nesting;       /* 256 levels */
	size_t findings;      /* 1,000,000 in one document */
	size_t helper_memory; /* 1 GiB and twice the file: address space of a helper program */
	unsigned helper_cpu;  /* 300: seconds of processor time that it has */
	unsigned helper_seconds; /* 600: seconds by the clock */
	size_t entry;            /* 256 MiB: one entry of an archive, unpacked */
	size_t archive;          /* 1 GiB: what is unpacked of one archive */
	size_t ratio; /* 200: unpacked by packed, of what is larger than a megabyte */
} limits;

extern const limits limits_default;

/* The languages paraph knows. LANGUAGE_OTHER is recognised and left alone. */
typedef enum language {
	LANGUAGE_UNKNOWN,
	LANGUAGE_FR,
	LANGUAGE_EN,
	LANGUAGE_OTHER,
} language;

/* "fr", "en", "other", "unknown". */
const char *language_name(language l);

typedef struct context {
	const memory *memory;
	limits limits;
	language ui; /* LANGUAGE_FR or LANGUAGE_EN: what messages are written in */
	char message[512];
	/* Of all files read from now on, their names and bytes: what depends on them is known
	 * by this sum. NULL: nobody asks. */
	uint64_t *seen;
	/* Asked now and then while something takes long: false ends it. NULL: nobody asks. */
	bool (*wanted)(void *user);
	void *wanted_user;
} context;

void context_init(context *c, const memory *m);

/* Records the sentence and returns s, so that `return context_fail(...)` reads well. Name the
 * thing that failed, not the function. The first of the two formats is English, the second
 * French; both take the same arguments. */
status context_fail(context *c, status s, const char *en, const char *fr, ...)
	__attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* STATUS_CANCELLED, with a message, once what is being done is not wanted any longer. */
MUST_USE status context_go_on(context *c);

#endif
