/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole packs, and the faults that must leave the last good one where it is. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "gallery.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/pack.h"
#include "mcy/script.h"

typedef struct fixture {
    mcy_arena *arena;
    mcy_theme theme;
    gallery_chart gallery[GALLERY];
    mcy_chart charts[GALLERY];
    mcy_pack pack;
    char home[64], folder[128];
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    mcy_error err = {0};
    snprintf(f->home, sizeof f->home, "/tmp/mcy-pack-XXXXXX");
    if (!mkdtemp(f->home))
        return 1;
    snprintf(f->folder, sizeof f->folder, "%s/pack", f->home);
    f->arena = mcy_arena_create();
    if (mcy_theme_read(f->arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &f->theme, &err)) {
        print_error("%s\n", err.text);
        return 1;
    }
    for (size_t i = 0; i < GALLERY; i++) {
        gallery_make(&f->gallery[i], i);
        f->charts[i] = f->gallery[i].chart;
    }
    f->pack = (mcy_pack){.name = "gallery", .title = {"样张", "Gallery"}, .theme = &f->theme,
                         .charts = f->charts, .chart_count = 2, .as_of = "2026-03-20",
                         .languages = {true, true}, .svg = true, .processes = 1};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    mcy_folder_remove(f->home, NULL);
    mcy_arena_destroy(f->arena);
    free(f);
    return 0;
}

/* A program in the fixture's home that stands in for gnuplot. */
static const char *stand_in(fixture *f, const char *script)
{
    const char *path = mcy_path_join(f->arena, f->home, "stand-in");
    mcy_error err = {0};
    mcy_text text;
    mcy_text_init(&text);
    mcy_text_print(&text, "#!/bin/sh\n%s\n", script);
    check_ok(mcy_file_write_text(path, &text, &err), err);
    mcy_text_release(&text);
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

static bool in_pack(fixture *f, const char *name)
{
    return mcy_file_exists(mcy_path_join(f->arena, f->folder, name));
}

static void bytes_of(fixture *f, const char *folder, const char *name, mcy_file *file)
{
    mcy_error err = {0};
    const char *path = mcy_path_join(f->arena, folder, name);
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, file, &err), err);
}

static void draw__of_every_kind__is_whole_and_the_same_twice(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.chart_count = GALLERY;
    f->pack.pdf = true;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    f->pack.processes = 2;
    const char *again = mcy_path_join(f->arena, f->home, "again");
    check_ok(mcy_pack_draw(&f->pack, again, NULL, &err), err);
    const char *const *names;
    size_t count;
    check_ok(mcy_folder_list(f->arena, f->folder, "", &names, &count, &err), err);
    assert_int_equal(count, GALLERY * 5 + 4 + 2);
    for (size_t i = 0; i < count; i++) {
        mcy_file one, two;
        bytes_of(f, f->folder, names[i], &one);
        bytes_of(f, again, names[i], &two);
        if (one.size != two.size || memcmp(one.bytes, two.bytes, one.size))
            fail_msg("%s differs between one and two processes", names[i]);
        mcy_file_release(&one);
        mcy_file_release(&two);
    }
    assert_int_equal(mcy_folder_list(f->arena, f->home, "", &names, &count, &err), MCY_OK);
    assert_int_equal(count, 0); /* nothing aside is left */
}

static void draw__as_png__is_whole(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.png = true;
    f->pack.svg = false;
    f->pack.chart_count = 1;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file png;
    bytes_of(f, f->folder, "01-columns.zh.png", &png);
    check_ok(mcy_png_check("x", png.bytes, png.size, &err), err);
    check_refused(mcy_png_check("x", png.bytes, png.size - 9, &err), MCY_E_EXTERNAL, err,
                  "cut off");
    mcy_file_release(&png);
}

static void svg__of_a_figure__says_what_it_shows(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file svg;
    bytes_of(f, f->folder, "01-columns.zh.svg", &svg);
    assert_non_null(strstr(svg.bytes, "<title>美光季度收入及增速（亿美元） (gallery/columns)"));
    assert_non_null(strstr(svg.bytes, "<desc>美光季度收入及增速（亿美元）。收入：FQ1-22"));
    assert_non_null(strstr(svg.bytes, "font-weight=\"bold\""));
    assert_null(strstr(svg.bytes, ":Bold"));
    assert_non_null(strstr(svg.bytes, "gallery/columns</text>"));
    mcy_file_release(&svg);
}

/* A failed run leaves the pack that was there, and nothing aside. */
static void fails_and_keeps(fixture *f, mcy_status want, const char *words)
{
    mcy_error err = {0};
    check_refused(mcy_pack_draw(&f->pack, f->folder, NULL, &err), want, err, words);
    assert_true(in_pack(f, "keep"));
    assert_false(in_pack(f, "index.md"));
}

