/* Symbols of units: « 5kg », « 5 Kg », « 30 kms » for « 5 kg » and « 30 km ». The symbols and
 * the wrong forms that are met stand in data/lang/units.tsv. */
#include "checker/quotation.h"
#include "checker/rules/number.h"
#include "text/data.h"

#define UNITS_MOST 150
#define FORM_MOST 6 /* bytes */

typedef struct unit {
	slice form, right;
} unit;

typedef struct units {
	size_t count;
	unit at[UNITS_MOST];
} units;

static void
add_unit(units *u, slice form, slice right)
{
	if (u->count < UNITS_MOST && form.n != 0)
		u->at[u->count++] = (unit){ form, right };
}

/* The table, read when the first figure of the document is met. */
static const units *
find_units(check *c, const rule *r)
{
	void **note = check_note(c, r);
	slice rest = EMBEDDED(units), row, right, forms, form;

	if (*note != NULL)
		return *note;
	units *u = ARENA_NEW(c->keep, units);
	while (u != NULL && data_row(&rest, &row)) {
		slice_cut(row, '\t', &right, &row);
		slice_cut(row, '\t', &forms, &row);
		add_unit(u, right, right);
		while (forms.n != 0) {
			slice_cut(forms, ' ', &form, &forms);
			add_unit(u, form, right);
		}
	}
	return *note = u;
}

/* The symbol that the form stands for; empty when it is none. */
static slice
symbol_of(const units *u, slice form)
{
	for (size_t k = 0; k < u->count; k++)
		if (slice_equal(u->at[k].form, form))
			return u->at[k].right;
	return (slice){ 0 };
}

/* The ² and ³ of areas and volumes. */
static bool
is_raised(const token *t)
{
	return t->gap == GAP_NONE && t->kind == TOKEN_MARK &&
	       (t->word == 0xB2 || t->word == 0xB3);
}

/* 5kg · 5Kgs · 3m² */
static status
look_joined(check *c, const rule *r, size_t i)
{
	bool raised = is_raised(&c->tokens.at[i + 1]);
	slice s = check_text(c, check_span(c, i, i + raised));
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (n == 0 || s.n == n || s.n - n > FORM_MOST)
		return STATUS_OK;
	const units *u = find_units(c, r);
	if (u == NULL)
		return STATUS_MEMORY;
	slice right = symbol_of(u, slice_sub(s, n, s.n));
	if (right.n == 0 || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i, i + raised, FIX_SAFE,
		check_printf(c, "%.*s%s%.*s", (int)n, s.p, number_space(c), SLICE_ARG(right)));
}

/* 5 Kg · 30 kms: i is the number. */
static status
look_apart(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i + 1];

	if (t->kind != TOKEN_WORD || t->length > FORM_MOST || t->length < 2 ||
		!number_is_next(c, i + 1) ||
		(t->features & (FEATURE_UNKNOWN | FEATURE_TITLE | FEATURE_CAPITALS)) == 0)
		return STATUS_OK;
	const units *u = find_units(c, r);
	if (u == NULL)
		return STATUS_MEMORY;
	slice form = check_token(c, i + 1), right = symbol_of(u, form);
	if (right.n == 0 || slice_equal(form, right) || quotation_holds(c, i))
		return STATUS_OK;
	return number_report(c, r, i + 1, i + 1, FIX_SAFE, right);
}

static const rule of_figures = {
	.fr = true, .en = true, .on = FEATURE_NUMBER, .after = FEATURE_WORD, .token = look_apart
};

const rule rule_number_unit = {
	.id = "number/unit",
	.ordered = true,
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_CODE,
	.also = &of_figures,
	.source =
		"FR-ABR-09: Directives éditoriales of FAO (B); FR-ESP-10: A/RES/70/1 in French "
		"(A); BIPM, The International System of Units, 9th edition",
	.summary_en = "the symbol of a unit",
	.summary_fr = "symbole d’une unité",
	.explanation_en =
		"Symbols of units have the capitals of the International System, no plural "
		"and a space before them: 5 kg, 30 km, 12 kWh.",
	.explanation_fr =
		"Les symboles des unités ont les majuscules du Système international, ne "
		"prennent pas de pluriel et se séparent du nombre par une espace\u00A0: 5 kg, "
		"30 "
		"km, 12 kWh.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le camp est à 30 kms de la ville.",
					  "Le camp est à 30 km de la ville." },
		{ LANGUAGE_FR, "Le colis pèse 5 Kg avec son emballage.",
			"Le colis pèse 5 kg avec son emballage." },
		{ LANGUAGE_EN, "The parcel weighs 5kg with its wrapping.",
			"The parcel weighs 5 kg with its wrapping." },
		{ LANGUAGE_EN, NULL, "A 4G network 30 km away, 12 kWh, and 5 Kings." }),
	.token = look_joined,
};
