/* Rules of users, from a YAML file (docs/CUSTOM-RULES.md): lists of words to replace, regular
 * expressions, words of which a document keeps to one, and conditions. Each becomes a struct
 * rule, so that profiles, comments, reports and explanations treat it as any other. */
#ifndef CHECKER_CUSTOM_H
#define CHECKER_CUSTOM_H

#include "checker/phrase.h"
#include "checker/rule.h"
#include "text/pattern.h"

typedef enum custom_kind {
	CUSTOM_REPLACE, /* phrase → suggestions */
	CUSTOM_EITHER,  /* phrases of which the document keeps to one */
	CUSTOM_PATTERN, /* regular expression → suggestion */
	CUSTOM_IF,      /* where one expression is met, another is wanted */
} custom_kind;

typedef struct custom_phrase {
	phrase phrase;
	slice written;
	const slice *suggestions;
	size_t suggestion_count;
	uint32_t group, form; /* of CUSTOM_EITHER */
} custom_phrase;

typedef struct custom_example {
	const char *wrong, *right; /* wrong or right may be NULL */
	language language;
} custom_example;

typedef struct custom_rule {
	rule base; /* first: the address is that of the struct */
	custom_kind kind;
	bool exact;         /* of phrases: case counts */
	bool in_quotations; /* speaks inside « » too */
	bool of_document;   /* CUSTOM_IF: the other expression may stand anywhere */
	bool of_project;    /* named by settings: it holds for their documents alone */
	struct {
		custom_phrase *at;
		size_t count;
	} phrases[LANGUAGES];
	size_t groups, forms_most; /* of CUSTOM_EITHER */
	pattern *pattern, *then;
	slice suggest; /* with $0 to $9; p NULL: none */
	custom_example *examples;
	size_t example_count;
	slice path; /* of its file */
	struct custom_rule *next;
} custom_rule;

/* The custom rules of a run, on an arena; the patterns have an owner. */
typedef struct custom_rules {
	custom_rule *first, *last;
	size_t count;
} custom_rules;

/* Adds the rules of a file. Errors name file, line and column. */
MUST_USE status custom_read(custom_rules *l, context *c, arena *a, const char *path);
void custom_free(custom_rules *l);

/* What a struct rule of a user does: base.token, base.block, base.document. */
status custom_token(check *c, const rule *r, size_t i);
status custom_either_token(check *c, const rule *r, size_t i);
status custom_either_document(check *c, const rule *r);
status custom_pattern_block(check *c, const rule *r);
status custom_if_block(check *c, const rule *r);
status custom_if_document(check *c, const rule *r);

static inline const custom_rule *
custom_of(const rule *r)
{
	return (const custom_rule *)(const void *)r;
}

#endif
