/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fact files to facts: every cell of every row judged, nothing loaded from a bad file. */
#include "facts_inside.h"

#include <math.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"

enum {
    COMPANY,
    PRODUCT,
    METRIC,
    PERIOD,
    PERIOD_END,
    PUBLISHED,
    PUBLISHED_BASIS,
    VALUE,
    LOW,
    HIGH,
    UNIT,
    BASIS,
    TEXT,
    SOURCE,
    SOURCE_URL,
    CONFIDENCE,
    COLUMN_COUNT
};

static const char *const columns[COLUMN_COUNT] = {
    "company",    "product",   "metric", "period", "period_end", "published", "published_basis",
    "value",      "low",       "high",   "unit",   "basis",      "text",      "source",
    "source_url", "confidence"};

static const char *const units[] = {"pct",           "pp",       "usd_m",  "krw_tn",
                                    "cny_bn",        "jpy_bn",   "twd_bn", "usd_per_share",
                                    "krw_per_share", "m_shares", "kwpm",   "days",
                                    "weeks",         "ratio"};

static bool cell_name(const mcy_csv_row *row, size_t column)
{
    const char *at = row->fields[column];
    while (at && ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '_' ||
                  *at == '+'))
        at++;
    if (at && !*at && row->sizes[column])
        return true;
    mcy_csv_refuse(row, column, "want a name of a-z, 0-9, _ and +");
    return false;
}

/* Index of the cell among names, or -1 after a refusal. */
static int cell_choice(const mcy_csv_row *row, size_t column, const char *const *names,
                       size_t count)
{
    const char *text = row->fields[column];
    for (size_t i = 0; text && i < count; i++)
        if (strcmp(text, names[i]) == 0)
            return (int)i;
    const char *close = text ? mcy_text_closest(text, names, count) : NULL;
    mcy_text all = {0};
    for (size_t i = 0; i < count; i++)
        mcy_text_print(&all, "%s%s", i ? ", " : "", names[i]);
    mcy_csv_refuse(row, column, "want one of %s%s%s%s", mcy_text_view(&all),
                   close ? "; did you mean '" : "", close ? close : "", close ? "'" : "");
    mcy_text_release(&all);
    return -1;
}

/* Half the last digit of a printed number: 0.05 for 56.8, 0.5 for 18768. */
static double half_last_digit(const char *text)
{
    static const double halves[] = {0.5, 0.05, 0.005, 0.0005, 0.00005, 0.000005, 0.0000005};
    const char *point = strchr(text, '.');
    size_t decimals = point ? strspn(point + 1, "0123456789") : 0;
    return decimals < sizeof halves / sizeof *halves ? halves[decimals]
                                                     : 0.5 * pow(10.0, -(double)decimals);
}

/* The period and the day it ends must say the same. A fiscal quarter may end some days away
 * from the end of its month (FQ2-21 ended on 4 March); a calendar period may not. */
static bool cell_dated_period(const mcy_csv_row *row, mcy_fact *f)
{
    const char *text = row->fields[PERIOD];
    if (!mcy_cell_day(row, PERIOD_END, &f->period_end))
        return false;
    int year = f->period_end / 10000, month = f->period_end / 100 % 100;
    int day = f->period_end % 100;
    bool fiscal = text && (text[0] == 'F');
    if (!fiscal) {
        if (!mcy_cell_period(row, PERIOD, MCY_CALENDAR_YEAR, &f->period))
            return false;
        int last = f->period.last_month;
        if (last == 12 * year + month - 1 && day == mcy_days_in_month(year, month))
            return true;
        mcy_csv_refuse(row, PERIOD_END, "want the last day of %s", text);
        return false;
    }
    int end = 12 * year + month - 1 - (day <= 15);
    if (!mcy_cell_period(row, PERIOD, MCY_CALENDAR_YEAR, &f->period))
        return false;
    int year_ends = 12 - (f->period.last_month - end);
    if (year_ends < 1 || year_ends > 12) {
        mcy_csv_refuse(row, PERIOD_END, "no fiscal year makes %s end then", text);
        return false;
    }
    return mcy_cell_period(row, PERIOD, year_ends, &f->period);
}

