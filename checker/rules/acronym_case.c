/* UNESCO or Unesco: the United Nations writes acronyms all in capitals, the European Union
 * those of six letters and more like a name. The option `acronyms` of the profile decides; only
 * acronyms of the termbase that are no word otherwise are judged. */
#include "checker/quotation.h"
#include "checker/rules/acronyms.h"
#include "checker/rules/wording.h"
#include "text/fold.h"

#define LETTERS_LEAST 5 /* shorter ones are words too often: Aids, Otan */
#define LONG_LEAST 6    /* written like a name in the European Union */
#define LETTERS_MOST 12

static bool
is_plain(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 0x20) < 'a' || (s.p[i] | 0x20) > 'z')
			return false;
	return true;
}

/* The word in capitals; empty when it is too long or has other letters. */
static slice
capitals(char out[LETTERS_MOST], slice s)
{
	if (s.n < LETTERS_LEAST || s.n > LETTERS_MOST || !is_plain(s))
		return (slice){ 0 };
	for (size_t i = 0; i < s.n; i++)
		out[i] = (char)(s.p[i] & ~0x20);
	return (slice){ out, s.n };
}

static bool
is_common_word(const check *c, const word *w)
{
	const analysis *a;

	return words_analyses(&c->words, w->lower, LANGUAGE_FR, &a) != 0;
}

static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	char room[LETTERS_MOST];
	slice upper = capitals(room, w->text);

	(void)r;
	return upper.n != 0 && c->with->terms != NULL && !is_common_word(c, w) &&
	       termbase_knows(c->with->terms, upper, l);
}

/* Is it an acronym of the termbase, and no other name in capitals? */
static bool
is_acronym(const check *c, size_t i)
{
	const termbase *t = c->with->terms;
	term_match m;

	return termbase_match_at(
		       &m, t, &c->words, &c->tokens, c->document->text, c->language, i) &&
	       m.first == m.last && termbase_term(t, m.term).flags == TERM_ACRONYM;
}

static status
look(check *c, const rule *r, size_t i)
{
	char room[LETTERS_MOST];
	slice text = check_token(c, i), right;
	bool title = (c->tokens.at[i].features & FEATURE_TITLE) != 0;

	if (c->tokens.at[i].kind != TOKEN_WORD)
		return STATUS_OK;
	if (check_profile(c)->acronyms == ACRONYMS_CAPITALS && title)
		right = check_printf(c, "%.*s", SLICE_ARG(capitals(room, text)));
	else if (check_profile(c)->acronyms == ACRONYMS_LONG_LOWER && !title &&
		 text.n >= LONG_LEAST && is_acronym(c, i) && !terms_in_capitals(c, i, i))
		right = wording_capital(c, text);
	else
		return STATUS_OK;
	if (right.n == 0 || wording_is_quoted(c, i, i))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), right, r->fix);
}

const rule rule_acronym_case = {
	.id = "acronym/case",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_TITLE | FEATURE_CAPITALS,
	.wants = wants,
	.source = "FR-ABR-02 (FAO; European Commission; A); rules.md § 1",
	.summary_en = "the capitals of an acronym",
	.summary_fr = "les capitales d’un sigle",
	.explanation_en =
		"In United Nations documents an acronym is all in capitals: UNESCO, UNCTAD. "
		"The "
		"profile eu-fr writes those of six letters and more like a name. Only acronyms "
		"of the termbase that are no word otherwise are judged.",
	.explanation_fr =
		"Dans les documents de l’Organisation, un sigle s’écrit tout en "
		"capitales\u00A0: "
		"UNESCO, CNUCED. Le profil eu-fr écrit comme un nom ceux de six lettres ou "
		"plus. Seuls sont jugés les sigles de la base terminologique qui ne sont pas "
		"des mots par ailleurs.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le rapport de l’Unesco est paru.",
					  "Le rapport de l’UNESCO est paru." },
		{ LANGUAGE_FR, "Le rapport de l’UNESCO est paru.",
			"Le rapport de l’Unesco est paru.", "eu-fr" },
		{ LANGUAGE_FR, NULL, "L’UNESCO, l’OMS et Europe Unie, la Minute et Kosovo." },
		{ LANGUAGE_FR, NULL, "L’Unesco, l’OMS et l’OTAN ont répondu.", "eu-fr" }),
	.token = look,
};
