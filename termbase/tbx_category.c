/* The data categories that TBX-Basic knows: where they stand, and what they may say. */
#include <string.h>

#include "termbase/tbx.h"

enum { AT_CONCEPT = 1, AT_SECTION = 2, AT_TERM = 4, ANYWHERE = 7 };

/* Levels and values are those of the rules of TBX-Basic (its Schematron schema, 2019). */
static const struct {
	const char *name;
	entry_element element;
	const char *module; /* of DCT that has it */
	unsigned levels;
	const char *values; /* all that it may be, each between spaces; NULL: any text */
} categories[] = {
	{ "subjectField", ELEMENT_DESCRIP, "min", AT_CONCEPT, NULL },
	{ "administrativeStatus", ELEMENT_TERM_NOTE, "min", AT_TERM,
		" admittedTerm-admn-sts deprecatedTerm-admn-sts supersededTerm-admn-sts "
		"preferredTerm-admn-sts " },
	{ "partOfSpeech", ELEMENT_TERM_NOTE, "min", AT_TERM,
		" adjective noun other verb adverb " },
	{ "customerSubset", ELEMENT_ADMIN, "min", AT_CONCEPT | AT_TERM, NULL },
	{ "externalCrossReference", ELEMENT_XREF, "min", ANYWHERE, NULL },
	{ "context", ELEMENT_DESCRIP, "basic", AT_TERM, NULL },
	{ "definition", ELEMENT_DESCRIP, "basic", AT_CONCEPT | AT_SECTION, NULL },
	{ "crossReference", ELEMENT_REF, "basic", AT_CONCEPT | AT_TERM, NULL },
	{ "geographicalUsage", ELEMENT_TERM_NOTE, "basic", AT_TERM, NULL },
	{ "grammaticalGender", ELEMENT_TERM_NOTE, "basic", AT_TERM,
		" masculine feminine neuter other " },
	{ "projectSubset", ELEMENT_ADMIN, "basic", AT_CONCEPT | AT_TERM, NULL },
	{ "responsibility", ELEMENT_TRANSACTION_NOTE, "basic", ANYWHERE, NULL },
	{ "source", ELEMENT_ADMIN, "basic", ANYWHERE, NULL },
	{ "termLocation", ELEMENT_TERM_NOTE, "basic", AT_TERM,
		" checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage "
		"interactiveMessage menuItem progressBar pushButton radioButton slider spinBox "
		"tab tableText textBox toolTip user-definedType " },
	{ "termType", ELEMENT_TERM_NOTE, "basic", AT_TERM,
		" fullForm acronym abbreviation shortForm variant phrase " },
	{ "transactionType", ELEMENT_TRANSACTION, "basic", ANYWHERE,
		" origination modification " },
	{ "xGraphic", ELEMENT_XREF, "basic", AT_CONCEPT | AT_SECTION, NULL },
	{ "grammaticalNumber", ELEMENT_TERM_NOTE, NULL, 0, NULL },
	{ "register", ELEMENT_TERM_NOTE, NULL, 0, NULL },
	{ "normativeAuthorization", ELEMENT_TERM_NOTE, NULL, 0, NULL },
	{ "pronunciation", ELEMENT_TERM_NOTE, NULL, 0, NULL },
	{ "abbreviatedFormFor", ELEMENT_TERM_NOTE, NULL, 0, NULL },
	{ "originatingInstitution", ELEMENT_ADMIN, NULL, 0, NULL },
	{ "entrySource", ELEMENT_ADMIN, NULL, 0, NULL },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

entry_element
tbx_element_of(slice category, const char **module)
{
	*module = NULL;
	for (size_t i = 0; i < COUNT(categories); i++)
		if (slice_is(category, categories[i].name)) {
			*module = categories[i].module;
			return categories[i].element;
		}
	return ELEMENT_DESCRIP;
}

static bool
is_value(const char *values, slice value)
{
	size_t n = strlen(values);

	if (value.n == 0 || memchr(value.p, ' ', value.n) != NULL)
		return false;
	for (size_t i = 1; i + value.n < n; i++)
		if (values[i - 1] == ' ' && values[i + value.n] == ' ' &&
			memcmp(values + i, value.p, value.n) == 0)
			return true;
	return false;
}

bool
tbx_is_basic(const entry_item *item)
{
	static const unsigned bit[] = { AT_CONCEPT, AT_SECTION, AT_TERM };

	if (item->type.n == 0)
		return item->element == ELEMENT_NOTE || item->element == ELEMENT_DATE;
	for (size_t i = 0; i < COUNT(categories); i++)
		if (slice_is(item->type, categories[i].name))
			return item->element == categories[i].element &&
			       (categories[i].levels & bit[item->owner.level]) != 0 &&
			       (categories[i].values == NULL ||
				       is_value(categories[i].values, item->value));
	return false;
}
