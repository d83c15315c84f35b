/* Words that no dictionary, termbase or word list knows. Every speller finds them; what matters
 * is how loud to be, for in issued texts most are right: names, terms of art, words of other
 * languages. So the rule asks what else explains the word before it says anything.
 *
 * Silent: capitalised words inside a sentence (names), at its head unless near a word, all
 * capitals (acronyms), signatures, passages of several unknown words (another language, damaged
 * text), words that the other language of the organisation knows, compounds of known words. A
 * warning: a word in lower case that one slip away from a common word (text/near.h), met once
 * or twice. Everything else in lower case is a remark: a word that comes three times is
 * probably meant, and named once.
 *
 * A paragraph that has lost its accents is one finding, and its words are not told one by one.
 *
 * How often a word comes is known at the end only, so places wait on the document's arena. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "checker/memo.h"
#include "checker/quotation.h"
#include "checker/rules/accents.h"
#include "checker/rules/spelling_bare.h"
#include "checker/rules/word_parts.h"
#include "text/fold.h"
#include "text/near.h"
#include "text/suggest.h"
#include "text/utf8.h"
#include "tm/usage.h"

#define RANKED_BY_MEMORY 3 /* suggestions … */
#define UNITS_LEAST 3      /* … by whether a memory has them in so many units */
#define SUGGESTIONS_MOST 5
#define LOWER_BYTES_MAX NEAR_BYTES_MAX
#define MEANT 3           /* times */
#define POINTS_LEAST 4    /* shorter ones are symbols and abbreviations as often as faults */
#define EXPLAINED 128     /* words; a power of two */
#define NEAR_MOST 1000    /* distinct words asked about in one document */
#define NEIGHBOURS 3      /* tokens on each side */
#define STRANGERS_MOST 1  /* unknown words among them */
#define PROBABLE 1.0      /* decimal logarithm of the odds of a slip */
#define NAME_PROBABLE 2.5 /* for a capitalised word */

typedef struct place {
	uint64_t word; /* hash of the lower-case form */
	span where;
	uint8_t language;
	bool capital; /* first in its sentence: could be a name */
	bool made;    /* likely of known parts: only a slip is told */
	bool quoted;  /* the words of another are not corrected */
} place;

typedef struct explained { /* what parts tell of a word */
	uint64_t key;      /* of the word and its language, never 0 */
	enum word_parts_verdict made;
} explained;

typedef struct places { /* of one document, on its arena */
	place *at;
	size_t n, capacity;
	word_parts parts[LANGUAGES];
	explained known[EXPLAINED]; /* by the key */
	bare_words bare;            /* of the block in hand, */
	size_t before_bare;         /* and the places before it */
} places;

static lexicon *
dictionary(const check *c, language l)
{
	return c->words.lexicons[l - LANGUAGE_FR];
}

static status
add(check *c, places *p, place x)
{
	if (p->n == p->capacity) {
		size_t capacity = p->capacity == 0 ? 64 : p->capacity * 2;
		place *grown = ARENA_ARRAY(c->keep, place, capacity);
		if (grown == NULL)
			return STATUS_MEMORY;
		if (p->n != 0)
			memcpy(grown, p->at, p->n * sizeof(*grown));
		p->at = grown;
		p->capacity = capacity;
	}
	p->at[p->n++] = x;
	return STATUS_OK;
}

static places *
notes_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, places);
	return *note;
}

/* Unknown words close by: one of a foreign title or of damaged text. */
static bool
among_strangers(const check *c, size_t i)
{
	size_t first = i > NEIGHBOURS ? i - NEIGHBOURS : 0, strangers = 0;

	for (size_t k = first; k <= i + NEIGHBOURS && k < c->tokens.count; k++)
		strangers += k != i && c->tokens.at[k].kind == TOKEN_WORD &&
			     (c->tokens.at[k].features &
				     (FEATURE_UNKNOWN | FEATURE_TITLE | FEATURE_CAPITALS)) ==
				     FEATURE_UNKNOWN;
	return strangers > STRANGERS_MOST;
}

