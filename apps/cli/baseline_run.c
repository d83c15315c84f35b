/* paraph baseline create, update, prune, show. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/baseline.h"
#include "apps/cli/command.h"
#include "apps/cli/inputs.h"
#include "apps/cli/open.h"
#include "apps/cli/pool.h"
#include "apps/cli/progress.h"

#define DEFAULT_FILE "paraph-baseline.tsv"

typedef struct work {
	const settings *s;
	baseline baseline;
	progress progress;
	size_t known; /* entries that were read; behind them stand new ones */
	bool adds;    /* what is not known */
	list met;     /* documents, as the baseline knows them */
	bool failed;
} work;

static const char *
file_of(const settings *s)
{
	return s->baseline == NULL ? DEFAULT_FILE : s->baseline;
}

static void
check_one(void *user, paraph_session *session, const char *path, checked *out)
{
	(void)user;
	out->status = paraph_check_file(session, path, &out->result);
	if (out->status != PARAPH_OK)
		strncat(out->message, paraph_session_message(session),
			sizeof(out->message) - 1);
}

static bool
take_one(void *user, const char *path, checked *done)
{
	work *w = user;

	progress_clear(&w->progress);
	if (done->status != PARAPH_OK) {
		complain(w->s, "%s", "%s", done->message);
		w->failed = true;
		return true;
	}
	paraph_text known_as = paraph_result_known_as(done->result);
	list_add(&w->met, known_as.p, known_as.n);
	baseline sorted = { w->baseline.at, w->known, 0 }; /* the part that is sorted */
	for (size_t i = 0; i < paraph_result_count(done->result); i++) {
		paraph_finding f = paraph_result_finding(done->result, i);
		if (!baseline_knows(&sorted, &f) && w->adds) {
			baseline_add(&w->baseline, paraph_result_known_as(done->result), &f);
			sorted.at = w->baseline.at;
		}
	}
	progress_show(&w->progress, done->index + 1, path);
	return true;
}

