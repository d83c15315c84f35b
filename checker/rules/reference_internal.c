/* References of a document to its own paragraphs: « le paragraphe 48 ci-dessus » where there
 * are only fifteen, or where that paragraph stands below.
 *
 * Drafts are renumbered up to the last day, and references are what is forgotten. The numbers
 * at the head of blocks are believed only where they run on from 1 without a gap, so that a
 * page lost in extraction is no alarm; where they begin again (annexes, articles), only a
 * number that none of them reaches is reported. */
#include "checker/quotation.h"
#include "checker/rules/numbered.h"

#define PARAGRAPHS_MOST 2000
#define PARAGRAPHS_LEAST 5 /* fewer are a list */
#define REFERENCES_MOST 500
#define BACK_MOST 12 /* tokens from « ci-dessus » back to « paragraphe » */

typedef struct internal_reference {
	span text;
	uint32_t number;
	bool above;
} internal_reference;

typedef struct references {
	internal_reference at[REFERENCES_MOST];
	size_t count;
} references;

typedef struct numbering {
	uint32_t starts[PARAGRAPHS_MOST]; /* of paragraph n + 1 */
	uint32_t last;                    /* of the series that runs on from 1 */
	uint32_t aside;                   /* numbers of other series in a row */
	uint32_t strays;                  /* numbers beyond the series: one was lost */
	bool again;                       /* the numbers begin again: an annex, an article */
} numbering;

static const char *const watched[] = { "ci-dessus", "supra", "above", "ci-dessous", "ci-après",
	"infra", "below", NULL };
static const char *const up[] = { "ci-dessus", "supra", "above", NULL };

static status
keep(check *c, const rule *r, size_t i, bool above)
{
	void **note = check_note(c, r);
	references *all = *note != NULL ? *note : (*note = ARENA_NEW(c->keep, references));

	if (all == NULL)
		return STATUS_MEMORY;
	if (all->count < REFERENCES_MOST)
		all->at[all->count++] = (internal_reference){ .text = check_span(c, i, i),
			.number = number_plain(c, i),
			.above = above };
	return STATUS_OK;
}

/* The word « paragraphe » before the numbers that end at token i; i + 1 where there is none. */
static size_t
find_name(const check *c, size_t i)
{
	static const char *const names[] = { "par", "paragraphe", "paragraphes", "para",
		"paras", "paragraph", "paragraphs", NULL };
	static const char *const joints[] = { "et", "à", "ou", "and", "to", "or", NULL };

	for (size_t k = i + 1; k-- > 0 && i - k < BACK_MOST;) {
		const token *t = &c->tokens.at[k];
		if (check_word_is(c, k, names))
			return k;
		if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_MARK &&
			(t->features & FEATURE_SINGLE) == 0 && !check_word_is(c, k, joints))
			break;
	}
	return i + 1;
}

/* i is « ci-dessus ». */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i < 2 || !number_is_next(c, i) ||
		(t[-1].kind != TOKEN_NUMBER && !spacing_is_mark(&t[-1], ')')) ||
		!check_word_is(c, i, watched) || quotation_holds(c, i))
		return STATUS_OK;
	bool above = check_word_is(c, i, up);
	for (size_t k = find_name(c, i - 1); k < i; k++)
		if (number_plain(c, k) != NUMBER_NONE && number_plain(c, k) != 0)
			TRY(keep(c, r, k, above));
	return STATUS_OK;
}

/* Headings and lists have numbers of their own among the paragraphs. */
static void
add_number(numbering *n, uint32_t number, uint32_t start)
{
	if (number == n->last + 1) {
		if (number <= PARAGRAPHS_MOST)
			n->starts[number - 1] = start;
		n->last = number;
		n->aside = 0;
		return;
	}
	if (number > n->last)
		n->strays++;
	n->again = n->again || ++n->aside > 1;
}

/* Up to the first stray: behind one nothing is told of any reference. */
static status
read_numbering(check *c, numbering *n)
{
	const block *b = NULL;
	numbered head;
	size_t k = 0;

	do {
		TRY(numbered_next(c, &k, &head, &b));
		if (b != NULL && b->kind != BLOCK_HEADING && !head.roman)
			add_number(n, head.value, b->text.start);
	} while (b != NULL && n->strays == 0);
	return STATUS_OK;
}

