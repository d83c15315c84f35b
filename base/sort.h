/* Sorting of what is nearly in order already: findings of a document come block after block,
 * and only those of one block, and of the rules that end with the document, stand in another
 * order. qsort compares n log n times whatever it is given; this one n times and a few. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* n elements of so many bytes; equal ones keep their order. room is for as many. */
void sort_nearly(void *at, size_t n, size_t bytes, int (*compare)(const void *, const void *),
	void *room);

/* Of elements that begin with a hash of 64 bits, puts those whose hash may stand there twice in
 * front, in their order, and answers how many they are: most stand alone, and need no sorting
 * to find that out. */
size_t sort_drop_single(void *at, size_t n, size_t bytes);

#endif
