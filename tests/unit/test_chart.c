/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"
#include "gallery.h"

#include <stdlib.h>

#include "mcy/csv.h"
#include "mcy/script.h"
#include "mcy/theme.h"

static void check__of_every_kind__passes(void **state)
{
    (void)state;
    for (size_t i = 0; i < GALLERY; i++) {
        gallery_chart g;
        mcy_error err = {0};
        gallery_make(&g, i);
        check_ok(mcy_chart_check(&g.chart, &err), err);
    }
}

static void check__of_bad_charts__names_figure_and_point(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    gallery_make(&g, MCY_CHART_COLUMNS);
    g.values[0][3] = (double)INFINITY;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "'Revenue' at FQ4-22");
    g.values[0][3] = MCY_MISSING;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "gaps are not allowed");
    g.series[0].gaps = true;
    check_ok(mcy_chart_check(&g.chart, &err), err);
    for (size_t i = 0; i < GALLERY_POINTS; i++)
        g.values[0][i] = MCY_MISSING;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_MISSING, err, "no value at all");
    gallery_make(&g, MCY_CHART_COLUMNS);
    g.chart.title.zh = NULL;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "one language alone");
    gallery_make(&g, MCY_CHART_COLUMNS);
    g.chart.source = (mcy_bilingual){"", ""};
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "source line is empty");
    g.chart.id = "../x";
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "'../x'");
    gallery_make(&g, MCY_CHART_LINES);
    g.low[1][2] = g.high[1][2] + 1;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "low");
    g.series[1].high = NULL;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_MISSING, err, "one bound alone");
}

static void check__of_a_waterfall_that_does_not_close__is_refused(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    gallery_make(&g, MCY_CHART_WATERFALL);
    g.values[0][2] += 1e-5;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "its total is 2272.65");
    g.flags[0][6] = 0;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "ends with a total");
}

static void check__of_a_frame_that_lies__is_refused(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    gallery_make(&g, MCY_CHART_HEAT);
    g.chart.base_value += 0.02;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "the framed cell holds");
    g.chart.base_row = 7;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "not on the grid");
}

static void check__of_half_a_width__refuses_what_it_cannot_hold(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    gallery_make(&g, MCY_CHART_TORNADO);
    g.chart.half = true;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "does not fit");
    gallery_make(&g, MCY_CHART_WATERFALL);
    g.chart.half = true;
    check_ok(mcy_chart_check(&g.chart, &err), err);
    gallery_make(&g, MCY_CHART_DOTS);
    g.chart.half = true;
    check_ok(mcy_chart_check(&g.chart, &err), err);
    g.chart.points = 8;
    for (size_t i = 6; i < 8; i++) {
        g.labels[i] = g.labels[0];
        for (size_t s = 0; s < 2; s++) {
            g.values[s][i] = 71.3;
            g.low[s][i] = g.high[s][i] = 71.3;
        }
    }
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err,
                  "a dots holds at most 7 rows, got 8");
}

static void reached__of_a_level__is_the_first_point_from_below(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    gallery_make(&g, MCY_CHART_LINES);
    static const double values[] = {71.9, 97.99, 98.0, 91.3, 99.1};
    for (size_t i = 0; i < GALLERY_POINTS; i++) {
        g.values[0][i] = values[i % 5];
        g.values[1][i] = 98.7;
        g.values[2][i] = 60;
    }
    assert_int_equal(mcy_chart_reached(&g.chart, &g.series[0]), GALLERY_POINTS);
    g.chart.left.marked = true;
    g.chart.left.reach = 98;
    assert_int_equal(mcy_chart_reached(&g.chart, &g.series[0]), 2);
    assert_int_equal(mcy_chart_reached(&g.chart, &g.series[1]),
                     GALLERY_POINTS); /* always there */
    assert_int_equal(mcy_chart_reached(&g.chart, &g.series[2]), GALLERY_POINTS); /* never */
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    mcy_text script = {0};
    for (size_t s = 0; s < 3; s++)
        g.series[s].low = g.series[s].high = NULL;
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err),
             err);
    check_ok(mcy_chart_script(&g.chart, &theme, "t", MCY_EN, &script, &err), err);
    assert_non_null(strstr(script.bytes, "'Micron DRAM FQ3-22' at screen"));
    assert_null(strstr(script.bytes, "'Samsung DRAM FQ"));
    mcy_text_clear(&script);
    g.values[2][2] = 98.2; /* two in one period are one mark */
    check_ok(mcy_chart_script(&g.chart, &theme, "t", MCY_EN, &script, &err), err);
    assert_non_null(strstr(script.bytes, "'Micron DRAM, SK hynix FQ3-22' at screen"));
    mcy_text_release(&script);
    mcy_arena_destroy(arena);
}

