#include "apps/cli/labels.h"

const char *
label_severity(const settings *s, paraph_severity level)
{
	switch (level) {
	case PARAPH_ERROR:
		return say(s, "error", "erreur");
	case PARAPH_WARNING:
		return say(s, "warning", "avertissement");
	default:
		return say(s, "info", "information");
	}
}

const char *
label_languages(const paraph_rule *r)
{
	return r->fr && r->en ? "fr en" : r->fr ? "fr" : "en";
}
