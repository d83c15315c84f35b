/* Corrections are applied round by round: findings that overlap are reported one at a time, so
 * « a  b  c » shows its second fault only when the first is mended. The rounds end when
 * nothing is left to correct, which makes a correction applied twice the same as once.
 *
 * Rules that undo or feed each other's work (rules of a house: colour → color, color → colour)
 * would go on for ever. What still corrects in late rounds is left out, all of it, and the
 * correction begins anew; so the result is the same whichever of the texts it began with. The
 * message of the session then names the rules.
 *
 * Corrections that somebody chose one by one are those and no others: there is one round. */
#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

#include "document/compose.h"

#define ROUNDS_MAX 20 /* five were never met where they came to an end */
#define ROUNDS_LATE (ROUNDS_MAX / 2)
#define RULES_MOST 16
#define NAMES_BYTES 200

typedef struct fix_rules {
	const rule *at[RULES_MOST];
	size_t n;
} fix_rules;

typedef struct rounds { /* of one correction */
	bool unsafe;
	bool only; /* the first: what is chosen */
	int round;
	fix_rules late; /* rules that corrected something in late rounds */
	fix_rules out;  /* whose corrections are left out */
	bool endless;
} rounds;

static bool
holds(const fix_rules *set, const rule *r)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->at[i] == r)
			return true;
	return false;
}

static void
add(fix_rules *set, const rule *r)
{
	if (set->n < RULES_MOST && !holds(set, r))
		set->at[set->n++] = r;
}

static bool
applies(const report_finding *there, const rounds *now)
{
	const finding *f = there->found;

	if (now->only)
		return there->choice != 0;
	return f->suggestion_count != 0 && f->fix >= (now->unsafe ? FIX_REVIEW : FIX_SAFE) &&
	       !holds(&now->out, f->rule);
}

/* What a comment says of a finding, each on a line: its message, what could stand there
 * instead, the passage of the source that it translates, its rule. */
static status
write_note(arena *a, const finding *f, language ui, slice *out)
{
	const finding_facing *x = &f->facing;

	buffer b;

	buffer_init(&b, a->memory, 1 << 20);
	buffer_put(&b, f->message);
	for (size_t i = 0; i < f->suggestion_count; i++)
		buffer_printf(&b, "%s%.*s", i == 0 ? "\n\u2192 " : " | ",
			SLICE_ARG(f->suggestions[i]));
	if (x->document != NULL)
		buffer_printf(&b,
			ui == LANGUAGE_FR ? "\nSource\u00A0: «\u00A0%.*s\u00A0»"
					  : "\nSource: “%.*s”",
			SLICE_ARG(slice_sub(
				x->document->text, x->passage.start, x->passage.end)));
	buffer_printf(&b, "\n[%s]", f->rule->id);
	status done = b.status;
	if (done == STATUS_OK)
		done = arena_copy(a, buffer_slice(&b), out);
	buffer_free(&b);
	return done;
}

static status
collect(arena *a, const paraph_result *r, rounds *now, language ui, edit **edits, size_t *count)
{
	edit *list = ARENA_ARRAY(a, edit, r->view.count);
	uint32_t at = 0;

	if (list == NULL)
		return STATUS_MEMORY;
	*edits = list;
	*count = 0;
	for (size_t i = 0; i < r->view.count; i++) {
		const report_finding *f = &r->view.findings[i];
		/* Two findings may share a character of the file that became several of
		 * text. */
		if (!applies(f, now) || f->file.start < at)
			continue;
		if (now->round >= ROUNDS_LATE)
			add(&now->late, f->found->rule);
		size_t k = f->choice == 0 ? 0 : f->choice - 1;
		list[*count] = (edit){ .file = f->file, .with = f->found->suggestions[k] };
		TRY(write_note(a, f->found, ui, &list[(*count)++].said));
		at = f->file.end;
	}
	return STATUS_OK;
}

/* Moves the bytes of a buffer out of it. */
static file
take(buffer *b)
{
	file f = { .bytes = buffer_slice(b) };

	buffer_init(b, b->memory, b->ceiling);
	return f;
}

