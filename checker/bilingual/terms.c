/* Terms of the source and what the translation calls them: the termbase's concepts met in the
 * source must be met in the translation.
 *
 * A term stands there when its words do, inflected or apart (« les comités contre le terrorisme
 * et de l’état-major »), or its acronym does. A rendering that the termbase marks as deprecated
 * is told with an error, also one that alone might mean something else (« Cinquième Comité »):
 * the source says what was meant.
 *
 * Tempting non-errors: a name that is shortened when it comes again (« la Commission »), which
 * shares words with its full form; terms of one word; acronyms that both languages have; a name
 * that is another concept of the source as well. */
#include <string.h>

#include "checker/bilingual/concepts.h"
#include "checker/bilingual/foreign.h"
#include "checker/rule.h"
#include "text/fold.h"
#include "text/utf8.h"

#define LONG_LEAST 10 /* bytes of a term that is required: not “per cent” */

static span
in_target(const check_pair *p, span s)
{
	uint32_t start = p->half[PAIR_TARGET].at.start;

	return (span){ start + s.start, start + s.end };
}

static bool
is_acronym(const check *c, const term_match *m)
{
	return (termbase_term(c->with->terms, m->term).flags & TERM_ACRONYM) != 0;
}

/* The term stands in a longer name: Canadian Human Rights Act. */
static bool
is_in_a_name(const check *c, const check_pair *p, const term_match *m)
{
	const tokens *t = &p->half[PAIR_SOURCE].tokens;
	const uint16_t named = SHAPE_TITLE | SHAPE_UPPER | SHAPE_MIXED;
	const token *before = &t->at[m->first] - 1, *after = &t->at[m->last] + 1;

	if ((words_at(&c->words, t->at[m->first].word)->shape & SHAPE_LOWER) != 0)
		return false; /* the FAS website */

	return (after->kind == TOKEN_WORD &&
		       (words_at(&c->words, after->word)->shape & named) != 0) ||
	       (m->first > 1 && before->kind == TOKEN_WORD && before[-1].kind == TOKEN_WORD &&
		       (words_at(&c->words, before->word)->shape & named) != 0);
}

/* --- deprecated renderings --- */

/* Is the text an accepted name of another concept that the source has? */
static bool
is_meant_otherwise(check *c, const check_pair *p, const pair_terms *t, size_t i, slice text)
{
	char a[3 * 256 + 4], b[3 * 256 + 4];
	term_ref at;

	for (size_t k = 0; k < t->n; k++) {
		if (termbase_same_concept(c->with->terms, t->source[k].term, t->source[i].term))
			continue;
		for (size_t n = termbase_terms(c->with->terms, t->source[k].term, &at); n > 0;
			n--, at.term++) {
			term_view term = termbase_term(c->with->terms, at);
			if (term.status > TERM_ADMITTED || term.text.n > 256 || text.n > 256 ||
				term.language != p->half[PAIR_TARGET].language)
				continue;
			slice x = { a, text_fold(a, term.text) }, y = { b, text_fold(b, text) };
			if (slice_equal(x, y))
				return true;
		}
	}
	return false;
}

/* Names are sure. A common noun may be said otherwise, the more where the termbase itself says
 * that the words mean other things, too. */
static severity
deprecated_level(const check *c, term_ref at, slice right)
{
	size_t i = 0;
	bool doubtful = (termbase_term(c->with->terms, at).flags & TERM_CONTEXT) != 0;
	bool verified = termbase_concept(c->with->terms, at).evidence != EVIDENCE_UNVERIFIED;

	if (right.n != 0 && utf8_is_upper(utf8_next(right, &i)))
		return verified ? SEVERITY_DEFAULT : SEVERITY_WARNING;
	return doubtful || !verified ? SEVERITY_INFO : SEVERITY_WARNING;
}

/* Shorter than an accepted name, with no word of its own: Nations Unies. */
static status
is_shortened(check *c, const word_keys *wrong, term_ref at, bool *out)
{
	language l = termbase_term(c->with->terms, at).language;
	term_ref other;
	word_keys keys;

	*out = false;
	for (size_t n = termbase_terms(c->with->terms, at, &other); n > 0 && !*out;
		n--, other.term++) {
		term_view term = termbase_term(c->with->terms, other);
		size_t of;
		if (term.language != l || term.status > TERM_ADMITTED)
			continue;
		TRY(keys_read(&keys, &c->scratch, term.text));
		size_t share = keys_share(&keys, wrong, &of);
		*out = share == of;
	}
	return STATUS_OK;
}

