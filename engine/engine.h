/* What stands behind the opaque types of include/paraph.h.
 *
 * An engine is read-only once it is open: sessions on different threads share it without a
 * lock. A session owns a context and a check, hence the word table, which stays warm from one
 * document to the next. A result owns its document and everything that its findings point to,
 * so that it can be handed to another thread. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/file.h"
#include "checker/check.h"
#include "checker/custom.h"
#include "include/paraph.h"
#include "report/report.h"
#include "termbase/termbase.h"
#include "text/joins.h"
#include "text/wordlist.h"

struct paraph_engine {
	memory memory;
	context context; /* used while opening; sessions take its limits and language */
	arena keep;      /* profiles, rules of users */
	custom_rules custom;
	check_with with;
	check_style style; /* of documents for which nothing else is said */
	wordlist words;    /* the user's */
	joins *joins;
	termbase *termbase;
	vocabulary terms; /* the termbase's own hooks */
	language forced;  /* of documents; LANGUAGE_UNKNOWN to detect it */
	size_t suggestions;
};

struct paraph_session {
	paraph_engine *engine;
	context context;
	check check;
};

struct paraph_result {
	const memory *memory;
	file file; /* the bytes, when the result read them itself */
	arena keep;
	document document;
	const finding *findings;
	report_document view;
};

struct paraph_report {
	report report;
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
};

language engine_ui(paraph_language ui);
paraph_text engine_text(slice s);

/* Copies the sentence for people; the language's word for the status when there is none. */
void engine_explain(const context *c, status s, char *message, size_t message_size);

/* The status for the caller. Every failure leaves a sentence, running out of memory too. */
paraph_status engine_answer(paraph_session *s, status done);

/* Makes the words of the termbase known to checks. */
void engine_wire(paraph_engine *e);

/* Finds the folder of compiled data and writes its path: the one asked for, else PARAPH_DATA,
 * else beside the program, else where paraph was installed. */
MUST_USE status engine_data_folder(context *c, const char *asked, char *path, size_t path_size);

/* Reads the profiles that the options ask for, from the folder of compiled data, and turns
 * rules on and off as the options say. */
MUST_USE status engine_read_profiles(
	paraph_engine *e, const paraph_options *options, const char *folder);

/* Turns rules of a profile on and off as the options say. */
MUST_USE status engine_select(
	const profile_reader *r, profile *p, const paraph_options *options);

/* Fails with "there is no rule …; did you mean …?". */
status engine_no_rule(const profile_reader *r, const char *id);

/* Reads and, with rules, checks; owned bytes are freed with the result, or on failure. */
MUST_USE status engine_check(paraph_session *s, const char *path, slice bytes, file owned,
	bool with_rules, paraph_result **out);

/* Gives a document of which nothing else tells the language of the dictionary that knows it. */
void engine_guess_language(const check_with *w, document *d);

/* Works out lines, columns, texts and fingerprints of the result’s findings. scratch is left
 * for the caller to reset. */
MUST_USE status engine_resolve(
	context *c, arena *scratch, paraph_result *r, const findings *found);

#endif
