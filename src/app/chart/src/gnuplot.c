/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnuplot through one pipe: `load` lines in, `ok` and `end` lines out. */
#include "mcy/gnuplot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/spawn.h"

struct mcy_gnuplot {
    char *folder, *program;
    double timeout_seconds;
    mcy_process *process; /* NULL after a death, until the next run */
};

static mcy_status gnuplot_start(mcy_gnuplot *gnuplot, mcy_error *err)
{
    const char *arguments[] = {"env", "LC_ALL=C.UTF-8", gnuplot->program, "-d", "-", NULL};
    return mcy_process_create(arguments, gnuplot->folder, &gnuplot->process, err);
}

static char *copied(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = malloc(n);
    if (copy)
        memcpy(copy, text, n);
    return copy;
}

mcy_status mcy_gnuplot_create(const char *folder, const mcy_gnuplot_settings *settings,
                              mcy_gnuplot **gnuplot, mcy_error *err)
{
    static const mcy_gnuplot_settings defaults = {0};
    if (!settings)
        settings = &defaults;
    *gnuplot = NULL;
    mcy_gnuplot *made = calloc(1, sizeof *made);
    if (!made)
        return mcy_fail_memory(err);
    made->folder = copied(folder);
    made->program = copied(settings->program ? settings->program : "gnuplot");
    made->timeout_seconds = settings->timeout_seconds > 0 ? settings->timeout_seconds : 30;
    mcy_status status =
        made->folder && made->program ? gnuplot_start(made, err) : mcy_fail_memory(err);
    if (status != MCY_OK) {
        mcy_gnuplot_destroy(made);
        return status;
    }
    *gnuplot = made;
    return MCY_OK;
}

void mcy_gnuplot_destroy(mcy_gnuplot *gnuplot)
{
    if (!gnuplot)
        return;
    mcy_process_destroy(gnuplot->process);
    free(gnuplot->folder);
    free(gnuplot->program);
    free(gnuplot);
}

/* Lines of stderr that are neither `ok …` nor `end ID` are complaints: the last two are kept,
 * because the first ones repeat the whole plot command. */
static size_t complaints(const char *errors, const char *id, bool *ok, char said[512])
{
    char wanted[160];
    snprintf(wanted, sizeof wanted, "ok %s", id);
    const char *kept[2] = {"", ""};
    size_t sizes[2] = {0, 0}, count = 0;
    *ok = false;
    for (const char *line = errors; *line;) {
        size_t n = strcspn(line, "\n");
        size_t blank = strspn(line, " \t^");
        if (n == strlen(wanted) && !strncmp(line, wanted, n))
            *ok = true;
        else if (blank < n && strncmp(line, "ok ", 3) && strncmp(line, "end ", 4)) {
            count++;
            kept[0] = kept[1];
            sizes[0] = sizes[1];
            kept[1] = line;
            sizes[1] = n;
        }
        line += n + (line[n] == '\n');
    }
    snprintf(said, 512, "%.*s%s%.*s", (int)(sizes[0] < 160 ? sizes[0] : 160), kept[0],
             sizes[0] ? " | " : "", (int)(sizes[1] < 300 ? sizes[1] : 300), kept[1]);
    return count;
}

mcy_status mcy_gnuplot_run(mcy_gnuplot *gnuplot, const char *script, const char *terminals,
                           const char *id, mcy_error *err)
{
    if (!gnuplot->process)
        MCY_TRY(gnuplot_start(gnuplot, err));
    mcy_text command, errors;
    mcy_text_init(&command);
    mcy_text_init(&errors);
    if (terminals)
        mcy_text_print(&command, "mcy_terminals = '%s'\n", terminals);
    mcy_text_print(&command,
                   "load '%s'\nset output\nreset session\nset print\nprint 'end %s'\n", script,
                   id);
    char marker[160], said[512];
    snprintf(marker, sizeof marker, "end %s\n", id);
    mcy_status status = mcy_text_status(&command, err);
    if (status == MCY_OK)
        status = mcy_process_exchange(gnuplot->process, command.bytes, command.size, marker,
                                      gnuplot->timeout_seconds, NULL, &errors, err);
    bool ok = false;
    if (status != MCY_OK) {
        mcy_process_destroy(gnuplot->process);
        gnuplot->process = NULL;
        mcy_fail_in(err, status, "figure '%s'", id);
    } else if (complaints(mcy_text_view(&errors), id, &ok, said)) {
        status = MCY_FAIL(err, MCY_E_EXTERNAL, "figure '%s': gnuplot says: %s", id, said);
    } else if (!ok) {
        status = MCY_FAIL(err, MCY_E_EXTERNAL,
                          "figure '%s': gnuplot never came to the end of %s", id, script);
    }
    mcy_text_release(&command);
    mcy_text_release(&errors);
    return status;
}
