/* Document symbols of the Council, the Assembly and the Economic and Social Council that are
 * not well-formed: S/2018/07, A/70/L1, S/ 2018/7. Other series have patterns of their own and
 * are looked at only for the suffixes that all share (Add.1, Corr.1, Rev.1). */
#include "checker/rules/number.h"

typedef struct part {
	slice text;
	bool wrong;
	size_t letters; /* of Add in Add1 */
} part;

static const char *const suffixes[] = { "Add", "Corr", "Rev", "Amend", NULL };

/* What a body below the organ is called: E/CN.4, A/C.3, A/AC.105, A/CONF.39. */
static const char *const bodies[] = { "CN", "C", "AC", "CONF", NULL };

/* The letters of s before its figures, at most `most`, where they are of the list; or 0. */
static size_t
letters_before_figures(slice s, const char *const *list, size_t most)
{
	for (; *list != NULL; list++) {
		slice letters = slice_of(*list);
		if (slice_starts(s, letters) && s.n > letters.n && s.n - letters.n <= most &&
			number_of(slice_sub(s, letters.n, s.n)) != NUMBER_NONE)
			return letters.n;
	}
	return 0;
}

/* Add1, Corr2, Rev1: the stop is missing. L1 only as the last part but of a short symbol. */
static size_t
missing_stop(slice s, bool draft)
{
	size_t n = letters_before_figures(s, suffixes, 2);

	if (n != 0)
		return n;
	if (draft && s.n >= 2 && s.n <= 4 && s.p[0] == 'L' &&
		number_of(slice_sub(s, 1, s.n)) != NUMBER_NONE)
		return 1;
	return 0;
}

/* The first part of a symbol whose second is a year or a session: S/2018, A/70, E/2019. */
static bool
is_plain_series(slice first, slice second)
{
	uint32_t n = number_of(second);

	if (first.n != 1 || n == NUMBER_NONE)
		return false;
	switch (first.p[0]) {
	case 'A':
		return n >= 31 && n <= 120;
	case 'S':
	case 'E':
		return n >= 1970 && n <= 2100;
	default:
		return false;
	}
}

static bool
is_organ(slice first)
{
	return first.n == 1 && (first.p[0] == 'A' || first.p[0] == 'S' || first.p[0] == 'E');
}

/* What the part should be; the part itself when it is right. */
static slice
mend(check *c, slice s, bool plain, bool organ, size_t index)
{
	size_t stop = missing_stop(s, plain);

	if (stop == 0 && organ && index == 1)
		stop = letters_before_figures(s, bodies, 3);
	if (stop != 0)
		return check_printf(
			c, "%.*s.%.*s", (int)stop, s.p, (int)(s.n - stop), s.p + stop);
	if (plain && index == 2 && s.n > 1 && s.n <= 4 && s.p[0] == '0' &&
		number_of(s) != NUMBER_NONE && number_of(s) != 0)
		return check_printf(c, "%u", number_of(s));
	return s;
}

/* The symbol with its parts as they should be; the symbol itself when all are right, p NULL
 * without memory. */
static slice
mend_parts(check *c, slice symbol)
{
	slice rest, first, second, s, right;
	bool wrong = false;

	slice_cut(symbol, '/', &first, &rest);
	slice_cut(rest, '/', &second, &s);
	bool plain = is_plain_series(first, second);
	right = first;
	for (size_t index = 1; rest.n != 0; index++) {
		slice_cut(rest, '/', &s, &rest);
		slice better = mend(c, s, plain, is_organ(first), index);
		wrong = wrong || better.p != s.p;
		right = check_printf(c, "%.*s/%.*s", SLICE_ARG(right), SLICE_ARG(better));
	}
	return wrong ? right : symbol;
}

static status
look_parts(check *c, const rule *r, size_t i)
{
	slice symbol = check_token(c, i), right = mend_parts(c, symbol);

	if (right.p == symbol.p || right.p == NULL)
		return STATUS_OK;
	return number_report(c, r, i, i, FIX_REVIEW, right);
}

/* S/2018/ 7: the space that a line break or an extraction left after a slash. */
static status
look_open(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice s = check_token(c, i), first, second;

	slice_cut(s, '/', &first, &second);
	if (!is_plain_series(first, second) || !spacing_is_mark(&t[1], '/') ||
		t[1].gap != GAP_NONE || !number_is_next(c, i + 2) ||
		number_plain(c, i + 2) == NUMBER_NONE || t[2].length > 4 ||
		(t[3].gap == GAP_NONE && t[3].kind != TOKEN_EDGE && t[3].kind != TOKEN_MARK))
		return STATUS_OK;
	return number_report(c, r, i, i + 2, FIX_REVIEW,
		check_printf(c, "%.*s/%u", SLICE_ARG(s), number_plain(c, i + 2)));
}

/* S/2018/7/Add 1 and S/2018/7/Add. 1: the number of the addendum, which stands apart; 0: none.
 */
