/* The two sides of a file that stand in the wrong places: its source in the language of the
 * translation, and its translation in that of the source. Told once, at the first pair. */
#include "checker/bilingual/foreign.h"
#include "checker/rule.h"

#define PAIRS_LEAST 2
#define SHARE_LEAST 0.6 /* of the pairs that say anything of their language */

typedef struct counts {
	size_t pairs, swapped;
	span here, there;
	const document *source;
} counts;

static status
note(check *c, const rule *r, const check_pair *p)
{
	void **slot = check_note(c, r);
	bool source;

	if (!pair_has_both(p))
		return STATUS_OK;
	if (*slot == NULL)
		*slot = ARENA_NEW(c->keep, counts);
	counts *n = *slot;
	if (n == NULL)
		return STATUS_MEMORY;
	n->pairs++;
	if (!p->foreign)
		return STATUS_OK;
	TRY(foreign_judge_source(c, p, &source));
	if (source && n->swapped++ == 0) {
		n->here = p->half[PAIR_TARGET].at;
		n->there = p->half[PAIR_SOURCE].at;
		n->source = p->half[PAIR_SOURCE].document;
	}
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	const counts *n = *check_note(c, r);

	if (n == NULL || n->swapped < PAIRS_LEAST ||
		(double)n->swapped < SHARE_LEAST * (double)n->pairs)
		return STATUS_OK;
	finding f = { .text = n->here, .facing = { n->source, n->there, n->there, n->here } };
	return check_report(c, r, f);
}

const rule rule_bilingual_swapped = {
	.id = "bilingual/swapped",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "quality checks of translation tools (B)",
	.summary_en = "source and translation seem to be swapped",
	.summary_fr = "le texte source et la traduction semblent être intervertis",
	.explanation_en =
		"In most pairs of the file the source is in the language that the translation "
		"should have, and the translation in that of the source. Told once, at the "
		"first "
		"of them.",
	.explanation_fr =
		"Dans la plupart des paires du fichier, le texte source est dans la langue que "
		"devrait avoir la traduction, et la traduction dans celle du texte source. "
		"Signalé une fois, à la première.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"The Council met in Geneva yesterday to consider it.\nIt took "
			"note of the report that the Committee presented.",
			"Le Conseil s’est réuni hier à Genève pour l’examiner.\nIl a "
			"pris note du rapport que le Comité a présenté.",
			.source = "Le Conseil s’est réuni hier à Genève pour l’examiner."
				  "\nIl a pris note du rapport que le Comité a présenté." },
		{ LANGUAGE_FR, NULL, "Le Conseil s’est réuni.", .source = "The Council met." }),
	.pair = note,
	.document = finish,
};
