#!/usr/bin/env bash
# usage: tests/editors.sh build/paraph
# Vim's errorformat of docs/REPORTS.md and Emacs' compilation mode as it is take one to the places
# that the compact report tells, past accents, too. Prints a line a case and, last, "editors: N
# passed, N failed, N skipped".
set -u
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
judge() { # name, got
	if [ "$2" = "$wanted" ]; then
		passed=$((passed + 1))
		echo "ok $1"
	else
		failed=$((failed + 1))
		printf 'FAILED %s\n%s\ninstead of\n%s\n' "$1" "$2" "$wanted"
	fi
}

cd "$work" || exit 2
printf 'Éléments présentés à l’été.\nL’été dernier, le texte de l ’accord a été joint.\nUNAMA.\n' >é.txt
"$program" check --no-config --no-cache --lang fr --format compact é.txt >out
# What stands under the cursor: the text of each finding, by the JSON report.
wanted=$("$program" check --no-config --no-cache --lang fr --format json é.txt |
	python3 -c 'import json, sys
for f in json.load(sys.stdin)["documents"][0]["findings"]:
    print("%d %s %s" % (f["line"], f["severity"][0].upper(), f["text"][:5]))')

if command -v vim >/dev/null && vim --version | grep -q '+quickfix'; then
	cat >steps.vim <<END
$(sed -n '/^set errorformat/p' "$root/docs/REPORTS.md")
cgetfile out
let found = []
for i in range(1, len(getqflist()))
	execute 'cc' i
	let type = toupper(getqflist()[i - 1].type)
	call add(found, printf('%d %s %s', line('.'), type, strcharpart(getline('.'), charcol('.') - 1, 5)))
endfor
call writefile(found, 'found.vim')
quitall!
END
	LC_ALL=C.UTF-8 vim -u NONE -N -es -S steps.vim </dev/null >log 2>&1
	judge "vim" "$(cat found.vim)"
else
	skipped=$((skipped + 1))
	echo "skipped: no vim with quickfix"
fi

if command -v emacs >/dev/null; then
	cat >steps.el <<'END'
(require 'compile)
(set-language-environment "UTF-8")
(let ((found '()) (buffer (get-buffer-create "*compilation*")))
  (with-current-buffer buffer
    (insert "paraph check --format compact\n\n") ; as M-x compile begins
    (save-excursion (insert-file-contents "out"))
    (goto-char (point-min))
    (setq default-directory (expand-file-name "./"))
    (compilation-mode)
    (compilation--ensure-parse (point-max)))
  (setq next-error-last-buffer buffer)
  (condition-case nil
      (while t
        (next-error)
        (let ((type (with-current-buffer buffer
                      (nth (compilation--message->type
                            (get-text-property (point) 'compilation-message))
                           '("I" "W" "E")))))
          (with-current-buffer (find-file-noselect "é.txt")
            (push (format "%d %s %s" (line-number-at-pos) type
                          (buffer-substring (point) (min (point-max) (+ (point) 5))))
                  found))))
    (user-error nil))
  (with-temp-file "found.el" (insert (mapconcat #'identity (nreverse found) "\n"))))
END
	LC_ALL=C.UTF-8 emacs -Q --batch -l steps.el >log 2>&1
	judge "emacs" "$(cat found.el)"
else
	skipped=$((skipped + 1))
	echo "skipped: no emacs"
fi
echo "editors: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
