/* Any bytes through the public API: what a caller may rely on must hold whatever the document.
 *
 * The first byte chooses the engine (its two low bits: language found out, French, English; the
 * latter two with every rule on) and the corrections (bit 2: those for review too); as ASCII, 0
 * to 7. The rest is the document. Engines stay open from one input to the next, as in a server:
 * words of one document must not change what is found in another. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "include/paraph.h"
#include "text/utf8.h"

#define ENGINES 3
#define UNSAFE 4

#define CLAIM(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

typedef struct side {
	paraph_engine *engine;
	paraph_session *session;
} side;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static side
open_side(int which)
{
	static const char *const all[] = { "all", NULL };
	char message[512] = "";
	paraph_options options = { .language = (paraph_language)which,
		.ui = (paraph_language)which,
		.enable = which == 0 ? NULL : all,
		.suggestions = 3 };
	side s;

	if (paraph_engine_open(&s.engine, &options, message, sizeof(message)) != PARAPH_OK) {
		fprintf(stderr, "%s\n", message);
		exit(2);
	}
	CLAIM(paraph_session_open(&s.session, s.engine) == PARAPH_OK);
	return s;
}

/* Open to the end of the process, and known to leak checkers as such. */
static const side *
side_of(int which)
{
	static side sides[ENGINES];

	if (sides[which].engine == NULL)
		sides[which] = open_side(which);
	return &sides[which];
}

static bool
is_utf8(paraph_text t)
{
	utf8_facts facts;

	return utf8_check((slice){ t.p, t.n }, &facts) == t.n;
}

/* The place of an offset in UTF-8, counted the slow way. */
static void
claim_place(paraph_text bytes, size_t offset, uint32_t line, uint32_t column)
{
	uint32_t l = 1, c = 1;
	bool mark = bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0;

	for (size_t i = mark ? 3 : 0; i < offset; i++) {
		unsigned char b = (unsigned char)bytes.p[i];
		bool pair = b == '\r' && i + 1 < bytes.n && bytes.p[i + 1] == '\n';
		if (b == '\n' || (b == '\r' && !pair)) {
			l++;
			c = 1;
		} else
			c += (b & 0xC0) != 0x80;
	}
	CLAIM(line == l);
	CLAIM(column == c);
}

static void
claim_finding(const paraph_result *r, size_t i, const paraph_finding *before)
{
	paraph_text bytes = paraph_result_bytes(r);
	paraph_finding f = paraph_result_finding(r, i);
	bool utf8 = strcmp(paraph_result_encoding(r), "UTF-8") == 0;

	CLAIM(f.start <= f.end && f.end <= bytes.n);
	CLAIM(f.line >= 1 && f.column >= 1 && f.paragraph >= 1);
	CLAIM(f.message.n != 0 && is_utf8(f.message) && is_utf8(f.text));
	for (size_t k = 0; k < f.suggestion_count; k++)
		CLAIM(is_utf8(paraph_result_suggestion(r, i, k)));
	CLAIM(f.start >= before->start);
	/* Only a character of the file that became several of text belongs to two findings. */
	if (paraph_result_text(r).p == bytes.p)
		CLAIM(f.start >= before->end);
	if (!utf8)
		return;
	CLAIM(f.text.n == f.end - f.start);
	CLAIM(f.text.n == 0 || memcmp(f.text.p, bytes.p + f.start, f.text.n) == 0);
	claim_place(bytes, f.start, f.line, f.column);
	claim_place(bytes, f.end, f.end_line, f.end_column);
}

static void
claim_findings(const paraph_result *r)
{
	paraph_finding before = { 0 };

	for (size_t i = 0; i < paraph_result_count(r); i++) {
		claim_finding(r, i, &before);
		before = paraph_result_finding(r, i);
	}
}

/* What is written is UTF-8, and nothing of the document commands the terminal. */
static paraph_status
claim_written(void *user, const char *bytes, size_t n)
{
	(void)user;
	CLAIM(is_utf8((paraph_text){ bytes, n }));
	for (size_t i = 0; i < n; i++)
		CLAIM((unsigned char)bytes[i] >= 0x20 || bytes[i] == '\n');
	return PARAPH_OK;
}

