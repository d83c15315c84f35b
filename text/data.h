/* Data files that are compiled in (text/embed.mk), byte for byte. */
#ifndef TEXT_DATA_H
#define TEXT_DATA_H

#include "base/slice.h"

extern const unsigned char report_style_bytes[];
extern const size_t report_style_size;
extern const unsigned char report_script_bytes[];
extern const size_t report_script_size;
extern const unsigned char function_words_bytes[];
extern const size_t function_words_size;
extern const unsigned char abbreviations_fr_bytes[];
extern const size_t abbreviations_fr_size;
extern const unsigned char abbreviations_en_bytes[];
extern const size_t abbreviations_en_size;
extern const unsigned char known_acronyms_bytes[];
extern const size_t known_acronyms_size;
extern const unsigned char whole_names_bytes[];
extern const size_t whole_names_size;
extern const unsigned char transliteration_bytes[];
extern const size_t transliteration_size;
extern const unsigned char word_parts_bytes[];
extern const size_t word_parts_size;
extern const unsigned char collocations_fr_bytes[];
extern const size_t collocations_fr_size;
extern const unsigned char feminine_titles_bytes[];
extern const size_t feminine_titles_size;
extern const unsigned char resolutions_bytes[];
extern const size_t resolutions_size;
extern const unsigned char units_bytes[];
extern const size_t units_size;
extern const unsigned char renderings_bytes[];
extern const size_t renderings_size;
extern const unsigned char term_patterns_bytes[];
extern const size_t term_patterns_size;

#define EMBEDDED(name) ((slice){ (const char *)name##_bytes, name##_size })

/* One row of a table off *rest: lines that begin with # and empty ones are passed over. */
static inline bool
data_row(slice *rest, slice *row)
{
	while (slice_line(rest, row))
		if (row->n != 0 && row->p[0] != '#')
			return true;
	return false;
}

#endif
