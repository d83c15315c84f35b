/* paraph completion: scripts for shells, made from the tables of commands and options, so that
 * they say what this very program takes. */
#include <stdio.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/options.h"

static bool
is_first_of_family(size_t i)
{
	const char *name = command_at(i)->name;
	size_t n = strcspn(name, " ");

	for (size_t k = 0; k < i; k++)
		if (strncmp(command_at(k)->name, name, n) == 0 && command_at(k)->name[n] == ' ')
			return false;
	return name[n] == ' ';
}

/* The first words of all commands, each once. */
static void
put_first_words(void)
{
	for (size_t i = 0; i < command_count(); i++) {
		const char *name = command_at(i)->name;
		if (strchr(name, ' ') == NULL || is_first_of_family(i))
			printf("%.*s ", (int)strcspn(name, " "), name);
	}
}

static void
put_second_words(const char *family)
{
	size_t n = strcspn(family, " ");

	for (size_t i = 0; i < command_count(); i++) {
		const char *name = command_at(i)->name;
		if (strncmp(name, family, n) == 0 && name[n] == ' ')
			printf("%s ", name + n + 1);
	}
}

static void
put_families(const char *between)
{
	const char *separator = "";

	for (size_t i = 0; i < command_count(); i++)
		if (is_first_of_family(i)) {
			const char *name = command_at(i)->name;
			printf("%s%.*s", separator, (int)strcspn(name, " "), name);
			separator = between;
		}
}

/* "|a|b|" as "a b". */
static void
put_choices(const char *choices)
{
	for (const char *p = choices + 1; *p != '\0'; p++)
		putchar(*p == '|' ? ' ' : *p);
}

static void
put_report_formats(void)
{
	const char *name;

	for (size_t i = 0; (name = paraph_report_format(i, PARAPH_LANGUAGE_EN, NULL)) != NULL;
		i++)
		printf("%s ", name);
}

/* --- bash, and zsh through it --- */

static void
put_option_name(void *user, const option_view *o)
{
	(void)user;
	printf("--%s ", o->name);
}

static void
put_choice_case(void *user, const option_view *o)
{
	(void)user;
	if (o->choices == NULL)
		return;
	printf("\t*' --%s') choices='", o->name);
	put_choices(o->choices);
	printf("' ;;\n");
}

static void
put_bash(const settings *s)
{
	printf("# Made by `paraph completion`: completes commands, options and their values.\n"
	       "_paraph() {\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	       "\tlocal command= words= choices= i\n"
	       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	       "\t\tcase ${COMP_WORDS[i]} in\n"
	       "\t\t-*) continue ;;\n"
	       "\t\tesac\n"
	       "\t\tcommand=\"${command:+$command }${COMP_WORDS[i]}\"\n"
	       "\t\tcase $command in\n\t\t");
	put_families(" | ");
	printf(") ;;\n\t\t*) break ;;\n\t\tesac\n\tdone\n\tcase \"$command $prev\" in\n"
	       "\t'check --format') choices='");
	put_report_formats();
	printf("' ;;\n");
	options_each(s, ~0u, put_choice_case, NULL);
	printf("\tesac\n\tif [[ -n $choices ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$choices\" -- \"$cur\"))\n\t\treturn\n\tfi\n"
	       "\tcase $command in\n\t'') words='");
	put_first_words();
	printf("' ;;\n");
	for (size_t i = 0; i < command_count(); i++) {
		const command *c = command_at(i);
		if (is_first_of_family(i)) {
			printf("\t%.*s) words='", (int)strcspn(c->name, " "), c->name);
			put_second_words(c->name);
			printf("' ;;\n");
		}
		printf("\t'%s') [[ $cur != -* ]] || words='", c->name);
		options_each(s, c->bit, put_option_name, NULL);
		printf("' ;;\n");
	}
	printf("\tesac\n\tif [[ -n $words ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n\telse\n"
	       "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n\tfi\n}\n"
	       "complete -o filenames -F _paraph paraph\n");
}

/* --- fish --- */

static void
put_fish_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

static void
put_fish_option(void *user, const option_view *o)
{
	const command *c = user;

	printf("complete -c paraph -n '__paraph_in \"%s\"' -l %s", c->name, o->name);
	if (o->letter != 0)
		printf(" -s %c", o->letter);
	if (o->choices != NULL) {
		printf(" -x -a '");
		put_choices(o->choices);
		putchar('\'');
	} else if (o->takes_value)
		printf(" -r");
	printf(" -d '");
	put_fish_text(o->help);
	printf("'\n");
}

static void
put_fish(const settings *s)
{
	printf("# Made by `paraph completion`: completes commands, options and their values.\n"
	       "function __paraph_in\n"
	       "\tset -l words (string match -v -- '-*' (commandline -opc)[2..])\n"
	       "\ttest \"$words[1..2]\" = \"$argv[1]\"; or test \"$words[1]\" = \"$argv[1]\"\n"
	       "end\n"
	       "function __paraph_begins\n"
	       "\tset -l words (string match -v -- '-*' (commandline -opc)[2..])\n"
	       "\ttest \"$words\" = \"$argv[1]\"\nend\n");
	for (size_t i = 0; i < command_count(); i++) {
		const command *c = command_at(i);
		size_t n = strcspn(c->name, " ");
		if (c->name[n] == ' ') {
			if (is_first_of_family(i))
				printf("complete -c paraph -n '__paraph_begins \"\"' -f -a "
				       "%.*s\n",
					(int)n, c->name);
			printf("complete -c paraph -n '__paraph_begins %.*s' -f -a %s -d '",
				(int)n, c->name, c->name + n + 1);
		} else
			printf("complete -c paraph -n '__paraph_begins \"\"' -f -a %s -d '",
				c->name);
		put_fish_text(say(s, c->summary_en, c->summary_fr));
		printf("'\n");
		options_each(s, c->bit, put_fish_option, (void *)(size_t)c);
	}
}

static int
complete(const settings *s)
{
	const char *shell = s->paths.n == 1 ? s->paths.at[0] : "";

	if (strcmp(shell, "bash") == 0)
		put_bash(s);
	else if (strcmp(shell, "zsh") == 0) {
		printf("#compdef paraph\nautoload -Uz bashcompinit && bashcompinit\n");
		put_bash(s);
	} else if (strcmp(shell, "fish") == 0)
		put_fish(s);
	else
		return complain(s, "say for which shell: bash, zsh or fish",
			"précisez pour quel interpréteur\u00A0: bash, zsh ou fish");
	return EXIT_CLEAN;
}

const command command_completion = {
	.name = "completion",
	.bit = IN_COMPLETION,
	.arguments_en = "bash|zsh|fish",
	.arguments_fr = "bash|zsh|fish",
	.summary_en = "a script that completes commands and options in a shell",
	.summary_fr = "script qui complète commandes et options dans un interpréteur",
	.help_en = "bash: eval \"$(paraph completion bash)\" in ~/.bashrc. zsh: the same with "
		   "zsh.\n"
		   "fish: paraph completion fish >~/.config/fish/completions/paraph.fish",
	.help_fr = "bash\u00A0: eval \"$(paraph completion bash)\" dans ~/.bashrc. zsh\u00A0: "
		   "de même.\n"
		   "fish\u00A0: paraph completion fish >~/.config/fish/completions/paraph.fish",
	.run = complete,
};
