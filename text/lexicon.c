/* The lexicon as others see it: finding, checking and if need be rebuilding the compiled file,
 * then the questions about words.
 *
 * A file is fresh when the dictionaries have the size and time noted in it; when only the time
 * differs their contents are hashed (2 ms). Without dictionaries on the machine the file is
 * taken as it is. Where DATA cannot be written, the rebuilt file goes to the user's cache
 * folder, which is looked at second. */
#include "text/lexicon.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "text/fold.h"
#include "text/hunspell.h"
#include "text/lexicon_map.h"
#include "text/lexicon_source.h"
#include "text/lexicon_view.h"
#include "text/verdict.h"

#define PATH_ROOM 4096
#define FOLD_BYTES 1024

struct lexicon {
	const memory *memory;
	lexicon_map map;
	size_t sides;
	verdict_side rules[LEXICON_SIDES];
	hunspell *hunspell[LEXICON_SIDES];
	atomic_size_t asked;
};

/* ---- the file ---- */

static bool
same_content(context *c, const char *path, uint64_t hash)
{
	file f;

	if (file_open(&f, c, path) != STATUS_OK)
		return false;
	bool same = slice_hash(f.bytes) == hash;
	file_close(&f, c->memory);
	return same;
}

/* A source that is not there cannot have changed. */
static bool
source_is_fresh(const lexicon_map *m, context *c, const char *folder, size_t side, size_t part)
{
	char path[PATH_ROOM];
	struct stat st;
	size_t i = side * 2 + part;

	if (lexicon_source_path(path, sizeof(path), folder, (language)m->header->language, side,
		    part) != STATUS_OK ||
		stat(path, &st) != 0)
		return true;
	if ((uint64_t)st.st_size != m->header->sources[i].bytes)
		return false;
	return (int64_t)st.st_mtime == m->header->sources[i].modified ||
	       same_content(c, path, m->header->sources[i].hash);
}

static bool
is_fresh(const lexicon_map *m, context *c)
{
	const char *folder = lexicon_source_folder();

	for (size_t side = 0; side < LEXICON_SIDES; side++)
		for (size_t part = 0; part < 2; part++)
			if (lexicon_source_name((language)m->header->language, side) != NULL &&
				!source_is_fresh(m, c, folder, side, part))
				return false;
	return true;
}

static bool
sources_exist(language l)
{
	char path[PATH_ROOM];
	struct stat st;

	for (size_t side = 0; side < LEXICON_SIDES; side++)
		for (size_t part = 0; part < 2; part++)
			if (lexicon_source_name(l, side) != NULL &&
				(lexicon_source_path(path, sizeof(path),
					 lexicon_source_folder(), l, side, part) != STATUS_OK ||
					stat(path, &st) != 0))
				return false;
	return true;
}

static bool
join_path(char out[PATH_ROOM], const char *folder, const char *rest, language l,
	const char *ending)
{
	int n = snprintf(out, PATH_ROOM, "%s%s/%s%s", folder, rest, language_name(l), ending);

	return n > 0 && n < PATH_ROOM;
}

static bool
cache_path(char out[PATH_ROOM], language l)
{
	char folder[PATH_ROOM];
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	bool own = cache != NULL && *cache == '/';

	if (!own && (home == NULL || *home != '/'))
		return false;
	int n = snprintf(
		folder, sizeof(folder), "%s%s", own ? cache : home, own ? "" : "/.cache");
	if (n < 0 || n >= PATH_ROOM || !join_path(out, folder, "/paraph", l, ".lexicon"))
		return false;
	(void)mkdir(folder, 0700);
	n = snprintf(folder, sizeof(folder), "%s%s/paraph", own ? cache : home,
		own ? "" : "/.cache");
	if (n > 0 && n < PATH_ROOM)
		(void)mkdir(folder, 0700);
	return true;
}

static bool
open_fresh(lexicon_map *m, context *c, const char *path, language l)
{
	if (lexicon_map_open(m, path, l) != STATUS_OK)
		return false;
	if (is_fresh(m, c))
		return true;
	lexicon_map_close(m);
	return false;
}

static status
rebuild(lexicon_map *m, context *c, language l, const char *data_folder, const char *path)
{
	char frequencies[PATH_ROOM], cached[PATH_ROOM];
	const char *folder = lexicon_source_folder();

	if (!join_path(frequencies, data_folder, "/lang", l, "-frequency.tsv"))
		return STATUS_LIMIT;
	status s = lexicon_compile(c, l, folder, frequencies, path);
	if (s == STATUS_OK)
		return lexicon_map_open(m, path, l);
	if ((s != STATUS_IO && s != STATUS_NOT_FOUND) || !cache_path(cached, l))
		return s;
	TRY(lexicon_compile(c, l, folder, frequencies, cached));
	return lexicon_map_open(m, cached, l);
}