static status
judge_deprecated(check *c, const rule *r, const check_pair *p, const pair_terms *t, size_t i,
	term_ref at, term_ref wanted)
{
	term_view term = termbase_term(c->with->terms, at);
	slice right = termbase_term(c->with->terms, wanted).text;
	word_keys keys;
	span where;

	term_view said = termbase_term(c->with->terms, t->source[i].term);
	if ((term.flags & TERM_ACRONYM) != 0 || term.status != TERM_DEPRECATED ||
		((term.flags & TERM_CONTEXT) != 0 &&
			(said.status > TERM_ADMITTED || (said.flags & TERM_ACRONYM) != 0)))
		return STATUS_OK;
	TRY(keys_read(&keys, &c->scratch, term.text));
	bool shortened;
	TRY(is_shortened(c, &keys, at, &shortened));
	if (shortened || keys.n < 2 || !keys_find(&t->target, &keys, &where) ||
		is_meant_otherwise(c, p, t, i, term.text))
		return STATUS_OK;
	finding f = { .severity = deprecated_level(c, at, right),
		.suggestions = &right,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” of the source is “%.*s” here",
			"«\u00A0%.*s\u00A0» du texte source se dit ici «\u00A0%.*s\u00A0»",
			SLICE_ARG(pair_slice(p, PAIR_SOURCE, t->source[i].text)),
			SLICE_ARG(right)) };
	return pair_report(
		c, r, p, in_target(p, where), t->source[i].text, concept_finding(c, at, f));
}

static status
look_deprecated(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;
	answer a;
	term_ref at;

	if (!concepts_are_asked(c, p))
		return STATUS_OK;
	TRY(concepts_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		if (concepts_met_before(c, t, i) || is_in_a_name(c, p, &t->source[i]))
			continue;
		TRY(concepts_answer(c, p, t, t->source[i].term, &a));
		if (a.exactly || !a.any)
			continue;
		for (size_t n = termbase_terms(c->with->terms, t->source[i].term, &at); n > 0;
			n--, at.term++)
			if (termbase_term(c->with->terms, at).language ==
				p->half[PAIR_TARGET].language)
				TRY(judge_deprecated(c, r, p, t, i, at, a.wanted));
	}
	return STATUS_OK;
}

/* --- required terms --- */

/* From a termbase that was given, not the one that ships with paraph. */
static bool
is_own(const term_match *m)
{
	return m->term.index != 0;
}

static bool
wants_term(const check *c, const term_match *m)
{
	static const char *const never[] = { "word", "phraseology", "capital", "acronym",
		"State", NULL };
	term_view term = termbase_term(c->with->terms, m->term);

	if (is_own(m))
		return term.status <= TERM_ADMITTED &&
		       (term.flags & (TERM_CONTEXT | TERM_ACRONYM | TERM_WORD)) == 0;
	return term.pieces > 1 && term.text.n >= LONG_LEAST && term.status <= TERM_ADMITTED &&
	       (term.flags & (TERM_CONTEXT | TERM_ACRONYM | TERM_WORD)) == 0 &&
	       termbase_concept(c->with->terms, m->term).evidence != EVIDENCE_UNVERIFIED &&
	       !concept_is_subject(c, m->term, never);
}

/* Another rule speaks of it. */
static status
has_deprecated(check *c, const check_pair *p, const pair_terms *t, term_ref of, bool *out)
{
	term_ref at;
	word_keys keys;
	span where;

	*out = false;
	for (size_t n = termbase_terms(c->with->terms, of, &at); n > 0 && !*out;
		n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (term.language != p->half[PAIR_TARGET].language ||
			term.status != TERM_DEPRECATED || (term.flags & TERM_ACRONYM) != 0)
			continue;
		TRY(keys_read(&keys, &c->scratch, term.text));
		*out = keys_find(&t->target, &keys, &where);
	}
	return STATUS_OK;
}

#define KIN_LEAST 7  /* bytes of a word that is long enough to be known again */
#define KIN_SHARED 6 /* of its letters, folded, in the other language */
#define KIN_MOST 64  /* no word of a term is longer */

typedef struct beginning {
	char letters[3 * KIN_MOST + 4];
	size_t n; /* 0: not a long word */
} beginning;

static void
read_beginning(beginning *b, const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	b->n = 0;
	if (t->kind == TOKEN_WORD && t->length >= KIN_LEAST && t->length <= KIN_MOST)
		b->n = text_fold(b->letters,
			slice_sub(h->document->text, t->start, t->start + t->length));
}

/* « Organisation des Nations Unies », “the Organization”: a long word of the term begins like a
   word of the target, and the rest is understood. */
static bool
is_understood(const check_pair *p, span of)
{
	const pair_half *from = &p->half[PAIR_SOURCE], *to = &p->half[PAIR_TARGET];
	beginning a, b;

	for (size_t i = 0; i < from->tokens.count; i++) {
		const token *t = &from->tokens.at[i];
		if (t->start < of.start || t->start + t->length > of.end)
			continue;
		read_beginning(&a, from, i);
		for (size_t k = 0; a.n >= KIN_LEAST && k < to->tokens.count; k++) {
			read_beginning(&b, to, k);
			if (b.n >= KIN_LEAST && memcmp(a.letters, b.letters, KIN_SHARED) == 0)
				return true;
		}
	}
	return false;
}

