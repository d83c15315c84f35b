/* Reads rule files. What is wrong is told with file, line and column; nothing of a file with a
 * fault is used. */
#include "checker/custom.h"

#include <stdio.h>

#include "base/file.h"
#include "base/nearest.h"

#define FILE_MAX ((size_t)16 << 20)

typedef struct loader {
	context *context;
	arena *arena;
	slice path;
	phrase_reader phrases;
	custom_rules *rules;
} loader;

static status
fail(const loader *l, const yaml *y, const char *en, const char *fr)
{
	return yaml_fail(
		l->context, l->path, y, "%s", "%s", l->context->ui == LANGUAGE_FR ? fr : en);
}

static status
expect(const loader *l, const yaml *y, yaml_kind kind)
{
	return yaml_expect(l->context, l->path, y, kind);
}

static status
no_such_key(const loader *l, const yaml *y, const char *const *known)
{
	nearest n;

	nearest_init(&n, y->key);
	for (; *known != NULL; known++)
		nearest_offer(&n, slice_of(*known));
	return yaml_no_such_key(l->context, l->path, y, &n);
}

/* A text, or a list of texts; ~ and an empty text are an empty list. */
static status
read_texts(const loader *l, const yaml *y, const slice **out, size_t *count)
{
	const yaml *first = y->kind == YAML_LIST ? y->first : y;
	size_t n = 0;

	if (y->kind == YAML_MAP)
		return expect(l, y, YAML_TEXT);
	for (const yaml *t = first; t != NULL; t = y->kind == YAML_LIST ? t->next : NULL)
		n++;
	slice *texts = ARENA_ARRAY(l->arena, slice, n);
	if (texts == NULL)
		return STATUS_MEMORY;
	*count = 0;
	for (const yaml *t = first; t != NULL; t = y->kind == YAML_LIST ? t->next : NULL) {
		TRY(expect(l, t, YAML_TEXT));
		bool none = !t->quoted && (t->text.n == 0 || slice_equal(t->text, SLICE("~")));
		if (!none)
			texts[(*count)++] = t->text;
	}
	*out = texts;
	return STATUS_OK;
}

/* ---- phrases ---- */

static status
add_phrase(loader *l, custom_rule *u, const yaml *at, slice text, custom_phrase p)
{
	p.written = text;
	for (int k = 0; k < LANGUAGES; k++) {
		if (k == 0 ? !u->base.fr : !u->base.en)
			continue;
		status s = phrase_read(
			&l->phrases, text, (language)(LANGUAGE_FR + k), u->exact, &p.phrase);
		if (s == STATUS_USAGE)
			return yaml_fail(l->context, l->path, at,
				"“%.*s” is not a phrase: it begins with a word, and each "
				"alternative is one",
				"«\u00A0%.*s\u00A0» n’est pas une expression\u00A0: elle "
				"commence par un mot, "
				"et chaque variante en est un",
				SLICE_ARG(text));
		TRY(s);
		u->phrases[k].at[u->phrases[k].count++] = p;
	}
	return STATUS_OK;
}

static status
room_for_phrases(loader *l, custom_rule *u, size_t n)
{
	for (int k = 0; k < LANGUAGES; k++) {
		u->phrases[k].at = ARENA_ARRAY(l->arena, custom_phrase, n);
		if (u->phrases[k].at == NULL)
			return STATUS_MEMORY;
	}
	return STATUS_OK;
}

static size_t
count_members(const yaml *y)
{
	size_t n = 0;

	for (const yaml *m = y->first; m != NULL; m = m->next)
		n++;
	return n;
}

static status
read_replace(loader *l, custom_rule *u, const yaml *y)
{
	TRY(expect(l, y, YAML_MAP));
	TRY(room_for_phrases(l, u, count_members(y)));
	for (const yaml *m = y->first; m != NULL; m = m->next) {
		custom_phrase p = { 0 };
		yaml key = { .line = m->key_line, .column = m->key_column };
		TRY(read_texts(l, m, &p.suggestions, &p.suggestion_count));
		TRY(add_phrase(l, u, &key, m->key, p));
	}
	return STATUS_OK;
}

