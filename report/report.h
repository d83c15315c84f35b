/* Reports: what was found, written for people or for programs.
 *
 * A report is written as it becomes known: begin, one call for each document, end. What a
 * format writes goes to a buffer that is handed to the caller's function whenever it is large,
 * so that a report of a million findings needs little memory. To add a format: write
 * report/NAME.c and add REPORT(NAME) to reports.def. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/json_writer.h"
#include "checker/finding.h"
#include "document/document.h"

/* A finding with everything worked out that a reader of the report wants to know. Places are
 * those of the file; lines and columns count from 1, columns count code points. */
typedef struct report_finding {
	const finding *found;
	const char *rule;
	span file;
	uint32_t line, column, end_line, end_column;
	uint32_t paragraph; /* number of its block, from 1 */
	slice text;         /* UTF-8: the bytes of the file, or what they decode to */
	uint64_t fingerprint;
	uint32_t choice; /* the suggestion that somebody chose, from 1; 0: none */
	slice where;     /* in words, as place_describe; p NULL: the document knows */
	const struct report_place *places; /* found->place_count of them */
	struct {                           /* where found->facing stands in its file */
		span file;
		uint32_t line, column, end_line, end_column;
		uint32_t paragraph;
		slice text, passage;
	} facing;
} report_finding;

typedef struct report_place { /* of several that one finding speaks of */
	span file;
	uint32_t line, column;
} report_place;

typedef struct report_document {
	const document *document;
	const char *language, *profile;
	const char *modifiers;          /* laid over the profile, "a+b"; empty: none */
	const report_finding *findings; /* in order of the text */
	size_t count;
	slice json; /* the document as --format jsonl wrote it; p NULL: it is checked here */
	size_t accepted; /* further ones behind them, which a baseline knows */
} report_document;

#define REPORT_PROFILES 8 /* told by name */

/* When formats for people sum up at the end; as in include/paraph.h. */
typedef enum report_summary {
	SUMMARY_ALWAYS,
	SUMMARY_OF_FINDINGS,
	SUMMARY_NEVER,
} report_summary;

typedef struct report {
	const struct report_format *format;
	const memory *memory;
	const char *version; /* of the program, for programs that read the report */
	language ui;         /* of what the report itself says: LANGUAGE_FR or LANGUAGE_EN */
	bool color;
	unsigned columns; /* of the terminal; 0: there is none */
	report_summary summary;
	status (*write)(void *user, slice bytes);
	void *user;

	buffer out;
	json_writer json;
	status status; /* of the first write that failed; nothing is written after it */
	size_t documents, words, safe;
	size_t counts[SEVERITY_ERROR + 1];
	struct { /* the profiles in force, in order of their first document */
		const char *name, *modifiers;
	} profiles[REPORT_PROFILES];
	size_t profile_count;             /* may be larger: what does not fit is counted */
	ARRAY(const struct rule *) rules; /* that a format notes for its end */
} report;

/* In a sign: anything on the line, a number, the end of the file, a rule ("area/name"). */
#define SIGN_ANY "\1"
#define SIGN_NUMBER "\2"
#define SIGN_END "\3"
#define SIGN_RULE "\4"
/* "path:line:column: error: message [rule]" */
#define SIGN_LINE(level) \
	SIGN_ANY ":" SIGN_NUMBER ":" SIGN_NUMBER ": " level ": " SIGN_ANY " [" SIGN_RULE "]\n"
#define REPORT_SIGNS 6 /* of a format, at most */

typedef struct report_format {
	const char *name;
	const char *summary_en, *summary_fr;
	void (*begin)(report *r); /* the three may be NULL */
	void (*document)(report *r, const report_document *d);
	void (*end)(report *r);
	bool fingerprints; /* it shows those of findings; where it does not, they have none */
	const char *signs[REPORT_SIGNS]; /* by which a report is known: its first bytes */
} report_format;

#define REPORT(name) extern const report_format report_##name;
#include "report/reports.def"
#undef REPORT

size_t report_format_count(void);
const report_format *report_format_at(size_t i);
const report_format *report_format_find(slice name); /* NULL when there is none */
/* Are these the first bytes of a report that has anything in it? 4096 are enough. */
bool report_begins(slice bytes);

/* Fill in format, memory, version, ui, color, write and user first. */
void report_begin(report *r);
MUST_USE status report_add(report *r, const report_document *d);
/* Writes the end and frees what the report held, whatever happened before. */
MUST_USE status report_end(report *r);

/* --- for formats --- */

/* Hands what has been written to the caller when it is more than a little. */
void report_flush(report *r);
/* The right one of two sentences. */
const char *report_say(const report *r, const char *en, const char *fr);
/* “warning”, « avertissement » */
const char *report_level(const report *r, severity s);

/* "3 words", with the plural of the language. */
void report_put_count(report *r, size_t n, const char *one_en, const char *many_en,
	const char *one_fr, const char *many_fr);
/* "2 errors, 1 warning": what was found so far, by level. */
void report_put_counts(report *r);
/* Frees what was built beside a report; out of memory, the report is not whole either. */
void report_free_part(buffer *out, buffer *part);
/* "un-fr+extracted-text". Signs that would act in a terminal are shown. */
void report_put_profile(buffer *out, const char *name, const char *modifiers);
/* "profile un-fr", "profiles un-en, un-fr": those in force, in order of their first document.
 */
void report_put_profiles(const report *r, buffer *out);
/* "2 documents, 431 words, profile un-fr: 1 error": a line at the end, where it is wanted. */
void report_put_summary(report *r);

#endif
