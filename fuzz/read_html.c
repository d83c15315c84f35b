/* Any bytes as HTML. */
#include "fuzz/read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_any_document("html", SLICE("x&\"'"), data, size);
}
