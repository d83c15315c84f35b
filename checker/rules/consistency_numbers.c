/* Number styles that are mixed in one document where the house leaves the choice: « 7 % » and
 * « 7 pour cent », 12 000 and 12,000. One finding a document, at the first of the fewer. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

typedef struct styles {
	size_t of[2];
	span first[2];
} styles;

static status
count(check *c, const rule *r, int style, span where)
{
	void **note = check_note(c, r);
	styles *s = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, styles));

	if (s == NULL)
		return STATUS_MEMORY;
	if (s->of[style]++ == 0)
		s->first[style] = where;
	return STATUS_OK;
}

/* The fewer of both; NULL where the document does not mix them. */
static const span *
find_fewer(const styles *s)
{
	if (s == NULL || s->of[0] == 0 || s->of[1] == 0)
		return NULL;
	return &s->first[s->of[1] < s->of[0]];
}

/* --- per cent --- */

/* i is % or cent. */
static status
count_per_cent(check *c, const rule *r, size_t i)
{
	static const char *const halves[] = { "pour", "per", NULL };
	const token *t = &c->tokens.at[i];
	bool spelled = t->kind == TOKEN_WORD;
	size_t number = i - 1 - spelled;

	if (i < 2 || check_profile(c)->per_cent != PER_CENT_ANY || !number_in_prose(c))
		return STATUS_OK;
	if (spelled ? !slice_is(check_lower(c, i), "cent") || !check_word_is(c, i - 1, halves)
		    : t->word != '%')
		return STATUS_OK;
	/* A figure in brackets stands where a sign does, in prose or not. */
	if (c->tokens.at[number].kind != TOKEN_NUMBER ||
		(!spelled && c->tokens.at[number - 1].kind != TOKEN_WORD) ||
		quotation_holds(c, i))
		return STATUS_OK;
	return count(c, r, spelled, check_span(c, number, i));
}

static status
judge_per_cent(check *c, const rule *r)
{
	const styles *s = *check_note(c, r);
	const span *fewer = find_fewer(s);

	if (fewer == NULL)
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = *fewer,
			.message = check_message(c, "mixed: %zu × %% and %zu × per cent",
				"notations mêlées\u00A0: %zu × %% et %zu × pour cent", s->of[0],
				s->of[1]) });
}

static const char *const watched[] = { "cent", NULL };

const rule rule_consistency_per_cent = {
	.id = "consistency/per-cent",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = FEATURE_RATE | (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-NUM-06: A/RES/70/1 in French, Directives éditoriales of FAO (A)",
	.summary_en = "the sign % and the words are mixed",
	.summary_fr = "«\u00A0%\u00A0» et «\u00A0pour cent\u00A0» mêlés",
	.explanation_en =
		"Where the house allows both, a document keeps to one of them in its "
		"running text. A document that mixes them is told once, with both counts; "
		"tables and quotations are not counted.",
	.explanation_fr =
		"Là où l’usage admet les deux, un document s’en tient à l’un d’eux dans le "
		"texte courant. Un document qui les mêle n’est signalé qu’une fois, avec "
		"les deux nombres\u00A0; tableaux et citations ne comptent pas.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il a crû de 7 pour cent, puis de 8 pour cent, enfin de 9 %.",
			"Il a crû de 7 pour cent, puis de 8 pour cent, enfin de 9 pour "
			"cent." }),
	.token = count_per_cent,
	.document = judge_per_cent,
};

/* --- thousands --- */

/* The mark between groups of three digits: ' ' or ','; 0 for anything else. */
static char
mark_of(slice s)
{
	char mark = 0;
	size_t digits = 0;

	for (size_t k = 0; k < s.n; k++) {
		unsigned char b = (unsigned char)s.p[k];
		if (b >= '0' && b <= '9') {
			digits++;
			continue;
		}
		if (b >= 0x80 && b < 0xC0) /* the rest of a no-break space */
			continue;
		char here = b == ',' ? ',' : (b == ' ' || b >= 0x80) ? ' ' : 0;
		if (here == 0 || digits > 3 || digits == 0 ||
			(mark != 0 && (digits != 3 || here != mark)))
			return 0;
		mark = here;
		digits = 0;
	}
	return digits == 3 ? mark : 0;
}

static status
count_thousands(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->length < 5 || t->length > 20 || i == 0 || t[-1].kind != TOKEN_WORD ||
		t[1].kind != TOKEN_WORD || !number_in_prose(c) ||
		check_profile(c)->thousands != THOUSANDS_ANY || number_follows_reference(c, i))
		return STATUS_OK;
	char mark = mark_of(check_token(c, i));
	if (mark == 0 || quotation_holds(c, i))
		return STATUS_OK;
	return count(c, r, mark == ',', check_span(c, i, i));
}

static status
judge_thousands(check *c, const rule *r)
{
	const styles *s = *check_note(c, r);
	const span *fewer = find_fewer(s);

	if (fewer == NULL)
		return STATUS_OK;
	return check_report(c, r,
		(finding){ .text = *fewer,
			.message = check_message(c,
				"mixed groups of thousands: %zu × 1 000 and %zu × 1,000",
				"milliers séparés de deux façons\u00A0: %zu × 1 000 et %zu × "
				"1,000",
				s->of[0], s->of[1]) });
}

const rule rule_consistency_thousands = {
	.id = "consistency/thousands",
	.severity = SEVERITY_INFO,
	.en = true,
	.on = FEATURE_NUMBER,
	.source = "EN-NUM-04: Editorial Manual, Numbers, dates and time (A)",
	.summary_en = "thousands are set apart in two ways",
	.summary_fr = "milliers séparés de deux façons",
	.explanation_en =
		"Where the house does not say, or the text has lost its no-break spaces, a "
		"document separates thousands in one way: 12,000 or 12 000. One that mixes "
		"them is told once, with both counts.",
	.explanation_fr =
		"Là où la maison ne dit rien, ou dans un texte qui a perdu ses espaces "
		"insécables, un document anglais sépare les milliers d’une seule façon\u00A0: "
		"12,000 ou 12 000. Celui qui les mêle n’est signalé qu’une fois, avec les "
		"deux nombres.",
	.examples = RULE_EXAMPLES({ LANGUAGE_EN,
		"The camp has 12,000 refugees, the town has 15,000 people and the "
		"port has 11 000 workers.",
		"The camp has 12,000 refugees, the town has 15,000 people and the "
		"port has 11,000 workers." }),
	.token = count_thousands,
	.document = judge_thousands,
};
