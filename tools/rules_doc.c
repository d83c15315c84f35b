/* docs/RULES.md: every rule in both languages, from the structs the program itself uses. */
#include <stdio.h>

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

static void
print_examples(size_t rule)
{
	const char *wrong, *right;
	paraph_language l;

	printf("\n| | wrong | right |\n| --- | --- | --- |\n");
	for (size_t k = 0; paraph_rule_example(rule, k, &wrong, &right, &l); k++)
		printf("| %s | %s%s%s | %s |\n", l == PARAPH_LANGUAGE_FR ? "fr" : "en",
			wrong == NULL ? "" : "`", wrong == NULL ? "–" : wrong,
			wrong == NULL ? "" : "`", right == NULL ? "–" : right);
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
	       "overlap, the "
	       "rule that stands first here wins.\n");
	for (size_t i = 0; i < paraph_rule_count(); i++)
		print_rule(i);
	return ferror(stdout) != 0;
}
