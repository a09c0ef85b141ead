/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle check --claims: a note against the facts. */
#include "check_claims.h"

#include "mcy/claims.h"
#include "mcy/json.h"

static void print_claims(mcy_call *call, const mcy_claims *claims)
{
    size_t counts[4] = {0};
    for (size_t i = 0; i < claims->count; i++) {
        const mcy_claim_verdict *v = &claims->items[i];
        counts[v->verdict]++;
        fprintf(call->out, "%-4s %-13s %s\n     %s\n", v->claim->id,
                mcy_verdict_name(v->verdict), v->claim->words, v->sentence.en);
    }
    for (size_t i = 0; i < claims->joint_count; i++) {
        const mcy_claim_joint *j = &claims->joints[i];
        fprintf(call->out, "together %s: %s\n     %s\n", j->ids,
                j->verdict.contradicted ? "contradicted" : "possible", j->sentence.en);
    }
    fprintf(call->out,
            "%zu claims: %zu confirmed, %zu rounded, %zu contradicted, %zu not "
            "checkable\n",
            claims->count, counts[0], counts[1], counts[2], counts[3]);
}

static void add_claim(mcy_json *json, const mcy_claim_verdict *v)
{
    const char *const texts[][2] = {{"id", v->claim->id},
                                    {"words", v->claim->words},
                                    {"verdict", mcy_verdict_name(v->verdict)},
                                    {"sentence", v->sentence.en},
                                    {"rows", v->rows}};
    mcy_json_object(json);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mcy_json_name(json, texts[i][0]);
        mcy_json_text(json, texts[i][1]);
    }
    mcy_json_close_object(json);
}

static void add_joint(mcy_json *json, const mcy_claim_joint *j)
{
    mcy_json_object(json);
    mcy_json_name(json, "ids");
    mcy_json_text(json, j->ids);
    mcy_json_name(json, "verdict");
    mcy_json_text(json, j->verdict.contradicted ? "contradicted" : "possible");
    mcy_json_name(json, "distance_points");
    mcy_json_number(json, j->verdict.distance_points);
    mcy_json_name(json, "sentence");
    mcy_json_text(json, j->sentence.en);
    mcy_json_close_object(json);
}

static mcy_status print_json(mcy_call *call, const mcy_claims *claims, mcy_error *err)
{
    mcy_text text = {0};
    mcy_json json;
    mcy_json_begin(&json, &text);
    mcy_json_object(&json);
    mcy_json_name(&json, "claims");
    mcy_json_array(&json);
    for (size_t i = 0; i < claims->count; i++)
        add_claim(&json, &claims->items[i]);
    mcy_json_close_array(&json);
    mcy_json_name(&json, "together");
    mcy_json_array(&json);
    for (size_t i = 0; i < claims->joint_count; i++)
        add_joint(&json, &claims->joints[i]);
    mcy_json_close_array(&json);
    mcy_json_close_object(&json);
    mcy_status status = mcy_text_status(&text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

mcy_status mcy_check_claims(mcy_call *call, const mcy_facts *facts, const char *path,
                            mcy_error *err)
{
    mcy_claims claims;
    mcy_text report = {0};
    mcy_status status = mcy_claims_check(call->arena, facts, path, &report, &claims, err);
    fputs(mcy_text_view(&report), call->err);
    mcy_text_release(&report);
    MCY_TRY(status);
    if (mcy_call_has(call, "json"))
        MCY_TRY(print_json(call, &claims, err));
    else
        print_claims(call, &claims);
    if (claims.contradicted)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "%zu claims or combinations of claims are "
                        "contradicted",
                        claims.contradicted);
    return MCY_OK;
}
