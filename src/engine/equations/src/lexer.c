/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to tokens. A line ends a statement unless it cannot: an open bracket, a trailing
 * operator, or a next line that does not begin with a word carry it on. */
#include <string.h>

#include "language.h"
#include "mcy/number.h"

typedef struct lexer {
    reader *reader;
    const file_text *file;
    const char *bytes;
    size_t size, at;
    uint32_t line;
    token *tokens;
    size_t count, capacity, depth;
} lexer;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char peek(const lexer *l, size_t ahead)
{
    return l->at + ahead < l->size ? l->bytes[l->at + ahead] : '\0';
}

static spot spot_of(const lexer *l, size_t start)
{
    return (spot){l->file, (uint32_t)start, (uint32_t)(l->at - start), l->line};
}

static token *push(lexer *l, token_kind kind, size_t start)
{
    if (!grow(l->reader, (void **)&l->tokens, l->count, &l->capacity, sizeof *l->tokens))
        return NULL;
    token *t = &l->tokens[l->count++];
    *t = (token){.kind = kind, .at = spot_of(l, start)};
    return t;
}

static bool lex_number(lexer *l)
{
    size_t start = l->at;
    while (is_digit(peek(l, 0)))
        l->at++;
    if (peek(l, 0) == '.' && peek(l, 1) != '.') {
        l->at++;
        while (is_digit(peek(l, 0)))
            l->at++;
    }
    size_t sign = peek(l, 1) == '+' || peek(l, 1) == '-';
    if ((peek(l, 0) == 'e' || peek(l, 0) == 'E') && is_digit(peek(l, 1 + sign))) {
        l->at += 1 + sign;
        while (is_digit(peek(l, 0)))
            l->at++;
    }
    token *t = push(l, TOKEN_NUMBER, start);
    if (!t)
        return false;
    mcy_error err = {0};
    size_t size = l->at - start;
    bool bare = l->bytes[l->at - 1] == '.';
    if (mcy_number_parse(l->bytes + start, bare ? size - 1 : size, &t->value, &err) != MCY_OK)
        complain(l->reader, t->at, "%s", err.text);
    return true;
}

static bool lex_string(lexer *l)
{
    size_t start = l->at++;
    while (l->at < l->size && l->bytes[l->at] != '"' && l->bytes[l->at] != '\n') {
        if (l->bytes[l->at] == '\\' && (peek(l, 1) == '"' || peek(l, 1) == '\\'))
            l->at++;
        l->at++;
    }
    bool closed = peek(l, 0) == '"';
    l->at += closed;
    token *t = push(l, TOKEN_STRING, start);
    if (t && !closed)
        complain(l->reader, t->at, "a text that is not ended: '\"' is missing on this line");
    return t != NULL;
}

const char *string_of(reader *r, const token *t)
{
    const char *from = t->at.file->bytes + t->at.offset + 1;
    size_t size = t->at.size - 1;
    if (size && from[size - 1] == '"')
        size--;
    char *copy = mcy_arena_copy(r->arena, from, size);
    if (!copy) {
        r->failed = true;
        return "";
    }
    char *to = copy;
    for (const char *p = copy; *p; p++) {
        if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
        *to++ = (unsigned char)*p < 32 ? ' ' : *p;
    }
    *to = '\0';
    return copy;
}

static const struct mark_text {
    const char text[3];
    mark mark;
} marks[] = {
    {"..", MARK_RANGE}, {"<=", MARK_LE},   {">=", MARK_GE},         {"==", MARK_EQ},
    {"!=", MARK_NE},    {"+", MARK_PLUS},  {"-", MARK_MINUS},       {"*", MARK_TIMES},
    {"/", MARK_OVER},   {"^", MARK_POWER}, {"<", MARK_LT},          {">", MARK_GT},
    {"=", MARK_ASSIGN}, {":", MARK_COLON}, {",", MARK_COMMA},       {"@", MARK_AT},
    {"(", MARK_OPEN},   {")", MARK_CLOSE}, {"[", MARK_OPEN_SQUARE}, {"]", MARK_CLOSE_SQUARE}};

static bool lex_mark(lexer *l)
{
    size_t start = l->at;
    mark found = MARK_NONE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && !found; i++) {
        size_t size = strlen(marks[i].text);
        if (size <= l->size - l->at && !memcmp(marks[i].text, l->bytes + l->at, size)) {
            found = marks[i].mark;
            l->at += size;
        }
    }
    if (!found)
        do
            l->at++;
        while (l->at < l->size && ((unsigned char)l->bytes[l->at] & 0xC0) == 0x80);
    if (found == MARK_OPEN || found == MARK_OPEN_SQUARE)
        l->depth++;
    if ((found == MARK_CLOSE || found == MARK_CLOSE_SQUARE) && l->depth)
        l->depth--;
    token *t = push(l, TOKEN_MARK, start);
    if (t)
        t->mark = found;
    return t != NULL;
}

