/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model files for the subcommands of `model`, and how a symbol is described. */
#include "model_of_call.h"

#include <math.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"

enum { FILES_MOST = 256 };

static mcy_status read_one(mcy_call *call, const char *path, mcy_model_files *files,
                           mcy_error *err)
{
    for (size_t i = 0; i < files->count; i++)
        if (!strcmp(files->sources[i].name, path))
            return MCY_OK;
    if (files->count == FILES_MOST)
        return MCY_FAIL(err, MCY_E_INPUT, "more than %d model files", FILES_MOST);
    mcy_file file = {0};
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    char *text = mcy_arena_copy(call->arena, file.bytes, file.size);
    char *name = mcy_arena_copy(call->arena, path, strlen(path));
    files->sources[files->count] = (mcy_source){name, text, file.size};
    mcy_file_release(&file);
    if (!text || !name)
        return mcy_fail_memory(err);
    files->count++;
    return MCY_OK;
}

/* What a file includes that is not there is left to the checker, which says where. */
static mcy_status read_included(mcy_call *call, size_t at, mcy_model_files *files,
                                mcy_error *err)
{
    const char *const *names;
    size_t count;
    MCY_TRY(mcy_source_includes(call->arena, &files->sources[at], &count, &names, err));
    const char *path = files->sources[at].name, *own = mcy_path_name(path);
    char *folder = mcy_arena_copy(call->arena, path, (size_t)(own - path));
    for (size_t i = 0; i < count && folder; i++) {
        char *beside = mcy_arena_print(call->arena, "%s%s", folder, names[i]);
        if (!beside)
            return mcy_fail_memory(err);
        if (mcy_file_exists(beside))
            MCY_TRY(read_one(call, beside, files, err));
    }
    return folder ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_model_files_read(mcy_call *call, size_t count, const char *const *paths,
                                mcy_model_files *files, mcy_error *err)
{
    *files = (mcy_model_files){.sources = MCY_TAKE(call->arena, mcy_source, FILES_MOST)};
    if (!files->sources)
        return mcy_fail_memory(err);
    const char *given = mcy_call_option(call, "model");
    const char *shipped = given ? given : mcy_call_path(call, "model/memory.eqn");
    if (!count)
        MCY_TRY(read_one(call, shipped, files, err));
    for (size_t i = 0; i < count; i++)
        MCY_TRY(read_one(call, paths[i], files, err));
    for (size_t i = 0; i < files->count; i++)
        MCY_TRY(read_included(call, i, files, err));
    return MCY_OK;
}

mcy_status mcy_model_of_call(mcy_call *call, size_t count, const char *const *paths,
                             const mcy_model **model, mcy_error *err)
{
    mcy_model_files files;
    mcy_report report;
    MCY_TRY(mcy_model_files_read(call, count, paths, &files, err));
    mcy_status status =
        mcy_model_read(call->arena, files.count, files.sources, model, &report, err);
    mcy_text text = {0};
    for (size_t i = 0; i < report.error_count; i++)
        mcy_diagnostic_print(&report.diagnostics[i], &text);
    fputs(mcy_text_view(&text), call->err);
    mcy_text_release(&text);
    return status;
}

void mcy_symbol_shape(const mcy_model *model, const mcy_symbol *symbol, mcy_text *out)
{
    mcy_text_add(out, symbol->name);
    for (size_t i = 0; i < symbol->dimension_count; i++)
        mcy_text_print(out, "%s%s", i ? ", " : "[",
                       mcy_model_dimension(model, symbol->dimensions[i])->name);
    if (symbol->dimension_count)
        mcy_text_add(out, "]");
}

void mcy_symbol_facts(const mcy_model *model, const mcy_symbol *symbol, mcy_text *out)
{
    static const char *const years[] = {
        [MCY_YEAR_SUM] = "sum", [MCY_YEAR_MEAN] = "mean", [MCY_YEAR_LAST] = "last"};
    char low[32], high[32], value[32];
    mcy_text_print(out, "%s, %s", mcy_symbol_kind_name(symbol->kind), symbol->unit);
    if (symbol->kind == MCY_SYMBOL_ASSUMPTION && symbol->path)
        mcy_text_add(out, ", a value every quarter");
    if (symbol->first)
        mcy_text_print(out, ", from %d", symbol->first);
    if (symbol->hold)
        mcy_text_add(out, ", hold");
    if (!isinf(symbol->low) || !isinf(symbol->high)) {
        mcy_number_format(symbol->low, low);
        mcy_number_format(symbol->high, high);
        mcy_text_print(out, ", %s..%s", low, high);
    }
    if (!mcy_is_missing(symbol->value)) {
        mcy_number_format(symbol->value, value);
        mcy_text_print(out, ", %s %s",
                       symbol->kind == MCY_SYMBOL_CONSTANT ? "value" : "default", value);
    }
    if (symbol->year == MCY_YEAR_RATIO)
        mcy_text_print(out, ", year ratio(%s, %s)",
                       mcy_model_symbol(model, symbol->year_over)->name,
                       mcy_model_symbol(model, symbol->year_under)->name);
    else if (symbol->year)
        mcy_text_print(out, ", year %s", years[symbol->year]);
}
