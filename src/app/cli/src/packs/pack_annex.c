/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The annex: two tables, a page a language in two forms, and a manifest. */
#include "pack_annex.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/claims.h"
#include "mcy/file.h"
#include "mcy/json.h"
#include "mcy/number.h"
#include "mcy/sha256.h"

static const mcy_bilingual annex_title = {"内部附件：外部笔记核对",
                                          "Internal annex: check of a note's claims"};
/* lint --client looks for these words. */
static const mcy_bilingual annex_warning = {"仅供内部使用，不得发给客户。",
                                            "For internal use only, never for clients."};

/* Both ends; an open one has no number. */
static void range_cells(mcy_table *table, mcy_range range)
{
    mcy_table_number(table, isfinite(range.low) ? range.low : MCY_MISSING, NULL);
    mcy_table_number(table, isfinite(range.high) ? range.high : MCY_MISSING, NULL);
}

/* A unit of the facts in words; itself where it has none. */
static void unit_cell(mcy_table *table, const char *unit)
{
    static const struct {
        const char *key;
        mcy_bilingual name;
    } units[] = {{"pct", {"%", "%"}},
                 {"pp", {"百分点", "points"}},
                 {"usd_m", {"百万美元", "USD m"}},
                 {"krw_tn", {"万亿韩元", "KRW tn"}},
                 {"usd_per_share", {"美元/股", "USD a share"}}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].key, unit)) {
            mcy_table_keyed(table, unit, units[i].name);
            return;
        }
    mcy_table_text(table, unit);
}

static const char *replaced(mcy_arena *arena, const char *text, const char *from,
                            const char *to)
{
    const char *made = "", *at;
    for (; made && (at = strstr(text, from)); text = at + strlen(from))
        made = mcy_arena_print(arena, "%s%.*s%s", made, (int)(at - text), text, to);
    return made ? mcy_arena_print(arena, "%s%s", made, text) : "";
}

/* A sentence of `check` as a page has it: words for codes, dashes for dots. */
static void sentence_cell(mcy_arena *arena, mcy_table *table, mcy_bilingual sentence)
{
    static const struct {
        const char *from;
        mcy_bilingual to;
    } words[] = {{"..", {"–", "–"}},
                 {"： ", {"：", "："}},
                 {" (non_gaap)", {"（non-GAAP）", " (non-GAAP)"}},
                 {" (gaap)", {"（GAAP）", " (GAAP)"}},
                 {" (ifrs)", {"（IFRS）", " (IFRS)"}},
                 {" (guidance)", {"", ""}},
                 {" points", {" 个百分点", " points"}},
                 {"USD m", {"百万美元", "USD m"}},
                 {"above ", {"高于 ", "above "}},
                 {"合得 dram", {"合得 DRAM", ""}},
                 {"合得 nand", {"合得 NAND", ""}},
                 {"gives dram", {"", "gives DRAM"}},
                 {"gives nand", {"", "gives NAND"}}};
    mcy_bilingual shown = sentence;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        shown.zh = shown.zh ? replaced(arena, shown.zh, words[i].from, words[i].to.zh) : NULL;
        shown.en = replaced(arena, shown.en, words[i].from, words[i].to.en);
    }
    mcy_table_keyed(table, sentence.en, shown);
}

static mcy_table *claims_table(const pack_annex *annex)
{
    static const mcy_table_column columns[] = {
        {"id", {"编号", "Id"}, true, {0}},
        {"words", {"笔记原文", "Words of the note"}, true, {0}},
        {"claimed_low", {"所称下限", "Claimed, low"}, false, {.decimals = 1}},
        {"claimed_high", {"所称上限", "Claimed, high"}, false, {.decimals = 1}},
        {"published_low", {"数据下限", "Facts, low"}, false, {.decimals = 1}},
        {"published_high", {"数据上限", "Facts, high"}, false, {.decimals = 1}},
        {"unit", {"单位", "Unit"}, true, {0}},
        {"verdict", {"结论", "Verdict"}, true, {0}},
        {"sentence", {"依据", "Evidence"}, true, {0}}};
    mcy_table *table =
        mcy_table_create(annex->maker->arena, "internal-claims",
                         (mcy_bilingual){"逐条核对", "Claim by claim"}, columns, 9);
    for (size_t i = 0; table && i < annex->claims->count; i++) {
        const mcy_claim_verdict *v = &annex->claims->items[i];
        mcy_table_row(table, v->verdict == MCY_VERDICT_CONTRADICTED);
        mcy_table_text(table, v->claim->id);
        mcy_table_text(table, v->claim->words);
        range_cells(table, v->claimed);
        range_cells(table, v->published);
        unit_cell(table, v->claim->unit);
        mcy_table_words(table, mcy_verdict_words(v->verdict));
        sentence_cell(annex->maker->arena, table, v->sentence);
    }
    return table;
}