static bool lex_word(lexer *l)
{
    size_t start = l->at;
    while (is_letter(peek(l, 0)) || is_digit(peek(l, 0)))
        l->at++;
    token *t = push(l, TOKEN_WORD, start);
    if (!t)
        return false;
    t->word = word_of(l->reader->model, l->bytes + start, l->at - start);
    if (!t->word)
        l->reader->failed = true;
    return t->word != NULL;
}

/* "# ---- price (M4)" is a heading of the sheet. */
static bool lex_comment(lexer *l)
{
    size_t start = l->at;
    while (l->at < l->size && l->bytes[l->at] != '\n')
        l->at++;
    const char *text = l->bytes + start;
    size_t size = l->at - start;
    if (size < 7 || memcmp(text, "# ---- ", 7) != 0)
        return true;
    while (size && (text[size - 1] == '\r' || text[size - 1] == ' ' || text[size - 1] == '-'))
        size--;
    mcy_model *m = l->reader->model;
    if (size <= 7)
        return true;
    if (!grow(l->reader, (void **)&m->headings, m->heading_count, &m->heading_capacity,
              sizeof *m->headings))
        return false;
    char *copy = mcy_arena_copy(l->reader->arena, text + 7, size - 7);
    if (!copy) {
        l->reader->failed = true;
        return false;
    }
    m->headings[m->heading_count++] = (mcy_heading){copy, l->file->name, l->line};
    return true;
}

/* Does the line that begins here at the first column begin a statement for sure? Then an open
 * bracket before it was forgotten. */
static bool surely_a_statement(const lexer *l)
{
    static const char *const words[] = {
        "unit",    "constant", "dimension", "subset", "fact",  "assumption", "variable",
        "derived", "output",   "start",     "before", "check", "include"};
    size_t n = 0;
    while (is_letter(peek(l, n)) || is_digit(peek(l, n)))
        n++;
    if (peek(l, n) == ':')
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && !memcmp(words[i], l->bytes + l->at, n))
            return peek(l, n) == ' ';
    return false;
}

static bool word_is(const token *t, const char *text)
{
    return t->kind == TOKEN_WORD && !strcmp(t->word->text, text);
}

/* Can a statement not end after this token? */
static bool carries_on(const token *t)
{
    if (t->kind == TOKEN_MARK)
        return t->mark != MARK_CLOSE && t->mark != MARK_CLOSE_SQUARE && t->mark != MARK_NONE;
    return word_is(t, "and") || word_is(t, "or") || word_is(t, "not");
}

/* After one or more line ends, at the first thing of the next line that is not blank. */
static bool lex_line_end(lexer *l, bool first_column)
{
    if (!l->count || l->tokens[l->count - 1].kind == TOKEN_NEWLINE)
        return true;
    bool end = l->at >= l->size;
    bool begins = is_letter(peek(l, 0));
    size_t n = 0;
    while (is_letter(peek(l, n)))
        n++;
    bool joins = (n == 3 && !memcmp(l->bytes + l->at, "and", 3)) ||
                 (n == 2 && !memcmp(l->bytes + l->at, "or", 2));
    bool forgotten = l->depth && first_column && begins && surely_a_statement(l);
    const token *last = &l->tokens[l->count - 1];
    bool ends = end || forgotten ||
                (!l->depth && begins && !joins &&
                 !(carries_on(last) && !(first_column && surely_a_statement(l))));
    if (!ends)
        return true;
    l->depth = 0;
    spot after = last->at;
    after.offset += after.size;
    after.size = 0;
    token *t = push(l, TOKEN_NEWLINE, l->at);
    if (t)
        t->at = after;
    return t != NULL;
}

static bool lex_one(lexer *l, bool *new_line, size_t *line_start)
{
    char c = peek(l, 0);
    if (c == '\n') {
        l->at++;
        l->line++;
        *new_line = true;
        *line_start = l->at;
        return true;
    }
    if (c == ' ' || c == '\t' || c == '\r') {
        l->at++;
        return true;
    }
    if (c == '#')
        return lex_comment(l);
    if (*new_line && !lex_line_end(l, l->at == *line_start))
        return false;
    *new_line = false;
    if (is_letter(c))
        return lex_word(l);
    if (is_digit(c) || (c == '.' && is_digit(peek(l, 1))))
        return lex_number(l);
    return c == '"' ? lex_string(l) : lex_mark(l);
}

token *lex(reader *r, const file_text *file)
{
    lexer l = {.reader = r, .file = file, .bytes = file->bytes, .size = file->size, .line = 1};
    if (l.size >= 3 && !memcmp(l.bytes, "\xEF\xBB\xBF", 3))
        l.at = 3;
    bool new_line = false;
    size_t line_start = l.at;
    while (l.at < l.size)
        if (!lex_one(&l, &new_line, &line_start))
            return NULL;
    if (!lex_line_end(&l, true) || !push(&l, TOKEN_END, l.at))
        return NULL;
    return r->failed ? NULL : l.tokens;
}
