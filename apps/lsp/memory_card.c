/* What the project's translation memories have for the segment under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/page.h"

#define MATCHES_MOST 3
#define THRESHOLD 7000

typedef struct question {
	page *page;
	backend *backend;
	paraph_text segment;
	const char *language;
	size_t found;
} question;

static paraph_status
put_match(void *user, const paraph_tm_match *m)
{
	question *q = user;

	if (q->found++ == 0)
		page_part(q->page);
	else
		page_put(q->page, "\n\n");
	page_printf(q->page, "**%d\u00A0%%** ", m->score / 100);
	page_text(q->page, m->proposed.n != 0 ? m->proposed : m->unit.target);
	if (m->score < 10000) {
		page_put(q->page, "\n\n*");
		page_text(q->page, m->unit.source);
		page_put(q->page, "*");
	}
	return PARAPH_OK;
}

static bool
ask(void *user, const char *path)
{
	question *q = user;
	paraph_tm *tm = backend_memory(q->backend, path);
	paraph_tm_query query = { .text = q->segment,
		.source = q->language,
		.target = strcmp(q->language, "fr") == 0 ? "en" : "fr",
		.threshold = THRESHOLD,
		.most = MATCHES_MOST };

	if (tm != NULL && paraph_tm_find(tm, &query, put_match, q) != PARAPH_OK)
		backend_forget_memory(q->backend, path);
	return q->found == 0;
}

void
hover_memory(page *p, backend *b, const checked *d, size_t at)
{
	size_t start, end;
	question q = { .page = p, .backend = b };

	if (paraph_result_segment(d->session, d->result, at, &start, &end, &q.language) !=
		PARAPH_OK)
		return;
	q.segment = (paraph_text){ d->text.bytes + start, end - start };
	backend_memories(d, ask, &q);
}
