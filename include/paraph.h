/* paraph.h — the public C API of libparaph.
 *
 * An engine holds what is shared and read-only: dictionaries, termbase, settings. A session
 * belongs to one thread and checks documents one after the other; any number of sessions may
 * work on one engine at the same time. A result holds one checked document and its findings,
 * and lives until it is freed; it may outlive its session but not its engine. It can be handed
 * to another thread, but belongs to one at a time: what is asked for is kept in it.
 *
 * Text is UTF-8. A paraph_text borrows from the object it was asked of and is not terminated by
 * a NUL. Offsets are bytes, lines and columns count from 1, columns count code points.
 * No function prints, exits or changes the locale. */
#ifndef PARAPH_H
#define PARAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PARAPH_API __attribute__((visibility("default")))
#else
#define PARAPH_API
#endif

#define PARAPH_VERSION "0.1.0"

typedef struct paraph_engine paraph_engine;
typedef struct paraph_session paraph_session;
typedef struct paraph_result paraph_result;

typedef struct paraph_text {
	const char *p;
	size_t n; /* bytes */
} paraph_text;

/* What a call came to; each code is one thing a caller can act upon. */
typedef enum paraph_status {
	PARAPH_OK = 0,
	PARAPH_MEMORY,    /* the allocator said no */
	PARAPH_LIMIT,     /* the input passes a limit */
	PARAPH_FORMAT,    /* the bytes are not what they claim to be */
	PARAPH_NOT_FOUND, /* no such file, rule or name */
	PARAPH_IO,        /* the operating system said no */
	PARAPH_USAGE,     /* an argument makes no sense */
	PARAPH_DAMAGED,   /* a compiled file or a store is broken */
	PARAPH_AGAIN, /* the operating system said: not now (no room, too many files open) */
	PARAPH_CANCELLED, /* see paraph_session_watch */
} paraph_status;

typedef enum paraph_language {
	PARAPH_LANGUAGE_AUTO = 0, /* detect, block by block */
	PARAPH_LANGUAGE_FR = 1,
	PARAPH_LANGUAGE_EN = 2,
} paraph_language;

typedef enum paraph_severity {
	PARAPH_INFO = 1,
	PARAPH_WARNING = 2,
	PARAPH_ERROR = 3,
} paraph_severity;

typedef enum paraph_fix { PARAPH_FIX_NONE, PARAPH_FIX_REVIEW, PARAPH_FIX_SAFE } paraph_fix;

/* An allocator; zero means malloc and free. Calls may come from any thread. */
typedef struct paraph_memory {
	void *(*alloc)(void *user, size_t bytes);
	void (*free)(void *user, void *p);
	void *user;
} paraph_memory;

/* All zero is a good start: French and English, built-in data, every default rule. */
typedef struct paraph_options {
	paraph_memory memory;
	const char *data_folder;  /* NULL: beside the program, else where it was installed */
	paraph_language ui;       /* of messages; AUTO means English */
	paraph_language language; /* of documents */
	const char *input_format; /* of all documents: "docx", "xliff"; NULL: recognised */
	/* Names or paths of profiles, separated by commas; NULL: un-fr and un-en. A profile
	 * takes the place of its language's default; NAME+MODIFIER lays one over another. */
	const char *profile;
	const char *const *enable;    /* rule ids or families (spacing/), ends with NULL */
	const char *const *disable;   /* likewise */
	const char *const *only;      /* likewise; nothing else runs */
	const char *const *termbases; /* glossaries added to the built-in one, ends with NULL */
	/* Translation memories, which know how often words and pairs of words are used, and
	 * how sentences are translated; ends with NULL. */
	const char *const *memories;
	/* Of a memory in several databases those that answer do; what the others have is not
	 * known, and paraph_result_remark says so. */
	bool allow_incomplete;
	const char *const *words; /* word-list files, ends with NULL */
	const char *const *rules; /* files of rules of your own, ends with NULL */
	/* Settings of a project (docs/SUPPRESSION.md): a file, or with find_settings the
	 * paraph.yaml nearest to each document, upward from it. */
	const char *settings;
	bool find_settings;
	bool no_builtin; /* without the glossaries that ship with paraph */
	/* Termbases and memories are named and not opened: for paraph_session_settings. */
	bool only_settings;
	/* For how many distinct words of a document costly suggestions (of the spelling rules)
	 * are worked out; 0 means 50. */
	size_t suggestions;
	/* A folder where findings are kept for later runs, which they make faster and never
	 * change; it is made when it is missing. NULL: none. Bytes it may take; 0 means 256
	 * MiB.
	 */
	const char *cache_folder;
	uint64_t cache_bytes;
} paraph_options;

/* Opens an engine. On failure *out is NULL and message (of at least 512 bytes, or NULL) holds
 * one sentence in the language asked for. */
PARAPH_API paraph_status paraph_engine_open(
	paraph_engine **out, const paraph_options *options, char *message, size_t message_size);
PARAPH_API void paraph_engine_close(paraph_engine *engine);
/* Reads the compiled dictionaries and the termbase through, which opening does not:
 * PARAPH_DAMAGED, with a message as above, when one is not what was written. */
PARAPH_API paraph_status paraph_engine_verify(
	const paraph_engine *engine, char *message, size_t message_size);

/* The settings of a project (paraph.yaml) nearest to a path, upward from it; the program that
 * reads PDF. PARAPH_NOT_FOUND when there is none. */
PARAPH_API paraph_status paraph_settings_find(const char *path, char *out, size_t size);
PARAPH_API paraph_status paraph_pdf_helper(char *out, size_t size);

/* Which files of a folder are documents, as include and exclude of the settings say (that file,
 * NULL: the paraph.yaml nearest to each). NULL: out of memory. One thread at a time. */
typedef struct paraph_selection paraph_selection;
PARAPH_API paraph_selection *paraph_selection_open(const char *settings, paraph_language ui);
PARAPH_API void paraph_selection_close(paraph_selection *selection);
/* Another status than PARAPH_OK, with a message, when the settings cannot be read. */
PARAPH_API paraph_status paraph_selection_has(
	paraph_selection *selection, const char *path, bool folder, bool *has);
PARAPH_API const char *paraph_selection_message(const paraph_selection *selection);

