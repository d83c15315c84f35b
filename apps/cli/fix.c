/* paraph fix: applies the corrections that are safe (--unsafe: those that want a second look
 * too) and touches no other byte. A file corrected in place is replaced whole or not at all. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/cli/command.h"
#include "apps/cli/diff.h"
#include "apps/cli/inputs.h"
#include "apps/cli/open.h"
#include "apps/cli/output.h"

typedef struct fixing {
	const settings *s;
	paraph_session *session;
	output output; /* of everything but --in-place */
	bool any;      /* was read */
	bool changed;
} fixing;

static int
replace(const fixing *f, const char *path, const char *bytes, size_t n, size_t applied)
{
	output o;

	if (applied == 0)
		return EXIT_CLEAN;
	int status = output_open(&o, f->s, path);
	if (status != EXIT_CLEAN)
		return status;
	output_write(&o, bytes, n);
	status = output_close(&o, f->s);
	if (status == EXIT_CLEAN)
		printf(say(f->s, "%s: corrections made: %zu\n",
			       "%s\u00A0: corrections apportées\u00A0: %zu\n"),
			path, applied);
	return status;
}

static bool
is_package(const paraph_result *r)
{
	return paraph_result_is_package(r);
}

/* What a person would compare: of a packed document its text. */
static int
put_diff(fixing *f, const char *path, const paraph_result *r, paraph_text fixed)
{
	paraph_result *after = NULL;
	bool color = output_wants_color(&f->output, f->s);

	if (!is_package(r)) {
		diff_write(&f->output, path, paraph_result_bytes(r), fixed, color);
		return EXIT_CLEAN;
	}
	if (paraph_check(f->session, path, fixed, &after) != PARAPH_OK)
		return complain(f->s, "%s", "%s", paraph_session_message(f->session));
	diff_write(&f->output, path, paraph_result_text(r), paraph_result_text(after), color);
	paraph_result_free(after);
	return EXIT_CLEAN;
}

static int
put(fixing *f, const char *path, const paraph_result *r, const char *bytes, size_t n,
	size_t applied)
{
	paraph_text fixed = { bytes, n };

	f->changed = f->changed || applied != 0;
	if (f->s->in_place)
		return replace(f, path, bytes, n, applied);
	if (f->s->diff)
		return put_diff(f, path, r, fixed);
	if (is_package(r) && strcmp(paraph_result_format(r), "eml") != 0 &&
		output_is_terminal(&f->output))
		return complain(f->s,
			"%s: a packed document is not for a terminal; say -o FILE",
			"%s\u00A0: un tel document ne s’affiche pas\u00A0; précisez -o FICHIER",
			path);
	output_write(&f->output, bytes, n);
	return EXIT_CLEAN;
}

