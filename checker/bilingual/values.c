/* Numbers, dates, resolutions, references, symbols and addresses: the source and the
 * translation say the same values, however each language writes them
 * (checker/bilingual/fact.h).
 *
 * A value that one side lacks and another that the other side has in its place are told
 * together, as an error; a value that is only missing, or only added, is a warning. Repetitions
 * are not counted: a translation may name a year once where the source names it twice.
 *
 * Tempting non-errors: numbers in words on one side (“five”, « 5 »), “one” and « l’un », “both”
 * and « les deux », 1990s and « années 90 », 3 p.m. and « 15 heures », “10 million to 15
 * million” and « de 10 à 15 millions », roman numerals, addresses of one page in another
 * language, and a 1 that the other language says with an article. */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"

static fact_topic
topic_of(const rule *r)
{
	if (r == &rule_bilingual_number)
		return TOPIC_NUMBER;
	if (r == &rule_bilingual_date)
		return TOPIC_DATE;
	if (r == &rule_bilingual_resolution)
		return TOPIC_RESOLUTION;
	if (r == &rule_bilingual_reference)
		return TOPIC_REFERENCE;
	return r == &rule_bilingual_symbol ? TOPIC_SYMBOL : TOPIC_ADDRESS;
}

static const fact *
loose_fact(const pair_half *h, size_t i)
{
	return &h->facts.list.at[h->loose[i]];
}

/* May b stand where a should? */
static bool
may_replace(const fact *a, const fact *b, bool same_topic)
{
	bool numbers = (a->kind == FACT_NUMBER || a->kind == FACT_TIME) &&
		       (b->kind == FACT_NUMBER || b->kind == FACT_TIME);

	return (numbers || a->kind == b->kind) && (!same_topic || a->topic == b->topic);
}

/* For each loose fact of the source the one of the target that stands in its place: of the same
 * topic first; SIZE_MAX: none. */
typedef struct couples {
	size_t target[LOOSE_MOST];
	bool taken[LOOSE_MOST];
} couples;

static void
couple(const check_pair *p, couples *out)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];

	memset(out->taken, 0, sizeof(out->taken));
	for (size_t i = 0; i < a->loose_count; i++)
		out->target[i] = SIZE_MAX;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < a->loose_count; i++)
			for (size_t k = 0; k < b->loose_count && out->target[i] == SIZE_MAX;
				k++) {
				if (out->taken[k] || !may_replace(loose_fact(a, i),
							     loose_fact(b, k), round == 0))
					continue;
				out->target[i] = k;
				out->taken[k] = true;
			}
}

/* Addresses of other pages, and symbols of which only the first part, an acronym that is
 * translated, is another: hardly slips. */
static bool
is_meant(const fact *a, slice source, slice target)
{
	size_t least = source.n < target.n ? source.n : target.n, head = 0, tail = 0;
	slice x, y, rest_x, rest_y;
	char keys[2][2048];

	if (a->kind == FACT_SYMBOL)
		return slice_cut(source, '/', &x, &rest_x) &&
		       slice_cut(target, '/', &y, &rest_y) && x.n > 1 && y.n > 1 &&
		       slice_equal(rest_x, rest_y);
	if (a->kind != FACT_ADDRESS)
		return false;
	source.n = fact_address_key(keys[0], sizeof(keys[0]), source);
	target.n = fact_address_key(keys[1], sizeof(keys[1]), target);
	source.p = keys[0];
	target.p = keys[1];
	least = source.n < target.n ? source.n : target.n;
	while (head < least && source.p[head] == target.p[head])
		head++;
	while (tail < least - head &&
		source.p[source.n - 1 - tail] == target.p[target.n - 1 - tail])
		tail++;
	size_t longest = source.n > target.n ? source.n : target.n;
	return longest - head - tail > 3;
}

static status
report_changed(check *c, const rule *r, const check_pair *p, const fact *from, const fact *to)
{
	slice source = pair_slice(p, PAIR_SOURCE, from->text);
	slice target = pair_slice(p, PAIR_TARGET, to->text);

	return pair_report(c, r, p, to->text, from->text,
		(finding){ .severity = is_meant(from, source, target) ? SEVERITY_INFO
								      : SEVERITY_DEFAULT,
			.message = check_message(c, "“%.*s” here, “%.*s” in the source",
				"«\u00A0%.*s\u00A0» ici, «\u00A0%.*s\u00A0» dans le texte "
				"source",
				SLICE_ARG(target), SLICE_ARG(source)) });
}

