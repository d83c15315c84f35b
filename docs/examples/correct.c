/* Reads a text from standard input and writes it with its safe corrections.
 *
 *	cc -o correct correct.c $(pkg-config --cflags --libs paraph)
 *	./correct <letter.txt >better.txt */
#include <stdio.h>

#include <paraph.h>

static int
correct(paraph_session *session)
{
	paraph_result *result;
	char *bytes;
	size_t n, applied;

	if (paraph_check_file_as(session, "-", "input.txt", &result) != PARAPH_OK)
		return 2;
	int status = 2;
	if (paraph_result_fix(session, result, false, &bytes, &n, &applied) == PARAPH_OK) {
		status = fwrite(bytes, 1, n, stdout) == n ? 0 : 2;
		paraph_bytes_free(session, bytes);
		fprintf(stderr, "%zu corrections\n", applied);
	}
	paraph_result_free(result);
	return status;
}

int
main(void)
{
	char message[512];
	paraph_engine *engine;
	paraph_session *session;
	int status = 2;

	if (paraph_engine_open(&engine, NULL, message, sizeof(message)) != PARAPH_OK) {
		fprintf(stderr, "%s\n", message);
		return 2;
	}
	if (paraph_session_open(&session, engine) == PARAPH_OK) {
		status = correct(session);
		if (status != 0)
			fprintf(stderr, "%s\n", paraph_session_message(session));
		paraph_session_close(session);
	}
	paraph_engine_close(engine);
	return status;
}