/* Agreed terms that are common nouns may be said otherwise; one's own termbase is meant. */
static status
look_term(check *c, const rule *r, const check_pair *p)
{
	static const char *const common[] = { "term", NULL };
	const pair_terms *t;
	answer a;

	if (!concepts_are_asked(c, p))
		return STATUS_OK;
	TRY(concepts_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		if (!wants_term(c, m) || concepts_met_before(c, t, i) ||
			(!is_own(m) && is_in_a_name(c, p, m)))
			continue;
		TRY(concepts_answer(c, p, t, m->term, &a));
		bool said = false;
		if (a.any && !a.there)
			TRY(has_deprecated(c, p, t, m->term, &said));
		if (!a.any || a.there || said)
			continue;
		slice right = termbase_term(c->with->terms, a.wanted).text;
		bool weak =
			!is_own(m) && (a.share != 0 || concept_is_subject(c, m->term, common) ||
					      is_understood(p, m->text));
		finding f = { .severity = weak ? SEVERITY_INFO : SEVERITY_DEFAULT,
			.message = check_message(c, "“%.*s” of the source should be “%.*s”",
				"«\u00A0%.*s\u00A0» du texte source devrait se dire "
				"«\u00A0%.*s\u00A0»",
				SLICE_ARG(pair_slice(p, PAIR_SOURCE, m->text)),
				SLICE_ARG(right)) };
		TRY(pair_report(c, r, p, (span){ 0 }, m->text, concept_finding(c, m->term, f)));
	}
	return STATUS_OK;
}

/* --- acronyms --- */

/* Do both languages write it so? */
static bool
is_shared(const check *c, const check_pair *p, const term_match *m)
{
	slice text = termbase_term(c->with->terms, m->term).text;
	term_ref at;

	for (size_t n = termbase_terms(c->with->terms, m->term, &at); n > 0; n--, at.term++) {
		term_view term = termbase_term(c->with->terms, at);
		if (term.language == p->half[PAIR_TARGET].language &&
			slice_equal(term.text, text))
			return true;
	}
	return false;
}

/* WHO (2014), “in the WHO estimates”: the author of a publication, or part of its title. */
static status
is_cited(check *c, const check_pair *p, span where, bool *out)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;
	size_t i = 0;
	word_home before = HOME_NEITHER, after = HOME_NEITHER;

	while (i + 1 < t->count && t->at[i].start < where.start)
		i++;
	size_t next = i + 1;
	if (next < t->count && t->at[next].kind == TOKEN_MARK)
		next++;
	*out = next < t->count && t->at[next].length >= 4 &&
	       (t->at[next].kind == TOKEN_NUMBER || t->at[next].kind == TOKEN_CODE);
	if (i > 0)
		TRY(foreign_home(c, p, i - 1, &before));
	if (i + 1 < t->count)
		TRY(foreign_home(c, p, i + 1, &after));
	*out = *out || before == HOME_SOURCE || after == HOME_SOURCE;
	return STATUS_OK;
}

static bool
is_beside(const check_pair *p, span where, slice text)
{
	span other;

	return concepts_have_token(p, text, &other) &&
	       (other.start > where.start ? other.start - where.start
					  : where.start - other.start) < 80;
}

static status
judge_acronym(
	check *c, const rule *r, const check_pair *p, const pair_terms *t, const term_match *m)
{
	slice text = termbase_term(c->with->terms, m->term).text;
	term_ref right;
	answer a;
	span where = { 0 };
	bool cited = false;

	TRY(concepts_answer(c, p, t, m->term, &a));
	if (is_shared(c, p, m) || !termbase_preferred(c->with->terms, m->term,
					  p->half[PAIR_TARGET].language, TERM_ACRONYM, &right))
		return STATUS_OK;
	bool left = concepts_have_token(p, text, &where);
	if (left)
		TRY(is_cited(c, p, where, &cited));
	slice wanted = termbase_term(c->with->terms, right).text;
	/* MANUA (UNAMA en anglais) */
	if (a.there && (!left || is_beside(p, where, wanted)))
		return STATUS_OK;
	finding f = { .severity = left && !cited ? SEVERITY_DEFAULT : SEVERITY_INFO,
		.suggestions = &wanted,
		.suggestion_count = left,
		.message = check_message(c, "%.*s of the source is %.*s here",
			"%.*s du texte source s’appelle ici %.*s", SLICE_ARG(text),
			SLICE_ARG(wanted)) };
	return pair_report(c, r, p, where, m->text, concept_finding(c, m->term, f));
}