static status
read_words(loader *l, custom_rule *u, const yaml *y)
{
	const slice *texts;
	size_t n;

	TRY(read_texts(l, y, &texts, &n));
	TRY(room_for_phrases(l, u, n));
	for (size_t i = 0; i < n; i++)
		TRY(add_phrase(l, u, y, texts[i], (custom_phrase){ 0 }));
	return STATUS_OK;
}

static status
read_group(loader *l, custom_rule *u, const yaml *group)
{
	uint32_t form = 0;

	TRY(expect(l, group, YAML_LIST));
	for (const yaml *m = group->first; m != NULL; m = m->next) {
		custom_phrase p = { .group = (uint32_t)u->groups, .form = form++ };
		TRY(expect(l, m, YAML_TEXT));
		TRY(add_phrase(l, u, m, m->text, p));
	}
	if (form < 2)
		return fail(l, group, "a choice has two forms at least",
			"un choix a au moins deux formes");
	u->forms_most = form > u->forms_most ? form : u->forms_most;
	u->groups++;
	return STATUS_OK;
}

static status
read_either(loader *l, custom_rule *u, const yaml *y)
{
	size_t n = 0;

	TRY(expect(l, y, YAML_LIST));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		n += count_members(m);
	TRY(room_for_phrases(l, u, n));
	for (const yaml *m = y->first; m != NULL; m = m->next)
		TRY(read_group(l, u, m));
	return STATUS_OK;
}

/* ---- regular expressions ---- */

static status
read_pattern(loader *l, const yaml *y, bool ignore_case, pattern **out)
{
	char said[256] = "";
	size_t offset;

	TRY(expect(l, y, YAML_TEXT));
	status s = pattern_compile(out, y->text, ignore_case, said, sizeof(said), &offset);
	if (s != STATUS_FORMAT)
		return s;
	return yaml_fail(l->context, l->path, y,
		"the regular expression has a fault at character %zu: %s",
		"l’expression régulière a une faute au caractère %zu\u00A0: %s", offset + 1,
		said);
}

/* ---- what all rules have ---- */

static const char *
terminated(loader *l, slice s)
{
	slice copy;

	return arena_copy(l->arena, s, &copy) == STATUS_OK ? copy.p : NULL;
}

static status
keep_text(loader *l, slice s, const char **out)
{
	*out = terminated(l, s);
	return *out == NULL ? STATUS_MEMORY : STATUS_OK;
}

/* A text for both languages, or {en: …, fr: …}. */
static status
read_both(loader *l, const yaml *y, const char **en, const char **fr)
{
	static const char *const known[] = { "en", "fr", NULL };

	if (y->kind == YAML_TEXT) {
		TRY(keep_text(l, y->text, en));
		return keep_text(l, y->text, fr);
	}
	TRY(expect(l, y, YAML_MAP));
	for (const yaml *m = y->first; m != NULL; m = m->next) {
		TRY(expect(l, m, YAML_TEXT));
		if (slice_equal(m->key, SLICE("en")))
			TRY(keep_text(l, m->text, en));
		else if (slice_equal(m->key, SLICE("fr")))
			TRY(keep_text(l, m->text, fr));
		else
			return no_such_key(l, m, known);
	}
	*en = *en != NULL ? *en : *fr;
	*fr = *fr != NULL ? *fr : *en;
	return STATUS_OK;
}

static status
read_id(loader *l, const yaml *y, custom_rule *u)
{
	TRY(expect(l, y, YAML_TEXT));
	const char *slash = memchr(y->text.p, '/', y->text.n);
	bool plain = slash != NULL && slash != y->text.p && slash + 1 != y->text.p + y->text.n;
	for (size_t i = 0; i < y->text.n; i++)
		plain = plain &&
			strchr("abcdefghijklmnopqrstuvwxyz0123456789-/", y->text.p[i]) != NULL;
	if (!plain)
		return fail(l, y,
			"the name of a rule is family/name, in small letters and hyphens",
			"le nom d’une règle est famille/nom, en minuscules et traits d’union");
	for (size_t i = 0; i < rule_count(); i++)
		if (slice_equal(slice_of(rule_at(i)->id), y->text))
			return fail(l, y, "paraph has a rule of this name",
				"paraph a déjà une règle de ce nom");
	for (const custom_rule *o = l->rules->first; o != NULL; o = o->next)
		if (!o->of_project && slice_equal(slice_of(o->base.id), y->text))
			return fail(l, y, "another rule has this name",
				"une autre règle porte ce nom");
	return keep_text(l, y->text, &u->base.id);
}

