/* Parameters of a request: those of the query, which win, and those of the body, whatever its
 * Content-Type says.
 *
 * LibreOffice 7.4 posts text without encoding it. A body that has raw spaces or bytes from 0x80
 * on and begins with "text=" is taken literally up to the last "&language=". A percent sign
 * that no two hexadecimal digits follow is a percent sign. */
#ifndef APPS_HTTP_FORM_H
#define APPS_HTTP_FORM_H

#include "apps/cli/bytes.h"

#define FORM_FIELDS 64 /* further ones are passed over */

typedef struct form {
	struct {
		paraph_text name, value;
	} fields[FORM_FIELDS];
	size_t count;
	char *text; /* what they point into */
} form;

/* Either may be empty. False: memory is out. */
bool form_read(form *f, paraph_text query, paraph_text body);
void form_free(form *f);

/* The first of that name; p is NULL when there is none. */
paraph_text form_get(const form *f, const char *name);
/* Is it there, and not empty? */
bool form_has(const form *f, const char *name);
bool form_is(const form *f, const char *name, const char *value);

/* Cuts the next item off a list that commas part, without spaces around it. False at the end.
 */
bool form_next(paraph_text *list, paraph_text *item);

#endif
