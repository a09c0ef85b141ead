/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models drawn from the grammar: the tree evaluator and the program agree to the last bit, in
 * every instruction set, whichever inputs vary; the equations printed and read again give the
 * same values; mutated models are complained about or read, never worse. */
#include "mcy/program.h"
#include "model_text.h"
#include "random.h"

enum { MODELS = 60, LAST = 5, LANES = 19, NAMES = 14, OUTPUTS_MOST = 4096 };

/* What a name drawn so far is, so that later ones may read it. */
typedef struct drawn {
    char name[8];
    size_t dims; /* 0 none, 1 firm, 2 firm and product */
    bool path;   /* may be lagged */
    bool output;
} drawn;

typedef struct draw {
    random_state random;
    mcy_text text;
    drawn names[NAMES];
    size_t count;
    size_t dims;  /* of the left side */
    size_t reach; /* depth left */
    bool in_sum, output;
} draw;

static size_t pick(draw *d, size_t n)
{
    return (size_t)(random_word(&d->random) % n);
}

static void add_number(draw *d)
{
    mcy_text_print(&d->text, "%.3g", random_between(&d->random, 0.1, 3));
}

static void add_name(draw *d)
{
    static const char *const firms[] = {"a", "b", "c"}, *const products[] = {"x", "y"};
    for (size_t tries = 0; tries < 8; tries++) {
        const drawn *n = &d->names[pick(d, d->count)];
        if (n->output && !d->output)
            continue;
        mcy_text_add(&d->text, n->name);
        bool firm = (d->dims >= 1 && pick(d, 4)) ? true : false;
        if (n->dims >= 1)
            mcy_text_print(&d->text, "[%s",
                           d->in_sum ? "maker"
                           : firm    ? "firm"
                                     : firms[pick(d, 3)]);
        if (n->dims == 2)
            mcy_text_print(&d->text, ", %s",
                           d->dims == 2 && pick(d, 3) ? "product" : products[pick(d, 2)]);
        mcy_text_add(&d->text, n->dims ? "]" : "");
        if (n->path && pick(d, 3) == 0)
            mcy_text_print(&d->text, "(-%zu)", 1 + pick(d, 2));
        return;
    }
    add_number(d);
}

static void add_expression(draw *d);

static void add_call(draw *d, const char *name, size_t arguments)
{
    mcy_text_print(&d->text, "%s(", name);
    for (size_t i = 0; i < arguments; i++) {
        mcy_text_add(&d->text, i ? ", " : "");
        add_expression(d);
    }
    mcy_text_add(&d->text, ")");
}

static void add_two(draw *d, const char *operation)
{
    mcy_text_add(&d->text, "(");
    add_expression(d);
    mcy_text_add(&d->text, operation);
    add_expression(d);
    mcy_text_add(&d->text, ")");
}

static void add_sum(draw *d)
{
    static const char *const kinds[] = {"sum", "prod", "min", "max"};
    if (d->in_sum) {
        add_name(d);
        return;
    }
    mcy_text_print(&d->text, "%s(maker: ", kinds[pick(d, 4)]);
    d->in_sum = true;
    add_expression(d);
    d->in_sum = false;
    mcy_text_add(&d->text, ")");
}

/* What looks at several quarters takes an assumption, which has a history. */
static void add_history(draw *d)
{
    static const char *const texts[] = {"pascal(p1, 3.5, 3, 1)",
                                        "straight_line(p0, 5, 1)",
                                        "sum_last(p1, 3)",
                                        "ramp(1, s0, 1, 3)",
                                        "pascal(p0, 2 + s0, 2, 2)",
                                        "base(p1)",
                                        "quarter",
                                        "t / 1 quarter"};
    mcy_text_add(&d->text, texts[pick(d, sizeof texts / sizeof *texts)]);
}

