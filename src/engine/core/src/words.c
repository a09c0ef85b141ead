/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases to ranges: the grammar, read once from left to right. */
#include "mcy/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "words_reading.h"

mcy_status mcy_reading_refuse(mcy_reading *r, const char *sentence)
{
    return MCY_FAIL(r->err, MCY_E_INPUT, "%s in '%s'", sentence, r->text);
}

static mcy_status refuse_unknown(mcy_reading *r)
{
    const char *at = r->text + r->at;
    size_t n = strcspn(at, " ,;()%$");
    char word[48];
    if (!r->err) /* nobody reads the sentence: the search for what was meant costs more than all */
        return MCY_E_INPUT;
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
                    word, close ? ", did you mean '" : "", close ? close : "", close ? "'" : "",
                    r->text);
}

static mcy_status push_end(mcy_reading *r, mcy_words_end e)
{
    if (r->count == 2 || (r->count == 1 && !r->to))
        return mcy_reading_refuse(r, "two quantities without 'to' between them");
    r->to = false;
    r->ends[r->count++] = e;
    return MCY_OK;
}

static mcy_status push_band(mcy_reading *r, int band)
{
    mcy_words_end e = {.band = band};
    if (r->level_count) {
        e.first_level = r->levels[0];
        e.last_level = r->levels[r->level_count - 1];
    }
    r->level_count = 0;
    return push_end(r, e);
}

static mcy_status push_number(mcy_reading *r, const mcy_token *token)
{
    double x = token->value;
    if (r->tolerance_next) {
        r->tolerance = x;
        r->tolerance_next = false;
        return x < 0.0 ? mcy_reading_refuse(r, "a negative tolerance") : MCY_OK;
    }
    if (r->level_count) {
        if (x < 10.0 || x > 90.0 || fmod(x, 10.0) != 0.0)
            return mcy_reading_refuse(r, "'low', 'mid' or 'high' of a number that is no ten");
        return push_band(r, (int)x);
    }
    return push_end(
        r, (mcy_words_end){.band = MCY_NO_BAND, .value = x, .decimals = token->decimals});
}

/* "한 자릿수 초반", "20% 후반": the level stands after its band. */
static mcy_status take_post(mcy_reading *r, const mcy_token *token)
{
    mcy_words_end *e = r->count ? &r->ends[r->count - 1] : NULL;
    if (!e || e->first_level)
        return mcy_reading_refuse(r, "'초반', '중반' or '후반' without what it is of");
    if (e->band == MCY_NO_BAND) {
        if (e->value < 10.0 || e->value > 90.0 || fmod(e->value, 10.0) != 0.0 || e->decimals)
            return mcy_reading_refuse(r, "'초반', '중반' or '후반' of a number that is no ten");
        e->band = (int)e->value;
    }
    e->first_level = (int)token->value;
    e->last_level = token->decimals ? token->decimals : e->first_level;
    r->in_decade = false;
    return MCY_OK;
}

static mcy_status take_level(mcy_reading *r, int level)
{
    if (r->level_count == 2)
        return mcy_reading_refuse(r, "three of 'low', 'mid', 'high' in a row");
    if (r->level_count == 1 && level <= r->levels[0])
        return mcy_reading_refuse(r, "'low', 'mid' and 'high' out of order");
    r->levels[r->level_count++] = level;
    if (r->level_count == 2)
        r->to = false;
    return MCY_OK;
}

