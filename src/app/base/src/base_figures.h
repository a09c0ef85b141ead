/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the base floor: figures of a firm's quarter with the row they came from, and the list
 * of values that is being built. */
#ifndef MCY_BASE_FIGURES_H
#define MCY_BASE_FIGURES_H

#include "mcy/base.h"

/* A number in the model's unit, missing when the facts do not hold it. */
typedef struct base_figure {
    double value;
    double half_width;
    const char *source;
    bool judged;
} base_figure;

typedef struct base_builder {
    mcy_arena *arena;
    const mcy_facts *facts;
    mcy_quarter quarter;
    const char *const *more; /* firms taken out of the rest */
    size_t more_count;
    mcy_base_value *values;
    size_t value_count, value_capacity;
    mcy_base_target *targets;
    size_t target_count, target_capacity;
    const char **gaps;
    size_t gap_count, gap_capacity;
    mcy_error *err;
    mcy_status status; /* the first failure; later calls do nothing */
} base_builder;

enum { BASE_FIRMS = 3 };
extern const char *const base_firms[BASE_FIRMS]; /* micron, samsung, skhynix */

/** The figure that is not there. */
base_figure base_nothing(void);

/**
 * A figure of one quarter (fiscal for a firm with its own year) or of a whole calendar year.
 *
 * Given:     product, metric, unit, bases   as in mcy_fact_query
 *            quarter                        calendar quarter
 * Returned:  the winner's middle: money in USD m, percent as a fraction, else as printed
 */
base_figure base_read(const base_builder *builder, const char *company, const char *product,
                      const char *metric, int bases, mcy_quarter quarter);
base_figure base_read_year(const base_builder *builder, const char *company,
                           const char *product, const char *metric, int bases, int year);

/** The first of two that is there. */
base_figure base_either(base_figure first, base_figure second);

/** A figure computed from others: sources joined, half width unknown (0). */
base_figure base_derive(base_builder *builder, double value, bool judged, const char *rule,
                        base_figure a, base_figure b);

/** Add a value, a target, a gap. A missing figure given as a value becomes a gap. */
void base_give(base_builder *builder, const char *path, int quarter, base_figure figure);
void base_expect(base_builder *builder, const char *path, base_figure figure);
void base_lack(base_builder *builder, const char *what);

/** printf into the builder's arena; "" when memory is short (and the builder remembers it). */
const char *base_text(base_builder *builder, const char *format, ...) MCY_PRINTF(2, 3);

/* The parts of the base quarter, one file each. */
void base_fill_sales(base_builder *builder);    /* base_sales.c */
void base_fill_supply(base_builder *builder);   /* base_supply.c */
void base_fill_prices(base_builder *builder);   /* base_prices.c */
void base_fill_accounts(base_builder *builder); /* base_accounts.c */

/** Revenue of a whole firm, USD m: Samsung's is its semiconductor division. */
base_figure base_revenue(base_builder *builder, const char *company, mcy_quarter quarter);

/** DRAM or NAND revenue of a firm by its own figures, or by the survey's ranking. */
base_figure base_survey_sales(base_builder *builder, const char *company, const char *product,
                              mcy_quarter quarter);

/** What the ranking leaves over for everybody but the three. */
base_figure base_rest_sales(base_builder *builder, const char *product, mcy_quarter quarter);

/** A quarter's move of the contract price, as a fraction.                       (base_prices.c) */
base_figure base_contract_move(base_builder *builder, const char *product, mcy_quarter quarter);

/** mcy_base_read of a quarter that not all firms have reported: what is there, no refusal. */
mcy_status base_read_part(mcy_arena *arena, const mcy_facts *facts, mcy_quarter quarter,
                          const mcy_base **base, mcy_error *err);

#endif
