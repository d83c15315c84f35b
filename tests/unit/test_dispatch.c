/* Which rules are called for which tokens: by feature, by word, by neighbour, and by what they
 * say of a distinct word; once for a token, and as the profile of the document in hand has it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "checker/parts.h"
#include "checker/rule.h"
#include "checker/wordings.h"
#include "tests/unit/faults.h"

static char called[512]; /* "rule:token " for every call */

static status
look(check *c, const rule *r, size_t i)
{
	size_t n = strlen(called);
	slice s = check_token(c, i);

	snprintf(called + n, sizeof(called) - n, "%s:%.*s ", r->id, SLICE_ARG(s));
	return STATUS_OK;
}

static bool
is_long(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return w->points > 4;
}

static bool
is_very_long(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return w->points > 7;
}

static bool
is_colon(uint32_t mark)
{
	return mark == ':';
}

static bool
is_no_digits(uint32_t mark)
{
	return mark != '0';
}

static bool
is_comma(uint32_t mark)
{
	return mark == ',';
}

static const char *const named[] = { "abc", "la", NULL };
static const char *const opener[] = { "si", NULL }, *const closer[] = { "fin", NULL };
static const char *const first[] = { "ver", NULL }, *const second[] = { "pair", NULL },
			 *const third[] = { "rang", NULL };
static const rule third_look = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = third,
	.watch_before = opener,
	.wants_before = is_very_long,
	.token = look };
static const rule second_look = { .fr = true,
	.on = (uint32_t)FEATURE_WATCHED,
	.watch = second,
	.watch_after = closer,
	.after = FEATURE_NUMBER,
	.token = look,
	.also = &third_look };

static const rule rules[] = {
	{ .id = "title", .fr = true, .on = FEATURE_TITLE, .token = look },
	{ .id = "long", .fr = true, .on = FEATURE_TITLE, .wants = is_long, .token = look },
	{ .id = "named",
		.fr = true,
		.on = (uint32_t)FEATURE_WATCHED,
		.watch = named,
		.token = look },
	{ .id = "both",
		.fr = true,
		.on = FEATURE_TITLE | (uint32_t)FEATURE_WATCHED,
		.watch = named,
		.wants = is_long,
		.token = look },
	{ .id = "after",
		.fr = true,
		.on = FEATURE_NUMBER,
		.after = FEATURE_SLASH,
		.token = look },
	{ .id = "before",
		.fr = true,
		.on = FEATURE_NUMBER,
		.before = FEATURE_TITLE,
		.token = look },
	{ .id = "wide", .fr = true, .on = FEATURE_WIDE | FEATURE_REPEATED, .token = look },
	{ .id = "english", .en = true, .on = FEATURE_TITLE, .token = look },
	{ .id = "looks",
		.fr = true,
		.on = (uint32_t)FEATURE_WATCHED,
		.watch = first,
		.token = look,
		.also = &second_look },
	{ .id = "colon",
		.fr = true,
		.on = FEATURE_STOP,
		.wants_mark = is_colon,
		.token = look },
	{ .id = "comma",
		.fr = true,
		.on = FEATURE_STOP,
		.wants_mark = is_comma,
		.after = FEATURE_TIGHT | FEATURE_MARK,
		.leaning = true,
		.token = look },
	{ .id = "figure",
		.fr = true,
		.on = FEATURE_NUMBER | FEATURE_RATE,
		.wants_mark = is_no_digits,
		.before = FEATURE_BRACKET,
		.token = look },
};
#define RULES (sizeof(rules) / sizeof(*rules))

static const rule *list[RULES];
static check_with with = { .rules = list, .rule_count = RULES };

typedef struct fixture {
	context context;
	check check;
	document document;
} fixture;

static void
begin_with(fixture *f, language l, const check_with *w)
{
	context_init(&f->context, &memory_libc);
	assert_int_equal(check_init(&f->check, &f->context, w), STATUS_OK);
	f->check.document = &f->document;
	f->check.language = l;
	memset(f->check.applies, 1, sizeof(f->check.applies));
	assert_int_equal(dispatch_begin(&f->check), STATUS_OK);
}

static void
begin(fixture *f, language l)
{
	for (size_t i = 0; i < RULES; i++)
		list[i] = &rules[i];
	begin_with(f, l, &with);
}

