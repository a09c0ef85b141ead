/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases in three languages, as ranges; what is not known is refused. */
#include "check.h"

#include "mcy/words.h"

typedef struct phrase {
    const char *text;
    double low, high;
    const char *unit;
} phrase;

static void check_phrases(const phrase *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mcy_words w;
        mcy_error err = {0};
        mcy_status status = mcy_words_parse(list[i].text, strlen(list[i].text), &w, &err);
        if (status != MCY_OK)
            fail_msg("'%s': %s", list[i].text, err.text);
        double tolerance = 1e-12 * (1.0 + fabs(list[i].low));
        bool low = w.range.low == list[i].low || fabs(w.range.low - list[i].low) <= tolerance;
        bool high = w.range.high == list[i].high ||
                    fabs(w.range.high - list[i].high) <= 1e-12 * (1.0 + fabs(list[i].high));
        if (!low || !high || strcmp(w.unit, list[i].unit) != 0)
            fail_msg("'%s' gave %g..%g %s, want %g..%g %s", list[i].text, w.range.low,
                     w.range.high, w.unit, list[i].low, list[i].high, list[i].unit);
    }
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define PCT(text, low, high) {text, low, high, "pct"}

static void english__every_form_of_w1__is_its_range(void **state)
{
    (void)state;
    static const phrase list[] = {
        PCT("low-single-digit", 1, 3), PCT("mid-single-digit", 4, 6),
        PCT("high single digits", 7, 9), PCT("upper single-digit percentage range", 7, 9),
        PCT("low-teens", 11, 13), PCT("mid-teens", 14, 16), PCT("high teen %", 17, 19),
        PCT("low-double-digit", 10, 13), PCT("low-20s", 20, 23), PCT("mid-30% range", 34, 36),
        PCT("high seventies", 77, 79), PCT("low-10s %", 11, 13), PCT("mid-10%", 14, 16),
        PCT("about 15%", 14.5, 15.5), PCT("approximately 7.25 percent", 6.75, 7.75),
        PCT("up 7.25%", 7.245, 7.255), PCT("flat", -0.5, 0.5), PCT("relatively flat", -0.5, 0.5),
        PCT("up slightly", 0, 2), PCT("declined slightly", -2, 0), PCT("up somewhat", 0, 3),
        PCT("down modestly", -3, 0), PCT("over 20%", 20, 25), PCT("slightly over 10%", 10, 12),
        PCT("somewhat above 20%", 20, 23), PCT("low-to-mid-teens", 11, 16),
        PCT("low- to mid-teens", 11, 16), PCT("mid-to-high single-digit", 4, 9),
        PCT("high teens to 20%", 17, 20), PCT("high 20s to low 30s percent range", 27, 33),
        PCT("mid-30% to low 40% range", 34, 43), PCT("declined low-to-mid single digits", -6, -1),
        PCT("down around 20%", -20.5, -19.5), PCT("negative 10.5%, plus or minus 250 basis points",
                                                  -13, -8),
        PCT("15-20%", 15, 20), PCT("15%-20% decline", -20, -15), PCT("2~8%", 2, 8),
        PCT("between 0 and 5%", 0, 5), PCT("-1.6 to -0.6%", -1.6, -0.6),
        PCT("lower 20% range", 20, 23), PCT("up mid- to high-single digits, bits flat", 4, 9),
        PCT("5-10% (decline)", -10, -5), PCT("for FQ3-26: mid-teens percent", 14, 16),
        PCT("~20% (industry shipments)", 19.5, 20.5), PCT("up twenty percent", 19.5, 20.5),
        {"more than 20%", 20, INFINITY, "pct"}, {"fell more than 20%", -INFINITY, -20, "pct"},
        {"less than 50%", -INFINITY, 50, "pct"}, {"rose 40%+", 40, INFINITY, "pct"},
    };
    check_phrases(list, COUNT(list));
}

