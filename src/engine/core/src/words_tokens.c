/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A phrase made uniform and cut into tokens. */
#include <stdbool.h>
#include <string.h>

#include "mcy/number.h"
#include "words_reading.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

void mcy_reading_begin(mcy_reading *r, const char *text, size_t n)
{
    char flat[MCY_WORDS_LONGEST + 8];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        bool dash = n - i >= 3 && (memcmp(text + i, "\xe2\x80\x93", 3) == 0 ||
                                   memcmp(text + i, "\xe2\x88\x92", 3) == 0);
        char c = dash ? '-' : text[i];
        i += dash ? 2 : 0;
        flat[m++] = c >= 'A' && c <= 'Z'                  ? (char)(c - 'A' + 'a')
                    : c == '\t' || c == '\n' || c == '\r' ? ' '
                                                          : c;
    }
    flat[m] = '\0';
    size_t out = 0;
    for (size_t i = 0; i < m; i++) {
        char before = i ? flat[i - 1] : ' ', after = flat[i + 1];
        bool hyphen = flat[i] == '-' && (is_letter(before) || is_letter(after));
        char c = hyphen ? ' ' : flat[i];
        if (c == ' ' && (!out || r->text[out - 1] == ' '))
            continue;
        r->text[out++] = c;
    }
    while (out && r->text[out - 1] == ' ')
        out--;
    r->text[out] = '\0';
}

/* Digits with a point and thousands commas. */
static size_t number_at(const char *text, mcy_token *token)
{
    char plain[32];
    size_t n = 0, i = 0;
    int decimals = -1;
    for (; n < sizeof plain - 1; i++) {
        bool group = text[i] == ',' && n && decimals < 0 && is_digit(text[i + 1]) &&
                     is_digit(text[i + 2]) && is_digit(text[i + 3]);
        if (group)
            continue;
        if (text[i] == '.' && decimals < 0 && is_digit(text[i + 1]))
            decimals = 0;
        else if (!is_digit(text[i]))
            break;
        else if (decimals >= 0)
            decimals++;
        plain[n++] = text[i];
    }
    if (!n || is_digit(text[i]) || mcy_number_parse(plain, n, &token->value, NULL) != MCY_OK)
        return 0;
    token->kind = MCY_TOKEN_NUMBER;
    token->decimals = decimals > 0 ? decimals : 0;
    if (text[i] == 's' && !is_letter(text[i + 1])) {
        token->kind = MCY_TOKEN_DECADE;
        i++;
    }
    return i;
}

/* '-' between two figures is "to"; before a figure it is a minus sign; '~' likewise. */
static size_t symbol_at(const mcy_reading *r, mcy_token *token)
{
    const char *text = r->text + r->at;
    char before = r->at ? text[-1] : ' ';
    bool after_figure = is_digit(before) || before == '%';
    static const struct {
        const char *symbol;
        mcy_token_kind kind;
    } fixed[] = {{"+/-", MCY_TOKEN_PLUS_MINUS}, {"±", MCY_TOKEN_PLUS_MINUS},
                 {"%", MCY_TOKEN_PERCENT},      {"$", MCY_TOKEN_CURRENCY},
                 {">", MCY_TOKEN_OVER},         {"<", MCY_TOKEN_LESS}};
    token->value = 0.0;
    token->decimals = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strncmp(text, fixed[i].symbol, strlen(fixed[i].symbol)) == 0) {
            token->kind = fixed[i].kind;
            return strlen(fixed[i].symbol);
        }
    if (text[0] == '+' && after_figure)
        token->kind = MCY_TOKEN_MORE;
    else if (text[0] == '+' && is_digit(text[1]))
        token->kind = MCY_TOKEN_UP;
    else if (text[0] == '-' && after_figure)
        token->kind = MCY_TOKEN_TO;
    else if (text[0] == '-' && is_digit(text[1])) {
        size_t n = number_at(text + 1, token);
        token->value = -token->value;
        return n ? n + 1 : 0;
    } else if (text[0] == '~')
        token->kind = after_figure ? MCY_TOKEN_TO : MCY_TOKEN_ABOUT;
    else
        return 0;
    return 1;
}

mcy_token mcy_reading_next(mcy_reading *r)
{
    while (r->text[r->at] == ' ')
        r->at++;
    mcy_token token = {MCY_TOKEN_END, 0.0, 0, r->at, 0};
    if (!r->text[r->at])
        return token;
    token.size = number_at(r->text + r->at, &token);
    if (!token.size)
        token.size = symbol_at(r, &token);
    if (!token.size)
        token.size = mcy_lexicon_match(r->text + r->at, &token);
    if (!token.size)
        token.kind = MCY_TOKEN_UNKNOWN;
    r->at += token.size;
    return token;
}
