/* Times of day: « 15 h 30 », « 15 heures » in French; “8.30 p.m.”, “9 a.m.” in English. Read
 * from the letters themselves, since a time is cut into tokens in a dozen ways. */
#include "checker/quotation.h"
#include "checker/rules/number.h"

typedef struct time_read {
	uint32_t hour, minute;
	bool has_minute, colon, afternoon;
	size_t end; /* of what was read, in bytes */
} time_read;

static uint32_t
digits(slice s, size_t *i, size_t most)
{
	uint32_t value = 0;
	size_t start = *i;

	while (*i < s.n && *i - start < most && s.p[*i] >= '0' && s.p[*i] <= '9')
		value = 10 * value + (uint32_t)(s.p[(*i)++] - '0');
	return *i == start ? NUMBER_NONE : value;
}

static bool
is_byte(slice s, size_t i, char b)
{
	return i < s.n && s.p[i] == b;
}

static bool
is_letter_or_digit(slice s, size_t i)
{
	return i < s.n && (((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') ||
				  (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] & 0x80) != 0);
}

/* 8 · 8:30 · 8.30 */
static bool
read_hour(slice s, time_read *k)
{
	size_t i = 0;

	k->hour = digits(s, &i, 2);
	if (k->hour > 24)
		return false;
	k->colon = is_byte(s, i, ':');
	if ((k->colon || is_byte(s, i, '.')) && i + 2 < s.n) {
		size_t from = ++i;
		k->minute = digits(s, &i, 2);
		k->has_minute = i == from + 2 && k->minute < 60;
		if (!k->has_minute)
			return false;
	}
	k->end = i;
	return true;
}

/* am · PM · a.m. · P.M, after at most one space. The stop that follows the last letter belongs
 * to it when there was one before. */
static bool
read_half(slice s, time_read *k)
{
	size_t i = k->end;

	i += is_byte(s, i, ' ');
	if (i + 1 >= s.n || ((s.p[i] | 0x20) != 'a' && (s.p[i] | 0x20) != 'p'))
		return false;
	k->afternoon = (s.p[i++] | 0x20) == 'p';
	bool dotted = is_byte(s, i, '.');
	i += dotted;
	if (i >= s.n || (s.p[i] | 0x20) != 'm' || is_letter_or_digit(s, i + 1))
		return false;
	i++;
	k->end = i + (dotted && is_byte(s, i, '.'));
	return true;
}

static slice
rest_of_block(const check *c, size_t i)
{
	return check_text(c, (span){ c->tokens.at[i].start, c->block->text.end });
}

static status
report(check *c, const rule *r, size_t i, const time_read *k, fix_kind fix, slice right)
{
	uint32_t start = c->tokens.at[i].start;

	return check_report_fix(c, r, (span){ start, start + (uint32_t)k->end }, right, fix);
}

static status
look_english(check *c, const rule *r, size_t i)
{
	slice s = rest_of_block(c, i);
	time_read k = { 0 };

	if (!read_hour(s, &k) || !read_half(s, &k) || k.hour == 0 || k.hour > 12)
		return STATUS_OK;
	slice found = slice_sub(s, 0, k.end);
	/* The stop of the sentence is also that of the abbreviation. */
	const char *stop = found.p[found.n - 1] != '.' && is_byte(s, k.end, '.') ? "" : ".";
	char half = k.afternoon ? 'p' : 'a';
	slice right = k.has_minute && k.minute != 0
			      ? check_printf(c, "%u.%02u %c.m%s", k.hour, k.minute, half, stop)
			      : check_printf(c, "%u %c.m%s", k.hour, half, stop);
	if (slice_equal(found, right) || quotation_holds(c, i))
		return STATUS_OK;
	/* 12.00 a.m. is midnight to some and noon to others. */
	bool clear = k.hour != 12 || k.minute != 0;
	return report(c, r, i, &k, clear ? FIX_SAFE : FIX_NONE, clear ? right : (slice){ 0 });
}

static slice
french_time(check *c, const time_read *k)
{
	const char *space = number_space(c);

	if (k->has_minute && k->minute != 0)
		return check_printf(c, "%u%sh%s%02u", k->hour, space, space, k->minute);
	return check_printf(c, "%u%sheure%s", k->hour, space, k->hour < 2 ? "" : "s");
}

/* The bytes of one space of any kind at i. */
static size_t
space_at(slice s, size_t i)
{
	slice rest = slice_sub(s, i, s.n);

	if (slice_starts(rest, SLICE("\u00A0")))
		return 2;
	return slice_starts(rest, SLICE("\u202F")) ? 3 : is_byte(s, i, ' ');
}

/* « heures » or « h » after 15:30 goes with it. */
static size_t
past_hours(slice s, size_t i)
{
	static const char *const forms[] = { "heures", "heure", "h" };
	size_t from = i + space_at(s, i);

	for (size_t k = 0; k < sizeof(forms) / sizeof(*forms); k++) {
		slice w = slice_of(forms[k]);
		if (slice_starts(slice_sub(s, from, s.n), w) &&
			!is_letter_or_digit(s, from + w.n))
			return from + w.n;
	}
	return i;
}

/* « à 15:30 », « vers 15:30 heures » */
static status
look_colon(check *c, const rule *r, size_t i)
{
	static const char *const before[] = { "à", "vers", "dès", "heure", NULL };
	slice s = rest_of_block(c, i);
	time_read k = { 0 };

	if (i == 0 || !spacing_word_in(c, &c->tokens.at[i - 1], before) || !read_hour(s, &k) ||
		!k.colon || !k.has_minute || is_byte(s, k.end, ':') ||
		is_letter_or_digit(s, k.end) || quotation_holds(c, i))
		return STATUS_OK;
	k.end = past_hours(s, k.end);
	return report(c, r, i, &k, FIX_REVIEW, french_time(c, &k));
}

/* « l’alinéa 5h) », « 5h.1) »: letters of subparagraphs, which are no hours. */
static bool
is_label(const check *c, size_t i)
{
	static const char *const names[] = { "alinéa", "alinéas", "paragraphe", "paragraphes",
		"article", "articles", NULL };
	const token *t = &c->tokens.at[i];

	return (spacing_is_mark(&t[1], ')') && !spacing_is_mark(&t[-1], '(')) ||
	       (spacing_is_mark(&t[1], '.') && t[2].gap == GAP_NONE &&
		       t[2].kind != TOKEN_EDGE) ||
	       spacing_word_in(c, &t[-1], names);
}

/* 15h30 · 15h 30 · 15 h30 · 15H */
static bool
read_joined(slice s, time_read *k)
{
	size_t at = 0;

	k->hour = digits(s, &at, 2);
	at += space_at(s, at);
	if (k->hour > 99 || !(is_byte(s, at, 'h') || is_byte(s, at, 'H')))
		return false;
	k->end = ++at;
	bool apart = space_at(s, at) != 0;
	at += space_at(s, at);
	size_t from = at;
	k->minute = digits(s, &at, 2);
	k->has_minute =
		at == from + 2 && k->minute < 60 && k->hour <= 24 && !is_letter_or_digit(s, at);
	if (k->has_minute)
		k->end = at;
	return k->has_minute || apart || !is_letter_or_digit(s, k->end);
}

static status
look_joined(check *c, const rule *r, size_t i)
{
	time_read k = { 0 };

	if (!read_joined(rest_of_block(c, i), &k) || number_is_mark(c, i + 1, '/') ||
		is_label(c, i) || quotation_holds(c, i))
		return STATUS_OK;
	return report(c, r, i, &k, FIX_SAFE, french_time(c, &k));
}

/* The h30 of « 15 h30 ». */
static bool
is_half_joined(const check *c, size_t i)
{
	const token *t = &c->tokens.at[i];

	return t->kind == TOKEN_CODE && t->length == 3 &&
	       (c->document->text.p[t->start] | 0x20) == 'h';
}

static status
look(check *c, const rule *r, size_t i)
{
	const token *t = &c->tokens.at[i];

	if (t->length > 6 || (t->gap == GAP_NONE && (t[-1].features & FEATURE_BRACKET) == 0))
		return STATUS_OK;
	if (c->language == LANGUAGE_EN)
		return look_english(c, r, i);
	if (t->kind == TOKEN_CODE || is_half_joined(c, i + 1))
		return look_joined(c, r, i);
	return spacing_is_mark(&t[1], ':') && t[1].gap == GAP_NONE ? look_colon(c, r, i)
								   : STATUS_OK;
}

static const rule of_english = { .en = true, .on = FEATURE_NUMBER, .token = look };

/* Figures are looked at from what stands behind them, which is rarer: a colon or h30. */
static status
look_before(check *c, const rule *r, size_t i)
{
	return look(c, r, i - 1);
}

static bool
is_colon(uint32_t mark)
{
	return mark == ':';
}

static const rule of_colons = { .fr = true,
	.on = FEATURE_STOP,
	.wants_mark = is_colon,
	.before = FEATURE_NUMBER,
	.token = look_before,
	.also = &of_english };

static const rule of_halves = { .fr = true,
	.on = FEATURE_CODE,
	.before = FEATURE_NUMBER,
	.token = look_before,
	.also = &of_colons };

const rule rule_number_time = {
	.id = "number/time",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.fr = true,
	.en = true,
	.on = FEATURE_CODE,
	.also = &of_halves,
	.source = "FR-NUM-14: Directives éditoriales of FAO, Guide du rédacteur, Canada (B); "
		  "EN-NUM-08: digest of the Editorial Manual by UNDRR (A)",
	.summary_en = "a time of day that is not written in the house’s way",
	.summary_fr = "heure qui n’est pas écrite selon l’usage",
	.explanation_en =
		"English writes 9 a.m. and 8.30 p.m., with a point, small letters and "
		"stops. French writes «\u00A015 heures\u00A0» and «\u00A015 h 30\u00A0», with "
		"spaces and "
		"without a colon.",
	.explanation_fr = "Le français écrit «\u00A015 heures\u00A0» et «\u00A015 h 30\u00A0», "
			  "avec des espaces et sans "
			  "deux-points. L’anglais écrit 9 a.m. et 8.30 p.m., avec un point, en "
			  "minuscules.",
	.examples = RULE_EXAMPLES({ LANGUAGE_FR, "La séance est ouverte à 15:30 dans la salle.",
					  "La séance est ouverte à 15 h 30 dans la salle." },
		{ LANGUAGE_FR, "La séance est ouverte à 15h30 dans la salle.",
			"La séance est ouverte à 15 h 30 dans la salle." },
		{ LANGUAGE_FR, "La séance est ouverte à 15h 30 dans la salle.",
			"La séance est ouverte à 15 h 30 dans la salle." },
		{ LANGUAGE_FR, "La séance est ouverte à 15 h30 dans la salle.",
			"La séance est ouverte à 15 h 30 dans la salle." },
		{ LANGUAGE_FR, "La séance est ouverte à 15H dans la salle.",
			"La séance est ouverte à 15 heures dans la salle." },
		{ LANGUAGE_EN, "The meeting was called to order at 9:00 AM in the hall.",
			"The meeting was called to order at 9 a.m. in the hall." },
		{ LANGUAGE_EN, "The meeting rose at 8:30pm in the hall.",
			"The meeting rose at 8.30 p.m. in the hall." },
		{ LANGUAGE_EN, "The meeting rose at 8.30 pm.",
			"The meeting rose at 8.30 p.m." },
		{ LANGUAGE_EN, NULL,
			"It was 9 a.m. and 8.30 p.m.; I am 9 amid the 15 participants at "
			"3.15." },
		{ LANGUAGE_FR, "La séance est levée à 23:30 heures à New York.",
			"La séance est levée à 23 h 30 à New York." },
		{ LANGUAGE_FR, NULL, "Il est visé aux alinéas 5h) et 6h.1) de la loi." },
		{ LANGUAGE_FR, NULL, "À 15 h 30, à 15 heures, 24h/24, Matthieu 15:30." }),
	.token = look,
};
