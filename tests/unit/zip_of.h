/* Packages made in a test, with the parts that it is about. */
#ifndef TESTS_UNIT_ZIP_OF_H
#define TESTS_UNIT_ZIP_OF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

/* Names and contents of parts in turn, ending with NULL; free the bytes. */
static inline char *
zip_of(const char *const *parts, size_t *n)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &error);
	assert_non_null(to);
	zip_source_keep(to);
	zip_t *z = zip_open_from_source(to, ZIP_TRUNCATE, &error);
	assert_non_null(z);
	for (; *parts != NULL; parts += 2) {
		zip_source_t *from = zip_source_buffer(z, parts[1], strlen(parts[1]), 0);
		assert_true(zip_file_add(z, parts[0], from, ZIP_FL_OVERWRITE) >= 0);
	}
	assert_int_equal(zip_close(z), 0);
	assert_int_equal(zip_source_open(to), 0);
	zip_source_seek(to, 0, SEEK_END);
	*n = (size_t)zip_source_tell(to);
	zip_source_seek(to, 0, SEEK_SET);
	char *bytes = malloc(*n);
	assert_non_null(bytes);
	assert_int_equal(zip_source_read(to, bytes, *n), *n);
	zip_source_close(to);
	zip_source_free(to);
	return bytes;
}

#endif
