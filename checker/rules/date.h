/* Dates as documents write them, rightly or wrongly: 2 janvier 2018, 1er juin, 2nd of January,
 * 2018, January 2, 2018. The rules that judge them read them here. */
#ifndef CHECKER_RULES_DATE_H
#define CHECKER_RULES_DATE_H

#include "checker/rules/number.h"

typedef struct date {
	uint32_t day, month, year; /* year is 0 when the date has none */
	size_t first, last;        /* tokens */
	size_t day_at, month_at, year_at;
	bool month_first;  /* January 2, 2018 */
	bool comma;        /* before the year */
	slice digits, end; /* the day as it stands: 02 · nd */
} date;

/* Reads the date whose day is token i. */
bool date_read(const check *c, size_t i, date *out);

/* For rule.watch: the names of months in both languages, and « aout ». A text has many figures
 * and few dates, so rules about dates are called for the month. */
extern const char *const date_months[];

/* Judges one date. */
typedef status date_look(check *c, const rule *r, const date *d);

/* Calls look for the dates (one before the month, one behind it) whose month is token i. */
MUST_USE status date_each(check *c, const rule *r, size_t i, date_look *look);

/* 1 to 12 for the name of a month in the language of the block; 0 for any other token. */
uint32_t date_month(const check *c, size_t i);

/* The name of a month, of a day of the week (0 is Sunday) in the language. */
const char *date_month_name(language l, uint32_t month);
const char *date_weekday_name(language l, uint32_t weekday);

uint32_t date_days_in(uint32_t month, uint32_t year); /* year 0: a leap year */
uint32_t date_weekday(uint32_t year, uint32_t month, uint32_t day);

#endif
