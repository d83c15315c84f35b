/* Compiles the lexicon of a language:  lexicon LANGUAGE FREQUENCIES OUT
 * Run by text/lexicon.mk at build time. */
#include <stdio.h>
#include <string.h>

#include "text/lexicon.h"
#include "text/lexicon_source.h"

int
main(int argc, char **argv)
{
	context c;
	language l = LANGUAGE_UNKNOWN;

	context_init(&c, &memory_libc);
	if (argc == 4)
		l = strcmp(argv[1], "fr") == 0 ? LANGUAGE_FR : LANGUAGE_EN;
	if (l == LANGUAGE_UNKNOWN) {
		fputs("usage: lexicon fr|en FREQUENCIES OUT\n", stderr);
		return 2;
	}
	if (lexicon_compile(&c, l, lexicon_source_folder(), argv[2], argv[3]) == STATUS_OK)
		return 0;
	fprintf(stderr, "lexicon: %s\n", c.message);
	return 2;
}
