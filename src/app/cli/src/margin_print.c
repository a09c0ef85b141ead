/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands on margins print and parse alike. */
#include "margin_print.h"

#include <string.h>

#include "mcy/number.h"

mcy_status margin_read_count(const mcy_call *call, const char *option, size_t least,
                             size_t most, size_t otherwise, size_t *value, mcy_error *err)
{
    const char *text = mcy_call_option(call, option);
    double number = (double)otherwise;
    if (text)
        MCY_TRY(mcy_number_parse(text, strlen(text), &number, err));
    if (text && (!(number >= (double)least) || number > (double)most ||
                 number != (double)(size_t)number))
        return MCY_FAIL(err, MCY_E_USAGE,
                        "--%s must be a whole number from %zu to %zu, got '%s'", option, least,
                        most, text);
    *value = (size_t)number;
    return MCY_OK;
}

mcy_status margin_print_tables(const mcy_call *call, mcy_table *const *tables, size_t count,
                               mcy_error *err)
{
    bool json = mcy_call_has(call, "json");
    mcy_status status = MCY_OK;
    mcy_text text;
    mcy_text_init(&text);
    mcy_text_add(&text, json ? "[" : "");
    for (size_t i = 0; i < count && status == MCY_OK; i++) {
        mcy_text_add(&text, i == 0 ? "" : json ? ",\n" : "\n");
        status = tables[i] ? mcy_table_print(tables[i], json ? MCY_TABLE_JSON : MCY_TABLE_TEXT,
                                             MCY_EN, &text, err)
                           : mcy_fail_memory(err);
    }
    mcy_text_add(&text, json ? "]\n" : "");
    if (status == MCY_OK)
        status = mcy_text_status(&text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}
