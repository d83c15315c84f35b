/* “environmentally-sustainable growth”: an adverb in -ly takes no hyphen before what it
 * qualifies. Adjectives and nouns in -ly do: friendly, early, family. They are told by what is
 * left without -ly, which must be a word, and by the list of adjectives made that way. */
#include "checker/rules/wording.h"

#define LEAST 6 /* letters of the adverb */

/* Adjectives and nouns whose stem is a word too. */
static const char *const no_adverbs[] = { "friendly", "costly", "likely", "unlikely", "deadly",
	"orderly", "elderly", "lovely", "lively", "timely", "weekly", "monthly", "quarterly",
	"yearly", "hourly", "nightly", "daily", "kindly", "leisurely", "scholarly", "worldly",
	"motherly", "fatherly", "brotherly", "cowardly", "heavenly", "earthly", "bodily",
	"homely", "lonely", "early", "family", "supply", "assembly", "anomaly", "comely",
	"sickly", "stately", "shapely", "unfriendly", "untimely", "disorderly", "bimonthly",
	"biweekly", "fortnightly", "otherworldly", "ghostly", "saintly", "unruly", NULL };

static bool
is_adverb(const check *c, slice s)
{
	char adjective[64];
	const lexicon *x = c->with->lexicons[LANGUAGE_EN - LANGUAGE_FR];
	const analysis *readings;

	if (s.n < LEAST || s.n > sizeof(adjective) || !slice_ends(s, SLICE("ly")) ||
		slice_is_one_of(s, no_adverbs))
		return false;
	memcpy(adjective, s.p, s.n);
	slice stem = { adjective, s.n - 2 };
	if (s.p[s.n - 3] == 'i') /* temporarily, heavily */
		adjective[s.n - 3] = 'y';
	if (x == NULL)
		return false;
	if (slice_ends(stem, SLICE("ical")) && /* systematically: systematic */
		lexicon_analyses(x, slice_sub(stem, 0, stem.n - 2), &readings) != 0)
		return true;
	return lexicon_analyses(x, stem, &readings) != 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	slice lower = check_lower(c, i), adverb, rest;

	if (!slice_cut(lower, '-', &adverb, &rest) || !slice_ends(adverb, SLICE("ly")) ||
		rest.n < 3 || memchr(rest.p, '-', rest.n) != NULL ||
		(wording_shape(c, i) & (SHAPE_LOWER | SHAPE_TITLE)) == 0 ||
		!is_adverb(c, adverb))
		return STATUS_OK;
	bool title = (wording_shape(c, i) & SHAPE_TITLE) != 0;
	if ((title && wording_inside_sentence(c, i)) || wording_is_quoted(c, i, i))
		return STATUS_OK;
	slice found = check_token(c, i);
	return check_report_fix(c, r, check_span(c, i, i),
		check_printf(c, "%.*s %.*s", (int)adverb.n, found.p, SLICE_ARG(rest)),
		FIX_SAFE);
}

const rule rule_hyphen_adverb = {
	.id = "hyphen/adverb",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.en = true,
	.on = FEATURE_HYPHEN,
	.source = "EN-SPE-11 (A): UNDRR digest of the UN Editorial Manual",
	.summary_en = "no hyphen after an adverb in “-ly”",
	.summary_fr = "pas de trait d’union après un adverbe en «\u00A0-ly\u00A0»",
	.explanation_en = "An adverb in “-ly” is never mistaken for a part of a compound: "
			  "environmentally sustainable growth. Adjectives in “-ly” (friendly, "
			  "early) keep their hyphen.",
	.explanation_fr = "En anglais, un adverbe en «\u00A0-ly\u00A0» ne se lie pas à ce "
			  "qu’il qualifie\u00A0: "
			  "environmentally sustainable growth. Les adjectifs en "
			  "«\u00A0-ly\u00A0» (friendly, "
			  "early) gardent leur trait d’union.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "We want environmentally-sustainable growth.",
					  "We want environmentally sustainable growth." },
		{ LANGUAGE_EN, "It is a temporarily-closed office.",
			"It is a temporarily closed office." },
		{ LANGUAGE_EN, NULL,
			"A family-friendly, early-warning, friendly-looking and "
			"quarterly-issued "
			"bulletin." }),
	.token = look,
};
