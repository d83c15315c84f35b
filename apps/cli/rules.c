/* paraph rules: the table of rules. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/catalogue.h"
#include "apps/cli/command.h"
#include "apps/cli/labels.h"
#include "apps/cli/rules_test.h"

/* printf pads by bytes; these labels have accents. */
static void
put_cell(const char *text, int width)
{
	int columns = 0;

	for (const char *c = text; *c != '\0'; c++)
		columns += ((unsigned char)*c & 0xC0) != 0x80;
	printf("%s%*s", text, columns < width ? width - columns : 1, "");
}

static int
rules(const settings *s)
{
	if (s->paths.n != 0)
		return complain(s,
			"paraph rules takes no argument; paraph explain RULE tells more",
			"paraph rules ne prend pas d’argument\u00A0; paraph explain RÈGLE en "
			"dit "
			"plus");
	if (s->test != NULL)
		return rules_test(s);
	catalogue c;
	if (catalogue_open(&c, s) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < catalogue_count(&c); i++) {
		paraph_rule r = catalogue_rule(&c, i);
		put_cell(r.id, 26);
		put_cell(r.off ? say(s, "off", "inactive") : label_severity(s, r.severity), 14);
		put_cell(label_languages(&r), 6);
		puts(r.summary);
	}
	catalogue_close(&c);
	return EXIT_CLEAN;
}

const command command_rules = {
	.name = "rules",
	.bit = IN_RULES,
	.arguments_en = "[--rules FILE | --test FILE]",
	.arguments_fr = "[--rules FICHIER | --test FICHIER]",
	.summary_en = "list the rules; try the examples of your own",
	.summary_fr = "dresser la liste des règles\u00A0; essayer les exemples des vôtres",
	.help_en =
		"Lists the rules: id, level, languages, what they look for. With --test, runs\n"
		"the examples of a file of rules instead.",
	.help_fr =
		"Dresse la liste des règles\u00A0: nom, niveau, langues, objet. Avec --test, "
		"essaie\n"
		"plutôt les exemples d’un fichier de règles.",
	.run = rules,
};
