/* Changes to a list of words in a file: the one place where a personal dictionary is written
 * to, whoever does it, the server, an editor or somebody's program. What stands in the file
 * otherwise, comments and order, stays; two programs that add at the same time both do (the
 * file is locked), and the new file takes the place of the old one whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/replace.h"
#include "engine/engine.h"
#include "termbase/personal.h"
#include "text/utf8.h"

#define WORD_BYTES 200

typedef struct words_change {
	slice word;
	bool there; /* it is to be there */
	bool met;   /* it was */
} words_change;

/* One word, which a line can hold. */
static bool
is_word(slice w)
{
	utf8_facts facts;

	if (w.n == 0 || w.n > WORD_BYTES || utf8_check(w, &facts) != w.n)
		return false;
	for (size_t i = 0; i < w.n; i++)
		if ((unsigned char)w.p[i] <= ' ' || w.p[i] == '#' || w.p[i] == 0x7F)
			return false;
	return true;
}

static slice
word_of(slice line)
{
	slice comment;

	(void)slice_cut(line, '#', &line, &comment);
	return slice_trim(line);
}

/* The text without the lines of the word, and with one at the end when it is to be there. */
static status
rewrite(words_change *x, slice old, buffer *new)
{
	slice line;

	for (slice rest = old, from = old; slice_line(&rest, &line); from = rest) {
		bool same = slice_equal(word_of(line), x->word);
		x->met |= same;
		if (!same || x->there)
			buffer_put(new, slice_sub(from, 0, from.n - rest.n));
	}
	if (x->there) {
		if (new->n != 0 && new->p[new->n - 1] != '\n')
			buffer_put_char(new, '\n');
		buffer_put(new, x->word);
		buffer_put_char(new, '\n');
	}
	return new->status;
}

static status
rewrite_file(context *c, const char *path, words_change *x)
{
	buffer new;
	file f;

	TRY(file_open(&f, c, path));
	buffer_init(&new, c->memory, c->limits.output);
	status done = rewrite(x, f.bytes, &new);
	if (done == STATUS_OK && x->met != x->there)
		done = file_replace(c, path, buffer_slice(&new));
	buffer_free(&new);
	file_close(&f, c->memory);
	return done;
}

/* Only the system knows what the umask leaves while other threads run: a new file is empty
 * first. A link that leads nowhere is for its owner. */
static status
make_file(context *c, const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return STATUS_OK;
	TRY(personal_make_folders(c, path));
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return file_failed(c, path);
	close(fd);
	return STATUS_OK;
}

static status
change(context *c, const char *path, words_change *x)
{
	if (!is_word(x->word))
		return context_fail(c, STATUS_USAGE, "word must be one word, without spaces",
			"word doit être un seul mot, sans espace");
	if (!x->there && access(path, F_OK) != 0 && errno == ENOENT)
		return STATUS_OK;
	TRY(make_file(c, path));
	int lock = file_lock(path);
	status done = rewrite_file(c, path, x);
	if (lock >= 0)
		close(lock);
	return done;
}

paraph_status
paraph_words_change(const char *path, paraph_text one, bool there, bool *changed,
	paraph_language ui, char *message, size_t message_size)
{
	memory m = engine_memory((paraph_memory){ 0 });
	words_change x = { .word = { one.p, one.n }, .there = there };
	context c;

	context_init(&c, &m);
	c.ui = engine_ui(ui);
	c.message[0] = '\0';
	status done = change(&c, path, &x);
	*changed = done == STATUS_OK && x.met != there;
	if (done != STATUS_OK)
		engine_explain(&c, done, message, message_size);
	return (paraph_status)done;
}
