#include "engine/recall.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "checker/rule.h"
#include "document/format.h"
#include "termbase/cache.h"
#include "text/lexicon_source.h"

#ifndef PARAPH_SOURCES /* the Makefile says a checksum of all sources and data */
#define PARAPH_SOURCES "unknown"
#endif

#define MAGIC UINT64_C(0x31646e6946687050) /* "PphFind1" */
#define HEADER_WORDS (RECALL_PARTS + 3)    /* magic, parts, size, checksum */
#define ENTRY_MOST ((size_t)64 << 20)
#define FINDINGS_MOST 200000
#define DAY 86400
#define LIMIT_DEFAULT ((uint64_t)256 << 20)
#define PATH_ROOM 4200

/* ---- keys ---- */

static void
sum_text(uint64_t *sum, const char *text)
{
	cache_sum(sum, text == NULL ? 0 : slice_hash(slice_of(text)) | 1);
}

static void
sum_list(uint64_t *sum, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		sum_text(sum, *list);
	cache_sum(sum, 0);
}

/* A large file of ours or of the system, which nobody changes without its time or size. */
static void
sum_large_file(uint64_t *sum, const char *path)
{
	struct stat st;

	sum_text(sum, path);
	if (stat(path, &st) != 0)
		return;
	cache_sum(sum, (uint64_t)st.st_size);
	cache_sum(sum, (uint64_t)st.st_mtim.tv_sec);
	cache_sum(sum, (uint64_t)st.st_mtim.tv_nsec);
}

static status
sum_dictionaries(uint64_t *sum)
{
	char path[PATH_ROOM];

	for (language l = LANGUAGE_FR; l <= LANGUAGE_EN; l++)
		for (size_t side = 0; lexicon_source_name(l, side) != NULL; side++)
			for (size_t part = 0; part < 2; part++) {
				TRY(lexicon_source_path(path, sizeof(path),
					lexicon_source_folder(), l, side, part));
				sum_large_file(sum, path);
			}
	return STATUS_OK;
}

static void
sum_data(uint64_t *sum, const char *folder)
{
	static const char *const names[] = { "fr.lexicon", "en.lexicon", "fr.joins", "en.joins",
		"terms.index", "termbase.sqlite" };
	char path[PATH_ROOM];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		sum_large_file(sum, path);
	}
}

status
recall_sum(paraph_engine *e, const paraph_options *options)
{
	uint64_t *sum = &e->sum;
	const engine_choice *c = &e->choice;

	sum_text(sum, PARAPH_VERSION " " PARAPH_SOURCES);
	sum_data(sum, c->data);
	TRY(sum_dictionaries(sum));
	sum_text(sum, c->profile);
	sum_list(sum, c->enable);
	sum_list(sum, c->disable);
	sum_list(sum, c->only);
	sum_list(sum, options->rules);
	sum_text(sum, options->input_format);
	cache_sum(sum, (uint64_t)options->language);
	cache_sum(sum, (uint64_t)e->context.ui);
	cache_sum(sum, c->no_builtin);
	cache_sum(sum, e->suggestions);
	for (const char *const *path = c->termbases; *path != NULL; path++)
		TRY(engine_sum_base(sum, &e->context, *path));
	engine_sum_indexes(sum, e->termbase);
	cache_sum(sum, 0);
	for (const char *const *path = c->memories; *path != NULL; path++)
		TRY(engine_sum_memory(sum, &e->context, *path));
	return STATUS_OK;
}

bool
recall_begin(const paraph_session *s, const paraph_result *r, const document_settings *settings,
	recall_key *key)
{
	const document *d = &r->document;
	slice bytes = d->original == NULL ? d->bytes : (slice){ 0 };

	if (s->engine->cache == NULL)
		return false;
	*key = (recall_key){ { s->engine->sum, settings->sum, slice_hash(d->path), r->bytes_sum,
		bytes.n, slice_hash(d->text), d->text.n, d->block_count,
		slice_hash(slice_of(d->format->name)) } };
	return true;
}

