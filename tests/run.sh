#!/bin/sh
# Runs the unit tests, the golden cases, bad input, peers, the prose of the program and the fuzz
# replay, and ends with the one line that says how it went: "N passed, N failed, N skipped".
#
#   tests/run.sh BUILD PROGRAM…
set -u
build=$(realpath "$1")
shift
passed=0 failed=0 skipped=0
log=$(mktemp)
cache=$(mktemp -d)
trap 'rm -rf "$log" "$cache"' EXIT
export XDG_CACHE_HOME="$cache"
export PARAPH_DATA="${PARAPH_DATA:-$(realpath "$build/data")}"
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1

count() { # cmocka's own lines
	passed=$((passed + $(grep -c '^\[       OK \]' "$log")))
	skipped=$((skipped + $(grep -cE '^\[  SKIPPED \] [a-z]' "$log")))
}

for program in "$@"; do
	name=${program##*/}
	"$program" >"$log" 2>&1
	status=$?
	count
	if [ $status != 0 ]; then
		failures=$(grep -cE '^\[  FAILED  \] [a-z_]+$' "$log")
		[ "$failures" -gt 0 ] || failures=1
		failed=$((failed + failures))
		echo "FAILED $name (status $status)"
		grep -vE '^\[( RUN|       OK)' "$log" | tail -60
	else
		echo "$name: $(grep -c '^\[       OK \]' "$log") ok"
		grep -iE 'skipped' "$log" | grep -vE '^\[' | sort -u
	fi
done

tests/cases.sh "$build/paraph" >"$log" 2>&1 || cat "$log"
tail -1 "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/hostile.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))

if tests/gitignore.py "$build/paraph" >"$log" 2>&1; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
fi
cat "$log"

tests/hooks.sh "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/scale.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/operations.sh "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/tm_sync.py "$build/paraph" >"$log" 2>&1
grep -vE '^(PostgreSQL: )?ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/shared_terms.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/settings.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

for script in editors.sh lsp.py lsp_clients.sh page.py guide.py http_languagetool.py web.py http_api.py http_metrics.py http_hostile.py http_load.py http_clients.py; do
	# What the page does is the browser's; the server behind it is asked by http_api.py.
	[ "$script:${build##*/}" = web.py:asan ] && continue
	tests/$script "$build/paraph" >"$log" 2>&1
	grep -v '^ok' "$log"
	set -- $(tail -1 "$log" | tr -dc '0-9 ')
	passed=$((passed + ${1-0}))
	failed=$((failed + ${2-1}))
	skipped=$((skipped + ${3-0}))
done

tests/examples.sh "$build" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))

tests/reports.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/peers.py "$build/paraph" >"$log" 2>&1
grep -v '^ok' "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))
skipped=$((skipped + ${3-0}))

tests/prose.py "$build/paraph" >"$log" 2>&1
cat "$log"
set -- $(tail -1 "$log" | tr -dc '0-9 ')
passed=$((passed + ${1-0}))
failed=$((failed + ${2-1}))

for replay in "$build"/fuzz/*.replay; do
	name=$(basename "$replay" .replay)
	if "$replay" fuzz/corpus/"$name"/* >"$log" 2>&1; then
		passed=$((passed + 1))
		echo "fuzz $name: $(tail -1 "$log")"
	else
		failed=$((failed + 1))
		echo "FAILED fuzz replay of $name"
		tail -20 "$log"
	fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
