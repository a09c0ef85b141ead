/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods as analysts write them. */
#include "mcy/period.h"

#include <stdio.h>
#include <string.h>

const char mcy_period_rule[] = "a fiscal quarter is laid on the calendar quarter whose end is "
                               "nearest to its own";

/* A reader over upper-cased text: every take moves only when it matches. */
typedef struct scan {
    char text[24];
    size_t at;
} scan;

static bool take(scan *s, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(s->text + s->at, word, n) != 0)
        return false;
    s->at += n;
    return true;
}

static bool take_digits(scan *s, size_t count, int *value)
{
    int x = 0;
    for (size_t i = 0; i < count; i++) {
        char c = s->text[s->at + i];
        if (c < '0' || c > '9')
            return false;
        x = 10 * x + (c - '0');
    }
    char after = s->text[s->at + count];
    if (after >= '0' && after <= '9')
        return false;
    s->at += count;
    *value = x;
    return true;
}

static bool take_year(scan *s, int *year)
{
    if (take_digits(s, 4, year))
        return *year >= 1900 && *year < 2200;
    if (!take_digits(s, 2, year))
        return false;
    *year += 2000;
    return true;
}

static bool take_number(scan *s, int most, int *number)
{
    size_t held = s->at;
    if ((take_digits(s, 1, number) || (most > 9 && take_digits(s, 2, number))) &&
        *number >= 1 && *number <= most)
        return true;
    s->at = held;
    return false;
}

static bool at_end(const scan *s)
{
    return s->text[s->at] == '\0';
}

/* The part of a year: Q1..Q4, H1..H2, or nothing, which is the year itself. */
static bool take_part(scan *s, mcy_period *p)
{
    if (take(s, "Q")) {
        p->span = MCY_SPAN_QUARTER;
        return take_number(s, 4, &p->number);
    }
    if (take(s, "H")) {
        p->span = MCY_SPAN_HALF;
        return take_number(s, 2, &p->number);
    }
    p->span = MCY_SPAN_YEAR;
    return true;
}

/* "2Q26", "1H2025", "2QFY26": the number comes first. */
static bool parse_number_first(scan s, mcy_period *p)
{
    bool fiscal = take(&s, "F");
    if (!take_number(&s, 4, &p->number))
        return false;
    if (take(&s, "Q"))
        p->span = MCY_SPAN_QUARTER;
    else if (take(&s, "H") && p->number <= 2)
        p->span = MCY_SPAN_HALF;
    else
        return false;
    bool also_fiscal = take(&s, "FY");
    p->fiscal = fiscal || also_fiscal;
    if (!also_fiscal && !fiscal)
        (void)take(&s, "CY");
    return take_year(&s, &p->year) && at_end(&s);
}

/* "FQ2-26", "CQ1-26", "Q1-26". */
static bool parse_dashed(scan s, mcy_period *p)
{
    p->fiscal = take(&s, "F");
    if (!p->fiscal)
        (void)take(&s, "C");
    p->span = MCY_SPAN_QUARTER;
    return take(&s, "Q") && take_number(&s, 4, &p->number) && take(&s, "-") &&
           take_year(&s, &p->year) && at_end(&s);
}

/* "FY2026Q2", "CY26", "2025H1", "2026". *bare: neither letter nor part says which year. */
static bool parse_year_first(scan s, mcy_period *p, bool *bare)
{
    p->fiscal = take(&s, "FY");
    bool calendar = !p->fiscal && take(&s, "CY");
    size_t before = s.at;
    if (!take_year(&s, &p->year) || !take_part(&s, p) || !at_end(&s))
        return false;
    bool two_digits = s.at - before == 2;
    *bare = !p->fiscal && !calendar && p->span == MCY_SPAN_YEAR;
    return !(*bare && two_digits);
}

