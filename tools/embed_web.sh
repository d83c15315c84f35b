#!/bin/sh
# Makes a C file out of the files of the web page: tools/embed_web.sh FILE… >OUT.c
# The table has a line a file: path, content type, ETag (a sum of the bytes), bytes, size.
set -eu
type_of() {
	case $1 in
	*.html) echo 'text/html; charset=utf-8' ;;
	*.css) echo 'text/css; charset=utf-8' ;;
	*.js) echo 'text/javascript; charset=utf-8' ;;
	*.json) echo 'application/json' ;;
	*.svg) echo 'image/svg+xml' ;;
	*)
		echo "$0: of what type is $1?" >&2
		exit 2
		;;
	esac
}

printf '#include "apps/http/web.h"\n'
n=0
for file in "$@"; do
	printf '\nstatic const unsigned char file_%d[] = {\n' $n
	od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,//; s/$/,/'
	printf '};\n'
	n=$((n + 1))
done
printf '\nconst web_file web_files[] = {\n'
n=0
for file in "$@"; do
	type=$(type_of "$file")
	sum=$(cksum <"$file" | tr ' ' -)
	printf '\t{ "/%s", "%s", "\\"%s\\"", file_%d, sizeof(file_%d) },\n' "${file##*/}" "$type" "$sum" $n $n
	n=$((n + 1))
done
printf '};\nconst size_t web_file_count = %d;\n' $n
