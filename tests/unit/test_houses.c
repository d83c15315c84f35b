/* What the houses disagree about: each shipped profile decides each question as the research
 * table (rules.md, section 1) and its own file say. A line is a text that keeps to a habit and
 * breaks it once, and the finding that the profile must give for it, or none. */
#include "tests/unit/api.h"

#define NB "\u00A0"

typedef struct cell {
	const char *question, *profile, *text, *rule, *found,
		*right; /* rule NULL: no finding */
} cell;

/* A paragraph whose signs have no-break spaces, so that one without shows. */
#define SPACED \
	"Un" NB ": oui" NB "; deux" NB ": non" NB "; trois" NB ": peut-être" NB "; quatre" NB \
	": si. "
#define CLOSED "Un: oui; deux: non; trois: peut-être; quatre: si. "

static const cell cells[] = {
	/* the space before a colon */
	{ "colon", "un-fr", SPACED "L’objectif: la paix.", "spacing/punctuation", ":", NB ":" },
	{ "colon", "un-fr", SPACED, NULL, NULL, NULL },
	{ "colon", "un-fr-press", CLOSED "Elle est intitulée: la paix.", NULL, NULL, NULL },
	{ "colon", "un-fr-press", CLOSED "L’objectif" NB ": la paix.", "spacing/punctuation",
		"objectif" NB ":", "objectif:" },
	{ "colon", "fao-fr", CLOSED "L’objectif" NB ": la paix.", "spacing/punctuation",
		"objectif" NB ":", "objectif:" },
	{ "colon", "eu-fr", CLOSED "L’objectif" NB ": la paix.", "spacing/punctuation",
		"objectif" NB ":", "objectif:" },
	{ "colon", "fr-CA", SPACED "L’objectif: la paix.", "spacing/punctuation", ":", NB ":" },
	{ "colon", "un-en", "The aims are two: peace and bread. The aim : peace.",
		"spacing/punctuation", "aim :", "aim:" },

	/* before ; ! ? */
	{ "stops", "un-fr", SPACED "Il est adopté; il le reste.", "spacing/punctuation", ";",
		NB ";" },
	{ "stops", "un-fr-press", CLOSED "Il est adopté" NB "; il le reste.", NULL, NULL,
		NULL },
	{ "stops", "fao-fr", CLOSED "Il est adopté" NB "; il le reste.", "spacing/punctuation",
		"adopté" NB ";", "adopté;" },
	{ "stops", "eu-fr", CLOSED "Il est adopté" NB "; il le reste.", "spacing/punctuation",
		"adopté" NB ";", "adopté;" },
	{ "stops", "fr-CA", "Un" NB ": oui; deux" NB ": non. Il est adopté" NB "; il le reste.",
		"spacing/punctuation", "adopté" NB ";", "adopté;" },
	{ "stops", "un-en", "It was read; it was adopted ; it stays.", "spacing/punctuation",
		"adopted ;", "adopted;" },

	/* inside « » */
	{ "quotes", "un-fr",
		"Le «" NB "un" NB "», le «" NB "deux" NB "», le «" NB "trois" NB
		"» et le «quatre»"
		" sont là.",
		"spacing/punctuation", "«", "«" NB },
	{ "quotes", "fao-fr",
		"Le «un», le «deux», le «trois» et le «" NB "quatre" NB "» sont là.",
		"spacing/punctuation", "«" NB "quatre" NB "»", "«quatre»" },
	{ "quotes", "eu-fr",
		"Le «un», le «deux», le «trois» et le «" NB "quatre" NB "» sont là.",
		"spacing/punctuation", "«" NB "quatre" NB "»", "«quatre»" },
	{ "quotes", "un-fr-press",
		"Le « un », le « deux », le « trois » et le « quatre » sont là.", NULL, NULL,
		NULL },

	/* per cent */
	{ "per cent", "un-fr-resolution", "Il décide de consacrer 7" NB "% de ce montant.",
		"number/percent", "7" NB "%", "7" NB "pour cent" },
	{ "per cent", "un-fr", "Il décide de consacrer 7" NB "% de ce montant.", NULL, NULL,
		NULL },
	{ "per cent", "un-fr",
		"De 5" NB "% à 6" NB "%, de 7" NB "% à 9" NB "% et 8% de ce montant.",
		"spacing/percent", "8%", "8" NB "%" },
	{ "per cent", "un-fr-press", "Il décide de consacrer 22% de ce montant.", NULL, NULL,
		NULL },
	{ "per cent", "un-fr-press", "Il décide de consacrer 22 pour cent de ce montant.",
		"number/percent", "22 pour cent", "22%" },
	{ "per cent", "fao-fr", "Il décide de consacrer 7" NB "% de ce montant.",
		"number/percent", "7" NB "%", "7" NB "pour cent" },
	{ "per cent", "eu-fr",
		"De 5" NB "% à 6" NB "%, de 7" NB "% à 9" NB "% et 8% de ce montant.",
		"spacing/percent", "8%", "8" NB "%" },
	{ "per cent", "fr-CA",
		"De 5" NB "% à 6" NB "%, de 7" NB "% à 9" NB "% et 8% de ce montant.",
		"spacing/percent", "8%", "8" NB "%" },
	{ "per cent", "un-en", "It said that 12% of the members agreed.", "number/percent",
		"12%", "12 per cent" },

	/* thousands */
	{ "thousands", "un-fr", "La mission compte 12,000 militaires et 3" NB "250 policiers.",
		"number/format", "12,000", "12" NB "000" },
	{ "thousands", "un-fr-press", "La mission compte 12.000 militaires au total.",
		"number/format", "12.000", "12 000" },
	{ "thousands", "fao-fr", "Le programme compte 12,000 agents et 3" NB "250 experts.",
		"number/format", "12,000", "12" NB "000" },
	{ "thousands", "eu-fr", "Le programme compte 12,000 agents et 3" NB "250 experts.",
		"number/format", "12,000", "12" NB "000" },
	{ "thousands", "fr-CA", "Le programme compte 12,000 agents et 3" NB "250 experts.",
		"number/format", "12,000", "12" NB "000" },
	{ "thousands", "un-en", "The mission has 12 000 soldiers and 3,250 police officers.",
		"number/format", "12 000", "12,000" },

	/* 1 to 9 in words */
	{ "words", "un-fr", "Le Comité a entendu 3 membres du Conseil hier.", "number/in-words",
		"3", "trois" },
	{ "words", "fao-fr", "Le Comité a entendu 3 membres du Conseil hier.",
		"number/in-words", "3", "trois" },
	{ "words", "un-fr-press", "Le Comité a entendu 3 membres du Conseil hier.", NULL, NULL,
		NULL },
	{ "words", "eu-fr", "Le Comité a entendu 3 membres du Conseil hier.", NULL, NULL,
		NULL },
	{ "words", "fr-CA", "Le Comité a entendu 3 membres du Conseil hier.", NULL, NULL,
		NULL },
	{ "words", "un-en", "The Committee heard 8 members of the Council.", "number/in-words",
		"8", "eight" },

	/* the case of acronyms */
	{ "acronyms", "un-fr", "Le rapport de l’Unesco est paru.", "acronym/case", "Unesco",
		"UNESCO" },
	{ "acronyms", "un-fr-press", "Le rapport de l’Unesco est paru.", "acronym/case",
		"Unesco", "UNESCO" },
	{ "acronyms", "fao-fr", "Le rapport de l’Unesco est paru.", "acronym/case", "Unesco",
		"UNESCO" },
	{ "acronyms", "eu-fr", "Le rapport de la CNUCED est paru.", "acronym/case", "CNUCED",
		"Cnuced" },
	{ "acronyms", "eu-fr", "Le rapport de l’OTAN est paru.", NULL, NULL, NULL },
	{ "acronyms", "fr-CA", "Le rapport de l’Unesco et de la CNUCED est paru.", NULL, NULL,
		NULL },

	/* the call of a note */
	{ "notes", "un-fr", "Il s’adresse à tous les États.¹ Il les remercie.",
		"reference/note-call", ".¹", "¹." },
	{ "notes", "fao-fr", "Il s’adresse à tous les États.¹ Il les remercie.",
		"reference/note-call", ".¹", "¹." },
	{ "notes", "un-en", "It was sent to all the States¹. They agreed.",
		"reference/note-call", "¹.", ".¹" },

	/* ministers */
	{ "ministers", "un-fr", "Le Ministre des Affaires étrangères a parlé.",
		"capital/portfolio", "Affaires", "affaires" },
	{ "ministers", "un-fr-press", "Le Ministre des Affaires étrangères a parlé.",
		"capital/portfolio", "Affaires", "affaires" },
	{ "ministers", "eu-fr", "Le Ministre des Affaires étrangères a parlé.", NULL, NULL,
		NULL },
	{ "ministers", "fr-CA", "Le Ministre des Affaires étrangères a parlé.", NULL, NULL,
		NULL },
	{ "ministers", "un-en", "The Minister for Foreign Affairs spoke.", NULL, NULL, NULL },

	/* member States */
	{ "members", "un-fr", "Les États membres de l’ONU ont voté.", "capital/state",
		"États membres", "États Membres" },
	{ "members", "un-fr-press", "Les États membres de l’ONU ont voté.", "capital/state",
		"États membres", "États Membres" },
	{ "members", "eu-fr", "Les États membres de l’Union européenne ont voté.", NULL, NULL,
		NULL },
	{ "members", "un-en", "The member states agreed on it.", "capital/state",
		"member states", "Member States" },

	/* the serial comma */
	{ "series", "un-en", "It covers organs, organizations, and bodies.",
		"punctuation/series", "organizations, and", "organizations and" },
	{ "series", "un-en-resolution", "It covers organs, organizations, and bodies.", NULL,
		NULL, NULL },

	/* spelling */
	{ "spelling", "un-en", "The organisation of labor goes on.", "spelling/oxford",
		"organisation", "organization" },
	{ "spelling", "un-en", "The labor market is weak.", "spelling/british", "labor",
		"labour" },
	{ "spelling", "un-fr", "Il apparait et parait connaitre ce qu’il doit connaître.",
		"consistency/spelling", "apparait", "apparaît" },

	/* extracted text has lost its no-break spaces */
	{ "extracted", "un-fr+extracted-text", "Le 3 mai, M. Diop a lu le par. 5 (voir no 7).",
		NULL, NULL, NULL },
};

