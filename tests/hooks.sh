#!/usr/bin/env bash
# usage: tests/hooks.sh build/paraph
# The hooks of .pre-commit-hooks.yaml, called by pre-commit in a repository of documents. Prints a
# line a case and, last, "hooks: N passed, N failed, N skipped".
set -u
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/..")
passed=0 failed=0
if ! command -v pre-commit >/dev/null || ! command -v git >/dev/null; then
	echo "skipped: no pre-commit"
	echo "hooks: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work PRE_COMMIT_HOME=$work/cache PATH="$(dirname "$program"):$PATH"
export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t
export GIT_COMMITTER_EMAIL=t@example.org GIT_CONFIG_NOSYSTEM=1
# A repository that has the hooks and nothing else.
git init -q "$work/hooks" && cp "$root/.pre-commit-hooks.yaml" "$work/hooks" &&
	git -C "$work/hooks" add -A && git -C "$work/hooks" commit -qm hooks
git init -q "$work/documents"
cd "$work/documents" || exit 2
printf 'Le Conseil s’est réuni hier à New York.\n' >clean.txt
printf 'Le rapport de l ’Union est prêt.\n' >fault.txt
printf 'l ’Union, no document\n' >code.c
git add -A

judge() { # name, wanted status, hook, files…
	name=$1 wanted=$2 hook=$3
	shift 3
	pre-commit try-repo "$work/hooks" "$hook" --files "$@" >"$work/log" 2>&1
	status=$?
	if [ $status = "$wanted" ]; then
		passed=$((passed + 1))
		echo "ok $name"
	else
		failed=$((failed + 1))
		echo "FAILED $name: status $status"
		cat "$work/log"
	fi
}

judge "a clean document passes" 0 paraph clean.txt
judge "a fault stops the commit" 1 paraph clean.txt fault.txt
judge "what is no document is left alone" 0 paraph code.c
judge "a correction stops the commit" 1 paraph-fix fault.txt
judge "and passes then" 0 paraph-fix fault.txt
if [ "$(cat fault.txt)" = 'Le rapport de l’Union est prêt.' ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED not corrected: $(cat fault.txt)"
fi
echo "hooks: $passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
