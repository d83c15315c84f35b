/* Passages that were not translated, and words left over in those that were.
 *
 * Tempting non-errors: names, symbols, addresses and numbers, which are the same in both
 * languages; words that both have (Introduction, situation); titles and quotations in the
 * language of the source; references to publications, which have a year in brackets or an
 * address. */
#include "checker/bilingual/foreign.h"

#include <string.h>

#include "checker/rule.h"

#define EVIDENCE 3 /* words of the source for each one of the target */

static bool
is_small_word(const check *c, const token *t)
{
	return t->kind == TOKEN_WORD &&
	       (words_at(&c->words, t->word)->shape & SHAPE_LOWER) != 0;
}

static status
home_of(check *c, const check_pair *p, const token *k, word_home *out)
{
	const word_reading *r;
	bool known[PAIR_SIDES];

	*out = HOME_NEITHER;
	if (k->kind != TOKEN_WORD)
		return STATUS_OK;
	uint32_t lower = words_at(&c->words, k->word)->lower;
	for (int s = 0; s < PAIR_SIDES; s++) {
		TRY(words_read(&c->words, lower, p->half[s].language, &r));
		known[s] = r->known;
	}
	*out = known[0] ? (known[1] ? HOME_BOTH : HOME_SOURCE)
			: (known[1] ? HOME_TARGET : HOME_NEITHER);
	return STATUS_OK;
}

status
foreign_home(check *c, const check_pair *p, size_t i, word_home *out)
{
	return home_of(c, p, &p->half[PAIR_TARGET].tokens.at[i], out);
}

status
foreign_judge_source(check *c, const check_pair *p, bool *out)
{
	const tokens *t = &p->half[PAIR_SOURCE].tokens;
	size_t source = 0, target = 0;

	for (size_t i = 0; i < t->count; i++) {
		word_home home;
		if (!is_small_word(c, &t->at[i]))
			continue;
		TRY(home_of(c, p, &t->at[i], &home));
		source += home == HOME_SOURCE;
		target += home == HOME_TARGET;
	}
	*out = target > 1 && target >= EVIDENCE * source;
	return STATUS_OK;
}

static bool
is_same(const check_pair *p)
{
	return slice_equal(
		slice_trim(pair_text(p, PAIR_SOURCE)), slice_trim(pair_text(p, PAIR_TARGET)));
}

/* How deep in quotation marks and brackets, behind a token. */
static int
depth_after(int depth, const token *t)
{
	if (t->kind != TOKEN_MARK || (t->features & (FEATURE_QUOTE | FEATURE_BRACKET)) == 0)
		return depth;
	uint32_t m = t->word;
	if (m == '"')
		return depth == 0;
	depth += m == '(' || m == '[' || m == 0xAB || m == 0x201C ? 1 : -1;
	return depth < 0 ? 0 : depth;
}

status
foreign_judge(check *c, const check_pair *p, bool *out)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;
	size_t source = 0, target = 0;
	int depth = 0;
	bool same = is_same(p);

	*out = false;
	for (size_t i = 0; i < t->count; i++) {
		word_home home;
		depth = depth_after(depth, &t->at[i]);
		if (depth != 0 && t->count > 12 && i > 0 && !same) /* a title that is named */
			continue;
		if (t->at[i].kind == TOKEN_ELISION)
			target++;
		if (!is_small_word(c, &t->at[i]) && !same) /* a name */
			continue;
		TRY(foreign_home(c, p, i, &home));
		source += home == HOME_SOURCE;
		target += home == HOME_TARGET;
		/* running text of the target shows it soon */
		if (target > 8 && target > source)
			return STATUS_OK;
	}
	*out = source > (same ? 0u : 1u) && source >= EVIDENCE * target;
	return STATUS_OK;
}

/* --- the passage --- */

/* A year of a publication: (2014), or beside vol. or pp. */
static bool
has_year(const check *c, const pair_half *h)
{
	static const char *const words_of[] = { "vol", "pp", "al", "doi", NULL };
	const token *t = h->tokens.at;

	for (size_t i = 0; i < h->tokens.count; i++) {
		if (t[i].kind == TOKEN_WORD && t[i].length < 4 &&
			slice_is_one_of(
				words_at(&c->words, words_at(&c->words, t[i].word)->lower)
					->text,
				words_of))
			return true;
		if (t[i].kind == TOKEN_NUMBER && t[i].length == 4 && i > 0 &&
			t[i - 1].kind == TOKEN_MARK && t[i - 1].word == '(' &&
			t[i + 1].kind == TOKEN_MARK && t[i + 1].word == ')')
			return true;
	}
	return false;
}

static bool
has_address(const pair_half *h)
{
	for (size_t i = 0; i < h->facts.list.n; i++)
		if (h->facts.list.at[i].kind == FACT_ADDRESS)
			return true;
	return false;
}

