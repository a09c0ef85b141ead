/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle stability: does the cycle damp, and with what period. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/stability.h"
#include "study_of_call.h"

enum { MOST_RESPONSE = 128, REST_QUARTER = 80, REST_HORIZON = 160 };

/* Nothing outside the market moves: supply and demand settle and the market is left to itself. */
static const char *const frozen[] = {"unit_growth=0%", "content_growth=0%", "capex=×0",
                                     "wafer_cost_growth=0%", "price_shock=0"};

/* A product's market in one run. */
typedef struct market {
    mcy_call *call;
    const mcy_study *study;
    const mcy_path_panel *panel;
    const double *inputs;
    const char *product;
    size_t price, tightness, move, target, element;
    double floor, cap;
} market;

static double value_of(const market *m, const char *name)
{
    char path[96];
    size_t symbol, element;
    snprintf(path, sizeof path, "%s.%s", name, m->product);
    return mcy_model_find(m->study->model, path, &symbol, &element, NULL) == MCY_OK
               ? mcy_path_panel_value(m->panel, symbol, element, 0)
               : MCY_MISSING;
}

/* The quarter of a regime (1 short, -1 glut) nearest to balance whose price move is not at a
 * limit; -1 when the run has none. */
static int quarter_of_regime(const market *m, int regime)
{
    int best = -1;
    double nearest = INFINITY;
    for (int q = MCY_STABILITY_LAGS - 1; q < m->panel->last; q++) {
        double x = mcy_path_panel_value(m->panel, m->tightness, m->element, q);
        double move = mcy_path_panel_value(m->panel, m->move, m->element, q + 1);
        bool limited = move <= m->floor || move >= m->cap;
        if (m->target != MCY_NONE &&
            mcy_path_panel_value(m->panel, m->target, m->element, q + 1) == 0)
            limited = true; /* a shortage that only keeps prices from falling */
        if (x * regime > 0 && fabs(x) < nearest && !limited) {
            nearest = fabs(x);
            best = q;
        }
    }
    return best;
}

/* What a small shock of the price in the quarter after q does to the log price from then on. */
static mcy_status simulate(const market *m, int q, mcy_root *root, size_t *n, mcy_error *err)
{
    const double step = 1e-5;
    double response[MOST_RESPONSE];
    size_t shock = mcy_model_find_symbol(m->study->model, "price_shock");
    double *inputs = MCY_TAKE(m->call->arena, double, m->study->inputs->count);
    if (!inputs)
        return mcy_fail_memory(err);
    size_t input = shock == MCY_NONE
                       ? MCY_NONE
                       : mcy_unrolled_input(m->study->unrolled, shock, m->element, q + 1);
    if (input == MCY_NONE)
        return MCY_FAIL(err, MCY_E_MISSING, "the model has no 'price_shock' to try it with");
    memcpy(inputs, m->inputs, m->study->inputs->count * sizeof *inputs);
    inputs[input] += step;
    const mcy_path_panel *shocked;
    MCY_TRY(mcy_study_run(m->call->arena, m->study, inputs, &shocked, err));
    *n = 0;
    for (int t = q + 1; t <= m->panel->last && *n < MOST_RESPONSE; t++) {
        double was = mcy_path_panel_value(m->panel, m->price, m->element, t);
        double is = mcy_path_panel_value(shocked, m->price, m->element, t);
        response[(*n)++] = log(is / was) / step;
    }
    /* The first quarters hold the fast roots; the slow pair is what is left after them. */
    size_t skip = *n > 12 ? 4 : 0;
    *n -= skip;
    return mcy_response_root(*n, response + skip, root, err);
}

static void print_root(FILE *out, double modulus, double period)
{
    fprintf(out, "%.3f a quarter", modulus);
    if (mcy_is_missing(period))
        fputs(", no cycle", out);
    else
        fprintf(out, ", period %.1f quarters", period);
}

