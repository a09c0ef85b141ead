/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a run: each firm and each market by quarter and year, and what prices are worth. */
#ifndef MCY_RUN_TABLES_H
#define MCY_RUN_TABLES_H

#include "study_of_call.h"

typedef struct mcy_run_look {
    mcy_language language;
    mcy_table_form form;
    int quarters; /* quarters after the base quarter that are shown */
} mcy_run_look;

/** A table a firm: revenue by product to net cash, by quarter and by the firm's years. */
mcy_status mcy_run_print_firms(mcy_call *call, const mcy_study *study,
                               const mcy_path_panel *panel, const mcy_run_look *look,
                               mcy_error *err);

/** A table a product: price, supply, demand, fill rate, stock, shares, by quarter and year. */
mcy_status mcy_run_print_markets(mcy_call *call, const mcy_study *study,
                                 const mcy_path_panel *panel, const mcy_run_look *look,
                                 mcy_error *err);

/** What 1 % of each price from the next quarter on is worth, from the gradient. */
mcy_status mcy_run_print_worth(mcy_call *call, const mcy_study *study, const mcy_run_look *look,
                               mcy_error *err);

/** --vary PATH=LOW:HIGH: the headline numbers at both values beside those of the run. */
mcy_status mcy_run_print_vary(mcy_call *call, const mcy_study *study,
                              const mcy_path_panel *panel, const mcy_run_look *look,
                              mcy_error *err);

/** When each shortage ends, what would end it sooner, and which of them binds. */
mcy_status mcy_run_print_shortage(mcy_call *call, const mcy_study *study,
                                  const mcy_path_panel *panel, mcy_error *err);

/** Several runs side by side: the headline numbers of each, and the differences to the last. */
mcy_status mcy_run_print_comparison(mcy_call *call, size_t count, mcy_study *const *studies,
                                    const mcy_path_panel *const *panels,
                                    const mcy_run_look *look, mcy_error *err);

#endif
