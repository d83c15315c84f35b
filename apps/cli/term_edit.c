/* paraph term add, edit and remove: concepts changed by hand. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"
#include "apps/cli/terms.h"

#define ID_BYTES 2200

/* Does some layer below the store have the concept? */
static bool
is_below(const settings *s, const char *concept)
{
	paraph_termbase *t;
	facts f = { 0 };
	paraph_text id = { concept, strlen(concept) };

	if (open_terms(s, &t) != EXIT_CLEAN)
		return false;
	bool found = facts_read(&f, t, id) == PARAPH_OK && facts_retired(&f) == NULL;
	facts_free(&f);
	paraph_termbase_close(t);
	return found;
}

/* --- called by a name --- */

#define MEANT_MOST 5

typedef struct meant { /* the concepts that have the very name */
	char ids[MEANT_MOST][ID_BYTES];
	size_t n;
} meant;

static paraph_status
gather(void *user, const paraph_hit *hit)
{
	meant *m = user;

	if (hit->score < 1 || hit->concept.n >= ID_BYTES || m->n == MEANT_MOST)
		return PARAPH_OK;
	for (size_t i = 0; i < m->n; i++)
		if (text_is(hit->concept, m->ids[i]))
			return PARAPH_OK;
	memcpy(m->ids[m->n], hit->concept.p, hit->concept.n);
	m->ids[m->n++][hit->concept.n] = '\0';
	return PARAPH_OK;
}

/* In all layers, and in what is to be changed. */
static void
find_meant(const settings *s, const char *name, meant *m)
{
	paraph_termbase *t;

	m->n = 0;
	if (open_terms_and(s, s->into, &t) != EXIT_CLEAN)
		return;
	if (paraph_termbase_search(t, (paraph_text){ name, strlen(name) }, 20, gather, m) !=
		PARAPH_OK)
		m->n = 0;
	paraph_termbase_close(t);
}

static int
say_which(const settings *s, const char *name, const meant *m)
{
	char names[512] = "";

	for (size_t i = 0; i < m->n; i++) {
		size_t used = strlen(names);
		snprintf(names + used, sizeof(names) - used, "%s%s", i == 0 ? "" : ", ",
			m->ids[i]);
	}
	return complain(s, "“%s” is a name of several concepts; say which: %s",
		"«\u00A0%s\u00A0» est un nom de plusieurs notions\u00A0; dire laquelle\u00A0: "
		"%s",
		name, names);
}

/* What the store does not have may be of a layer below: then the store speaks of it anew. */
static paraph_status
apply(const settings *s, paraph_edit *e, char id[ID_BYTES], char message[512])
{
	paraph_termbase_options options = { .ui = s->ui };

	e->into = s->into;
	e->who = user_name();
	e->force = s->force;
	paraph_status done = paraph_termbase_edit(&options, e, id, ID_BYTES, message, 512);
	if (done != PARAPH_NOT_FOUND || e->concept == NULL || !is_below(s, e->concept))
		return done;
	e->over = true;
	return paraph_termbase_edit(&options, e, id, ID_BYTES, message, 512);
}

/* A concept may be called by a name or an acronym that no other has. */
static int
edit_one(const settings *s, paraph_edit *e, const char *en, const char *fr)
{
	char id[ID_BYTES] = "", message[512] = "";
	meant m;

	paraph_status done = apply(s, e, id, message);
	if (done == PARAPH_NOT_FOUND && e->concept != NULL) {
		find_meant(s, e->concept, &m);
		if (m.n > 1)
			return say_which(s, e->concept, &m);
		if (m.n == 1) {
			e->concept = m.ids[0];
			done = apply(s, e, id, message);
		}
	}
	if (done == PARAPH_OK) {
		bool removes = e->kind == PARAPH_EDIT_REMOVE, retired = e->over && removes;
		printf(say(s, "%s: %s\n", "%s\u00A0: %s\n"),
			retired ? say(s, "retired", "retiré") : say(s, en, fr), id);
		if (removes && !retired && is_below(s, id))
			printf("%s\n",
				say(s,
					"  a layer below still has it; removing it once more "
					"retires it",
					"  une base inférieure l’a encore\u00A0; le supprimer "
					"encore une fois le retire"));
		return EXIT_CLEAN;
	}
	complain(s, "%s", "%s", message);
	return done == PARAPH_NOT_FOUND ? EXIT_FINDINGS : EXIT_TROUBLE;
}

