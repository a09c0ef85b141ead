/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series of a pack from the decomposition: bits, price, the market factor, the revenue bridge. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/fit_file.h"
#include "mcy/revenue_bridge.h"

mcy_status mcy_pack_fit(pack_maker *pack, const char *product, const mcy_decomposition **fit,
                        mcy_error *err)
{
    static const char *const products[PACK_FITS] = {"dram", "nand"};
    for (size_t k = 0; k < PACK_FITS; k++) {
        if (strcmp(product, products[k]))
            continue;
        if (!pack->fit[k]) {
            double start = pack->clock ? pack->clock() : 0;
            mcy_decomposition *made = NULL;
            mcy_decompose_settings lean = {.no_leave_one_out = true, .no_draws = true};
            MCY_TRY(mcy_fit_product(pack->arena, pack->facts, product, &lean, &made, err));
            pack->fit[k] = made;
            pack->fit_seconds += pack->clock ? pack->clock() - start : 0;
        }
        *fit = pack->fit[k];
        return MCY_OK;
    }
    return MCY_FAIL(err, MCY_E_INPUT, "no fit of '%s': dram and nand are fitted", product);
}

/* Position of a period's calendar quarter in the panel; quarters where it has none. */
static size_t panel_quarter(const mcy_panel *panel, const mcy_period *period)
{
    mcy_quarter quarter = mcy_period_quarter(period);
    return quarter < panel->first ? panel->quarters : (size_t)(quarter - panel->first);
}

/* Does any observation of the market's price stand in the quarter? */
static bool market_stated(const mcy_panel *panel, size_t t)
{
    for (size_t i = 0; i < panel->observations; i++)
        if (panel->observation[i].firm < 0 && panel->observation[i].quarter == (int)t)
            return true;
    return false;
}

typedef struct fit_arrays {
    const double *mean, *sd;
    const bool *stated; /* NULL: the market's */
} fit_arrays;

/* The statements about a firm (-1: the market) in the figure's quarters are behind its fit. */
static mcy_status uses_statements(figure_maker *maker, const mcy_panel *panel, int firm,
                                  const char *id, mcy_error *err)
{
    for (size_t k = 0; k < panel->observations; k++) {
        const mcy_panel_observation *said = &panel->observation[k];
        if (said->firm != firm || said->fact < 0)
            continue;
        for (size_t i = 0; i < maker->chart->points; i++)
            if (panel_quarter(panel, &maker->periods[i]) == (size_t)said->quarter)
                MCY_TRY(mcy_figure_uses_fact(maker, id, i,
                                             &maker->pack->facts->items[said->fact], err));
    }
    return MCY_OK;
}

/* The smoothed quantity that the words name. */
static mcy_status fit_quantity(const figure_maker *maker, const mcy_series_spec *spec,
                               const mcy_decomposition *fit, fit_arrays *arrays, mcy_error *err)
{
    const char *what = spec->data[spec->data_count - 1];
    if (spec->data_count == 3 && !strcmp(what, "market")) {
        *arrays = (fit_arrays){fit->market, fit->market_sd, NULL};
        return MCY_OK;
    }
    int firm = spec->data_count == 4 ? mcy_panel_firm_index(&fit->panel, spec->data[2]) : -1;
    if (firm < 0)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'fit' wants PRODUCT market, or PRODUCT FIRM "
                                 "bits|price|mix|revenue with a firm of the panel");
    size_t at = (size_t)firm * fit->panel.quarters;
    if (!strcmp(what, "bits"))
        *arrays = (fit_arrays){fit->bits + at, fit->bits_sd + at, fit->bits_stated + at};
    else if (!strcmp(what, "price"))
        *arrays = (fit_arrays){fit->price + at, fit->price_sd + at, fit->price_stated + at};
    else if (!strcmp(what, "mix"))
        *arrays = (fit_arrays){fit->mix + at, fit->mix_sd + at, fit->price_stated + at};
    else if (!strcmp(what, "revenue"))
        *arrays =
            (fit_arrays){fit->revenue + at, fit->revenue_sd + at, fit->revenue_stated + at};
    else
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "no smoothed '%s': bits, price, mix, revenue", what);
    return MCY_OK;
}

