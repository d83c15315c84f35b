/* paraph tm match: what the memory has for a segment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/output.h"
#include "apps/cli/tms.h"

#define MATCHES_KEPT 100

typedef enum form { FORM_TEXT, FORM_JSON, FORM_TSV } form;

typedef struct matcher {
	const settings *s;
	output out;
	paraph_tm *tm;
	paraph_tm_query query;
	form form;
	size_t shown; /* of the segment in hand */
	size_t unmatched, phrases;
	bool more_than_one, began;
	size_t most;
	char *proposed[MATCHES_KEPT]; /* translations shown for the segment */
	char *sources[MATCHES_KEPT];  /* of the matches shown, where they differ */
} matcher;

static void
put(output *out, const char *text)
{
	output_write(out, text, strlen(text));
}

static void
put_text(output *out, paraph_text t)
{
	output_write(out, t.p, t.n);
}

/* In a table, a cell has no tabs or line breaks. */
static void
put_cell(output *out, paraph_text t)
{
	for (size_t i = 0; i < t.n; i++)
		output_write(out, memchr("\t\n\r", t.p[i], 3) != NULL ? " " : t.p + i, 1);
}

static void
put_score(output *out, int score)
{
	char text[32];

	snprintf(text, sizeof(text), "%d", score / 100);
	put(out, text);
}

static paraph_status
put_step(void *user, paraph_change change, paraph_text first, paraph_text second)
{
	output *out = &((matcher *)user)->out;

	put(out, " ");
	if (change == PARAPH_CHANGE_NONE) {
		put_text(out, first);
		return PARAPH_OK;
	}
	if (second.n != 0) {
		put(out, "[-");
		put_text(out, second);
		put(out, "-]");
	}
	if (first.n != 0) {
		put(out, "{+");
		put_text(out, first);
		put(out, "+}");
	}
	return PARAPH_OK;
}

static void
put_origin(matcher *m, const paraph_tm_match *x)
{
	const paraph_tm_unit *u = &x->unit;

	put(&m->out, "      (");
	put_text(&m->out, u->document);
	if (u->document.n != 0 && u->author.n != 0)
		put(&m->out, ", ");
	put_text(&m->out, u->author);
	if (u->changed.n >= 10) {
		put(&m->out, u->document.n + u->author.n != 0 ? ", " : "");
		output_write(&m->out, u->changed.p, 10);
	}
	put(&m->out, ")\n");
}

static void
put_match(matcher *m, const paraph_tm_match *x)
{
	char score[16];

	snprintf(score, sizeof(score), "%3d %% ", x->score / 100);
	put(&m->out, score);
	put_text(&m->out, x->unit.source);
	put(&m->out, "\n      ");
	put_text(&m->out, x->proposed);
	put(&m->out, "\n");
	if (x->unit.document.n + x->unit.author.n + x->unit.changed.n != 0)
		put_origin(m, x);
}

static void
put_json(matcher *m, const paraph_tm_match *x)
{
	output *out = &m->out;
	char text[96];

	put(out, m->shown == 0 ? "\n      {" : ",\n      {");
	snprintf(text, sizeof(text), "\"score\":%d.%02d,\"plain\":%d.%02d,\"carried\":%zu",
		x->score / 100, x->score % 100, x->plain / 100, x->plain % 100, x->carried);
	put(out, text);
	put(out, ",\"source\":");
	json_text(out, x->unit.source);
	put(out, ",\"target\":");
	json_text(out, x->unit.target);
	put(out, ",\"proposed\":");
	json_text(out, x->proposed);
	put(out, ",\"document\":");
	json_text(out, x->unit.document);
	put(out, ",\"author\":");
	json_text(out, x->unit.author);
	put(out, ",\"changed\":");
	json_text(out, x->unit.changed);
	put(out, "}");
}

static void
put_row(matcher *m, const paraph_tm_match *x)
{
	put_score(&m->out, x->score);
	put(&m->out, "\t");
	put_cell(&m->out, m->query.text);
	put(&m->out, "\t");
	put_cell(&m->out, x->unit.source);
	put(&m->out, "\t");
	put_cell(&m->out, x->proposed);
	put(&m->out, "\t");
	put_cell(&m->out, x->unit.document);
	put(&m->out, "\n");
}

/* Many units say the same: the best of them is shown. */
static bool
was_proposed(matcher *m, paraph_text t)
{
	for (size_t i = 0; i < m->shown; i++)
		if (strlen(m->proposed[i]) == t.n && memcmp(m->proposed[i], t.p, t.n) == 0)
			return true;
	return false;
}

