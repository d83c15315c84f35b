#!/bin/sh
# usage: tests/examples.sh BUILD
# What `make install` puts in place serves others: the shared library shows paraph_* and nothing else
# and has its version, pkg-config knows it, and the examples of docs/examples, in C and in Python,
# work with it. Prints a line a case and, last, "examples: N passed, N failed, N skipped".
set -u
build=$(realpath "$1")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
passed=0 failed=0
unset PARAPH_DATA
judge() { # name, status
	if [ "$2" = 0 ]; then passed=$((passed + 1)); echo "ok $1"; else
		failed=$((failed + 1)); echo "FAILED $1"; cat "$root/log"; fi
}

prefix=$root/usr
make --no-print-directory BUILD="$1" DESTDIR="$root/stage" PREFIX=/usr install >"$root/log" 2>&1
judge "make install" $?
mv "$root/stage/usr" "$prefix"
so=$prefix/lib/libparaph.so
version=$(sed -n 's/.*PARAPH_VERSION "\(.*\)"/\1/p' include/paraph.h)
others=$(nm -D --defined-only "$so" | awk '$NF !~ /^paraph_/ { print $NF }')
[ -z "$others" ]
judge "only paraph_* is exported: $(nm -D --defined-only "$so" | wc -l) symbols" $?
[ "$(readlink "$so")" = libparaph.so.0 ] && [ -f "$so.$version" ] &&
	objdump -p "$so" | grep -q 'SONAME *libparaph.so.0$'
judge "the library has its version" $?
# Every function of the header is there.
sed -n 's/^PARAPH_API.*\(paraph_[a-z_0-9]*\)(.*/\1/p; s/^\t\(paraph_[a-z_0-9]*\)($/\1/p' include/paraph.h |
	sort -u >"$root/declared"
nm -D --defined-only "$so" | awk '{ print $NF }' | sort -u >"$root/defined"
comm -23 "$root/declared" "$root/defined" >"$root/log"
[ -s "$root/declared" ] && [ ! -s "$root/log" ]
judge "what the header declares is there" $?
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
flags() { pkg-config --define-variable=prefix="$prefix" --define-variable=libdir="$prefix/lib" "$@" paraph; }
[ "$(pkg-config --modversion paraph)" = "$version" ]
judge "pkg-config tells the version" $?

printf 'Le texte de l ’accord est joint.\n' >"$root/note.txt"
export LD_LIBRARY_PATH=$prefix/lib PARAPH_DATA=$prefix/share/paraph
# A library with a sanitizer wants its runtime loaded first, also by programs that have none; what
# the interpreter of Python leaves to the system is no leak of ours.
runtime=$(ldd "$so" | awk '/lib(asan|tsan)\.so/ { print $3; exit }')
sanitizers=${runtime:+-fsanitize=address,undefined}
with_runtime() { env ${runtime:+LD_PRELOAD="$runtime"} "$@"; }
for example in check correct terms; do
	# shellcheck disable=SC2046 # words are arguments
	${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror -o "$root/$example" \
		"docs/examples/$example.c" $(flags --cflags --libs) >"$root/log" 2>&1
	judge "$example.c compiles" $?
done
with_runtime "$root/check" "$root/note.txt" >"$root/log" 2>&1
grep -q 'note.txt:1:13: .*\[spacing/apostrophe\] -> l’accord' "$root/log"
judge "check.c" $?
# Without the shared library; what it needs in turn is pkg-config's to say.
# shellcheck disable=SC2046 # words are arguments
${CC:-cc} -std=c99 -o "$root/static" docs/examples/check.c $(flags --cflags) $sanitizers \
	"$prefix/lib/libparaph.a" $(flags --static --libs | sed 's/-lparaph//') >"$root/log" 2>&1 &&
	! ldd "$root/static" | grep -q libparaph &&
	"$root/static" "$root/note.txt" >"$root/log" 2>&1
grep -q 'note.txt:1:13: .*\[spacing/apostrophe\]' "$root/log"
judge "check.c with the static library" $?
with_runtime "$root/correct" <"$root/note.txt" >"$root/log" 2>/dev/null
[ "$(cat "$root/log")" = 'Le texte de l’accord est joint.' ]
judge "correct.c" $?
with_runtime "$root/terms" "conseil securite" >"$root/log" 2>&1
grep -q '^fr: Conseil de sécurité$' "$root/log" && grep -q '^en: Security Council$' "$root/log"
judge "terms.c" $?
if command -v python3 >/dev/null; then
	PARAPH_LIBRARY=$so ASAN_OPTIONS=detect_leaks=0 with_runtime python3 docs/examples/paraph_ctypes.py "$root/note.txt" >"$root/log" 2>&1
	grep -q 'note.txt:1:13: .*\[spacing/apostrophe\]' "$root/log"
	judge "paraph_ctypes.py" $?
fi
echo "examples: $passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
