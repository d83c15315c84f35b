/* Which: HTML Living Standard, 3.2.6 and 4.8; WAI-ARIA 1.2, 6.6; of meta, description and the
 * Open Graph properties that are prose. */
#include "document/formats/html_attributes.h"

#include <strings.h>

static bool
is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcasecmp(name, *list) == 0)
			return true;
	return false;
}

/* <meta name="description" content="…"> <meta property="og:title" content="…"> */
static bool
is_prose_of_page(const GumboElement *e)
{
	static const char *const names[] = { "description", "og:title", "og:description",
		"twitter:title", "twitter:description", "dc.title", "dc.description",
		"dcterms.title", "dcterms.description", NULL };
	static const char *const says[] = { "name", "property" };

	for (size_t i = 0; i < 2; i++) {
		const GumboAttribute *a = gumbo_get_attribute(&e->attributes, says[i]);
		if (a != NULL && is_one_of(a->value, names))
			return true;
	}
	return false;
}

static bool
is_prose(const GumboElement *e, const char *name)
{
	static const char *const names[] = { "title", "alt", "aria-label", "aria-description",
		"placeholder", "summary", NULL };

	if (e->tag == GUMBO_TAG_META)
		return strcasecmp(name, "content") == 0 && is_prose_of_page(e);
	return e->tag != GUMBO_TAG_LINK && is_one_of(name, names);
}

/* A second <body> gives its attributes to the first, which begins long before them. */
static bool
is_in_tag(const GumboElement *e, GumboStringPiece s)
{
	GumboStringPiece tag = e->original_tag;

	return tag.length != 0 && s.data >= tag.data &&
	       s.data + s.length <= tag.data + tag.length;
}

static bool
is_quoted(GumboStringPiece s)
{
	return s.length > 2 && (s.data[0] == '"' || s.data[0] == '\'') &&
	       s.data[s.length - 1] == s.data[0];
}

const GumboAttribute *
html_next_prose(const GumboElement *e, unsigned *i)
{
	while (*i < e->attributes.length) {
		const GumboAttribute *a = e->attributes.data[(*i)++];
		if (is_prose(e, a->name) && is_quoted(a->original_value) &&
			is_in_tag(e, a->original_value))
			return a;
	}
	return NULL;
}
