/* Which encoding the bytes of a text file are in, and its characters one by one.
 *
 * Policy: bytes that are valid UTF-8 are UTF-8. A byte order mark is believed. Without one,
 * text with a zero byte in every other place is UTF-16. Bytes that are not UTF-8 are
 * Windows-1252 only when no valid sequence of two bytes or more stands among them, there are no
 * controls, and the high bytes are letters inside words or typographic signs: a UTF-8 file with
 * one damaged byte must not be taken for another encoding. Everything else is an error with
 * the place of the first byte that does not fit. */
#ifndef TEXT_ENCODING_H
#define TEXT_ENCODING_H

#include "base/context.h"

typedef enum encoding {
	ENCODING_UTF8,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_WINDOWS_1252,
} encoding;

/* "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252". */
const char *encoding_name(encoding e);
encoding encoding_of_name(const char *name); /* ENCODING_UTF8 for any other name */

typedef struct encoding_verdict {
	encoding encoding;
	size_t mark;    /* bytes of the byte order mark */
	bool unusual;   /* a character that NFC may change may be in it */
	uint64_t parts; /* where, in UTF-8 behind the mark: as in utf8_facts */
} encoding_verdict;

/* STATUS_FORMAT with a message that names path, place and byte. */
MUST_USE status encoding_recognise(context *c, slice path, slice bytes, encoding_verdict *out);

/* Characters of Windows-1252 from 0x80 to 0xFF; filled by ICU. */
typedef struct encoding_table {
	uint16_t high[128];
} encoding_table;

MUST_USE status encoding_table_init(encoding_table *t, context *c);

/* The character at byte i < bytes.n and its length in bytes; 0 for a broken one (half of a
 * surrogate pair, half of a code unit). t is needed for Windows-1252 only. */
size_t encoding_get(
	encoding e, const encoding_table *t, slice bytes, size_t i, uint32_t *character);

#endif