static uint64_t
name_of(const recall_key *key)
{
	return slice_hash((slice){ (const char *)key->parts, sizeof(key->parts) });
}

/* FOLDER/ab/0123456789abcdef */
static bool
path_of(const paraph_engine *e, const recall_key *key, char *out, size_t size)
{
	unsigned long long name = name_of(key);
	int n = snprintf(out, size, "%s/%02llx/%016llx", e->cache, name >> 56, name);

	return n > 0 && (size_t)n < size;
}

/* ---- reading ---- */

typedef struct entry_reader {
	slice rest;
	const check_with *with;
	arena *keep;
	bool bad;
} entry_reader;

static uint64_t
get_number(entry_reader *in)
{
	uint64_t n = 0;

	if (in->rest.n < sizeof(n)) {
		in->bad = true;
		return 0;
	}
	memcpy(&n, in->rest.p, sizeof(n));
	in->rest = slice_sub(in->rest, sizeof(n), in->rest.n);
	return n;
}

/* With a NUL behind it, as copies on an arena have. */
static slice
get_text(entry_reader *in)
{
	uint64_t n = get_number(in);
	slice text;

	if (in->bad || n >= in->rest.n || in->rest.p[n] != '\0') {
		in->bad = true;
		return (slice){ 0 };
	}
	text = slice_sub(in->rest, 0, (size_t)n);
	in->rest = slice_sub(in->rest, (size_t)n + 1, in->rest.n);
	return text;
}

static span
get_span(entry_reader *in, const document *d)
{
	uint64_t start = get_number(in), end = get_number(in);
	span s = { (uint32_t)start, (uint32_t)end };

	in->bad = in->bad || start > end || end > d->text.n;
	return s;
}

static const rule *
get_rule(entry_reader *in)
{
	slice id = get_text(in);

	for (size_t i = 0; i < in->with->rule_count; i++)
		if (slice_is(id, in->with->rules[i]->id))
			return in->with->rules[i];
	in->bad = true;
	return NULL;
}

static void *
room_for(entry_reader *in, uint64_t n, size_t bytes)
{
	void *p = NULL;

	if (n <= in->rest.n) /* each takes more than a byte */
		p = arena_array(in->keep, (size_t)n + 1, bytes, alignof(max_align_t));
	in->bad = in->bad || p == NULL;
	return p;
}

static void
get_suggestions(entry_reader *in, finding *f)
{
	uint64_t n = get_number(in);
	slice *list = room_for(in, n, sizeof(*list));

	for (uint64_t i = 0; i < n && !in->bad; i++)
		list[i] = get_text(in);
	f->suggestions = list;
	f->suggestion_count = (size_t)n;
}

static void
get_places(entry_reader *in, finding *f, const document *d)
{
	uint64_t n = get_number(in);
	span *list = room_for(in, n, sizeof(*list));

	for (uint64_t i = 0; i < n && !in->bad; i++)
		list[i] = get_span(in, d);
	f->places = n == 0 ? NULL : list;
	f->place_count = (size_t)n;
}

static void
get_finding(entry_reader *in, const document *d, finding *f)
{
	*f = (finding){ .rule = get_rule(in) };
	f->text = get_span(in, d);
	f->severity = (severity)get_number(in);
	f->fix = (fix_kind)get_number(in);
	f->message = get_text(in);
	f->concept = get_text(in);
	f->source = get_text(in);
	get_suggestions(in, f);
	get_places(in, f, d);
	in->bad = in->bad || f->severity > SEVERITY_ERROR || f->fix > FIX_SAFE;
}

/* Reads the file into memory of the result, since findings point there. */
static bool
read_entry(const char *path, arena *keep, slice *out)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;
	bool read_all = false;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uintmax_t)st.st_size <= ENTRY_MOST)
		bytes = arena_alloc(keep, (size_t)st.st_size + 1, alignof(uint64_t));
	if (bytes != NULL)
		read_all = read(fd, bytes, (size_t)st.st_size) == (ssize_t)st.st_size;
	/* What is used is young; once a day is enough to know. */
	if (read_all && time(NULL) - st.st_mtim.tv_sec > DAY)
		(void)futimens(fd, NULL);
	close(fd);
	*out = (slice){ bytes, read_all ? (size_t)st.st_size : 0 };
	return read_all;
}

