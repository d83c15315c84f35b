#include "apps/cli/each.h"

#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/open.h"

static int
one_file(const settings *s, paraph_session *session, const char *path, each_work *work,
	void *user)
{
	bool input = strcmp(path, "-") == 0 && s->stdin_name != NULL;
	paraph_result *r;

	if (paraph_read_file_as(session, path, input ? s->stdin_name : path, &r) != PARAPH_OK)
		return complain(s, "%s", "%s", paraph_session_message(session));
	int status = work(user, session, r);
	paraph_result_free(r);
	return status;
}

int
each_file(const settings *s, const list *paths, each_work *work, void *user)
{
	paraph_engine *engine;
	paraph_session *session;
	int worst = EXIT_CLEAN;

	if (paths->n == 0 && s->paths.n == 0)
		return complain(s, "no files given; see paraph %s --help",
			"aucun fichier indiqué\u00A0; voir paraph %s --help", s->command->name);
	if (open_engine(s, 0, &engine) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	if (paraph_session_open(&session, engine) != PARAPH_OK)
		worst = complain(s, "out of memory", "plus assez de mémoire");
	for (size_t i = 0; session != NULL && i < paths->n; i++) {
		int status = one_file(s, session, paths->at[i], work, user);
		worst = status > worst ? status : worst;
	}
	paraph_session_close(session);
	paraph_engine_close(engine);
	return worst;
}
