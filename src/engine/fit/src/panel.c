/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks, order and arithmetic of panels (D4). */
#include "mcy/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[MCY_PANEL_KINDS] = {"revenue", "bits", "price", "contract"};
static const char *const source_names[MCY_PANEL_SOURCES] = {"company", "survey", "estimate"};

const char *mcy_panel_kind_name(mcy_panel_kind kind)
{
    return kind_names[kind];
}

const char *mcy_panel_source_name(mcy_panel_source source)
{
    return source_names[source];
}

int mcy_panel_firm_index(const mcy_panel *panel, const char *name)
{
    for (size_t i = 0; i < panel->firms; i++)
        if (strcmp(panel->firm[i].name, name) == 0)
            return (int)i;
    return -1;
}

static mcy_status check_observation(const mcy_panel *panel, size_t at, mcy_error *err)
{
    const mcy_panel_observation *o = &panel->observation[at];
    if (o->kind >= MCY_PANEL_KINDS || o->source >= MCY_PANEL_SOURCES)
        return MCY_FAIL(err, MCY_E_DOMAIN, "observation %zu: kind %d of source %d is unknown",
                        at, (int)o->kind, (int)o->source);
    int firms = (int)panel->firms;
    bool firm_fits =
        o->kind == MCY_PANEL_CONTRACT ? o->firm == -1 : o->firm >= 0 && o->firm < firms;
    if (!firm_fits)
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "observation %zu (%s): firm must be %s, got %d of %d firms", at,
                        kind_names[o->kind], o->kind == MCY_PANEL_CONTRACT ? "-1" : "an index",
                        o->firm, firms);
    if (o->quarter < 0 || (size_t)o->quarter >= panel->quarters)
        return MCY_FAIL(err, MCY_E_DOMAIN, "observation %zu: quarter must be in 0..%zu, got %d",
                        at, panel->quarters - 1, o->quarter);
    if (!isfinite(o->low) || !isfinite(o->high) || o->low > o->high)
        return MCY_FAIL(
            err, MCY_E_DOMAIN,
            "observation %zu (%s): a finite range low <= high is needed, got %g..%g", at,
            kind_names[o->kind], o->low, o->high);
    if (at > 0 && panel->observation[at - 1].quarter > o->quarter)
        return MCY_FAIL(err, MCY_E_DOMAIN, "observation %zu: not in the order of quarters", at);
    return MCY_OK;
}

mcy_status mcy_panel_check(const mcy_panel *panel, mcy_error *err)
{
    if (panel->quarters == 0 || panel->firms == 0 || panel->observations == 0)
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "panel '%s': a quarter, a firm and an observation are needed, got %zu, %zu, %zu",
            panel->product, panel->quarters, panel->firms, panel->observations);
    if (panel->firms > MCY_PANEL_FIRMS_MAX)
        return MCY_FAIL(err, MCY_E_DOMAIN, "panel '%s': at most %d firms, got %zu",
                        panel->product, (int)MCY_PANEL_FIRMS_MAX, panel->firms);
    for (size_t i = 0; i < panel->firms; i++)
        if (!(panel->firm[i].offset >= 0 && panel->firm[i].offset < 1))
            return MCY_FAIL(err, MCY_E_DOMAIN, "firm '%s': offset must be in 0..1, got %g",
                            panel->firm[i].name, panel->firm[i].offset);
    if (panel->bit_shift)
        for (size_t i = 0; i < panel->firms * panel->quarters; i++)
            if (!isfinite(panel->bit_shift[i]))
                return MCY_FAIL(err, MCY_E_DOMAIN,
                                "firm '%s': bit shift must be finite, got %g",
                                panel->firm[i / panel->quarters].name, panel->bit_shift[i]);
    for (size_t i = 0; i < panel->observations; i++)
        MCY_TRY(check_observation(panel, i, err));
    return MCY_OK;
}

static int sign_of(long difference)
{
    return (difference > 0) - (difference < 0);
}

static int compare(const void *left, const void *right)
{
    const mcy_panel_observation *a = left, *b = right;
    if (a->quarter != b->quarter)
        return sign_of(a->quarter - b->quarter);
    if (a->kind != b->kind)
        return sign_of((long)a->kind - (long)b->kind);
    if (a->firm != b->firm)
        return sign_of(a->firm - b->firm);
    if (a->source != b->source)
        return sign_of((long)a->source - (long)b->source);
    return sign_of(a->fact - b->fact);
}

void mcy_panel_sort(mcy_panel_observation *observation, size_t count)
{
    if (count > 1)
        qsort(observation, count, sizeof *observation, compare);
}

mcy_status mcy_panel_growth(double now, double now_half, double before, double before_half,
                            double *low, double *high, mcy_error *err)
{
    if (!(now > 0) || !(before > 0) || !(now_half >= 0 && now_half < now) ||
        !(before_half >= 0 && before_half < before))
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "growth needs positive levels and roundings below them, got %g +- %g "
                        "after %g +- %g",
                        now, now_half, before, before_half);
    *low = log((now - now_half) / (before + before_half));
    *high = log((now + now_half) / (before - before_half));
    return MCY_OK;
}