static bool
has_header(slice *bytes, const recall_key *key)
{
	uint64_t head[HEADER_WORDS];

	if (bytes->n < sizeof(head))
		return false;
	memcpy(head, bytes->p, sizeof(head));
	slice body = slice_sub(*bytes, sizeof(head), bytes->n);
	bool sound =
		head[0] == MAGIC && memcmp(head + 1, key->parts, sizeof(key->parts)) == 0 &&
		head[RECALL_PARTS + 1] == body.n && head[RECALL_PARTS + 2] == slice_hash(body);
	*bytes = body;
	return sound;
}

bool
recall_find(const paraph_session *s, paraph_result *r, const recall_key *key, findings *out)
{
	char path[PATH_ROOM];
	entry_reader in = { .with = &s->with, .keep = &r->keep };

	if (!path_of(s->engine, key, path, sizeof(path)) ||
		!read_entry(path, &r->keep, &in.rest) || !has_header(&in.rest, key))
		return false;
	uint64_t n = get_number(&in);
	finding *list = room_for(&in, n, sizeof(*list));
	for (uint64_t i = 0; i < n && !in.bad; i++)
		get_finding(&in, &r->document, &list[i]);
	if (in.bad || in.rest.n != 0)
		return false;
	*out = (findings){ .memory = r->memory };
	out->list.at = list;
	out->list.n = (size_t)n;
	return true;
}

/* ---- writing ---- */

static void
put_number(buffer *b, uint64_t n)
{
	buffer_put(b, (slice){ (const char *)&n, sizeof(n) });
}

static void
put_text(buffer *b, slice s)
{
	put_number(b, s.n);
	buffer_put(b, s);
	buffer_put_char(b, '\0');
}

static void
put_span(buffer *b, span s)
{
	put_number(b, s.start);
	put_number(b, s.end);
}

static void
put_finding(buffer *b, const finding *f)
{
	put_text(b, slice_of(f->rule->id));
	put_span(b, f->text);
	put_number(b, (uint64_t)f->severity);
	put_number(b, (uint64_t)f->fix);
	put_text(b, f->message);
	put_text(b, f->concept);
	put_text(b, f->source);
	put_number(b, f->suggestion_count);
	for (size_t i = 0; i < f->suggestion_count; i++)
		put_text(b, f->suggestions[i]);
	put_number(b, f->place_count);
	for (size_t i = 0; i < f->place_count; i++)
		put_span(b, f->places[i]);
}

static bool
can_be_kept(const findings *found)
{
	if (found->list.n > FINDINGS_MOST)
		return false;
	for (size_t i = 0; i < found->list.n; i++)
		if (found->list.at[i].facing.document != NULL)
			return false;
	return true;
}

