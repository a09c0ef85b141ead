/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units: inferred from the leaves up; sums, comparisons and choices must agree, exponents and
 * the arguments of exp and log must be pure numbers. Nothing is scaled. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "language.h"

static const unit pure = {0}, anything = {.any = true};

bool unit_same(const unit *a, const unit *b)
{
    return !memcmp(a->power, b->power, sizeof a->power);
}

static bool is_pure(const unit *u)
{
    return u->any || unit_same(u, &pure);
}

static int common_divisor(int a, int b)
{
    return b ? common_divisor(b, a % b) : a < 0 ? -a : a;
}

static void print_power(char *out, size_t room, const char *name, int power)
{
    int divisor = common_divisor(power, POWER_WHOLE);
    int above = power / divisor, below = POWER_WHOLE / divisor;
    if (above == 1 && below == 1)
        snprintf(out, room, "%s", name);
    else if (below == 1)
        snprintf(out, room, "%s^%d", name, above);
    else
        snprintf(out, room, "%s^(%d/%d)", name, above, below);
}

const char *unit_print(reader *r, const unit *u)
{
    if (u->any)
        return "any unit";
    const char *text = "";
    for (int below = 0; below < 2; below++)
        for (size_t i = 0; i < r->model->unit_count && text; i++) {
            int power = below ? -u->power[i] : u->power[i];
            char factor[160];
            if (power <= 0)
                continue;
            print_power(factor, sizeof factor, r->model->units[i]->text, power);
            const char *join = below ? "/" : *text ? "*" : "";
            text =
                mcy_arena_print(r->arena, "%s%s%s", *text || !below ? text : "1", join, factor);
        }
    if (!text)
        r->failed = true;
    return text && *text ? text : "1";
}

/* Two units that must agree; the one to go on with. */
static void join(reader *r, const tree *t, const unit *a, const unit *b, unit *out)
{
    if (a->any || b->any) {
        *out = a->any ? *b : *a;
        return;
    }
    *out = *a;
    if (unit_same(a, b))
        return;
    const char *name = t->kind == TREE_APPLY ? function_table[t->function].text : "";
    if (t->function < FN_IF)
        complain(r, t->at, "the units differ: %s %s %s", unit_print(r, a), name,
                 unit_print(r, b));
    else
        complain(r, t->at, "the units in '%s' differ: %s and %s", name, unit_print(r, a),
                 unit_print(r, b));
    *out = anything;
}

static void scale(reader *r, const tree *t, const unit *a, int sign, const unit *b, unit *out)
{
    *out = *a;
    out->any = a->any || b->any;
    for (size_t i = 0; i < r->model->unit_count; i++) {
        int power = a->power[i] + sign * b->power[i];
        if (power > POWER_MOST || power < -POWER_MOST) {
            complain(r, t->at, "the unit '%s' to a power beyond 20", r->model->units[i]->text);
            power = 0;
            out->any = true;
        }
        out->power[i] = (int16_t)power;
    }
}

static void want_pure(reader *r, const tree *t, const unit *u, const char *what)
{
    if (!is_pure(u))
        complain(r, t->at, "%s must be a pure number, not in %s", what, unit_print(r, u));
}

static void want_quarters(reader *r, const tree *t, const unit *u, const char *what)
{
    unit quarter = pure;
    quarter.power[0] = POWER_WHOLE;
    if (!is_pure(u) && !unit_same(u, &quarter))
        complain(r, t->at, "%s is a number of quarters, not in %s", what, unit_print(r, u));
}

