#include "document/formats/docx_parts.h"

#include <stdio.h>

#define RELATIONS_MOST 20000
#define PATH_MOST 400

typedef struct reader {
	docx_xml xml;
	docx_parts *parts;
	arena *keep;
	slice folder; /* "word/", of the part whose relations are read */
	bool of_package;
} reader;

/* The last word of "http://…/relationships/header". */
static slice
kind_of(slice type)
{
	slice head, kind = type;

	while (memchr(kind.p, '/', kind.n) != NULL)
		slice_cut(kind, '/', &head, &kind);
	return kind;
}

/* The target from a folder, with "." and ".." done; "" for one that leads nowhere. */
static slice
join(slice folder, slice target, char out[2 * PATH_MOST])
{
	size_t n = 0;
	slice step;

	if (folder.n > PATH_MOST || target.n > PATH_MOST || target.n == 0)
		return SLICE("");
	if (target.p[0] == '/')
		target = slice_sub(target, 1, target.n);
	else {
		memcpy(out, folder.p, folder.n);
		n = folder.n;
	}
	for (bool more = true; more;) {
		more = slice_cut(target, '/', &step, &target);
		if (slice_is(step, "."))
			continue;
		if (slice_is(step, "..")) {
			n -= n > 0;
			while (n > 0 && out[n - 1] != '/')
				n--;
			continue;
		}
		memcpy(out + n, step.p, step.n);
		n += step.n;
		if (more)
			out[n++] = '/';
	}
	return (slice){ out, n };
}

static status
add(reader *r, slice id, slice kind, slice path)
{
	docx_parts *s = r->parts;
	docx_relation x;

	if (s->list.n >= RELATIONS_MOST)
		return STATUS_OK;
	TRY(arena_copy(r->keep, id, &x.id));
	TRY(arena_copy(r->keep, kind, &x.kind));
	TRY(arena_copy(r->keep, path, &x.path));
	TRY(ARRAY_RESERVE(r->xml.context->memory, &s->list, 1));
	s->list.at[s->list.n++] = x;
	return STATUS_OK;
}

static void
on_start(void *user, const XML_Char *name, const XML_Char **all)
{
	reader *r = user;
	slice kind = kind_of(docx_attribute(all, "Type"));
	char whole[2 * PATH_MOST];

	if (!slice_is(docx_local(name), "Relationship") || kind.n == 0 ||
		slice_is(docx_attribute(all, "TargetMode"), "External"))
		return;
	slice path = join(r->folder, docx_attribute(all, "Target"), whole);
	if (path.n == 0)
		return;
	if (!r->of_package)
		docx_xml_fail(&r->xml, add(r, docx_attribute(all, "Id"), kind, path));
	else if (slice_is(kind, "officeDocument"))
		docx_xml_fail(&r->xml, arena_copy(r->keep, path, &r->parts->body));
	else if (slice_is(kind, "origin")) /* of digital signatures */
		r->parts->is_signed = true;
}

static status
read_relations(reader *r, const char *part)
{
	status done = docx_xml_read(&r->xml, part);

	return done == STATUS_NOT_FOUND ? STATUS_OK : done;
}

status
docx_parts_missing(const package *p, slice path)
{
	return context_fail(p->context, STATUS_FORMAT, "%s: a damaged file: %.*s is missing",
		"%s\u00A0: le fichier est abîmé\u00A0: il manque %.*s", p->name,
		SLICE_ARG(path));
}

/* "word/document.xml" has its relations in "word/_rels/document.xml.rels". */
static status
find_relations(reader *r)
{
	docx_parts *s = r->parts;
	size_t folder = s->body.n;
	char path[2 * PATH_MOST + 16];

	while (folder > 0 && s->body.p[folder - 1] != '/')
		folder--;
	r->folder = slice_sub(s->body, 0, folder);
	int n = snprintf(path, sizeof(path), "%.*s_rels/%s.rels", (int)folder, s->body.p,
		s->body.p + folder);
	return arena_copy(r->keep, (slice){ path, (size_t)n }, &s->relations);
}

status
docx_parts_read(docx_parts *s, package *p, arena *keep)
{
	reader r = { .xml = { .context = p->context, .package = p, .start = on_start },
		.parts = s,
		.keep = keep,
		.folder = SLICE(""),
		.of_package = true };

	r.xml.user = &r;
	*s = (docx_parts){ 0 };
	TRY(read_relations(&r, "_rels/.rels"));
	bool named = s->body.n != 0;
	if (!named)
		s->body = SLICE("word/document.xml");
	if (!package_has(p, s->body.p))
		return named ? docx_parts_missing(p, s->body)
			     : context_fail(p->context, STATUS_FORMAT,
				       "%s: a zip file that is no Word document",
				       "%s\u00A0: un fichier zip qui n’est pas un document "
				       "Word",
				       p->name);
	TRY(find_relations(&r));
	r.of_package = false;
	return read_relations(&r, s->relations.p);
}

void
docx_parts_free(docx_parts *s, const memory *m)
{
	ARRAY_FREE(m, &s->list);
}

slice
docx_parts_of(const docx_parts *s, const char *kind)
{
	for (size_t i = 0; i < s->list.n; i++)
		if (slice_is(s->list.at[i].kind, kind))
			return s->list.at[i].path;
	return SLICE("");
}

const docx_relation *
docx_parts_find(const docx_parts *s, slice id)
{
	for (size_t i = 0; i < s->list.n; i++)
		if (slice_equal(s->list.at[i].id, id))
			return &s->list.at[i];
	return NULL;
}
