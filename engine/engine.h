/* What stands behind the opaque types of include/paraph.h.
 *
 * An engine is read-only once it is open: sessions on different threads share it without a
 * lock. A session owns a context and a check, hence the word table, which stays warm from one
 * document to the next. A result owns its document and everything that its findings point to,
 * so that it can be handed to another thread. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/file.h"
#include "checker/check.h"
#include "checker/custom.h"
#include "engine/project.h"
#include "include/paraph.h"
#include "report/report.h"
#include "termbase/termbase.h"
#include "text/joins.h"
#include "text/language_memo.h"
#include "text/wordlist.h"
#include "tm/usage.h"

/* What the options say of rules and settings, copied: projects are read later. */
typedef struct engine_choice {
	const char *profile;
	const char *const *enable, *const *disable, *const *only;
	const char *const *termbases; /* never NULL */
	const char *const *memories;  /* never NULL */
	const char *settings;         /* NULL: none given */
	bool find_settings, no_builtin, allow_incomplete, only_settings;
	char data[4096];   /* the folder of compiled data */
	char folder[4112]; /* of profiles */
} engine_choice;

struct paraph_engine {
	memory memory;
	context context; /* used while opening; sessions take its limits and language */
	arena keep;      /* profiles, rules of users */
	custom_rules custom;
	engine_choice choice;
	pthread_mutex_t lock; /* of keep, projects and rules, once the engine is open */
	project *projects;
	rule_file *rule_files; /* that projects name */
	const rule **rules;    /* room for RULES_MAX: with.rules, which grows */
	check_with with;
	check_style style; /* of documents for which nothing else is said */
	wordlist words;    /* the user's */
	joins *joins;
	termbase *termbase;
	vocabulary terms;         /* the termbase's own hooks */
	document_options reading; /* of documents */
	char pdf_helper[4096];
	size_t suggestions;
	const char *cache; /* where findings are kept (engine/recall.h); NULL: nowhere */
	uint64_t cache_limit;
	atomic_uint_fast64_t cache_written;
	uint64_t sum; /* of everything that findings depend on but settings and document */
};

struct paraph_session {
	paraph_engine *engine;
	context context;
	check_with with; /* the engine's, with the words of the project in hand */
	const project *project;
	vocabulary terms; /* of the termbase in with */
	tm_usage *memories;
	const char *const *memory_paths; /* that are open; NULL: nothing was asked for yet */
	int64_t memories_opened;         /* seconds, of a clock that only goes on */
	bool memories_reachable;         /* those that answer do */
	check check;
	language_memo languages;     /* of blocks, and */
	text_memo text;              /* what was read last, where the session remembers */
	language forced;             /* of documents; LANGUAGE_UNKNOWN: as the engine has it */
	char format[16];             /* of documents; empty: likewise */
	bool utf8;                   /* texts are, whatever they say */
	bool other_words;            /* messages in another language than the engine's */
	struct segmenter *segmenter; /* opened when sentences are asked for */
};

struct paraph_result {
	const memory *memory;
	uint64_t bytes_sum; /* of the bytes as they were, where findings are kept */
	file file;          /* the bytes, when the result read them itself */
	slice whole; /* the same put together again, when somebody asked and the text lies there
		      */
	arena keep;
	document document;
	document_settings settings; /* that hold */
	slice known_as; /* the path that fingerprints have: from the folder of the project */
	const finding *findings;
	findings taken; /* where they lie when they are many; empty: in keep */
	report_document view;
	struct unnamed
		*unnamed; /* room to name findings in; NULL: they have their fingerprints */
	bool chosen;      /* only the suggestions chosen in view are corrections */
	/* Passages and their translations, for comparing documents; NULL: there are none. */
	const struct seen_pairs *pairs;
	severity pairs_level;
	paraph_result *source; /* of a translation, which findings point into; NULL: none */
};

struct paraph_report {
	report report;
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
};

language engine_ui(paraph_language ui);
memory engine_memory(paraph_memory m); /* malloc and free for none */
paraph_text engine_text(slice s);

/* Copies the sentence for people; the language's word for the status when there is none. */
void engine_explain(const context *c, status s, char *message, size_t message_size);

/* The status for the caller. Every failure leaves a sentence, running out of memory too. */
paraph_status engine_answer(paraph_session *s, status done);

/* Makes the words of the termbase known to checks; then those of the session's project. */
void engine_wire(paraph_engine *e);
void engine_wire_session(paraph_session *s);

