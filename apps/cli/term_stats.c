/* paraph term stats: how much the termbases hold, and what is missing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli/command.h"
#include "apps/cli/json.h"
#include "apps/cli/output.h"
#include "apps/cli/terms.h"

#define KINDS_MOST 128 /* languages; layers */

/* What terms of a language, or of a layer, are. */
typedef struct tally {
	char name[256];
	size_t terms, acronyms, deprecated;
} tally;

typedef struct tallies {
	tally at[KINDS_MOST];
	size_t n;
} tallies;

enum missing { NO_ENGLISH, NO_FRENCH, NO_DEFINITION, NO_SOURCE, MISSING };

typedef struct counter {
	const settings *s;
	output *out;
	facts facts;
	tallies languages, layers;
	size_t concepts, terms, unverified, missing[MISSING];
} counter;

static const char *const missing_names[MISSING][3] = {
	{ "no_english", "without an English name", "sans nom anglais" },
	{ "no_french", "without a French name", "sans nom français" },
	{ "no_definition", "without a definition", "sans définition" },
	{ "no_source", "without a source", "sans source" },
};

/* NULL when there are too many. */
static tally *
tally_of(tallies *all, paraph_text name)
{
	for (size_t i = 0; i < all->n; i++)
		if (text_is(name, all->at[i].name))
			return &all->at[i];
	if (all->n == KINDS_MOST || name.n >= sizeof(all->at[0].name))
		return NULL;
	tally *t = &all->at[all->n++];
	memcpy(t->name, name.p, name.n);
	return t;
}

static void
count_term(const facts *f, const paraph_fact *x, tally *t)
{
	paraph_text status = facts_value(f, x->language, x->value, "administrativeStatus");

	if (t == NULL)
		return;
	t->terms++;
	t->acronyms += text_is(facts_value(f, x->language, x->value, "termType"), "acronym");
	t->deprecated += status.n > 10 && (memcmp(status.p, "deprecated", 10) == 0 ||
						  memcmp(status.p, "superseded", 10) == 0);
}

static bool
is_language(paraph_text tag, const char *language)
{
	return tag.n >= 2 && memcmp(tag.p, language, 2) == 0 && (tag.n == 2 || tag.p[2] == '-');
}

static void
count_concept(counter *c)
{
	bool has[MISSING] = { false };
	const facts *f = &c->facts;

	c->concepts++;
	for (size_t i = 0; i < f->n; i++) {
		const paraph_fact *x = &f->at[i];
		paraph_text layer = { x->layer, strlen(x->layer) };
		has[NO_DEFINITION] |= text_is(x->category, "definition");
		has[NO_SOURCE] |= text_is(x->category, "source");
		c->unverified +=
			text_is(x->category, "x-evidence") && text_is(x->value, "unverified");
		if (!text_is(x->category, "term"))
			continue;
		c->terms++;
		has[NO_ENGLISH] |= is_language(x->language, "en");
		has[NO_FRENCH] |= is_language(x->language, "fr");
		count_term(f, x, tally_of(&c->languages, x->language));
		count_term(f, x, tally_of(&c->layers, layer));
	}
	for (int m = 0; m < MISSING; m++)
		c->missing[m] += !has[m];
}

/* --- answers --- */

static void
put(const counter *c, const char *s)
{
	output_write(c->out, s, strlen(s));
}

static void
put_line(const counter *c, const char *label, size_t n)
{
	char number[32];
	size_t width = 0;

	put(c, label);
	for (const char *p = label; *p != '\0'; p++)
		width += ((unsigned char)*p & 0xC0) != 0x80;
	for (; width < 26; width++)
		put(c, " ");
	snprintf(number, sizeof(number), "%8zu\n", n);
	put(c, number);
}

static void
put_tallies(const counter *c, const char *title, const tallies *all)
{
	char line[400];

	put(c, "\n");
	put(c, title);
	put(c, say(c->s, "terms  acronyms  deprecated\n", "termes    sigles déconseillés\n"));
	for (size_t i = 0; i < all->n; i++) {
		const tally *t = &all->at[i];
		snprintf(line, sizeof(line), "  %-24s%8zu  %8zu  %10zu\n", t->name, t->terms,
			t->acronyms, t->deprecated);
		put(c, line);
	}
}

static void
put_text(const counter *c)
{
	put_line(c, say(c->s, "concepts", "notions"), c->concepts);
	put_line(c, say(c->s, "terms", "termes"), c->terms);
	put_line(c, say(c->s, "unverified concepts", "notions non vérifiées"), c->unverified);
	for (int m = 0; m < MISSING; m++)
		put_line(c, say(c->s, missing_names[m][1], missing_names[m][2]), c->missing[m]);
	put_tallies(c,
		say(c->s, "language                     ", "langue                      "),
		&c->languages);
	put_tallies(c,
		say(c->s, "layer                        ", "base                        "),
		&c->layers);
}

