#!/bin/sh
# Runs the unit tests, the golden cases, the scripts of this folder and the fuzz replay, tells how
# long each took, and ends with the one line that says how it went: "N passed, N failed, N skipped".
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

# Tests that look at the clock run one after the other, and so do the scripts that weigh time or memory;
# under the sanitizers none does.
case ${build##*/} in
asan*) at_once=$(nproc) scripts_at_once=$(nproc) ;;
*) at_once=1 scripts_at_once=$(($(nproc) + 1)) ;; # they wait for servers half of the time
esac
looks_at_clock() { # program of a unit test
	[ "$at_once" = 1 ] && grep -qE 'clock_gettime|clock\(\)' "tests/unit/${1##*/}.c"
}
logs=$(mktemp -d)
trap 'rm -rf "$log" "$cache" "$logs"' EXIT

# Runs what the lines of the input name, each with the argument given if any; what it said goes to
# $logs/NAME, its exit status and the seconds it took to $logs/NAME.ended.
run_all() { # argument
	xargs -P"$at_once" -I{} sh -c 'begin=$(date +%s)
		"$1" $3 >"$2/${1##*/}" 2>&1
		echo "$? $(($(date +%s) - begin))" >"$2/${1##*/}.ended"' - {} "$logs" "${1-}"
}

for program in "$@"; do
	looks_at_clock "$program" || printf '%s\n' "$program"
done | at_once=$(nproc) run_all
for program in "$@"; do
	! looks_at_clock "$program" || printf '%s\n' "$program"
done | run_all
for program in "$@"; do
	name=${program##*/}
	out=$logs/$name
	read -r status time <"$out.ended" || status=none time=0
	passed=$((passed + $(grep -c '^\[       OK \]' "$out")))
	skipped=$((skipped + $(grep -cE '^\[  SKIPPED \] [a-z]' "$out")))
	if [ "$status" != 0 ]; then
		failures=$(grep -cE '^\[  FAILED  \] [a-z_]+$' "$out")
		[ "$failures" -gt 0 ] || failures=1
		failed=$((failed + failures))
		echo "FAILED $name (status $status)"
		grep -vE '^\[( RUN|       OK)' "$out" | tail -60
	else
		echo "$name: $(grep -c '^\[       OK \]' "$out") ok, $time s"
		grep -iE 'skipped' "$out" | grep -vE '^\[' | sort -u
	fi
done

# A script ends with "… N passed, N failed[, N skipped]"; one that does not has failed.
tell_script() { # name
	read -r _ time <"$logs/$1.ended"
	grep -vE '^([A-Za-z]+: )?ok' "$logs/$1"
	echo "  $1: $time s"
	set -- $(tail -1 "$logs/$1" | grep -E '[0-9]+ passed, [0-9]+ failed' | tr -dc '0-9 ')
	passed=$((passed + ${1-0}))
	failed=$((failed + ${2-1}))
	skipped=$((skipped + ${3-0}))
}

# With the sanitizers only what runs much of the program: what the page does is the browser's, what is
# done with whole servers is PostgreSQL's, scale.py asks schedulers, and peers.py other programs.
only_once='web.py operations.sh shared_terms.py shared_memory.py scale.py peers.py'
scripts=
for name in cases.sh hostile.py gitignore.py hooks.sh scale.py operations.sh shared_terms.py shared_memory.py \
	tm_sync.py settings.py editors.sh lsp.py lsp_clients.sh page.py guide.py http_languagetool.py web.py \
	http_api.py http_metrics.py http_hostile.py http_load.py http_clients.py reports.py peers.py prose.py; do
	case "${build##*/} $only_once " in
	asan*" $name "*) continue ;;
	esac
	scripts="$scripts $name"
done
weigh='scale.py lsp.py http_load.py peers.py'
for name in $scripts; do
	case " $weigh " in
	*" $name "*) printf 'tests/%s\n' "$name" >&2 ;;
	*) printf 'tests/%s\n' "$name" ;;
	esac
done 2>"$log" | at_once=$scripts_at_once run_all "$build/paraph"
run_all "$build/paraph" <"$log"
echo tests/examples.sh | run_all "$build"
for name in $scripts examples.sh; do
	tell_script "$name"
done

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
