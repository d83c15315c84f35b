/* Any bytes as a bilingual document of the format po. */
#include "fuzz/read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_any_document("po", SLICE("x&"), data, size);
}