static void
put_json_tallies(const counter *c, const char *key, const tallies *all)
{
	char counts[128];

	put(c, key);
	for (size_t i = 0; i < all->n; i++) {
		const tally *t = &all->at[i];
		put(c, i == 0 ? "{\"name\":" : ",{\"name\":");
		json_text(c->out, (paraph_text){ t->name, strlen(t->name) });
		snprintf(counts, sizeof(counts),
			",\"terms\":%zu,\"acronyms\":%zu,\"deprecated\":%zu}", t->terms,
			t->acronyms, t->deprecated);
		put(c, counts);
	}
	put(c, "]");
}

static void
put_json(const counter *c)
{
	char line[128];

	snprintf(line, sizeof(line), "{\"concepts\":%zu,\"terms\":%zu,\"unverified\":%zu",
		c->concepts, c->terms, c->unverified);
	put(c, line);
	for (int m = 0; m < MISSING; m++) {
		snprintf(line, sizeof(line), ",\"%s\":%zu", missing_names[m][0], c->missing[m]);
		put(c, line);
	}
	put_json_tallies(c, ",\"languages\":[", &c->languages);
	put_json_tallies(c, ",\"layers\":[", &c->layers);
	put(c, "}\n");
}

/* --- reading --- */

static int
count_all(counter *c, paraph_termbase *t)
{
	ids all;
	paraph_status done = ids_read(&all, t);

	for (size_t i = 0; i < all.n && done == PARAPH_OK; i++) {
		paraph_text id = { all.at[i], strlen(all.at[i]) };
		done = facts_read(&c->facts, t, id);
		if (done == PARAPH_OK)
			count_concept(c);
	}
	ids_free(&all);
	facts_free(&c->facts);
	return done == PARAPH_OK ? EXIT_CLEAN
				 : complain(c->s, "%s", "%s", paraph_termbase_message(t));
}

/* The termbases named and no others, or all that are in force. */
static int
open_bases(const settings *s, paraph_termbase **out)
{
	char message[512] = "";
	paraph_termbase_options options = {
		.ui = s->ui, .no_builtin = true, .paths = (const char *const *)s->paths.at
	};

	if (s->paths.n == 0)
		return open_terms(s, out);
	if (paraph_termbase_open(out, &options, message, sizeof(message)) == PARAPH_OK)
		return EXIT_CLEAN;
	return complain(s, "%s", "%s", message);
}

static int
answer(counter *c, bool json)
{
	output out;
	int status = output_open(&out, c->s, NULL);

	if (status != EXIT_CLEAN)
		return status;
	c->out = &out;
	if (json)
		put_json(c);
	else
		put_text(c);
	return output_close(&out, c->s);
}

static int
term_stats(const settings *s)
{
	paraph_termbase *t;
	bool json = s->format != NULL && strcmp(s->format, "json") == 0;

	if (s->format != NULL && !json && strcmp(s->format, "text") != 0)
		return complain(s, "--format: “%s” is not one of its values: text, json",
			"--format\u00A0: «\u00A0%s\u00A0» n’est pas une de ses valeurs\u00A0: "
			"text, json",
			s->format);
	int status = open_bases(s, &t);
	if (status != EXIT_CLEAN)
		return status;
	counter *c = allocate(NULL, 1, sizeof(*c));
	memset(c, 0, sizeof(*c));
	c->s = s;
	status = count_all(c, t);
	if (status == EXIT_CLEAN)
		status = answer(c, json);
	free(c);
	paraph_termbase_close(t);
	return status;
}

const command command_term_stats = {
	.name = "term stats",
	.bit = IN_TERM_STATS,
	.arguments_en = "[OPTION…] [BASE…]",
	.arguments_fr = "[OPTION…] [BASE…]",
	.summary_en = "count what the termbases hold and lack",
	.summary_fr = "compter ce que les bases ont et n’ont pas",
	.help_en =
		"Counts the concepts and terms of all termbases in force, or of those named, "
		"by\n"
		"language and by layer, and the concepts that lack a name, a definition or a\n"
		"source.",
	.help_fr =
		"Compte les notions et les termes des bases en vigueur, ou de celles qui sont\n"
		"nommées, par langue et par base, et les notions sans nom, sans définition ou "
		"sans\n"
		"source.",
	.run = term_stats,
};
