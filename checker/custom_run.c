/* What rules of users look for in a text. */
#include <stdlib.h>

#include "checker/custom.h"
#include "checker/quotation.h"
#include "text/fold.h"
#include "text/utf8.h"

/* ---- phrases ---- */

/* The longest phrase of the rule that stands at token i. */
static const custom_phrase *
phrase_at(check *c, const custom_rule *u, size_t i, size_t *last)
{
	size_t l = c->language - LANGUAGE_FR, end;
	const custom_phrase *best = NULL;

	for (size_t k = 0; k < u->phrases[l].count; k++) {
		const custom_phrase *p = &u->phrases[l].at[k];
		if (!phrase_stands(c, &p->phrase, i, &end))
			continue;
		if (best != NULL && end <= *last)
			continue;
		best = p;
		*last = end;
	}
	return best;
}

static bool
is_silent(check *c, const custom_rule *u, size_t i)
{
	return !u->in_quotations && quotation_holds(c, i);
}

/* Begins with a capital where the text does: « Suite à » → « Après ». */
static slice
follow_case(check *c, slice suggestion, slice text)
{
	size_t i = 0, k = 0;
	char first[4];

	if (text.n == 0 || suggestion.n == 0 || !utf8_is_upper(utf8_next(text, &i)))
		return suggestion;
	uint32_t small = utf8_next(suggestion, &k);
	slice capital = { first, utf8_put(first, text_upper_char(small)) };
	slice out = check_printf(c, "%.*s%.*s", SLICE_ARG(capital),
		SLICE_ARG(slice_sub(suggestion, k, suggestion.n)));
	return out.p == NULL ? suggestion : out;
}

static status
report_phrase(check *c, const rule *r, const custom_phrase *p, span where)
{
	finding f = { .text = where };
	slice *suggestions = ARENA_ARRAY(&c->scratch, slice, p->suggestion_count);

	if (suggestions == NULL)
		return STATUS_MEMORY;
	for (size_t k = 0; k < p->suggestion_count; k++)
		suggestions[k] = follow_case(c, p->suggestions[k], check_text(c, where));
	f.suggestions = suggestions;
	f.suggestion_count = p->suggestion_count;
	f.fix = p->suggestion_count != 0 ? r->fix : FIX_NONE;
	return check_report(c, r, f);
}

status
custom_token(check *c, const rule *r, size_t i)
{
	const custom_rule *u = custom_of(r);
	size_t last = i;
	const custom_phrase *p = phrase_at(c, u, i, &last);

	if (p == NULL || is_silent(c, u, i))
		return STATUS_OK;
	return report_phrase(c, r, p, check_span(c, i, last));
}

/* ---- either … or ---- */

typedef struct form_use {
	size_t count;
	span first;
	slice written;
} form_use;

status
custom_either_token(check *c, const rule *r, size_t i)
{
	const custom_rule *u = custom_of(r);
	size_t last = i;
	const custom_phrase *p = phrase_at(c, u, i, &last);
	void **note = check_note(c, r);

	if (p == NULL || is_silent(c, u, i))
		return STATUS_OK;
	if (*note == NULL &&
		(*note = ARENA_ARRAY(c->keep, form_use, u->groups * u->forms_most)) == NULL)
		return STATUS_MEMORY;
	form_use *use = &((form_use *)*note)[p->group * u->forms_most + p->form];
	if (use->count++ == 0) {
		use->first = check_span(c, i, last);
		use->written = p->written;
	}
	return STATUS_OK;
}

static status
report_minority(check *c, const rule *r, const form_use *less, const form_use *most)
{
	finding f = { .text = less->first, .fix = FIX_REVIEW };
	slice suggestion = follow_case(c, most->written, check_text(c, less->first));

	f.message = check_message(c, "“%.*s” (%zu) and “%.*s” (%zu) in one document",
		"«\u00A0%.*s\u00A0» (%zu) et «\u00A0%.*s\u00A0» (%zu) dans un même document",
		SLICE_ARG(less->written), less->count, SLICE_ARG(most->written), most->count);
	f.suggestions = &suggestion;
	f.suggestion_count = 1;
	return check_report(c, r, f);
}

status
custom_either_document(check *c, const rule *r)
{
	const custom_rule *u = custom_of(r);
	const form_use *uses = *check_note(c, r);

	for (size_t g = 0; uses != NULL && g < u->groups; g++) {
		const form_use *group = &uses[g * u->forms_most], *most = group;
		for (size_t k = 1; k < u->forms_most; k++)
			if (group[k].count > most->count)
				most = &group[k];
		for (size_t k = 0; k < u->forms_most; k++)
			if (&group[k] != most && group[k].count != 0)
				TRY(report_minority(c, r, &group[k], most));
	}
	return STATUS_OK;
}

/* ---- regular expressions ---- */

