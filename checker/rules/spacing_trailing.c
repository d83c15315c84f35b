/* White space at the end of a line. It prints nothing and troubles comparison and versioning.
 * Only plain text as its author typed it is looked at: in Markdown two spaces end a line, and
 * what an extraction or a re-flow left is not the author's. */
#include <string.h>

#include "checker/rule.h"
#include "document/format.h"
#include "text/scan.h"

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static size_t
blank_start(slice text, size_t end)
{
	while (end > 0 && (text.p[end - 1] == ' ' || text.p[end - 1] == '\t'))
		end--;
	return end;
}

/* If a line ends there. */
static status
judge(check *c, const rule *r, size_t end)
{
	slice text = c->document->text;

	if (!is_line_end(text.p[end]))
		return STATUS_OK;
	size_t start = blank_start(text, end);
	if (start == end || start == 0 || is_line_end(text.p[start - 1]))
		return STATUS_OK;
	return check_report_fix(
		c, r, (span){ (uint32_t)start, (uint32_t)end }, SLICE(""), FIX_SAFE);
}

#define STEP (4 * SCAN_BYTES)

static uint64_t
spaces_from(const char *p)
{
	uint64_t spaces = 0;

#pragma GCC unroll 4
	for (unsigned k = 0; k < STEP; k += SCAN_BYTES)
		spaces |= (uint64_t)scan_spaces(scan_load(p + k)) << k;
	return spaces;
}

/* Only white space behind white space is looked at: hardly any. */
static status
look(check *c, const rule *r)
{
	const document *d = c->document;
	slice text = d->text;
	uint64_t before = 0;
	size_t i = 0;

	if (d->reflowed || d->extracted || strcmp(d->format->name, "txt") != 0)
		return STATUS_OK;
	for (; text.n - i >= STEP; i += STEP) {
		uint64_t spaces = spaces_from(text.p + i), second = spaces << 1 | before;
		before = spaces >> (STEP - 1);
		for (second &= spaces; second != 0; second &= second - 1)
			TRY(judge(c, r, i + (unsigned)__builtin_ctzll(second)));
	}
	for (; i < text.n; i++)
		TRY(judge(c, r, i));
	return STATUS_OK;
}

const rule rule_spacing_trailing = {
	.id = "spacing/trailing",
	.severity = SEVERITY_INFO,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.source = "FR-ESP-15: typing practice (C)",
	.summary_en = "white space at the end of a line",
	.summary_fr = "espace en fin de ligne",
	.explanation_en = "Nothing stands between the last sign of a line and its end. Text "
			  "extracted from a "
			  "PDF, re-flowed text and Markdown, where two spaces end a line, are "
			  "left alone.",
	.explanation_fr = "Rien ne s’intercale entre le dernier signe d’une ligne et sa fin. "
			  "Le texte extrait "
			  "d’un PDF, le texte recomposé et le Markdown, où deux espaces "
			  "terminent une ligne, "
			  "ne sont pas concernés.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "Le point\u00A0: la paix. \nLa suite.\n",
					  "Le point\u00A0: la paix.\nLa suite.\n" },
		{ LANGUAGE_FR, NULL, "Le point : la paix. \nLa suite.\n" }),
	.document = look,
};
