/* What stands under the cursor: why it was found fault with, what term it is, how the memory
 * translates its segment. */
#include <stdlib.h>
#include <string.h>

#include "apps/lsp/diagnostic.h"
#include "apps/lsp/page.h"
#include "apps/lsp/server.h"

static void
put_finding(page *p, const backend *b, const checked *d, size_t i, const paraph_finding *f)
{
	size_t rule;

	page_part(p);
	page_put(p, "**");
	page_text(p, f->message);
	page_printf(p, "** `%s`", f->rule);
	for (size_t k = 0; k < f->suggestion_count && k < 5; k++) {
		page_put(p, k == 0 ? "\n\n→ " : " | ");
		page_text(p, paraph_result_suggestion(d->result, i, k));
	}
	if (f->source_text.n != 0 || f->source_passage.n != 0) {
		page_put(p, backend_say(b, "\n\nSource: “", "\n\nSource\u00A0: «\u00A0"));
		page_text(p, f->source_text.n != 0 ? f->source_text : f->source_passage);
		page_put(p, backend_say(b, "”", "\u00A0»"));
	}
	if (paraph_engine_rule_find(b->engine, f->rule, b->ui, &rule, NULL, 0) != PARAPH_OK)
		return;
	paraph_rule r = paraph_engine_rule_at(b->engine, rule, b->ui);
	page_put(p, "\n\n");
	page_text(p, text_of(r.explanation));
	if (r.source != NULL && r.source[0] != '\0') {
		page_put(p, backend_say(b, "\n\n*Source: ", "\n\n*Source\u00A0: "));
		page_text(p, text_of(r.source));
		page_put(p, "*");
	}
}

void
hover_findings(page *p, const backend *b, const checked *d, size_t at)
{
	for (size_t i = 0; i < paraph_result_count(d->result); i++) {
		paraph_finding f = paraph_result_finding(d->result, i);
		if (f.start <= at && (at < f.end || f.start == f.end))
			put_finding(p, b, d, i, &f);
	}
}

static json_t *
hover(backend *b, checked *d, const json_t *params, fault *f)
{
	page p = { 0 };
	position where;

	if (!message_read_position(json_object_get(params, "position"), &where)) {
		f->code = CODE_PARAMS;
		strcpy(f->message, "no position");
		return NULL;
	}
	if (!diagnostics_exist(d))
		return NULL;
	size_t at = lines_offset(&d->text, where, b->bytes);
	hover_findings(&p, b, d, at);
	hover_term(&p, b, d, at);
	hover_memory(&p, b, d, at);
	if (p.n == 0)
		return NULL;
	json_t *result = json_pack("{s:{s:s, s:o}}", "contents", "kind", "markdown", "value",
		message_string((paraph_text){ p.text, p.n }));
	free(p.text);
	return result;
}

const method method_hover = { .name = "textDocument/hover", .request = true, .work = hover };