static status
read_level(loader *l, const yaml *y, custom_rule *u)
{
	TRY(expect(l, y, YAML_TEXT));
	u->base.off = slice_equal(y->text, SLICE("off"));
	for (int k = SEVERITY_INFO; k <= SEVERITY_ERROR; k++)
		if (slice_equal(y->text, slice_of(severity_name((severity)k)))) {
			u->base.severity = (severity)k;
			return STATUS_OK;
		}
	return u->base.off ? STATUS_OK
			   : fail(l, y, "a level is off, info, warning or error",
				     "un niveau est off, info, warning ou error");
}

static status
read_fix(loader *l, const yaml *y, custom_rule *u)
{
	TRY(expect(l, y, YAML_TEXT));
	if (slice_equal(y->text, SLICE("safe")))
		u->base.fix = FIX_SAFE;
	else if (!slice_equal(y->text, SLICE("review")))
		return fail(l, y, "a correction is safe or review",
			"une correction est safe ou review");
	return STATUS_OK;
}

static status
read_language(loader *l, const yaml *y, bool *fr, bool *en)
{
	TRY(expect(l, y, YAML_TEXT));
	*fr = slice_equal(y->text, SLICE("fr")) || slice_equal(y->text, SLICE("both"));
	*en = slice_equal(y->text, SLICE("en")) || slice_equal(y->text, SLICE("both"));
	return *fr || *en ? STATUS_OK
			  : fail(l, y, "a language is fr, en or both",
				    "une langue est fr, en ou both");
}

static status
read_flag(loader *l, const yaml *y, const char *yes, const char *no, bool *out)
{
	TRY(expect(l, y, YAML_TEXT));
	*out = slice_is(y->text, yes);
	if (*out || slice_is(y->text, no))
		return STATUS_OK;
	return yaml_fail(l->context, l->path, y, "this is %s or %s", "c’est %s ou %s", yes, no);
}

static status
read_example(loader *l, const yaml *y, custom_rule *u)
{
	static const char *const known[] = { "wrong", "right", "language", NULL };
	custom_example *e = &u->examples[u->example_count++];
	bool fr = u->base.fr, en = u->base.en;

	TRY(expect(l, y, YAML_MAP));
	for (const yaml *m = y->first; m != NULL; m = m->next) {
		TRY(expect(l, m, YAML_TEXT));
		if (slice_equal(m->key, SLICE("wrong")))
			TRY(keep_text(l, m->text, &e->wrong));
		else if (slice_equal(m->key, SLICE("right")))
			TRY(keep_text(l, m->text, &e->right));
		else if (slice_equal(m->key, SLICE("language")))
			TRY(read_language(l, m, &fr, &en));
		else
			return no_such_key(l, m, known);
	}
	e->language = fr ? LANGUAGE_FR : LANGUAGE_EN;
	return STATUS_OK;
}

static status
read_examples(loader *l, const yaml *y, custom_rule *u)
{
	TRY(expect(l, y, YAML_LIST));
	u->examples = ARENA_ARRAY(l->arena, custom_example, count_members(y));
	if (u->examples == NULL)
		return STATUS_MEMORY;
	for (const yaml *m = y->first; m != NULL; m = m->next)
		TRY(read_example(l, m, u));
	return STATUS_OK;
}

/* ---- one rule ---- */

/* A rule looks for one kind of thing: the second one would never be looked for. */
static status
refuse_second_matcher(const loader *l, const yaml *map)
{
	static const char *const matchers[] = { "replace", "words", "either", "pattern", "if",
		NULL };
	bool one = false;

	for (const yaml *m = map->first; m != NULL; m = m->next) {
		if (!slice_is_one_of(m->key, matchers))
			continue;
		if (one)
			return yaml_fail_key(l->context, l->path, m,
				"“%.*s” would be a second thing to look for: make another rule "
				"of it",
				"«\u00A0%.*s\u00A0» serait une deuxième chose à "
				"chercher\u00A0: faites-en une autre règle",
				SLICE_ARG(m->key));
		one = true;
	}
	return STATUS_OK;
}

