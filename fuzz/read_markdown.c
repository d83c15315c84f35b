/* Any bytes as Markdown, where a corrected letter may be part of the markup: it is only read.
 */
#include "fuzz/read_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_any_document("markdown", SLICE(""), data, size);
}
