/* paraph: the command line. */
#include <errno.h>
#include <stdio.h>

#include "apps/cli/heap.h"
#include "apps/cli/open.h"
#include "apps/cli/options.h"

static int
show_version(const settings *s)
{
	paraph_engine *engine;
	char message[512] = "";

	if (puts("paraph " PARAPH_VERSION) < 0)
		return EXIT_TROUBLE;
	if (!s->check_data)
		return EXIT_CLEAN;
	if (open_engine(s, 0, &engine) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	paraph_status sound = paraph_engine_verify(engine, message, sizeof(message));
	paraph_engine_close(engine);
	if (sound != PARAPH_OK)
		return complain(s, "%s", "%s", message);
	puts(say(s, "compiled data: sound", "données compilées\u00A0: en bon état"));
	return EXIT_CLEAN;
}

static int
run(settings *s, int argc, char **argv)
{
	int trouble = options_parse(s, argc, argv);

	if (trouble != EXIT_CLEAN)
		return trouble;
	if (s->version)
		return show_version(s);
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

	heap_on_large_pages();
	int status = run(&s, argc, argv);

	options_free(&s);
	if (fflush(stdout) == 0 || status == EXIT_TROUBLE || status == EXIT_AGAIN)
		return status;
	int error = errno;
	complain(&s, "standard output: %s", "sortie standard\u00A0: %s",
		paraph_system_message(error, s.ui));
	return paraph_system_is_passing(error) ? EXIT_AGAIN : EXIT_TROUBLE;
}
