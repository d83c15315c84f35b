#include "checker/rules/number.h"

uint32_t
number_of(slice s)
{
	uint32_t value = 0;

	if (s.n == 0 || s.n > 9)
		return NUMBER_NONE;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return NUMBER_NONE;
		value = 10 * value + (uint32_t)(s.p[i] - '0');
	}
	return value;
}

uint32_t
number_plain(const check *c, size_t i)
{
	return c->tokens.at[i].kind == TOKEN_NUMBER ? number_of(check_token(c, i))
						    : NUMBER_NONE;
}

bool
number_is_joint(const check *c, size_t i, uint32_t mark)
{
	const token *t = &c->tokens.at[i];

	return spacing_is_mark(t, mark) && t->gap == GAP_NONE && t[1].gap == GAP_NONE &&
	       t[1].kind != TOKEN_EDGE;
}

const char *
number_space(const check *c)
{
	return c->language == LANGUAGE_FR && !c->document->extracted ? "\u00A0" : " ";
}

slice
number_gap(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return check_text(c, (span){ t[-1].start + t[-1].length, t->start });
}

bool
number_counts_noun(const check *c, size_t i)
{
	static const char *const verbs[] = { "is", "was", "has", "does", "as", "plus", "dans",
		"sous", "sans", "mais", "puis", "less", "across", "its", "this", "alors", "pas",
		"vers", "lors", "dès", "très", "aux", "des", "les", "ces", "ses", "nous",
		"vous", "ils", "elles", "hors", "versus", "thus", "per", NULL };
	static const char *const no_s[] = { "people", "women", "men", "children", "personnel",
		NULL };
	const token *t = &c->tokens.at[i + 1];
	uint32_t others = FEATURE_TITLE | FEATURE_CAPITALS | FEATURE_SINGLE | FEATURE_UNKNOWN;

	if (t->kind != TOKEN_WORD || (t->features & others) != 0 || !number_is_next(c, i + 1) ||
		t->length < 3)
		return false;
	slice s = check_token(c, i + 1);
	if (c->language == LANGUAGE_EN && slice_is_one_of(s, no_s))
		return true;
	return t->length > 3 && s.p[s.n - 1] == 's' && !spacing_word_in(c, t, verbs);
}

bool
number_counts_units(const check *c, size_t i)
{
	static const char *const units[] = { "million", "millions", "milliard", "milliards",
		"billion", "trillion", "dollar", "dollars", "euro", "euros", "pour", "per",
		"percent", "pourcent", "km", "cm", "mm", "kg", "kwh", "mw", "ha", "ans",
		"tonnes", "hectares", "kilomètres", "mètres", "litres", "degrés", "fois",
		NULL };
	static const char *const symbols[] = { "Å", "nm", "µm", "µg", "mg", "dl", "cl", "ml",
		"hl", "µA", "mA", "kA", "mV", "kV", "kW", "GW", "MWh", "GWh", "TWh", "Hz",
		"kHz", "MHz", "GHz", "hPa", "kPa", "MPa", "kJ", "MJ", "GJ", "kbit", "Mbit",
		NULL };
	const token *t = &c->tokens.at[i + 1];

	if (t->kind == TOKEN_MARK)
		return t->word == '%' || t->word == 0x20AC;
	/* m² */
	if (t->length == 1 && t[1].gap == GAP_NONE &&
		(spacing_is_mark(&t[1], 0xB2) || spacing_is_mark(&t[1], 0xB3)) &&
		number_is_next(c, i + 1))
		return true;
	if (!number_is_next(c, i + 1))
		return false;
	if (t->kind == TOKEN_WORD && slice_is_one_of(check_token(c, i + 1), symbols))
		return true;
	if (!spacing_word_in(c, t, units))
		return false;
	slice s = check_lower(c, i + 1);
	return (!slice_is(s, "pour") && !slice_is(s, "per")) ||
	       slice_is(check_lower(c, i + 2), "cent");
}

bool
number_follows_reference(const check *c, size_t i)
{
	static const char *const names[] = { "article", "articles", "art", "par", "paragraphe",
		"paragraphes", "section", "cible", "cibles", "indicateur", "indicateurs",
		"objectif", "règle", "règles", "disposition", "version", "point", "points",
		"chapitre", "tableau", "figure", "annexe", "page", "no", "nos", "numéro",
		"target", "targets", "indicator", "indicators", "goal", "rule", "table",
		"chapter", "paragraph", "et", "ou", "and", "or", "à", "to", NULL };

	const token *before = &c->tokens.at[i] - 1;

	return i == 0 || (before->kind == TOKEN_MARK && before->word != ',') ||
	       spacing_word_in(c, before, names);
}

status
number_report(
	check *c, const rule *r, size_t first, size_t last, fix_kind fix, slice suggestion)
{
	return check_report_fix(c, r, check_span(c, first, last), suggestion, fix);
}
