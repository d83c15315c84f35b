/* Checks files and prints what is found, a line each.
 *
 *	cc -o check check.c $(pkg-config --cflags --libs paraph)
 *	./check letter.txt report.docx */
#include <stdio.h>

#include <paraph.h>

static void
print(const paraph_result *result)
{
	paraph_text path = paraph_result_path(result);

	for (size_t i = 0; i < paraph_result_count(result); i++) {
		paraph_finding f = paraph_result_finding(result, i);
		printf("%.*s:%u:%u: %.*s [%s]", (int)path.n, path.p, f.line, f.column,
			(int)f.message.n, f.message.p, f.rule);
		if (f.suggestion_count > 0) {
			paraph_text first = paraph_result_suggestion(result, i, 0);
			printf(" -> %.*s", (int)first.n, first.p);
		}
		putchar('\n');
	}
}

int
main(int argc, char **argv)
{
	char message[512];
	paraph_options options = { .ui = PARAPH_LANGUAGE_EN, .find_settings = true };
	paraph_engine *engine;
	paraph_session *session;
	int status = 0;

	/* An engine holds dictionaries and termbases: one for the program. */
	if (paraph_engine_open(&engine, &options, message, sizeof(message)) != PARAPH_OK) {
		fprintf(stderr, "%s\n", message);
		return 2;
	}
	/* A session belongs to one thread. */
	if (paraph_session_open(&session, engine) != PARAPH_OK) {
		paraph_engine_close(engine);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		paraph_result *result;
		if (paraph_check_file(session, argv[i], &result) != PARAPH_OK) {
			fprintf(stderr, "%s\n", paraph_session_message(session));
			status = 2;
			continue;
		}
		print(result);
		paraph_result_free(result);
	}
	paraph_session_close(session);
	paraph_engine_close(engine);
	return status;
}