/* fit PRODUCT FIRM QUANTITY, fit PRODUCT market: growth in percent with its 90 % interval. */
mcy_status figure_fit(figure_maker *maker, const mcy_series_spec *spec,
                      mcy_chart_series *series, mcy_error *err)
{
    if (spec->data_count < 3)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'fit' wants PRODUCT FIRM QUANTITY or PRODUCT market");
    const mcy_decomposition *fit;
    fit_arrays arrays = {0};
    MCY_TRY(mcy_pack_fit(maker->pack, spec->data[1], &fit, err));
    MCY_TRY(fit_quantity(maker, spec, fit, &arrays, err));
    MCY_TRY(mcy_figure_arrays(maker, series, true, err));
    for (size_t i = 0; i < maker->chart->points; i++) {
        size_t t = panel_quarter(&fit->panel, &maker->periods[i]);
        if (t >= fit->panel.quarters)
            continue;
        mcy_values_of(series)[i] = mcy_fit_pct(arrays.mean[t]);
        mcy_fit_interval_pct(arrays.mean[t], arrays.sd[t], &mcy_low_of(series)[i],
                             &mcy_high_of(series)[i]);
        bool stated = arrays.stated ? arrays.stated[t] : market_stated(&fit->panel, t);
        if (!stated || !arrays.stated)
            mcy_flags_of(series)[i] = MCY_POINT_INFERRED;
    }
    int firm = spec->data_count == 4 ? mcy_panel_firm_index(&fit->panel, spec->data[2]) : -1;
    MCY_TRY(uses_statements(maker, &fit->panel, firm, series->id, err));
    const char *what =
        mcy_arena_print(maker->pack->arena, "memcycle fit --product %s --as-of %s",
                        spec->data[1], maker->pack->as_of);
    return what ? mcy_figure_uses(maker, "fit", spec->data[1], what, err)
                : mcy_fail_memory(err);
}

/* panel PRODUCT contract, panel PRODUCT FIRM bits|price|revenue: the statements that entered the
 * fit, in percent with their ranges. */
mcy_status figure_panel(figure_maker *maker, const mcy_series_spec *spec,
                        mcy_chart_series *series, mcy_error *err)
{
    if (spec->data_count < 3)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'panel' wants PRODUCT contract or PRODUCT FIRM KIND");
    const mcy_decomposition *fit;
    MCY_TRY(mcy_pack_fit(maker->pack, spec->data[1], &fit, err));
    const mcy_panel *panel = &fit->panel;
    const char *what = spec->data[spec->data_count - 1];
    int firm = spec->data_count == 4 ? mcy_panel_firm_index(panel, spec->data[2]) : -1;
    MCY_TRY(mcy_figure_arrays(maker, series, true, err));
    for (size_t k = 0; k < panel->observations; k++) {
        const mcy_panel_observation *said = &panel->observation[k];
        if (said->firm != firm || strcmp(mcy_panel_kind_name(said->kind), what))
            continue;
        for (size_t i = 0; i < maker->chart->points; i++) {
            if (panel_quarter(panel, &maker->periods[i]) != (size_t)said->quarter)
                continue;
            mcy_values_of(series)[i] = mcy_fit_pct((said->low + said->high) / 2);
            mcy_low_of(series)[i] = mcy_fit_pct(said->low);
            mcy_high_of(series)[i] = mcy_fit_pct(said->high);
            if (said->source == MCY_PANEL_ESTIMATE)
                mcy_flags_of(series)[i] = MCY_POINT_ESTIMATE;
            if (said->fact >= 0)
                MCY_TRY(mcy_figure_uses_fact(maker, series->id, i,
                                             &maker->pack->facts->items[said->fact], err));
        }
    }
    return MCY_OK;
}

/* Bars of the bridge while they are laid out. */
typedef struct bridge_bars {
    mcy_bilingual *labels;
    const char **keys;
    double *values;
    unsigned char *flags;
    size_t count;
} bridge_bars;

