#!/bin/sh
# What `make install` puts in place must run from there, with the data it installed: a copy in
# a folder of its own (whose name has a space in it) checks a letter, and a C++ compiler takes
# the header.
#
#   tests/install.sh BUILD
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
unset PARAPH_DATA
place="$root/a place"
make --no-print-directory BUILD="$1" PREFIX=/usr DESTDIR="$place" install >"$root/log" 2>&1 || {
	cat "$root/log"
	echo "FAILED install: make install"
	exit 1
}
printf 'Le texte de l ’accord est joint.\n' >"$root/note.txt"
"$place/usr/bin/paraph" check "$root/note.txt" >"$root/out" 2>&1 && status=0 || status=$?
if [ $status != 1 ] || ! grep -q 'spacing/apostrophe' "$root/out"; then
	cat "$root/out"
	echo "FAILED install: the program does not run from there (status $status)"
	exit 1
fi
cmp -s "$1/data/lang/fr-frequency.tsv" "$place/usr/share/paraph/lang/fr-frequency.tsv" || {
	echo "FAILED install: the frequencies that a rebuilt lexicon needs"
	exit 1
}
if ! command -v c++ >/dev/null; then
	echo "install: the header in C++ was skipped, there is no c++"
	exit 0
fi
printf '#include "paraph.h"\nint main() { return PARAPH_OK; }\n' >"$root/a.cpp"
c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -I"$place/usr/include" -fsyntax-only \
	"$root/a.cpp"
echo "install: ok"
