/* Zip files that hold a document in parts (Office Open XML, OpenDocument). What a part inflates
 * to is bounded whatever the file claims. A file with two parts of one name, or with a name
 * that leads out of it, is refused: programs differ in what they make of them. */
#ifndef BASE_PACKAGE_H
#define BASE_PACKAGE_H

#include "base/buffer.h"
#include "base/context.h"

struct zip;
struct zip_file;

typedef struct package {
	context *context;
	const char *name; /* of the file, for messages */
	struct zip *zip;
	size_t unpacked; /* bytes so far */
} package;

/* Do the bytes begin as a zip file does? */
bool package_is_zip(slice bytes);

/* bytes must outlive the package. STATUS_FORMAT with a sentence when it is damaged. */
MUST_USE status package_open(package *p, context *c, const char *name, slice bytes);
void package_close(package *p);

/* Is there a part of this name (case aside)? */
bool package_has(const package *p, const char *part);

/* Names in the order of the file; NULL past the last. */
const char *package_entry(const package *p, size_t i);

/* Hands out the part, inflated, piece by piece; a status other than STATUS_OK stops and is the
 * answer. STATUS_NOT_FOUND when there is none, STATUS_LIMIT when it is larger than limits
 * allow, STATUS_FORMAT when it is damaged. */
MUST_USE status package_each(
	package *p, const char *part, status (*take)(void *user, slice piece), void *user);

/* A part that was read once, within limits, is handed out again as it is asked for: at most n
 * bytes, *got of them, 0 at the end. The file is to be closed before the package. */
MUST_USE status package_file_open(package *p, const char *part, struct zip_file **out);
MUST_USE status package_file_read(
	package *p, const char *part, struct zip_file *f, char *out, size_t n, size_t *got);
void package_file_close(struct zip_file *f);

/* The part, inflated, at the end of out, which grows by no more than it needs. */
MUST_USE status package_read(package *p, const char *part, buffer *out);

#endif
