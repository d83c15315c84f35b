/* A Word document while its corrections are written. docx_edit.c decides and writes the
 * package, docx_run.c writes runs anew, docx_comments.c adds the comments, docx_mentions.c
 * gives those of others new numbers, docx_earlier.c knows those of ours that are there. */
#ifndef DOCUMENT_FORMATS_DOCX_WRITER_H
#define DOCUMENT_FORMATS_DOCX_WRITER_H

#include "base/package.h"
#include "document/formats/docx.h"

typedef struct docx_splice { /* of a part: bytes that take the place of others */
	uint32_t raw, raw_n;
	slice with;
	size_t order; /* of those at one place that take the place of none */
} docx_splice;

typedef struct docx_renumbered { /* a comment of somebody else */
	uint32_t id, now;
} docx_renumbered;

typedef struct docx_range { /* of a part */
	uint32_t raw, n;
	size_t at; /* in what is kept of it */
} docx_range;

typedef struct docx_part { /* that is written anew; it must stay until the zip file is closed */
	struct docx_part *next;
	slice name;
	buffer bytes; /* as it was, or the ranges of it that are looked at; of a new part all */
	ARRAY(docx_range) ranges; /* in order, apart; none: bytes is all of it */
	size_t size;              /* of all of it, where there are ranges */
	ARRAY(docx_splice) splices;
} docx_part;

typedef struct docx_writer {
	context *context;
	const document *document;
	docx_reading reading;
	layout_plan plan;
	edit_style *style;
	package package;
	arena keep;
	docx_part *parts;
	uint32_t next_id; /* 0: none was given out */
	size_t next_used; /* among the ids of the document */
	uint32_t *comment_ids;
	docx_renumbered *renumbered; /* by id */
	size_t renumbered_count;
} docx_writer;

/* A number that no other annotation of the document has. */
uint32_t docx_new_id(docx_writer *w);

/* The part by its name, read; STATUS_NOT_FOUND when the package has none. */
MUST_USE status docx_part_open(docx_writer *w, slice name, docx_part **out);
/* The same with its first bytes and these ranges alone, which are sorted. */
MUST_USE status docx_part_glance(
	docx_writer *w, slice name, docx_range *ranges, size_t n, docx_part **out);
/* Bytes of it; "" where they are not kept. */
slice docx_part_slice(const docx_part *p, uint32_t from, uint32_t to);
/* As many of its first bytes as are kept. */
slice docx_part_head(const docx_part *p);
/* An empty one. */
MUST_USE status docx_part_add(docx_writer *w, slice name, docx_part **out);
MUST_USE status docx_part_splice(
	docx_writer *w, docx_part *p, uint32_t raw, uint32_t raw_n, slice with);
/* Puts text before the end of the root element, with its prefix ("w:") for each \x01 in it. */
MUST_USE status docx_part_append(docx_writer *w, docx_part *p, slice text);

/* The zip file with its parts; the package is still open. */
MUST_USE status docx_parts_write(docx_writer *w, buffer *out);
void docx_parts_free_all(docx_writer *w);

void docx_put_escaped(buffer *out, slice s);
/* "w:" of <w:p …>; "" without a prefix. */
slice docx_prefix(slice tag);

/* Marks of one run, in order; its element is written anew. */
MUST_USE status docx_run_write(
	docx_writer *w, docx_part *p, const docx_run *run, const layout_mark *marks, size_t n);
/* A comment that begins or ends between elements. */
void docx_mark_write(docx_writer *w, slice prefix, const layout_mark *m, buffer *out);

/* The tag with another value of its id, where it has one. */
void docx_put_with_id(buffer *out, slice tag, uint32_t id);

/* Which comments of others need a number above those of the notes, and in a part with its tags
 * put there. Runs that the marks touch are written anew with theirs. */
MUST_USE status docx_renumber(docx_writer *w);
MUST_USE status docx_renumber_part(
	docx_writer *w, docx_part *p, const layout_mark *marks, size_t n);
/* Has a part such tags? Not asked of the comments themselves, which are written anew anyway. */
bool docx_renumbers(const docx_writer *w, size_t part);
/* The ranges of a part that this looks at are added to those there; the count of all. */
size_t docx_renumber_ranges(const docx_writer *w, slice name, docx_range *ranges, size_t n);
/* A child of a run that is written anew. */
void docx_put_renumbered(const docx_writer *w, buffer *out, slice child);

/* Takes out of the plan the comments that an earlier run left at the same place. */
MUST_USE status docx_comments_drop_known(docx_writer *w);
/* What a comment says, with \n between its paragraphs. */
void docx_comment_text(const docx_writer *w, const layout_comment *c, buffer *out);
/* Numbers for the comments of the plan, then the comments themselves. */
MUST_USE status docx_comments_number(docx_writer *w);
MUST_USE status docx_comments_write(docx_writer *w);

#endif
