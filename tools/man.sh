#!/bin/sh
# The manual page, from what the program says of itself: tools/man.sh build/paraph en|fr
set -eu
program=$1
language=$2
export NO_COLOR=1

if [ "$language" = fr ]; then
	what='dernier contrôle des textes des Nations Unies' commands=COMMANDES files=FICHIERS
	status='ÉTAT DE SORTIE' see='VOIR AUSSI' name=NOM synopsis=SYNOPSIS
else
	what='last check of United Nations texts' commands=COMMANDS files=FILES
	status='EXIT STATUS' see='SEE ALSO' name=NAME synopsis=SYNOPSIS
fi

say() { "$program" "$@" --ui-lang "$language"; }

# Text of --help as macros: an option and what it does, or a paragraph.
macros() {
	awk '
	function escape(s) {
		gsub(/\\/, "\\e", s)
		gsub(/-/, "\\-", s)
		sub(/^[.\x27]/, "\\\\\\&&", s)
		return s
	}
	/^$/ { blank = 1; next }
	/^ +(-.,)? *--[a-z]/ || /^ +-., --/ {
		line = $0
		sub(/^ +/, "", line)
		at = match(line, /  +/)
		left = at ? substr(line, 1, at - 1) : line
		right = at ? substr(line, at + RLENGTH) : ""
		print ".TP\n.B " escape(left)
		if (right != "") print escape(right)
		blank = 0; option = 1
		next
	}
	{
		line = $0
		sub(/^ +/, "", line)
		if (blank && !option) print ".PP"
		print escape(line)
		blank = 0
	}'
}

printf '.TH PARAPH 1 "" "paraph %s"\n' "$("$program" --version | sed 's/^paraph //')"
printf '.SH %s\nparaph \\- %s\n' "$name" "$what"
printf '.SH %s\n.B paraph\n.I COMMAND\n[\\fIOPTION\\fR…] [\\fIARGUMENT\\fR…]\n' "$synopsis"
printf '.SH %s\n' "$commands"
say --help | sed -n 's/^  \([a-z ]*[a-z]\) .*/\1/p' | sed 's/  .*//' |
	while IFS= read -r line; do
		command=$(echo "$line" | awk '{ if ($1 == "term" || $1 == "tm" || $1 == "baseline" || $1 == "config" || $1 == "report") print $1, $2; else print $1 }')
		printf '.SS paraph %s\n' "$command"
		# shellcheck disable=SC2086 # two words are two arguments
		say $command --help | sed '1d' | macros
	done
printf '.SH %s\n' "$status"
if [ "$language" = fr ]; then
	printf '0 rien à signaler, 1 des signalements, 2 la demande n’a pas pu être exécutée,\n75 pas maintenant (plus de place, plus de mémoire) : réessayer.\n'
else
	printf '0 nothing found, 1 findings, 2 the program could not do what was asked,\n75 not now (no room on the disk, no memory): try again.\n'
fi
printf '.SH %s\n.TP\n.I paraph.yaml\n' "$files"
if [ "$language" = fr ]; then
	printf 'réglages d’un projet, cherchés en remontant depuis chaque document\n'
	printf '.TP\n.I $XDG_CONFIG_HOME/paraph/words.txt\ndictionnaire personnel\n'
	printf '.TP\n.I $XDG_DATA_HOME/paraph/termbase.db\nbase terminologique personnelle\n'
else
	printf 'settings of a project, looked for upward from each document\n'
	printf '.TP\n.I $XDG_CONFIG_HOME/paraph/words.txt\nyour own dictionary\n'
	printf '.TP\n.I $XDG_DATA_HOME/paraph/termbase.db\nyour own termbase\n'
fi
printf '.SH %s\n.BR hunspell (1),\n.BR aspell (1)\n' "$see"
