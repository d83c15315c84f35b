#!/usr/bin/env bash
# usage: tests/lsp_clients.sh build/paraph
# The language server with clients that people use: Neovim, Emacs with eglot, the library of the
# protocol that Visual Studio Code uses (npm), and the extension of packaging/vscode. What is not
# there is skipped; npm fetches its packages once, into build/npm. Prints a line a case and, last,
# "lsp clients: N passed, N failed, N skipped".
set -u
program=$(realpath "$1")
tests=$(realpath "$(dirname "$0")")
npm=$(dirname "$program")/npm-lsp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
export PARAPH=$program FILE=$work/fr.txt OUT=$work/out HOME=$work/home LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME

judge() { # name, wanted
	if [ "$(cat "$OUT" 2>/dev/null)" = "$2" ]; then
		passed=$((passed + 1))
		echo "ok $1"
	else
		failed=$((failed + 1))
		printf 'FAILED %s\n%s\ninstead of\n%s\n' "$1" "$(cat "$OUT" 2>/dev/null)" "$2"
		tail -20 "$work/log"
	fi
	rm -f "$OUT"
}
skip() {
	skipped=$((skipped + 1))
	echo "skipped: $1"
}
text() {
	mkdir -p "$HOME"
	printf '😀 l ’Asie est là.\n\nLe texte  de l’Assemblée générale.\n' >"$FILE"
}

if command -v nvim >/dev/null; then
	text
	timeout 60 nvim --headless -u NONE -S "$tests/editors/neovim.lua" "$FILE" >"$work/log" 2>&1
	judge neovim "found 1:5-14 spacing/apostrophe 3:3-12 spacing/double
now 😀 l’Asie est là.
found 3:3-12 spacing/double
found 1:0-4 spacing/double 3:3-12 spacing/double
hover General Assembly
stopped true"
else
	skip "no nvim"
fi

if command -v emacs >/dev/null && emacs -q --batch --eval '(progn (require (quote package))
	(package-initialize) (require (quote eglot)))' >/dev/null 2>&1; then
	text
	timeout 60 emacs -q --batch -l "$tests/editors/eglot.el" >"$work/log" 2>&1
	judge eglot "found 3-10 l ’Asie | 23-32 texte  de
found 22-31 texte  de"
else
	skip "no emacs with eglot"
fi

packages='vscode-languageserver-protocol@3 vscode-languageclient@9'
if command -v node >/dev/null && command -v npm >/dev/null && { [ -d "$npm/node_modules/vscode-languageclient" ] ||
	timeout 120 env HOME="$work/home" npm install --prefix "$npm" --no-audit --no-fund --silent $packages >"$work/log" 2>&1; }; then
	[ -f "$npm/package.json" ] || echo '{}' >"$npm/package.json"
	timeout 60 node "$tests/editors/protocol.cjs" "$npm" >"$OUT" 2>"$work/log"
	judge protocol "encoding utf-16
found 1 3 spacing/apostrophe, 14 spacing/apostrophe
action Replace with “l’Asie” true
pulled full 2
found 2 1
answered or cancelled
exit 0"
	timeout 60 node "$tests/editors/extension.cjs" "$npm" "$tests/../packaging/vscode" >"$OUT" 2>"$work/log"
	judge extension "starts /opt/paraph lsp 1
for plaintext markdown html latex xml po xliff
restarted 0 1
stopped 0"
else
	skip "no npm, or it cannot fetch $packages"
fi
echo "lsp clients: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
