/* What cannot be seen and hides words from search: soft hyphens, zero-width spaces and joiners,
 * stray byte order marks, and letters whose accent is a character of its own (NFD). The text
 * that rules read is composed already, so the second kind is found in the bytes of the file,
 * where the source map says that something was made. The no-break hyphen U+2011 is meant. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"
#include "document/original.h"
#include "text/utf8.h"

#define WORD_MOST 200
#define SLIPS_MOST 8 /* letters that are told one by one */

static bool
is_invisible(uint32_t character)
{
	return character == 0xAD || (character >= 0x200B && character <= 0x200D) ||
	       character == 0x2060 || character == 0xFEFF;
}

/* Greek, Cyrillic, Arabic, Indian scripts …: some of them need joiners. */
static bool
is_other_script(uint32_t character)
{
	return character >= 0x370 && character < 0x1E00;
}

/* The text without what cannot be seen; how many characters that were, 0 for a word of another
 * script than Latin. */
static size_t
strip(slice s, char *out, size_t *length)
{
	size_t count = 0;

	*length = 0;
	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t character = utf8_next(s, &i);
		if (is_other_script(character))
			return 0;
		if (is_invisible(character)) {
			count++;
			continue;
		}
		memcpy(out + *length, s.p + start, i - start);
		*length += i - start;
	}
	return count;
}

/* « évo­ lution », where a line ended: the word goes on after the space. */
static status
report_cut(check *c, const rule *r, size_t i, slice head)
{
	slice tail = check_token(c, i + 1), whole = { 0 };

	if (spacing_lists(c, head, tail, (slice){ 0 }))
		whole = check_printf(c, "%.*s%.*s", SLICE_ARG(head), SLICE_ARG(tail));
	return check_report_fix(c, r, check_span(c, i, i + (whole.p != NULL)), whole,
		whole.p != NULL ? FIX_REVIEW : FIX_NONE);
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice shown = check_token(c, i);
	char seen[WORD_MOST];
	size_t n;

	if (t->kind != TOKEN_WORD || shown.n > WORD_MOST)
		return STATUS_OK;
	if (strip(shown, seen, &n) == 0)
		return STATUS_OK;
	if (slice_ends(shown, SLICE("\u00AD")) && t[1].kind == TOKEN_WORD &&
		t[1].gap > GAP_START)
		return report_cut(c, r, i, (slice){ seen, n });
	return check_report_fix(c, r, check_span(c, i, i), (slice){ seen, n }, FIX_SAFE);
}

const rule rule_typography_invisible = {
	.id = "typography/invisible",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_ODD,
	.source = "FR-ESP-20: A/RES/70/1 in French, where U+2011 alone is meant (A)",
	.summary_en = "invisible character in a word",
	.summary_fr = "caractère invisible dans un mot",
	.explanation_en =
		"Soft hyphens, zero-width spaces, word joiners and byte order marks inside a "
		"text cannot be seen, and hide the word from search, spelling and terminology. "
		"They come from PDF files and web pages. The no-break hyphen of États‑Unis is "
		"meant and stays.",
	.explanation_fr =
		"Les traits d’union conditionnels, les espaces sans chasse, les gluons et les "
		"marques d’ordre des octets ne se voient pas et cachent le mot à la recherche, "
		"à l’orthographe et à la terminologie. Ils viennent de fichiers PDF et de "
		"pages Web. Le trait d’union insécable de États‑Unis est voulu et reste.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "le dévelop\u00ADpement durable", "le développement durable" },
		{ LANGUAGE_EN, "the Security\u200B Council", "the Security Council" },
		{ LANGUAGE_FR, NULL, "les États\u2011Unis d’Amérique" }),
	.token = look,
};

/* --- letters in two characters --- */

static bool
has_combining(slice s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		unsigned char a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];
		if ((a == 0xCC && b >= 0x80) || (a == 0xCD && b >= 0x80 && b <= 0xAF))
			return true;
	}
	return false;
}

static status
collect(check *c, places *composed)
{
	const source_map *m = &c->document->map;

	for (size_t k = 0; k + 1 < m->count; k++) {
		span text = { m->runs[k].text, m->runs[k + 1].text };
		span file = { m->runs[k].file, m->runs[k + 1].file };
		slice bytes;
		if (m->runs[k].kind != RUN_MADE || text.end == text.start)
			continue;
		TRY(document_bytes(c->document, file, &c->scratch, &bytes));
		if (has_combining(bytes))
			TRY(places_add(c, composed, text));
	}
	return STATUS_OK;
}

static status
report(check *c, const rule *r, span place)
{
	return check_report_fix(c, r, place, check_text(c, place), FIX_SAFE);
}

/* In a file that writes all its accents so it is the work of a program, said once. */
static status
judge_letters(check *c, const rule *r)
{
	places composed = { 0 };

	if (c->document->map.count == 0 || strcmp(c->document->encoding, "UTF-8") != 0)
		return STATUS_OK;
	TRY(collect(c, &composed));
	if (composed.count <= SLIPS_MOST)
		return places_each(c, r, &composed, report);
	slice first = check_text(c, composed.first->at[0]);
	finding f = { .text = composed.first->at[0],
		.suggestions = &first,
		.suggestion_count = 1,
		.message = check_message(c, "%zu letters are written with an accent apart",
			"%zu lettres sont écrites avec un accent à part", composed.count) };
	return check_report(c, r, f);
}

const rule rule_typography_decomposed = {
	.id = "typography/decomposed",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.source = "FR-LET-06: the composed form NFC is what dictionaries and search expect (C)",
	.summary_en = "letter and accent are two characters",
	.summary_fr = "lettre et accent sont deux caractères",
	.explanation_en =
		"The letter é can be one character or an “e” with a combining accent (NFD, as "
		"file names on macOS have it). Both look the same, and most software takes the "
		"second for another word. paraph reads them alike and reports the letter for "
		"information; a file with many of them is told once.",
	.explanation_fr =
		"La lettre é peut être un seul caractère ou un «\u00A0e\u00A0» suivi d’un "
		"accent "
		"combinant "
		"(NFD, comme dans les noms de fichiers de macOS). Les deux ont le même aspect, "
		"mais la plupart des programmes y voient deux mots différents. paraph les lit "
		"de la même façon et signale la lettre pour information\u00A0; un fichier qui "
		"en a "
		"beaucoup n’est signalé qu’une fois.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "la re\u0301solution du Conseil",
					  "la r\u00E9solution du Conseil" },
		{ LANGUAGE_FR, NULL, "la r\u00E9solution du Conseil" }),
	.document = judge_letters,
};
