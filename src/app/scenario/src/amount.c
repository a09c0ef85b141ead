/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with units: the words people write, laid on the base units of the model. */
#include "mcy/amount.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

/* A word of a unit: so many of a base unit, 10^ten times factor; base "" = a pure number. */
typedef struct unit_word {
    const char *word, *base;
    int ten;
    double factor;
} unit_word;

static const unit_word unit_words[] = {
    {"USD", "usd_m", -6, 1},
    {"US$", "usd_m", -6, 1},
    {"$", "usd_m", -6, 1},
    {"dollars", "usd_m", -6, 1},
    {"美元", "usd_m", -6, 1},
    {"KRW", "krw_m", -6, 1},
    {"won", "krw_m", -6, 1},
    {"韩元", "krw_m", -6, 1},
    {"wpm", "kwpm", -3, 1},
    {"shares", "m_shares", -6, 1},
    {"share", "m_shares", -6, 1},
    {"股", "m_shares", -6, 1},
    {"quarters", "quarter", 0, 1},
    {"季度", "quarter", 0, 1},
    {"years", "quarter", 0, 4},
    {"year", "quarter", 0, 4},
    {"年", "quarter", 0, 4},
    {"months", "quarter", 0, 1.0 / 3},
    {"month", "quarter", 0, 1.0 / 3},
    {"个月", "quarter", 0, 1.0 / 3},
    {"weeks", "week", 0, 1},
    {"周", "week", 0, 1},
    {"days", "day", 0, 1},
    {"天", "day", 0, 1},
    {"k", "", 3, 1},
    {"thousand", "", 3, 1},
    {"万亿", "", 12, 1},
    {"万", "", 4, 1},
    {"m", "", 6, 1},
    {"mn", "", 6, 1},
    {"million", "", 6, 1},
    {"百万", "", 6, 1},
    {"亿", "", 8, 1},
    {"bn", "", 9, 1},
    {"billion", "", 9, 1},
    {"tn", "", 12, 1},
    {"trillion", "", 12, 1},
    {"frac", "", 0, 1},
};

enum { MOST_DIMENSIONS = 6, MOST_NAME = 32 };

/* A unit made of words: powers of base units, and the scale. */
typedef struct unit_value {
    int ten;
    double factor;
    size_t count;
    char name[MOST_DIMENSIONS][MOST_NAME];
    int power[MOST_DIMENSIONS];
} unit_value;

static bool unit_multiply(unit_value *unit, const char *base, size_t n, int power)
{
    if (!n || (n == 1 && *base == '1'))
        return true;
    if (n >= MOST_NAME)
        return false;
    for (size_t i = 0; i < unit->count; i++)
        if (strlen(unit->name[i]) == n && memcmp(unit->name[i], base, n) == 0) {
            unit->power[i] += power;
            return true;
        }
    if (unit->count == MOST_DIMENSIONS)
        return false;
    memcpy(unit->name[unit->count], base, n);
    unit->name[unit->count][n] = '\0';
    unit->power[unit->count++] = power;
    return true;
}

static int unit_power(const unit_value *unit, const char *name)
{
    for (size_t i = 0; i < unit->count; i++)
        if (strcmp(unit->name[i], name) == 0)
            return unit->power[i];
    return 0;
}

static bool unit_within(const unit_value *a, const unit_value *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->power[i] != unit_power(b, a->name[i]))
            return false;
    return true;
}

static bool unit_equal(const unit_value *a, const unit_value *b)
{
    return unit_within(a, b) && unit_within(b, a);
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9');
}

static const unit_word *find_word(const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strlen(unit_words[i].word) == n && memcmp(unit_words[i].word, s, n) == 0)
            return &unit_words[i];
    return NULL;
}

/* Bytes of the next word: a run of Latin letters, or the longest known sign or Chinese word. */
static size_t word_length(const char *s, size_t n)
{
    size_t run = 0;
    while (run < n && is_word_byte(s[run]))
        run++;
    if (run && !(run == 2 && n > 2 && memcmp(s, "US$", 3) == 0))
        return run;
    size_t longest = 0;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        size_t length = strlen(unit_words[i].word);
        if (length <= n && length > longest && memcmp(unit_words[i].word, s, length) == 0)
            longest = length;
    }
    return longest;
}