/* “[f]acilitate”, “ensur[e]”: a letter in brackets is the editor's, and part of the word. A
 * number in brackets would call a note. */
static bool
touches_bracket(const token *t)
{
	return (t->gap == GAP_NONE && t[-1].kind == TOKEN_MARK && t[-1].word == ']') ||
	       (t[1].gap == GAP_NONE && t[1].kind == TOKEN_MARK && t[1].word == '[' &&
		       t[2].gap == GAP_NONE && t[2].kind == TOKEN_WORD);
}

/* a/b, name_of, x.y: no prose. */
static bool
in_code(const token *t)
{
	const uint32_t marks = FEATURE_SLASH | FEATURE_STOP | FEATURE_DASH;
	bool before = t->gap == GAP_NONE && t[-1].kind == TOKEN_MARK &&
		      ((t[-1].features & marks) != 0 || t[-1].word == '_' || t[-1].word == '@');
	bool after = t[1].gap == GAP_NONE && t[1].kind == TOKEN_MARK &&
		     ((t[1].features & (FEATURE_SLASH | FEATURE_DASH)) != 0 ||
			     t[1].word == '_' || t[1].word == '@' || t[1].word == '.') &&
		     t[2].gap == GAP_NONE && t[2].kind != TOKEN_EDGE;

	return before || after;
}

/* Every hyphen U+002D; out may be where the text is. */
static slice
plain_hyphens(char *out, slice s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s.n; i++)
		if (i + 2 < s.n && memcmp(s.p + i, "\xE2\x80", 2) == 0 &&
			(s.p[i + 2] == '\x90' || s.p[i + 2] == '\x91')) {
			out[kept++] = '-';
			i += 2;
		} else
			out[kept++] = s.p[i];
	return (slice){ out, kept };
}

static slice
plain_lower(char *out, slice s)
{
	return plain_hyphens(out, (slice){ out, text_lower(out, s) });
}

/* The same of a word, whose small letters are known. */
static slice
plain_word(const check *c, char *out, const word *w)
{
	slice lower = words_at(&c->words, w->lower)->text;

	return memchr(lower.p, '\xE2', lower.n) == NULL ? lower : plain_hyphens(out, lower);
}

static bool
is_of_other_language(const check *c, uint32_t lower)
{
	language other = c->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
	const analysis *a;

	return words_analyses(&c->words, lower, other, &a) != 0;
}

/* « la resolution »: English by its letters, French by its place: a determiner or preposition
 * before it, and no unknown word by its side. */
static bool
is_bare_french(const check *c, size_t i, slice lower)
{
	const token *t = &c->tokens.at[i];
	slice form;

	if (c->language != LANGUAGE_FR || i == 0 || t[-1].kind == TOKEN_MARK ||
		((t[-1].features | t[1].features) & FEATURE_UNKNOWN) != 0)
		return false;
	uint32_t before = words_at(&c->words, t[-1].word)->in[0].grammar;
	return (before & (POS_DETERMINER | POS_PREPOSITION)) != 0 &&
	       accents_forms(c, lower, &form) != 0;
}

/* What the parts of the word tell; an editor asks it of the same ones with every key. */
static status
explain_parts(
	check *c, word_parts *parts, slice lower, uint64_t key, enum word_parts_verdict *out)
{
	language l = c->language;
	lexicon *other = dictionary(c, l == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR);

	if (memo_recall(memo_of(c), key, out, sizeof(*out)))
		return STATUS_OK;
	if (parts->n == 0)
		word_parts_read(parts, l);
	*out = word_parts_explain(parts, dictionary(c, l), other, lower);
	return memo_keep(memo_of(c), key, out, sizeof(*out));
}

/* The same, kept for words that come again in the document. */
static status
explain_once(check *c, places *notes, slice lower, enum word_parts_verdict *out)
{
	language l = c->language;
	uint64_t about[2] = { (uint64_t)l << 8 | 'p', slice_hash(lower) };
	uint64_t key = slice_hash((slice){ (const char *)about, sizeof(about) }) | 1;
	explained *known = &notes->known[key >> 32 & (EXPLAINED - 1)];

	if (known->key != key) {
		TRY(explain_parts(c, &notes->parts[l - LANGUAGE_FR], lower, key, out));
		*known = (explained){ key, *out };
	}
	*out = known->made;
	return STATUS_OK;
}

