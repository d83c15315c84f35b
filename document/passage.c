#include "document/passage.h"

#include "document/document.h"
#include "document/edge.h"
#include "text/fold.h"
#include "text/utf8.h"

#define OPENING \
	5 /* letters; words of one origin rarely part before (Simard and others, 1992) */
#define VALUE_BYTES 64
#define FIRST_SLOTS 1024
#define MARKER_BYTES 8

status
passages_init(passages *p, const memory *m)
{
	*p = (passages){ .memory = m };
	tokens_init(&p->tokens, m);
	return words_init(&p->table, m);
}

void
passages_free(passages *p)
{
	const memory *m = p->memory;

	if (m == NULL)
		return;
	ARRAY_FREE(m, &p->list);
	ARRAY_FREE(m, &p->words);
	ARRAY_FREE(m, &p->vocabulary);
	ARRAY_FREE(m, &p->vocable_of);
	memory_free(m, p->slots);
	tokens_free(&p->tokens);
	words_free(&p->table);
	*p = (passages){ 0 };
}

/* --- vocables --- */

static void
put_slot(passages *p, uint32_t number)
{
	uint64_t h = p->vocabulary.at[number].hash;

	for (uint32_t at = (uint32_t)h & p->slot_mask;; at = (at + 1) & p->slot_mask)
		if (p->slots[at] == 0) {
			p->slots[at] = number + 1;
			return;
		}
}

static status
grow_slots(passages *p)
{
	size_t n = p->slots == NULL ? FIRST_SLOTS : 2 * ((size_t)p->slot_mask + 1);
	uint32_t *slots = memory_alloc(p->memory, n * sizeof(*slots));

	if (slots == NULL)
		return STATUS_MEMORY;
	memset(slots, 0, n * sizeof(*slots));
	memory_free(p->memory, p->slots);
	p->slots = slots;
	p->slot_mask = (uint32_t)n - 1;
	for (size_t i = 0; i < p->vocabulary.n; i++)
		put_slot(p, (uint32_t)i);
	return STATUS_OK;
}

static status
vocable_number(passages *p, vocable new, uint32_t *number)
{
	if (p->slots == NULL || 2 * p->vocabulary.n > p->slot_mask)
		TRY(grow_slots(p));
	for (uint32_t at = (uint32_t) new.hash & p->slot_mask; p->slots[at] != 0;
		at = (at + 1) & p->slot_mask)
		if (p->vocabulary.at[p->slots[at] - 1].hash == new.hash) {
			*number = p->slots[at] - 1;
			return STATUS_OK;
		}
	TRY(ARRAY_RESERVE(p->memory, &p->vocabulary, 1));
	*number = (uint32_t)p->vocabulary.n;
	p->vocabulary.at[p->vocabulary.n++] = new;
	put_slot(p, *number);
	return STATUS_OK;
}

static status
add_word(passages *p, uint32_t number)
{
	TRY(ARRAY_RESERVE(p->memory, &p->words, 1));
	p->words.at[p->words.n++] = number;
	p->vocabulary.at[number].count++;
	p->list.at[p->list.n - 1].count++;
	return STATUS_OK;
}

static status
add_vocable(passages *p, vocable v)
{
	uint32_t number;

	TRY(vocable_number(p, v, &number));
	return add_word(p, number);
}

static status
add_hash(passages *p, uint64_t hash, bool carried)
{
	return add_vocable(p, (vocable){ .hash = hash, .carried = carried });
}

status
passages_add_name(passages *p, uint64_t hash)
{
	return add_hash(p, hash, false);
}

/* The words of a passage lie together, so all are laid out anew. */
status
passages_add_names(passages *p, const passage_name *names, size_t n)
{
	passages to = *p;
	size_t k = 0;

	if (n == 0)
		return STATUS_OK;
	to.words.at = NULL;
	to.words.n = to.words.capacity = to.list.n = 0;
	status done = ARRAY_RESERVE(p->memory, &to.words, p->words.n + n);
	while (to.list.n < p->list.n && done == STATUS_OK) {
		passage *one = &to.list.at[to.list.n++];
		const uint32_t *old = p->words.at + one->first;
		one->first = (uint32_t)to.words.n;
		for (uint32_t w = 0; w < one->count; w++)
			to.words.at[to.words.n++] = old[w];
		for (; k < n && names[k].passage < to.list.n && done == STATUS_OK; k++) {
			one->known = true;
			done = add_vocable(
				&to, (vocable){ .hash = names[k].hash, .known = true });
		}
	}
	to.list.n = p->list.n;
	ARRAY_FREE(p->memory, &p->words);
	*p = to;
	return done;
}