/* "bn USD", "USD m/kwpm", "usd_m per kwpm". base: names stand for themselves (a declaration).
 */
static bool unit_read(const char *s, size_t n, bool base, unit_value *unit)
{
    int power = 1;
    for (size_t at = 0; at < n;) {
        if (s[at] == ' ' || s[at] == '*') {
            at++;
            continue;
        }
        if (s[at] == '/') {
            power = -1;
            at++;
            continue;
        }
        size_t length = word_length(s + at, n - at);
        if (!length)
            return false;
        const unit_word *word = base ? NULL : find_word(s + at, length);
        if (!base && length == 3 && memcmp(s + at, "per", 3) == 0) {
            power = -1;
        } else if (word) {
            unit->ten += power * word->ten;
            unit->factor *= power > 0 ? word->factor : 1 / word->factor;
            if (!unit_multiply(unit, word->base, strlen(word->base), power))
                return false;
        } else if (!unit_multiply(unit, s + at, length, power)) {
            return false;
        }
        at += length;
    }
    return true;
}

/* A quantity being read: sign, digits, what stands behind them. */
typedef struct written {
    const char *text; /* the whole, for messages */
    size_t n;
    char sign; /* '+', '-', '*' or 0 */
    const char *digits, *tail;
    size_t digit_count, tail_count;
    bool dollars; /* a $ stood in front */
} written;

static bool begins(const char *s, size_t n, const char *what)
{
    size_t length = strlen(what);
    return length <= n && memcmp(s, what, length) == 0;
}

static void skip(const char **s, size_t *n, size_t by)
{
    *s += by;
    *n -= by;
    while (*n && **s == ' ') {
        ++*s;
        --*n;
    }
}

static size_t digits_length(const char *s, size_t n)
{
    size_t i = 0, digits = 0;
    for (; i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == '.'); i++)
        digits += s[i] != '.';
    if (!digits)
        return 0;
    size_t e = i;
    if (e < n && (s[e] == 'e' || s[e] == 'E')) {
        e++;
        e += e < n && (s[e] == '+' || s[e] == '-');
        size_t first = e;
        while (e < n && s[e] >= '0' && s[e] <= '9')
            e++;
        i = e > first ? e : i;
    }
    return i;
}

static mcy_status split(const char *text, size_t n, written *w, const char *unit,
                        mcy_error *err)
{
    while (n && (text[n - 1] == ' '))
        n--;
    skip(&text, &n, 0);
    *w = (written){.text = text, .n = n};
    const char *s = text;
    if (begins(s, n, "×")) {
        w->sign = '*';
        skip(&s, &n, strlen("×"));
    } else if (begins(s, n, "−")) {
        w->sign = '-';
        skip(&s, &n, strlen("−"));
    } else if (n && strchr("+-*x", *s)) {
        w->sign = *s == 'x' ? '*' : *s;
        skip(&s, &n, 1);
    }
    for (int i = 0; i < 2; i++)
        if (n && (*s == '$' || begins(s, n, "US$"))) {
            w->dollars = true;
            skip(&s, &n, *s == '$' ? 1 : 3);
        }
    w->digits = s;
    w->digit_count = digits_length(s, n);
    if (!w->digit_count)
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is not a number; write it as in '%s'",
                        (int)w->n, w->text, mcy_amount_example(unit));
    skip(&s, &n, w->digit_count);
    w->tail = s;
    w->tail_count = n;
    return MCY_OK;
}

/* The slips that make a number unreadable, each with what was probably meant. */
static mcy_status refuse_tail(const written *w, const char *unit, mcy_error *err)
{
    int n = (int)w->n;
    char next = w->tail_count ? *w->tail : '\0';
    bool glued = w->tail == w->digits + w->digit_count;
    if (next == ',' || (!glued && next >= '0' && next <= '9'))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' is not one number: a point before decimals, nothing between "
                        "thousands, as in '%s'",
                        n, w->text, mcy_amount_example(unit));
    if (glued && (next == 'O' || next == 'o' || next == 'l' || next == 'I'))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' is not a number: there is a letter '%c' in it (did you mean "
                        "'%.*s%c'?)",
                        n, w->text, next, (int)w->digit_count, w->digits,
                        next == 'O' || next == 'o' ? '0' : '1');
    return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' has not the unit '%s'; write it as in '%s'", n,
                    w->text, unit, mcy_amount_example(unit));
}

