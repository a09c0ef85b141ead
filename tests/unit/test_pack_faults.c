/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faults of drawing that must leave the last good pack where it is, planted one by one. */
#define _POSIX_C_SOURCE 200809L
#include "pack_fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>

#include "unprivileged.h"

/* A failed run leaves the pack that was there, and nothing aside. */
static void fails_and_keeps(fixture *f, mcy_status want, const char *words)
{
    mcy_error err = {0};
    check_refused(mcy_pack_draw(&f->pack, f->folder, NULL, &err), want, err, words);
    assert_true(in_pack(f, "keep"));
    assert_false(in_pack(f, "index.md"));
}

/* The last good pack, which every fault must leave. */
static void leave_pack(fixture *f)
{
    mcy_error err = {0};
    check_ok(mcy_folder_make(f->folder, &err), err);
    check_ok(mcy_file_write(mcy_path_join(f->arena, f->folder, "keep"), "x", 1, &err), err);
}

static void draw_as(fixture *f, const char *terminal)
{
    f->pack.svg = !strcmp(terminal, "svg");
    f->pack.png = !strcmp(terminal, "png");
    f->pack.pdf = !strcmp(terminal, "pdf");
}

static void draw__with_a_bad_gnuplot__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    leave_pack(f);
    f->pack.gnuplot.timeout_seconds = 1;

    static const char *const terminals[] = {"svg", "png", "pdf"};
    for (size_t t = 0; t < 3; t++) {
        const char *name = t < 2 ? "01-columns.zh" : "gallery.zh";
        char said[400], file[64];
        draw_as(f, terminals[t]);
        snprintf(file, sizeof file, "%s.%s", name, terminals[t]);
        f->pack.gnuplot.program = "/nowhere/gnuplot";
        fails_and_keeps(f, MCY_E_EXTERNAL, name);
        f->pack.gnuplot.program = stand_in(f, "kill -9 $$");
        fails_and_keeps(f, MCY_E_EXTERNAL, name);
        f->pack.gnuplot.program = stand_in(f, "sleep 60");
        fails_and_keeps(f, MCY_E_EXTERNAL, name);
        snprintf(said, sizeof said, "echo 'ok %s' >&2\necho 'end %s' >&2; sleep 60", name,
                 name);
        f->pack.gnuplot.program = stand_in(f, said);
        fails_and_keeps(f, MCY_E_IO, file); /* said ok, drew nothing */
        snprintf(said, sizeof said, ": > %s\necho 'ok %s' >&2\necho 'end %s' >&2; sleep 60",
                 file, name, name);
        f->pack.gnuplot.program = stand_in(f, said);
        fails_and_keeps(f, MCY_E_EXTERNAL, file); /* said ok, drew a file without a byte */
        snprintf(said, sizeof said,
                 "echo 'warning: Skipping data file' >&2\n"
                 "echo 'ok %s' >&2\necho 'end %s' >&2; sleep 60",
                 name, name);
        f->pack.gnuplot.program = stand_in(f, said);
        fails_and_keeps(f, MCY_E_EXTERNAL, "Skipping data file");
        snprintf(said, sizeof said, "echo 'end %s' >&2; sleep 60", name);
        f->pack.gnuplot.program = stand_in(f, said);
        fails_and_keeps(f, MCY_E_EXTERNAL, "never came to the end");
    }
}

static void draw__with_bad_data_or_font__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    leave_pack(f);
    double kept = f->gallery[1].values[0][4];
    f->gallery[1].values[0][4] = MCY_MISSING;
    fails_and_keeps(f, MCY_E_DOMAIN, "figure 'lines': value of 'Micron DRAM' at FQ1-23");
    f->gallery[1].values[0][4] = INFINITY;
    fails_and_keeps(f, MCY_E_DOMAIN, "figure 'lines': ");
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
    f->pack.png = f->pack.pdf = true;
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

