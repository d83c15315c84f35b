#include "apps/cli/tm_align.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli/couples.h"
#include "apps/cli/open.h"

#define LEAST_DEFAULT 0.5

typedef struct aligner {
	const settings *s;
	paraph_session *session;
	double least;
	int (*take)(void *user, const char *tmx, const char *name);
	void *user;
} aligner;

static paraph_status
write_piece(void *user, const char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, user) == n ? PARAPH_OK : PARAPH_IO;
}

static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 128;
}

/* Where a word ends, or a number: N1800123E. */
static bool
parts_word(const char *name, size_t at)
{
	return at == 0 || !is_letter(name[at]) || !is_letter(name[at - 1]);
}

/* What both begin with and end with, in whole words: of a_english.txt and a_french.txt a.txt,
 * not ah.txt. */
static void
find_common(const char *a, const char *b, size_t *head, size_t *tail)
{
	size_t n = strlen(a), k = strlen(b), least = n < k ? n : k;

	*head = *tail = 0;
	while (*head < least && a[*head] == b[*head])
		++*head;
	while (*tail < least - *head && a[n - 1 - *tail] == b[k - 1 - *tail])
		++*tail;
	while (!parts_word(a, *head) || !parts_word(b, *head))
		--*head;
	while (!parts_word(a, n - *tail) || !parts_word(b, k - *tail))
		--*tail;
}

/* report_E.docx and report_F.docx: report.docx, without what stood around the language. Where
 * no more than the ending is left, the name of the source. */
static void
name_both(const char *source, const char *target, char *out, size_t size)
{
	const char *a = strrchr(source, '/'), *b = strrchr(target, '/');
	size_t head, tail;

	a = a == NULL ? source : a + 1;
	b = b == NULL ? target : b + 1;
	find_common(a, b, &head, &tail);
	const char *end = a + strlen(a) - tail;
	if (head > 0 && strchr("([", a[head - 1]) != NULL && *end != '\0' &&
		strchr(")]", *end) != NULL) {
		head--;
		end++;
	}
	while (head > 0 && *end != '\0' && strchr("_-. ", a[head - 1]) != NULL)
		head--;
	while (head == 0 && *end != '\0' && strchr("_- ", *end) != NULL)
		end++;
	if (head == 0 && (*end == '\0' || *end == '.'))
		end = a;
	snprintf(out, size, "%.*s%s", (int)head, a, end);
}

static int
write_tmx(aligner *r, const paraph_alignment *a, const char *path)
{
	FILE *f = fopen(path, "wb");
	size_t left_out;

	if (f == NULL)
		return complain(
			r->s, "%s: cannot be written", "%s\u00A0: écriture impossible", path);
	paraph_status done = paraph_alignment_write(
		r->session, a, "tmx", r->least, write_piece, f, &left_out);
	if (fclose(f) != 0 && done == PARAPH_OK)
		done = PARAPH_IO;
	return done == PARAPH_OK
		       ? EXIT_CLEAN
		       : complain(r->s, "%s", "%s", paraph_session_message(r->session));
}

static int
hand_over(aligner *r, const paraph_alignment *a, const char *source, const char *target)
{
	const char *folder = getenv("TMPDIR");
	char path[4096], name[512];

	snprintf(path, sizeof(path), "%s/paraph-XXXXXX", folder == NULL ? "/tmp" : folder);
	int file = mkstemp(path);
	if (file < 0)
		return complain(
			r->s, "%s: cannot be written", "%s\u00A0: écriture impossible", path);
	close(file);
	name_both(source, target, name, sizeof(name));
	int status = write_tmx(r, a, path);
	if (status == EXIT_CLEAN)
		status = r->take(r->user, path, name);
	unlink(path);
	return status;
}

static int
align_two(aligner *r, const char *source, const char *target)
{
	paraph_align what = { .source = source,
		.target = target,
		.source_language = language_of_tag(r->s->source_lang),
		.target_language = language_of_tag(r->s->target_lang) };
	paraph_alignment *a;

	if (paraph_align_files(r->session, &what, &a) != PARAPH_OK) {
		complain(r->s, "%s", "%s", paraph_session_message(r->session));
		return EXIT_FINDINGS;
	}
	int status = EXIT_FINDINGS;
	if (strcmp(paraph_alignment_language(a, 0), paraph_alignment_language(a, 1)) == 0)
		complain(r->s, "%s and %s are in one language: left out",
			"%s et %s sont dans la même langue\u00A0: laissés de côté", source,
			target);
	else
		status = hand_over(r, a, source, target);
	paraph_alignment_free(a);
	return status;
}

/* A pair is met twice; it is taken at its French document. */
static int
align_one(aligner *r, const char *path)
{
	bool from_french = language_of_tag(r->s->source_lang) == PARAPH_LANGUAGE_FR;
	paraph_language is;
	char *other = couple_of(path, &is);
	int status = EXIT_CLEAN;

	if (other == NULL) {
		complain(r->s, "%s: nothing goes with it by its name, left out",
			"%s\u00A0: rien ne lui correspond par le nom, laissé de côté", path);
		return EXIT_FINDINGS;
	}
	if (is == PARAPH_LANGUAGE_FR)
		status = from_french ? align_two(r, path, other) : align_two(r, other, path);
	free(other);
	return status;
}

static int
read_least(const settings *s, double *out)
{
	char *end;

	*out = LEAST_DEFAULT;
	if (s->least == NULL)
		return EXIT_CLEAN;
	double n = strtod(s->least, &end);
	if (end == s->least || *end != '\0' || !(n >= 0 && n <= 100))
		return complain(s, "--min: “%s” is no percentage",
			"--min\u00A0: «\u00A0%s\u00A0» n’est pas un pourcentage", s->least);
	*out = n / 100;
	return EXIT_CLEAN;
}

/* Segments whose translation the memory has already are sure, and hold the others. */
static int
open_asking(aligner *r, const char *into, paraph_engine **engine)
{
	char personal[4096];
	char *paths[] = { (char *)(uintptr_t)into, NULL };
	settings asking = *r->s;

	if (into == NULL && paraph_tm_personal(personal, sizeof(personal)) == PARAPH_OK)
		paths[0] = personal;
	asking.tms = (list){ .at = paths, .n = paths[0] != NULL };
	int status = open_engine(&asking, 0, engine);
	if (status == EXIT_CLEAN && paraph_session_open(&r->session, *engine) != PARAPH_OK)
		status = complain(r->s, "out of memory", "plus assez de mémoire");
	return status;
}

int
tm_align_all(const settings *s, const list *paths,
	int (*take)(void *user, const char *tmx, const char *name), void *user)
{
	aligner r = { .s = s, .take = take, .user = user };
	paraph_engine *engine = NULL;

	if (read_least(s, &r.least) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	int status = open_asking(&r, s->into, &engine);
	size_t n = status == EXIT_CLEAN ? paths->n : 0;
	for (size_t i = 0; i < n && status != EXIT_TROUBLE; i++) {
		int one = align_one(&r, paths->at[i]);
		status = one > status ? one : status;
	}
	paraph_session_close(r.session);
	paraph_engine_close(engine);
	return status;
}
