#!/bin/sh
# A module includes itself and what tools/layers.txt lists for it; only text/ includes ICU and
# Hunspell; ARCHITECTURE.md names every folder that holds code.
set -u
bad=0
complain() {
	echo "$1" >&2
	bad=1
}
while IFS=: read -r module allowed; do
	case $module in '' | '#'*) continue ;; esac
	[ -d "$module" ] || continue
	for file in $(find "$module" -name '*.[ch]' | sort); do
		for included in $(sed -n 's,^#include "\([a-z]*\)[/.].*,\1,p' "$file"); do
			[ "$included" = paraph ] && included=include
			case " $module $allowed " in
			*" $included "*) ;;
			*) complain "$file: must not include $included/" ;;
			esac
		done
		case $file in
		text/* | tools/* | bench/*) ;;
		*) grep -nE '^#include <(unicode|hunspell)/' "$file" &&
			complain "$file: ICU and Hunspell are for text/ alone" ;;
		esac
		case $file in
		apps/pdf/*) grep -n '^#include "' "$file" | grep -v '"apps/pdf/' &&
			complain "$file: paraph-pdf is made of poppler and itself alone" ;;
		*) grep -nE '^#include <(poppler|glib|cairo)' "$file" &&
			complain "$file: poppler is GPL and for apps/pdf/ alone" ;;
		esac
	done
done <tools/layers.txt
for folder in $(git ls-files '*.c' | xargs -n1 dirname | sort -u); do
	grep -q "\`$folder/\`" ARCHITECTURE.md ||
		complain "ARCHITECTURE.md: says nothing of \`$folder/\`"
done
for folder in $(grep -oE '^\| `[a-z/]+/`' ARCHITECTURE.md | tr -d '|` '); do
	[ -d "$folder" ] || complain "ARCHITECTURE.md: there is no $folder"
done
exit $bad
