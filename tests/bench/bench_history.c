/* SPDX-License-Identifier: GPL-3.0-or-later */
/* History test: the model started from 2021Q4 and from 2024Q4 with what was published by then
 * and the spending that happened, against what followed. Prints the tables of
 * docs/history-test.md. No timing: it stands among the benches because it judges and does not
 * pass or fail. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "mcy/number.h"
#include "mcy/study.h"

static double fact_of(const mcy_facts *facts, const char *product, const char *metric,
                      int bases, mcy_quarter calendar)
{
    int ends = mcy_facts_year_ends(facts, "micron");
    for (int shift = -3; shift <= 3; shift++) {
        char text[32];
        mcy_period period;
        int n = snprintf(text, sizeof text, "FY%dQ%d", mcy_quarter_year(calendar + shift),
                         mcy_quarter_number(calendar + shift));
        if (mcy_period_parse(text, (size_t)n, ends, false, &period, NULL) != MCY_OK ||
            mcy_period_quarter(&period) != calendar)
            continue;
        mcy_fact_query query = {.company = "micron",
                                .product = product,
                                .metric = metric,
                                .bases = bases,
                                .target = &period};
        const mcy_fact *fact = mcy_facts_winner(facts, &query);
        return fact == NULL ? MCY_MISSING : mcy_fact_middle(fact) / 100;
    }
    return MCY_MISSING;
}

static double run_value(const mcy_path_panel *panel, const mcy_study *study, const char *path,
                        int t)
{
    size_t symbol, element;
    if (mcy_model_find(study->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return mcy_path_panel_value(panel, symbol, element, t);
}

static const char *verdict(double model, double happened)
{
    return (model > 0) == (happened > 0) ? "yes" : "no";
}

static int history(const char *scenario, const mcy_facts *all)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_study *study;
    const mcy_path_panel *panel;
    mcy_study_request request = {.home = MCY_SOURCE_DIR, .scenario = scenario};
    if (!arena || mcy_study_open(arena, &request, NULL, &study, &err) != MCY_OK ||
        mcy_study_run(arena, study, NULL, &panel, &err) != MCY_OK) {
        fprintf(stderr, "%s: %s\n", scenario, err.text);
        mcy_arena_destroy(arena);
        return 1;
    }
    int last = mcy_unrolled_last(study->unrolled);
    printf("\n## From %d Q%d, facts as of %s\n\n", mcy_quarter_year(study->base_quarter),
           mcy_quarter_number(study->base_quarter), study->as_of);
    printf("| quarter | DRAM price, model | Micron's DRAM price | NAND price, model | Micron's "
           "NAND "
           "price | Micron gross margin, model | reported |\n|---|---|---|---|---|---|---|\n");
    double price[2] = {1, 1}, margin_0 = run_value(panel, study, "gross_margin.micron", 0);
    for (int t = 0; t <= last; t++) {
        char name[32];
        mcy_quarter quarter = study->base_quarter + t;
        const char *const products[2] = {"dram", "nand"};
        for (int k = 0; k < 2 && t > 0; k++)
            price[k] *= 1 + fact_of(all, products[k], "asp_qoq",
                                    MCY_BASIS_GAAP | MCY_BASIS_NON_GAAP, quarter);
        double margin = fact_of(all, "total", "gross_margin", MCY_BASIS_NON_GAAP, quarter);
        double now[3] = {run_value(panel, study, "effective_price.micron.dram", t),
                         run_value(panel, study, "effective_price.micron.nand", t),
                         run_value(panel, study, "gross_margin.micron", t)};
        mcy_quarter_format(quarter, name);
        printf("| %s | %.2f | %.2f | %.2f | %.2f | %.1f %% | %.1f %% |\n", name, now[0],
               price[0], now[1], price[1], 100 * now[2], 100 * margin);
        if (t == 4 || t == 8)
            printf("| **after %d, direction right?** | | %s | | %s | | %s |\n", t,
                   verdict(now[0] - 1, price[0] - 1), verdict(now[1] - 1, price[1] - 1),
                   verdict(now[2] - margin_0, margin - margin_0));
    }
    mcy_arena_destroy(arena);
    return 0;
}

int main(void)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_facts *facts;
    mcy_text report;
    mcy_text_init(&report);
    if (!arena || mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", 0, &report, &facts,
                                 &err) != MCY_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    int failed = history("past-2021Q4", facts) + history("past-2024Q4", facts);
    mcy_text_release(&report);
    mcy_arena_destroy(arena);
    return failed ? 1 : 0;
}
