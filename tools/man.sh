#!/bin/sh
# The manual page in mdoc(7), from what the program says of itself: tools/man.sh build/paraph en|fr
# `mandoc -Tlint` has nothing to say about it (make lint), so that the section of the name is called
# NAME in French, too, a sentence begins a line, and lines have eighty bytes at most.
set -eu
program=$1
language=$2
export NO_COLOR=1

if [ "$language" = fr ]; then
	what='dernier contrôle des textes des Nations Unies' commands=COMMANDES files=FICHIERS
	status='ÉTAT DE SORTIE' see='VOIR AUSSI' command=COMMANDE
else
	what='last check of United Nations texts' commands=COMMANDS files=FILES
	status='EXIT STATUS' see='SEE ALSO' command=COMMAND
fi

say() { "$program" "$@" --ui-lang "$language"; }

# Text of --help as macros: an option and what it does, or a paragraph.
macros() {
	LC_ALL=C awk '
	function put(line) {
		gsub(/\\/, "\\e", line)
		gsub(/-/, "\\-", line)
		sub(/^[.\x27]/, "\\\\\\&&", line)
		print line
	}
	# mandoc writes what is not ASCII as \\[uXXXX] and counts that.
	function width(s) {
		gsub(/[\300-\377][\200-\277]+/, "123456789", s)
		return length(s) + gsub(/-/, "-", s)
	}
	# A paragraph: sentence by sentence, in lines.
	function flush_text(    words, n, i, line, last) {
		n = split(text, words, " ")
		for (i = 1; i <= n; i++) {
			if (line != "" && (last ~ /[.!?]\)?$/ || width(line " " words[i]) > 78)) {
				put(line)
				line = ""
			}
			line = line == "" ? words[i] : line " " words[i]
			last = words[i]
		}
		if (line != "") put(line)
		text = ""
	}
	function flag(word) {
		sub(/^-/, "", word)
		return "Fl " word
	}
	function item(left,    words, n, i, out, comma) {
		n = split(left, words, " ")
		for (i = 1; i <= n; i++) {
			comma = sub(/,$/, "", words[i])
			out = out " " (words[i] ~ /^-/ ? flag(words[i]) : "Ar " words[i]) (comma ? " ," : "")
		}
		print ".It" out
	}
	function end_list() {
		if (list) print ".El"
		list = 0
	}
	/^$/ { flush_text(); blank = 1; next }
	/^ +(-.,)? *--[a-z]/ || /^ +-., --/ {
		flush_text()
		line = $0
		sub(/^ +/, "", line)
		at = match(line, /  +/)
		left = at ? substr(line, 1, at - 1) : line
		text = at ? substr(line, at + RLENGTH) : ""
		if (!list) print ".Bl -tag -width Ds"
		list = 1
		item(left)
		blank = 0; told = 1
		next
	}
	{
		if (blank && told && !list && text == "") print ".Pp"
		sub(/^ +/, "")
		text = text == "" ? $0 : text " " $0
		blank = 0; told = 1
	}
	END { flush_text(); end_list() }'
}

printf '.Dd November 29, 2026\n.Dt PARAPH 1\n.Os\n'
printf '.Sh NAME\n.Nm paraph\n.Nd %s\n' "$what"
printf '.Sh SYNOPSIS\n.Nm\n.Ar %s\n.Op Ar OPTION ...\n.Op Ar ARGUMENT ...\n' "$command"
printf '.Sh %s\n' "$commands"
# The name of a command, of one word or two, stands in a column of fifteen.
say --help | sed -n 's/^  \([a-z][a-z ]\{14\}\) .*/\1/p' | sed 's/ *$//' |
	while IFS= read -r command; do
		printf '.Ss paraph %s\n' "$command"
		# shellcheck disable=SC2086 # two words are two arguments
		say $command --help | sed '1d' | macros
	done
printf '.Sh %s\n.Bl -tag -width Ds\n.It Pa paraph.yaml\n' "$files"
if [ "$language" = fr ]; then
	printf 'réglages d’un projet,\ncherchés en remontant depuis chaque document\n'
	printf '.It Pa $XDG_CONFIG_HOME/paraph/words.txt\ndictionnaire personnel\n'
	printf '.It Pa $XDG_DATA_HOME/paraph/termbase.db\nbase terminologique personnelle\n'
else
	printf 'settings of a project, looked for upward from each document\n'
	printf '.It Pa $XDG_CONFIG_HOME/paraph/words.txt\nyour own dictionary\n'
	printf '.It Pa $XDG_DATA_HOME/paraph/termbase.db\nyour own termbase\n'
fi
printf '.El\n'
printf '.Sh %s\n' "$status"
if [ "$language" = fr ]; then
	printf '0 rien à signaler, 1 des signalements,\n2 la demande n’a pas pu être exécutée,\n75 pas maintenant (ni place, ni mémoire, ni serveur) :\nréessayer.\n'
else
	printf '0 nothing found, 1 findings, 2 the program could not do what was asked,\n75 not now (no room on the disk, no memory, a server that is away): try again.\n'
fi
printf '.Sh %s\n.Xr aspell 1 ,\n.Xr hunspell 1\n' "$see"
