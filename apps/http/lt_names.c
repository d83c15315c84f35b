#include "apps/http/lt.h"

#include <string.h>
#include <strings.h>

static const lt_language languages[] = {
	{ "fr", "fr", "French", PARAPH_LANGUAGE_FR, NULL },
	{ "fr", "fr-FR", "French (France)", PARAPH_LANGUAGE_FR, NULL },
	{ "fr", "fr-CA", "French (Canada)", PARAPH_LANGUAGE_FR, "fr-CA" },
	{ "fr", "fr-CH", "French (Switzerland)", PARAPH_LANGUAGE_FR, NULL },
	{ "fr", "fr-BE", "French (Belgium)", PARAPH_LANGUAGE_FR, NULL },
	{ "en", "en", "English", PARAPH_LANGUAGE_EN, NULL },
	{ "en", "en-GB", "English (GB)", PARAPH_LANGUAGE_EN, NULL },
	{ "en", "en-US", "English (US)", PARAPH_LANGUAGE_EN, NULL },
};

/* The first whose family fits. */
static const lt_category categories[] = {
	{ "spelling/", "TYPOS", "misspelling", "Possible typing errors", "Fautes de frappe" },
	{ "spacing/split-word", "TYPOS", "whitespace", "Possible typing errors",
		"Fautes de frappe" },
	{ "spacing/merged-words", "TYPOS", "whitespace", "Possible typing errors",
		"Fautes de frappe" },
	{ "spacing/", "TYPOGRAPHY", "whitespace", "Typography", "Typographie" },
	{ "typography/", "TYPOGRAPHY", "typographical", "Typography", "Typographie" },
	{ "number/", "TYPOGRAPHY", "numbers", "Typography", "Typographie" },
	{ "grammar/", "GRAMMAR", "grammar", "Grammar", "Grammaire" },
	{ "date/", "SEMANTICS", "inconsistency", "Facts", "Faits" },
	{ "reference/", "SEMANTICS", "inconsistency", "Facts", "Faits" },
	{ "consistency/", "STYLE", "inconsistency", "Style", "Style" },
	{ "name/", "STYLE", "terminology", "Terms and names", "Termes et noms" },
	{ "acronym/", "STYLE", "terminology", "Terms and names", "Termes et noms" },
	{ "term/", "STYLE", "terminology", "Terms and names", "Termes et noms" },
	{ "bilingual/", "MISC", "mistranslation", "Translation", "Traduction" },
	{ "", "STYLE", "style", "Style", "Style" },
};

static const struct {
	const char *theirs, *ours;
} rules[] = {
#define LT_RULE(theirs, ours) { theirs, ours },
#include "apps/http/lt_rules.def"
#undef LT_RULE
};

const lt_language *
lt_language_at(size_t i)
{
	return i < sizeof(languages) / sizeof(*languages) ? &languages[i] : NULL;
}

static bool
same_code(paraph_text code, const char *name)
{
	if (strlen(name) != code.n)
		return false;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i] == '_' ? '-' : code.p[i];
		if (strncasecmp(&c, &name[i], 1) != 0)
			return false;
	}
	return true;
}

const lt_language *
lt_language_of(paraph_text code)
{
	const lt_language *l;

	for (size_t i = 0; (l = lt_language_at(i)) != NULL; i++)
		if (same_code(code, l->long_code))
			return l;
	if (code.n < 4 || (code.p[2] != '-' && code.p[2] != '_'))
		return NULL;
	return lt_language_of((paraph_text){ code.p, 2 });
}

const lt_category *
lt_category_of(const char *rule)
{
	size_t i = 0;

	while (strncmp(rule, categories[i].family, strlen(categories[i].family)) != 0)
		i++;
	return &categories[i];
}

const char *
lt_rule_id(const char *rule, paraph_language language)
{
	if (strcmp(rule, "spelling/unknown") != 0)
		return rule;
	return language == PARAPH_LANGUAGE_FR ? "FR_SPELLING_RULE" : "HUNSPELL_RULE";
}

bool
lt_names_rule(paraph_text name, const char *rule)
{
	if (same_text(name, rule))
		return true;
	if (name.n != 0 && name.p[name.n - 1] == '/' && strncmp(rule, name.p, name.n) == 0)
		return true;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (same_text(name, rules[i].theirs) && strcmp(rules[i].ours, rule) == 0)
			return true;
	return false;
}