static paraph_status
found(void *user, const paraph_tm_match *x)
{
	matcher *m = user;

	if (m->shown == m->most || was_proposed(m, x->proposed))
		return PARAPH_OK;
	m->proposed[m->shown] = copy_bytes(x->proposed.p, x->proposed.n);
	if (m->form == FORM_JSON)
		put_json(m, x);
	else if (m->form == FORM_TSV)
		put_row(m, x);
	else
		put_match(m, x);
	if (m->form == FORM_TEXT && x->score < 10000 && x->plain < 10000)
		m->sources[m->shown] = copy_bytes(x->unit.source.p, x->unit.source.n);
	m->shown++;
	return PARAPH_OK;
}

static void
put_span(output *out, paraph_text t, size_t start, size_t end)
{
	put_text(out, (paraph_text){ t.p + start, end - start });
}

/* “board of directors” (12) → conseil d’administration; where nobody knows, a unit. */
static paraph_status
put_phrase(void *user, const paraph_tm_phrase *p)
{
	matcher *m = user;
	output *out = &m->out;
	char count[48];

	put(out, say(m->s, "      “", "      «\u00A0"));
	put_span(out, m->query.text, p->start, p->end);
	snprintf(count, sizeof(count), "%s (%zu) ", say(m->s, "”", "\u00A0»"), p->units);
	put(out, count);
	if (p->target.start != p->target.end) {
		put(out, "→ ");
		put_span(out, p->unit.target, p->target.start, p->target.end);
	} else {
		put(out, "· ");
		put_text(out, p->unit.target);
	}
	put(out, "\n");
	return PARAPH_OK;
}

static paraph_status
put_phrase_json(void *user, const paraph_tm_phrase *p)
{
	matcher *m = user;
	output *out = &m->out;
	char text[128];

	put(out, m->phrases++ == 0 ? ",\"phrases\":[\n      {" : ",\n      {");
	snprintf(text, sizeof(text),
		"\"start\":%zu,\"end\":%zu,\"units\":%zu,\"likeness\":%.2f", p->start, p->end,
		p->units, p->likeness);
	put(out, text);
	put(out, ",\"text\":");
	json_text(out, (paraph_text){ m->query.text.p + p->start, p->end - p->start });
	put(out, ",\"translation\":");
	json_text(out, (paraph_text){ p->unit.target.p + p->target.start,
			       p->target.end - p->target.start });
	put(out, ",\"source\":");
	json_text(out, p->unit.source);
	put(out, ",\"target\":");
	json_text(out, p->unit.target);
	put(out, ",\"document\":");
	json_text(out, p->unit.document);
	put(out, "}");
	return PARAPH_OK;
}

/* Of a segment without a match, what the memory has of its phrases. */
static int
put_phrases(matcher *m)
{
	m->phrases = 0;
	if (m->form == FORM_TSV)
		return EXIT_CLEAN;
	paraph_status done = paraph_tm_phrases(m->tm, m->query.text, m->query.source,
		m->query.target, m->form == FORM_JSON ? put_phrase_json : put_phrase, m);
	if (done != PARAPH_OK)
		return tm_trouble(m->s, m->tm, done);
	if (m->phrases != 0)
		put(&m->out, "\n    ]");
	return EXIT_CLEAN;
}

/* A question inside a question would disturb the first, so differences come after. */
static int
put_differences(matcher *m)
{
	int status = EXIT_CLEAN;

	for (size_t i = 0; i < m->shown; i++) {
		char label[32];
		free(m->proposed[i]);
		if (m->sources[i] == NULL)
			continue;
		snprintf(label, sizeof(label), "  [%zu]", i + 1);
		put(&m->out, label);
		paraph_text source = { m->sources[i], strlen(m->sources[i]) };
		paraph_status done =
			paraph_tm_difference(m->tm, m->query.text, source, put_step, m);
		if (done != PARAPH_OK)
			status = tm_trouble(m->s, m->tm, done);
		put(&m->out, "\n");
		free(m->sources[i]);
		m->sources[i] = NULL;
	}
	return status;
}

