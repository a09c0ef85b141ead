/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every example of docs/equations.md is read and run: what it says it gives, tree and program
 * give to the last bit of each other; what it says is wrong is complained about in those words.
 */
#include "mcy/program.h"
#include "model_text.h"

enum { PAGE_MOST = 1 << 16, LAST = 8, BLOCKS_LEAST = 12, CLAIMS_LEAST = 50 };

static char page[PAGE_MOST];
static size_t claims, blocks;

static double run_program(model_text *m, mcy_node node)
{
    mcy_error err = {0};
    double value = 0, *outputs[1] = {&value};
    mcy_program_request request = {.graph = mcy_unrolled_graph(m->unrolled),
                                   .base = m->inputs,
                                   .output_count = 1,
                                   .outputs = &node};
    const mcy_program *program;
    mcy_scratch *scratch;
    check_ok(mcy_program_compile(m->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(m->arena, program, &scratch, &err), err);
    mcy_program_run(program, scratch, 1, NULL, outputs, NULL);
    return value;
}

/* "price.dram@2 = 4.5" */
static void check_gives(model_text *m, const char *line)
{
    char path[128], text[64];
    int quarter = 0;
    if (sscanf(line, "%127[^@ ]@%d = %63s", path, &quarter, text) != 3 &&
        sscanf(line, "%127[^@ ] = %63s", path, text) != 2)
        fail_msg("not understood: %s", line);
    double want = !strcmp(text, "missing") ? MCY_MISSING : strtod(text, NULL);
    double got = model_value(m, path, quarter);
    size_t symbol, element;
    model_find(m, path, &symbol, &element);
    mcy_node node = mcy_unrolled_node(m->unrolled, symbol, element, quarter);
    assert_true(node != MCY_NODE_NONE);
    double program = run_program(m, node);
    if (memcmp(&got, &program, sizeof got) != 0)
        fail_msg("%s: tree %.17g, program %.17g", path, got, program);
    if (mcy_is_missing(want) ? !mcy_is_missing(got) : !(fabs(got - want) <= 1e-14 * fabs(want)))
        fail_msg("%s@%d = %.17g, the page says %s", path, quarter, got, text);
}

static void check_says(const mcy_report *report, const char *text, size_t size)
{
    for (size_t i = 0; i < report->error_count; i++)
        if (strlen(report->diagnostics[i].text) >= size &&
            !strncmp(report->diagnostics[i].text, text, size))
            return;
    fail_msg("nothing said: %.*s", (int)size, text);
}

static void each_claim(model_text *m, const char *text, const char *word, size_t *count)
{
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        char line[256];
        const char *from = at + strlen(word);
        size_t size = strcspn(from, "\n");
        assert_true(size < sizeof line);
        snprintf(line, sizeof line, "%.*s", (int)size, from);
        if (m->model)
            check_gives(m, line);
        else
            check_says(&m->report, from, size);
        (*count)++;
    }
}

static void check_block(const char *text)
{
    if (!strstr(text, "\n# says ")) {
        model_text m = model_read_text(text);
        model_unroll(&m, LAST);
        for (size_t i = 0; i < mcy_unrolled_input_count(m.unrolled); i++)
            m.inputs[i] = mcy_is_missing(m.inputs[i]) ? 1 : m.inputs[i];
        model_evaluate(&m);
        size_t first;
        assert_int_equal(mcy_evaluated_checks(m.evaluation, &first), 0);
        each_claim(&m, text, "\n# gives ", &claims);
        model_release(&m);
        return;
    }
    model_text m = {.arena = mcy_arena_create()};
    mcy_source source = {"page.eqn", text, strlen(text)};
    mcy_error err = {0};
    assert_int_equal(mcy_model_read(m.arena, 1, &source, &m.model, &m.report, &err),
                     MCY_E_INPUT);
    size_t said = 0;
    each_claim(&m, text, "\n# says ", &said);
    assert_int_equal(said, m.report.error_count);
    claims += said;
    model_release(&m);
}

static void examples__of_the_reference__hold(void **state)
{
    (void)state;
    FILE *f = fopen(MCY_SOURCE_DIR "/docs/equations.md", "rb");
    assert_non_null(f);
    size_t n = fread(page, 1, PAGE_MOST - 1, f);
    fclose(f);
    assert_true(n < PAGE_MOST - 1);
    for (char *at = strstr(page, "\n```eqn\n"); at; at = strstr(at, "\n```eqn\n")) {
        char *text = at + 8, *end = strstr(text, "\n```\n");
        assert_non_null(end);
        end[1] = '\0';
        check_block(text);
        blocks++;
        at = end + 2;
    }
    assert_true(blocks >= BLOCKS_LEAST && claims >= CLAIMS_LEAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples__of_the_reference__hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