static const char *
calls(fixture *f, const char *text)
{
	f->document = (document){ .text = slice_of(text) };
	called[0] = '\0';
	assert_int_equal(tokens_read(&f->check.tokens, &f->check.words, f->document.text,
				 (span){ 0, (uint32_t)strlen(text) }, f->check.language),
		STATUS_OK);
	assert_int_equal(dispatch_tokens(&f->check), STATUS_OK);
	return called;
}

static void
words_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "rien ici"), "");
	assert_string_equal(calls(&f, "Mot court"), "title:Mot ");
	assert_string_equal(
		calls(&f, "Parole courte"), "title:Parole long:Parole both:Parole ");
	/* known by now, and asked no more */
	assert_string_equal(calls(&f, "la Parole"),
		"named:la both:la title:Parole long:Parole both:Parole ");
	/* a word that a rule names is not asked about */
	assert_string_equal(calls(&f, "Abc"), "title:Abc named:Abc both:Abc ");
	check_free(&f.check);
}

static void
neighbours_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "12"), "");
	assert_string_equal(calls(&f, "12 / 5"), "after:12 ");
	assert_string_equal(calls(&f, "Mot 12"), "title:Mot before:12 ");
	assert_string_equal(calls(&f, "mot 12"), "");
	check_free(&f.check);
}

/* A rule may look at other words in other ways, and ask for words beside them. */
static void
looks_choose_neighbours(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "un ver nu"), "looks:ver ");
	assert_string_equal(calls(&f, "un pair nu"), "");
	assert_string_equal(calls(&f, "un pair fin"), "looks:pair ");
	assert_string_equal(calls(&f, "fin pair nu"), "");
	assert_string_equal(calls(&f, "un pair 12 nus"), "looks:pair ");
	assert_string_equal(calls(&f, "un pair, fin"), "");
	assert_string_equal(calls(&f, "nu rang nu"), "");
	assert_string_equal(calls(&f, "si rang nu"), "looks:rang ");
	assert_string_equal(calls(&f, "Si rang nu"), "title:Si looks:rang ");
	assert_string_equal(calls(&f, "autrement rang nu"), "looks:rang ");
	/* the edge of a block is taken for any word */
	assert_string_equal(calls(&f, "rang nu"), "looks:rang ");
	assert_string_equal(calls(&f, "un pair"), "looks:pair ");
	check_free(&f.check);
}

static void
places_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "un  deux deux"), "wide:deux wide:deux ");
	assert_string_equal(calls(&f, "un  un"), "wide:un ");
	assert_string_equal(calls(&f, "12  13"), "wide:13 ");
	check_free(&f.check);
}

/* Every mark is asked about for itself, though others have its features; and one that stands
 * apart is looked at whatever is behind it. */
static void
marks_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "un; deux. trois!"), "");
	assert_string_equal(calls(&f, "un: deux; trois :"), "colon:: colon:: ");
	assert_string_equal(calls(&f, "un, deux"), "");
	assert_string_equal(calls(&f, "un,deux"), "comma:, ");
	assert_string_equal(calls(&f, "un , deux"), "comma:, ");
	assert_string_equal(calls(&f, "un, ; deux"), "comma:, ");
	f.check.language = LANGUAGE_EN;
	assert_string_equal(calls(&f, "un: un,deux"), "");
	check_free(&f.check);
}

/* Numbers with marks or spaces inside are told from those that are digits alone. */
static void
digits_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	assert_string_equal(calls(&f, "(0 (12 (2018 (1234567"), "");
	assert_string_equal(calls(&f, "(1,5 (12.30 (1 250 (%"),
		"figure:1,5 figure:12.30 figure:1 250 figure:% ");
	check_free(&f.check);
}

/* Whatever its code: what was found out for a control is not taken for what a number wants. */
static void
controls_are_marks(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_FR);
	for (char control = 1; control < '\t'; control++) {
		char text[] = "un ? au milieu de mots, et loin du bout";
		text[3] = control;
		assert_string_equal(calls(&f, text), "");
	}
	assert_string_equal(calls(&f, "12 / 5"), "after:12 ");
	check_free(&f.check);
}

