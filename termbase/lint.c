/* The file is read twice: once to know which concepts and names there are, once to speak. */
#include "termbase/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "termbase/compile.h"
#include "termbase/relations.h"
#include "text/token.h"

#define WORDS_MOST 100000 /* distinct words kept */

typedef struct known_name { /* of a concept in a language */
	uint64_t key;       /* of language and text */
	const char *concept;
	uint8_t status;
} known_name;

typedef struct linter {
	context *context;
	const char *path;
	const lint_sink *sink;
	const lint_elsewhere *elsewhere;
	arena keep;
	ARRAY(known_name) names; /* sorted by key */
	ARRAY(known_name) pairs; /* of preferred names in English and in French; sorted */
	ARRAY(uint64_t) ids;     /* sorted */
	relations relations;
	words words; /* with the dictionaries, for spelling */
	tokens tokens;
	status (*visit)(struct linter *l, const entry *e, exchange_place at);
	/* the concept in hand */
	slice concept;
	exchange_place at;
} linter;

static uint64_t
name_key(slice tag, slice text)
{
	return slice_hash(text) * 0x9E3779B97F4A7C15u ^ slice_hash(tag);
}

/* --- what there is --- */

static status
note_pair(linter *l, const entry *e, slice id)
{
	uint64_t key = store_names_key(e);

	if (key == 0)
		return STATUS_OK;
	TRY(ARRAY_RESERVE(l->context->memory, &l->pairs, 1));
	l->pairs.at[l->pairs.n++] = (known_name){ .key = key, .concept = id.p };
	return STATUS_OK;
}

static status
note(linter *l, const entry *e, exchange_place at)
{
	slice id;

	(void)at;
	TRY(ARRAY_RESERVE(l->context->memory, &l->ids, 1));
	l->ids.at[l->ids.n++] = slice_hash(e->id);
	TRY(arena_copy(&l->keep, e->id, &id));
	TRY(relations_note(&l->relations, e));
	TRY(note_pair(l, e, id));
	for (uint32_t i = 0; i < e->terms.n; i++) {
		slice tag = e->sections.at[e->terms.at[i].section].language;
		TRY(ARRAY_RESERVE(l->context->memory, &l->names, 1));
		l->names.at[l->names.n++] = (known_name){
			.key = name_key(tag, e->terms.at[i].text),
			.concept = id.p,
			.status = (uint8_t)entry_term_status(e, i),
		};
	}
	return STATUS_OK;
}

static int
by_key(const void *left, const void *right)
{
	const known_name *a = left, *b = right;

	return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
				: strcmp(a->concept, b->concept);
}

static int
by_number(const void *left, const void *right)
{
	uint64_t a, b;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	return (a > b) - (a < b);
}

