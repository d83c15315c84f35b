/* Each wrong example must be found by its rule, each right one must not; and where both stand
 * together and the rule suggests something, the first suggestions must turn the one into the
 * other. Every example is checked in its own language with no other rule at work. */
#include "apps/cli/rules_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/open.h"

typedef struct trial {
	const settings *s;
	const paraph_engine *all; /* with every rule of the file */
	const char *id;
	size_t examples, faults;
} trial;

static void
fault(trial *t, const char *en, const char *fr, const char *text)
{
	t->faults++;
	printf("%s%s %s\n  %s\n", t->id, say(t->s, ":", "\u00A0:"), say(t->s, en, fr), text);
}

/* The text with the first suggestion of every finding; NULL when one has none. */
static char *
correct(const paraph_result *r, const char *text)
{
	size_t n = strlen(text), at = 0, used = 0, room = n + 1;

	for (size_t i = 0; i < paraph_result_count(r); i++) {
		if (paraph_result_finding(r, i).suggestion_count == 0)
			return NULL;
		room += paraph_result_suggestion(r, i, 0).n;
	}
	char *out = allocate(NULL, room, 1);
	for (size_t i = 0; i < paraph_result_count(r); i++) {
		paraph_finding f = paraph_result_finding(r, i);
		paraph_text put = paraph_result_suggestion(r, i, 0);
		memcpy(out + used, text + at, f.start - at);
		used += f.start - at;
		memcpy(out + used, put.p, put.n);
		used += put.n;
		at = f.end;
	}
	memcpy(out + used, text + at, n - at + 1);
	return out;
}

static void
judge_wrong(trial *t, paraph_session *session, const char *wrong, const char *right)
{
	paraph_result *r;

	if (paraph_check(session, "example.txt", (paraph_text){ wrong, strlen(wrong) }, &r) !=
		PARAPH_OK) {
		fault(t, "the check failed", "la vérification a échoué",
			paraph_session_message(session));
		return;
	}
	if (paraph_result_count(r) == 0)
		fault(t, "finds nothing in the wrong example",
			"ne trouve rien dans l’exemple faux", wrong);
	char *got = correct(r, wrong);
	if (paraph_result_count(r) != 0 && got != NULL && right != NULL &&
		strcmp(got, right) != 0)
		fault(t, "the correction is not the right example; it is",
			"la correction n’est pas l’exemple juste\u00A0; c’est", got);
	free(got);
	paraph_result_free(r);
}

static void
judge_right(trial *t, paraph_session *session, const char *right)
{
	paraph_result *r;

	if (paraph_check(session, "example.txt", (paraph_text){ right, strlen(right) }, &r) !=
		PARAPH_OK)
		return;
	if (paraph_result_count(r) != 0)
		fault(t, "finds something in the right example",
			"trouve quelque chose dans l’exemple juste", right);
	paraph_result_free(r);
}

static void
judge_all(trial *t, size_t rule, paraph_language l, paraph_session *session)
{
	const char *wrong, *right;
	paraph_language in;

	for (size_t k = 0; paraph_engine_rule_example(t->all, rule, k, &wrong, &right, &in);
		k++) {
		if (in != l)
			continue;
		t->examples++;
		if (wrong != NULL)
			judge_wrong(t, session, wrong, right);
		if (right != NULL)
			judge_right(t, session, right);
	}
}

static int
try_rule(trial *t, size_t rule, paraph_language l)
{
	char *only[] = { (char *)(uintptr_t)t->id, NULL };
	char *files[] = { (char *)(uintptr_t)t->s->test, NULL };
	settings alone = { .command = t->s->command,
		.ui = t->s->ui,
		.data = t->s->data,
		.language = l == PARAPH_LANGUAGE_FR ? "fr" : "en",
		.only = { only, 1, 1 },
		.rules = { files, 1, 1 },
		.no_config = true };
	paraph_engine *engine;
	paraph_session *session;

	if (open_engine(&alone, 0, &engine) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	if (paraph_session_open(&session, engine) != PARAPH_OK) {
		paraph_engine_close(engine);
		return complain(t->s, "out of memory", "plus assez de mémoire");
	}
	judge_all(t, rule, l, session);
	paraph_session_close(session);
	paraph_engine_close(engine);
	return EXIT_CLEAN;
}

static int
try_rules(trial *t)
{
	size_t first = paraph_rule_count(), n = paraph_engine_rule_count(t->all);

	for (size_t i = first; i < n; i++) {
		paraph_rule r = paraph_engine_rule_at(t->all, i, t->s->ui);
		size_t before = t->examples;
		t->id = r.id;
		for (int l = PARAPH_LANGUAGE_FR; l <= PARAPH_LANGUAGE_EN; l++)
			if (try_rule(t, i, (paraph_language)l) != EXIT_CLEAN)
				return EXIT_TROUBLE;
		if (t->examples == before)
			fault(t, "has no examples", "n’a pas d’exemples", r.summary);
	}
	printf(say(t->s, "rules: %zu, examples: %zu, faults: %zu\n",
		       "règles\u00A0: %zu, exemples\u00A0: %zu, fautes\u00A0: %zu\n"),
		n - first, t->examples, t->faults);
	return t->faults == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
}

int
rules_test(const settings *s)
{
	char *files[] = { (char *)(uintptr_t)s->test, NULL };
	settings with = *s;
	paraph_engine *engine;

	with.rules = (list){ files, 1, 1 };
	if (open_engine(&with, 0, &engine) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	trial t = { .s = s, .all = engine };
	int status = try_rules(&t);
	paraph_engine_close(engine);
	return status;
}
