/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eigenvalues of a loop of the model, linearised around a quarter of a run. */
#include "mcy/stability.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

#include "mcy/kernels.h"
#include "mcy/number.h"

enum { LAGS = MCY_STABILITY_LAGS };

/* The linearisation: states are the loop's numbers in the quarter and its lags, newest first. */
typedef struct linear {
    mcy_arena *arena;
    mcy_unrolled *unrolled;
    const mcy_graph *graph;
    const double *inputs;
    size_t nodes;
    size_t last;    /* the last node that the next quarter's numbers need */
    double *values; /* [nodes] */
    double *slopes; /* [nodes] derivative by the seed at hand */
    bool *is_seed;  /* [nodes] */
    size_t count;   /* numbers */
    mcy_place *places;
    mcy_node *next;        /* [count] their nodes in the next quarter */
    mcy_node *seeds[LAGS]; /* [count] their nodes in this quarter and before */
    double *jacobian;      /* [count * LAGS] squared, companion form */
    size_t kinks;
} linear;

/* ---- which symbols can be in the loop ------------------------------------------------------ */

/* Symbols from which (or, backwards, to which) the equations lead to the one asked for. */
static mcy_status mark(linear *l, const mcy_model *model, size_t symbol, bool backwards,
                       bool *marked, mcy_error *err)
{
    size_t symbols = mcy_model_symbol_count(model), depth = 0;
    size_t *stack = MCY_TAKE(l->arena, size_t, symbols);
    if (!stack)
        return mcy_fail_memory(err);
    stack[depth++] = symbol;
    marked[symbol] = true;
    while (depth) {
        size_t count;
        const size_t *others;
        size_t at = stack[--depth];
        MCY_TRY(backwards ? mcy_model_fed_by(l->arena, model, at, &count, &others, err)
                          : mcy_model_feeds(l->arena, model, at, &count, &others, err));
        for (size_t i = 0; i < count; i++)
            if (others[i] != MCY_NONE && !marked[others[i]]) {
                marked[others[i]] = true;
                stack[depth++] = others[i];
            }
    }
    return MCY_OK;
}

static mcy_status find_places(linear *l, size_t symbol, int quarter, mcy_error *err)
{
    const mcy_model *model = mcy_unrolled_model(l->unrolled);
    size_t symbols = mcy_model_symbol_count(model), most = 0;
    bool *fed = MCY_TAKE(l->arena, bool, symbols), *feeds = MCY_TAKE(l->arena, bool, symbols);
    if (!fed || !feeds)
        return mcy_fail_memory(err);
    MCY_TRY(mark(l, model, symbol, true, fed, err));
    MCY_TRY(mark(l, model, symbol, false, feeds, err));
    for (size_t s = 0; s < symbols; s++)
        if (fed[s] && feeds[s])
            most += mcy_model_symbol(model, s)->element_count;
    l->places = MCY_TAKE(l->arena, mcy_place, most);
    l->next = MCY_TAKE(l->arena, mcy_node, most);
    for (int k = 0; k < LAGS; k++)
        l->seeds[k] = MCY_TAKE(l->arena, mcy_node, most);
    if (!l->places || !l->next || !l->seeds[LAGS - 1])
        return mcy_fail_memory(err);
    for (size_t s = 0; s < symbols; s++) {
        const mcy_symbol *found = mcy_model_symbol(model, s);
        if (!fed[s] || !feeds[s] || found->kind != MCY_SYMBOL_VARIABLE)
            continue;
        for (size_t e = 0; e < found->element_count; e++) {
            l->places[l->count] = (mcy_place){s, e, quarter};
            l->next[l->count] = mcy_unrolled_node(l->unrolled, s, e, quarter + 1);
            for (int k = 0; k < LAGS; k++)
                l->seeds[k][l->count] = mcy_unrolled_node(l->unrolled, s, e, quarter - k);
            l->count++;
        }
    }
    return MCY_OK;
}

/* ---- values and slopes --------------------------------------------------------------------- */