PARAPH_API paraph_status paraph_session_open(paraph_session **out, paraph_engine *engine);
PARAPH_API void paraph_session_close(paraph_session *session);
/* How many threads may work on one large document; one, unless said. What is found does not
 * depend on it. */
PARAPH_API void paraph_session_threads(paraph_session *session, unsigned threads);
/* From now on texts are UTF-8 even where they say another encoding of themselves (HTML, XML,
 * PO): an editor has decoded them. */
PARAPH_API void paraph_session_utf8(paraph_session *session, bool utf8);
/* How the session reads from now on, whatever the engine was told: the language of documents
 * (AUTO: as the engine has it) and their format ("txt"; NULL: likewise). PARAPH_USAGE, with a
 * message, when there is no such format. */
PARAPH_API paraph_status paraph_session_reading(
	paraph_session *session, paraph_language language, const char *format);
/* The language of its messages; AUTO: the engine's. */
PARAPH_API void paraph_session_ui(paraph_session *session, paraph_language ui);
/* Lets a check end before its end: wanted is asked after each paragraph, by every thread that
 * works on the document, and false has the call answer PARAPH_CANCELLED. NULL: nobody asks. The
 * session is as good as before. */
PARAPH_API void paraph_session_watch(
	paraph_session *session, bool (*wanted)(void *user), void *user);
/* For editors: a session that checks one document again and again. What each paragraph
 * contributed is kept, with about seven times the bytes of the text, and as much again of what
 * stood there before; where only a few have changed since the last check only those are looked
 * at, and rules of the whole document are fed from what was kept. What is found is what any
 * other session finds. Bilingual files, packages and engines with memories are checked anew
 * each time. */
PARAPH_API paraph_status paraph_session_remember(paraph_session *session);

/* A profile that ships with paraph: its name, the language of the documents it is for (AUTO: it
 * is laid over another one) and what it is for, in one line. */
typedef struct paraph_profile {
	paraph_text name, summary;
	paraph_language language;
} paraph_profile;

/* The profiles in the order of their names, summaries in the language of the session; each is
 * valid during its call. A status other than PARAPH_OK stops and is returned. */
PARAPH_API paraph_status paraph_session_profiles(paraph_session *session,
	paraph_status (*each)(void *user, const paraph_profile *profile), void *user);
/* The sentence that explains the session's last failure; valid until its next call. */
PARAPH_API const char *paraph_session_message(const paraph_session *session);

/* The keys of a file of settings in turn, and what they mean; NULL past the last. example is
 * YAML as it may stand after the key and its colon. */
PARAPH_API const char *paraph_setting_key(
	size_t i, paraph_language ui, const char **help, const char **example);

/* A value that holds for a document, and where it comes from: a place in a file of settings, an
 * option of the command line, or neither. */
typedef struct paraph_setting {
	const char *key;   /* "profile", "rules" */
	paraph_text part;  /* of rules: which; of ignore: "rule", "text" … */
	paraph_text value; /* as it is written there */
	paraph_text path;  /* of the file; empty: none */
	uint32_t line, column;
	const char *option; /* "--profile"; NULL: none */
} paraph_setting;

/* The settings of the document of that path, in the order in which they take effect; each is
 * valid during its call. A status other than PARAPH_OK stops and is returned. */
PARAPH_API paraph_status paraph_session_settings(paraph_session *session, const char *path,
	paraph_status (*each)(void *user, const paraph_setting *setting), void *user);

/* Reads and checks bytes, which must outlive the result; path is what findings are reported
 * under and, with the bytes, how the format is recognised. */
PARAPH_API paraph_status paraph_check(
	paraph_session *session, const char *path, paraph_text bytes, paraph_result **out);
/* Reads the file itself ("-": standard input); the result owns the bytes. */
PARAPH_API paraph_status paraph_check_file(
	paraph_session *session, const char *path, paraph_result **out);
/* The same, reporting under another name, such as that of the file in the editor. */
PARAPH_API paraph_status paraph_check_file_as(
	paraph_session *session, const char *path, const char *name, paraph_result **out);
/* Reads the file without checking it: a result without findings, for paraph_result_text. */
PARAPH_API paraph_status paraph_read_file(
	paraph_session *session, const char *path, paraph_result **out);
PARAPH_API paraph_status paraph_read_file_as(
	paraph_session *session, const char *path, const char *name, paraph_result **out);
PARAPH_API void paraph_result_free(paraph_result *result);

typedef struct paraph_finding {
	const char *rule; /* "spacing/apostrophe" */
	paraph_severity severity;
	paraph_fix fix;
	paraph_text message;
	size_t start, end; /* in the file for text formats, else in paraph_result_text */
	uint32_t line, column, end_line, end_column;
	/* The bytes from start to end; of a file that is not UTF-8, what they decode to. */
	paraph_text text;
	uint32_t paragraph; /* number of the block, from 1 */
	/* Of a document whose lines nobody sees: "body", "footnote", … and the number printed
	 * before the paragraph, with those above ("12 (b)"), or of the note; empty and 0 where
	 * nothing is known. */
	const char *part;
	paraph_text number;
	uint32_t heading; /* number of the block that is the title of the section; 0: none */
	uint32_t page;    /* from 1; 0: not known */
	size_t suggestion_count;
	paraph_text concept, source; /* evidence, empty when there is none */
	uint64_t fingerprint;        /* rule, path and normalised context; never a line */
	/* What is said of a translation: the place of the source, in the file of that path
	 * (of a bilingual file, its own), its text, and the passage it stands in. source_path
	 * is empty where a finding is of one text. */
	paraph_text source_path, source_text, source_passage;
	size_t source_start, source_end;
	uint32_t source_line, source_column;
	/* The same places in paraph_result_text, of the document and of the source. */
	size_t text_start, text_end, source_text_start, source_text_end;
} paraph_finding;

PARAPH_API size_t paraph_result_count(const paraph_result *result);
/* The level of the gravest finding; zero: there is none. */
PARAPH_API paraph_severity paraph_result_highest(const paraph_result *result);
/* What the settings of the document's project say of the run: the path of a baseline (empty:
 * none), and from which level on a check fails (zero: never); false when they say nothing. */
