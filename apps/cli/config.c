/* paraph config show: what holds for a document, and where each value comes from. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/open.h"

typedef struct listing {
	const settings *s;
	output out;
	const char *key; /* of the value before; NULL: there was none */
	bool json;
} listing;

static void
put(listing *l, const char *text)
{
	output_write(&l->out, text, strlen(text));
}

/* Quoted where YAML would take it for something else. */
static void
put_value(listing *l, paraph_text t)
{
	bool plain = t.n != 0 && memchr("!&*-?|>@`\"'%#{}[], ", t.p[0], 20) == NULL;

	for (size_t i = 0; i < t.n && plain; i++)
		plain = (unsigned char)t.p[i] >= 0x20 && t.p[i] != '"' && t.p[i] != '\\' &&
			t.p[i] != '#' && (t.p[i] != ':' || (i + 1 < t.n && t.p[i + 1] != ' '));
	if (plain)
		output_write(&l->out, t.p, t.n);
	else
		json_text(&l->out, t);
}

static void
put_origin(listing *l, const paraph_setting *x)
{
	char place[32];

	if (x->option != NULL) {
		put(l, x->option);
	} else if (x->path.n != 0) {
		output_write(&l->out, x->path.p, x->path.n);
		snprintf(place, sizeof(place), ":%u:%u", x->line, x->column);
		put(l, place);
	} else {
		put(l, strcmp(x->key, "settings") == 0 ? say(l->s, "the file", "le fichier")
						       : say(l->s, "by default", "par défaut"));
	}
}

static bool
is_list(const char *key)
{
	static const char *const scalars[] = { "check", "profile", "language", "fail-on",
		"baseline", "allow-incomplete" };

	for (size_t i = 0; i < sizeof(scalars) / sizeof(*scalars); i++)
		if (strcmp(scalars[i], key) == 0)
			return false;
	return true;
}

static void
put_line(listing *l, const paraph_setting *x)
{
	bool again = l->key != NULL && strcmp(l->key, x->key) == 0;

	if (!again) {
		put(l, x->key);
		put(l, is_list(x->key) ? ":\n" : ": ");
	}
	if (is_list(x->key))
		put(l, strcmp(x->key, "rules") == 0 ? "  " : "  - ");
	if (x->part.n != 0) {
		put_value(l, x->part);
		put(l, ": ");
	}
	put_value(l, x->value);
	put(l, "  # ");
	put_origin(l, x);
	put(l, "\n");
}

static void
put_json(listing *l, const paraph_setting *x)
{
	char place[64];

	put(l, l->key == NULL ? "" : ",");
	put(l, "{\"key\":");
	json_text(&l->out, (paraph_text){ x->key, strlen(x->key) });
	if (x->part.n != 0) {
		put(l, ",\"part\":");
		json_text(&l->out, x->part);
	}
	put(l, ",\"value\":");
	json_text(&l->out, x->value);
	if (x->option != NULL) {
		put(l, ",\"option\":");
		json_text(&l->out, (paraph_text){ x->option, strlen(x->option) });
	}
	if (x->path.n != 0) {
		put(l, ",\"path\":");
		json_text(&l->out, x->path);
		snprintf(
			place, sizeof(place), ",\"line\":%u,\"column\":%u", x->line, x->column);
		put(l, place);
	}
	put(l, "}");
}

static paraph_status
take(void *user, const paraph_setting *x)
{
	listing *l = user;

	if (l->json)
		put_json(l, x);
	else
		put_line(l, x);
	l->key = x->key;
	return PARAPH_OK;
}

static paraph_status
look_only(void *user, const paraph_setting *x)
{
	(void)user;
	(void)x;
	return PARAPH_OK;
}

/* Nothing is written when the settings cannot be read. */
static int
list_for(listing *l, paraph_session *session, const char *path)
{
	if (paraph_session_settings(session, path, look_only, NULL) != PARAPH_OK)
		return complain(l->s, "%s", "%s", paraph_session_message(session));
	int status = output_open(&l->out, l->s, l->s->output);

	if (status != EXIT_CLEAN)
		return status;
	if (l->json) {
		put(l, "{\"schema\":\"paraph/configuration/1\",\"path\":");
		json_text(&l->out, (paraph_text){ path, strlen(path) });
		put(l, ",\"settings\":[");
	}
	paraph_status listed = paraph_session_settings(session, path, take, l);
	if (listed != PARAPH_OK) {
		output_abandon(&l->out);
		return complain(l->s, "%s", "%s", paraph_session_message(session));
	}
	if (l->json)
		put(l, "]}\n");
	return output_close(&l->out, l->s);
}

static int
show(const settings *s)
{
	listing l = { .s = s, .json = s->format != NULL && strcmp(s->format, "json") == 0 };
	const char *path = s->paths.n == 0 ? "./document.txt" : s->paths.at[0];
	paraph_engine *engine;
	paraph_session *session;

	if (s->paths.n > 1)
		return complain(s, "config show: one document at a time",
			"config show\u00A0: un document à la fois");
	if (s->format != NULL && !l.json && strcmp(s->format, "text") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, json",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, json",
			s->format);
	int status = open_engine(s, 0, &engine);
	if (status != EXIT_CLEAN)
		return status;
	if (paraph_session_open(&session, engine) == PARAPH_OK) {
		status = list_for(&l, session, path);
		paraph_session_close(session);
	} else {
		status = complain(s, "out of memory", "plus assez de mémoire");
	}
	paraph_engine_close(engine);
	return status;
}

const command command_config_show = {
	.name = "config show",
	.bit = IN_CONFIG_SHOW,
	.arguments_en = "[OPTION…] [PATH]",
	.arguments_fr = "[OPTION…] [CHEMIN]",
	.summary_en = "the settings that hold for a document, and where each comes from",
	.summary_fr = "les réglages qui valent pour un document, et l’origine de chacun",
	.help_en = "What paraph.yaml, the files that it extends, its entries of paths and the\n"
		   "options come to for that document, which need not exist (without one: for\n"
		   "those of this folder). The output is YAML; what comes from where is a "
		   "comment.",
	.help_fr =
		"Ce que donnent pour ce document, qui peut ne pas exister, paraph.yaml, les\n"
		"fichiers qu’il étend, ses entrées de paths et les options (sans document, "
		"pour\n"
		"ceux de ce dossier). C’est du YAML\u00A0; l’origine est en commentaire.",
	.run = show,
};
