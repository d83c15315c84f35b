/* Fixed phrases of documents and what must not stand for them (data/lang/renderings.tsv), and
 * what is counted: the 7590th meeting is a séance, not a réunion, and a session a session. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "checker/bilingual/pair.h"
#include "checker/rule.h"
#include "text/data.h"

/* --- phrases --- */

enum column { COLUMN_EN, COLUMN_FR, COLUMN_WRONG_FR, COLUMN_WRONG_EN, COLUMNS };

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where the phrase stands as whole words, in the singular or with an s. */
static bool
find(slice text, slice phrase, span *where)
{
	if (phrase.n == 0)
		return false;
	for (size_t from = 0; from + phrase.n <= text.n;) {
		const char *p = memmem(text.p + from, text.n - from, phrase.p, phrase.n);
		if (p == NULL)
			return false;
		size_t at = (size_t)(p - text.p), end = at + phrase.n;
		bool apart = (at == 0 || !is_letter(text.p[at - 1]) || !is_letter(*phrase.p)) &&
			     (end == text.n || !is_letter(text.p[end]) ||
				     !is_letter(text.p[end - 1]) || text.p[end] == 's');
		if (apart) {
			*where = (span){ (uint32_t)at, (uint32_t)end };
			return true;
		}
		from = at + 1;
	}
	return false;
}

/* Of phrases with | between them, the first that stands there. */
static bool
find_any(slice text, slice list, span *where)
{
	slice one, rest = list;

	for (bool more = list.n != 0; more;) {
		more = slice_cut(rest, '|', &one, &rest);
		if (find(text, one, where))
			return true;
	}
	return false;
}

static span
moved(span s, uint32_t by)
{
	return (span){ s.start + by, s.end + by };
}

static status
judge_row(check *c, const rule *r, const check_pair *p, const slice row[COLUMNS])
{
	bool to_french = p->half[PAIR_TARGET].language == LANGUAGE_FR;
	slice said = row[to_french ? COLUMN_EN : COLUMN_FR];
	slice right = row[to_french ? COLUMN_FR : COLUMN_EN];
	slice wrong = row[to_french ? COLUMN_WRONG_FR : COLUMN_WRONG_EN];
	span source, target;

	if (!find(pair_text(p, PAIR_SOURCE), said, &source) ||
		find(pair_text(p, PAIR_TARGET), right, &target) ||
		!find_any(pair_text(p, PAIR_TARGET), wrong, &target))
		return STATUS_OK;
	finding f = { .suggestions = &right,
		.suggestion_count = 1,
		.message = check_message(c, "“%.*s” of the source is “%.*s” here",
			"«\u00A0%.*s\u00A0» du texte source se dit ici «\u00A0%.*s\u00A0»",
			SLICE_ARG(said), SLICE_ARG(right)) };
	return pair_report(c, r, p, moved(target, p->half[PAIR_TARGET].at.start),
		moved(source, p->half[PAIR_SOURCE].at.start), f);
}

static status
judge_phrases(check *c, const rule *r, const check_pair *p)
{
	slice rest = EMBEDDED(renderings), line, row[COLUMNS];

	while (data_row(&rest, &line)) {
		for (int k = 0; k < COLUMNS; k++)
			(void)slice_cut(line, '\t', &row[k], &line);
		TRY(judge_row(c, r, p, row));
	}
	return STATUS_OK;
}

/* --- what is counted --- */

static const struct {
	const char *source, *wrong[4];
	const char *right;
} counted[] = {
	{ "meeting", { "réunion", "session", "rencontre", NULL }, "séance" },
	{ "session", { "séance", "réunion", NULL }, "session" },
	{ "séance", { "session", "sitting", NULL }, "meeting" },
};

static slice
lower_at(const check *c, const pair_half *h, size_t i)
{
	const token *t = &h->tokens.at[i];

	if (t->kind != TOKEN_WORD)
		return SLICE("");
	return words_at(&c->words, words_at(&c->words, t->word)->lower)->text;
}

