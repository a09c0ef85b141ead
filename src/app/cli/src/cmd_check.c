/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle check: what does not fit together among the facts, or in somebody's claims. */
#include "command.h"

#include "check_claims.h"
#include "facts_of_call.h"
#include "mcy/file.h"
#include "mcy/findings.h"
#include "mcy/json.h"

static void add_json(mcy_json *json, const mcy_finding *f)
{
    const char *const texts[][2] = {
        {"kind", mcy_finding_name(f->kind)}, {"what", f->what}, {"period", f->period},
        {"sentence", f->sentence},           {"rows", f->rows}, {"accepted", f->accepted}};
    mcy_json_object(json);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mcy_json_name(json, texts[i][0]);
        mcy_json_text(json, texts[i][1]);
    }
    mcy_json_name(json, "size");
    mcy_json_number(json, f->size);
    mcy_json_close_object(json);
}

static mcy_status print_json(mcy_call *call, const mcy_findings *found, bool all,
                             mcy_error *err)
{
    mcy_text text = {0};
    mcy_json json;
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    for (size_t i = 0; i < found->count; i++)
        if (all || !found->items[i].accepted)
            add_json(&json, &found->items[i]);
    mcy_json_close_array(&json);
    mcy_status status = mcy_text_status(&text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

static void print_kind(mcy_call *call, const mcy_findings *found, mcy_finding_kind kind,
                       bool all)
{
    size_t count = 0, fresh = 0;
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].kind == kind) {
            count++;
            fresh += !found->items[i].accepted;
        }
    fprintf(call->out, "%-10s %5zu compared, %zu found, %zu new: %s\n", mcy_finding_name(kind),
            found->asked[kind], count, fresh, mcy_finding_meaning(kind));
    for (size_t i = 0; i < found->count; i++) {
        const mcy_finding *f = &found->items[i];
        if (f->kind != kind || (!all && f->accepted))
            continue;
        fprintf(call->out, "  %s %s\n      key: %s,%s,%s  rows: %s\n", f->accepted ? " " : "!",
                f->sentence, mcy_finding_name(kind), f->what, f->period, f->rows);
        if (f->accepted)
            fprintf(call->out, "      accepted: %s\n", f->accepted);
    }
}

static mcy_status read_findings(mcy_call *call, const mcy_facts *facts, mcy_findings *found,
                                mcy_error *err)
{
    mcy_text report = {0};
    const char *accepted = mcy_call_option(call, "accepted");
    if (accepted && !mcy_file_exists(accepted))
        return MCY_FAIL(err, MCY_E_IO, "cannot open '%s': no such file", accepted);
    if (!accepted)
        accepted = mcy_call_path(call, "scenarios/history/accepted-findings.csv");
    mcy_status status = accepted
                            ? mcy_facts_check(call->arena, facts, accepted, &report, found, err)
                            : mcy_fail_memory(err);
    fputs(mcy_text_view(&report), call->err);
    mcy_text_release(&report);
    return status;
}

static mcy_status check_facts(mcy_call *call, const mcy_facts *facts, mcy_error *err)
{
    mcy_findings found;
    bool all = mcy_call_has(call, "all");
    MCY_TRY(read_findings(call, facts, &found, err));
    if (mcy_call_has(call, "json")) {
        MCY_TRY(print_json(call, &found, all, err));
    } else {
        for (int kind = 0; kind < MCY_FINDING_KINDS; kind++)
            print_kind(call, &found, (mcy_finding_kind)kind, all);
        fprintf(
            call->out, "%zu facts, %zu not yet known; %zu findings, %zu accepted, %zu new\n",
            facts->count, facts->hidden, found.count, found.count - found.fresh, found.fresh);
    }
    for (size_t i = 0; !facts->as_of && i < found.unused_count; i++)
        fprintf(call->err, "accepted but no longer found: %s\n", found.unused[i]);
    if (found.fresh)
        return MCY_FAIL(err, MCY_E_FINDINGS, "%zu new finding%s", found.fresh,
                        found.fresh == 1 ? "" : "s");
    return MCY_OK;
}

static mcy_status run_check(mcy_call *call, mcy_error *err)
{
    mcy_facts *facts = NULL;
    MCY_TRY(mcy_call_facts(call, &facts, err));
    const char *claims = mcy_call_option(call, "claims");
    return claims ? mcy_check_claims(call, facts, claims, err) : check_facts(call, facts, err);
}

static const mcy_option options[] = {
    MCY_OPTION_AS_OF,
    {"all", '\0', NULL, "also the findings that were looked at, with the reason"},
    {"accepted", '\0', "FILE", "accepted findings (kind, what, period, reason)"},
    {"claims", 'c', "FILE", "check a note's claims against the facts instead"},
    {"json", '\0', NULL, "print an array of objects"},
    {0}};

const mcy_command mcy_command_check = {
    .name = "check",
    .operands = "",
    .summary = "what does not fit together among the facts, or in somebody's claims",
    .description = "Sums, printed growth against levels, words on bits and price against "
                   "revenue, duplicates,\n"
                   "slips of a unit, conflicts between rows, gaps, stale series, results dated "
                   "before their\n"
                   "period ended. Nothing is repaired. Findings that were looked at stand in\n"
                   "scenarios/history/accepted-findings.csv with the reason. Exit code 1 when "
                   "one is new.\n"
                   "With --claims: each claim of a note is confirmed, rounded, contradicted or "
                   "not checkable,\n"
                   "with the row that says so; exit code 1 when one is contradicted.",
    .examples = "memcycle check --all\nmemcycle check --as-of 2026-03-19\n"
                "memcycle check --claims scenarios/history/note-claims-2026-03-20.csv",
    .options = options,
    .run = run_check,
};
