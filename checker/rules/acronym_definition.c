/* Acronyms and their definitions over a whole document: never defined or used before that,
 * defined twice, defined and never used. What an acronym and a definition are is decided in
 * checker/rules/acronyms.h.
 *
 * Tempting non-errors, which stay silent: acronyms that everybody knows, Roman numerals, words
 * and names in capitals, headings in capitals, notes and tables, documents so short that they
 * are part of another one, plurals (NGOs for a defined NGO). */
#include <string.h>

#include "checker/rules/acronyms.h"

#define WORDS_LEAST 300 /* of a document that has to stand alone */
#define LETTERS_LEAST 3
#define USES_LEAST 2
#define USES_LEAST_SHORT 3         /* in a shorter document */
#define UNUSED_MOST 200            /* acronyms whose plurals are looked for */
#define UNUSED_REACH (1024 * 1024) /* bytes behind the definition */

static status
see(check *c, const rule *r, size_t i)
{
	(void)r;
	return acronyms_see(c, i);
}

static slice
squeezed(check *c, span s)
{
	slice text = check_text(c, s);
	char *out = arena_alloc(c->keep, text.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; out != NULL && i < text.n; i++) {
		bool blank = strchr(" \t\r\n", text.p[i]) != NULL;
		if (!blank || (n > 0 && out[n - 1] != ' '))
			out[n++] = blank ? ' ' : text.p[i];
	}
	return (slice){ out, n };
}

/* --- acronym/undefined --- */

static bool
must_be_defined(const check *c, const acronym *a)
{
	bool whole = c->document->words >= WORDS_LEAST;

	return !a->ignored && a->articled && a->first.end != 0 &&
	       a->prose >= (whole ? USES_LEAST : USES_LEAST_SHORT) &&
	       a->text.n >= LETTERS_LEAST &&
	       !acronym_is_well_known(a->text, (language)a->language);
}

static status
report_undefined(check *c, const rule *r, const acronym *a)
{
	finding f = { .text = a->first };

	if (!a->explained)
		f.message = check_message(c, "“%.*s” is used and nowhere defined",
			"«\u00A0%.*s\u00A0» est employé sans être défini nulle part",
			SLICE_ARG(a->text));
	else if (a->explained_at > a->first.start && a->definitions != NULL)
		f.message = check_message(c, "“%.*s” is used before it is defined",
			"«\u00A0%.*s\u00A0» est employé avant d’être défini",
			SLICE_ARG(a->text));
	else
		return STATUS_OK;
	return check_report(c, r, f);
}

static status
finish_undefined(check *c, const rule *r)
{
	for (const acronym *a = acronyms_first(c); a != NULL; a = a->next)
		if (must_be_defined(c, a))
			TRY(report_undefined(c, r, a));
	return STATUS_OK;
}

const rule rule_acronym_undefined = {
	.id = "acronym/undefined",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source =
		"FR-ABR-03 (FAO terminology, Council of Europe; A), EN-ABB-02 (Correspondence "
		"manual, UNDRR editorial manual; A)",
	.summary_en = "an acronym that is not defined",
	.summary_fr = "un sigle qui n’est pas défini",
	.explanation_en = "At its first use a name is written out, with its acronym in "
			  "brackets; after that "
			  "the acronym stands alone. Reported once, at the first place, for "
			  "acronyms of three "
			  "letters or more that come at least twice in the running text (three "
			  "times in a "
			  "document of fewer than 300 words). Those that every reader knows "
			  "are left alone.",
	.explanation_fr =
		"À la première mention, le nom est donné en toutes lettres, suivi du "
		"sigle entre "
		"parenthèses\u00A0; ensuite, le sigle suffit. Relevé une seule fois, au "
		"premier emploi, "
		"pour les sigles d’au moins trois lettres qui reviennent au moins "
		"deux fois dans le "
		"corps du texte (trois fois s’il compte moins de 300 mots). Les "
		"sigles connus de "
		"tous ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Le CCI a parlé. Les membres du CCI ont voté. Le CCI se réunira.",
			"Le Corps commun d’inspection (CCI) a parlé. Les membres du CCI "
			"ont "
			"voté. Le CCI se réunira." },
		{ LANGUAGE_EN,
			"The JIU met. Members of the JIU voted. The JIU will meet again.",
			"The Joint Inspection Unit (JIU) met. Members of the JIU voted. The "
			"JIU "
			"will meet again." },
		{ LANGUAGE_FR, NULL,
			"L’UNESCO a parlé. Les membres de l’UNESCO ont voté. L’UNESCO se "
			"réunira." }),
	.token = see,
	.document = finish_undefined,
};

/* --- acronym/redefined --- */

/* The first later definition that gives another name, or any other when there is none. */
static const definition *
worst_of(const acronym *a)
{
	const definition *again = a->definitions->next;

	for (const definition *d = again; d != NULL; d = d->next)
		if (definition_is_other(a->definitions, d))
			return d;
	return again;
}

