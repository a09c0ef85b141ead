/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML trees, their places, and the binder. */
#include "check.h"

#include <stdlib.h>

#include "yaml_bind.h"

static mcy_arena *arena;
static mcy_yaml_report report;
static mcy_error err;

static const mcy_yaml_node *read_yaml(const char *text)
{
    const mcy_yaml_node *root = NULL;
    check_ok(mcy_yaml_read_text(arena, "case.yaml", text, strlen(text), &report, &root, &err),
             err);
    return root;
}

static void refused(const char *text, const char *line)
{
    mcy_yaml_report_release(&report);
    assert_null(read_yaml(text));
    assert_true(report.count > 0);
    if (!strstr(mcy_text_view(&report.lines), line))
        fail_msg("'%s' does not say '%s'", mcy_text_view(&report.lines), line);
    check_refused(mcy_yaml_report_status(&report, &err), MCY_E_INPUT, err, line);
    mcy_yaml_report_release(&report);
}

static void yaml_read__plain_file__keeps_text_and_places(void **state)
{
    (void)state;
    const mcy_yaml_node *root = read_yaml("# head\ntitle: {zh: 基准, en: Base}\n"
                                          "list:\n  - 12,5\n  - 'no'\n  - 0x1F\nempty:\n");
    assert_int_equal(report.count, 0);
    assert_int_equal(root->kind, MCY_YAML_MAPPING);
    assert_int_equal(root->count, 3);
    assert_string_equal(mcy_yaml_get(mcy_yaml_get(root, "title"), "zh")->text, "基准");
    const mcy_yaml_node *list = mcy_yaml_get(root, "list");
    assert_int_equal(list->count, 3);
    assert_string_equal(list->items[0]->text, "12,5");
    assert_false(list->items[0]->quoted);
    assert_true(list->items[1]->quoted);
    assert_int_equal(list->items[2]->place.line, 6);
    assert_int_equal(list->items[2]->place.column, 5);
    assert_string_equal(mcy_yaml_get(root, "empty")->text, "");
    assert_int_equal(mcy_yaml_get(root, "empty")->place.line, 7);
    assert_null(mcy_yaml_get(root, "absent"));
}

static void yaml_read__what_is_not_used_here__is_refused_with_its_place(void **state)
{
    (void)state;
    refused("a: 1\nb: 2\na: 3\n", "case.yaml:3:1: duplicate key");
    refused("a: &x 1\nb: 2\n", "case.yaml:1:7: anchors");
    refused("a: &x 1\nb: *x\n", "case.yaml:2:5: anchors");
    refused("a: 1\nb: !!int 2\n", "case.yaml:2:4: tags");
    refused("a: 1\n---\nb: 2\n", "second document");
    refused("a: [1, 2\n", "case.yaml:");
    refused("a: {b: 1\nc: 2", "case.yaml:");
    refused("", "the file is empty");
    refused("? [a, b]\n: 1\n", "case.yaml:1:1: a key that is not a plain word");
    refused("a: \xff\n", "case.yaml:1:4: byte 0xff");
    refused("ok: 1\nb: \x01\n", "case.yaml:2:4: byte 0x01");
    refused("a: '\\0'\nb: \"x\\0y\"\n", "case.yaml:2:5: a zero byte");
    refused("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
            "nested more than");
}

typedef struct sample {
    const char *name;
    double factor;
    size_t runs;
    bool keep;
    mcy_bilingual title;
    const mcy_yaml_node *axes, *about;
    int method;
} sample;

static const char *const methods[] = {"table", "tornado", "lhs", NULL};
static const mcy_yaml_field sample_fields[] = {
    {"name", MCY_YAML_TEXT, offsetof(sample, name), true, NULL},
    {"factor", MCY_YAML_NUMBER, offsetof(sample, factor), false, NULL},
    {"runs", MCY_YAML_COUNT, offsetof(sample, runs), false, NULL},
    {"keep", MCY_YAML_SWITCH, offsetof(sample, keep), false, NULL},
    {"title", MCY_YAML_BILINGUAL, offsetof(sample, title), false, NULL},
    {"axes", MCY_YAML_LIST, offsetof(sample, axes), false, NULL},
    {"about", MCY_YAML_ANY, offsetof(sample, about), false, NULL},
    {"method", MCY_YAML_WORD, offsetof(sample, method), false, methods},
};

