/* paraph explain: all that is to be said of a rule. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/labels.h"

#define LINE 80 /* columns of running text */

/* Whole words on lines of at most LINE columns. */
static void
put_wrapped(const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t bytes = strcspn(text, " "), columns = 0;
		for (size_t i = 0; i < bytes; i++)
			columns += ((unsigned char)text[i] & 0xC0) != 0x80;
		if (column != 0 && column + 1 + columns > LINE) {
			putchar('\n');
			column = 0;
		}
		printf("%s%.*s", column == 0 ? "" : " ", (int)bytes, text);
		column += columns + (column != 0);
		text += bytes + strspn(text + bytes, " ");
	}
	fputs("\n\n", stdout);
}

/* On one line; what an example about white space turns on is made visible. */
static void
put_example(const char *label, const char *text)
{
	printf("  %s ", label);
	for (; *text != '\0'; text++)
		if (*text == '\n')
			fputs("\u21B5", stdout);
		else if (strncmp(text, "\u00A0", 2) == 0 || strncmp(text, "\u202F", 3) == 0) {
			fputs("\u237D", stdout);
			text += text[0] == '\xC2' ? 1 : 2;
		} else
			putchar(*text);
	putchar('\n');
}

static void
put_examples(const settings *s, size_t rule)
{
	const char *wrong, *right;
	paraph_language in;

	for (size_t k = 0; paraph_rule_example(rule, k, &wrong, &right, &in); k++) {
		if (wrong != NULL)
			put_example(say(s, "wrong:", "faux :  "), wrong);
		put_example(say(s, "right:", "juste : "), right);
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
	printf(say(s, "%s (%s%s; %s; %s)\n\n", "%s (%s%s ; %s ; %s)\n\n"), r.summary,
		label_severity(s, r.severity),
		r.off ? say(s, ", off by default", ", inactive par défaut") : "",
		label_languages(&r), label_fix(s, r.fix));
	put_wrapped(r.explanation);
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