/* Running text has words that titles hardly have. */
static bool
is_running(const check *c, const tokens *t)
{
	static const char *const words_of[] = { "is", "are", "was", "were", "been", "has",
		"have", "can", "must", "shall", "should", "this", "these", "est", "sont",
		"était", "étaient", "ont", "peut", "peuvent", "doit", "doivent", "cette", "ces",
		NULL };
	int depth = 0;

	for (size_t i = 0; i < t->count; i++) {
		depth = depth_after(depth, &t->at[i]);
		if (depth == 0 && is_small_word(c, &t->at[i]) && t->at[i].length < 10 &&
			slice_is_one_of(words_at(&c->words, t->at[i].word)->text, words_of))
			return true;
	}
	return false;
}

/* An entry of a bibliography. */
static bool
is_reference(const check *c, const pair_half *h)
{
	return (has_address(h) || has_year(c, h)) && !is_running(c, &h->tokens);
}

/* … and nothing else: every other word has a capital. */
static bool
is_entry(const check *c, const pair_half *h)
{
	size_t small = 0, capital = 0;

	if (!has_address(h) && !has_year(c, h))
		return false;

	for (size_t i = 0; i < h->tokens.count; i++)
		if (h->tokens.at[i].kind == TOKEN_WORD && h->tokens.at[i].length > 3) {
			small += is_small_word(c, &h->tokens.at[i]);
			capital += !is_small_word(c, &h->tokens.at[i]);
		}
	return capital >= small;
}

static size_t
count_words(const tokens *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += t->at[i].kind == TOKEN_WORD;
	return n;
}

/* All words with a capital: a name, a title. */
static bool
is_named(const check *c, const tokens *t)
{
	size_t small = 0;

	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].kind == TOKEN_WORD && t->at[i].length > 3)
			small += (words_at(&c->words, t->at[i].word)->shape & SHAPE_LOWER) != 0;
	return small == 0;
}

static status
look_untranslated(check *c, const rule *r, const check_pair *p)
{
	const pair_half *t = &p->half[PAIR_TARGET];

	if (!p->foreign || is_same(p) || count_words(&t->tokens) < 3 || is_reference(c, t))
		return STATUS_OK;
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 },
		(finding){ .severity = is_named(c, &t->tokens) ? SEVERITY_INFO
							       : SEVERITY_DEFAULT });
}

static status
look_same(check *c, const rule *r, const check_pair *p)
{
	const pair_half *t = &p->half[PAIR_TARGET];
	size_t n = count_words(&t->tokens);

	if (!p->foreign || !is_same(p))
		return STATUS_OK;
	bool weak = is_reference(c, t) || n < 2 || (n < 5 && is_named(c, &t->tokens));
	return pair_report(c, r, p, (span){ 0 }, (span){ 0 },
		(finding){ .severity = weak ? SEVERITY_INFO : SEVERITY_DEFAULT });
}

/* --- words left over --- */

/* Where the quotation marks or brackets around token i open; SIZE_MAX: there are none. */
static size_t
opening_of(const tokens *t, size_t i)
{
	size_t opened[8], n = 0;
	int depth = 0;

	for (size_t k = 0; k < i; k++) {
		int now = depth_after(depth, &t->at[k]);
		if (now > depth && n < sizeof(opened) / sizeof(*opened))
			opened[n++] = k;
		if (now < depth && n > 0)
			n--;
		depth = now;
	}
	return depth == 0 || n == 0 ? SIZE_MAX : opened[n - 1];
}

/* The source quotes in both languages: “may contain/peut contenir”. */
static status
source_has_both(check *c, const check_pair *p, bool *out)
{
	const tokens *t = &p->half[PAIR_SOURCE].tokens;
	size_t n = 0;

	for (size_t i = 0; i < t->count && n < 2; i++) {
		word_home home = HOME_NEITHER;
		if (is_small_word(c, &t->at[i]))
			TRY(home_of(c, p, &t->at[i], &home));
		n += home == HOME_TARGET;
	}
	*out = n > 1;
	return STATUS_OK;
}

/* Between quotation marks or brackets other texts are named: the words there are the source’s,
 * but for few. */
static status
is_title(check *c, const check_pair *p, size_t i, bool *out)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;
	size_t from = opening_of(t, i), source = 0, target = 0;
	word_home home;
	int depth = 1;

	*out = false;
	if (from == SIZE_MAX)
		return STATUS_OK;
	for (size_t k = from + 1; k < t->count && depth > 0; k++) {
		depth = depth_after(depth, &t->at[k]);
		target += t->at[k].kind == TOKEN_ELISION;
		if (!is_small_word(c, &t->at[k]))
			continue;
		TRY(foreign_home(c, p, k, &home));
		source += home == HOME_SOURCE;
		target += home == HOME_TARGET;
	}
	*out = depth > 0 || target < 2 || target < source;
	return *out ? STATUS_OK : source_has_both(c, p, out);
}

static bool
source_has(const check_pair *p, slice words_of)
{
	slice s = pair_text(p, PAIR_SOURCE);

	for (size_t i = 0; i + words_of.n <= s.n; i++)
		if (s.p[i] == words_of.p[0] && memcmp(s.p + i, words_of.p, words_of.n) == 0)
			return true;
	return false;
}

/* The run of small words from token i on that only the source language has; at the end of it
 * *last. Words of both languages may stand inside. */