static void
languages_and_profiles_choose_rules(void **state)
{
	fixture f;

	(void)state;
	begin(&f, LANGUAGE_EN);
	assert_string_equal(calls(&f, "Parole la"), "english:Parole ");
	f.check.language = LANGUAGE_FR;
	assert_string_equal(calls(&f, "Mot la"), "title:Mot named:la both:la ");
	f.check.applies[0][0] = false; /* another document, where « title » is off */
	assert_int_equal(dispatch_begin(&f.check), STATUS_OK);
	assert_string_equal(calls(&f, "Mot la"), "named:la both:la ");
	check_free(&f.check);
}

/* Rules that ask of neighbours what there is no room for are called whatever stands there. */
static void
more_questions_than_room(void **state)
{
	enum { MANY = DISPATCH_QUESTIONS + 6, WITH_ROOM = DISPATCH_QUESTIONS };
	const char *before[MANY][2]; /* a list of its own for each is a question of its own */
	rule asking[MANY];
	const rule *all[MANY];
	check_with many = { .rules = all, .rule_count = MANY };
	fixture f;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		before[i][0] = "avant";
		before[i][1] = NULL;
		asking[i] = (rule){ .id = "r",
			.fr = true,
			.on = (uint32_t)FEATURE_WATCHED,
			.watch = named,
			.watch_before = before[i],
			.token = look };
		all[i] = &asking[i];
	}
	begin_with(&f, LANGUAGE_FR, &many);
	assert_int_equal(strlen(calls(&f, "avant abc nu")), MANY * strlen("r:abc "));
	assert_int_equal(
		strlen(calls(&f, "autre abc nu")), (MANY - WITH_ROOM) * strlen("r:abc "));
	check_free(&f.check);
}

/* Else some of them are called in vain, at a price that nobody sees. */
static void
shipped_rules_have_room(void **state)
{
	const rule *all[RULES_MAX];
	check_with shipped = { .rules = all, .rule_count = rule_count() };
	fixture f;

	(void)state;
	for (size_t i = 0; i < rule_count(); i++)
		all[i] = rule_at(i);
	begin_with(&f, LANGUAGE_FR, &shipped);
	assert_true(f.check.dispatch.question_count > 0);
	assert_in_range(f.check.dispatch.look_count, rule_count(),
		DISPATCH_LOOKS - (RULES_MAX - rule_count())); /* those of users have one each */
	for (size_t i = 0; i < f.check.dispatch.look_count; i++) {
		const dispatch_look *x = &f.check.dispatch.looks[i];
		const rule *r = x->rule;
		if (r->watch_before != NULL || r->wants_before != NULL)
			assert_true(x->ask_before != 0);
		if (r->watch_after != NULL || r->wants_after != NULL)
			assert_true(x->ask_after != 0);
	}
	check_free(&f.check);
}

/* A word that opens wordings costs nothing where none of their rules applies, though others do
 * that have wordings. */
static void
rules_of_wordings_choose_words(void **state)
{
	const rule *all[RULES_MAX];
	check_with shipped = { .rules = all, .rule_count = rule_count() };
	const wording_opening *o = &wording_openings[wording_opening_first[0]];
	fixture f;

	(void)state;
	while (((o->beside[0] | o->beside[1]) & 1) !=
		0) /* a row may stand around the word alone */
		o++;
	for (size_t i = 0; i < rule_count(); i++)
		all[i] = rule_at(i);
	begin_with(&f, LANGUAGE_FR, &shipped);
	for (size_t k = 0; wording_rules[k] != NULL; k++) {
		memset(f.check.applies, 0, sizeof(f.check.applies));
		f.check.applies[0][f.check.wording_rules[k]] = true;
		assert_int_equal(dispatch_begin(&f.check), STATUS_OK);
		size_t before = f.check.dispatch.calls.n;
		calls(&f, wording_strings + o->word);
		bool called_for = false;
		for (size_t i = before; i < f.check.dispatch.calls.n; i++)
			called_for = called_for ||
				     (f.check.dispatch.calls.at[i].token != NULL &&
					     f.check.dispatch.calls.at[i].rule == NULL);
		assert_int_equal(called_for, o->rules >> k & 1);
	}
	check_free(&f.check);
}

static bool
has_letter(const word *w, char letter)
{
	return memchr(w->text.p, letter, w->text.n) != NULL;
}

