/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of a pack: what each scenario does to a firm's numbers, against another. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"
#include "pack_names.h"
#include "pack_number.h"
#include "pack_say.h"
#include "run_table.h"
#include "study_of_call.h"

enum { EFFECT_YEARS = 2 };

/* A scenario, and the one its numbers are held against; NULL when it is that one itself. */
typedef struct effect {
    pack_maker *pack;
    pack_words *words;
    const char *firm;
    mcy_bilingual firm_name;
    const pack_run *run, *against;
} effect;

static mcy_status value_in(const pack_run *run, const char *path, const mcy_year *year,
                           double *value, mcy_error *err)
{
    return mcy_pack_run_value(run, path, 4, year->quarters, value, err);
}

/* "-3.2%" against the other scenario, where there is one. */
static void say_change(const effect *e, const char *path, const char *period, double value,
                       double other, bool points)
{
    char name[64];
    mcy_display display = {.decimals = 1, .signed_plus = true, .unit = points ? "" : "%"};
    if (!e->against || mcy_is_missing(other))
        return;
    snprintf(name, sizeof name, "%s-%.50s", points ? "less" : "over", e->against->name);
    pack_say(e->words, "（", " (");
    pack_say_number(e->words, mcy_pack_run_id(e->pack, e->run, path, name, period),
                    points ? 100 * (value - other) : 100 * (value / other - 1), display,
                    points ? " 个百分点" : "", points ? " points" : "");
    pack_say(e->words, "）", ")");
}

/* One number of a year: in money, percent, dollars a share or as an index. */
typedef struct effect_number {
    const char *path; /* %s is the firm */
    mcy_bilingual name;
    enum { EFFECT_MONEY, EFFECT_MARGIN, EFFECT_SHARE, EFFECT_INDEX } as;
} effect_number;

static mcy_status path_of(const effect *e, const char *pattern, char path[64], mcy_error *err)
{
    const char *mark = strstr(pattern, "%s");
    int n = mark ? snprintf(path, 64, "%.*s%s", (int)(mark - pattern), pattern, e->firm)
                 : snprintf(path, 64, "%s", pattern);
    return n < 64 ? MCY_OK : MCY_FAIL(err, MCY_E_INPUT, "no firm '%s'", e->firm);
}

static mcy_status say_one(const effect *e, const effect_number *number, const mcy_year *year,
                          mcy_error *err)
{
    char path[64];
    double value, other = MCY_MISSING;
    MCY_TRY(path_of(e, number->path, path, err));
    MCY_TRY(value_in(e->run, path, year, &value, err));
    if (e->against)
        MCY_TRY(value_in(e->against, path, year, &other, err));
    const char *id = mcy_pack_run_id(e->pack, e->run, path, "", year->name);
    pack_say(e->words, number->name.zh, number->name.en);
    if (number->as == EFFECT_MONEY)
        pack_say_usd(e->words, id, value);
    else if (number->as == EFFECT_MARGIN)
        pack_say_number(e->words, id, 100 * value, (mcy_display){.decimals = 1, .unit = "%"},
                        "", "");
    else
        pack_say_number(e->words, id, value, (mcy_display){.decimals = 2},
                        number->as == EFFECT_SHARE ? " 美元" : "", "");
    say_change(e, path, year->name, value, other, number->as == EFFECT_MARGIN);
    return MCY_OK;
}

static mcy_status say_year(const effect *e, const mcy_year *year, mcy_error *err)
{
    static const effect_number numbers[] = {
        {"revenue.%s", {"收入 ", " revenue "}, EFFECT_MONEY},
        {"gross_margin.%s", {"，毛利率 ", ", gross margin "}, EFFECT_MARGIN},
        {"eps.%s", {"，每股收益 ", ", EPS USD "}, EFFECT_SHARE},
        {"fcf.%s", {"，自由现金流 ", ", free cash flow "}, EFFECT_MONEY}};
    const char *shown = mcy_pack_label(e->pack->arena, year->name, true);
    if (!shown)
        return mcy_fail_memory(err);
    pack_say(e->words, shown, shown);
    pack_say(e->words, " ", "");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double eps = 0;
        if (numbers[i].as == EFFECT_SHARE) { /* firms whose shares are not followed have 0 */
            char path[64];
            MCY_TRY(path_of(e, numbers[i].path, path, err));
            MCY_TRY(value_in(e->run, path, year, &eps, err));
            if (eps == 0)
                continue;
        }
        MCY_TRY(say_one(e, &numbers[i], year, err));
    }
    return MCY_OK;
}

