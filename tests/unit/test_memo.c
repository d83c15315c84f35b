/* A session that remembers finds what a fresh one finds: random edits of a text that has the
 * examples of every rule in it, compared after each, also while memory runs out. */
#include "checker/memo.h"
#include "engine/engine.h"
#include "tests/unit/api.h"
#include "tests/unit/faults.h"

#include <stdalign.h>
#include <time.h>

#define TEXT_MOST ((size_t)1 << 20)

typedef struct text {
	char bytes[TEXT_MOST];
	size_t n;
} text;

static uint64_t seed;

static size_t
chance(size_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return below == 0 ? 0 : (size_t)(seed >> 33) % below;
}

static void
put(text *t, size_t at, const char *bytes, size_t n)
{
	if (n > TEXT_MOST - t->n)
		return;
	memmove(t->bytes + at + n, t->bytes + at, t->n - at);
	memcpy(t->bytes + at, bytes, n);
	t->n += n;
}

static void
add(text *t, const char *paragraph)
{
	if (paragraph == NULL)
		return;
	put(t, t->n, paragraph, strlen(paragraph));
	put(t, t->n, "\n\n", 2);
}

/* One example of each rule, now a wrong one, now a right one: every rule has something to say
 * or to note. */
static void
make_text(text *t, size_t first, size_t step)
{
	const char *wrong, *right;
	paraph_language in;

	t->n = 0;
	for (size_t i = first; i < paraph_rule_count(); i += step)
		for (size_t k = 0; paraph_rule_example(i, k, &wrong, &right, &in); k++) {
			add(t, k % 2 == 0 ? wrong : NULL);
			add(t, k % 3 == 0 ? right : NULL);
		}
}

