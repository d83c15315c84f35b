/* Sentences: own cases of United Nations usage in both languages, the golden rules of the
 * corpora (skipped where they are absent), and what must hold for any text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "text/segment.h"

#define MARK " ||| "

static segmenter *shared;
static context shared_context;

/* The segments of text joined by MARK, line breaks inside them as one space. */
static void
segmented(slice text, language l, char *out, size_t size)
{
	segments list = { 0 };
	size_t n = 0;

	assert_int_equal(segment_block(shared, &shared_context, text,
				 (span){ 0, (uint32_t)text.n }, l, &list),
		STATUS_OK);
	for (size_t i = 0; i < list.spans.n; i++) {
		if (i != 0)
			n += (size_t)snprintf(out + n, size - n, "%s", MARK);
		for (uint32_t k = list.spans.at[i].start; k < list.spans.at[i].end; k++) {
			char c = text.p[k] == '\n' || text.p[k] == '\r' ? ' ' : text.p[k];
			if (c != ' ' || (n != 0 && out[n - 1] != ' '))
				out[n++] = c;
		}
	}
	out[n] = 0;
	ARRAY_FREE(shared_context.memory, &list.spans);
}

typedef struct example {
	language language;
	const char *expected; /* the text itself, with MARK where it is cut */
} example;

static const example examples[] = {
	{ LANGUAGE_FR, "Voir le document A/70/1, par. 4 et 5. ||| Le Comité en prend note." },
	{ LANGUAGE_FR,
		"Conformément à l’art. 2, sect. III, chap. IV de l’annexe. ||| Il l’adopte." },
	{ LANGUAGE_FR, "M. Ndiaye et MM. Roy et Petit ont parlé. ||| Mme Adeyemi a répondu." },
	{ LANGUAGE_FR, "S.E. M. Jean Dupont, Ministre, est arrivé. ||| Il repart demain." },
	{ LANGUAGE_FR,
		"Plusieurs organes (p. ex. Conseil et Comité) siègent. ||| D’autres non." },
	{ LANGUAGE_FR, "Voir par. 87 a). ||| Les États l’ont dit." },
	{ LANGUAGE_FR, "Il a dit : « C’est bien. » ||| Le Conseil l’a suivi." },
	{ LANGUAGE_FR, "Il a dit « C’est bien. » avant de partir." },
	{ LANGUAGE_FR, "La paix, la sécurité, etc. ||| Les organes compétents s’en chargent." },
	{ LANGUAGE_FR, "Transports, énergie, etc. sont concernés." },
	{ LANGUAGE_FR, "Est-ce clair ? ||| Oui ! ||| Nous continuons… ||| Puis nous verrons." },
	{ LANGUAGE_FR, "À New York, le 19 janvier 2018. ||| À Genève, le 20." },
	{ LANGUAGE_FR, "J. A. Martin et R. Durand, op. cit., vol. II, p. 12. ||| Voir aussi "
		       "l’annexe." },
	{ LANGUAGE_FR, "Écrire à secretariat@exemple.org. ||| Une réponse suivra." },
	{ LANGUAGE_FR, "Documents officiels, Supplément no 5 (A/80/5), vol. I, chap. II. ||| "
		       "Adopté." },
	{ LANGUAGE_FR, "Le taux est de 2,5 pour cent. ||| 12 États ont répondu." },
	{ LANGUAGE_FR, "1. Le Conseil se réunit." },
	{ LANGUAGE_FR, "Voir S/2018/7/Add.1. ||| Le texte suit." },
	{ LANGUAGE_FR, "Cela vaut pour le par. 3. ||| Cependant, l’art. 5 demeure." },
	{ LANGUAGE_EN, "See A/70/1, paras. 4 and 5. ||| The Committee took note." },
	{ LANGUAGE_EN, "Under art. II, sect. 3, of the annex. ||| It was adopted." },
	{ LANGUAGE_EN, "Mr. Ndiaye and Mrs. Roy spoke. ||| Ms. Adeyemi replied." },
	{ LANGUAGE_EN, "H.E. Mr. John Smith opened the meeting. ||| He then left." },
	{ LANGUAGE_EN, "Several organs (e.g. Council and Committee) met. ||| Others did not." },
	{ LANGUAGE_EN, "Official Records, Supplement No. 5 (A/80/5), vol. I. ||| Adopted." },
	{ LANGUAGE_EN, "It met at 10 a.m. and rose at 1 p.m. ||| It met again later." },
	{ LANGUAGE_EN, "The so-called “rule of law.” ||| That was all." },
	{ LANGUAGE_EN, "Visit https://example.org/docs/A.70.1. ||| The text is there." },
	{ LANGUAGE_EN, "J. A. Martin, op. cit., p. 12. ||| See also the annex." },
	{ LANGUAGE_EN, "(a) The Council met. ||| It decided nothing." },
};

