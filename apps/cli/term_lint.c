/* paraph term lint: what is wrong with a termbase itself. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/labels.h"
#include "apps/cli/output.h"

#define PATH_BYTES 4096

typedef struct linter {
	const settings *s;
	output *out;
	char path[4096]; /* for people */
	bool json, quiet;
	size_t found, worse; /* worse: warnings and errors */
} linter;

static void
put(const linter *l, const char *s)
{
	output_write(l->out, s, strlen(s));
}

static void
put_place(const linter *l, const paraph_lint *f)
{
	char place[32] = "";

	put(l, l->path);
	if (f->line != 0)
		snprintf(place, sizeof(place), ":%u:%u", f->line, f->column);
	put(l, place);
	put(l, ": ");
}

static void
put_text(const linter *l, const paraph_lint *f)
{
	put_place(l, f);
	put(l, label_severity(l->s, f->severity));
	put(l, ": ");
	if (f->line == 0) {
		output_write(l->out, f->concept.p, f->concept.n);
		put(l, ": ");
	}
	put(l, f->message);
	put(l, " [");
	put(l, f->rule);
	put(l, "]\n");
}

static void
put_json(const linter *l, const paraph_lint *f)
{
	static const settings english = { .ui = PARAPH_LANGUAGE_EN };
	char place[64];

	put(l, l->found == 0 ? "{\"path\":" : ",\n{\"path\":");
	json_text(l->out, (paraph_text){ l->path, strlen(l->path) });
	snprintf(place, sizeof(place), ",\"line\":%u,\"column\":%u,\"severity\":\"", f->line,
		f->column);
	put(l, place);
	put(l, label_severity(&english, f->severity));
	put(l, "\",\"rule\":");
	json_text(l->out, (paraph_text){ f->rule, strlen(f->rule) });
	put(l, ",\"concept\":");
	json_text(l->out, f->concept);
	put(l, ",\"message\":");
	json_text(l->out, (paraph_text){ f->message, strlen(f->message) });
	put(l, "}");
}

static paraph_status
take(void *user, const paraph_lint *f)
{
	linter *l = user;
	bool worse = f->severity >= PARAPH_WARNING;

	if (l->quiet && !worse)
		return PARAPH_OK;
	if (l->json)
		put_json(l, f);
	else
		put_text(l, f);
	l->found++;
	l->worse += worse;
	return PARAPH_OK;
}

static int
lint_one(linter *l, const char *path)
{
	char message[512] = "";
	paraph_termbase_options options = {
		.data_folder = l->s->data,
		.ui = l->s->ui,
		.find_settings = true,
		.paths = (const char *const *)l->s->paths.at
	}; /* they may refer to each other */

	paraph_store_name(path, l->path, sizeof(l->path));
	if (paraph_termbase_lint(&options, path, take, l, message, sizeof(message)) ==
		PARAPH_OK)
		return EXIT_CLEAN;
	return complain(l->s, "%s", "%s", message);
}

/* The files named, or one's own termbase. */
static int
lint_all(linter *l)
{
	char personal[PATH_BYTES];
	int status = EXIT_CLEAN;

	if (l->s->paths.n == 0) {
		if (paraph_termbase_personal(personal, sizeof(personal)) != PARAPH_OK)
			return complain(l->s, "term lint wants a termbase",
				"term lint demande une base terminologique");
		status = lint_one(l, personal);
	}
	for (size_t i = 0; i < l->s->paths.n; i++) {
		int one = lint_one(l, l->s->paths.at[i]);
		status = one > status ? one : status;
	}
	return status == EXIT_CLEAN && l->worse != 0 ? EXIT_FINDINGS : status;
}

static int
term_lint(const settings *s)
{
	output out;
	linter l = { .s = s, .out = &out, .quiet = s->quiet };

	l.json = s->format != NULL && strcmp(s->format, "json") == 0;
	if (s->format != NULL && !l.json && strcmp(s->format, "text") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, json",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, json",
			s->format);
	int status = output_open(&out, s, NULL);
	if (status != EXIT_CLEAN)
		return status;
	put(&l, l.json ? "[" : "");
	status = lint_all(&l);
	put(&l, l.json ? "]\n" : "");
	return output_close(&out, s) == EXIT_CLEAN ? status : EXIT_TROUBLE;
}

const command command_term_lint = {
	.name = "term lint",
	.bit = IN_TERM_LINT,
	.arguments_en = "[OPTION…] [BASE…]",
	.arguments_fr = "[OPTION…] [BASE…]",
	.summary_en = "look for faults in a termbase itself",
	.summary_fr = "chercher les fautes d’une base terminologique",
	.help_en =
		"Looks through termbases, files or stores, for rows that cannot be read, names "
		"that\n"
		"one concept avoids and another prefers, references to nothing, spaces and\n"
		"apostrophes (warnings), and for homographs, acronyms without a full form, "
		"missing\n"
		"languages and sources (information, left out with --quiet). Exit status 1 "
		"when\n"
		"there is a warning.",
	.help_fr =
		"Parcourt des bases, fichiers ou bases de paraph\u00A0: lignes illisibles, "
		"noms "
		"qu’une\n"
		"notion écarte et qu’une autre privilégie, renvois vers rien, espaces et "
		"apostrophes\n"
		"(avertissements)\u00A0; homographes, sigles sans forme développée, langues et "
		"sources\n"
		"manquantes (informations, omises avec --quiet). État de sortie 1 s’il y a un\n"
		"avertissement.",
	.run = term_lint,
};