static size_t
find_suffix_number(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];
	slice rest = check_token(c, i), last = { 0 };
	size_t n = i + 1;

	while (rest.n != 0)
		slice_cut(rest, '/', &last, &rest);
	if (spacing_is_mark(&t[1], '.') && t[1].gap == GAP_NONE)
		n++;
	return slice_is_one_of(last, suffixes) && number_is_next(c, n) &&
			       number_plain(c, n) != NUMBER_NONE && c->tokens.at[n].length <= 2
		       ? n
		       : 0;
}

static status
look_suffix(check *c, const rule *r, size_t i, size_t number)
{
	slice symbol = mend_parts(c, check_token(c, i));

	if (symbol.p == NULL)
		return STATUS_MEMORY;
	return number_report(c, r, i, number, FIX_REVIEW,
		check_printf(c, "%.*s.%u", SLICE_ARG(symbol), number_plain(c, number)));
}

/* S/ 2018/7 */
static status
look_spaced(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (i == 0 || !number_is_joint(c, i + 2, '/') || t->gap != GAP_NONE ||
		!number_is_next(c, i + 1) || number_plain(c, i + 3) == NUMBER_NONE ||
		!is_plain_series(check_token(c, i - 1), check_token(c, i + 1)) ||
		(t[-1].gap == GAP_NONE && t[-2].kind != TOKEN_MARK && i > 1))
		return STATUS_OK;
	return number_report(c, r, i - 1, i + 3, FIX_REVIEW,
		check_printf(c, "%.*s/%.*s/%u", SLICE_ARG(check_token(c, i - 1)),
			SLICE_ARG(check_token(c, i + 1)), number_plain(c, i + 3)));
}

static status
look(check *c, const rule *r, size_t i)
{
	if (c->tokens.at[i].kind != TOKEN_SYMBOL)
		return look_spaced(c, r, i);
	TRY(look_open(c, r, i));
	size_t number = find_suffix_number(c, i);
	return number != 0 ? look_suffix(c, r, i, number) : look_parts(c, r, i);
}

const rule rule_reference_symbol = {
	.id = "reference/symbol",
	.severity = SEVERITY_WARNING,
	.fix = FIX_REVIEW,
	.fr = true,
	.en = true,
	.on = FEATURE_SYMBOL | FEATURE_SLASH,
	.source = "FR-REF-05: S/2018/7, S/PRST/2019/7 and the registered series of symbols (A)",
	.summary_en = "a document symbol that is not well-formed",
	.summary_fr = "cote de document mal formée",
	.explanation_en =
		"Symbols of the General Assembly, the Security Council and the Economic and "
		"Social Council have no inner space and no leading zero (S/2018/7), and the "
		"letters that announce a draft, an addendum, a revision or a corrigendum "
		"are followed by a stop: A/70/L.1, Add.1, Rev.1, Corr.1. So are those of "
		"a commission or committee: E/CN.4, A/C.3. A symbol is the same in every "
		"language.",
	.explanation_fr =
		"Les cotes de l’Assemblée générale, du Conseil de sécurité et du Conseil "
		"économique et social n’ont ni espace ni zéro initial (S/2018/7), et les "
		"lettres qui annoncent un projet, un additif, une révision ou un "
		"rectificatif sont suivies d’un point\u00A0: A/70/L.1, Add.1, Rev.1, Corr.1. "
		"Celles d’une commission ou d’un comité le sont aussi\u00A0: E/CN.4, A/C.3. "
		"La cote est la même dans toutes les langues.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La lettre S/2018/07 est jointe au rapport.",
					  "La lettre S/2018/7 est jointe au rapport." },
		{ LANGUAGE_FR, "Le projet A/70/L1 a été déposé.",
			"Le projet A/70/L.1 a été déposé." },
		{ LANGUAGE_FR, "Voir le document S/2018/7/Add1 du Conseil.",
			"Voir le document S/2018/7/Add.1 du Conseil." },
		{ LANGUAGE_FR, "Voir le document S/2018/7/Add 1 et le rectificatif Corr.1.",
			"Voir le document S/2018/7/Add.1 et le rectificatif Corr.1." },
		{ LANGUAGE_EN, "See E/CN4/2006/1/Add 1 of the Commission.",
			"See E/CN.4/2006/1/Add.1 of the Commission." },
		{ LANGUAGE_EN, "See the letter of the mission (S/ 2018/7).",
			"See the letter of the mission (S/2018/7)." },
		{ LANGUAGE_EN, "See the letter of the mission (S/2018/ 7).",
			"See the letter of the mission (S/2018/7)." },
		{ LANGUAGE_EN, NULL,
			"See A/70/L.1, S/2018/7/Add.1, E/CN.4/2006/01, CRC/C/GBR/CO/5 and "
			"A/HRC/RES/6/30." }),
	.token = look,
};
