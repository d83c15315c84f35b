/* White space at the end of a line. It prints nothing and troubles comparison and versioning.
 * Only plain text as its author typed it is looked at: in Markdown two spaces end a line, and
 * what an extraction or a re-flow left is not the author's. */
#include <string.h>

#include "checker/rule.h"
#include "document/format.h"

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Moves *at to the end of the line it stands in. Files with a CR are rare and may have nothing
 * else (old Macintosh); memchr serves all the others. */
static bool
next_line_end(slice text, bool returns, size_t *at)
{
	if (*at >= text.n)
		return false;
	if (!returns) {
		const char *newline = memchr(text.p + *at, '\n', text.n - *at);
		*at = newline == NULL ? text.n : (size_t)(newline - text.p);
		return newline != NULL;
	}
	while (*at < text.n && !is_line_end(text.p[*at]))
		(*at)++;
	return *at < text.n;
}

static size_t
blank_start(slice text, size_t end)
{
	while (end > 0 && (text.p[end - 1] == ' ' || text.p[end - 1] == '\t'))
		end--;
	return end;
}

static status
judge_line(check *c, const rule *r, size_t end)
{
	slice text = c->document->text;

	size_t start = blank_start(text, end);
	if (start == end || start == 0 || is_line_end(text.p[start - 1]))
		return STATUS_OK;
	return check_report_fix(
		c, r, (span){ (uint32_t)start, (uint32_t)end }, SLICE(""), FIX_SAFE);
}

static status
look(check *c, const rule *r)
{
	const document *d = c->document;
	size_t line_end = 0;

	if (d->reflowed || d->extracted || strcmp(d->format->name, "txt") != 0)
		return STATUS_OK;
	bool returns = d->text.n != 0 && memchr(d->text.p, '\r', d->text.n) != NULL;
	while (next_line_end(d->text, returns, &line_end)) {
		TRY(judge_line(c, r, line_end));
		line_end++;
	}
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
