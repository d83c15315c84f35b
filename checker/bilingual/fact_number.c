/* Numbers: figures with what belongs to them, numbers in words, roman numerals. */
#include "checker/bilingual/fact_reader.h"

#define WORD_BYTES 64

/* --- topics --- */

static const char *const resolution_words[] = { "resolution", "resolutions", "decision",
	"decisions", "résolution", "résolutions", "décision", "décisions", NULL };

const char *const fact_reference_words[] = { "paragraph", "paragraphs", "para", "paras",
	"paragraphe", "paragraphes", "par", "article", "articles", "art", "section", "sections",
	"sect", "subsection", "subsections", "subparagraph", "subparagraphs", "alinéa",
	"alinéas", "annex", "annexes", "annexe", "chapter", "chapters", "chapitre", "chapitres",
	"chap", "part", "parts", "partie", "parties", "rule", "rules", "règle", "règles",
	"regulation", "regulations", "principle", "principles", "principe", "principes",
	"appendix", "appendice", "schedule", "goal", "goals", "target", "targets", "objectif",
	"objectifs", "cible", "cibles", "item", "items", "point", "points", "title", "titre",
	"book", "livre", "protocol", "protocole", "clause", "clauses", "pillar", "pilier",
	"phase", "table", "tableau", "figure", "indicator", "indicateur", "division",
	"divisions", "schedules", "page", "pages", "volume", "vol", "no", "nos", "numéro", "n",
	NULL };

/* The word before a number, past a full stop or a bracket: paragraph 5, para. 5, n° 5. */
static void
look_before(fact_reader *r, size_t i)
{
	if (fact_joined_before(r, i) != NULL)
		return;
	r->resolution = r->reference = false;
	while (i > 0 && fact_token(r, i - 1)->kind == TOKEN_MARK &&
		fact_token(r, i - 1)->word != ',' && fact_token(r, i - 1)->word != ';')
		i--;
	if (i == 0)
		return;
	r->resolution = fact_is_word(r, i - 1, resolution_words);
	r->reference = fact_is_word(r, i - 1, fact_reference_words);
}

static bool
is_year(const fact *f)
{
	return f->value.there && f->form == FORM_FIGURES && !f->ordinal &&
	       f->unit == UNIT_NONE && f->value.exponent >= 0 && f->last == f->first;
}

static uint8_t
topic_of(fact_reader *r, const fact *f, size_t i)
{
	fact *before = fact_last(r);
	uint64_t v = numeral_whole(f->value);
	bool year = is_year(f) && fact_token(r, i)->length == 4 && v >= 1900 && v < 2100;

	look_before(r, i);
	/* 2253 (2015): the year of a resolution, and the number before it. */
	if (year && fact_is_mark(r, i - 1, '(') && i >= 2 && before != NULL &&
		before->kind == FACT_NUMBER && before->last == i - 2 &&
		fact_is_mark(r, i + 1, ')')) {
		before->topic = TOPIC_RESOLUTION;
		return TOPIC_RESOLUTION;
	}
	if (r->resolution)
		return TOPIC_RESOLUTION;
	if (r->reference)
		return TOPIC_REFERENCE;
	if (i > 0 && (fact_month(r, i - 1) != 0 ||
			     (fact_is_mark(r, i - 1, ',') && i > 1 && year && before != NULL &&
				     before->topic == TOPIC_DATE)))
		return TOPIC_DATE;
	return year ? TOPIC_DATE : TOPIC_NUMBER;
}

/* --- numbers --- */

