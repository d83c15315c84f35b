/* paraph: the command line. */
#include <errno.h>
#include <stdio.h>

#include "apps/cli/options.h"

static int
run(settings *s, int argc, char **argv)
{
	int trouble = options_parse(s, argc, argv);

	if (trouble != EXIT_CLEAN)
		return trouble;
	if (s->version)
		return puts("paraph " PARAPH_VERSION) < 0 ? EXIT_TROUBLE : EXIT_CLEAN;
	if (s->help || s->command == NULL) {
		options_help(s->help ? stdout : stderr, s);
		return s->help ? EXIT_CLEAN : EXIT_TROUBLE;
	}
	return s->command->run(s);
}

int
main(int argc, char **argv)
{
	settings s = { 0 };
	int status = run(&s, argc, argv);

	options_free(&s);
	if (fflush(stdout) == 0 || status == EXIT_TROUBLE)
		return status;
	return complain(&s, "standard output: %s", "sortie standard\u00A0: %s",
		paraph_system_message(errno, s.ui));
}