PARAPH_API paraph_text paraph_result_baseline(const paraph_result *result);
PARAPH_API bool paraph_result_fail_on(const paraph_result *result, paraph_severity *level);
/* Takes out what is known and accepted: known is asked of each finding in turn. The answer is
 * how many there are; reports leave them out, but for SARIF, which tells them as suppressed. */
PARAPH_API size_t paraph_result_accept(paraph_result *result,
	bool (*known)(void *user, const paraph_finding *finding), void *user);
/* Takes out findings that are not wanted, without a trace. The answer is how many there were.
 */
PARAPH_API size_t paraph_result_omit(paraph_result *result,
	bool (*unwanted)(void *user, const paraph_finding *finding), void *user);
/* The bytes of paragraph n (from 1) in the file; false: there is none. */
PARAPH_API bool paraph_result_paragraph(
	const paraph_result *result, uint32_t n, size_t *start, size_t *end);
/* … and in paraph_result_text. */
PARAPH_API bool paraph_result_paragraph_text(
	const paraph_result *result, uint32_t n, size_t *start, size_t *end);
/* Where a person finds paragraph n: "paragraph 12 (b), page 3"; empty where the document does
 * not say. The answer is its length in bytes; what does not fit into size is cut off. */
PARAPH_API size_t paraph_result_place(
	const paraph_result *result, uint32_t n, paraph_language ui, char *out, size_t size);
PARAPH_API paraph_finding paraph_result_finding(const paraph_result *result, size_t i);
/* Suggestion k of finding i. The first replaces exactly the finding's text. */
PARAPH_API paraph_text paraph_result_suggestion(
	const paraph_result *result, size_t i, size_t k);

PARAPH_API paraph_text paraph_result_path(const paraph_result *result);
/* The path by which fingerprints and baselines know the document: from the folder of the
 * settings that hold for it, where it lies below that; else as it was given. */
PARAPH_API paraph_text paraph_result_known_as(const paraph_result *result);
/* Of the file; empty when memory is out. */
PARAPH_API paraph_text paraph_result_bytes(const paraph_result *result);
PARAPH_API paraph_text paraph_result_text(const paraph_result *result);   /* extracted */
PARAPH_API const char *paraph_result_format(const paraph_result *result); /* "txt" */
/* Is the file one of parts (.docx, .odt), whose places are those of paraph_result_text? */
PARAPH_API bool paraph_result_is_package(const paraph_result *result);
PARAPH_API const char *paraph_result_language(const paraph_result *result);
PARAPH_API const char *paraph_result_profile(const paraph_result *result);
/* What is laid over the profile: "extracted-text", "a+b", or "". */
PARAPH_API const char *paraph_result_modifiers(const paraph_result *result);
PARAPH_API size_t paraph_result_words(const paraph_result *result);
PARAPH_API const char *paraph_result_encoding(const paraph_result *result); /* "UTF-8" */
/* A sentence on what of the file could not be read (pages that are pictures), or "". */
PARAPH_API paraph_text paraph_result_remark(const paraph_result *result);

/* Chooses suggestion k of finding i, as a person does who reads them. Once something is chosen,
 * what is chosen is corrected and nothing else, whatever is safe. PARAPH_USAGE when there is no
 * such suggestion. */
PARAPH_API paraph_status paraph_result_choose(paraph_result *result, size_t i, size_t k);

/* The file with its corrections applied, on the engine's allocator: free with
 * paraph_bytes_free. unsafe applies those that want review too. *applied counts them. The
 * message of the session is empty then, or says of which rules corrections were left out, since
 * they undo one another or never come to an end. */
PARAPH_API paraph_status paraph_result_fix(paraph_session *session, const paraph_result *result,
	bool unsafe, char **bytes, size_t *n, size_t *applied);
typedef struct paraph_review {
	bool changes;              /* corrections as tracked changes */
	bool plain;                /* … or made at once */
	bool unsafe;               /* those that want review too */
	bool breaks_signature;     /* a signed document is changed, too */
	bool comments;             /* findings that no change mends, as comments */
	const char *author, *date; /* "2026-01-31T12:00:00Z" */
} paraph_review;

/* The Word or ODT file with changes and comments that somebody can accept, reject and answer
 * one by one; free it with paraph_bytes_free. *changes and *comments count them; a correction
 * that has no place (in a field) becomes a comment. Of a PDF: a copy with highlights and notes,
 * asked for with comments alone. PARAPH_USAGE for other files, and for a signed document. */
PARAPH_API paraph_status paraph_result_review(paraph_session *session,
	const paraph_result *result, const paraph_review *review, char **bytes, size_t *n,
	size_t *changes, size_t *comments);
/* The edit that makes suggestion k of finding i, for editors: the bytes that come where *start
 * to *end of the file are, free them with paraph_bytes_free. Markup that stands inside the
 * finding stays. PARAPH_USAGE for packages, and where there is no such suggestion. */
PARAPH_API paraph_status paraph_result_correction(paraph_session *session,
	const paraph_result *result, size_t i, size_t k, size_t *start, size_t *end,
	char **bytes, size_t *n);
/* The sentence around a place of the file, in bytes of the file, and its language ("fr", "en",
 * "unknown"). PARAPH_NOT_FOUND where no text is. */
PARAPH_API paraph_status paraph_result_segment(paraph_session *session,
	const paraph_result *result, size_t offset, size_t *start, size_t *end,
	const char **language);
PARAPH_API void paraph_bytes_free(paraph_session *session, char *bytes);

/* The terms met in the document, in order. */
typedef struct paraph_term {
	paraph_text concept;      /* id in the termbase */
	paraph_text term, status; /* as the termbase has it; "preferred", "deprecated", … */
	paraph_text other;        /* the preferred term in the other language, or empty */
	paraph_text acronym, other_acronym;
	paraph_text text; /* as the document has it */
	size_t start, end;
	uint32_t line, column;
	bool uncertain; /* the words also mean other things, or are part of a longer name */
} paraph_term;

/* Calls found for each term; a status other than PARAPH_OK stops and is returned. */
PARAPH_API paraph_status paraph_result_terms(paraph_session *session,
	const paraph_result *result,
	paraph_status (*found)(void *user, const paraph_term *term), void *user);

/* --- termbases --- */

