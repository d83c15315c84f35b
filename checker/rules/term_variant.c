/* Names that a term is not to have: term/deprecated for those with other words or letters,
 * term/capitalisation for those that differ in capitals only.
 *
 * The grounds are the glossaries' own: a variant marked context-dependent, or a concept nobody
 * has verified, is never one. A partly verified concept gives an information, a superseded name
 * (right for its time: Swaziland) one information a document. */
#include "checker/rule.h"

#include "checker/quotation.h"
#include "checker/rules/spacing.h"
#include "checker/terms.h"
#include "text/fold.h"
#include "text/utf8.h"

#define OTHER_WORDS (DIFFERS_ADDED | DIFFERS_INFLECTION)
#define CAPITALS (DIFFERS_INITIAL | DIFFERS_CAPITALS | DIFFERS_CASE)
#define LETTERS 120 /* bytes of a term compared by its letters */

/* What a rule says once a document: the concepts it has spoken of. */
typedef struct said {
	struct said *next;
	term_ref term;
} said;

static bool
said_before(check *c, const rule *r, term_ref term)
{
	void **note = check_note(c, r);

	for (const said *s = *note; s != NULL; s = s->next)
		if (termbase_same_concept(c->with->terms, s->term, term))
			return true;
	said *s = ARENA_NEW(c->keep, said);
	if (s == NULL)
		return true;
	*s = (said){ *note, term };
	*note = s;
	return false;
}

/* Every long word begins with a capital though the term has none: part of a name. */
static bool
is_in_a_name(const check *c, const term_match *m, slice term)
{
	size_t at = 0;

	if (term.n == 0 || utf8_is_upper(utf8_next(term, &at)))
		return false;
	for (size_t i = m->first; i <= m->last; i++) {
		const token *t = &c->tokens.at[i];
		if (t->kind != TOKEN_WORD || words_at(&c->words, t->word)->points < 4)
			continue;
		if (words_at(&c->words, t->word)->shape & SHAPE_LOWER)
			return false;
	}
	bool begins = m->first == 0 || (c->tokens.at[m->first - 1].features & FEATURE_STOP);
	return !begins || m->last > m->first;
}

/* “state- and peace-building”: the hyphen answers the one left hanging before. */
static bool
shares_hyphen(const check *c, const term_match *m)
{
	const token *t = &c->tokens.at[m->first];

	return m->first >= 3 && t[-1].kind == TOKEN_WORD && t[-2].kind == TOKEN_MARK &&
	       (t[-2].features & FEATURE_DASH) != 0 && t[-2].gap == GAP_NONE &&
	       t[-1].gap != GAP_NONE;
}

static bool
is_ground(check *c, const term_match *m, const term_view *term)
{
	if (term->status < TERM_DEPRECATED || (term->flags & TERM_CONTEXT))
		return false;
	if (termbase_concept(c->with->terms, m->term).evidence == EVIDENCE_UNVERIFIED)
		return false;
	return !is_in_a_name(c, m, term->text) && !shares_hyphen(c, m);
}

/* Onusida, UNISDR: written like an acronym, so that an acronym takes its place. */
static bool
looks_like_acronym(const check *c, const term_match *m)
{
	if (m->first != m->last || c->tokens.at[m->first].kind == TOKEN_MARK)
		return false;
	return (words_at(&c->words, c->tokens.at[m->first].word)->shape & SHAPE_UPPER) != 0;
}

static bool
is_accepted(const check *c, const term_view *t)
{
	return t->language == c->language && t->status <= TERM_ADMITTED &&
	       (t->flags & TERM_CONTEXT) == 0;
}

/* Of the accepted terms of the concept that have the same words, the nearest. */
static bool
find_nearest(check *c, const term_match *m, term_ref *out, comparison *how)
{
	term_ref at;
	bool found = false;

	for (size_t n = termbase_terms(c->with->terms, m->term, &at); n > 0; n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (!is_accepted(c, &term))
			continue;
		comparison d = terms_compare(c, m, at);
		if ((d.differences & OTHER_WORDS) || (found && d.distance >= how->distance))
			continue;
		*out = at;
		*how = d;
		found = true;
	}
	return found;
}

/* The term that should stand there: one of the same words, else the preferred one. */
static bool
find_better(check *c, const term_match *m, term_ref *out, uint32_t *differences)
{
	const termbase *t = c->with->terms;
	comparison how = { 0 };

	if (find_nearest(c, m, out, &how)) {
		*differences = how.differences;
		return true;
	}
	*differences = OTHER_WORDS;
	return (looks_like_acronym(c, m) &&
		       termbase_preferred(t, m->term, c->language, TERM_ACRONYM, out)) ||
	       termbase_preferred(t, m->term, c->language, 0, out);
}

