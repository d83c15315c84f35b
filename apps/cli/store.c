/* paraph store init, migrate, check and reshard: stores that several machines share. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/stores.h"

/* The exit status for a failure, told on standard error. */
static int
exit_of_store(const settings *s, paraph_status status, const char *message)
{
	if (status == PARAPH_OK)
		return EXIT_CLEAN;
	(void)complain(s, "%s", "%s", message);
	return status == PARAPH_AGAIN || status == PARAPH_MEMORY ? EXIT_AGAIN : EXIT_TROUBLE;
}

void
store_rights(const settings *s, const paraph_store_state *x, char *out, size_t size)
{
	const struct {
		bool has;
		const char *en, *fr;
	} rights[] = {
		{ x->reads, "reads", "lit" },
		{ x->writes, "writes", "écrit" },
		{ x->owns, "administers", "administre" },
	};

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(rights) / sizeof(*rights); i++) {
		size_t used = strlen(out);
		if (rights[i].has)
			snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ", ",
				say(s, rights[i].en, rights[i].fr));
	}
	if (out[0] == '\0')
		snprintf(out, size, "%s", say(s, "no rights", "aucun droit"));
}

const char *
store_part_name(const settings *s, const paraph_store_state *x)
{
	return strcmp(x->part, "termbase") == 0 ? say(s, "termbase", "termes")
						: say(s, "memory", "mémoire");
}

static void
put_database(const settings *s, const paraph_store_state *x)
{
	char rights[80];

	store_rights(s, x, rights, sizeof(rights));
	printf("%s: PostgreSQL %d.%d%s, %s%s\n", x->name, x->server / 10000, x->server % 10000,
		x->standby ? say(s, ", a standby", ", de secours") : "", rights,
		x->roles ? ""
			 : say(s, "; no roles of paraph", "\u00A0; pas de rôles de paraph"));
}

static void
put_part(const settings *s, const paraph_store_state *x)
{
	const char *what = store_part_name(s, x);

	if (x->version == 0)
		printf(say(s, "  %s: not there; paraph store init makes it\n",
			       "  %s\u00A0: absente\u00A0; paraph store init la crée\n"),
			what);
	else if (x->version < x->newest)
		printf(say(s, "  %s: version %d; paraph store migrate brings it to %d\n",
			       "  %s\u00A0: version %d\u00A0; paraph store migrate la porte à "
			       "%d\n"),
			what, x->version, x->newest);
	else if (x->version > x->newest)
		printf(say(s, "  %s: version %d; this paraph knows %d only\n",
			       "  %s\u00A0: version %d\u00A0; ce paraph ne connaît que la "
			       "%d\n"),
			what, x->version, x->newest);
	else
		printf(say(s, "  %s: version %d\n", "  %s\u00A0: version %d\n"), what,
			x->version);
}

/* Does the database answer, and has the part the version of this paraph? */
static bool
is_well(const paraph_store_state *x)
{
	if (x->trouble != NULL)
		return false;
	return x->part == NULL ? x->reads : x->version == x->newest;
}

/* What is wrong with the one of the URL itself is told by others. */
bool
store_lacks_shards(const settings *s, const char *url, char *out, size_t size)
{
	paraph_tm_options o = { .ui = s->ui, .path = url, .allow_incomplete = true };
	char message[512];
	paraph_tm *tm;

	if (paraph_tm_open(&tm, &o, message, sizeof(message)) != PARAPH_OK)
		return false;
	const char *missing = paraph_tm_missing(tm);
	if (missing != NULL)
		snprintf(out, size, "%s", missing);
	paraph_tm_close(tm);
	return missing != NULL;
}

typedef struct look {
	const settings *s;
	bool well;
} look;

static paraph_status
put_state(void *user, const paraph_store_state *x)
{
	look *l = user;

	l->well = l->well && is_well(x);
	if (x->trouble != NULL)
		printf("%s\n", x->trouble);
	else if (x->part == NULL)
		put_database(l->s, x);
	else
		put_part(l->s, x);
	return PARAPH_OK;
}

static int
want_urls(const settings *s)
{
	return complain(s, "store wants the URL of a database: postgresql://user@host/base",
		"store demande l’URL d’une base de données\u00A0: "
		"postgresql://utilisateur@hôte/base");
}

static paraph_status
print(void *user, const char *bytes, size_t n)
{
	(void)user;
	return fwrite(bytes, 1, n, stdout) == n ? PARAPH_OK : PARAPH_IO;
}

static int
make(const settings *s, bool only_migrate)
{
	paraph_store_options o = { .ui = s->ui, .urls = (const char *const *)s->paths.at };
	char message[512] = "";
	look l = { s, true };

	if (s->sql)
		return exit_of_store(s,
			paraph_store_script(&o, print, NULL, message, sizeof(message)),
			message);
	if (s->paths.n == 0)
		return want_urls(s);
	return exit_of_store(s,
		paraph_store_make(&o, only_migrate, put_state, &l, message, sizeof(message)),
		message);
}

static void
count_units(void *user, size_t buckets, uint64_t units)
{
	(void)buckets;
	*(uint64_t *)user = units;
}

static int
store_reshard(const settings *s)
{
	paraph_store_options o = { .ui = s->ui, .urls = (const char *const *)s->paths.at };
	char message[512] = "";
	uint64_t units = 0;

	if (s->paths.n == 0)
		return want_urls(s);
	int status = exit_of_store(s,
		paraph_store_reshard(&o, count_units, &units, message, sizeof(message)),
		message);
	if (status == EXIT_CLEAN)
		printf(say(s, "%llu units moved\n", "%llu unités déplacées\n"),
			(unsigned long long)units);
	return status;
}

