/* One concept as exchange formats hold it (ISO 30042): a concept has sections, one for each
 * language; a section has terms; and each of the three has items: definitions, notes, sources,
 * grammar, cross-references, transactions.
 *
 * Items bear the names of TBX data categories, whatever format they came from. What paraph
 * itself asks for has a function below; everything else travels through import, store and
 * export as it is, which is how a termbase keeps what it does not understand.
 *
 * An entry is filled, closed, read, and then cleared for the next concept: importing a million
 * of them takes the memory of the largest. All text is copied. */
#ifndef TERMBASE_ENTRY_H
#define TERMBASE_ENTRY_H

#include "base/context.h"

typedef enum term_status {
	TERM_PREFERRED,
	TERM_ADMITTED,
	TERM_DEPRECATED,
	TERM_SUPERSEDED, /* right for its time */
} term_status;

typedef enum term_evidence {
	EVIDENCE_VERIFIED,
	EVIDENCE_PARTIAL,
	EVIDENCE_UNVERIFIED
} term_evidence;

enum term_flags {
	TERM_ACRONYM = 1 << 0,
	TERM_CONTEXT = 1 << 1, /* also an ordinary phrase or another name: never a finding */
	TERM_WORD = 1 << 3,    /* only a word that spelling is to know: never matched */
	TERM_EXCHANGEABLE = 1 << 2, /* as good as the preferred one; one text keeps to one */
};

enum term_gender { TERM_MASCULINE = 1, TERM_FEMININE = 2, TERM_PLURAL = 4 };

/* What may hold an item of a TBX file; named after its elements of that name. */
typedef enum entry_element {
	ELEMENT_ADMIN,
	ELEMENT_DESCRIP,
	ELEMENT_TERM_NOTE,
	ELEMENT_NOTE,
	ELEMENT_REF,
	ELEMENT_XREF,
	ELEMENT_TRANSACTION,
	ELEMENT_DATE,
	ELEMENT_ADMIN_NOTE,
	ELEMENT_DESCRIP_NOTE,
	ELEMENT_TRANSACTION_NOTE,
	ELEMENT_XML, /* an element that paraph does not know, whole, as markup */
	ELEMENTS,
} entry_element;

typedef enum entry_level { LEVEL_CONCEPT, LEVEL_SECTION, LEVEL_TERM } entry_level;

typedef struct entry_owner { /* of an item */
	entry_level level;
	uint32_t index; /* in sections or terms; 0 for the concept */
} entry_owner;

#define OWNER_CONCEPT ((entry_owner){ LEVEL_CONCEPT, 0 })
#define OWNER_SECTION(i) ((entry_owner){ LEVEL_SECTION, (uint32_t)(i) })
#define OWNER_TERM(i) ((entry_owner){ LEVEL_TERM, (uint32_t)(i) })

typedef struct entry_item {
	entry_element element;
	slice type;  /* the data category: "definition"; empty for notes and dates */
	slice value; /* text; with markup, XML with the inline elements of TBX */
	slice language, target, id; /* xml:lang, target and id of the element, or empty */
	uint32_t group; /* items of one number belong together, the first being the head, as in
			   descripGrp and transacGrp; 0 stands alone */
	bool markup;
	entry_owner owner;
	uint32_t order; /* among the items of the entry */
} entry_item;

typedef struct entry_range { /* of items, once the entry is closed */
	uint32_t first, count;
} entry_range;

typedef struct entry_section {
	slice language; /* BCP 47, as it was given: "fr", "en-GB", "zh-Hant" */
	entry_range items;
} entry_section;

typedef struct entry_term {
	slice text, id;
	uint32_t section;
	uint32_t order; /* in which it was added */
	entry_range items;
} entry_term;

typedef struct entry {
	const memory *memory;
	arena text;
	slice id;
	bool retired; /* takes back the concept of this id from an earlier layer */
	entry_range items_of_concept;
	ARRAY(entry_section) sections;
	ARRAY(entry_term) terms; /* those of one section stand together */
	ARRAY(entry_item) items;
	uint32_t groups; /* given out so far */
} entry;

void entry_init(entry *e, const memory *m);
void entry_free(entry *e);
void entry_clear(entry *e); /* keeps the memory */

MUST_USE status entry_set_id(entry *e, slice id);
/* The section of a language, a new one when it is not there yet. */
MUST_USE status entry_section_of(entry *e, slice tag, uint32_t *section);
MUST_USE status entry_add_term(entry *e, uint32_t section, slice text, uint32_t *term);
MUST_USE status entry_set_term_text(entry *e, uint32_t term, slice text);
MUST_USE status entry_set_term_id(entry *e, uint32_t term, slice id);
/* Element, type, value and whatever else is set; owner and order are filled in. */
MUST_USE status entry_add_item(entry *e, entry_owner owner, entry_item item);
/* The plain case: one element with a category and a text. An empty value adds nothing. */
MUST_USE status entry_add(
	entry *e, entry_owner owner, entry_element element, const char *type, slice value);
uint32_t entry_new_group(entry *e);

/* Puts terms by their sections and items by their owners; call it once, before reading. */
MUST_USE status entry_close(entry *e);

MUST_USE status entry_copy(entry *to, const entry *from); /* to is cleared first */

/* The items of an owner: *count of them. */
const entry_item *entry_items(const entry *e, entry_owner owner, size_t *count);
/* The first item of a category ("note" for notes); NULL when there is none. */
const entry_item *entry_find(const entry *e, entry_owner owner, const char *type);
slice entry_value(const entry *e, entry_owner owner, const char *type); /* "" for none */

/* What paraph asks of terms, from their items. */
term_status entry_term_status(const entry *e, uint32_t term);
/* Has it a preferred term? One without leaves its names to a layer below. */
bool entry_has_name(const entry *e);
uint8_t entry_term_flags(const entry *e, uint32_t term);  /* TERM_ACRONYM … */
uint8_t entry_term_gender(const entry *e, uint32_t term); /* TERM_MASCULINE … */
term_evidence entry_evidence(const entry *e);
/* French for "fr" and "fr-CA", English likewise; LANGUAGE_OTHER for all others. */
language entry_language(slice tag);

const char *entry_element_name(entry_element e); /* "descrip" */
bool entry_element_of(slice name, entry_element *out);
const char *term_status_name(term_status s);     /* "preferred", "admitted", … */
const char *term_evidence_name(term_evidence e); /* "verified", "partial", "unverified" */
bool term_status_of(slice name, term_status *out);
bool term_evidence_of(slice name, term_evidence *out);

/* The names of TBX for an administrative status: "preferredTerm-admn-sts"; the short ones of
 * DCT ("preferred") are read too. */
const char *term_status_tbx(term_status s);
bool term_status_of_tbx(slice name, term_status *out);

#endif
