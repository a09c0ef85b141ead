/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle words: a phrase as the range it stands for. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/json.h"
#include "mcy/number.h"
#include "mcy/words.h"

static void print_line(FILE *out, const mcy_words *w)
{
    char low[32] = "", high[32] = "";
    if (isfinite(w->range.low))
        mcy_number_format(w->range.low, low);
    if (isfinite(w->range.high))
        mcy_number_format(w->range.high, high);
    bool percent = strcmp(w->unit, "pct") == 0 || !w->unit[0];
    fprintf(out, "%s..%s%s%s\n", low, high, percent ? "" : " ", percent ? "" : w->unit);
}

/* What stands around the phrase and was not read is said, so that nobody takes it for granted.
 */
static void print_unread(FILE *err, const char *phrase, const mcy_words *w)
{
    if (w->label)
        fprintf(err, "label, not read: '%.*s'\n", (int)w->label, phrase);
    if (phrase[w->remark])
        fprintf(err, "remark, not read: '%s'\n", phrase + w->remark);
}

static void add_json(mcy_json *json, const char *phrase, const mcy_words *w)
{
    mcy_json_object(json);
    mcy_json_name(json, "phrase");
    mcy_json_text(json, phrase);
    mcy_json_name(json, "low");
    mcy_json_number(json, w->range.low);
    mcy_json_name(json, "high");
    mcy_json_number(json, w->range.high);
    mcy_json_name(json, "unit");
    mcy_json_text(json, w->unit);
    mcy_json_close_object(json);
}

/* "about 5%" without quotes arrives as two words: say so where the whole can be read. */
static mcy_status refuse_unquoted(const mcy_call *call, mcy_status status, mcy_error *err)
{
    const char *phrase = call->operands[0];
    mcy_words w;
    for (size_t i = 1; i < call->operand_count && phrase; i++)
        phrase = mcy_arena_print(call->arena, "%s %s", phrase, call->operands[i]);
    if (call->operand_count < 2 || !phrase ||
        mcy_words_parse(phrase, strlen(phrase), &w, NULL) != MCY_OK)
        return status;
    return MCY_FAIL(err, status, "each operand is a phrase of its own: write '%s' in quotes",
                    phrase);
}

static mcy_status run_words(mcy_call *call, mcy_error *err)
{
    mcy_text text = {0};
    mcy_json json;
    bool as_json = mcy_call_has(call, "json");
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    mcy_status status = MCY_OK;
    for (size_t i = 0; i < call->operand_count && status == MCY_OK; i++) {
        mcy_words w;
        status = mcy_words_parse(call->operands[i], strlen(call->operands[i]), &w, err);
        if (status == MCY_OK && as_json)
            add_json(&json, call->operands[i], &w);
        else if (status == MCY_OK)
            print_line(call->out, &w);
        if (status == MCY_OK)
            print_unread(call->err, call->operands[i], &w);
    }
    mcy_json_close_array(&json);
    if (status == MCY_OK && as_json)
        status = mcy_text_status(&text, err);
    if (status == MCY_OK && as_json)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status == MCY_E_INPUT ? refuse_unquoted(call, status, err) : status;
}

static const mcy_option options[] = {{"json", '\0', NULL, "print an array of objects"}, {0}};

const mcy_command mcy_command_words = {
    .name = "words",
    .operands = "PHRASE...",
    .summary = "a company's words as the range of numbers they stand for",
    .description =
        "Reads what companies print about growth, in English, Chinese or Korean, and prints\n"
        "the closed range it stands for, in percent; amounts in their own unit. An end that\n"
        "nobody stated is left empty. A word that is not known is refused, never guessed.",
    .examples =
        "memcycle words 'low-to-mid-teens'\nmemcycle words '한 자릿수 후반 감소' '约20%'",
    .options = options,
    .least = 1,
    .most = 64,
    .run = run_words,
};
