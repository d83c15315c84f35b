/* Glossaries of OmegaT: source term, target term, remark, with tabs between; a pair for each
 * English name of a concept that is not to be avoided, with all French ones. Only written. */
#include <string.h>

#include "termbase/exchange.h"

static status
begin(exchange_output *out)
{
	buffer_put(out->bytes, SLICE("# en\tfr\n"));
	return out->bytes->status;
}

/* Tabs and line breaks would end the cell. */
static void
put_clean(buffer *out, slice s)
{
	for (size_t i = 0; i < s.n; i++)
		buffer_put_char(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

static bool
is_acronym(const entry *e, uint32_t term)
{
	return (entry_term_flags(e, term) & TERM_ACRONYM) != 0;
}

static bool
is_name_in(const entry *e, uint32_t term, language l)
{
	slice tag = e->sections.at[e->terms.at[term].section].language;

	return entry_language(tag) == l && entry_term_status(e, term) <= TERM_ADMITTED;
}

/* The remark: the definition or else the note, in French or of the concept. */
static slice
remark_of(const entry *e)
{
	static const char *const types[] = { "definition", "note", "subjectField" };
	slice found = SLICE("");

	for (size_t i = 0; i < 3 && found.n == 0; i++) {
		found = entry_value(e, OWNER_CONCEPT, types[i]);
		for (size_t k = 0; k < e->sections.n && found.n == 0; k++)
			if (entry_language(e->sections.at[k].language) == LANGUAGE_FR)
				found = entry_value(e, OWNER_SECTION(k), types[i]);
	}
	return found;
}

/* French names for an English one, after commas: acronyms for an acronym, names for a name. */
static size_t
put_targets(buffer *out, const entry *e, uint32_t en, bool alike)
{
	size_t n = 0;

	for (uint32_t fr = 0; fr < e->terms.n; fr++) {
		if (!is_name_in(e, fr, LANGUAGE_FR) ||
			(alike && is_acronym(e, fr) != is_acronym(e, en)))
			continue;
		if (n++ == 0) {
			put_clean(out, e->terms.at[en].text);
			buffer_put_char(out, '\t');
		} else
			buffer_put(out, SLICE(", "));
		put_clean(out, e->terms.at[fr].text);
	}
	return n;
}

static status
write(exchange_output *out, const entry *e)
{
	for (uint32_t en = 0; en < e->terms.n && !e->retired; en++) {
		if (!is_name_in(e, en, LANGUAGE_EN) ||
			(put_targets(out->bytes, e, en, true) == 0 &&
				put_targets(out->bytes, e, en, false) == 0))
			continue;
		buffer_put_char(out->bytes, '\t');
		put_clean(out->bytes, remark_of(e));
		buffer_put_char(out->bytes, '\n');
	}
	return out->bytes->status;
}

static status
end(exchange_output *out)
{
	return out->bytes->status;
}

static const char *const extensions[] = { ".utf8", NULL };

const exchange exchange_omegat = {
	.name = "omegat",
	.extensions = extensions,
	.summary_en = "glossary of OmegaT, English to French",
	.summary_fr = "glossaire d’OmegaT, de l’anglais au français",
	.begin = begin,
	.write = write,
	.end = end,
};