static int
term_add(const settings *s)
{
	paraph_edit e = { .kind = PARAPH_EDIT_ADD, .cells = (const char *const *)s->paths.at };

	if (s->paths.n == 0)
		return complain(s, "term add wants names: fr=… en=…",
			"term add demande des noms\u00A0: fr=… en=…");
	return edit_one(s, &e, "added", "ajouté");
}

static int
term_edit(const settings *s)
{
	if (s->paths.n < 2)
		return complain(s, "term edit wants a concept and what to change: ID note=…",
			"term edit demande une notion et ce qu’il faut changer\u00A0: ID "
			"note=…");
	paraph_edit e = { .kind = PARAPH_EDIT_CHANGE,
		.concept = s->paths.at[0],
		.cells = (const char *const *)s->paths.at + 1 };
	return edit_one(s, &e, "changed", "modifié");
}

static int
term_remove(const settings *s)
{
	int status = EXIT_CLEAN;

	if (s->paths.n == 0)
		return complain(
			s, "term remove wants a concept", "term remove demande une notion");
	for (size_t i = 0; i < s->paths.n && status != EXIT_TROUBLE; i++) {
		paraph_edit e = { .kind = PARAPH_EDIT_REMOVE, .concept = s->paths.at[i] };
		int one = edit_one(s, &e, "removed", "supprimé");
		status = one > status ? one : status;
	}
	return status;
}

const command command_term_add = {
	.name = "term add",
	.bit = IN_TERM_ADD,
	.arguments_en = "[OPTION…] COLUMN=VALUE…",
	.arguments_fr = "[OPTION…] COLONNE=VALEUR…",
	.summary_en = "add a concept to your own termbase",
	.summary_fr = "ajouter une notion à votre base",
	.help_en =
		"Adds a concept to your own termbase, or to the one that --into names: fr=… "
		"en=…\n"
		"fr_acronym=… en_deprecated=\"…; …\" definition=… note=… source=…, the "
		"columns of\n"
		"docs/TERMBASE.md. Refused when its id or its names are there already.\n--into "
		"may be a glossary (TSV, TBX): all else in it stays as it is.",
	.help_fr =
		"Ajoute une notion à votre base, ou à celle que nomme --into\u00A0: fr=… en=…\n"
		"fr_acronym=… en_deprecated=«\u00A0…; …\u00A0» definition=… note=… source=…, "
		"les "
		"colonnes\n"
		"de docs/TERMBASE.md. Refusé si l’identifiant ou les noms existent "
		"déjà.\n--into peut être un glossaire (TSV, TBX)\u00A0: le reste n’y change "
		"pas.",
	.run = term_add,
};

const command command_term_edit = {
	.name = "term edit",
	.bit = IN_TERM_EDIT,
	.arguments_en = "[OPTION…] CONCEPT COLUMN=VALUE…",
	.arguments_fr = "[OPTION…] NOTION COLONNE=VALEUR…",
	.summary_en = "change a concept in your own termbase",
	.summary_fr = "modifier une notion dans votre base",
	.help_en =
		"Changes what the columns named say of a concept and leaves the rest as it is; "
		"an\n"
		"empty value takes it away. The concept is called by its id, or by a name that "
		"no\n"
		"other has. One that your termbase does not have but a layer below does is "
		"spoken\n"
		"of anew there. Exit status 1 when nobody has it.",
	.help_fr =
		"Modifie ce que les colonnes nommées disent d’une notion et laisse le "
		"reste\u00A0; "
		"une\n"
		"valeur vide l’enlève. La notion s’appelle par son identifiant, ou par un nom "
		"qu’aucune\n"
		"autre ne porte. Celle que seule une base inférieure possède est redite dans "
		"la "
		"vôtre.\n"
		"État de sortie 1 si personne ne l’a.",
	.run = term_edit,
};

const command command_term_remove = {
	.name = "term remove",
	.bit = IN_TERM_REMOVE,
	.arguments_en = "[OPTION…] CONCEPT…",
	.arguments_fr = "[OPTION…] NOTION…",
	.summary_en = "remove or retire a concept in your own termbase",
	.summary_fr = "supprimer ou retirer une notion dans votre base",
	.help_en =
		"Removes concepts from your own termbase, or from the one that --into names, "
		"called\n"
		"by their ids or by names that no other has; one of a layer below is retired "
		"there.\n"
		"Exit status 1 when nobody has it.",
	.help_fr = "Supprime des notions de votre base, ou de celle que nomme --into, appelées "
		   "par "
		   "leur\n"
		   "identifiant ou par un nom qu’aucune autre ne porte\u00A0; celle d’une base "
		   "inférieure y\n"
		   "est retirée. État de sortie 1 si personne ne l’a.",
	.run = term_remove,
};
