/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast ledger: appended, read back, never changed, refused when it is something else. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/ledger.h"

static char folder[] = "/tmp/mcy-ledger-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    return 0;
}

static int drop_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static const mcy_ledger_row rows[] = {
    {"micron", "2026-03-20", "FQ3-26", "revenue_usd_m", 0.5, 35012.25, "abc", "0.1.0", 1234},
    {"micron", "2026-03-20", "FQ3-26", "gross_margin_frac", 0.5, 0.8125, "abc", "0.1.0", 1234},
};

static void append__twice__keeps_each_forecast_once(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    size_t added = 9, count = 0;
    mcy_ledger_row *back;
    check_ok(mcy_ledger_append(path, rows, 2, &added, &err), err);
    assert_int_equal(added, 2);
    check_ok(mcy_ledger_append(path, rows, 2, &added, &err), err);
    assert_int_equal(added, 0);
    mcy_ledger_row later = rows[0];
    later.data_sha256 = "def";
    check_ok(mcy_ledger_append(path, &later, 1, &added, &err), err);
    check_ok(mcy_ledger_read(arena, path, &back, &count, &err), err);
    assert_int_equal(count, 3);
    assert_string_equal(back[1].quantity, "gross_margin_frac");
    assert_true(back[0].value == 35012.25 && back[0].seed == 1234);
    assert_string_equal(back[2].data_sha256, "def");
    mcy_arena_destroy(arena);
}

static void read__not_there_or_not_a_ledger__is_refused(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_ledger_row *back;
    size_t count, added;
    check_refused(mcy_ledger_read(arena, "/nowhere/l.db", &back, &count, &err), MCY_E_IO, err,
                  "cannot open the ledger '/nowhere/l.db'");
    char other[80];
    snprintf(other, sizeof other, "%s/other", folder);
    FILE *file = fopen(other, "w");
    fputs("this is a text file, longer than a header of SQLite would be, so that it is read as "
          "one and found wanting",
          file);
    fclose(file);
    check_refused(mcy_ledger_append(other, rows, 1, &added, &err), MCY_E_IO, err,
                  "file is not a database");
    unlink(other);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(append__twice__keeps_each_forecast_once),
        cmocka_unit_test(read__not_there_or_not_a_ledger__is_refused),
    };
    return cmocka_run_group_tests_name("ledger", tests, make_folder, drop_folder);
}
