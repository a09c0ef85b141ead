/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts as a command asks for them. */
#include "facts_of_call.h"

#include <string.h>

mcy_status mcy_call_as_of(const mcy_call *call, mcy_day *day, mcy_error *err)
{
    const char *text = mcy_call_option(call, "as-of");
    *day = 0;
    return text ? mcy_day_parse(text, strlen(text), day, err) : MCY_OK;
}

mcy_status mcy_call_facts(mcy_call *call, mcy_facts **facts, mcy_error *err)
{
    mcy_day as_of = 0;
    mcy_text report = {0};
    MCY_TRY(mcy_call_as_of(call, &as_of, err));
    const char *folder = mcy_call_path(call, "scenarios/history");
    if (!folder)
        return mcy_fail_memory(err);
    mcy_status status = mcy_facts_read(call->arena, folder, as_of, &report, facts, err);
    fputs(mcy_text_view(&report), call->err);
    mcy_text_release(&report);
    MCY_TRY(status);
    if (as_of && !(*facts)->count)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "no fact was published by %s: choose a later --as-of",
                        mcy_call_option(call, "as-of"));
    return MCY_OK;
}

mcy_status mcy_call_check_firm(mcy_call *call, const mcy_facts *facts, const char *firm,
                               mcy_error *err)
{
    if (mcy_facts_name(facts, firm))
        return MCY_OK;
    const char *const *names;
    size_t count;
    MCY_TRY(mcy_facts_names(call->arena, facts, 0, &names, &count, err));
    const char *closest = mcy_text_closest(firm, names, count);
    return MCY_FAIL(err, MCY_E_INPUT, "firm '%s' is not in the facts%s%s%s", firm,
                    closest ? ", did you mean '" : "", closest ? closest : "",
                    closest ? "'?" : "");
}
