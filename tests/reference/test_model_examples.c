/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worked examples of model/README.md: an equation changed, a firm added, a product added.
 * The lines are those of the README, laid into a copy of the pages and run. */
#include <stdlib.h>
#include <unistd.h>

#include "mcy/file.h"
#include "model_run.h"

static const char *const pages[] = {"memory.eqn", "units.eqn",  "supply.eqn",
                                    "market.eqn", "profit.eqn", "cash.eqn"};
enum { PAGES = sizeof pages / sizeof pages[0] };

typedef struct edit {
    const char *page, *old, *now;
} edit;

static const edit firmer_fall[] = {
    {"market.eqn",
     "M4c: price_target[product] = if(tightness[product](-1) > 0,\n"
     "        max(response_short[product] * tightness[product](-1) + price_anchor[product] * "
     "log(normal_price[product](-1) / price[product](-1)), 0),\n"
     "        response_glut[product] * tightness[product](-1) + price_anchor[product] * "
     "log(normal_price[product](-1) / price[product](-1)))\n",
     "M4c: price_target[product] = if(tightness[product](-1) > 0, response_short[product], "
     "response_glut[product]) * tightness[product](-1)\n"
     "        + price_anchor[product] * log(normal_price[product](-1) / price[product](-1))\n"},
};

static const edit kioxia[] = {
    {"units.eqn", "dimension firm    = micron, samsung, skhynix, rest\n",
     "dimension firm    = micron, samsung, skhynix, kioxia, rest\n"},
};

static const edit nor[] = {
    {"units.eqn", "dimension product = dram, hbm, nand\n",
     "dimension product = dram, hbm, nand, nor\n"},
    {"supply.eqn", "S9c: sales_0[firm, nand] = fab_sales_0[firm, nand]\n",
     "assumption nor_part[firm] : frac, 0..0.5 = 0 \"part of the NAND fab's revenue and wafers "
     "that is NOR\" @ \"scenario\"\n"
     "S9c: sales_0[firm, nand] = fab_sales_0[firm, nand] * (1 - nor_part[firm])\n"
     "S9c2: sales_0[firm, nor] = fab_sales_0[firm, nand] * nor_part[firm]\n"},
    {"supply.eqn",
     "S9f: wafers[firm, nand] = capacity[firm, nand] * (1 - wafer_loss[firm, nand])\n",
     "S9f: wafers[firm, nand] = (1 - nor_part[firm]) * capacity[firm, nand] * (1 - "
     "wafer_loss[firm, nand])\n"
     "S9f2: wafers[firm, nor] = nor_part[firm] * capacity[firm, nand] * (1 - wafer_loss[firm, "
     "nand])\n"
     "S9j2: fab_bits[firm, nor] = yield_index[firm, nor] / base(yield_index[firm, nor])\n"},
};

static void read_whole(const char *path, mcy_file *file)
{
    mcy_error err = {0};
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, file, &err), err);
}

/* Every line of the new text stands in the README. */
static void hold_against_readme(const char *text)
{
    mcy_file readme;
    read_whole(MCY_SOURCE_DIR "/model/README.md", &readme);
    for (const char *line = text; *line != '\0';) {
        const char *end = strchr(line, '\n');
        char copy[512];
        snprintf(copy, sizeof copy, "%.*s", (int)(end - line), line);
        if (strstr(readme.bytes, copy) == NULL)
            fail_msg("model/README.md does not hold the line '%s'", copy);
        line = end + 1;
    }
    mcy_file_release(&readme);
}

