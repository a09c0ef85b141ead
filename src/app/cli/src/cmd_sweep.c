/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle sweep: run a sweep file, merge shards, show what was found. */
#include <stdlib.h>
#include <string.h>

#include "sweep_run.h"

static mcy_status parse_count(const char *text, const char *what, uint64_t *value,
                              mcy_error *err)
{
    *value = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || *value > UINT64_MAX / 16)
            return MCY_FAIL(err, MCY_E_USAGE, "--%s wants a whole number, got '%s'", what,
                            text);
        *value = 10 * *value + (uint64_t)(*p - '0');
    }
    if (!*text || *value == 0)
        return MCY_FAIL(err, MCY_E_USAGE, "--%s wants a number above 0, got '%s'", what, text);
    return MCY_OK;
}

static mcy_status parse_shard(const char *text, mcy_sweep_choices *choices, mcy_error *err)
{
    char *rest = NULL;
    unsigned long i = strtoul(text, &rest, 10),
                  n = *rest == '/' ? strtoul(rest + 1, &rest, 10) : 0;
    if (*rest || *text < '0' || *text > '9' || i < 1 || i > n || n > 100000)
        return MCY_FAIL(err, MCY_E_USAGE, "--shard wants i/N with 1 <= i <= N, got '%s'", text);
    choices->shard = i;
    choices->shards = n;
    return MCY_OK;
}

static mcy_status read_choices(const mcy_call *call, mcy_sweep_choices *c, mcy_error *err)
{
    const char *threads = mcy_call_option(call, "threads"),
               *runs = mcy_call_option(call, "runs");
    const char *shard = mcy_call_option(call, "shard"), *keep = mcy_call_option(call, "keep");
    uint64_t n = 0;
    *c = (mcy_sweep_choices){.path = call->operands[0],
                             .resume = mcy_call_has(call, "resume"),
                             .out = mcy_call_option(call, "output")};
    if (threads)
        MCY_TRY(parse_count(threads, "threads", &n, err));
    if (n > 1024)
        return MCY_FAIL(err, MCY_E_USAGE, "--threads: at most 1024, got %s", threads);
    c->threads = (size_t)n;
    if (runs)
        MCY_TRY(parse_count(runs, "runs", &c->runs, err));
    if (shard)
        MCY_TRY(parse_shard(shard, c, err));
    if (keep && strcmp(keep, "summary") != 0 && strcmp(keep, "runs") != 0)
        return MCY_FAIL(err, MCY_E_USAGE, "--keep wants runs or summary, got '%s'", keep);
    c->summary = keep && strcmp(keep, "summary") == 0;
    if ((c->resume || c->shards) && !c->out)
        return MCY_FAIL(err, MCY_E_USAGE, "--resume and --shard need a store: -o RUN.db");
    return MCY_OK;
}

static mcy_table_form form_of(const mcy_call *call)
{
    return mcy_call_has(call, "json")  ? MCY_TABLE_JSON
           : mcy_call_has(call, "csv") ? MCY_TABLE_CSV
                                       : MCY_TABLE_TEXT;
}

static mcy_status run_file(mcy_call *call, mcy_error *err)
{
    mcy_sweep_choices choices;
    mcy_sweep_setup setup = {0};
    MCY_TRY(read_choices(call, &choices, err));
    if (call->operand_count != 1)
        return MCY_FAIL(err, MCY_E_USAGE, "one sweep file at a time, got %zu",
                        call->operand_count);
    mcy_sweep_results results = {0};
    MCY_TRY(mcy_sweep_open(call, choices.path, &setup.file, err));
    if (setup.file->method == MCY_METHOD_GIVEN) {
        MCY_TRY(mcy_sweep_results_given(call, setup.file, &results, err));
        return mcy_sweep_results_print(call, &results, form_of(call), err);
    }
    mcy_status status = mcy_sweep_setup_make(call, &choices, &setup, err);
    if (status == MCY_OK && mcy_call_has(call, "plan"))
        status = mcy_sweep_plan(call, &setup, err);
    else if (status == MCY_OK)
        status = mcy_sweep_run_setup(call, &setup, &results, err);
    mcy_sweep_setup_release(&setup);
    if (status == MCY_OK && !mcy_call_has(call, "plan") && !choices.shards)
        status = mcy_sweep_results_print(call, &results, form_of(call), err);
    return status;
}

