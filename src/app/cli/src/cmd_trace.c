/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle trace: from the id in a figure, a table or a sentence back to the rows behind it. */
#include "command.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"

enum { MOST_LEADS = 40, MOST_TURNS = 6 };

/* What a row that was found leads to: all of the part of a run, or numbers of a part. */
typedef struct trace_lead {
    const char *part, *numbers; /* "a@FQ1-26, b@FQ1-26"; NULL = all of the part */
} trace_lead;

typedef enum trace_turn { TURN_LEADS, TURN_OWN, TURN_FOLLOWED } trace_turn;

/* Rows of a trace that belong to an id: a part's id, or a number's. A row behind all numbers of a
 * series has the series' id, the part of theirs before an @. */
typedef struct trace_reading {
    mcy_call *call;
    const char *id;
    size_t found;
    trace_turn turn;
    trace_lead leads[MOST_LEADS];
    size_t lead_count;
} trace_reading;

/* The number itself, or the series it is of. */
static bool is_number(const char *number, const char *id, size_t size)
{
    size_t n = strlen(number);
    return n && n <= size && !strncmp(number, id, n) && (n == size || id[n] == '@');
}

static bool belongs(const char *figure, const char *number, const char *id)
{
    const char *slash = strchr(figure, '/');
    return !strcmp(figure, id) || (slash && !strcmp(slash + 1, id)) ||
           is_number(number, id, strlen(id));
}

static bool listed(const char *numbers, const char *number)
{
    for (const char *at = numbers; *at;) {
        size_t n = strcspn(at, ",");
        if (is_number(number, at, n))
            return true;
        at += n;
        at += strspn(at, ", ");
    }
    return false;
}

static bool follows(const trace_reading *reading, const char *figure, const char *number)
{
    const char *slash = strchr(figure, '/'), *part = slash ? slash + 1 : figure;
    for (size_t i = 0; i < reading->lead_count; i++) {
        const trace_lead *lead = &reading->leads[i];
        if (!strcmp(lead->part, part) && (!lead->numbers || listed(lead->numbers, number)))
            return true;
    }
    return false;
}

static mcy_status add_lead(trace_reading *reading, const char *part, const char *numbers,
                           mcy_error *err)
{
    if (!part)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < reading->lead_count; i++) {
        const trace_lead *lead = &reading->leads[i];
        if (!strcmp(lead->part, part) &&
            (!lead->numbers || (numbers && !strcmp(lead->numbers, numbers))))
            return MCY_OK;
    }
    if (reading->lead_count < MOST_LEADS)
        reading->leads[reading->lead_count++] = (trace_lead){part, numbers};
    return MCY_OK;
}

/* A run leads to its scenario and facts, what was worked out to the numbers it came from. */
static mcy_status note_leads(trace_reading *reading, const char *const f[8], mcy_error *err)
{
    mcy_arena *arena = reading->call->arena;
    const char *slash = strchr(f[0], '/');
    if (!strcmp(f[2], "run")) {
        size_t n = strcspn(f[3], ".");
        return add_lead(reading, mcy_arena_print(arena, "run.%.*s", (int)n, f[3]), NULL, err);
    }
    if (strcmp(f[2], "from") || !slash)
        return MCY_OK;
    const char *numbers = mcy_arena_copy(arena, f[4], strlen(f[4]));
    return numbers ? add_lead(reading, mcy_arena_copy(arena, slash + 1, strlen(slash + 1)),
                              numbers, err)
                   : mcy_fail_memory(err);
}

static void print_row(FILE *out, const char *const f[8])
{
    fprintf(out, "%s%s%s", f[0], *f[1] ? " " : "", f[1]);
    if (!strcmp(f[2], "fact")) {
        fprintf(out, " = %s  (%s, published %s, %s confidence)\n  %s\n", f[4], f[3], f[6], f[7],
                f[5]);
        return;
    }
    bool says = *f[5] && strcmp(f[5], "memcycle");
    fprintf(out, "  (%s %s: %s)%s%s\n", f[2], f[3], f[4], says ? "\n  " : "", says ? f[5] : "");
}

