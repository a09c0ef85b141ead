/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest of a kept sweep holds every resolved value of its scenario: the same as `run
 * --show-inputs` prints, and enough for the plain loops to compute the base values of the
 * sweep's outputs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "mcy/store.h"
#include "plain_model.h"
#include "shown_inputs.h"

static const char *manifest_value(const mcy_store_head *head, const char *name)
{
    for (size_t i = 0; i < head->fact_count; i++)
        if (strcmp(head->facts[i].name, name) == 0)
            return head->facts[i].value;
    fail_msg("the manifest has no '%s'", name);
    return NULL;
}

static void same_inputs(const shown_inputs *kept, const shown_inputs *shown)
{
    assert_int_equal(kept->count, shown->count);
    assert_int_equal(kept->start, shown->start);
    assert_int_equal(kept->last, shown->last);
    for (int n = 0; n < kept->count; n++) {
        const shown_input *a = &kept->input[n], *b = &shown->input[n];
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->count, b->count);
        if (memcmp(a->value, b->value, (size_t)a->count * sizeof *a->value) != 0)
            fail_msg("%s differs", a->name);
    }
}

/* gross_margin.micron@2026Q3 and the like, of the plain model. */
static double plain_output(const plain_run *plain, const shown_inputs *shown, const char *name)
{
    char base[64], firm[32];
    int year, quarter, count, firms;
    if (sscanf(name, "%63[a-z_].%31[a-z]@%dQ%d", base, firm, &year, &quarter) != 4)
        return NAN;
    const plain_variable *list = plain_variables(&count);
    const char *const *elements = plain_elements(plain_of_firm, &firms);
    for (int n = 0; n < count; n++)
        for (int i = 0; i < firms && list[n].first == plain_of_firm; i++)
            if (strcmp(list[n].name, base) == 0 && strcmp(elements[i], firm) == 0)
                return plain_value(plain, &list[n], i, 4 * year + quarter - 1 - shown->start);
    return NAN;
}

static void manifest__of_a_kept_sweep__recomputes_its_base(void **state)
{
    (void)state;
    static shown_inputs kept, shown;
    static plain_run plain;
    static char text[4 << 20];
    assert_int_equal(system("mkdir -p '" SCRATCH "' && cd '" SCRATCH
                            "' && rm -f t.db && '" MEMCYCLE
                            "' sweep fan --runs 64 --home '" MCY_SOURCE_DIR
                            "' -o t.db >/dev/null 2>&1 && '" MEMCYCLE
                            "' run base --show-inputs --home '" MCY_SOURCE_DIR "' >shown.json"),
                     0);
    mcy_arena *arena = mcy_arena_create();
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    mcy_error err = {0};
    check_ok(mcy_store_open(arena, SCRATCH "/t.db", false, &store, &head, &err), err);
    shown_inputs_read(manifest_value(head, "inputs"), &kept);
    FILE *file = fopen(SCRATCH "/shown.json", "rb");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    shown_inputs_read(text, &shown);
    same_inputs(&kept, &shown);
    plain_model(shown_inputs_value, &kept, kept.last, kept.quarter_of_year, &plain);
    int compared = 0;
    for (size_t i = 0; i < head->output_count; i++) {
        double own = plain_output(&plain, &kept, head->outputs[i].name);
        if (isnan(own))
            continue; /* of a year, or one value for the run */
        check_near(head->outputs[i].base, own, 1e-9);
        compared++;
    }
    assert_true(compared >= 60);
    mcy_store_destroy(store);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manifest__of_a_kept_sweep__recomputes_its_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