static slice
message(check *c, const term_match *m, slice better)
{
	slice found = check_text(c, m->text);

	if (termbase_term(c->with->terms, m->term).status == TERM_SUPERSEDED)
		return check_message(c, "“%.*s” is a former name; today: “%.*s”",
			"«\u00A0%.*s\u00A0» est un ancien nom\u00A0; aujourd’hui\u00A0: "
			"«\u00A0%.*s\u00A0»",
			SLICE_ARG(found), SLICE_ARG(better));
	return check_message(c, "“%.*s” is not the agreed term: “%.*s”",
		"«\u00A0%.*s\u00A0» n’est pas le terme convenu\u00A0: «\u00A0%.*s\u00A0»",
		SLICE_ARG(found), SLICE_ARG(better));
}

/* « les combattants de Daesh »: a name without an article gives way to one that has « l’ ». */
static term_change
with_article(check *c, const term_match *m, slice right)
{
	static const char *const articles[] = { "l’", "le", "la", "du", "au", NULL };
	static const char *const of[] = { "de", "d’", NULL };
	size_t i = m->first;

	if (i == 0 || spacing_is_mark(&c->tokens.at[i - 1], '.'))
		return (term_change){ check_span(c, i, m->last),
			check_printf(c, "L\u2019%.*s", SLICE_ARG(right)) };
	if (c->tokens.at[i - 1].kind == TOKEN_MARK || check_word_is(c, i - 1, articles))
		return (term_change){ 0 };
	bool led = check_word_is(c, i - 1, of);
	return (term_change){ check_span(c, i - led, m->last),
		check_printf(c, "%sl\u2019%.*s", led ? "de " : "", SLICE_ARG(right)) };
}

static status
report(check *c, const rule *r, const term_match *m, term_ref better)
{
	const termbase *t = c->with->terms;
	term_view wrong = termbase_term(t, m->term), right = termbase_term(t, better);
	concept_view k = termbase_concept(t, m->term);
	bool former = wrong.status == TERM_SUPERSEDED;
	/* The article in a glossary is the acronym's where there is one. */
	bool states = slice_equal(k.subject, SLICE("State"));
	bool fits = states || (right.flags & TERM_ACRONYM);
	slice inflected = { 0 };
	if (m->differences & DIFFERS_INFLECTION)
		inflected = terms_inflected(c, m, wrong.text, right.text);
	term_change change = terms_change(c, m->first, m->last,
		inflected.p == NULL ? right.text : inflected, fits ? k.article : (slice){ 0 },
		k.gender, inflected.p == NULL ? m->differences : 0);
	bool group = slice_equal(k.subject, SLICE("armed group"));
	if (group && c->language == LANGUAGE_FR && slice_equal(k.article, SLICE("l’"))) {
		term_change led = with_article(c, m, right.text);
		change = led.text.p == NULL ? change : led;
	}
	finding f = { .text = change.where,
		.severity = former || k.evidence != EVIDENCE_VERIFIED ? SEVERITY_INFO
								      : SEVERITY_DEFAULT,
		.fix = change.text.p == NULL || former ? FIX_NONE : FIX_REVIEW,
		.message = message(c, m, right.text),
		.suggestions = &change.text,
		.suggestion_count = change.text.p != NULL,
		.concept = k.id,
		.source = k.source };

	return check_report(c, r, f);
}

typedef enum kind { OTHER_TERM, OTHER_CAPITALS, NOT_OURS } kind;

static kind
kind_of(uint32_t differences)
{
	if ((differences & ~(uint32_t)CAPITALS) == 0)
		return differences & DIFFERS_CAPITALS ? NOT_OURS : OTHER_CAPITALS;
	/* Accents of capitals belong to typography/capital-accent. */
	return (differences & ~(uint32_t)(CAPITALS | DIFFERS_CAPITAL_ACCENT)) == 0 ? NOT_OURS
										   : OTHER_TERM;
}

/* « les premiers ministres de la région »: titles in the plural are common nouns, whatever
 * their capitals in the singular. */
static bool
is_generic(const term_match *m, slice wrong, slice right)
{
	char small[LETTERS * 3 + 4], better[LETTERS * 3 + 4];

	if ((m->differences & DIFFERS_INFLECTION) == 0 || wrong.n > LETTERS ||
		right.n > LETTERS)
		return false;
	return slice_equal((slice){ small, text_fold(small, wrong) },
		(slice){ better, text_fold(better, right) });
}

static status
judge(check *c, const rule *r, const term_match *m, kind wanted)
{
	term_view term = termbase_term(c->with->terms, m->term);
	term_ref better;
	uint32_t differences;

	if (!is_ground(c, m, &term) || !find_better(c, m, &better, &differences))
		return STATUS_OK;
	if (is_generic(m, term.text, termbase_term(c->with->terms, better).text))
		return STATUS_OK;
	if (kind_of(differences) != wanted || quotation_holds(c, m->first) ||
		terms_in_foreign_text(c, m->first, m->last))
		return STATUS_OK;
	if (term.status == TERM_SUPERSEDED && said_before(c, r, m->term))
		return STATUS_OK;
	return report(c, r, m, better);
}