/* In a sorted list; NULL when none has the key. */
static const known_name *
first_of(const known_name *list, size_t n, uint64_t key)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (list[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && list[low].key == key ? &list[low] : NULL;
}

static bool
is_elsewhere(const linter *l, slice id)
{
	return l->elsewhere != NULL && l->elsewhere->has(l->elsewhere->user, id);
}

static bool
has_concept(const linter *l, slice id)
{
	uint64_t key = slice_hash(id);

	if (l->ids.n != 0 && bsearch(&key, l->ids.at, l->ids.n, sizeof(key), by_number) != NULL)
		return true;
	return is_elsewhere(l, id);
}

/* --- what is wrong --- */

static status
say(linter *l, const char *rule, lint_level level, const char *en, const char *fr, slice what,
	slice other)
{
	char message[512];

	snprintf(message, sizeof(message), l->context->ui == LANGUAGE_FR ? fr : en,
		what.n > 100 ? 100 : (int)what.n, what.n == 0 ? "" : what.p,
		other.n > 100 ? 100 : (int)other.n, other.n == 0 ? "" : other.p);
	lint_finding f = { rule, level, l->concept, l->at, message };
	return l->sink->found(l->sink->user, &f);
}

/* White space doubled or at an end, and in French a straight apostrophe. */
static status
look_at_spacing(linter *l, slice text, bool french)
{
	bool doubled = false, straight = false;

	for (size_t i = 0; i + 1 < text.n; i++) {
		doubled = doubled || (text.p[i] == ' ' && text.p[i + 1] == ' ');
		straight = straight || text.p[i] == '\'';
	}
	if (doubled || slice_trim(text).n != text.n)
		TRY(say(l, "lint/spacing", LINT_WARNING,
			"\"%.*s\": spaces that do not belong there",
			"«\u00A0%.*s\u00A0»\u00A0: espaces de trop", text, SLICE("")));
	if (french && straight)
		TRY(say(l, "lint/apostrophe", LINT_WARNING,
			"\"%.*s\": a straight apostrophe in a French term",
			"«\u00A0%.*s\u00A0»\u00A0: apostrophe droite", text, SLICE("")));
	return STATUS_OK;
}

/* The same name, in another concept: preferred there and to be avoided here, or simply both. */
static status
look_at_others(linter *l, const entry *e, uint32_t term)
{
	slice tag = e->sections.at[e->terms.at[term].section].language;
	slice text = e->terms.at[term].text;
	bool avoided = entry_term_status(e, term) >= TERM_DEPRECATED;
	bool loose = (entry_term_flags(e, term) & TERM_CONTEXT) != 0;
	uint64_t key = name_key(tag, text);

	for (const known_name *k = first_of(l->names.at, l->names.n, key);
		k != NULL && k < l->names.at + l->names.n && k->key == key; k++) {
		if (slice_is(e->id, k->concept))
			continue;
		if (avoided && !loose && k->status <= TERM_ADMITTED)
			return say(l, "lint/contradiction", LINT_WARNING,
				"\"%.*s\" is to be avoided here and right in the concept "
				"\"%.*s\"",
				"«\u00A0%.*s\u00A0» est à éviter ici et juste dans la notion "
				"«\u00A0%.*s\u00A0»",
				text, slice_of(k->concept));
		/* Told once, by the concept whose id is the later. */
		if (!avoided && k->status <= TERM_ADMITTED &&
			slice_compare(slice_of(k->concept), e->id) < 0)
			return say(l, "lint/homograph", LINT_INFO,
				"\"%.*s\" is also a name of the concept \"%.*s\"",
				"«\u00A0%.*s\u00A0» est aussi un nom de la notion "
				"«\u00A0%.*s\u00A0»",
				text, slice_of(k->concept));
	}
	return STATUS_OK;
}

/* Another concept has both names: this one, whose id is the later, is one too many. */
static status
look_for_duplicate(linter *l, const entry *e)
{
	uint64_t key = store_names_key(e);
	const known_name *k = key == 0 ? NULL : first_of(l->pairs.at, l->pairs.n, key);

	if (k == NULL || slice_compare(slice_of(k->concept), e->id) >= 0)
		return STATUS_OK;
	return say(l, "lint/duplicate", LINT_WARNING,
		"has the English and the French name of the concept \"%.*s\"",
		"a le nom anglais et le nom français de la notion «\u00A0%.*s\u00A0»",
		slice_of(k->concept), SLICE(""));
}

static status
look_for_repetition(linter *l, const entry *e, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (e->terms.at[k].section == e->terms.at[i].section &&
			slice_equal(e->terms.at[k].text, e->terms.at[i].text))
			return say(l, "lint/duplicate", LINT_WARNING,
				"\"%.*s\" stands twice in the concept",
				"«\u00A0%.*s\u00A0» figure deux fois dans la notion",
				e->terms.at[i].text, SLICE(""));
	return STATUS_OK;
}

/* A word in small letters that neither dictionary knows: names are nobody's business, and
 * « Port of Spain » is one. */
static bool
is_misspelt(const linter *l, const token *t, language speech)
{
	language second = speech == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
	lexicon *other = l->words.lexicons[second - LANGUAGE_FR];

	if (t->kind != TOKEN_WORD || (t->features & FEATURE_UNKNOWN) == 0)
		return false;
	const word *w = words_at(&l->words, t->word);
	return (w->shape & SHAPE_LOWER) != 0 &&
	       (other == NULL || !lexicon_knows(other, w->text));
}

/* A term of one word is where a termbase knows better than the dictionary. */
static status
look_at_spelling(linter *l, slice text, language speech)
{
	if (speech == LANGUAGE_OTHER || l->words.lexicons[speech - LANGUAGE_FR] == NULL)
		return STATUS_OK;
	TRY(words_trim(&l->words, WORDS_MOST));
	TRY(tokens_read(&l->tokens, &l->words, text, (span){ 0, (uint32_t)text.n }, speech));
	for (size_t i = 0; l->tokens.count > 1 && i < l->tokens.count; i++) {
		const token *t = &l->tokens.at[i];
		if (!is_misspelt(l, t, speech))
			continue;
		TRY(say(l, "lint/spelling", LINT_INFO,
			"\"%.*s\" in \"%.*s\": a word that the dictionary does not have",
			"«\u00A0%.*s\u00A0» dans «\u00A0%.*s\u00A0»\u00A0: un mot qui n’est "
			"pas au dictionnaire",
			slice_sub(text, t->start, t->start + t->length), text));
	}
	return STATUS_OK;
}

static bool
has_full_form(const entry *e, slice tag)
{
	for (uint32_t i = 0; i < e->terms.n; i++)
		if (slice_equal(e->sections.at[e->terms.at[i].section].language, tag) &&
			entry_term_status(e, i) <= TERM_ADMITTED &&
			(entry_term_flags(e, i) & TERM_ACRONYM) == 0)
			return true;
	return false;
}

static status
look_at_term(linter *l, const entry *e, uint32_t i)
{
	slice tag = e->sections.at[e->terms.at[i].section].language;
	bool acronym = (entry_term_flags(e, i) & TERM_ACRONYM) != 0;
	bool right = entry_term_status(e, i) <= TERM_ADMITTED;
	language speech = entry_language(tag);

	TRY(look_at_spacing(l, e->terms.at[i].text, speech == LANGUAGE_FR && right));
	TRY(look_for_repetition(l, e, i));
	if (right && !acronym)
		TRY(look_at_spelling(l, e->terms.at[i].text, speech));
	if (acronym && right && !has_full_form(e, tag))
		TRY(say(l, "lint/acronym", LINT_INFO,
			"the acronym \"%.*s\" has no full form in its language (%.*s)",
			"le sigle «\u00A0%.*s\u00A0» n’a pas de forme développée dans sa "
			"langue "
			"(%.*s)",
			e->terms.at[i].text, tag));
	return look_at_others(l, e, i);
}

static bool
speaks(const entry *e, language wanted)
{
	for (uint32_t i = 0; i < e->terms.n; i++)
		if (entry_language(e->sections.at[e->terms.at[i].section].language) == wanted &&
			entry_term_status(e, i) <= TERM_ADMITTED)
			return true;
	return false;
}

static status
look_at_references(linter *l, const entry *e)
{
	bool self = false;
	slice to;

	for (size_t i = 0; i < e->items.n; i++) {
		if (relation_of(&e->items.at[i], &to) == RELATION_NONE)
			continue;
		self = self || slice_equal(to, e->id);
		if (slice_equal(to, e->id))
			TRY(say(l, "lint/reference", LINT_WARNING,
				"the concept refers to itself", "la notion renvoie à elle-même",
				SLICE(""), SLICE("")));
		else if (!has_concept(l, to))
			TRY(say(l, "lint/reference", LINT_WARNING,
				"refers to \"%.*s\", which is not there",
				"renvoi à «\u00A0%.*s\u00A0», qui n’existe pas", to,
				SLICE("")));
	}
	if (self || !relations_in_circle(&l->relations, e->id))
		return STATUS_OK;
	return say(l, "lint/reference", LINT_WARNING,
		"the concept stands above itself: its broader concepts lead in a circle",
		"la notion est au-dessus d’elle-même\u00A0: ses notions génériques tournent en "
		"rond",
		SLICE(""), SLICE(""));
}

static bool
has_source(const entry *e)
{
	for (size_t i = 0; i < e->items.n; i++)
		if (slice_is(e->items.at[i].type, "source"))
			return true;
	return false;
}

/* A concept without a name of its own says more of one that another layer names. */
static status
look_below(linter *l, const entry *e)
{
	if (is_elsewhere(l, e->id))
		return STATUS_OK;
	return say(l, "lint/reference", LINT_WARNING,
		"says more of \"%.*s\", which has no name anywhere",
		"complète «\u00A0%.*s\u00A0», qui n’a de nom nulle part", e->id, SLICE(""));
}

static status
look(linter *l, const entry *e, exchange_place at)
{
	l->concept = e->id;
	l->at = at;
	for (uint32_t i = 0; i < e->terms.n; i++)
		TRY(look_at_term(l, e, i));
	TRY(look_at_references(l, e));
	TRY(look_for_duplicate(l, e));
	if (e->retired)
		return STATUS_OK;
	if (!entry_has_name(e))
		return look_below(l, e);
	if (!speaks(e, LANGUAGE_FR) || !speaks(e, LANGUAGE_EN))
		TRY(say(l, "lint/language", LINT_INFO,
			speaks(e, LANGUAGE_FR) ? "no English name" : "no French name",
			speaks(e, LANGUAGE_FR) ? "pas de nom anglais" : "pas de nom français",
			SLICE(""), SLICE("")));
	if (!has_source(e))
		TRY(say(l, "lint/source", LINT_INFO, "no source", "pas de source", SLICE(""),
			SLICE("")));
	return STATUS_OK;
}

/* --- files --- */

static status
take(void *user, const entry *e, exchange_place at)
{
	linter *l = user;

	return l->visit(l, e, at);
}

/* A row that cannot be read is a finding too, at the second reading. */
static status
refuse(void *user, exchange_place at, const char *why)
{
	linter *l = user;

	if (l->visit != look)
		return STATUS_OK;
	l->concept = SLICE("");
	l->at = at;
	return say(l, "lint/row", LINT_ERROR, "%.*s", "%.*s", slice_of(why), SLICE(""));
}

static status
visit_stored(void *user, const entry *e)
{
	return take(user, e, (exchange_place){ 0 });
}

static status
visit_store(linter *l)
{
	store *s;

	TRY(store_open(&s, l->context, l->path, STORE_READ));
	status done = store_each(s, visit_stored, l);
	store_close(s);
	return done;
}

static status
visit_stream(linter *l, stream *s)
{
	exchange_sink sink = { .user = l, .take = take, .refuse = refuse };
	exchange_input in = { .context = l->context, .stream = s, .sink = &sink };
	slice head;

	TRY(stream_peek(s, &head));
	const exchange *format = exchange_for(slice_of(l->path), head);
	if (format != NULL && format->read != NULL)
		return format->read(&in);
	return context_fail(l->context, STATUS_FORMAT,
		"%s: not a termbase in a format that paraph reads",
		"%s\u00A0: pas une base terminologique d’un format que paraph lit", l->path);
}

static status
visit_all(linter *l, bool is_store)
{
	stream s;

	if (is_store)
		return visit_store(l);
	TRY(stream_open(&s, l->context, l->path));
	status done = visit_stream(l, &s);
	stream_close(&s);
	return done;
}

static status
run(linter *l)
{
	bool is_store;

	TRY(compile_is_store(l->context, l->path, &is_store));
	l->visit = note;
	TRY(visit_all(l, is_store));
	if (l->names.n > 1)
		qsort(l->names.at, l->names.n, sizeof(*l->names.at), by_key);
	if (l->pairs.n > 1)
		qsort(l->pairs.at, l->pairs.n, sizeof(*l->pairs.at), by_key);
	if (l->ids.n > 1)
		qsort(l->ids.at, l->ids.n, sizeof(*l->ids.at), by_number);
	TRY(relations_find_circles(&l->relations));
	l->visit = look;
	return visit_all(l, is_store);
}

status
lint_file(context *c, const char *path, lexicon *const lexicons[LANGUAGES],
	const lint_elsewhere *elsewhere, const lint_sink *sink)
{
	linter l = { .context = c, .path = path, .sink = sink, .elsewhere = elsewhere };

	TRY(words_init(&l.words, c->memory));
	for (int i = 0; i < LANGUAGES && lexicons != NULL; i++)
		l.words.lexicons[i] = lexicons[i];
	tokens_init(&l.tokens, c->memory);
	relations_init(&l.relations, c->memory);
	arena_init(&l.keep, c->memory);
	status done = run(&l);
	words_free(&l.words);
	tokens_free(&l.tokens);
	relations_free(&l.relations);
	ARRAY_FREE(c->memory, &l.names);
	ARRAY_FREE(c->memory, &l.pairs);
	ARRAY_FREE(c->memory, &l.ids);
	arena_free(&l.keep);
	return done;
}
