#include "apps/lsp/backend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/cli/baseline.h"
#include "apps/cli/open.h"

const char *
backend_say(const backend *b, const char *en, const char *fr)
{
	return b->ui == PARAPH_LANGUAGE_FR ? fr : en;
}

/* ---- options ---- */

/* A value of the client's settings, else that of the command line. */
static const char *
chosen(const backend *b, const char *name, const char *given)
{
	const char *value = message_text(b->options, name);

	return value != NULL && value[0] != '\0' ? value : given;
}

/* The command line's list and what the client adds to it. */
static void
join(const backend *b, const char *name, const list *given, list *out)
{
	const json_t *more = json_object_get(b->options, name);
	json_t *value;
	size_t i;

	for (i = 0; i < given->n; i++)
		list_add(out, given->at[i], strlen(given->at[i]));
	json_array_foreach(more, i, value) if (json_is_string(value))
		list_add(out, json_string_value(value), json_string_length(value));
}

/* Lists that paraph_options point into. */
typedef struct lists {
	list enable, disable, only, termbases, memories, words, rules;
} lists;

static const char *const *
strings(const list *l)
{
	return (const char *const *)l->at;
}

static void
add_personal(const backend *b, lists *l)
{
	char path[4096];

	if (personal_words(b->cli, path, sizeof(path)) && access(path, R_OK) == 0)
		list_add(&l->words, path, strlen(path));
	if (!b->cli->no_config && paraph_termbase_personal(path, sizeof(path)) == PARAPH_OK &&
		access(path, R_OK) == 0)
		list_add(&l->termbases, path, strlen(path));
}

static void
read_lists(const backend *b, lists *l)
{
	add_personal(b, l);
	join(b, "enable", &b->cli->enable, &l->enable);
	join(b, "disable", &b->cli->disable, &l->disable);
	join(b, "only", &b->cli->only, &l->only);
	join(b, "termbases", &b->cli->termbases, &l->termbases);
	join(b, "memories", &b->cli->tms, &l->memories);
	join(b, "words", &b->cli->words, &l->words);
	join(b, "rules", &b->cli->rules, &l->rules);
}

static void
free_lists(lists *l)
{
	list *all[] = { &l->enable, &l->disable, &l->only, &l->termbases, &l->memories,
		&l->words, &l->rules };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		list_free(all[i]);
}

static bool
start_engine(backend *b)
{
	lists l = { 0 };

	if (b->engine != NULL)
		return true;
	read_lists(b, &l);
	paraph_options o = { .data_folder = b->cli->data,
		.ui = b->ui,
		.language = document_language(chosen(b, "language", b->cli->language)),
		.profile = chosen(b, "profile", b->cli->profile),
		.enable = strings(&l.enable),
		.disable = strings(&l.disable),
		.only = strings(&l.only),
		.termbases = strings(&l.termbases),
		.memories = strings(&l.memories),
		.words = strings(&l.words),
		.rules = strings(&l.rules),
		.settings = chosen(b, "config", b->cli->config),
		.find_settings = !b->cli->no_config,
		.no_builtin = b->cli->no_builtin };
	paraph_status opened =
		paraph_engine_open(&b->engine, &o, b->message, sizeof(b->message));
	free_lists(&l);
	return opened == PARAPH_OK;
}

/* ---- files as they were read ---- */

typedef struct stamp {
	off_t size;
	ino_t inode;
	struct timespec changed;
} stamp;

static stamp
look_at(const char *path, const char *ending)
{
	char name[4200];
	struct stat st;

	snprintf(name, sizeof(name), "%s%s", path, ending);
	if (stat(name, &st) != 0)
		return (stamp){ 0 };
	return (stamp){ st.st_size, st.st_ino, st.st_mtim };
}

static bool
is_same(stamp a, stamp b)
{
	return a.size == b.size && a.inode == b.inode && a.changed.tv_sec == b.changed.tv_sec &&
	       a.changed.tv_nsec == b.changed.tv_nsec;
}

/* ---- baselines ---- */

struct known_baseline {
	char *path;
	bool read;
	stamp file;     /* as it was then */
	baseline known; /* empty where the file cannot be read */
	known_baseline *next;
};

static void
forget_baselines(backend *b)
{
	while (b->baselines != NULL) {
		known_baseline *gone = b->baselines;
		b->baselines = gone->next;
		baseline_free(&gone->known);
		free(gone->path);
		free(gone);
	}
}

