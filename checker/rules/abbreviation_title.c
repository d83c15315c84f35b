/* « Mr », « Mme. », « Dr. » in French: M. and MM. have a full stop, Mme, Mlle, Dr, Me and Mgr
 * have none, since they end with the last letter of the word. */
#include "checker/rules/wording.h"

static const char *const watched[] = { "mr", "mrs", "mme", "mmes", "mlle", "mlles", "dr", "mgr",
	NULL };
static const char *const no_french[] = { "mr", "mrs", NULL };

static bool
is_stop(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_MARK && t->word == '.' && t->gap == GAP_NONE;
}

/* A name follows: a capital, no article that begins a sentence. */
static bool
is_before_name(const check *c, size_t i)
{
	static const char *const openers[] = { "le", "la", "les", "l’", "il", "elle", "ils",
		"elles", "un", "une", "ce", "cette", "ces", "en", "dans", "à", "son", "sa",
		NULL };
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_WORD && t->gap != GAP_NONE && !check_word_is(c, i, openers) &&
	       (wording_shape(c, i) & SHAPE_LOWER) == 0;
}

static slice
right_form(slice found)
{
	if (slice_equal(found, SLICE("Mr")))
		return SLICE("M.");
	if (slice_equal(found, SLICE("Mrs")))
		return SLICE("Mme");
	return found;
}

static status
look(check *c, const rule *r, size_t i)
{
	slice found = check_token(c, i);
	bool stop = is_stop(c, i + 1);

	if (!check_word_is(c, i, watched) || found.p[0] < 'A' || found.p[0] > 'Z' ||
		(wording_shape(c, i) & SHAPE_TITLE) == 0)
		return STATUS_OK;
	if ((!stop && !check_word_is(c, i, no_french)) || !is_before_name(c, i + 1 + stop) ||
		wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i + stop), right_form(found), r->fix);
}

const rule rule_abbreviation_title = {
	.id = "abbreviation/title",
	.severity = SEVERITY_ERROR,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-ABR-01 (A): FAO, S/2018/7",
	.summary_en = "this French abbreviation of a title is written otherwise",
	.summary_fr = "cette abréviation de titre de civilité s’écrit autrement",
	.explanation_en =
		"In French, Monsieur is M. and Messieurs MM., with a full stop; Mme, Mlle, "
		"Dr, Me and Mgr have none, for they keep the last letter of the word.",
	.explanation_fr =
		"Monsieur s’abrège en M. et Messieurs en MM., avec un point\u00A0; Mme, "
		"Mlle, Dr, Me et "
		"Mgr n’en prennent pas, car ils gardent la dernière lettre du mot.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La parole est à Mr Abdrakhmanov.",
					  "La parole est à M. Abdrakhmanov." },
		{ LANGUAGE_FR, "La parole est à Mme. Biha.", "La parole est à Mme Biha." },
		{ LANGUAGE_FR, "Il a consulté le Dr. Diop.", "Il a consulté le Dr Diop." },
		{ LANGUAGE_FR, NULL,
			"M. Diop et Mme Biha ont consulté le Dr Ba et Mgr Sarr." }),
	.token = look,
};
