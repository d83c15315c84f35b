/* paraph serve: what the command line says, handed to apps/http. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/pool.h"
#include "apps/http/microhttpd.h"
#include "apps/http/serve.h"
#include "apps/http/work.h"

#define PORT "8081" /* LanguageTool's */
#define TEXT_MOST 1000000
#define UPLOAD_MOST ((size_t)64 << 20)
#define UPLOAD_CEILING ((size_t)200 << 20)
#define TEXT_CEILING ((size_t)64 << 20)

static void
tell(void *user, bool ready, const char *message)
{
	const settings *s = user;

	if (!ready) {
		complain(s, "%s", "%s", message);
		return;
	}
	printf(say(s, "paraph: listening on %s\n", "paraph\u00A0: à l’écoute sur %s\n"),
		message);
	fflush(stdout);
}

/* A number of an option. */
static int
read_number(const settings *s, const char *option, const char *text, size_t least, size_t most,
	size_t *out)
{
	char *end;

	if (text == NULL)
		return EXIT_CLEAN;
	unsigned long long n = strtoull(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || n < least || n > most)
		return complain(s, "--%s: “%s” is not a number from %zu to %zu",
			"--%s\u00A0: «\u00A0%s\u00A0» n’est pas un nombre de %zu à %zu", option,
			text, least, most);
	*out = (size_t)n;
	return EXIT_CLEAN;
}

static int
make_token(const settings *s)
{
	char made[TOKEN_TEXT], message[512] = "";
	unsigned scopes =
		token_file_parse_scopes((paraph_text){ s->new_token, strlen(s->new_token) });
	const char *missing = microhttpd_load();

	if (s->tokens == NULL)
		return complain(s, "--new-token wants --tokens FILE",
			"--new-token demande --tokens FICHIER");
	if (scopes == 0)
		return complain(s,
			"--new-token: the scopes are check, read, write, admin, metrics",
			"--new-token\u00A0: les droits sont check, read, write, admin, "
			"metrics");
	if (missing != NULL)
		return complain(s, "%s is not installed", "%s n’est pas installée", missing);
	if (!token_file_make(s->tokens, scopes, s->paths.n == 0 ? "-" : s->paths.at[0], made,
		    s->ui, message, sizeof(message)))
		return complain(s, "%s", "%s", message);
	puts(made);
	return EXIT_CLEAN;
}

static const char *const *
strings(const list *l)
{
	return (const char *const *)l->at;
}

/* Settings are those of the folder in which the server was started. */
static paraph_options
engine_options(const settings *s, const char *const *termbases, const char *project)
{
	return (paraph_options){ .data_folder = s->data,
		.ui = s->ui,
		.profile = s->profile,
		.enable = strings(&s->enable),
		.disable = strings(&s->disable),
		.only = strings(&s->only),
		.termbases = termbases,
		.memories = strings(&s->tms),
		.allow_incomplete = s->allow_incomplete,
		.words = strings(&s->words),
		.rules = strings(&s->rules),
		.settings = project,
		.no_builtin = s->no_builtin };
}

static const char *
find_project(const settings *s, char *path, size_t size)
{
	if (s->config != NULL || s->no_config)
		return s->config;
	return paraph_settings_find("./text", path, size) == PARAPH_OK ? path : NULL;
}

/* The helper of a server that runs already: one question, one answer (apps/http/work.h). */
static int
work(const settings *s)
{
	char words[4096], project[4096];
	const char **termbases = termbases_in_force(s);
	const char **lists = allocate(NULL, s->words.n + 2, sizeof(*lists));
	size_t n = 0;

	for (; n < s->words.n; n++)
		lists[n] = s->words.at[n];
	if (personal_words(s, words, sizeof(words)) && access(words, R_OK) == 0)
		lists[n++] = words;
	lists[n] = NULL;
	paraph_options o =
		engine_options(s, termbases, find_project(s, project, sizeof(project)));
	o.words = lists;
	int status = work_run(&o);
	free(termbases);
	free(lists);
	return status;
}

