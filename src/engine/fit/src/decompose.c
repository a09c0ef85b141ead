/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decomposition from panel to result: room, optimum, smoother. */
#include "mcy/decompose.h"

#include <math.h>
#include <string.h>

#include "decompose_work.h"
#include "mcy/number.h"

enum { STARTS_DEFAULT = 6 };

static bool take_arrays(mcy_arena *arena, size_t parameters, mcy_decomposition *r)
{
    size_t quarters = r->panel.quarters, cells = quarters * r->panel.firms;
    r->parameters = parameters;
    r->parameter = MCY_TAKE(arena, mcy_decompose_parameter, parameters);
    r->check = MCY_TAKE(arena, mcy_decompose_check, r->panel.observations);
    r->bits_stated = MCY_TAKE(arena, bool, cells);
    r->price_stated = MCY_TAKE(arena, bool, cells);
    r->revenue_stated = MCY_TAKE(arena, bool, cells);
    struct {
        double **place;
        size_t count;
    } all[] = {
        {&r->covariance, parameters * parameters},
        {&r->market, quarters},
        {&r->market_sd, quarters},
        {&r->market_lag_cov, quarters},
        {&r->market_slope, parameters * quarters},
        {&r->bits, cells},
        {&r->bits_sd, cells},
        {&r->price, cells},
        {&r->price_sd, cells},
        {&r->cov_bits_price, cells},
        {&r->common, cells},
        {&r->mix, cells},
        {&r->mix_sd, cells},
        {&r->revenue, cells},
        {&r->revenue_sd, cells},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!(*all[i].place = MCY_TAKE(arena, double, all[i].count)))
            return false;
    return r->parameter && r->check && r->bits_stated && r->price_stated && r->revenue_stated;
}

static bool copy_panel(mcy_arena *arena, const mcy_panel *panel, mcy_panel *copy)
{
    *copy = *panel;
    mcy_panel_firm *firm = MCY_TAKE(arena, mcy_panel_firm, panel->firms);
    mcy_panel_observation *o = MCY_TAKE(arena, mcy_panel_observation, panel->observations);
    size_t cells = panel->firms * panel->quarters;
    double *shift = panel->bit_shift ? MCY_TAKE(arena, double, cells) : NULL;
    if (!firm || !o || (panel->bit_shift && !shift))
        return false;
    memcpy(firm, panel->firm, panel->firms * sizeof *firm);
    memcpy(o, panel->observation, panel->observations * sizeof *o);
    if (shift)
        memcpy(shift, panel->bit_shift, cells * sizeof *shift);
    copy->firm = firm;
    copy->observation = o;
    copy->bit_shift = shift;
    return true;
}

static void mark_stated(mcy_decomposition *r)
{
    for (size_t j = 0; j < r->panel.observations; j++) {
        const mcy_panel_observation *o = &r->panel.observation[j];
        if (o->kind == MCY_PANEL_CONTRACT)
            continue;
        bool *const stated[] = {[MCY_PANEL_REVENUE] = r->revenue_stated,
                                [MCY_PANEL_BITS] = r->bits_stated,
                                [MCY_PANEL_PRICE] = r->price_stated};
        stated[o->kind][(size_t)o->firm * r->panel.quarters + (size_t)o->quarter] = true;
    }
}

mcy_status mcy_decompose(mcy_arena *arena, const mcy_panel *panel,
                         const mcy_decompose_settings *settings, mcy_decomposition **result,
                         mcy_error *err)
{
    const mcy_decompose_settings defaults = {0};
    if (!settings)
        settings = &defaults;
    MCY_TRY(mcy_panel_check(panel, err));
    mcy_decomposition *r = MCY_TAKE(arena, mcy_decomposition, 1);
    decompose_work *work = NULL;
    if (!r || !copy_panel(arena, panel, &r->panel))
        return mcy_fail_memory(err);
    MCY_TRY(decompose_prepare(arena, &r->panel, &work, err));
    if (!take_arrays(arena, work->at.count, r))
        return mcy_fail_memory(err);
    mark_stated(r);
    int starts = settings->starts > 0 ? settings->starts : STARTS_DEFAULT;
    MCY_TRY(decompose_optimise(arena, work, starts, r, err));
    MCY_TRY(decompose_smooth(arena, work, settings, r, err));
    *result = r;
    return MCY_OK;
}

const mcy_decompose_parameter *mcy_decompose_find(const mcy_decomposition *fit,
                                                  const char *name)
{
    for (size_t i = 0; i < fit->parameters; i++)
        if (strcmp(fit->parameter[i].name, name) == 0)
            return &fit->parameter[i];
    return NULL;
}

mcy_status mcy_decompose_ahead(const mcy_decomposition *fit, size_t ahead, double *market_mean,
                               double *market_covariance, mcy_error *err)
{
    if (ahead == 0)
        return MCY_FAIL(err, MCY_E_DOMAIN, "quarters ahead must be at least 1, got 0");
    double phi = mcy_decompose_find(fit, "phi")->estimate;
    double mu = mcy_decompose_find(fit, "mu_f")->estimate;
    double sigma = mcy_decompose_find(fit, "sigma_f")->estimate;
    size_t last = fit->panel.quarters - 1;
    double mean = fit->market[last], variance = fit->market_sd[last] * fit->market_sd[last];
    for (size_t i = 0; i < ahead; i++) {
        mean = mu + phi * (mean - mu);
        variance = phi * phi * variance + sigma * sigma;
        market_mean[i] = mean;
        double covariance = variance;
        for (size_t j = i; j < ahead; j++) {
            market_covariance[i * ahead + j] = market_covariance[j * ahead + i] = covariance;
            covariance *= phi;
        }
    }
    return MCY_OK;
}

mcy_status mcy_decompose_market_sum(const mcy_decomposition *fit, size_t first, size_t last,
                                    double *sum, double *sd, mcy_error *err)
{
    size_t quarters = fit->panel.quarters;
    if (first > last || last >= quarters)
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "quarters %zu to %zu must lie in order within 0 to %zu", first, last,
                        quarters - 1);
    if (!fit->market_slope)
        return MCY_FAIL(err, MCY_E_MISSING, "a fit read from its file has no covariances");
    double total = 0, variance = 0, reach = 0, before = MCY_MISSING;
    for (size_t t = first; t <= last; t++) { /* reach = Cov(f_t, f_first + ... + f_(t-1)) */
        double own = fit->market_sd[t] * fit->market_sd[t];
        for (size_t k = 0; k < fit->parameters; k++)
            own -= pow(fit->market_slope[k * quarters + t], 2);
        if (t > first)
            reach = (reach + before) * fit->market_lag_cov[t] / before;
        variance += own + 2 * reach;
        total += fit->market[t];
        before = own;
    }
    for (size_t k = 0; k < fit->parameters; k++) {
        double slope = 0;
        for (size_t t = first; t <= last; t++)
            slope += fit->market_slope[k * quarters + t];
        variance += slope * slope;
    }
    *sum = total;
    *sd = sqrt(fmax(0, variance));
    return MCY_OK;
}