static mcy_table *joints_table(const pack_annex *annex)
{
    static const mcy_table_column columns[] = {{"ids", {"编号", "Ids"}, true, {0}},
                                               {"product", {"产品", "Product"}, true, {0}},
                                               {"verdict", {"结论", "Verdict"}, true, {0}},
                                               {"distance_points",
                                                {"相差（百分点）", "Distance, points"},
                                                false,
                                                {.decimals = 1, .signed_plus = true}},
                                               {"sentence", {"依据", "Evidence"}, true, {0}}};
    mcy_table *table =
        mcy_table_create(annex->maker->arena, "internal-together",
                         (mcy_bilingual){"合并核对", "Claims taken together"}, columns, 5);
    for (size_t i = 0; table && i < annex->claims->joint_count; i++) {
        const mcy_claim_joint *j = &annex->claims->joints[i];
        mcy_table_row(table, j->verdict.contradicted);
        mcy_table_text(table, j->ids);
        const char *name = !strcmp(j->product, "dram")   ? "DRAM"
                           : !strcmp(j->product, "nand") ? "NAND"
                                                         : j->product;
        mcy_table_keyed(table, j->product, (mcy_bilingual){NULL, name});
        mcy_table_words(table, j->verdict.contradicted
                                   ? mcy_verdict_words(MCY_VERDICT_CONTRADICTED)
                                   : (mcy_bilingual){"可能", "possible"});
        mcy_table_number(table, j->verdict.distance_points, NULL);
        sentence_cell(annex->maker->arena, table, j->sentence);
    }
    return table;
}

/* "24 条：12 条一致，…": how many of each verdict. */
static mcy_status summary(const pack_annex *annex, mcy_bilingual *words, mcy_error *err)
{
    size_t counts[4] = {0}, together = 0;
    for (size_t i = 0; i < annex->claims->count; i++)
        counts[annex->claims->items[i].verdict]++;
    for (size_t i = 0; i < annex->claims->joint_count; i++)
        together += annex->claims->joints[i].verdict.contradicted;
    mcy_arena *arena = annex->maker->arena;
    words->zh = mcy_arena_print(arena,
                                "共 %zu 条：一致 %zu，取整后一致 %zu，矛盾 %zu，无法核对 "
                                "%zu；合并核对 %zu 组，矛盾 %zu。",
                                annex->claims->count, counts[0], counts[1], counts[2],
                                counts[3], annex->claims->joint_count, together);
    words->en =
        mcy_arena_print(arena,
                        "%zu claims: %zu confirmed, %zu rounded, %zu contradicted, %zu not "
                        "checkable; %zu taken together, %zu of them contradicted.",
                        annex->claims->count, counts[0], counts[1], counts[2], counts[3],
                        annex->claims->joint_count, together);
    return words->zh && words->en ? MCY_OK : mcy_fail_memory(err);
}

static mcy_status annex_write(const pack_annex *annex, const char *name, const mcy_text *text,
                              mcy_error *err)
{
    const char *path = mcy_path_join(annex->maker->arena, annex->aside, name);
    return path ? mcy_file_write_text(path, text, err) : mcy_fail_memory(err);
}

static mcy_status write_table(const pack_annex *annex, const mcy_table *table, mcy_error *err)
{
    char name[96];
    mcy_text text = {0};
    snprintf(name, sizeof name, "%.60s.csv", mcy_table_id(table));
    mcy_status status = mcy_table_print(table, MCY_TABLE_CSV, MCY_EN, &text, err);
    if (status == MCY_OK)
        status = annex_write(annex, name, &text, err);
    for (int l = 0; status == MCY_OK && l < MCY_LANGUAGES; l++) {
        mcy_text_clear(&text);
        snprintf(name, sizeof name, "%.60s.%s.tsv", mcy_table_id(table),
                 mcy_language_name((mcy_language)l));
        if (!annex->pack->languages[l])
            continue;
        status = mcy_table_print(table, MCY_TABLE_TSV, (mcy_language)l, &text, err);
        if (status == MCY_OK)
            status = annex_write(annex, name, &text, err);
    }
    mcy_text_release(&text);
    return status;
}