/* Now, or what SOURCE_DATE_EPOCH says, for files that must come out the same every time. */
static void
write_date(char out[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch == NULL ? time(NULL) : (time_t)strtoll(epoch, NULL, 10);
	struct tm utc;

	if (gmtime_r(&now, &utc) == NULL || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
		strcpy(out, "1970-01-01T00:00:00Z");
}

/* A Word document goes back to people as they work on it: with changes to be accepted and
 * comments. In place, and for a comparison, corrections are made at once. */
static paraph_review
review_of(const settings *s, const paraph_result *r, const char *date)
{
	const char *format = paraph_result_format(r);
	/* PDF is not corrected at all, and mail has neither changes nor comments. */
	bool bare = strcmp(format, "pdf") == 0 || strcmp(format, "eml") == 0;
	bool plain = s->plain || s->in_place || s->diff || !is_package(r) || bare;
	bool all = !s->tracked && !s->comments && !plain;

	return (paraph_review){ .changes = s->tracked || !s->comments,
		.plain = !s->tracked && !s->comments && plain,
		.comments = s->comments || all,
		.unsafe = s->unsafe,
		.breaks_signature = s->break_signature,
		.author = "paraph",
		.date = date };
}

static paraph_status
correct(const fixing *f, const paraph_result *r, char **bytes, size_t *n, size_t *applied)
{
	char date[32];
	size_t comments;

	write_date(date);
	paraph_review review = review_of(f->s, r, date);
	paraph_status done =
		paraph_result_review(f->session, r, &review, bytes, n, applied, &comments);
	*applied += comments;
	return done;
}

static int
fix_result(fixing *f, const char *path, const paraph_result *r)
{
	paraph_text remark = paraph_result_remark(r);
	char *bytes;
	size_t n, applied;

	f->any = true;
	if (remark.n != 0)
		complain(f->s, "%s: %.*s", "%s\u00A0: %.*s", path, (int)remark.n, remark.p);
	if (correct(f, r, &bytes, &n, &applied) != PARAPH_OK)
		return complain(f->s, "%s", "%s", paraph_session_message(f->session));
	if (paraph_session_message(f->session)[0] != '\0')
		complain(f->s, "%s", "%s", paraph_session_message(f->session));
	int status = put(f, path, r, bytes, n, applied);
	paraph_bytes_free(f->session, bytes);
	return status;
}

/* With comments on what the source says otherwise. */
static int
fix_translation(fixing *f, const char *path)
{
	paraph_align what = { .source = f->s->source,
		.target = path,
		.source_language = language_of_tag(f->s->source_lang),
		.target_language = language_of_tag(f->s->target_lang) };
	paraph_result *r;

	if (paraph_check_translation(f->session, &what, &r) != PARAPH_OK)
		return complain(f->s, "%s", "%s", paraph_session_message(f->session));
	int status = fix_result(f, path, r);
	paraph_result_free(r);
	return status;
}

static int
fix_one(fixing *f, const char *path)
{
	bool input = strcmp(path, "-") == 0 && f->s->stdin_name != NULL;
	const char *name = input ? f->s->stdin_name : path;
	paraph_result *r;

	if (f->s->source != NULL)
		return fix_translation(f, path);
	if (paraph_check_file_as(f->session, path, name, &r) != PARAPH_OK)
		return complain(f->s, "%s", "%s", paraph_session_message(f->session));
	int status = fix_result(f, name, r);
	paraph_result_free(r);
	return status;
}

static int
fix_all(fixing *f, const list *paths)
{
	int worst = EXIT_CLEAN;

	for (size_t i = 0; i < paths->n; i++) {
		int status = fix_one(f, paths->at[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static int
fix_to_output(fixing *f, const list *paths)
{
	int status = output_open(&f->output, f->s, f->s->output);

	if (status != EXIT_CLEAN)
		return status;
	status = fix_all(f, paths);
	/* Half an output would look like a whole one. */
	if (status != EXIT_CLEAN && f->s->output != NULL && !f->s->diff) {
		output_abandon(&f->output);
		return status;
	}
	bool unread = status != EXIT_CLEAN && !f->any;
	int closed =
		unread ? output_close_unread(&f->output, f->s) : output_close(&f->output, f->s);
	return closed != EXIT_CLEAN ? closed : status;
}

static int
run_engine(fixing *f, const list *paths)
{
	paraph_engine *engine;
	int status = open_engine(f->s, 0, &engine);

	if (status != EXIT_CLEAN)
		return status;
	if (paraph_session_open(&f->session, engine) != PARAPH_OK)
		status = complain(f->s, "out of memory", "plus assez de mémoire");
	else
		status = f->s->in_place ? fix_all(f, paths) : fix_to_output(f, paths);
	paraph_session_close(f->session);
	paraph_engine_close(engine);
	if (status != EXIT_CLEAN)
		return status;
	return f->s->diff && f->changed ? EXIT_FINDINGS : EXIT_CLEAN;
}

static bool
has_input(const list *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		if (strcmp(paths->at[i], "-") == 0)
			return true;
	return false;
}

static int
check_usage(const settings *s, const list *paths)
{
	if (s->source != NULL && paths->n > 1)
		return complain(s, "--source: one document at a time",
			"--source : un document à la fois");
	if (s->in_place && (s->diff || s->output != NULL))
		return complain(s, "--in-place goes with neither --diff nor -o",
			"--in-place ne va ni avec --diff ni avec -o");
	if (s->plain && (s->tracked || s->comments))
		return complain(s, "--plain goes with neither --tracked nor --comments",
			"--plain ne va ni avec --tracked ni avec --comments");
	if (s->in_place && has_input(paths))
		return complain(s, "standard input cannot be corrected in place",
			"l’entrée standard ne peut être corrigée sur place");
	if (paths->n > 1 && !s->in_place && !s->diff)
		return complain(s, "several files: say --in-place or --diff",
			"plusieurs fichiers\u00A0: précisez --in-place ou --diff");
	return EXIT_CLEAN;
}

static int
fix(const settings *s)
{
	fixing f = { .s = s };
	list paths = { 0 };
	int missing = inputs_collect(s, &paths);
	int status = check_usage(s, &paths);

	if (status == EXIT_CLEAN && paths.n != 0)
		status = run_engine(&f, &paths);
	list_free(&paths);
	return missing != EXIT_CLEAN ? missing : status;
}

const command command_fix = {
	.name = "fix",
	.bit = IN_FIX,
	.arguments_en = "[--diff | --in-place | -o FILE] [OPTION…] PATH…",
	.arguments_fr = "[--diff | --in-place | -o FICHIER] [OPTION…] CHEMIN…",
	.summary_en = "correct what can be corrected without a second look",
	.summary_fr = "corriger ce qui peut l’être sans relecture",
	.help_en =
		"Applies the corrections that are safe and leaves every other byte as it is.\n"
		"The corrected text goes to standard output unless told otherwise. A Word\n"
		"document gets tracked changes, and comments on everything else that was\n"
		"found; --in-place and --plain make the corrections at once.",
	.help_fr =
		"Applique les corrections sûres et laisse tout autre octet tel quel. Le texte\n"
		"corrigé va sur la sortie standard, sauf indication contraire. Un document "
		"Word\n"
		"reçoit un suivi des modifications, et des commentaires sur tout le "
		"reste\u00A0;\n"
		"--in-place et --plain corrigent sans plus.",
	.run = fix,
};
