/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a firm's accounts: rows, what follows from rows, and the run after them. */
#include "pack_book.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "mcy/number.h"

/* A divisor rounded by more than this part of it says nothing: shares from an EPS of 0.04. */
static const double BLUNT = 0.005;

static book_value nothing(void)
{
    return (book_value){.value = MCY_MISSING};
}

mcy_status book_open(pack_maker *pack, const char *source, const char *scenario,
                     const char *firm, pack_book *book, mcy_error *err)
{
    *book = (pack_book){.pack = pack, .firm = firm};
    for (size_t i = 0; firm && i < book_firm_count; i++)
        if (!strcmp(book_firms[i].key, firm)) {
            book->name = book_firms[i].name;
            book->won = book_firms[i].won;
            book->lines = book_firms[i].lines;
            book->count = book_firms[i].count;
            book->notes = book_firms[i].notes;
            book->note_count = book_firms[i].note_count;
        }
    if (!book->lines)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s' has the accounts of micron, skhynix and samsung, got '%s'",
                        source, firm ? firm : "");
    MCY_TRY(mcy_pack_last_quarter(pack, source, firm, &book->last, err));
    return scenario ? mcy_pack_run(pack, scenario, &book->run, err) : MCY_OK;
}

bool book_is_ahead(const pack_book *book, const mcy_period *period)
{
    return period->last_month > book->last.last_month;
}

static const book_line *find_line(const pack_book *book, const char *key)
{
    for (size_t i = 0; i < book->count; i++)
        if (!strcmp(book->lines[i].key, key))
            return &book->lines[i];
    return NULL;
}

static const char *unit_of(const pack_book *book, book_form form)
{
    switch (form) {
    case BOOK_MONEY:
        return book->won ? "krw_tn" : "usd_m";
    case BOOK_PER_SHARE:
        return book->won ? "krw_per_share" : "usd_per_share";
    case BOOK_SHARES:
        return "m_shares";
    case BOOK_DAYS:
        return "days";
    default:
        return "pct";
    }
}

static const char *own_id(const pack_book *book, const char *key, const mcy_period *period)
{
    char name[32];
    mcy_period_format(period, name);
    return book->run && book_is_ahead(book, period)
               ? mcy_arena_print(book->pack->arena, "accounts.%s.%s.%s@%s", book->run->name,
                                 book->firm, key, name)
               : mcy_arena_print(book->pack->arena, "accounts.%s.%s@%s", book->firm, key, name);
}

void book_rests_on(pack_book *book, const char *id, size_t count, const char *const *parts)
{
    const char *list = "";
    for (size_t i = 0; list && i < count; i++)
        if (parts[i])
            list =
                mcy_arena_print(book->pack->arena, "%s%s%s", list, *list ? ", " : "", parts[i]);
    if (list && *list)
        mcy_pack_rests_on(book->pack, id, "from", "these numbers", list);
}

/* Of a survey in USD, turned into KRW. */
static const char *survey_id(const pack_book *book, const book_source *source,
                             const mcy_period *period)
{
    char key[32];
    mcy_period_format(period, key);
    return mcy_arena_print(book->pack->arena, "%s.%s.%s.survey.krw@%s", book->firm, source->a,
                           source->b, key);
}

static book_value from_row(pack_book *book, const book_source *source, book_form form,
                           const mcy_period *period)
{
    const bool survey = source->op == BOOK_SURVEY;
    const int bases = survey ? MCY_BASIS_SURVEY : source->bases;
    mcy_fact_query query = {.company = book->firm,
                            .product = source->a,
                            .metric = source->b,
                            .unit = survey ? "usd_m" : unit_of(book, form),
                            .bases = bases,
                            .target = period};
    const mcy_fact *fact = mcy_facts_winner(book->pack->facts, &query);
    if (!fact || mcy_is_missing(mcy_fact_middle(fact)))
        return nothing();
    double rate = survey ? mcy_facts_fx(book->pack->facts, "krw", period) / 1e6 : 1;
    if (mcy_is_missing(rate))
        return nothing();
    mcy_pack_house(book->pack, fact, book->used_house);
    const char *id =
        survey ? survey_id(book, source, period)
               : mcy_pack_fact_id(book->pack, book->firm, source->a, source->b, bases, period);
    const bool words = mcy_is_missing(fact->value);
    if (survey && id)
        mcy_pack_rests_on_fact(book->pack, id, fact);
    return (book_value){.value = mcy_fact_middle(fact) * rate,
                        .inferred = words || survey,
                        .printed = !words && !survey,
                        .half = mcy_range_half(mcy_fact_range(fact)),
                        .id = id};
}