static int year_ends_of(const mcy_period *p)
{
    int end = p->span == MCY_SPAN_QUARTER ? p->last_month + 3 * (4 - p->number) : p->last_month;
    return p->fiscal ? end % 12 + 1 : MCY_CALENDAR_YEAR;
}

/* "for FQ3-26: ...", "CY2019 supply: ...", "Goldman Sachs for CY2027: ...", "for FQ4-25": what
 * a forecast is about, when the label before its colon says so. A bare number is a year only
 * after "for". */
static void find_target(mcy_fact *f)
{
    bool guided = strncmp(f->metric, "guidance_", 9) == 0; /* of EPS on the basis it is of */
    f->target = f->period;
    if (!guided && !(f->basis & (MCY_BASIS_GUIDANCE | MCY_BASIS_ESTIMATE)))
        return;
    const char *colon = strstr(f->text, ": ");
    bool opened = strncmp(f->text, "for ", 4) == 0;
    const char *end = colon ? colon : opened ? f->text + strlen(f->text) : f->text;
    int year_ends = year_ends_of(&f->period);
    bool after_for = false;
    for (const char *at = f->text; at < end;) {
        size_t n = strcspn(at, " ,:");
        mcy_period target;
        bool lettered = *at == 'F' || *at == 'C' || strchr("123456789", *at) != NULL;
        bool bare = strspn(at, "0123456789") == n;
        if (n && at + n <= end && lettered && (!bare || after_for) &&
            mcy_period_parse(at, n, year_ends, true, &target, NULL) == MCY_OK) {
            f->target = target;
            return;
        }
        after_for = n == 3 && strncmp(at, "for", 3) == 0;
        at += n;
        at += strspn(at, " ,:");
    }
}

static bool cell_values(const mcy_csv_row *row, mcy_fact *f)
{
    bool good = mcy_cell_number(row, VALUE, &f->value);
    good = mcy_cell_number(row, LOW, &f->low) && good;
    good = mcy_cell_number(row, HIGH, &f->high) && good;
    f->rounding = row->fields[VALUE] ? half_last_digit(row->fields[VALUE]) : 0.0;
    if (!good)
        return false;
    if (f->low > f->high) {
        mcy_csv_refuse(row, LOW, "want at most high, which is '%s'", row->fields[HIGH]);
        return false;
    }
    if (f->value < f->low || f->value > f->high) {
        mcy_csv_refuse(row, VALUE, "want it between low and high");
        return false;
    }
    return true;
}

static bool cell_kinds(const mcy_csv_row *row, mcy_fact *f)
{
    static const char *const bases[] = {"gaap",   "non_gaap", "ifrs",
                                        "survey", "estimate", "guidance"};
    static const char *const confidences[] = {"low", "medium", "high"};
    static const char *const stated[] = {"stated", "assumed"};
    int basis = cell_choice(row, BASIS, bases, 6);
    int confidence = cell_choice(row, CONFIDENCE, confidences, 3);
    int assumed = cell_choice(row, PUBLISHED_BASIS, stated, 2);
    int unit = cell_choice(row, UNIT, units, sizeof units / sizeof *units);
    if (basis < 0 || confidence < 0 || assumed < 0 || unit < 0)
        return false;
    f->basis = (mcy_basis)(1 << basis);
    f->confidence = (mcy_confidence)confidence;
    f->published_assumed = assumed == 1;
    return true;
}

static bool take_strings(mcy_facts_build *b, const mcy_csv_row *row, mcy_fact *f)
{
    f->company = mcy_facts_string(b, row, COMPANY);
    f->product = mcy_facts_string(b, row, PRODUCT);
    f->metric = mcy_facts_string(b, row, METRIC);
    f->unit = mcy_facts_string(b, row, UNIT);
    f->text = mcy_facts_string(b, row, TEXT);
    f->source = mcy_facts_string(b, row, SOURCE);
    f->source_url = mcy_facts_string(b, row, SOURCE_URL);
    return f->company && f->product && f->metric && f->unit && f->text && f->source &&
           f->source_url;
}

