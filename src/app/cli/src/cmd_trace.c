/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle trace: from the id in a figure, a table or a sentence back to the rows behind it. */
#include "command.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"

/* Rows of a trace that belong to an id: a figure's id, or a number's. A row behind all numbers of a
 * series has the series' id, the part of theirs before an @. */
typedef struct trace_reading {
    mcy_call *call;
    const char *id;
    size_t found;
} trace_reading;

static bool belongs(const char *figure, const char *number, const char *id)
{
    const char *slash = strchr(figure, '/');
    size_t n = strlen(number);
    bool series = n && !strncmp(number, id, n) && id[n] == '@';
    return !strcmp(figure, id) || (slash && !strcmp(slash + 1, id)) || !strcmp(number, id) ||
           series;
}

static mcy_status trace_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    trace_reading *reading = context;
    const char *f[8];
    (void)err;
    for (size_t i = 0; i < 8; i++)
        f[i] = row->fields[i] ? row->fields[i] : "";
    if (!belongs(f[0], f[1], reading->id))
        return MCY_OK;
    FILE *out = reading->call->out;
    reading->found++;
    if (!strcmp(f[2], "fact"))
        fprintf(out, "%s %s = %s  (%s, published %s, %s confidence)\n  %s\n", f[0], f[1], f[4],
                f[3], f[6], f[7], f[5]);
    else
        fprintf(out, "%s %s  (%s %s: %s)\n", f[0], f[1], f[2], f[3], f[4]);
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

static mcy_status run_trace(mcy_call *call, mcy_error *err)
{
    static const char *const columns[] = {"figure", "number", "kind",      "where",
                                          "what",   "source", "published", "confidence"};
    trace_reading reading = {.call = call, .id = call->operands[0]};
    const char *path = trace_path(call);
    if (!path)
        return mcy_fail_memory(err);
    mcy_csv_table table = {.name = path, .columns = columns, .column_count = 8, .row = trace_row,
                           .context = &reading};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    MCY_TRY(status);
    if (!reading.found)
        return MCY_FAIL(err, MCY_E_MISSING, "%s knows no '%s': ids stand in the figures and in the "
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
    .description = "ID is a figure's (decomposition/micron-revenue, printed in its lower right corner) or a\n"
                   "number's (micron.total.revenue.gaap@FQ2-26, last column of its CSV). Prints the fact\n"
                   "rows with file, line, source and the day they could be known, and the commands of the\n"
                   "fits and scenario runs.",
    .examples = "memcycle trace decomposition/micron-bridge\n"
                "memcycle trace micron.total.revenue.gaap@FQ2-26 --pack pack\n",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_trace,
};
