/* /api/v1/rules and /profiles: what is looked for, and why; for which house. */
#include "apps/http/api.h"
#include "apps/http/server.h"

#include <string.h>

static void
put_members(bytes *b, const paraph_rule *rule)
{
	write_word(b, "id", rule->id);
	write_word(b, "severity", api_severity(rule->severity));
	if (rule->fix != PARAPH_FIX_NONE)
		write_word(b, "fix", api_correction(rule->fix));
	write_bool(b, "on", !rule->off);
	write_open(b, "languages", '[');
	if (rule->fr)
		write_word(b, NULL, "fr");
	if (rule->en)
		write_word(b, NULL, "en");
	write_close(b, ']');
	write_word(b, "summary", rule->summary);
}

void
api_rules(request *r)
{
	bytes *b = &r->answer.body;

	write_open(b, NULL, '[');
	for (size_t i = 0; i < paraph_rule_count(); i++) {
		paraph_rule rule = paraph_rule_at(i, r->ui);
		write_open(b, NULL, '{');
		put_members(b, &rule);
		write_close(b, '}');
	}
	write_close(b, ']');
}

static void
put_examples(bytes *b, size_t i)
{
	const char *wrong, *right;
	paraph_language in;

	write_open(b, "examples", '[');
	for (size_t k = 0; paraph_rule_example(i, k, &wrong, &right, &in); k++) {
		write_open(b, NULL, '{');
		if (wrong != NULL)
			write_word(b, "wrong", wrong);
		write_word(b, "right", right);
		write_word(b, "language", in == PARAPH_LANGUAGE_FR ? "fr" : "en");
		write_close(b, '}');
	}
	write_close(b, ']');
}

void
api_rule(request *r)
{
	bytes *b = &r->answer.body;
	char message[512];
	size_t i;

	if (paraph_rule_find(api_rest(r), r->ui, &i, message, sizeof(message)) != PARAPH_OK) {
		api_error(r, 404, message, message);
		return;
	}
	paraph_rule rule = paraph_rule_at(i, r->ui);
	write_open(b, NULL, '{');
	put_members(b, &rule);
	write_word(b, "explanation", rule.explanation);
	write_word(b, "source", rule.source);
	put_examples(b, i);
	write_close(b, '}');
}

static paraph_status
put_profile(void *user, const paraph_profile *p)
{
	bytes *b = user;

	write_open(b, NULL, '{');
	write_string(b, "name", p->name);
	if (p->language != PARAPH_LANGUAGE_AUTO)
		write_word(b, "language", p->language == PARAPH_LANGUAGE_FR ? "fr" : "en");
	write_string(b, "summary", p->summary);
	write_close(b, '}');
	return PARAPH_OK;
}

void
api_profiles(request *r)
{
	engines *e = r->server->engines;
	engine_wish nothing = { 0 };
	char message[512];
	lease l;

	paraph_status done = engines_take(e, &nothing, &l, message, sizeof(message));
	if (done != PARAPH_OK) {
		api_failure(r, done, message);
		return;
	}
	paraph_session_ui(l.session, r->ui);
	write_open(&r->answer.body, NULL, '[');
	done = paraph_session_profiles(l.session, put_profile, &r->answer.body);
	write_close(&r->answer.body, ']');
	if (done != PARAPH_OK)
		api_failure(r, done, paraph_session_message(l.session));
	engines_give(e, &l, 0);
}
