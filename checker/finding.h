/* What a rule has to say about a place. A finding is not an error of the program. */
#ifndef CHECKER_FINDING_H
#define CHECKER_FINDING_H

#include "base/memory.h"

typedef enum severity {
	SEVERITY_DEFAULT, /* the rule's own */
	SEVERITY_INFO,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
} severity;

/* How far a correction may go on its own. */
typedef enum fix_kind {
	FIX_NONE,   /* no suggestion, or only ideas */
	FIX_REVIEW, /* probably right: applied only when asked for (--unsafe) */
	FIX_SAFE,   /* applied by `paraph fix` */
} fix_kind;

struct document;

/* What a finding of a bilingual rule faces in the source. */
typedef struct finding_facing {
	const struct document *document; /* NULL: the finding is of one text */
	span text;                       /* the place that is meant */
	span passage;                    /* the sentences it stands in */
	span here;                       /* … and those of the translation */
} finding_facing;

typedef struct finding {
	const struct rule *rule;
	span text; /* in document.text */
	severity severity;
	fix_kind fix;
	slice message;            /* one sentence, in the language of the context */
	const slice *suggestions; /* the first replaces exactly the span */
	size_t suggestion_count;
	slice concept; /* evidence: a termbase concept, or empty */
	slice source;  /* evidence: where the fact comes from, or empty */
	const span
		*places;    /* all places of what is said once a document, text among them; in
			       order of the text, in memory that lives as long as the document */
	size_t place_count; /* 0: it is said of text alone */
	finding_facing facing;
} finding;

#define FINDINGS_MANY 4096 /* a list that is not copied when that can be helped */

typedef struct findings { /* the document's; in text order once the check is over */
	const memory *memory;
	ARRAY(finding) list;
} findings;

/* A finding with everything that it points to but rule and document. */
MUST_USE status finding_copy(arena *keep, const finding *from, finding *to);

/* "info", "warning", "error". */
const char *severity_name(severity s);

#endif
