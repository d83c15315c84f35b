/* Tags of the French dictionary (Grammalecte's « Lexique », v7.0, the only one that carries
 * them): po: part of speech, is: gender and number. A tag that is not in the table and does
 * not begin like one says nothing. */
#include "text/morphology.h"

#include "text/lexicon.h"

#define GENDERS (GENDER_MASCULINE | GENDER_FEMININE)
#define NUMBERS (NUMBER_SINGULAR | NUMBER_PLURAL)
#define PARTS 0xFFFFu
#define FORMS (PERSONS | VERB_INFINITIVE)

struct tag {
	slice name;
	bool begins; /* the name is only how the tag begins */
	uint32_t bits;
};

static const struct tag parts[] = {
	{ { "nom", 3 }, false, POS_NOUN },
	{ { "adj", 3 }, false, POS_ADJECTIVE },
	{ { "ppas", 4 }, false, POS_PARTICIPLE },
	{ { "npr", 3 }, false, POS_NAME },
	{ { "prn", 3 }, false, POS_NAME },
	{ { "patr", 4 }, false, POS_NAME },
	{ { "titr", 4 }, false, POS_NOUN },
	{ { "adv", 3 }, true, POS_ADVERB },
	{ { "negadv", 6 }, false, POS_ADVERB },
	{ { "prev", 4 }, true, POS_PRONOUN },
	{ { "prep", 4 }, true, POS_PREPOSITION },
	{ { "pro", 3 }, true, POS_PRONOUN },
	{ { "det", 3 }, true, POS_DETERMINER },
	{ { "cj", 2 }, true, POS_CONJUNCTION },
	{ { "nb", 2 }, true, POS_NUMERAL },
	{ { "interj", 6 }, false, POS_INTERJECTION },
	{ { "v0", 2 }, true, POS_VERB },
	{ { "v1", 2 }, true, POS_VERB },
	{ { "v2", 2 }, true, POS_VERB },
	{ { "v3", 2 }, true, POS_VERB },
	{ { "verb", 4 }, false, POS_VERB },
	{ { "infi", 4 }, false, POS_VERB | VERB_INFINITIVE },
	{ { "ppre", 4 }, false, POS_VERB },
	{ { "ipre", 4 }, false, POS_VERB },
	{ { "iimp", 4 }, false, POS_VERB },
	{ { "ipsi", 4 }, false, POS_VERB },
	{ { "ifut", 4 }, false, POS_VERB },
	{ { "spre", 4 }, false, POS_VERB },
	{ { "simp", 4 }, false, POS_VERB },
	{ { "cond", 4 }, false, POS_VERB },
	{ { "impe", 4 }, false, POS_VERB },
	{ { "1sg", 3 }, true, PERSON_1SG },
	{ { "2sg", 3 }, true, PERSON_2SG },
	{ { "3sg", 3 }, true, PERSON_3SG },
	{ { "1pl", 3 }, true, PERSON_1PL },
	{ { "2pl", 3 }, true, PERSON_2PL },
	{ { "3pl", 3 }, true, PERSON_3PL },
	{ { "ponc", 4 }, false, POS_OTHER },
	{ { "sign", 4 }, false, POS_OTHER },
	{ { "pfx", 3 }, false, POS_OTHER },
	{ { "sfx", 3 }, false, POS_OTHER },
	{ { "div", 3 }, false, POS_OTHER },
};

static const struct tag inflections[] = {
	{ { "mas", 3 }, false, GENDER_MASCULINE },
	{ { "fem", 3 }, false, GENDER_FEMININE },
	{ { "epi", 3 }, false, GENDERS },
	{ { "sg", 2 }, false, NUMBER_SINGULAR },
	{ { "pl", 2 }, false, NUMBER_PLURAL },
	{ { "inv", 3 }, false, NUMBERS },
};

static uint32_t
look_up(const struct tag *tags, size_t n, slice name)
{
	for (size_t i = 0; i < n; i++)
		if (tags[i].begins ? slice_starts(name, tags[i].name)
				   : slice_equal(name, tags[i].name))
			return tags[i].bits;
	return 0;
}

static uint32_t
read_tag(slice tag)
{
	slice name = slice_sub(tag, tag.n < 3 ? tag.n : 3, tag.n);

	if (slice_starts(tag, SLICE("is:")))
		return look_up(inflections, sizeof(inflections) / sizeof(*inflections), name);
	if (!slice_starts(tag, SLICE("po:")))
		return 0;
	if (slice_starts(name, SLICE("loc."))) /* « locution »: a phrase used as … */
		name = slice_sub(name, 4, name.n);
	return look_up(parts, sizeof(parts) / sizeof(*parts), name);
}

static uint32_t
read_tags(slice tags)
{
	uint32_t bits = 0;

	while (tags.n > 0) {
		slice tag;
		slice_cut(tags, ' ', &tag, &tags);
		bits |= read_tag(slice_trim(tag));
	}
	return bits;
}

uint32_t
morphology_read(slice entry, slice affix)
{
	uint32_t old = read_tags(entry), new = read_tags(affix), bits = new;

	if ((new &PARTS) == 0)
		bits |= old & (PARTS | FORMS);
	if ((new &GENDERS) == 0)
		bits |= old & GENDERS;
	if ((new &NUMBERS) == 0)
		bits |= old & NUMBERS;
	return (bits & PARTS) == 0 ? bits | POS_OTHER : bits;
}
