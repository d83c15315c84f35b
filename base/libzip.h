/* libzip, loaded when the first zip file is met. Most runs meet none, and it brings libcrypto,
 * whose loading takes as long as checking a letter. Its functions are called through a table
 * under their own names without the prefix: libzip.fread for zip_fread. */
#ifndef BASE_LIBZIP_H
#define BASE_LIBZIP_H

#include <zip.h>

#include "base/context.h"

#define LIBZIP_FUNCTIONS(X) \
	X(close) \
	X(delete) \
	X(discard) \
	X(error_code_zip) \
	X(error_fini) \
	X(error_init) \
	X(error_set) \
	X(error_to_data) \
	X(fclose) \
	X(file_add) \
	X(file_replace) \
	X(file_set_mtime) \
	X(fopen_index) \
	X(fread) \
	X(get_error) \
	X(get_name) \
	X(get_num_entries) \
	X(name_locate) \
	X(open_from_source) \
	X(source_buffer) \
	X(source_buffer_create) \
	X(source_close) \
	X(source_free) \
	X(source_function) \
	X(source_function_create) \
	X(source_keep) \
	X(source_make_command_bitmap) \
	X(source_open) \
	X(source_read) \
	X(source_seek_compute_offset) \
	X(stat_index) \
	X(stat_init)

#define LIBZIP_MEMBER(name) __typeof__(zip_##name) *name;
extern struct libzip {
	LIBZIP_FUNCTIONS(LIBZIP_MEMBER)
} libzip;

/* To be called before any function of the table, as often as one likes, from any thread.
 * STATUS_NOT_FOUND, with a message, when the library is not installed. */
MUST_USE status libzip_load(context *c);

#endif