static status
no_dictionary(context *c, language l)
{
	return context_fail(c, STATUS_NOT_FOUND,
		"%s/%s.dic: no Hunspell dictionary, and no compiled one that is sound",
		"%s/%s.dic\u00A0: ni dictionnaire Hunspell, ni dictionnaire compilé en bon "
		"état",
		lexicon_source_folder(), lexicon_source_name(l, 0));
}

static status
find_file(lexicon_map *m, context *c, language l, const char *data_folder)
{
	char path[PATH_ROOM], cached[PATH_ROOM];

	if (!join_path(path, data_folder, "", l, ".lexicon"))
		return context_fail(c, STATUS_LIMIT, "%s: path too long",
			"%s\u00A0: chemin trop long", data_folder);
	if (open_fresh(m, c, path, l))
		return STATUS_OK;
	if (cache_path(cached, l) && open_fresh(m, c, cached, l))
		return STATUS_OK;
	if (sources_exist(l))
		return rebuild(m, c, l, data_folder, path);
	return lexicon_map_open(m, path, l) == STATUS_OK ? STATUS_OK : no_dictionary(c, l);
}

static status
open_side(lexicon *x, language l, size_t side)
{
	char aff[PATH_ROOM], dic[PATH_ROOM];
	const char *folder = lexicon_source_folder();

	TRY(lexicon_source_path(aff, sizeof(aff), folder, l, side, 0));
	TRY(lexicon_source_path(dic, sizeof(dic), folder, l, side, 1));
	TRY(verdict_read(&x->rules[side], x->memory, x->map.rules, side));
	x->sides = side + 1;
	return hunspell_open(&x->hunspell[side], x->memory, aff, dic);
}

static status
open_parts(lexicon *x, context *c, language l, const char *data_folder)
{
	TRY(find_file(&x->map, c, l, data_folder));
	for (size_t side = 0; lexicon_source_name(l, side) != NULL; side++)
		TRY(open_side(x, l, side));
	return STATUS_OK;
}

status
lexicon_open(lexicon **out, context *c, language l, const char *data_folder)
{
	*out = NULL;
	if (lexicon_source_name(l, 0) == NULL)
		return context_fail(c, STATUS_USAGE, "no dictionary for the language “%s”",
			"pas de dictionnaire pour la langue «\u00A0%s\u00A0»",
			language_name(l));
	lexicon *x = memory_alloc(c->memory, sizeof(*x));
	if (x == NULL)
		return STATUS_MEMORY;
	*x = (lexicon){ .memory = c->memory };
	status s = open_parts(x, c, l, data_folder);
	if (s == STATUS_OK)
		*out = x;
	else
		lexicon_close(x);
	return s;
}

void
lexicon_close(lexicon *x)
{
	if (x == NULL)
		return;
	for (size_t i = 0; i < LEXICON_SIDES; i++) {
		verdict_free(&x->rules[i], x->memory);
		hunspell_close(x->hunspell[i]);
	}
	lexicon_map_close(&x->map);
	memory_free(x->memory, x);
}

status
lexicon_verify(const lexicon *x, context *c)
{
	const char *name = language_name((language)x->map.header->language);

	if (lexicon_map_is_sound(&x->map))
		return STATUS_OK;
	return context_fail(c, STATUS_DAMAGED,
		"%s.lexicon is damaged; delete it, and it is made anew",
		"%s.lexicon est endommagé\u00A0; effacez-le, et il sera refait", name);
}

/* ---- questions ---- */

const lexicon_map *
lexicon_view(const lexicon *x)
{
	return &x->map;
}

/* Known as it stands, whatever its capitals: no need to try anything else. A trailing period
 * is not part of the word to Hunspell, and some characters are converted first. */
bool
lexicon_knows_form(const lexicon *x, slice word, uint32_t form)
{
	const uint8_t known = VERDICT_DIRECT | VERDICT_AFFIXED;
	const uint8_t doubts = VERDICT_UPPER | VERDICT_FORBIDDEN;
	struct lexicon_class c;

	if (word.n == 0 || word.p[word.n - 1] == '.')
		return false;
	c = lexicon_map_class(&x->map, form);
	for (size_t i = 0; i < x->sides; i++)
		if ((c.verdict[i] & known) != 0 && (c.verdict[i] & doubts) == 0)
			return true;
	return false;
}

bool
lexicon_knows(lexicon *x, slice word)
{
	if (lexicon_knows_form(x, word, lexicon_map_find(&x->map, word)))
		return true;
	for (size_t i = 0; i < x->sides; i++) {
		verdict v = verdict_of(&x->map, &x->rules[i], i, word);
		if (v == VERDICT_UNDECIDED) {
			atomic_fetch_add(&x->asked, 1);
			v = hunspell_knows(x->hunspell[i], word) ? VERDICT_KNOWN
								 : VERDICT_UNKNOWN;
		}
		if (v == VERDICT_KNOWN)
			return true;
	}
	return false;
}