/* "短缺 1Q28E 结束，晚 2 个季度". */
static mcy_status say_shortage(const effect *e, mcy_error *err)
{
    size_t symbol, element;
    char quarter[32] = "";
    MCY_TRY(mcy_model_find(e->run->study->model, "shortage_ends.dram", &symbol, &element, err));
    double ends = mcy_path_panel_value(e->run->panel, symbol, element, 0);
    const char *id = mcy_arena_print(e->pack->arena, "run.%s.shortage_ends.dram", e->run->name);
    mcy_pack_rests_on_run(e->pack, id, e->run);
    if (mcy_is_missing(ends)) {
        pack_say(e->words, "；DRAM 短缺在测算期内未结束",
                 "; the DRAM shortage does not end within the run");
    } else {
        mcy_quarter_label(e->run->study->base_quarter + (int)lround(ends), ends > 0, quarter);
        pack_say(e->words, "；DRAM 短缺 ", "; the DRAM shortage ends in ");
        pack_say_marked(e->words, id, (mcy_bilingual){quarter, quarter});
        pack_say(e->words, " 结束", "");
    }
    if (!e->against)
        return MCY_OK;
    double other = mcy_path_panel_value(e->against->panel, symbol, element, 0);
    double later = ends - other;
    if (mcy_is_missing(later))
        return MCY_OK;
    char zh[64], en[64];
    snprintf(zh, sizeof zh, "%s %.0f 个季度", later > 0 ? "，晚" : "，早", fabs(later));
    snprintf(en, sizeof en, ", %.0f %s %s", fabs(later),
             fabs(later) > 1 ? "quarters" : "quarter", later > 0 ? "later" : "sooner");
    pack_say(e->words, later == 0 ? "，与基准相同" : zh,
             later == 0 ? ", as in the base case" : en);
    return MCY_OK;
}

/* The words of a scenario's about without the full stop. */
static void say_about(const effect *e)
{
    const mcy_scenario *scenario = e->run->study->scenario;
    const char *const ends[MCY_LANGUAGES] = {[MCY_ZH] = "。", [MCY_EN] = "."};
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        const char *about = mcy_bilingual_text(scenario->about, (mcy_language)l);
        size_t n = strlen(about), m = strlen(ends[l]);
        if (n >= m && !strcmp(about + n - m, ends[l]))
            n -= m;
        mcy_text_print(&e->words->text[l], l == MCY_ZH ? "%s——%.*s。" : "%s – %.*s. ",
                       mcy_bilingual_text(scenario->title, (mcy_language)l), (int)n, about);
    }
}

/* The contract price of DRAM in the calendar year after the first whole one. */
static mcy_status say_price(const effect *e, mcy_error *err)
{
    mcy_year years[2];
    size_t count = mcy_years_of(e->run->study, MCY_CALENDAR_YEAR, 2, years);
    if (count < 2)
        return MCY_OK;
    const char *year = years[1].name + 2; /* without CY */
    mcy_bilingual name = {
        mcy_arena_print(e->pack->arena, "；%s 年 DRAM 合约价（基期=1）", year),
        mcy_arena_print(e->pack->arena, "; DRAM contract price of %s (base quarter = 1) ",
                        year)};
    if (!name.zh || !name.en)
        return mcy_fail_memory(err);
    return say_one(e, &(effect_number){"price.dram", name, EFFECT_INDEX}, &years[1], err);
}

static mcy_status say_scenario(const effect *e, mcy_error *err)
{
    mcy_year own[EFFECT_YEARS];
    const mcy_study *study = e->run->study;
    size_t years = mcy_years_of(study, run_table_year_ends(study, e->firm), EFFECT_YEARS, own);
    say_about(e);
    pack_say(e->words, e->firm_name.zh, e->firm_name.en);
    pack_say(e->words, " ", " ");
    for (size_t i = 0; i < years; i++) {
        pack_say(e->words, i ? "；" : "", i ? "; " : "");
        MCY_TRY(say_year(e, &own[i], err));
    }
    MCY_TRY(say_price(e, err));
    MCY_TRY(say_shortage(e, err));
    pack_say(e->words, "。", ".");
    return MCY_OK;
}

/* effects FIRM AGAINST SCENARIO...: the first as it is, the others against it; a paragraph
 * each. */
mcy_status text_effects(pack_maker *pack, const mcy_table_spec *spec, pack_words *words,
                        mcy_error *err)
{
    if (spec->data_count < 3)
        return MCY_FAIL(err, MCY_E_INPUT, "'effects' wants FIRM AGAINST SCENARIO...");
    effect e = {.pack = pack, .words = words, .firm = spec->data[1]};
    bool micron = !strcmp(e.firm, "micron");
    MCY_TRY(pack_name(pack, e.firm, &e.firm_name, err));
    for (size_t i = 2; i < spec->data_count; i++) {
        MCY_TRY(mcy_pack_run(pack, spec->data[i], &e.run, err));
        if (i > 2)
            MCY_TRY(mcy_pack_run(pack, spec->data[2], &e.against, err));
        MCY_TRY(say_scenario(&e, err));
        pack_say(words, "\n", "\n");
    }
    const mcy_scenario *first = e.against ? e.against->study->scenario : e.run->study->scenario;
    for (int l = 0; l < MCY_LANGUAGES; l++)
        mcy_text_print(
            &words->text[l],
            l == MCY_ZH ? "毛利率、每股收益与自由现金流为 %s；括号内为相对%s；E 为情景测算，"
                          "非盈利预测。"
                        : "Gross margin, EPS and free cash flow %s; in brackets against "
                          "%s; E: computed by the scenario, not an earnings forecast.",
            micron ? "non-GAAP" : "IFRS", mcy_bilingual_text(first->title, (mcy_language)l));
    return pack_say_status(words, err);
}
