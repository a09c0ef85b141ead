/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of capital spending as it was published: whole years, and what of a site was
 * buildings. */
#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "pack_names.h"
#include "pack_number.h"
#include "run_table.h"

enum { PAST_PUBLISHED = 3 };

static const struct {
    const char *key;
    mcy_bilingual name;
} perimeters[] = {{"total", {"全公司", "whole company"}},
                  {"ds", {"DS 部门", "DS division"}},
                  {"total_semi", {"半导体", "semiconductors"}},
                  {"dram", {"DRAM", "DRAM"}},
                  {"nand", {"NAND", "NAND"}}};

static mcy_bilingual perimeter_of(const mcy_fact *fact)
{
    for (size_t i = 0; i < sizeof perimeters / sizeof *perimeters; i++)
        if (!strcmp(perimeters[i].key, fact->product))
            return perimeters[i].name;
    return (mcy_bilingual){fact->product, fact->product};
}

/* What kind of statement a row is, and of which measure. */
static mcy_bilingual nature_of(const pack_maker *pack, const mcy_fact *fact)
{
    const bool net = !strcmp(fact->metric, "net_capex");
    if (fact->basis & (MCY_BASIS_ESTIMATE | MCY_BASIS_SURVEY))
        return (mcy_bilingual){"第三方估计", "estimate by others"};
    if (fact->basis == MCY_BASIS_GUIDANCE)
        return net ? (mcy_bilingual){"公司指引（净额）", "guidance (net)"}
                   : (mcy_bilingual){"公司指引", "guidance"};
    const char *basis = fact->basis == MCY_BASIS_IFRS   ? "IFRS"
                        : fact->basis == MCY_BASIS_GAAP ? "GAAP"
                                                        : "non-GAAP";
    return (mcy_bilingual){
        mcy_arena_print(pack->arena, net ? "公布（净额，%s）" : "公布（总额，%s）", basis),
        mcy_arena_print(pack->arena, net ? "published (net, %s)" : "published (gross, %s)",
                        basis)};
}

/* True where a company guided its net measure: others' copies of it then add nothing. */
static bool guided_net(const pack_maker *pack, const mcy_fact *fact)
{
    return fact->basis == MCY_BASIS_GUIDANCE && !strcmp(fact->metric, "capex") &&
           mcy_pack_winner(pack, fact->company, fact->product, "net_capex", MCY_BASIS_GUIDANCE,
                           &fact->target) != NULL;
}

/* Counts: a year, half or run of months of the last years, with a number, that wins in its
 * basis. */
static bool counts(const pack_maker *pack, const mcy_fact *fact, const char *firm, int from)
{
    const bool net = !strcmp(fact->metric, "net_capex");
    if (strcmp(fact->company, firm) || (!net && strcmp(fact->metric, "capex")) ||
        fact->target.span == MCY_SPAN_QUARTER || fact->target.year < from ||
        !strcmp(fact->unit, "pct") ||
        (mcy_is_missing(fact->value) && mcy_is_missing(fact->low) &&
         mcy_is_missing(fact->high)))
        return false;
    if (net && fact->basis == MCY_BASIS_GUIDANCE && fact->target.span != MCY_SPAN_YEAR)
        return false;
    mcy_fact_query query = {.company = firm,
                            .product = fact->product,
                            .metric = fact->metric,
                            .unit = fact->unit,
                            .bases = (int)fact->basis,
                            .target = &fact->target};
    return mcy_facts_winner(pack->facts, &query) == fact && !guided_net(pack, fact);
}

/* The document that a row names, without where a copy of it was found. */
static const char *document_of(mcy_arena *arena, const mcy_fact *fact)
{
    const char *copy = strstr(fact->source, " (copy");
    return copy ? mcy_arena_print(arena, "%.*s", (int)(copy - fact->source), fact->source)
                : fact->source;
}

/* The company's own words by its name, others' as their source is called. */
static mcy_bilingual source_of(const pack_maker *pack, const mcy_fact *fact)
{
    bool used[64] = {false};
    if (!(fact->basis & (MCY_BASIS_ESTIMATE | MCY_BASIS_SURVEY)))
        mcy_pack_house(pack, fact, used);
    for (size_t i = 0; i < pack->house_count && i < 64; i++)
        if (used[i])
            return pack->houses[i].name;
    const char *document = document_of(pack->arena, fact);
    return (mcy_bilingual){document, document};
}

