/* How many columns a character takes on a terminal: what a caret under a word needs to know. */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include "base/slice.h"

/* 0 for combining and invisible characters, 2 for East Asian wide ones and emoji, else 1. */
unsigned width_of(uint32_t code_point);

#endif
