#include "apps/http/tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/http/microhttpd.h"

#define TOKENS_MOST 10000
#define SCOPE_NAMES (sizeof(scope_names) / sizeof(*scope_names))

static const char *const scope_names[] = { "check", "read", "write", "admin", "metrics" };

unsigned
token_file_parse_scopes(paraph_text list)
{
	unsigned scopes = 0;
	paraph_text one;

	while (form_next(&list, &one)) {
		unsigned bit = 0;
		for (unsigned i = 0; i < SCOPE_NAMES; i++)
			if (same_text(one, scope_names[i]))
				bit = 1U << i;
		if (bit == 0)
			return 0;
		scopes |= bit;
	}
	return scopes;
}

static void
say(char *message, size_t size, paraph_language ui, const char *path, const char *en,
	const char *fr)
{
	snprintf(message, size, ui == PARAPH_LANGUAGE_FR ? "%s\u00A0: %s" : "%s: %s", path,
		ui == PARAPH_LANGUAGE_FR ? fr : en);
}

static void
say_system(char *message, size_t size, paraph_language ui, const char *path, int error)
{
	const char *why = paraph_system_message(error, ui);

	say(message, size, ui, path, why, why);
}

static bool
read_sum(const char *digits, unsigned char sum[32])
{
	if (strlen(digits) != 64 || strspn(digits, "0123456789abcdef") != 64)
		return false;
	for (size_t i = 0; i < 32; i++) {
		char two[3] = { digits[2 * i], digits[2 * i + 1], '\0' };
		sum[i] = (unsigned char)strtoul(two, NULL, 16);
	}
	return true;
}

/* An empty line and a comment are no token; *bad: neither is this. */
static bool
read_line(const char *line, token *out, bool *bad)
{
	char sum[72], scopes[72];

	out->name[0] = '\0';
	*bad = false;
	if (line[strspn(line, " \t\r\n")] == '\0' || line[0] == '#')
		return false;
	*bad = sscanf(line, "%71s %71s %63[^\r\n]", sum, scopes, out->name) < 2 ||
	       !read_sum(sum, out->sum);
	if (!*bad)
		out->scopes = token_file_parse_scopes(text_of(scopes));
	*bad = *bad || out->scopes == 0;
	return !*bad;
}

static bool
add(tokens *t, const token *one)
{
	token *list = realloc(t->list, (t->n + 1) * sizeof(*list));

	if (list == NULL)
		return false;
	t->list = list;
	t->list[t->n++] = *one;
	return true;
}

bool
token_file_read(tokens *t, const char *path, paraph_language ui, char *message, size_t size)
{
	FILE *file = fopen(path, "re");
	char line[512];
	token one;
	bool bad = false, sound = true;

	*t = (tokens){ 0 };
	if (file == NULL) {
		say_system(message, size, ui, path, errno);
		return false;
	}
	while (sound && !bad && t->n < TOKENS_MOST && fgets(line, sizeof(line), file) != NULL)
		if (read_line(line, &one, &bad))
			sound = add(t, &one);
	bool many =
		sound && !bad && t->n == TOKENS_MOST && fgets(line, sizeof(line), file) != NULL;
	bool failed = ferror(file) != 0 || !sound || many;
	fclose(file);
	if (many)
		say(message, size, ui, path, "more than 10,000 tokens",
			"plus de 10 000 jetons");
	else if (bad || failed)
		say(message, size, ui, path, "a line is not that of a token",
			"une ligne n’est pas celle d’un jeton");
	else if (t->n == 0)
		say(message, size, ui, path, "there is no token in it (--new-token makes one)",
			"il ne contient pas de jeton (--new-token en fait un)");
	if (!bad && !failed && t->n != 0)
		return true;
	token_file_free(t);
	return false;
}

void
token_file_free(tokens *t)
{
	free(t->list);
	*t = (tokens){ 0 };
}

const token *
token_file_find(const tokens *t, paraph_text said)
{
	unsigned char sum[32];
	size_t found = 0; /* from 1 */

	if (said.n == 0 || gnutls.hash_fast(GNUTLS_DIG_SHA256, said.p, said.n, sum) != 0)
		return NULL;
	for (size_t i = 0; i < t->n; i++) {
		size_t same = gnutls.memcmp(sum, t->list[i].sum, sizeof(sum)) == 0;
		found |= (i + 1) & (0U - same);
	}
	return found == 0 || found > t->n ? NULL : &t->list[found - 1];
}

static void
put_digits(char *out, const unsigned char *sum, size_t n)
{
	for (size_t i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

/* As it will be read again: one line, and no half of a character at its end. */
static void
put_name(char out[TOKEN_NAME], const char *name)
{
	size_t n = strlen(name);

	if (n >= TOKEN_NAME)
		for (n = TOKEN_NAME - 1; n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80; n--)
			;
	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)name[i] < ' ' ? ' ' : name[i];
	out[n] = '\0';
}

/* A line of its own at the end of the file, or nothing: a file with half a line is none. 0, or
 * an errno. */
static int
append(int fd, const char *line, size_t n)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char last = '\n';

	if (end < 0)
		return errno;
	errno = EIO; /* where less is read, or written, than was asked */
	if (end > 0 && pread(fd, &last, 1, end - 1) != 1)
		return errno;
	if ((last == '\n' || write(fd, "\n", 1) == 1) && write(fd, line, n) == (ssize_t)n &&
		fsync(fd) == 0)
		return 0;
	int error = errno;
	return ftruncate(fd, end) == 0 ? error : errno;
}

static void
put_scopes(char *out, size_t size, unsigned scopes)
{
	size_t n = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < SCOPE_NAMES; i++)
		if ((scopes & (1U << i)) != 0)
			n += (size_t)snprintf(
				out + n, size - n, "%s%s", n == 0 ? "" : ",", scope_names[i]);
}

bool
token_file_make(const char *path, unsigned scopes, const char *name, char out[TOKEN_TEXT],
	paraph_language ui, char *message, size_t size)
{
	unsigned char random[32], sum[32];
	char digits[65], names[72], called[TOKEN_NAME], line[256];

	if (gnutls.rnd(GNUTLS_RND_KEY, random, sizeof(random)) != 0) {
		say(message, size, ui, path, "no random bytes are to be had",
			"impossible d’obtenir des octets aléatoires");
		return false;
	}
	memcpy(out, "pt_", 3);
	put_digits(out + 3, random, sizeof(random));
	if (gnutls.hash_fast(GNUTLS_DIG_SHA256, out, strlen(out), sum) != 0) {
		say(message, size, ui, path, "no sum can be made of the token",
			"impossible de calculer l’empreinte du jeton");
		return false;
	}
	put_digits(digits, sum, sizeof(sum));
	put_scopes(names, sizeof(names), scopes);
	put_name(called, name);
	int n = snprintf(line, sizeof(line), "%s %s %s\n", digits, names, called);
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	int error = fd < 0 ? errno : append(fd, line, (size_t)n);
	if (error != 0)
		say_system(message, size, ui, path, error);
	if (fd >= 0)
		close(fd);
	return error == 0;
}
