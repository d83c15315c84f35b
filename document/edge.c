#include "document/edge.h"

#include <math.h>
#include <string.h>

#include "text/utf8.h"

#define SHORT_WORD 3 /* letters: and, et, or, ou */
#define BELIEF 20.0  /* pairs, for which it is taken that … */
#define SAME 0.8     /* … so many passages have the edge of their translation */
#define UNSEEN 0.5   /* passages of either side that are added to those of each edge */

/* Of ASCII, and punctuation marks that languages use alike. */
static edge
edge_of(uint32_t c)
{
	static const struct {
		char mark;
		uint8_t edge;
	} marks[] = { { '.', EDGE_STOP }, { ';', EDGE_SEMICOLON }, { ':', EDGE_COLON },
		{ ',', EDGE_COMMA }, { '?', EDGE_ASKING }, { '!', EDGE_ASKING },
		{ '[', EDGE_BRACKET }, { ']', EDGE_BRACKET }, { '(', EDGE_ROUND },
		{ ')', EDGE_ROUND } };

	if (c >= '0' && c <= '9')
		return EDGE_DIGIT;
	if (utf8_is_upper(c))
		return EDGE_CAPITAL;
	if ((c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000))
		return EDGE_SMALL;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (c == (unsigned char)marks[i].mark)
			return (edge)marks[i].edge;
	return EDGE_OTHER;
}

static bool
is_passed_over(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x202F || c == '"' || c == '\'' || c == 0xAB ||
	       c == 0xBB || (c >= 0x2018 && c <= 0x201F);
}

edge
edge_first(slice passage)
{
	for (size_t i = 0; i < passage.n;) {
		uint32_t c = utf8_read(passage, &i);
		if (!is_passed_over(c))
			return edge_of(c);
	}
	return EDGE_OTHER;
}

/* Moves *end before the last character, which is returned; 0: there is none. */
static uint32_t
step_back(slice s, size_t *end)
{
	if (*end == 0)
		return 0;
	size_t at = *end = utf8_back(s, *end);
	return utf8_read(s, &at);
}

static uint32_t
last_speaking(slice s, size_t *end)
{
	uint32_t c = step_back(s, end);

	while (c != 0 && is_passed_over(c))
		c = step_back(s, end);
	return c;
}

static bool
is_word(edge e)
{
	return e == EDGE_SMALL || e == EDGE_CAPITAL || e == EDGE_DIGIT;
}

edge
edge_last(slice passage)
{
	size_t end = passage.n, letters = 1;
	uint32_t c = last_speaking(passage, &end);
	edge e = c == 0 ? EDGE_OTHER : edge_of(c);

	if (e == EDGE_DIGIT)
		return EDGE_WORD;
	if (e != EDGE_SMALL)
		return e == EDGE_CAPITAL ? EDGE_WORD : e;
	while ((c = step_back(passage, &end)) != 0 && is_word(edge_of(c)))
		letters++;
	if (letters > SHORT_WORD || c == 0 || !is_passed_over(c))
		return EDGE_WORD;
	c = last_speaking(passage, &end);
	edge before = c == 0 ? EDGE_OTHER : edge_of(c);
	return before == EDGE_SEMICOLON || before == EDGE_COMMA ? before : EDGE_WORD;
}

void
edge_odds_add(edge_odds *o, int k, const uint8_t edges[2])
{
	for (int end = 0; end < 2; end++)
		o->own[k][end][edges[end]]++;
}

static void
share(const double counts[EDGES], double shares[EDGES])
{
	double all = 0;

	for (int e = 0; e < EDGES; e++)
		all += counts[e] + UNSEEN;
	for (int e = 0; e < EDGES; e++)
		shares[e] = (counts[e] + UNSEEN) / all;
}

/* The share of a second edge beside a first, against its share of all. */
static void
settle_end(edge_odds *o, int end)
{
	double own[2][EDGES];

	for (int k = 0; k < 2; k++)
		share(o->own[k][end], own[k]);
	for (int a = 0; a < EDGES; a++) {
		double all = BELIEF;
		for (int b = 0; b < EDGES; b++)
			all += o->met[end][a][b];
		for (int b = 0; b < EDGES; b++) {
			double usual = (a == b ? SAME : 0) + (1 - SAME) * own[1][b];
			double is = (o->met[end][a][b] + BELIEF * usual) / all;
			o->weight[end][a][b] = log(is / own[1][b]);
		}
	}
}

void
edge_odds_settle(edge_odds *o)
{
	for (int end = 0; end < 2; end++)
		settle_end(o, end);
	memset(o->met, 0, sizeof(o->met));
}
