/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle doctor: is everything here that the program needs? */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mcy/numerics.h"

typedef struct diagnosis {
    FILE *out;
    size_t wanting;
} diagnosis;

static void report(diagnosis *d, bool good, const char *what, const char *found)
{
    fprintf(d->out, "%-4s %-12s %s\n", good ? "ok" : "BAD", what, found);
    d->wanting += !good;
}

static void check_home(diagnosis *d, const mcy_call *call)
{
    static const char *const folders[] = {"model", "scenarios/history", "plots"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = mcy_call_path(call, folders[i]);
        struct stat info;
        bool good = path && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
        report(d, good, folders[i], good ? path : "not found: give --home DIR or MEMCYCLE_HOME");
    }
}

static void check_numerics(diagnosis *d)
{
    char text[64];
    report(d, true, "GSL", mcy_numerics_gsl());
    report(d, true, "BLAS", mcy_numerics_blas());
    int threads = mcy_numerics_blas_threads();
    snprintf(text, sizeof text, "%d (one is right: the sweeps do the threading)", threads);
    report(d, threads == 1, "BLAS threads", text);
}

static void check_writing(diagnosis *d)
{
    bool good = access(".", W_OK) == 0;
    report(d, good, "write access", good ? "the folder you stand in" : strerror(errno));
}

static mcy_status run_doctor(mcy_call *call, mcy_error *err)
{
    diagnosis d = {call->out, 0};
    fprintf(call->out, "memcycle %s\n", mcy_version());
    check_home(&d, call);
    check_numerics(&d);
    check_writing(&d);
    if (d.wanting)
        return MCY_FAIL(err, MCY_E_FINDINGS, "%zu of the checks above %s BAD", d.wanting,
                        d.wanting == 1 ? "is" : "are");
    return MCY_OK;
}

const mcy_command mcy_command_doctor = {
    .name = "doctor",
    .operands = "",
    .summary = "is everything here that the program needs?",
    .description = "Prints the libraries and their versions, gnuplot and its terminals, the fonts for\n"
                   "Chinese and Korean, the threads of BLAS, and whether one can write here.\n"
                   "Exit code 1 when something is wanting.",
    .run = run_doctor,
};