/* Termbases one over the other (ISO 30042): what ships with paraph, then each path in turn, a
 * store that paraph keeps (a SQLite file, or a database that several machines share) or a file
 * in a format of exchange. Later ones override, extend or retire what earlier ones say of a
 * concept. One thread at a time. */
typedef struct paraph_termbase paraph_termbase;

typedef struct paraph_termbase_options {
	paraph_memory memory;
	const char *data_folder; /* as in paraph_options */
	paraph_language ui;
	bool no_builtin;
	const char *settings; /* paraph.yaml, whose termbases come before paths; NULL: none */
	bool find_settings;   /* without settings: the one nearest to the working folder */
	const char *const *paths; /* ends with NULL; NULL: none */
} paraph_termbase_options;

PARAPH_API paraph_status paraph_termbase_open(paraph_termbase **out,
	const paraph_termbase_options *options, char *message, size_t message_size);
PARAPH_API void paraph_termbase_close(paraph_termbase *t);
/* The sentence that explains the last failure; valid until the next call. */
PARAPH_API const char *paraph_termbase_message(const paraph_termbase *t);

typedef struct paraph_hit {
	paraph_text concept, term, language;
	const char *status; /* "preferred", "admitted", "deprecated", "superseded" */
	double score;       /* 1: the very term, case and accents aside */
} paraph_hit;

/* The best terms for what a person remembers, whatever its case, accents, inflection or order
 * of words, and with one typing error in a word; at most `most`, the best first. */
PARAPH_API paraph_status paraph_termbase_search(paraph_termbase *t, paraph_text question,
	size_t most, paraph_status (*found)(void *user, const paraph_hit *hit), void *user);

/* One fact of a concept, in the order in which a record is read: those of the concept, then
 * each language's own, each followed by its terms and theirs. */
typedef struct paraph_fact {
	paraph_text language; /* empty for facts of the concept */
	paraph_text term;     /* empty for facts of the concept and of a language */
	paraph_text
		category; /* of TBX: "definition", "partOfSpeech"; "term" for the term itself */
	paraph_text value, target;
	const char *layer; /* the path it comes from, or "paraph" */
} paraph_fact;

/* PARAPH_NOT_FOUND when no layer has a concept of that id. Of one that a layer took back the
 * first fact is "x-retired", of that layer; the others are what the layers under it said. What
 * the facts point at stays until the next call. */
PARAPH_API paraph_status paraph_termbase_show(paraph_termbase *t, paraph_text concept,
	paraph_status (*fact)(void *user, const paraph_fact *fact), void *user);

/* Every concept's id, those of earlier layers first. */
PARAPH_API paraph_status paraph_termbase_each(
	paraph_termbase *t, paraph_status (*take)(void *user, paraph_text concept), void *user);

/* --- termbases in and out --- */

/* The path of the personal termbase; PARAPH_NOT_FOUND where there is no home. */
PARAPH_API paraph_status paraph_termbase_personal(char *path, size_t size);

typedef struct paraph_import {
	const char *path;    /* what is read; "-" is standard input */
	const char *into;    /* a store, made when it is not there; NULL: the personal one */
	const char *format;  /* "tbx", "csv", …; NULL: by name and content */
	const char *columns; /* of tables: "A=fr,Remarks=note"; NULL: as they are recognised */
	const char *who;     /* for the history; NULL: nobody */
	/* Concepts after which what was read is kept whatever comes, so that an import which is
	 * interrupted goes on from there when it is run again; 0: whole or not at all. */
	uint64_t part;
	void *user;
	/* What is left out and why; lines and columns from 1, 0 when not known. May be NULL. */
	paraph_status (*skipped)(void *user, unsigned line, unsigned column, const char *why);
	/* A column of a table and what it is taken for: "fr_acronym"; NULL: passed over. May be
	 * NULL. */
	void (*column)(void *user, paraph_text name, const char *taken_for);
	/* A table is not UTF-8 and read as "windows-1252", "UTF-16LE" or "UTF-16BE". May be
	 * NULL. */
	void (*encoding)(void *user, const char *name);
	/* Every so often; another status ends the import. May be NULL. */
	paraph_status (*progress)(void *user, uint64_t bytes, uint64_t of, uint64_t concepts);
} paraph_import;

typedef struct paraph_import_counts { /* of concepts */
	uint64_t added, changed, same, skipped;
} paraph_import_counts;

/* Takes a file into a store, whole or not at all unless in parts. A concept of an id that is
 * there takes its place; one with the names of another concept in both languages is left out.
 */
PARAPH_API paraph_status paraph_termbase_import(const paraph_termbase_options *options,
	const paraph_import *import, paraph_import_counts *counts, char *message,
	size_t message_size);

/* All concepts of the termbases, later layers over earlier ones, in a format of exchange.
 * *left_out: facts that the format has no place for. */
PARAPH_API paraph_status paraph_termbase_export(paraph_termbase *t, const char *format,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	uint64_t *left_out);

/* The name of the format that a file of this name would be read or written in; NULL for none.
 */
PARAPH_API const char *paraph_termbase_format(const char *path);
/* The formats in turn; NULL past the last. */
PARAPH_API const char *paraph_termbase_format_at(
	size_t i, paraph_language ui, bool *read, bool *written, const char **summary);

typedef enum paraph_edit_kind {
	PARAPH_EDIT_ADD,
	PARAPH_EDIT_CHANGE,
	PARAPH_EDIT_REMOVE
} paraph_edit_kind;

typedef struct paraph_edit {
	paraph_edit_kind kind;
	const char *into;    /* a store or a glossary (.tsv, .tbx); NULL: the personal one */
	const char *concept; /* the id of what is changed or removed */
	const char *const *cells; /* "fr=EIIL", "en_acronym=ISIL", …; ends with NULL */
	const char *who;          /* for the history; NULL: nobody */
	bool force;               /* add though a concept of this id or these names is there */
	bool over; /* the concept is of a layer below: say these cells anew, or retire it */
	/* Asked of a change or removal when nobody else can write to the store any more and
	 * nothing is written yet: is what is there still what was read? What is not PARAPH_OK
	 * ends the edit and is its status. NULL: not asked. */
	paraph_status (*confirm)(void *user);
	void *user; /* for confirm */
} paraph_edit;

