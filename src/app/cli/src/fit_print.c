/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit as a person reads it. */
#include "fit_print.h"

static void print_head(FILE *out, const mcy_decomposition *f)
{
    char first[32], last[32];
    mcy_quarter_format(f->panel.first, first);
    mcy_quarter_format(f->panel.first + (mcy_quarter)f->panel.quarters - 1, last);
    fprintf(out, "%s: bits times price, %s to %s, %zu statements\n", f->panel.product, first,
            last, f->panel.observations);
    fprintf(out, "%d starts, %zu optim%s:", f->starts, f->optima, f->optima == 1 ? "um" : "a");
    for (size_t i = 0; i < f->optima; i++)
        fprintf(out, "%s log posterior %.2f from %d start%s%s", i ? ";" : "",
                f->optimum[i].log_posterior, f->optimum[i].starts,
                f->optimum[i].starts == 1 ? "" : "s",
                f->optimum[i].proper ? "" : " (not proper)");
    fprintf(out, "\n\n");
}

static void print_parameters(FILE *out, const mcy_decomposition *f)
{
    fprintf(out, "  %-20s %9s   90 %% interval\n", "parameter", "estimate");
    for (size_t i = 0; i < f->parameters; i++) {
        const mcy_decompose_parameter *p = &f->parameter[i];
        fprintf(out, "  %-20s %9.4f   %8.4f .. %.4f\n", p->name, p->estimate, p->low, p->high);
    }
    fprintf(out, "\n");
}

static void print_scores_row(FILE *out, const char *name, const mcy_decompose_scores *s)
{
    if (s->count)
        fprintf(out, "  %-20s %5zu %6.1f %6.1f %6.1f %8.1f %7.2f %6.2f\n", name, s->count,
                100 * s->cover50, 100 * s->cover80, 100 * s->cover90, 100 * s->width90,
                100 * s->crps, s->root_mean_square);
}

static void print_scores(FILE *out, const mcy_decomposition *f)
{
    fprintf(
        out,
        "  leave-one-out: each statement predicted from all others; %% inside the interval\n"
        "  %-20s %5s %6s %6s %6s %8s %7s %6s\n",
        "", "n", "50 %", "80 %", "90 %", "width 90", "CRPS", "rms z");
    for (int k = 0; k < MCY_PANEL_KINDS; k++)
        print_scores_row(out, mcy_panel_kind_name((mcy_panel_kind)k), &f->scores[k]);
    print_scores_row(out, "bits and price", &f->statements);
    fprintf(out, "\n");
}

static void print_cell(FILE *out, double mean, double sd, bool stated)
{
    double low, high;
    mcy_fit_interval_pct(mean, sd, &low, &high);
    fprintf(out, " %6.1f %5.1f%c", mcy_fit_pct(mean), 0.5 * (high - low), stated ? ' ' : '*');
}

static void print_quarters(FILE *out, const mcy_decomposition *f, size_t quarters)
{
    size_t all = f->panel.quarters, from = quarters && quarters < all ? all - quarters : 0;
    fprintf(out, "  growth on the quarter before, %%, and half the 90 %% interval\n  %-8s%16s",
            "", "market price");
    for (size_t i = 0; i < f->panel.firms; i++)
        fprintf(out, " | %8s bits %8s price", f->panel.firm[i].name, "");
    fprintf(out, "\n");
    for (size_t t = from; t < all; t++) {
        char when[32];
        mcy_quarter_format(f->panel.first + (mcy_quarter)t, when);
        fprintf(out, "  %-8s ", when);
        print_cell(out, f->market[t], f->market_sd[t], true);
        for (size_t i = 0; i < f->panel.firms; i++) {
            size_t at = i * all + t;
            fprintf(out, " |");
            print_cell(out, f->bits[at], f->bits_sd[at], f->bits_stated[at]);
            print_cell(out, f->price[at], f->price_sd[at], f->price_stated[at]);
        }
        fprintf(out, "\n");
    }
    fprintf(out, "  * inferred: nobody published it\n\n");
}

static void print_contradicted(FILE *out, const mcy_decomposition *f, const mcy_facts *facts)
{
    size_t found = 0;
    for (size_t j = 0; j < f->panel.observations; j++) {
        const mcy_panel_observation *o = &f->panel.observation[j];
        const mcy_decompose_check *c = &f->check[j];
        if (!c->contradicted)
            continue;
        if (found++ == 0)
            fprintf(out,
                    "  contradicted by everything else (more than 3 standard deviations)\n");
        char when[32];
        double low, high;
        const mcy_fact *fact = o->fact >= 0 ? &facts->items[o->fact] : NULL;
        mcy_quarter_format(f->panel.first + o->quarter, when);
        mcy_fit_interval_pct(c->predicted, c->predicted_sd, &low, &high);
        fprintf(out, "  %-8s%-8s %-8s said %6.1f..%.1f, expected %6.1f..%.1f, z %.1f  %s%s%s\n",
                when, o->firm >= 0 ? f->panel.firm[o->firm].name : "market",
                mcy_panel_kind_name(o->kind), mcy_fit_pct(o->low), mcy_fit_pct(o->high), low,
                high, c->residual, fact ? fact->id : "", fact && fact->text[0] ? " " : "",
                fact ? fact->text : "");
    }
    if (!found)
        fprintf(out, "  no statement is contradicted by everything else\n");
    fprintf(out, "\n");
}

void fit_print(FILE *out, const mcy_decomposition *f, const mcy_facts *facts, size_t quarters)
{
    print_head(out, f);
    print_parameters(out, f);
    print_scores(out, f);
    print_quarters(out, f, quarters);
    print_contradicted(out, f, facts);
}