static void draw__with_a_bad_gnuplot__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_folder_make(f->folder, &err), err);
    check_ok(mcy_file_write(mcy_path_join(f->arena, f->folder, "keep"), "x", 1, &err), err);
    f->pack.gnuplot.timeout_seconds = 1;

    f->pack.gnuplot.program = "/nowhere/gnuplot";
    fails_and_keeps(f, MCY_E_EXTERNAL, "01-columns.zh");
    f->pack.gnuplot.program = stand_in(f, "kill -9 $$");
    fails_and_keeps(f, MCY_E_EXTERNAL, "01-columns.zh");
    f->pack.gnuplot.program = stand_in(f, "sleep 60");
    fails_and_keeps(f, MCY_E_EXTERNAL, "01-columns.zh");
    f->pack.gnuplot.program = stand_in(f, "echo 'ok 01-columns.zh' >&2\n"
                                          "echo 'end 01-columns.zh' >&2; sleep 60");
    fails_and_keeps(f, MCY_E_IO, "01-columns.zh.svg"); /* said ok, drew nothing */
    f->pack.gnuplot.program = stand_in(f, ": > 01-columns.zh.svg\necho 'ok 01-columns.zh' >&2\n"
                                          "echo 'end 01-columns.zh' >&2; sleep 60");
    fails_and_keeps(f, MCY_E_EXTERNAL, "not a closed SVG");
    f->pack.gnuplot.program =
        stand_in(f, "echo 'warning: Skipping data file' >&2\n"
                    "echo 'ok 01-columns.zh' >&2\necho 'end 01-columns.zh' >&2; sleep 60");
    fails_and_keeps(f, MCY_E_EXTERNAL, "Skipping data file");
    f->pack.gnuplot.program = stand_in(f, "echo 'end 01-columns.zh' >&2; sleep 60");
    fails_and_keeps(f, MCY_E_EXTERNAL, "never came to the end");
}

static void draw__with_bad_data_or_font__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_folder_make(f->folder, &err), err);
    check_ok(mcy_file_write(mcy_path_join(f->arena, f->folder, "keep"), "x", 1, &err), err);
    double kept = f->gallery[1].values[0][4];
    f->gallery[1].values[0][4] = MCY_MISSING;
    fails_and_keeps(f, MCY_E_DOMAIN, "figure 'lines': value of 'Micron DRAM' at FQ1-23");
    f->gallery[1].values[0][4] = kept;
    f->charts[1].id = "columns";
    fails_and_keeps(f, MCY_E_INPUT, "two figures");
    f->charts[1].id = "lines";
    check_ok(mcy_theme_read(f->arena, MCY_SOURCE_DIR "/plots", "cn-broker", "No Such Family",
                            &f->theme, &err),
             err);
    fails_and_keeps(f, MCY_E_MISSING, "'No Such Family' is not installed");
    check_ok(mcy_theme_read(f->arena, MCY_SOURCE_DIR "/plots", "cn-broker", "DejaVu Sans",
                            &f->theme, &err),
             err);
    fails_and_keeps(f, MCY_E_MISSING, "lacks characters");
    f->pack.only = "heat";
    fails_and_keeps(f, MCY_E_INPUT, "no figure 'heat'");
}

static void draw__with_hostile_words__draws_them_and_runs_nothing(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    char hostile[512];
    snprintf(hostile, sizeof hostile,
             "q' \"d\" `touch %s/a` $(touch %s/b) \nset output '|touch %s/c'\t{/Bold x} @ ^2_3 "
             "\\ %% %%d } {",
             f->home, f->home, f->home);
    for (size_t i = 0; i < GALLERY; i++) {
        mcy_bilingual words = {hostile, hostile};
        f->charts[i].title = f->charts[i].source = f->charts[i].left.title = words;
        f->charts[i].across = words;
        f->gallery[i].labels[0] = words;
        f->gallery[i].series[0].name = words;
    }
    f->pack.chart_count = GALLERY;
    f->pack.languages[MCY_EN] = false;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    const char *const *names;
    size_t count;
    check_ok(mcy_folder_list(f->arena, f->home, "", &names, &count, &err), err);
    assert_int_equal(count, 0);
    mcy_file svg;
    bytes_of(f, f->folder, "01-columns.zh.svg", &svg);
    assert_non_null(strstr(svg.bytes, "{/Bold x} @ ^2_3"));
    mcy_file_release(&svg);
}

static void only__one_figure__is_redrawn_in_the_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    f->pack.only = "lines";
    check_refused(mcy_pack_draw(&f->pack, f->folder, NULL, &err), MCY_E_MISSING, err, "yet");
    f->pack.only = NULL;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    f->pack.only = "lines";
    f->charts[1].title.en = "Another title";
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_file svg;
    bytes_of(f, f->folder, "02-lines.en.svg", &svg);
    assert_non_null(strstr(svg.bytes, "Another title"));
    mcy_file_release(&svg);
    assert_true(in_pack(f, "01-columns.en.svg") && in_pack(f, "index.md"));
}

/* The scripts stand alone: plain gnuplot draws the same bytes as the pack before finishing. */
static void script__by_plain_gnuplot__draws_again(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    mcy_gnuplot *gnuplot;
    check_ok(mcy_gnuplot_create(f->folder, NULL, &gnuplot, &err), err);
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    mcy_file one, two;
    bytes_of(f, f->folder, "02-lines.zh.svg", &one);
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    bytes_of(f, f->folder, "02-lines.zh.svg", &two);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.bytes, two.bytes, one.size);
    mcy_file_release(&one);
    mcy_file_release(&two);
    check_refused(mcy_gnuplot_run(gnuplot, "missing.gp", "svg", "missing", &err), MCY_E_EXTERNAL,
                  err, "missing.gp");
    check_ok(mcy_gnuplot_run(gnuplot, "02-lines.zh.gp", "svg", "02-lines.zh", &err), err);
    mcy_gnuplot_destroy(gnuplot);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(draw__of_every_kind__is_whole_and_the_same_twice),
        T(draw__as_png__is_whole),
        T(svg__of_a_figure__says_what_it_shows),
        T(draw__with_a_bad_gnuplot__keeps_the_last_pack),
        T(draw__with_bad_data_or_font__keeps_the_last_pack),
        T(draw__with_hostile_words__draws_them_and_runs_nothing),
        T(only__one_figure__is_redrawn_in_the_pack),
        T(script__by_plain_gnuplot__draws_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
