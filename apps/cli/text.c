/* paraph text: the text that the rules see, which is what places in binary formats count in. */
#include <stdio.h>

#include "apps/cli/command.h"
#include "apps/cli/each.h"

static int
print(void *user, paraph_session *session, const paraph_result *r)
{
	paraph_text t = paraph_result_text(r);

	(void)user;
	(void)session;
	if (t.n != 0)
		fwrite(t.p, 1, t.n, stdout);
	return EXIT_CLEAN;
}

static int
text(const settings *s)
{
	return each_file(s, &s->paths, print, NULL);
}

const command command_text = {
	.name = "text",
	.bit = IN_TEXT,
	.arguments_en = "FILE…",
	.arguments_fr = "FICHIER…",
	.summary_en = "print the text of documents as the rules see it",
	.summary_fr = "écrire le texte des documents tel que les règles le voient",
	.help_en = "Prints the extracted text in UTF-8: paragraphs joined, accents composed.",
	.help_fr = "Écrit le texte extrait, en UTF-8\u00A0: paragraphes reconstitués, accents "
		   "composés.",
	.run = text,
};
