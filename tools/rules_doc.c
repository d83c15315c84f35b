/* docs/RULES.md: every rule in both languages, from the structs the program itself uses. */
#include <stdio.h>
#include <string.h>

#include "include/paraph.h"

static const char *
level(paraph_severity s)
{
	static const char *const names[] = { "", "info", "warning", "error" };

	return names[s];
}

static const char *
fix_name(paraph_fix f)
{
	static const char *const names[] = { "none", "for review (`--unsafe`)", "safe" };

	return names[f];
}

static const char *
languages(const paraph_rule *r)
{
	return !r->en ? "French" : !r->fr ? "English" : "French and English";
}

/* A cell of a table: bars escaped, line ends and no-break spaces made visible. */
static void
print_cell(const char *text)
{
	if (text == NULL) {
		fputs("–", stdout);
		return;
	}
	for (; *text != '\0'; text++)
		if (*text == '|' || *text == '*' || *text == '_')
			printf("\\%c", *text);
		else if (*text == '\n')
			fputs("↵", stdout);
		else if (strncmp(text, "\u00A0", 2) == 0 || strncmp(text, "\u202F", 3) == 0) {
			fputs("⍽", stdout);
			text += text[0] == '\xC2' ? 1 : 2;
		} else
			putchar(*text);
}

static void
print_examples(size_t rule)
{
	const char *wrong, *right;
	paraph_language l;

	bool paired = paraph_rule_example_source(rule, 0) != NULL;

	printf(paired ? "\n| | source | wrong | right |\n| --- | --- | --- | --- |\n"
		      : "\n| | wrong | right |\n| --- | --- | --- |\n");
	for (size_t k = 0; paraph_rule_example(rule, k, &wrong, &right, &l); k++) {
		printf("| %s | ", l == PARAPH_LANGUAGE_FR ? "fr" : "en");
		if (paired) {
			print_cell(paraph_rule_example_source(rule, k));
			fputs(" | ", stdout);
		}
		print_cell(wrong);
		fputs(" | ", stdout);
		print_cell(right);
		fputs(" |\n", stdout);
	}
}

static void
print_rule(size_t i)
{
	paraph_rule en = paraph_rule_at(i, PARAPH_LANGUAGE_EN);
	paraph_rule fr = paraph_rule_at(i, PARAPH_LANGUAGE_FR);

	printf("\n## %s\n\n%s · %s%s · correction: %s\n\n*%s* — %s\n\n*%s* — %s\n\nSource: "
	       "%s\n",
		en.id, level(en.severity), languages(&en), en.off ? " · off by default" : "",
		fix_name(en.fix), en.summary, en.explanation, fr.summary, fr.explanation,
		en.source);
	print_examples(i);
}

int
main(void)
{
	printf("# Rules\n\nMade by `make docs` from the rules themselves. Where two findings "
	       "overlap, an error or a warning wins over information, and else the rule that "
	       "stands first here.\nIn the examples ⍽ is a no-break space and ↵ the end of a "
	       "line.\n");
	for (size_t i = 0; i < paraph_rule_count(); i++)
		print_rule(i);
	return ferror(stdout) != 0;
}
