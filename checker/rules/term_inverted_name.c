/* « l’Iran (République islamique d’) »: the inverted name of a State is for lists, where the
 * alphabet needs it; a sentence has the full one. What shows it: the bracket closes on « de »
 * or « d’ », and an article stands before the name. */
#include "checker/rules/number.h"
#include "checker/rules/wording.h"

#define INSIDE_MOST 4 /* tokens between the brackets */

typedef struct inverted {
	size_t article, name, first, last; /* first, last: inside the brackets */
} inverted;

static const char *const of[] = { "de", "d\u2019", "du", "des", NULL };

static bool
is_closing(uint32_t mark)
{
	return mark == ')';
}

static bool
find(const check *c, size_t i, inverted *x)
{
	static const char *const kinds[] = { "république", "état", "états", "royaume",
		"fédération", "principauté", NULL };

	if (!number_is_mark(c, i, ')') || i < 5 || !check_word_is(c, i - 1, of))
		return false;
	x->last = i - 1;
	for (x->first = i - 1; x->first > 2 && !number_is_mark(c, x->first - 1, '(');)
		if (i - --x->first > INSIDE_MOST)
			return false;
	if (x->first < 3 || !check_word_is(c, x->first, kinds))
		return false;
	x->name = x->first - 2;
	x->article = x->name - 1;
	return (wording_shape(c, x->name) & SHAPE_TITLE) != 0;
}

/* What stands for the article before the full name. */
static const char *
article_for(const check *c, size_t article, size_t kind)
{
	static const char *const table[][4] = {
		/* as written; before: république, état, états */
		{ "l\u2019", "la ", "l\u2019", "les " }, { "la", "la ", "l\u2019", "les " },
		{ "le", "la ", "l\u2019", "les " }, { "du", "de la ", "de l\u2019", "des " },
		{ "au", "à la ", "à l\u2019", "aux " },
		{ "des", "de la ", "de l\u2019", "des " },
		{ "aux", "à la ", "à l\u2019", "aux " }
	};
	static const char *const feminine[] = { "république", "fédération", "principauté",
		NULL };
	static const char *const singular[] = { "état", NULL };
	static const char *const plural[] = { "états", NULL };
	slice written = check_lower(c, article);

	size_t form = check_word_is(c, kind, feminine)   ? 1
		      : check_word_is(c, kind, singular) ? 2
		      : check_word_is(c, kind, plural)   ? 3
							 : 0;
	for (size_t k = 0; form != 0 && k < sizeof(table) / sizeof(*table); k++)
		if (slice_is(written, table[k][0]))
			return table[k][form];
	return NULL;
}

static status
look(check *c, const rule *r, size_t i)
{
	static const char *const articles[] = { "l\u2019", "le", "la", "les", "du", "des", "au",
		"aux", NULL };
	inverted x;

	if (!number_in_prose(c) || !find(c, i, &x) || !check_word_is(c, x.article, articles) ||
		wording_is_quoted(c, x.article, i))
		return STATUS_OK;
	finding f = { .text = check_span(c, x.article, i), .fix = FIX_NONE };
	const char *article = article_for(c, x.article, x.first);
	if (article == NULL)
		return check_report(c, r, f);
	bool elided = c->tokens.at[x.last].kind == TOKEN_ELISION;
	return check_report_fix(c, r, f.text,
		check_printf(c, "%s%.*s%s%.*s", article,
			SLICE_ARG(check_text(c, check_span(c, x.first, x.last))),
			elided ? "" : " ", SLICE_ARG(check_token(c, x.name))),
		r->fix);
}

const rule rule_term_inverted_name = {
	.id = "term/inverted-name",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.on = FEATURE_BRACKET,
	.wants_mark = is_closing,
	.watch_before = of,
	.source = "FR-PAY-03: UNTERM, names of States (B)",
	.summary_en = "the inverted name of a State in a sentence",
	.summary_fr = "nom d’État inversé dans une phrase",
	.explanation_en =
		"The name with its beginning in brackets (Iran (République islamique d’)) is "
		"for lists and tables. A sentence has the full name: la République islamique "
		"d’Iran.",
	.explanation_fr = "Le nom inversé, «\u00A0Iran (République islamique d’)\u00A0», est "
			  "réservé aux listes et "
			  "aux tableaux. Une phrase porte le nom complet\u00A0: «\u00A0la "
			  "République islamique "
			  "d’Iran\u00A0».",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Président de l’Iran (République islamique d’) a parlé.",
			"Le Président de la République islamique d’Iran a parlé." },
		{ LANGUAGE_FR,
			"Le représentant du Venezuela (République bolivarienne du) vote.",
			"Le représentant de la République bolivarienne du Venezuela vote." },
		{ LANGUAGE_FR, NULL,
			"Ont voté pour : Cuba, Iran (République islamique d’), Liban." }),
	.token = look,
};
