/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: a parser by precedence. Every function gives NULL after a complaint; the
 * statement is then given up and the next one read. */
#include <string.h>

#include "language.h"

/* The place of an operator's complaint is the operator; its operands have their own. */
static tree *apply(parser *p, function f, spot at, tree *a, tree *b)
{
    if (!a || (function_table[f].least == 2 && !b))
        return NULL;
    tree *t = make_tree(p, TREE_APPLY, at);
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
    tree *t = make_tree(p, TREE_REDUCE, name->at);
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
        complain(p->reader, name->at,
                 "'%s' does not go over a dimension: sum, prod, min, max do", name->word->text);
        return NULL;
    }
    if (f == FN_SUM || f == FN_PROD) {
        complain(p->reader, p->now->at, "expected a dimension and ':', as in '%s(firm: ...)'",
                 name->word->text);
        return NULL;
    }
    tree *t = make_tree(p, TREE_APPLY, name->at);
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
    return make_tree(p, time ? TREE_TIME : TREE_CALENDAR, t->at);
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
