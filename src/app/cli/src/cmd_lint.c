/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle lint: what is wrong with a pack that was drawn. */
#include "command.h"

#include "mcy/lint.h"

static mcy_status run_lint(mcy_call *call, mcy_error *err)
{
    const mcy_lint_finding *findings = NULL;
    size_t count = 0;
    if (mcy_call_has(call, "rules")) {
        for (int rule = 0; rule < MCY_LINT_RULES; rule++)
            fprintf(call->out, "%-12s %s\n", mcy_lint_rule_name((mcy_lint_rule)rule),
                    mcy_lint_rule_wants((mcy_lint_rule)rule));
        return MCY_OK;
    }
    if (!call->operand_count)
        return MCY_FAIL(err, MCY_E_USAGE, "name the folder of a pack");
    MCY_TRY(mcy_pack_lint(call->arena, call->operands[0], mcy_call_has(call, "client"),
                          &findings, &count, err));
    for (size_t i = 0; i < count; i++)
        fprintf(call->out, "%s: %s: %s\n", findings[i].file,
                mcy_lint_rule_name(findings[i].rule), findings[i].what);
    if (count)
        return MCY_FAIL(err, MCY_E_FINDINGS, "%zu findings in '%s'", count, call->operands[0]);
    fprintf(call->out, "%s: nothing to find\n", call->operands[0]);
    return MCY_OK;
}

static const mcy_option options[] = {
    {"client", 'c', NULL, "also what may not leave the house: paths, private files, copies"},
    {"rules", 'r', NULL, "print the rules"},
    {0}};

const mcy_command mcy_command_lint = {
    .name = "lint",
    .operands = "DIR",
    .summary = "check a pack that was drawn: titles, sources, overlaps, stale data",
    .description =
        "Reads the files of a pack and nothing else: numbering, titles, units, sources, as-of,\n"
        "both languages with the same numbers, texts that overlap or leave the page, empty\n"
        "series, zero lines, fonts, sizes, stale data, GAAP named, inferred values marked.\n"
        "Exit code 1 when it finds something.",
    .examples = "memcycle lint pack\nmemcycle lint --client pack",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run_lint,
};