static mcy_status evaluate(linear *l, mcy_error *err)
{
    l->nodes = mcy_graph_size(l->graph);
    l->values = MCY_TAKE(l->arena, double, l->nodes);
    l->slopes = MCY_TAKE(l->arena, double, l->nodes);
    l->is_seed = MCY_TAKE(l->arena, bool, l->nodes);
    if (!l->values || !l->slopes || !l->is_seed)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < l->nodes; i++) {
        mcy_node node = (mcy_node)i;
        mcy_op op = mcy_graph_op(l->graph, node);
        if (op == MCY_OP_CONSTANT) {
            l->values[i] = mcy_graph_value(l->graph, node);
        } else if (op == MCY_OP_INPUT) {
            l->values[i] = l->inputs[mcy_graph_input_index(l->graph, node)];
        } else {
            const mcy_node *o = mcy_graph_operands(l->graph, node);
            double x[3];
            for (int k = 0; k < 3; k++)
                x[k] = o[k] < i ? l->values[o[k]] : 0;
            l->values[i] = mcy_op_apply(op, x[0], x[1], x[2]);
        }
    }
    return MCY_OK;
}

/* Slope of one operation: a, b its operands' values, da, db, dc their slopes. */
static double slope_of(mcy_op op, double value, double a, double b, double da, double db,
                       double dc)
{
    switch (op) {
    case MCY_OP_ADD:
        return da + db;
    case MCY_OP_SUB:
        return da - db;
    case MCY_OP_MUL:
        return (da == 0 ? 0 : da * b) + (db == 0 ? 0 : a * db);
    case MCY_OP_DIV:
        return (da - value * db) / b;
    case MCY_OP_RATIO:
        return b == 0 ? 0 : (da - value * db) / b;
    case MCY_OP_POW:
        return (da == 0 ? 0 : da * b * mcy_pow(a, b - 1)) +
               (db == 0 ? 0 : db * value * mcy_log(a));
    case MCY_OP_NEG:
        return -da;
    case MCY_OP_ABS:
        return a < 0 ? -da : da;
    case MCY_OP_SQRT:
        return da / (2 * value);
    case MCY_OP_EXP:
        return da * value;
    case MCY_OP_LOG:
        return da / a;
    case MCY_OP_MIN:
        return a < b ? da : db;
    case MCY_OP_MAX:
        return a > b ? da : db;
    case MCY_OP_SELECT:
        return a != 0 ? db : dc;
    default:
        return 0; /* comparisons and logic are steps */
    }
}

/* Slopes of all nodes by one seed; the other seeds hold still. */
static void propagate(linear *l, mcy_node seed)
{
    memset(l->slopes, 0, (l->last + 1) * sizeof *l->slopes);
    l->slopes[seed] = 1;
    for (size_t i = (size_t)seed + 1; i <= l->last; i++) {
        mcy_node node = (mcy_node)i;
        mcy_op op = mcy_graph_op(l->graph, node);
        if (l->is_seed[i] || op == MCY_OP_CONSTANT || op == MCY_OP_INPUT)
            continue;
        const mcy_node *o = mcy_graph_operands(l->graph, node);
        double d[3] = {0}, x[2] = {0};
        for (int k = 0; k < 3; k++)
            d[k] = o[k] < i ? l->slopes[o[k]] : 0;
        if (d[0] == 0 && d[1] == 0 && d[2] == 0)
            continue;
        for (int k = 0; k < 2; k++)
            x[k] = o[k] < i ? l->values[o[k]] : 0;
        l->kinks += (op == MCY_OP_MIN || op == MCY_OP_MAX) && x[0] == x[1] && d[0] != d[1];
        l->slopes[i] = slope_of(op, l->values[i], x[0], x[1], d[0], d[1], d[2]);
    }
}

static bool can_vary(const linear *l, mcy_node node)
{
    return node != MCY_NODE_NONE && mcy_graph_op(l->graph, node) != MCY_OP_CONSTANT &&
           mcy_graph_op(l->graph, node) != MCY_OP_INPUT;
}

/* Deviations of the number asked for are relative where it is positive, so that its own growth is
 * no instability; all others are absolute. */
static void make_relative(linear *l, size_t at)
{
    size_t n = l->count * LAGS;
    double next = l->values[l->next[at]], now[LAGS];
    for (int k = 0; k < LAGS; k++)
        now[k] = l->seeds[k][at] == MCY_NODE_NONE ? MCY_MISSING : l->values[l->seeds[k][at]];
    for (int k = 0; k < LAGS; k++)
        if (!(now[k] > 0) || !(next > 0))
            return;
    for (size_t i = 0; i < n; i++) /* columns: a relative deviation of 1 is one of the value */
        for (int k = 0; k < LAGS; k++)
            l->jacobian[i * n + (size_t)k * l->count + at] *= now[k];
    for (size_t j = 0; j < n; j++) {
        l->jacobian[at * n + j] /= next;
        for (int k = 1; k < LAGS; k++)
            l->jacobian[((size_t)k * l->count + at) * n + j] /= now[k - 1];
    }
}