static int
judge_finding(const cell *x, const paraph_result *r, size_t i)
{
	paraph_finding f = paraph_result_finding(r, i);

	if (x->rule == NULL || strcmp(f.rule, x->rule) != 0 || !api_is(f.text, x->found))
		return 0;
	return f.suggestion_count > 0 && api_is(paraph_result_suggestion(r, i, 0), x->right);
}

static int
judge(const cell *x)
{
	paraph_language l =
		strncmp(x->profile, "un-en", 5) == 0 ? PARAPH_LANGUAGE_EN : PARAPH_LANGUAGE_FR;
	api a = api_open((paraph_options){ .profile = x->profile, .language = l });
	paraph_result *r = api_check(&a, "x.txt", x->text);
	size_t n = paraph_result_count(r);
	int good = x->rule == NULL && n == 0;

	for (size_t i = 0; i < n; i++)
		good |= judge_finding(x, r, i);
	if (!good) {
		print_error("%s, %s: %s\n", x->question, x->profile, x->text);
		for (size_t i = 0; i < n; i++) {
			paraph_finding f = paraph_result_finding(r, i);
			paraph_text s = { "", 0 };
			if (f.suggestion_count > 0)
				s = paraph_result_suggestion(r, i, 0);
			print_error("  %s: “%.*s” → “%.*s”\n", f.rule, (int)f.text.n, f.text.p,
				(int)s.n, s.p);
		}
	}
	paraph_result_free(r);
	api_close(&a);
	return !good;
}

static void
houses_decide(void **state)
{
	int bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++)
		bad += judge(&cells[i]);
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(houses_decide) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
