/* A Word document while it is read. docx.c knows the package, docx_text.c the elements of a
 * part, docx_section.c sections, notes and pages, docx_paragraph.c makes blocks of the text of
 * paragraphs.
 *
 * For corrections the document is read a second time, and the places of the words that are to
 * be touched are kept: so a check pays nothing for them, in time or in memory. */
#ifndef DOCUMENT_FORMATS_DOCX_READER_H
#define DOCUMENT_FORMATS_DOCX_READER_H

#include "document/formats/docx.h"
#include "document/formats/docx_lists.h"
#include "document/formats/docx_parts.h"
#include "document/formats/docx_styles.h"
#include "document/number.h"

#define NESTED_MOST 32  /* paragraphs inside paragraphs */
#define CHOICES_MOST 32 /* alternatives inside alternatives */
#define PARTS_MOST 400
#define LANGUAGES_KNOWN (LANGUAGE_OTHER + 1)

/* Of the text around a paragraph, which a text box interrupts. */
typedef struct run_state {
	unsigned runs;   /* that are open */
	unsigned fields; /* that are open */
	uint64_t codes;  /* of those, from the innermost, whose code is being read */
	bool hidden, raised;
	language language;
	uint32_t field;  /* number of the hold of the outermost, from 1; 0: none */
	bool field_ends; /* with the run */
	uint32_t outer;  /* number of the hold of the run that others stand in */
	size_t run;      /* in the paragraph's, of the open one */
} run_state;

typedef struct paragraph { /* being read */
	buffer text;
	ARRAY(layout_piece) pieces; /* places in it, until it is a block */
	ARRAY(docx_run) runs;
	block_kind kind;
	const docx_style *style;
	int heading, list, level; /* what it says itself; DOCX_UNSAID */
	bool in_table, counted, is_item;
	buffer label;      /* the number that Word prints before it */
	unsigned depth;    /* of its element */
	bool mark_deleted; /* it goes on with the next, which gives it its properties */
	bool mark_hidden;  /* likewise, but keeps its number */
	bool waits;        /* for that next one: its own element is over */
	bool object;       /* something that is no text stands here */
	/* The first of a content control, until its start is known: LibreOffice 7.4 drops what
	 * stands before a comment there, which must be put at the start. */
	bool is_first;
	uint32_t hold;                 /* that start */
	unsigned boxes;                /* that it stands in */
	uint32_t page;                 /* of its first character */
	size_t bytes[LANGUAGES_KNOWN]; /* of text, by the language it is marked as */
	run_state around;
} paragraph;

typedef struct docx_note { /* a reference in the body */
	int id;
	uint8_t part; /* PART_FOOTNOTE, PART_ENDNOTE, PART_COMMENT */
	bool custom;
	uint32_t hold; /* its run; 0 unless the layout is wanted */
	uint32_t page;
	slice number;
} docx_note;

typedef struct docx_head { /* a header or footer that is shown */
	slice path;
	bool is_footer;
	uint32_t hold; /* a point in its section; 0 unless the layout is wanted */
} docx_head;

typedef struct note_style {
	char format[24]; /* "lowerRoman" */
	int start;
	bool by_section, by_page;
} note_style;

