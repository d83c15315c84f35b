/* What the routes of LanguageTool's API share: languages, categories, names of rules. */
#ifndef APPS_HTTP_LT_H
#define APPS_HTTP_LT_H

#include "apps/http/annotated.h"
#include "apps/http/engines.h"
#include "apps/http/request.h"

typedef struct lt_language {
	const char *code, *long_code, *name;
	paraph_language language;
	const char *profile; /* NULL: the default */
} lt_language;

/* NULL past the last. LibreOffice checks only what is listed. */
const lt_language *lt_language_at(size_t i);
/* "fr", "fr-CA", "EN_gb"; a variety that is not listed is its language. NULL: none of ours. */
const lt_language *lt_language_of(paraph_text code);

typedef struct lt_category {
	const char *family; /* that ids of our rules begin with */
	const char *id, *issue;
	const char *name_en, *name_fr;
} lt_category;
const lt_category *lt_category_of(const char *rule);

/* The id that clients see: by it they tell spelling from the rest. */
const char *lt_rule_id(const char *rule, paraph_language language);
/* Does a name in a list of rules, ours, a family of ours or one of LanguageTool's, mean the
 * rule?
 */
bool lt_names_rule(paraph_text name, const char *rule);

/* Which findings are wanted, and where. */
typedef struct lt_filter {
	paraph_text enabled, disabled, enabled_categories, disabled_categories, ranges;
	bool only;
} lt_filter;

typedef struct lt_checked {
	paraph_session *session;
	const paraph_result *result;
	annotated *text;
	const lt_language *wanted; /* NULL: any */
	const lt_filter *filter;
	paraph_language ui;
} lt_checked;

void lt_write(bytes *out, const lt_checked *c);

#endif
