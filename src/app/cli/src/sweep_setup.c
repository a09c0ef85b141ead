/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a sweep file to a design on a model, and the head of its store. */
#include <string.h>

#include "mcy/file.h"
#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "mcy/shipped.h"
#include "mcy/study.h"
#include "run_files.h"
#include "sweep_run.h"

enum { MOST_FACTS = 400 };

mcy_status mcy_sweep_open(mcy_call *call, const char *given, mcy_sweep_file **file,
                          mcy_error *err)
{
    const char *path;
    MCY_TRY(mcy_shipped_file(call->arena, mcy_call_path(call, "scenarios/sweeps"), "sweep",
                             given, &path, err));
    return mcy_sweep_file_read(call->arena, path, file, err);
}

/* Outputs of the base scenario: the model compiled with nothing varying. */
static mcy_status base_outputs(mcy_sweep_setup *s, const mcy_study *study, double *base,
                               mcy_error *err)
{
    const mcy_sweep_bound *bound = s->bound;
    size_t m = bound->output_count, k = bound->request.axis_count;
    mcy_fault fault = {0};
    double **outputs = MCY_TAKE(s->arena, double *, m);
    const double **inputs = MCY_TAKE(s->arena, const double *, k);
    if (!outputs || !inputs)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < m; i++)
        outputs[i] = &base[i];
    if (!study) {
        for (size_t i = 0; i < k; i++)
            inputs[i] = &bound->request.axes[i].base;
        bound->evaluator->run(bound->evaluator, NULL, 1, inputs, outputs, &fault);
        return MCY_OK;
    }
    mcy_node *nodes = MCY_TAKE(s->arena, mcy_node, m);
    if (!nodes)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < m; i++) {
        mcy_metric metric;
        MCY_TRY(mcy_metric_find(s->arena, study->unrolled, study->inputs->calendars,
                                bound->outputs[i], &metric, err));
        nodes[i] = metric.node;
    }
    mcy_model_request request = {.unrolled = study->unrolled,
                                 .inputs = study->inputs->values,
                                 .output_count = m,
                                 .output_names = bound->outputs,
                                 .outputs = nodes};
    mcy_evaluator *evaluator = NULL;
    void *scratch = NULL;
    MCY_TRY(mcy_evaluator_model(s->arena, &request, &evaluator, err));
    MCY_TRY(evaluator->prepare(evaluator, s->arena, &scratch, err));
    if (evaluator->run(evaluator, scratch, 1, NULL, outputs, &fault)) {
        char reason[MCY_EVALUATOR_REASON];
        mcy_evaluator_explain(evaluator, &fault, reason, sizeof reason);
        return MCY_FAIL(err, MCY_E_DOMAIN, "the base scenario itself fails: %s", reason);
    }
    return MCY_OK;
}

static mcy_status make_columns(mcy_sweep_setup *s, const double *base, mcy_error *err)
{
    const mcy_sweep_bound *bound = s->bound;
    mcy_store_head *head = &s->head;
    head->axis_count = bound->request.axis_count;
    head->output_count = bound->output_count;
    mcy_store_column *axes = MCY_TAKE(s->arena, mcy_store_column, head->axis_count);
    mcy_store_column *outputs = MCY_TAKE(s->arena, mcy_store_column, head->output_count);
    if (!axes || !outputs)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < head->axis_count; i++) {
        const mcy_axis *axis = &bound->request.axes[i];
        bool open = !axis->level_count && (axis->distribution.law == MCY_LAW_NORMAL ||
                                           axis->distribution.law == MCY_LAW_LOGNORMAL);
        const mcy_distribution *law = &axis->distribution;
        if (open && law->truncated && law->low > -(double)INFINITY &&
            law->high < (double)INFINITY)
            open = false;
        double step = head->stamp.method == MCY_METHOD_MORRIS
                          ? mcy_morris_step(&head->stamp, !open)
                          : MCY_MISSING;
        axes[i] = (mcy_store_column){axis->name, bound->axis_units[i], axis->base, step,
                                     bound->axis_details[i]};
    }
    for (size_t i = 0; i < head->output_count; i++)
        outputs[i] = (mcy_store_column){bound->outputs[i], bound->output_units[i], base[i],
                                        MCY_MISSING, NULL};
    head->axes = axes;
    head->outputs = outputs;
    return MCY_OK;
}