/* Adds, changes or removes one concept; its id is written to id. PARAPH_NOT_FOUND when the
 * store does not have it. */
PARAPH_API paraph_status paraph_termbase_edit(const paraph_termbase_options *options,
	const paraph_edit *edit, char *id, size_t id_size, char *message, size_t message_size);

typedef struct paraph_event { /* of the history of a concept */
	paraph_text when, who, action,
		what; /* what: "- fr: EIIL", "+ fr: Daech", a line each */
	const char *layer;
} paraph_event;

/* What was done to a concept in the layers that are stores, oldest first. */
PARAPH_API paraph_status paraph_termbase_history(paraph_termbase *t, paraph_text concept,
	paraph_status (*event)(void *user, const paraph_event *event), void *user);

typedef struct paraph_lint { /* something wrong in a termbase */
	const char *rule;    /* "lint/spacing" */
	paraph_severity severity;
	paraph_text concept;
	unsigned line, column; /* in a file, from 1; 0 in a store */
	const char *message;
} paraph_lint;

/* Looks for faults in a termbase itself, a store or a file. A reference may lead to a concept
 * of the layers that options name. */
PARAPH_API paraph_status paraph_termbase_lint(const paraph_termbase_options *options,
	const char *path, paraph_status (*found)(void *user, const paraph_lint *finding),
	void *user, char *message, size_t message_size);

/* --- terms out of texts --- */

typedef struct paraph_candidate { /* for a termbase */
	const char *kind;         /* "acronym", "name" or "term" */
	const char *language;     /* "fr", "en" */
	paraph_text text;         /* the commonest way it is written */
	paraph_text acronym; /* that the text defines for it; may be empty, like the rest */
	paraph_text context; /* where it stands first */
	paraph_text concept; /* of the termbase that has it already */
	uint32_t count, documents;
	double score;
	/* of texts in two languages: what stands where this does, and how surely (0 to 1) */
	paraph_text translation, translation_acronym, translation_concept;
	double likeness;
} paraph_candidate;

typedef struct paraph_extract {
	const char *const *paths;   /* ends with NULL */
	const char *const *targets; /* the translation of each, in order; NULL: none */
	bool pairs;     /* the paths are tables: two languages side by side, tab-separated */
	bool only_new;  /* without those that the termbase has */
	uint32_t least; /* occurrences, of names and terms; 0: two */
	/* Every so often; another status ends it. May be NULL. */
	paraph_status (*progress)(void *user, size_t done, size_t of);
} paraph_extract;

/* Candidates, acronyms first, then names, then terms; of each the most promising first.
 * termbase/extract.h says how they are found and what the score is. */
PARAPH_API paraph_status paraph_extract_terms(paraph_session *session,
	const paraph_extract *what,
	paraph_status (*found)(void *user, const paraph_candidate *candidate), void *user);

/* --- two documents side by side --- */

typedef struct paraph_alignment paraph_alignment;

typedef struct paraph_align {
	const char *source, *target; /* paths; one of them may be "-" */
	/* What stands in them: p NULL: the file is read. Bytes given must outlive what is made
	 * of them; what is said of their languages is believed. Not in lines. */
	paraph_text source_bytes, target_bytes;
	/* Every line is a segment, as in corpora; else the documents are read in whatever
	 * format they are, and cut into paragraphs and sentences. */
	bool lines;
	paraph_language source_language, target_language; /* AUTO: as they are recognised */
} paraph_align;

/* Segments that belong together: up to three of each text, or some of one that nothing faces.
 */
typedef struct paraph_bead {
	paraph_text source, target; /* joined by spaces; empty: nothing faces */
	uint32_t first[2];          /* number of the first segment, from 0 */
	uint32_t count[2];
	size_t start[2],
		end[2];    /* bytes in paraph_result_text of the two (of the file in lines) */
	double confidence; /* the chance that it is right, 0 to 1 */
	bool crossing;     /* they stand at different places in the two texts */
} paraph_bead;

/* Lays a document and its translation side by side (document/alignment.h says how). The
 * alignment may outlive the session, but not its engine. PARAPH_FORMAT when there is no text in
 * one of them, PARAPH_USAGE when the languages that are said are those of the other document.
 */
PARAPH_API paraph_status paraph_align_files(
	paraph_session *session, const paraph_align *what, paraph_alignment **out);
/* Checks the target as the translation of the source: its own rules, and those for pairs of
 * passages, whose findings have both places. PARAPH_USAGE when both are in one language, too.
 */
PARAPH_API paraph_status paraph_check_translation(
	paraph_session *session, const paraph_align *what, paraph_result **out);
/* Documents whose translations are to agree with each other: what bilingual/inconsistent says
 * of one document is said of all that are added, one after the other, by one thread. */
typedef struct paraph_set paraph_set;

/* NULL: out of memory. ui: of messages; AUTO means English. */
PARAPH_API paraph_set *paraph_set_open(paraph_engine *engine, paraph_language ui);
PARAPH_API void paraph_set_close(paraph_set *set);
/* Adds to the result the findings on passages that an earlier document translates otherwise,
 * and remembers its own. */
PARAPH_API paraph_status paraph_set_add(paraph_set *set, paraph_result *result);
PARAPH_API void paraph_alignment_free(paraph_alignment *alignment);
PARAPH_API size_t paraph_alignment_count(const paraph_alignment *alignment);
PARAPH_API paraph_bead paraph_alignment_bead(const paraph_alignment *alignment, size_t i);
/* "fr", "en" or "unknown"; side 0 is the source. */
PARAPH_API const char *paraph_alignment_language(const paraph_alignment *alignment, int side);

/* Writes it in one of the formats below. Beads that are less sure than `least` are left out of
 * formats for memories (tmx); *left_out counts them, and those that nothing faces. */
PARAPH_API paraph_status paraph_alignment_write(paraph_session *session,
	const paraph_alignment *alignment, const char *format, double least,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	size_t *left_out);
/* The formats in turn; NULL past the last. extension is ".tmx". */
PARAPH_API const char *paraph_alignment_format_at(
	size_t i, paraph_language ui, const char **extension, const char **summary);

/* The rule table, for documentation, SARIF and `paraph rules`. */
typedef struct paraph_rule {
	const char *id, *source;
	paraph_severity severity;
	paraph_fix fix;
	bool fr, en, off;
	const char *summary, *explanation; /* in the language asked for */
} paraph_rule;