static mcy_status trace_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    trace_reading *reading = context;
    const char *f[8];
    for (size_t i = 0; i < 8; i++)
        f[i] = row->fields[i] ? row->fields[i] : "";
    bool own = belongs(f[0], f[1], reading->id);
    bool followed = !own && follows(reading, f[0], f[1]);
    if (reading->turn == TURN_LEADS)
        return own || followed ? note_leads(reading, f, err) : MCY_OK;
    if (reading->turn == TURN_OWN ? own : followed) {
        print_row(reading->call->out, f);
        reading->found++;
    }
    return MCY_OK;
}

/* pack, or pack/NAME when the id begins with a pack's name and there is such a folder. */
static const char *trace_path(mcy_call *call)
{
    const char *given = mcy_call_option(call, "pack"), *id = call->operands[0];
    const char *slash = strchr(id, '/');
    const char *folder = given ? given : "pack";
    if (!given && slash) {
        const char *own = mcy_arena_print(call->arena, "pack/%.*s", (int)(slash - id), id);
        folder = own && mcy_folder_exists(own) ? own : folder;
    }
    return mcy_path_join(call->arena, folder, "trace.csv");
}

static mcy_status read_trace(const char *path, const mcy_csv_table *table, mcy_error *err)
{
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, table, &report, err);
    mcy_text_release(&report);
    return status;
}

static mcy_status run_trace(mcy_call *call, mcy_error *err)
{
    static const char *const columns[] = {"figure", "number", "kind",      "where",
                                          "what",   "source", "published", "confidence"};
    mcy_text id = {0}; /* copied from a PDF it may have ligatures */
    mcy_text_add_letters(&id, call->operands[0]);
    trace_reading reading = {.call = call,
                             .id = mcy_arena_copy(call->arena, mcy_text_view(&id), id.size)};
    mcy_text_release(&id);
    const char *path = trace_path(call);
    if (!path || !reading.id)
        return mcy_fail_memory(err);
    if (!mcy_file_exists(path))
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "no pack in '%.*s': draw one ('memcycle charts quarterly -o pack') or name its "
            "folder with --pack DIR",
            (int)(strlen(path) - strlen("/trace.csv")), path);
    mcy_csv_table table = {.name = path,
                           .columns = columns,
                           .column_count = 8,
                           .row = trace_row,
                           .context = &reading};
    size_t before = 1;
    for (int turn = 0; turn < MOST_TURNS && before != reading.lead_count; turn++) {
        before = turn ? reading.lead_count : 0;
        MCY_TRY(read_trace(path, &table, err));
    }
    for (reading.turn = TURN_OWN; reading.turn <= TURN_FOLLOWED; reading.turn++)
        MCY_TRY(read_trace(path, &table, err));
    if (!reading.found)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "%s knows no '%s': ids stand in the figures and in the "
                        "last column of their CSV",
                        path, reading.id);
    return MCY_OK;
}

static const mcy_option options[] = {
    {"pack", 'p', "DIR", "the pack; pack/NAME for an id that begins NAME/, else pack"}, {0}};

const mcy_command mcy_command_trace = {
    .name = "trace",
    .operands = "ID",
    .summary = "from an id in a figure back to the rows, fits and runs behind it",
    .description =
        "ID is a figure's (decomposition/micron-revenue, printed in its lower right corner) or a\n"
        "number's (micron.total.revenue.gaap@FQ2-26, last column of its CSV). Prints the fact\n"
        "rows with file, line, source and the day they could be known, and the commands of the\n"
        "fits and scenario runs.",
    .examples = "memcycle trace decomposition/micron-bridge\n"
                "memcycle trace micron.total.revenue.gaap@FQ2-26 --pack pack",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_trace,
};