static mcy_status from_lines(pack_book *book, const book_line *line, const book_source *source,
                             const mcy_period *period, book_value *out, mcy_error *err)
{
    book_value a = nothing(), b = nothing(), c = {.value = 0};
    if (source->op == BOOK_SHARE) {
        const book_source share = {BOOK_ROW, source->a, "share", NULL, MCY_BASIS_IFRS, 0};
        a = from_row(book, &share, BOOK_PERCENT, period);
    } else {
        MCY_TRY(book_read(book, source->a, period, &a, err));
    }
    MCY_TRY(book_read(book, source->b, period, &b, err));
    if (source->c)
        MCY_TRY(book_read(book, source->c, period, &c, err));
    *out = (book_value){.inferred = true, .id = own_id(book, line->key, period)};
    const bool blunt = b.half > BLUNT * fabs(b.value);
    if (source->op == BOOK_OVER)
        out->value = blunt ? MCY_MISSING : source->scale * a.value / b.value;
    else if (source->op == BOOK_LESS)
        out->value = a.value - b.value - c.value;
    else
        out->value = a.value * b.value / 100;
    if (!mcy_is_missing(out->value))
        book_rests_on(book, out->id, 3, (const char *const[]){a.id, b.id, c.id});
    return out->id ? MCY_OK : mcy_fail_memory(err);
}

/* What was published of a period itself: a row, or what follows from rows of that period. */
static mcy_status published(pack_book *book, const book_line *line, const mcy_period *period,
                            book_value *out, mcy_error *err)
{
    *out = nothing();
    for (size_t i = 0; i < BOOK_SOURCES && mcy_is_missing(out->value); i++) {
        const book_source *source = &line->past[i];
        if (source->op == BOOK_ROW || source->op == BOOK_SURVEY)
            *out = from_row(book, source, line->form, period);
        else if (source->op != BOOK_NONE)
            MCY_TRY(from_lines(book, line, source, period, out, err));
    }
    return MCY_OK;
}

/* KRW tn (or KRW) for a million dollars (or a dollar), at the run's rate of that quarter. */
static mcy_status rate_of(const pack_book *book, book_form form, int at, double *rate,
                          mcy_error *err)
{
    *rate = form == BOOK_PERCENT ? 100 : 1;
    if (!book->won || (form != BOOK_MONEY && form != BOOK_PER_SHARE))
        return MCY_OK;
    MCY_TRY(mcy_pack_run_value(book->run, "fx", 1, &at, rate, err));
    *rate /= form == BOOK_MONEY ? 1e6 : 1;
    return MCY_OK;
}

/* A quarter of the run; also the base quarter. */
static mcy_status from_run(pack_book *book, const book_line *line, const mcy_period *period,
                           book_value *out, mcy_error *err)
{
    double rate;
    *out = nothing();
    if (!book->run || !line->ahead)
        return MCY_OK;
    int at = mcy_period_quarter(period) - book->run->study->base_quarter;
    if (at < 0 || at > book->run->panel->last)
        return MCY_OK;
    char key[32];
    mcy_period_format(period, key);
    MCY_TRY(rate_of(book, line->form, at, &rate, err));
    MCY_TRY(mcy_pack_run_value(book->run, line->ahead, 1, &at, &out->value, err));
    out->value *= rate;
    bool turned = book->won && (line->form == BOOK_MONEY || line->form == BOOK_PER_SHARE);
    out->id = mcy_pack_run_id(book->pack, book->run, line->ahead, turned ? "krw" : "", key);
    return out->id ? MCY_OK : mcy_fail_memory(err);
}

/* A quarter as it enters a year: the base quarter of a year not yet over is the run's. */
static mcy_status quarter_of_year(pack_book *book, const book_line *line,
                                  const mcy_period *quarter, bool ahead, bool *of_run,
                                  book_value *out, mcy_error *err)
{
    *of_run = ahead && book->run &&
              (book_is_ahead(book, quarter) ||
               mcy_period_quarter(quarter) == book->run->study->base_quarter);
    return *of_run ? from_run(book, line, quarter, out, err)
                   : published(book, line, quarter, out, err);
}

/* What a year is worked out from. */
typedef struct year_parts {
    const char *ids[4];
    bool all_run; /* all of it is the run's */
} year_parts;