static mcy_status fill_jacobian(linear *l, mcy_error *err)
{
    size_t n = l->count * LAGS;
    l->jacobian = MCY_TAKE(l->arena, double, n *n);
    if (!l->jacobian)
        return mcy_fail_memory(err);
    for (size_t j = 0; j < l->count; j++)
        if (l->next[j] != MCY_NODE_NONE && l->next[j] > l->last)
            l->last = l->next[j];
    for (int k = 0; k < LAGS; k++)
        for (size_t j = 0; j < l->count; j++)
            if (can_vary(l, l->seeds[k][j]))
                l->is_seed[l->seeds[k][j]] = true;
    for (int k = 0; k < LAGS; k++)
        for (size_t j = 0; j < l->count; j++) {
            size_t column = (size_t)k * l->count + j;
            if (k + 1 < LAGS)
                l->jacobian[(column + l->count) * n + column] = 1;
            if (!can_vary(l, l->seeds[k][j]) || l->seeds[k][j] > l->last)
                continue;
            propagate(l, l->seeds[k][j]);
            for (size_t i = 0; i < l->count; i++) {
                double slope = l->next[i] == MCY_NODE_NONE ? 0 : l->slopes[l->next[i]];
                if (!isfinite(slope))
                    return MCY_FAIL(err, MCY_E_NUMERIC,
                                    "a derivative of the loop is not finite");
                l->jacobian[i * n + column] = slope;
            }
        }
    return MCY_OK;
}

/* ---- the loop and its eigenvalues ---------------------------------------------------------- */

/* States that lead to the one asked for and are led to by it. */
static mcy_status strong_part(linear *l, size_t at, bool *in, size_t *size, mcy_error *err)
{
    size_t n = l->count * LAGS;
    bool *to = MCY_TAKE(l->arena, bool, n), *from = MCY_TAKE(l->arena, bool, n);
    size_t *stack = MCY_TAKE(l->arena, size_t, n);
    if (!to || !from || !stack)
        return mcy_fail_memory(err);
    for (int turn = 0; turn < 2; turn++) {
        bool *marked = turn ? from : to;
        size_t depth = 0;
        stack[depth++] = at;
        marked[at] = true;
        while (depth) {
            size_t i = stack[--depth];
            for (size_t j = 0; j < n; j++) {
                double x = turn ? l->jacobian[j * n + i] : l->jacobian[i * n + j];
                if (x != 0 && !marked[j]) {
                    marked[j] = true;
                    stack[depth++] = j;
                }
            }
        }
    }
    *size = 0;
    for (size_t i = 0; i < n; i++) {
        in[i] = to[i] && from[i];
        *size += in[i];
    }
    bool alone = *size == 1 && l->jacobian[at * n + at] == 0;
    if (alone)
        *size = 0;
    return MCY_OK;
}

static mcy_root make_root(double real, double imaginary)
{
    mcy_root root = {real, imaginary, hypot(real, imaginary), MCY_MISSING};
    double angle = fabs(atan2(imaginary, real));
    if (angle > 1e-9)
        root.period = 2 * M_PI / angle;
    return root;
}

static mcy_status eigenvalues(linear *l, const bool *in, size_t size, mcy_root *roots,
                              size_t *count, mcy_error *err)
{
    size_t n = l->count * LAGS, row = 0;
    gsl_matrix *matrix = gsl_matrix_alloc(size, size);
    gsl_vector_complex *values = gsl_vector_complex_alloc(size);
    gsl_eigen_nonsymm_workspace *work = gsl_eigen_nonsymm_alloc(size);
    mcy_status status = matrix && values && work ? MCY_OK : mcy_fail_memory(err);
    for (size_t i = 0; status == MCY_OK && i < n; i++) {
        size_t column = 0;
        for (size_t j = 0; in[i] && j < n; j++)
            if (in[j])
                gsl_matrix_set(matrix, row, column++, l->jacobian[i * n + j]);
        row += in[i];
    }
    if (status == MCY_OK) {
        gsl_eigen_nonsymm_params(0, 1, work);
        if (gsl_eigen_nonsymm(matrix, values, work) != GSL_SUCCESS)
            status =
                MCY_FAIL(err, MCY_E_NUMERIC, "the eigenvalues of the loop do not converge");
    }
    *count = 0;
    for (size_t i = 0; status == MCY_OK && i < size; i++) {
        gsl_complex z = gsl_vector_complex_get(values, i);
        mcy_root root = make_root(GSL_REAL(z), GSL_IMAG(z));
        if (root.modulus < 1e-6)
            continue;
        size_t k = (*count)++;
        for (; k && roots[k - 1].modulus < root.modulus; k--)
            roots[k] = roots[k - 1];
        roots[k] = root;
    }
    gsl_matrix_free(matrix);
    gsl_vector_complex_free(values);
    if (work)
        gsl_eigen_nonsymm_free(work);
    return status;
}

