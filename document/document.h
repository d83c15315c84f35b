/* A document as rules see it, whatever file it came from: one flat UTF-8 text in NFC, cut into
 * blocks, with a map back to the bytes of the file. What the format cannot show as text is not
 * in the flat text; what stands in the flat text outside every block (running headers, page
 * numbers, markup) is not looked at by rules.
 *
 * Everything hangs on the document's arena except the bytes of the file and what was built
 * piece by piece and is as large as it. */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/buffer.h"
#include "base/context.h"
#include "document/facts.h"
#include "document/pair.h"
#include "document/source_map.h"

typedef enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_ITEM,      /* of a list: the marker (• – a) 1.) is not in the span */
	BLOCK_CELL,      /* of a table */
	BLOCK_NOTE,      /* footnote or endnote */
	BLOCK_SIGNATURE, /* names, titles and dates at the foot of a letter */
} block_kind;

typedef struct block {
	span text;        /* of document.text, without white space at either end */
	uint8_t kind;     /* enum block_kind */
	uint8_t language; /* enum language; LANGUAGE_OTHER is left alone by every rule */
	uint8_t hint;     /* what the file says the language is, where that is often wrong */
	bool quoted;      /* the words of somebody else, as its style says */
} block;

/* What some formats need that is no part of the file. All zero is a good start. */
typedef struct document_options {
	language forced;             /* LANGUAGE_UNKNOWN: detect the language of each block */
	slice format_name;           /* whatever the file looks like; empty: recognise it */
	struct lexicon *lexicons[2]; /* French, English; NULL: none */
	const char *pdf_helper;      /* path of paraph-pdf; NULL: there is none */
	bool overwrite;              /* the bytes may be composed where they lie */
	bool utf8;                   /* the bytes are, whatever they say of themselves */
	/* Of what was read before, where a document is read again and again; NULL: none. */
	struct language_memo *languages;
	struct text_memo *memo;
} document_options;

typedef enum block_part {
	PART_BODY,
	PART_FOOTNOTE,
	PART_ENDNOTE,
	PART_HEADER,
	PART_FOOTER,
	PART_BOX, /* a text box */
	PART_COMMENT,
} block_part;

/* Where a person finds a block, as far as the format knows. */
typedef struct block_place {
	/* The number printed before it, after those that it stands under: "12 (b)"; of a note
	 * its mark. */
	slice number;
	uint32_t heading; /* of its section: number of a block, from 1; 0: none */
	uint32_t page;    /* from 1; 0: not known */
	uint8_t part;     /* enum block_part */
} block_place;

typedef struct document {
	arena arena;
	document_options options;
	slice path;  /* as given by the user; "-" for standard input */
	slice bytes; /* of the file, borrowed; of a packed one, its text; empty when they were
			overwritten: document/original.h */
	const struct original *original; /* then */
	const struct format *format;
	slice text; /* UTF-8, NFC; the bytes of the file themselves where nothing had to change
		     */
	buffer built;  /* of the text, where the arena does not hold it */
	void *kept[3]; /* arrays that grew with the file: runs of the map, blocks, pairs */
	source_map map;
	slice package; /* the file, where it is one of parts: places are those of the text */
	const void *source; /* what its format wants to know for corrections and places */
	block *blocks;      /* in text order, never overlapping; written by the reader only */
	size_t block_count;
	const doc_pair *pairs; /* of a bilingual file, in its order */
	size_t pair_count;
	const span *comments; /* in order: text that a comment of the format says in a line */
	size_t comment_count;
	const block_place *places; /* one for each block; NULL: lines say it all */
	language language;         /* of most words */
	size_t words;
	const text_facts *facts; /* NULL: nobody counted */
	uint64_t *hashes;        /* of the text of each block; NULL: nobody keeps them */
	bool commented;          /* “paraph:” stands in the text, spaces aside */
	bool raised;             /* so does ¹ */
	bool cdata;              /* an XML file has sections in which nothing is escaped */
	bool reflowed;           /* hard-wrapped lines were joined to paragraphs */
	bool extracted; /* the text has lost its no-break spaces: design contract, section 5 */
	const char *encoding; /* "UTF-8", "UTF-16LE", "windows-1252", … */
	slice remark; /* a sentence on what could not be read, in the language of the user */
} document;

/* Reads bytes (borrowed; they must outlive the document) with the format that
 * recognises them. On failure the message of the context says what and where, and the document
 * needs no free. */
MUST_USE status document_read_with(
	document *d, context *c, slice path, slice bytes, const document_options *options);
/* The same with no option but the language. */
MUST_USE status document_read(
	document *d, context *c, slice path, slice bytes, language forced);
/* The same with the format of that name, whatever the file looks like; empty: as above. */
MUST_USE status document_read_as(
	document *d, context *c, slice path, slice bytes, language forced, slice format_name);
void document_free(document *d);
/* Of a document of which only what lies in its arena is wanted any longer. */
void document_free_text(document *d);

/* STATUS_USAGE, with a message, when there is no format of that name. */
/* Is the format of that name one whose files are packages, without lines? */
bool document_format_is_package(slice name);

MUST_USE status document_check_format(context *c, slice name);

/* The language that a tag ("fr-CA", "eng") names; LANGUAGE_UNKNOWN for none. */
language document_language_of(slice tag);

/* The text of a block without the comment to paraph at its end, whose reason may be in another
 * language; all of it where nothing stands before the comment. */
slice document_spoken(const document *d, const block *b);

/* Is the file made of segments and their translations? */
static inline bool
document_is_bilingual(const document *d)
{
	return d->pair_count != 0;
}

#endif