/* The token of the block that ends after the byte of the text. */
static size_t
token_at(const check *c, uint32_t at)
{
	size_t low = 0, high = c->tokens.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->tokens.at[middle].start + c->tokens.at[middle].length > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Addresses are never touched, quotations unless asked for. */
static bool
is_exempt(check *c, const custom_rule *u, span where)
{
	size_t i = token_at(c, where.start);

	if (i == c->tokens.count)
		return false;
	return c->tokens.at[i].kind == TOKEN_ADDRESS || is_silent(c, u, i);
}

/* $1 in what is suggested stands for the first group. */
static status
expand(check *c, slice suggest, slice subject, const span groups[PATTERN_GROUPS], slice *out)
{
	buffer b;

	buffer_init(&b, c->context->memory, c->context->limits.output);
	for (size_t i = 0; i < suggest.n; i++) {
		char next = i + 1 < suggest.n ? suggest.p[i + 1] : '\0';
		if (suggest.p[i] == '$' && next >= '0' && next <= '9') {
			span g = groups[next - '0'];
			buffer_put(&b, slice_sub(subject, g.start, g.end));
			i++;
		} else {
			buffer_put_char(&b, suggest.p[i]);
			i += suggest.p[i] == '$' && next == '$';
		}
	}
	status s =
		b.status != STATUS_OK ? b.status : arena_copy(c->keep, buffer_slice(&b), out);
	buffer_free(&b);
	return s;
}

static status
report_match(check *c, const rule *r, slice subject, const span groups[PATTERN_GROUPS])
{
	const custom_rule *u = custom_of(r);
	uint32_t base = c->block->text.start;
	span where = { base + groups[0].start, base + groups[0].end };
	slice suggestion = { 0 };

	if (is_exempt(c, u, where))
		return STATUS_OK;
	if (u->suggest.p != NULL)
		TRY(expand(c, u->suggest, subject, groups, &suggestion));
	return check_report_fix(
		c, r, where, suggestion, u->suggest.p != NULL ? r->fix : FIX_NONE);
}

/* A search that took too many steps says so once, and the rule rests until the next document.
 */
static status
report_cut(check *c, const rule *r)
{
	static char cut;
	slice text = check_text(c, c->block->text);
	size_t first = 0;

	*check_note(c, r) = &cut;
	while (first < text.n && text.p[first] != ' ')
		first++;
	finding f = { .text = { c->block->text.start, c->block->text.start + (uint32_t)first },
		.severity = SEVERITY_WARNING };
	f.message = check_message(c,
		"the pattern of this rule takes too long here and was cut off",
		"l’expression de cette règle demande trop de temps ici et a été interrompue");
	return check_report(c, r, f);
}

status
custom_pattern_block(check *c, const rule *r)
{
	const custom_rule *u = custom_of(r);
	slice subject = check_text(c, c->block->text);
	span groups[PATTERN_GROUPS];

	if (*check_note(c, r) != NULL)
		return STATUS_OK;
	for (size_t from = 0; from <= subject.n;) {
		pattern_answer a = pattern_find(u->pattern, subject, from, groups);
		if (a == PATTERN_CUT)
			return report_cut(c, r);
		if (a == PATTERN_NONE)
			return STATUS_OK;
		if (groups[0].end > groups[0].start)
			TRY(report_match(c, r, subject, groups));
		from = groups[0].end;
		if (groups[0].end == groups[0].start) {
			if (from == subject.n)
				return STATUS_OK;
			utf8_next(subject, &from);
		}
	}
	return STATUS_OK;
}

/* ---- conditions ---- */

typedef struct condition {
	bool met, kept, cut; /* the first expression, the second one; a search was cut off */
	span where;
} condition;

static condition *
condition_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, condition);
	return *note;
}

static status
cut_condition(check *c, const rule *r, condition *k)
{
	TRY(report_cut(c, r));
	k->cut = true;
	*check_note(c, r) = k;
	return STATUS_OK;
}

/* Both expressions are looked for; in the paragraph the answer is at hand at once. */
status
custom_if_block(check *c, const rule *r)
{
	const custom_rule *u = custom_of(r);
	condition *k = condition_of(c, r);
	slice subject = check_text(c, c->block->text);
	span groups[PATTERN_GROUPS], ignored_groups[PATTERN_GROUPS];

	if (k == NULL)
		return STATUS_MEMORY;
	if (k->cut || (u->of_document && k->kept))
		return STATUS_OK;
	pattern_answer first = pattern_find(u->pattern, subject, 0, groups);
	if (first == PATTERN_NONE && !u->of_document)
		return STATUS_OK;
	pattern_answer then = pattern_find(u->then, subject, 0, ignored_groups);
	if (first == PATTERN_CUT || then == PATTERN_CUT)
		return cut_condition(c, r, k);
	k->kept = k->kept || then == PATTERN_FOUND;
	if (!u->of_document)
		return then == PATTERN_FOUND ? STATUS_OK : report_match(c, r, subject, groups);
	if (first == PATTERN_FOUND && !k->met) {
		k->met = true;
		k->where = (span){ c->block->text.start + groups[0].start,
			c->block->text.start + groups[0].end };
	}
	return STATUS_OK;
}

status
custom_if_document(check *c, const rule *r)
{
	const condition *k = *check_note(c, r);

	if (k == NULL || k->cut || !k->met || k->kept)
		return STATUS_OK;
	return check_report(c, r, (finding){ .text = k->where });
}
