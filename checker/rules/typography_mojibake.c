/* Text that was read with the wrong code page (« rÃ©solution »), and characters that a
 * conversion has lost (« r�solution »). The first can be undone, since the run tells what it
 * was; the second only where the dictionary has one word for the gap. Nothing else in such a
 * paragraph is corrected by itself: the text has to be mended first. */
#include <string.h>

#include "checker/rules/places.h"
#include "checker/rules/spacing.h"
#include "text/mojibake.h"
#include "text/utf8.h"

#define RUN_MOST 120 /* bytes of one finding */
#define LOST 0xFFFD

typedef struct damage {
	uint32_t seen;     /* the text before is dealt with */
	places paragraphs; /* of the paragraphs with damage */
} damage;

static damage *
damage_of(check *c, const rule *r)
{
	void **note = check_note(c, r);

	if (*note == NULL)
		*note = ARENA_NEW(c->keep, damage);
	return *note;
}

static status
note_block(check *c, damage *d)
{
	span paragraph = c->block->text;

	if (d->paragraphs.last != NULL &&
		d->paragraphs.last->at[d->paragraphs.last->count - 1].start == paragraph.start)
		return STATUS_OK;
	return places_add(c, &d->paragraphs, paragraph);
}

/* White space and the marks of ASCII end a run; no-break spaces may be part of one. */
static bool
ends_run(slice text, size_t i)
{
	unsigned char b = (unsigned char)text.p[i];

	if (b >= 0x80)
		return b == 0xC2 && i + 1 < text.n && (unsigned char)text.p[i + 1] == 0xA0;
	return b != '-' && (b < '0' || (b > '9' && b < 'A') || (b > 'Z' && b < 'a') || b > 'z');
}

static size_t
run_start(const check *c, size_t i)
{
	slice text = c->document->text;
	size_t start = i;

	while (start > c->block->text.start && i - start < RUN_MOST / 2) {
		size_t before = utf8_back(text, start);
		if (ends_run(text, before))
			break;
		start = before;
	}
	return start;
}

typedef struct repair {
	span text;
	char bytes[RUN_MOST + 8];
	size_t n, mended;
} repair;

/* Reads from `start` to the end of the run, each misread character put right. */
static void
mend_run(const check *c, size_t start, repair *out)
{
	slice text = slice_sub(c->document->text, 0, c->block->text.end);
	size_t i = start, length;

	out->n = out->mended = 0;
	while (i < text.n && i - start < RUN_MOST) {
		uint32_t meant = mojibake_at(text, i, &length);
		if (meant != 0) {
			out->n += utf8_put(out->bytes + out->n, meant);
			out->mended++;
			i += length;
			continue;
		}
		if (ends_run(text, i))
			break;
		size_t next = i;
		(void)utf8_next(text, &next);
		memcpy(out->bytes + out->n, text.p + i, next - i);
		out->n += next - i;
		i = next;
	}
	out->text = (span){ (uint32_t)start, (uint32_t)i };
}

/* What was misread twice is mended twice. */
static void
mend_again(repair *r)
{
	char once[sizeof(r->bytes)];
	slice s = { once, r->n };
	size_t n = 0, length;

	memcpy(once, r->bytes, r->n);
	for (size_t i = 0; i < s.n;) {
		uint32_t meant = mojibake_at(s, i, &length);
		if (meant == 0) {
			r->bytes[n++] = s.p[i++];
			continue;
		}
		n += utf8_put(r->bytes + n, meant);
		i += length;
	}
	r->n = n;
}

static status
look_for_run(check *c, const rule *r, damage *d, size_t i)
{
	const token *t = &c->tokens.at[i];
	repair mended;

	mend_run(c, run_start(c, t->start), &mended);
	if (mended.mended == 0)
		return STATUS_OK;
	mend_again(&mended);
	d->seen = mended.text.end;
	TRY(note_block(c, d));
	slice right = { mended.bytes, mended.n };
	finding f = { .text = mended.text,
		.fix = FIX_REVIEW,
		.suggestions = &right,
		.suggestion_count = 1 };
	return check_report(c, r, f);
}

