/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 200 MB of facts: libcsv alone, our CSV reader, the whole reader of facts. Medians of five. */
#define _POSIX_C_SOURCE 200809L
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mcy/csv.h"
#include "mcy/facts.h"
#include "mcy/file.h"
#include "stopwatch.h"

enum { MEGABYTE = 1000000, TURNS = 5 };

static char folder[] = "/tmp/mcy-bench-facts-XXXXXX";

static void fail(const char *what, const mcy_error *err)
{
    fprintf(stderr, "bench_facts: %s: %s\n", what, err->text);
    exit(1);
}

/* The rows of the shipped files over and over: the strings repeat as they do in real tables. */
static void make_file(const char *name, size_t megabytes, mcy_file *made)
{
    static const char *const sources[] = {"micron.csv",  "skhynix.csv", "samsung.csv",
                                          "ranking.csv", "market.csv",  "financials.csv"};
    mcy_text text = {0};
    mcy_error err = {0};
    char path[512];
    for (size_t turn = 0; text.size < megabytes * MEGABYTE; turn++) {
        mcy_file file;
        snprintf(path, sizeof path, MCY_SOURCE_DIR "/scenarios/history/%s", sources[turn % 6]);
        if (mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, &err) != MCY_OK)
            fail("reading", &err);
        const char *body = turn ? strchr(file.bytes, '\n') + 1 : file.bytes;
        mcy_text_append(&text, body, file.size - (size_t)(body - file.bytes));
        mcy_file_release(&file);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mcy_file_write_text(path, &text, &err) != MCY_OK)
        fail("writing", &err);
    *made = (mcy_file){text.bytes, text.size};
}

static void write_special(const char *name, const char *head)
{
    char path[512];
    mcy_error err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mcy_file_write(path, head, strlen(head), &err) != MCY_OK)
        fail("writing", &err);
}

static size_t fields_seen;

static void count_field(void *field, size_t size, void *context)
{
    (void)field;
    (void)size;
    (void)context;
    fields_seen++;
}

static void end_row(int character, void *context)
{
    (void)character;
    (void)context;
}

static double libcsv_alone(const mcy_file *file)
{
    struct csv_parser parser;
    double began = seconds_now();
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_EMPTY_IS_NULL);
    csv_parse(&parser, file->bytes, file->size, count_field, end_row, NULL);
    csv_fini(&parser, count_field, end_row, NULL);
    csv_free(&parser);
    return seconds_now() - began;
}

static double csv_reader(const mcy_file *file)
{
    static const char *const columns[] = {
        "company",   "product",         "metric", "period", "period_end",
        "published", "published_basis", "value",  "low",    "high",
        "unit",      "basis",           "text",   "source", "source_url",
        "confidence"};
    mcy_csv_table table = {"bench.csv", columns, 16, NULL, NULL};
    mcy_text report = {0};
    mcy_error err = {0};
    double began = seconds_now();
    if (mcy_csv_read(file->bytes, file->size, &table, &report, &err) != MCY_OK)
        fail("csv", &err);
    mcy_text_release(&report);
    return seconds_now() - began;
}

static size_t fact_count;

static double facts_reader(const mcy_file *file)
{
    (void)file;
    mcy_text report = {0};
    mcy_error err = {0};
    mcy_facts *facts = NULL;
    double began = seconds_now();
    mcy_arena *arena = mcy_arena_create();
    if (mcy_facts_read(arena, folder, 0, &report, &facts, &err) != MCY_OK)
        fail("facts", &err);
    fact_count = facts->count;
    mcy_arena_destroy(arena);
    mcy_text_release(&report);
    return seconds_now() - began;
}

typedef struct job {
    double (*run)(const mcy_file *);
    const mcy_file *file;
} job;

static void run_job(void *context)
{
    const job *j = context;
    (void)j->run(j->file);
}

static double median(double (*run)(const mcy_file *), const mcy_file *file)
{
    job j = {run, file};
    return stopwatch_median(TURNS, run_job, &j);
}

int main(int argc, char **argv)
{
    size_t megabytes = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 200;
    mcy_file file;
    if (!mkdtemp(folder))
        return 1;
    make_file("bench.csv", megabytes, &file);
    write_special("events.csv", "company,period,event,date,note,source_url\n");
    write_special("fx.csv",
                  "currency,period,period_end,published,value,unit,source,source_url\n");
    double size = (double)file.size / MEGABYTE;
    double alone = median(libcsv_alone, &file), reader = median(csv_reader, &file);
    double facts = median(facts_reader, &file);
    printf("%.0f MB, %zu facts, medians of %d\n", size, fact_count, TURNS);
    printf("libcsv alone       %7.3f s  %6.0f MB/s\n", alone, size / alone);
    printf("our CSV reader     %7.3f s  %6.0f MB/s  %.2f times libcsv alone\n", reader,
           size / reader, reader / alone);
    printf("the facts reader   %7.3f s  %6.0f MB/s  %.2f times libcsv alone\n", facts,
           size / facts, facts / alone);
    free(file.bytes);
    (void)mcy_folder_remove(folder, NULL);
    return 0;
}