PARAPH_API size_t paraph_rule_count(void);
PARAPH_API paraph_rule paraph_rule_at(size_t i, paraph_language ui);
/* Example k of a rule: false past the last. wrong may be NULL. */
PARAPH_API bool paraph_rule_example(
	size_t i, size_t k, const char **wrong, const char **right, paraph_language *in);
/* The profile in which example k holds; NULL: the default of its language. */
PARAPH_API const char *paraph_rule_example_profile(size_t i, size_t k);
/* Of a rule for translations: the source in the other language; NULL: it is for one text. */
PARAPH_API const char *paraph_rule_example_source(size_t i, size_t k);
/* The index of the rule of that id. When there is none, message (or NULL) asks whether another
 * one was meant. */
PARAPH_API paraph_status paraph_rule_find(
	const char *id, paraph_language ui, size_t *i, char *message, size_t message_size);

/* The same with the rules of users that an engine has read, which come after the others. */
PARAPH_API size_t paraph_engine_rule_count(const paraph_engine *engine);
PARAPH_API paraph_rule paraph_engine_rule_at(
	const paraph_engine *engine, size_t i, paraph_language ui);
PARAPH_API bool paraph_engine_rule_example(const paraph_engine *engine, size_t i, size_t k,
	const char **wrong, const char **right, paraph_language *in);
PARAPH_API paraph_status paraph_engine_rule_find(const paraph_engine *engine, const char *id,
	paraph_language ui, size_t *i, char *message, size_t message_size);

/* One word into a word-list file, as a line at its end, or all lines of the word out of it. The
 * file and its folders are made when they are missing; *changed: the word was not there, or was
 * there. Threads and programs may do so at the same time. PARAPH_USAGE for what is no word. */
PARAPH_API paraph_status paraph_words_change(const char *path, paraph_text one, bool there,
	bool *changed, paraph_language ui, char *message, size_t message_size);

/* What the operating system means by an errno, without loading a locale. */
PARAPH_API const char *paraph_system_message(int error, paraph_language ui);
/* May the same work when it is tried later? */
PARAPH_API bool paraph_system_is_passing(int error);

/* Reports: results written for people or programs, as they become known. */
typedef struct paraph_report paraph_report;

/* Whether text, compact and github end with a line that sums up. */
typedef enum paraph_summary {
	PARAPH_SUMMARY_ALWAYS,
	PARAPH_SUMMARY_OF_FINDINGS, /* when there are any */
	PARAPH_SUMMARY_NEVER,
} paraph_summary;

typedef struct paraph_report_options {
	const char *format; /* a name of paraph_report_format; NULL means text */
	paraph_language ui; /* AUTO means English */
	bool color;         /* with terminal colours (text) */
	unsigned columns;   /* of the terminal (text); 0: there is none */
	paraph_summary summary;
	/* Takes what is written; a status other than PARAPH_OK ends the report. */
	paraph_status (*write)(void *user, const char *bytes, size_t n);
	void *user;
} paraph_report_options;

/* The names of the formats, NULL past the last, and what they are for. */
PARAPH_API const char *paraph_report_format(size_t i, paraph_language ui, const char **summary);

/* PARAPH_USAGE when there is no such format. A report uses the engine's allocator. */
PARAPH_API paraph_status paraph_report_open(paraph_report **out, paraph_engine *engine,
	const paraph_report_options *options, char *message, size_t message_size);
PARAPH_API paraph_status paraph_report_add(paraph_report *report, const paraph_result *result);
/* Writes the end. The answer is that of the first write that failed. */
PARAPH_API paraph_status paraph_report_close(paraph_report *report);
/* Do these n bytes, the first of a file, begin a report that paraph wrote? 4096 are enough. One
 * of text, compact or github in which nothing was found is empty, and no report here. */
PARAPH_API bool paraph_report_begins(const char *bytes, size_t n);

/* --- reports of parts of a run --- */

/* Puts documents together that were written with format "jsonl", by other runs, and writes them
 * in the order of their paths in any format that does not show the documents themselves. One
 * thread at a time. NULL: out of memory. */
typedef struct paraph_merge paraph_merge;
PARAPH_API paraph_merge *paraph_merge_open(paraph_engine *engine, paraph_language ui);
/* After the report is closed. */
PARAPH_API void paraph_merge_close(paraph_merge *merge);
/* Reads a file. PARAPH_FORMAT when a line is no document. */
PARAPH_API paraph_status paraph_merge_add(paraph_merge *merge, const char *path);
/* PARAPH_USAGE when a document was met twice, or when the report shows documents. */
PARAPH_API paraph_status paraph_merge_write(paraph_merge *merge, paraph_report *report);
/* The highest level met; zero: there are no findings. */
PARAPH_API paraph_severity paraph_merge_worst(const paraph_merge *merge);
PARAPH_API const char *paraph_merge_message(const paraph_merge *merge);

/* --- stores that several machines share --- */

/* Databases of PostgreSQL, called by their URLs (postgresql://user@host/base, all that libpq
 * understands) wherever a termbase or a memory may be named. Here they are made, brought up to
 * date and looked at. */
typedef struct paraph_store_options {
	paraph_memory memory;
	paraph_language ui;
	const char *const *urls; /* ends with NULL; several are the shards of one memory */
} paraph_store_options;

typedef struct paraph_store_state { /* of one database, or of one part of it */
	const char *name;           /* its URL without the password */
	const char *trouble;        /* why it cannot be looked at; NULL: it can */
	const char *part;           /* "termbase", "memory"; NULL: of the database */
	int version, newest;      /* of the part; 0: it is not there; what this paraph knows */
	int server;               /* PostgreSQL's version: 150018 */
	bool standby;             /* it only reads */
	bool roles;               /* paraph_reader, paraph_writer and paraph_admin are there */
	bool reads, writes, owns; /* what the user of the URL may do with all tables */
} paraph_store_state;

/* Makes what is not there, or with only_migrate brings what is there up to date; each database
 * in one transaction. Told is what each then is. */
PARAPH_API paraph_status paraph_store_make(const paraph_store_options *options,
	bool only_migrate, paraph_status (*told)(void *user, const paraph_store_state *state),
	void *user, char *message, size_t message_size);