static void
claim_reports(const side *s, const paraph_result *r)
{
	const char *name;

	for (size_t i = 0; (name = paraph_report_format(i, PARAPH_LANGUAGE_EN, NULL)) != NULL;
		i++) {
		paraph_report_options options = {
			.format = name, .ui = (paraph_language)(i % 3), .write = claim_written
		};
		paraph_report *report;
		CLAIM(paraph_report_open(&report, s->engine, &options, NULL, 0) == PARAPH_OK);
		CLAIM(paraph_report_add(report, r) == PARAPH_OK);
		CLAIM(paraph_report_close(report) == PARAPH_OK);
	}
}

typedef struct walk {
	const paraph_result *result;
	size_t start;
} walk;

static paraph_status
claim_term(void *user, const paraph_term *t)
{
	walk *w = user;

	CLAIM(t->start >= w->start && t->end >= t->start);
	CLAIM(t->end <= paraph_result_bytes(w->result).n);
	CLAIM(t->term.n != 0 && t->line >= 1 && t->column >= 1);
	w->start = t->start;
	return PARAPH_OK;
}

static void
claim_terms(const side *s, const paraph_result *r)
{
	walk w = { .result = r };

	CLAIM(paraph_result_terms(s->session, r, claim_term, &w) == PARAPH_OK);
}

static size_t
fixable(const paraph_result *r, paraph_fix least)
{
	size_t n = 0;

	for (size_t i = 0; i < paraph_result_count(r); i++) {
		paraph_finding f = paraph_result_finding(r, i);
		n += f.fix >= least && f.suggestion_count != 0;
	}
	return n;
}

/* A corrected text has nothing left to correct, and correcting it changes nothing. */
static void
claim_mended(const side *s, paraph_text bytes, bool unsafe)
{
	paraph_result *r;
	char *fixed;
	size_t n, applied;

	CLAIM(paraph_check(s->session, "fuzz.txt", bytes, &r) == PARAPH_OK);
	if (!unsafe)
		CLAIM(fixable(r, PARAPH_FIX_SAFE) == 0);
	CLAIM(paraph_result_fix(s->session, r, unsafe, &fixed, &n, &applied) == PARAPH_OK);
	if (!unsafe)
		CLAIM(applied == 0 && n == bytes.n &&
			(n == 0 || memcmp(fixed, bytes.p, n) == 0));
	paraph_bytes_free(s->session, fixed);
	paraph_result_free(r);
}

static void
claim_fix(const side *s, const paraph_result *r, bool unsafe)
{
	char *fixed;
	size_t n, applied;
	paraph_status done = paraph_result_fix(s->session, r, unsafe, &fixed, &n, &applied);

	if (done != PARAPH_OK) {
		/* A sign that the encoding of the file does not have. */
		CLAIM(done == PARAPH_FORMAT && fixed == NULL);
		CLAIM(paraph_session_message(s->session)[0] != '\0');
		return;
	}
	CLAIM((applied == 0) ==
		(fixable(r, unsafe ? PARAPH_FIX_REVIEW : PARAPH_FIX_SAFE) == 0));
	claim_mended(s, (paraph_text){ fixed, n }, unsafe);
	paraph_bytes_free(s->session, fixed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	const side *s = side_of((data[0] & 3) % ENGINES);
	paraph_text bytes = { (const char *)data + 1, size - 1 };
	paraph_result *r;

	if (paraph_check(s->session, "fuzz.txt", bytes, &r) != PARAPH_OK) {
		CLAIM(r == NULL && paraph_session_message(s->session)[0] != '\0');
		return 0;
	}
	claim_findings(r);
	claim_reports(s, r);
	claim_terms(s, r);
	claim_fix(s, r, (data[0] & UNSAFE) != 0);
	paraph_result_free(r);
	return 0;
}
