/* paraph explain: all that is to be said of a rule. */
#include <stdio.h>

#include "apps/cli/command.h"
#include "apps/cli/labels.h"

static void
put_examples(const settings *s, size_t rule)
{
	const char *wrong, *right;
	paraph_language in;

	for (size_t k = 0; paraph_rule_example(rule, k, &wrong, &right, &in); k++) {
		if (wrong != NULL)
			printf("  %s %s\n", say(s, "wrong:", "faux :  "), wrong);
		printf("  %s %s\n", say(s, "right:", "juste : "), right);
		putchar('\n');
	}
}

static int
explain_one(const settings *s, const char *id)
{
	char message[512];
	size_t i;

	if (paraph_rule_find(id, s->ui, &i, message, sizeof(message)) != PARAPH_OK)
		return complain(s, "%s", "%s", message);
	paraph_rule r = paraph_rule_at(i, s->ui);
	printf("%s\n", r.id);
	printf("%s (%s%s; %s; %s)\n\n", r.summary, label_severity(s, r.severity),
		r.off ? say(s, ", off by default", ", inactive par défaut") : "",
		label_languages(&r), label_fix(s, r.fix));
	printf("%s\n\n", r.explanation);
	printf("%s %s\n\n", say(s, "Source:", "Source :"), r.source);
	put_examples(s, i);
	return EXIT_CLEAN;
}

static int
explain(const settings *s)
{
	int worst = EXIT_CLEAN;

	if (s->paths.n == 0)
		return complain(s, "which rule? `paraph rules` lists them",
			"quelle règle ? « paraph rules » en donne la liste");
	for (size_t i = 0; i < s->paths.n; i++) {
		int status = explain_one(s, s->paths.at[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

const command command_explain = {
	.name = "explain",
	.bit = IN_EXPLAIN,
	.arguments_en = "RULE…",
	.arguments_fr = "RÈGLE…",
	.summary_en = "explain a rule: why, when not, examples, source",
	.summary_fr = "expliquer une règle : pourquoi, quand non, exemples, source",
	.help_en =
		"Explains rules: what they look for and why, when they are silent, examples\n"
		"right and wrong, and the source.",
	.help_fr = "Explique des règles : ce qu’elles cherchent et pourquoi, quand elles se "
		   "taisent,\n"
		   "exemples justes et faux, source.",
	.run = explain,
};
