/* Any bytes through the reader of TSV files of translations. */
#include "fuzz/read_tm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return read_any("tsv", data, size);
}
