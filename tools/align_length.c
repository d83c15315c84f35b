/* Two files, a segment a line, aligned by the lengths of their lines alone (text/align.h): the
 * measure that `make eval-align` puts beside `paraph align`. Prints a line a bead. */
#include <stdio.h>

#include "base/file.h"
#include "text/align.h"
#include "text/utf8.h"

typedef struct lengths {
	ARRAY(uint32_t) list;
} lengths;

static status
read_lengths(context *c, const char *path, lengths *out)
{
	file f;
	slice rest, line;

	TRY(file_open(&f, c, path));
	rest = f.bytes;
	status done = STATUS_OK;
	while (done == STATUS_OK && slice_line(&rest, &line)) {
		done = ARRAY_RESERVE(c->memory, &out->list, 1);
		if (done == STATUS_OK)
			out->list.at[out->list.n++] = (uint32_t)utf8_count(line);
	}
	file_close(&f, c->memory);
	return done;
}

static void
print_side(uint32_t first, unsigned count)
{
	putchar('[');
	for (unsigned i = 0; i < count; i++)
		printf(i == 0 ? "%u" : ", %u", first + i);
	putchar(']');
}

int
main(int argc, char **argv)
{
	context c;
	lengths sides[2] = { 0 };
	align_beads beads = { 0 };

	context_init(&c, &memory_libc);
	if (argc != 3)
		return 2;
	for (int k = 0; k < 2; k++)
		if (read_lengths(&c, argv[k + 1], &sides[k]) != STATUS_OK)
			return 2;
	if (align_by_length(&memory_libc, sides[0].list.at, sides[0].list.n, sides[1].list.at,
		    sides[1].list.n, &beads) != STATUS_OK)
		return 2;
	for (size_t i = 0; i < beads.list.n; i++) {
		const align_bead *b = &beads.list.at[i];
		print_side(b->first[0], b->count[0]);
		putchar(':');
		print_side(b->first[1], b->count[1]);
		putchar('\n');
	}
	return 0;
}