static bool
write_entry(int fd, const recall_key *key, slice body)
{
	uint64_t head[HEADER_WORDS] = { MAGIC };

	memcpy(head + 1, key->parts, sizeof(key->parts));
	head[RECALL_PARTS + 1] = body.n;
	head[RECALL_PARTS + 2] = slice_hash(body);
	return write(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
	       write(fd, body.p, body.n) == (ssize_t)body.n;
}

/* Folders are made when they are missing: most of the time they are there. */
static int
create(char *path, const char *beside)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	for (char *slash = path + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		(void)mkdir(path, 0700);
		*slash = '/';
	}
	return open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static void
put_in_place(paraph_session *s, const recall_key *key, slice body)
{
	static atomic_uint counter;
	char path[PATH_ROOM], beside[PATH_ROOM + 64];

	if (!path_of(s->engine, key, path, sizeof(path)))
		return;
	snprintf(beside, sizeof(beside), "%s.%ld.%u", path, (long)getpid(),
		atomic_fetch_add(&counter, 1));
	int fd = create(path, beside);
	if (fd < 0)
		return;
	bool written = write_entry(fd, key, body);
	written = close(fd) == 0 && written;
	if (!written || rename(beside, path) != 0)
		unlink(beside);
	else
		atomic_fetch_add(&s->engine->cache_written, body.n + sizeof(*key));
}

void
recall_keep(paraph_session *s, const recall_key *key, const findings *found)
{
	buffer b;

	if (!can_be_kept(found))
		return;
	buffer_init(&b, s->context.memory, ENTRY_MOST / 2);
	put_number(&b, found->list.n);
	for (size_t i = 0; i < found->list.n; i++)
		put_finding(&b, &found->list.at[i]);
	if (b.status == STATUS_OK)
		put_in_place(s, key, buffer_slice(&b));
	buffer_free(&b);
}

/* ---- size ---- */

typedef struct kept_file {
	struct timespec used;
	uint64_t size;
	uint8_t folder;
	char name[40];
} kept_file;

typedef struct kept_files {
	const memory *memory;
	ARRAY(kept_file) list;
	uint64_t size;
} kept_files;

static void
list_folder(kept_files *k, const char *cache, unsigned folder)
{
	char path[PATH_ROOM];
	struct dirent *e;
	struct stat st;

	snprintf(path, sizeof(path), "%s/%02x", cache, folder);
	DIR *d = opendir(path);
	while (d != NULL && (e = readdir(d)) != NULL) {
		kept_file f = { .folder = (uint8_t)folder };
		if (e->d_name[0] == '.' || strlen(e->d_name) >= sizeof(f.name) ||
			fstatat(dirfd(d), e->d_name, &st, 0) != 0 ||
			ARRAY_RESERVE(k->memory, &k->list, 1) != STATUS_OK)
			continue;
		strcpy(f.name, e->d_name);
		f.used = st.st_mtim;
		f.size = (uint64_t)st.st_blocks * 512;
		k->size += f.size;
		k->list.at[k->list.n++] = f;
	}
	if (d != NULL)
		closedir(d);
}

static int
by_use(const void *left, const void *right)
{
	const kept_file *a = left, *b = right;

	if (a->used.tv_sec != b->used.tv_sec)
		return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
	return a->used.tv_nsec < b->used.tv_nsec ? -1 : a->used.tv_nsec > b->used.tv_nsec;
}

/* Down to four fifths, so that the next run need not begin again. */
static void
shrink(const char *cache, const memory *m, uint64_t limit)
{
	kept_files k = { .memory = m };
	char path[PATH_ROOM];

	for (unsigned folder = 0; folder < 256; folder++)
		list_folder(&k, cache, folder);
	if (k.size > limit) {
		qsort(k.list.at, k.list.n, sizeof(*k.list.at), by_use);
		for (size_t i = 0; i < k.list.n && k.size > limit - limit / 5; i++) {
			const kept_file *f = &k.list.at[i];
			snprintf(path, sizeof(path), "%s/%02x/%s", cache, f->folder, f->name);
			if (unlink(path) == 0)
				k.size -= f->size;
		}
	}
	ARRAY_FREE(m, &k.list);
}

/* Looking through thousands of files takes a while: it is done once an hour at most, unless
 * much was written. */
void
recall_trim(paraph_engine *e)
{
	uint64_t limit = e->cache_limit == 0 ? LIMIT_DEFAULT : e->cache_limit;
	uint64_t written = atomic_load(&e->cache_written);
	char mark[PATH_ROOM];
	struct stat st;

	if (e->cache == NULL || written == 0)
		return;
	snprintf(mark, sizeof(mark), "%s/looked-through", e->cache);
	bool lately = stat(mark, &st) == 0 && time(NULL) - st.st_mtim.tv_sec < 3600;
	if (lately && written < limit / 16)
		return;
	int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		(void)futimens(fd, NULL);
		close(fd);
	}
	shrink(e->cache, &e->memory, limit);
}
