/* See pattern.h. PCRE2 takes memory of its own from malloc; none of it crosses this header. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/pattern.h"

#include <pcre2.h>
#include <stdlib.h>

/* Steps of one search: 30 ms on the slowest machine we know, thousands of times what a sane
 * pattern takes on a paragraph. */
#define STEPS_MOST 1000000
#define HEAP_MOST_KIB 16384

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
};

static status
fail_compile(int error, char *message, size_t message_size)
{
	if (message_size != 0 &&
		pcre2_get_error_message(error, (PCRE2_UCHAR *)message, message_size) < 0)
		message[0] = '\0';
	return STATUS_FORMAT;
}

status
pattern_compile(pattern **out, slice text, bool ignore_case, char *message, size_t message_size,
	size_t *offset)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | (ignore_case ? PCRE2_CASELESS : 0);
	pattern *p = calloc(1, sizeof(*p));
	int error;

	*out = NULL;
	*offset = 0;
	if (p == NULL)
		return STATUS_MEMORY;
	p->code = pcre2_compile((PCRE2_SPTR)text.p, text.n, options, &error, offset, NULL);
	if (p->code == NULL) {
		free(p);
		return fail_compile(error, message, message_size);
	}
	p->limits = pcre2_match_context_create(NULL);
	if (p->limits == NULL) {
		pattern_free(p);
		return STATUS_MEMORY;
	}
	pcre2_set_match_limit(p->limits, STEPS_MOST);
	pcre2_set_depth_limit(p->limits, STEPS_MOST);
	pcre2_set_heap_limit(p->limits, HEAP_MOST_KIB);
	/* Where the system forbids making code, the interpreter serves. */
	pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	*out = p;
	return STATUS_OK;
}

void
pattern_free(pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_context_free(p->limits);
	pcre2_code_free(p->code);
	free(p);
}

static void
copy_groups(pcre2_match_data *data, int count, span groups[PATTERN_GROUPS])
{
	const size_t *at = pcre2_get_ovector_pointer(data);

	for (int i = 0; i < PATTERN_GROUPS; i++) {
		bool met = i < count && at[2 * i] != PCRE2_UNSET && at[2 * i] <= at[2 * i + 1];
		groups[i] = met ? (span){ (uint32_t)at[2 * i], (uint32_t)at[2 * i + 1] }
				: (span){ 0 };
	}
}

pattern_answer
pattern_find(const pattern *p, slice subject, size_t from, span groups[PATTERN_GROUPS])
{
	pcre2_match_data *data = pcre2_match_data_create(PATTERN_GROUPS, NULL);

	if (data == NULL)
		return PATTERN_CUT;
	int n = pcre2_match(p->code, (PCRE2_SPTR)subject.p, subject.n, from, PCRE2_NO_UTF_CHECK,
		data, p->limits);
	if (n >= 0)
		copy_groups(data, n == 0 ? PATTERN_GROUPS : n, groups);
	pcre2_match_data_free(data);
	return n >= 0 ? PATTERN_FOUND : n == PCRE2_ERROR_NOMATCH ? PATTERN_NONE : PATTERN_CUT;
}