/* Four quarters added, averaged, or the last of them. */
static mcy_status year_of_quarters(pack_book *book, const book_line *line,
                                   const mcy_period *year, book_value *out, year_parts *parts,
                                   mcy_error *err)
{
    const bool ahead = book_is_ahead(book, year);
    double sum = 0;
    parts->all_run = true;
    *out = (book_value){.printed = true, .inferred = line->year == BOOK_MEAN};
    for (int k = 0; k < 4; k++) {
        const mcy_period at = {.span = MCY_SPAN_QUARTER,
                               .fiscal = year->fiscal,
                               .year = year->year,
                               .number = k + 1,
                               .first_month = year->first_month + 3 * k,
                               .last_month = year->first_month + 3 * k + 2};
        book_value quarter;
        bool of_run;
        MCY_TRY(quarter_of_year(book, line, &at, ahead, &of_run, &quarter, err));
        if (line->year == BOOK_LAST) {
            if (k == 3)
                *out = quarter;
            continue;
        }
        sum += quarter.value;
        parts->all_run = parts->all_run && of_run;
        parts->ids[k] = quarter.id;
        out->printed = out->printed && quarter.printed;
        out->half += quarter.half;
        out->inferred = out->inferred || quarter.inferred;
    }
    if (line->year != BOOK_LAST)
        out->value = line->year == BOOK_MEAN ? sum / 4 : sum;
    out->inferred = (out->inferred || line->year == BOOK_PRINTED) && !ahead;
    return MCY_OK;
}

static mcy_status year_id(pack_book *book, const book_line *line, const mcy_period *year,
                          const year_parts *parts, book_value *out, mcy_error *err)
{
    char key[32];
    mcy_period_format(year, key);
    bool turned = book->won && (line->form == BOOK_MONEY || line->form == BOOK_PER_SHARE);
    if (parts->all_run && book_is_ahead(book, year) && line->ahead) {
        out->id = mcy_pack_run_id(book->pack, book->run, line->ahead, turned ? "krw" : "", key);
    } else {
        out->id = own_id(book, line->key, year);
        book_rests_on(book, out->id, 4, parts->ids);
    }
    return out->id ? MCY_OK : mcy_fail_memory(err);
}

/* The year's own row, unless its quarters say it more exactly. */
static mcy_status read_year(pack_book *book, const book_line *line, const mcy_period *year,
                            book_value *out, mcy_error *err)
{
    year_parts parts = {{NULL}, false};
    book_value row = nothing(), top, bottom;
    *out = nothing();
    if (line->year == BOOK_NEVER)
        return MCY_OK;
    if (!book_is_ahead(book, year) && line->past[0].op == BOOK_ROW)
        row = from_row(book, &line->past[0], line->form, year);
    if (line->year == BOOK_RATIO) {
        MCY_TRY(book_read(book, line->of, year, &top, err));
        MCY_TRY(book_read(book, line->per, year, &bottom, err));
        *out = (book_value){.value = 100 * top.value / bottom.value,
                            .inferred = !book_is_ahead(book, year)};
        parts = (year_parts){{top.id, bottom.id}, top.id && !strncmp(top.id, "run.", 4)};
    } else {
        MCY_TRY(year_of_quarters(book, line, year, out, &parts, err));
    }
    bool finer = line->year == BOOK_SUM && out->printed && !mcy_is_missing(out->value) &&
                 out->half <= row.half;
    if (!mcy_is_missing(row.value) && !finer && line->year != BOOK_LAST)
        *out = row;
    if (out->id || mcy_is_missing(out->value))
        return MCY_OK;
    return year_id(book, line, year, &parts, out, err);
}

/* Growth of a line on the quarter or the year before. */
static mcy_status read_growth(pack_book *book, const book_line *line, const mcy_period *period,
                              book_value *out, mcy_error *err)
{
    const bool quarter = line->form == BOOK_QOQ;
    book_value now, then;
    *out = nothing();
    if (quarter && period->span == MCY_SPAN_YEAR)
        return MCY_OK;
    mcy_period before = quarter ? mcy_period_shift(period, -1) : mcy_period_year_before(period);
    MCY_TRY(book_read(book, line->of, period, &now, err));
    MCY_TRY(book_read(book, line->of, &before, &then, err));
    if (!(then.value > 0) || mcy_is_missing(now.value))
        return MCY_OK;
    out->value = 100 * (now.value / then.value - 1);
    out->inferred = now.inferred || then.inferred;
    const char *change = quarter ? "qoq" : "yoy", *at = strchr(now.id, '@');
    out->id = strncmp(now.id, "run.", 4)
                  ? mcy_arena_print(book->pack->arena, "growth.%s.%s", change, now.id)
                  : mcy_arena_print(book->pack->arena, "%.*s.%s%s", (int)(at - now.id), now.id,
                                    change, at);
    book_rests_on(book, out->id, 2, (const char *const[]){now.id, then.id});
    return out->id ? MCY_OK : mcy_fail_memory(err);
}

mcy_status book_read(pack_book *book, const char *key, const mcy_period *period,
                     book_value *out, mcy_error *err)
{
    const book_line *line = find_line(book, key);
    assert(line);
    if (line->form == BOOK_QOQ || line->form == BOOK_YOY)
        return read_growth(book, line, period, out, err);
    if (period->span == MCY_SPAN_YEAR)
        return read_year(book, line, period, out, err);
    return book_is_ahead(book, period) ? from_run(book, line, period, out, err)
                                       : published(book, line, period, out, err);
}