/* The letter that makes a word of what stands left and right of the lost one; empty when there
 * is none, or more than one. */
static slice
lost_letter(const check *c, slice left, slice right)
{
	static const char *const letters[] = { "é", "è", "ê", "à", "â", "ç", "ô", "î", "ï", "ù",
		"û", "ë", "œ" };
	slice found = { 0 };

	for (size_t k = 0; k < sizeof(letters) / sizeof(*letters); k++) {
		if (!spacing_lists(c, left, slice_of(letters[k]), right))
			continue;
		if (found.p != NULL)
			return (slice){ 0 };
		found = slice_of(letters[k]);
	}
	return found;
}

static slice
part(const check *c, size_t i, const token *later)
{
	const token *t = &c->tokens.at[i];

	return later->gap == GAP_NONE && t->kind == TOKEN_WORD ? check_token(c, i)
							       : (slice){ 0 };
}

/* A character of two or three bytes may leave a mark for each of them. */
static size_t
lost_end(const check *c, size_t i)
{
	const token *t = c->tokens.at;

	while (spacing_is_mark(&t[i + 1], LOST) && t[i + 1].gap == GAP_NONE)
		i++;
	return i;
}

static status
look_for_lost(check *c, const rule *r, damage *d, size_t i)
{
	const token *t = c->tokens.at;
	size_t last = lost_end(c, i);
	slice left = i > 0 ? part(c, i - 1, &t[i]) : (slice){ 0 };
	slice right = part(c, last + 1, &t[last + 1]);
	slice letter = { 0 }, whole = { 0 };

	if (left.n + right.n > 1)
		letter = lost_letter(c, left, right);
	if (letter.p != NULL)
		whole = check_printf(c, "%.*s%.*s%.*s", SLICE_ARG(left), SLICE_ARG(letter),
			SLICE_ARG(right));
	finding f = { .text = check_span(c, i - (left.n != 0), last + (right.n != 0)),
		.fix = whole.p == NULL ? FIX_NONE : FIX_REVIEW,
		.suggestions = &whole,
		.suggestion_count = whole.p != NULL };
	f.message = check_message(c, "a character was lost in a conversion",
		"un caractère a été perdu dans une conversion");
	d->seen = f.text.end;
	TRY(note_block(c, d));
	return check_report(c, r, f);
}

static bool
has_lead(slice text, size_t start, size_t end)
{
	uint32_t character;

	for (size_t i = start; i < end;) {
		if ((unsigned char)text.p[i] < 0xC2) {
			i++;
			continue;
		}
		i += utf8_get(text.p + i, text.n - i, &character);
		if (mojibake_may_begin(character))
			return true;
	}
	return false;
}

/* A word without a character that begins such a run may still end one (« l‚Äô »). */
static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice text = slice_sub(c->document->text, 0, c->block->text.end);
	size_t start = t->start;

	if (t->kind != TOKEN_WORD && t->kind != TOKEN_MARK)
		return STATUS_OK;
	if (t->gap == GAP_NONE && i > 0 && t[-1].kind == TOKEN_MARK)
		start = t[-1].start;
	if (!(t->kind == TOKEN_MARK && t->word == LOST) &&
		!has_lead(text, start, (size_t)t->start + t->length))
		return STATUS_OK;
	damage *d = damage_of(c, r);
	if (d == NULL)
		return STATUS_MEMORY;
	if (t->start < d->seen)
		return STATUS_OK;
	if (t->kind == TOKEN_MARK && t->word == LOST)
		return look_for_lost(c, r, d, i);
	return look_for_run(c, r, d, i);
}

