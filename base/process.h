/* Another program, run as a filter and held on a short lead: bytes in, bytes out, limits on
 * processor time, memory, file size and real time. For untrusted formats whose libraries stay
 * out of this process.
 *
 * The program gets an empty environment but for a path and a locale, and no open file but the
 * three standard ones; what it says on standard error is dropped. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/buffer.h"
#include "base/context.h"

typedef struct process {
	const char *path;        /* of the program */
	const char *const *args; /* after its name; ends with NULL */
	const slice *input;      /* pieces, one after the other */
	size_t input_count;
	unsigned cpu_seconds, seconds; /* 0: no limit */
	size_t memory, file;           /* bytes; 0: no limit */
} process;

typedef enum process_end {
	PROCESS_DONE,    /* with exit status 0 */
	PROCESS_MISSING, /* there is no such program */
	PROCESS_LATE,    /* past one of the limits on time */
	PROCESS_KILLED,  /* by a signal */
	PROCESS_FAILED,  /* with another exit status */
} process_end;

/* Appends what the program writes to out. Fails where this process does: no memory
 * (STATUS_MEMORY), more output than out may hold (STATUS_LIMIT), no process (STATUS_IO). Of the
 * program's own end *end tells, and *code is its exit status or signal. */
MUST_USE status process_run(
	const process *p, context *c, buffer *out, process_end *end, int *code);

#endif
