/* Any bytes as HTML. What is written has letters at its ends, as « e » has: whether a picture
 * parts a word depends on those. */
#include "fuzz/read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_any_document("html", SLICE("x&\"'y"), data, size);
}