/* A unit to a power: the exponent must be a number known now. */
static void infer_power(reader *r, const tree *t, const unit *a, const unit *b, unit *out)
{
    want_pure(r, t->args[1], b, "an exponent");
    *out = pure;
    if (is_pure(a)) {
        out->any = a->any;
        return;
    }
    const tree *e = t->args[1];
    int sign = 1;
    if (e->kind == TREE_APPLY && e->function == FN_NEG) {
        sign = -1;
        e = e->args[0];
    }
    double value = (double)NAN;
    if (e->kind == TREE_NUMBER)
        value = e->value;
    else if (e->kind == TREE_NAME &&
             r->model->symbols[e->symbol].public.kind == MCY_SYMBOL_CONSTANT)
        value = r->model->symbols[e->symbol].public.value;
    else if (e->kind == TREE_APPLY && e->function == FN_DIV &&
             e->args[0]->kind == TREE_NUMBER && e->args[1]->kind == TREE_NUMBER)
        value = e->args[0]->value / e->args[1]->value;
    out->any = true;
    if (!(fabs(value) <= 20)) {
        complain(r, t->at, "%s to a power that is not a plain number: its unit is unknown",
                 unit_print(r, a));
        return;
    }
    for (size_t i = 0; i < r->model->unit_count; i++) {
        double power = a->power[i] * value * sign;
        if (fabs(power - round(power)) > 1e-9 || fabs(power) > POWER_MOST) {
            complain(r, t->at, "%s to the power %g has no unit", unit_print(r, a),
                     sign * value);
            return;
        }
        out->power[i] = (int16_t)lround(power);
    }
    out->any = false;
}

static void infer_sqrt(reader *r, const tree *t, const unit *a, unit *out)
{
    *out = *a;
    for (size_t i = 0; i < r->model->unit_count; i++) {
        if (a->power[i] % 2)
            complain(r, t->at, "'sqrt' of %s has no unit", unit_print(r, a));
        out->power[i] = (int16_t)(a->power[i] / 2);
    }
}

static void infer_all(reader *r, const tree *t, size_t from, unit *out)
{
    infer_unit(r, t->args[from], out);
    for (size_t i = from + 1; i < t->arg_count; i++) {
        unit next, both;
        infer_unit(r, t->args[i], &next);
        join(r, t, out, &next, &both);
        *out = both;
    }
}

static void infer_operator(reader *r, const tree *t, unit *out)
{
    unit a, b = pure;
    infer_unit(r, t->args[0], &a);
    if (t->arg_count > 1)
        infer_unit(r, t->args[1], &b);
    switch (t->function) {
    case FN_ADD:
    case FN_SUB:
        join(r, t, &a, &b, out);
        break;
    case FN_MUL:
        scale(r, t, &a, 1, &b, out);
        break;
    case FN_DIV:
    case FN_RATIO:
        scale(r, t, &a, -1, &b, out);
        break;
    case FN_POW:
        infer_power(r, t, &a, &b, out);
        break;
    case FN_AND:
    case FN_OR:
    case FN_NOT:
        want_pure(r, t->args[0], &a, "a condition");
        if (t->arg_count > 1)
            want_pure(r, t->args[1], &b, "a condition");
        *out = pure;
        break;
    case FN_LT:
    case FN_LE:
    case FN_GT:
    case FN_GE:
    case FN_EQ:
    case FN_NE:
        join(r, t, &a, &b, out);
        *out = pure;
        break;
    default:
        *out = a;
        break;
    }
}

static void infer_time_function(reader *r, const tree *t, unit *out)
{
    static const char *const what[][4] = {
        [FN_PASCAL] = {0, "the mean of pascal", "the order of pascal",
                       "the dead time of pascal"},
        [FN_STRAIGHT_LINE] = {0, "the life of straight_line", "the delay of straight_line", 0},
        [FN_SUM_LAST] = {0, "the number of quarters of sum_last", 0, 0},
        [FN_RAMP] = {0, 0, "the start of ramp", "the length of ramp"}};
    infer_unit(r, t->args[0], out);
    for (size_t i = 1; i < t->arg_count; i++) {
        unit u, both;
        infer_unit(r, t->args[i], &u);
        if (t->function == FN_RAMP && i == 1) {
            join(r, t, out, &u, &both);
            *out = both;
        } else if (t->function == FN_PASCAL && i == 2)
            want_pure(r, t->args[i], &u, what[t->function][i]);
        else
            want_quarters(r, t->args[i], &u, what[t->function][i]);
    }
}

