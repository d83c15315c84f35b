/* /v2/check. What a client asks for that has no counterpart here (level, preferredVariants …)
 * is passed over, as its own server does with what it does not know. */
#include <stdio.h>
#include <string.h>

#include "apps/http/lt.h"
#include "apps/http/server.h"

#define SOURCE_MOST 65536 /* bytes of a source segment */

typedef struct wish {
	request *r;
	const lt_language *language; /* NULL: as it is recognised */
	lt_filter filter;
	annotated text;
	char enable[900]; /* rules to be turned on, commas between them */
	bool paired;      /* the text was compared with its source */
} wish;

/* --- reading the parameters --- */

static bool
refuse(wish *w, const char *en, const char *fr)
{
	answer_error(w->r, 400, en, fr);
	return false;
}

static bool
read_text(wish *w)
{
	const form *f = &w->r->form;
	paraph_text text = form_get(f, "text"), data = form_get(f, "data");
	annotated_outcome outcome;

	if (text.n != 0 && data.n != 0)
		return refuse(
			w, "give text or data, not both", "donnez text ou data, pas les deux");
	if (text.p == NULL && data.n == 0)
		return refuse(w, "the parameter text or data is missing",
			"il manque le paramètre text ou data");
	if (!utf8_is_sound(text) || !utf8_is_sound(data))
		return refuse(w, "the text is not UTF-8", "le texte n’est pas en UTF-8");
	outcome = data.n != 0 ? annotated_from_data(&w->text, data)
			      : annotated_from_text(&w->text, text);
	if (outcome == ANNOTATED_NO_JSON)
		return refuse(w, "data is not JSON", "data n’est pas du JSON");
	if (outcome == ANNOTATED_NO_ANNOTATION)
		return refuse(w,
			"data must be {\"annotation\": [{\"text\": …} or {\"markup\": …}]}",
			"data doit être {\"annotation\": [{\"text\": …} ou {\"markup\": …}]}");
	if (outcome == ANNOTATED_NO_MEMORY)
		answer_failure(w->r, PARAPH_MEMORY, "out of memory");
	else if (w->text.text.n > w->r->server->options->text_most) {
		metrics_add(w->r->server->metrics, METRIC_REFUSED_SIZE, 1);
		answer_error(w->r, 413, "the text is too long (--max-text)",
			"le texte est trop long (--max-text)");
		return false;
	}
	return outcome == ANNOTATED_OK;
}

static bool
read_language(wish *w)
{
	paraph_text said = form_get(&w->r->form, "language");

	if (said.p == NULL)
		return refuse(w, "the parameter language is missing",
			"il manque le paramètre language");
	if (said.n == 0 || same_text(said, "auto"))
		return true;
	w->language = lt_language_of(said);
	return w->language != NULL ||
	       refuse(w, "this language is not known; /v2/languages lists them",
		       "cette langue n’est pas connue\u00A0; /v2/languages les énumère");
}

/* The rules that the client turns on and that are off by default. */
static void
read_enabled(wish *w)
{
	paraph_text list = w->filter.enabled, one;
	size_t n = 0, i;
	char id[128];

	while (form_next(&list, &one)) {
		snprintf(id, sizeof(id), "%.*s", (int)(one.n < 127 ? one.n : 127), one.p);
		if (paraph_rule_find(id, PARAPH_LANGUAGE_EN, &i, NULL, 0) != PARAPH_OK ||
			!paraph_rule_at(i, PARAPH_LANGUAGE_EN).off ||
			n + strlen(id) + 2 > sizeof(w->enable))
			continue;
		n += (size_t)snprintf(
			w->enable + n, sizeof(w->enable) - n, "%s%s", n == 0 ? "" : ",", id);
	}
}

static bool
read_filter(wish *w)
{
	const form *f = &w->r->form;

	w->filter = (lt_filter){ .enabled = form_get(f, "enabledRules"),
		.disabled = form_get(f, "disabledRules"),
		.enabled_categories = form_get(f, "enabledCategories"),
		.disabled_categories = form_get(f, "disabledCategories"),
		.ranges = form_get(f, "ignoreRanges"),
		.only = form_is(f, "enabledOnly", "true") || form_is(f, "enabledOnly", "yes") };
	if (w->filter.only && w->filter.enabled.n == 0 && w->filter.enabled_categories.n == 0)
		return refuse(w, "enabledOnly wants enabledRules or enabledCategories",
			"enabledOnly demande enabledRules ou enabledCategories");
	read_enabled(w);
	return true;
}