/* Findings stand in the order of their paragraphs here, and so do the damaged paragraphs. */
static status
hold_back(check *c, const rule *r)
{
	const damage *d = *check_note(c, r);
	const places_chunk *chunk = d == NULL ? NULL : d->paragraphs.first;

	for (size_t i = 0, k = 0; chunk != NULL && i < c->found.list.n;) {
		finding *f = &c->found.list.at[i];
		if (f->text.start >= chunk->at[k].end) {
			if (++k == chunk->count) {
				chunk = chunk->next;
				k = 0;
			}
			continue;
		}
		if (f->fix == FIX_SAFE && f->text.start >= chunk->at[k].start)
			f->fix = FIX_REVIEW;
		i++;
	}
	return STATUS_OK;
}

static bool
word_has_lead(const check *c, const word *w, const word_reading *r, language l)
{
	(void)c;
	(void)r;
	(void)l;
	return has_lead(w->text, 0, w->text.n);
}

static bool
word_has_no_lead(const check *c, const word *w, const word_reading *r, language l)
{
	return !word_has_lead(c, w, r, l);
}

/* Of all other words, what ends a run that a mark begins. */
static const rule behind_marks = { .fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN | FEATURE_SINGLE | FEATURE_ODD,
	.wants = word_has_no_lead,
	.before = FEATURE_MARK,
	.token = look };

const rule rule_typography_mojibake = {
	.id = "typography/mojibake",
	.severity = SEVERITY_ERROR,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_UNKNOWN | FEATURE_SINGLE | FEATURE_RATE | FEATURE_ODD,
	.wants = word_has_lead,
	.also = &behind_marks,
	.source = "FR-LET-05: mirrors of un.org read as Windows-1250 and GB 18030 (A)",
	.summary_en = "text read with the wrong encoding",
	.summary_fr = "texte lu dans un mauvais codage",
	.explanation_en =
		"A text in UTF-8 that a program reads as Windows-1252, as Mac OS Roman or as a "
		"code page of DOS shows each accented letter as two or three odd characters "
		"(“rÃ©solution”, “lâ€™Asie”). The characters tell what they were, and the "
		"suggestion puts them right. A character that was replaced by “�” is lost: the "
		"suggestion is the one word of the dictionary that fits, where there is one. "
		"In a paragraph with such damage `paraph fix` makes no other correction by "
		"itself.",
	.explanation_fr =
		"Un texte en UTF-8 qu’un programme lit comme du Windows-1252, du Mac OS Roman "
		"ou une page de codes de DOS montre chaque lettre accentuée sous la forme de "
		"deux ou trois caractères étranges («\u00A0rÃ©solution\u00A0», "
		"«\u00A0lâ€™Asie\u00A0»). Ceux-ci "
		"disent ce "
		"qu’ils étaient, et la correction les rétablit. Un caractère remplacé par "
		"«\u00A0�\u00A0"
		"» est perdu\u00A0: la correction est le seul mot du dictionnaire qui "
		"convient, "
		"quand "
		"il y en a un. Dans un paragraphe ainsi abîmé, `paraph fix` ne corrige rien "
		"d’autre de lui-même.",
	.examples = RULE_EXAMPLES(
		{ LANGUAGE_FR, "une rÃ©solution du Conseil", "une résolution du Conseil" },
		{ LANGUAGE_FR, "la paix dans lâ€™Asie centrale",
			"la paix dans l’Asie centrale" },
		{ LANGUAGE_FR, "le Secr¨¦taire a parlé", "le Secrétaire a parlé" },
		{ LANGUAGE_FR, "une r├®solution du Conseil", "une résolution du Conseil" },
		{ LANGUAGE_FR, "une r\uFFFDsolution du Conseil", "une résolution du Conseil" },
		{ LANGUAGE_EN, "the Stateâ€™s duty", "the State’s duty" },
		{ LANGUAGE_FR, NULL,
			"São Paulo, l’île d’Åland, IRMÃ, « Â », √2, 5 €, ¬p, la forêt" }),
	.token = look,
	.document = hold_back,
};