static status
look(check *c, const rule *r, kind wanted)
{
	terms_found found;

	TRY(terms_of_block(c, &found));
	for (size_t i = 0; i < found.count; i++)
		TRY(judge(c, r, &found.at[i], wanted));
	return STATUS_OK;
}

static status
look_for_terms(check *c, const rule *r)
{
	return look(c, r, OTHER_TERM);
}

static status
look_for_capitals(check *c, const rule *r)
{
	return c->block->kind == BLOCK_HEADING ? STATUS_OK : look(c, r, OTHER_CAPITALS);
}

const rule rule_term_deprecated = {
	.id = "term/deprecated",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "FR-PAY-01, FR-PAY-06, FR-PAY-07: UNTERM, S/RES/2255 (2015) in French (A); "
		  "the glossaries, "
		  "each concept with its own sources (A to C)",
	.summary_en = "not the agreed term",
	.summary_fr = "ce n’est pas le terme convenu",
	.explanation_en =
		"The termbase lists this name among those not to be used for the concept, and "
		"gives the one to use. Names that are also ordinary phrases are not looked at, "
		"nor are quotations; former names, right for their time, are mentioned once a "
		"document.",
	.explanation_fr =
		"La base terminologique range ce nom parmi ceux à ne pas employer et donne "
		"celui "
		"qui convient. Les tournures qui sont aussi de la langue courante ne sont pas "
		"relevées, les citations non plus\u00A0; un ancien nom, juste en son temps, "
		"l’est "
		"une fois par document.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Vietnam a pris la parole.",
					  "Le Viet Nam a pris la parole." },
		{ LANGUAGE_FR, "La situation en Biélorussie reste tendue.",
			"La situation au Bélarus reste tendue." },
		{ LANGUAGE_FR, "Les autorités de la Corée du Sud ont répondu.",
			"Les autorités de la République de Corée ont répondu." },
		{ LANGUAGE_FR, "Les membres d’Al-Qaïda sont visés.",
			"Les membres d’Al-Qaida sont visés." },
		{ LANGUAGE_FR,
			"La Mission d’aide des Nations Unies en Afghanistan est prorogée.",
			"La Mission d’assistance des Nations Unies en Afghanistan est "
			"prorogée." },
		{ LANGUAGE_FR, NULL,
			"Le livre The Republic of Vietnam and the United States." },
		{ LANGUAGE_FR, NULL, "Les droits humains et l’alerte précoce." },
		{ LANGUAGE_EN, "The delegation of Vietnam spoke.",
			"The delegation of Viet Nam spoke." },
		{ LANGUAGE_EN, "All peace-keeping operations end.",
			"All peacekeeping operations end." },
		{ LANGUAGE_FR, "Les documents sont sur les sites Internet des missions.",
			"Les documents sont sur les sites Web des missions." },
		{ LANGUAGE_EN, NULL, "to strengthen state- and peace-building" },
		{ LANGUAGE_EN, NULL, "He worked for the National Counterterrorism Center." },
		{ LANGUAGE_EN, NULL, "The cooperation of States is needed." },
		{ LANGUAGE_EN, NULL, "The report “The delegation of Vietnam spoke” exists." },
		{ LANGUAGE_FR, NULL, "Le rapport « La délégation du Vietnam » est paru." }),
	.block = look_for_terms,
};

const rule rule_term_capitalisation = {
	.id = "term/capitalisation",
	.ordered = true,
	.severity = SEVERITY_INFO,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.source = "the glossaries, each concept with its own sources (A to C)",
	.summary_en = "the term takes other capitals",
	.summary_fr = "le terme prend d’autres majuscules",
	.explanation_en =
		"The termbase lists this way of writing the name as one not to be "
		"used: the words "
		"are right, the capitals are not. Headings, quotations and text in capitals "
		"are left alone.",
	.explanation_fr =
		"La base terminologique range cette graphie parmi celles à ne pas "
		"employer\u00A0: "
		"les "
		"mots sont justes, les majuscules ne le sont pas. Les titres, les citations et "
		"le texte "
		"en capitales ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Au sein des Nations unies, il est d’usage de répondre.",
			"Au sein des Nations Unies, il est d’usage de répondre." },
		{ LANGUAGE_FR, "Le Secrétaire Général a pris la parole.",
			"Le Secrétaire général a pris la parole." },
		{ LANGUAGE_FR, NULL,
			"LE SECRÉTAIRE GÉNÉRAL DES NATIONS UNIES PREND LA PAROLE" },
		{ LANGUAGE_FR, NULL, "Les États membres de l’Union européenne ont répondu." }),
	.block = look_for_capitals,
};
