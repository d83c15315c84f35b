/* Libraries that are loaded when they are needed, and stay until the process ends. */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* The first that is there of names that end with NULL; NULL: none is. */
void *library_load(const char *const *names);
/* *function becomes the address of the function; false: the library has none of that name. */
bool library_find(void *library, const char *name, void *function, size_t bytes);

#endif
