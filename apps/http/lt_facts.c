/* What clients ask LanguageTool's API about itself. */
#include "apps/http/lt.h"
#include "apps/http/server.h"

void
lt_languages(request *r)
{
	bytes *out = &r->answer.body;
	const lt_language *l;

	write_open(out, NULL, '[');
	for (size_t i = 0; (l = lt_language_at(i)) != NULL; i++) {
		write_open(out, NULL, '{');
		write_word(out, "name", l->name);
		write_word(out, "code", l->code);
		write_word(out, "longCode", l->long_code);
		write_close(out, '}');
	}
	write_close(out, ']');
}

void
lt_info(request *r)
{
	bytes *out = &r->answer.body;

	write_open(out, NULL, '{');
	write_open(out, "software", '{');
	write_word(out, "name", "paraph");
	write_word(out, "version", PARAPH_VERSION);
	write_word(out, "buildDate", "");
	write_bool(out, "premium", false);
	write_close(out, '}');
	write_close(out, '}');
}

static void
put_rule(bytes *out, const paraph_rule *rule, paraph_language ui)
{
	const lt_category *category = lt_category_of(rule->id);
	bool fr = ui == PARAPH_LANGUAGE_FR;

	write_open(out, NULL, '{');
	write_word(out, "ruleId", rule->id);
	write_word(out, "description", rule->summary);
	write_word(out, "categoryId", category->id);
	write_word(out, "categoryName", fr ? category->name_fr : category->name_en);
	write_word(out, "locQualityIssueType", category->issue);
	if (rule->off)
		write_bool(out, "isDefaultOff", true);
	write_close(out, '}');
}

void
lt_configinfo(request *r)
{
	bytes *out = &r->answer.body;
	const lt_language *l = lt_language_of(form_get(&r->form, "language"));

	if (l == NULL) {
		answer_error(r, 400, "the parameter language is missing or not known",
			"le paramètre language manque ou n’est pas connu");
		return;
	}
	write_open(out, NULL, '{');
	write_open(out, "software", '{');
	write_word(out, "name", "paraph");
	write_word(out, "version", PARAPH_VERSION);
	write_close(out, '}');
	write_open(out, "parameter", '{');
	write_number(out, "maxTextLength", r->server->options->text_most);
	write_close(out, '}');
	write_open(out, "rules", '[');
	for (size_t i = 0; i < paraph_rule_count(); i++) {
		paraph_rule rule = paraph_rule_at(i, r->ui);
		if (l->language == PARAPH_LANGUAGE_FR ? rule.fr : rule.en)
			put_rule(out, &rule, r->ui);
	}
	write_close(out, ']');
	write_close(out, '}');
}

void
lt_maxtextlength(request *r)
{
	bytes_format(&r->answer.body, "%zu", r->server->options->text_most);
}

void
lt_healthcheck(request *r)
{
	r->answer.type = "text/plain; charset=utf-8";
	bytes_text(&r->answer.body, "OK");
}
