#!/bin/sh
# The byte at which each row of data/lang/collocations-fr.tsv begins, in the order of the file,
# which is that of its nouns.
#   tools/collocations.sh data/lang/collocations-fr.tsv >collocation_rows.c
set -eu
LC_ALL=C
export LC_ALL

printf '%s\n' '#include "checker/rules/collocation.h"' '' 'const uint32_t collocation_rows[] = {'
awk -F'\t' '
	!/^#/ && NF != 0 {
		if ($1 "" <= last "") {
			print FILENAME ":" FNR ": not in order: " $1 >"/dev/stderr"
			exit 1
		}
		last = $1
		rows++
		printf "\t%d,\n", at
	}
	{ at += length($0) + 1 }
	END { printf "};\nconst size_t collocation_row_count = %d;\n", rows }' "$1"
