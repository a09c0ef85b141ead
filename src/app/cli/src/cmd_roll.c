/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle roll: one firm has reported, the others not yet. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/roll.h"
#include "study_of_call.h"

/* "micron@FQ2-26": the firm, and the calendar quarter its quarter is laid on. */
static mcy_status actual_of(mcy_call *call, const mcy_facts *facts, const char **firm,
                            mcy_period *period, mcy_error *err)
{
    const char *text = mcy_call_option(call, "actual");
    const char *at = text == NULL ? NULL : strchr(text, '@');
    if (at == NULL || at == text || at[1] == '\0')
        return MCY_FAIL(err, MCY_E_USAGE,
                        "--actual wants FIRM@QUARTER, as in micron@FQ2-26, got '%s'",
                        text == NULL ? "" : text);
    *firm = mcy_arena_copy(call->arena, text, (size_t)(at - text));
    if (*firm == NULL)
        return mcy_fail_memory(err);
    if (mcy_facts_name(facts, *firm) == NULL)
        return MCY_FAIL(err, MCY_E_INPUT, "--actual: no facts of a firm '%s'", *firm);
    mcy_status status = mcy_period_parse(at + 1, strlen(at + 1),
                                         mcy_facts_year_ends(facts, *firm), false, period, err);
    if (status != MCY_OK)
        return mcy_fail_in(err, status, "--actual");
    if (period->span != MCY_SPAN_QUARTER)
        return MCY_FAIL(err, MCY_E_USAGE, "--actual wants a quarter, got '%s'", at + 1);
    return MCY_OK;
}

/* The day after the print: filings follow the call by a day. */
static mcy_status day_after_print(const mcy_facts *facts, const char *firm,
                                  const mcy_period *period, mcy_day *day, mcy_error *err)
{
    for (size_t i = 0; i < facts->event_count; i++)
        if (strcmp(facts->events[i].company, firm) == 0 &&
            mcy_period_quarter(&facts->events[i].period) == mcy_period_quarter(period)) {
            *day = mcy_day_add(facts->events[i].date, 1);
            return MCY_OK;
        }
    char name[32];
    mcy_period_format(period, name);
    return MCY_FAIL(err, MCY_E_MISSING,
                    "no day is known on which '%s' published %s: say --day YYYY-MM-DD", firm,
                    name);
}

/* The scenario as it is, or its page for that base quarter ("base" -> "base-2025Q4"). */
static mcy_status study_before(mcy_call *call, mcy_quarter quarter, mcy_study **study,
                               mcy_error *err)
{
    char name[32];
    mcy_quarter_format(quarter, name);
    MCY_TRY(mcy_study_of_call(call, call->operands[0], true, NULL, study, err));
    if ((*study)->base_quarter == quarter)
        return MCY_OK;
    const char *dated = mcy_arena_print(call->arena, "%s-%s", call->operands[0], name);
    const char *path = mcy_arena_print(call->arena, "%s/scenarios/%s.yaml", call->home, dated);
    if (dated == NULL || path == NULL)
        return mcy_fail_memory(err);
    if (!mcy_file_exists(path)) {
        char own[32];
        mcy_quarter_format((*study)->base_quarter, own);
        return MCY_FAIL(err, MCY_E_INPUT,
                        "scenario '%s' starts at %s; to roll from %s it needs a page "
                        "'scenarios/%s.yaml'",
                        call->operands[0], own, name, dated);
    }
    fprintf(call->err, "using scenario '%s'\n", dated);
    return mcy_study_of_call(call, dated, true, NULL, study, err);
}

static mcy_status read_facts(mcy_call *call, mcy_day day, mcy_facts **facts, mcy_error *err)
{
    const char *folder = mcy_call_path(call, "scenarios/history");
    if (folder == NULL)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_status status = mcy_facts_read(call->arena, folder, day, &report, facts, err);
    fputs(mcy_text_view(&report), call->err);
    mcy_text_release(&report);
    return status;
}

static void print_number(FILE *out, double value, double scale, int width)
{
    if (mcy_is_missing(value))
        fprintf(out, "%*s", width, "–");
    else if (scale == 100)
        fprintf(out, "%*.1f%%", width - 1, 100 * value);
    else if (fabs(value) < 100)
        fprintf(out, "%*.3f", width, value);
    else
        fprintf(out, "%*.0f", width, value);
}

static void print_line(FILE *out, const mcy_roll_line *line)
{
    double scale = strstr(line->path, "margin") != NULL ? 100 : 1;
    fprintf(out, "  %-28s", line->path);
    print_number(out, line->before, scale, 10);
    print_number(out, line->value, scale, 10);
    if (mcy_is_missing(line->low))
        fprintf(out, "%24s", "");
    else
        fprintf(out, "  [%9.0f, %9.0f]", line->low, line->high);
    fprintf(out, "  %s\n", line->source);
}

static void print_kind(FILE *out, const mcy_roll *roll, mcy_roll_kind kind, const char *head)
{
    size_t count = 0;
    for (size_t i = 0; i < roll->line_count; i++)
        count += roll->lines[i].kind == kind;
    if (count == 0)
        return;
    fprintf(out, "\n%s: %zu\n", head, count);
    if (kind == MCY_ROLL_CARRIED)
        return;
    fprintf(out, "  %-28s%10s%10s  %22s  %s\n", "", "expected", "now", "90 % interval", "from");
    for (size_t i = 0; i < roll->line_count; i++)
        if (roll->lines[i].kind == kind && roll->lines[i].quarter == 0)
            print_line(out, &roll->lines[i]);
}