static mcy_status bridge_bar(figure_maker *maker, bridge_bars *bars, const char *zh,
                             const char *en, const char *key, double value, unsigned char flags,
                             mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    size_t i = bars->count++;
    bars->labels[i] = (mcy_bilingual){mcy_arena_copy(arena, zh, strlen(zh)),
                                      mcy_arena_copy(arena, en, strlen(en))};
    bars->keys[i] = mcy_arena_copy(arena, key, strlen(key));
    bars->values[i] = value;
    bars->flags[i] = flags;
    return bars->labels[i].zh && bars->labels[i].en && bars->keys[i] ? MCY_OK
                                                                     : mcy_fail_memory(err);
}

static mcy_status bridge_terms(figure_maker *maker, const mcy_revenue_bridge *bridge,
                               bridge_bars *bars, mcy_error *err)
{
    static const mcy_bilingual factors[MCY_FACTORS] = {{"位元", "bits"},
                                                       {"市场价格", "market price"},
                                                       {"自身组合", "own mix"},
                                                       {"汇率", "exchange rate"}};
    for (size_t p = 0; p < bridge->products; p++)
        for (size_t f = 0; f < MCY_FACTORS; f++) {
            const mcy_bridge_product *product = &bridge->product[p];
            char upper[MCY_PANEL_NAME], zh[80], en[80], key[80];
            if (f == MCY_FACTOR_FX && fabs(product->term[f]) < 1e-9)
                continue;
            size_t n = 0;
            for (; product->name[n] && n + 1 < sizeof upper; n++)
                upper[n] = (char)(product->name[n] >= 'a' && product->name[n] <= 'z'
                                      ? product->name[n] - 'a' + 'A'
                                      : product->name[n]);
            upper[n] = '\0';
            snprintf(zh, sizeof zh, "%s %s", upper, factors[f].zh);
            snprintf(en, sizeof en, "%s %s", upper, factors[f].en);
            snprintf(key, sizeof key, "%s.%s", product->name,
                     mcy_revenue_factor_name((mcy_revenue_factor)f));
            MCY_TRY(bridge_bar(maker, bars, zh, en, key, product->term[f], MCY_POINT_INFERRED,
                               err));
        }
    return MCY_OK;
}

static mcy_status bridge_facts(figure_maker *maker, const mcy_revenue_bridge *bridge,
                               mcy_error *err)
{
    for (size_t p = 0; p < bridge->products; p++) {
        const char *ids[2] = {bridge->product[p].before_fact, bridge->product[p].after_fact};
        for (size_t k = 0; k < 2; k++) {
            const mcy_fact *fact =
                ids[k] ? mcy_pack_fact(maker->pack, ids[k], strlen(ids[k])) : NULL;
            if (fact)
                MCY_TRY(mcy_figure_uses_fact(maker, maker->chart->series[0].id,
                                             k ? maker->chart->points - 1 : 0, fact, err));
        }
    }
    return MCY_OK;
}

/* An end of a bridge: a quarter, "last" (the last one reported) or "before" (the one before). */
static mcy_status bridge_end(const figure_maker *maker, const char *firm, const char *text,
                             mcy_period *period, mcy_error *err)
{
    const mcy_facts *facts = maker->pack->facts;
    bool before = !strcmp(text, "before");
    if (!before && strcmp(text, "last"))
        return mcy_period_parse(text, strlen(text), mcy_facts_year_ends(facts, firm), false,
                                period, err);
    const mcy_period *last = mcy_facts_last_quarter(facts, firm);
    if (!last)
        return mcy_figure_refuse(maker, maker->spec->line, err, MCY_E_MISSING,
                                 "no quarter of '%s' has been reported", firm);
    *period = before ? mcy_period_shift(last, -1) : *last;
    return MCY_OK;
}

/* The bridge between the ends asked for; where "before" and "last" are asked for and the last
 * quarter's products are not known yet, between the quarters before them. */