static status
report_redefined(check *c, const rule *r, const acronym *a, const definition *d)
{
	finding f = { .text = d->where };
	slice one = squeezed(c, a->definitions->long_form), two = squeezed(c, d->long_form);

	if (definition_is_other(a->definitions, d))
		f.message = check_message(c,
			"“%.*s” has two meanings in this document: “%.*s” and “%.*s”",
			"«\u00A0%.*s\u00A0» a deux sens dans ce document\u00A0: "
			"«\u00A0%.*s\u00A0» et «\u00A0%.*s\u00A0»",
			SLICE_ARG(a->text), SLICE_ARG(one), SLICE_ARG(two));
	else {
		f.severity = SEVERITY_INFO;
		f.message = check_message(c, "“%.*s” is already defined: “%.*s”",
			"«\u00A0%.*s\u00A0» est déjà défini\u00A0: «\u00A0%.*s\u00A0»",
			SLICE_ARG(a->text), SLICE_ARG(one));
	}
	return check_report(c, r, f);
}

static status
finish_redefined(check *c, const rule *r)
{
	for (const acronym *a = acronyms_first(c); a != NULL; a = a->next)
		if (a->definitions != NULL && a->definitions->next != NULL)
			TRY(report_redefined(c, r, a, worst_of(a)));
	return STATUS_OK;
}

const rule rule_acronym_redefined = {
	.id = "acronym/redefined",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-ABR-12, FR-ABR-03 (C, A), EN-ABB-02 (Correspondence manual; A)",
	.summary_en = "an acronym defined twice",
	.summary_fr = "un sigle défini deux fois",
	.explanation_en = "One acronym has one meaning in a document: CCI cannot be both the "
			  "Corps commun "
			  "d’inspection and the Centre du commerce international (a warning). "
			  "An acronym that "
			  "is defined again with the same name needs it once only (a "
			  "suggestion). Reported "
			  "once an acronym, at the later definition.",
	.explanation_fr =
		"Dans un document, un sigle n’a qu’un sens\u00A0: CCI ne peut être à la fois "
		"le "
		"Corps "
		"commun d’inspection et le Centre du commerce international (avertissement). "
		"Un "
		"sigle défini de nouveau avec le même nom n’a besoin de l’être qu’une fois "
		"(suggestion). Relevé une fois par sigle, à la seconde définition.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR,
			"Le Corps commun d’inspection (CCI) a parlé. Le Centre du "
			"commerce "
			"international (CCI) aussi.",
			"Le Corps commun d’inspection (CCI) a parlé. Le Centre du "
			"commerce "
			"international aussi." },
		{ LANGUAGE_EN,
			"The Joint Inspection Unit (JIU) met. The Joint Inspection Unit (JIU) "
			"voted.",
			"The Joint Inspection Unit (JIU) met. The JIU voted." },
		{ LANGUAGE_EN, NULL,
			"The World Food Programme (WFP) and the World Health Organization "
			"(WHO)." }),
	.token = see,
	.document = finish_redefined,
};

/* --- acronym/unused --- */

/* Inside another word or a symbol (NGOs, A/AC.241/WFP), where it is no token of its own. */
static bool
is_used_inside(const check *c, const acronym *a)
{
	uint32_t from = a->definitions->where.end;
	slice rest = slice_sub(c->document->text, from, c->document->text.n);

	if (rest.n > UNUSED_REACH)
		rest.n = UNUSED_REACH;
	while (rest.n >= a->text.n) {
		const char *p = memchr(rest.p, a->text.p[0], rest.n - a->text.n + 1);
		if (p == NULL)
			return false;
		rest = slice_sub(rest, (size_t)(p - rest.p), rest.n);
		if (slice_starts(rest, a->text))
			return true;
		rest = slice_sub(rest, 1, rest.n);
	}
	return false;
}

static status
finish_unused(check *c, const rule *r)
{
	size_t looked = 0;

	for (const acronym *a = acronyms_first(c); a != NULL; a = a->next) {
		if (a->definitions == NULL || a->uses != 0 || a->definitions->next != NULL)
			continue;
		if (looked++ >= UNUSED_MOST || is_used_inside(c, a))
			continue;
		finding f = { .text = a->definitions->where,
			.message = check_message(c, "“%.*s” is defined and never used again",
				"«\u00A0%.*s\u00A0» est défini et n’est plus employé ensuite",
				SLICE_ARG(a->text)) };
		TRY(check_report(c, r, f));
	}
	return STATUS_OK;
}

const rule rule_acronym_unused = {
	.id = "acronym/unused",
	.severity = SEVERITY_INFO,
	.fr = true,
	.en = true,
	.on = FEATURE_CAPITALS,
	.source = "FR-ABR-04 (UNDRR editorial manual, Correspondence manual; B), EN-ABB-02 (A)",
	.summary_en = "an acronym that is defined and never used",
	.summary_fr = "un sigle défini qui ne sert plus",
	.explanation_en =
		"An acronym in brackets prepares the reader for it; where it never comes "
		"back, the full name alone is enough.",
	.explanation_fr =
		"Un sigle entre parenthèses prépare le lecteur à le retrouver\u00A0; s’il ne "
		"revient pas, le nom en toutes lettres suffit.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Corps commun d’inspection (CCI) a rendu son rapport.",
			"Le Corps commun d’inspection a rendu son rapport." },
		{ LANGUAGE_EN, "The Joint Inspection Unit (JIU) has reported.",
			"The Joint Inspection Unit has reported." },
		{ LANGUAGE_EN, NULL,
			"Each non-governmental organization (NGO) reports; other NGOs "
			"follow." }),
	.token = see,
	.document = finish_unused,
};
