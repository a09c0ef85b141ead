/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options and steps shared by all commands that run scenarios. */
#include "study_of_call.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/period.h"

static mcy_status quarter_option(const mcy_call *call, mcy_quarter *quarter, mcy_error *err)
{
    const char *text = mcy_call_option(call, "base-quarter");
    mcy_period period;
    if (!text)
        return MCY_OK;
    mcy_status status =
        mcy_period_parse(text, strlen(text), MCY_CALENDAR_YEAR, false, &period, err);
    if (status != MCY_OK)
        return mcy_fail_in(err, status, "--base-quarter");
    if (period.span != MCY_SPAN_QUARTER)
        return MCY_FAIL(err, MCY_E_USAGE, "--base-quarter wants a quarter, got '%s'", text);
    *quarter = mcy_period_quarter(&period);
    return MCY_OK;
}

static mcy_status horizon_option(const mcy_call *call, size_t *horizon, mcy_error *err)
{
    const char *text = mcy_call_option(call, "horizon");
    double value;
    if (!text)
        return MCY_OK;
    if (mcy_number_parse(text, strlen(text), &value, NULL) != MCY_OK || value < 1 ||
        value > MCY_LAST_QUARTER || value != floor(value))
        return MCY_FAIL(err, MCY_E_USAGE, "--horizon wants 1 to %d quarters, got '%s'",
                        MCY_LAST_QUARTER, text);
    *horizon = (size_t)value;
    return MCY_OK;
}

const char *mcy_study_page(mcy_arena *arena, const char *home, const char *scenario,
                           const char *day)
{
    const char *folder = mcy_path_join(arena, home, "scenarios");
    const char *const *names, *page = NULL, *newest = "";
    size_t count, n = strlen(scenario);
    if (!folder || strpbrk(scenario, "/.") ||
        mcy_folder_list(arena, folder, ".yaml", &names, &count, NULL) != MCY_OK)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const mcy_scenario *read;
        if (strncmp(names[i], scenario, n) || names[i][n] != '-' || names[i][n + 1] != '2')
            continue;
        const char *name = mcy_arena_copy(arena, names[i], strlen(names[i]) - 5);
        if (!name || mcy_scenario_read(arena, folder, name, &read, NULL) != MCY_OK ||
            !read->as_of || strcmp(read->as_of, day) > 0 || strcmp(read->as_of, newest) <= 0)
            continue;
        page = name;
        newest = read->as_of;
    }
    return page;
}

/* A scenario that cannot start on the day or in the quarter asked for: its page that can is named. */
static mcy_status name_page(mcy_call *call, const mcy_study_request *asked, mcy_status status,
                            mcy_error *err)
{
    char quarter[32];
    const char *page = NULL;
    mcy_study *other;
    mcy_study_request request = *asked;
    if (asked->base) {
        mcy_quarter_format(asked->base, quarter);
        page = mcy_arena_print(call->arena, "%s-%s", asked->scenario, quarter);
    } else if (asked->as_of) {
        page = mcy_study_page(call->arena, call->home, asked->scenario, asked->as_of);
    }
    request.scenario = page;
    if (!page || mcy_study_open(call->arena, &request, NULL, &other, NULL) != MCY_OK)
        return status;
    return mcy_fail_in(err, status, "scenario '%s' cannot start there, its page '%s' can",
                       asked->scenario, page);
}

mcy_status mcy_study_with_sets(mcy_call *call, const char *scenario, const char *const *sets,
                               size_t count, const mcy_study *like, mcy_study **study,
                               mcy_error *err)
{
    mcy_study_request request = {.home = call->home,
                                 .scenario = scenario,
                                 .model = mcy_call_option(call, "model"),
                                 .as_of = mcy_call_option(call, "as-of"),
                                 .sets = sets,
                                 .set_count = count,
                                 .without_facts = mcy_call_has(call, "no-facts")};
    MCY_TRY(quarter_option(call, &request.base, err));
    MCY_TRY(horizon_option(call, &request.horizon, err));
    mcy_status status = mcy_study_open(call->arena, &request, like, study, err);
    return status == MCY_OK ? MCY_OK : name_page(call, &request, status, err);
}

mcy_status mcy_study_of_call(mcy_call *call, const char *scenario, bool edited,
                             const mcy_study *like, mcy_study **study, mcy_error *err)
{
    const char *const *sets = NULL;
    size_t count = edited ? mcy_call_options(call, "set", &sets) : 0;
    return mcy_study_with_sets(call, scenario, sets, count, like, study, err);
}

mcy_status mcy_language_of_call(const mcy_call *call, mcy_language *language, mcy_error *err)
{
    const char *text = mcy_call_option(call, "language");
    *language = MCY_EN;
    if (!text || strcmp(text, "en") == 0)
        return MCY_OK;
    if (strcmp(text, "zh") != 0)
        return MCY_FAIL(err, MCY_E_USAGE, "--language wants zh or en, got '%s'", text);
    *language = MCY_ZH;
    return MCY_OK;
}

