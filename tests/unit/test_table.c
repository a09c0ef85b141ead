/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table in every form. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/table.h"

static mcy_table *filled(mcy_arena *arena)
{
    static const mcy_table_column columns[] = {
        {"firm", {"公司", "firm"}, true, {0}},
        {"margin",
         {"毛利率", "margin"},
         false,
         {.decimals = 1, .signed_plus = true, .unit = "%"}}};
    mcy_table *t =
        mcy_table_create(arena, "m-1", (mcy_bilingual){"标题", "a <title>"}, columns, 2);
    mcy_table_row(t, false);
    mcy_table_words(t, (mcy_bilingual){"美光", "Micron | MU"});
    mcy_table_number(t, 74.85, "gm.micron");
    mcy_table_row(t, true);
    mcy_table_text(t, "all, \"three\"");
    mcy_table_number(t, MCY_MISSING, "gm.none");
    mcy_table_note(t, (mcy_bilingual){"推算", "inferred"});
    return t;
}

static void check_form(mcy_table_form form, mcy_language language, const char *want)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_text text;
    mcy_error err = {0};
    mcy_text_init(&text);
    check_ok(mcy_table_print(filled(arena), form, language, &text, &err), err);
    assert_string_equal(mcy_text_view(&text), want);
    mcy_text_release(&text);
    mcy_arena_destroy(arena);
}

static void print__each_form__is_as_written(void **state)
{
    (void)state;
    check_form(MCY_TABLE_TEXT, MCY_EN,
               "a <title>\nfirm          margin\nMicron | MU   +74.8%\nall, \"three\"       –\n"
               "inferred\n");
    check_form(
        MCY_TABLE_TEXT, MCY_ZH,
        "标题\n公司          毛利率\n美光          +74.8%\nall, \"three\"       –\n推算\n");
    check_form(MCY_TABLE_CSV, MCY_EN,
               "firm,margin\nMicron | MU,74.85\n\"all, \"\"three\"\"\",\n");
    check_form(MCY_TABLE_TSV, MCY_EN, "firm\tmargin\nMicron | MU\t+74.8%\nall, \"three\"\t–\n");
    check_form(MCY_TABLE_MARKDOWN, MCY_EN,
               "**a <title>**\n\n| firm | margin |\n|---|---:|\n| Micron \\| MU | +74.8% |\n"
               "| **all, \"three\"** | **–** |\n\ninferred\n");
    check_form(
        MCY_TABLE_HTML, MCY_EN,
        "<table id=\"m-1\">\n<caption>a &lt;title&gt;</caption>\n<thead><tr><th>firm</th>"
        "<th class=\"n\">margin</th></tr></thead>\n<tbody>\n<tr><td>Micron | MU</td>"
        "<td class=\"n\" data-id=\"gm.micron\">+74.8%</td></tr>\n<tr><th>all, "
        "&quot;three&quot;</th><th class=\"n\">–</th></tr>\n</tbody>\n<tfoot><tr>"
        "<td colspan=\"2\"><div>inferred</div></td></tr></tfoot>\n</table>\n");
}

static void keyed__words__are_a_key_to_programs(void **state)
{
    (void)state;
    static const mcy_table_column column = {"ends", {"结束", "ends"}, true, {0}};
    static const struct {
        mcy_table_form form;
        const char *want;
    } cases[] = {{MCY_TABLE_CSV, "ends\n2028Q1\n"},
                 {MCY_TABLE_JSON, "2028Q1"},
                 {MCY_TABLE_TSV, "ends\n1Q28E\n"},
                 {MCY_TABLE_TEXT, "ends\n1Q28E\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_arena *arena = mcy_arena_create();
        mcy_table *t = mcy_table_create(arena, "k", (mcy_bilingual){"", ""}, &column, 1);
        mcy_text text;
        mcy_error err = {0};
        mcy_text_init(&text);
        mcy_table_row(t, false);
        mcy_table_keyed(t, "2028Q1", (mcy_bilingual){NULL, "1Q28E"});
        check_ok(mcy_table_print(t, cases[i].form, MCY_EN, &text, &err), err);
        assert_non_null(strstr(mcy_text_view(&text), cases[i].want));
        assert_null(strstr(mcy_text_view(&text), i < 2 ? "1Q28E" : "2028Q1"));
        mcy_text_release(&text);
        mcy_arena_destroy(arena);
    }
}

static void print__json__holds_full_numbers_and_null(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_text text;
    mcy_error err = {0};
    mcy_text_init(&text);
    check_ok(mcy_table_print(filled(arena), MCY_TABLE_JSON, MCY_EN, &text, &err), err);
    assert_non_null(strstr(mcy_text_view(&text), "\"margin\": 74.85"));
    assert_non_null(strstr(mcy_text_view(&text), "\"margin\": null"));
    mcy_text_release(&text);
    mcy_arena_destroy(arena);
}

static void print__short_row__is_refused(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_table *t = filled(arena);
    mcy_text text;
    mcy_error err = {0};
    mcy_text_init(&text);
    mcy_table_row(t, false);
    mcy_table_text(t, "lonely");
    check_refused(mcy_table_print(t, MCY_TABLE_CSV, MCY_EN, &text, &err), MCY_E_INPUT, err,
                  "table 'm-1': row 3 has 1 cells, not 2");
    mcy_text_release(&text);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(print__each_form__is_as_written),
        cmocka_unit_test(print__json__holds_full_numbers_and_null),
        cmocka_unit_test(keyed__words__are_a_key_to_programs),
        cmocka_unit_test(print__short_row__is_refused),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