static void amounts__printed_with_digits__half_of_the_last(void **state)
{
    (void)state;
    static const phrase list[] = {
        {"$1.4 billion", 1350, 1450, "usd_m"}, {"$850 million", 849.5, 850.5, "usd_m"},
        {"$33.5 billion, plus or minus $750 million", 32750, 34250, "usd_m"},
        {"$7.5 billion, plus or minus 5%", 7125, 7875, "usd_m"},
        {"$8-$8.4 billion", 8000, 8400, "usd_m"}, {"$1,085,000,000, plus or minus $15,000,000", 1070,
                                                  1100, "usd_m"},
        {"about 43.6 trillion won", 43.55, 43.65, "krw_tn"},
        {"6 trillion to 7 trillion won", 6, 7, "krw_tn"},
        {"55 to 58 billion yuan", 55, 58, "cny_bn"}, {"9 to 12 weeks", 9, 12, "weeks"},
        {"-1.19 +/- 0.07", -1.26, -1.12, ""}, {"$12.00 to $14.00 non-GAAP", 12, 14, "usd"},
        {"over $2.8 billion", 2800, 2900, "usd_m"}, {"18.90 ± 0.40", 18.5, 19.3, ""},
    };
    check_phrases(list, COUNT(list));
}

static void chinese__every_form_of_w1__is_its_range(void **state)
{
    (void)state;
    static const phrase list[] = {
        PCT("个位数", 1, 9), PCT("低个位数", 1, 3), PCT("中个位数", 4, 6), PCT("高个位数", 7, 9),
        PCT("低至中个位数", 1, 6), PCT("中高个位数", 4, 9), PCT("约15%", 14.5, 15.5),
        PCT("持平", -0.5, 0.5), PCT("下降低个位数", -3, -1), PCT("环比下降约10%", -10.5, -9.5),
        PCT("增长20%左右", 19.5, 20.5), PCT("小幅下降", -2, 0), PCT("低十几", 11, 13),
        PCT("低双位数", 10, 13), PCT("中至高20%区间", 24, 29), PCT("增长15%至20%", 15, 20),
        PCT("价格增长约为 60%", 59.5, 60.5), PCT("Bit 出货仅为低至中个位数增长", 1, 6),
        {"超过 250 亿美元", 25000, INFINITY, "usd_m"}, {"239 亿美元", 23850, 23950, "usd_m"},
        {"下降20%以上", -INFINITY, -20, "pct"},
    };
    check_phrases(list, COUNT(list));
}

static void korean__every_form_of_w1__is_its_range(void **state)
{
    (void)state;
    static const phrase list[] = {
        PCT("한 자릿수 초반", 1, 3), PCT("한 자릿수 중반", 4, 6), PCT("한 자릿수 후반", 7, 9),
        PCT("한 자릿수", 1, 9), PCT("한 자릿수 초중반", 1, 6), PCT("한 자릿수 중후반", 4, 9),
        PCT("십 퍼센트 초반", 11, 13), PCT("십 퍼센트 중반", 14, 16), PCT("십 퍼센트 후반", 17, 19),
        PCT("10% 초반", 11, 13), PCT("20% 초반", 20, 23), PCT("20%대 후반 상승", 27, 29),
        PCT("이십 퍼센트 중반 감소", -26, -24), PCT("두 자릿수 초반", 10, 13),
        PCT("약 15% 증가", 14.5, 15.5), PCT("보합", -0.5, 0.5), PCT("소폭 하락", -2, 0),
        PCT("10~15% 하락", -15, -10), {"30% 이상", 30, INFINITY, "pct"},
    };
    check_phrases(list, COUNT(list));
}