/* "2025M1-M9", "2025M6", "2024Q2-2024Q3": calendar months. */
static bool parse_months(scan s, mcy_period *p)
{
    int year = 0, first = 0, last = 0, end_year = 0;
    if (!take_digits(&s, 4, &year))
        return false;
    p->span = MCY_SPAN_MONTHS;
    p->year = year;
    if (take(&s, "M") && take_number(&s, 12, &first)) {
        last = first;
        if (take(&s, "-M") && !take_number(&s, 12, &last))
            return false;
        p->first_month = 12 * year + first - 1;
        p->last_month = 12 * year + last - 1;
    } else if (take(&s, "Q") && take_number(&s, 4, &first) && take(&s, "-") &&
               take_digits(&s, 4, &end_year) && take(&s, "Q") && take_number(&s, 4, &last)) {
        p->first_month = 12 * year + 3 * (first - 1);
        p->last_month = 12 * end_year + 3 * last - 1;
    } else {
        return false;
    }
    bool known = year >= 1900 && year < 2200 && p->last_month < 12 * 2200;
    return known && at_end(&s) && p->last_month >= p->first_month;
}

/* Months of a quarter, half or year whose year ends in year_ends_month of the year's number. */
static void lay_months(mcy_period *p, int year_ends_month)
{
    int end = p->fiscal ? year_ends_month : MCY_CALENDAR_YEAR;
    int year_end = 12 * p->year + end - 1;
    int length = p->span == MCY_SPAN_QUARTER ? 3 : p->span == MCY_SPAN_HALF ? 6 : 12;
    int parts = 12 / length, number = p->span == MCY_SPAN_YEAR ? 1 : p->number;
    p->last_month = year_end - length * (parts - number);
    p->first_month = p->last_month - length + 1;
}

mcy_status mcy_period_parse(const char *text, size_t n, int year_ends_month, bool bare_year,
                            mcy_period *period, mcy_error *err)
{
    scan s = {{0}, 0};
    mcy_period p = {0};
    bool bare = false;
    int shown = n < 40 ? (int)n : 40;
    bool known = n < sizeof s.text;
    for (size_t i = 0; known && i < n; i++)
        s.text[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    if (known && parse_months(s, &p)) {
        *period = p;
        return MCY_OK;
    }
    p = (mcy_period){0};
    known = known && (parse_year_first(s, &p, &bare) ||
                      (p = (mcy_period){0}, bare = false, parse_dashed(s, &p)) ||
                      (p = (mcy_period){0}, parse_number_first(s, &p)));
    if (!known)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' is not a period: write FQ2-26, F2Q26, FY26, 1Q26, 2026Q1, "
                        "CY2026, 2025H1 or 2025M1-M9",
                        shown, text);
    if (bare && !bare_year && year_ends_month != MCY_CALENDAR_YEAR)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' could be the fiscal or the calendar year: "
                        "write FY%d or CY%d",
                        shown, text, p.year, p.year);
    lay_months(&p, year_ends_month);
    *period = p;
    return MCY_OK;
}

mcy_period mcy_period_of_quarter(mcy_quarter quarter)
{
    mcy_period p = {.span = MCY_SPAN_QUARTER,
                    .year = mcy_quarter_year(quarter),
                    .number = mcy_quarter_number(quarter)};
    lay_months(&p, MCY_CALENDAR_YEAR);
    return p;
}

bool mcy_period_equal(const mcy_period *a, const mcy_period *b)
{
    return a->fiscal == b->fiscal && a->first_month == b->first_month &&
           a->last_month == b->last_month;
}

mcy_period mcy_period_shift(const mcy_period *period, int n)
{
    mcy_period p = *period;
    int length = p.last_month - p.first_month + 1;
    p.first_month += n * length;
    p.last_month += n * length;
    if (p.number) {
        int parts = 12 / length, count = parts * p.year + p.number - 1 + n;
        p.year = count / parts;
        p.number = count % parts + 1;
    } else {
        p.year = p.span == MCY_SPAN_YEAR ? p.year + n : p.first_month / 12;
    }
    return p;
}

