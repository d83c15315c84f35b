/* What people have told paraph to be silent about: comments inside the document, and the
 * project's list of what is ignored.
 *
 * A comment stands on a line of its own or at the end of one, alone or inside the comment of
 *the format (<!-- … -->, #, //, %):
 *
 *	paraph: off                      nothing is reported from here …
 *	paraph: on                       … to here
 *	paraph: ignore RULE — reason     these rules (RULE, family/ or all; several with
 *commas): at the end of a line, in that line; on a line of its own, in the rest of the
 *paragraph or in the next one
 *
 * The comment itself is never a finding. */
#ifndef CHECKER_SUPPRESSION_H
#define CHECKER_SUPPRESSION_H

#include "base/memory.h"

struct check;
struct pattern; /* text/pattern.h */

/* Findings of these rules that touch this part of the text are not reported. */
typedef struct suppression {
	span text;
	slice rules; /* as written, names apart by commas or spaces; empty: all */
} suppression;

typedef struct suppression_list {
	suppression *at; /* in order of their start */
	size_t count;
	span *comments; /* where they stand */
	size_t comment_count;
	span *unknown; /* names in them that no rule has */
	size_t unknown_count;
} suppression_list;

/* An entry of a project's list. */
typedef struct ignored {
	slice rule;              /* id, family/ or all; empty: any */
	slice text;              /* exactly the text of the finding; empty: any */
	struct pattern *pattern; /* that the text fits; NULL: any */
	slice path;              /* pattern, see base/glob.h; empty: any */
	uint64_t fingerprint;    /* 0: any */
} ignored;

/* Reads the comments of the document in hand, on keep. */
MUST_USE status suppression_read(struct check *c, suppression_list *out);

/* Takes out of the findings what is suppressed or ignored; the fingerprints of entries are for
 * the caller, who knows them. */
void suppression_apply(struct check *c);

#endif