static bool script_has(const mcy_chart *chart, mcy_language language, const char *words)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    mcy_text script = {0};
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err),
             err);
    check_ok(mcy_chart_script(chart, &theme, "t", language, &script, &err), err);
    bool found = strstr(script.bytes, words);
    mcy_text_release(&script);
    mcy_arena_destroy(arena);
    return found;
}

/* The difference of two percentages is in points; levels stay percent. */
static void waterfall__of_percentages__has_steps_in_points(void **state)
{
    (void)state;
    gallery_chart g;
    gallery_make(&g, MCY_CHART_WATERFALL);
    assert_true(script_has(&g.chart, MCY_EN, "'+631.7'"));
    g.chart.left.unit = "%";
    assert_true(script_has(&g.chart, MCY_EN, "'+631.7pp'"));
    assert_true(script_has(&g.chart, MCY_EN, "'-32.6pp'"));
    assert_true(script_has(&g.chart, MCY_EN, "'1,364.3%'"));
}

static void row__above_stacks__is_their_sum(void **state)
{
    (void)state;
    gallery_chart g;
    gallery_make(&g, MCY_CHART_STACKED);
    assert_false(script_has(&g.chart, MCY_ZH, "'合计'"));
    g.chart.number_row = true;
    for (size_t s = 0; s < 3; s++)
        g.values[s][2] = 411.2 + (double)s; /* 411.2 + 412.2 + 413.2 */
    assert_true(script_has(&g.chart, MCY_ZH, "'1,236.6'"));
    assert_true(script_has(&g.chart, MCY_ZH, "'合计'"));
}

static void path__of_estimates__is_hollow_and_dashed(void **state)
{
    (void)state;
    gallery_chart g;
    gallery_make(&g, MCY_CHART_PATH);
    assert_false(script_has(&g.chart, MCY_EN, "$hollow << EOD"));
    g.chart.estimate_from = 9;
    assert_true(script_has(&g.chart, MCY_EN, "$hollow << EOD"));
    assert_true(script_has(&g.chart, MCY_EN, "line_DASH = '1 2'"));
    g.chart.estimate_from = 0;
    assert_false(script_has(&g.chart, MCY_EN, "$full << EOD"));
}

/* What a mark covers is not drawn; a wider interval is. */
static void dots__with_narrow_intervals__have_no_bars(void **state)
{
    (void)state;
    gallery_chart g;
    gallery_make(&g, MCY_CHART_DOTS);
    assert_true(script_has(&g.chart, MCY_EN, "$error << EOD"));
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < 6; i++)
            g.low[s][i] = g.high[s][i] = g.values[s][i];
    assert_false(script_has(&g.chart, MCY_EN, "$error << EOD"));
}

/* Every size in the script of every kind, at both widths and in both languages. */
static void script__of_every_kind__has_no_text_below_seven_points(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err),
             err);
    for (size_t i = 0; i < 2 * 2 * GALLERY; i++) {
        gallery_chart g;
        mcy_text script = {0};
        size_t sizes = 0;
        gallery_make(&g, i % GALLERY);
        g.chart.half = i / GALLERY % 2 && g.chart.kind != MCY_CHART_TORNADO;
        mcy_language language = i / GALLERY / 2 ? MCY_EN : MCY_ZH;
        check_ok(mcy_chart_script(&g.chart, &theme, "t", language, &script, &err), err);
        for (const char *at = script.bytes; (at = strstr(at, " font FONT")) != NULL; at++) {
            double size = strtod(strchr(at, ',') + 1, NULL);
            if (size < 7 || size > 11)
                fail_msg("%s: a text of %g points: %.90s", g.chart.id, size, at);
            sizes++;
        }
        assert_true(sizes >= 6);
        assert_int_equal(!!strstr(script.bytes, "*SX"), g.chart.half);
        mcy_text_release(&script);
    }
    mcy_arena_destroy(arena);
}

