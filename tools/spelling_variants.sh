#!/bin/sh
# The C table of data/lang/spelling-variants.tsv, sorted by language and word, for
# checker/rules/consistency_spelling.c.
#   tools/spelling_variants.sh data/lang/spelling-variants.tsv >spelling_variants.c
set -eu
LC_ALL=C
export LC_ALL
tab=$(printf '\t')

printf '%s\n' '#include "checker/rules/spelling_variants.h"' '' \
	'const spelling_variant spelling_variants[] = {'
awk -F'\t' '
	function part(s) { return s == "-" ? "" : s }
	/^#/ || NF == 0 { next }
	NF != 8 { print FILENAME ":" FNR ": eight columns, please" >"/dev/stderr"; exit 1 }
	!(($1, $2) in family) { family[$1, $2] = families++ }
	{
		n = split($7, ending, ",")
		for (i = 1; i <= n; i++) {
			first = part($4) part($5) part(ending[i])
			second = part($4) part($6) part(ending[i])
			choice = family[$1, $2] "\t" ($3 == "open") "\t" ($3 == "reform")
			print $1 "\t" first "\t" second "\t0\t" choice
			print $1 "\t" second "\t" first "\t1\t" choice
		}
	}' "$1" | sort -t "$tab" -k1,1 -k2,2 -u |
awk -F'\t' '
	{
		printf "\t{ \"%s\", \"%s\", LANGUAGE_%s, %d, %d, %d, %d },\n", $2, $3, toupper($1), $4, $5, $6, $7
		words = words "\t\"" $2 "\",\n"
		most = $5 > most ? $5 : most
	}
	END {
		printf "};\n\nconst size_t spelling_variant_count = %d;\n", NR
		printf "const size_t spelling_family_count = %d;\n\n", most + 1
		printf "const char *const spelling_variant_words[] = {\n%s\tNULL,\n};\n", words
	}'
