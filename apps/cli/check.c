/* paraph check: the main job. Results come in the order of the files whatever the number of
 * threads; a file that cannot be read costs a message and status 2, the others go on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/cli/annotate.h"
#include "apps/cli/baseline.h"
#include "apps/cli/command.h"
#include "apps/cli/couples.h"
#include "apps/cli/inputs.h"
#include "apps/cli/interrupt.h"
#include "apps/cli/open.h"
#include "apps/cli/overwrite.h"
#include "apps/cli/pool.h"
#include "apps/cli/progress.h"
#include "apps/cli/shard.h"
#include "apps/cli/since.h"
#include "apps/cli/sinks.h"

#define SUGGESTIONS_TEXT \
	50 /* distinct words: a person stops reading before a second is over \
	    */
#define SUGGESTIONS_JSON 1000 /* programs page through them */

typedef struct run {
	const settings *s;
	sinks sinks;
	progress progress;
	paraph_set *set; /* of translations that are to agree; NULL: there is one document */
	baselines baselines;
	bool no_baseline;         /* the project's cannot be read, which was said */
	paraph_severity fail_on;  /* 0: never */
	bool failed, found, read; /* read: one document at least */
	bool again;               /* trouble that may be over later */
	bool cut;                 /* not all documents came to the reports */
	changes changes;          /* of --since */
	bool any;                 /* findings of any level */
	bool sources;             /* --source is a folder */
	int annotated;            /* exit status of --annotate */
	char told[sizeof(((checked *)0)->message)]; /* what went wrong last */
} run;

static paraph_severity
level(const char *name)
{
	if (name == NULL || strcmp(name, "warning") == 0)
		return PARAPH_WARNING;
	if (strcmp(name, "never") == 0)
		return (paraph_severity)0;
	return strcmp(name, "error") == 0 ? PARAPH_ERROR : PARAPH_INFO;
}

/* Of a folder, the one of the documents or folders named that the path was found in. */
static char *
source_of(const run *r, const char *path)
{
	const list *named = &r->s->paths;

	for (size_t i = 0; i < named->n; i++) {
		size_t n = strlen(named->at[i]);
		if (strncmp(path, named->at[i], n) == 0 &&
			(path[n] == '/' || named->at[i][n - 1] == '/'))
			return couple_in(r->s->source, named->at[i], path);
	}
	return couple_in(r->s->source, path, path);
}

static void
check_translation(run *r, paraph_session *session, const char *path, checked *out)
{
	char *source = r->sources ? source_of(r, path) : NULL;
	paraph_align what = { .source = r->sources ? source : r->s->source,
		.target = path,
		.source_language = language_of_tag(r->s->source_lang),
		.target_language = language_of_tag(r->s->target_lang) };

	if (what.source == NULL) {
		out->status = PARAPH_NOT_FOUND;
		snprintf(out->message, sizeof(out->message),
			say(r->s, "%s: there is no source for it in %s",
				"%s\u00A0: il n’y a pas de source pour lui dans %s"),
			path, r->s->source);
		return;
	}
	out->status = paraph_check_translation(session, &what, &out->result);
	if (out->status != PARAPH_OK)
		strncat(out->message, paraph_session_message(session),
			sizeof(out->message) - 1);
	free(source);
}

static void
check_one(void *user, paraph_session *session, const char *path, checked *out)
{
	run *r = user;

	if (r->s->source != NULL) {
		check_translation(r, session, path, out);
		return;
	}
	bool input = strcmp(path, "-") == 0 && r->s->stdin_name != NULL;

	out->status = paraph_check_file_as(
		session, path, input ? r->s->stdin_name : path, &out->result);
	if (out->status != PARAPH_OK)
		strncat(out->message, paraph_session_message(session),
			sizeof(out->message) - 1);
	else if (r->s->annotate != NULL) /* one document, so one thread */
		r->annotated = annotate_copy(r->s, session, out->result);
}