static void point__at_a_round_number_below_zero__is_not_on_the_bottom_line(void **state)
{
    (void)state;
    gallery_chart g;
    gallery_make(&g, MCY_CHART_LINES);
    g.chart.series_count = 1;
    g.series[0].low = g.series[0].high = NULL;
    for (size_t i = 0; i < g.chart.points; i++)
        g.values[0][i] = i ? 76 : -20;
    g.series[0].mark = MCY_MARK_LINE;
    assert_true(script_has(&g.chart, MCY_EN, "set yrange [-20:80]"));
    g.series[0].mark = MCY_MARK_POINT;
    assert_true(script_has(&g.chart, MCY_EN, "set yrange [-40:80]"));
}

static void names__mistyped__suggest_the_right_one(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_chart_kind kind;
    mcy_mark mark;
    check_ok(mcy_chart_kind_named("waterfall", &kind, &err), err);
    assert_int_equal(kind, MCY_CHART_WATERFALL);
    check_refused(mcy_chart_kind_named("colums", &kind, &err), MCY_E_INPUT, err, "'columns'?");
    check_refused(mcy_mark_named("bra", &mark, &err), MCY_E_INPUT, err, "'bar'?");
}

static void csv__of_a_chart__has_what_is_plotted(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    mcy_text csv;
    mcy_text_init(&csv);
    gallery_make(&g, MCY_CHART_LINES);
    g.values[0][0] = 5727.8790123456;
    g.low[0][0] = 5727;
    g.high[0][0] = 5728.5;
    check_ok(mcy_chart_csv(&g.chart, &csv, &err), err);
    assert_non_null(strstr(csv.bytes,
                           "lines,micron,美光 DRAM,Micron DRAM,FQ1-22,FQ1-22,FQ1-22,,"
                           "5727.8790123456,5727,5728.5,published,,micron@FQ1-22\n"));
    assert_non_null(strstr(csv.bytes, ",inferred,,micron@FQ4-22\n"));
    assert_non_null(strstr(csv.bytes, ",estimate,,micron@FQ1-26\n"));
    mcy_text_release(&csv);
}

/* Two panels of eight quarters, one line in each, the last three quarters of both estimates. */
static void make_panels(gallery_chart *g, mcy_bilingual titles[2])
{
    gallery_make(g, MCY_CHART_LINES);
    titles[0] = (mcy_bilingual){"左", "Left one"};
    titles[1] = (mcy_bilingual){"右", "Right one"};
    g->chart.points = 16;
    g->chart.estimate_from = 5;
    g->chart.panels = titles;
    g->chart.panel_count = 2;
    g->chart.series_count = 2;
    for (size_t s = 0; s < 2; s++) {
        g->series[s] = (mcy_chart_series){.id = s ? "b" : "a",
                                          .name = {"基准", "Base"},
                                          .colour = "base",
                                          .panel = s,
                                          .values = g->values[s]};
        for (size_t i = 0; i < 16; i++)
            g->values[s][i] = i / 8 == s ? 20.125 + (double)i : MCY_MISSING;
    }
}

static void panels__side_by_side__hold_their_own_series(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_bilingual titles[2];
    mcy_error err = {0};
    mcy_text csv = {0}, script = {0};
    size_t rows = 0, legends = 0;
    make_panels(&g, titles);
    check_ok(mcy_chart_check(&g.chart, &err), err);
    check_ok(mcy_chart_csv(&g.chart, &csv, &err), err);
    for (const char *p = csv.bytes; (p = strchr(p, '\n')); p++)
        rows++;
    assert_int_equal(rows, 1 + 2 * 8);
    assert_non_null(strstr(csv.bytes, ",FQ1-24,FQ1-24,FQ1-24,,28.125,,,published,,b@FQ1-24\n"));
    assert_non_null(strstr(csv.bytes, ",FQ2-23,FQ2-23,FQ2-23,,25.125,,,estimate,,a@FQ2-23\n"));
    assert_non_null(strstr(csv.bytes, ",FQ2-25,FQ2-25,FQ2-25,,33.125,,,estimate,,b@FQ2-25\n"));
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "en-broker", NULL, &theme, &err),
             err);
    check_ok(mcy_chart_script(&g.chart, &theme, "p", MCY_EN, &script, &err), err);
    assert_non_null(strstr(script.bytes, "'Left one'"));
    assert_non_null(strstr(script.bytes, "'Right one'"));
    for (const char *p = script.bytes; (p = strstr(p, "'Base'")); p++)
        legends++;
    assert_int_equal(legends, 1);
    mcy_text_release(&csv);
    mcy_text_release(&script);
    mcy_arena_destroy(arena);
}

