source ./c.bash
try() { COMP_WORDS=(paraph "$@"); COMP_CWORD=$#; COMPREPLY=(); _paraph; echo "$*: ${COMPREPLY[*]}"; }
try ""; try ter; try term s; try check --forma; try check --format s; try check --fail-on ""; try tm match --f; try baseline ""; try check --color a