static mcy_status write_pages(const pack_annex *annex, const mcy_table *const tables[2],
                              mcy_language language, mcy_error *err)
{
    mcy_bilingual counts;
    MCY_TRY(summary(annex, &counts, err));
    const mcy_block blocks[] = {
        {.kind = MCY_BLOCK_PARAGRAPH, .text = mcy_bilingual_text(counts, language)},
        {.kind = MCY_BLOCK_TABLE, .id = "internal-claims", .table = tables[0]},
        {.kind = MCY_BLOCK_TABLE, .id = "internal-together", .table = tables[1]}};
    mcy_document document = {.language = language,
                             .name = "internal",
                             .title = mcy_bilingual_text(annex_title, language),
                             .preface = mcy_bilingual_text(annex_warning, language),
                             .as_of = annex->maker->as_of,
                             .blocks = blocks,
                             .count = annex->claims->joint_count ? 3 : 2};
    mcy_status status = MCY_OK;
    for (int html = 0; status == MCY_OK && html < 2; html++) {
        char name[64];
        mcy_text text = {0};
        snprintf(name, sizeof name, "internal.%s.%s", mcy_language_name(language),
                 html ? "html" : "md");
        status = html ? mcy_document_html(&document, &text, err)
                      : mcy_document_markdown(&document, &text, err);
        if (status == MCY_OK)
            status = annex_write(annex, name, &text, err);
        mcy_text_release(&text);
    }
    return status;
}

static mcy_status write_manifest(const pack_annex *annex, mcy_error *err)
{
    char hash[MCY_SHA256_HEX];
    mcy_text text = {0};
    mcy_json json;
    MCY_TRY(mcy_sha256_of_file(annex->file, hash, err));
    const char *rows[][2] = {
        {"program", "memcycle"},        {"version", mcy_version()},
        {"kind", "internal use only"},  {"pack", annex->pack->name},
        {"as_of", annex->maker->as_of}, {"claims", mcy_path_name(annex->file)},
        {"claims_sha256", hash}};
    mcy_json_begin(&json, &text);
    mcy_json_object(&json);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mcy_json_name(&json, rows[i][0]);
        mcy_json_text(&json, rows[i][1]);
    }
    mcy_json_close_object(&json);
    mcy_status status = annex_write(annex, "manifest.json", &text, err);
    mcy_text_release(&text);
    return status;
}

static mcy_status write_annex(pack_annex *annex, mcy_error *err)
{
    mcy_table *const tables[2] = {claims_table(annex), joints_table(annex)};
    if (!tables[0] || !tables[1])
        return mcy_fail_memory(err);
    MCY_TRY(write_table(annex, tables[0], err));
    if (annex->claims->joint_count)
        MCY_TRY(write_table(annex, tables[1], err));
    const mcy_table *const shown[2] = {tables[0], tables[1]};
    for (int l = 0; l < MCY_LANGUAGES; l++)
        if (annex->pack->languages[l])
            MCY_TRY(write_pages(annex, shown, (mcy_language)l, err));
    return write_manifest(annex, err);
}

mcy_status pack_annex_make(pack_annex *annex, const char *folder, mcy_error *err)
{
    mcy_text report = {0};
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    annex->folder = mcy_arena_print(annex->maker->arena, "%.*s-internal", (int)n, folder);
    annex->claims = MCY_TAKE(annex->maker->arena, mcy_claims, 1);
    mcy_status status = annex->folder && annex->claims ? MCY_OK : mcy_fail_memory(err);
    if (status == MCY_OK)
        status = mcy_claims_check(annex->maker->arena, annex->maker->facts, annex->file,
                                  &report, annex->claims, err);
    fputs(mcy_text_view(&report), annex->maker->call->err);
    mcy_text_release(&report);
    MCY_TRY(status);
    annex->contradicted = annex->claims->contradicted;
    MCY_TRY(mcy_folder_begin(annex->maker->arena, annex->folder, &annex->aside, err));
    return write_annex(annex, err);
}

mcy_status pack_annex_commit(pack_annex *annex, mcy_error *err)
{
    MCY_TRY(mcy_folder_commit(annex->aside, annex->folder, err));
    annex->aside = NULL;
    return MCY_OK;
}

void pack_annex_drop(pack_annex *annex)
{
    if (annex->aside)
        mcy_folder_remove(annex->aside, NULL);
    annex->aside = NULL;
}
