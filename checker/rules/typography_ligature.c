/* Ligatures: those that a PDF's fonts left in the text (ﬁ for f and i), and in French the œ
 * that is a letter of its own and was typed as two (« oeuvre »). The second kind is a matter of
 * the dictionary: the form with oe is no word and the form with œ is. */
#include <string.h>

#include "checker/rule.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORD_MOST 100

static const char *const parts[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };

static bool
has_presentation(slice s)
{
	for (size_t i = 0; i + 2 < s.n; i++)
		if (memcmp(s.p + i, "\xEF\xAC", 2) == 0 && (unsigned char)s.p[i + 2] <= 0x86)
			return true;
	return false;
}

static size_t
spell_out(char *out, slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t c = utf8_next(s, &i);
		slice put = c >= 0xFB00 && c <= 0xFB06 ? slice_of(parts[c - 0xFB00])
						       : slice_sub(s, start, i);
		memcpy(out + n, put.p, put.n);
		n += put.n;
	}
	return n;
}

static bool
is_pair(slice s, size_t i)
{
	return i + 1 < s.n && (s.p[i] | 0x20) == 'o' && (s.p[i + 1] | 0x20) == 'e';
}

static bool
has_pair(slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_pair(s, i))
			return true;
	return false;
}

/* Few of the words that nobody knows. */
static bool
wants(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	return (l == LANGUAGE_FR && has_pair(w->text)) || has_presentation(w->text);
}

/* œ for oe wherever it stands, capitals included. */
static size_t
tie(char *out, slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!is_pair(s, i)) {
			out[n++] = s.p[i];
			continue;
		}
		memcpy(out + n, s.p[i] == 'O' ? "Œ" : "œ", 2);
		n += 2;
		i++;
	}
	return n;
}

static bool
knows(const check *c, slice shown)
{
	lexicon *dictionary = c->with->lexicons[c->language - LANGUAGE_FR];
	const analysis *found;
	char lower[3 * WORD_MOST + 4];

	if (dictionary == NULL)
		return false;
	slice low = { lower, text_lower(lower, shown) };
	return lexicon_analyses(dictionary, low, &found) != 0;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice shown = check_token(c, i);
	char mended[WORD_MOST];

	if (shown.n > WORD_MOST || t->kind != TOKEN_WORD)
		return STATUS_OK;
	if (has_presentation(shown) && (t->features & FEATURE_SINGLE) == 0) {
		slice s = { mended, spell_out(mended, shown) };
		return check_report_fix(c, r, check_span(c, i, i), s, FIX_SAFE);
	}
	if (c->language != LANGUAGE_FR || (t->features & FEATURE_UNKNOWN) == 0)
		return STATUS_OK;
	slice s = { mended, tie(mended, shown) };
	if (slice_equal(s, shown) || !knows(c, s))
		return STATUS_OK;
	return check_report_fix(c, r, check_span(c, i, i), s, FIX_SAFE);
}

const rule rule_typography_ligature = {
	.id = "typography/ligature",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_ODD | FEATURE_UNKNOWN,
	.wants = wants,
	.source =
		"FR-LET-02: A/RES/70/1 in French, where œ is always one letter (A); FR-LET-07: "
		"text that PDF readers extract (B)",
	.summary_en = "ligature spelled wrongly",
	.summary_fr = "ligature mal écrite",
	.explanation_en =
		"The ligatures ﬁ ﬂ ﬀ ﬃ ﬄ are shapes of a font that a PDF leaves behind; in a "
		"text "
		"they hide words from search. In French œ is a letter: «\u00A0œuvre\u00A0», "
		"«\u00A0cœur\u00A0», "
		"«\u00A0main-d’œuvre\u00A0». Only words that the dictionary has with œ and not "
		"with “oe” "
		"are "
		"reported: «\u00A0coexister\u00A0» and «\u00A0moelle\u00A0» are right.",
	.explanation_fr = "Les ligatures ﬁ ﬂ ﬀ ﬃ ﬄ sont des dessins de police qu’un PDF laisse "
			  "derrière lui\u00A0; "
			  "elles cachent les mots à la recherche. En français, œ est une "
			  "lettre\u00A0: «\u00A0œuvre\u00A0», "
			  "«\u00A0cœur\u00A0», «\u00A0main-d’œuvre\u00A0». Seuls les mots que "
			  "le dictionnaire "
			  "écrit avec œ et non avec «\u00A0oe\u00A0» sont signalés\u00A0: "
			  "«\u00A0coexister\u00A0» et «\u00A0"
			  "moelle\u00A0» sont justes.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "la mise en oeuvre du plan", "la mise en œuvre du plan" },
		{ LANGUAGE_FR, "le bureau du Vice-Président, au coeur de la ville",
			"le bureau du Vice-Président, au cœur de la ville" },
		{ LANGUAGE_EN, "the of\uFB01ce of the President",
			"the office of the President" },
		{ LANGUAGE_FR, NULL, "coexister, moelle, Noé, poème, coefficient" }),
	.token = look,
};
