/* Attributes of HTML that a reader is shown or told: titles, alternative texts, labels, and
 * what a page says of itself to search engines and to whoever links to it. */
#ifndef DOCUMENT_FORMATS_HTML_ATTRIBUTES_H
#define DOCUMENT_FORMATS_HTML_ATTRIBUTES_H

#include <gumbo.h>

/* The next attribute in the tag of the element whose value is prose, from the *i-th on, which
 * is moved behind it; NULL for none. Its original_value stands between quotation marks: what
 * does not is one word, and a correction with a space would end it. */
const GumboAttribute *html_next_prose(const GumboElement *e, unsigned *i);

#endif