static known_baseline *
find_baseline(backend *b, const char *path)
{
	known_baseline *k = b->baselines;

	while (k != NULL && strcmp(k->path, path) != 0)
		k = k->next;
	if (k != NULL)
		return k;
	k = allocate(NULL, 1, sizeof(*k));
	*k = (known_baseline){ .path = copy_text(path), .next = b->baselines };
	b->baselines = k;
	return k;
}

/* The end of a message that is too long: it begins with the path. */
static void
take_message(backend *b, const char *message)
{
	static const char cut[] = "…";
	size_t n = strlen(message), room = sizeof(b->message) - sizeof(cut);

	if (n < sizeof(b->message)) {
		memcpy(b->message, message, n + 1);
		return;
	}
	message += n - room;
	while ((*message & 0xC0) == 0x80)
		message++;
	snprintf(b->message, sizeof(b->message), "%s%s", cut, message);
}

/* Only a file: of a pipe or a device nobody knows when it ends. */
static void
read_baseline(backend *b, known_baseline *k)
{
	char message[8192];
	struct stat st;

	baseline_free(&k->known);
	if (stat(k->path, &st) == 0 && !S_ISREG(st.st_mode))
		snprintf(message, sizeof(message),
			backend_say(b, "%s: the baseline is no regular file",
				"%s\u00A0: l’état de référence n’est pas un fichier ordinaire"),
			k->path);
	else if (baseline_load(&k->known, k->path, b->ui, message, sizeof(message)))
		return;
	baseline_free(&k->known);
	take_message(b, message);
}

/* Takes what the project knows out of the result. Why that cannot be read is told once. */
static void
pass_over_known(backend *b, paraph_result *r)
{
	char path[4096];
	paraph_text named = paraph_result_baseline(r);

	if (named.n == 0 || named.n >= sizeof(path))
		return;
	snprintf(path, sizeof(path), "%.*s", (int)named.n, named.p);
	stamp now = look_at(path, "");
	known_baseline *k = find_baseline(b, path);
	if (!k->read || !is_same(k->file, now)) {
		k->read = true;
		k->file = now;
		read_baseline(b, k);
	}
	if (k->known.count != 0)
		paraph_result_accept(r, baseline_knows, &k->known);
}

/* ---- documents ---- */

static void
drop(checked *d)
{
	paraph_result_free(d->result);
	lines_free(&d->text);
	d->result = NULL;
}

checked *
backend_find(backend *b, const char *uri)
{
	checked *d = b->documents;

	while (d != NULL && strcmp(d->uri, uri) != 0)
		d = d->next;
	return d;
}

void
backend_forget(backend *b, const char *uri)
{
	checked **at = &b->documents;

	while (*at != NULL && strcmp((*at)->uri, uri) != 0)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	checked *gone = *at;
	*at = gone->next;
	drop(gone);
	paraph_session_close(gone->session);
	json_decref(gone->items);
	free(gone->uri);
	free(gone->name);
	free(gone);
}

static checked *
make(backend *b, const char *uri, const char *name)
{
	checked *d = backend_find(b, uri);

	if (d == NULL) {
		d = allocate(NULL, 1, sizeof(*d));
		*d = (checked){ .uri = copy_text(uri), .next = b->documents };
		b->documents = d;
	}
	free(d->name);
	d->name = copy_text(name);
	drop(d);
	return d;
}

static bool
open_session(backend *b, checked *d)
{
	if (d->session != NULL)
		return true;
	if (paraph_session_open(&d->session, b->engine) == PARAPH_OK &&
		paraph_session_remember(d->session) == PARAPH_OK) {
		paraph_session_watch(d->session, b->wanted, b->wanted_user);
		paraph_session_utf8(d->session, true);
		return true;
	}
	snprintf(b->message, sizeof(b->message), "%s",
		backend_say(b, "out of memory", "plus assez de mémoire"));
	return false;
}

bool
backend_check(backend *b, const char *uri, const char *name, lines *text)
{
	checked *d = make(b, uri, name);

	d->text = *text;
	*text = (lines){ 0 };
	b->message[0] = '\0';
	if (!start_engine(b) || !open_session(b, d))
		return false;
	paraph_text own = { d->text.bytes, d->text.n };
	if (paraph_check(d->session, d->name, own, &d->result) == PARAPH_OK) {
		pass_over_known(b, d->result);
		return true;
	}
	snprintf(b->message, sizeof(b->message), "%s", paraph_session_message(d->session));
	return false;
}

