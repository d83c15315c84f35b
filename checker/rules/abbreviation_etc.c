/* « etc. »: one full stop, never an ellipsis, and a comma before it. */
#include "checker/rules/wording.h"

static const char *const watched[] = { "etc", NULL };

/* How many stops or ellipses follow at once; *dots says whether there is an ellipsis in them.
 */
static size_t
count_stops(const check *c, size_t i, bool *ellipsis)
{
	size_t n = 0;

	*ellipsis = false;
	for (; i + n < c->tokens.count; n++) {
		const token *t = &c->tokens.at[i + n];
		if (t->kind != TOKEN_MARK || t->gap != GAP_NONE ||
			(t->word != '.' && t->word != 0x2026))
			break;
		*ellipsis = *ellipsis || t->word == 0x2026 || n >= 2;
	}
	return n;
}

static status
look(check *c, const rule *r, size_t i)
{
	bool ellipsis;
	size_t stops = count_stops(c, i + 1, &ellipsis);
	slice found = check_token(c, i);

	if (!slice_equal(check_lower(c, i), SLICE("etc")) || i == 0 ||
		(wording_shape(c, i) & SHAPE_LOWER) == 0 || quotation_holds(c, i) ||
		((c->tokens.at[i - 1].features | c->tokens.at[i + 1].features) &
			FEATURE_SLASH) != 0)
		return STATUS_OK;
	bool comma = c->tokens.at[i - 1].kind != TOKEN_WORD || c->tokens.at[i].gap == GAP_NONE;
	if (stops != 0 && !ellipsis && comma)
		return STATUS_OK;
	if (stops == 0 && comma && c->tokens.at[i + 1].kind != TOKEN_EDGE)
		return check_report_fix(c, r, check_span(c, i, i), SLICE("etc."), FIX_REVIEW);
	size_t first = comma ? i : i - 1;
	slice before = comma ? SLICE("") : check_token(c, i - 1);
	return check_report_fix(c, r, check_span(c, first, i + stops),
		check_printf(c, "%.*s%s%.*s.", SLICE_ARG(before), comma ? "" : ", ",
			SLICE_ARG(found)),
		ellipsis && comma ? FIX_SAFE : FIX_REVIEW);
}

const rule rule_abbreviation_etc = {
	.id = "abbreviation/etc",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-ABR-07 (A): FAO",
	.summary_en = "“etc.” has a comma before it, one full stop, and no ellipsis",
	.summary_fr = "«\u00A0etc.\u00A0» veut une virgule avant, un seul point, sans points "
		      "de suspension",
	.explanation_en = "In French, «\u00A0etc.\u00A0» ends with one full stop and stands "
			  "after a comma; an "
			  "ellipsis would say the same thing twice.",
	.explanation_fr = "«\u00A0etc.\u00A0» se termine par un seul point et suit une "
			  "virgule\u00A0; des "
			  "points de suspension "
			  "diraient deux fois la même chose.",
	.examples =
		RULE_EXAMPLES({ LANGUAGE_FR, "Les transports, l’énergie, etc... sont visés.",
				      "Les transports, l’énergie, etc. sont visés." },
			{ LANGUAGE_FR, "Les transports, l’énergie etc. sont visés.",
				"Les transports, l’énergie, etc. sont visés." },
			{ LANGUAGE_FR, NULL, "Les transports, l’énergie, etc., sont visés." }),
	.token = look,
};