static status
explain(check *c, places *notes, size_t i, slice lower, enum word_parts_verdict *out)
{
	const word *w = words_at(&c->words, c->tokens.at[i].word);
	const uint32_t signs =
		SHAPE_DIGIT | SHAPE_FOREIGN | SHAPE_ODD | SHAPE_UPPER | SHAPE_MIXED;

	*out = WORD_MADE;
	if ((w->shape & signs) != 0 || w->points < POINTS_LEAST)
		return STATUS_OK;
	if (is_of_other_language(c, w->lower)) {
		*out = is_bare_french(c, i, lower) ? WORD_UNEXPLAINED : WORD_MADE;
		return STATUS_OK;
	}
	if ((w->shape & SHAPE_HYPHEN) != 0 && lexicon_knows(dictionary(c, c->language), lower))
		return STATUS_OK;
	return explain_once(c, notes, lower, out);
}

/* « Avena sativa »: behind the name of a genus, with the ending of a Latin adjective. */
static bool
is_species(const token *t, slice lower)
{
	static const char *const endings[] = { "us", "um", "a", "is", "i", "ae", "ens", "re",
		NULL };
	const uint32_t name = FEATURE_UNKNOWN | FEATURE_TITLE;

	if (t[-1].kind != TOKEN_WORD || (t[-1].features & name) != name)
		return false;
	for (const char *const *e = endings; *e != NULL; e++)
		if (slice_ends(lower, slice_of(*e)))
			return true;
	return false;
}

static bool
begins_sentence(const token *t)
{
	return t[-1].kind == TOKEN_EDGE ||
	       (t[-1].features & (FEATURE_STOP | FEATURE_QUOTE)) != 0;
}

/* Arabic, Greek, Cyrillic …: no dictionary here has them. */
static bool
is_other_script(slice s)
{
	size_t i = 0;
	uint32_t first = s.n == 0 ? 0 : utf8_next(s, &i);

	return first >= 0x250 && (first < 0x1E00 || first > 0x1EFF);
}

/* What was found of the last block, if this is another. */
static status
settle(check *c, const rule *r, places *notes)
{
	if (notes->bare.block == c->block)
		return STATUS_OK;
	if (notes->bare.block != NULL && bare_is_block(c, &notes->bare)) {
		notes->n = notes->before_bare;
		TRY(bare_report(c, r, &notes->bare));
	}
	notes->bare = (bare_words){ .block = c->block };
	notes->before_bare = notes->n;
	return STATUS_OK;
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	const word *w = words_at(&c->words, t->word);
	char folded[3 * LOWER_BYTES_MAX + 4];

	if (t->length > LOWER_BYTES_MAX)
		return STATUS_OK;
	if ((w->shape & SHAPE_TITLE) != 0 && !begins_sentence(t))
		return STATUS_OK;
	if (t->kind != TOKEN_WORD || c->block->kind == BLOCK_SIGNATURE ||
		dictionary(c, c->language) == NULL || in_code(t) || touches_bracket(t) ||
		is_other_script(w->text))
		return STATUS_OK;
	slice lower = plain_word(c, folded, w);
	places *notes = notes_of(c, r);
	if (notes == NULL)
		return STATUS_MEMORY;
	enum word_parts_verdict made;
	TRY(explain(c, notes, i, lower, &made));
	if (made == WORD_MADE)
		return STATUS_OK;
	TRY(settle(c, r, notes));
	if ((w->shape & SHAPE_LOWER) != 0)
		bare_add(c, &notes->bare, i, lower);
	if (among_strangers(c, i) || notes->n >= c->context->limits.findings)
		return STATUS_OK;
	return add(c, notes,
		(place){ .word = slice_hash(lower),
			.where = check_span(c, i, i),
			.language = (uint8_t)c->language,
			.capital = (w->shape & SHAPE_TITLE) != 0,
			.made = made == WORD_LIKELY || is_species(t, lower),
			.quoted = quotation_holds(c, i) });
}