static fact_unit
unit_word(slice s)
{
	static const struct {
		const char *text;
		fact_unit unit;
	} units[] = { { "dollar", UNIT_DOLLAR }, { "dollars", UNIT_DOLLAR },
		{ "euro", UNIT_EURO }, { "euros", UNIT_EURO }, { "usd", UNIT_DOLLAR },
		{ "eur", UNIT_EURO }, { "sterling", UNIT_POUND } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (slice_is(s, units[i].text))
			return units[i].unit;
	return UNIT_NONE;
}

static fact_unit
unit_sign(const fact_reader *r, size_t i)
{
	if (fact_token(r, i)->kind != TOKEN_MARK)
		return UNIT_NONE;
	switch (fact_token(r, i)->word) {
	case '%':
		return UNIT_PERCENT;
	case '$':
		return UNIT_DOLLAR;
	case 0x20AC:
		return UNIT_EURO;
	case 0xA3:
		return UNIT_POUND;
	default:
		return UNIT_NONE;
	}
}

/* per cent, pour cent, %, dollars, « de dollars », « d’euros »; *next moves past it. */
static fact_unit
unit_after(const fact_reader *r, size_t *next)
{
	static const char *const of[] = { "de", "d\u2019", NULL };
	static const char *const per[] = { "per", "pour", NULL };
	static const char *const cent[] = { "cent", "cents", NULL };
	static const char *const percent[] = { "percent", "percentage", NULL };
	size_t i = *next;

	if (fact_is_word(r, i, per) && fact_is_word(r, i + 1, cent)) {
		*next = i + 2;
		return UNIT_PERCENT;
	}
	if (fact_is_word(r, i, percent)) {
		*next = i + 1;
		return UNIT_PERCENT;
	}
	if (fact_is_word(r, i, of))
		i++;
	fact_unit u = unit_word(fact_lower(r, i));
	if (u == UNIT_NONE && i == *next)
		u = unit_sign(r, i);
	if (u != UNIT_NONE)
		*next = i + 1;
	return u;
}

static fact_unit
unit_before(const fact_reader *r, size_t i)
{
	if (i == 0)
		return UNIT_NONE;
	fact_unit u = unit_sign(r, i - 1);
	if (u == UNIT_PERCENT)
		return UNIT_NONE;
	return u != UNIT_NONE ? u : unit_word(fact_lower(r, i - 1));
}

/* “between 10 and 15 per cent”, “10 to 15 million”: the numbers before share it. */
static void
share_back(fact_reader *r, size_t i, fact_unit unit, numeral scale)
{
	fact *f = fact_joined_before(r, i);
	size_t next = i; /* the token that the number before is joined to */

	while (f != NULL && f->kind == FACT_NUMBER) {
		if (f->unit == UNIT_NONE && next == f->last + 2u)
			f->unit = (uint8_t)unit;
		if (scale.there && !f->other.there && f->first == f->last)
			f->other = numeral_times(f->value, scale);
		if (f == r->out->list.at || f->first == 0)
			break;
		next = f->first;
		f--;
		size_t k = next;
		while (k > f->last + 1 && fact_joins(r, k - 1))
			k--;
		if (k != f->last + 1 || k == next)
			break;
	}
}

/* --- figures --- */

/* What stands behind the digits of 7590th, 1er, 1990s, 15-year-old, 10km. */
static void
judge_ending(fact *f, slice ending)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th", "er", "re", "e", "ème",
		"ère", "ième", "es", "nde", "ers", "res", NULL };

	if (ending.n == 0)
		return;
	f->ordinal = slice_is_one_of(ending, ordinals);
	if (slice_is(ending, "s") || slice_is(ending, "\u2019s") || slice_is(ending, "'s"))
		f->other = numeral_of(numeral_whole(f->value) % 100); /* les années 90 */
}

#define RANGE_MOST 30 /* numbers of a range, each of which the other side may name */

static status
add_between(fact_reader *r, uint64_t from, uint64_t to, size_t i)
{
	if (to <= from || to - from > RANGE_MOST)
		return STATUS_OK;
	for (uint64_t n = from + 1; n < to; n++)
		TRY(fact_add(r,
			(fact){ .kind = FACT_NUMBER,
				.soft = true,
				.vague = true,
				.time = NO_TIME,
				.value = numeral_of(n) },
			i, i));
	return STATUS_OK;
}

/* 19.01.2018 is a date; 1.1.1 is a number of a section. */
static status
read_points(fact_reader *r, slice s, size_t i)
{
	slice day, month, year, rest;
	numeral value[3], other;
	bool three = slice_cut(s, '.', &day, &rest) && slice_cut(rest, '.', &month, &year);

	if (three && day.n <= 2 && month.n <= 2 && year.n == 4 &&
		numeral_of_figures(day, r->language, &value[0], &other) &&
		numeral_of_figures(month, r->language, &value[1], &other) &&
		numeral_of_figures(year, r->language, &value[2], &other)) {
		for (int k = 0; k < 3; k++)
			TRY(fact_add(r,
				(fact){ .kind = FACT_NUMBER,
					.topic = TOPIC_DATE,
					.date_part = true,
					.time = NO_TIME,
					.value = value[k] },
				i, i));
		return STATUS_OK;
	}
	return fact_add(r,
		(fact){ .kind = FACT_NUMBER,
			.topic = TOPIC_REFERENCE,
			.time = NO_TIME,
			.hash = slice_hash(s) },
		i, i);
}

