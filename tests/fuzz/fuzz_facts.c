/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any rows as facts: read whole or refused with a report, then checked, found and printed. */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mcy/findings.h"
#include "mcy/quantity.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char facts_head[] =
    "company,product,metric,period,period_end,published,published_basis,value,low,high,unit,"
    "basis,text,source,source_url,confidence\n";

static char folder[64];

static void remove_folder(void)
{
    static const char *const names[] = {"facts.csv", "events.csv", "fx.csv"};
    char path[128];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void write_file(const char *name, const char *head, const uint8_t *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        abort();
    fputs(head, file);
    if (size)
        fwrite(bytes, 1, size, file);
    fclose(file);
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/mcy-fuzz-facts-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    atexit(remove_folder);
    write_file("events.csv",
               "company,period,event,date,note,source_url\n"
               "micron,FY2026Q2,results,2026-03-18,,\nskhynix,2026Q1,results,2026-04-23,,\n",
               NULL, 0);
    write_file("fx.csv",
               "currency,period,period_end,published,value,unit,source,source_url\n"
               "krw,2026-01,2026-01-31,2026-02-01,1450.5,u,s,\n"
               "krw,2026-02,2026-02-28,2026-03-01,1447.3,u,s,\n"
               "krw,2026-03,2026-03-31,2026-04-01,1490.5,u,s,\n",
               NULL, 0);
}

/* Every fact's own name is found again and has a line. */
static void ask_for_each(mcy_arena *arena, const mcy_facts *facts)
{
    for (size_t i = 0; i < facts->count && i < 40; i++) {
        const mcy_fact *f = &facts->items[i];
        mcy_quantity q = {f->metric, f->company, f->product, (int)f->basis, f->target, true};
        mcy_answer answer;
        if (mcy_quantity_answer(arena, facts, &q, &answer, NULL) != MCY_OK ||
            !mcy_answer_line(arena, &answer))
            abort();
        mcy_range range = mcy_fact_range(f);
        if (!mcy_range_is_missing(range) && !(range.low <= range.high))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    mcy_text report = {0};
    mcy_facts *facts = NULL;
    mcy_findings findings;
    mcy_error err = {0};
    if (!folder[0])
        begin();
    write_file("facts.csv", facts_head, bytes, size);
    mcy_arena *arena = mcy_arena_create();
    mcy_status status = mcy_facts_read(arena, folder, 0, &report, &facts, &err);
    if (status == MCY_OK) {
        if (mcy_facts_check(arena, facts, NULL, &report, &findings, &err) != MCY_OK)
            abort();
        ask_for_each(arena, facts);
    } else if (status != MCY_E_INPUT || !report.size) {
        abort(); /* a refusal names its rows */
    }
    mcy_text_release(&report);
    mcy_arena_destroy(arena);
    return 0;
}