size_t
lexicon_asked_hunspell(const lexicon *x)
{
	return atomic_load(&x->asked);
}

/* The dictionaries write every apostrophe straight. */
uint32_t
lexicon_find(const lexicon *x, slice form)
{
	char straight[FOLD_BYTES];
	size_t n = 0;
	uint32_t i = lexicon_map_find(&x->map, form);

	if (i != LEXICON_NONE || form.n > FOLD_BYTES || form.n == 0 ||
		memchr(form.p, '\xE2', form.n) == NULL)
		return i;
	for (size_t at = 0; at < form.n;) {
		bool curly = slice_starts(slice_sub(form, at, form.n), SLICE("’"));
		straight[n++] = curly ? '\'' : form.p[at];
		at += curly ? 3 : 1;
	}
	return lexicon_map_find(&x->map, (slice){ straight, n });
}

void
lexicon_expect(const lexicon *x, slice form)
{
	lexicon_map_expect(&x->map, form);
}

size_t
lexicon_analyses_of(const lexicon *x, uint32_t form, const analysis **out)
{
	uint32_t start, end;

	*out = NULL;
	if (form >= x->map.form_count)
		return 0;
	start = x->map.forms[form].analyses;
	end = x->map.forms[form + 1].analyses;
	if (start > end || end > x->map.analysis_count)
		return 0;
	*out = x->map.analyses + start;
	return end - start;
}

size_t
lexicon_analyses(const lexicon *x, slice form, const analysis **out)
{
	return lexicon_analyses_of(x, lexicon_find(x, form), out);
}

lexicon_ends
lexicon_ends_of(const lexicon *x, uint32_t form)
{
	if (form >= x->map.form_count)
		return (lexicon_ends){ UINT16_MAX, UINT16_MAX };
	return (lexicon_ends){ x->map.forms[form].before, x->map.forms[form].after };
}

slice
lexicon_lemma(const lexicon *x, uint32_t lemma)
{
	uint32_t start, end;

	if (lemma >= x->map.lemma_count)
		return SLICE("");
	start = x->map.lemmas[lemma];
	end = x->map.lemmas[lemma + 1];
	if (start > end || end > x->map.lemma_text.n)
		return SLICE("");
	return (slice){ x->map.lemma_text.p + start, end - start };
}

uint32_t
lexicon_frequency_of(const lexicon *x, uint32_t form)
{
	return form >= x->map.form_count
		       ? 0
		       : (lexicon_frequency_unpack(x->map.forms[form].frequency) + 99) / 100;
}

uint32_t
lexicon_frequency_exact(const lexicon *x, slice form)
{
	return lexicon_frequency_of(x, lexicon_find(x, form));
}

/* All forms of some frequency lie together. */
uint32_t
lexicon_frequency_straight(const lexicon *x, slice form)
{
	return lexicon_frequency_of(x, lexicon_map_find_frequent(&x->map, form));
}

/* Every form carries the frequency of its lower-case spelling; what is no form is looked for in
 * lower case and capitalised. */
uint32_t
lexicon_frequency(const lexicon *x, slice form)
{
	char other[3 * FOLD_BYTES + 4];
	uint32_t found = lexicon_find(x, form);

	if (found == LEXICON_NONE && form.n <= FOLD_BYTES) {
		slice small = { other, text_small(other, form) };
		if (!slice_equal(small, form))
			found = lexicon_find(x, small);
		if (found == LEXICON_NONE)
			found = lexicon_find(x, (slice){ other, text_capitalise(other, form) });
	}
	return lexicon_frequency_of(x, found);
}

bool
lexicon_may_hold(const lexicon *x, uint64_t rolling)
{
	return lexicon_map_may_hold(&x->map, rolling);
}

size_t
lexicon_unfold(const lexicon *x, slice folded, slice *out, size_t max)
{
	uint32_t first, end;
	size_t n = 0;

	if (!lexicon_map_group(&x->map, lexicon_map_folded(&x->map, folded), &first, &end))
		return 0;
	for (uint32_t i = first; i < end && n < max; i++) {
		struct lexicon_class c = lexicon_map_class(&x->map, i);
		bool plain = false;
		for (size_t side = 0; side < x->sides; side++)
			plain |= (c.verdict[side] & (VERDICT_DIRECT | VERDICT_AFFIXED)) != 0 &&
				 (c.verdict[side] & VERDICT_UPPER) == 0;
		if (plain)
			out[n++] = lexicon_map_form(&x->map, i);
	}
	return n;
}
