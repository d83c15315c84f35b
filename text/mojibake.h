/* Text that was read with the wrong code page: « rÃ©solution », « lâ€™Asie », « r├®solution »,
 * « Secr¨¦taire ». Each such run stands for one character, and tells which. */
#ifndef TEXT_MOJIBAKE_H
#define TEXT_MOJIBAKE_H

#include "base/slice.h"

/* The character that the run at byte i of valid UTF-8 stands for, with the run's length in
 * bytes in *length; 0 when what stands there may be meant. Only characters that French and
 * English texts are written with are given: letters with accents, quotation marks, dashes,
 * no-break spaces. */
uint32_t mojibake_at(slice text, size_t i, size_t *length);

/* May such a run begin with this character? A quick no for nearly all. */
bool mojibake_may_begin(uint32_t character);

#endif