static void print_loop(const market *m, const mcy_stability *s)
{
    mcy_text names;
    size_t last = MCY_NONE;
    mcy_text_init(&names);
    for (size_t i = 0; i < s->loop_count; i++) {
        if (s->loop[i].symbol != last)
            mcy_text_print(&names, "%s%s", names.size ? ", " : "",
                           mcy_model_symbol(m->study->model, s->loop[i].symbol)->name);
        last = s->loop[i].symbol;
    }
    fprintf(m->call->out, "    loop of %zu numbers: %s\n", s->loop_count,
            mcy_text_view(&names));
    mcy_text_release(&names);
}

/* The linearisation around a quarter, in words. */
static mcy_status print_quarter(const market *m, const char *what, int q, const char *where,
                                bool *explodes, mcy_error *err)
{
    FILE *out = m->call->out;
    mcy_stability s;
    char quarter[32];
    mcy_quarter_format(m->study->base_quarter + q, quarter);
    MCY_TRY(mcy_stability_find(m->call->arena, m->study->unrolled, m->inputs, m->price,
                               m->element, q, &s, err));
    fprintf(out, "  %s (%s%s, tightness %+.3f): ", what, quarter, where,
            mcy_path_panel_value(m->panel, m->tightness, m->element, q));
    if (!s.root_count) {
        fputs("the price does not feed back on itself\n", out);
        return MCY_OK;
    }
    print_root(out, s.modulus, s.period);
    *explodes = *explodes || s.modulus > 1.5;
    fputs(s.modulus > 1.5        ? ": EXPLODES\n"
          : s.modulus > 1 + 1e-9 ? ": a deviation grows here\n"
          : s.modulus > 1 - 1e-9 ? ": neither damps nor grows\n"
                                 : ": damps\n",
          out);
    fputs("    eigenvalues:", out);
    for (size_t i = 0; i < s.root_count && i < 6; i++)
        if (s.roots[i].imaginary > 0)
            fprintf(out, " %.3f±%.3fi", s.roots[i].real, s.roots[i].imaginary);
        else if (s.roots[i].imaginary == 0)
            fprintf(out, " %.3f", s.roots[i].real);
    fputc('\n', out);
    print_loop(m, &s);
    return MCY_OK;
}

static mcy_status print_regime(const market *m, int regime, const char *where, bool *explodes,
                               mcy_error *err)
{
    int q = quarter_of_regime(m, regime);
    if (q < 0)
        return MCY_E_MISSING;
    return print_quarter(m, regime > 0 ? "shortage" : "glut", q, where, explodes, err);
}

static bool find_market(market *m)
{
    char path[96];
    const char *const names[] = {"price", "tightness", "price_move"};
    size_t *const symbols[] = {&m->price, &m->tightness, &m->move};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s.%s", names[i], m->product);
        if (mcy_model_find(m->study->model, path, symbols[i], &m->element, NULL) != MCY_OK)
            return false;
    }
    m->target = mcy_model_find_symbol(m->study->model, "price_target");
    m->floor = value_of(m, "price_floor");
    m->cap = value_of(m, "price_cap");
    return true;
}

/* The same scenario with more edits and another horizon; edits of what the model lacks are left
 * out. */
static mcy_status open_with(const market *m, const char *scenario, const char *const *edits,
                            size_t edit_count, size_t horizon, market *out, mcy_error *err)
{
    const char *const *given;
    mcy_call *call = m->call;
    size_t count = mcy_call_options(call, "set", &given);
    const char **sets = MCY_TAKE(call->arena, const char *, count + edit_count);
    if (!sets)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        sets[i] = given[i];
    for (size_t i = 0; i < edit_count; i++) {
        char *name = mcy_arena_copy(call->arena, edits[i], strcspn(edits[i], ".="));
        if (!name)
            return mcy_fail_memory(err);
        if (mcy_model_find_symbol(m->study->model, name) != MCY_NONE)
            sets[count++] = edits[i];
    }
    mcy_study_request request = {.home = call->home,
                                 .scenario = scenario,
                                 .model = mcy_call_option(call, "model"),
                                 .as_of = mcy_call_option(call, "as-of"),
                                 .base = m->study->base_quarter,
                                 .horizon = horizon,
                                 .without_facts = mcy_call_has(call, "no-facts"),
                                 .set_count = count,
                                 .sets = sets};
    mcy_study *study;
    MCY_TRY(mcy_study_open(call->arena, &request, m->study, &study, err));
    *out = *m;
    out->study = study;
    out->inputs = study->inputs->values;
    return mcy_study_run(call->arena, study, NULL, &out->panel, err);
}

