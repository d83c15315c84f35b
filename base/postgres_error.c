/* What went wrong between us and a server, in the user's language. The server's own sentences
 * are in the language of the server; its five letters (SQLSTATE) are the same everywhere. */
#include <stdio.h>
#include <string.h>

#include "base/postgres_private.h"

static const struct {
	const char *sqlstate; /* or its first two letters, for the whole class */
	status status;
	const char *en, *fr;
} sentences[] = {
	{ "28P01", STATUS_IO, "the server does not accept the user or the password",
		"le serveur n’accepte pas l’utilisateur ou le mot de passe" },
	{ "28000", STATUS_IO, "the server does not accept this user from here",
		"le serveur n’accepte pas cet utilisateur d’ici" },
	{ "3D000", STATUS_IO, "there is no such database on the server",
		"il n’y a pas de base de ce nom sur le serveur" },
	{ "42501", STATUS_IO, "the user of the URL may not do this",
		"l’utilisateur de l’URL n’en a pas le droit" },
	{ "25006", STATUS_IO, "the server only reads (a standby, perhaps)",
		"le serveur ne fait que lire (un serveur de secours, peut-être)" },
	{ "40001", STATUS_AGAIN, "somebody else was writing the same; try again",
		"quelqu’un d’autre écrivait la même chose\u00A0; réessayez" },
	{ "40P01", STATUS_AGAIN, "somebody else was writing the same; try again",
		"quelqu’un d’autre écrivait la même chose\u00A0; réessayez" },
	{ "55P03", STATUS_AGAIN, "somebody else is writing the same; try again",
		"quelqu’un d’autre est en train d’écrire la même chose\u00A0; réessayez" },
	{ "55000", STATUS_AGAIN, "the database is not ready for this (closed, perhaps)",
		"la base n’est pas prête à cela (fermée, peut-être)" },
	{ "57014", STATUS_AGAIN, "the server took too long and gave up (statement_timeout)",
		"le serveur a mis trop de temps et a renoncé (statement_timeout)" },
	{ "53100", STATUS_AGAIN, "no space left on the disk of the server",
		"il n’y a plus de place sur le disque du serveur" },
	{ "53200", STATUS_AGAIN, "the server has no memory left",
		"le serveur n’a plus assez de mémoire" },
	{ "53300", STATUS_AGAIN, "the server has too many connections",
		"le serveur a trop de connexions" },
	{ "57P03", STATUS_AGAIN, "the server is starting or stopping",
		"le serveur démarre ou s’arrête" },
	{ "57", STATUS_AGAIN, "the server was stopped", "le serveur a été arrêté" },
	{ "08", STATUS_AGAIN, "the connection was lost", "la connexion a été perdue" },
	{ "XX001", STATUS_DAMAGED, "the database is damaged", "la base est abîmée" },
	{ "XX002", STATUS_DAMAGED, "an index of the database is damaged",
		"un index de la base est abîmé" },
};

static status
note(postgres *p, status s)
{
	snprintf(p->failure, sizeof(p->failure), "%s", p->context->message);
	return s;
}

status
postgres_fail(postgres *p, status s, const char *en, const char *fr)
{
	p->sqlstate[0] = '\0';
	return note(p, context_fail(p->context, s, "%s: %s", "%s\u00A0: %s", p->name,
			       p->context->ui == LANGUAGE_FR ? fr : en));
}

/* The first line alone: what follows it is the place in the server's source. */
static slice
first_line(const char *said)
{
	slice rest = slice_of(said), line = SLICE("");

	(void)slice_line(&rest, &line);
	return line;
}

status
postgres_told(postgres *p, const char *sqlstate, const char *said)
{
	char kept[sizeof(p->sqlstate)];
	const size_t n = sizeof(sentences) / sizeof(*sentences);

	snprintf(kept, sizeof(kept), "%s", sqlstate);
	for (size_t i = 0; i < n; i++) {
		size_t letters = strlen(sentences[i].sqlstate);
		if (strncmp(kept, sentences[i].sqlstate, letters) != 0)
			continue;
		status s =
			postgres_fail(p, sentences[i].status, sentences[i].en, sentences[i].fr);
		memcpy(p->sqlstate, kept, sizeof(kept));
		return s;
	}
	memcpy(p->sqlstate, kept, sizeof(kept));
	slice line = first_line(said);
	return note(p, context_fail(p->context, STATUS_IO, "%s: %.*s (%s)",
			       "%s\u00A0: %.*s (%s)", p->name, SLICE_ARG(line), kept));
}

status
postgres_lost(postgres *p)
{
	status s = postgres_fail(p, STATUS_AGAIN,
		p->commits ? "the connection was lost while the transaction ended; whether it "
			     "was written is not known"
		: p->open  ? "the connection was lost; nothing of the transaction was written"
			   : "the connection was lost",
		p->commits
			? "la connexion a été perdue à la fin de la transaction\u00A0; on ne "
			  "sait pas si elle a été écrite"
		: p->open ? "la connexion a été perdue\u00A0; rien de la transaction n’a été "
			    "écrit"
			  : "la connexion a été perdue");

	postgres_disconnect(p);
	return s;
}

status
postgres_silent(postgres *p)
{
	status s = note(p,
		context_fail(p->context, STATUS_AGAIN, "%s: no answer for %u seconds",
			"%s\u00A0: pas de réponse depuis %u secondes", p->name, p->patience));

	p->sqlstate[0] = '\0';
	postgres_disconnect(p);
	return s;
}

/* In "… failed: FATAL:  28P01: password authentication failed", whatever the language of the
 * severity. */
static const char *
find_sqlstate(const char *said, char out[6])
{
	for (const char *at = strstr(said, ":  "); at != NULL; at = strstr(at + 1, ":  ")) {
		const char *code = at + 3;
		size_t n = strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (n != 5 || code[5] != ':' || code[6] != ' ')
			continue;
		memcpy(out, code, 5);
		out[5] = '\0';
		return code + 7;
	}
	return NULL;
}

status
postgres_unreached(postgres *p, const char *said)
{
	char sqlstate[6];
	const char *message = find_sqlstate(said, sqlstate);
	slice line = first_line(said);

	if (message != NULL)
		return postgres_told(p, sqlstate, message);
	p->sqlstate[0] = '\0';
	if (strstr(said, "no password supplied") != NULL)
		return postgres_fail(p, STATUS_IO,
			"the server wants a password (in ~/.pgpass, PGPASSWORD or the URL)",
			"le serveur demande un mot de passe (dans ~/.pgpass, PGPASSWORD ou "
			"l’URL)");
	if (strstr(said, "Connection refused") != NULL)
		return postgres_fail(
			p, STATUS_AGAIN, "no server answers there", "aucun serveur n’y répond");
	return note(p,
		context_fail(p->context, STATUS_AGAIN, "%s: the server cannot be reached: %.*s",
			"%s\u00A0: le serveur ne peut être atteint\u00A0: %.*s", p->name,
			SLICE_ARG(line)));
}

const char *
postgres_sqlstate(const postgres *p)
{
	return p->sqlstate;
}

const char *
postgres_failure(const postgres *p)
{
	return p->failure;
}

bool
postgres_may_retry(const postgres *p)
{
	return strcmp(p->sqlstate, "40001") == 0 || strcmp(p->sqlstate, "40P01") == 0;
}
