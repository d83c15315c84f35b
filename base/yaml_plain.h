/* The YAML that our own files are written in, without libyaml: maps in maps, a key and its
 * value on a line. libyaml takes a hundred and fifty instructions a byte, and every run reads
 * three profiles. What is not of this kind, or is wrong, is left to libyaml. */
#ifndef BASE_YAML_PLAIN_H
#define BASE_YAML_PLAIN_H

#include "base/yaml.h"

/* The same tree that libyaml's events make; *root is NULL when the bytes are not so plain. */
MUST_USE status yaml_read_plain(arena *a, slice bytes, yaml **root);

#endif