static double value_at(const mcy_path_panel *panel, const mcy_model *model, const char *path,
                       int t)
{
    size_t symbol, element;
    if (mcy_model_find(model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return mcy_path_panel_value(panel, symbol, element, t);
}

/* What the roll did to the quarters ahead: old run against new, same calendar quarters. */
static void print_moves(FILE *out, const mcy_roll *roll, const char *firm)
{
    char paths[5][64];
    snprintf(paths[0], sizeof paths[0], "revenue.%s", firm);
    snprintf(paths[1], sizeof paths[1], "gross_margin.%s", firm);
    snprintf(paths[2], sizeof paths[2], "eps.%s", firm);
    snprintf(paths[3], sizeof paths[3], "fill_rate.dram");
    snprintf(paths[4], sizeof paths[4], "fill_rate.nand");
    int last = mcy_unrolled_last(roll->inputs->unrolled), shown = last < 4 ? last : 4;
    fprintf(out, "\nwhat moved, before -> now\n  %-22s", "");
    for (int t = 0; t <= shown; t++) {
        char name[32];
        mcy_quarter_format(roll->base + t, name);
        fprintf(out, "%22s", name);
    }
    fputs("\n", out);
    for (size_t i = 0; i < 5; i++) {
        double scale = i == 0 || i == 2 ? 1 : 100;
        fprintf(out, "  %-22s", paths[i]);
        for (int t = 0; t <= shown; t++) {
            print_number(out, value_at(roll->panel, roll->study->model, paths[i], t + 1), scale,
                         10);
            fputs(" -> ", out);
            print_number(out, value_at(roll->rolled, roll->study->model, paths[i], t), scale,
                         8);
        }
        fputs("\n", out);
    }
}

static mcy_status write_csv(mcy_call *call, const char *path, const mcy_roll *roll,
                            mcy_error *err)
{
    mcy_text text;
    mcy_text_init(&text);
    mcy_text_add(&text, "kind,path,quarter,expected,value,low,high,source\n");
    for (size_t i = 0; i < roll->line_count; i++) {
        const mcy_roll_line *line = &roll->lines[i];
        const double numbers[4] = {line->before, line->value, line->low, line->high};
        char name[32];
        mcy_quarter_format(roll->base + line->quarter, name);
        mcy_text_print(&text, "%s,%s,%s", mcy_roll_kind_name(line->kind), line->path, name);
        for (int k = 0; k < 4; k++) {
            char number[32];
            mcy_number_format(numbers[k], number);
            mcy_text_print(&text, ",%s", mcy_is_missing(numbers[k]) ? "" : number);
        }
        mcy_text_print(&text, ",\"%s\"\n", line->source);
    }
    mcy_status status = mcy_file_write_text(path, &text, err);
    mcy_text_release(&text);
    if (status == MCY_OK)
        fprintf(call->err, "wrote %s\n", path);
    return status;
}

static mcy_status run_roll(mcy_call *call, mcy_error *err)
{
    mcy_facts *all, *known;
    const char *firm = NULL;
    mcy_period period;
    mcy_day day = 0;
    mcy_study *study;
    mcy_roll *roll;
    MCY_TRY(read_facts(call, 0, &all, err));
    MCY_TRY(actual_of(call, all, &firm, &period, err));
    const char *said = mcy_call_option(call, "day");
    if (said != NULL)
        MCY_TRY(mcy_day_parse(said, strlen(said), &day, err));
    else
        MCY_TRY(day_after_print(all, firm, &period, &day, err));
    mcy_quarter quarter = mcy_period_quarter(&period);
    MCY_TRY(study_before(call, quarter - 1, &study, err));
    MCY_TRY(read_facts(call, day, &known, err));
    MCY_TRY(mcy_roll_on(call->arena, study, known, firm, &roll, err));

    char months[40], base[32], date[16];
    mcy_period_months(&period, months);
    mcy_quarter_format(quarter, base);
    mcy_day_format(day, date);
    fprintf(call->out, "%s rolled on to %s: %s reported %s (%s), facts as of %s\n", study->name,
            base, firm, strchr(mcy_call_option(call, "actual"), '@') + 1, months, date);
    print_kind(call->out, roll, MCY_ROLL_PINNED, "reported or surveyed, as published");
    print_kind(call->out, roll, MCY_ROLL_ESTIMATED, "not yet reported, estimated");
    print_kind(call->out, roll, MCY_ROLL_CARRIED,
               "state of fabs, stocks and markets, carried by the model's own equations");
    fprintf(call->out, "\nkept with the same bits: %zu of %zu inputs\n", roll->kept,
            roll->inputs->count);
    print_moves(call->out, roll, firm);
    const char *output = mcy_call_option(call, "output");
    return output == NULL ? MCY_OK : write_csv(call, output, roll, err);
}

static const mcy_option options[] = {
    {"actual", 0, "FIRM@QUARTER", "the firm that has reported, as in micron@FQ2-26"},
    {"day", 0, "DATE", "use what was known that day; the day after the print without it"},
    {"output", 'o', "FILE", "write every input that is not kept as CSV"},
    MCY_STUDY_OPTIONS,
    {0}};

const mcy_command mcy_command_roll = {
    .name = "roll",
    .operands = "SCENARIO",
    .summary = "start again a quarter later when one firm has reported and the others have not",
    .description =
        "Pins the firm that reported, estimates the others' quarter by the decomposition of "
        "all\n"
        "that is known on the day (with intervals), carries fabs, stocks and markets by the\n"
        "model's own equations, and leaves every other assumption with the same bits. Says "
        "what\n"
        "was expected, what is now known or estimated, and what that moves.\n"
        "The scenario must start one quarter before; where 'base' starts later, a page such "
        "as\n"
        "scenarios/base-2025Q4.yaml is taken.",
    .examples = "memcycle roll base --actual micron@FQ2-26\n"
                "memcycle roll base --actual micron@FQ2-26 -o rolled.csv",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_roll,
};
