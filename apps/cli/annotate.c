#include "apps/cli/annotate.h"

#include <string.h>

#include "apps/cli/output.h"

int
annotate_copy(const settings *s, paraph_session *session, const paraph_result *r)
{
	paraph_text path = paraph_result_path(r);
	paraph_review review = { .comments = true, .author = "paraph", .date = "" };
	char *bytes;
	size_t n, changes, comments;
	output o;

	if (strcmp(paraph_result_format(r), "pdf") != 0)
		return complain(s, "%.*s: --annotate is for PDF; see fix --comments",
			"%.*s\u00A0: --annotate est pour les PDF\u00A0; voir fix --comments",
			(int)path.n, path.p);
	if (paraph_result_review(session, r, &review, &bytes, &n, &changes, &comments) !=
		PARAPH_OK)
		return complain(s, "%s", "%s", paraph_session_message(session));
	int status = output_open(&o, s, s->annotate);
	if (status == EXIT_CLEAN) {
		output_write(&o, bytes, n);
		status = output_close(&o, s);
	}
	paraph_bytes_free(session, bytes);
	return status;
}
