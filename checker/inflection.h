/* French gender and number as sets of four cells, and the form of a word that a cell asks for.
 * A word's cells are all that the dictionary allows it, so two words disagree for certain when
 * they have no cell in common. */
#ifndef CHECKER_INFLECTION_H
#define CHECKER_INFLECTION_H

#include "checker/check.h"

enum {
	CELL_MS = 1, /* masculine singular */
	CELL_MP = 2,
	CELL_FS = 4,
	CELL_FP = 8,
	CELLS_SINGULAR = CELL_MS | CELL_FS,
	CELLS_PLURAL = CELL_MP | CELL_FP,
	CELLS_MASCULINE = CELL_MS | CELL_MP,
	CELLS_FEMININE = CELL_FS | CELL_FP,
	CELLS_ALL = CELLS_MASCULINE | CELLS_FEMININE,
};

/* The cells of or-ed grammar bits; a gender or number that is not said counts as both. */
unsigned inflection_cells(uint32_t grammar);

/* The form of the same lemma whose reading as one of the parts of speech (POS_* bits) has
 * the cell, written with the capital of the first. On c->keep; empty when there is none. */
slice inflection_form(check *c, slice form, unsigned cell, uint32_t parts);

/* The form of an adjective in the masculine singular before a vowel: nouvel for nouveau. */
slice inflection_before_vowel(slice form);

/* A determiner: what it agrees with, and what it becomes. */
typedef struct determiner {
	slice text;
	uint8_t cells;
	bool pronoun;   /* may be a pronoun before a verb: le, la, les, un … */
	uint8_t family; /* for determiner_form */
} determiner;

const determiner *determiner_find(slice lower);  /* NULL: not one that settles anything */
uint8_t determiner_number(slice lower);          /* for word_reading.determiner; 0: none */
const determiner *determiner_at(uint8_t number); /* NULL for 0 */

/* The determiner of d's family for a cell before the word, with the space after it where one
 * belongs (“la ”, “l’”); empty when that is not certain. */
slice determiner_form(const determiner *d, unsigned cell, slice before);

/* First letter a vowel without doubt: aspirated h and semivowels are neither. */
bool inflection_opens_with_vowel(slice lower);

#endif
