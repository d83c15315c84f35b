/* Corrections change lines where they stand, so the two texts are walked side by side; where
 * they part, the nearest place where lines agree again is looked for, within a window that
 * keeps the search linear. */
#include "apps/cli/diff.h"

#include <stdlib.h>
#include <string.h>

#define AROUND 3   /* unchanged lines shown on either side */
#define WINDOW 200 /* lines looked ahead for the texts to agree again */

typedef struct text_lines {
	paraph_text *at; /* each with its "\n", if it has one */
	size_t n;
} text_lines;

typedef struct change { /* lines [a, a + removed) became [b, b + added) */
	size_t a, removed, b, added;
} change;

typedef struct comparison {
	text_lines old, new;
	change *changes;
	size_t n, capacity;
} comparison;

static text_lines
cut_lines(paraph_text t)
{
	text_lines l = { 0 };
	size_t capacity = 64;

	l.at = allocate(NULL, capacity, sizeof(*l.at));
	for (size_t start = 0; start < t.n;) {
		const char *end = memchr(t.p + start, '\n', t.n - start);
		size_t n = end == NULL ? t.n - start : (size_t)(end - (t.p + start)) + 1;
		if (l.n == capacity) {
			capacity *= 2;
			l.at = allocate(l.at, capacity, sizeof(*l.at));
		}
		l.at[l.n++] = (paraph_text){ t.p + start, n };
		start += n;
	}
	return l;
}

static bool
same(const comparison *c, size_t a, size_t b)
{
	if (a >= c->old.n || b >= c->new.n)
		return a >= c->old.n && b >= c->new.n;
	return c->old.at[a].n ==
	       c->new.at[b].n &&memcmp(c->old.at[a].p, c->new.at[b].p, c->old.at[a].n) == 0;
}

static void
add_change(comparison *c, change one)
{
	if (c->n == c->capacity) {
		c->capacity = c->capacity == 0 ? 16 : 2 * c->capacity;
		c->changes = allocate(c->changes, c->capacity, sizeof(*c->changes));
	}
	c->changes[c->n++] = one;
}

/* How far on the texts agree again; all that is left when they do not within the window. One
 * line is enough where as many came as went, which is what corrections do. */
static change
find_change(const comparison *c, size_t a, size_t b)
{
	size_t old_left = c->old.n - a, new_left = c->new.n - b;

	for (size_t distance = 1; distance < WINDOW; distance++)
		for (size_t removed = 0; removed <= distance; removed++) {
			size_t added = distance - removed;
			if (removed <= old_left && added <= new_left &&
				same(c, a + removed, b + added) &&
				(removed == added || same(c, a + removed + 1, b + added + 1)))
				return (change){ a, removed, b, added };
		}
	return (change){ a, old_left, b, new_left };
}

static void
compare(comparison *c)
{
	size_t a = 0, b = 0;

	while (a < c->old.n || b < c->new.n) {
		if (same(c, a, b)) {
			a++;
			b++;
			continue;
		}
		change one = find_change(c, a, b);
		add_change(c, one);
		a += one.removed;
		b += one.added;
	}
}

typedef struct printer {
	output *out;
	const char *removed, *added, *head, *plain;
} printer;

static void
put_text(const printer *p, const char *text)
{
	output_write(p->out, text, strlen(text));
}

static void
put_line(const printer *p, const char *color, const char *sign, paraph_text line)
{
	bool ended = line.n > 0 && line.p[line.n - 1] == '\n';

	put_text(p, color);
	put_text(p, sign);
	output_write(p->out, line.p, ended ? line.n - 1 : line.n);
	put_text(p, color[0] == '\0' ? "" : p->plain);
	put_text(p, ended ? "\n" : "\n\\ No newline at end of file\n");
}

static void
put_lines(const printer *p, const char *color, const char *sign, const text_lines *lines,
	size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		put_line(p, color, sign, lines->at[i]);
}

/* The first line of a range that has none is the one before it. */
static size_t
shown(size_t first, size_t n)
{
	return n == 0 ? first : first + 1;
}

static void
put_hunk(const printer *p, const comparison *c, size_t from, size_t to)
{
	const change *first = &c->changes[from], *last = &c->changes[to - 1];
	size_t lead = first->a < AROUND ? first->a : AROUND;
	size_t a = first->a - lead, b = first->b - lead;
	size_t a_end = last->a + last->removed, b_end = last->b + last->added;
	size_t tail = c->old.n - a_end < AROUND ? c->old.n - a_end : AROUND;
	char head[128];

	snprintf(head, sizeof(head), "@@ -%zu,%zu +%zu,%zu @@", shown(a, a_end + tail - a),
		a_end + tail - a, shown(b, b_end + tail - b), b_end + tail - b);
	put_text(p, p->head);
	put_text(p, head);
	put_text(p, p->plain);
	put_text(p, "\n");
	for (size_t i = from; i < to; i++) {
		const change *one = &c->changes[i];
		put_lines(p, "", " ", &c->old, a, one->a);
		put_lines(p, p->removed, "-", &c->old, one->a, one->a + one->removed);
		put_lines(p, p->added, "+", &c->new, one->b, one->b + one->added);
		a = one->a + one->removed;
	}
	put_lines(p, "", " ", &c->old, a, a_end + tail);
}

static void
put_hunks(const printer *p, const comparison *c)
{
	for (size_t i = 0, next; i < c->n; i = next) {
		next = i + 1;
		while (next < c->n &&
			c->changes[next].a <= c->changes[next - 1].a +
						      c->changes[next - 1].removed + 2 * AROUND)
			next++;
		put_hunk(p, c, i, next);
	}
}

void
diff_write(output *out, const char *path, paraph_text old, paraph_text new, bool color)
{
	comparison c = { .old = cut_lines(old), .new = cut_lines(new) };
	printer p = { out, "", "", "", "" };

	if (color)
		p = (printer){ out, "\033[31m", "\033[32m", "\033[36m", "\033[0m" };
	compare(&c);
	if (c.n != 0) {
		put_text(&p, "--- ");
		put_text(&p, path);
		put_text(&p, "\n+++ ");
		put_text(&p, path);
		put_text(&p, "\n");
		put_hunks(&p, &c);
	}
	free(c.changes);
	free(c.old.at);
	free(c.new.at);
}
