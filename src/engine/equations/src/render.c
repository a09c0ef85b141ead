/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees back to text, with only the brackets they need. */
#include <string.h>

#include "language.h"
#include "mcy/number.h"

/* How tightly each kind binds; what binds less tightly than its place gets brackets. */
enum {
    BIND_OR = 1,
    BIND_AND,
    BIND_NOT,
    BIND_ORDER,
    BIND_SUM,
    BIND_PRODUCT,
    BIND_SIGN,
    BIND_POWER,
    BIND_LEAF
};

static int binds(const tree *t)
{
    if (t->kind == TREE_NUMBER && t->unit_text)
        return BIND_LEAF;
    if (t->kind != TREE_APPLY)
        return BIND_LEAF;
    switch (t->function) {
    case FN_OR:
        return BIND_OR;
    case FN_AND:
        return BIND_AND;
    case FN_NOT:
        return BIND_NOT;
    case FN_LT:
    case FN_LE:
    case FN_GT:
    case FN_GE:
    case FN_EQ:
    case FN_NE:
        return BIND_ORDER;
    case FN_ADD:
    case FN_SUB:
        return BIND_SUM;
    case FN_MUL:
    case FN_DIV:
        return BIND_PRODUCT;
    case FN_NEG:
        return BIND_SIGN;
    case FN_POW:
        return BIND_POWER;
    default:
        return BIND_LEAF;
    }
}

static void print_tree(const mcy_model *m, const tree *t, int place, mcy_text *out);

static void print_subscripts(const subscript *subs, size_t count, mcy_text *out)
{
    for (size_t i = 0; i < count; i++)
        mcy_text_print(out, "%s%s", i ? ", " : "[", subs[i].name->text);
    mcy_text_add(out, count ? "]" : "");
}

static void print_name(const tree *t, mcy_text *out)
{
    mcy_text_add(out, t->name->text);
    print_subscripts(t->subs, t->sub_count, out);
    if (t->has_lag && t->lag_name)
        mcy_text_print(out, "(-%s)", t->lag_name->text);
    else if (t->has_lag)
        mcy_text_print(out, t->lag ? "(-%d)" : "(%d)", t->lag);
}

static void print_number(const tree *t, mcy_text *out)
{
    char text[32];
    mcy_number_format(t->value, text);
    mcy_text_add(out, text);
    if (!t->unit_text)
        return;
    bool plain = t->unit_text->count == 1 && !strchr(t->unit_text->text, '^');
    mcy_text_print(out, plain ? " %s" : " [%s]", t->unit_text->text);
}

static void print_operator(const mcy_model *m, const tree *t, mcy_text *out)
{
    int own = binds(t);
    const char *text = function_table[t->function].text;
    if (t->function == FN_NEG || t->function == FN_NOT) {
        mcy_text_print(out, t->function == FN_NOT ? "%s " : "%s", text);
        print_tree(m, t->args[0], own, out);
        return;
    }
    bool from_right = t->function == FN_POW;
    bool chains = own != BIND_ORDER && !from_right;
    print_tree(m, t->args[0], chains ? own : own + 1, out);
    mcy_text_print(out, " %s ", text);
    print_tree(m, t->args[1], from_right ? BIND_SIGN : own + 1, out);
}

static void print_call(const mcy_model *m, const tree *t, mcy_text *out)
{
    mcy_text_print(out, "%s(", function_table[t->function].text);
    for (size_t i = 0; i < t->binding_count; i++)
        mcy_text_print(out, "%s%s%s", i ? ", " : "", t->bindings[i].name->text,
                       i + 1 == t->binding_count ? ": " : "");
    for (size_t i = 0; i < t->arg_count; i++) {
        mcy_text_add(out, i ? ", " : "");
        print_tree(m, t->args[i], BIND_OR, out);
    }
    mcy_text_add(out, ")");
}

static void print_tree(const mcy_model *m, const tree *t, int place, mcy_text *out)
{
    bool brackets = binds(t) < place;
    mcy_text_add(out, brackets ? "(" : "");
    switch (t->kind) {
    case TREE_BAD:
        break;
    case TREE_NUMBER:
        print_number(t, out);
        break;
    case TREE_NAME:
        print_name(t, out);
        break;
    case TREE_TIME:
        mcy_text_add(out, "t");
        break;
    case TREE_CALENDAR:
        mcy_text_add(out, "quarter");
        break;
    case TREE_REDUCE:
        print_call(m, t, out);
        break;
    case TREE_APPLY:
        if (t->function < FN_IF)
            print_operator(m, t, out);
        else
            print_call(m, t, out);
        break;
    }
    mcy_text_add(out, brackets ? ")" : "");
}

void mcy_model_equation_text(const mcy_model *model, size_t equation, mcy_text *out)
{
    const equation_entry *e = &model->equations[equation];
    if (e->public.kind == MCY_EQUATION_CHECK) {
        mcy_text_add(out, e->public.at_base ? "check at base: " : "check ");
        print_tree(model, e->right, BIND_OR, out);
        return;
    }
    mcy_text_add(out, e->public.kind == MCY_EQUATION_START    ? "start "
                      : e->public.kind == MCY_EQUATION_BEFORE ? "before "
                                                              : "");
    mcy_text_add(out, model->symbols[e->public.symbol].public.name);
    print_subscripts(e->subs, e->sub_count, out);
    mcy_text_add(out, " = ");
    print_tree(model, e->right, BIND_OR, out);
}
