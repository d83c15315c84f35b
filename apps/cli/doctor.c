/* paraph doctor: what is there, what is not, and what to do about it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/stores.h"

typedef struct examination {
	const settings *s;
	bool failed;
} examination;

/* In columns, of code points. */
static void
put_line(const char *state, const char *what, const char *how)
{
	int extra = 0;

	for (const char *p = what; *p != '\0'; p++)
		extra += ((unsigned char)*p & 0xC0) == 0x80;
	printf("%-3s %-*s %s\n", state, 12 + extra, what, how);
}

/* A line: what was looked at, how it is, and where it is not well, a remedy. */
static void
tell(examination *x, bool well, const char *what, const char *how, const char *remedy)
{
	put_line(well ? "ok" : say(x->s, "no", "non"), what, how);
	if (!well && remedy != NULL)
		printf("    → %s\n", remedy);
	x->failed = x->failed || !well;
}

/* What may be missing without anything being wrong. */
static void
mention(const examination *x, bool there, const char *what, const char *how, const char *remedy)
{
	(void)x;
	put_line(there ? "ok" : "-", what, how);
	if (!there && remedy != NULL)
		printf("    → %s\n", remedy);
}

static paraph_engine *
look_at_engine(examination *x)
{
	char message[512] = "";
	paraph_engine *engine;
	paraph_options options = { .ui = x->s->ui, .data_folder = x->s->data };

	if (paraph_engine_open(&engine, &options, message, sizeof(message)) != PARAPH_OK) {
		tell(x, false, say(x->s, "data", "données"), message,
			say(x->s,
				"make in the sources, or make install; PARAPH_DATA names "
				"another folder",
				"make dans les sources, ou make install\u00A0; PARAPH_DATA "
				"désigne un autre "
				"dossier"));
		return NULL;
	}
	bool sound = paraph_engine_verify(engine, message, sizeof(message)) == PARAPH_OK;
	tell(x, sound, say(x->s, "data", "données"),
		sound ? say(x->s, "dictionaries and glossaries are sound",
				"dictionnaires et glossaires en bon état")
		      : message,
		say(x->s, "make again", "relancer make"));
	return engine;
}

/* A text of either language with one fault, as a proof of the whole. */
static void
look_at_work(examination *x, paraph_engine *engine)
{
	char text[80];
	int n = snprintf(
		text, sizeof(text), "La note ci%s-jointe a été remise au Conseil.\n", " ");
	paraph_session *session = NULL;
	paraph_result *result = NULL;
	bool works = paraph_session_open(&session, engine) == PARAPH_OK &&
		     paraph_check(session, "doctor.txt", (paraph_text){ text, (size_t)n },
			     &result) == PARAPH_OK &&
		     paraph_result_count(result) == 1;

	tell(x, works, say(x->s, "check", "contrôle"),
		works ? say(x->s, "a known fault is found", "une faute connue est trouvée")
		      : say(x->s, "a known fault is not found",
				"une faute connue n’est pas trouvée"),
		say(x->s, "the data are of another version: make again",
			"les données sont d’une autre version\u00A0: relancer make"));
	paraph_result_free(result);
	paraph_session_close(session);
}

static void
look_at_pdf(examination *x)
{
	char path[4096];
	bool there = paraph_pdf_helper(path, sizeof(path)) == PARAPH_OK;

	mention(x, there, "PDF",
		there ? path
		      : say(x->s, "no paraph-pdf: PDF files are not read",
				"pas de paraph-pdf\u00A0: les fichiers PDF ne sont pas lus"),
		say(x->s, "tools/bootstrap.sh pdf, then make",
			"tools/bootstrap.sh pdf, puis make"));
}

static void
look_at_settings(examination *x)
{
	char path[4096], message[512] = "";
	bool found = paraph_settings_find("./paraph.yaml", path, sizeof(path)) == PARAPH_OK;
	paraph_engine *engine;

	if (!found) {
		mention(x, true, "paraph.yaml",
			say(x->s, "none here or above", "aucun ici ni au-dessus"), NULL);
		return;
	}
	paraph_options options = {
		.ui = x->s->ui, .data_folder = x->s->data, .settings = path
	};
	bool sound =
		paraph_engine_open(&engine, &options, message, sizeof(message)) == PARAPH_OK;
	paraph_session *session = NULL;
	paraph_result *result = NULL;
	if (sound) {
		sound = paraph_session_open(&session, engine) == PARAPH_OK &&
			paraph_check(session, "doctor.txt", (paraph_text){ "", 0 }, &result) ==
				PARAPH_OK;
		if (!sound && session != NULL)
			snprintf(message, sizeof(message), "%s",
				paraph_session_message(session));
		paraph_result_free(result);
		paraph_session_close(session);
		paraph_engine_close(engine);
	}
	tell(x, sound, "paraph.yaml", sound ? path : message, NULL);
}

/* One's own termbase or memory: it need not be there. */
static void
look_at_store(examination *x, const char *what, paraph_status found, const char *path,
	const char *trouble, const char *remedy)
{
	if (found != PARAPH_OK || access(path, F_OK) != 0)
		mention(x, true, what, say(x->s, "none yet", "pas encore"), NULL);
	else
		tell(x, trouble == NULL, what, trouble == NULL ? path : trouble, remedy);
}

static void
look_at_memory(examination *x)
{
	char path[4096], message[512] = "";
	paraph_tm *tm = NULL;
	paraph_status found = paraph_tm_personal(path, sizeof(path));
	paraph_tm_options options = { .ui = x->s->ui, .path = path };
	bool there = found == PARAPH_OK && access(path, F_OK) == 0;
	bool sound =
		!there || paraph_tm_open(&tm, &options, message, sizeof(message)) == PARAPH_OK;

	look_at_store(x, say(x->s, "memory", "mémoire"), found, path, sound ? NULL : message,
		say(x->s, "paraph tm repair, or a copy of the file",
			"paraph tm repair, ou une copie du fichier"));
	paraph_tm_close(tm);
}

