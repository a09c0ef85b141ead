/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decompositions as a command asks for them. */
#include "fit_of_call.h"

#include "mcy/file.h"

static mcy_status read_fits(mcy_call *call, const char *folder, mcy_day as_of,
                            const char *const *products, size_t count,
                            const mcy_decomposition **fit, mcy_error *err)
{
    char hash[MCY_SHA256_HEX];
    const char *history = mcy_call_path(call, "scenarios/history");
    const char *path = mcy_path_join(call->arena, folder, "fit.csv");
    if (!history || !path)
        return mcy_fail_memory(err);
    if (!mcy_file_exists(path))
        return MCY_FAIL(err, MCY_E_MISSING, "no fit in '%s': 'memcycle fit -o %s' writes one",
                        folder, folder);
    MCY_TRY(mcy_facts_hash(call->arena, history, hash, err));
    for (size_t i = 0; i < count; i++) {
        mcy_fit_source source;
        mcy_decomposition *one = NULL;
        MCY_TRY(mcy_fit_read(call->arena, path, products[i], hash, &one, &source, err));
        if (source.as_of != as_of)
            return MCY_FAIL(
                err, MCY_E_FINDINGS,
                "%s: fitted as of %d, asked for %d (0: all facts); run 'memcycle fit' "
                "with the same --as-of",
                path, source.as_of, as_of);
        fit[i] = one;
    }
    return MCY_OK;
}

mcy_status mcy_call_fits(mcy_call *call, const mcy_facts *facts, const char *const *products,
                         size_t count, const mcy_decomposition **fit, mcy_error *err)
{
    const char *folder = mcy_call_option(call, "fit");
    if (folder)
        return read_fits(call, folder, facts->as_of, products, count, fit, err);
    for (size_t i = 0; i < count; i++) {
        mcy_decomposition *one = NULL;
        MCY_TRY(mcy_fit_product(call->arena, facts, products[i], NULL, &one, err));
        fit[i] = one;
    }
    return MCY_OK;
}
