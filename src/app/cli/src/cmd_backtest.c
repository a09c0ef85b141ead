/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle backtest: how good the forecasts would have been (G3). */
#include "command.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "backtest_run.h"
#include "facts_of_call.h"
#include "margin_print.h"
#include "mcy/number.h"

static mcy_table *summary_table(mcy_arena *arena, const backtest *b, size_t quantity)
{
    static const mcy_table_column columns[] = {
        {"method", {"方法", "method"}, true, {0}},
        {"n", {"季度数", "quarters"}, false, {0}},
        {"crps", {NULL, "CRPS"}, false, {.decimals = 2}},
        {"ratio", {NULL, "of guidance's"}, false, {.decimals = 3}},
        {"pinball10", {NULL, "pinball 10"}, false, {.decimals = 2}},
        {"pinball50", {NULL, "50"}, false, {.decimals = 2}},
        {"pinball90", {NULL, "90"}, false, {.decimals = 2}},
        {"cover80", {NULL, "80 % interval holds %"}, false, {0}}};
    static const char *const ids[] = {"backtest-revenue", "backtest-margin"};
    static const char *const titles[] = {
        "revenue one quarter ahead (scores in log points x 100, about %)",
        "gross margin one quarter ahead (scores in points)"};
    mcy_table *t = mcy_table_create(arena, ids[quantity],
                                    (mcy_bilingual){NULL, titles[quantity]}, columns, 8);
    for (size_t m = 0; t && m < BACKTEST_METHODS; m++) {
        backtest_summary s = backtest_summarise(b, (backtest_method)m, quantity);
        mcy_table_row(t, m == BACKTEST_MODEL);
        mcy_table_text(t, backtest_method_names[m]);
        mcy_table_number(t, (double)s.n, NULL);
        mcy_table_number(t, 100.0 * s.crps, NULL);
        mcy_table_number(t, s.crps_ratio, NULL);
        mcy_table_number(t, 100.0 * s.pinball10, NULL);
        mcy_table_number(t, 100.0 * s.pinball50, NULL);
        mcy_table_number(t, 100.0 * s.pinball90, NULL);
        mcy_table_number(t, 100.0 * s.cover80_frac, NULL);
    }
    return t;
}

static mcy_table *quarters_table(mcy_arena *arena, const backtest *b)
{
    static const mcy_table_column columns[] = {
        {"target", {"季度", "target"}, true, {0}},
        {"origin", {"起点", "known on"}, true, {0}},
        {"revenue", {"收入", "revenue"}, false, {0}},
        {"revenue_q10", {NULL, "10 %"}, false, {0}},
        {"revenue_q50", {NULL, "median"}, false, {0}},
        {"revenue_q90", {NULL, "90 %"}, false, {0}},
        {"revenue_pit", {NULL, "PIT"}, false, {.decimals = 2}},
        {"margin", {"毛利率", "margin %"}, false, {.decimals = 1}},
        {"margin_q10", {NULL, "10 %"}, false, {.decimals = 1}},
        {"margin_q50", {NULL, "median"}, false, {.decimals = 1}},
        {"margin_q90", {NULL, "90 %"}, false, {.decimals = 1}},
        {"margin_pit", {NULL, "PIT"}, false, {.decimals = 2}}};
    mcy_table *t =
        mcy_table_create(arena, "backtest-quarters",
                         (mcy_bilingual){NULL, "quarter by quarter, the model"}, columns, 12);
    for (size_t i = 0; t && i < b->n; i++) {
        const backtest_quarter *q = &b->quarter[i];
        const backtest_score *r = &q->score[BACKTEST_MODEL][BACKTEST_REVENUE];
        const backtest_score *m = &q->score[BACKTEST_MODEL][BACKTEST_MARGIN];
        char name[32], day[16];
        mcy_period_format(&q->target, name);
        mcy_day_format(q->origin, day);
        mcy_table_row(t, false);
        mcy_table_text(t, name);
        mcy_table_text(t, day);
        const double cells[] = {
            exp(q->actual[BACKTEST_REVENUE]), exp(r->q10),  exp(r->q50),  exp(r->q90),  r->pit,
            100 * q->actual[BACKTEST_MARGIN], 100 * m->q10, 100 * m->q50, 100 * m->q90, m->pit};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            mcy_table_number(t, cells[c], NULL);
    }
    return t;
}

static void show_progress(void *context, const backtest_quarter *quarter)
{
    char name[32];
    mcy_period_format(&quarter->target, name);
    fprintf(context, "\r%s ", name);
}

static mcy_status run_backtest(mcy_call *call, mcy_error *err)
{
    const char *firm = mcy_call_option(call, "firm"),
               *from_text = mcy_call_option(call, "from");
    mcy_quarter from = mcy_quarter_of(2018, 4); /* FQ1-19, the first on the present basis */
    mcy_day as_of;
    backtest b;
    firm = firm ? firm : "micron";
    MCY_TRY(mcy_call_as_of(call, &as_of, err));
    if (from_text) {
        mcy_period period;
        enum { MICRON_YEAR_ENDS = 8 };
        int year_ends = strcmp(firm, "micron") == 0 ? MICRON_YEAR_ENDS : MCY_CALENDAR_YEAR;
        MCY_TRY(mcy_period_parse(from_text, strlen(from_text), year_ends, false, &period, err));
        mcy_period first =
            mcy_period_of_quarter(period.first_month / 12 * 4 + period.first_month % 12 / 3);
        from = period.span == MCY_SPAN_QUARTER
                   ? mcy_period_quarter(&period)
                   : mcy_period_quarter(&first) + (period.fiscal ? 1 : 0);
    }
    bool terminal = isatty(fileno(call->err));
    mcy_status status = backtest_run(call->arena, call->home, as_of, firm, from,
                                     terminal ? show_progress : NULL, call->err, &b, err);
    if (terminal)
        fputs("\r        \r", call->err);
    MCY_TRY(status);
    if (b.skipped)
        fprintf(call->err, "%zu %s skipped, too little was known then; the last: %s\n",
                b.skipped, b.skipped == 1 ? "quarter" : "quarters", b.last_skip.text);
    mcy_table *tables[3] = {summary_table(call->arena, &b, BACKTEST_REVENUE),
                            summary_table(call->arena, &b, BACKTEST_MARGIN),
                            quarters_table(call->arena, &b)};
    return margin_print_tables(call, tables, mcy_call_has(call, "all") ? 3 : 2, err);
}

static const mcy_option options[] = {
    {"firm", '\0', "FIRM", "whose forecasts (micron)"},
    {"from", '\0', "PERIOD", "first target, as FQ1-21 or FY2021 (FQ1-19)"},
    MCY_OPTION_AS_OF,
    {"all", '\0', NULL, "every quarter, too"},
    {"json", '\0', NULL, "for programs"},
    {0}};

const mcy_command mcy_command_backtest = {
    .name = "backtest",
    .operands = "",
    .summary = "how good the forecasts would have been",
    .description =
        "Rolling origin: on the day each guidance came out only the rows published by then are read,\n"
        "everything is fitted anew, and the next quarter is forecast and scored (G3): CRPS, pinball\n"
        "loss at 10, 50 and 90 %, and how often the 80 % interval held the outcome, against the\n"
        "guided middle with its historical error, a random walk and momentum.",
    .examples = "memcycle backtest --from FY2021 --all",
    .options = options,
    .least = 0,
    .most = 0,
    .run = run_backtest,
};