static status
run_of(check *c, const check_pair *p, size_t i, size_t *last, size_t *n)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;
	word_home home;

	*n = 0;
	TRY(foreign_home(c, p, i, &home));
	if (home != HOME_SOURCE)
		return STATUS_OK;
	for (size_t k = i; k < t->count && is_small_word(c, &t->at[k]); k++) {
		TRY(foreign_home(c, p, k, &home));
		if (home == HOME_SOURCE) {
			*last = k;
			++*n;
		} else if (home != HOME_BOTH)
			break;
	}
	return STATUS_OK;
}

static status
look_leftover(check *c, const rule *r, const check_pair *p)
{
	const tokens *t = &p->half[PAIR_TARGET].tokens;

	if (!pair_has_both(p) || p->foreign || is_entry(c, &p->half[PAIR_TARGET]))
		return STATUS_OK;
	for (size_t i = 0; i < t->count; i++) {
		size_t last = i, n = 0;
		if (is_small_word(c, &t->at[i]))
			TRY(run_of(c, p, i, &last, &n));
		if (n < 2) {
			i = last > i ? last : i;
			continue;
		}
		span at = { t->at[i].start, t->at[last].start + t->at[last].length };
		bool title;
		TRY(is_title(c, p, i, &title));
		if (last + 1 < t->count && !title &&
			source_has(p, pair_slice(p, PAIR_TARGET, at)))
			TRY(pair_report(c, r, p, at, (span){ 0 }, (finding){ 0 }));
		i = last;
	}
	return STATUS_OK;
}

const rule rule_bilingual_untranslated = {
	.id = "bilingual/untranslated",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-SEG-01: quality checks of translation tools (B)",
	.summary_en = "the passage is in the language of the source",
	.summary_fr = "le passage est resté dans la langue du texte source",
	.explanation_en =
		"The words of the translation are words of the source’s language, and hardly "
		"any is one of its own. Names, numbers and references to publications are left "
		"alone.",
	.explanation_fr =
		"Les mots de la traduction sont ceux de la langue du texte source, et presque "
		"aucun n’appartient à la sienne. Les noms, les nombres et les renvois à des "
		"publications ne sont pas relevés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "The Council has met in Geneva yesterday.",
					  "Le Conseil s’est réuni hier à Genève.",
					  .source = "The Council met in Geneva yesterday." },
		{ LANGUAGE_EN, "Le Conseil s’est réuni à Genève.", "The Council met in Geneva.",
			.source = "Le Conseil s’est réuni hier à Genève." }),
	.pair = look_untranslated,
};

const rule rule_bilingual_same_as_source = {
	.id = "bilingual/same-as-source",
	.severity = SEVERITY_ERROR,
	.fr = true,
	.en = true,
	.source = "BI-SEG-01: quality checks of translation tools (B)",
	.summary_en = "the translation is the source",
	.summary_fr = "la traduction est identique au texte source",
	.explanation_en =
		"The passage was copied, and its words are words of the source’s language. "
		"What "
		"is the same in both languages (names, symbols, numbers, addresses, words like "
		"“Introduction”) is left alone; a single word, or words that all have a "
		"capital, are told as information.",
	.explanation_fr =
		"Le passage a été recopié, et ses mots sont ceux de la langue du texte source. "
		"Ce qui est identique dans les deux langues (noms, cotes, nombres, adresses, "
		"mots comme «\u00A0Introduction\u00A0») n’est pas relevé\u00A0; un mot seul, "
		"ou des mots qui "
		"ont tous une majuscule, sont signalés pour information.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Background and purpose", "Contexte et objet",
					  .source = "Background and purpose" },
		{ LANGUAGE_FR, NULL, "Introduction", .source = "Introduction" },
		{ LANGUAGE_FR, NULL, "UNESCO, A/70/1, Kofi Annan",
			.source = "UNESCO, A/70/1, Kofi Annan" }),
	.pair = look_same,
};

const rule rule_bilingual_leftover = {
	.id = "bilingual/leftover",
	.severity = SEVERITY_WARNING,
	.fr = true,
	.en = true,
	.source = "BI-SEG-01: quality checks of translation tools (B)",
	.summary_en = "words of the source left over in the translation",
	.summary_fr = "mots du texte source restés dans la traduction",
	.explanation_en =
		"Two or more words in a row that only the language of the source has, in small "
		"letters, as they stand in the source. Words in quotation marks or brackets, "
		"and names, are left alone.",
	.explanation_fr =
		"Au moins deux mots de suite, en minuscules, qui n’existent que dans la langue "
		"du texte source et s’y trouvent tels quels. Les mots entre guillemets ou "
		"parenthèses et les noms ne sont pas relevés.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "Le Conseil a examiné the findings of cette étude.",
			"Le Conseil a examiné les résultats de cette étude.",
			.source = "The Council considered the findings of that study." },
		{ LANGUAGE_FR, NULL, "L’étude (dite « the findings of the study ») est connue.",
			.source =
				"The document called “the findings of the study” is known." }),
	.pair = look_leftover,
};
