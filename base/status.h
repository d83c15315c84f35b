/* Outcome of every fallible call: zero is success, and there is one code for each thing a
 * caller can act upon. The sentence for people stands in the context (base/context.h). */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

typedef enum status {
	STATUS_OK = 0,
	STATUS_MEMORY,    /* the allocator said no */
	STATUS_LIMIT,     /* the input passes a limit of struct limits */
	STATUS_FORMAT,    /* the bytes are not what they claim to be */
	STATUS_NOT_FOUND, /* no such file, record or name */
	STATUS_IO,        /* the operating system said no */
	STATUS_USAGE,     /* the caller asked for something that makes no sense */
	STATUS_DAMAGED,   /* one of our own stores or compiled files is broken */
	STATUS_AGAIN,     /* the operating system said: not now */
	STATUS_CANCELLED, /* whoever asked does not want it any longer */
} status;

#define MUST_USE __attribute__((warn_unused_result))

/* Returns from the calling function unless the expression is STATUS_OK. */
#define TRY(expression) \
	do { \
		status try_status_ = (expression); \
		if (try_status_ != STATUS_OK) \
			return try_status_; \
	} while (0)

const char *status_name(status s);

#endif