static int
check_all(work *w, const list *paths)
{
	paraph_engine *engine;
	size_t jobs;
	int status = pool_jobs(w->s, &jobs);

	if (status == EXIT_CLEAN)
		status = open_engine(w->s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	progress_begin(&w->progress, w->s, paths->n);
	bool ran = pool_run(engine, paths, jobs, check_one, take_one, w);
	progress_clear(&w->progress);
	paraph_engine_close(engine);
	if (!ran)
		return complain(w->s, "out of memory", "plus assez de mémoire");
	return w->failed ? EXIT_TROUBLE : EXIT_CLEAN;
}

/* Checks the documents and writes what is known then. Nothing is written when one of them could
 * not be read: its findings would be lost. */
static int
renew(work *w, bool prunes)
{
	const settings *s = w->s;
	list paths = { 0 };
	size_t gone = 0;
	int status = inputs_collect(s, &paths);

	w->known = w->baseline.count;
	if (status == EXIT_CLEAN)
		status = check_all(w, &paths);
	size_t added = w->baseline.count - w->known;
	if (status == EXIT_CLEAN && prunes)
		gone = baseline_prune(&w->baseline, file_of(s), &w->met);
	if (status == EXIT_CLEAN)
		status = baseline_write(&w->baseline, s, file_of(s));
	if (status == EXIT_CLEAN)
		printf(say(s, "%s: findings: %zu (new: %zu, gone: %zu)\n",
			       "%s\u00A0: signalements\u00A0: %zu (nouveaux\u00A0: %zu, "
			       "disparus\u00A0: %zu)\n"),
			file_of(s), w->baseline.count, added, gone);
	baseline_free(&w->baseline);
	list_free(&w->met);
	list_free(&paths);
	return status;
}

static int
create(const settings *s)
{
	work w = { .s = s, .adds = true };

	if (access(file_of(s), F_OK) == 0)
		return complain(s, "%s: it is there already; paraph baseline update renews it",
			"%s\u00A0: existe déjà\u00A0; paraph baseline update le renouvelle",
			file_of(s));
	return renew(&w, false);
}

static int
read_and_renew(const settings *s, bool adds)
{
	work w = { .s = s, .adds = adds };
	int status = baseline_read(&w.baseline, s, file_of(s));

	if (status == EXIT_CLEAN)
		return renew(&w, true);
	baseline_free(&w.baseline);
	return status;
}

static int
update(const settings *s)
{
	return read_and_renew(s, true);
}

static int
prune(const settings *s)
{
	return read_and_renew(s, false);
}

/* --- show --- */

static int
by_rule(const void *left, const void *right)
{
	const known *const *a = left, *const *b = right;
	const char *x = strchr((*a)->line, '\t') + 1, *y = strchr((*b)->line, '\t') + 1;
	size_t n = strcspn(x, "\t"), m = strcspn(y, "\t");
	int order = strncmp(x, y, n < m ? n : m);

	return order != 0 ? order : n < m ? -1 : n > m;
}

/* How many of each rule. */
static int
show(const settings *s)
{
	baseline b;
	int status = baseline_read(&b, s, file_of(s));

	if (status == EXIT_CLEAN) {
		const known **sorted = allocate(NULL, b.count + 1, sizeof(*sorted));
		for (size_t i = 0; i < b.count; i++)
			sorted[i] = &b.at[i];
		if (b.count > 1)
			qsort(sorted, b.count, sizeof(*sorted), by_rule);
		for (size_t i = 0, n; i < b.count; i += n) {
			const char *name = strchr(sorted[i]->line, '\t') + 1;
			for (n = 1;
				i + n < b.count && by_rule(&sorted[i], &sorted[i + n]) == 0;)
				n++;
			printf("%7zu  %.*s\n", n, (int)strcspn(name, "\t"), name);
		}
		free(sorted);
		printf(say(s, "%7zu  in all\n", "%7zu  en tout\n"), b.count);
	}
	baseline_free(&b);
	return status;
}

const command command_baseline_create = {
	.name = "baseline create",
	.bit = IN_BASELINE,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en =
		"note the findings of documents as known, so that a check tells new ones only",
	.summary_fr =
		"noter les signalements comme connus, pour qu’un contrôle ne donne que les "
		"nouveaux",
	.help_en =
		"Checks the documents and writes what is found into a file (--baseline, by\n"
		"default " DEFAULT_FILE "), which paraph check --baseline FILE then passes\n"
		"over. A finding is known again by its rule, its path and the words around it.",
	.help_fr =
		"Contrôle les documents et écrit les signalements dans un fichier "
		"(--baseline,\n"
		"par défaut " DEFAULT_FILE "), dont paraph check --baseline FICHIER ne parle\n"
		"plus. Un signalement se reconnaît à sa règle, à son chemin et aux mots "
		"voisins.",
	.run = create,
};

const command command_baseline_update = {
	.name = "baseline update",
	.bit = IN_BASELINE,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en = "take new findings into the baseline and forget those that are no more",
	.summary_fr = "ajouter les nouveaux signalements et oublier ceux qui ont disparu",
	.help_en = "Entries of documents that are not among those checked stay as they are.",
	.help_fr = "Les entrées des documents qui ne sont pas contrôlés restent inchangées.",
	.run = update,
};

const command command_baseline_prune = {
	.name = "baseline prune",
	.bit = IN_BASELINE,
	.arguments_en = "[OPTION…] PATH…",
	.arguments_fr = "[OPTION…] CHEMIN…",
	.summary_en = "forget findings that are no more, and take in none",
	.summary_fr = "oublier les signalements disparus, sans en ajouter",
	.help_en = "Entries of documents that are not among those checked stay as they are, "
		   "unless\n"
		   "the document is not there any more.",
	.help_fr = "Les entrées des documents qui ne sont pas contrôlés restent inchangées, "
		   "sauf si\n"
		   "le document n’existe plus.",
	.run = prune,
};

const command command_baseline_show = {
	.name = "baseline show",
	.bit = IN_BASELINE,
	.arguments_en = "[OPTION…]",
	.arguments_fr = "[OPTION…]",
	.summary_en = "how many findings of each rule are known",
	.summary_fr = "nombre de signalements connus, règle par règle",
	.help_en =
		"The file itself is text: path, rule, fingerprint and the words in question.",
	.help_fr = "Le fichier est lui-même du texte\u00A0: chemin, règle, empreinte et mots "
		   "en cause.",
	.run = show,
};