static int
ask(matcher *m, paraph_text text)
{
	output *out = &m->out;

	m->query.text = text;
	m->shown = 0;
	if (m->form == FORM_JSON) {
		put(out, m->began ? ",\n  {\"text\":" : "\n  {\"text\":");
		json_text(out, text);
		put(out, ",\"matches\":[");
	} else if (m->form == FORM_TEXT && m->more_than_one) {
		put(out, "> ");
		put_text(out, text);
		put(out, "\n");
	}
	m->began = true;
	paraph_status done = paraph_tm_find(m->tm, &m->query, found, m);
	if (done != PARAPH_OK)
		return tm_trouble(m->s, m->tm, done);
	m->unmatched += m->shown == 0;
	if (m->form == FORM_JSON)
		put(out, m->shown == 0 ? "]" : "\n    ]");
	if (m->form == FORM_TEXT && m->shown == 0)
		put(out, say(m->s, "  no match\n", "  aucune correspondance\n"));
	if (m->shown == 0 && put_phrases(m) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	if (m->form == FORM_JSON)
		put(out, "}");
	return put_differences(m);
}

static int
ask_lines(matcher *m)
{
	int status = EXIT_CLEAN;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while (status != EXIT_TROUBLE && (n = getline(&line, &room, stdin)) > 0) {
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			n--;
		if (n > 0)
			status = ask(m, (paraph_text){ line, (size_t)n });
	}
	free(line);
	return status;
}

static void
put_end(matcher *m)
{
	const char *missing = paraph_tm_missing(m->tm);

	put(&m->out, "\n]");
	if (missing != NULL) {
		put(&m->out, ",\"incomplete\":");
		json_text(&m->out, (paraph_text){ missing, strlen(missing) });
	}
	put(&m->out, "}\n");
}

static int
ask_all(matcher *m)
{
	const list *texts = &m->s->paths;
	int status = EXIT_CLEAN;

	m->more_than_one = texts->n != 1 || strcmp(texts->at[0], "-") == 0;
	if (m->form == FORM_JSON)
		put(&m->out, "{\"schema\":\"paraph/matches/1\",\"segments\":[");
	if (texts->n == 0 || (texts->n == 1 && strcmp(texts->at[0], "-") == 0))
		status = ask_lines(m);
	for (size_t i = 0; i < texts->n && status != EXIT_TROUBLE; i++)
		if (strcmp(texts->at[i], "-") != 0)
			status = ask(m, (paraph_text){ texts->at[i], strlen(texts->at[i]) });
	if (m->form == FORM_JSON)
		put_end(m);
	return status != EXIT_CLEAN ? status : m->unmatched == 0 ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int
read_settings(matcher *m)
{
	const settings *s = m->s;
	long least = 70, most = 5;

	if (s->format != NULL && strcmp(s->format, "json") == 0)
		m->form = FORM_JSON;
	else if (s->format != NULL && strcmp(s->format, "tsv") == 0)
		m->form = FORM_TSV;
	else if (s->format != NULL && strcmp(s->format, "text") != 0)
		return complain(
			s, "--format: text, json or tsv", "--format : text, json ou tsv");
	if (s->least != NULL && !read_number(s->least, 50, 101, &least))
		return complain(
			s, "--min: a number from 50 to 101", "--min : un nombre de 50 à 101");
	if (s->most != NULL && !read_number(s->most, 1, 100, &most))
		return complain(
			s, "--top: a number from 1 to 100", "--top : un nombre de 1 à 100");
	if (read_penalties(s, &m->query.penalty) != EXIT_CLEAN)
		return EXIT_TROUBLE;
	m->query.source = s->source_lang;
	m->query.target = s->target_lang;
	m->query.threshold = (int)least * 100;
	m->most = (size_t)most;
	m->query.most = MATCHES_KEPT;
	if (s->previous != NULL)
		m->query.previous = (paraph_text){ s->previous, strlen(s->previous) };
	if (s->next != NULL)
		m->query.next = (paraph_text){ s->next, strlen(s->next) };
	return EXIT_CLEAN;
}

static int
tm_match(const settings *s)
{
	matcher m = { .s = s };
	int status = read_settings(&m);

	if (status == EXIT_CLEAN)
		status = open_tm(s, NULL, false, &m.tm);
	if (status != EXIT_CLEAN)
		return status;
	status = output_open(&m.out, s, s->output);
	if (status == EXIT_CLEAN) {
		status = ask_all(&m);
		if (output_close(&m.out, s) != EXIT_CLEAN)
			status = EXIT_TROUBLE;
	}
	close_tm(s, m.tm);
	return status;
}

const command command_tm_match = {
	.name = "tm match",
	.bit = IN_TM_MATCH,
	.arguments_en = "[OPTION…] [TEXT…]",
	.arguments_fr = "[OPTION…] [TEXTE…]",
	.summary_en = "translations of the same or of similar segments",
	.summary_fr = "traductions de segments identiques ou voisins",
	.help_en =
		"Shows what the memory has for each segment given, or for each line of "
		"standard\n"
		"input: the score, the segment there, and its translation with the numbers, "
		"dates\n"
		"and symbols of the new one. 101 is the same text in the same place, 100 the "
		"same\n"
		"text; docs/MEMORY.md explains the rest. Exit status 1 when a segment has no "
		"match.",
	.help_fr = "Montre ce que la mémoire a pour chaque segment donné, ou pour chaque ligne "
		   "de\n"
		   "l’entrée standard\u00A0: la note, le segment qui s’y trouve, et sa "
		   "traduction avec "
		   "les\n"
		   "nombres, dates et cotes du nouveau. 101\u00A0: même texte au même "
		   "endroit\u00A0; 100\u00A0: "
		   "même\n"
		   "texte\u00A0; docs/MEMORY.md explique le reste. État de sortie 1 si un "
		   "segment n’a "
		   "pas de\n"
		   "correspondance.",
	.run = tm_match,
};