/* --- words, numbers, marks --- */

/* The value as digits with a point before the decimals, hashed. A comma before three digits
 * groups in English; a French comma is the decimal mark. */
static uint64_t
hash_number(slice s, language l)
{
	char value[VALUE_BYTES];
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < sizeof(value); i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			value[n++] = s.p[i];
		else if (s.p[i] == (l == LANGUAGE_FR ? ',' : '.'))
			value[n++] = '.';
		else if (s.p[i] == '.' || s.p[i] == ':' || s.p[i] == '/')
			value[n++] = ':';
	}
	return slice_hash((slice){ value, n });
}

/* Of the first letters of a folded word, when it goes on behind them. */
static uint64_t
hash_opening(slice folded)
{
	if (folded.n <= OPENING)
		return 0;
	return slice_hash(slice_sub(folded, 0, OPENING)) | 1;
}

static status
add_table_word(passages *p, uint32_t id)
{
	char folded[512];
	uint32_t lower = words_at(&p->table, id)->lower, number;

	while (p->vocable_of.n <= lower) {
		TRY(ARRAY_RESERVE(p->memory, &p->vocable_of, 256));
		memset(p->vocable_of.at + p->vocable_of.n, 0, 256 * sizeof(uint32_t));
		p->vocable_of.n += 256;
	}
	if (p->vocable_of.at[lower] == 0) {
		slice s = words_at(&p->table, lower)->text;
		if (3 * s.n + 4 > sizeof(folded))
			s.n = 0;
		slice f = { folded, text_fold(folded, s) };
		TRY(vocable_number(p,
			(vocable){ .hash = slice_hash(f), .opening = hash_opening(f) },
			&number));
		p->vocable_of.at[lower] = number + 1;
	}
	return add_word(p, p->vocable_of.at[lower] - 1);
}

/* Marks that say something of the content; the others differ with the language. */
static bool
mark_speaks(uint32_t c)
{
	return c < 128 && strchr("[]()?!$%&+=<>@#*", (int)c) != NULL && c != 0;
}

static status
add_token(passages *p, slice text, const token *t, language l)
{
	slice s = slice_sub(text, t->start, (size_t)t->start + t->length);

	switch ((token_kind)t->kind) {
	case TOKEN_WORD:
		return add_table_word(p, t->word);
	case TOKEN_NUMBER:
		return add_hash(p, hash_number(s, l), s.n > 1);
	case TOKEN_CODE:
	case TOKEN_SYMBOL:
	case TOKEN_ADDRESS:
		return add_hash(p, slice_hash(s), true);
	case TOKEN_MARK:
		return mark_speaks(t->word) ? add_hash(p, t->word, false) : STATUS_OK;
	case TOKEN_ELISION:
	case TOKEN_EDGE:
		break;
	}
	return STATUS_OK;
}

/* « 12. », « a) », “(b)”, “(iv)”: the letters and digits; the brackets differ with the house.
 */
static uint32_t
marker_of(slice s)
{
	size_t i = s.n > 0 && s.p[0] == '(', start = i;

	while (i < s.n && i - start < MARKER_BYTES &&
		((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z') ||
			(s.p[i] >= 'A' && s.p[i] <= 'Z')))
		i++;
	bool digits = i > start && s.p[start] <= '9';
	if (i == start || i >= s.n || (s.p[i] != ')' && (s.p[i] != '.' || !digits)))
		return 0;
	if (!digits && i - start > 5)
		return 0;
	return (uint32_t)slice_hash(slice_sub(s, start, i)) | 1;
}

status
passages_add(passages *p, slice text, span at, language l, unsigned kind, unsigned sentences)
{
	slice s = slice_sub(text, at.start, at.end);

	TRY(ARRAY_RESERVE(p->memory, &p->list, 1));
	p->list.at[p->list.n++] = (passage){ .first = (uint32_t)p->words.n,
		.characters = (uint32_t)utf8_count(s),
		.marker = marker_of(s),
		.sentences = (uint16_t)(sentences == 0    ? 1
					: sentences > 999 ? 999
							  : sentences),
		.kind = (uint8_t)kind,
		.edges = { (uint8_t)edge_first(s), (uint8_t)edge_last(s) } };
	TRY(tokens_read(&p->tokens, &p->table, text, at, l == LANGUAGE_FR ? l : LANGUAGE_EN));
	for (size_t i = 0; i < p->tokens.count; i++)
		TRY(add_token(p, text, &p->tokens.at[i], l));
	return STATUS_OK;
}