/* A fit must be of the facts and the day that the scenario is of. */
static mcy_status check_fit(const mcy_sweep_fit *fit, const char *facts, const char *as_of,
                            mcy_error *err)
{
    mcy_day day = 0;
    if (as_of)
        MCY_TRY(mcy_day_parse(as_of, strlen(as_of), &day, err));
    if (strcmp(fit->fit->facts_hash, facts) != 0)
        return MCY_FAIL(
            err, MCY_E_FINDINGS,
            "%s: the facts have changed since it was fitted; run 'memcycle fit --what "
            "price-response' again",
            fit->path);
    if (fit->fit->as_of != day)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "%s: fitted as of %d, the scenario is as of %d (0: all facts); run "
                        "'memcycle fit --what price-response' with the same --as-of",
                        fit->path, fit->fit->as_of, day);
    return MCY_OK;
}

/* Mode and covariance of the free parameters, as one line of the manifest. */
static const char *fit_text(mcy_arena *arena, const mcy_price_fit *fit)
{
    mcy_text text;
    mcy_text_init(&text);
    for (int k = 0; k < MCY_PRICE_PARAMETERS; k++) {
        char number[32];
        mcy_number_format(fit->mode[k], number);
        mcy_text_print(&text, "%s%s%s %s with", k ? "; " : "",
                       mcy_price_parameter_is_log((mcy_price_parameter)k) ? "log " : "",
                       mcy_price_parameter_name((mcy_price_parameter)k), number);
        for (int j = 0; j < MCY_PRICE_PARAMETERS; j++) {
            mcy_number_format(fit->covariance[k * MCY_PRICE_PARAMETERS + j], number);
            mcy_text_print(&text, " %s", number);
        }
    }
    const char *copy = mcy_arena_copy(arena, mcy_text_view(&text), text.size);
    mcy_text_release(&text);
    return copy;
}

/* Whether an earlier fit is of the same file; of another file of the same name, or of the same
 * product, it may not be. */
static mcy_status same_file(const mcy_sweep_file *file, size_t i, bool *told, mcy_error *err)
{
    const mcy_sweep_fit *fit = &file->fits[i];
    *told = false;
    for (size_t k = 0; k < i; k++) {
        const mcy_sweep_fit *other = &file->fits[k];
        if (strcmp(mcy_path_name(fit->path), mcy_path_name(other->path)) != 0)
            continue;
        *told = true;
        if (strcmp(fit->hash, other->hash) != 0)
            return MCY_FAIL(err, MCY_E_INPUT, "'%s' and '%s' are two fits of one name",
                            other->path, fit->path);
        if (strcmp(fit->fit->product, other->fit->product) == 0)
            return MCY_FAIL(err, MCY_E_INPUT, "%s: the fit of '%s' stands in the sweep twice",
                            fit->path, fit->fit->product);
    }
    return MCY_OK;
}

static mcy_status add_fits(mcy_call *call, mcy_sweep_setup *s, const mcy_study *study,
                           size_t *n, mcy_store_fact *facts, mcy_error *err)
{
    char hash[MCY_SHA256_HEX];
    const char *history = mcy_call_path(call, "scenarios/history");
    if (!s->file->fit_count)
        return MCY_OK;
    if (!history)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_facts_hash(s->arena, history, hash, err));
    for (size_t i = 0; i < s->file->fit_count && *n + 2 <= MOST_FACTS / 2; i++) {
        const mcy_sweep_fit *fit = &s->file->fits[i];
        MCY_TRY(check_fit(fit, hash, study->as_of, err));
        bool told = false;
        MCY_TRY(same_file(s->file, i, &told, err));
        const char *name = mcy_path_name(fit->path);
        if (!told)
            facts[(*n)++] =
                (mcy_store_fact){mcy_arena_print(s->arena, "sha256 %s", name), fit->hash};
        facts[(*n)++] =
            (mcy_store_fact){mcy_arena_print(s->arena, "fit %s %s", name, fit->fit->product),
                             fit_text(s->arena, fit->fit)};
    }
    return MCY_OK;
}

