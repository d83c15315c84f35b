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
label_fix(const settings *s, paraph_fix fix)
{
	switch (fix) {
	case PARAPH_FIX_SAFE:
		return say(s, "corrected by `paraph fix`", "corrigé par « paraph fix »");
	case PARAPH_FIX_REVIEW:
		return say(s, "corrected by `paraph fix --unsafe`",
			"corrigé par « paraph fix --unsafe »");
	default:
		return say(s, "not corrected by itself", "sans correction automatique");
	}
}

const char *
label_languages(const paraph_rule *r)
{
	return r->fr && r->en ? "fr en" : r->fr ? "fr" : "en";
}