static int
by_word(const void *left, const void *right)
{
	const place *a = left, *b = right;

	if (a->word != b->word)
		return a->word < b->word ? -1 : 1;
	return a->where.start < b->where.start ? -1 : a->where.start > b->where.start;
}

static status
say(check *c, const rule *r, const place *p, const near_word *near, bool loud)
{
	slice text = check_text(c, p->where), meant = { near->text, near->n };
	finding f = { .text = p->where,
		.fix = loud && !p->quoted ? FIX_REVIEW : FIX_NONE,
		.severity = loud ? SEVERITY_DEFAULT : SEVERITY_INFO };

	if (loud) {
		if (p->capital) {
			size_t i = 0, n = 0;
			(void)utf8_next(text, &i);
			(void)utf8_next(meant, &n);
			meant = check_printf(
				c, "%.*s%.*s", (int)i, text.p, (int)(meant.n - n), meant.p + n);
		}
		f.suggestions = &meant;
		f.suggestion_count = 1;
	}
	f.message = check_message(c, "“%.*s” is in no dictionary",
		"«\u00A0%.*s\u00A0» ne figure dans aucun dictionnaire", SLICE_ARG(text));
	return check_report(c, r, f);
}

/* “planneda”: the letter of a note to a table, once raised above the line. */
static bool
has_note_letter(slice lower, const near_word *near)
{
	char last = lower.p[lower.n - 1];

	return near->n + 1 == lower.n && last >= 'a' && last <= 'd' &&
	       slice_starts(lower, (slice){ near->text, near->n });
}

/* The word that was meant. An editor asks for the same ones with every key. */
static status
find_near(check *c, language l, slice plain, near_word *out)
{
	uint64_t parts[2] = { (uint64_t)l, slice_hash(plain) };
	uint64_t key = slice_hash((slice){ (const char *)parts, sizeof(parts) });

	if (memo_recall(memo_of(c), key, out, sizeof(*out)))
		return STATUS_OK;
	*out = near_find(dictionary(c, l), l, plain);
	return memo_keep(memo_of(c), key, out, sizeof(*out));
}

/* All places of one word. */
static status
say_word(check *c, const rule *r, const place *p, size_t count, bool ask)
{
	char lower[3 * LOWER_BYTES_MAX + 4];
	slice text = check_text(c, p->where);
	near_word near = { .n = 0 };
	slice plain = plain_lower(lower, text);

	if (ask && count < MEANT)
		TRY(find_near(c, (language)p->language, plain, &near));
	if (has_note_letter(plain, &near))
		near.n = 0;
	for (size_t i = 0; i < (count < MEANT ? count : 1); i++) {
		bool slip =
			near.n != 0 && near.odds >= (p[i].capital ? NAME_PROBABLE : PROBABLE);
		if (slip || (!p[i].capital && !p[i].made))
			TRY(say(c, r, &p[i], &near, slip && !p[i].capital));
	}
	return STATUS_OK;
}

static status
decide(check *c, const rule *r)
{
	places *notes = *check_note(c, r);
	size_t distinct = 0;

	if (notes == NULL)
		return STATUS_OK;
	TRY(settle(c, r, notes));
	if (notes->n > 1)
		qsort(notes->at, notes->n, sizeof(place), by_word);
	for (size_t i = 0, end; i < notes->n; i = end) {
		for (end = i + 1; end < notes->n && notes->at[end].word == notes->at[i].word;
			end++)
			;
		TRY(say_word(c, r, &notes->at[i], end - i, distinct++ < NEAR_MOST));
	}
	return STATUS_OK;
}

/* The block, and with it the language, is no longer in hand: a finding is found again by its
 * place. */
static language
language_at(const check *c, uint32_t start)
{
	const document *d = c->document;
	size_t low = 0, high = d->block_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->blocks[middle].text.end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low == d->block_count ? d->language : (language)d->blocks[low].language;
}