static status
read_matcher(loader *l, const yaml *map, custom_rule *u)
{
	const yaml *ignore = yaml_get(map, SLICE("case")), *y;
	bool any_case = false;

	TRY(refuse_second_matcher(l, map));
	if (ignore != NULL) {
		TRY(read_flag(l, ignore, "ignore", "keep", &any_case));
		u->exact = !any_case;
	}
	if ((y = yaml_get(map, SLICE("replace"))) != NULL)
		return read_replace(l, u, y);
	if ((y = yaml_get(map, SLICE("words"))) != NULL)
		return read_words(l, u, y);
	if ((y = yaml_get(map, SLICE("either"))) != NULL) {
		u->kind = CUSTOM_EITHER;
		return read_either(l, u, y);
	}
	if ((y = yaml_get(map, SLICE("pattern"))) != NULL) {
		u->kind = CUSTOM_PATTERN;
		return read_pattern(l, y, any_case, &u->pattern);
	}
	y = yaml_get(map, SLICE("if"));
	const yaml *then = yaml_get(map, SLICE("then"));
	if (y == NULL || then == NULL)
		return fail(l, map,
			"a rule has one of: replace, words, either, pattern, or if and then",
			"une règle a l’un de ceux-ci\u00A0: replace, words, either, pattern, "
			"ou if "
			"et "
			"then");
	u->kind = CUSTOM_IF;
	TRY(read_pattern(l, y, any_case, &u->pattern));
	return read_pattern(l, then, any_case, &u->then);
}

static status
read_key(loader *l, const yaml *y, custom_rule *u)
{
	static const char *const known[] = { "id", "language", "level", "message",
		"explanation", "source", "fix", "replace", "words", "either", "pattern",
		"suggest", "if", "then", "scope", "case", "quotations", "examples", NULL };
	slice k = y->key;

	if (slice_equal(k, SLICE("level")))
		return read_level(l, y, u);
	if (slice_equal(k, SLICE("message")))
		return read_both(l, y, &u->base.summary_en, &u->base.summary_fr);
	if (slice_equal(k, SLICE("explanation")))
		return read_both(l, y, &u->base.explanation_en, &u->base.explanation_fr);
	if (slice_equal(k, SLICE("source")))
		return y->kind == YAML_TEXT ? keep_text(l, y->text, &u->base.source)
					    : expect(l, y, YAML_TEXT);
	if (slice_equal(k, SLICE("fix")))
		return read_fix(l, y, u);
	if (slice_equal(k, SLICE("scope")))
		return read_flag(l, y, "document", "paragraph", &u->of_document);
	if (slice_equal(k, SLICE("quotations")))
		return read_flag(l, y, "check", "skip", &u->in_quotations);
	if (slice_equal(k, SLICE("suggest"))) {
		u->suggest = y->text;
		return expect(l, y, YAML_TEXT);
	}
	if (slice_is_one_of(k, known))
		return STATUS_OK; /* read before or after the others */
	return no_such_key(l, y, known);
}

/* The words and lemmas that phrases begin with. */
static status
watch(loader *l, custom_rule *u)
{
	size_t n = 0, plain = 0, lemmas = 0;

	for (int k = 0; k < LANGUAGES; k++)
		for (size_t i = 0; i < u->phrases[k].count; i++)
			n += u->phrases[k].at[i].phrase.at[0].count;
	const char **w = ARENA_ARRAY(l->arena, const char *, n + 1);
	const char **m = ARENA_ARRAY(l->arena, const char *, n + 1);
	if (w == NULL || m == NULL)
		return STATUS_MEMORY;
	for (int k = 0; k < LANGUAGES; k++)
		for (size_t i = 0; i < u->phrases[k].count; i++) {
			const element *e = &u->phrases[k].at[i].phrase.at[0];
			for (size_t j = 0; j < e->count; j++)
				if (e->kind == ELEMENT_LEMMA)
					m[lemmas++] = e->words[j].p;
				else
					w[plain++] = e->lower[j].p;
		}
	u->base.watch = w;
	u->base.watch_lemmas = m;
	u->base.on = (uint32_t)FEATURE_WATCHED;
	return STATUS_OK;
}