static void panels__that_cannot_be__are_refused(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_bilingual titles[2];
    mcy_error err = {0};
    make_panels(&g, titles);
    g.values[1][11] = MCY_MISSING;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_DOMAIN, err, "'Base' at FQ4-24");
    g.series[1].panel = 2;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "panel 3 of 2");
    titles[1].zh = NULL;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "one language alone");
    g.chart.points = 15;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "15 points in 2 panels");
    g.chart.number_row = true;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err,
                  "without a row of numbers");
    g.chart.left.marked = true;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err,
                  "cannot be marked in panels");
    mcy_bilingual three[3] = {{"一", "one"}, {"二", "two"}, {"三", "three"}};
    make_panels(&g, titles);
    g.chart.half = true;
    check_ok(mcy_chart_check(&g.chart, &err), err);
    g.chart.panels = three;
    g.chart.panel_count = 3;
    g.chart.points = 15;
    check_refused(mcy_chart_check(&g.chart, &err), MCY_E_INPUT, err, "side by side, not 3");
}

static void script__with_hostile_titles__quotes_them(void **state)
{
    (void)state;
    gallery_chart g;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    mcy_text script;
    mcy_text_init(&script);
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err),
             err);
    gallery_make(&g, MCY_CHART_WATERFALL);
    g.chart.title = (mcy_bilingual){"x' `id`\nset output '|id", "y\" $(id) {/Bold z}"};
    check_ok(mcy_chart_script(&g.chart, &theme, "t", MCY_ZH, &script, &err), err);
    assert_non_null(strstr(script.bytes, "'图表6：x'' `id` set output ''|id'"));
    assert_null(strstr(script.bytes, "\nset output '|id"));
    mcy_text_release(&script);
    mcy_arena_destroy(arena);
}

static void theme__unknown_or_bad__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    const char *plots = MCY_SOURCE_DIR "/plots";
    check_refused(mcy_theme_read(arena, plots, "jp-broker", NULL, &theme, &err), MCY_E_INPUT,
                  err, "cn-broker or en-broker");
    check_refused(mcy_theme_read(arena, plots, "cn-broker", "A'; x", &theme, &err), MCY_E_INPUT,
                  err, "no family has");
    check_refused(mcy_theme_read(arena, MCY_SOURCE_DIR "/src", "cn-broker", NULL, &theme, &err),
                  MCY_E_IO, err, "palette.csv");
    check_ok(mcy_theme_read(arena, plots, "en-broker", "Arial", &theme, &err), err);
    assert_string_equal(mcy_theme_word(&theme, "figure", MCY_EN), "Exhibit %d: ");
    assert_string_equal(mcy_theme_word(&theme, "font", MCY_ZH), "Arial");
    mcy_arena_destroy(arena);
}

/* Red is up in China and down at English brokers. */
static void palette__by_style__turns_red_and_green(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    static const struct {
        const char *style;
        bool red_up;
    } styles[] = {{"cn-broker", true}, {"en-broker", false}};
    for (size_t i = 0; i < 2; i++) {
        mcy_theme theme;
        check_ok(
            mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", styles[i].style, NULL, &theme, &err),
            err);
        uint32_t up = mcy_theme_colour(&theme, "up")->rgb;
        assert_int_equal((up >> 16) > (up >> 8 & 0xFF), styles[i].red_up);
        uint32_t down = mcy_theme_colour(&theme, "down")->rgb;
        assert_int_equal((down >> 16) > (down >> 8 & 0xFF), !styles[i].red_up);
    }
    mcy_arena_destroy(arena);
}

/* Colours that meet in one figure differ for every eye; in grey by lightness, or else by point
 * or dash as well. */
static void palette__for_every_eye__stays_apart(void **state)
{
    (void)state;
    static const char *const groups[][6] = {
        {"micron", "samsung", "skhynix", "rest", "market"},
        {"dram", "nand", "hbm", "other"},
        {"base", "bull", "bear"},
        {"up", "down", "total"},
        {"series1", "series2", "series3", "series4", "series5"}};
    static const char *const eyes[] = {"normal", "protan", "deutan", "tritan"};
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    static const char *const styles[] = {"cn-broker", "en-broker"};
    for (size_t s = 0; s < 2; s++) {
        mcy_theme theme;
        check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", styles[s], NULL, &theme, &err),
                 err);
        for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
            for (size_t a = 0; a < 6 && groups[g][a]; a++)
                for (size_t b = 0; b < a; b++) {
                    const mcy_colour *one = mcy_theme_colour(&theme, groups[g][a]);
                    const mcy_colour *two = mcy_theme_colour(&theme, groups[g][b]);
                    for (size_t e = 0; e < 4; e++)
                        if (mcy_colour_distance(one->rgb, two->rgb, eyes[e]) < 25)
                            fail_msg("%s: %s and %s are %.1f apart to %s eyes", styles[s],
                                     one->role, two->role,
                                     mcy_colour_distance(one->rgb, two->rgb, eyes[e]), eyes[e]);
                    double grey = mcy_colour_distance(one->rgb, two->rgb, "grey");
                    bool otherwise = one->point != two->point || one->dash != two->dash;
                    if (grey < 8 || (grey < 20 && !otherwise))
                        fail_msg("%s: %s and %s are %.1f apart in grey", styles[s], one->role,
                                 two->role, grey);
                }
    }
    mcy_arena_destroy(arena);
}

