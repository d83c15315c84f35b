/* paraph term add, edit and remove: concepts changed by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
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
	bool found = facts_read(&f, t, id) == PARAPH_OK;
	facts_free(&f);
	paraph_termbase_close(t);
	return found;
}

/* What the store does not have may be of a layer below: then the store speaks of it anew. */
static paraph_status
apply(const settings *s, paraph_edit *e, char id[ID_BYTES], char message[512])
{
	paraph_termbase_options options = { .ui = s->ui };

	e->into = s->into;
	e->who = getenv("USER");
	e->force = s->force;
	paraph_status done = paraph_termbase_edit(&options, e, id, ID_BYTES, message, 512);
	if (done != PARAPH_NOT_FOUND || e->concept == NULL || !is_below(s, e->concept))
		return done;
	e->over = true;
	return paraph_termbase_edit(&options, e, id, ID_BYTES, message, 512);
}

static int
edit_one(const settings *s, paraph_edit *e, const char *en, const char *fr)
{
	char id[ID_BYTES] = "", message[512] = "";

	paraph_status done = apply(s, e, id, message);
	if (done == PARAPH_OK) {
		bool retired = e->over && e->kind == PARAPH_EDIT_REMOVE;
		printf("%s: %s\n", retired ? say(s, "retired", "retiré") : say(s, en, fr), id);
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
	.help_en = "Changes what the columns named say of a concept and leaves the rest as it "
		   "is; an\n"
		   "empty value takes it away. A concept that your termbase does not have but "
		   "a layer\n"
		   "below does is spoken of anew there. Exit status 1 when nobody has it.",
	.help_fr = "Modifie ce que les colonnes nommées disent d’une notion et laisse le "
		   "reste\u00A0; une\n"
		   "valeur vide l’enlève. Une notion que seule une base inférieure possède est "
		   "redite\n"
		   "dans la vôtre. État de sortie 1 si personne ne l’a.",
	.run = term_edit,
};

const command command_term_remove = {
	.name = "term remove",
	.bit = IN_TERM_REMOVE,
	.arguments_en = "[OPTION…] CONCEPT…",
	.arguments_fr = "[OPTION…] NOTION…",
	.summary_en = "remove or retire a concept in your own termbase",
	.summary_fr = "supprimer ou retirer une notion dans votre base",
	.help_en = "Removes concepts from your own termbase, or from the one that --into "
		   "names; one of a\n"
		   "layer below is retired there. Exit status 1 when nobody has it.",
	.help_fr =
		"Supprime des notions de votre base, ou de celle que nomme --into\u00A0; celle "
		"d’une\n"
		"base inférieure y est retirée. État de sortie 1 si personne ne l’a.",
	.run = term_remove,
};