static mcy_status make_manifest(mcy_call *call, mcy_sweep_setup *s, const mcy_study *study,
                                mcy_error *err)
{
    mcy_store_fact *facts = MCY_TAKE(s->arena, mcy_store_fact, MOST_FACTS);
    size_t n = 0;
    if (!facts)
        return mcy_fail_memory(err);
    facts[n++] = (mcy_store_fact){"sweep.file", s->file->name};
    facts[n++] = (mcy_store_fact){"sweep.sha256", s->file->hash};
    facts[n++] = (mcy_store_fact){"sweep.text", s->file->text};
    facts[n++] = (mcy_store_fact){"version", mcy_version()};
    if (s->file->function)
        facts[n++] = (mcy_store_fact){"function", s->file->function};
    if (study) {
        char quarter[32];
        mcy_quarter_format(study->base_quarter, quarter);
        facts[n++] = (mcy_store_fact){"scenario", study->name};
        facts[n++] = (mcy_store_fact){"base_quarter", mcy_arena_print(s->arena, "%s", quarter)};
        facts[n++] = (mcy_store_fact){"as_of", study->as_of ? study->as_of : ""};
        for (size_t i = 0; i < study->file_count && n < MOST_FACTS / 2; i++)
            facts[n++] = (mcy_store_fact){
                mcy_arena_print(s->arena, "sha256 %s", mcy_path_name(study->files[i].path)),
                study->files[i].hash};
        MCY_TRY(add_fits(call, s, study, &n, facts, err));
        if (s->choices.out) {
            facts[n].name = "inputs";
            MCY_TRY(mcy_inputs_values(s->arena, study, &facts[n++].value, err));
        }
    }
    for (size_t i = 0; i < n; i++)
        if (!facts[i].name || !facts[i].value)
            return mcy_fail_memory(err);
    MCY_TRY(mcy_sweep_facts(s->arena, s->bound, &n, facts, MOST_FACTS, err));
    s->head.facts = facts;
    s->head.fact_count = n;
    return MCY_OK;
}

/* A shard is a run of whole chunks. */
static mcy_status cut_shard(mcy_sweep_setup *s, mcy_error *err)
{
    const mcy_sweep_choices *c = &s->choices;
    uint64_t runs = s->head.runs, chunk = s->head.stamp.chunk;
    uint64_t chunks = (runs + chunk - 1) / chunk;
    s->first = 0;
    s->count = runs;
    if (c->shards == 0)
        return MCY_OK;
    if (c->shards > chunks)
        return MCY_FAIL(err, MCY_E_INPUT, "%zu shards of %llu chunks of runs: at most one each",
                        c->shards, (unsigned long long)chunks);
    uint64_t from = chunks * (c->shard - 1) / c->shards, to = chunks * c->shard / c->shards;
    s->first = from * chunk;
    s->count = (to * chunk < runs ? to * chunk : runs) - s->first;
    return MCY_OK;
}

mcy_status mcy_sweep_setup_make(mcy_call *call, const mcy_sweep_choices *choices,
                                mcy_sweep_setup *s, mcy_error *err)
{
    mcy_study *study = NULL;
    *s = (mcy_sweep_setup){.arena = call->arena, .choices = *choices, .file = s->file};
    if (!s->file->function) {
        mcy_study_request request = {.home = call->home,
                                     .scenario = s->file->scenario,
                                     .set_count = s->file->set_count,
                                     .sets = s->file->sets,
                                     .as_of = choices->as_of};
        MCY_TRY(mcy_study_open(s->arena, &request, NULL, &study, err));
    }
    MCY_TRY(mcy_sweep_bind(s->arena, s->file, study ? study->inputs : NULL, MCY_VARIANT_AUTO,
                           &s->bound, err));
    if (choices->runs)
        s->bound->request.runs = choices->runs;
    MCY_TRY(mcy_design_create(s->arena, &s->bound->request, &s->design, err));
    s->head.stamp = *mcy_design_stamp(s->design);
    s->head.runs = mcy_design_runs(s->design);
    s->head.summary = choices->summary || s->file->summary;
    double *base = MCY_TAKE(s->arena, double, s->bound->output_count);
    if (!base)
        return mcy_fail_memory(err);
    MCY_TRY(base_outputs(s, study, base, err));
    MCY_TRY(make_columns(s, base, err));
    MCY_TRY(make_manifest(call, s, study, err));
    MCY_TRY(cut_shard(s, err));
    return mcy_workers_create(choices->threads, true, &s->workers, err);
}

void mcy_sweep_setup_release(mcy_sweep_setup *setup)
{
    mcy_workers_destroy(setup->workers);
    setup->workers = NULL;
}