/* Comments on the findings for which no edit is made. */
static status
collect_notes(arena *a, const paraph_result *r, const edit *edits, size_t count, language ui,
	edit_style *style)
{
	edit_note *notes = ARENA_ARRAY(a, edit_note, r->view.count);
	size_t n = 0, k = 0;

	if (notes == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r->view.count; i++) {
		const report_finding *f = &r->view.findings[i];
		while (k < count && edits[k].file.end <= f->file.start)
			k++;
		span at = f->found->text;
		if (k < count && edits[k].file.start < f->file.end) {
			/* What is said of a whole passage is said beside the change in it. */
			if (f->found->facing.document == NULL ||
				edits[k].file.start <= f->file.start)
				continue;
			at.end = at.start + (edits[k].file.start - f->file.start);
		}
		notes[n].text = at;
		notes[n].level = (int)f->found->severity;
		TRY(write_note(a, f->found, ui, &notes[n].said));
		n++;
	}
	style->notes = notes;
	style->note_count = n;
	return STATUS_OK;
}

/* Tracked changes and comments; either may be left out. */
typedef struct review {
	edit_style style;
	bool no_edits, with_notes;
} review;

/* The edits as they are made, without those that have no place. */
static status
edit_plainly(paraph_session *s, arena *a, const document *d, edit *edits, size_t *count,
	edit_style style, file *out)
{
	buffer b;
	size_t kept = 0;

	style.tracked = false;
	style.draft = true;
	style.notes = NULL;
	style.note_count = 0;
	style.each = ARENA_ARRAY(a, bool, *count);
	if (style.each == NULL)
		return STATUS_MEMORY;
	buffer_init(&b, &s->engine->memory, s->context.limits.output);
	status done = document_edit(&b, &s->context, d, edits, *count, &style);
	if (done == STATUS_OK)
		*out = take(&b);
	buffer_free(&b);
	for (size_t i = 0; i < *count && done == STATUS_OK; i++)
		if (style.each[i])
			edits[kept++] = edits[i];
	*count = kept;
	return done;
}

/* Rounds need the words of their edits longer than the findings that they are of. */
static status
keep_words(arena *a, edit *edits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(arena_copy(a, edits[i].with, &edits[i].with));
	return STATUS_OK;
}

/* What is corrected round by round. A document of 200 MB is a text of 80: of all rounds the
 * first text and the last are kept. */
typedef struct chain {
	paraph_session *session;
	arena *arena;
	rounds *turn;
	const paraph_result *first;
	paraph_result *last; /* NULL: the first */
	edit *edits;         /* of the last text, to be made */
	size_t count;
	edit *all; /* of the first text: what made the last one */
	size_t all_count;
	bool goes_on;
} chain;

static const document *
last_text(const chain *c)
{
	return c->last == NULL ? &c->first->document : &c->last->document;
}

static void
drop_last(chain *c)
{
	if (c->last != NULL)
		paraph_result_free(c->last);
	c->last = NULL;
}

/* The edits of this round go to those of the rounds before. */
static status
add_round(chain *c)
{
	if (c->last != NULL)
		return edits_compose(c->arena, c->last->document.text, c->all, c->all_count,
			c->edits, c->count, &c->all, &c->all_count);
	c->all = c->edits;
	c->all_count = c->count;
	return STATUS_OK;
}

/* What comes of the text, checked, and what is left to correct in it. */
static status
check_round(chain *c, file fixed, uint64_t expected)
{
	paraph_session *s = c->session;
	paraph_result *next;

	drop_last(c);
	TRY(engine_check(s, c->first->document.path.p, fixed.bytes, fixed, true, &next));
	c->last = next;
	c->turn->round++;
	if (edits_hash(next->document.text, NULL, 0) != expected)
		return STATUS_OK;
	TRY(collect(c->arena, next, c->turn, s->context.ui, &c->edits, &c->count));
	TRY(keep_words(c->arena, c->edits, c->count));
	c->turn->endless = c->count != 0 && c->turn->round >= ROUNDS_MAX;
	c->goes_on = c->count != 0 && !c->turn->endless;
	return STATUS_OK;
}

