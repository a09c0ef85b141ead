/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle doctor: is everything here that the program needs? */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mcy/csv.h"
#include "mcy/measure.h"
#include "mcy/numerics.h"
#include "mcy/scenario.h"
#include "mcy/spawn.h"
#include "mcy/store.h"
#include "mcy/text.h"

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
        report(d, good, folders[i],
               good ? path : "not found: give --home DIR or MEMCYCLE_HOME");
    }
}

static void check_numerics(diagnosis *d)
{
    char text[64];
    report(d, true, "GSL", mcy_numerics_gsl());
    report(d, true, "libcsv", mcy_csv_library());
    report(d, true, "libfyaml", mcy_yaml_library());
    report(d, true, "SQLite", mcy_store_library());
    report(d, true, "BLAS", mcy_numerics_blas());
    const char *pango = "";
    mcy_error err = {0};
    bool typesets = mcy_measure_library(&pango, &err) == MCY_OK;
    report(d, typesets, "typesetter", typesets ? pango : err.text);
    int threads = mcy_numerics_blas_threads();
    snprintf(text, sizeof text, "%d (one is right: the sweeps do the threading)", threads);
    report(d, threads == 1, "BLAS threads", text);
}

static void check_writing(diagnosis *d)
{
    bool good = access(".", W_OK) == 0;
    report(d, good, "write access", good ? "the folder you stand in" : strerror(errno));
}

/* What a program prints on either stream, its first line; "" when it does not run. */
static void first_line(const char *const *arguments, const char *input, mcy_text *text)
{
    mcy_error why = {0};
    mcy_text errors;
    mcy_text_init(&errors);
    mcy_status status =
        mcy_spawn(arguments, NULL, input, strlen(input), 10.0, text, &errors, &why);
    if (status == MCY_OK)
        mcy_text_add(text, mcy_text_view(&errors));
    else
        mcy_text_clear(text);
    mcy_text_release(&errors);
}

static void check_gnuplot(diagnosis *d)
{
    static const char *const version[] = {"gnuplot", "--version", NULL};
    static const char *const run[] = {"gnuplot", "-d", NULL};
    static const char *const terminals[] = {"svg", "pngcairo", "pdfcairo"};
    mcy_text text;
    mcy_text_init(&text);
    first_line(version, "", &text);
    text.size = text.bytes ? strcspn(text.bytes, "\n") : 0;
    if (text.bytes)
        text.bytes[text.size] = '\0';
    report(d, text.size > 0, "gnuplot",
           text.size ? text.bytes : "not found: install gnuplot-nox");
    for (size_t i = 0; i < 3; i++) {
        char script[64], line[96];
        mcy_text_clear(&text);
        snprintf(script, sizeof script, "set terminal %s\nprint 'ok'\n", terminals[i]);
        first_line(run, script, &text);
        bool good = strstr(mcy_text_view(&text), "ok") != NULL;
        snprintf(line, sizeof line, "%s%s", terminals[i],
                 good ? "" : ": gnuplot does not draw it");
        report(d, good, "terminal", line);
    }
    mcy_text_release(&text);
}

/* A chart without its font is drawn with garbage and no word of warning: look before. */
static void check_fonts(diagnosis *d)
{
    static const struct {
        const char *what, *language;
    } wanted[] = {{"font zh", ":lang=zh-cn"}, {"font ko", ":lang=ko"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *const arguments[] = {"fc-match", "-f", "%{family[0]} %{style[0]}|%{lang}\n",
                                         wanted[i].language, NULL};
        mcy_text text;
        mcy_text_init(&text);
        first_line(arguments, "", &text);
        char *bar = text.bytes ? strchr(text.bytes, '|') : NULL;
        bool good = bar && strstr(bar, i == 0 ? "zh-cn" : "ko");
        if (bar)
            *bar = '\0';
        report(d, good, wanted[i].what,
               good ? text.bytes : "none: install fonts-noto-cjk and fontconfig");
        mcy_text_release(&text);
    }
}

static mcy_status run_doctor(mcy_call *call, mcy_error *err)
{
    diagnosis d = {call->out, 0};
    fprintf(call->out, "memcycle %s\n", mcy_version());
    check_home(&d, call);
    check_numerics(&d);
    check_gnuplot(&d);
    check_fonts(&d);
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
    .description =
        "Prints the libraries and their versions, gnuplot and its terminals, the fonts for\n"
        "Chinese and Korean, the threads of BLAS, and whether one can write here.\n"
        "Exit code 1 when something is wanting.",
    .run = run_doctor,
};