/* The run in a glut: the same scenario, begun with a fifth more on offer than is wanted. */
static mcy_status print_glut(const market *m, const char *scenario, bool *explodes,
                             mcy_error *err)
{
    market glut;
    mcy_error reason = {0};
    const char *edit = mcy_arena_print(m->call->arena, "fill_0.%s=1.2", m->product);
    if (!edit)
        return mcy_fail_memory(err);
    if (open_with(m, scenario, &edit, 1, (size_t)m->panel->last, &glut, &reason) != MCY_OK) {
        fprintf(m->call->out, "  glut: %s\n", reason.text);
        return MCY_OK;
    }
    mcy_status status = print_regime(&glut, -1, " of a run begun in a glut", explodes, err);
    if (status == MCY_E_MISSING)
        fputs("  glut: the run has none away from the limits of the price move\n",
              m->call->out);
    return status == MCY_E_MISSING ? MCY_OK : status;
}

/* Half the distance between the highest and the lowest log price of some quarters. */
static double swing(const market *m, int first, int last)
{
    double low = INFINITY, high = -INFINITY;
    for (int q = first; q <= last; q++) {
        double y = log(mcy_path_panel_value(m->panel, m->price, m->element, q));
        low = fmin(low, y);
        high = fmax(high, y);
    }
    return (high - low) / 2;
}

/* Mean distance of the quarters in which the log price rises through its mean. */
static double cycle_length(const market *m, int first, int last)
{
    double mean = 0, from = MCY_MISSING, to = MCY_MISSING;
    int crossings = 0;
    for (int q = first; q <= last; q++)
        mean +=
            log(mcy_path_panel_value(m->panel, m->price, m->element, q)) / (last - first + 1);
    for (int q = first + 1; q <= last; q++) {
        double a = log(mcy_path_panel_value(m->panel, m->price, m->element, q - 1)) - mean;
        double b = log(mcy_path_panel_value(m->panel, m->price, m->element, q)) - mean;
        if (a > 0 || b <= 0)
            continue;
        to = q - b / (b - a);
        if (!crossings++)
            from = to;
    }
    return crossings > 1 ? (to - from) / (crossings - 1) : MCY_MISSING;
}

/* What the market does when it is left to itself: comes to rest, cycles, or grows. */
static mcy_status print_rest(const market *rest, bool *explodes, mcy_error *err)
{
    FILE *out = rest->call->out;
    int half = (REST_QUARTER + REST_HORIZON) / 2;
    double before = swing(rest, REST_QUARTER, half), after = swing(rest, half, REST_HORIZON);
    bool still = after < 1e-4, ignored = false;
    MCY_TRY(print_quarter(rest, "left to itself", REST_QUARTER,
                          ", everything outside the market frozen", &ignored, err));
    if (still) {
        mcy_root simulated;
        size_t n = 0;
        mcy_error reason = {0};
        mcy_status status = simulate(rest, REST_QUARTER, &simulated, &n, &reason);
        fputs("    simulated: the price comes to rest; after a small shock ", out);
        if (status == MCY_OK)
            print_root(out, simulated.modulus, simulated.period);
        else
            fputs(reason.text, out);
        fputc('\n', out);
        return MCY_OK;
    }
    double length = cycle_length(rest, REST_QUARTER, REST_HORIZON);
    bool grows = after > 1.25 * before;
    *explodes = *explodes || grows;
    fprintf(out, "    simulated: %s, log price ±%.2f after ±%.2f",
            grows                  ? "the cycle GROWS"
            : after < 0.8 * before ? "the cycle dies out"
                                   : "a lasting cycle",
            after, before);
    if (mcy_is_missing(length))
        fputc('\n', out);
    else
        fprintf(out, ", period %.1f quarters\n", length);
    return MCY_OK;
}

