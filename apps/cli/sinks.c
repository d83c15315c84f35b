#include "apps/cli/sinks.h"

#include <stdlib.h>
#include <string.h>

static bool
is_for_people(const char *format)
{
	return format == NULL || strcmp(format, "text") == 0 || strcmp(format, "compact") == 0;
}

/* The form that the end of the output's name stands for, as report.html; NULL: none. */
static const char *
format_named(const char *path)
{
	const char *end = path == NULL ? NULL : strrchr(path, '.'), *name;

	if (end == NULL)
		return NULL;
	if (strcmp(end, ".md") == 0)
		end = ".markdown";
	for (size_t i = 0; (name = paraph_report_format(i, PARAPH_LANGUAGE_EN, NULL)) != NULL;
		i++)
		if (strcmp(name, end + 1) == 0)
			return name;
	return NULL;
}

const char *
sinks_plain_format(const settings *s)
{
	return s->format != NULL ? s->format : format_named(s->output);
}

bool
sinks_are_for_people(const settings *s)
{
	bool people = is_for_people(sinks_plain_format(s));

	for (size_t i = 0; i < s->reports.n && people; i++) {
		char *format = copy_bytes(s->reports.at[i], strcspn(s->reports.at[i], "="));
		people = is_for_people(format);
		free(format);
	}
	return people;
}

/* That all is well is news for a person who waits; a build wants silence. */
static paraph_summary
summary_of(const sink *k)
{
	if (k->all->s->quiet)
		return PARAPH_SUMMARY_NEVER;
	return output_is_terminal(&k->output) ? PARAPH_SUMMARY_ALWAYS
					      : PARAPH_SUMMARY_OF_FINDINGS;
}

static paraph_status
write_report(void *user, const char *bytes, size_t n)
{
	sink *k = user;

	output_write(&k->output, bytes, n);
	return k->output.error == 0 ? PARAPH_OK : PARAPH_IO;
}

static int
open_report(sink *k, paraph_engine *engine)
{
	char message[512];
	const settings *s = k->all->s;
	paraph_report_options options = { .format = k->format,
		.ui = s->ui,
		.color = output_wants_color(&k->output, s),
		.columns = output_columns(&k->output),
		.summary = summary_of(k),
		.write = write_report,
		.user = k };

	if (paraph_report_open(&k->report, engine, &options, message, sizeof(message)) ==
		PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

static int
open_one(sink *k, paraph_engine *engine)
{
	int status = output_open(&k->output, k->all->s, k->path);

	if (status != EXIT_CLEAN)
		return status;
	k->opened = true;
	return open_report(k, engine);
}

/* The one that --format and --output name, unless all are named with their files. */
static bool
has_plain(const settings *s)
{
	return s->format != NULL || s->reports.n == 0;
}

static void
list_sinks(sinks *k)
{
	const settings *s = k->s;

	k->at = allocate(NULL, s->reports.n + 1, sizeof(*k->at));
	if (has_plain(s)) {
		const char *format = sinks_plain_format(s);
		k->at[k->count++] = (sink){ .format = format == NULL ? NULL : copy_text(format),
			.path = s->output == NULL ? NULL : copy_text(s->output) };
	}
	for (size_t i = 0; i < s->reports.n; i++) {
		const char *named = s->reports.at[i];
		size_t n = strcspn(named, "=");
		k->at[k->count++] = (sink){ .format = copy_bytes(named, n),
			.path = copy_bytes(named + n + 1, strlen(named + n + 1)) };
	}
	for (size_t i = 0; i < k->count; i++)
		k->at[i].all = k;
}

static void
free_sinks(sinks *k)
{
	for (size_t i = 0; i < k->count; i++) {
		free(k->at[i].format);
		free(k->at[i].path);
	}
	free(k->at);
	*k = (sinks){ 0 };
}

void
sinks_abandon(sinks *k)
{
	for (size_t i = 0; i < k->count; i++) {
		paraph_report_close(k->at[i].report);
		if (k->at[i].opened)
			output_abandon(&k->at[i].output);
	}
	free_sinks(k);
}

static bool
is_standard(const char *path)
{
	return path == NULL || strcmp(path, "-") == 0;
}

/* Two reports in one place would be neither. */
static int
check_places(const sinks *k)
{
	const settings *s = k->s;

	if (s->output != NULL && !has_plain(s))
		return complain(s, "-o %s: every report names its file already",
			"-o %s\u00A0: chaque rapport nomme déjà son fichier", s->output);
	for (size_t i = 0; i < k->count; i++)
		for (size_t n = 0; n < i; n++) {
			const char *one = k->at[i].path, *other = k->at[n].path;
			if (is_standard(one) && is_standard(other))
				return complain(s,
					"two reports to standard output: name a file, "
					"FORMAT=FILE",
					"deux rapports sur la sortie standard\u00A0: nommez un "
					"fichier, "
					"FORMAT=FICHIER");
			if (!is_standard(one) && !is_standard(other) && strcmp(one, other) == 0)
				return complain(
					s, "two reports to %s", "deux rapports vers %s", one);
		}
	return EXIT_CLEAN;
}

int
sinks_open(sinks *k, const settings *s, paraph_engine *engine)
{
	*k = (sinks){ .s = s };
	list_sinks(k);
	int status = check_places(k);

	for (size_t i = 0; i < k->count && status == EXIT_CLEAN; i++)
		status = open_one(&k->at[i], engine);
	if (status != EXIT_CLEAN)
		sinks_abandon(k);
	return status;
}

bool
sinks_add(sinks *k, const paraph_result *result)
{
	for (size_t i = 0; i < k->count; i++)
		if (paraph_report_add(k->at[i].report, result) != PARAPH_OK)
			return false;
	return true;
}

static int
withhold(sink *k)
{
	if (k->output.temporary == NULL)
		return output_close(&k->output, k->all->s);
	complain(k->all->s, "%s: not written, since documents are missing from it; try again",
		"%s\u00A0: pas écrit, car il y manque des documents\u00A0; réessayez", k->path);
	output_abandon(&k->output);
	return EXIT_AGAIN;
}

static int
put_in_place(sink *k)
{
	return output_close(&k->output, k->all->s);
}

static int
leave(sink *k)
{
	return output_close_unread(&k->output, k->all->s);
}

/* A report that is cut off takes no place; why a file cannot be written is said by it. */
static int
close_one(sink *k, int (*end)(sink *k))
{
	paraph_status closed = paraph_report_close(k->report);

	if (k->output.error != 0)
		return put_in_place(k);
	if (closed == PARAPH_OK)
		return end(k);
	complain(k->all->s, "out of memory", "plus assez de mémoire");
	int status = withhold(k);
	if (status == EXIT_TROUBLE || closed != PARAPH_MEMORY)
		return EXIT_TROUBLE;
	return EXIT_AGAIN;
}

static int
close_all(sinks *k, int (*end)(sink *k))
{
	int status = EXIT_CLEAN;

	for (size_t i = 0; i < k->count; i++) {
		int written = close_one(&k->at[i], end);
		if (written == EXIT_TROUBLE || status == EXIT_CLEAN)
			status = written;
	}
	free_sinks(k);
	return status;
}

int
sinks_close(sinks *k)
{
	return close_all(k, put_in_place);
}

int
sinks_withhold(sinks *k)
{
	return close_all(k, withhold);
}

int
sinks_close_unread(sinks *k)
{
	return close_all(k, leave);
}
