/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: a parser by precedence. Every function gives NULL after a complaint; the statement
 * is then given up and the next one read. */
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

static tree *make(parser *p, tree_kind kind, spot at)
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

/* The place of an operator's complaint is the operator; its operands have their own. */
static tree *apply(parser *p, function f, spot at, tree *a, tree *b)
{
    if (!a || (function_table[f].least == 2 && !b))
        return NULL;
    tree *t = make(p, TREE_APPLY, at);
    tree **args = t ? NEW(p->reader, tree *, 2) : NULL;
    if (!args)
        return NULL;
    args[0] = a;
    args[1] = b;
    t->function = f;
    t->args = args;
    t->arg_count = b ? 2 : 1;
    return t;
}

static tree *parse_number(parser *p)
{
    const token *number = p->now++;
    tree *t = make(p, TREE_NUMBER, number->at);
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
        complain(p->reader, at, "a lead: values of later quarters cannot be used; a lag is '%s(-%.0f)'",
                 name->name->text, n);
        return false;
    }
    if (n != (double)(int)(n < HISTORY_MOST + 1 ? n : 0) || n > HISTORY_MOST) {
        complain(p->reader, at, "a lag is a whole number of quarters, at most %d", HISTORY_MOST);
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
                 "unknown function '%s': if it is a name, a lag is written '%s(-1)'", text, text);
    return NULL;
}

static tree *parse_name(parser *p)
{
    const token *first = p->now++;
    tree *t = make(p, TREE_NAME, first->at);
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

/* Is what follows "dim:" or "dim, dim:"? */
static bool reduction_follows(const parser *p)
{
    const token *t = p->now;
    for (;; t += 2) {
        if (t->kind != TOKEN_WORD || t[1].kind != TOKEN_MARK)
            return false;
        if (t[1].mark == MARK_COLON)
            return true;
        if (t[1].mark != MARK_COMMA)
            return false;
    }
}

static tree *parse_reduction(parser *p, function f, const token *name)
{
    tree *t = make(p, TREE_REDUCE, name->at);
    binding *bindings = t ? NEW(p->reader, binding, SUBSCRIPTS_MOST) : NULL;
    tree **args = bindings ? NEW(p->reader, tree *, 1) : NULL;
    if (!args)
        return NULL;
    t->function = f;
    t->bindings = bindings;
    do {
        if (t->binding_count == SUBSCRIPTS_MOST) {
            complain(p->reader, p->now->at, "more than %d dimensions in a reduction",
                     SUBSCRIPTS_MOST);
            return NULL;
        }
        bindings[t->binding_count++] = (binding){p->now->word, p->now->at, MCY_NONE, MCY_NONE};
        p->now++;
    } while (accept_mark(p, MARK_COMMA));
    p->now++;
    args[0] = parse_expression(p);
    t->args = args;
    t->arg_count = 1;
    return args[0] && expect_mark(p, MARK_CLOSE, "to end the reduction") ? t : NULL;
}

static bool arguments_fit(parser *p, function f, size_t count, spot at)
{
    const function_entry *e = &function_table[f];
    if (count >= e->least && (!e->most || count <= e->most))
        return true;
    if (e->most)
        complain(p->reader, at, "'%s' takes %zu argument%s, got %zu", e->text, e->least,
                 e->least == 1 ? "" : "s", count);
    else
        complain(p->reader, at, "'%s' takes %zu or more arguments, got %zu", e->text, e->least,
                 count);
    return false;
}

static tree *parse_call(parser *p, function f)
{
    const token *name = p->now++;
    if (!expect_mark(p, MARK_OPEN, "after the function"))
        return NULL;
    if (reduction_follows(p)) {
        if (f == FN_SUM || f == FN_PROD || f == FN_MIN || f == FN_MAX)
            return parse_reduction(p, f, name);
        complain(p->reader, name->at, "'%s' does not go over a dimension: sum, prod, min, max do",
                 name->word->text);
        return NULL;
    }
    if (f == FN_SUM || f == FN_PROD) {
        complain(p->reader, p->now->at, "expected a dimension and ':', as in '%s(firm: ...)'",
                 name->word->text);
        return NULL;
    }
    tree *t = make(p, TREE_APPLY, name->at);
    if (!t)
        return NULL;
    t->function = f;
    size_t capacity = 0;
    do {
        tree *argument = parse_expression(p);
        if (!argument ||
            !grow(p->reader, (void **)&t->args, t->arg_count, &capacity, sizeof *t->args))
            return NULL;
        t->args[t->arg_count++] = argument;
    } while (accept_mark(p, MARK_COMMA));
    if (!expect_mark(p, MARK_CLOSE, "to end the arguments"))
        return NULL;
    return arguments_fit(p, f, t->arg_count, name->at) ? t : NULL;
}

static tree *parse_primary(parser *p)
{
    const token *t = p->now;
    if (t->kind == TOKEN_NUMBER)
        return parse_number(p);
    if (accept_mark(p, MARK_OPEN)) {
        tree *inner = parse_expression(p);
        if (!inner || !expect_mark(p, MARK_CLOSE, "to close the bracket"))
            return NULL;
        inner->bracketed = true;
        return inner;
    }
    if (t->kind != TOKEN_WORD || at_word(p, "and") || at_word(p, "or")) {
        complain_here(p, "a number, a name or '('");
        return NULL;
    }
    function f = function_find(t->word->text);
    if (f != FN_COUNT)
        return parse_call(p, f);
    bool time = at_word(p, "t"), calendar = at_word(p, "quarter");
    if (!time && !calendar)
        return parse_name(p);
    p->now++;
    return make(p, time ? TREE_TIME : TREE_CALENDAR, t->at);
}

static tree *parse_unary(parser *p);

/* Everything that calls itself while it reads asks here first. */
static bool deeper(parser *p)
{
    if (++p->nesting <= NESTING_MOST)
        return true;
    complain(p->reader, p->now->at, "an expression nested more than %d deep", NESTING_MOST);
    return false;
}

/* The operand of a sign, of an exponent. */
static tree *parse_deeper_unary(parser *p)
{
    tree *t = deeper(p) ? parse_unary(p) : NULL;
    p->nesting--;
    return t;
}

/* x ^ y, from the right; the exponent may have a sign. */
static tree *parse_power(parser *p)
{
    tree *left = parse_primary(p);
    if (!left || !at_mark(p, MARK_POWER))
        return left;
    spot at = p->now++->at;
    return apply(p, FN_POW, at, left, parse_deeper_unary(p));
}

static tree *parse_unary(parser *p)
{
    spot at = p->now->at;
    if (accept_mark(p, MARK_MINUS))
        return apply(p, FN_NEG, at, parse_deeper_unary(p), NULL);
    if (accept_mark(p, MARK_PLUS))
        return parse_deeper_unary(p);
    return parse_power(p);
}

typedef struct level_operator {
    mark mark;
    function function;
} level_operator;

static const level_operator product_level[] = {{MARK_TIMES, FN_MUL}, {MARK_OVER, FN_DIV}};
static const level_operator sum_level[] = {{MARK_PLUS, FN_ADD}, {MARK_MINUS, FN_SUB}};
static const level_operator order_level[] = {{MARK_LT, FN_LT}, {MARK_LE, FN_LE},
                                             {MARK_GT, FN_GT}, {MARK_GE, FN_GE},
                                             {MARK_EQ, FN_EQ}, {MARK_NE, FN_NE}};

static function operator_here(const parser *p, const level_operator *level, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at_mark(p, level[i].mark))
            return level[i].function;
    return FN_COUNT;
}