/* What is there; changes nothing. A database that does not answer is told too. */
PARAPH_API paraph_status paraph_store_look(const paraph_store_options *options,
	paraph_status (*told)(void *user, const paraph_store_state *state), void *user,
	char *message, size_t message_size);
/* The SQL that makes everything, for an administrator to run by psql. */
PARAPH_API paraph_status paraph_store_script(const paraph_store_options *options,
	paraph_status (*write)(void *user, const char *bytes, size_t n), void *user,
	char *message, size_t message_size);
/* Spreads a translation memory over the databases of `urls`, the first of which it is in;
 * others go on using it. progress may be NULL: buckets that have moved, of 1024, and units in
 * them. */
PARAPH_API paraph_status paraph_store_reshard(const paraph_store_options *options,
	void (*progress)(void *user, size_t buckets, uint64_t units), void *user, char *message,
	size_t message_size);
/* The URLs of shared termbases and memories that a paraph.yaml names. */
PARAPH_API paraph_status paraph_store_of_project(const paraph_store_options *options,
	const char *settings, paraph_status (*take)(void *user, const char *url), void *user,
	char *message, size_t message_size);
/* Does the path name a shared store, not a file? */
PARAPH_API bool paraph_store_is_shared(const char *path);
/* The path for people: of a shared store without its password. */
PARAPH_API void paraph_store_name(const char *path, char *out, size_t size);

/* --- translation memories --- */

/* One memory: a store that paraph keeps (a SQLite file, or a database that several machines
 * share). One thread at a time; any number of programs may read it while one writes. Languages
 * are tags ("en", "fr-CA"), compared by their first subtags. */
typedef struct paraph_tm paraph_tm;

typedef struct paraph_tm_options {
	paraph_memory memory;
	paraph_language ui;
	const char *path; /* NULL: one's own, see paraph_tm_personal */
	bool write;       /* it is made when it is not there */
	/* Of a memory in several databases those that answer are asked: for reading. */
	bool allow_incomplete;
} paraph_tm_options;

PARAPH_API paraph_status paraph_tm_open(
	paraph_tm **out, const paraph_tm_options *options, char *message, size_t message_size);
PARAPH_API void paraph_tm_close(paraph_tm *tm);
/* The databases that were left out because they do not answer; NULL: none was. */
PARAPH_API const char *paraph_tm_missing(const paraph_tm *tm);
/* The sentence that explains the last failure; valid until the next call. */
PARAPH_API const char *paraph_tm_message(const paraph_tm *tm);
/* The path of one's own memory; PARAPH_NOT_FOUND where there is no home. */
PARAPH_API paraph_status paraph_tm_personal(char *path, size_t size);

typedef struct paraph_tm_unit {
	paraph_text source, target, source_language, target_language;
	paraph_text document, author, changed, origin, id;
	unsigned number; /* in the memory */
} paraph_tm_unit;

typedef struct paraph_tm_import {
	const char *path;   /* what is read; "-" is standard input */
	const char *format; /* "tmx", "tsv", "xliff", "po"; NULL: by name and content */
	const char *source, *target;   /* languages wanted; NULL: those of the file */
	const char *document, *author; /* of units that do not say theirs; may be NULL */
	void *user;
	/* May be NULL, both; another status than PARAPH_OK ends the import. */
	paraph_status (*skipped)(void *user, unsigned line, unsigned column, const char *why);
	paraph_status (*progress)(void *user, uint64_t bytes, uint64_t of, uint64_t units);
} paraph_tm_import;

typedef struct paraph_tm_counts {
	uint64_t added, same, skipped;
} paraph_tm_counts;

/* What was read is kept every 100,000 units; an import that was interrupted goes on when it is
 * run again. */
PARAPH_API paraph_status paraph_tm_import_file(
	paraph_tm *tm, const paraph_tm_import *import, paraph_tm_counts *counts);

/* Adds one unit, kept when this returns; its languages must be said, its number is not looked
 * at. *added: false when it is there already. */
PARAPH_API paraph_status paraph_tm_add(paraph_tm *tm, const paraph_tm_unit *unit, bool *added);

typedef struct paraph_tm_filter { /* NULL: anything */
	const char *source, *target, *document, *author;
	const char *since, *until; /* of the last change: "2018", "2018-01-02" */
} paraph_tm_filter;

/* Units as a file of exchange ("tmx", "tsv"). A damaged store gives what can be read: *lost
 * counts the rest. */
PARAPH_API paraph_status paraph_tm_export(paraph_tm *tm, const paraph_tm_filter *filter,
	const char *format, paraph_status (*write)(void *user, const char *bytes, size_t n),
	void *user, uint64_t *units, uint64_t *lost);
/* Formats in turn; NULL past the last. */
PARAPH_API const char *paraph_tm_format_at(
	size_t i, paraph_language ui, bool *written, const char **summary);

typedef struct paraph_tm_penalty { /* hundredths taken off the score */
	int machine, other_author, old, other_document;
	const char *author, *before, *document;
} paraph_tm_penalty;

typedef struct paraph_tm_query {
	paraph_text text;
	paraph_text previous, next;  /* the segments around it; may be empty */
	const char *source, *target; /* languages; NULL: the commonest pair of the memory */
	int threshold;               /* hundredths of a per cent, 5000 to 10100 */
	size_t most;                 /* 1 to 100 */
	paraph_tm_penalty penalty;
} paraph_tm_query;

typedef struct paraph_tm_match {
	paraph_tm_unit unit;
	int score;            /* 10100: in context, 10000: exact (docs/MEMORY.md) */
	int plain;            /* by the written words alone */
	paraph_text proposed; /* the translation, numbers and the like carried over */
	size_t carried;       /* how many of them */
} paraph_tm_match;

/* The best matches, the best first. */
PARAPH_API paraph_status paraph_tm_find(paraph_tm *tm, const paraph_tm_query *query,
	paraph_status (*found)(void *user, const paraph_tm_match *match), void *user);

typedef struct paraph_tm_sync {
	const char *shared;      /* a memory: a path, postgresql://… */
	paraph_tm_filter filter; /* the part of it; the same every time */
	const char *who;         /* of what is sent; NULL: nobody knows */
	bool only_fetch;         /* send nothing */
	bool moved;              /* the shared memory is the same, at another place */
} paraph_tm_sync;