static mcy_status print_market(market *m, const char *scenario, const market *rest,
                               bool *explodes, mcy_error *err)
{
    if (!find_market(m))
        return MCY_OK;
    fprintf(m->call->out, "%s\n", m->product);
    mcy_status status = print_regime(m, 1, "", explodes, err);
    if (status == MCY_E_MISSING)
        fputs("  shortage: the run has none away from the limits of the price move\n",
              m->call->out);
    else
        MCY_TRY(status);
    status = print_regime(m, -1, "", explodes, err);
    if (status == MCY_E_MISSING)
        status = print_glut(m, scenario, explodes, err);
    MCY_TRY(status);
    if (!rest->study)
        return MCY_OK;
    market still = *m;
    still.study = rest->study;
    still.panel = rest->panel;
    still.inputs = rest->inputs;
    return print_rest(&still, explodes, err);
}

static mcy_status run_stability(mcy_call *call, mcy_error *err)
{
    const char *scenario = call->operand_count ? call->operands[0] : "base";
    mcy_study *study;
    const mcy_path_panel *panel;
    bool explodes = false;
    MCY_TRY(mcy_study_of_call(call, scenario, true, NULL, &study, err));
    mcy_status status = mcy_study_run(call->arena, study, NULL, &panel, err);
    if (status == MCY_E_DOMAIN)
        return mcy_fail_in(err, status, "the run itself fails");
    MCY_TRY(status);
    size_t price = mcy_model_find_symbol(study->model, "price");
    if (price == MCY_NONE || mcy_model_symbol(study->model, price)->dimension_count != 1)
        return MCY_FAIL(err, MCY_E_INPUT, "the model has no 'price' by product to follow");
    fprintf(call->out, "%s: what is left of a deviation of the price after a quarter\n",
            study->name);
    market m = {.call = call, .study = study, .panel = panel, .inputs = study->inputs->values};
    market rest;
    mcy_error reason = {0};
    if (open_with(&m, scenario, frozen, sizeof frozen / sizeof *frozen, REST_HORIZON, &rest,
                  &reason) != MCY_OK) {
        fprintf(call->out, "(no run at rest: %s)\n", reason.text);
        rest.study = NULL;
    }
    for (size_t e = 0; e < mcy_model_symbol(study->model, price)->element_count; e++) {
        mcy_model_element_names(study->model, price, e, &m.product);
        MCY_TRY(print_market(&m, scenario, &rest, &explodes, err));
    }
    if (explodes)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "the scenario explodes: deviations grow from quarter to quarter");
    return MCY_OK;
}

static const mcy_option options[] = {MCY_STUDY_OPTIONS, {NULL, 0, NULL, NULL}};

const mcy_command mcy_command_stability = {
    .name = "stability",
    .operands = "[SCENARIO]",
    .summary = "does the cycle damp, and with what period, in shortage and in glut",
    .description =
        "Linearises the loop of price, demand, stock and production cuts around a quarter of\n"
        "shortage and one of glut, and prints its eigenvalues: what is left of a deviation "
        "after\n"
        "a quarter and how many quarters a cycle takes. Where the run has no glut, one begun "
        "in a\n"
        "glut is used. Then the same for a market at rest (no growth, no spending), beside "
        "what a\n"
        "small shock does there when it is simulated. Exit code 1 when a deviation grows.",
    .examples = "memcycle stability base\n"
                "memcycle stability base --set price_anchor.*=0",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run_stability,
};
