/* Runs a fuzz target over files, without libFuzzer: replay FILE… . Every file is also run cut
 * short in a few places and with single bytes changed, so that a small corpus goes far. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define VARIANTS 60

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* On a copy of its exact size, so that a checker sees reads past the end. */
static void
run(const char *bytes, size_t n)
{
	uint8_t *copy = malloc(n == 0 ? 1 : n);

	if (copy == NULL)
		exit(2);
	memcpy(copy, bytes, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

static void
run_variants(slice bytes)
{
	uint32_t seed = (uint32_t)bytes.n;

	run(bytes.p, bytes.n);
	char *copy = malloc(bytes.n == 0 ? 1 : bytes.n);
	if (copy == NULL)
		exit(2);
	for (int i = 0; i < VARIANTS && bytes.n != 0; i++) {
		memcpy(copy, bytes.p, bytes.n);
		size_t at = next_random(&seed) % bytes.n;
		copy[at] = (char)next_random(&seed);
		run(copy, i % 2 == 0 ? bytes.n : next_random(&seed) % bytes.n);
	}
	free(copy);
}

int
main(int count, char **arguments)
{
	context c;

	context_init(&c, &memory_libc);
	for (int i = 1; i < count; i++) {
		file f;
		if (file_open(&f, &c, arguments[i]) != STATUS_OK) {
			fprintf(stderr, "%s\n", c.message);
			return 2;
		}
		run_variants(f.bytes);
		file_close(&f, c.memory);
	}
	printf("replayed %d files, %d variants of each\n", count - 1, VARIANTS);
	return 0;
}