/* The start of a character at or before. */
static size_t
whole(const text *t, size_t at)
{
	while (at > 0 && at < t->n && ((unsigned char)t->bytes[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static void
cut_out(text *t, size_t start, size_t end)
{
	memmove(t->bytes + start, t->bytes + end, t->n - end);
	t->n -= end - start;
}

static void
edit(text *t)
{
	static const char *const keys[] = { "a", "e", " ", "\n", "\n\n", "’", ",", ".", "É",
		"« ", " »", "(", "1", "l ’", "\u00A0", "paraph: ignore spacing/ — reason\n",
		"paraph: off\n", "the the ", "UNAMA ", "– ", "'", "l'", " :", "; ", "\u202F",
		"e\u0301", "\xEF\xBB\xBF", "paraph", "\r\n", "¹", "²", "a) ", "\nb) ", "\n1. ",
		"paraphé", "paraph : on\n", "Hodeïda ", "Hodeidah ", "(ONU) ", "\t", "🙂" };
	char moved[300];
	size_t at = whole(t, chance(t->n)), end = whole(t, at + chance(250));

	if (end > t->n)
		end = t->n;
	switch (chance(4)) {
	case 0:
		cut_out(t, at, end);
		break;
	case 1: /* to another place, or there twice */
		memcpy(moved, t->bytes + at, end - at);
		if (chance(2) == 0)
			cut_out(t, at, end);
		put(t, whole(t, chance(t->n)), moved, end - at);
		break;
	default: {
		const char *key = keys[chance(sizeof(keys) / sizeof(*keys))];
		put(t, at, key, strlen(key));
	}
	}
}

static bool
same_text(paraph_text a, paraph_text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static bool
same_finding(const paraph_result *a, const paraph_result *b, size_t i)
{
	paraph_finding x = paraph_result_finding(a, i), y = paraph_result_finding(b, i);

	if (strcmp(x.rule, y.rule) != 0 || x.severity != y.severity || x.fix != y.fix ||
		x.start != y.start || x.end != y.end || x.line != y.line ||
		x.column != y.column || x.end_line != y.end_line ||
		x.paragraph != y.paragraph || x.fingerprint != y.fingerprint ||
		x.suggestion_count != y.suggestion_count || !same_text(x.message, y.message) ||
		!same_text(x.text, y.text) || !same_text(x.concept, y.concept) ||
		!same_text(x.source, y.source))
		return false;
	for (size_t k = 0; k < x.suggestion_count; k++)
		if (!same_text(paraph_result_suggestion(a, i, k),
			    paraph_result_suggestion(b, i, k)))
			return false;
	return true;
}

static void
assert_same(const paraph_result *a, const paraph_result *b)
{
	size_t n = paraph_result_count(a);

	assert_int_equal(paraph_result_words(a), paraph_result_words(b));
	assert_string_equal(paraph_result_modifiers(a), paraph_result_modifiers(b));
	assert_string_equal(paraph_result_language(a), paraph_result_language(b));
	assert_string_equal(paraph_result_encoding(a), paraph_result_encoding(b));
	for (size_t i = 0; i < n && i < paraph_result_count(b); i++) {
		paraph_finding x = paraph_result_finding(a, i), y = paraph_result_finding(b, i);
		if (!same_finding(a, b, i))
			fail_msg("%zu: %s at %zu “%.*s”, fresh %s at %zu “%.*s”", i, x.rule,
				x.start, (int)x.text.n, x.text.p, y.rule, y.start,
				(int)y.text.n, y.text.p);
	}
	assert_int_equal(n, paraph_result_count(b));
}

static paraph_result *
checked(paraph_session *s, const char *path, const text *t)
{
	paraph_result *r;

	if (paraph_check(s, path, (paraph_text){ t->bytes, t->n }, &r) != PARAPH_OK)
		fail_msg("%s", paraph_session_message(s));
	return r;
}

static void
compare_after_edits(paraph_options o, const char *path, size_t first, size_t step, int edits)
{
	static text t;
	paraph_session *warm;
	api fresh = api_open(o);

	assert_int_equal(paraph_session_open(&warm, fresh.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	make_text(&t, first, step);
	for (int i = 0; i < edits; i++) {
		paraph_result *a = checked(warm, path, &t),
			      *b = checked(fresh.session, path, &t);
		assert_same(a, b);
		paraph_result_free(b);
		for (size_t k = chance(3) + 1; k > 0; k--)
			edit(&t);
		paraph_result_free(a);
	}
	paraph_session_close(warm);
	api_close(&fresh);
}

static void
edits_are_found_as_by_a_fresh_session(void **state)
{
	static const char *const paths[] = { "a.txt", "a.md", "a.html" };
	static const char *const all[] = { "all", NULL };

	(void)state;
	for (size_t k = 0; k < 3; k++) {
		seed = 1000 + k;
		compare_after_edits((paraph_options){ 0 }, paths[k], k, 3, 60);
		compare_after_edits((paraph_options){ .enable = all }, paths[k], 0, 2, 25);
	}
}

/* Short texts, of which a key changes what holds for all of it: whether it was typed, its
 * language, its encoding. */
static void
short_texts(void **state)
{
	static text t, copy;
	static const char *const beginnings[] = { "Le texte: l'accord; ici\n\n",
		"The text’s end: now; then\n", "Le texte de l’accord", "É", "" };
	paraph_session *warm;
	api fresh = api_open((paraph_options){ 0 });

	(void)state;
	assert_int_equal(paraph_session_open(&warm, fresh.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	for (size_t k = 0; k < sizeof(beginnings) / sizeof(*beginnings); k++) {
		seed = 77 + k;
		t.n = 0;
		put(&t, 0, beginnings[k], strlen(beginnings[k]));
		for (int i = 0; i < 150; i++) {
			/* The place of the text is not what it is known by. */
			text *now = i % 3 == 0 ? &copy : &t;
			copy.n = 0;
			put(&copy, 0, t.bytes, t.n);
			paraph_result *a = checked(warm, "a.txt", now),
				      *b = checked(fresh.session, "a.txt", now);
			assert_same(a, b);
			paraph_result_free(a);
			paraph_result_free(b);
			edit(&t);
			if (t.n > 600)
				cut_out(&t, whole(&t, 300), t.n);
		}
	}
	paraph_session_close(warm);
	api_close(&fresh);
}

/* Paragraphs come and go until the document is of another language, and back: what is kept of
 * each holds for the language that the document has. */
static void
documents_change_their_language(void **state)
{
	static text t;
	static const char *const paragraphs[] = {
		"Le Conseil s'est réuni à Genève: il a adopté l ’accord. Réf. A/70/L.1 ; OK",
		"The Council met in Geneva: it has adopted the the agreement; 25 % of it .",
		"UNAMA (MANUA) 2018", "a) Note ;", "b) Nota."
	};
	paraph_session *warm;
	api fresh = api_open((paraph_options){ 0 });
	bool met[2] = { false, false };

	(void)state;
	seed = 21;
	assert_int_equal(paraph_session_open(&warm, fresh.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	t.n = 0;
	for (int i = 0; i < 300; i++) {
		size_t kind = (size_t)i / 30 % 2, lines = 0;
		add(&t, paragraphs[chance(3) == 0 ? chance(5) : kind]);
		for (size_t k = 1; k < t.n; k++)
			lines += t.bytes[k] == '\n' && t.bytes[k - 1] == '\n';
		for (size_t k = 1; lines > 12 && k < t.n; k++)
			if (t.bytes[k] == '\n' && t.bytes[k - 1] == '\n') {
				cut_out(&t, 0, k + 1);
				break;
			}
		paraph_result *a = checked(warm, "a.txt", &t),
			      *b = checked(fresh.session, "a.txt", &t);
		assert_same(a, b);
		met[strcmp(paraph_result_language(a), "en") == 0] = true;
		paraph_result_free(a);
		paraph_result_free(b);
		if (chance(4) == 0)
			edit(&t);
	}
	assert_true(met[0] && met[1]);
	paraph_session_close(warm);
	api_close(&fresh);
}

static bool
nth_is_unwanted(void *user)
{
	return --*(int *)user >= 0;
}

/* A check that is cut short leaves the session as good as before. */
static void
checks_are_cut_short(void **state)
{
	static text t;
	paraph_session *warm;
	api fresh = api_open((paraph_options){ 0 });
	int cut = 0;

	(void)state;
	seed = 11;
	assert_int_equal(paraph_session_open(&warm, fresh.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	make_text(&t, 0, 4);
	for (int i = 0; i < 60; i++) {
		paraph_session *both[2] = { warm, fresh.session };
		for (int k = 0; k < 2; k++) {
			paraph_result *r = NULL;
			int left = (int)chance(600);
			paraph_session_watch(both[k], nth_is_unwanted, &left);
			paraph_status done = paraph_check(
				both[k], "a.txt", (paraph_text){ t.bytes, t.n }, &r);
			paraph_session_watch(both[k], NULL, NULL);
			if (done == PARAPH_OK) {
				paraph_result_free(r);
				continue;
			}
			assert_int_equal(done, PARAPH_CANCELLED);
			assert_null(r);
			assert_string_equal(
				paraph_session_message(both[k]), "a.txt: cancelled");
			cut++;
		}
		paraph_result *a = checked(warm, "a.txt", &t),
			      *b = checked(fresh.session, "a.txt", &t);
		assert_same(a, b);
		paraph_result_free(a);
		paraph_result_free(b);
		edit(&t);
	}
	assert_true(cut > 30);
	paraph_session_close(warm);
	api_close(&fresh);
}

/* Lines that end after seventy letters are joined: places go through a map. */
static void
wrapped_text(void **state)
{
	static text t;
	paraph_session *warm;
	api fresh = api_open((paraph_options){ 0 });

	(void)state;
	seed = 7;
	assert_int_equal(paraph_session_open(&warm, fresh.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	make_text(&t, 1, 3);
	for (size_t i = 0, column = 0; i < t.n; i++) {
		column = t.bytes[i] == '\n' ? 0 : column + 1;
		if (column > 66 && t.bytes[i] == ' ')
			t.bytes[i] = '\n', column = 0;
	}
	for (int i = 0; i < 40; i++) {
		paraph_result *a = checked(warm, "a.txt", &t),
			      *b = checked(fresh.session, "a.txt", &t);
		assert_same(a, b);
		paraph_result_free(a);
		paraph_result_free(b);
		edit(&t);
	}
	paraph_session_close(warm);
	api_close(&fresh);
}

/* The result of a check stays what it was whatever is checked afterwards. */
static void
results_outlive_the_next_check(void **state)
{
	static text t;
	paraph_result *kept[20];
	api a = api_open((paraph_options){ 0 });
	text *copies = malloc(20 * sizeof(*copies));

	(void)state;
	seed = 3;
	assert_non_null(copies);
	assert_int_equal(paraph_session_remember(a.session), PARAPH_OK);
	make_text(&t, 2, 5);
	for (int i = 0; i < 20; i++) {
		copies[i] = t;
		kept[i] = checked(a.session, "a.txt", &copies[i]);
		edit(&t);
	}
	paraph_session *plain;
	assert_int_equal(paraph_session_open(&plain, a.engine), PARAPH_OK);
	for (int i = 0; i < 20; i++) {
		paraph_result *b = checked(plain, "a.txt", &copies[i]);
		assert_same(kept[i], b);
		paraph_result_free(b);
		paraph_result_free(kept[i]);
	}
	paraph_session_close(plain);
	free(copies);
	api_close(&a);
}

/* After a failure the session is as good as before. */
static void
memory_runs_out(void **state)
{
	static text t;
	faults f = { .left = -1 };
	paraph_options o = { .memory = { faulty_alloc, faulty_free, &f } };
	int failures = 0;

	(void)state;
	seed = 5;
	api a = api_open(o);
	paraph_session *plain;
	assert_int_equal(paraph_session_open(&plain, a.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(a.session), PARAPH_OK);
	make_text(&t, 3, 9);
	paraph_result_free(checked(a.session, "a.txt", &t));
	for (long n = 0; n < 120; n++) {
		paraph_result *r;
		edit(&t);
		f.left = n;
		paraph_status done =
			paraph_check(a.session, "a.txt", (paraph_text){ t.bytes, t.n }, &r);
		f.left = -1;
		failures += done == PARAPH_MEMORY;
		if (done != PARAPH_OK)
			assert_int_equal(done, PARAPH_MEMORY);
		else
			paraph_result_free(r);
		paraph_result *x = checked(a.session, "a.txt", &t),
			      *y = checked(plain, "a.txt", &t);
		assert_same(x, y);
		paraph_result_free(x);
		paraph_result_free(y);
	}
	assert_true(failures > 10);
	paraph_session_close(plain);
	api_close(&a);
	assert_int_equal(f.live, 0);
}

/* … also where what is read next stands at the very places of what was read before. */
static void
memory_runs_out_of_two_texts(void **state)
{
	static text first, second;
	faults f = { .left = -1 };
	paraph_options o = { .memory = { faulty_alloc, faulty_free, &f } };
	paraph_status done = PARAPH_MEMORY;
	api a = api_open(o);
	paraph_session *plain;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		bool last = i == 1999;
		add(&first, last ? "Le rapport  est là." : "1.");
		add(&second, last ? "Le rapport, est là." : "1.");
	}
	assert_int_equal(first.n, second.n);
	assert_int_equal(paraph_session_open(&plain, a.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(a.session), PARAPH_OK);
	for (long n = 0; done != PARAPH_OK; n++) {
		paraph_result *r;
		paraph_result_free(checked(a.session, "a.txt", &first));
		f.left = n;
		done = paraph_check(
			a.session, "a.txt", (paraph_text){ second.bytes, second.n }, &r);
		f.left = -1;
		if (done == PARAPH_OK)
			paraph_result_free(r);
		paraph_result *x = checked(a.session, "a.txt", &second),
			      *y = checked(plain, "a.txt", &second);
		assert_same(x, y);
		paraph_result_free(x);
		paraph_result_free(y);
	}
	paraph_session_close(plain);
	api_close(&a);
}

/* Every paragraph is another one after it. */
static void
lengthen_paragraphs(text *t)
{
	for (size_t i = t->n; i > 1; i--)
		if (t->bytes[i - 1] == '\n' && t->bytes[i - 2] == '\n')
			put(t, i - 2, "a", 1);
}

/* An editor may replace the whole text as often as it likes. */
static void
texts_that_were_replaced_are_forgotten(void **state)
{
	static text t;
	faults f = { .left = -1 };
	api a = api_open((paraph_options){ .memory = { faulty_alloc, faulty_free, &f } });
	long of_one = 0;

	(void)state;
	make_text(&t, 2, 3);
	paraph_result_free(checked(a.session, "a.txt", &t));
	long without = f.live;
	assert_int_equal(paraph_session_remember(a.session), PARAPH_OK);
	for (int i = 0; i < 12; i++) {
		paraph_result_free(checked(a.session, "a.txt", &t));
		if (i == 0)
			of_one = f.live - without;
		lengthen_paragraphs(&t);
	}
	assert_true(of_one > 100);
	assert_true(f.live - without < 4 * of_one);
	api_close(&a);
}

typedef struct counted {
	alignas(max_align_t) size_t bytes;
} counted;

static void *
counting_alloc(void *user, size_t bytes)
{
	size_t *live = user;
	counted *c = malloc(sizeof(*c) + bytes);

	if (c == NULL)
		return NULL;
	c->bytes = bytes;
	*live += bytes;
	return c + 1;
}

static void
counting_free(void *user, void *p)
{
	size_t *live = user;

	if (p == NULL)
		return;
	*live -= ((counted *)p - 1)->bytes;
	free((counted *)p - 1);
}

/* Bytes that a session keeps of a text whose every paragraph is another one with a finding. */
static void
findings_are_kept_in_what_they_need(void **state)
{
	static text t;
	char paragraph[100];
	size_t live = 0;
	paraph_session *warm;
	api a = api_open(
		(paraph_options){ .memory = { counting_alloc, counting_free, &live } });

	(void)state;
	t.n = 0;
	for (int i = 0; i < 2000; i++) {
		snprintf(paragraph, sizeof(paragraph), "Le texte %d de l ’accord.", i);
		add(&t, paragraph);
	}
	paraph_result_free(checked(a.session, "a.txt", &t));
	assert_int_equal(paraph_session_open(&warm, a.engine), PARAPH_OK);
	paraph_result_free(checked(warm, "a.txt", &t));
	assert_int_equal(paraph_session_remember(warm), PARAPH_OK);
	size_t without = live;
	paraph_result_free(checked(warm, "a.txt", &t));
	assert_true(live - without < 2000 * 1500);
	paraph_session_close(warm);
	api_close(&a);
	assert_int_equal(live, 0);
}

static double
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return *a < *b ? -1 : *a > *b;
}

#define KEYS 20

typedef struct times { /* of a check after one key, in milliseconds */
	double least, median, most;
} times;

static times
time_keys(paraph_session *s, text *t)
{
	double took[KEYS];

	paraph_result_free(checked(s, "a.txt", t));
	for (int i = 0; i < KEYS; i++) {
		put(t, whole(t, t->n / 2), "a", 1);
		double start = milliseconds();
		paraph_result *r = checked(s, "a.txt", t);
		took[i] = milliseconds() - start;
		paraph_result_free(r);
	}
	qsort(took, KEYS, sizeof(*took), by_size);
	return (times){ took[0], took[KEYS / 2], took[KEYS - 1] };
}

/* A key is put into one paragraph: that and the two beside it are looked at anew, of a text of
 * half a megabyte. What that saves is printed. PARAPH_TEXT names another text than that of the
 * examples. */
static void
a_key_costs_a_paragraph(void **state)
{
	static text t, part;
	const char *path = getenv("PARAPH_TEXT");
	FILE *f = path == NULL ? NULL : fopen(path, "rb");
	paraph_session *plain;
	api a = api_open((paraph_options){ 0 });

	(void)state;
	assert_int_equal(paraph_session_open(&plain, a.engine), PARAPH_OK);
	assert_int_equal(paraph_session_remember(a.session), PARAPH_OK);
	t.n = 0;
	if (f != NULL) {
		t.n = fread(t.bytes, 1, TEXT_MOST - 1000, f);
		fclose(f);
		t.n = whole(&t, t.n);
	} else {
		make_text(&part, 0, 1);
		while (t.n + part.n < TEXT_MOST / 2)
			put(&t, t.n, part.bytes, part.n);
	}
	times anew = time_keys(plain, &t);
	paraph_result_free(checked(a.session, "a.txt", &t));
	size_t noted = memo_noted(a.session->check.memo);
	assert_true(noted > 100);
	times kept = time_keys(a.session, &t);
	noted = memo_noted(a.session->check.memo) - noted;
	printf("a key in %zu bytes: %.1f to %.1f ms of processor time, median %.1f; anew "
	       "%.1f; %zu paragraphs looked at anew for %d keys\n",
		t.n, kept.least, kept.most, kept.median, anew.median, noted, KEYS);
	assert_true(noted >= KEYS && noted <= 3 * KEYS);
	paraph_session_close(plain);
	api_close(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_are_found_as_by_a_fresh_session),
		cmocka_unit_test(short_texts),
		cmocka_unit_test(documents_change_their_language),
		cmocka_unit_test(checks_are_cut_short),
		cmocka_unit_test(wrapped_text),
		cmocka_unit_test(results_outlive_the_next_check),
		cmocka_unit_test(memory_runs_out),
		cmocka_unit_test(memory_runs_out_of_two_texts),
		cmocka_unit_test(texts_that_were_replaced_are_forgotten),
		cmocka_unit_test(findings_are_kept_in_what_they_need),
		cmocka_unit_test(a_key_costs_a_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