#define WANTS_LETTER(name, letter) \
	static bool name(const check *c, const word *w, const word_reading *r, language l) \
	{ \
		(void)c; \
		(void)r; \
		(void)l; \
		return has_letter(w, letter); \
	}
WANTS_LETTER(wants_b, 'b')
WANTS_LETTER(wants_c, 'c')
WANTS_LETTER(wants_d, 'd')
WANTS_LETTER(wants_f, 'f')
WANTS_LETTER(wants_g, 'g')
WANTS_LETTER(wants_h, 'h')
WANTS_LETTER(wants_j, 'j')
WANTS_LETTER(wants_k, 'k')
WANTS_LETTER(wants_l, 'l')
WANTS_LETTER(wants_m, 'm')

#define LETTERS 10

/* A rule for every letter, so that there are as many sets as words. */
static void
begin_letters(fixture *f)
{
	static bool (*const wants[LETTERS])(const check *c, const word *w,
		const word_reading *r, language l) = { wants_b, wants_c, wants_d, wants_f,
		wants_g, wants_h, wants_j, wants_k, wants_l, wants_m };
	static rule of_letters[LETTERS];
	static const rule *all[LETTERS];
	static const check_with many = { .rules = all, .rule_count = LETTERS };

	for (size_t i = 0; i < LETTERS; i++) {
		of_letters[i] = (rule){ .id = "r",
			.fr = true,
			.on = FEATURE_WORD,
			.wants = wants[i],
			.token = look };
		all[i] = &of_letters[i];
	}
	begin_with(f, LANGUAGE_FR, &many);
}

static size_t
write_letters(char text[LETTERS + 1], unsigned bits)
{
	static const char letters[] = "bcdfghjklm";
	size_t n = 0;

	for (unsigned i = 0; i < LETTERS; i++)
		if ((bits >> i & 1) != 0)
			text[n++] = letters[i];
	text[n] = '\0';
	return n;
}

/* Those met before keep their lists when room is made. */
static void
more_sets_than_at_first(void **state)
{
	char text[LETTERS + 1];
	fixture f;

	(void)state;
	begin_letters(&f);
	for (unsigned round = 0; round < 2; round++)
		for (unsigned bits = 1; bits < 1u << LETTERS; bits++) {
			size_t n = write_letters(text, bits);
			assert_int_equal(strlen(calls(&f, text)), n * (strlen("r: ") + n));
		}
	assert_true(f.check.dispatch.sets.n >= 1u << LETTERS);
	check_free(&f.check);
}

/* A word whose set had no room is read again for the next document. */
static void
no_memory_for_a_set(void **state)
{
	char text[LETTERS + 1];
	faults none = { .left = 0, .for_good = true };
	memory m = { faulty_alloc, faulty_free, &none };
	fixture f;
	size_t n = 0;

	(void)state;
	begin_letters(&f);
	f.check.dispatch.memory = &m;
	for (unsigned bits = 1; !none.failed; bits++) {
		n = write_letters(text, bits);
		f.document = (document){ .text = { text, n } };
		assert_int_equal(tokens_read(&f.check.tokens, &f.check.words, f.document.text,
					 (span){ 0, (uint32_t)n }, LANGUAGE_FR),
			STATUS_OK);
	}
	f.check.dispatch.memory = &memory_libc;
	assert_int_equal(dispatch_tokens(&f.check), STATUS_MEMORY);
	assert_int_equal(dispatch_begin(&f.check), STATUS_OK);
	assert_int_equal(check_trim_words(&f.check), STATUS_OK);
	assert_int_equal(strlen(calls(&f, text)), n * (strlen("r: ") + n));
	check_free(&f.check);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_choose_rules),
		cmocka_unit_test(neighbours_choose_rules),
		cmocka_unit_test(looks_choose_neighbours),
		cmocka_unit_test(places_choose_rules),
		cmocka_unit_test(marks_choose_rules),
		cmocka_unit_test(digits_choose_rules),
		cmocka_unit_test(controls_are_marks),
		cmocka_unit_test(languages_and_profiles_choose_rules),
		cmocka_unit_test(more_questions_than_room),
		cmocka_unit_test(shipped_rules_have_room),
		cmocka_unit_test(rules_of_wordings_choose_words),
		cmocka_unit_test(more_sets_than_at_first),
		cmocka_unit_test(no_memory_for_a_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