static status
judge(check *c, const rule *r, const numbering *n, const internal_reference *one)
{
	finding f = { .text = one->text };

	if (one->number > n->last)
		f.message = check_message(c, "there is no paragraph %u: the last is %u",
			"il n’y a pas de paragraphe %u\u00A0: le dernier est %u", one->number,
			n->last);
	else if (n->again)
		return STATUS_OK;
	else if (one->above && n->starts[one->number - 1] > one->text.start)
		f.message = check_message(c, "paragraph %u stands below",
			"le paragraphe %u est plus bas", one->number);
	else if (!one->above && n->starts[one->number - 1] < one->text.start)
		f.message = check_message(c, "paragraph %u stands above",
			"le paragraphe %u est plus haut", one->number);
	else
		return STATUS_OK;
	return check_report(c, r, f);
}

static status
finish(check *c, const rule *r)
{
	const references *all = *check_note(c, r);

	if (all == NULL)
		return STATUS_OK;
	numbering *n = ARENA_NEW(&c->scratch, numbering);
	if (n == NULL)
		return STATUS_MEMORY;
	TRY(read_numbering(c, n));
	if (n->strays != 0 || n->last < PARAGRAPHS_LEAST || n->last > PARAGRAPHS_MOST)
		return STATUS_OK;
	for (size_t k = 0; k < all->count; k++)
		TRY(judge(c, r, n, &all->at[k]));
	return STATUS_OK;
}

const rule rule_reference_internal = {
	.id = "reference/internal",
	.severity = SEVERITY_WARNING,
	.fix = FIX_NONE,
	.fr = true,
	.en = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = watched,
	.source = "FR-REF-07, EN-REF-08: Instructions for the preparation of documents (A)",
	.summary_en = "a reference to a paragraph that is not there",
	.summary_fr = "renvoi à un paragraphe qui n’y est pas",
	.explanation_en =
		"When paragraphs are renumbered, references to them must follow. “Paragraph "
		"48 above” is reported where the document has fewer paragraphs, or where "
		"that one stands below. The numbers of the paragraphs must run from 1 "
		"without a gap; where they begin again, in annexes or articles, only "
		"numbers that do not exist are reported.",
	.explanation_fr =
		"Quand les paragraphes sont renumérotés, les renvois doivent suivre. «\u00A0"
		"Paragraphe 48 ci-dessus\u00A0» est relevé si le document a moins de "
		"paragraphes, ou si ce paragraphe est plus bas. Les numéros doivent se "
		"suivre depuis 1 sans lacune\u00A0; là où ils recommencent, dans les annexes "
		"ou "
		"les articles, seuls les numéros inexistants sont relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"1. Le Comité s’est réuni.\n\n2. Il a délibéré.\n\n3. Il a "
			"voté.\n\n"
			"4. Il a décidé.\n\n5. Comme il est dit au paragraphe 12 "
			"ci-dessus, "
			"la séance est levée.",
			"1. Le Comité s’est réuni.\n\n2. Il a délibéré.\n\n3. Il a "
			"voté.\n\n"
			"4. Il a décidé.\n\n5. Comme il est dit au paragraphe 2 "
			"ci-dessus, "
			"la séance est levée." },
		{ LANGUAGE_EN,
			"1. The Committee met.\n\n2. As stated in paragraph 4 above, it met "
			"again.\n\n3. It voted.\n\n4. It decided.\n\n5. It rose.",
			"1. The Committee met.\n\n2. As stated in paragraph 1 above, it met "
			"again.\n\n3. It voted.\n\n4. It decided.\n\n5. It rose." },
		{ LANGUAGE_FR, NULL,
			"1. Le Comité s’est réuni. 2. Voir le paragraphe 48 ci-dessus et le "
			"paragraphe 9 de l’annexe ci-dessous." }),
	.token = look,
	.document = finish,
};