/* The noun behind an ordinal: 7590th meeting, 3rd plenary meeting. */
static size_t
noun_behind(const check *c, const pair_half *h, const fact *f, const char *const *list)
{
	for (size_t i = f->last + 1u; i < h->tokens.count && i < f->last + 3u; i++)
		if (slice_is_one_of(lower_at(c, h, i), list))
			return i;
	return SIZE_MAX;
}

static status
judge_counted(check *c, const rule *r, const check_pair *p, const fact *x, size_t row)
{
	const pair_half *a = &p->half[PAIR_SOURCE], *b = &p->half[PAIR_TARGET];
	const char *const said[] = { counted[row].source, NULL };
	size_t noun = noun_behind(c, a, x, said);

	if (noun == SIZE_MAX)
		return STATUS_OK;
	for (size_t i = 0; i < b->facts.list.n; i++) {
		const fact *y = &b->facts.list.at[i];
		if (!y->ordinal || y->kind != FACT_NUMBER || !fact_equal(x, y))
			continue;
		size_t k = noun_behind(c, b, y, counted[row].wrong);
		if (k == SIZE_MAX)
			continue;
		const token *s = &a->tokens.at[noun], *t = &b->tokens.at[k];
		slice right = slice_of(counted[row].right);
		finding f = { .suggestions = &right,
			.suggestion_count = 1,
			.message = check_message(c, "“%.*s” of the source is “%.*s” here",
				"«\u00A0%.*s\u00A0» du texte source se dit ici "
				"«\u00A0%.*s\u00A0»",
				SLICE_ARG(slice_of(counted[row].source)), SLICE_ARG(right)) };
		return pair_report(c, r, p, (span){ t->start, t->start + t->length },
			(span){ s->start, s->start + s->length }, f);
	}
	return STATUS_OK;
}

static status
look(check *c, const rule *r, const check_pair *p)
{
	const pair_half *a = &p->half[PAIR_SOURCE];
	bool english = a->language == LANGUAGE_EN;

	if (!pair_has_both(p))
		return STATUS_OK;
	TRY(judge_phrases(c, r, p));
	for (size_t i = 0; i < a->facts.list.n; i++)
		for (size_t k = 0; k < sizeof(counted) / sizeof(*counted); k++)
			if (a->facts.list.at[i].ordinal && a->facts.list.at[i].value.there &&
				english == (k < 2))
				TRY(judge_counted(c, r, p, &a->facts.list.at[i], k));
	return STATUS_OK;
}

const rule rule_bilingual_rendering = {
	.id = "bilingual/rendering",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-TRM-06, BI-SEG-08: documents in both languages (A)",
	.summary_en = "a fixed phrase of documents that is said otherwise",
	.summary_fr = "une formule fixe des documents qui se dit autrement",
	.explanation_en =
		"What is counted and what stands at the head and foot of documents has one "
		"rendering: the 7590th meeting is a «\u00A0séance\u00A0», (Signed) is (Signé), "
		"a "
		"presidential statement a «\u00A0déclaration de la présidence\u00A0». The "
		"phrases are "
		"those of data/lang/renderings.tsv.",
	.explanation_fr =
		"Ce qui est numéroté et ce qui figure en tête et au pied des documents n’a "
		"qu’une "
		"traduction\u00A0: «\u00A07590th meeting\u00A0» est une séance, "
		"«\u00A0(Signed)\u00A0» donne (Signé), "
		"un "
		"«\u00A0presidential statement\u00A0» est une déclaration de la présidence. "
		"Les formules "
		"sont celles de data/lang/renderings.tsv.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "à sa 7590e réunion", "à sa 7590e séance",
					  .source = "at its 7590th meeting" },
		{ LANGUAGE_FR, "(Signed) Ban Ki-moon", "(Signé) Ban Ki-moon",
			.source = "(Signed) Ban Ki-moon" },
		{ LANGUAGE_EN, "at its fifth session", "at its fifth meeting",
			.source = "à sa cinquième séance" },
		{ LANGUAGE_FR, NULL, "à la réunion d’experts, à sa soixante-douzième session",
			.source = "at the meeting of experts, at its seventy-second session" }),
	.pair = look,
};
