/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the plain model; each fills its fields of the run. */
#ifndef MCY_TESTS_PLAIN_PARTS_H
#define MCY_TESTS_PLAIN_PARTS_H

#include "plain_model.h"

typedef struct plain_reader {
    plain_input *input;
    void *context;
    int calendar_quarter; /* of the base quarter */
} plain_reader;

extern const int plain_fab_of[PRODUCTS];

/** An input by printf's rules for its path. */
double plain_get(const plain_reader *it, int quarter, const char *format, ...);

/** a / b, and 0 where b is 0. */
double plain_part(double a, double b);

/** S1-S8, S9a-j: spending to wafers and bits a wafer, all quarters of a firm. */
void plain_build(const plain_reader *it, plain_run *run, int i);
/** S9k, S11 and M5a-b of one quarter: what is made and offered. */
void plain_offer(const plain_reader *it, plain_run *run, int t);
/** S10: bits as companies count them. */
void plain_bits(const plain_reader *it, plain_run *run);
/** P2a and M4f: what a bit costs against the base quarter, before any price. */
void plain_costs(const plain_reader *it, plain_run *run);
/** M1-M3 of the base quarter and the prices before it. */
void plain_market_before(const plain_reader *it, plain_run *run);
/** M1-M6 of one quarter. */
void plain_market_quarter(const plain_reader *it, plain_run *run, int t);
/** M7: what is reported of the market, all quarters. */
void plain_market_report(plain_run *run);
/** P1-P5, P8 and S8 of a firm, all quarters. */
void plain_profit(const plain_reader *it, plain_run *run, int i);
/** P6-P7 of a firm, all quarters. */
void plain_cash(const plain_reader *it, plain_run *run, int i);

#endif