/* Makes the project the session's: its words and its termbase. */
MUST_USE status engine_enter(paraph_session *s, const project *p);
/* The same of the project of a document, by its path. */
MUST_USE status engine_enter_project_of(paraph_session *s, const char *path);

/* The built-in termbase, unless it is not wanted, with the layers of those paths over it. */
MUST_USE status engine_open_termbase(termbase **out, context *c, const engine_choice *choice,
	const char *const *paths, size_t count);

/* The concepts that a document speaks of, in the order of the text, with the places of their
 * names in the text. */
MUST_USE status engine_each_concept(paraph_session *session, const paraph_result *result,
	status (*met)(void *user, span text, slice concept), void *user);

/* The compiled dictionaries of the data folder; what was opened before a failure stays open. */
MUST_USE status engine_open_lexicons(lexicon *out[LANGUAGES], context *c, const char *folder);
/* Finds the folder of compiled data and writes its path: the one asked for, else PARAPH_DATA,
 * else beside the program, else where paraph was installed. */
MUST_USE status engine_data_folder(context *c, const char *asked, char *path, size_t path_size);

/* Finds the program paraph-pdf likewise: PARAPH_PDF, beside the program, where paraph was
 * installed. False: there is none. */
bool engine_find_pdf_helper(char *path, size_t path_size);

/* Reads the profiles that the options ask for, from the folder of compiled data, and turns
 * rules on and off as the options say. */
MUST_USE status engine_read_profiles(
	paraph_engine *e, const paraph_options *options, const char *folder);

/* Reads profiles and rules with the engine's data; the messages go to c. */
profile_reader engine_profile_reader(paraph_engine *e, context *c);

/* The style of a project: the profiles it names (the options' own, when they name some), n maps
 * of rules over them, then what the options turn on and off. Of the rules that projects
 * brought, those are off that are not its own (NULL: all). */
typedef struct style_rules { /* and the file that they stand in */
	slice path;
	const yaml *rules;
} style_rules;
MUST_USE status engine_make_style(const profile_reader *r, const engine_choice *choice,
	slice profiles, const style_rules *rules, size_t n, const bool own[RULES_MAX],
	check_style *out);

/* Adds the rules of a file of a user to those that the engine knows. */
MUST_USE status engine_add_rules(paraph_engine *e, context *c, const char *path);

/* Adds to a sum what changes with a termbase or a memory: a store, or a file of exchange. */
MUST_USE status engine_sum_base(uint64_t *sum, context *c, const char *path);
/* What the opened termbases hold: of a shared one the sum before says its name alone, so that
 * its server is asked once. */
void engine_sum_indexes(uint64_t *sum, const termbase *t);
/* As engine_sum_base for a memory; of a shared one the sum is another one each time. */
MUST_USE status engine_sum_memory(uint64_t *sum, context *c, const char *path);

/* Turns rules of a profile on and off as the options say. */
MUST_USE status engine_select(const profile_reader *r, profile *p, const engine_choice *choice);

/* Fails with "there is no rule …; did you mean …?". */
status engine_no_rule(const profile_reader *r, const char *id);

/* Reads and, with rules, checks; owned bytes are freed with the result, or on failure. */
MUST_USE status engine_check(paraph_session *s, const char *path, slice bytes, file owned,
	bool with_rules, paraph_result **out);

/* Checks a document that was read without rules, beside its source. */
MUST_USE status engine_check_translation(
	paraph_session *s, const char *path, paraph_result *r, const check_source *source);

/* Gives a document of which nothing else tells the language of the dictionary that knows it. */
void engine_guess_language(const check_with *w, document *d);

/* Findings that the result keeps: a copy of the list, which the next document is written over;
 * a long one itself, which the check begins anew. */
MUST_USE status engine_keep_findings(paraph_result *r, findings *from, finding **out);

/* Works out lines, columns and texts of n findings, which become the result’s, and fingerprints
 * where some are ignored by theirs. The findings live as long as the result; their suggestions
 * are rewritten as the format has them. scratch is left for the caller to reset. */
MUST_USE status engine_resolve(context *c, struct memo *m, arena *scratch, paraph_result *r,
	finding *found, size_t n, const check_style *style);

/* Findings as they were found, all there are, get their fingerprints once somebody asks. */
MUST_USE status engine_leave_unnamed(paraph_result *r);
/* Gives them, where it was not done yet. m knows what was folded before; NULL: nothing. */
MUST_USE status engine_name_findings(paraph_result *r, struct memo *m);
/* The same of who asks for one; nothing is kept, so that it does not fail. */
void engine_name_asked(const paraph_result *r);

#endif