typedef struct docx_reader {
	docx_xml xml;
	package package;
	context *context;
	document *document;
	docx_reading *reading; /* NULL: only the document is wanted */
	arena keep;
	docx_parts parts;
	docx_styles styles;
	docx_lists lists;
	/* of the document */
	buffer text;   /* not when it is read again: it is there already */
	size_t text_n; /* bytes of it so far */
	ARRAY(block) blocks;
	ARRAY(block_place) places;
	ARRAY(docx_note) notes;
	ARRAY(docx_head) heads;
	ARRAY(layout_piece) pieces;
	ARRAY(docx_run) runs;
	ARRAY(layout_hold) holds;
	ARRAY(uint32_t) ids;
	ARRAY(docx_mention) mentions;
	ARRAY(slice) names; /* of the parts that were read */
	number_path path;
	uint32_t heading, page;
	bool has_pages, even_heads;
	/* in a part */
	paragraph open[NESTED_MOST];
	unsigned nested;
	run_state run;
	unsigned skip;  /* depth of the element whose content is left out; 0: none */
	unsigned cells; /* of tables, that are open */
	unsigned boxes; /* text boxes, likewise */
	run_state box_states[NESTED_MOST]; /* around each box */
	bool in_properties, in_paragraph_properties, in_section, in_text, preserve;
	uint32_t shown;    /* where the last element in a run stands */
	size_t text_start; /* in the paragraph, of the piece of text in hand */
	size_t text_piece; /* among its pieces, of the first of that text */
	block_part part;
	uint32_t part_hold; /* of a note, a header: where comments on it stand */
	slice part_number;
	bool part_fixed;
	unsigned space_depth;  /* of the element with xml:space="preserve" */
	unsigned fixed_depth;  /* of what may not be changed */
	unsigned simple_depth; /* of a w:fldSimple */
	unsigned table_depth;  /* of the properties of a row or cell */
	unsigned code_depth;   /* of a w:instrText */
	char code[16];         /* the beginning of what a field says to do */
	size_t code_n;
	size_t simple_text;          /* of the paragraph, before a w:fldSimple */
	unsigned insert_depth;       /* of a w:ins */
	uint32_t insert, insert_end; /* its tag */
	struct {
		unsigned depth;
		bool taken;
	} choices[CHOICES_MOST];
	unsigned choice_count;
	uint32_t row_page, cell_page; /* a page may end in each cell of a row */
	bool page_broken;             /* by a break, which a rendered one repeats */
	/* of the section in hand */
	bool in_control; /* whose first paragraph has not begun */
	bool wants_point, point_is_late, title_page;
	uint32_t point;   /* after the properties of its first paragraph; 0: not yet */
	unsigned pending; /* depth of that paragraph, until the point is known */
	size_t section_note, section_head; /* the first of them */
	struct {
		slice id;
		uint8_t type; /* of the page: 'd', 'f', 'e' */
		bool is_footer;
	} section_heads[8];
	unsigned section_head_count;
	note_style note_styles[2], document_notes[2]; /* of footnotes, of endnotes */
	note_style *in_notes;
	int note_numbers[2];
	uint32_t note_page;
} docx_reader;

/* --- docx_paragraph.c --- */

/* The innermost open one, or NULL. */
paragraph *docx_inner(docx_reader *r);
void docx_paragraph_begin(docx_reader *r);
/* Its properties have been read. */
void docx_paragraph_describe(docx_reader *r, paragraph *p);
void docx_paragraph_close(docx_reader *r);
/* Closes those whose mark is deleted, deeper than this. */
void docx_paragraph_end_all(docx_reader *r, unsigned depth);

/* Text that is shown; where it stands in the part is kept when that is wanted. */
void docx_put(docx_reader *r, slice s, bool verbatim);
/* Something that is no text. */
void docx_put_object(docx_reader *r);

/* --- docx_text.c --- */

/* Reads the text of a part. STATUS_NOT_FOUND when it is missing. */
MUST_USE status docx_text_read(docx_reader *r, slice part);
/* The number of a new hold, from 1; 0 unless they are wanted. */
uint32_t docx_hold_add(docx_reader *r, uint32_t start, uint32_t end);
/* In the body, not in a text box. */
bool docx_is_text_body(const docx_reader *r);

/* --- docx_section.c --- */

/* A property of r->in_notes. */
void docx_note_style(docx_reader *r, slice element, const XML_Char **all);
void docx_section_property(docx_reader *r, slice element, const XML_Char **all);
void docx_section_end(docx_reader *r);
/* An element begins: perhaps the first of the first paragraph of a section or a control. */
void docx_section_look(docx_reader *r, slice element);
/* The point of the section is here. */
void docx_section_point(docx_reader *r);
void docx_note_reference(docx_reader *r, block_part part, const XML_Char **all);
void docx_note_begin(docx_reader *r, const XML_Char **all);
void docx_comment_begin(docx_reader *r, const XML_Char **all);
void docx_page(docx_reader *r, bool rendered);

#endif