static status
next_round(chain *c, const edit_style *style)
{
	file fixed = { 0 };

	c->goes_on = false;
	TRY(edit_plainly(
		c->session, c->arena, last_text(c), c->edits, &c->count, *style, &fixed));
	status done = c->count == 0 ? STATUS_OK : add_round(c);
	if (done == STATUS_OK && c->count != 0)
		return check_round(
			c, fixed, edits_hash(last_text(c)->text, c->edits, c->count));
	file_close(&fixed, &c->session->engine->memory);
	return done;
}

/* Two lists in order; of edits that overlap those of the second count. */
static status
merge(arena *a, const edit *first, size_t first_count, const edit *second, size_t second_count,
	edit **out, size_t *count)
{
	edit *list = ARENA_ARRAY(a, edit, first_count + second_count);
	size_t n = 0, i = 0;

	if (list == NULL)
		return STATUS_MEMORY;
	for (size_t k = 0; k < second_count; k++) {
		span s = second[k].file;
		for (; i < first_count && first[i].file.end <= s.start &&
			first[i].file.start < s.start;
			i++)
			list[n++] = first[i];
		while (i < first_count &&
			(first[i].file.start < s.end || first[i].file.start == s.start))
			i++;
		list[n++] = second[k];
	}
	while (i < first_count)
		list[n++] = first[i++];
	*out = list;
	*count = n;
	return STATUS_OK;
}

/* Without comments, an edit that cannot be made is not spoken of. */
static void
drop_notes(edit *edits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		edits[i].said = SLICE("");
}

/* Tracked changes are those of all rounds at once. Edits that cannot be made stay among them,
 * for what they have to say. */
static status
compose_rounds(paraph_session *s, arena *a, const paraph_result *r, rounds *turn,
	const edit_style *style, edit **edits, size_t *count)
{
	chain c = { .session = s,
		.arena = a,
		.turn = turn,
		.first = r,
		.edits = ARENA_ARRAY(a, edit, *count),
		.count = *count,
		.goes_on = *count != 0 };
	size_t made = 0;
	status done = c.edits == NULL ? STATUS_MEMORY : STATUS_OK;

	if (done == STATUS_OK && *count != 0)
		memcpy(c.edits, *edits, *count * sizeof(*c.edits));
	for (; done == STATUS_OK && c.goes_on; made++)
		done = next_round(&c, style);
	drop_last(&c);
	/* The edits of the first round by themselves are there. */
	if (done != STATUS_OK || made < 2)
		return done;
	return merge(a, *edits, *count, c.all, c.all_count, edits, count);
}

static status
apply(paraph_session *s, const paraph_result *r, rounds *turn, review *how, file *out,
	size_t *count)
{
	arena a;
	buffer b;
	edit *edits;
	edit_style *style = &how->style;

	arena_init(&a, &s->engine->memory);
	buffer_init(&b, &s->engine->memory, s->context.limits.output);
	style->made = 0;
	status done = collect(&a, r, turn, s->context.ui, &edits, count);
	if (how->no_edits)
		*count = 0;
	if (done == STATUS_OK && style->tracked && !turn->only)
		done = compose_rounds(s, &a, r, turn, style, &edits, count);
	if (done == STATUS_OK && how->with_notes)
		done = collect_notes(&a, r, edits, *count, s->context.ui, style);
	if (done == STATUS_OK && !how->with_notes)
		drop_notes(edits, *count);
	if (done == STATUS_OK)
		done = document_edit(&b, &s->context, &r->document, edits, *count, style);
	*count = style->made;
	arena_free(&a);
	if (done == STATUS_OK)
		*out = take(&b);
	buffer_free(&b);
	return done;
}

/* Applies one round more to bytes that were corrected already, unless there is nothing to do.
 */
static status
again(paraph_session *s, const char *path, rounds *turn, const edit_style *style, file *bytes,
	size_t *count)
{
	paraph_result *r;
	file next = { 0 };

	TRY(engine_check(s, path, bytes->bytes, (file){ 0 }, true, &r));
	review plain = { .style = { .breaks_signature = style->breaks_signature } };
	status done = apply(s, r, turn, &plain, &next, count);
	paraph_result_free(r);
	if (done != STATUS_OK)
		return done;
	file_close(bytes, &s->engine->memory);
	*bytes = next;
	return STATUS_OK;
}