/* The decimal text times 10^ten, rounded once. */
static mcy_status read_scaled(const written *w, int ten, double *value, mcy_error *err)
{
    char text[96];
    size_t mantissa = 0;
    while (mantissa < w->digit_count && w->digits[mantissa] != 'e' &&
           w->digits[mantissa] != 'E')
        mantissa++;
    long exponent = 0;
    if (mantissa < w->digit_count) {
        if (w->digit_count - mantissa > 8)
            return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is not a number of this world", (int)w->n,
                            w->text);
        char digits[16] = "";
        memcpy(digits, w->digits + mantissa + 1, w->digit_count - mantissa - 1);
        exponent = strtol(digits, NULL, 10);
    }
    if (mantissa > 64)
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' has more than 64 digits", (int)w->n, w->text);
    int length =
        snprintf(text, sizeof text, "%.*se%ld", (int)mantissa, w->digits, exponent + ten);
    if (mcy_number_parse(text, (size_t)length, value, NULL) == MCY_OK)
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' cannot be held as a number", (int)w->n, w->text);
}

/* 30%, +10%: the value of a fraction, a change of anything else. */
static mcy_status read_percent(const written *w, const char *unit, double least, mcy_amount *q,
                               mcy_error *err)
{
    double amount;
    MCY_TRY(read_scaled(w, -2, &amount, err));
    bool fraction = strcmp(unit, "frac") == 0, index = strcmp(unit, "1") == 0;
    if (w->sign == '*') {
        *q = (mcy_amount){MCY_CHANGE_TIMES, amount};
        return MCY_OK;
    }
    if (fraction && w->sign == '+')
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' could mean two things: write '%.*s%%' for the value itself, "
                        "'+%.*spp' for points more or '×%.6g' for so much more",
                        (int)w->n, w->text, (int)w->digit_count, w->digits, (int)w->digit_count,
                        w->digits, 1 + amount);
    if (fraction && w->sign == '-' && least >= 0)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "'%.*s' is below 0: write '-%.*spp' for points less or '×%.6g' for so much "
            "less",
            (int)w->n, w->text, (int)w->digit_count, w->digits, 1 - amount);
    if (fraction || (index && !w->sign)) {
        *q = (mcy_amount){MCY_CHANGE_VALUE, w->sign == '-' ? -amount : amount};
        return MCY_OK;
    }
    if (!w->sign)
        return refuse_tail(w, unit, err);
    *q = (mcy_amount){MCY_CHANGE_TIMES, w->sign == '-' ? 1 - amount : 1 + amount};
    return MCY_OK;
}

static mcy_status read_points(const written *w, int ten, const char *unit, mcy_amount *q,
                              mcy_error *err)
{
    if ((strcmp(unit, "frac") != 0 && strcmp(unit, "1") != 0) || w->sign == '*')
        return refuse_tail(w, unit, err);
    double amount;
    MCY_TRY(read_scaled(w, ten, &amount, err));
    *q = (mcy_amount){MCY_CHANGE_ADD, w->sign == '-' ? -amount : amount};
    return MCY_OK;
}

static mcy_status read_bare(const written *w, const char *unit, mcy_amount *q, mcy_error *err)
{
    double amount;
    MCY_TRY(read_scaled(w, 0, &amount, err));
    if (w->sign == '*') {
        *q = (mcy_amount){MCY_CHANGE_TIMES, amount};
        return MCY_OK;
    }
    if (strcmp(unit, "1") != 0 && amount != 0)
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' has no unit; write it as in '%s'", (int)w->n,
                        w->text, mcy_amount_example(unit));
    *q = (mcy_amount){w->sign == '+' ? MCY_CHANGE_ADD : MCY_CHANGE_VALUE,
                      w->sign == '-' ? -amount : amount};
    return MCY_OK;
}

static bool tail_is(const written *w, const char *word)
{
    return w->tail_count == strlen(word) && memcmp(w->tail, word, w->tail_count) == 0;
}

