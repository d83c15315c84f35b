#!/bin/sh
# Makes a C file out of a data file: tools/embed.sh NAME FILE >OUT.c
# What is small and always needed is compiled in, so that the library finds it from anywhere.
set -eu
printf '#include "text/data.h"\n\nconst unsigned char %s_bytes[] = {\n' "$1"
od -An -v -tu1 "$2" | sed 's/  */,/g; s/^,//; s/$/,/'
printf '};\nconst size_t %s_size = sizeof(%s_bytes);\n' "$1" "$1"