static status
wire(loader *l, custom_rule *u)
{
	switch (u->kind) {
	case CUSTOM_REPLACE:
		u->base.token = custom_token;
		return watch(l, u);
	case CUSTOM_EITHER:
		u->base.token = custom_either_token;
		u->base.document = custom_either_document;
		return watch(l, u);
	case CUSTOM_PATTERN:
		u->base.block = custom_pattern_block;
		return STATUS_OK;
	default:
		u->base.block = custom_if_block;
		u->base.document = u->of_document ? custom_if_document : NULL;
		return STATUS_OK;
	}
}

/* A rule is added to the list before it is read, so that its patterns have an owner. */
static custom_rule *
add_rule(loader *l)
{
	custom_rule *u = ARENA_NEW(l->arena, custom_rule);

	if (u == NULL)
		return NULL;
	*u = (custom_rule){ .path = l->path };
	u->base = (rule){ .id = "", .severity = SEVERITY_WARNING, .fix = FIX_REVIEW };
	if (l->rules->last == NULL)
		l->rules->first = u;
	else
		l->rules->last->next = u;
	l->rules->last = u;
	l->rules->count++;
	return u;
}

static status
read_rule(loader *l, const yaml *map)
{
	const yaml *id = yaml_get(map, SLICE("id")), *y = yaml_get(map, SLICE("language"));
	custom_rule *u;

	TRY(expect(l, map, YAML_MAP));
	if (id == NULL)
		return fail(l, map, "a rule has an id", "une règle a un nom (id)");
	if (l->rules->count + rule_count() == RULES_MAX)
		return fail(l, map, "too many rules", "trop de règles");
	if ((u = add_rule(l)) == NULL)
		return STATUS_MEMORY;
	TRY(read_id(l, id, u));
	u->base.fr = u->base.en = true;
	if (y != NULL)
		TRY(read_language(l, y, &u->base.fr, &u->base.en));
	TRY(read_matcher(l, map, u));
	for (y = map->first; y != NULL; y = y->next)
		TRY(read_key(l, y, u));
	if (u->base.summary_en == NULL)
		return fail(l, map, "a rule has a message for people",
			"une règle a un message pour les personnes");
	if (u->base.explanation_en == NULL) {
		u->base.explanation_en = u->base.summary_en;
		u->base.explanation_fr = u->base.summary_fr;
	}
	if (u->base.source == NULL)
		u->base.source = l->path.p;
	if ((y = yaml_get(map, SLICE("examples"))) != NULL)
		TRY(read_examples(l, y, u));
	return wire(l, u);
}

static status
read_file(loader *l, slice bytes)
{
	static const char *const known[] = { "rules", NULL };
	yaml *root;

	TRY(yaml_read(l->context, l->arena, l->path, bytes, &root));
	TRY(expect(l, root, YAML_MAP));
	for (const yaml *y = root->first; y != NULL; y = y->next) {
		if (!slice_equal(y->key, SLICE("rules")))
			return no_such_key(l, y, known);
		TRY(expect(l, y, YAML_LIST));
		for (const yaml *m = y->first; m != NULL; m = m->next)
			TRY(read_rule(l, m));
	}
	return STATUS_OK;
}

status
custom_read(custom_rules *rules, context *c, arena *a, const char *path)
{
	loader l = { .context = c, .arena = a, .rules = rules };
	file f;

	TRY(arena_copy(a, slice_of(path), &l.path));
	TRY(file_open(&f, c, path));
	status s = f.bytes.n > FILE_MAX
			   ? context_fail(c, STATUS_LIMIT, "%s: too large for a rule file",
				     "%s\u00A0: trop grand pour un fichier de règles", path)
			   : phrase_reader_init(&l.phrases, c, a);
	if (s == STATUS_OK)
		s = read_file(&l, f.bytes);
	if (f.bytes.n <= FILE_MAX)
		phrase_reader_free(&l.phrases);
	file_close(&f, c->memory);
	return s;
}

void
custom_free(custom_rules *l)
{
	for (custom_rule *u = l->first; u != NULL; u = u->next) {
		pattern_free(u->pattern);
		pattern_free(u->then);
	}
	*l = (custom_rules){ 0 };
}