static status
look_acronym(check *c, const rule *r, const check_pair *p)
{
	const pair_terms *t;

	if (!concepts_are_asked(c, p))
		return STATUS_OK;
	TRY(concepts_of(c, p, &t));
	for (size_t i = 0; i < t->n; i++) {
		const term_match *m = &t->source[i];
		term_view term = termbase_term(c->with->terms, m->term);
		if (!is_acronym(c, m) || term.status != TERM_PREFERRED || term.text.n < 3 ||
			(term.flags & TERM_CONTEXT) != 0 || concepts_met_before(c, t, i) ||
			termbase_concept(c->with->terms, m->term).evidence ==
				EVIDENCE_UNVERIFIED)
			continue;
		TRY(judge_acronym(c, r, p, t, m));
	}
	return STATUS_OK;
}

const rule rule_bilingual_deprecated = {
	.id = "bilingual/deprecated",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-TRM-02, BI-TRM-04, BI-TRM-05: the glossaries, each concept with its own "
		  "sources (A to C)",
	.summary_en = "a rendering that the termbase advises against",
	.summary_fr = "une traduction que la base terminologique déconseille",
	.explanation_en =
		"The source has a term of the termbase, and the translation a name of it that "
		"is marked as deprecated, also one that alone might mean something else: Fifth "
		"Committee and «\u00A0Cinquième Comité\u00A0», Assistant Secretary-General and "
		"«\u00A0Secrétaire général adjoint\u00A0».",
	.explanation_fr = "Le texte source contient un terme de la base, et la traduction un "
			  "nom déconseillé "
			  "de la même notion, même un nom qui, seul, pourrait désigner autre "
			  "chose\u00A0: Fifth "
			  "Committee et «\u00A0Cinquième Comité\u00A0», Assistant "
			  "Secretary-General et «\u00A0"
			  "Secrétaire "
			  "général adjoint\u00A0».",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le Cinquième Comité s’est réuni.",
					  "La Cinquième Commission s’est réunie.",
					  .source = "The Fifth Committee met." },
		{ LANGUAGE_FR, "le Secrétaire général adjoint aux droits de l’homme",
			"le Sous-Secrétaire général aux droits de l’homme",
			.source = "the Assistant Secretary-General for Human Rights" },
		{ LANGUAGE_FR, NULL,
			"le Secrétaire général adjoint et le Sous-Secrétaire général",
			.source = "the Under-Secretary-General and the Assistant "
				  "Secretary-General" }),
	.pair = look_deprecated,
};

const rule rule_bilingual_term = {
	.id = "bilingual/term",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-TRM-01, BI-TRM-08: the glossaries, each concept with its own sources (A "
		  "to C)",
	.summary_en = "a term of the source without its rendering",
	.summary_fr = "un terme du texte source sans sa traduction",
	.explanation_en =
		"The source has a term of several words that the termbase knows, and no word "
		"of "
		"any accepted rendering stands in the translation, nor its acronym. When some "
		"of "
		"the words do, as in a name that is shortened, it is told as information.",
	.explanation_fr =
		"Le texte source contient un terme de plusieurs mots que la base connaît, et "
		"aucun mot d’une traduction admise ne figure dans la traduction, ni son sigle. "
		"Si une partie des mots s’y trouve, comme dans un nom abrégé, c’est une "
		"information.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Les volontaires venus d’ailleurs sont une menace.",
			"Les combattants terroristes étrangers sont une menace.",
			.source = "Foreign terrorist fighters are a threat." },
		{ LANGUAGE_FR, NULL, "Le Conseil s’est réuni.", .source = "The Council met." }),
	.pair = look_term,
};

const rule rule_bilingual_acronym = {
	.id = "bilingual/acronym",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-TRM-03: the glossaries, each concept with its own sources (A to C)",
	.summary_en = "an acronym that the other language writes otherwise",
	.summary_fr = "un sigle qui s’écrit autrement dans l’autre langue",
	.explanation_en =
		"The source has an acronym that the termbase knows, and the translation keeps "
		"it "
		"although its language has its own: UNAMA is MANUA in French. Where neither "
		"stands in the translation it is told as information.",
	.explanation_fr =
		"Le texte source contient un sigle que la base connaît, et la "
		"traduction le garde "
		"alors que sa langue a le sien\u00A0: UNAMA se dit MANUA en français. Si "
		"aucun des deux "
		"ne figure dans la traduction, c’est une information.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_EN, "MANUA has begun its work.", "UNAMA has begun its work.",
			.source = "La MANUA a commencé ses travaux." },
		{ LANGUAGE_FR, NULL, "La MINUSMA et la MANUA ont commencé.",
			.source = "MINUSMA and UNAMA have begun." }),
	.pair = look_acronym,
};