/* Where terms are written: one's own termbase, else the last that was named. */
static stores_options
store_options(const settings *s, const paraph_options *engine, const char *personal)
{
	bool named = s->termbases.n != 0;

	return (stores_options){ .termbase = { .data_folder = engine->data_folder,
					 .ui = engine->ui,
					 .no_builtin = engine->no_builtin,
					 .settings = engine->settings,
					 .paths = engine->termbases },
		.personal = personal,
		.termbase_into = personal == NULL && named ? s->termbases.at[s->termbases.n - 1]
							   : personal,
		.memory = s->tms.n == 0 ? NULL : s->tms.at[0],
		.allow_incomplete = s->allow_incomplete };
}

static int
run(const settings *s, const serve_options *fixed)
{
	char words[4096], project[4096], termbase[4096], message[512] = "";
	serve_options o = *fixed;

	if (!s->no_config && paraph_termbase_personal(termbase, sizeof(termbase)) == PARAPH_OK)
		o.termbase = termbase;
	o.engine = engine_options(
		s, strings(&s->termbases), find_project(s, project, sizeof(project)));
	o.stores = store_options(s, &o.engine, o.termbase);
	o.dictionary = personal_words(s, words, sizeof(words)) ? words : NULL;
	bool done = serve(&o, message, sizeof(message));
	return done ? EXIT_CLEAN : complain(s, "%s", "%s", message);
}

static int
start(const settings *s)
{
	size_t text = TEXT_MOST, upload = UPLOAD_MOST, rate = 0, port = 0, threads;

	if (getenv(WORK_ENVIRONMENT) != NULL)
		return work(s);
	if (s->new_token != NULL)
		return make_token(s);
	if (s->paths.n != 0)
		return complain(s, "serve takes no files", "serve ne prend pas de fichiers");
	if ((s->tls_cert == NULL) != (s->tls_key == NULL))
		return complain(s, "--tls-cert and --tls-key go together",
			"--tls-cert et --tls-key vont ensemble");
	if (read_number(s, "port", s->port, 0, 65535, &port) != EXIT_CLEAN ||
		read_number(s, "max-text", s->max_text, 1, TEXT_CEILING, &text) != EXIT_CLEAN ||
		read_number(s, "max-upload", s->max_upload, 1, UPLOAD_CEILING, &upload) !=
			EXIT_CLEAN ||
		read_number(s, "rate", s->rate, 1, 1000000, &rate) != EXIT_CLEAN ||
		pool_jobs(s, &threads) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	serve_options o = { .address = s->address == NULL ? "127.0.0.1" : s->address,
		.port = s->port == NULL ? PORT : s->port,
		.tokens = s->tokens,
		.certificate = s->tls_cert,
		.key = s->tls_key,
		.origins = strings(&s->origins),
		.hosts = strings(&s->hosts),
		.threads = threads > 64 ? 64 : threads,
		.text_most = text,
		.upload_most = upload,
		.rate = (unsigned)rate,
		.log = s->log,
		.say = tell };
	settings copy = *s;
	o.user = &copy;
	return run(s, &o);
}

const command command_serve = {
	.name = "serve",
	.bit = IN_SERVE,
	.arguments_en = "",
	.arguments_fr = "",
	.summary_en = "serve LibreOffice, OmegaT, VS Code and others over HTTP",
	.summary_fr = "servir LibreOffice, OmegaT, VS Code et d’autres par HTTP",
	.help_en = "Answers clients of LanguageTool (LibreOffice, OmegaT, LTeX, gramma …) over "
		   "HTTP\n"
		   "until it is interrupted; docs/SERVER.md tells how to set them up. It "
		   "listens on\n"
		   "this machine alone unless --address says otherwise, and writes no text "
		   "anywhere.",
	.help_fr = "Répond par HTTP aux clients de LanguageTool (LibreOffice, OmegaT, LTeX, "
		   "gramma…)\n"
		   "jusqu’à ce qu’on l’interrompe\u00A0; docs/SERVER.md dit comment les "
		   "régler. Il "
		   "n’écoute\n"
		   "que cette machine, sauf --address, et n’écrit aucun texte nulle part.",
	.run = start,
};
