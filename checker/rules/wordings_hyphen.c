/* Hyphens that a list decides: data/lang/wordings-*.tsv. */
#include <string.h>

#include "checker/quotation.h"
#include "checker/rules/nominal.h"

/* « parce-qu’ils », « tandis-qu’elle »: one word for the tokeniser, whatever stands behind. */
static const char *const tied[] = { "parce-qu’", "tandis-qu’", "afin-qu’", "alors-qu’",
	"pour-qu’", "dès-qu’", "bien-qu’", "ainsi-qu’", NULL };

static size_t
tied_length(slice lower)
{
	for (size_t i = 0; tied[i] != NULL; i++)
		if (slice_starts(lower, slice_of(tied[i])))
			return strcspn(tied[i], "-");
	return 0;
}

static bool
is_tied(const check *c, const word *w, const word_reading *r, language l)
{
	(void)r;
	return l == LANGUAGE_FR && (w->shape & SHAPE_APOSTROPHE) != 0 &&
	       tied_length(words_at(&c->words, w->lower)->text) != 0;
}

static status
look_tied(check *c, const rule *r, size_t i)
{
	size_t n = tied_length(check_lower(c, i));
	slice shown = check_token(c, i);

	if (n == 0 || quotation_holds(c, i))
		return STATUS_OK;
	slice tail = slice_sub(shown, n + strlen("-"), shown.n);
	return check_report_fix(c, r, check_span(c, i, i),
		check_printf(c, "%.*s %.*s", (int)n, shown.p, SLICE_ARG(tail)), r->fix);
}

/* « une pseudo taxe », « des pseudo médecins » */
static const char *const pseudo[] = { "pseudo", NULL };

static status
look_pseudo(check *c, const rule *r, size_t i)
{
	/* the noun, a pen name, is masculine and would have its s */
	static const char *const others[] = { "la", "une", "cette", "sa", "les", "des", "ces",
		"ses", "leurs", "aux", "quelques", NULL };
	const uint32_t nominal = POS_NOUN | POS_ADJECTIVE;
	uint32_t parts =
		i == 0 || i + 1 >= c->tokens.count ? 0 : nominal_parts(c, i + 1) & POS_PARTS;
	const token *t = &c->tokens.at[i];

	if (i == 0 || (t[-1].features & FEATURE_DETERMINER) == 0 || t[1].kind != TOKEN_WORD ||
		t[1].gap != GAP_SPACE || t->gap == GAP_NONE ||
		(phrase_shape(c, i + 1) & SHAPE_LOWER) == 0 ||
		((parts & ~nominal) != 0 && !check_word_is(c, i - 1, others)) ||
		(parts & nominal) == 0 || quotation_holds(c, i))
		return STATUS_OK;
	slice right = check_printf(
		c, "%.*s-%.*s", SLICE_ARG(check_token(c, i)), SLICE_ARG(check_token(c, i + 1)));
	finding f = { .text = check_span(c, i, i + 1),
		.fix = FIX_REVIEW,
		.suggestions = &right,
		.suggestion_count = 1,
		.message = check_message(c, "pseudo is joined by a hyphen",
			"«\u00A0pseudo\u00A0» se joint par un trait d’union") };
	return check_report(c, r, f);
}

const rule rule_hyphen_compound = {
	.id = "hyphen/compound",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_HYPHEN,
	.wants = is_tied,
	.token = look_tied,
	.source =
		"FR-TRT-01 (C), FR-TRT-05 (C): S/2018/7, Imprimerie nationale, UNTERM; "
		"EN-SPE-07 (A), EN-SPE-08 (C), EN-SPE-09 (A), EN-SPE-10 (A), EN-SPE-13 (B): UN "
		"Editorial Manual, UN spelling list 2005, WFP word index",
	.summary_en = "this compound is written in another way",
	.summary_fr = "ce composé s’écrit autrement",
	.explanation_en =
		"Compounds whose hyphens are fixed: cooperation and subregional have none, "
		"well-being and self-determination have one, a website is one word.",
	.explanation_fr = "Composés dont le trait d’union est fixé\u00A0: ci-joint, vis-à-vis, "
			  "cessez-le-feu, "
			  "vice-président, sous-région en ont\u00A0; compte rendu et point de "
			  "vue n’en ont "
			  "pas.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Vous trouverez ci joint le rapport.",
					  "Vous trouverez ci-joint le rapport." },
		{ LANGUAGE_FR, "Le compte-rendu de la séance est paru.",
			"Le compte rendu de la séance est paru." },
		{ LANGUAGE_FR, "Le vice président de la Commission a parlé.",
			"Le vice-président de la Commission a parlé." },
		{ LANGUAGE_FR, "La paix au Moyen Orient est menacée.",
			"La paix au Moyen-Orient est menacée." },
		{ LANGUAGE_FR, "Il part parce-qu’il est las.", "Il part parce qu’il est las." },
		{ LANGUAGE_FR, NULL,
			"Le cessez-le-feu, ci-après dénommé la trêve, de ce point de vue." },
		{ LANGUAGE_EN, "The web site is down.", "The website is down." },
		{ LANGUAGE_EN, "Regional co-operation grows.", "Regional cooperation grows." },
		{ LANGUAGE_EN, NULL,
			"The Organization for Security and Co-operation in Europe agreed." }),
};

const rule rule_hyphen_prefix = {
	.id = "hyphen/prefix",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = pseudo,
	.after = FEATURE_NOUN | FEATURE_ADJECTIVE,
	.token = look_pseudo,
	.source = "FR-TRT-04 (B): S/2018/7, peacekeeping.un.org",
	.summary_en = "this prefix is joined without a hyphen",
	.summary_fr = "ce préfixe se joint sans trait d’union",
	.explanation_en = "In French, inter, extra, multi, anti, co, trans and other learned "
			  "prefixes are joined to the word; “sous-” and “pseudo-” have "
			  "their hyphen.",
	.explanation_fr =
		"Inter, extra, multi, anti, co, trans et d’autres préfixes savants "
		"se joignent au "
		"mot sans trait d’union\u00A0: interrégional, extrabudgétaire, antimines\u00A0"
		"; sous-régional "
		"et pseudo-médecin ont le leur.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La coopération inter-régionale se développe.",
					  "La coopération interrégionale se développe." },
		{ LANGUAGE_FR, "Les ressources extra-budgétaires manquent.",
			"Les ressources extrabudgétaires manquent." },
		{ LANGUAGE_FR, "Une pseudo taxe est levée.", "Une pseudo-taxe est levée." },
		{ LANGUAGE_FR, NULL,
			"La coopération sous-régionale et interrégionale, l’ex-président." }),
};

const rule rule_hyphen_fraction = {
	.id = "hyphen/fraction",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.en = true,
	.source = "EN-SPE-12 (A): UN spelling list 2005",
	.summary_en = "a fraction in words has no hyphen here",
	.summary_fr = "une fraction en toutes lettres n’a pas ici de trait d’union",
	.explanation_en =
		"Fractions in words have no hyphen unless they modify a noun: one third "
		"of the total, a one-third share.",
	.explanation_fr = "En anglais, une fraction en toutes lettres n’a de trait d’union que "
			  "devant le nom "
			  "qu’elle qualifie\u00A0: one third of the total, a one-third share.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN, "Some two-thirds of the members agreed.",
					  "Some two thirds of the members agreed." },
		{ LANGUAGE_EN, NULL, "It needs a two-thirds majority of the members." }),
};
