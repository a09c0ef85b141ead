/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Declarations of symbols: units, bounds, yearly rules, paths. */
#include <math.h>
#include <string.h>

#include "language.h"

/* A whole number that may have a minus. */
static bool parse_whole(parser *p, const char *what, int *out, spot *at)
{
    *at = p->now->at;
    bool minus = accept_mark(p, MARK_MINUS);
    double value = p->now->kind == TOKEN_NUMBER ? p->now->value : (double)NAN;
    if (!(value <= HISTORY_MOST) || value != floor(value)) {
        complain(p->reader, p->now->at, "expected %s, found %s", what,
                 token_text(p->reader, p->now));
        return false;
    }
    at->size = p->now->at.offset + p->now->at.size - at->offset;
    p->now++;
    *out = minus ? -(int)value : (int)value;
    return true;
}

/* ---- units: factors with * and /, powers, 1 ---- */

static bool parse_factor(parser *p, unit_text *u, size_t *capacity, int sign)
{
    bool one = p->now->kind == TOKEN_NUMBER && p->now->value == 1;
    if (!one && p->now->kind != TOKEN_WORD) {
        complain_here(p, "a unit");
        return false;
    }
    if (!grow(p->reader, (void **)&u->factors, u->count, capacity, sizeof *u->factors))
        return false;
    unit_factor *f = &u->factors[u->count++];
    *f = (unit_factor){one ? NULL : p->now->word, p->now->at, sign};
    p->now++;
    if (one || !accept_mark(p, MARK_POWER))
        return true;
    int power;
    spot at;
    if (!parse_whole(p, "a whole power of the unit", &power, &at))
        return false;
    if (power == 0 || power < -9 || power > 9) {
        complain(p->reader, at, "a power of a unit is from -9 to 9 and not 0");
        return false;
    }
    f->power = sign * power;
    return true;
}

unit_text *parse_unit(parser *p)
{
    unit_text *u = NEW(p->reader, unit_text, 1);
    if (!u)
        return NULL;
    size_t capacity = 0;
    int sign = 1;
    spot at = p->now->at;
    const token *last;
    do {
        if (u->count == 16) {
            complain_here(p, "a unit of at most 16 factors");
            return NULL;
        }
        if (!parse_factor(p, u, &capacity, sign))
            return NULL;
        last = p->now - 1;
        sign = at_mark(p, MARK_OVER) ? -1 : 1;
    } while (accept_mark(p, MARK_OVER) || accept_mark(p, MARK_TIMES));
    at.size = last->at.offset + last->at.size - at.offset;
    u->at = at;
    char *text = mcy_arena_copy(p->reader->arena, at.file->bytes + at.offset, at.size);
    u->text = text;
    if (!u->text) {
        p->reader->failed = true;
        return NULL;
    }
    for (char *c = text; *c; c++)
        *c = (unsigned char)*c < 32 ? ' ' : *c;
    return u;
}

/* ---- declarations of symbols ---- */

static bool parse_end_of_range(parser *p, double *out)
{
    bool minus = accept_mark(p, MARK_MINUS);
    double value;
    if (p->now->kind == TOKEN_NUMBER)
        value = p->now->value;
    else if (at_word(p, "inf"))
        value = (double)INFINITY;
    else {
        complain_here(p, "a number of the bounds");
        return false;
    }
    p->now++;
    *out = minus ? -value : value;
    return true;
}

static bool parse_range(parser *p, statement *s)
{
    range_text r = {.at = p->now->at};
    if (s->has_range) {
        complain(p->reader, r.at, "bounds are said twice");
        return false;
    }
    if (!parse_end_of_range(p, &r.low) || !expect_mark(p, MARK_RANGE, "between the bounds") ||
        !parse_end_of_range(p, &r.high))
        return false;
    r.at.size = p->now[-1].at.offset + p->now[-1].at.size - r.at.offset;
    s->range = r;
    s->has_range = true;
    return true;
}

static bool parse_year(parser *p, statement *s)
{
    s->year_at = p->now->at;
    if (accept_word(p, "sum"))
        s->year = MCY_YEAR_SUM;
    else if (accept_word(p, "mean"))
        s->year = MCY_YEAR_MEAN;
    else if (accept_word(p, "last"))
        s->year = MCY_YEAR_LAST;
    else if (accept_word(p, "ratio")) {
        s->year = MCY_YEAR_RATIO;
        if (!expect_mark(p, MARK_OPEN, "after ratio") ||
            !expect_name(p, "the name of what is added up above", &s->year_over))
            return false;
        if (!accept_mark(p, MARK_COMMA)) {
            complain_here(p, "',' between the two names");
            return false;
        }
        return expect_name(p, "the name of what is added up below", &s->year_under) &&
               expect_mark(p, MARK_CLOSE, "after the two names");
    } else {
        complain_here(p, "a yearly rule: sum, mean, last or ratio(a, b)");
        return false;
    }
    return true;
}

static bool parse_modifiers(parser *p, statement *s)
{
    for (;;) {
        spot at = p->now->at;
        if (accept_word(p, "path")) {
            s->path = true;
            s->path_at = at;
        } else if (accept_word(p, "hold")) {
            s->hold = true;
            s->hold_at = at;
        } else if (accept_word(p, "from")) {
            if (!parse_whole(p, "a whole number of quarters after 'from'", &s->first,
                             &s->first_at))
                return false;
        } else
            return true;
    }
}

bool parse_symbol(parser *p, statement *s)
{
    if (!expect_name(p, "a name", &s->name))
        return false;
    if (accept_mark(p, MARK_OPEN_SQUARE) &&
        (!parse_names(p, "a dimension", s) ||
         !expect_mark(p, MARK_CLOSE_SQUARE, "after the dimensions")))
        return false;
    if (!parse_modifiers(p, s) || !expect_mark(p, MARK_COLON, "before the unit"))
        return false;
    s->unit = parse_unit(p);
    if (!s->unit)
        return false;
    while (accept_mark(p, MARK_COMMA))
        if (accept_word(p, "year") ? !parse_year(p, s) : !parse_range(p, s))
            return false;
    if (accept_mark(p, MARK_ASSIGN)) {
        s->has_value = true;
        s->value = parse_expression(p);
        if (!s->value)
            return false;
    }
    return true;
}