/* ---- numbers for readers ------------------------------------------------------------------- */

static bool is_unit(const mcy_symbol *symbol, const char *unit)
{
    return strcmp(symbol->unit, unit) == 0;
}

mcy_display mcy_display_of(const mcy_symbol *symbol)
{
    if (symbol->percent)
        return (mcy_display){.decimals = 1, .unit = "%"};
    if (is_unit(symbol, "1"))
        return (mcy_display){.decimals = 3};
    if (is_unit(symbol, "usd_m/m_shares"))
        return (mcy_display){.decimals = 2};
    if (is_unit(symbol, "usd_m") || is_unit(symbol, "krw_m") ||
        is_unit(symbol, "krw_m/usd_m") || is_unit(symbol, "krw_m/m_shares"))
        return (mcy_display){.decimals = 0};
    return (mcy_display){.decimals = 1};
}

double mcy_shown_of(const mcy_symbol *symbol, double value)
{
    return symbol->percent ? 100 * value : value;
}

/* A unit as readers write it. */
static const char *unit_words(const char *unit)
{
    static const char *const words[][2] = {
        {"usd_m", "USD m"},           {"krw_m", "KRW m"},         {"usd_m/m_shares", "USD"},
        {"krw_m/m_shares", "KRW"},    {"krw_m/usd_m", "KRW/USD"}, {"m_shares", "m shares"},
        {"usd_m/kwpm", "USD m/kwpm"}, {"quarter", "quarters"},    {"week", "weeks"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(unit, words[i][0]) == 0)
            return words[i][1];
    return unit;
}

void mcy_value_text(const mcy_symbol *symbol, double value, char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = mcy_display_of(symbol);
    char number[MCY_DISPLAY_TEXT];
    mcy_display_print(mcy_shown_of(symbol, value), &display, number);
    bool bare = symbol->percent || is_unit(symbol, "1");
    snprintf(out, MCY_DISPLAY_TEXT, bare ? "%.40s" : "%.40s %.20s", number,
             unit_words(symbol->unit));
}

void mcy_change_text(const mcy_symbol *symbol, double before, double after,
                     char out[2 * MCY_DISPLAY_TEXT])
{
    char number[MCY_DISPLAY_TEXT], percent[MCY_DISPLAY_TEXT];
    mcy_display display = mcy_display_of(symbol);
    display.signed_plus = true;
    if (symbol->percent) {
        display.unit = " pp";
        display.decimals = 2;
    }
    mcy_display_print(mcy_shown_of(symbol, after) - mcy_shown_of(symbol, before), &display,
                      number);
    mcy_display share = {.decimals = 1, .signed_plus = true, .unit = "%"};
    mcy_display_print(100 * (after / before - 1), &share, percent);
    if (symbol->percent || !(fabs(before) > 0) || !isfinite(after / before))
        snprintf(out, 2 * MCY_DISPLAY_TEXT, "%s", number);
    else
        snprintf(out, 2 * MCY_DISPLAY_TEXT, "%s, %.60s", number, percent);
}

mcy_status mcy_call_print_table(mcy_call *call, const mcy_table *table, mcy_table_form form,
                                mcy_language language, mcy_error *err)
{
    mcy_text text;
    mcy_text_init(&text);
    mcy_status status = mcy_table_print(table, form, language, &text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

void mcy_quarter_text(const mcy_study *study, double t, char out[32])
{
    if (mcy_is_missing(t))
        snprintf(out, 32, "never in this run");
    else
        mcy_quarter_format(study->base_quarter + (int)lround(t), out);
}

size_t mcy_years_of(const mcy_study *study, int year_ends, size_t most, mcy_year *years)
{
    size_t count = 0;
    int last = mcy_unrolled_last(study->unrolled);
    int first = mcy_quarter_year(study->base_quarter) - 1;
    for (int year = first; count < most && year <= first + last / 4 + 3; year++) {
        mcy_year *out = &years[count];
        size_t n;
        snprintf(out->name, sizeof out->name, "%s%d",
                 year_ends == MCY_CALENDAR_YEAR ? "CY" : "FY", year);
        if (mcy_quarters_parse(study->unrolled, year_ends, out->name, strlen(out->name), &n,
                               out->quarters, NULL) == MCY_OK &&
            n == 4 && out->quarters[0] >= 0 && out->quarters[3] <= last)
            count++;
    }
    return count;
}

/* ---- headline numbers ---------------------------------------------------------------------- */

static mcy_status add_headline(mcy_arena *arena, const mcy_study *study, const char *path,
                               const char *period, mcy_headlines *h, mcy_error *err)
{
    size_t symbol, element;
    if (h->count == MCY_HEADLINES ||
        mcy_model_find(study->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_OK;
    char *name = *period ? mcy_arena_print(arena, "%s@%s", path, period)
                         : mcy_arena_print(arena, "%s", path);
    if (!name)
        return mcy_fail_memory(err);
    mcy_error reason = {0};
    if (mcy_metric_find(arena, study->unrolled, study->inputs->calendars, name,
                        &h->metrics[h->count], &reason) != MCY_OK)
        return MCY_OK; /* a run too short for that year tells it by fewer numbers */
    h->labels[h->count++] = name;
    return MCY_OK;
}

mcy_status mcy_headlines_find(mcy_arena *arena, const mcy_study *study,
                              mcy_headlines *headlines, mcy_error *err)
{
    static const char *const by_year[] = {"revenue.micron", "gross_margin.micron", "eps.micron",
                                          "fcf.micron"};
    static const char *const market[] = {"price.dram", "price.nand"};
    static const char *const whole[] = {"shortage_ends.dram", "shortage_ends.nand"};
    *headlines = (mcy_headlines){.count = 0};
    mcy_year years[4];
    int ends = MCY_CALENDAR_YEAR;
    for (size_t i = 0; i < study->inputs->calendars->count; i++)
        if (strcmp(study->inputs->calendars->names[i], "micron") == 0)
            ends = study->inputs->calendars->year_ends[i];
    size_t n = mcy_years_of(study, ends, 1, years);
    for (size_t i = 0; n && i < sizeof by_year / sizeof *by_year; i++)
        MCY_TRY(add_headline(arena, study, by_year[i], years[0].name, headlines, err));
    n = mcy_years_of(study, MCY_CALENDAR_YEAR, 2, years);
    for (size_t i = 0; n && i < sizeof market / sizeof *market; i++)
        MCY_TRY(add_headline(arena, study, market[i], years[n - 1].name, headlines, err));
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        MCY_TRY(add_headline(arena, study, whole[i], "", headlines, err));
    return MCY_OK;
}

static void print_headline(mcy_call *call, const mcy_study *study, const mcy_metric *metric,
                           const char *label, double before, double after, size_t place)
{
    const mcy_symbol *symbol = mcy_model_symbol(study->model, metric->symbol);
    fputs(place ? "; " : ": ", call->out);
    if (!metric->count) {
        char was[32], is[32];
        mcy_quarter_text(study, before, was);
        mcy_quarter_text(study, after, is);
        fprintf(call->out, "%s %s (was %s)", label, is, was);
        return;
    }
    char value[MCY_DISPLAY_TEXT], change[2 * MCY_DISPLAY_TEXT];
    mcy_value_text(symbol, after, value);
    mcy_change_text(symbol, before, after, change);
    fprintf(call->out, "%s %s (%s)", label, value, change);
}

mcy_status mcy_edits_print(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                           mcy_error *err)
{
    const char *const *sets;
    size_t count = mcy_call_options(call, "set", &sets), told = 0;
    mcy_study *plain;
    const mcy_path_panel *before;
    mcy_headlines headlines;
    if (!count)
        return MCY_OK;
    const char *scenario = call->operand_count ? call->operands[0] : "base";
    MCY_TRY(mcy_study_of_call(call, scenario, false, study, &plain, err));
    MCY_TRY(mcy_study_run(call->arena, plain, NULL, &before, err));
    MCY_TRY(mcy_headlines_find(call->arena, study, &headlines, err));
    for (size_t i = 0; i < count; i++)
        fprintf(call->out, "%s%s", i ? ", " : "with ", sets[i]);
    for (size_t i = 0; i < headlines.count; i++) {
        double was = mcy_path_panel_metric(before, &headlines.metrics[i]);
        double is = mcy_path_panel_metric(panel, &headlines.metrics[i]);
        if (was == is || (mcy_is_missing(was) && mcy_is_missing(is)))
            continue;
        print_headline(call, study, &headlines.metrics[i], headlines.labels[i], was, is,
                       told++);
    }
    fputs(told ? "\n" : ": no headline number moves\n", call->out);
    return MCY_OK;
}

void mcy_manifest_json(const mcy_call *call, const mcy_study *study, mcy_json *json)
{
    char quarter[32];
    mcy_quarter_format(study->base_quarter, quarter);
    mcy_json_object(json);
    mcy_json_name(json, "program");
    mcy_json_text(json, mcy_version());
    mcy_json_name(json, "command");
    mcy_json_text(json, call->command_line);
    mcy_json_name(json, "scenario");
    mcy_json_text(json, study->name);
    mcy_json_name(json, "base_quarter");
    mcy_json_text(json, quarter);
    mcy_json_name(json, "as_of");
    mcy_json_text(json, study->as_of);
    mcy_json_name(json, "quarters");
    mcy_json_count(json, mcy_unrolled_last(study->unrolled) + 1);
    mcy_json_name(json, "files");
    mcy_json_array(json);
    for (size_t i = 0; i < study->file_count; i++) {
        mcy_json_object(json);
        mcy_json_name(json, "file");
        mcy_json_text(json, study->files[i].path);
        mcy_json_name(json, "sha256");
        mcy_json_text(json, study->files[i].hash);
        mcy_json_close_object(json);
    }
    mcy_json_close_array(json);
    mcy_json_close_object(json);
}
