/* paraph explain: all that is to be said of a rule. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/catalogue.h"
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
put_examples(const catalogue *c, size_t rule)
{
	const settings *s = c->settings;
	const char *wrong, *right;
	paraph_language in;

	for (size_t k = 0; catalogue_example(c, rule, k, &wrong, &right, &in); k++) {
		const char *profile = catalogue_example_profile(rule, k);
		const char *source = catalogue_example_source(rule, k);
		if (source != NULL)
			put_example(say(s, "source:", "source\u00A0:"), source);
		if (wrong != NULL)
			put_example(say(s, "wrong:", "faux\u00A0:  "), wrong);
		if (right != NULL)
			put_example(say(s, "right:", "juste\u00A0: "), right);
		if (profile != NULL)
			printf(say(s, "  (profile %s)\n", "  (profil %s)\n"), profile);
		putchar('\n');
	}
}

/* Is the correction safe? How is the rule made to be silent? */
static void
put_advice(const settings *s, const paraph_rule *r)
{
	static const char *const en[] = { "Correction: none by itself; a person decides.",
		"Correction: suggested for review; `paraph fix --unsafe` applies it.",
		"Correction: safe; `paraph fix` applies it." };
	static const char *const fr[] = {
		"Correction\u00A0: aucune automatique\u00A0; une personne décide.",
		("Correction\u00A0: proposée à relire\u00A0; «\u00A0paraph fix --unsafe\u00A0» "
		 "l’applique."),
		"Correction\u00A0: sûre\u00A0; «\u00A0paraph fix\u00A0» l’applique."
	};

	printf("%s\n\n", say(s, en[r->fix], fr[r->fix]));
	if (r->off)
		printf(say(s,
			       "To turn it on:\n  for a run:        --enable %s\n"
			       "  in a profile:     rules: { %s: on }\n",
			       "Pour l’activer\u00A0:\n  pour une fois\u00A0:   --enable %s\n"
			       "  dans un profil\u00A0:  rules: { %s: on }\n"),
			r->id, r->id);
	else
		printf(say(s,
			       "To turn it off:\n  for a run:        --disable %s\n"
			       "  in a profile:     rules: { %s: off }\n"
			       "  in the document:  paraph: ignore %s \u2014 why\n",
			       "Pour la désactiver\u00A0:\n  pour une fois\u00A0:   --disable "
			       "%s\n"
			       "  dans un profil\u00A0:  rules: { %s: off }\n"
			       "  dans le document\u00A0: paraph: ignore %s \u2014 pourquoi\n"),
			r->id, r->id, r->id);
}

static void
put_rule(const catalogue *c, size_t i)
{
	const settings *s = c->settings;
	paraph_rule r = catalogue_rule(c, i);

	printf("%s\n", r.id);
	printf(say(s, "%s (%s%s; %s)\n\n", "%s (%s%s\u00A0; %s)\n\n"), r.summary,
		label_severity(s, r.severity),
		r.off ? say(s, ", off by default", ", inactive par défaut") : "",
		label_languages(&r));
	/* a rule of one's own need not say more than its message */
	if (strcmp(r.explanation, r.summary) != 0)
		put_wrapped(r.explanation);
	printf("%s %s\n\n", say(s, "Source:", "Source\u00A0:"), r.source);
	put_examples(c, i);
	put_advice(s, &r);
}

/* All rules of a family, named as in --only: spacing/ */
static bool
explain_family(const catalogue *c, const char *family)
{
	size_t length = strlen(family), told = 0;

	if (length == 0 || family[length - 1] != '/')
		return false;
	for (size_t i = 0; i < catalogue_count(c); i++) {
		if (strncmp(catalogue_rule(c, i).id, family, length) != 0)
			continue;
		if (told++ > 0)
			putchar('\n');
		put_rule(c, i);
	}
	return told > 0;
}

static int
explain_one(const catalogue *c, const char *id)
{
	size_t i;

	if (explain_family(c, id))
		return EXIT_CLEAN;
	if (catalogue_find(c, id, &i) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	put_rule(c, i);
	return EXIT_CLEAN;
}

static int
explain(const settings *s)
{
	int worst = EXIT_CLEAN;
	catalogue c;

	if (s->paths.n == 0)
		return complain(s, "which rule? `paraph rules` lists them",
			"quelle règle ? « paraph rules » en donne la liste");
	if (catalogue_open(&c, s) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < s->paths.n; i++) {
		if (i > 0)
			putchar('\n');
		int status = explain_one(&c, s->paths.at[i]);
		worst = status > worst ? status : worst;
	}
	catalogue_close(&c);
	return worst;
}

const command command_explain = {
	.name = "explain",
	.bit = IN_EXPLAIN,
	.arguments_en = "RULE…",
	.arguments_fr = "RÈGLE…",
	.summary_en = "explain a rule: why, when not, examples, source",
	.summary_fr = "expliquer une règle\u00A0: pourquoi, quand non, exemples, source",
	.help_en =
		"Explains rules, or all of a family (spacing/): what they look for and why,\n"
		"when they are silent, examples right and wrong, the source, whether the\n"
		"correction is safe, how to turn them off.",
	.help_fr = "Explique des règles, ou toutes celles d’une famille (spacing/)\u00A0: ce "
		   "qu’elles\n"
		   "cherchent et pourquoi, quand elles se taisent, exemples justes et faux, "
		   "source,\n"
		   "sûreté de la correction, comment les désactiver.",
	.run = explain,
};