static mcy_status run_merge(mcy_call *call, mcy_error *err)
{
    const char *out = mcy_call_option(call, "output");
    if (!out || call->operand_count < 2)
        return MCY_FAIL(err, MCY_E_USAGE, "merge wants SHARD.db... -o ALL.db");
    return mcy_store_merge(call->operand_count - 1, call->operands + 1, out, err);
}

static mcy_status run_show(mcy_call *call, mcy_error *err)
{
    if (call->operand_count != 2)
        return MCY_FAIL(err, MCY_E_USAGE, "show wants one store: show RUN.db");
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    mcy_sweep_results results = {0};
    MCY_TRY(mcy_store_open(call->arena, call->operands[1], false, &store, &head, err));
    mcy_status status = mcy_sweep_results_of_store(call->arena, store, head, &results, err);
    char hash[65] = "";
    if (status == MCY_OK && mcy_call_has(call, "hash"))
        status = mcy_store_hash(store, hash, err);
    mcy_store_destroy(store);
    MCY_TRY(status);
    if (*hash) {
        fprintf(call->out, "%s\n", hash);
        return MCY_OK;
    }
    fprintf(call->err, "%s: %llu of %llu runs, %llu failed\n",
            mcy_method_name(head->stamp.method), (unsigned long long)results.runs,
            (unsigned long long)head->runs, (unsigned long long)results.failed);
    return mcy_sweep_results_print(call, &results, form_of(call), err);
}

static mcy_status run_sweep(mcy_call *call, mcy_error *err)
{
    if (strcmp(call->operands[0], "merge") == 0)
        return run_merge(call, err);
    if (strcmp(call->operands[0], "show") == 0)
        return run_show(call, err);
    return run_file(call, err);
}

static const mcy_option options[] = {
    {"output", 'o', "RUN.db", "keep points and outputs in this store (SQLite)"},
    {"threads", 't', "N", "threads; one a processor by default"},
    {"runs", 'n', "N", "points to draw, instead of the file's"},
    {"shard", 0, "i/N", "only this part of the runs"},
    {"resume", 0, NULL, "go on with the store where it ends"},
    {"keep", 0, "runs|summary",
     "summary: constant memory and file size, quantiles with an error"},
    {"plan", 0, NULL, "what it would cost and how wide the intervals would be"},
    {"csv", 0, NULL, "results as CSV"},
    {"json", 'j', NULL, "results as JSON"},
    {"hash", 0, NULL, "show: only the SHA-256 of the contents"},
    {NULL, 0, NULL, NULL}};

const mcy_command mcy_command_sweep = {
    .name = "sweep",
    .operands = "FILE | merge SHARD.db... | show RUN.db",
    .summary = "many scenarios at once: tables, tornados, distributions, sensitivities",
    .description =
        "Runs a sweep file: a scenario, the assumptions that vary, how they are drawn and\n"
        "which numbers are kept. A name without a folder stands for\n"
        "scenarios/sweeps/NAME.yaml. The same file, seed and runs give the same bits,\n"
        "whatever the threads, shards and interruptions.",
    .examples = "memcycle sweep margin-by-price\n"
                "memcycle sweep sensitivity --plan\n"
                "memcycle sweep fan -o fan.db\n"
                "memcycle sweep fan --shard 1/2 -o fan-1.db\n"
                "memcycle sweep fan --shard 2/2 -o fan-2.db\n"
                "memcycle sweep merge fan-1.db fan-2.db -o all.db\n"
                "memcycle sweep show fan.db --json",
    .options = options,
    .least = 1,
    .most = 100000,
    .run = run_sweep,
};
