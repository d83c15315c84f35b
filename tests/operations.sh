#!/usr/bin/env bash
# The procedures of docs/OPERATIONS.md, run as they stand there.
#
#   tests/operations.sh build/paraph [NAME…]
#
# Each tests/operations/*.sh is one of them. Prints a line a case and, last, "operations: N passed,
# N failed, N skipped".
set -u
program=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/.." && pwd)
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for script in "$root"/tests/operations/*.sh; do
	name=$(basename "$script" .sh)
	[ "$name" != common ] || continue
	[ $# = 0 ] || [[ " $* " = *" $name "* ]] || continue
	bash "$script" "$program" "$root" >"$log" 2>&1
	status=$?
	grep -E '^(ok|FAILED|skipped)' "$log"
	passed=$((passed + $(grep -c '^ok' "$log")))
	failed=$((failed + $(grep -c '^FAILED' "$log")))
	skipped=$((skipped + $(grep -c '^skipped' "$log")))
	if [ $status != 0 ] && [ $status != 77 ] && ! grep -q '^FAILED' "$log"; then
		failed=$((failed + 1))
		echo "FAILED $name: status $status"
	fi
	! grep -q '^FAILED' "$log" || grep -vE '^(ok|FAILED)' "$log" | tail -20
done
echo "operations: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