static void
look_at_termbase(examination *x)
{
	char path[4096], message[512] = "";
	paraph_status found = paraph_termbase_personal(path, sizeof(path));
	const char *named[] = { path, NULL };
	paraph_options options = {
		.ui = x->s->ui, .data_folder = x->s->data, .termbases = named
	};
	paraph_engine *engine;
	bool there = found == PARAPH_OK && access(path, F_OK) == 0, sound = true;

	if (there) {
		sound = paraph_engine_open(&engine, &options, message, sizeof(message)) ==
			PARAPH_OK;
		if (sound)
			paraph_engine_close(engine);
	}
	look_at_store(x, say(x->s, "termbase", "termes"), found, path, sound ? NULL : message,
		say(x->s, "a copy of the file, or move it away",
			"une copie du fichier, ou le mettre de côté"));
}

/* --- shared stores --- */

typedef struct shared {
	examination *x;
	char seen[64][512]; /* a database may be both termbase and memory */
	size_t n;
} shared;

/* "PostgreSQL 15.18, reads, writes" or why not; then a line for each part that is not well. */
static paraph_status
tell_shared(void *user, const paraph_store_state *state)
{
	examination *x = user;
	char how[700];

	if (state->trouble != NULL) {
		tell(x, false, say(x->s, "shared", "partagé"), state->trouble, NULL);
		return PARAPH_OK;
	}
	if (state->part == NULL) {
		char rights[80];
		store_rights(x->s, state, rights, sizeof(rights));
		snprintf(how, sizeof(how), "%s (PostgreSQL %d.%d, %s)", state->name,
			state->server / 10000, state->server % 10000, rights);
		tell(x, state->reads, say(x->s, "shared", "partagé"), how,
			say(x->s,
				"paraph store init makes the tables; "
				"GRANT paraph_reader lets one read",
				"paraph store init crée les tables\u00A0; "
				"GRANT paraph_reader permet de lire"));
		return PARAPH_OK;
	}
	if (state->version == state->newest)
		return PARAPH_OK;
	snprintf(how, sizeof(how),
		say(x->s, "%s: %s, version %d of %d", "%s\u00A0: %s, version %d de %d"),
		state->name, store_part_name(x->s, state), state->version, state->newest);
	tell(x, false, say(x->s, "shared", "partagé"), how,
		state->version == 0              ? "paraph store init URL"
		: state->version < state->newest ? "paraph store migrate URL"
						 : say(x->s, "a later paraph made it",
							   "un paraph plus récent l’a créé"));
	return PARAPH_OK;
}

static paraph_status
look_at_shared(void *user, const char *url)
{
	shared *all = user;
	const char *urls[] = { url, NULL };
	paraph_store_options o = { .ui = all->x->s->ui, .urls = urls };
	char message[512] = "", name[512];

	paraph_store_name(url, name, sizeof(name));
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->seen[i], name) == 0)
			return PARAPH_OK;
	if (all->n < sizeof(all->seen) / sizeof(*all->seen))
		memcpy(all->seen[all->n++], name, sizeof(name));
	if (paraph_store_look(&o, tell_shared, all->x, message, sizeof(message)) != PARAPH_OK)
		tell(all->x, false, say(all->x->s, "shared", "partagé"), message, NULL);
	else if (store_lacks_shards(all->x->s, url, message, sizeof(message)))
		tell(all->x, false, say(all->x->s, "shared", "partagé"), message,
			say(all->x->s, "these databases of the memory do not answer",
				"ces bases de la mémoire ne répondent pas"));
	return PARAPH_OK;
}

/* What is wrong with the settings was told before. */
static void
look_at_shared_stores(examination *x)
{
	char path[4096], message[512] = "";
	shared *all = allocate(NULL, 1, sizeof(*all));
	paraph_store_options o = { .ui = x->s->ui };

	memset(all, 0, sizeof(*all));
	all->x = x;
	if (paraph_settings_find("./paraph.yaml", path, sizeof(path)) == PARAPH_OK)
		(void)!paraph_store_of_project(
			&o, path, look_at_shared, all, message, sizeof(message));
	free(all);
}

static int
examine(const settings *s)
{
	examination x = { .s = s };

	tell(&x, true, "paraph", PARAPH_VERSION, NULL);
	paraph_engine *engine = look_at_engine(&x);
	if (engine != NULL) {
		look_at_work(&x, engine);
		paraph_engine_close(engine);
	}
	look_at_pdf(&x);
	look_at_settings(&x);
	look_at_shared_stores(&x);
	look_at_termbase(&x);
	look_at_memory(&x);
	return x.failed ? EXIT_FINDINGS : EXIT_CLEAN;
}

const command command_doctor = {
	.name = "doctor",
	.bit = IN_DOCTOR,
	.arguments_en = "[OPTION…]",
	.arguments_fr = "[OPTION…]",
	.summary_en = "look whether everything that paraph needs is there and sound",
	.summary_fr = "vérifier que tout ce dont paraph a besoin est là et en bon état",
	.help_en =
		"A line for each thing that was looked at; where one is not well, what to do.\n"
		"Exit status: 0 all is well, 1 something is not.",
	.help_fr =
		"Une ligne par élément vérifié\u00A0; si l’un ne va pas, ce qu’il faut faire.\n"
		"État de sortie\u00A0: 0 tout va bien, 1 quelque chose ne va pas.",
	.run = examine,
};
