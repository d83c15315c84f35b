#include "base/context.h"

#include <stdarg.h>
#include <stdio.h>

const limits limits_default = {
	.file = (size_t)512 << 20,
	.paragraph = (size_t)16 << 20,
	.output = (size_t)2 << 30,
	.nesting = 256,
	.findings = 1000000,
	.helper_memory = (size_t)1 << 30,
	.helper_cpu = 300,
	.helper_seconds = 600,
	.entry = (size_t)256 << 20,
	.archive = (size_t)1 << 30,
	.ratio = 200,
};

const char *
language_name(language l)
{
	static const char *const names[] = { "unknown", "fr", "en", "other" };

	return names[l];
}

void
context_init(context *c, const memory *m)
{
	*c = (context){ .memory = m, .limits = limits_default, .ui = LANGUAGE_EN };
}

status
context_go_on(context *c)
{
	if (c->wanted == NULL || c->wanted(c->wanted_user))
		return STATUS_OK;
	return context_fail(c, STATUS_CANCELLED, "cancelled", "abandonné");
}

status
context_fail(context *c, status s, const char *en, const char *fr, ...)
{
	va_list arguments;

	va_start(arguments, fr);
	vsnprintf(c->message, sizeof(c->message), c->ui == LANGUAGE_FR ? fr : en, arguments);
	va_end(arguments);
	return s;
}
