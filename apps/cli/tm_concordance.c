/* paraph tm concordance: where words stand in the memory, with their translation. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/output.h"
#include "apps/cli/tms.h"

typedef struct shower {
	const settings *s;
	output out;
	bool in_target, json, color;
	size_t shown;
} shower;

static void
put(output *out, const char *text)
{
	output_write(out, text, strlen(text));
}

/* The side with its marks: in colour, or between stars. */
static void
put_marked(shower *x, paraph_text t, const paraph_tm_occurrence *o)
{
	size_t at = 0;

	for (size_t i = 0; i < o->mark_count; i++) {
		output_write(&x->out, t.p + at, o->marks[i].start - at);
		put(&x->out, x->color ? "\033[1;33m" : "*");
		output_write(
			&x->out, t.p + o->marks[i].start, o->marks[i].end - o->marks[i].start);
		put(&x->out, x->color ? "\033[0m" : "*");
		at = o->marks[i].end;
	}
	output_write(&x->out, t.p + at, t.n - at);
}

static void
put_json(shower *x, const paraph_tm_occurrence *o)
{
	char text[64];

	put(&x->out, x->shown == 0 ? "\n  {\"source\":" : ",\n  {\"source\":");
	json_text(&x->out, o->unit.source);
	put(&x->out, ",\"target\":");
	json_text(&x->out, o->unit.target);
	put(&x->out, ",\"document\":");
	json_text(&x->out, o->unit.document);
	put(&x->out,
		o->phrase ? ",\"phrase\":true,\"marks\":[" : ",\"phrase\":false,\"marks\":[");
	for (size_t i = 0; i < o->mark_count; i++) {
		snprintf(text, sizeof(text), "%s[%zu,%zu]", i == 0 ? "" : ",",
			o->marks[i].start, o->marks[i].end);
		put(&x->out, text);
	}
	put(&x->out, "]}");
}

static paraph_status
found(void *user, const paraph_tm_occurrence *o)
{
	shower *x = user;

	if (x->json) {
		put_json(x, o);
	} else {
		paraph_text asked = x->in_target ? o->unit.target : o->unit.source;
		paraph_text other = x->in_target ? o->unit.source : o->unit.target;
		put_marked(x, asked, o);
		put(&x->out, "\n  ");
		output_write(&x->out, other.p, other.n);
		if (o->unit.document.n != 0) {
			put(&x->out, "  (");
			output_write(&x->out, o->unit.document.p, o->unit.document.n);
			put(&x->out, ")");
		}
		put(&x->out, "\n");
	}
	x->shown++;
	return PARAPH_OK;
}

static int
show(shower *x, paraph_tm *tm, const char *text, size_t most)
{
	const settings *s = x->s;
	paraph_text asked = { text, strlen(text) };
	const char *tag = x->in_target ? s->target_lang : s->source_lang;
	size_t total;
	char line[64];

	if (x->json)
		put(&x->out, "{\"schema\":\"paraph/concordance/1\",\"units\":[");
	paraph_status done =
		paraph_tm_concordance(tm, asked, x->in_target, tag, most, found, x, &total);
	if (done != PARAPH_OK)
		return tm_trouble(s, tm, done);
	if (x->json) {
		snprintf(line, sizeof(line), "\n],\"total\":%zu}\n", total);
		put(&x->out, line);
	} else if (total > x->shown) {
		snprintf(line, sizeof(line),
			say(s, "%zu of %zu units\n", "%zu unités sur %zu\n"), x->shown, total);
		put(&x->out, line);
	}
	return total == 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}

static char *
joined(const list *words)
{
	size_t n = 1;

	for (size_t i = 0; i < words->n; i++)
		n += strlen(words->at[i]) + 1;
	char *text = allocate(NULL, n, 1);
	text[0] = '\0';
	for (size_t i = 0; i < words->n; i++) {
		strcat(text, i == 0 ? "" : " ");
		strcat(text, words->at[i]);
	}
	return text;
}

static int
tm_concordance(const settings *s)
{
	shower x = { .s = s, .in_target = s->side != NULL && strcmp(s->side, "target") == 0 };
	long most = 20;
	paraph_tm *tm;

	if (s->paths.n == 0)
		return complain(
			s, "tm concordance wants words", "tm concordance demande des mots");
	if (s->most != NULL && !read_number(s->most, 1, 100000, &most))
		return complain(
			s, "--top: a number from 1 on", "--top : un nombre à partir de 1");
	x.json = s->format != NULL && strcmp(s->format, "json") == 0;
	int status = open_tm(s, NULL, false, &tm);
	if (status != EXIT_CLEAN)
		return status;
	status = output_open(&x.out, s, s->output);
	if (status == EXIT_CLEAN) {
		x.color = output_wants_color(&x.out, s);
		char *text = joined(&s->paths);
		status = show(&x, tm, text, (size_t)most);
		free(text);
		if (output_close(&x.out, s) != EXIT_CLEAN)
			status = EXIT_TROUBLE;
	}
	close_tm(s, tm);
	return status;
}

const command command_tm_concordance = {
	.name = "tm concordance",
	.bit = IN_TM_CONCORDANCE,
	.arguments_en = "[OPTION…] WORD…",
	.arguments_fr = "[OPTION…] MOT…",
	.summary_en = "where words stand in the memory",
	.summary_fr = "où des mots figurent dans la mémoire",
	.help_en =
		"Shows the units in which the words stand, marked, with their translation: "
		"first\n"
		"as they were asked for, then in any order; in any case, with any accents and\n"
		"endings. Exit status 1 when there are none.",
	.help_fr =
		"Montre les unités où figurent les mots, marqués, avec leur traduction\u00A0: "
		"d’abord\n"
		"à la suite, puis dans n’importe quel ordre\u00A0; sans égard à la casse, aux "
		"accents ni\n"
		"aux terminaisons. État de sortie 1 s’il n’y en a pas.",
	.run = tm_concordance,
};