/* Light fills, of estimates and inferred values: apart from one another in grey where firms stand
 * on top of one another, and from the solid fill of the same firm. */
static void palette__of_light_bars__stays_apart_in_grey(void **state)
{
    (void)state;
    static const char *const firms[] = {"micron", "samsung", "skhynix", "rest"};
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    check_ok(mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err),
             err);
    for (size_t a = 0; a < 4; a++) {
        uint32_t solid = mcy_theme_colour(&theme, firms[a])->rgb;
        uint32_t light = mcy_colour_lighter(solid, MCY_LIGHT_SHARE);
        assert_true(mcy_colour_distance(solid, light, "grey") > 12);
        for (size_t b = 0; b < a; b++) {
            uint32_t other =
                mcy_colour_lighter(mcy_theme_colour(&theme, firms[b])->rgb, MCY_LIGHT_SHARE);
            double apart = mcy_colour_distance(light, other, "grey");
            if (apart < 6)
                fail_msg("light %s and %s are %.1f apart in grey", firms[a], firms[b], apart);
        }
    }
    mcy_arena_destroy(arena);
}

static void distance__of_known_colours__is_right(void **state)
{
    (void)state;
    check_near(mcy_colour_distance(0x000000, 0xFFFFFF, "normal"), 100.0, 1e-3);
    check_near(mcy_colour_distance(0x777777, 0x777777, "deutan"), 0.0, 1e-12);
    /* sRGB red is L* 53.24, a* 80.09, b* 67.20; green 87.73, -86.18, 83.18 */
    check_near(mcy_colour_distance(0xFF0000, 0x00FF00, "normal"),
               sqrt(34.49 * 34.49 + 166.27 * 166.27 + 15.98 * 15.98), 1e-3);
    assert_true(mcy_colour_distance(0xFF0000, 0x00FF00, "protan") < 110);
    assert_int_equal(mcy_colour_lighter(0x204060, 0.5), 0x90A0B0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__of_every_kind__passes),
        cmocka_unit_test(check__of_bad_charts__names_figure_and_point),
        cmocka_unit_test(check__of_a_waterfall_that_does_not_close__is_refused),
        cmocka_unit_test(check__of_a_frame_that_lies__is_refused),
        cmocka_unit_test(check__of_half_a_width__refuses_what_it_cannot_hold),
        cmocka_unit_test(reached__of_a_level__is_the_first_point_from_below),
        cmocka_unit_test(waterfall__of_percentages__has_steps_in_points),
        cmocka_unit_test(row__above_stacks__is_their_sum),
        cmocka_unit_test(path__of_estimates__is_hollow_and_dashed),
        cmocka_unit_test(dots__with_narrow_intervals__have_no_bars),
        cmocka_unit_test(script__of_every_kind__has_no_text_below_seven_points),
        cmocka_unit_test(names__mistyped__suggest_the_right_one),
        cmocka_unit_test(point__at_a_round_number_below_zero__is_not_on_the_bottom_line),
        cmocka_unit_test(csv__of_a_chart__has_what_is_plotted),
        cmocka_unit_test(panels__side_by_side__hold_their_own_series),
        cmocka_unit_test(panels__that_cannot_be__are_refused),
        cmocka_unit_test(script__with_hostile_titles__quotes_them),
        cmocka_unit_test(theme__unknown_or_bad__is_refused),
        cmocka_unit_test(palette__by_style__turns_red_and_green),
        cmocka_unit_test(palette__for_every_eye__stays_apart),
        cmocka_unit_test(palette__of_light_bars__stays_apart_in_grey),
        cmocka_unit_test(distance__of_known_colours__is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
