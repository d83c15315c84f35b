/* The files of the page, as they were compiled in. */
#include "apps/http/web.h"

#include <stdio.h>
#include <string.h>

#include "apps/http/request.h"

static const web_file *
find(const char *path)
{
	for (size_t i = 0; i < web_file_count; i++)
		if (strcmp(web_files[i].path, path) == 0)
			return &web_files[i];
	return NULL;
}

static void
give(request *r, const web_file *f)
{
	const char *known = request_header(r, "If-None-Match");

	r->answer.type = f->type;
	r->answer.policy = WEB_POLICY;
	snprintf(r->answer.tag, sizeof(r->answer.tag), "%s", f->etag);
	if (known != NULL && strcmp(known, f->etag) == 0)
		r->answer.status = 304;
	else
		bytes_put(&r->answer.body, (const char *)f->bytes, f->size);
}

void
web_page(request *r)
{
	const web_file *f = find(strcmp(r->path, "/") == 0 ? "/index.html" : r->path);

	if (f != NULL)
		give(r, f);
	else
		answer_error(
			r, 404, "there is nothing at this path", "il n’y a rien à ce chemin");
}

void
api_openapi(request *r)
{
	give(r, find("/openapi.json"));
}
