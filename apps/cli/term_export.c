/* paraph term export: termbases written in a format of exchange. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/output.h"

#define PATH_BYTES 4096

static paraph_status
write_piece(void *user, const char *bytes, size_t n)
{
	output_write(user, bytes, n);
	return PARAPH_OK;
}

/* The formats that are written, for the message: "tsv, csv, tbx". */
static void
list_formats(char out[256])
{
	const char *name, *summary;
	bool read, written;
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; (name = paraph_termbase_format_at(
				    i, PARAPH_LANGUAGE_EN, &read, &written, &summary)) != NULL;
		i++)
		if (written && n < 200)
			n += (size_t)snprintf(
				out + n, 256 - n, "%s%s", n == 0 ? "" : ", ", name);
}

static int
find_format(const settings *s, const char **out)
{
	char known[256];
	const char *name, *summary;
	bool read, written;

	*out = s->to;
	if (*out == NULL && s->output != NULL)
		*out = paraph_termbase_format(s->output);
	if (*out == NULL)
		*out = "tsv";
	for (size_t i = 0;
		(name = paraph_termbase_format_at(i, s->ui, &read, &written, &summary)) != NULL;
		i++)
		if (written && strcmp(name, *out) == 0)
			return EXIT_CLEAN;
	list_formats(known);
	return complain(s, "“%s” is no format that paraph writes: %s",
		"«\u00A0%s\u00A0» n’est pas un format que paraph écrit\u00A0: %s", *out, known);
}

/* Those that are named, or one's own. */
static int
open_bases(const settings *s, paraph_termbase **out)
{
	static char personal[PATH_BYTES];
	const char *own[] = { personal, NULL };
	char message[512] = "";
	paraph_termbase_options options = { .ui = s->ui, .no_builtin = true };

	if (s->paths.n != 0)
		options.paths = (const char *const *)s->paths.at;
	else if (paraph_termbase_personal(personal, sizeof(personal)) == PARAPH_OK)
		options.paths = own;
	else
		return complain(s, "term export wants a termbase",
			"term export demande une base terminologique");
	if (paraph_termbase_open(out, &options, message, sizeof(message)) == PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

static int
write_out(const settings *s, paraph_termbase *t, const char *format)
{
	output out;
	uint64_t left_out;
	int status = output_open(&out, s, s->output);

	if (status != EXIT_CLEAN)
		return status;
	if (paraph_termbase_export(t, format, write_piece, &out, &left_out) != PARAPH_OK) {
		output_abandon(&out);
		return complain(s, "%s", "%s", paraph_termbase_message(t));
	}
	status = output_close(&out, s);
	if (status == EXIT_CLEAN && left_out != 0)
		complain(s, "%" PRIu64 " facts are left out: %s has no place for them",
			"%" PRIu64 " éléments laissés de côté\u00A0: %s ne peut pas les dire",
			left_out, format);
	return status;
}

static int
term_export(const settings *s)
{
	paraph_termbase *t;
	const char *format;
	int status = find_format(s, &format);

	if (status == EXIT_CLEAN)
		status = open_bases(s, &t);
	if (status != EXIT_CLEAN)
		return status;
	status = write_out(s, t, format);
	paraph_termbase_close(t);
	return status;
}

const command command_term_export = {
	.name = "term export",
	.bit = IN_TERM_EXPORT,
	.arguments_en = "[OPTION…] [BASE…]",
	.arguments_fr = "[OPTION…] [BASE…]",
	.summary_en = "write termbases in a format of exchange",
	.summary_fr = "écrire des bases dans un format d’échange",
	.help_en =
		"Writes your own termbase, or those named (stores or files, later ones over\n"
		"earlier ones), as tsv, csv, omegat, tbx (DCA), tbx-dct, tbx-v2, tbx-basic,\n"
		"tbx-basic-dct or tbx-core. The output appears whole or not at all; what the\n"
		"format has no place for is counted on standard error.",
	.help_fr = "Écrit votre base personnelle, ou celles qui sont nommées (bases ou "
		   "fichiers, les\n"
		   "dernières par-dessus les premières), en tsv, csv, omegat, tbx (DCA), "
		   "tbx-dct,\n"
		   "tbx-v2, tbx-basic, tbx-basic-dct ou tbx-core. La sortie paraît en entier "
		   "ou pas du\n"
		   "tout\u00A0; ce que le format ne peut pas dire est compté sur la sortie "
		   "d’erreur.",
	.run = term_export,
};
