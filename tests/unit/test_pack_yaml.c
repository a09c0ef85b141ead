/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include "mcy/number.h"
#include "mcy/pack_yaml.h"

static const char good[] =
    "pack: spring-note\n"
    "title: {zh: 春季, en: Spring}\n"
    "style: {zh: cn-broker, en: en-broker}\n"
    "sections:\n"
    "  - title: {zh: 一, en: One}\n"
    "    figures:\n"
    "      - id: revenue\n"
    "        kind: columns\n"
    "        title: {zh: 收入, en: Revenue}\n"
    "        width: half\n"
    "        from: FQ1-22\n"
    "        right: {unit: '%', decimals: 1, signed: yes, rules: [12.5, -3], reach: 98.5}\n"
    "        numbers: yes\n"
    "        notes:\n"
    "          - {zh: 注, en: Note}\n"
    "        series:\n"
    "          - data: fact  micron total revenue gaap\n"
    "            name: {zh: 收入, en: Revenue}\n"
    "            scale: 0.001\n"
    "            right: yes\n"
    "  - title: {zh: 二, en: Two}\n"
    "    figures:\n"
    "      - id: bridge\n"
    "        kind: waterfall\n"
    "        title: {zh: 桥, en: Bridge}\n"
    "        data: bridge micron FQ1-26 FQ2-26\n"
    "      - id: firms\n"
    "        kind: lines\n"
    "        title: {zh: 两家, en: Both}\n"
    "        panels:\n"
    "          - {title: {zh: 美光, en: Micron}, periods: micron}\n"
    "          - {title: {zh: 三星, en: Samsung}}\n"
    "        series:\n"
    "          - {panel: 2, data: run base fcf.samsung, name: {zh: 基准, en: Base}}\n"
    "    tables:\n"
    "      - id: guidance\n"
    "        title: {zh: 指引, en: Guidance}\n"
    "        data: guidance micron\n"
    "    texts:\n"
    "      - {id: key, data: key-figures micron}\n";

static void pack__of_two_sections__is_laid_on_the_struct(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_pack_spec spec;
    check_ok(mcy_pack_spec_read_text(arena, "x.yaml", good, sizeof good - 1, &spec, &err), err);
    assert_string_equal(spec.name, "spring-note");
    assert_string_equal(spec.style.zh, "cn-broker");
    assert_string_equal(spec.style.en, "en-broker");
    assert_int_equal(spec.section_count, 2);
    assert_int_equal(spec.sections[1].first, 1);
    assert_int_equal(spec.figure_count, 3);
    assert_int_equal(spec.figures[2].panel_count, 2);
    assert_string_equal(spec.figures[2].panels[0].periods, "micron");
    assert_null(spec.figures[2].panels[1].periods);
    assert_int_equal(spec.figures[2].series[0].panel, 2);
    const mcy_figure_spec *figure = &spec.figures[0];
    assert_string_equal(figure->title.zh, "收入");
    assert_int_equal(figure->series[0].data_count, 5);
    assert_string_equal(figure->series[0].data[4], "gaap");
    check_near(figure->series[0].scale, 0.001, 1e-15);
    assert_true(figure->series[0].right && figure->right.signed_plus && figure->numbers);
    assert_true(figure->half && !spec.figures[1].half);
    assert_int_equal(figure->right.rule_count, 2);
    check_near(figure->right.rules[1], -3, 1e-15);
    assert_true(mcy_is_missing(figure->left.low) && mcy_is_missing(figure->left.reach));
    check_near(figure->right.reach, 98.5, 1e-15);
    assert_string_equal(spec.figures[1].data[0], "bridge");
    assert_string_equal(spec.tables[0].data[1], "micron");
    assert_int_equal(spec.sections[1].table_count, 1);
    assert_int_equal(spec.sections[0].text_count, 0);
    assert_string_equal(spec.texts[0].data[0], "key-figures");
    mcy_arena_destroy(arena);
}

static void refuses(const char *text, const char *words)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_pack_spec spec;
    check_refused(mcy_pack_spec_read_text(arena, "x.yaml", text, strlen(text), &spec, &err),
                  MCY_E_INPUT, err, words);
    mcy_arena_destroy(arena);
}

static void pack__with_faults__names_their_places(void **state)
{
    (void)state;
    refuses("pack: A b\ntitle: x\nsections: []\n", "x.yaml:1:");
    refuses("pack: a\ntitle: x\nsectoins: []\n", "'sections'");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: columns\n        title: t\n",
            "either data");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: columns\n        title: t\n        data: x\n"
            "        left: {low: 3, high: 2}\n",
            "not below");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: columns\n        title: t\n        data: x\n"
            "        left: {low: 3}\n",
            "both low and high");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: columns\n        title: t\n        series:\n"
            "          - {data: a, name: b, scale: 1e}\n",
            "x.yaml:10:");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: columns\n        title: t\n        data: x\n"
            "        width: narrow\n",
            "half or full, got 'narrow'");
    refuses("pack: a\ntitle: x\nsections:\n  - title: t\n    figures:\n      - id: f\n"
            "        kind: lines\n        title: t\n        panels: [{title: a}]\n"
            "        series: [{data: x, name: y, panel: 2}]\n",
            "has 1 panels; this series stands in panel 2");
    refuses("pack: a\ntitle: x\nstyle: {zh: cn-broker}\nsections: []\n", "x.yaml:3:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack__of_two_sections__is_laid_on_the_struct),
        cmocka_unit_test(pack__with_faults__names_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
