/* Compiles a table of word pairs (data/lang/LANGUAGE-joins.tsv) to what text/joins.c opens. */
#include <stdio.h>

#include "text/joins.h"

int
main(int argc, char **argv)
{
	context c;

	context_init(&c, &memory_libc);
	if (argc != 3) {
		fprintf(stderr, "usage: joins-compile TABLE.tsv OUT.joins\n");
		return 2;
	}
	if (joins_compile(&c, argv[1], argv[2]) != STATUS_OK) {
		fprintf(stderr, "joins-compile: %s\n", c.message);
		return 2;
	}
	return 0;
}