static mcy_status tell(linear *l, size_t at, mcy_stability *s, mcy_error *err)
{
    size_t n = l->count * LAGS, size = 0;
    bool *in = MCY_TAKE(l->arena, bool, n);
    mcy_place *loop = MCY_TAKE(l->arena, mcy_place, l->count);
    mcy_root *roots = MCY_TAKE(l->arena, mcy_root, n);
    if (!in || !loop || !roots)
        return mcy_fail_memory(err);
    MCY_TRY(strong_part(l, at, in, &size, err));
    s->kinks = l->kinks;
    s->period = MCY_MISSING;
    if (!size)
        return MCY_OK;
    for (size_t i = 0; i < l->count; i++)
        if (in[i])
            loop[s->loop_count++] = l->places[i];
    s->loop = loop;
    MCY_TRY(eigenvalues(l, in, size, roots, &s->root_count, err));
    s->roots = roots;
    s->modulus = s->root_count ? roots[0].modulus : 0;
    for (size_t i = 0; i < s->root_count && mcy_is_missing(s->period); i++)
        s->period = roots[i].period;
    return MCY_OK;
}

mcy_status mcy_stability_find(mcy_arena *arena, mcy_unrolled *unrolled, const double *inputs,
                              size_t symbol, size_t element, int quarter,
                              mcy_stability *stability, mcy_error *err)
{
    const mcy_symbol *found = mcy_model_symbol(mcy_unrolled_model(unrolled), symbol);
    linear l = {.arena = arena,
                .unrolled = unrolled,
                .graph = mcy_unrolled_graph(unrolled),
                .inputs = inputs};
    *stability = (mcy_stability){.quarter = quarter};
    if (found->kind != MCY_SYMBOL_VARIABLE || !found->path)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' is no variable: a loop runs through variables",
                        found->name);
    if (quarter < LAGS - 1 || quarter >= mcy_unrolled_last(unrolled))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "quarter %d has not %d quarters before and one after it", quarter,
                        LAGS - 1);
    MCY_TRY(find_places(&l, symbol, quarter, err));
    MCY_TRY(evaluate(&l, err));
    MCY_TRY(fill_jacobian(&l, err));
    for (size_t i = 0; i < l.count; i++)
        if (l.places[i].symbol == symbol && l.places[i].element == element) {
            make_relative(&l, i);
            return tell(&l, i, stability, err);
        }
    stability->period = MCY_MISSING;
    return MCY_OK;
}

mcy_status mcy_response_root(size_t n, const double *d, mcy_root *root, mcy_error *err)
{
    double xx = 0, xy = 0, yy = 0, xz = 0, yz = 0;
    for (size_t t = 2; t < n; t++) { /* normal equations of z = a x + b y */
        double x = d[t - 1], y = d[t - 2], z = d[t];
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xz += x * z;
        yz += y * z;
    }
    double determinant = xx * yy - xy * xy;
    if (n >= 5 && xx > 0 && !(determinant > 1e-12 * xx * yy)) {
        *root = make_root(xz / xx, 0); /* one root alone: d_t = a d_{t-1} */
        return MCY_OK;
    }
    if (n < 5 || !(xx > 0))
        return MCY_FAIL(err, MCY_E_NUMERIC, "%zu quarters of response do not determine a cycle",
                        n);
    double a = (xz * yy - yz * xy) / determinant, b = (yz * xx - xz * xy) / determinant;
    double inner = a * a / 4 + b;
    *root = inner < 0 ? make_root(a / 2, sqrt(-inner))
                      : make_root(a >= 0 ? a / 2 + sqrt(inner) : a / 2 - sqrt(inner), 0);
    return MCY_OK;
}
