#!/bin/sh
# The C table of data/lang/elision-fr.tsv, sorted by class and word, for checker/rules/vowel.c.
#   tools/elision.sh data/lang/elision-fr.tsv >elision_fr.c
set -eu
LC_ALL=C
export LC_ALL
tab=$(printf '\t')

# Apart from what follows, so that a bad row ends the script: a pipe hides how its first part ends.
rows=$(awk -F'\t' '
	BEGIN { class["mute"] = 0; class["whole"] = 1; class["capital"] = 2; class["aspirated"] = 3; class["name"] = 4 }
	/^#/ || NF == 0 { next }
	NF != 3 || !($1 in class) { print FILENAME ":" FNR ": class, words, source, please" >"/dev/stderr"; exit 1 }
	{
		n = split($2, word, " ")
		for (i = 1; i <= n; i++) {
			star = sub(/\*$/, "", word[i])
			if (length(word[i]) < 2 || length(word[i]) > 22) {
				print FILENAME ":" FNR ": two to 22 bytes, please: " word[i] >"/dev/stderr"
				exit 1
			}
			print class[$1] "\t" word[i] "\t" star
		}
	}' "$1")

printf '%s\n' '#include "checker/rules/vowel.h"' '' 'const vowel_pattern vowel_patterns[] = {'
printf '%s\n' "$rows" | sort -t "$tab" -k1,1n -k2,2 -k3,3 -u |
awk -F'\t' '
	{ printf "\t{ \"%s\", %d, %d },\n", $2, length($2), $3; count[$1]++ }
	END {
		printf "};\n\nconst size_t vowel_class_first[] = { 0"
		for (k = 0; k < 5; k++)
			printf ", %d", first += count[k]
		print " };"
	}'
