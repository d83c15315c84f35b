/* paraph lsp: the language server (apps/lsp). */
#include "apps/lsp/lsp.h"

#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"

static int
lsp(const settings *s)
{
	if (s->paths.n != 0)
		return complain(s, "lsp takes no files: the editor sends them",
			"lsp ne prend pas de fichiers\u00A0: l’éditeur les envoie");
	if (s->socket == NULL)
		return lsp_over_stdio(s);
	char *end;
	unsigned long port = strtoul(s->socket, &end, 10);
	if (s->socket[0] < '0' || s->socket[0] > '9' || *end != '\0' || port > 65535)
		return complain(s, "--socket: “%s” is no port (0 to 65535)",
			"--socket\u00A0: «\u00A0%s\u00A0» n’est pas un port (0 à 65535)",
			s->socket);
	return lsp_over_socket(s, (unsigned)port);
}

const command command_lsp = {
	.name = "lsp",
	.bit = IN_LSP,
	.arguments_en = "[OPTION…]",
	.arguments_fr = "[OPTION…]",
	.summary_en = "the language server: findings, corrections, terms in an editor",
	.summary_fr = "le serveur pour éditeurs\u00A0: signalements, corrections, termes",
	.help_en = "Speaks the Language Server Protocol (3.17) over standard input and output, "
		   "or\n"
		   "with one client on a port of this machine. Editors start it themselves:\n"
		   "docs/EDITORS.md. The options hold where the settings of the editor say "
		   "nothing.",
	.help_fr =
		"Parle le Language Server Protocol (3.17) par l’entrée et la sortie standard,\n"
		"ou avec un client sur un port de cette machine. Les éditeurs le lancent\n"
		"eux-mêmes\u00A0: docs/EDITORS.md. Les options valent là où les réglages de\n"
		"l’éditeur ne disent rien.",
	.run = lsp,
};