/* A limit on the size of files stands for a full disk: writes fail in the same places. */
static bool disk_is_full(fixture *f, rlim_t most, const char *words)
{
    pid_t child = fork();
    if (child == 0) {
        mcy_error err = {0};
        struct rlimit limit = {most, most};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        mcy_status status = mcy_pack_draw(&f->pack, f->folder, NULL, &err);
        if (status != MCY_E_IO || !strstr(err.text, words))
            dprintf(2, "%s: %s\n", mcy_status_name(status), err.text);
        _exit(status == MCY_E_IO && strstr(err.text, words) ? 0 : 1);
    }
    int how = 0;
    waitpid(child, &how, 0);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

static size_t left_aside(fixture *f)
{
    size_t count = 0;
    DIR *open = opendir(f->home);
    for (struct dirent *entry; open && (entry = readdir(open));)
        count += strstr(entry->d_name, ".aside-") != NULL;
    closedir(open);
    return count;
}

static void draw__on_a_full_disk__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    static const char *const terminals[] = {"svg", "png", "pdf"};
    leave_pack(f);
    f->pack.chart_count = GALLERY;
    for (size_t t = 0; t < 3; t++) {
        draw_as(f, terminals[t]);
        assert_true(disk_is_full(f, 2 << 10, "cannot write"));  /* in a script */
        assert_true(disk_is_full(f, 18 << 10, "cannot write")); /* in what gnuplot draws */
        assert_true(in_pack(f, "keep"));
        assert_false(in_pack(f, "index.md"));
        assert_int_equal(left_aside(f), 0);
    }
}

static void draw__killed_in_the_middle__keeps_the_last_pack(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    const struct timespec moment = {.tv_nsec = 5000000};
    leave_pack(f);
    f->pack.gnuplot.program = stand_in(f, "cat >/dev/null"); /* draws for ever, ends with us */
    f->pack.gnuplot.timeout_seconds = 60;
    pid_t child = fork();
    if (child == 0)
        _exit(mcy_pack_draw(&f->pack, f->folder, NULL, &err) == MCY_OK);
    const char *script =
        mcy_arena_print(f->arena, "%s.aside-%ld/02-lines.zh.gp", f->folder, (long)child);
    while (!mcy_file_exists(script))
        nanosleep(&moment, NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(in_pack(f, "keep"));
    assert_int_equal(left_aside(f), 1);
    f->pack.gnuplot.program = NULL;
    check_ok(mcy_pack_draw(&f->pack, f->folder, NULL, &err), err);
    assert_true(in_pack(f, "index.md"));
    assert_int_equal(left_aside(f), 0);
}

static bool drawing_is_refused(void *context)
{
    fixture *f = context;
    mcy_error err = {0};
    const char *folder = mcy_path_join(f->arena, f->home, "closed/pack");
    mcy_status status = mcy_pack_draw(&f->pack, folder, NULL, &err);
    return status == MCY_E_IO && strstr(err.text, "closed/pack") &&
           strstr(err.text, "Permission denied");
}

static void draw__where_nothing_may_be_written__is_refused(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    assert_int_equal(chmod(f->home, 0755), 0);
    assert_int_equal(mkdir(mcy_path_join(f->arena, f->home, "closed"), 0555), 0);
    assert_true(holds_unprivileged(drawing_is_refused, f));
    check_ok(mcy_file_write(mcy_path_join(f->arena, f->home, "file"), "x", 1, &err), err);
    const char *under = mcy_path_join(f->arena, f->home, "file/pack");
    check_refused(mcy_pack_draw(&f->pack, under, NULL, &err), MCY_E_IO, err, "file");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(draw__with_a_bad_gnuplot__keeps_the_last_pack),
        T(draw__with_bad_data_or_font__keeps_the_last_pack),
        T(draw__with_hostile_words__draws_them_and_runs_nothing),
        T(draw__on_a_full_disk__keeps_the_last_pack),
        T(draw__killed_in_the_middle__keeps_the_last_pack),
        T(draw__where_nothing_may_be_written__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