/* --- checking --- */

static paraph_language
other_language(paraph_language l)
{
	return l == PARAPH_LANGUAGE_FR ? PARAPH_LANGUAGE_EN : PARAPH_LANGUAGE_FR;
}

static paraph_status
check_alone(wish *w, paraph_session *s, paraph_result **out)
{
	static const char nothing[] = "";
	paraph_text t = bytes_view(&w->text.text);

	return paraph_check(s, "text", t.p == NULL ? (paraph_text){ nothing, 0 } : t, out);
}

/* OmegaT sends the segment that is translated. Where the two cannot be compared (both in one
 * language, nothing in one of them) the text is looked at alone. */
static paraph_status
check_pair(wish *w, paraph_session *s, paraph_result **out)
{
	paraph_text source = form_get(&w->r->form, "srctext");
	paraph_language target =
		w->language == NULL ? PARAPH_LANGUAGE_AUTO : w->language->language;
	paraph_align pair = { .source = "srctext",
		.target = "text",
		.target_language = target,
		.source_bytes = source,
		.target_bytes = bytes_view(&w->text.text) };

	if (target != PARAPH_LANGUAGE_AUTO)
		pair.source_language = other_language(target);
	return paraph_check_translation(s, &pair, out);
}

static paraph_status
check(wish *w, paraph_session *s, paraph_result **out)
{
	paraph_text source = form_get(&w->r->form, "srctext");
	paraph_language l = w->language == NULL ? PARAPH_LANGUAGE_AUTO : w->language->language;

	paraph_session_ui(s, w->r->ui);
	paraph_status done = paraph_session_reading(s, PARAPH_LANGUAGE_AUTO, "txt");
	if (done == PARAPH_OK && source.n != 0 && source.n <= SOURCE_MOST &&
		utf8_is_sound(source) && w->text.text.n != 0) {
		done = check_pair(w, s, out);
		w->paired = done == PARAPH_OK;
		if (done == PARAPH_OK || done == PARAPH_MEMORY)
			return done;
	}
	done = paraph_session_reading(s, l, "txt");
	return done == PARAPH_OK ? check_alone(w, s, out) : done;
}

/* What was found, whether the client wants to hear of it or not. */
static void
count(const wish *w, const paraph_result *result)
{
	metrics *m = w->r->server->metrics;
	paraph_text source = form_get(&w->r->form, "srctext");

	metrics_add(m, w->paired ? METRIC_CHECKS_TRANSLATION : METRIC_CHECKS_TEXT, 1);
	metrics_add(m, METRIC_CHECKED_BYTES, w->text.text.n + (w->paired ? source.n : 0));
	for (size_t i = 0; i < paraph_result_count(result); i++) {
		paraph_severity severity = paraph_result_finding(result, i).severity;
		metrics_add(m, (metric)(METRIC_FINDINGS_INFO + severity - PARAPH_INFO), 1);
	}
}

static void
check_with(wish *w, lease *l)
{
	paraph_result *result;

	paraph_session_watch(l->session, request_is_wanted, w->r);
	paraph_status done = check(w, l->session, &result);
	paraph_session_watch(l->session, NULL, NULL);

	if (done != PARAPH_OK) {
		answer_failure(w->r, done, paraph_session_message(l->session));
		if (stores_failed(done))
			stores_doubt_memory(w->r);
		return;
	}
	count(w, result);
	lt_checked checked = { l->session, result, &w->text, w->language, &w->filter,
		w->r->ui };
	lt_write(&w->r->answer.body, &checked);
	paraph_result_free(result);
}

static void
take_and_check(wish *w)
{
	struct server *s = w->r->server;
	engine_wish want = { .enable = w->enable[0] == '\0' ? NULL : w->enable };
	char message[512];
	lease l;

	if (w->language != NULL && s->options->engine.profile == NULL)
		want.profile = w->language->profile;
	paraph_status done = engines_take(s->engines, &want, &l, message, sizeof(message));
	if (done != PARAPH_OK) {
		answer_failure(w->r, done, message);
		return;
	}
	check_with(w, &l);
	engines_give(s->engines, &l, w->text.text.n + form_get(&w->r->form, "srctext").n);
}

void
lt_check(request *r)
{
	wish w = { .r = r };

	if (read_language(&w) && read_text(&w) && read_filter(&w))
		take_and_check(&w);
	annotated_free(&w.text);
}