/* 26a) */
static status
read_glued_letter(fact_reader *r, slice ending, size_t i)
{
	if (!fact_is_letters(ending) || !fact_is_mark(r, i + 1, ')'))
		return STATUS_OK;
	return fact_add(r,
		(fact){ .kind = FACT_LETTER,
			.topic = TOPIC_REFERENCE,
			.time = NO_TIME,
			.hash = slice_hash(ending) },
		i, i);
}

/* The numbers between this one and the one at the other end of its range. */
static status
fill_range(fact_reader *r, const fact *f, size_t i)
{
	const fact *before =
		i > 0 && fact_spans_range(r, i - 1) ? fact_joined_before(r, i) : NULL;

	if (before == NULL || !before->value.there || f->topic != TOPIC_REFERENCE)
		return STATUS_OK;
	return add_between(r, numeral_whole(before->value), numeral_whole(f->value), i);
}

/* Million, per cent and dollars behind token i; the answer is the token after them, *last the
 * last one that makes the value. */
static size_t
read_measure(fact_reader *r, fact *f, size_t i, bool bare, size_t *last)
{
	numeral scale = { 0 };
	size_t next = i + 1;

	if (bare && numeral_of_scale(fact_lower(r, next), r->language, &scale)) {
		f->value = numeral_times(f->value, scale);
		f->other = (numeral){ 0 };
		next++;
	}
	*last = next - 1;
	f->unit = (uint8_t)unit_after(r, &next);
	if (f->unit == UNIT_NONE)
		f->unit = (uint8_t)unit_before(r, i);
	if (scale.there || f->unit != UNIT_NONE)
		share_back(r, i, (fact_unit)f->unit, scale);
	return next;
}

/* The 5 of PM2.5, where the code ends at the point. */
static bool
follows_code(const fact_reader *r, size_t i)
{
	return i > 1 && fact_is_tight(r, i) && fact_is_mark(r, i - 1, '.') &&
	       fact_is_tight(r, i - 1) && fact_token(r, i - 2)->kind == TOKEN_CODE;
}

static bool
is_joint(const fact_reader *r, size_t i, uint32_t mark)
{
	return fact_is_mark(r, i, mark) && fact_is_tight(r, i) && fact_is_tight(r, i + 1) &&
	       fact_token(r, i + 1)->kind == TOKEN_NUMBER && fact_token(r, i + 1)->length <= 4;
}

/* One of three numbers with two slashes or hyphens between them: 19/01/2018, 2018-01-19. */
static bool
is_date_part(const fact_reader *r, size_t i)
{
	static const uint32_t marks[] = { '/', '-' };

	for (size_t k = 0; k < 2; k++) {
		size_t first = i;
		while (first >= 2 && is_joint(r, first - 1, marks[k]) &&
			fact_token(r, first - 2)->kind == TOKEN_NUMBER)
			first -= 2;
		if (is_joint(r, first + 1, marks[k]) && is_joint(r, first + 3, marks[k]) &&
			(fact_token(r, first)->length == 4 ||
				fact_token(r, first + 4)->length == 4))
			return true;
	}
	return false;
}

static status
add_inside(fact_reader *r, slice s, size_t i)
{
	fact f = { .kind = FACT_NUMBER,
		.soft = true,
		.vague = true,
		.in_code = true,
		.time = NO_TIME };

	return numeral_of_figures(s, r->language, &f.value, &f.other) ? fact_add(r, f, i, i)
								      : STATUS_OK;
}

/* with: as s, longer where the code goes on behind a full stop. */
static status
add_all_inside(fact_reader *r, slice s, slice with, size_t i)
{
	for (size_t k = 0; k < s.n; k++) {
		size_t n = fact_is_digit(s.p[k]) ? fact_digits(slice_sub(s, k, s.n)) : 0;
		if (n == 0)
			continue;
		TRY(add_inside(r, slice_sub(s, k, k + n), i));
		size_t longer = fact_digits(slice_sub(with, k, with.n));
		if (longer > n)
			TRY(add_inside(r, slice_sub(with, k, k + longer), i));
		k += n - 1;
	}
	return STATUS_OK;
}

