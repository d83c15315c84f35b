/* Passages that the other side lacks: segments without a translation, and passages that the
 * alignment of two documents found no counterpart for. */
#include <math.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/utf8.h"

#define WORDS_LEAST 3 /* of a passage that says something */
#define SURE 0.6      /* that nothing faces it */

static size_t
count_words(const pair_half *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->tokens.count; i++)
		n += h->tokens.at[i].kind == TOKEN_WORD && h->tokens.at[i].length > 1;
	return n;
}

static bool
is_page_number(const pair_half *h)
{
	slice s = slice_sub(h->document->text, h->at.start, h->at.end);

	return slice_starts(s, SLICE("Page ")) || slice_starts(s, SLICE("page "));
}

/* “Article 3” as a heading of its own. */
static bool
is_numbered_heading(const pair_half *h)
{
	size_t at = pair_block(h);

	return at != SIZE_MAX && h->document->blocks[at].kind == BLOCK_HEADING &&
	       h->document->blocks[at].text.end == h->at.end && count_words(h) == 1 &&
	       h->facts.list.n == 1 && h->facts.list.at[0].kind == FACT_NUMBER &&
	       !is_page_number(h);
}

static bool
says_something(const pair_half *h)
{
	return count_words(h) >= WORDS_LEAST || is_numbered_heading(h);
}

/* --- whole passages --- */

/* In a bilingual file there is no place in the target: the source’s is shown. */
static status
report_empty(check *c, const rule *r, const check_pair *p)
{
	bool work = p->half[PAIR_TARGET].entry != NULL && !p->half[PAIR_TARGET].entry->there;
	finding f = { .severity = work ? SEVERITY_INFO : SEVERITY_DEFAULT };

	return pair_report(c, r, p, p->half[PAIR_SOURCE].at, (span){ 0 }, f);
}

static slice
opening(slice s)
{
	size_t i = 0, n = 0;

	while (i < s.n && (n++ < 60 || (unsigned char)s.p[i] >= 0x80 || s.p[i] != ' '))
		(void)utf8_next(s, &i);
	return slice_sub(s, 0, i);
}

static status
look_missing(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];

	if (a->segments == 0 || b->segments != 0 || count_words(a) == 0)
		return STATUS_OK;
	if (p->entry != NULL)
		return report_empty(c, r, p);
	if (p->confidence < SURE || !says_something(a))
		return STATUS_OK;
	slice said = opening(pair_text(p, PAIR_SOURCE));
	bool cut = said.n < pair_text(p, PAIR_SOURCE).n;
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 },
		(finding){ .message = check_message(c,
				   "a passage of the source has no translation, near here: "
				   "“%.*s%s”",
				   "un passage du texte source n’est pas traduit, près "
				   "d’ici\u00A0: "
				   "«\u00A0%.*s%s\u00A0»",
				   SLICE_ARG(said), cut ? "…" : "") });
}

static status
look_added(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];

	if (b->segments == 0 || a->segments != 0 || p->confidence < SURE || !says_something(b))
		return STATUS_OK;
	return pair_report(c, r, p, b->at, (span){ 0 }, (finding){ 0 });
}

/* --- length --- */

#define LENGTH_LEAST 60 /* characters of the source */

static status
look_length(check *c, const rule *r, const check_pair *p)
{
	if (!pair_has_both(p) || p->foreign)
		return STATUS_OK;
	double source = (double)utf8_count(pair_text(p, PAIR_SOURCE));
	double target = (double)utf8_count(pair_text(p, PAIR_TARGET));
	double factor = pair_growth(p);
	if (source < LENGTH_LEAST)
		return STATUS_OK;
	double off = fabs(log(target / (source * factor)));
	double allowed = 0.35 + 4 / sqrt(source);
	if (off < allowed)
		return STATUS_OK;
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 }, (finding){ 0 });
}

const rule rule_bilingual_missing = {
	.id = "bilingual/missing",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-SEG-01: quality checks of translation tools (B)",
	.summary_en = "a passage without translation",
	.summary_fr = "un passage sans traduction",
	.explanation_en =
		"A segment of a bilingual file whose translation is empty, or a passage of the "
		"source that nothing in the translation faces. In files of work (XLIFF, PO) "
		"segments that nobody has translated yet are told as information.",
	.explanation_fr =
		"Un segment d’un fichier bilingue dont la traduction est vide, ou un passage "
		"du "
		"texte source auquel rien ne correspond dans la traduction. Dans les fichiers "
		"de travail (XLIFF, PO), les segments que personne n’a encore traduits sont "
		"signalés pour information.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "", "Le Conseil s’est réuni.", .source = "The Council met." }),
	.pair = look_missing,
};

const rule rule_bilingual_added = {
	.id = "bilingual/added",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-SEG-05: translations have what the source has (B)",
	.summary_en = "a passage that is not in the source",
	.summary_fr = "un passage qui n’est pas dans le texte source",
	.explanation_en =
		"A passage of the translation that nothing in the source faces. Titles and "
		"notes of the edition belong to this; information is enough for them.",
	.explanation_fr = "Un passage de la traduction auquel rien ne correspond dans le texte "
			  "source\u00A0: "
			  "une phrase ajoutée, un paragraphe laissé d’une version antérieure.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil s’est réuni.", "", .source = "" }),
	.pair = look_added,
};

const rule rule_bilingual_length = {
	.id = "bilingual/length",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.source = "BI-SEG-06: lengths of source and translation (D)",
	.summary_en = "much shorter or longer than the source makes one expect",
	.summary_fr =
		"beaucoup plus court ou plus long que le texte source ne le laisse attendre",
	.explanation_en =
		"French is longer than English by about a sixth. A passage of 60 characters or "
		"more that is far from that may lack something, or have too much.",
	.explanation_fr =
		"Le français est plus long que l’anglais d’un sixième environ. Un passage d’au "
		"moins 60 caractères qui s’en écarte beaucoup est peut-être incomplet, ou trop "
		"long.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Conseil s’est réuni.",
		"Le Conseil s’est réuni dans la matinée pour examiner la situation dans la "
		"région.",
		.source = "The Council met in the morning to consider the situation in the "
			  "region, as planned." }),
	.pair = look_length,
};
