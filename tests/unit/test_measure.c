/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring texts: against what the font itself promises (an em a Chinese character, equal
 * digits). */
#include "check.h"

#include "mcy/display.h"
#include "mcy/measure.h"

static const char family[] = "Noto Sans CJK SC";
static mcy_measurer *measurer;

static int set_up(void **state)
{
    mcy_error err = {0};
    (void)state;
    return mcy_measurer_create(&measurer, &err) != MCY_OK;
}

static int tear_down(void **state)
{
    (void)state;
    mcy_measurer_destroy(measurer);
    return 0;
}

static mcy_text_box box_of(const char *text, double size, bool bold)
{
    mcy_error err = {0};
    mcy_text_box box;
    check_ok(mcy_measure(measurer, &(mcy_font){family, size, bold}, text, &box, &err), err);
    return box;
}

static void measure__of_chinese__is_an_em_a_character(void **state)
{
    (void)state;
    for (double size = 4; size < 100; size *= 1.37) {
        check_near(box_of("季度收入", size, false).width, 4 * size, 1e-3);
        check_near(box_of("图表１：", size, true).width, 4 * size, 1e-3);
    }
}

/* The digits of the family are 555 and 590 thousandths of an em wide (its table of advances).
 */
static void measure__of_digits__is_their_advance(void **state)
{
    (void)state;
    for (char digit[2] = "0"; *digit <= '9'; ++*digit) {
        check_near(box_of(digit, 1000, false).width, 555, 1e-3);
        check_near(box_of(digit, 1000, true).width, 590, 1e-3);
    }
    check_near(box_of("20,260", 10, false).width, 5 * 5.55 + 2.78, 1e-3); /* no kerning there */
}

/* The engine lays out by a table of advances: what Pango draws is never wider, nor much less. */
static void display_ems__of_any_words__bounds_what_is_drawn(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "来源：美光公告、三星电子公告、SK海力士公告、TrendForce、Omdia、memcycle 测算，数据截至 2026-06-01",
        "Source: Micron filings and remarks, Samsung Electronics results, SK hynix results",
        "Base: DRAM contract price highest in 1Q28E, 1.78 times 1Q26",
        "5th–95th percentile; USD 1.4bn, (non-GAAP) + 12.5% − 3.2 pp × 2 ÷ 7 ± 0.1",
        "quarterly/dram-fill",
        "FQ3-26E",
        "-1,236.6%",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "abcdefghijklmnopqrstuvwxyz",
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double drawn = box_of(texts[i], 1, false).width, ems = mcy_display_ems(texts[i]);
        if (drawn > ems + 0.01 || ems > 1.02 * drawn)
            fail_msg("'%s' is %.3f em wide, the table says %.3f", texts[i], drawn, ems);
        assert_true(i > 2 || box_of(texts[i], 1, true).width < 1.065 * ems); /* titles */
    }
}

static void measure__of_ink__lies_where_the_letters_are(void **state)
{
    (void)state;
    mcy_text_box x = box_of("x", 100, false), p = box_of("p", 100, false);
    mcy_text_box h = box_of("h", 100, false), blank = box_of("  ", 100, false);
    assert_true(fabs(x.bottom) < 2 && p.bottom > 10); /* on the line, and under it */
    assert_true(h.top < x.top && x.top < -30);
    assert_true(x.left >= 0 && x.right <= x.width);
    assert_true(h.ascent >= -h.top && p.descent >= p.bottom);
    check_near(blank.right - blank.left, 0, 0);
    assert_true(blank.width > 0);
    check_near(box_of("", 100, false).width, 0, 0);
    check_near(box_of("a\nb\tc", 100, false).width, box_of("a b c", 100, false).width, 0);
}

static void missing__of_a_family__names_its_characters(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text words = {0};
    mcy_font latin = {"DejaVu Sans", 10, false}, both = {family, 10, false};
    check_ok(
        mcy_measure_missing(measurer, &both, "美光 FQ2-26E：12.3%（推算）\n", &words, &err),
        err);
    assert_string_equal(mcy_text_view(&words), "");
    check_ok(mcy_measure_missing(measurer, &latin, "a光b光美", &words, &err), err);
    assert_string_equal(mcy_text_view(&words), "光 U+5149 美 U+7F8E");
    mcy_text_release(&words);
    mcy_text_box box;
    check_ok(mcy_measure(measurer, &latin, "a光b光美", &box, &err), err);
    assert_int_equal(box.missing, 3);
    assert_int_equal(box_of("a光b", 10, false).missing, 0);
}

static void measure__of_what_cannot_be__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text_box box;
    mcy_font none = {"No Such Family", 10, false}, flat = {family, 0, false};
    mcy_font good = {family, 10, false};
    check_refused(mcy_measure(measurer, &none, "a", &box, &err), MCY_E_MISSING, err,
                  "'No Such Family' is not installed");
    check_refused(mcy_measure(measurer, &flat, "a", &box, &err), MCY_E_INPUT, err,
                  "font size 0");
    check_refused(mcy_measure(measurer, &good, "ab\xff", &box, &err), MCY_E_INPUT, err,
                  "byte 3 of a text is not UTF-8: 0xff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measure__of_chinese__is_an_em_a_character),
        cmocka_unit_test(measure__of_digits__is_their_advance),
        cmocka_unit_test(display_ems__of_any_words__bounds_what_is_drawn),
        cmocka_unit_test(measure__of_ink__lies_where_the_letters_are),
        cmocka_unit_test(missing__of_a_family__names_its_characters),
        cmocka_unit_test(measure__of_what_cannot_be__is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