static bool bind(const char *text, sample *out)
{
    const mcy_yaml_node *root = read_yaml(text);
    assert_non_null(root);
    return mcy_yaml_bind(&report, root, "a sample", sample_fields,
                         MCY_YAML_FIELDS(sample_fields), out);
}

static void yaml_bind__a_sound_map__fills_the_struct(void **state)
{
    (void)state;
    sample s = {.runs = 7};
    assert_true(bind("name: fan\nfactor: -2.385e-1\nkeep: yes\ntitle: {zh: 扇, en: Fan}\n"
                     "axes: [a]\nabout: {x: 1}\nmethod: tornado\n",
                     &s));
    assert_string_equal(s.name, "fan");
    check_near(s.factor, -0.2385, 0);
    assert_int_equal(s.runs, 7);
    assert_true(s.keep);
    assert_string_equal(s.title.en, "Fan");
    assert_int_equal(s.axes->count, 1);
    assert_int_equal(s.about->kind, MCY_YAML_MAPPING);
    assert_int_equal(s.method, 1);
}

static void refused_bind(const char *text, const char *line)
{
    sample s = {0};
    mcy_yaml_report_release(&report);
    assert_false(bind(text, &s));
    check_refused(mcy_yaml_report_status(&report, &err), MCY_E_INPUT, err, line);
    mcy_yaml_report_release(&report);
}

static void yaml_bind__wrong_values__are_refused_with_suggestions(void **state)
{
    (void)state;
    refused_bind("name: a\nmehtod: lhs\n",
                 "case.yaml:2:1: unknown key 'mehtod' in a sample (did you mean 'method'?)");
    refused_bind("name: a\nzzzzzzz: lhs\n", "which may hold name, factor");
    refused_bind("factor: 1\n", "a sample must say 'name'");
    refused_bind("name: a\nmethod: lsh\n",
                 "wants one of table, tornado, lhs, got 'lsh' (did you");
    refused_bind("name: a\nfactor: 12,5\n",
                 "case.yaml:2:9: 'factor' wants a decimal number, got '12,5'");
    refused_bind("name: a\nfactor: .nan\n", "got '.nan'");
    refused_bind("name: a\nfactor: 1e400\n", "got '1e400'");
    refused_bind("name: a\nfactor: '3'\n", "got '3'");
    refused_bind("name: a\nfactor: [30 10]\n", "got a list");
    refused_bind("name: a\nruns: -1\n", "'runs' wants a whole number, got '-1'");
    refused_bind("name: a\nkeep: on\n", "'keep' wants yes or no, got 'on'");
    refused_bind("name:\n", "'name' wants words, got nothing");
    refused_bind("name: a\ntitle: {zh: x}\n", "title must say 'en'");
    refused_bind("name: a\naxes: 3\n", "'axes' wants a list, got '3'");
    refused_bind("[1]\n", "a sample is a map of keys, got a list");
}

static void yaml_report__many_lines__are_all_counted(void **state)
{
    (void)state;
    mcy_yaml_report_release(&report);
    for (int i = 0; i < 100; i++)
        mcy_yaml_refuse_at(&report, (mcy_yaml_place){"f.yaml", i + 1, 2},
                           "line that is wrong %d", i);
    check_refused(mcy_yaml_report_status(&report, &err), MCY_E_INPUT, err, "f.yaml:1:2: line");
    const char *more = strstr(err.text, "\nand ");
    assert_non_null(more);
    size_t shown = 0;
    for (const char *s = err.text + 1; s < more; s++)
        shown += *s == '\n';
    assert_int_equal(strtoul(more + 5, NULL, 10), 100 - shown - 1);
    mcy_yaml_report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_read__plain_file__keeps_text_and_places),
        cmocka_unit_test(yaml_read__what_is_not_used_here__is_refused_with_its_place),
        cmocka_unit_test(yaml_bind__a_sound_map__fills_the_struct),
        cmocka_unit_test(yaml_bind__wrong_values__are_refused_with_suggestions),
        cmocka_unit_test(yaml_report__many_lines__are_all_counted),
    };
    arena = mcy_arena_create();
    mcy_yaml_report_init(&report);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    mcy_yaml_report_release(&report);
    mcy_arena_destroy(arena);
    return failed;
}
