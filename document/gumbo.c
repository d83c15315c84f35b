#include "document/gumbo.h"

#include <string.h>
#include <strings.h>

#include "text/utf8.h"

#define MEMORY_FACTOR 64 /* of the page, that its tree may take */
#define MEMORY_LEAST ((size_t)16 << 20)
#define DEPTH_FACTOR 4 /* of limits.nesting: pages leave tags open */

typedef struct gumbo_piece {
	struct gumbo_piece *before, *after;
	size_t bytes;
	size_t pad; /* keeps what follows aligned as malloc would */
} gumbo_piece;

static void *
take(void *user, size_t bytes)
{
	gumbo_tree *t = user;

	if (bytes > t->most - t->used)
		t->failed = STATUS_LIMIT;
	gumbo_piece *p = t->failed != STATUS_OK
				 ? NULL
				 : memory_alloc(t->context->memory, sizeof(*p) + bytes);
	if (p == NULL) {
		if (t->failed == STATUS_OK)
			t->failed = STATUS_MEMORY;
		longjmp(t->out, 1);
	}
	*p = (gumbo_piece){ .after = t->pieces, .bytes = bytes };
	if (t->pieces != NULL)
		t->pieces->before = p;
	t->pieces = p;
	t->used += bytes;
	return p + 1;
}

static void
give_back(void *user, void *bytes)
{
	gumbo_tree *t = user;
	gumbo_piece *p = bytes;

	if (p == NULL)
		return;
	p--;
	if (p->before != NULL)
		p->before->after = p->after;
	else
		t->pieces = p->after;
	if (p->after != NULL)
		p->after->before = p->before;
	t->used -= p->bytes;
	memory_free(t->context->memory, p);
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Elements that need no end tag. */
static bool
is_light(slice name)
{
	static const char *const light[] = { "p", "li", "dt", "dd", "option", "tr", "td", "th",
		"thead", "tbody", "tfoot", "br", "hr", "img", "input", "meta", "link", "col",
		"colgroup", "area", "base", "wbr", "source", "param", "embed", "rt", "rp",
		"html", "head", "body", NULL };

	for (const char *const *l = light; *l != NULL; l++)
		if (strlen(*l) == name.n && strncasecmp(*l, name.p, name.n) == 0)
			return true;
	return false;
}

/* Roughly how deep tags are nested, at most. */
static size_t
depth_of(slice text)
{
	size_t depth = 0, most = 0;
	const char *p = text.p, *end = text.p + text.n;

	while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL && end - p > 2) {
		bool closes = *++p == '/';
		const char *start = p + closes, *stop = start;
		while (stop < end && (is_letter(*stop) || (*stop >= '0' && *stop <= '9')))
			stop++;
		if (stop == start || is_light((slice){ start, (size_t)(stop - start) }))
			continue;
		depth = closes ? depth - (depth > 0) : depth + 1;
		most = depth > most ? depth : most;
	}
	return most;
}

static status
refuse(context *c, slice path)
{
	return context_fail(c, STATUS_LIMIT, "%.*s: nested too deeply or too often",
		"%.*s\u00A0: trop imbriqué, ou trop souvent", SLICE_ARG(path));
}

/* What is kept over the jump lives in the tree. */
static status
parse(gumbo_tree *t, slice text)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = take;
	options.deallocator = give_back;
	options.userdata = t;
	options.max_errors = 0;
	if (setjmp(t->out) != 0)
		return t->failed;
	t->output = gumbo_parse_with_options(&options, text.p, text.n);
	return STATUS_OK;
}

status
gumbo_tree_read(gumbo_tree *t, context *c, slice path, slice text)
{
	*t = (gumbo_tree){ .context = c, .most = text.n * MEMORY_FACTOR + MEMORY_LEAST };
	if (depth_of(text) > c->limits.nesting * DEPTH_FACTOR)
		return refuse(c, path);
	status done = parse(t, text);
	return done == STATUS_LIMIT ? refuse(c, path) : done;
}

void
gumbo_tree_free(gumbo_tree *t)
{
	for (gumbo_piece *p = t->pieces, *next; p != NULL; p = next) {
		next = p->after;
		memory_free(t->context->memory, p);
	}
	t->pieces = NULL;
}

static const GumboNode *
first_text(const GumboNode *n)
{
	while (n->type == GUMBO_NODE_ELEMENT) {
		const GumboVector *v = &n->v.element.children;
		if (v->length == 0)
			return NULL;
		n = v->data[v->length - 1];
	}
	return n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE ? n : NULL;
}

static status
ask_gumbo(context *c, slice reference, char out[REFERENCE_BYTES], size_t *n)
{
	gumbo_tree t;

	*n = 0;
	status done = gumbo_tree_read(&t, c, reference, reference);
	const GumboNode *node =
		done == STATUS_OK && t.output != NULL ? first_text(t.output->root) : NULL;
	if (node != NULL && node->v.text.text[0] != '&') {
		size_t length = strlen(node->v.text.text);
		if (length < REFERENCE_BYTES) {
			memcpy(out, node->v.text.text, length);
			*n = length;
		}
	} else if (node != NULL && strcmp(node->v.text.text, "&") == 0 && reference.n > 1) {
		out[0] = '&';
		*n = 1;
	}
	gumbo_tree_free(&t);
	return done;
}

status
references_decode(references *r, context *c, slice reference, slice *out)
{
	size_t slot = slice_hash(reference) % REFERENCES_KEPT, n;

	*out = SLICE("");
	if (reference.n > sizeof(r->at[0].name))
		return STATUS_OK;
	if (!slice_equal((slice){ r->at[slot].name, r->at[slot].n }, reference)) {
		TRY(ask_gumbo(c, reference, r->at[slot].stands_for, &n));
		memcpy(r->at[slot].name, reference.p, reference.n);
		r->at[slot].n = reference.n;
		r->at[slot].length = n;
	}
	*out = (slice){ r->at[slot].stands_for, r->at[slot].length };
	return STATUS_OK;
}
