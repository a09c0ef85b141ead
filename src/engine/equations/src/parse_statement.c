/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements. After a complaint the rest of the statement is skipped and the next one read, so
 * that one slip costs one message. */
#include <math.h>
#include <string.h>

#include "language.h"

bool at_mark(const parser *p, mark m)
{
    return p->now->kind == TOKEN_MARK && p->now->mark == m;
}

bool at_word(const parser *p, const char *text)
{
    return p->now->kind == TOKEN_WORD && !strcmp(p->now->word->text, text);
}

bool accept_mark(parser *p, mark m)
{
    bool there = at_mark(p, m);
    p->now += there;
    return there;
}

static bool accept_word(parser *p, const char *text)
{
    bool there = at_word(p, text);
    p->now += there;
    return there;
}

const char *token_text(reader *r, const token *t)
{
    if (t->kind == TOKEN_END)
        return "the end of the file";
    if (t->kind == TOKEN_NEWLINE)
        return "the end of the line";
    int shown = t->at.size > 40 ? 40 : (int)t->at.size;
    const char *bytes = t->at.file->bytes + t->at.offset;
    char *text = t->kind == TOKEN_STRING ? mcy_arena_print(r->arena, "the text %.*s", shown, bytes)
                                         : mcy_arena_print(r->arena, "'%.*s'", shown, bytes);
    if (!text)
        r->failed = true;
    return text ? text : "";
}

void complain_here(parser *p, const char *expected)
{
    complain(p->reader, p->now->at, "expected %s, found %s", expected,
             token_text(p->reader, p->now));
}

bool expect_mark(parser *p, mark m, const char *after)
{
    static const char *const texts[] = {
        [MARK_ASSIGN] = "'='", [MARK_COLON] = "':'", [MARK_OPEN] = "'('", [MARK_CLOSE] = "')'",
        [MARK_CLOSE_SQUARE] = "']'", [MARK_RANGE] = "'..'"};
    if (accept_mark(p, m))
        return true;
    complain(p->reader, p->now->at, "expected %s %s, found %s", texts[m], after,
             token_text(p->reader, p->now));
    return false;
}

static bool expect_name(parser *p, const char *what, named *out)
{
    if (p->now->kind != TOKEN_WORD) {
        complain_here(p, what);
        return false;
    }
    *out = (named){p->now->word, p->now->at};
    p->now++;
    return true;
}

static bool parse_names(parser *p, const char *what, statement *s)
{
    size_t capacity = 0;
    s->has_items = true;
    do {
        if (!grow(p->reader, (void **)&s->items, s->item_count, &capacity, sizeof *s->items) ||
            !expect_name(p, what, &s->items[s->item_count]))
            return false;
        s->item_count++;
    } while (accept_mark(p, MARK_COMMA));
    return true;
}

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
        last = p->now;
        if (!parse_factor(p, u, &capacity, sign))
            return NULL;
        last = p->now - 1;
        sign = at_mark(p, MARK_OVER) ? -1 : 1;
    } while (accept_mark(p, MARK_OVER) || accept_mark(p, MARK_TIMES));
    at.size = last->at.offset + last->at.size - at.offset;
    u->at = at;
    u->text = mcy_arena_copy(p->reader->arena, at.file->bytes + at.offset, at.size);
    if (!u->text) {
        p->reader->failed = true;
        return NULL;
    }
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

static bool parse_symbol(parser *p, statement *s)
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

static bool parse_texts(parser *p, statement *s)
{
    if (p->now->kind == TOKEN_STRING)
        s->meaning = string_of(p->reader, p->now++);
    if (!accept_mark(p, MARK_AT))
        return true;
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "the source as a text after '@'");
        return false;
    }
    s->source = string_of(p->reader, p->now++);
    return true;
}

/* ---- equations ---- */

static bool parse_equation(parser *p, statement *s, mcy_equation_kind kind)
{
    s->kind = STATEMENT_EQUATION;
    s->equation_kind = kind;
    if (!expect_name(p, "the name of what is computed", &s->name))
        return false;
    if (accept_mark(p, MARK_OPEN_SQUARE) &&
        (!parse_names(p, "a subscript", s) ||
         !expect_mark(p, MARK_CLOSE_SQUARE, "after the subscripts")))
        return false;
    if (at_mark(p, MARK_OPEN)) {
        complain(p->reader, p->now->at, "the left side of an equation has no lag");
        return false;
    }
    if (at_mark(p, MARK_EQ)) {
        complain(p->reader, p->now->at, "an equation is written with '=', '==' compares");
        return false;
    }
    if (!expect_mark(p, MARK_ASSIGN, "after the left side"))
        return false;
    s->right = parse_expression(p);
    return s->right != NULL;
}

static bool parse_check(parser *p, statement *s)
{
    s->kind = STATEMENT_EQUATION;
    s->equation_kind = MCY_EQUATION_CHECK;
    if (at_word(p, "at") && p->now[1].kind == TOKEN_WORD &&
        !strcmp(p->now[1].word->text, "base")) {
        p->now += 2;
        s->at_base = true;
        if (!expect_mark(p, MARK_COLON, "after 'at base'"))
            return false;
    }
    s->right = parse_expression(p);
    if (!s->right)
        return false;
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "a text that says what must hold");
        return false;
    }
    s->meaning = string_of(p->reader, p->now++);
    return true;
}

static bool parse_dimension(parser *p, statement *s)
{
    bool subset = s->kind == STATEMENT_SUBSET;
    if (!expect_name(p, subset ? "the name of the subset" : "the name of the dimension", &s->name))
        return false;
    if (subset && (!expect_mark(p, MARK_COLON, "and the dimension of the subset") ||
                   !expect_name(p, "the dimension of the subset", &s->parent)))
        return false;
    if (subset && !at_mark(p, MARK_ASSIGN))
        return true;
    return expect_mark(p, MARK_ASSIGN, "before the elements") &&
           parse_names(p, "an element", s);
}