mcy_period mcy_period_year_before(const mcy_period *period)
{
    mcy_period p = *period;
    p.year--;
    p.first_month -= 12;
    p.last_month -= 12;
    return p;
}

mcy_quarter mcy_period_quarter(const mcy_period *period)
{
    /* A month ending a calendar quarter is 2 modulo 3; one month later the quarter before is
     * nearer, one month earlier this one. */
    return (period->last_month - (period->last_month % 3 == 0)) / 3;
}

int mcy_period_months_early(const mcy_period *period)
{
    return 3 * mcy_period_quarter(period) + 2 - period->last_month;
}

void mcy_period_format(const mcy_period *p, char out[32])
{
    int first = p->first_month, last = p->last_month;
    if (p->span == MCY_SPAN_QUARTER && p->fiscal)
        snprintf(out, 32, "FQ%d-%02d", p->number, p->year % 100);
    else if (p->span == MCY_SPAN_QUARTER)
        snprintf(out, 32, "%dQ%d", p->year, p->number);
    else if (p->span == MCY_SPAN_HALF)
        snprintf(out, 32, "%s%dH%d", p->fiscal ? "FY" : "", p->year, p->number);
    else if (p->span == MCY_SPAN_YEAR)
        snprintf(out, 32, "%s%d", p->fiscal ? "FY" : "CY", p->year);
    else if (first / 12 == last / 12 && (first % 3 != 0 || last % 3 != 2 || first % 12 == 0))
        snprintf(out, 32, "%dM%d-M%d", first / 12, first % 12 + 1, last % 12 + 1);
    else
        snprintf(out, 32, "%dQ%d-%dQ%d", first / 12, first % 12 / 3 + 1, last / 12,
                 last % 12 / 3 + 1);
}

/* "9M25" of the first months of a year, "2Q24–3Q24" of whole quarters. */
static void label_months(const mcy_period *p, char out[32])
{
    int first = p->first_month, last = p->last_month;
    if (first % 12 == 0 && first / 12 == last / 12)
        snprintf(out, 32, "%dM%02d", last % 12 + 1, last / 12 % 100);
    else if (first % 3 == 0 && last % 3 == 2)
        snprintf(out, 32, "%dQ%02d–%dQ%02d", first % 12 / 3 + 1, first / 12 % 100,
                 last % 12 / 3 + 1, last / 12 % 100);
    else
        mcy_period_format(p, out);
}

void mcy_period_label(const mcy_period *p, bool estimate, char out[32])
{
    const char part = p->span == MCY_SPAN_HALF ? 'H' : 'Q';
    if (p->span == MCY_SPAN_MONTHS)
        label_months(p, out);
    else if (p->span == MCY_SPAN_YEAR)
        snprintf(out, 32, "%s%d", p->fiscal ? "FY" : "", p->year);
    else if (p->fiscal)
        snprintf(out, 32, "F%c%d-%02d", part, p->number, p->year % 100);
    else
        snprintf(out, 32, "%d%c%02d", p->number, part, p->year % 100);
    if (estimate)
        strcat(out, "E");
}

void mcy_quarter_label(mcy_quarter quarter, bool estimate, char out[32])
{
    mcy_period period = mcy_period_of_quarter(quarter);
    mcy_period_label(&period, estimate, out);
}

void mcy_period_months(const mcy_period *p, char out[40])
{
    static const char *const names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int y0 = p->first_month / 12, y1 = p->last_month / 12;
    const char *m0 = names[p->first_month % 12], *m1 = names[p->last_month % 12];
    if (p->first_month == p->last_month)
        snprintf(out, 40, "%s %d", m0, y0);
    else if (y0 == y1)
        snprintf(out, 40, "%s–%s %d", m0, m1, y1);
    else
        snprintf(out, 40, "%s %d–%s %d", m0, y0, m1, y1);
}