/* Copies of the pages with the edits laid in, in a folder of their own. */
static void copy_pages(const char *folder, const edit *edits, size_t count)
{
    for (size_t i = 0; i < PAGES; i++) {
        char path[512];
        mcy_file file;
        mcy_text text;
        mcy_error err = {0};
        snprintf(path, sizeof path, "%s/model/%s", MCY_SOURCE_DIR, pages[i]);
        read_whole(path, &file);
        char *now = file.bytes;
        mcy_text_init(&text);
        for (size_t e = 0; e < count; e++) {
            if (strcmp(edits[e].page, pages[i]) != 0)
                continue;
            char *at = strstr(now, edits[e].old);
            if (at == NULL)
                fail_msg("%s does not hold '%s'", pages[i], edits[e].old);
            mcy_text_append(&text, now, (size_t)(at - now));
            mcy_text_add(&text, edits[e].now);
            now = at + strlen(edits[e].old);
            hold_against_readme(edits[e].now);
        }
        mcy_text_add(&text, now);
        snprintf(path, sizeof path, "%s/%s", folder, pages[i]);
        check_ok(mcy_file_write_text(path, &text, &err), err);
        mcy_text_release(&text);
        mcy_file_release(&file);
    }
}

static void open_changed(model_run *run, const edit *edits, size_t count, const char *scenario)
{
    char folder[] = "/tmp/mcy-examples-XXXXXX", root[64], path[128];
    assert_non_null(mkdtemp(folder));
    copy_pages(folder, edits, count);
    snprintf(root, sizeof root, "%s/memory.eqn", folder);
    const mcy_study_request request = {.model = root};
    model_open(run, scenario, &request);
    for (size_t i = 0; i < PAGES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, pages[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void a_changed_equation__lets_the_price_fall_while_short(void **state)
{
    (void)state;
    model_run before, after;
    model_open(&before, "base", NULL);
    open_changed(&after, firmer_fall, 1, "base");
    int lower = 0;
    for (int t = 1; t <= 8; t++)
        lower += model_value(&after, "price.dram", t) <
                 model_value(&before, "price.dram", t) * (1 - 1e-9);
    assert_true(lower > 0);
    model_close(&before);
    model_close(&after);
}

static void a_firm_added__comes_out_of_the_rest(void **state)
{
    (void)state;
    model_run before, after;
    model_open(&before, "base", NULL);
    open_changed(&after, kioxia, 1, MCY_SOURCE_DIR "/model/examples/with-kioxia.yaml");
    check_near(model_value(&after, "revenue.kioxia", 0), 5960, 1e-9);
    check_near(model_value(&after, "revenue.kioxia", 0) +
                   model_value(&after, "revenue.rest", 0),
               model_value(&before, "revenue.rest", 0), 1e-9);
    check_near(model_value(&after, "revenue.micron", 0), 23860, 1e-9);
    check_near(model_value(&after, "industry_bits.nand", 4) /
                   model_value(&before, "industry_bits.nand", 4),
               1, 0.03);
    char text[256];
    if (after.fault.kind != MCY_FAULT_NONE)
        fail_msg("%s", model_fault_text(&after, text));
    model_close(&before);
    model_close(&after);
}

static void a_product_added__has_its_own_market(void **state)
{
    (void)state;
    model_run run;
    open_changed(&run, nor, sizeof nor / sizeof nor[0],
                 MCY_SOURCE_DIR "/model/examples/with-nor.yaml");
    double rest = model_value(&run, "fab_sales_0.rest.nand", 0);
    check_near(model_value(&run, "product_revenue.rest.nor", 0), 0.04 * rest, 1e-12);
    check_near(model_value(&run, "product_revenue.rest.nand", 0), 0.96 * rest, 1e-12);
    check_near(model_value(&run, "product_revenue.micron.nor", 5), 0, 1e-12);
    assert_true(fabs(model_value(&run, "price.nor", 4) - model_value(&run, "price.nand", 4)) >
                0.1);
    char text[256];
    if (run.fault.kind != MCY_FAULT_NONE)
        fail_msg("%s", model_fault_text(&run, text));
    model_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_equation__lets_the_price_fall_while_short),
        cmocka_unit_test(a_firm_added__comes_out_of_the_rest),
        cmocka_unit_test(a_product_added__has_its_own_market),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
