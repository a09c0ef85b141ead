/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row says as a range, in its unit and in dollars; the latest quarter of a company. */
#include "mcy/facts.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/words.h"

/* "$3.9 billion" beside the value 3900: the text prints fewer digits than the cell.       (W2)
 */
static bool range_of_text(const mcy_fact *f, mcy_range *range)
{
    mcy_words words;
    if (!f->text[0] || mcy_words_parse(f->text, strlen(f->text), &words, NULL) != MCY_OK ||
        !words.unit[0] || mcy_words_in_unit(&words, f->unit, range, NULL) != MCY_OK)
        return false;
    double slack = 1e-9 * (1.0 + fabs(f->value));
    return mcy_range_is_closed(*range) && fabs(mcy_range_middle(*range) - f->value) <= slack &&
           mcy_range_half(*range) > f->rounding;
}

mcy_range mcy_fact_range(const mcy_fact *f)
{
    if (!mcy_is_missing(f->low) || !mcy_is_missing(f->high))
        return (mcy_range){mcy_is_missing(f->low) ? (double)-INFINITY : f->low,
                           mcy_is_missing(f->high) ? (double)INFINITY : f->high};
    if (mcy_is_missing(f->value))
        return mcy_range_missing();
    mcy_range range;
    return range_of_text(f, &range) ? range : mcy_range_around(f->value, f->rounding);
}

double mcy_fact_middle(const mcy_fact *f)
{
    if (!mcy_is_missing(f->value))
        return f->value;
    return mcy_is_missing(f->low) || mcy_is_missing(f->high) ? MCY_MISSING
                                                             : 0.5 * (f->low + f->high);
}

double mcy_facts_fx(const mcy_facts *facts, const char *currency, const mcy_period *period)
{
    const char *name = mcy_facts_name(facts, currency);
    double sum = 0.0;
    int months = 0;
    for (size_t i = 0; name && i < facts->fx_count; i++) {
        const mcy_fx_month *x = &facts->fx[i];
        if (x->currency == name && x->month >= period->first_month &&
            x->month <= period->last_month) {
            sum += x->per_usd;
            months++;
        }
    }
    return months == period->last_month - period->first_month + 1 ? sum / months : MCY_MISSING;
}

mcy_range mcy_fact_usd_m(const mcy_facts *facts, const mcy_fact *f)
{
    mcy_range range = mcy_fact_range(f);
    if (strcmp(f->unit, "usd_m") == 0)
        return range;
    double rate =
        strcmp(f->unit, "krw_tn") == 0 ? mcy_facts_fx(facts, "krw", &f->target) : MCY_MISSING;
    return mcy_is_missing(rate) ? mcy_range_missing() : mcy_range_scale(range, 1e6 / rate);
}

const mcy_period *mcy_facts_last_quarter(const mcy_facts *facts, const char *company)
{
    const char *name = mcy_facts_name(facts, company);
    const mcy_period *last = NULL;
    for (size_t i = 0; name && i < facts->event_count; i++)
        if (facts->events[i].company == name &&
            (!last || facts->events[i].period.last_month > last->last_month))
            last = &facts->events[i].period;
    for (size_t i = 0; name && i < facts->count; i++) {
        const mcy_fact *f = &facts->items[i];
        if (f->company == name && f->basis & MCY_BASIS_REPORTED &&
            f->period.span == MCY_SPAN_QUARTER &&
            (!last || f->period.last_month > last->last_month))
            last = &f->period;
    }
    return last;
}