/* A 1 is said with an article as well, and a 0 as “no”. */
static bool
is_small(const check_pair *p, pair_side k, const fact *f)
{
	slice s = pair_slice(p, k, f->text);

	return f->kind == FACT_NUMBER && f->topic == TOPIC_NUMBER && f->unit == UNIT_NONE &&
	       s.n == 1 && (s.p[0] == '0' || s.p[0] == '1');
}

static status
report_missing(check *c, const rule *r, const check_pair *p, const fact *f)
{
	slice source = pair_slice(p, PAIR_SOURCE, f->text);

	if (is_small(p, PAIR_SOURCE, f))
		return STATUS_OK;
	return pair_report(c, r, p, (span){ 0 }, f->text,
		(finding){ .severity = SEVERITY_WARNING,
			.message = check_message(c, "“%.*s” of the source is missing",
				"il manque «\u00A0%.*s\u00A0» du texte source",
				SLICE_ARG(source)) });
}

static status
report_added(check *c, const rule *r, const check_pair *p, const fact *f)
{
	slice target = pair_slice(p, PAIR_TARGET, f->text);

	if (is_small(p, PAIR_TARGET, f))
		return STATUS_OK;
	return pair_report(c, r, p, f->text, (span){ 0 },
		(finding){ .severity = SEVERITY_WARNING,
			.message = check_message(c, "“%.*s” is not in the source",
				"«\u00A0%.*s\u00A0» n’est pas dans le texte source",
				SLICE_ARG(target)) });
}

/* --- units --- */

static bool
is_named(fact_unit u)
{
	return u == UNIT_DOLLAR || u == UNIT_EURO || u == UNIT_POUND;
}

/* Of the facts of the half that have the value: has one this unit, another one, none? */
typedef struct units_met {
	bool same, other, none;
	const fact *first;
} units_met;

static units_met
units_of(const pair_half *h, const fact *f)
{
	units_met met = { 0 };

	for (size_t i = 0; i < h->facts.list.n; i++) {
		const fact *x = &h->facts.list.at[i];
		if (x->kind != FACT_NUMBER || x->form != FORM_FIGURES ||
			!numeral_equal(x->value, f->value))
			continue;
		if (met.first == NULL)
			met.first = x;
		met.same = met.same || x->unit == f->unit;
		met.none = met.none || x->unit == UNIT_NONE;
		met.other = met.other || (is_named((fact_unit)x->unit) && x->unit != f->unit);
	}
	return met;
}

/* A share of the source that is none here, another currency. */
static bool
differs(const pair_half *other, const fact *f, bool source, const fact **with)
{
	if (f->kind != FACT_NUMBER || f->form != FORM_FIGURES || f->unit == UNIT_NONE)
		return false;
	units_met met = units_of(other, f);
	*with = met.first;
	if (met.same || met.first == NULL)
		return false;
	return f->unit == UNIT_PERCENT ? source && met.none : met.other;
}

static status
look_units(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	const fact *with;

	for (int k = 0; k < PAIR_SIDES; k++)
		for (size_t i = 0; i < p->half[k].facts.list.n; i++) {
			const fact *f = &p->half[k].facts.list.at[i];
			if (!differs(k == PAIR_SOURCE ? b : a, f, k == PAIR_SOURCE, &with))
				continue;
			const fact *x = k == PAIR_SOURCE ? f : with;
			const fact *y = k == PAIR_SOURCE ? with : f;
			TRY(pair_report(c, r, p, y->text, x->text,
				(finding){ .severity = SEVERITY_WARNING,
					.message = check_message(c,
						"per cent, or the currency, is not that of the "
						"source",
						"le pourcentage ou la monnaie n’est pas celui "
						"du texte source") }));
		}
	return STATUS_OK;
}

static status
look(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	fact_topic topic = topic_of(r);
	couples found;

	if (!pair_has_both(p))
		return STATUS_OK;
	if (topic == TOPIC_NUMBER)
		TRY(look_units(c, r, p));
	if (a->loose_count == 0 && b->loose_count == 0)
		return STATUS_OK;
	couple(p, &found);
	for (size_t i = 0; i < a->loose_count; i++) {
		const fact *f = loose_fact(a, i);
		if (f->topic != topic)
			continue;
		TRY(found.target[i] == SIZE_MAX
				? report_missing(c, r, p, f)
				: report_changed(c, r, p, f, loose_fact(b, found.target[i])));
	}
	for (size_t k = 0; k < b->loose_count; k++) {
		const fact *f = loose_fact(b, k);
		if (f->topic == topic && !found.taken[k])
			TRY(report_added(c, r, p, f));
	}
	return STATUS_OK;
}

