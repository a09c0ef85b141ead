/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library of wrong models: each file of tests/unit/wrong gives exactly the messages that
 * stand beside it, all of them at once, each with its line and a caret.
 *
 * After a deliberate change of a message: MCY_REFRESH=1 test_wrong_models, and read the diff.
 */
#include <dirent.h>

#include "model_text.h"

#define FOLDER MCY_SOURCE_DIR "/tests/unit/wrong/"
enum { CASES_LEAST = 60, TEXT_MOST = 1 << 16, NAME_MOST = 160 };

static size_t read_text(const char *path, char *out)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return 0;
    size_t n = fread(out, 1, TEXT_MOST - 1, f);
    fclose(f);
    out[n] = '\0';
    return n;
}

static void complaints_about(const char *name, const char *text, size_t size, mcy_text *shown)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_source source = {name, text, size};
    const mcy_model *model;
    mcy_report report;
    mcy_error err = {0};
    mcy_status status = mcy_model_read(arena, 1, &source, &model, &report, &err);
    assert_int_equal(status, report.error_count ? MCY_E_INPUT : MCY_OK);
    assert_true((model == NULL) == (report.error_count > 0));
    for (size_t i = 0; i < report.error_count + report.warning_count; i++) {
        bool error = report.diagnostics[i].severity == MCY_SEVERITY_ERROR;
        assert_int_equal(error, i < report.error_count);
        mcy_diagnostic_print(&report.diagnostics[i], shown);
    }
    if (!report.error_count && !report.warning_count)
        mcy_text_add(shown, "nothing to complain about\n");
    mcy_arena_destroy(arena);
}

/* 1 when the messages are not those expected. */
static int check_case(const char *file)
{
    static char text[TEXT_MOST], want[TEXT_MOST];
    char path[sizeof FOLDER + NAME_MOST];
    snprintf(path, sizeof path, "%s%s", FOLDER, file);
    size_t size = read_text(path, text);
    assert_true(size > 0);
    mcy_text shown = {0};
    complaints_about(file, text, size, &shown);
    snprintf(path, sizeof path, "%s%.*stxt", FOLDER, (int)(strlen(file) - 3), file);
    if (getenv("MCY_REFRESH")) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fputs(mcy_text_view(&shown), f);
        fclose(f);
    }
    read_text(path, want);
    int bad = strcmp(want, mcy_text_view(&shown)) != 0;
    if (bad)
        fprintf(stderr, "%s: got\n%swanted\n%s", file, mcy_text_view(&shown), want);
    mcy_text_release(&shown);
    return bad;
}

static void wrong_models__each__gives_exactly_its_messages(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    int bad = 0, count = 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        size_t n = strlen(e->d_name);
        if (n > 4 && n < NAME_MOST && !strcmp(e->d_name + n - 4, ".eqn")) {
            bad += check_case(e->d_name);
            count++;
        }
    }
    closedir(folder);
    assert_true(count >= CASES_LEAST);
    if (bad)
        fail_msg("%d of %d wrong models have other messages", bad, count);
}

/* Errors of all files come at once, in the order of the files, and name the included one. */
static void errors__of_several_files__come_together(void **state)
{
    (void)state;
    static const char main_file[] = "include \"part.eqn\"\nvariable x : 1 \"x\"\nx = yy\n";
    static const char part[] = "variable y : 1 \"y\"\ny = 1 +\n";
    mcy_source sources[] = {{"model/main.eqn", main_file, sizeof main_file - 1},
                            {"model/part.eqn", part, sizeof part - 1}};
    mcy_arena *arena = mcy_arena_create();
    const mcy_model *model;
    mcy_report report;
    mcy_error err = {0};
    check_refused(
        mcy_model_read(arena, 2, sources, &model, &report, &err), MCY_E_INPUT, err,
        "model/main.eqn:3:5: unknown name 'yy': did you mean 'y'? (and 1 more error)");
    assert_int_equal(report.error_count, 2);
    assert_string_equal(report.diagnostics[1].file, "model/part.eqn");
    assert_int_equal(report.diagnostics[1].line, 2);
    const char *const *names;
    size_t count;
    check_ok(mcy_source_includes(arena, &sources[0], &count, &names, &err), err);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "part.eqn");
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_models__each__gives_exactly_its_messages),
        cmocka_unit_test(errors__of_several_files__come_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