/* "lower 20% range" is a level, "prices lower" a direction: what follows decides. */
static mcy_status take_lower_higher(mcy_reading *r, const mcy_token *token)
{
    size_t held = r->at;
    mcy_token after = mcy_reading_next(r);
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

static mcy_status take_to(mcy_reading *r)
{
    if (r->to || (!r->count && !r->level_count) || r->count == 2)
        return mcy_reading_refuse(r, "'to' without two ends");
    r->to = true;
    return MCY_OK;
}

static mcy_status take_factor(mcy_reading *r, double factor)
{
    if (!mcy_is_missing(r->tolerance)) {
        r->tolerance *= factor;
        return MCY_OK;
    }
    if (!r->count || r->ends[r->count - 1].band != MCY_NO_BAND ||
        r->ends[r->count - 1].factor > 0.0)
        return mcy_reading_refuse(r, "'million' or the like without its number");
    r->ends[r->count - 1].factor = factor;
    return MCY_OK;
}

static mcy_status take_bound(mcy_reading *r, mcy_token_kind kind)
{
    if (r->bound != MCY_TOKEN_END)
        return mcy_reading_refuse(r, "two of 'over', 'more than', 'less than'");
    r->bound = kind;
    return MCY_OK;
}

static mcy_status take_percent(mcy_reading *r, bool basis_points)
{
    if (!mcy_is_missing(r->tolerance)) {
        r->tolerance_relative = !basis_points && r->currency >= 0;
        r->tolerance *= basis_points ? 0.01 : 1.0;
        return MCY_OK;
    }
    r->percent = true;
    return basis_points ? mcy_reading_refuse(r, "basis points that are no tolerance") : MCY_OK;
}

static mcy_status take_currency(mcy_reading *r, int currency)
{
    if (r->currency >= 0 && r->currency != currency)
        return mcy_reading_refuse(r, "two currencies");
    r->currency = currency;
    return MCY_OK;
}

/* One case a kind of token; long because the language has that many kinds of words. */
static mcy_status take_token(mcy_reading *r, const mcy_token *t)
{
    switch (t->kind) {
    case MCY_TOKEN_NUMBER:
        return push_number(r, t);
    case MCY_TOKEN_DECADE:
        if (!r->level_count || t->value < 10.0 || t->value > 90.0 ||
            fmod(t->value, 10.0) != 0.0)
            return mcy_reading_refuse(r, "a decade without 'low', 'mid' or 'high'");
        return push_band(r, (int)t->value);
    case MCY_TOKEN_LEVEL:
        return take_level(r, (int)t->value);
    case MCY_TOKEN_POST:
        return take_post(r, t);
    case MCY_TOKEN_LOWER:
    case MCY_TOKEN_HIGHER:
        return take_lower_higher(r, t);
    case MCY_TOKEN_SINGLE:
        return push_band(r, 0);
    case MCY_TOKEN_DOUBLE:
        return push_band(r, MCY_DOUBLE_DIGIT);
    case MCY_TOKEN_TEENS:
        return push_band(r, 10);
    case MCY_TOKEN_IN_DECADE:
        r->in_decade = true;
        return MCY_OK;
    case MCY_TOKEN_TO:
        return take_to(r);
    case MCY_TOKEN_BETWEEN:
        r->between = true;
        return MCY_OK;
    case MCY_TOKEN_AND:
        return r->between ? take_to(r) : mcy_reading_refuse(r, "'and' without 'between'");
    case MCY_TOKEN_ABOUT:
        r->about = true;
        return MCY_OK;
    case MCY_TOKEN_FLAT:
        r->flat = true;
        return MCY_OK;
    case MCY_TOKEN_SLIGHT:
        r->width = t->value;
        return MCY_OK;
    case MCY_TOKEN_OVER:
    case MCY_TOKEN_MORE:
    case MCY_TOKEN_LESS:
        return take_bound(r, t->kind);
    case MCY_TOKEN_PLUS_MINUS:
        r->tolerance_next = true;
        return MCY_OK;
    case MCY_TOKEN_UP:
        r->signed_up = true;
        return MCY_OK;
    case MCY_TOKEN_DOWN:
        r->signed_down = true;
        return MCY_OK;
    case MCY_TOKEN_PERCENT:
        return take_percent(r, false);
    case MCY_TOKEN_BASIS_POINTS:
        return take_percent(r, true);
    case MCY_TOKEN_CURRENCY:
        return take_currency(r, (int)t->value);
    case MCY_TOKEN_TIMES:
        r->times = true;
        return MCY_OK;
    case MCY_TOKEN_WEEKS:
        r->weeks = true;
        return MCY_OK;
    case MCY_TOKEN_DAYS:
        r->days = true;
        return MCY_OK;
    case MCY_TOKEN_FACTOR:
        return take_factor(r, t->value);
    default:
        return refuse_unknown(r);
    }
}

/* The remark begins at a comma (but not before a tolerance), a semicolon or a bracket. */
static bool remark_begins(mcy_reading *r)
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
static void take_bracket(mcy_reading *r)
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

static mcy_status read_tokens(mcy_reading *r)
{
    for (;;) {
        if (remark_begins(r)) {
            r->remark = r->at + strspn(r->text + r->at, " ");
            take_bracket(r);
            break;
        }
        mcy_token token = mcy_reading_next(r);
        if (token.kind == MCY_TOKEN_END)
            break;
        if (token.kind != MCY_TOKEN_FILLER)
            MCY_TRY(take_token(r, &token));
    }
    if (r->to)
        return mcy_reading_refuse(r, "'to' without its second end");
    if (r->level_count)
        return mcy_reading_refuse(r, "'low', 'mid' or 'high' without what it is of");
    if (r->tolerance_next)
        return mcy_reading_refuse(r, "'plus or minus' without its number");
    if (r->in_decade)
        return mcy_reading_refuse(r, "'대' without 초반, 중반 or 후반");
    if (r->signed_up && r->signed_down)
        return mcy_reading_refuse(r, "two directions");
    return MCY_OK;
}

static bool is_delimiter(const char *at)
{
    return *at == ',' || *at == ';' || *at == '(' || strncmp(at, "（", 3) == 0;
}

/* The same delimiter in the text as it was given: making it uniform keeps their order. */
static size_t remark_in(const char *text, size_t n, const mcy_reading *r)
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
    mcy_reading r = {
        .currency = -1, .tolerance = MCY_MISSING, .bound = MCY_TOKEN_END, .err = err};
    *words = (mcy_words){mcy_range_missing(), "", 0, n};
    if (n > MCY_WORDS_LONGEST)
        return MCY_FAIL(err, MCY_E_INPUT, "the phrase has %zu bytes, more than the %d allowed",
                        n, MCY_WORDS_LONGEST);
    for (size_t i = 0; i + 1 < n; i++)
        if (text[i] == ':' && text[i + 1] == ' ') {
            words->label = i + 2;
            break;
        }
    mcy_reading_begin(&r, text + words->label, n - words->label);
    r.remark = strlen(r.text);
    MCY_TRY(read_tokens(&r));
    words->remark = words->label + remark_in(text + words->label, n - words->label, &r);
    MCY_TRY(mcy_reading_range(&r, &words->range));
    MCY_TRY(mcy_reading_unit(&r, words));
    if (r.signed_down && !r.flat) {
        if (words->range.low < 0.0)
            return mcy_reading_refuse(&r, "a direction word beside a minus sign");
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
    } factors[] = {{"usd", "usd_m", 1e-6},
                   {"usd", "usd_per_share", 1.0},
                   {"weeks", "days", 7.0},
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