const rule rule_bilingual_number = {
	.id = "bilingual/number",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-NUM-01, BI-NUM-02, BI-NUM-05, BI-NUM-06, BI-SEG-04: quality checks of "
		  "translation tools (B); usage of United "
		  "Nations documents in both languages (A)",
	.summary_en = "a number that is not the one of the source",
	.summary_fr = "un nombre qui n’est pas celui du texte source",
	.explanation_en =
		"Numbers are compared by value, however each language writes them: 1,250.5 and "
		"1 250,5, five and 5, 2 billion and 2 milliards, XXI and twenty-first. A "
		"number in words may be left out or said otherwise (both, l’un); it is told "
		"only when another number in words stands in its place. A number that is "
		"changed is an error, one that is only missing or added a warning.",
	.explanation_fr =
		"Les nombres sont comparés par leur valeur, quelle que soit l’écriture de "
		"chaque langue\u00A0: 1,250.5 et 1 250,5, cinq et 5, 2 billion et 2 milliards, "
		"XXI et vingt et unième. Un nombre en lettres peut être omis ou dit autrement "
		"(both, l’un)\u00A0; il n’est relevé que si un autre nombre en lettres tient "
		"sa "
		"place. Un nombre changé est une erreur, un nombre qui manque ou qui est "
		"ajouté, "
		"un avertissement.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Il y avait 3 520 réfugiés.", "Il y avait 3 250 réfugiés.",
			.source = "There were 3,250 refugees." },
		{ LANGUAGE_FR, "Il faut 100 billions de dollars.",
			"Il faut 100 milliards de dollars.",
			.source = "It takes $100 billion." },
		{ LANGUAGE_FR, "L’aide est de 7 % du revenu.", "L’aide est de 0,7 % du revenu.",
			.source = "Aid is 0.7 per cent of income." },
		{ LANGUAGE_FR, "Elle a duré quatre ans.", "Elle a duré trois ans.",
			.source = "It lasted three years." },
		{ LANGUAGE_EN, "It lasted 51 years.", "It lasted 15 years.",
			.source = "Elle a duré quinze ans." },
		{ LANGUAGE_FR, NULL, "Les deux Parties ont signé, l’une après l’autre.",
			.source = "Both Parties signed, one after the other." },
		{ LANGUAGE_FR, NULL, "De 10 à 15 millions d’enfants, dans les années 90.",
			.source = "Between 10 million and 15 million children, in the 1990s." },
		{ LANGUAGE_FR, NULL, "Au XXIe siècle, 1 234 567,89 euros et 2,5 % !",
			.source = "In the twenty-first century, 1,234,567.89 euros and 2.5%!" },
		{ LANGUAGE_EN, NULL, "250 people", .source = "deux cent cinquante personnes" }),
	.pair = look,
};

const rule rule_bilingual_date = {
	.id = "bilingual/date",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-NUM-03, BI-NUM-04: quality checks of translation tools (B), usage of "
		  "United "
		  "Nations documents (A)",
	.summary_en = "a date, year, day of the week or time that is not the one of the source",
	.summary_fr = "une date, une année, un jour ou une heure qui ne sont pas ceux du texte "
		      "source",
	.explanation_en =
		"Days, months, years, days of the week and times of the day must be those of "
		"the source, in any order and form: 3.30 p.m. is 15 h 30, 1er mars is 1 March. "
		"A French number of hours may be a time or a "
		"duration. A month without day or year (may, march) is not asked for.",
	.explanation_fr =
		"Les jours, mois, années, jours de la semaine et heures doivent être ceux du "
		"texte source, dans n’importe quel ordre et sous n’importe quelle forme\u00A0: "
		"3.30 "
		"p.m. vaut 15 h 30, 1er mars vaut 1 March. Un "
		"nombre d’heures français peut être une heure ou une durée. Un mois sans jour "
		"ni année n’est pas exigé.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Il s’est réuni le 9 janvier 2018.",
					  "Il s’est réuni le 19 janvier 2018.",
					  .source = "It met on 19 January 2018." },
		{ LANGUAGE_FR, "Il s’est réuni jeudi.", "Il s’est réuni vendredi.",
			.source = "It met on Friday." },
		{ LANGUAGE_FR, "Il s’est réuni à 14 h 30.", "Il s’est réuni à 15 h 30.",
			.source = "It met at 3.30 p.m." },
		{ LANGUAGE_EN, "It met in March 2019.", "It met in March 2018.",
			.source = "Il s’est réuni en mars 2018." },
		{ LANGUAGE_FR, NULL, "Du 1er au 24 mars 2010, à 15 heures.",
			.source = "From 1 to 24 March 2010, at 3 p.m." }),
	.pair = look,
};