static tree *parse_product(parser *p)
{
    tree *left = parse_unary(p);
    for (function f; left && (f = operator_here(p, product_level, 2)) != FN_COUNT;) {
        spot at = p->now++->at;
        left = apply(p, f, at, left, parse_unary(p));
    }
    return left;
}

static tree *parse_sum(parser *p)
{
    tree *left = parse_product(p);
    for (function f; left && (f = operator_here(p, sum_level, 2)) != FN_COUNT;) {
        spot at = p->now++->at;
        left = apply(p, f, at, left, parse_product(p));
    }
    return left;
}

static tree *parse_order(parser *p)
{
    tree *left = parse_sum(p);
    function f = left ? operator_here(p, order_level, 6) : FN_COUNT;
    if (f == FN_COUNT) {
        if (left && at_mark(p, MARK_ASSIGN)) {
            complain(p->reader, p->now->at, "'=' inside an expression: to compare, write '=='");
            return NULL;
        }
        return left;
    }
    spot at = p->now++->at;
    left = apply(p, f, at, left, parse_sum(p));
    if (left && operator_here(p, order_level, 6) != FN_COUNT) {
        complain(p->reader, p->now->at, "a second comparison: join two with 'and'");
        return NULL;
    }
    return left;
}

static tree *parse_not(parser *p)
{
    if (!at_word(p, "not"))
        return parse_order(p);
    spot at = p->now++->at;
    tree *t = deeper(p) ? apply(p, FN_NOT, at, parse_not(p), NULL) : NULL;
    p->nesting--;
    return t;
}

static tree *parse_and(parser *p)
{
    tree *left = parse_not(p);
    while (left && at_word(p, "and")) {
        spot at = p->now++->at;
        left = apply(p, FN_AND, at, left, parse_not(p));
    }
    return left;
}

tree *parse_expression(parser *p)
{
    tree *left = deeper(p) ? parse_and(p) : NULL;
    while (left && at_word(p, "or")) {
        spot at = p->now++->at;
        left = apply(p, FN_OR, at, left, parse_and(p));
    }
    p->nesting--;
    return left;
}
