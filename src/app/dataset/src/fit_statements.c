/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement against what everything else says about it (D7a, D8). */
#include "mcy/csv.h"
#include "mcy/fit_file.h"

static void statement(mcy_text *text, const mcy_decomposition *f, size_t j,
                      const mcy_facts *facts)
{
    const mcy_panel_observation *o = &f->panel.observation[j];
    const mcy_decompose_check *c = &f->check[j];
    const mcy_fact *fact = o->fact >= 0 ? &facts->items[o->fact] : NULL;
    char when[32];
    double low, high;
    mcy_quarter_format(f->panel.first + o->quarter, when);
    mcy_fit_interval_pct(c->predicted, c->predicted_sd, &low, &high);
    mcy_csv_add(text, when);
    mcy_csv_add(text, o->firm >= 0 ? f->panel.firm[o->firm].name : "market");
    mcy_csv_add(text, f->panel.product);
    mcy_csv_add(text, mcy_panel_kind_name(o->kind));
    mcy_csv_add(text, mcy_panel_source_name(o->source));
    mcy_csv_add_number(text, mcy_fit_pct(o->low));
    mcy_csv_add_number(text, mcy_fit_pct(o->high));
    mcy_csv_add_number(text, mcy_fit_pct(c->predicted));
    mcy_csv_add_number(text, low);
    mcy_csv_add_number(text, high);
    mcy_csv_add_number(text, c->residual);
    mcy_csv_add(text, c->contradicted ? "yes" : "no");
    mcy_csv_add(text, fact ? fact->id : "");
    mcy_csv_add(text, fact ? fact->text : "");
    mcy_csv_end(text);
}

void mcy_fit_print_statements(mcy_text *text, const mcy_decomposition *const *fit, size_t count,
                              const mcy_facts *facts)
{
    mcy_text_add(text, "quarter,firm,product,kind,source,low,high,expected,expected_low,"
                       "expected_high,z,contradicted,fact,text\n");
    for (size_t p = 0; p < count; p++)
        for (size_t j = 0; j < fit[p]->panel.observations; j++)
            statement(text, fit[p], j, facts);
}
