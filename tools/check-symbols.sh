#!/bin/sh
# The shared library shows paraph_* and nothing else.
nm -D --defined-only "$1" | awk '$NF !~ /^paraph_/ { print "exported: " $NF; bad = 1 } END { exit bad }'