static void
test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char text[512] = "", out[1024];
		const char *rest = examples[i].expected, *mark;
		while ((mark = strstr(rest, MARK)) != NULL) {
			strncat(text, rest, (size_t)(mark - rest));
			strcat(text, " ");
			rest = mark + strlen(MARK);
		}
		strcat(text, rest);
		segmented(slice_of(text), examples[i].language, out, sizeof(out));
		assert_string_equal(out, examples[i].expected);
	}
}

static slice
unescape(slice s, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '\\' || i + 1 == s.n) {
			out[n++] = s.p[i];
			continue;
		}
		i++;
		out[n++] = s.p[i] == 'n'   ? '\n'
			   : s.p[i] == 't' ? '\t'
			   : s.p[i] == 'r' ? '\r'
					   : s.p[i];
	}
	return (slice){ out, n };
}

/* How many rows of a set the segmenter gets right. */
static size_t
count_right(const char *name, const char *set, language l, size_t *total)
{
	const char *root = getenv("PARAPH_SHARED");
	char path[512], text[16384], out[32768];
	file f;
	slice row;

	snprintf(path, sizeof(path), "%s/corpora/segmentation/%s",
		root == NULL ? "../shared" : root, name);
	*total = 0;
	if (file_open(&f, &shared_context, path) != STATUS_OK) {
		printf("skipped: %s is not there\n", path);
		return 0;
	}
	slice rest = f.bytes;
	size_t right = 0;
	while (slice_line(&rest, &row)) {
		slice id, kind, ignored, input;
		if (row.n == 0 || row.p[0] == '#')
			continue;
		slice_cut(row, '\t', &id, &row);
		slice_cut(row, '\t', &kind, &row);
		slice_cut(row, '\t', &ignored, &row);
		slice_cut(row, '\t', &ignored, &row);
		slice_cut(row, '\t', &input, &row);
		if (!slice_equal(kind, slice_of(set)) || input.n > sizeof(text))
			continue;
		segmented(unescape(input, text), l, out, sizeof(out));
		++*total;
		if (slice_equal(slice_of(out), row))
			right++;
		else if (getenv("VERBOSE") != NULL)
			printf("%.*s\n  is       %s\n  expected %.*s\n", SLICE_ARG(id), out,
				SLICE_ARG(row));
	}
	file_close(&f, shared_context.memory);
	printf("segmentation: %zu of %zu in %s (%s)\n", right, *total, name, set);
	return right;
}

static void
test_golden_rules(void **state)
{
	size_t total;

	(void)state;
	size_t right = count_right("golden_rules_en.tsv", "golden", LANGUAGE_EN, &total);
	assert_true(total == 0 || right >= 48);
	right = count_right("golden_rules_fr.tsv", "extra", LANGUAGE_FR, &total);
	assert_int_equal(right, total);
	count_right("golden_rules_en.tsv", "extra", LANGUAGE_EN, &total);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

/* Segments are in order, inside the block, begin and end with text, and miss no letter. */
static void
check_cover(slice text, span block)
{
	segments list = { 0 };
	uint32_t at = block.start;

	assert_int_equal(
		segment_block(shared, &shared_context, text, block, LANGUAGE_FR, &list),
		STATUS_OK);
	for (size_t i = 0; i < list.spans.n; i++) {
		span s = list.spans.at[i];
		assert_true(s.start >= at && s.end > s.start && s.end <= block.end);
		for (; at < s.start; at++)
			assert_int_equal(text.p[at], ' ');
		at = s.end;
	}
	for (; at < block.end; at++)
		assert_int_equal(text.p[at], ' ');
	ARRAY_FREE(shared_context.memory, &list.spans);
}

static void
test_any_text(void **state)
{
	static const char *const pieces[] = { "a", "B", ".", " ", "…", "!", "«", "»", "M", "1",
		")", "(", ". ", "é", "É", "art", "•", "’", "\"", "/", "-", ". . ", "Le " };
	uint32_t seed = 7;
	char text[400];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t n = 0;
		for (int k = 0; k < 40; k++) {
			const char *piece = pieces[next_random(&seed) %
						   (sizeof(pieces) / sizeof(pieces[0]))];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		check_cover((slice){ text, n }, (span){ 0, (uint32_t)n });
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_golden_rules),
		cmocka_unit_test(test_any_text),
	};

	context_init(&shared_context, &memory_libc);
	if (segmenter_open(&shared, &shared_context) != STATUS_OK)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	segmenter_close(shared);
	return failed;
}