typedef struct paraph_tm_sync_counts {
	uint64_t sent, fetched, removed, conflicts;
	bool open; /* others were writing: what they write comes the next time */
} paraph_tm_sync_counts;

/* Makes the memory, a file open for writing, a copy of a part of a shared one, or brings it up
 * to date: what was added to it is sent, what is gone from the shared one removed, what came
 * since fetched. Done again after it was interrupted, it goes on. */
PARAPH_API paraph_status paraph_tm_synchronise(
	paraph_tm *copy, const paraph_tm_sync *options, paraph_tm_sync_counts *counts);
/* A unit of one's own and one that came while it did not know of it, with the same source and
 * another translation; mine, then theirs. */
PARAPH_API paraph_status paraph_tm_conflicts(paraph_tm *copy,
	paraph_status (*conflict)(void *user, bool mine, const paraph_tm_unit *unit),
	void *user, uint64_t *n);

typedef enum paraph_change {
	PARAPH_CHANGE_NONE,
	PARAPH_CHANGE_FORM, /* another form of the same word; another number */
	PARAPH_CHANGE_WORD,
	PARAPH_CHANGE_LESS, /* in the first text alone */
	PARAPH_CHANGE_MORE, /* in the second alone */
} paraph_change;

/* How two texts differ, word by word; what does not apply is empty. */
PARAPH_API paraph_status paraph_tm_difference(paraph_tm *tm, paraph_text first,
	paraph_text second,
	paraph_status (*step)(
		void *user, paraph_change change, paraph_text first, paraph_text second),
	void *user);

typedef struct paraph_tm_place {
	size_t start, end; /* bytes of the side's text */
} paraph_tm_place;

typedef struct paraph_tm_occurrence {
	paraph_tm_unit unit;
	bool phrase; /* the words stand there as they were asked for */
	const paraph_tm_place *marks;
	size_t mark_count;
} paraph_tm_occurrence;

/* Units in which the words stand, in any form; *total counts all that have them. */
PARAPH_API paraph_status paraph_tm_concordance(paraph_tm *tm, paraph_text words, bool in_target,
	const char *tag, size_t most,
	paraph_status (*found)(void *user, const paraph_tm_occurrence *o), void *user,
	size_t *total);

typedef struct paraph_tm_phrase {
	size_t start, end;      /* in the text asked for */
	size_t units;           /* that have it, of those looked at */
	paraph_tm_unit unit;    /* one of them */
	paraph_tm_place source; /* where it stands there */
	paraph_tm_place target; /* what likely translates it there; empty: not known */
	double likeness;        /* the share of the units that agree on that; 0: not known */
} paraph_tm_phrase;

/* Phrases of a text that stand in the memory, in its order, none over another, 16 at most: for
 * segments without a match. Languages as in paraph_tm_query. */
PARAPH_API paraph_status paraph_tm_phrases(paraph_tm *tm, paraph_text text, const char *source,
	const char *target, paraph_status (*found)(void *user, const paraph_tm_phrase *phrase),
	void *user);

typedef struct paraph_tm_stats {
	uint64_t units, documents, bytes;
} paraph_tm_stats;
PARAPH_API paraph_status paraph_tm_count(paraph_tm *tm, paraph_tm_stats *stats,
	paraph_status (*pair)(
		void *user, paraph_text source, paraph_text target, uint64_t units),
	void *user);

typedef struct paraph_tm_duplicates {
	uint64_t units, sources, removed;
} paraph_tm_duplicates;
/* Units there twice (merge keeps the newest), and sources with several translations, each of
 * which conflict is told; it may be NULL. */
PARAPH_API paraph_status paraph_tm_dedupe(paraph_tm *tm, bool merge,
	paraph_status (*conflict)(void *user, bool first, const paraph_tm_unit *unit),
	void *user, paraph_tm_duplicates *out);

/* Reads the memory through and makes the index anew when that mends it. *mended: it did. */
PARAPH_API paraph_status paraph_tm_repair(paraph_tm *tm, bool *mended);

/* What translators are paid by. */
typedef enum paraph_band {
	PARAPH_BAND_CONTEXT,
	PARAPH_BAND_REPEATED, /* the same text stands earlier in the documents */
	PARAPH_BAND_EXACT,
	PARAPH_BAND_95,
	PARAPH_BAND_85,
	PARAPH_BAND_75,
	PARAPH_BAND_50,
	PARAPH_BAND_INTERNAL, /* nothing from 75 in the memory, but earlier in the documents */
	PARAPH_BAND_NONE,
	PARAPH_BANDS,
} paraph_band;

typedef struct paraph_leverage {
	uint64_t segments, words, characters;
} paraph_leverage;

/* Adds the segments of a document to bands, which the caller begins with zeros. What earlier
 * documents held is known until paraph_tm_close. */
PARAPH_API paraph_status paraph_tm_analyse(paraph_tm *tm, paraph_session *session,
	const paraph_result *document, const char *source, const char *target,
	paraph_leverage bands[PARAPH_BANDS]);

typedef struct paraph_tm_pretranslation {
	const char *source, *target; /* languages; NULL: of the file, else of the memory */
	int threshold;               /* hundredths of a per cent: matches below stay away */
	paraph_tm_penalty penalty;
} paraph_tm_pretranslation;

typedef struct paraph_tm_pretranslated { /* segments */
	uint64_t segments, translated;   /* translated: they had a translation already */
	uint64_t context, exact, fuzzy, none;
	bool bilingual; /* the file itself, with translations in it; else XLIFF made of it */
} paraph_tm_pretranslated;

/* The document with the best match of each segment that has no translation. XLIFF, PO and TMX
 * stay byte for byte what they were but for the translations and what marks them; any other
 * document becomes XLIFF 1.2 (docs/MEMORY.md). Free the bytes with paraph_bytes_free. */
PARAPH_API paraph_status paraph_tm_pretranslate(paraph_tm *tm, paraph_session *session,
	const paraph_result *document, const paraph_tm_pretranslation *how, char **bytes,
	size_t *n, paraph_tm_pretranslated *counts);

#ifdef __cplusplus
}
#endif

#endif
