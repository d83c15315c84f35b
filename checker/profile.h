/* A house style for one language: which rules run, at which level, and how the house decides
 * what houses disagree about. Read from YAML (data/profiles/, files of users), each profile
 * from the one it extends; read-only once it is made.
 *
 * An option whose value is …_ANY is not judged. To add an option: one line in
 * profile_options.def, and its row in docs/PROFILES.md. */
#ifndef CHECKER_PROFILE_H
#define CHECKER_PROFILE_H

#include "base/nearest.h"
#include "base/yaml.h"
#include "checker/finding.h"

#define RULES_MAX 512

/* PREFIX_A, PREFIX_B, … for up to eight values. */
#define PROFILE_PICK(a, b, c, d, e, f, g, h, name, ...) name
#define PROFILE_EACH(do, x, ...) \
	PROFILE_PICK(__VA_ARGS__, PROFILE_8, PROFILE_7, PROFILE_6, PROFILE_5, PROFILE_4, \
		PROFILE_3, PROFILE_2, PROFILE_1, 0) \
	(do, x, __VA_ARGS__)
#define PROFILE_1(do, x, v) \
	do \
	(x, v)
#define PROFILE_2(do, x, v, ...) \
	do \
	(x, v) PROFILE_1(do, x, __VA_ARGS__)
#define PROFILE_3(do, x, v, ...) \
	do \
	(x, v) PROFILE_2(do, x, __VA_ARGS__)
#define PROFILE_4(do, x, v, ...) \
	do \
	(x, v) PROFILE_3(do, x, __VA_ARGS__)
#define PROFILE_5(do, x, v, ...) \
	do \
	(x, v) PROFILE_4(do, x, __VA_ARGS__)
#define PROFILE_6(do, x, v, ...) \
	do \
	(x, v) PROFILE_5(do, x, __VA_ARGS__)
#define PROFILE_7(do, x, v, ...) \
	do \
	(x, v) PROFILE_6(do, x, __VA_ARGS__)
#define PROFILE_8(do, x, v, ...) \
	do \
	(x, v) PROFILE_7(do, x, __VA_ARGS__)

#define PROFILE_ENUMERATOR(prefix, value) prefix##_##value,
#define OPTION(field, PREFIX, ...) \
	enum profile_##field{ PROFILE_EACH(PROFILE_ENUMERATOR, PREFIX, __VA_ARGS__) };
#define LIKE(field, model)
#include "checker/profile_options.def"
#undef OPTION
#undef LIKE

typedef struct profile {
	slice name;        /* "un-fr", or the path of a user's file; with a NUL after its end */
	slice modifiers;   /* laid over it: "extracted-text", "a+b"; likewise */
	slice source;      /* whose style it is, for people; and what it is for: */
	slice summary[2];  /* in French and in English */
	language language; /* LANGUAGE_UNKNOWN: a modifier, laid over a profile of either */
#define OPTION(field, PREFIX, ...) enum profile_##field field;
#define LIKE(field, model) enum profile_##model field;
#include "checker/profile_options.def"
#undef OPTION
#undef LIKE
	bool enabled[RULES_MAX]; /* by the index of the rule */
	uint8_t severities[RULES_MAX];
	const struct profile *extracted; /* in force for text without no-break spaces; NULL:
					    this very one */
} profile;

/* The options, for documentation and completion: NULL past the last one; the values are
 * separated by spaces. */
const char *profile_option(size_t i, const char **values);

/* Where profiles are looked for and what rules they can speak of. */
typedef struct profile_reader {
	context *context;
	arena *arena;       /* what is read lives there */
	const char *folder; /* of the profiles that have a name */
	const struct rule *const *rules;
	size_t rule_count;
} profile_reader;

/* Every rule on by default, at its own level; all options ANY. */
void profile_init(const profile_reader *r, profile *p);

/* Reads a profile: a name (un-fr) or a path (it has a / or ends in .yaml), and everything it
 * extends. Into one that has a name already it is laid as a modifier. */
MUST_USE status profile_read(const profile_reader *r, slice name, profile *p);
/* The same into several, with the files read once. */
MUST_USE status profile_read_into(
	const profile_reader *r, slice name, profile *const *each, size_t count);

/* The `rules:` of a profile or of a project's settings: id, family/ or all; on, off or a level
 */
MUST_USE status profile_set_rules(
	const profile_reader *r, slice path, const yaml *map, profile *p);

/* The names of the profiles that have one, in their order, on the arena. */
MUST_USE status profile_list(const profile_reader *r, slice **names, size_t *count);

/* Whether a name (id, family/, all) speaks of the rule. */
bool profile_names_rule(slice name, const struct rule *one);
/* Offers the name of every rule and family for "did you mean". */
void profile_offer_rules(const profile_reader *r, nearest *n);

#endif