static mcy_status fact_cells(pack_maker *pack, mcy_table *table, mcy_bilingual firm,
                             const mcy_fact *fact, mcy_error *err)
{
    const bool won = !strcmp(fact->unit, "krw_tn");
    const mcy_display amount = {.decimals = won ? 1 : 0, .brackets = true};
    const mcy_bilingual nature = nature_of(pack, fact);
    char day[16];
    mcy_day_format(fact->published, day);
    if (!nature.zh || !nature.en)
        return mcy_fail_memory(err);
    mcy_table_row(table, false);
    mcy_table_words(table, firm);
    mcy_pack_period_cell(table, &fact->target, false);
    mcy_table_words(table, perimeter_of(fact));
    mcy_table_words(table, nature);
    mcy_table_shown(table, fact->low, &amount, NULL);
    mcy_table_shown(table, fact->value, &amount,
                    mcy_pack_fact_id(pack, fact->company, fact->product, fact->metric,
                                     (int)fact->basis, &fact->target));
    mcy_table_shown(table, fact->high, &amount, NULL);
    mcy_table_words(table, won ? (mcy_bilingual){"万亿韩元", "KRW tn"}
                               : (mcy_bilingual){"百万美元", "USD m"});
    mcy_table_text(table, fact->text);
    mcy_table_text(table, day);
    mcy_table_words(table, source_of(pack, fact));
    return MCY_OK;
}

/* The firm's rows in the order of their periods. */
static mcy_status firm_cells(pack_maker *pack, mcy_table *table, const char *firm, int from,
                             size_t *count, mcy_error *err)
{
    mcy_bilingual name = {firm, firm};
    for (size_t i = 0; i < RUN_MAKERS; i++)
        if (!strcmp(run_makers[i].key, firm))
            name = run_makers[i].name;
    for (int month = 12 * from; month < 12 * (from + 20); month++)
        for (size_t i = 0; i < pack->facts->count; i++) {
            const mcy_fact *fact = &pack->facts->items[i];
            if (fact->target.last_month != month || !counts(pack, fact, firm, from))
                continue;
            MCY_TRY(fact_cells(pack, table, name, fact, err));
            ++*count;
        }
    return MCY_OK;
}

/* capex-published FIRM...: what was said of whole years, published, guided and estimated. */
mcy_status table_capex_published(pack_maker *pack, const mcy_table_spec *spec,
                                 mcy_table **table, mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"of", {"公司", "Maker"}, true, {0}},
        {"period", {"期间", "Period"}, true, {0}},
        {"perimeter", {"口径", "Of"}, true, {0}},
        {"nature", {"性质", "Nature"}, true, {0}},
        {"low", {"下限", "Low"}, false, {0}},
        {"value", {"数值", "Value"}, false, {0}},
        {"high", {"上限", "High"}, false, {0}},
        {"unit", {"单位", "Unit"}, true, {0}},
        {"words", {"原文", "As printed"}, true, {0}},
        {"published", {"发布日", "Published"}, true, {0}},
        {"source", {"来源", "Source"}, true, {0}}};
    if (spec->data_count < 2)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a FIRM or several", spec->data[0]);
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, 11);
    if (!*table)
        return mcy_fail_memory(err);
    for (size_t i = 1; i < spec->data_count; i++) {
        mcy_period last;
        size_t count = 0;
        MCY_TRY(mcy_pack_last_quarter(pack, spec->data[0], spec->data[i], &last, err));
        MCY_TRY(
            firm_cells(pack, *table, spec->data[i], last.year - PAST_PUBLISHED, &count, err));
        if (!count)
            return MCY_FAIL(err, MCY_E_MISSING, "the facts have no year's capex of '%s'",
                            spec->data[i]);
    }
    mcy_table_note(*table,
                   (mcy_bilingual){"每一口径与性质取最新、可信度最高的一条；– 为未给出。",
                                   "Of each scope and kind the latest figure of the best-rated "
                                   "source; – not given."});
    return MCY_OK;
}

/* Rows of capacity.csv that say what of a site was buildings. */
typedef struct split_rows {
    pack_maker *pack;
    mcy_table *table;
} split_rows;

