/* /api/v1/status and the description of the interface. */
#include "apps/http/api.h"
#include "apps/http/server.h"
#include "apps/http/stores.h"

void
api_status(request *r)
{
	bytes *b = &r->answer.body;
	const stores *s = r->server->stores;

	write_open(b, NULL, '{');
	write_word(b, "version", PARAPH_VERSION);
	write_open(b, "languages", '[');
	write_word(b, NULL, "fr");
	write_word(b, NULL, "en");
	write_close(b, ']');
	write_bool(b, "memory", stores_have_memory(s));
	write_bool(b, "write", request_allows(r, SCOPE_WRITE));
	write_open(b, "termbase", '{');
	write_bool(b, "writable", request_allows(r, SCOPE_WRITE) && stores_writes_terms(s));
	write_close(b, '}');
	write_open(b, "limits", '{');
	write_number(b, "upload", r->server->options->upload_most);
	write_close(b, '}');
	write_close(b, '}');
}