static bool
reaches(const run *r, const paraph_result *result)
{
	paraph_severity from = r->fail_on;

	if (r->s->fail_on == NULL)
		(void)paraph_result_fail_on(result, &from);
	return from != 0 && paraph_result_highest(result) >= from;
}

/* Takes out what a baseline knows: that of --baseline, else the project's. A baseline that
 * cannot be read is trouble, and everything is told. */
static void
pass_over_known(run *r, paraph_result *result)
{
	char named[4096];
	paraph_text of = paraph_result_baseline(result);

	if (r->no_baseline || (r->s->baseline == NULL && (of.n == 0 || of.n >= sizeof(named))))
		return;
	snprintf(named, sizeof(named), "%.*s", (int)of.n, of.n == 0 ? "" : of.p);
	named_baseline *b = baselines_get(
		&r->baselines, r->s, r->s->baseline != NULL ? r->s->baseline : named);
	if (b == NULL) {
		r->failed = r->no_baseline = true;
		return;
	}
	paraph_result_accept(result, baseline_knows, &b->known);
	of = paraph_result_known_as(result);
	list_add(&b->met, of.p, of.n);
}

static void
note_trouble(run *r, paraph_status status)
{
	if (status == PARAPH_AGAIN || status == PARAPH_MEMORY)
		r->again = true;
	else
		r->failed = true;
}

static bool
stop_for_memory(run *r)
{
	complain(r->s, "out of memory", "plus assez de mémoire");
	r->again = r->cut = true;
	return false;
}

static bool
take_one(void *user, const char *path, checked *done)
{
	run *r = user;

	progress_clear(&r->progress);
	if (done->status != PARAPH_OK) {
		/* Settings that cannot be read are the same trouble for every document. */
		if (strcmp(r->told, done->message) != 0)
			complain(r->s, "%s", "%s", done->message);
		memcpy(r->told, done->message, sizeof(r->told));
		note_trouble(r, done->status);
		return true;
	}
	paraph_text remark = paraph_result_remark(done->result);
	if (remark.n != 0)
		complain(r->s, "%s: %.*s", "%s\u00A0: %.*s", path, (int)remark.n, remark.p);
	if (r->set != NULL && paraph_set_add(r->set, done->result) != PARAPH_OK)
		return stop_for_memory(r);
	since_omit(&r->changes, path, done->result);
	pass_over_known(r, done->result);
	r->found = r->found || reaches(r, done->result);
	r->read = true;
	r->cut = !sinks_add(&r->sinks, done->result); /* why is said when they are closed */
	if (r->cut)
		return false;
	interrupt_count(done->index + 1);
	progress_show(&r->progress, done->index + 1, path);
	return true;
}

static int
close_sinks(run *r)
{
	if (r->cut || (r->again && !r->failed))
		return sinks_withhold(&r->sinks);
	return r->failed && !r->read ? sinks_close_unread(&r->sinks) : sinks_close(&r->sinks);
}

static int
write_all(run *r, paraph_engine *engine, const list *paths, size_t jobs)
{
	int status = sinks_open(&r->sinks, r->s, engine);

	if (status != EXIT_CLEAN)
		return status;
	bool several = paths->n > 1;
	r->set = several ? paraph_set_open(engine, r->s->ui) : NULL;
	progress_begin(&r->progress, r->s, paths->n);
	interrupt_begin(r->s, paths->n);
	bool ran = (r->set != NULL || !several) &&
		   pool_run(engine, paths, jobs, check_one, take_one, r);
	progress_clear(&r->progress);
	interrupt_end();
	paraph_set_close(r->set);
	if (!ran)
		stop_for_memory(r);
	return close_sinks(r);
}

