#include "apps/http/dictionary.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int
dictionary_read(const char *path, bytes *out)
{
	char some[65536];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	while ((n = read(fd, some, sizeof(some))) > 0)
		bytes_put(out, some, (size_t)n);
	int error = n < 0 ? errno : out->failed ? ENOMEM : 0;
	close(fd);
	return error;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
dictionary_next(paraph_text *rest, paraph_text *word)
{
	while (rest->n != 0) {
		const char *end = memchr(rest->p, '\n', rest->n);
		size_t n = end == NULL ? rest->n : (size_t)(end - rest->p) + 1;
		const char *comment = memchr(rest->p, '#', n);
		*word = (paraph_text){ rest->p,
			comment == NULL ? n : (size_t)(comment - rest->p) };
		*rest = (paraph_text){ rest->p + n, rest->n - n };
		while (word->n != 0 && is_space(word->p[word->n - 1]))
			word->n--;
		while (word->n != 0 && is_space(word->p[0]))
			*word = (paraph_text){ word->p + 1, word->n - 1 };
		if (word->n != 0)
			return true;
	}
	return false;
}
