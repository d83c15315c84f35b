#include "apps/cli/couples.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Words that name the languages in small letters; in a path also in capitals, or with one. */
static const struct {
	const char *en, *fr;
} marks[] = {
	{ "en", "fr" }, { "eng", "fre" }, { "eng", "fra" }, { "ang", "fra" },
	{ "english", "french" }, { "anglais", "fran\u00E7ais" }, { "anglais", "francais" },
	{ "en-us", "fr-fr" }, { "en-us", "fr-ca" }, { "en-gb", "fr-fr" }, { "en-ca", "fr-ca" },
	{ "e", "f" }, /* last: Annex F_FR goes with Annex F_EN */
};

#define MARKS (sizeof(marks) / sizeof(*marks))
#define OF_WORDS (MARKS - 1) /* those before the single letters */
#define MARK_BYTES 16

typedef enum letters { LETTERS_SMALL, LETTERS_CAPITAL, LETTERS_UPPER, LETTERS_REGION } letters;
#define LETTERS 4

/* en-us, En-us, EN-US, en-US */
static void
write_mark(char out[MARK_BYTES], const char *mark, letters how)
{
	size_t i = 0;
	bool behind = false;

	for (; mark[i] != '\0' && i + 1 < MARK_BYTES; i++) {
		bool upper = how == LETTERS_UPPER || (how == LETTERS_CAPITAL && i == 0) ||
			     (how == LETTERS_REGION && behind);
		behind = behind || mark[i] == '-';
		out[i] = (char)(upper && (unsigned char)mark[i] < 128
					? toupper((unsigned char)mark[i])
					: mark[i]);
	}
	out[i] = '\0';
}

/* Is that all of the name of the file, but for its ending? */
static bool
is_whole_name(const char *path, size_t at, size_t n)
{
	const char *after = path + at + n;

	return (at == 0 || path[at - 1] == '/') && strchr(after, '/') == NULL &&
	       (*after == '\0' || (*after == '.' && strchr(after + 1, '.') == NULL));
}

/* Does a mark stand there: as a part of the name, or of the path? Documents are called e.txt
 * and f.txt for other reasons. */
static bool
is_part(const char *path, size_t at, size_t n)
{
	bool begins = at == 0 || strchr("/._- ([", path[at - 1]) != NULL;
	char after = path[at + n];

	return begins && (after == '\0' || strchr("/._- )]", after) != NULL) &&
	       !(n == 1 && is_whole_name(path, at, n));
}

static char *
replaced(const char *path, size_t at, size_t n, const char *with)
{
	size_t size = strlen(path) - n + strlen(with) + 1;
	char *out = allocate(NULL, size, 1);

	snprintf(out, size, "%.*s%s%s", (int)at, path, with, path + at + n);
	return out;
}

/* The path with one place of the mark replaced by the other, when that file is there. The last
 * place is tried first. */
static char *
with_mark(const char *path, const char *mark, const char *other)
{
	size_t n = strlen(mark), length = strlen(path);

	for (size_t at = length < n ? 0 : length - n + 1; at-- > 0;) {
		if (strncmp(path + at, mark, n) != 0 || !is_part(path, at, n))
			continue;
		char *candidate = replaced(path, at, n, other);
		if (access(candidate, R_OK) == 0)
			return candidate;
		free(candidate);
	}
	return NULL;
}

/* … for each of these marks, in each way to write it. */
static char *
with_marks(const char *path, size_t first, size_t end, bool to_english)
{
	char en[MARK_BYTES], fr[MARK_BYTES], *found = NULL;

	for (size_t i = first * LETTERS; i < end * LETTERS && found == NULL; i++) {
		letters how = (letters)(i % LETTERS);
		const char *mark = marks[i / LETTERS].en;
		if (how == LETTERS_REGION && strchr(mark, '-') == NULL)
			continue; /* the same as in small letters */
		write_mark(en, mark, how);
		write_mark(fr, marks[i / LETTERS].fr, how);
		found = to_english ? with_mark(path, fr, en) : with_mark(path, en, fr);
	}
	return found;
}

/* N1800123E.docx and N1800123F.docx */
static char *
with_letter(const char *path, char letter, const char *other)
{
	const char *dot = strrchr(path, '.');
	size_t at = dot == NULL ? strlen(path) : (size_t)(dot - path);

	if (at < 2 || path[at - 1] != letter || !isdigit((unsigned char)path[at - 2]))
		return NULL;
	char *candidate = replaced(path, at - 1, 1, other);
	if (access(candidate, R_OK) == 0)
		return candidate;
	free(candidate);
	return NULL;
}

/* Words of the name, or else single letters; to English first. */
static char *
by_marks(const char *path, bool of_words, paraph_language *is)
{
	size_t first = of_words ? 0 : OF_WORDS, end = of_words ? OF_WORDS : MARKS;
	char *found = with_marks(path, first, end, true);

	*is = PARAPH_LANGUAGE_FR;
	if (found == NULL && !of_words)
		found = with_letter(path, 'F', "E");
	if (found != NULL)
		return found;
	*is = PARAPH_LANGUAGE_EN;
	found = with_marks(path, first, end, false);
	return found == NULL && !of_words ? with_letter(path, 'E', "F") : found;
}

char *
couple_of(const char *path, paraph_language *is)
{
	char *found = by_marks(path, true, is);

	return found == NULL ? by_marks(path, false, is) : found;
}

char *
couple_in(const char *folder, const char *under, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t n = strlen(under), size = strlen(folder) + strlen(path) + 2;
	char *there = allocate(NULL, size, 1), *other = NULL;
	paraph_language is;

	if (strncmp(path, under, n) == 0 && path[n] != '\0')
		for (name = path + n; *name == '/';)
			name++;
	snprintf(there, size, "%s/%s", folder, name);
	if (access(there, R_OK) == 0 && strcmp(there, path) != 0)
		return there;
	for (int words = 1; words >= 0 && other == NULL; words--) {
		other = by_marks(there, words, &is);
		if (other != NULL && strncmp(other, folder, strlen(folder)) != 0) {
			free(other); /* fr/a.txt, the document itself: en/a.txt is not there */
			other = NULL;
		}
	}
	free(there);
	return other;
}