status
fact_read_figures(fact_reader *r, size_t i, size_t *taken)
{
	slice s = fact_text(r, i), ending = SLICE("");
	fact f = { .kind = FACT_NUMBER, .form = FORM_FIGURES, .time = NO_TIME };
	size_t last;

	if (fact_token(r, i)->kind == TOKEN_CODE) {
		size_t n = fact_digits(s);
		ending = slice_sub(s, n, s.n);
		s.n = n;
	}
	*taken = 1;
	if (!numeral_of_figures(s, r->language, &f.value, &f.other))
		return read_points(r, s, i);
	judge_ending(&f, ending);
	f.topic = topic_of(r, &f, i);
	f.soft = follows_code(r, i);
	f.date_part = is_date_part(r, i);
	*taken = read_measure(r, &f, i, ending.n == 0, &last) - i;
	TRY(fill_range(r, &f, i));
	TRY(fact_add(r, f, i, last));
	TRY(add_all_inside(r, ending, ending, i)); /* 1-May-2020 */
	return read_glued_letter(r, ending, i);
}

/* The digits of PM2.5, G-20, COVID-19 may stand apart on the other side; so may the marks. */
status
fact_read_code(fact_reader *r, size_t i, size_t *taken)
{
	slice s = fact_text(r, i), with = s;

	*taken = 1;
	if (follows_code(r, i + 2))
		with.n = fact_token(r, i + 2)->start + fact_token(r, i + 2)->length -
			 fact_token(r, i)->start;
	return add_all_inside(r, s, with, i);
}

/* --- words --- */

typedef struct sum { /* of a number in words that is being read */
	uint64_t total, now, last;
	bool any, ordinal, vague, closed;
	numeral_kind last_kind;
} sum;

/* Takes the word in; false when it begins another number. */
static bool
take(sum *s, const numeral_word *w)
{
	bool fits = !s->any || (!s->closed && !s->vague && !w->vague);

	if (!fits)
		return false;
	switch (w->kind) {
	case NUMERAL_UNIT:
		/* soixante-dix, quatre-vingt-onze count on from the ten before them, dix-sept
		 * from ten */
		if (s->any && s->last_kind == NUMERAL_UNIT &&
			(s->last != 10 || w->value < 7 || w->value > 9))
			return false;
		if (s->any && s->last_kind == NUMERAL_TEN && w->value > 9 && s->last != 60 &&
			s->last != 80)
			return false;
		s->now += w->value;
		break;
	case NUMERAL_TEN:
		if (s->any && s->last_kind == NUMERAL_UNIT && s->last == 4 && w->value == 20) {
			s->now += 76; /* quatre-vingts */
			s->last = 80;
			s->last_kind = NUMERAL_TEN;
			s->ordinal = w->ordinal;
			s->closed = w->ordinal;
			return true;
		}
		if (s->any && (s->last_kind == NUMERAL_UNIT || s->last_kind == NUMERAL_TEN))
			return false;
		s->now += w->value;
		break;
	case NUMERAL_HUNDRED:
		if (s->now > 99) /* twenty-five hundred */
			return false;
		s->now = s->now == 0 ? 100 : s->now * 100;
		break;
	case NUMERAL_SCALE:
		if (s->now > 999999 || s->total > UINT64_C(1000000000000000))
			return false;
		s->total += (s->now == 0 ? 1 : s->now) * w->value;
		s->now = 0;
		break;
	}
	s->any = true;
	s->last = w->value;
	s->last_kind = w->kind;
	s->ordinal = w->ordinal;
	s->closed = w->ordinal;
	s->vague = w->vague;
	return true;
}

/* A word, or all parts of a compound; false, and nothing taken, when one part is no number. */
static bool
take_token(sum *s, slice lower, language l)
{
	sum now = *s;
	slice part, rest = lower;
	numeral_word w;

	if (lower.n == 0 || lower.n > WORD_BYTES || slice_is(lower, "et"))
		return false;
	if (!s->any && slice_is(lower, "cents")) /* cinquante cents: the money */
		return false;
	for (bool more = true; more;) {
		more = slice_cut(rest, '-', &part, &rest);
		if (l == LANGUAGE_FR && slice_is(part, "et") && now.any)
			continue;
		if (!numeral_of_word(part, l, &w))
			return false;
		if (w.vague && now.any && w.value >= 1000) /* cinq millions, not des millions */
			w = (numeral_word){ NUMERAL_SCALE, w.value, false, false };
		if (!take(&now, &w))
			return false;
	}
	*s = now;
	return true;
}

/* “two hundred and fifty”, “thirty-one million, two hundred”, « vingt et un »: what joins
 * inside a number. */
static bool
joins_inside(const fact_reader *r, const sum *s, size_t i)
{
	if (fact_is_mark(r, i, ','))
		return s->last_kind == NUMERAL_SCALE && s->now == 0;
	if (r->language == LANGUAGE_FR)
		return slice_is(fact_lower(r, i), "et") && s->last_kind == NUMERAL_TEN;
	return slice_is(fact_lower(r, i), "and") &&
	       (s->last_kind == NUMERAL_HUNDRED || s->last_kind == NUMERAL_SCALE);
}