/* Of the best few, one that memories use comes before those that they do not use. */
static void
put_known_first(check *c, language l, slice *list, size_t n)
{
	tm_usage *m = c->with->memories;
	size_t looked = n < RANKED_BY_MEMORY ? n : RANKED_BY_MEMORY, kept = 0;

	for (size_t i = 0; m != NULL && i < looked; i++) {
		slice one = list[i];
		if (tm_usage_count(m, language_name(l), one) < UNITS_LEAST)
			continue;
		memmove(list + kept + 1, list + kept, (i - kept) * sizeof(*list));
		list[kept++] = one;
	}
}

static status
suggest(check *c, finding *f)
{
	suggestion found[SUGGESTIONS_MOST];
	language l = language_at(c, f->text.start);

	if ((l != LANGUAGE_FR && l != LANGUAGE_EN) || dictionary(c, l) == NULL)
		return STATUS_OK;
	size_t n = suggest_word(dictionary(c, l), &c->scratch, check_text(c, f->text), found,
		SUGGESTIONS_MOST, SUGGEST_BUDGET);
	slice *kept = ARENA_ARRAY(c->keep, slice, SUGGESTIONS_MOST);
	if (kept == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < n; i++)
		TRY(arena_copy(c->keep, found[i].text, &kept[i]));
	put_known_first(c, l, kept, n);
	f->suggestions = kept;
	f->suggestion_count = n;
	return STATUS_OK;
}

const rule rule_spelling_unknown = {
	.id = "spelling/unknown",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN,
	.source =
		"Hunspell dictionaries (Debian: hunspell-fr-comprehensive, -en-gb, -en-us) (A)",
	.summary_en = "a word that is in no dictionary",
	.summary_fr = "mot qui ne figure dans aucun dictionnaire",
	.explanation_en =
		"No dictionary, termbase or word list knows this word. It is a warning when "
		"one slip "
		"of the hand leads to it from a common word, and a remark otherwise or when "
		"the word "
		"comes three times or more, for then it is probably meant. Names, acronyms, "
		"quotations in other languages and words made of known parts (cross-border, "
		"biofortification, memorialization, names of chemicals) are left alone. A "
		"French "
		"paragraph that has lost all its accents is one finding. A word that is right "
		"belongs in the project's word list.",
	.explanation_fr =
		"Aucun dictionnaire, base terminologique ou liste de mots ne connaît ce mot. "
		"C’est un "
		"avertissement quand une simple faute de frappe y mène à partir d’un mot "
		"courant, et "
		"une remarque dans les autres cas ou quand le mot revient au moins trois fois, "
		"car "
		"il est alors sans doute voulu. Les noms, les sigles, les citations en langue "
		"étrangère et les mots formés d’éléments connus (séro-épidémiologique, "
		"biodosage, cotisable, noms de produits chimiques) sont laissés tels quels. Un "
		"paragraphe qui a perdu tous ses accents donne lieu à une seule remarque. Un "
		"mot juste a sa place dans la liste de mots du projet.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "le réseau de la Banque mondaile",
					  "le réseau de la Banque mondiale" },
		{ LANGUAGE_FR, "les contributions voluntaires des États",
			"les contributions volontaires des États" },
		{ LANGUAGE_FR, "le projet de resolution du groupe",
			"le projet de résolution du groupe" },
		{ LANGUAGE_EN, "the goverment of the host country",
			"the government of the host country" },
		{ LANGUAGE_FR, NULL,
			"M. Kairat Abdrakhmanov, au nom du Kazakhstan et de l’UNRCCA" },
		{ LANGUAGE_FR, NULL,
			"le photochronométrage des biodosages cotisables, une enquête "
			"séro-épidémiologique, le diméthylphosphonate et l’avoine Avena "
			"sativa" },
		{ LANGUAGE_EN, NULL,
			"a megaproject of biofortification, trimethylamine and "
			"umifenovir" },
		{ LANGUAGE_EN, NULL, "Mr. Kairat Umarov (Kazakhstan) spoke for the ECOSOC" }),
	.token = look,
	.document = decide,
	.suggest = suggest,
};