static int
check_all(run *r, const list *paths, size_t jobs)
{
	paraph_engine *engine;
	size_t suggestions = sinks_are_for_people(r->s) ? SUGGESTIONS_TEXT : SUGGESTIONS_JSON;
	int status = open_engine(r->s, suggestions, &engine);

	if (status != EXIT_CLEAN)
		return status;
	status = write_all(r, engine, paths, jobs);
	paraph_engine_close(engine);
	if (r->failed || r->annotated != EXIT_CLEAN || status == EXIT_TROUBLE)
		return EXIT_TROUBLE;
	if (r->again || status != EXIT_CLEAN)
		return EXIT_AGAIN;
	return r->found ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* What of the baselines is no more, so that they can shrink. */
static void
tell_fixed(const run *r)
{
	for (size_t i = 0; i < r->baselines.count && !r->s->quiet; i++) {
		const named_baseline *b = &r->baselines.at[i];
		size_t fixed = baseline_fixed(&b->known, &b->met);
		if (fixed != 0)
			fprintf(stderr,
				say(r->s,
					"paraph: of %s, findings that are no more: %zu (paraph "
					"baseline prune)\n",
					"paraph\u00A0: de %s, signalements disparus\u00A0: %zu "
					"(paraph baseline prune)\n"),
				b->path, fixed);
	}
}

static int
check(const settings *s)
{
	run r = { .s = s, .fail_on = level(s->fail_on) };
	list paths = { 0 };
	size_t jobs;

	if (pool_jobs(s, &jobs) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	struct stat st;
	r.sources = s->source != NULL && stat(s->source, &st) == 0 && S_ISDIR(st.st_mode);
	int missing = inputs_collect(s, &paths);
	int chosen = s->since == NULL ? EXIT_CLEAN : since_choose(&r.changes, s, &paths);
	if (chosen == EXIT_CLEAN && s->shard != NULL)
		chosen = shard_choose(s, &paths);
	if (chosen != EXIT_CLEAN) {
		since_free(&r.changes);
		list_free(&paths);
		return chosen;
	}
	if (s->source != NULL && !r.sources && paths.n > 1) {
		list_free(&paths);
		return complain(s,
			"--source: one document at a time, or a folder of sources for several",
			"--source : un document à la fois, ou un dossier de textes sources "
			"pour "
			"plusieurs");
	}
	if (s->annotate != NULL && paths.n > 1) {
		list_free(&paths);
		return complain(s, "--annotate: one document at a time",
			"--annotate : un document à la fois");
	}
	/* Before anything is written. */
	int status = s->annotate == NULL ? EXIT_CLEAN : overwrite_check(s, s->annotate);
	if (s->baseline != NULL && baselines_get(&r.baselines, s, s->baseline) == NULL)
		status = EXIT_TROUBLE;
	if (status == EXIT_CLEAN)
		status = paths.n == 0 && missing != EXIT_CLEAN ? missing
							       : check_all(&r, &paths, jobs);
	if (status < EXIT_TROUBLE && s->since == NULL)
		tell_fixed(&r);
	baselines_free(&r.baselines);
	since_free(&r.changes);
	list_free(&paths);
	return missing != EXIT_CLEAN ? EXIT_TROUBLE : status;
}

const command command_check = {
	.name = "check",
	.bit = IN_CHECK,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en = "look for faults in documents, folders or standard input (-)",
	.summary_fr =
		"chercher les fautes de documents, de dossiers ou de l’entrée standard (-)",
	.help_en = "Looks for faults in the documents named, in those of the folders named, or "
		   "in\n"
		   "standard input (-). When there is nothing to say, nothing is printed but "
		   "on a\n"
		   "terminal. Exit status: 0 nothing to report, 1 findings at the level of\n"
		   "--fail-on or above, 2 something could not be read or written.",
	.help_fr =
		"Cherche les fautes des documents indiqués, de ceux des dossiers indiqués, "
		"ou de\n"
		"l’entrée standard (-). Quand il n’y a rien à dire, rien n’est écrit sauf sur "
		"un\n"
		"terminal. État de sortie\u00A0: 0 rien à signaler, 1 des signalements au "
		"niveau "
		"de\n"
		"--fail-on ou au-dessus, 2 lecture ou écriture impossible.",
	.run = check,
};
