/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Twenty figures as SVG, PNG and pages of a PDF, by one gnuplot and by two: medians of runs. */
#define _POSIX_C_SOURCE 200809L
#include "gallery.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/pack.h"

enum { FIGURES = 20, RUNS = 7 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static gallery_chart gallery[FIGURES];
    static mcy_chart charts[FIGURES];
    static char ids[FIGURES][32];
    mcy_arena *arena = mcy_arena_create();
    mcy_theme theme;
    mcy_error err = {0};
    char home[] = "/tmp/mcy-bench-XXXXXX", folder[64];
    if (!arena || !mkdtemp(home) ||
        mcy_theme_read(arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &theme, &err))
        return fprintf(stderr, "%s\n", err.text), 1;
    snprintf(folder, sizeof folder, "%s/pack", home);
    for (size_t i = 0; i < FIGURES; i++) {
        gallery_make(&gallery[i], i % GALLERY);
        charts[i] = gallery[i].chart;
        snprintf(ids[i], sizeof ids[i], "%s-%zu", charts[i].id, i);
        charts[i].id = ids[i];
    }
    static const char *const what[] = {"svg", "png", "pdf"};
    printf(
        "%d figures, one language, CJK; medians of %d, seconds (scripts and font check apart)\n",
        FIGURES, RUNS);
    for (size_t k = 0; k < 3; k++)
        for (size_t processes = 1; processes <= 2; processes++) {
            double taken[RUNS], scripts[RUNS];
            for (int r = 0; r < RUNS; r++) {
                mcy_pack pack = {.name = "bench",
                                 .title = {"测", "Bench"},
                                 .themes = {&theme, &theme},
                                 .charts = charts,
                                 .chart_count = FIGURES,
                                 .as_of = "2026-03-20",
                                 .languages = {true, false},
                                 .svg = k == 0,
                                 .png = k == 1,
                                 .pdf = k == 2,
                                 .processes = processes};
                mcy_pack_times times = {.clock = seconds};
                if (mcy_pack_draw(&pack, folder, &times, &err))
                    return fprintf(stderr, "%s\n", err.text), 1;
                taken[r] = times.pictures + times.pages;
                scripts[r] = times.scripts;
            }
            qsort(taken, RUNS, sizeof *taken, by_size);
            qsort(scripts, RUNS, sizeof *scripts, by_size);
            printf("%s  %zu gnuplot%s  drawn %.3f   scripts and font check %.3f\n", what[k],
                   processes, processes > 1 ? "s" : " ", taken[RUNS / 2], scripts[RUNS / 2]);
        }
    mcy_folder_remove(home, NULL);
    mcy_arena_destroy(arena);
    return 0;
}