static bool parse_include(parser *p)
{
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "the name of a file as a text");
        return false;
    }
    reader *r = p->reader;
    const token *at = p->now++;
    const char *name = string_of(r, at);
    const char *names[64];
    size_t known = 0;
    for (size_t i = 0; i < r->file_count; i++) {
        const char *full = r->files[i].name, *slash = strrchr(full, '/');
        if (!strcmp(full, name) || (slash && !strcmp(slash + 1, name))) {
            parse_file(r, &r->files[i]);
            return true;
        }
        if (known < 64)
            names[known++] = slash ? slash + 1 : full;
    }
    complain(r, at->at, "no file '%s'%s", name, did_you_mean(r, name, names, known));
    return false;
}

static const struct keyword {
    const char *text;
    statement_kind kind;
    mcy_symbol_kind symbol;
} keywords[] = {{"unit", STATEMENT_UNIT, 0},
                {"dimension", STATEMENT_DIMENSION, 0},
                {"subset", STATEMENT_SUBSET, 0},
                {"constant", STATEMENT_SYMBOL, MCY_SYMBOL_CONSTANT},
                {"fact", STATEMENT_SYMBOL, MCY_SYMBOL_FACT},
                {"assumption", STATEMENT_SYMBOL, MCY_SYMBOL_ASSUMPTION},
                {"variable", STATEMENT_SYMBOL, MCY_SYMBOL_VARIABLE},
                {"derived", STATEMENT_SYMBOL, MCY_SYMBOL_DERIVED},
                {"output", STATEMENT_SYMBOL, MCY_SYMBOL_OUTPUT}};
enum { KEYWORDS = sizeof keywords / sizeof *keywords };

bool word_reserved(const char *text)
{
    static const char *const others[] = {"t",     "quarter", "and",   "or",     "not",
                                         "start", "before",  "check", "include"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i], text))
            return true;
    for (size_t i = 0; i < KEYWORDS; i++)
        if (!strcmp(keywords[i].text, text))
            return true;
    return function_find(text) != FN_COUNT;
}

/* A word followed by a word is a statement that was misspelt. */
static bool complain_keyword(parser *p)
{
    const char *names[KEYWORDS + 4] = {"start", "before", "check", "include"};
    for (size_t i = 0; i < KEYWORDS; i++)
        names[i + 4] = keywords[i].text;
    const char *text = p->now->word->text;
    complain(p->reader, p->now->at, "unknown statement '%s'%s", text,
             did_you_mean(p->reader, text, names, KEYWORDS + 4));
    return false;
}

static bool parse_declaration(parser *p, statement *s, const struct keyword *k)
{
    p->now++;
    s->kind = k->kind;
    s->symbol_kind = k->symbol;
    bool good = k->kind == STATEMENT_UNIT     ? parse_names(p, "the name of a unit", s)
                : k->kind == STATEMENT_SYMBOL ? parse_symbol(p, s)
                                              : parse_dimension(p, s);
    return good && parse_texts(p, s);
}

static bool parse_one(parser *p, statement *s)
{
    if (p->now->kind != TOKEN_WORD) {
        complain_here(p, "a statement");
        return false;
    }
    if (p->now[1].kind == TOKEN_MARK && p->now[1].mark == MARK_COLON) {
        s->tag = (named){p->now->word, p->now->at};
        p->now += 2;
    }
    for (size_t i = 0; i < KEYWORDS && !s->tag.name; i++)
        if (at_word(p, keywords[i].text))
            return parse_declaration(p, s, &keywords[i]);
    if (accept_word(p, "include"))
        return parse_include(p);
    if (accept_word(p, "start"))
        return parse_equation(p, s, MCY_EQUATION_START);
    if (accept_word(p, "before"))
        return parse_equation(p, s, MCY_EQUATION_BEFORE);
    if (accept_word(p, "check"))
        return parse_check(p, s);
    if (p->now->kind == TOKEN_WORD && p->now[1].kind == TOKEN_WORD)
        return complain_keyword(p);
    return parse_equation(p, s, MCY_EQUATION_RULE);
}

static void keep(reader *r, statement *s)
{
    bool nameless = s->kind != STATEMENT_UNIT && s->equation_kind != MCY_EQUATION_CHECK &&
                    !s->name.name;
    if (nameless || (s->broken && s->kind == STATEMENT_UNIT && !s->item_count))
        return;
    if (r->last)
        r->last->next = s;
    else
        r->first = s;
    r->last = s;
}

void parse_file(reader *r, const file_text *file)
{
    if (r->file_read[file->number])
        return;
    r->file_read[file->number] = true;
    parser p = {.reader = r, .now = lex(r, file)};
    while (p.now && !r->failed && p.now->kind != TOKEN_END) {
        statement *s = NEW(r, statement, 1);
        if (!s)
            return;
        s->at = p.now->at;
        s->kind = STATEMENT_EQUATION;
        s->meaning = s->source = "";
        p.nesting = p.parts = 0;
        bool include = at_word(&p, "include");
        bool good = parse_one(&p, s);
        if (good && p.now->kind != TOKEN_NEWLINE) {
            complain_here(&p, "the end of the statement");
            good = false;
        }
        s->broken = !good;
        r->broken = r->broken || !good;
        while (p.now->kind != TOKEN_NEWLINE && p.now->kind != TOKEN_END)
            p.now++;
        p.now += p.now->kind == TOKEN_NEWLINE;
        if (!include)
            keep(r, s);
    }
}
