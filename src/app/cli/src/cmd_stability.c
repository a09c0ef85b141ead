/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle stability: does the cycle damp, and with what period. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "stability_market.h"

enum { REST_QUARTER = 80, REST_HORIZON = 160 };

/* Nothing outside the market moves: supply and demand settle and the market is left to itself.
 */
static const char *const frozen[] = {"unit_growth=0%", "content_growth=0%", "capex=×0",
                                     "wafer_cost_growth=0%", "price_shock=0"};

static void print_root(FILE *out, double modulus, double period)
{
    fprintf(out, "%.3f a quarter", modulus);
    if (mcy_is_missing(period))
        fputs(", no cycle", out);
    else
        fprintf(out, ", period %.1f quarters", period);
}

static void print_loop(const stability_market *m, const mcy_stability *s)
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
static mcy_status print_quarter(const stability_market *m, const char *what, int q,
                                const char *where, bool *explodes, mcy_error *err)
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

static mcy_status print_regime(const stability_market *m, int regime, const char *where,
                               bool *explodes, mcy_error *err)
{
    int q = stability_quarter_of(m, regime);
    if (q < 0)
        return MCY_E_MISSING;
    return print_quarter(m, regime > 0 ? "shortage" : "glut", q, where, explodes, err);
}

/* The run in a glut: the same scenario, begun with a fifth more on offer than is wanted. */
static mcy_status print_glut(const stability_market *m, bool *explodes, mcy_error *err)
{
    stability_market glut;
    mcy_error reason = {0};
    const char *edit = mcy_arena_print(m->call->arena, "fill_0.%s=1.2", m->product);
    if (!edit)
        return mcy_fail_memory(err);
    if (stability_open_with(m, &edit, 1, (size_t)m->panel->last, &glut, &reason) != MCY_OK) {
        fprintf(m->call->out, "  glut: %s\n", reason.text);
        return MCY_OK;
    }
    mcy_status status = print_regime(&glut, -1, " of a run begun in a glut", explodes, err);
    if (status == MCY_E_MISSING)
        fputs("  glut: the run has none away from the limits of the price move\n",
              m->call->out);
    return status == MCY_E_MISSING ? MCY_OK : status;
}

