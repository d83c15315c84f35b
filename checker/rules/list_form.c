/* « Souligner … / Exprimer … / La coopération … »: the items of a list have one grammatical
 * form. Judged is what can be told without parsing: all items but one begin with an infinitive
 * (behind « de » or “to” too), and the last one begins with an article or a plain noun. */
#include "checker/rules/list.h"
#include "checker/rules/wording.h"
#include "text/fold.h"

#define ALIKE_LEAST 4
#define WORD_MOST 40 /* bytes */

enum { FORM_OTHER, FORM_INFINITIVE, FORM_NOUN };

static slice
next_word(slice *rest)
{
	size_t n = 0;

	*rest = slice_trim(*rest);
	while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\n')
		n++;
	slice found = slice_sub(*rest, 0, n);
	*rest = slice_sub(*rest, n, rest->n);
	return found;
}

/* Lower case; what stands before an apostrophe is cut off: « d’écrire ». */
static slice
lowered(char *out, slice s)
{
	slice lower = { out, text_lower(out, s) };

	if (slice_starts(lower, SLICE("d\u2019")))
		return slice_sub(lower, sizeof("d\u2019") - 1, lower.n);
	while (lower.n > 0 && (lower.p[lower.n - 1] == ',' || lower.p[lower.n - 1] == ';'))
		lower.n--;
	return lower;
}

static bool
is_in(slice s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(s, *list))
			return true;
	return false;
}

static bool
is_infinitive(const check *c, slice lower)
{
	const lexicon *x = c->with->lexicons[LANGUAGE_FR - LANGUAGE_FR];
	const analysis *readings;

	for (size_t n = x == NULL ? 0 : lexicon_analyses(x, lower, &readings); n > 0; n--)
		if ((readings[n - 1].grammar & POS_VERB) != 0 &&
			slice_equal(lexicon_lemma(x, readings[n - 1].lemma), lower))
			return true;
	return false;
}

static int
form_of(const check *c, slice text)
{
	static const char *const articles[] = { "le", "la", "les", "un", "une", "des", "the",
		"a", "an", NULL };
	static const char *const particles[] = { "de", "à", "ne", "pas", "se", "mieux", NULL };
	char room[3 * WORD_MOST + 4];
	bool english = c->language == LANGUAGE_EN;

	for (size_t k = 0; k < 3; k++) {
		slice first = next_word(&text);
		if (first.n == 0 || first.n > WORD_MOST)
			return FORM_OTHER;
		slice lower = lowered(room, first);
		if (is_in(lower, articles) || slice_starts(lower, SLICE("l\u2019")))
			return k == 0 ? FORM_NOUN : FORM_OTHER;
		if (english)
			return slice_is(lower, "to") ? FORM_INFINITIVE : FORM_OTHER;
		if (is_infinitive(c, lower))
			return FORM_INFINITIVE;
		if (!is_in(lower, particles))
			break;
	}
	return FORM_OTHER;
}

typedef struct forms { /* of one list */
	size_t of[3], odd, total;
} forms;

static status
judge(check *c, const rule *r, const list_run *items, const forms *f)
{
	if (f->of[FORM_NOUN] != 1 || f->of[FORM_INFINITIVE] < ALIKE_LEAST ||
		f->of[FORM_INFINITIVE] + 1 != f->total)
		return STATUS_OK;
	span text = c->document->blocks[items->at[f->odd].block].text;
	slice rest = check_text(c, text), first = next_word(&rest);
	text.end = text.start + (uint32_t)first.n;
	return check_report(c, r, (finding){ .text = text });
}

static status
look(check *c, const rule *r, const list_run *items)
{
	forms *all = ARENA_ARRAY(&c->scratch, forms, items->count);
	size_t lists = 0;

	if (all == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < items->count; i++)
		all[i] = (forms){ .total = 0 };
	for (size_t i = 0; i < items->count; i++) {
		forms *f = &all[items->at[i].list];
		int form = form_of(c, list_text(c, &items->at[i]));
		lists = items->at[i].list >= lists ? items->at[i].list + 1 : lists;
		f->total++;
		f->of[form]++;
		if (form == FORM_NOUN)
			f->odd = i;
	}
	for (size_t i = 0; i < lists; i++)
		TRY(judge(c, r, items, &all[i]));
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	return list_each_run(c, r, look);
}

const rule rule_list_form = {
	.id = "list/form",
	.severity = SEVERITY_INFO,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.source = "FR-LIS-07 (B): S/2018/7 in French",
	.summary_en = "this item has another form than the others of its list",
	.summary_fr = "ce point n’a pas la même forme que les autres de la liste",
	.explanation_en =
		"The items of one list share their grammatical form. Reported is the only item "
		"that begins with a noun where four or more begin with an infinitive.",
	.explanation_fr =
		"Les points d’une même liste ont la même forme grammaticale. Est signalé le "
		"seul point qui commence par un nom quand quatre autres au moins commencent "
		"par "
		"un infinitif.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Il faut :\n\n• Souligner l’enjeu\n\n• Exprimer un avis\n\n"
			"• La coopération des États\n\n• Demander un rapport\n\n• "
			"Publier "
			"la liste",
			"Il faut :\n\n• Souligner l’enjeu\n\n• Exprimer un avis\n\n"
			"• Renforcer la coopération des États\n\n• Demander un "
			"rapport\n\n• Publier la liste" },
		{ LANGUAGE_EN,
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) The report;\n\n"
			"(d) To rest;\n\n(e) To go.",
			"It decides:\n\n(a) To read;\n\n(b) To speak;\n\n(c) To report;\n\n"
			"(d) To rest;\n\n(e) To go." },
		{ LANGUAGE_FR, NULL,
			"Il décide :\n\na) De lire ;\n\nb) D’écrire ;\n\nc) De juger ;\n\nd) "
			"De "
			"noter ;\n\ne) De ne pas voter." }),
	.document = finish,
};