static int
store_init(const settings *s)
{
	return make(s, false);
}

static int
store_migrate(const settings *s)
{
	return make(s, true);
}

static int
store_check(const settings *s)
{
	paraph_store_options o = { .ui = s->ui, .urls = (const char *const *)s->paths.at };
	char message[512] = "";
	look l = { s, true };

	if (s->paths.n == 0)
		return want_urls(s);
	int status = exit_of_store(
		s, paraph_store_look(&o, put_state, &l, message, sizeof(message)), message);
	for (size_t i = 0; i < s->paths.n; i++)
		if (store_lacks_shards(s, s->paths.at[i], message, sizeof(message))) {
			printf(say(s, "  memory: of its databases these do not answer: %s\n",
				       "  mémoire\u00A0: de ses bases, ne répondent pas\u00A0: "
				       "%s\n"),
				message);
			l.well = false;
		}
	return status == EXIT_CLEAN && !l.well ? EXIT_FINDINGS : status;
}

const command command_store_init = {
	.name = "store init",
	.bit = IN_STORE_INIT,
	.arguments_en = "[OPTION…] URL…",
	.arguments_fr = "[OPTION…] URL…",
	.summary_en = "make the tables of a shared store in a PostgreSQL database",
	.summary_fr = "créer les tables d’une base partagée dans une base PostgreSQL",
	.help_en = "Makes what a termbase and a translation memory want in databases that are "
		   "there: a\n"
		   "schema “paraph”, its tables, and where the user may, the roles "
		   "paraph_reader,\n"
		   "paraph_writer and paraph_admin, to be granted to people. What is there "
		   "already\n"
		   "stays. Afterwards postgresql://user@host/base may be named wherever a "
		   "termbase\n"
		   "or a memory may: --termbase, --tm, --into, paraph.yaml. Passwords belong "
		   "into\n"
		   "~/.pgpass.",
	.help_fr = "Crée ce que veulent une base terminologique et une mémoire de traduction "
		   "dans des\n"
		   "bases qui existent\u00A0: un schéma «\u00A0paraph\u00A0», ses tables et, "
		   "si l’utilisateur en a\n"
		   "le droit, les rôles paraph_reader, paraph_writer et paraph_admin, à "
		   "accorder aux\n"
		   "personnes. Ce qui existe reste. Ensuite, "
		   "postgresql://utilisateur@hôte/base se nomme\n"
		   "partout où se nomme une base terminologique ou une mémoire\u00A0: "
		   "--termbase, --tm,\n"
		   "--into, paraph.yaml. Les mots de passe vont dans ~/.pgpass.",
	.run = store_init,
};

const command command_store_migrate = {
	.name = "store migrate",
	.bit = IN_STORE_MIGRATE,
	.arguments_en = "[OPTION…] URL…",
	.arguments_fr = "[OPTION…] URL…",
	.summary_en = "bring the tables of a shared store up to date",
	.summary_fr = "mettre à jour les tables d’une base partagée",
	.help_en = "Brings the tables that an earlier paraph made to the version of this one, "
		   "each\n"
		   "database in one transaction: it is brought up to date, or stays as it was.",
	.help_fr = "Porte les tables créées par un paraph antérieur à la version de celui-ci, "
		   "chaque base\n"
		   "en une transaction\u00A0: elle est à jour, ou reste comme elle était.",
	.run = store_migrate,
};

const command command_store_check = {
	.name = "store check",
	.bit = IN_STORE_CHECK,
	.arguments_en = "[OPTION…] URL…",
	.arguments_fr = "[OPTION…] URL…",
	.summary_en = "tell what a shared store is, and what one may do with it",
	.summary_fr = "dire ce qu’est une base partagée et ce qu’on peut en faire",
	.help_en = "Says of each database whether it answers, which server it is, what its "
		   "user may do,\n"
		   "and the version of each part. Changes nothing. Exit status 1 when one does "
		   "not\n"
		   "answer, or something is not there or not of this paraph’s version.",
	.help_fr = "Dit de chaque base si elle répond, quel serveur c’est, ce que "
		   "l’utilisateur peut\n"
		   "y faire, et la version de chaque partie. Ne change rien. État de sortie 1 "
		   "si l’une\n"
		   "ne répond pas, si quelque chose manque ou n’est pas de la version de ce "
		   "paraph.",
	.run = store_check,
};

const command command_store_reshard = {
	.name = "store reshard",
	.bit = IN_STORE_RESHARD,
	.arguments_en = "[OPTION…] URL…",
	.arguments_fr = "[OPTION…] URL…",
	.summary_en = "spread a shared memory over several databases",
	.summary_fr = "répartir une mémoire partagée entre plusieurs bases",
	.help_en =
		"Moves the units of a translation memory until the databases that are named "
		"have equal\n"
		"parts of it, and others that had some have none. In all of them “store init” "
		"was\n"
		"run; the first is one that the memory is in, and stays. Everybody goes on "
		"reading and\n"
		"writing. When it is stopped, the same command goes on. Afterwards the URL of "
		"any of\n"
		"the databases opens the whole memory.",
	.help_fr = "Déplace les unités d’une mémoire de traduction jusqu’à ce que les bases "
		   "nommées en\n"
		   "aient des parts égales et que les autres n’en aient plus. «\u00A0store "
		   "init\u00A0» les a toutes\n"
		   "préparées\u00A0; la première est une de celles de la mémoire, et le reste. "
		   "Chacun continue\n"
		   "de lire et d’écrire. Interrompue, la même commande reprend. Ensuite, l’URL "
		   "de n’importe\n"
		   "laquelle des bases ouvre toute la mémoire.",
	.run = store_reshard,
};
