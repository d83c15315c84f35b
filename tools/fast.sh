#!/usr/bin/env bash
# usage: tools/fast.sh PROGRAM DATA
# Runs a program that was built to note which ways it takes (tools/fast.mk) over the French and
# English text of the repository, as users run it.
set -eu
program=$1
export PARAPH_DATA=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

{
	cat data/samples/lettre.txt
	find tests/cases -name '*.txt' -type f -print0 | sort -z | xargs -0 cat
} >"$folder/cases.txt"
cp docs/*.md data/samples/*.txt "$folder"
# As long as files that take time are: what is done for every word counts, not what is done once.
for i in $(seq 20); do
	grep -v '[`|]' docs/RULES.md
	cat data/samples/*.txt
done >"$folder/long.txt"
run() { # findings are no failure
	"$program" "$@" >/dev/null 2>&1 || [ $? = 1 ]
}
for format in text json; do
	run check --no-cache -j1 --format $format "$folder"
done
run fix --diff "$folder/cases.txt"
run term find "$folder"
run text "$folder/cases.txt"
