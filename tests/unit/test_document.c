/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document, printed as Markdown and as HTML. */
#include "check.h"

#include "mcy/document.h"

static const mcy_block blocks[] = {
    {.kind = MCY_BLOCK_HEADING, .text = "美光 & 三星"},
    {.kind = MCY_BLOCK_PARAGRAPH,
     .text = "收入 " NUMBER_OPEN "revenue.micron@FQ2-26" NUMBER_MID "238.6 亿美元" NUMBER_CLOSE
             "，<新高>。\n第二段"},
    {.kind = MCY_BLOCK_PICTURE,
     .id = "revenue",
     .picture = {.half = true, .alt = "柱：收入", .link = "01-revenue.zh.png"}},
};

static const mcy_document document = {.language = MCY_ZH,
                                      .name = "note",
                                      .title = "周报 <1>",
                                      .preface = "前言",
                                      .as_of = "2026-03-20",
                                      .blocks = blocks,
                                      .count = 3};

static void markdown__of_blocks__is_as_written(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text out = {0};
    check_ok(mcy_document_markdown(&document, &out, &err), err);
    assert_string_equal(
        out.bytes,
        "# 周报 <1>\n\n数据截至 2026-03-20\n\n前言\n\n## 美光 & 三星\n\n"
        "收入 238.6 亿美元，<新高>。\n\n第二段\n\n![柱：收入](01-revenue.zh.png)\n\n");
    mcy_text_release(&out);
}

static void html__of_blocks__is_escaped_and_carries_ids(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text out = {0};
    check_ok(mcy_document_html(&document, &out, &err), err);
    assert_non_null(strstr(out.bytes, "<html lang=\"zh-CN\">"));
    assert_non_null(strstr(out.bytes, "<title>周报 &lt;1&gt;</title>"));
    assert_non_null(strstr(out.bytes,
                           "<h2>美光 &amp; 三星</h2>\n<p>收入 "
                           "<b data-number=\"revenue.micron@FQ2-26\">238.6 亿美元</b>，"
                           "&lt;新高&gt;。</p>\n<p>第二段</p>\n"
                           "<figure id=\"revenue\" class=\"half\">\n</figure>\n"
                           "</body>\n</html>\n"));
    mcy_text_release(&out);
}

static void html__of_an_svg_that_is_not_there__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text out = {0};
    mcy_block block = blocks[2];
    block.picture.svg = "/nowhere/01-revenue.zh.svg";
    mcy_document one = document;
    one.blocks = &block;
    one.count = 1;
    check_refused(mcy_document_html(&one, &out, &err), MCY_E_IO, err, "01-revenue.zh.svg");
    mcy_text_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown__of_blocks__is_as_written),
        cmocka_unit_test(html__of_blocks__is_escaped_and_carries_ids),
        cmocka_unit_test(html__of_an_svg_that_is_not_there__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
