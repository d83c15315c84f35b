#include "checker/finding.h"

const char *
severity_name(severity s)
{
	static const char *const names[] = { "default", "info", "warning", "error" };

	return names[s];
}