/* "name:line" without the cost of printf: there are millions of them in a large file. */
static char *make_id(mcy_arena *arena, const char *file, size_t line)
{
    char digits[24];
    size_t n = strlen(file), d = 0;
    for (size_t rest = line; rest || !d; rest /= 10)
        digits[d++] = (char)('0' + rest % 10);
    char *id = mcy_arena_take(arena, n + d + 2, 1);
    if (!id)
        return NULL;
    memcpy(id, file, n);
    id[n] = ':';
    for (size_t i = 0; i < d; i++)
        id[n + 1 + i] = digits[d - 1 - i];
    return id;
}

/* Room for one more: at once for all the lines of the file in hand, since moving hundreds of
 * megabytes is what a large file would otherwise spend its time on. */
static mcy_status reserve(mcy_facts_build *b, mcy_error *err)
{
    if (b->count < b->capacity)
        return MCY_OK;
    size_t wider = b->count + (b->lines > b->count / 2 ? b->lines : b->count / 2) + 16;
    mcy_fact *items = MCY_TAKE(b->arena, mcy_fact, wider);
    if (!items)
        return mcy_fail_memory(err);
    if (b->count)
        memcpy(items, b->items, b->count * sizeof *items);
    b->items = items;
    b->capacity = wider;
    return MCY_OK;
}

static mcy_status take_fact(void *context, const mcy_csv_row *row, mcy_error *err)
{
    mcy_facts_build *b = context;
    mcy_fact f = {0};
    bool good = cell_name(row, COMPANY);
    good = cell_name(row, PRODUCT) && good;
    good = cell_name(row, METRIC) && good;
    good = cell_dated_period(row, &f) && good;
    good = mcy_cell_day(row, PUBLISHED, &f.published) && good;
    good = cell_values(row, &f) && good;
    good = cell_kinds(row, &f) && good;
    if (!row->fields[SOURCE]) {
        mcy_csv_refuse(row, SOURCE, "a fact needs its source");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK; /* go on: the other bad rows are to be seen too */
    if (!take_strings(b, row, &f))
        return mcy_fail_memory(err);
    find_target(&f);
    f.known = f.published;
    f.id = make_id(b->arena, b->file, row->line);
    if (!f.id)
        return mcy_fail_memory(err);
    MCY_TRY(reserve(b, err));
    b->items[b->count++] = f;
    return MCY_OK;
}

static mcy_status read_fact_files(mcy_facts_build *b, const char *folder, mcy_error *err)
{
    const char *const *names = NULL;
    const char **kept = NULL;
    size_t count = 0, kept_count = 0, kept_capacity = 0;
    mcy_status worst = MCY_OK;
    MCY_TRY(mcy_folder_list(b->arena, folder, ".csv", &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        if (mcy_facts_is_special(names[i]))
            continue;
        mcy_error of_file = {0};
        mcy_status status = mcy_facts_read_table(b, folder, names[i], columns, COLUMN_COUNT,
                                                 take_fact, &of_file);
        if (status != MCY_OK && worst == MCY_OK && err)
            *err = of_file;
        if (status != MCY_OK)
            worst = status;
        if (status != MCY_OK && status != MCY_E_INPUT)
            return status;
        MCY_TRY(mcy_arena_grow(b->arena, (void **)&kept, kept_count, &kept_capacity,
                               sizeof *kept, err));
        kept[kept_count++] = names[i];
    }
    b->facts->files = kept;
    b->facts->file_count = kept_count;
    return worst;
}

mcy_status mcy_facts_read(mcy_arena *arena, const char *folder, mcy_day as_of, mcy_text *report,
                          mcy_facts **facts, mcy_error *err)
{
    *facts = NULL;
    mcy_facts_build b = {.arena = arena, .report = report, .names = {.arena = arena}};
    b.facts = MCY_TAKE(arena, mcy_facts, 1);
    if (!b.facts)
        return mcy_fail_memory(err);
    b.facts->as_of = as_of;
    MCY_TRY(mcy_facts_read_special(&b, folder, err));
    MCY_TRY(read_fact_files(&b, folder, err));
    if (!b.facts->file_count)
        return MCY_FAIL(err, MCY_E_INPUT, "folder '%s' holds no fact files", folder);
    MCY_TRY(mcy_facts_index_build(&b, err));
    *facts = b.facts;
    return MCY_OK;
}
