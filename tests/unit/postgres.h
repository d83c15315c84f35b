/* A PostgreSQL server for a test program, which runs again beside one (tests/postgres.sh). */
#ifndef TESTS_UNIT_POSTGRES_H
#define TESTS_UNIT_POSTGRES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* false: skipped aloud, nothing more to do. */
static inline bool
postgres_test_begin(char **argv)
{
	if (getenv("PARAPH_POSTGRES") != NULL)
		return true;
	if (system("tests/postgres.sh there 2>/dev/null") != 0) {
		printf("%s: skipped, PostgreSQL is not installed\n", argv[0]);
		return false;
	}
	fflush(stdout);
	execlp("tests/postgres.sh", "tests/postgres.sh", "run", argv[0], (char *)NULL);
	perror("tests/postgres.sh");
	exit(1);
}

static inline const char *
postgres_test_url(void)
{
	return getenv("PARAPH_POSTGRES");
}

static inline int64_t
postgres_test_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The server's URL with another user ("name:password") or database; NULL: the same. */
static inline void
postgres_test_other(char *out, size_t size, const char *user, const char *database)
{
	const char *url = postgres_test_url(), *at = strchr(url, '@'),
		   *slash = strrchr(url, '/');

	snprintf(out, size, "postgresql://%.*s%.*s/%s",
		user == NULL ? (int)(at - url) - 13 : (int)strlen(user),
		user == NULL ? url + 13 : user, (int)(slash - at), at,
		database == NULL ? slash + 1 : database);
}

/* The same with another name of the application. */
static inline const char *
postgres_test_other_url(const char *application)
{
	static char url[700];

	snprintf(url, sizeof(url), "%s?application_name=%s", postgres_test_url(), application);
	return url;
}

static inline void
postgres_test_script(const char *action)
{
	char command[600];

	snprintf(command, sizeof(command),
		"tests/postgres.sh %s \"$PARAPH_POSTGRES_FOLDER\" >/dev/null", action);
	if (system(command) != 0)
		fprintf(stderr, "%s: failed\n", command);
}

/* A line of what the script prints; false when it has nothing to say. */
static inline bool
postgres_test_line(const char *arguments, char *out, size_t size)
{
	char command[600];

	snprintf(command, sizeof(command), "tests/postgres.sh %s", arguments);
	FILE *f = popen(command, "r");
	bool got = f != NULL && fgets(out, (int)size, f) != NULL;
	if (f != NULL)
		got = pclose(f) == 0 && got;
	if (got)
		out[strcspn(out, "\n")] = '\0';
	return got;
}

static inline bool
postgres_test_pooler(char *out, size_t size)
{
	return postgres_test_line("pgbouncer \"$PARAPH_POSTGRES_FOLDER\"", out, size);
}

/* An empty database of that name on the server. */
static inline bool
postgres_test_database(const char *name, char *out, size_t size)
{
	char arguments[200];

	snprintf(arguments, sizeof(arguments), "database \"$PARAPH_POSTGRES_FOLDER\" %s", name);
	return postgres_test_line(arguments, out, size);
}

#endif