mcy_status mcy_amount_parse(const char *text, size_t n, const char *unit, double least,
                            mcy_amount *amount, mcy_error *err)
{
    written w;
    if (n > 200)
        return MCY_FAIL(err, MCY_E_INPUT, "a quantity of %zu bytes: write it as in '%s'", n,
                        mcy_amount_example(unit));
    MCY_TRY(split(text, n, &w, unit, err));
    if (!w.tail_count && !w.dollars)
        return read_bare(&w, unit, amount, err);
    if (!w.dollars && (tail_is(&w, "%") || tail_is(&w, "％")))
        return read_percent(&w, unit, least, amount, err);
    if (!w.dollars && (tail_is(&w, "pp") || tail_is(&w, "pts") || tail_is(&w, "个百分点")))
        return read_points(&w, -2, unit, amount, err);
    if (!w.dollars && (tail_is(&w, "bp") || tail_is(&w, "bps")))
        return read_points(&w, -4, unit, amount, err);
    unit_value wanted = {.factor = 1}, got = {.factor = 1};
    if (w.sign == '*' || !unit_read(unit, strlen(unit), true, &wanted) ||
        (w.dollars && !unit_read("USD", 3, false, &got)) ||
        !unit_read(w.tail, w.tail_count, false, &got))
        return refuse_tail(&w, unit, err);
    for (size_t i = 0; i < wanted.count; i++) /* frac is a pure number */
        if (strcmp(wanted.name[i], "frac") == 0)
            wanted.power[i] = 0;
    if (!unit_equal(&wanted, &got))
        return refuse_tail(&w, unit, err);
    double size;
    MCY_TRY(read_scaled(&w, got.ten, &size, err));
    if (got.factor != 1)
        size *= got.factor;
    *amount = (mcy_amount){w.sign == '+' ? MCY_CHANGE_ADD : MCY_CHANGE_VALUE,
                           w.sign == '-' ? -size : size};
    return MCY_OK;
}

const char *mcy_amount_example(const char *unit)
{
    static const char *const examples[][2] = {
        {"frac", "30%"},
        {"1", "1.5"},
        {"usd_m", "25 bn USD"},
        {"krw_m", "12 tn KRW"},
        {"kwpm", "85 kwpm"},
        {"quarter", "6 quarters"},
        {"week", "4 weeks"},
        {"day", "45 days"},
        {"m_shares", "1140 m shares"},
        {"usd_m/kwpm", "60 m USD/kwpm"},
        {"krw_m/usd_m", "1475 KRW/USD"},
        {"usd_m/m_shares", "19.15 USD/share"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(unit, examples[i][0]) == 0)
            return examples[i][1];
    return unit;
}

void mcy_amount_print(double value, const char *unit, char out[MCY_AMOUNT_TEXT])
{
    if (mcy_is_missing(value))
        snprintf(out, MCY_AMOUNT_TEXT, "missing");
    else if (strcmp(unit, "frac") == 0)
        snprintf(out, MCY_AMOUNT_TEXT, "%.10g%%", 100 * value);
    else if (strcmp(unit, "1") == 0)
        snprintf(out, MCY_AMOUNT_TEXT, "%.10g", value);
    else
        snprintf(out, MCY_AMOUNT_TEXT, "%.10g %.30s", value, unit);
}

void mcy_amount_show(const mcy_amount *amount, const char *unit, char out[MCY_AMOUNT_TEXT])
{
    char text[MCY_AMOUNT_TEXT];
    switch (amount->change) {
    case MCY_CHANGE_VALUE:
        mcy_amount_print(amount->size, unit, out);
        return;
    case MCY_CHANGE_TIMES:
        snprintf(out, MCY_AMOUNT_TEXT, "×%.10g", amount->size);
        return;
    case MCY_CHANGE_ADD:
        break;
    }
    if (strcmp(unit, "frac") == 0)
        snprintf(text, sizeof text, "%.10gpp", 100 * amount->size);
    else
        mcy_amount_print(amount->size, unit, text);
    snprintf(out, MCY_AMOUNT_TEXT, "%s%.60s", amount->size < 0 ? "" : "+", text);
}

double mcy_amount_apply(const mcy_amount *amount, double below)
{
    switch (amount->change) {
    case MCY_CHANGE_ADD:
        return below + amount->size;
    case MCY_CHANGE_TIMES:
        return below * amount->size;
    case MCY_CHANGE_VALUE:
        break;
    }
    return amount->size;
}