void
backend_close_terms(backend *b)
{
	paraph_termbase_close(b->termbase);
	free(b->termbase_settings);
	b->termbase = NULL;
	b->termbase_settings = NULL;
}

/* ---- memories ---- */

struct known_memory {
	char *path;
	paraph_tm *tm;
	stamp file, log; /* SQLite writes to the log first */
	known_memory *next;
};

void
backend_forget_memory(backend *b, const char *path)
{
	known_memory **at = &b->memories;

	while (*at != NULL && strcmp((*at)->path, path) != 0)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	known_memory *gone = *at;
	*at = gone->next;
	paraph_tm_close(gone->tm);
	free(gone->path);
	free(gone);
}

static paraph_tm *
open_memory(backend *b, const char *path, stamp file, stamp log)
{
	paraph_tm_options o = { .ui = b->ui, .path = path };
	paraph_tm *tm;

	if (paraph_tm_open(&tm, &o, NULL, 0) != PARAPH_OK)
		return NULL;
	known_memory *m = allocate(NULL, 1, sizeof(*m));
	*m = (known_memory){ copy_text(path), tm, file, log, b->memories };
	b->memories = m;
	return tm;
}

paraph_tm *
backend_memory(backend *b, const char *path)
{
	stamp file = look_at(path, ""), log = look_at(path, "-wal");

	for (known_memory *m = b->memories; m != NULL; m = m->next)
		if (strcmp(m->path, path) == 0 && is_same(m->file, file) &&
			is_same(m->log, log))
			return m->tm;
	backend_forget_memory(b, path);
	return open_memory(b, path, file, log);
}

void
backend_close(backend *b)
{
	while (b->memories != NULL)
		backend_forget_memory(b, b->memories->path);
	forget_baselines(b);
	for (checked *d = b->documents; d != NULL; d = d->next) {
		drop(d);
		paraph_session_close(d->session);
		d->session = NULL;
	}
	backend_close_terms(b);
	paraph_engine_close(b->engine);
	b->engine = NULL;
}

void
backend_configure(backend *b, json_t *options)
{
	const char *ui = message_text(options, "uiLanguage");

	backend_close(b);
	json_decref(b->options);
	b->options = options;
	b->ui = ui != NULL && ui[0] != '\0' ? language_of_tag(ui) : b->usual;
}

/* ---- what else is asked ---- */

paraph_termbase *
backend_terms(backend *b, const char *name)
{
	char path[4096] = "";
	lists l = { 0 };
	const char *config = chosen(b, "config", b->cli->config);

	if (config != NULL)
		snprintf(path, sizeof(path), "%s", config);
	else if (!b->cli->no_config)
		(void)(paraph_settings_find(name, path, sizeof(path)) == PARAPH_OK);
	if (b->termbase != NULL && strcmp(b->termbase_settings, path) == 0)
		return b->termbase;
	backend_close_terms(b);
	read_lists(b, &l);
	paraph_termbase_options o = { .data_folder = b->cli->data,
		.ui = b->ui,
		.no_builtin = b->cli->no_builtin,
		.settings = path[0] == '\0' ? NULL : path,
		.paths = strings(&l.termbases) };
	if (paraph_termbase_open(&b->termbase, &o, b->message, sizeof(b->message)) == PARAPH_OK)
		b->termbase_settings = copy_text(path);
	free_lists(&l);
	return b->termbase;
}

/* Those of the files of settings, beside which they stand, and of the options. */
static paraph_status
add_memory(void *user, const paraph_setting *s)
{
	char path[8300];
	size_t folder = s->path.n;

	if (strcmp(s->key, "memories") != 0)
		return PARAPH_OK;
	while (folder > 0 && s->path.p[folder - 1] != '/')
		folder--;
	if (s->option != NULL || (s->value.n != 0 && s->value.p[0] == '/'))
		folder = 0;
	int n = snprintf(path, sizeof(path), "%.*s%.*s", (int)folder,
		folder == 0 ? "" : s->path.p, (int)s->value.n, s->value.p);
	if (n > 0 && (size_t)n < sizeof(path) && (s->option != NULL || access(path, R_OK) == 0))
		list_add(user, path, (size_t)n);
	return PARAPH_OK;
}

void
backend_memories(const checked *d, bool (*each)(void *user, const char *path), void *user)
{
	list paths = { 0 };

	(void)!paraph_session_settings(d->session, d->name, add_memory, &paths);
	for (size_t i = 0; i < paths.n && each(user, paths.at[i]); i++)
		;
	list_free(&paths);
}
