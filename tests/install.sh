#!/bin/sh
# What `make install` puts in place must run from there, with the data it installed: a copy in
# a folder of its own (whose name has a space in it) checks a letter, and a C++ compiler takes
# the header. It must run as well where the data lie under the PREFIX it was built for.
#
#   tests/install.sh BUILD
set -eu
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
unset PARAPH_DATA
place="$root/a place"
make --no-print-directory BUILD="$1" DESTDIR="$place" install >"$root/log" 2>&1 || {
	cat "$root/log"
	echo "FAILED install: make install"
	exit 1
}
printf 'Le texte de l ’accord est joint.\n' >"$root/note.txt"
"$place/usr/local/bin/paraph" check "$root/note.txt" >"$root/out" 2>&1 && status=0 || status=$?
if [ $status != 1 ] || ! grep -q 'spacing/apostrophe' "$root/out"; then
	cat "$root/out"
	echo "FAILED install: the program does not run from there (status $status)"
	exit 1
fi
if [ -x "$1/paraph-pdf" ]; then
	cp tests/cases/pdf/faults/input.pdf "$root/note.pdf"
	"$place/usr/local/bin/paraph" check "$root/note.pdf" >"$root/out" 2>&1 && status=0 || status=$?
	if [ $status != 1 ] || ! grep -q 'term/foreign-acronym' "$root/out"; then
		cat "$root/out"
		echo "FAILED install: PDF is not read from there (status $status)"
		exit 1
	fi
else
	echo "install: PDF was skipped, paraph-pdf is not built"
fi
cmp -s "$1/data/lang/fr-frequency.tsv" "$place/usr/local/share/paraph/lang/fr-frequency.tsv" || {
	echo "FAILED install: the frequencies that a rebuilt lexicon needs"
	exit 1
}
# The same object for another PREFIX, in a program that lies beside no data: it finds those of the
# PREFIX, and nothing of the build.
prefix="$root/opt"
make --no-print-directory BUILD="$1" DESTDIR="$root/staged" install >"$root/log" 2>&1
mv "$root/staged/usr/local" "$prefix"
make --no-print-directory BUILD="$root/build" PREFIX="$prefix" \
	"$root/build/obj/engine/data_folder.o" >"$root/log" 2>&1 || cat "$root/log"
mkdir "$root/elsewhere"
libs=$(make --no-print-directory -s --eval='print-libs:;@echo $(LDFLAGS) $(LIBS)' print-libs)
objects=$(make --no-print-directory -s BUILD="$1" \
	--eval='print-objects:;@echo $(call obj,$(CLI_SRC))' print-objects)
${CC:-cc} -o "$root/elsewhere/paraph" "$root/build/obj/engine/data_folder.o" \
	$objects "$1/libparaph.a" $libs
"$root/elsewhere/paraph" check "$root/note.txt" >"$root/out" 2>&1 && status=0 || status=$?
if [ $status != 1 ] || ! grep -q 'spacing/apostrophe' "$root/out"; then
	cat "$root/out"
	echo "FAILED install: the data under another PREFIX are not found (status $status)"
	exit 1
fi
if ! command -v c++ >/dev/null; then
	echo "install: the header in C++ was skipped, there is no c++"
	exit 0
fi
printf '#include "paraph.h"\nint main() { return PARAPH_OK; }\n' >"$root/a.cpp"
c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -I"$place/usr/local/include" -fsyntax-only \
	"$root/a.cpp"
echo "install: ok"
