/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a person waits after changing a line: reading and checking a model, laying it out,
 * compiling it, evaluating one scenario by the tree. Medians; nothing is asserted.
 *
 *     bench_front                    the trial model and the shipped one
 *     bench_front FILE...            the model of these files */
#include <stdio.h>
#include <string.h>

#include "mcy/evaluate.h"
#include "mcy/program.h"
#include "stopwatch.h"

enum { RUNS = 15, LAST = 15, FILES = 32, FILE_MOST = 1 << 18 };

typedef struct front {
    size_t count;
    mcy_source sources[FILES];
    mcy_arena *arena;
    const mcy_model *model;
    mcy_unrolled *unrolled;
    double *inputs;
    mcy_node *nodes;
    size_t node_count;
} front;

static void must(mcy_status status, const mcy_error *err)
{
    if (status == MCY_OK)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(1);
}

static void add_file(front *f, const char *path)
{
    FILE *in = fopen(path, "rb");
    char *text = malloc(FILE_MOST);
    if (!in || !text || f->count == FILES) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    size_t n = fread(text, 1, FILE_MOST, in);
    fclose(in);
    const char *slash = strrchr(path, '/'), *from = slash ? slash + 1 : path;
    char *name = malloc(strlen(from) + 1);
    if (!name)
        exit(1);
    f->sources[f->count++] = (mcy_source){strcpy(name, from), text, n};
}

static void start(front *f)
{
    mcy_arena_destroy(f->arena);
    f->arena = mcy_arena_create();
}

static void read_model(void *context)
{
    front *f = context;
    mcy_report report;
    mcy_error err = {0};
    start(f);
    must(mcy_model_read(f->arena, f->count, f->sources, &f->model, &report, &err), &err);
}

static void read_and_lay_out(void *context)
{
    front *f = context;
    mcy_error err = {0};
    mcy_unroll_options options = {.last = LAST, .base = mcy_quarter_of(2026, 1)};
    read_model(f);
    must(mcy_unroll(f->arena, f->model, &options, &f->unrolled, &err), &err);
}

static void want_values(front *f)
{
    f->node_count = 0;
    f->nodes = MCY_TAKE(f->arena, mcy_node, mcy_graph_size(mcy_unrolled_graph(f->unrolled)));
    for (size_t s = 0; s < mcy_model_symbol_count(f->model); s++) {
        const mcy_symbol *p = mcy_model_symbol(f->model, s);
        for (size_t e = 0; e < p->element_count && p->kind == MCY_SYMBOL_OUTPUT; e++)
            for (int q = 0; q <= (p->path ? LAST : 0); q++)
                f->nodes[f->node_count++] = mcy_unrolled_node(f->unrolled, s, e, q);
    }
}

static void all(void *context)
{
    front *f = context;
    mcy_error err = {0};
    const mcy_program *program;
    read_and_lay_out(f);
    size_t n = mcy_unrolled_input_count(f->unrolled);
    f->inputs = MCY_TAKE(f->arena, double, n);
    size_t *varying = MCY_TAKE(f->arena, size_t, 12);
    for (size_t i = 0; i < 12 && i < n; i++)
        varying[i] = i;
    mcy_unrolled_defaults(f->unrolled, f->inputs);
    for (size_t i = 0; i < n; i++)
        f->inputs[i] = f->inputs[i] != f->inputs[i] ? 1.0 : f->inputs[i];
    want_values(f);
    mcy_program_request request = {.graph = mcy_unrolled_graph(f->unrolled),
                                   .base = f->inputs,
                                   .varying_count = n < 12 ? n : 12,
                                   .varying = varying,
                                   .output_count = f->node_count,
                                   .outputs = f->nodes};
    must(mcy_program_compile(f->arena, &request, &program, &err), &err);
}

static void evaluate(void *context)
{
    front *f = context;
    mcy_error err = {0};
    mcy_evaluation *evaluation;
    must(mcy_evaluate(f->arena, f->unrolled, f->inputs, &evaluation, &err), &err);
}

static void measure(const char *name, front *f)
{
    double read = processor_median(RUNS, read_model, f);
    double laid = processor_median(RUNS, read_and_lay_out, f);
    double compiled = processor_median(RUNS, all, f);
    double tree = processor_median(RUNS, evaluate, f);
    printf(
        "%-8s read and check %.2f ms, lay out %.2f, compile %.2f, together %.2f; tree %.2f\n",
        name, 1e3 * read, 1e3 * (laid - read), 1e3 * (compiled - laid), 1e3 * compiled,
        1e3 * tree);
    printf("         %zu nodes, %zu inputs, %zu conditions\n",
           mcy_graph_size(mcy_unrolled_graph(f->unrolled)),
           mcy_unrolled_input_count(f->unrolled), mcy_unrolled_check_count(f->unrolled));
    mcy_arena_destroy(f->arena);
}

int main(int argc, char **argv)
{
    static const char *const shipped[] = {"memory", "units",  "supply",
                                          "market", "profit", "cash"};
    front given = {0}, trial = {0}, memory = {0};
    for (int i = 1; i < argc; i++)
        add_file(&given, argv[i]);
    if (argc > 1) {
        measure("given", &given);
        return 0;
    }
    add_file(&trial, MCY_SOURCE_DIR "/tests/bench/trial.eqn");
    measure("trial", &trial);
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/model/%s.eqn", MCY_SOURCE_DIR, shipped[i]);
        add_file(&memory, path);
    }
    measure("shipped", &memory);
    return 0;
}