static void infer_function(reader *r, const tree *t, unit *out)
{
    switch (t->function) {
    case FN_IF: {
        unit condition;
        infer_unit(r, t->args[0], &condition);
        want_pure(r, t->args[0], &condition, "a condition");
        infer_all(r, t, 1, out);
        break;
    }
    case FN_MIN:
    case FN_MAX:
    case FN_CLAMP:
        infer_all(r, t, 0, out);
        break;
    case FN_EXP:
    case FN_LOG: {
        unit u;
        infer_unit(r, t->args[0], &u);
        want_pure(r, t->args[0], &u,
                  t->function == FN_EXP ? "the argument of exp" : "the argument of log");
        *out = pure;
        break;
    }
    case FN_SQRT: {
        unit u;
        infer_unit(r, t->args[0], &u);
        infer_sqrt(r, t, &u, out);
        break;
    }
    case FN_PASCAL:
    case FN_STRAIGHT_LINE:
    case FN_SUM_LAST:
    case FN_RAMP:
        infer_time_function(r, t, out);
        break;
    case FN_FIRST_QUARTER:
    case FN_QUARTER_OF_MAX: {
        unit u;
        infer_unit(r, t->args[0], &u);
        if (t->function == FN_FIRST_QUARTER)
            want_pure(r, t->args[0], &u, "a condition");
        *out = pure;
        out->power[0] = POWER_WHOLE;
        break;
    }
    default:
        infer_operator(r, t, out);
        break;
    }
}

void infer_unit(reader *r, const tree *t, unit *out)
{
    switch (t->kind) {
    case TREE_BAD:
        *out = anything;
        break;
    case TREE_NUMBER:
        *out = t->unit ? *t->unit : pure;
        out->any = out->any || (t->value == 0 && !t->unit);
        break;
    case TREE_NAME:
        *out = r->model->symbols[t->symbol].unit;
        break;
    case TREE_TIME:
        *out = pure;
        out->power[0] = POWER_WHOLE;
        break;
    case TREE_CALENDAR:
        *out = pure;
        break;
    case TREE_REDUCE:
        infer_unit(r, t->args[0], out);
        if (t->function == FN_PROD)
            want_pure(r, t->args[0], out, "what is multiplied by 'prod'");
        break;
    case TREE_APPLY:
        infer_function(r, t, out);
        break;
    }
}

static void check_value_unit(reader *r, const symbol_entry *e)
{
    unit u;
    infer_unit(r, e->value, &u);
    if (!is_pure(&u) && !e->unit.any && !unit_same(&u, &e->unit))
        complain(r, e->value->at, "'%s' is in %s, its value in %s", e->public.name,
                 unit_print(r, &e->unit), unit_print(r, &u));
}

static void check_equation(reader *r, const equation_entry *e)
{
    unit u;
    infer_unit(r, e->right, &u);
    if (e->public.kind == MCY_EQUATION_CHECK) {
        want_pure(r, e->right, &u, "a condition");
        return;
    }
    const symbol_entry *s = &r->model->symbols[e->public.symbol];
    if (u.any || s->unit.any || unit_same(&u, &s->unit))
        return;
    complain(r, e->at, "'%s' is in %s, its %s in %s", s->public.name, unit_print(r, &s->unit),
             e->public.kind == MCY_EQUATION_RULE ? "equation" : "value", unit_print(r, &u));
}

void check_units(reader *r)
{
    for (size_t i = 0; i < r->model->symbol_count && !r->failed; i++) {
        const symbol_entry *e = &r->model->symbols[i];
        if (e->value && !e->broken)
            check_value_unit(r, e);
    }
    for (size_t i = 0; i < r->model->equation_count && !r->failed; i++)
        if (!r->model->equations[i].broken)
            check_equation(r, &r->model->equations[i]);
}
