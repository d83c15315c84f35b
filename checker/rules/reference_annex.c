/* « Voir annexe III » in a document whose annexes end with II.
 *
 * Only documents that have annexes with numbers are judged, and only references that say
 * nothing of another document: « voir », “see” or a bracket stands right before the word. */
#include "checker/quotation.h"
#include "checker/rules/numbered.h"

#define ANNEXES_MOST 63 /* bits */
#define REFERENCES_MOST 200

typedef struct annexes {
	uint64_t there; /* bit n: annex n has a heading */
	size_t count;
	struct annex_reference {
		span text;
		uint32_t number;
	} at[REFERENCES_MOST];
} annexes;

static const char *const watched[] = { "annexe", "annex", NULL };

/* III · 3 */
static uint32_t
read_number(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	uint32_t n = 0;

	if (!number_is_next(c, i))
		return 0;
	if (t->kind == TOKEN_WORD)
		n = numbered_roman(check_token(c, i));
	else if (t->kind == TOKEN_NUMBER && t->length <= 2)
		n = number_plain(c, i);
	return n > ANNEXES_MOST ? 0 : n;
}

static bool
is_reference(const check *c, size_t i)
{
	static const char *const see[] = { "voir", "see", NULL };

	return check_word_is(c, i - 1, see) || number_is_mark(c, i - 1, '(');
}

/* « annexe III, S/2018/7 », “annex III to the letter”: of another document. */
static bool
is_of_other(const check *c, size_t i)
{
	static const char *const of[] = { "à", "au", "de", "du", "des", "to", "of", NULL };

	return check_word_is(c, i, of) ||
	       (number_is_mark(c, i, ',') && c->tokens.at[i + 1].kind == TOKEN_SYMBOL);
}

static status
look(check *c, const rule *r, size_t i)
{
	uint32_t n = check_word_is(c, i, watched) ? read_number(c, i + 1) : 0;
	void **note = check_note(c, r);

	if (n == 0 || (i != 0 && (!is_reference(c, i) || is_of_other(c, i + 2) ||
					 quotation_holds(c, i))))
		return STATUS_OK;
	annexes *a = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, annexes));
	if (a == NULL)
		return STATUS_MEMORY;
	if (i == 0)
		a->there |= (uint64_t)1 << n;
	else if (a->count < REFERENCES_MOST)
		a->at[a->count++] = (struct annex_reference){ check_span(c, i, i + 1), n };
	return STATUS_OK;
}

static status
finish(check *c, const rule *r)
{
	const annexes *a = *check_note(c, r);

	if (a == NULL || a->there == 0)
		return STATUS_OK;
	for (size_t k = 0; k < a->count; k++) {
		if ((a->there >> a->at[k].number & 1) != 0)
			continue;
		finding f = { .text = a->at[k].text };
		slice shown = check_text(c, f.text);
		f.message = check_message(c, "the document has no %.*s",
			"le document n’a pas d’%.*s", SLICE_ARG(shown));
		TRY(check_report(c, r, f));
	}
	return STATUS_OK;
}

const rule rule_reference_annex = {
	.id = "reference/annex",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-REF-07, EN-REF-08: Instructions for the preparation of documents "
		  "(A)",
	.summary_en = "a reference to an annex that is not there",
	.summary_fr = "renvoi à une annexe qui n’y est pas",
	.explanation_en =
		"“See annex III” in a document that has annexes, but no third one. "
		"Documents whose annexes have no numbers, or stand in another file, are not "
		"judged.",
	.explanation_fr =
		"«\u00A0Voir annexe III\u00A0» dans un document qui a des annexes, mais pas de "
		"troisième. Les documents dont les annexes n’ont pas de numéro, ou sont "
		"dans un autre fichier, ne sont pas examinés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"La liste est jointe (voir annexe III).\n\nAnnexe "
			"I\n\nLa liste "
			"des "
			"membres.\n\nAnnexe II\n\nLe budget.",
			"La liste est jointe (voir annexe I).\n\nAnnexe I\n\nLa "
			"liste "
			"des "
			"membres.\n\nAnnexe II\n\nLe budget." },
		{ LANGUAGE_EN,
			"The list is attached (annex IV).\n\nAnnex I\n\nThe "
			"list.\n\nAnnex "
			"II\n\nThe "
			"budget.",
			"The list is attached (annex II).\n\nAnnex I\n\nThe "
			"list.\n\nAnnex "
			"II\n\nThe "
			"budget." },
		{ LANGUAGE_EN, NULL, "See annex III to the letter, or annex IV.\n\nAnnex I" }),
	.token = look,
	.document = finish,
};