static void words__not_understood__are_refused_with_why(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } list[] = {
        {"", "no quantity"}, {"significantly higher", "'significantly' is no known word"},
        {"low-tens", "did you mean 'teens'"}, {"nearly 20%", "'nearly' is no known word"},
        {"double-digit", "only 'low-double-digit'"}, {"the teens", "a decade without"},
        {"in the 20s", "a decade without"}, {"low", "without what it is of"},
        {"low-25%", "a number that is no ten"}, {"10% 15%", "without 'to' between them"},
        {"10% to", "'to' without its second end"}, {"to 10%", "'to' without two ends"},
        {"20% to 10%", "whose first end is the larger"}, {"up 10% down", "two directions"},
        {"down -10%", "a direction word beside a minus sign"},
        {"about flat 10%", "'flat' beside a quantity"},
        {"slightly mid-teens", "'slightly' beside a range"}, {"slightly 10%", "'slightly' beside a number"},
        {"over mid-teens", "without a number"}, {"over 10-15%", "beside a range"},
        {"10% and 12%", "'and' without 'between'"}, {"$10 billion won", "two currencies"},
        {"10% weeks", "two units"}, {"5 million", "without a currency"},
        {"7 won", "without million, billion or trillion"}, {"billion", "without its number"},
        {"10% plus or minus", "without its number"}, {"over over 10%", "two of 'over'"},
        {"high to low teens", "out of order"}, {"20%대", "'대' without"},
        {"25% 초반", "a number that is no ten"}, {"초반", "without what it is of"},
        {"低速", "is no known word"}, {"low mid high teens", "three of"},
        {"50 basis points", "basis points that are no tolerance"},
        {"10%, plus or minus -2%", "a negative tolerance"},
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        mcy_words w;
        mcy_error err = {0};
        check_refused(mcy_words_parse(list[i].text, strlen(list[i].text), &w, &err), MCY_E_INPUT,
                      err, list[i].words);
    }
    char longest[MCY_WORDS_LONGEST + 2];
    memset(longest, '1', sizeof longest);
    mcy_words w;
    mcy_error err = {0};
    check_refused(mcy_words_parse(longest, sizeof longest, &w, &err), MCY_E_INPUT, err,
                  "more than the 400 allowed");
}

static void remark__after_a_phrase__is_where_it_was_in_the_text(void **state)
{
    (void)state;
    static const char *const list[][3] = {
        {"for FQ4-25: up mid- to high-single digits, bits flat", "for FQ4-25: ", ", bits flat"},
        {"$1,085,000,000, plus or minus $15,000,000 (net)", "", "(net)"},
        {"about 15%; later 20%", "", "; later 20%"}, {"mid-teens", "", ""},
        {"约15%（译）", "", "（译）"}};
    for (size_t i = 0; i < COUNT(list); i++) {
        mcy_words w;
        mcy_error err = {0};
        check_ok(mcy_words_parse(list[i][0], strlen(list[i][0]), &w, &err), err);
        assert_int_equal(w.label, strlen(list[i][1]));
        assert_string_equal(list[i][0] + w.remark, list[i][2]);
    }
}

static void unit__of_a_phrase__is_carried_over_or_refused(void **state)
{
    (void)state;
    mcy_words w;
    mcy_range range;
    mcy_error err = {0};
    check_ok(mcy_words_parse("9 to 12 weeks", 13, &w, &err), err);
    check_ok(mcy_words_in_unit(&w, "days", &range, &err), err);
    assert_true(range.low == 63.0 && range.high == 84.0);
    check_refused(mcy_words_in_unit(&w, "pct", &range, &err), MCY_E_INPUT, err, "not in 'pct'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english__every_form_of_w1__is_its_range),
        cmocka_unit_test(amounts__printed_with_digits__half_of_the_last),
        cmocka_unit_test(chinese__every_form_of_w1__is_its_range),
        cmocka_unit_test(korean__every_form_of_w1__is_its_range),
        cmocka_unit_test(words__not_understood__are_refused_with_why),
        cmocka_unit_test(remark__after_a_phrase__is_where_it_was_in_the_text),
        cmocka_unit_test(unit__of_a_phrase__is_carried_over_or_refused),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
