#!/bin/sh
# Golden cases, found by folder and never registered: tests/cases/AREA/CASE/ holds
#
#   args               the command line after `paraph`; run inside a copy of the folder
#   expected.out       standard output                  (default: empty)
#   expected.err       standard error, when it matters  (default: not looked at)
#   expected.status    exit status                      (default: 0)
#   expected.NAME      what the file NAME must hold afterwards
#   needs              a program that is built where it can be: without it beside paraph, the
#                      case is skipped
#   input…, stdin      whatever the command reads
#
# A case named CASE.bug holds a known fault and must fail until it is mended. With ACCEPT=1 the
# expectations are rewritten, for review in the diff.
#
#   tests/cases.sh build/paraph [AREA/CASE…]
set -u
program=$(realpath "$1")
shift
root=$(realpath "$(dirname "$0")/cases")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
export SOURCE_DATE_EPOCH=0
export LC_ALL=C.UTF-8 NO_COLOR=1 XDG_CACHE_HOME="$work/cache"
export XDG_DATA_HOME="$work/home/data" XDG_CONFIG_HOME="$work/home/config"

# Runs one case in $work/run; leaves $work/out, $work/err and $status.
run() {
	rm -rf "$work/run" "$work/home"
	cp -R "$1" "$work/run"
	rm -f "$work/run"/expected.* "$work/run/needs"
	input=/dev/null
	[ -f "$1/stdin" ] && input=$1/stdin
	(cd "$work/run" && eval "\"$program\" $(cat args)" <"$input" >"$work/out" 2>"$work/err")
	status=$?
}

same() { # expectation, actual
	if [ -n "${ACCEPT-}" ]; then
		cp "$2" "$1"
		return 0
	fi
	diff -u "$1" "$2"
}

judge() {
	ok=0
	[ -f "$1/expected.out" ] || [ -n "${ACCEPT-}" ] || : >"$work/none"
	if [ -f "$1/expected.out" ] || [ -s "$work/out" ]; then
		[ -f "$1/expected.out" ] || [ -n "${ACCEPT-}" ] || { cat "$work/out"; ok=1; }
		[ $ok = 0 ] && { same "$1/expected.out" "$work/out" || ok=1; }
	fi
	if [ -f "$1/expected.err" ]; then
		same "$1/expected.err" "$work/err" || ok=1
	fi
	want=0
	[ -f "$1/expected.status" ] && want=$(cat "$1/expected.status")
	if [ "$status" != "$want" ]; then
		if [ -n "${ACCEPT-}" ]; then
			echo "$status" >"$1/expected.status"
		else
			echo "exit status $status, expected $want"
			cat "$work/err"
			ok=1
		fi
	fi
	for expected in "$1"/expected.*; do
		name=${expected##*/expected.}
		case $name in out | err | status | '*') continue ;; esac
		same "$expected" "$work/run/$name" || ok=1
	done
	return $ok
}

[ $# -gt 0 ] || set -- $(cd "$root" && find . -name args | sed 's,^\./,,; s,/args$,,' | sort)
for case in "$@"; do
	if [ -f "$root/$case/needs" ] &&
		! [ -x "$(dirname "$program")/$(cat "$root/$case/needs")" ]; then
		skipped=$((skipped + 1))
		continue
	fi
	run "$root/$case"
	judge "$root/$case" >"$work/report"
	verdict=$?
	case $case in *.bug) verdict=$((verdict == 0)) ;; esac
	if [ $verdict = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $case"
		cat "$work/report"
	fi
done
[ $skipped = 0 ] || echo "cases: $skipped skipped, paraph-pdf is not built"
echo "cases: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
