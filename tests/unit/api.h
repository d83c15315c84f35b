/* What the tests of the public API share: an engine with a session, and failing loudly. */
#ifndef TESTS_UNIT_API_H
#define TESTS_UNIT_API_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "include/paraph.h"

typedef struct api {
	paraph_engine *engine;
	paraph_session *session;
} api;

static inline api
api_open(paraph_options options)
{
	char message[512] = "";
	api a = { 0 };

	if (paraph_engine_open(&a.engine, &options, message, sizeof(message)) != PARAPH_OK)
		fail_msg("%s", message);
	assert_int_equal(paraph_session_open(&a.session, a.engine), PARAPH_OK);
	return a;
}

static inline void
api_close(api *a)
{
	paraph_session_close(a->session);
	paraph_engine_close(a->engine);
}

static inline paraph_result *
api_check_bytes(api *a, const char *path, const void *bytes, size_t n)
{
	paraph_result *r;

	if (paraph_check(a->session, path, (paraph_text){ bytes, n }, &r) != PARAPH_OK)
		fail_msg("%s", paraph_session_message(a->session));
	return r;
}

static inline paraph_result *
api_check(api *a, const char *path, const char *text)
{
	return api_check_bytes(a, path, text, strlen(text));
}

static inline bool
api_is(paraph_text t, const char *wanted)
{
	return t.n == strlen(wanted) && (t.n == 0 || memcmp(t.p, wanted, t.n) == 0);
}

#define assert_text(text, wanted) \
	do { \
		paraph_text text_ = (text); \
		if (!api_is(text_, (wanted))) \
			fail_msg("\"%.*s\" is not \"%s\"", (int)text_.n, text_.p, (wanted)); \
	} while (0)

#endif