static const struct {
    const char *metric;
    mcy_bilingual name;
} split_names[] = {
    {"building_cost", {"厂房", "buildings"}},
    {"total_cost", {"总投资（含设备）", "total with equipment"}},
    {"building_share", {"厂房占比", "share of buildings"}},
    {"shell_cost_per_sqft",
     {"洁净室每平方英尺造价（不含设备）", "cost of a sq ft of cleanroom, without tools"}},
    {"total_cost_per_sqft",
     {"洁净室每平方英尺造价（含设备）", "cost of a sq ft of cleanroom, with tools"}},
    {"shell_share", {"厂房占比", "share of buildings"}}};

static mcy_bilingual split_unit(const char *unit)
{
    if (!strcmp(unit, "krw_tn"))
        return (mcy_bilingual){"万亿韩元", "KRW tn"};
    return !strcmp(unit, "pct") ? (mcy_bilingual){"%", "%"} : (mcy_bilingual){"美元", "USD"};
}

static mcy_status split_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    split_rows *rows = context;
    const char *f[10];
    double numbers[3];
    for (size_t i = 0; i < 10; i++)
        f[i] = row->fields[i] ? row->fields[i] : "";
    if (strcmp(f[0], "capex_split"))
        return MCY_OK;
    mcy_bilingual firm = {f[1], f[1]}, item = {f[3], f[3]};
    for (size_t i = 0; i < RUN_MAKERS; i++)
        if (!strcmp(run_makers[i].key, f[1]))
            firm = run_makers[i].name;
    for (size_t i = 0; i < sizeof split_names / sizeof *split_names; i++)
        if (!strcmp(split_names[i].metric, f[3]))
            item = split_names[i].name;
    for (size_t i = 0; i < 3; i++) {
        numbers[i] = MCY_MISSING;
        if (*f[4 + i] && mcy_number_parse(f[4 + i], strlen(f[4 + i]), &numbers[i], NULL))
            mcy_csv_refuse(row, 4 + i, "want a number");
    }
    const bool derived = !strncmp(f[8], "derived", 7);
    const mcy_display display = {.decimals = !strcmp(f[7], "usd") ? 0 : 1,
                                 .mark = derived ? "*" : NULL};
    mcy_bilingual site;
    MCY_TRY(pack_name(rows->pack, f[2], &site, err));
    mcy_table_row(rows->table, false);
    mcy_table_words(rows->table, firm);
    mcy_table_keyed(rows->table, f[2], site);
    mcy_table_words(rows->table, item);
    mcy_table_shown(rows->table, numbers[1], &display, NULL);
    mcy_table_shown(rows->table, numbers[0], &display, NULL);
    mcy_table_shown(rows->table, numbers[2], &display, NULL);
    mcy_table_words(rows->table, split_unit(f[7]));
    mcy_table_text(rows->table, f[9]);
    return MCY_OK;
}

/* capex-split: buildings against equipment, site by site, where it was said. */
mcy_status table_capex_split(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                             mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"of", {"公司", "Maker"}, true, {0}},     {"site", {"厂区", "Site"}, true, {0}},
        {"item", {"项目", "Item"}, true, {0}},    {"low", {"下限", "Low"}, false, {0}},
        {"value", {"数值", "Value"}, false, {0}}, {"high", {"上限", "High"}, false, {0}},
        {"unit", {"单位", "Unit"}, true, {0}},    {"source", {"来源", "Source"}, true, {0}}};
    static const char *const names[] = {
        "kind",    "company",    "site",       "metric",    "value",
        "low",     "high",       "unit",       "text",      "source_name",
        "product", "from_event", "to_event",   "date",      "date_precision",
        "status",  "published",  "source_url", "confidence"};
    split_rows rows = {.pack = pack};
    const char *path =
        mcy_arena_print(pack->arena, "%s/scenarios/history/capacity.csv", pack->home);
    rows.table = *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, 8);
    if (!path || !*table)
        return mcy_fail_memory(err);
    mcy_csv_table read = {.name = path,
                          .columns = names,
                          .column_count = sizeof names / sizeof *names,
                          .row = split_row,
                          .context = &rows};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &read, &report, err);
    mcy_text_release(&report);
    mcy_table_note(*table, (mcy_bilingual){"带 * 者为推算，非公司披露。",
                                           "Marked *: inferred, not reported."});
    return status;
}