static mcy_status bridge_between(figure_maker *maker, const mcy_decomposition *const *fits,
                                 mcy_period ends[2], mcy_revenue_bridge *bridge, mcy_error *err)
{
    enum { MOST_BACK = 2 };
    const mcy_figure_spec *spec = maker->spec;
    bool moving = !strcmp(spec->data[2], "before") && !strcmp(spec->data[3], "last");
    for (int back = 0;; back++) {
        mcy_status status =
            mcy_revenue_bridge_build(maker->pack->arena, maker->pack->facts, fits, PACK_FITS,
                                     spec->data[1], &ends[0], &ends[1], bridge, err);
        if (status != MCY_E_MISSING || !moving || back == MOST_BACK)
            return status;
        ends[1] = ends[0];
        ends[0] = mcy_period_shift(&ends[0], -1);
    }
}

/* bridge FIRM FROM TO: revenue from one quarter to another. */
mcy_status figure_bridge(figure_maker *maker, mcy_error *err)
{
    enum { MOST = MCY_BRIDGE_PRODUCTS_MAX * MCY_FACTORS + 3 };
    const mcy_figure_spec *spec = maker->spec;
    pack_maker *pack = maker->pack;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'bridge' wants FIRM FROM TO");
    mcy_period ends[2];
    const mcy_decomposition *fits[PACK_FITS];
    for (size_t k = 0; k < 2; k++)
        MCY_TRY(bridge_end(maker, spec->data[1], spec->data[2 + k], &ends[k], err));
    MCY_TRY(mcy_pack_fit(pack, "dram", &fits[0], err));
    MCY_TRY(mcy_pack_fit(pack, "nand", &fits[1], err));
    mcy_revenue_bridge bridge;
    MCY_TRY(bridge_between(maker, fits, ends, &bridge, err));
    bridge_bars bars = {.labels = MCY_TAKE(pack->arena, mcy_bilingual, MOST),
                        .keys = MCY_TAKE(pack->arena, const char *, MOST),
                        .values = MCY_TAKE(pack->arena, double, MOST),
                        .flags = MCY_TAKE(pack->arena, unsigned char, MOST)};
    mcy_chart_series *series = MCY_TAKE(pack->arena, mcy_chart_series, 1);
    if (!bars.labels || !bars.keys || !bars.values || !bars.flags || !series)
        return mcy_fail_memory(err);
    char zh[64], en[64], from[32], to[32];
    mcy_bilingual shown[2]; /* 1Q26 for a calendar quarter */
    const char *key;
    for (size_t k = 0; k < 2; k++)
        MCY_TRY(mcy_figure_point_names(maker, &ends[k], &shown[k], &key, err));
    mcy_period_format(&ends[0], from);
    mcy_period_format(&ends[1], to);
    snprintf(zh, sizeof zh, "%.32s 收入", shown[0].zh);
    snprintf(en, sizeof en, "Revenue %.32s", shown[0].en);
    MCY_TRY(bridge_bar(maker, &bars, zh, en, from, bridge.before, MCY_POINT_TOTAL, err));
    MCY_TRY(bridge_terms(maker, &bridge, &bars, err));
    if (bridge.has_total)
        MCY_TRY(bridge_bar(maker, &bars, "其他收入", "Other revenue", "other",
                           bridge.other_after - bridge.other_before, 0, err));
    snprintf(zh, sizeof zh, "%.32s 收入", shown[1].zh);
    snprintf(en, sizeof en, "Revenue %.32s", shown[1].en);
    MCY_TRY(bridge_bar(maker, &bars, zh, en, to, bridge.after, MCY_POINT_TOTAL, err));
    *series = (mcy_chart_series){.id = mcy_arena_print(pack->arena, "bridge.%s", spec->data[1]),
                                 .name = {"收入变动", "change of revenue"},
                                 .colour = spec->data[1],
                                 .values = bars.values,
                                 .flags = bars.flags};
    mcy_chart *chart = maker->chart;
    chart->points = chart->estimate_from = bars.count;
    chart->labels = bars.labels;
    chart->keys = bars.keys;
    chart->series = series;
    chart->series_count = 1;
    MCY_TRY(bridge_facts(maker, &bridge, err));
    const char *what = mcy_arena_print(pack->arena, "memcycle bridge %s %s %s --as-of %s",
                                       spec->data[1], from, to, pack->as_of);
    return what && series->id ? mcy_figure_uses(maker, "command", "bridge", what, err)
                              : mcy_fail_memory(err);
}
