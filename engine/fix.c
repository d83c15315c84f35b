/* Corrections are applied round by round: findings that overlap are reported one at a time, so
 * « a  b  c » shows its second fault only when the first is mended. The rounds end when
 * nothing is left to correct, which makes a correction applied twice the same as once; rules
 * that undo each other's work would be a bug, and are stopped by a ceiling. */
#include "engine/engine.h"

#include "document/edit.h"

#define ROUNDS_MAX 10

static bool
applies(const finding *f, bool unsafe)
{
	return f->suggestion_count != 0 && f->fix >= (unsafe ? FIX_REVIEW : FIX_SAFE);
}

static status
collect(arena *a, const paraph_result *r, bool unsafe, edit **edits, size_t *count)
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
		if (!applies(f->found, unsafe) || f->file.start < at)
			continue;
		list[(*count)++] = (edit){ f->file, f->found->suggestions[0] };
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

/* What a comment says of a finding: its message, its rule, what could stand there instead. */
static status
write_note(arena *a, const finding *f, slice *out)
{
	buffer b;

	buffer_init(&b, a->memory, 1 << 20);
	buffer_printf(&b, "%.*s [%s]", SLICE_ARG(f->message), f->rule->id);
	for (size_t i = 0; i < f->suggestion_count; i++)
		buffer_printf(&b, "%s%.*s", i == 0 ? " \u2192 " : " | ",
			SLICE_ARG(f->suggestions[i]));
	status done = b.status;
	if (done == STATUS_OK)
		done = arena_copy(a, buffer_slice(&b), out);
	buffer_free(&b);
	return done;
}

/* Comments on the findings for which no edit is made. */
static status
collect_notes(
	arena *a, const paraph_result *r, const edit *edits, size_t count, edit_style *style)
{
	edit_note *notes = ARENA_ARRAY(a, edit_note, r->view.count);
	size_t n = 0, k = 0;

	if (notes == NULL)
		return STATUS_MEMORY;
	for (size_t i = 0; i < r->view.count; i++) {
		const report_finding *f = &r->view.findings[i];
		while (k < count && edits[k].file.end <= f->file.start)
			k++;
		if (k < count && edits[k].file.start < f->file.end)
			continue;
		notes[n].text = f->found->text;
		notes[n].level = (int)f->found->severity;
		TRY(write_note(a, f->found, &notes[n].said));
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

static status
apply(paraph_session *s, const paraph_result *r, bool unsafe, review *how, file *out,
	size_t *count)
{
	arena a;
	buffer b;
	edit *edits;
	edit_style *style = &how->style;

	arena_init(&a, &s->engine->memory);
	buffer_init(&b, &s->engine->memory, s->context.limits.output);
	style->made = 0;
	status done = collect(&a, r, unsafe, &edits, count);
	if (how->no_edits)
		*count = 0;
	if (done == STATUS_OK && how->with_notes)
		done = collect_notes(&a, r, edits, *count, style);
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
again(paraph_session *s, const char *path, bool unsafe, file *bytes, size_t *count)
{
	paraph_result *r;
	file next = { 0 };

	TRY(engine_check(s, path, bytes->bytes, (file){ 0 }, true, &r));
	review plain = { 0 };
	status done = apply(s, r, unsafe, &plain, &next, count);
	paraph_result_free(r);
	if (done != STATUS_OK)
		return done;
	file_close(bytes, &s->engine->memory);
	*bytes = next;
	return STATUS_OK;
}

static status
fix(paraph_session *s, const paraph_result *r, bool unsafe, review *how, file *bytes,
	size_t *applied)
{
	size_t count;

	TRY(apply(s, r, unsafe, how, bytes, &count));
	/* Changes upon changes are not what somebody can accept or reject one by one. */
	for (int round = 1; count != 0 && !how->style.tracked && round < ROUNDS_MAX; round++) {
		*applied += count;
		status done = again(s, r->document.path.p, unsafe, bytes, &count);
		if (done != STATUS_OK) {
			file_close(bytes, &s->engine->memory);
			return done;
		}
	}
	*applied += count;
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
	review how = {
		.style = { .tracked = true, .author = asked->author, .date = asked->date },
		.no_edits = !asked->changes,
		.with_notes = asked->comments
	};
	paraph_status done = fix_and_answer(s, r, asked->unsafe, &how, bytes, n, changes);

	*comments = how.style.noted;
	return done;
}

void
paraph_bytes_free(paraph_session *s, char *bytes)
{
	memory_free(&s->engine->memory, bytes);
}
