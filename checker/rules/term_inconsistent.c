/* Two names that are as good as each other (égalité des sexes, égalité des genres; FNUAP,
 * UNFPA), both in one document. Said once a document and concept, at the first place of the
 * rarer name, or of the later one when both are as frequent. What is quoted does not count: an
 * author keeps to one name, but quotes another as it is. */
#include "checker/rule.h"

#include "checker/quotation.h"
#include "checker/terms.h"

typedef struct use { /* of one name in the document */
	struct use *next;
	term_ref term;
	span first;
	size_t count;
} use;

static bool
is_upper_word(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return true;
}

static bool
has_exchangeable(const check *c, term_ref of, language l, bool acronym)
{
	term_ref at;

	for (size_t n = termbase_terms(c->with->terms, of, &at); n > 0; n--, at.term++) {
		term_view t = termbase_term(c->with->terms, at);
		if (t.language == l && (t.flags & TERM_EXCHANGEABLE) &&
			is_upper_word(t.text) == acronym)
			return true;
	}
	return false;
}

/* Is the name one of a pair that must not be mixed? */
static bool
is_in_pair(const check *c, const term_match *m)
{
	term_view t = termbase_term(c->with->terms, m->term);

	if (termbase_concept(c->with->terms, m->term).evidence == EVIDENCE_UNVERIFIED)
		return false;
	if (t.flags & TERM_EXCHANGEABLE)
		return true;
	return t.status == TERM_PREFERRED &&
	       has_exchangeable(c, m->term, t.language, (t.flags & TERM_ACRONYM) != 0);
}

static status
count_use(check *c, void **note, const term_match *m)
{
	for (use *u = *note; u != NULL; u = u->next)
		if (u->term.index == m->term.index && u->term.term == m->term.term) {
			u->count++;
			return STATUS_OK;
		}
	use *u = ARENA_NEW(c->keep, use);
	if (u == NULL)
		return STATUS_MEMORY;
	*u = (use){ *note, m->term, m->text, 1 };
	*note = u;
	return STATUS_OK;
}

static status
look(check *c, const rule *r)
{
	terms_found found;

	TRY(terms_of_block(c, &found));
	for (size_t i = 0; i < found.count; i++)
		if (is_in_pair(c, &found.at[i]) && !quotation_holds(c, found.at[i].first))
			TRY(count_use(c, check_note(c, r), &found.at[i]));
	return STATUS_OK;
}

static bool
are_alternatives(const check *c, const use *a, const use *b)
{
	const termbase *t = c->with->terms;
	term_view left = termbase_term(t, a->term), right = termbase_term(t, b->term);

	return left.language == right.language && termbase_same_concept(t, a->term, b->term) &&
	       is_upper_word(left.text) == is_upper_word(right.text);
}

static status
report(check *c, const rule *r, const use *rare, const use *usual)
{
	const termbase *t = c->with->terms;
	concept_view k = termbase_concept(t, rare->term);
	slice one = termbase_term(t, rare->term).text,
	      other = termbase_term(t, usual->term).text;
	finding f = { .text = rare->first,
		.message = check_message(c, "the document says both “%.*s” and “%.*s”",
			"le document emploie à la fois «\u00A0%.*s\u00A0» et "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(one), SLICE_ARG(other)),
		.concept = k.id,
		.source = k.source };

	return check_report(c, r, f);
}

/* The uses stand with the latest first. */
static status
finish(check *c, const rule *r)
{
	const use *all = *check_note(c, r);

	for (const use *late = all; late != NULL; late = late->next)
		for (const use *early = late->next; early != NULL; early = early->next)
			if (are_alternatives(c, late, early))
				TRY(report(c, r, late->count <= early->count ? late : early,
					late->count <= early->count ? early : late));
	return STATUS_OK;
}

const rule rule_term_inconsistent = {
	.id = "term/inconsistent",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.source = "the glossaries, each concept with its own sources (B)",
	.summary_en = "one concept under two names",
	.summary_fr = "une notion sous deux noms",
	.explanation_en = "Both names are accepted, but one document keeps to one of them. "
			  "Said once, at the "
			  "first place of the rarer name. Quotations do not count.",
	.explanation_fr =
		"Les deux noms sont admis, mais un même document s’en tient à l’un "
		"d’eux. Relevé "
		"une seule fois, au premier emploi du nom le plus rare. Les citations "
		"ne comptent pas.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "L’égalité des sexes progresse ; l’égalité des genres aussi.",
			"L’égalité des sexes progresse ; l’égalité des sexes aussi." },
		{ LANGUAGE_FR, NULL,
			"L’égalité des sexes progresse ; elle est l’égalité des sexes." },
		{ LANGUAGE_FR, NULL,
			"L’égalité des sexes progresse, « dans l’égalité des genres »." },
		{ LANGUAGE_EN, "Capacity-building is one thing, capacity building another.",
			"Capacity-building is one thing, this another." },
		{ LANGUAGE_EN, NULL, "Capacity-building and capacity-building." }),
	.block = look,
	.document = finish,
};