/* What the market does when it is left to itself: comes to rest, cycles, or grows. */
static mcy_status print_rest(const stability_market *rest, bool *explodes, mcy_error *err)
{
    FILE *out = rest->call->out;
    int half = (REST_QUARTER + REST_HORIZON) / 2;
    double before = stability_swing(rest, REST_QUARTER, half),
           after = stability_swing(rest, half, REST_HORIZON);
    bool still = after < 1e-4, ignored = false;
    MCY_TRY(print_quarter(rest, "left to itself", REST_QUARTER,
                          ", everything outside the market frozen", &ignored, err));
    if (still) {
        mcy_root simulated;
        size_t n = 0;
        mcy_error reason = {0};
        mcy_status status = stability_simulate(rest, REST_QUARTER, &simulated, &n, &reason);
        fputs("    simulated: the price comes to rest; after a small shock ", out);
        if (status == MCY_OK)
            print_root(out, simulated.modulus, simulated.period);
        else
            fputs(reason.text, out);
        fputc('\n', out);
        return MCY_OK;
    }
    double length = stability_cycle_length(rest, REST_QUARTER, REST_HORIZON);
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

static mcy_status print_market(stability_market *m, const stability_market *rest,
                               bool *explodes, mcy_error *err)
{
    if (!stability_find_market(m))
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
        status = print_glut(m, explodes, err);
    MCY_TRY(status);
    if (!rest->study)
        return MCY_OK;
    stability_market still = *m;
    still.study = rest->study;
    still.panel = rest->panel;
    still.inputs = rest->inputs;
    return print_rest(&still, explodes, err);
}

/* The whole answer for one set of edits; like shares facts and layout. */
static mcy_status answer(mcy_call *call, const stability_asked *asked, const mcy_study *like,
                         const mcy_study **opened, bool *explodes, mcy_error *err)
{
    mcy_study *study;
    const mcy_path_panel *panel;
    MCY_TRY(mcy_study_with_sets(call, asked->scenario, asked->sets, asked->set_count, like,
                                &study, err));
    mcy_status status = mcy_study_run(call->arena, study, NULL, &panel, err);
    if (status == MCY_E_DOMAIN)
        return mcy_fail_in(err, status, "the run itself fails");
    MCY_TRY(status);
    size_t price = mcy_model_find_symbol(study->model, "price");
    if (price == MCY_NONE || mcy_model_symbol(study->model, price)->dimension_count != 1)
        return MCY_FAIL(err, MCY_E_INPUT, "the model has no 'price' by product to follow");
    fprintf(call->out, "%s%s%s%s: what is left of a deviation of the price after a quarter\n",
            asked->varied ? "\n" : "", study->name, asked->varied ? " with " : "",
            asked->varied ? asked->varied : "");
    stability_market m = {.call = call,
                          .asked = asked,
                          .study = study,
                          .panel = panel,
                          .inputs = study->inputs->values};
    stability_market rest;
    mcy_error reason = {0};
    if (stability_open_with(&m, frozen, sizeof frozen / sizeof *frozen, REST_HORIZON, &rest,
                            &reason) != MCY_OK) {
        fprintf(call->out, "(no run at rest: %s)\n", reason.text);
        rest.study = NULL;
    }
    for (size_t e = 0; e < mcy_model_symbol(study->model, price)->element_count; e++) {
        mcy_model_element_names(study->model, price, e, &m.product);
        MCY_TRY(print_market(&m, &rest, explodes, err));
    }
    *opened = study;
    return MCY_OK;
}

/* The edits of --vary, two for each; refused before anything is printed. */
static mcy_status read_varied(mcy_call *call, const char ***edits, size_t *count,
                              mcy_error *err)
{
    const char *const *varied;
    size_t n = mcy_call_options(call, "vary", &varied);
    *edits = MCY_TAKE(call->arena, const char *, 2 * n);
    *count = 2 * n;
    if (!*edits)
        return mcy_fail_memory(err);
    for (size_t v = 0; v < n; v++)
        MCY_TRY(mcy_vary_split(call->arena, varied[v], *edits + 2 * v, err));
    return MCY_OK;
}

static mcy_status run_stability(mcy_call *call, mcy_error *err)
{
    stability_asked base = {.scenario = call->operand_count ? call->operands[0] : "base"};
    base.set_count = mcy_call_options(call, "set", &base.sets);
    const mcy_study *study, *unused;
    const char **edits;
    size_t edit_count;
    bool explodes = false;
    MCY_TRY(read_varied(call, &edits, &edit_count, err));
    MCY_TRY(answer(call, &base, NULL, &study, &explodes, err));
    const char **sets = MCY_TAKE(call->arena, const char *, base.set_count + 1);
    if (!sets)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < base.set_count; i++)
        sets[i] = base.sets[i];
    for (size_t i = 0; i < edit_count; i++) {
        sets[base.set_count] = edits[i];
        stability_asked varied = {base.scenario, sets, base.set_count + 1, edits[i]};
        MCY_TRY(answer(call, &varied, study, &unused, &explodes, err));
    }
    if (explodes)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "the scenario explodes: deviations grow from quarter to quarter");
    return MCY_OK;
}

static const mcy_option options[] = {
    {"vary", 'v', "PATH=LOW:HIGH", "the same at two values of an assumption (again)"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL}};

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
        "small shock does there when it is simulated. Exit code 1 when one explodes\n"
        "(grows by half a quarter or more).",
    .examples = "memcycle stability base\n"
                "memcycle stability base --set price_anchor.*=0\n"
                "memcycle stability base --vary price_anchor.dram=0.04:0.18",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run_stability,
};