const rule rule_bilingual_resolution = {
	.id = "bilingual/resolution",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-REF-01: press releases and resolutions in both languages (A)",
	.summary_en = "a resolution or decision that is not the one of the source",
	.summary_fr = "une résolution ou décision qui n’est pas celle du texte source",
	.explanation_en =
		"The numbers and years of resolutions and decisions, 2253 (2015) or 70/1, must "
		"be those of the source.",
	.explanation_fr =
		"Les numéros et les années des résolutions et décisions, 2253 (2015) ou 70/1, "
		"doivent être ceux du texte source.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Rappelant sa résolution 2235 (2015),",
					  "Rappelant sa résolution 2253 (2015),",
					  .source = "Recalling its resolution 2253 (2015)," },
		{ LANGUAGE_EN, "its resolutions 70/1 and 71/244",
			"its resolutions 70/1 and 71/243",
			.source = "ses résolutions 70/1 et 71/243" }),
	.pair = look,
};

const rule rule_bilingual_reference = {
	.id = "bilingual/reference",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-REF-03: paragraph numbering is the same in all languages (A)",
	.summary_en = "a paragraph, article, annex or letter that is not the one of the source",
	.summary_fr =
		"un paragraphe, un article, une annexe ou une lettre qui ne sont pas ceux du "
		"texte source",
	.explanation_en =
		"Numbers of paragraphs, articles, sections, annexes, goals and targets and the "
		"letters of subparagraphs must be those of the source: 87 (a) is 87 a) in "
		"French, (iv) is iv).",
	.explanation_fr = "Les numéros de paragraphes, d’articles, de sections, d’annexes, "
			  "d’objectifs et "
			  "de cibles et les lettres des alinéas doivent être ceux du texte "
			  "source\u00A0: 87 (a) "
			  "s’écrit 87 a) en français, (iv) s’écrit iv).",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "voir le paragraphe 78 a)", "voir le paragraphe 87 a)",
			.source = "see paragraph 87 (a)" },
		{ LANGUAGE_FR, "Chapitre VI de la Charte", "Chapitre VII de la Charte",
			.source = "Chapter VII of the Charter" },
		{ LANGUAGE_EN, "article 5 (b)", "article 5 (c)", .source = "article 5 c)" },
		{ LANGUAGE_FR, NULL, "l’État ou les États visés au paragraphe 2 b) iv)",
			.source = "the State(s) referred to in paragraph 2 (b) (iv)" }),
	.pair = look,
};

const rule rule_bilingual_symbol = {
	.id = "bilingual/symbol",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-REF-02: document symbols are the same in all languages (A)",
	.summary_en = "a document symbol that is not the one of the source",
	.summary_fr = "une cote qui n’est pas celle du texte source",
	.explanation_en =
		"Document symbols, such as S/2018/7, are the same in all languages, and each "
		"of the source must stand in the translation.",
	.explanation_fr =
		"Les cotes, telles que S/2018/7, sont les mêmes dans toutes les langues\u00A0; "
		"chacune du texte source doit se trouver dans la traduction.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Voir S/2018/17.", "Voir S/2018/7.", .source = "See S/2018/7." },
		{ LANGUAGE_EN, "See the report.", "See the report (A/70/1).",
			.source = "Voir le rapport (A/70/1)." }),
	.pair = look,
};

const rule rule_bilingual_address = {
	.id = "bilingual/address",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-REF-06: links of documents in both languages (C)",
	.summary_en = "a web or mail address that is not the one of the source",
	.summary_fr = "une adresse Web ou électronique qui n’est pas celle du texte source",
	.explanation_en =
		"Web and mail addresses are the same, but for the parts that name a language: "
		"undocs.org/en/A/70/1 is undocs.org/fr/A/70/1.",
	.explanation_fr =
		"Les adresses Web et électroniques sont les mêmes, aux parties près "
		"qui nomment "
		"une langue\u00A0: undocs.org/en/A/70/1 devient undocs.org/fr/A/70/1.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Écrire à info@un.or", "Écrire à info@un.org",
					  .source = "Write to info@un.org" },
		{ LANGUAGE_FR, NULL, "https://undocs.org/fr/A/70/1",
			.source = "https://undocs.org/en/A/70/1" }),
	.pair = look,
};