static void add_expression(draw *d)
{
    if (d->reach == 0) {
        pick(d, 3) ? add_name(d) : add_number(d);
        return;
    }
    d->reach--;
    switch (pick(d, 16)) {
    case 0:
        add_two(d, " + ");
        break;
    case 1:
        add_two(d, " - ");
        break;
    case 2:
        add_two(d, " * ");
        break;
    case 3:
        add_call(d, "ratio", 2);
        break;
    case 4:
        add_call(d, "min", 2 + pick(d, 2));
        break;
    case 5:
        add_call(d, "max", 2);
        break;
    case 6:
        add_call(d, "clamp", 3);
        break;
    case 7:
        mcy_text_add(&d->text, "if(");
        add_two(d, pick(d, 2) ? " > " : " <= ");
        mcy_text_add(&d->text, pick(d, 2) ? " and " : " or not ");
        add_two(d, pick(d, 2) ? " < " : " != ");
        mcy_text_add(&d->text, ", ");
        add_expression(d);
        mcy_text_add(&d->text, ", ");
        add_expression(d);
        mcy_text_add(&d->text, ")");
        break;
    case 8:
        mcy_text_add(&d->text, "exp(clamp(");
        add_expression(d);
        mcy_text_add(&d->text, ", -3, 3))");
        break;
    case 9:
        mcy_text_add(&d->text, "log(0.1 + abs(");
        add_expression(d);
        mcy_text_add(&d->text, "))");
        break;
    case 10:
        mcy_text_add(&d->text, "(0.3 + abs(");
        add_expression(d);
        mcy_text_add(&d->text, ")) ^ clamp(");
        add_expression(d);
        mcy_text_add(&d->text, ", -2, 2)");
        break;
    case 11:
        mcy_text_add(&d->text, "-sqrt(abs(");
        add_expression(d);
        mcy_text_add(&d->text, "))");
        break;
    case 12:
        add_sum(d);
        break;
    case 13:
        add_history(d);
        break;
    default:
        add_name(d);
        break;
    }
    d->reach++;
}

static const char *left(size_t dims)
{
    static const char *const texts[] = {"", "[firm]", "[firm, product]"};
    return texts[dims];
}

static void add_variable(draw *d, size_t number)
{
    drawn n = {.dims = pick(d, 3), .path = true, .output = number >= 7};
    bool derived = !n.output && pick(d, 5) == 0;
    snprintf(n.name, sizeof n.name, "v%zu", number);
    d->dims = n.dims;
    d->output = n.output;
    n.path = !derived && !n.output;
    mcy_text_print(&d->text, "%s %s%s : 1 \"drawn\"\n%s%s = ",
                   n.output  ? "output"
                   : derived ? "derived"
                             : "variable",
                   n.name, left(n.dims), n.name, left(n.dims));
    d->reach = 3;
    if (n.path && pick(d, 2))
        mcy_text_print(&d->text, "0.5 * %s%s(-1) + ", n.name, left(n.dims));
    add_expression(d);
    mcy_text_add(&d->text, "\n");
    if (n.dims == 2 && pick(d, 2)) {
        mcy_text_print(&d->text, "%s[b, product] = ", n.name);
        d->dims = 0;
        d->reach = 2;
        add_expression(d);
        mcy_text_add(&d->text, "\n");
        d->dims = n.dims;
    }
    if (n.path) {
        mcy_text_print(&d->text, "before %s%s = 0.7 + s0\n", n.name, left(n.dims));
        if (pick(d, 2))
            mcy_text_print(&d->text, "start %s%s = 1.1 * s0\n", n.name, left(n.dims));
    }
    d->names[d->count++] = n;
}

static void draw_model(draw *d, uint64_t seed)
{
    *d = (draw){.random = random_seed(seed)};
    mcy_text_add(&d->text, "dimension firm = a, b, c\ndimension product = x, y\n"
                           "subset maker : firm\n"
                           "assumption s0 : 1 = 0.8 \"s\"\n"
                           "assumption s1[firm] : 1 = 1.3 \"s\"\n"
                           "assumption s2[firm, product] : 1 = 0.4 \"s\"\n"
                           "assumption p0 path from -4 hold : 1 = 1.1 \"p\"\n"
                           "assumption p1 path from -6 hold : 1 = 0.9 \"p\"\n"
                           "assumption p2[firm] path hold : 1 = 1.7 \"p\"\n");
    static const drawn inputs[] = {{"s0", 0, false, false}, {"s1", 1, false, false},
                                   {"s2", 2, false, false}, {"p0", 0, true, false},
                                   {"p1", 0, true, false},  {"p2", 1, true, false}};
    memcpy(d->names, inputs, sizeof inputs);
    d->count = sizeof inputs / sizeof *inputs;
    for (size_t i = 0; i < 8; i++)
        add_variable(d, i);
}