/* five hundredths, ten-thousandths, « centièmes »; ten and one-half, half a million. */
static bool
is_fraction(const fact_reader *r, size_t i, size_t n, const sum *s)
{
	static const char *const half[] = { "one-half", "half", "demi", NULL };
	static const char *const joint[] = { "and", "et", NULL };
	slice last = fact_lower(r, i + n - 1);

	if (s->ordinal && (last.p[last.n - 1] == 's' || s->last_kind >= NUMERAL_HUNDRED))
		return true;
	if (i > 0 && (fact_is_word(r, i - 1, half) || (i > 1 && fact_is_word(r, i - 2, half))))
		return s->last_kind == NUMERAL_SCALE;
	return fact_is_word(r, i + n, joint) && fact_is_word(r, i + n + 1, half);
}

/* Half is said 50 per cent, a quarter 25. */
static numeral
share_of(numeral parts)
{
	uint64_t n = numeral_whole(parts);

	return n == 2 || n == 4 ? numeral_of(100 / n) : (numeral){ 0 };
}

/* three-year, under-five, two-thirds: the numbers in a compound, which may be met. */
static status
read_compound(fact_reader *r, size_t i)
{
	slice part, rest = fact_lower(r, i);
	numeral_word w;

	if (memchr(rest.p, '-', rest.n) == NULL)
		return STATUS_OK;
	for (bool more = true; more;) {
		more = slice_cut(rest, '-', &part, &rest);
		if (numeral_of_word(part, r->language, &w))
			TRY(fact_add(r,
				(fact){ .kind = FACT_NUMBER,
					.form = FORM_WORDS,
					.soft = true,
					.ordinal = w.ordinal,
					.vague = w.vague,
					.time = NO_TIME,
					.value = numeral_of(w.value) },
				i, i));
	}
	return STATUS_OK;
}

status
fact_read_words(fact_reader *r, size_t i, size_t *taken)
{
	sum s = { 0 };
	size_t n = 0;

	while (take_token(&s, fact_lower(r, i + n), r->language)) {
		n++;
		if (n < 12 && joins_inside(r, &s, i + n)) {
			sum with = s;
			if (take_token(&with, fact_lower(r, i + n + 1), r->language))
				n++;
		}
		if (n >= 12)
			break;
	}
	if (n == 0)
		return read_compound(r, i);
	fact f = { .kind = FACT_NUMBER,
		.form = FORM_WORDS,
		.soft = true,
		.ordinal = s.ordinal,
		.fraction = is_fraction(r, i, n, &s),
		.time = NO_TIME,
		.value = numeral_of(s.total + s.now) };
	if (s.vague)
		f.other = share_of(f.value);
	if (slice_is(fact_lower(r, i + n - 1), "cents")) /* 500, or five of the money */
		f.other = numeral_of(s.total + s.now / 100);
	f.vague = s.vague || f.fraction;
	f.soft = f.vague || f.value.exponent < 6; /* a million is no turn of phrase */
	size_t next = i + n;
	f.unit = (uint8_t)unit_after(r, &next);
	*taken = next - i;
	return fact_add(r, f, i, i + n - 1);
}

/* --- roman numerals --- */

status
fact_read_roman(fact_reader *r, size_t i, size_t *taken)
{
	slice s = fact_text(r, i);
	bool ordinal = false;
	static const char *const endings[] = { "e", "er", "ème", "re", NULL };

	for (size_t k = 0; r->language == LANGUAGE_FR && endings[k] != NULL; k++)
		if (!ordinal && slice_ends(s, slice_of(endings[k]))) {
			s.n -= strlen(endings[k]);
			ordinal = true;
		}
	unsigned n = numeral_of_roman(s);
	fact *before = fact_joined_before(r, i);
	bool named = (i > 0 && fact_is_word(r, i - 1, fact_reference_words)) ||
		     (before != NULL && before->form == FORM_ROMAN &&
			     before->topic == TOPIC_REFERENCE);
	if (n == 0 || (s.n == 1 && !named && !ordinal))
		return STATUS_OK;
	*taken = 1;
	return fact_add(r,
		(fact){ .kind = FACT_NUMBER,
			.topic = named ? TOPIC_REFERENCE : TOPIC_NUMBER,
			.form = FORM_ROMAN,
			.soft = !named,
			.ordinal = ordinal,
			.time = NO_TIME,
			.value = numeral_of(n) },
		i, i);
}
