/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases to ranges: text made uniform, cut into tokens, read once from left to right. */
#include "mcy/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "words_lexicon.h"

enum { NO_BAND = -1, DOUBLE_DIGIT = -2 };

/* One end of "A to B": a band (single digits 0, teens 10, twenties 20, ...) or a number. */
typedef struct end {
    int band;                        /* NO_BAND for a number */
    int first_level, last_level;     /* 0 none, 1 low, 2 mid, 3 high */
    double value, factor;            /* factor 0: none printed */
    int decimals;
} end;

typedef struct reading {
    char text[MCY_WORDS_LONGEST + 8];  /* lower case, one blank for hyphens and runs of blanks */
    size_t at, remark;               /* where the remark begins; the end when there is none */
    end ends[2];
    size_t count;
    int levels[2], level_count;
    bool to, between, about, flat, signed_up, signed_down, tolerance_next;
    bool in_decade;                  /* a Korean decade whose level is still to come */
    double width;                    /* of slightly or somewhat; 0 none */
    mcy_token_kind bound;            /* OVER, MORE, LESS, or END for none */
    double tolerance;                /* missing when none */
    bool tolerance_relative;
    bool percent, weeks, days, times;
    int currency;                    /* -1 none */
    mcy_error *err;
} reading;

static mcy_status refuse(reading *r, const char *sentence)
{
    return MCY_FAIL(r->err, MCY_E_INPUT, "%s in '%s'", sentence, r->text);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Lower case; dashes as '-'; a hyphen beside a letter is a blank; runs of blanks are one. */
static void normalise(reading *r, const char *text, size_t n)
{
    char flat[MCY_WORDS_LONGEST + 8];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        bool dash = n - i >= 3 && (memcmp(text + i, "\xe2\x80\x93", 3) == 0 ||
                                   memcmp(text + i, "\xe2\x88\x92", 3) == 0);
        char c = dash ? '-' : text[i];
        i += dash ? 2 : 0;
        flat[m++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a')
                    : c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
    flat[m] = '\0';
    size_t out = 0;
    for (size_t i = 0; i < m; i++) {
        char before = i ? flat[i - 1] : ' ', after = flat[i + 1];
        bool hyphen = flat[i] == '-' && (is_letter(before) || is_letter(after));
        char c = hyphen ? ' ' : flat[i];
        if (c == ' ' && (!out || r->text[out - 1] == ' '))
            continue;
        r->text[out++] = c;
    }
    while (out && r->text[out - 1] == ' ')
        out--;
    r->text[out] = '\0';
}

/* Digits with a point and thousands commas. */
static size_t number_at(const char *text, mcy_token *token)
{
    char plain[32];
    size_t n = 0, i = 0;
    int decimals = -1;
    for (; n < sizeof plain - 1; i++) {
        bool group = text[i] == ',' && n && decimals < 0 && is_digit(text[i + 1]) &&
                     is_digit(text[i + 2]) && is_digit(text[i + 3]);
        if (group)
            continue;
        if (text[i] == '.' && decimals < 0 && is_digit(text[i + 1]))
            decimals = 0;
        else if (!is_digit(text[i]))
            break;
        else if (decimals >= 0)
            decimals++;
        plain[n++] = text[i];
    }
    if (!n || is_digit(text[i]) ||
        mcy_number_parse(plain, n, &token->value, NULL) != MCY_OK)
        return 0;
    token->kind = MCY_TOKEN_NUMBER;
    token->decimals = decimals > 0 ? decimals : 0;
    if (text[i] == 's' && !is_letter(text[i + 1])) {
        token->kind = MCY_TOKEN_DECADE;
        i++;
    }
    return i;
}

/* '-' between two figures is "to"; before a figure it is a minus sign; '~' likewise. */
static size_t symbol_at(const reading *r, mcy_token *token)
{
    const char *text = r->text + r->at;
    char before = r->at ? text[-1] : ' ';
    bool after_figure = is_digit(before) || before == '%';
    static const struct {
        const char *symbol;
        mcy_token_kind kind;
    } fixed[] = {{"+/-", MCY_TOKEN_PLUS_MINUS}, {"±", MCY_TOKEN_PLUS_MINUS},
                 {"%", MCY_TOKEN_PERCENT},      {"$", MCY_TOKEN_CURRENCY},
                 {">", MCY_TOKEN_OVER},         {"<", MCY_TOKEN_LESS}};
    token->value = 0.0;
    token->decimals = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strncmp(text, fixed[i].symbol, strlen(fixed[i].symbol)) == 0) {
            token->kind = fixed[i].kind;
            return strlen(fixed[i].symbol);
        }
    if (text[0] == '+' && after_figure)
        token->kind = MCY_TOKEN_MORE;
    else if (text[0] == '+' && is_digit(text[1]))
        token->kind = MCY_TOKEN_UP;
    else if (text[0] == '-' && after_figure)
        token->kind = MCY_TOKEN_TO;
    else if (text[0] == '-' && is_digit(text[1])) {
        size_t n = number_at(text + 1, token);
        token->value = -token->value;
        return n ? n + 1 : 0;
    } else if (text[0] == '~')
        token->kind = after_figure ? MCY_TOKEN_TO : MCY_TOKEN_ABOUT;
    else
        return 0;
    return 1;
}

static mcy_token next_token(reading *r)
{
    while (r->text[r->at] == ' ')
        r->at++;
    mcy_token token = {MCY_TOKEN_END, 0.0, 0, r->at, 0};
    if (!r->text[r->at])
        return token;
    token.size = number_at(r->text + r->at, &token);
    if (!token.size)
        token.size = symbol_at(r, &token);
    if (!token.size)
        token.size = mcy_lexicon_match(r->text + r->at, &token);
    if (!token.size)
        token.kind = MCY_TOKEN_UNKNOWN;
    r->at += token.size;
    return token;
}

static mcy_status refuse_unknown(reading *r)
{
    const char *at = r->text + r->at;
    size_t n = strcspn(at, " ,;()%$");
    char word[48];
    if (n == 0)
        n = 1;
    while (n < 40 && ((unsigned char)at[n] & 0xc0) == 0x80)
        n++;
    if (n >= sizeof word)
        n = sizeof word - 1;
    memcpy(word, at, n);
    word[n] = '\0';
    const char *close = mcy_lexicon_closest(word);
    return MCY_FAIL(r->err, MCY_E_INPUT, "'%s' is no known word for a quantity%s%s%s in '%s'",
                    word, close ? ", did you mean '" : "", close ? close : "",
                    close ? "'" : "", r->text);
}

static mcy_status push_end(reading *r, end e)
{
    if (r->count == 2 || (r->count == 1 && !r->to))
        return refuse(r, "two quantities without 'to' between them");
    r->to = false;
    r->ends[r->count++] = e;
    return MCY_OK;
}

static mcy_status push_band(reading *r, int band)
{
    end e = {.band = band};
    if (r->level_count) {
        e.first_level = r->levels[0];
        e.last_level = r->levels[r->level_count - 1];
    }
    r->level_count = 0;
    return push_end(r, e);
}

static mcy_status push_number(reading *r, const mcy_token *token)
{
    double x = token->value;
    if (r->tolerance_next) {
        r->tolerance = x;
        r->tolerance_next = false;
        return x < 0.0 ? refuse(r, "a negative tolerance") : MCY_OK;
    }
    if (r->level_count) {
        if (x < 10.0 || x > 90.0 || fmod(x, 10.0) != 0.0)
            return refuse(r, "'low', 'mid' or 'high' of a number that is no ten");
        return push_band(r, (int)x);
    }
    return push_end(r, (end){.band = NO_BAND, .value = x, .decimals = token->decimals});
}

/* "한 자릿수 초반", "20% 후반": the level stands after its band. */
static mcy_status take_post(reading *r, const mcy_token *token)
{
    end *e = r->count ? &r->ends[r->count - 1] : NULL;
    if (!e || e->first_level)
        return refuse(r, "'초반', '중반' or '후반' without what it is of");
    if (e->band == NO_BAND) {
        if (e->value < 10.0 || e->value > 90.0 || fmod(e->value, 10.0) != 0.0 || e->decimals)
            return refuse(r, "'초반', '중반' or '후반' of a number that is no ten");
        e->band = (int)e->value;
    }
    e->first_level = (int)token->value;
    e->last_level = token->decimals ? token->decimals : e->first_level;
    r->in_decade = false;
    return MCY_OK;
}

static mcy_status take_level(reading *r, int level)
{
    if (r->level_count == 2)
        return refuse(r, "three of 'low', 'mid', 'high' in a row");
    if (r->level_count == 1 && level <= r->levels[0])
        return refuse(r, "'low', 'mid' and 'high' out of order");
    r->levels[r->level_count++] = level;
    if (r->level_count == 2)
        r->to = false;
    return MCY_OK;
}

/* "lower 20% range" is a level, "prices lower" a direction: what follows decides. */
static mcy_status take_lower_higher(reading *r, const mcy_token *token)
{
    size_t held = r->at;
    mcy_token after = next_token(r);
    r->at = held;
    bool band = after.kind == MCY_TOKEN_SINGLE || after.kind == MCY_TOKEN_DOUBLE ||
                after.kind == MCY_TOKEN_TEENS || after.kind == MCY_TOKEN_DECADE ||
                after.kind == MCY_TOKEN_NUMBER;
    if (band)
        return take_level(r, (int)token->value);
    if (token->kind == MCY_TOKEN_LOWER)
        r->signed_down = true;
    else
        r->signed_up = true;
    return MCY_OK;
}

static mcy_status take_to(reading *r)
{
    if (r->to || (!r->count && !r->level_count) || r->count == 2)
        return refuse(r, "'to' without two ends");
    r->to = true;
    return MCY_OK;
}

static mcy_status take_factor(reading *r, double factor)
{
    if (!mcy_is_missing(r->tolerance)) {
        r->tolerance *= factor;
        return MCY_OK;
    }
    if (!r->count || r->ends[r->count - 1].band != NO_BAND || r->ends[r->count - 1].factor > 0.0)
        return refuse(r, "'million' or the like without its number");
    r->ends[r->count - 1].factor = factor;
    return MCY_OK;
}

static mcy_status take_bound(reading *r, mcy_token_kind kind)
{
    if (r->bound != MCY_TOKEN_END)
        return refuse(r, "two of 'over', 'more than', 'less than'");
    r->bound = kind;
    return MCY_OK;
}

static mcy_status take_percent(reading *r, bool basis_points)
{
    if (!mcy_is_missing(r->tolerance)) {
        r->tolerance_relative = !basis_points && r->currency >= 0;
        r->tolerance *= basis_points ? 0.01 : 1.0;
        return MCY_OK;
    }
    r->percent = true;
    return basis_points ? refuse(r, "basis points that are no tolerance") : MCY_OK;
}

static mcy_status take_currency(reading *r, int currency)
{
    if (r->currency >= 0 && r->currency != currency)
        return refuse(r, "two currencies");
    r->currency = currency;
    return MCY_OK;
}

/* One case a kind of token; long because the language has that many kinds of words. */
static mcy_status take_token(reading *r, const mcy_token *t)
{
    switch (t->kind) {
    case MCY_TOKEN_NUMBER: return push_number(r, t);
    case MCY_TOKEN_DECADE:
        if (!r->level_count || t->value < 10.0 || t->value > 90.0 || fmod(t->value, 10.0) != 0.0)
            return refuse(r, "a decade without 'low', 'mid' or 'high'");
        return push_band(r, (int)t->value);
    case MCY_TOKEN_LEVEL: return take_level(r, (int)t->value);
    case MCY_TOKEN_POST: return take_post(r, t);
    case MCY_TOKEN_LOWER:
    case MCY_TOKEN_HIGHER: return take_lower_higher(r, t);
    case MCY_TOKEN_SINGLE: return push_band(r, 0);
    case MCY_TOKEN_DOUBLE: return push_band(r, DOUBLE_DIGIT);
    case MCY_TOKEN_TEENS: return push_band(r, 10);
    case MCY_TOKEN_IN_DECADE: r->in_decade = true; return MCY_OK;
    case MCY_TOKEN_TO: return take_to(r);
    case MCY_TOKEN_BETWEEN: r->between = true; return MCY_OK;
    case MCY_TOKEN_AND: return r->between ? take_to(r) : refuse(r, "'and' without 'between'");
    case MCY_TOKEN_ABOUT: r->about = true; return MCY_OK;
    case MCY_TOKEN_FLAT: r->flat = true; return MCY_OK;
    case MCY_TOKEN_SLIGHT: r->width = t->value; return MCY_OK;
    case MCY_TOKEN_OVER:
    case MCY_TOKEN_MORE:
    case MCY_TOKEN_LESS: return take_bound(r, t->kind);
    case MCY_TOKEN_PLUS_MINUS: r->tolerance_next = true; return MCY_OK;
    case MCY_TOKEN_UP: r->signed_up = true; return MCY_OK;
    case MCY_TOKEN_DOWN: r->signed_down = true; return MCY_OK;
    case MCY_TOKEN_PERCENT: return take_percent(r, false);
    case MCY_TOKEN_BASIS_POINTS: return take_percent(r, true);
    case MCY_TOKEN_CURRENCY: return take_currency(r, (int)t->value);
    case MCY_TOKEN_TIMES: r->times = true; return MCY_OK;
    case MCY_TOKEN_WEEKS: r->weeks = true; return MCY_OK;
    case MCY_TOKEN_DAYS: r->days = true; return MCY_OK;
    case MCY_TOKEN_FACTOR: return take_factor(r, t->value);
    default: return refuse_unknown(r);
    }
}

/* The remark begins at a comma (but not before a tolerance), a semicolon or a bracket. */
static bool remark_begins(reading *r)
{
    const char *at = r->text + r->at;
    at += strspn(at, " ");
    if (at[0] == ',') {
        const char *after = at + 1 + strspn(at + 1, " ");
        if (strncmp(after, "plus or minus", 13) == 0 || strncmp(after, "+/-", 3) == 0) {
            r->at = (size_t)(after - r->text);
            return false;
        }
        return true;
    }
    return at[0] == ';' || at[0] == '(' || strncmp(at, "（", 3) == 0;
}

/* "15-20% (decline)": brackets that hold a direction alone give the sign. */
static void take_bracket(reading *r)
{
    const char *at = r->text + r->at;
    at += strspn(at, " ");
    mcy_token token = {MCY_TOKEN_END, 0.0, 0, 0, 0};
    if (at[0] != '(')
        return;
    size_t n = mcy_lexicon_match(at + 1, &token);
    if (!n || at[1 + n] != ')')
        return;
    r->signed_up = r->signed_up || token.kind == MCY_TOKEN_UP;
    r->signed_down = r->signed_down || token.kind == MCY_TOKEN_DOWN;
}

static mcy_status read_tokens(reading *r)
{
    for (;;) {
        if (remark_begins(r)) {
            r->remark = r->at + strspn(r->text + r->at, " ");
            take_bracket(r);
            break;
        }
        mcy_token token = next_token(r);
        if (token.kind == MCY_TOKEN_END)
            break;
        if (token.kind != MCY_TOKEN_FILLER)
            MCY_TRY(take_token(r, &token));
    }
    if (r->to)
        return refuse(r, "'to' without its second end");
    if (r->level_count)
        return refuse(r, "'low', 'mid' or 'high' without what it is of");
    if (r->tolerance_next)
        return refuse(r, "'plus or minus' without its number");
    if (r->in_decade)
        return refuse(r, "'대' without 초반, 중반 or 후반");
    if (r->signed_up && r->signed_down)
        return refuse(r, "two directions");
    return MCY_OK;
}

/* The low or high end of a level of a band. */
static double band_end(int band, int level, bool high)
{
    static const double low_ends[] = {0.0, 1.0, 4.0, 7.0}, high_ends[] = {0.0, 3.0, 6.0, 9.0};
    if (band == DOUBLE_DIGIT)
        return high ? 13.0 : 10.0;
    double base = (double)band;
    if (!level)
        return high ? base + 9.0 : base + 1.0;
    if (level == 1 && band >= 20 && !high)
        return base;
    return base + (high ? high_ends[level] : low_ends[level]);
}

static mcy_status end_range(reading *r, const end *e, mcy_range *range)
{
    if (e->band == NO_BAND) {
        double x = e->value * (e->factor > 0.0 ? e->factor : 1.0);
        *range = (mcy_range){x, x};
        return MCY_OK;
    }
    if (e->band == DOUBLE_DIGIT && !(e->first_level == 1 && e->last_level == 1))
        return refuse(r, "only 'low-double-digit' is a range, other double digits are not");
    if (e->band >= 10 && !e->first_level)
        return refuse(r, "a decade without 'low', 'mid' or 'high'");
    *range = (mcy_range){band_end(e->band, e->first_level, false),
                         band_end(e->band, e->last_level, true)};
    return MCY_OK;
}

/* One printed number with what stands around it. */
static mcy_status number_range(reading *r, const end *e, mcy_range *range)
{
    double factor = e->factor > 0.0 ? e->factor : 1.0, x = e->value * factor;
    double digit = factor * pow(10.0, -(double)e->decimals), half = 0.5 * digit;
    bool amount = r->currency >= 0 || r->weeks || r->days || r->times;
    if (!mcy_is_missing(r->tolerance)) {
        double t = r->tolerance_relative ? 0.01 * r->tolerance * fabs(x) : r->tolerance;
        *range = mcy_range_around(x, t);
    } else if (r->bound == MCY_TOKEN_OVER) {
        double width = r->width > 0.0 && !amount ? r->width
                       : amount ? (e->decimals ? digit : (double)INFINITY)
                                : 5.0;
        *range = (mcy_range){x, x + width};
    } else if (r->bound == MCY_TOKEN_MORE) {
        *range = (mcy_range){x, (double)INFINITY};
    } else if (r->bound == MCY_TOKEN_LESS) {
        *range = (mcy_range){(double)-INFINITY, x};
    } else if (r->width > 0.0) {
        return refuse(r, "'slightly' beside a number");
    } else {
        if (r->about && !amount && half < 0.5)
            half = 0.5;
        *range = mcy_range_around(x, half);
    }
    return MCY_OK;
}

static mcy_status two_ends(reading *r, mcy_range *range)
{
    mcy_range a, b;
    if (r->ends[0].band == NO_BAND && r->ends[1].band == NO_BAND && r->ends[0].factor <= 0.0)
        r->ends[0].factor = r->ends[1].factor;   /* "$8-$8.4 billion" */
    MCY_TRY(end_range(r, &r->ends[0], &a));
    MCY_TRY(end_range(r, &r->ends[1], &b));
    if (r->bound != MCY_TOKEN_END || !mcy_is_missing(r->tolerance) || r->width > 0.0)
        return refuse(r, "'over', 'slightly' or a tolerance beside a range");
    if (a.low > b.high)
        return refuse(r, "a range whose first end is the larger");
    *range = (mcy_range){a.low, b.high};
    return MCY_OK;
}

static mcy_status find_range(reading *r, mcy_range *range)
{
    if (r->count == 2)
        return two_ends(r, range);
    if (r->count == 1 && r->flat)
        return refuse(r, "'flat' beside a quantity");
    if (r->count == 1 && r->ends[0].band == NO_BAND)
        return number_range(r, &r->ends[0], range);
    if (r->bound != MCY_TOKEN_END || !mcy_is_missing(r->tolerance))
        return refuse(r, "'over', 'more than', 'less than' or a tolerance without a number");
    if (r->count == 1 && r->width > 0.0)
        return refuse(r, "'slightly' beside a range");
    r->percent = true;
    if (r->count == 1)
        return end_range(r, &r->ends[0], range);
    if (r->flat)
        *range = (mcy_range){-0.5, 0.5};
    else if (r->width > 0.0)
        *range = (mcy_range){0.0, r->width};
    else
        return refuse(r, "no quantity");
    return MCY_OK;
}

/* The unit, and the range in it. */
static mcy_status find_unit(reading *r, mcy_words *words)
{
    bool factored = (r->count > 0 && r->ends[0].factor > 0.0) ||
                    (r->count > 1 && r->ends[1].factor > 0.0);
    bool large = r->count && r->ends[0].band == NO_BAND && fabs(r->ends[0].value) >= 1e6;
    for (size_t i = 0; i < r->count; i++)
        r->percent = r->percent || r->ends[i].band != NO_BAND;
    int units = r->percent + (r->currency >= 0) + r->weeks + r->days + r->times;
    if (units > 1)
        return refuse(r, "two units");
    if (r->currency < 0 && factored)
        return refuse(r, "'million' or the like without a currency");
    words->unit = r->percent ? "pct" : r->weeks ? "weeks" : r->days ? "days"
                  : r->times ? "ratio" : "";
    if (r->currency < 0)
        return MCY_OK;
    const mcy_currency *c = &mcy_currencies[r->currency];
    if (!factored && !large && r->currency != 0)
        return refuse(r, "an amount without million, billion or trillion");
    words->unit = factored || large ? c->unit : "usd";
    if (factored || large)
        words->range = (mcy_range){words->range.low / c->one, words->range.high / c->one};
    return MCY_OK;
}

static bool is_delimiter(const char *at)
{
    return *at == ',' || *at == ';' || *at == '(' || strncmp(at, "（", 3) == 0;
}

/* The same delimiter in the text as it was given: making it uniform keeps their order. */
static size_t remark_in(const char *text, size_t n, const reading *r)
{
    size_t skip = 0;
    for (const char *at = r->text; at < r->text + r->remark; at++)
        skip += is_delimiter(at);
    for (size_t i = 0; r->text[r->remark] && i < n; i++) {
        bool wide = n - i >= 3 && memcmp(text + i, "（", 3) == 0;
        if ((wide || text[i] == ',' || text[i] == ';' || text[i] == '(') && !skip--)
            return i;
    }
    return n;
}

mcy_status mcy_words_parse(const char *text, size_t n, mcy_words *words, mcy_error *err)
{
    reading r = {.currency = -1, .tolerance = MCY_MISSING, .bound = MCY_TOKEN_END, .err = err};
    *words = (mcy_words){mcy_range_missing(), "", 0, n};
    if (n > MCY_WORDS_LONGEST)
        return MCY_FAIL(err, MCY_E_INPUT, "the phrase has %zu bytes, more than the %d allowed",
                        n, MCY_WORDS_LONGEST);
    for (size_t i = 0; i + 1 < n; i++)
        if (text[i] == ':' && text[i + 1] == ' ') {
            words->label = i + 2;
            break;
        }
    normalise(&r, text + words->label, n - words->label);
    r.remark = strlen(r.text);
    MCY_TRY(read_tokens(&r));
    words->remark = words->label + remark_in(text + words->label, n - words->label, &r);
    MCY_TRY(find_range(&r, &words->range));
    MCY_TRY(find_unit(&r, words));
    if (r.signed_down && !r.flat) {
        if (words->range.low < 0.0)
            return refuse(&r, "a direction word beside a minus sign");
        words->range = mcy_range_scale(words->range, -1.0);
    }
    return MCY_OK;
}

mcy_status mcy_words_in_unit(const mcy_words *words, const char *unit, mcy_range *range,
                             mcy_error *err)
{
    static const struct {
        const char *from, *to;
        double factor;
    } factors[] = {{"usd", "usd_m", 1e-6}, {"usd", "usd_per_share", 1.0}, {"weeks", "days", 7.0},
                   {"pct", "pp", 1.0}};
    *range = words->range;
    if (!words->unit[0] || strcmp(words->unit, unit) == 0)
        return MCY_OK;
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        if (strcmp(words->unit, factors[i].from) == 0 && strcmp(unit, factors[i].to) == 0) {
            *range = mcy_range_scale(*range, factors[i].factor);
            return MCY_OK;
        }
    return MCY_FAIL(err, MCY_E_INPUT, "the phrase is in '%s', not in '%s'", words->unit, unit);
}
