#!/bin/sh
# Every header compiles on its own.
bad=0
poppler=$(pkg-config --cflags poppler-glib 2>/dev/null)
for header in $(git ls-files '*.h'); do
	case $header in apps/pdf/*) [ -n "$poppler" ] || continue ;; esac
	printf '#include "%s"\ntypedef int unit_is_not_empty;\n' "$header" |
		${CC:-cc} -std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -I. -fsyntax-only \
			$(pkg-config --cflags icu-uc hunspell sqlite3 libpq) $poppler -x c - || bad=1
done
exit $bad