/* ---- tree against program ---- */

typedef struct wanted {
    size_t count;
    mcy_node nodes[OUTPUTS_MOST];
    mcy_place places[OUTPUTS_MOST];
} wanted;

static void want_everything(const model_text *m, wanted *w)
{
    w->count = 0;
    for (size_t s = 0; s < mcy_model_symbol_count(m->model); s++) {
        const mcy_symbol *p = mcy_model_symbol(m->model, s);
        for (size_t e = 0; e < p->element_count && p->kind >= MCY_SYMBOL_VARIABLE; e++)
            for (int q = 0; q <= (p->path ? LAST : 0); q++) {
                w->nodes[w->count] = mcy_unrolled_node(m->unrolled, s, e, q);
                w->places[w->count++] = (mcy_place){s, e, q};
            }
    }
}

static size_t check_lanes(model_text *m, const wanted *w, mcy_variant variant,
                          random_state *random)
{
    static double points[512][LANES], results[OUTPUTS_MOST][LANES];
    static double *outputs[OUTPUTS_MOST];
    size_t n = mcy_unrolled_input_count(m->unrolled), varying[512], count = 0, compared = 0;
    const double *inputs[512];
    mcy_fault faults[LANES];
    for (size_t i = 0; i < n; i++)
        if (random_word(random) % 3 == 0)
            varying[count++] = i;
    for (size_t i = 0; i < count; i++) {
        inputs[i] = points[i];
        for (size_t k = 0; k < LANES; k++)
            points[i][k] = random_between(random, 0.2, 2.5);
    }
    for (size_t i = 0; i < w->count; i++)
        outputs[i] = results[i];
    mcy_program_request request = {.graph = mcy_unrolled_graph(m->unrolled),
                                   .base = m->inputs,
                                   .varying_count = count,
                                   .varying = varying,
                                   .output_count = w->count,
                                   .outputs = w->nodes,
                                   .variant = variant,
                                   .block = 16};
    const mcy_program *program;
    mcy_scratch *scratch;
    mcy_error err = {0};
    check_ok(mcy_program_compile(m->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(m->arena, program, &scratch, &err), err);
    mcy_program_run(program, scratch, LANES, inputs, outputs, faults);
    double *base = MCY_TAKE(m->arena, double, n);
    memcpy(base, m->inputs, n * sizeof *base);
    for (size_t k = 0; k < LANES; k++) {
        if (faults[k].kind != MCY_FAULT_NONE)
            continue;
        for (size_t i = 0; i < count; i++)
            m->inputs[varying[i]] = points[i][k];
        model_evaluate(m);
        for (size_t i = 0; i < w->count; i++) {
            const mcy_place *p = &w->places[i];
            double tree = mcy_evaluated(m->evaluation, p->symbol, p->element, p->quarter);
            compared++;
            if (memcmp(&tree, &results[i][k], sizeof tree) != 0)
                fail_msg("%s element %zu quarter %d lane %zu: tree %.17g, program %.17g",
                         mcy_model_symbol(m->model, p->symbol)->name, p->element, p->quarter, k,
                         tree, results[i][k]);
        }
    }
    memcpy(m->inputs, base, n * sizeof *base);
    return compared;
}

static void random_models__tree_and_program__agree_to_the_last_bit(void **state)
{
    (void)state;
    static wanted w;
    size_t compared = 0;
    for (uint64_t seed = 1; seed <= MODELS; seed++) {
        draw d;
        draw_model(&d, seed);
        assert_false(d.text.failed);
        model_text m = model_read_text(mcy_text_view(&d.text));
        model_unroll(&m, LAST);
        want_everything(&m, &w);
        assert_true(mcy_unrolled_input_count(m.unrolled) <= 512);
        for (mcy_variant v = MCY_VARIANT_PLAIN; v < MCY_VARIANT_COUNT; v++)
            if (mcy_variant_supported(v))
                compared += check_lanes(&m, &w, v, &d.random);
        model_release(&m);
        mcy_text_release(&d.text);
    }
    assert_true(compared > 100000);
}

/* ---- printed and read again ---- */

static void declarations_of(const char *text, mcy_text *out)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        static const char *const words[] = {"dimension ", "subset ",  "assumption ",
                                            "variable ",  "derived ", "output "};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (!strncmp(line, words[i], strlen(words[i])))
                mcy_text_print(out, "%.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void random_models__printed_and_read_again__have_the_same_graph(void **state)
{
    (void)state;
    for (uint64_t seed = 1000; seed < 1000 + MODELS; seed++) {
        draw d;
        draw_model(&d, seed);
        model_text m = model_read_text(mcy_text_view(&d.text));
        model_unroll(&m, LAST);
        mcy_text again = {0};
        declarations_of(mcy_text_view(&d.text), &again);
        for (size_t i = 0; i < mcy_model_equation_count(m.model); i++) {
            mcy_model_equation_text(m.model, i, &again);
            mcy_text_add(&again, "\n");
        }
        model_text n = model_read_text(mcy_text_view(&again));
        model_unroll(&n, LAST);
        const mcy_graph *a = mcy_unrolled_graph(m.unrolled),
                        *b = mcy_unrolled_graph(n.unrolled);
        assert_int_equal(mcy_graph_size(a), mcy_graph_size(b));
        for (mcy_node i = 0; i < mcy_graph_size(a); i++) {
            assert_int_equal(mcy_graph_op(a, i), mcy_graph_op(b, i));
            assert_memory_equal(mcy_graph_operands(a, i), mcy_graph_operands(b, i),
                                mcy_op_operands(mcy_graph_op(a, i)) * sizeof(mcy_node));
        }
        mcy_text_release(&again);
        mcy_text_release(&d.text);
        model_release(&m);
        model_release(&n);
    }
}

/* ---- mutated ---- */

static void mutate(draw *d, char *text, size_t size)
{
    static const char bits[] = "()[]+-*/^=<>.,:\"@#0123456789abcxyzfirm \nvt";
    for (size_t k = 0; k < 1 + pick(d, 6); k++)
        text[pick(d, size)] = bits[pick(d, sizeof bits - 1)];
}

static void random_models__mutated__are_read_or_refused_with_reasons(void **state)
{
    (void)state;
    size_t refused = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        draw d;
        draw_model(&d, 1 + seed % 37);
        d.random = random_seed(seed);
        mutate(&d, d.text.bytes, d.text.size);
        mcy_arena *arena = mcy_arena_create();
        mcy_source source = {"mutated.eqn", mcy_text_view(&d.text), d.text.size};
        const mcy_model *model;
        mcy_report report;
        mcy_error err = {0};
        mcy_status status = mcy_model_read(arena, 1, &source, &model, &report, &err);
        assert_int_equal(status, report.error_count ? MCY_E_INPUT : MCY_OK);
        refused += report.error_count > 0;
        mcy_text shown = {0};
        for (size_t i = 0; i < report.error_count + report.warning_count; i++) {
            assert_true(report.diagnostics[i].line > 0 && report.diagnostics[i].column > 0);
            mcy_diagnostic_print(&report.diagnostics[i], &shown);
        }
        mcy_text_release(&shown);
        mcy_arena_destroy(arena);
        mcy_text_release(&d.text);
    }
    assert_true(refused > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_models__tree_and_program__agree_to_the_last_bit),
        cmocka_unit_test(random_models__printed_and_read_again__have_the_same_graph),
        cmocka_unit_test(random_models__mutated__are_read_or_refused_with_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
