#include "base/status.h"

const char *
status_name(status s)
{
	static const char *const names[] = {
		[STATUS_OK] = "ok",
		[STATUS_MEMORY] = "out of memory",
		[STATUS_LIMIT] = "limit passed",
		[STATUS_FORMAT] = "malformed input",
		[STATUS_NOT_FOUND] = "not found",
		[STATUS_IO] = "input/output error",
		[STATUS_USAGE] = "usage",
		[STATUS_DAMAGED] = "damaged store",
		[STATUS_AGAIN] = "not now",
		[STATUS_CANCELLED] = "cancelled",
	};
	return names[s];
}
