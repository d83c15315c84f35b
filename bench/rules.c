/* bench/rules TEXT: what each rule costs on a text and how often it speaks, dearest first.
 *
 * A rule that is called a hundred times for each finding wants a rarer feature, `wants`,
 * `before` or `after` (checker/rule.h). Every call is timed, which alone costs more than most
 * calls: what reading the clock takes is measured and taken off, and the shares are what to
 * look at. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/engine.h"

#define ROUNDS 5

typedef struct row {
	const char *id;
	check_meter at;
	size_t findings;
} row;

static double overhead; /* nanoseconds that timing adds to each call */

static void
measure_overhead(void)
{
	overhead = 1e9;
	for (int i = 0; i < 10000; i++) {
		double start = check_clock(), took = check_clock() - start;
		overhead = took < overhead ? took : overhead;
	}
}

static double
cost(const row *r)
{
	double calls = (double)(r->at.tokens.calls + r->at.blocks.calls);
	double ns = r->at.tokens.ns + r->at.blocks.ns + r->at.document.ns - calls * overhead;

	return ns < 0 ? 0 : ns;
}

static int
by_cost(const void *left, const void *right)
{
	double a = cost(left), b = cost(right);

	return a < b ? 1 : a > b ? -1 : 0;
}

static void
die(const char *what)
{
	fprintf(stderr, "bench/rules: %s\n", what);
	exit(2);
}

static size_t
count_findings(const paraph_result *r, const char *id)
{
	size_t n = 0;

	for (size_t i = 0; i < paraph_result_count(r); i++)
		n += strcmp(paraph_result_finding(r, i).rule, id) == 0;
	return n;
}

/* Other programs run on the machine: of several rounds the cheapest counts. */
static void
keep_least(row *r, const char *id, const check_meter *at, const paraph_result *result)
{
	row now = { id, *at, 0 };

	if (r->id != NULL && cost(r) <= cost(&now))
		return;
	now.findings = count_findings(result, id);
	*r = now;
}

static void
print(row *rows, size_t n)
{
	double all = 0;

	qsort(rows, n, sizeof(*rows), by_cost);
	for (size_t i = 0; i < n; i++)
		all += cost(&rows[i]);
	printf("| rule | calls for tokens | for blocks | findings | ms | share |\n"
	       "| --- | ---: | ---: | ---: | ---: | ---: |\n");
	for (size_t i = 0; i < n; i++)
		if (rows[i].at.tokens.calls + rows[i].at.blocks.calls != 0)
			printf("| %s | %zu | %zu | %zu | %.1f | %.1f %% |\n", rows[i].id,
				rows[i].at.tokens.calls, rows[i].at.blocks.calls,
				rows[i].findings, cost(&rows[i]) / 1e6,
				100 * cost(&rows[i]) / all);
}

int
main(int argc, char **argv)
{
	static check_meter meters[RULES_MAX + 1];
	static row rows[RULES_MAX + 1];
	paraph_options options = { 0 };
	paraph_engine *engine;
	paraph_session *session;
	paraph_result *result;
	char message[512];

	if (argc != 2)
		die("usage: rules TEXT");
	if (paraph_engine_open(&engine, &options, message, sizeof(message)) != PARAPH_OK)
		die(message);
	if (paraph_session_open(&session, engine) != PARAPH_OK)
		die("no memory");
	session->check.meters = meters;
	measure_overhead();
	size_t n = session->with.rule_count;
	for (int round = 0; round < ROUNDS; round++) {
		memset(meters, 0, sizeof(meters));
		if (paraph_check_file(session, argv[1], &result) != PARAPH_OK)
			die(paraph_session_message(session));
		for (size_t i = 0; i < n; i++)
			keep_least(&rows[i], session->with.rules[i]->id, &meters[i], result);
		keep_least(&rows[n], "(wordings)", &meters[RULES_MAX], result);
		paraph_result_free(result);
	}
	print(rows, n + 1);
	paraph_session_close(session);
	paraph_engine_close(engine);
	return 0;
}
