/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaves of expressions: numbers with their units, names with lags and subscripts; the table of
 * functions. */
#include <string.h>

#include "language.h"

const function_entry function_table[FN_COUNT] = {
#define X(name, text, least, most) [FN_##name] = {text, least, most},
    OPERATOR_LIST(X) FUNCTION_LIST(X)
#undef X
};

function function_find(const char *text)
{
    for (int f = FN_IF; f < FN_COUNT; f++)
        if (!strcmp(function_table[f].text, text))
            return (function)f;
    return FN_COUNT;
}

tree *make_tree(parser *p, tree_kind kind, spot at)
{
    if (++p->parts == PARTS_MOST)
        complain(p->reader, at, "an expression of more than %d parts", PARTS_MOST);
    tree *t = p->parts < PARTS_MOST ? NEW(p->reader, tree, 1) : NULL;
    if (t)
        *t = (tree){.kind = kind, .at = at, .symbol = MCY_NONE, .function = FN_COUNT};
    return t;
}

static spot span(spot from, spot to)
{
    spot s = from;
    if (to.file == from.file && to.line == from.line && to.offset >= from.offset)
        s.size = to.offset + to.size - from.offset;
    return s;
}

tree *parse_number(parser *p)
{
    const token *number = p->now++;
    tree *t = make_tree(p, TREE_NUMBER, number->at);
    if (!t)
        return NULL;
    t->value = number->value;
    if (accept_mark(p, MARK_OPEN_SQUARE)) {
        t->unit_text = parse_unit(p);
        if (!t->unit_text || !expect_mark(p, MARK_CLOSE_SQUARE, "after the unit"))
            return NULL;
        return t;
    }
    bool unit_follows = p->now->kind == TOKEN_WORD && !at_word(p, "and") && !at_word(p, "or");
    if (!unit_follows)
        return t;
    unit_text *u = NEW(p->reader, unit_text, 1);
    unit_factor *f = u ? NEW(p->reader, unit_factor, 1) : NULL;
    if (!f)
        return NULL;
    *f = (unit_factor){p->now->word, p->now->at, 1};
    *u = (unit_text){1, f, p->now->at, p->now->word->text};
    t->unit_text = u;
    t->at = span(number->at, p->now->at);
    p->now++;
    return t;
}

/* (-3), (-n), (0): a lag after a name. */
static bool lag_follows(const parser *p)
{
    const token *t = p->now;
    if (!at_mark(p, MARK_OPEN))
        return false;
    t++;
    if (t->kind == TOKEN_MARK && (t->mark == MARK_MINUS || t->mark == MARK_PLUS))
        t++;
    else if (t->kind != TOKEN_NUMBER)
        return false;
    return (t->kind == TOKEN_NUMBER || t->kind == TOKEN_WORD) && t[1].kind == TOKEN_MARK &&
           t[1].mark == MARK_CLOSE;
}

static bool parse_lag(parser *p, tree *name)
{
    spot at = p->now->at;
    if (name->has_lag) {
        complain(p->reader, at, "a second lag: '%s' has one before its subscripts",
                 name->name->text);
        return false;
    }
    p->now++;
    bool back = accept_mark(p, MARK_MINUS), ahead = !back && accept_mark(p, MARK_PLUS);
    const token *amount = p->now++;
    at = span(at, p->now->at);
    p->now++;
    name->has_lag = true;
    if (amount->kind == TOKEN_WORD) {
        if (ahead) {
            complain(p->reader, at, "a lead: values of later quarters cannot be used");
            return false;
        }
        name->lag_name = amount->word;
        return true;
    }
    double n = amount->value;
    if (!back && n > 0) {
        complain(p->reader, at,
                 "a lead: values of later quarters cannot be used; a lag is '%s(-%.0f)'",
                 name->name->text, n);
        return false;
    }
    if (n != (double)(int)(n < HISTORY_MOST + 1 ? n : 0) || n > HISTORY_MOST) {
        complain(p->reader, at, "a lag is a whole number of quarters, at most %d",
                 HISTORY_MOST);
        return false;
    }
    name->lag = (int)n;
    return true;
}

static bool parse_subscripts(parser *p, tree *name)
{
    p->now++;
    subscript *subs = NEW(p->reader, subscript, SUBSCRIPTS_MOST);
    if (!subs)
        return false;
    size_t n = 0;
    do {
        if (p->now->kind != TOKEN_WORD) {
            complain_here(p, "a subscript");
            return false;
        }
        if (n == SUBSCRIPTS_MOST) {
            complain(p->reader, p->now->at, "more than %d subscripts", SUBSCRIPTS_MOST);
            return false;
        }
        subs[n++] = (subscript){.name = p->now->word, .at = p->now->at, .slot = MCY_NONE};
        p->now++;
    } while (accept_mark(p, MARK_COMMA));
    name->subs = subs;
    name->sub_count = n;
    return expect_mark(p, MARK_CLOSE_SQUARE, "after the subscripts");
}

static tree *unknown_function(parser *p, const token *name)
{
    const char *names[FN_COUNT];
    size_t n = 0;
    for (int f = FN_IF; f < FN_COUNT; f++)
        names[n++] = function_table[f].text;
    const char *text = name->word->text;
    const char *closest = did_you_mean(p->reader, text, names, n);
    if (*closest)
        complain(p->reader, name->at, "unknown function '%s'%s", text, closest);
    else
        complain(p->reader, name->at,
                 "unknown function '%s': if it is a name, a lag is written '%s(-1)'", text,
                 text);
    return NULL;
}

tree *parse_name(parser *p)
{
    const token *first = p->now++;
    tree *t = make_tree(p, TREE_NAME, first->at);
    if (!t)
        return NULL;
    t->name = first->word;
    if (lag_follows(p) && !parse_lag(p, t))
        return NULL;
    if (at_mark(p, MARK_OPEN) && !t->has_lag)
        return unknown_function(p, first);
    if (at_mark(p, MARK_OPEN_SQUARE) && !parse_subscripts(p, t))
        return NULL;
    if (lag_follows(p) && !parse_lag(p, t))
        return NULL;
    return t;
}