static status
fix_once(paraph_session *s, const paraph_result *r, rounds *turn, review *how, file *bytes,
	size_t *applied)
{
	size_t count;

	turn->round = 0;
	turn->endless = false;
	*applied = 0;
	TRY(apply(s, r, turn, how, bytes, &count));
	*applied = count;
	while (count != 0 && !how->style.tracked && !turn->endless && !turn->only) {
		turn->round++;
		status done = again(s, r->document.path.p, turn, &how->style, bytes, &count);
		if (done != STATUS_OK) {
			file_close(bytes, &s->engine->memory);
			return done;
		}
		*applied += count;
		turn->endless = count != 0 && turn->round >= ROUNDS_MAX;
	}
	return STATUS_OK;
}

/* "spacing/double, house/colour" */
static void
say_left_out(paraph_session *s, const char *path, const fix_rules *out)
{
	char names[NAMES_BYTES] = "";

	for (size_t i = 0, n = 0; i < out->n; i++)
		n += (size_t)snprintf(names + n, n < sizeof(names) ? sizeof(names) - n : 0,
			"%s%s", i == 0 ? "" : ", ", out->at[i]->id);
	snprintf(s->context.message, sizeof(s->context.message),
		s->context.ui == LANGUAGE_FR
			? "%s\u00A0: les corrections qui se défont l’une l’autre ou n’en "
			  "finissent "
			  "pas sont laissées de côté\u00A0: %s"
			: "%s: corrections that undo one another or never end are left out: %s",
		path, names);
}

static status
fix(paraph_session *s, const paraph_result *r, bool unsafe, review *how, file *bytes,
	size_t *applied)
{
	rounds turn = { .unsafe = unsafe, .only = r->chosen };

	for (;;) {
		TRY(fix_once(s, r, &turn, how, bytes, applied));
		size_t known = turn.out.n;
		for (size_t i = 0; turn.endless && i < turn.late.n; i++)
			add(&turn.out, turn.late.at[i]);
		/* More rules than there is room for: what there is stands. */
		if (!turn.endless || turn.out.n == known)
			break;
		file_close(bytes, &s->engine->memory);
	}
	if (turn.out.n != 0)
		say_left_out(s, r->document.path.p, &turn.out);
	return STATUS_OK;
}

static paraph_status
fix_and_answer(paraph_session *s, const paraph_result *r, bool unsafe, review *how,
	char **bytes, size_t *n, size_t *applied)
{
	file fixed = { 0 };

	*bytes = NULL;
	*n = *applied = 0;
	s->context.message[0] = '\0';
	status done = fix(s, r, unsafe, how, &fixed, applied);
	if (done != STATUS_OK)
		return engine_answer(s, done);
	*bytes = (char *)(uintptr_t)fixed.bytes.p;
	*n = fixed.bytes.n;
	return PARAPH_OK;
}

paraph_status
paraph_result_fix(paraph_session *s, const paraph_result *r, bool unsafe, char **bytes,
	size_t *n, size_t *applied)
{
	review plain = { 0 };

	return fix_and_answer(s, r, unsafe, &plain, bytes, n, applied);
}

paraph_status
paraph_result_review(paraph_session *s, const paraph_result *r, const paraph_review *asked,
	char **bytes, size_t *n, size_t *changes, size_t *comments)
{
	review how = { .style = { .tracked = !asked->plain,
			       .breaks_signature = asked->breaks_signature,
			       .author = asked->author,
			       .date = asked->date },
		.no_edits = !asked->changes,
		.with_notes = asked->comments };
	paraph_status done = fix_and_answer(s, r, asked->unsafe, &how, bytes, n, changes);

	*comments = how.style.noted;
	return done;
}

void
paraph_bytes_free(paraph_session *s, char *bytes)
{
	memory_free(&s->engine->memory, bytes);
}
