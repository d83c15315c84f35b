/* The table of routes, made from routes.def, and answers that say what went wrong. */
#include <string.h>

#include "apps/http/api.h"

static const route routes[] = {
#define ROUTE(method, path, scope, size, function) \
	{ method, path, SCOPE_##scope, size, function },
#include "apps/http/routes.def"
#undef ROUTE
};

#define ROUTES (sizeof(routes) / sizeof(*routes))

const route *
route_at(size_t i)
{
	return i < ROUTES ? &routes[i] : NULL;
}

size_t
route_count(void)
{
	return ROUTES;
}

size_t
route_number(const route *r)
{
	return (size_t)(r - routes);
}

static bool
fits(const char *pattern, const char *path)
{
	size_t n = strlen(pattern);

	if (n != 0 && pattern[n - 1] == '*')
		return strncmp(pattern, path, n - 1) == 0;
	return strcmp(pattern, path) == 0;
}

const route *
route_find(const char *method, const char *path, bool *other)
{
	*other = false;
	for (size_t i = 0; i < ROUTES; i++) {
		/* A path that is known is no file of the page. */
		if (!fits(routes[i].path, path) ||
			(*other && strcmp(routes[i].path, "/*") == 0))
			continue;
		if (strcmp(routes[i].method, method) == 0)
			return &routes[i];
		*other = true;
	}
	return NULL;
}

void
answer_error(request *r, unsigned status, const char *en, const char *fr)
{
	if (strncmp(r->path, "/api/", 5) == 0) {
		api_error(r, status, en, fr);
		return;
	}
	bytes_free(&r->answer.body);
	r->answer.status = status;
	r->answer.type = "text/plain; charset=utf-8";
	r->answer.policy = NULL;
	r->answer.disposition = NULL;
	bytes_text(&r->answer.body, r->ui == PARAPH_LANGUAGE_FR ? "Erreur\u00A0: " : "Error: ");
	bytes_text(&r->answer.body, r->ui == PARAPH_LANGUAGE_FR ? fr : en);
	bytes_char(&r->answer.body, '\n');
}

unsigned
answer_code(paraph_status status, unsigned nonsense)
{
	switch (status) {
	case PARAPH_LIMIT:
		return 413;
	case PARAPH_NOT_FOUND:
		return 404;
	case PARAPH_USAGE:
	case PARAPH_FORMAT:
		return nonsense;
	case PARAPH_MEMORY:
	case PARAPH_AGAIN:
	case PARAPH_CANCELLED: /* nobody reads that */
		return 503;
	default:
		return 500;
	}
}

void
answer_failure(request *r, paraph_status status, const char *message)
{
	answer_error(r, answer_code(status, 400), message, message);
}
