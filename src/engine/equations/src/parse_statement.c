/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements. After a complaint the rest of the statement is skipped and the next one read, so
 * that one slip costs one message. */
#include <string.h>

#include "language.h"

bool at_mark(const parser *p, mark m)
{
    return p->now->kind == TOKEN_MARK && p->now->mark == m;
}

bool at_word(const parser *p, const char *text)
{
    return p->now->kind == TOKEN_WORD && !strcmp(p->now->word->text, text);
}

bool accept_mark(parser *p, mark m)
{
    bool there = at_mark(p, m);
    p->now += there;
    return there;
}

bool accept_word(parser *p, const char *text)
{
    bool there = at_word(p, text);
    p->now += there;
    return there;
}

const char *token_text(reader *r, const token *t)
{
    if (t->kind == TOKEN_END)
        return "the end of the file";
    if (t->kind == TOKEN_NEWLINE)
        return "the end of the line";
    int shown = t->at.size > 40 ? 40 : (int)t->at.size;
    const char *bytes = t->at.file->bytes + t->at.offset;
    char *text = t->kind == TOKEN_STRING
                     ? mcy_arena_print(r->arena, "the text %.*s", shown, bytes)
                     : mcy_arena_print(r->arena, "'%.*s'", shown, bytes);
    if (!text)
        r->failed = true;
    return text ? text : "";
}

void complain_here(parser *p, const char *expected)
{
    complain(p->reader, p->now->at, "expected %s, found %s", expected,
             token_text(p->reader, p->now));
}

bool expect_mark(parser *p, mark m, const char *after)
{
    static const char *const texts[] = {
        [MARK_ASSIGN] = "'='", [MARK_COLON] = "':'",        [MARK_OPEN] = "'('",
        [MARK_CLOSE] = "')'",  [MARK_CLOSE_SQUARE] = "']'", [MARK_RANGE] = "'..'"};
    if (accept_mark(p, m))
        return true;
    complain(p->reader, p->now->at, "expected %s %s, found %s", texts[m], after,
             token_text(p->reader, p->now));
    return false;
}

bool expect_name(parser *p, const char *what, named *out)
{
    if (p->now->kind != TOKEN_WORD) {
        complain_here(p, what);
        return false;
    }
    *out = (named){p->now->word, p->now->at};
    p->now++;
    return true;
}

bool parse_names(parser *p, const char *what, statement *s)
{
    size_t capacity = 0;
    s->has_items = true;
    do {
        if (!grow(p->reader, (void **)&s->items, s->item_count, &capacity, sizeof *s->items) ||
            !expect_name(p, what, &s->items[s->item_count]))
            return false;
        s->item_count++;
    } while (accept_mark(p, MARK_COMMA));
    return true;
}

static bool parse_texts(parser *p, statement *s)
{
    if (p->now->kind == TOKEN_STRING)
        s->meaning = string_of(p->reader, p->now++);
    if (!accept_mark(p, MARK_AT))
        return true;
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "the source as a text after '@'");
        return false;
    }
    s->source = string_of(p->reader, p->now++);
    return true;
}

/* ---- equations ---- */

static bool parse_equation(parser *p, statement *s, mcy_equation_kind kind)
{
    s->kind = STATEMENT_EQUATION;
    s->equation_kind = kind;
    if (!expect_name(p, "the name of what is computed", &s->name))
        return false;
    if (accept_mark(p, MARK_OPEN_SQUARE) &&
        (!parse_names(p, "a subscript", s) ||
         !expect_mark(p, MARK_CLOSE_SQUARE, "after the subscripts")))
        return false;
    if (at_mark(p, MARK_OPEN)) {
        complain(p->reader, p->now->at, "the left side of an equation has no lag");
        return false;
    }
    if (at_mark(p, MARK_EQ)) {
        complain(p->reader, p->now->at, "an equation is written with '=', '==' compares");
        return false;
    }
    if (!expect_mark(p, MARK_ASSIGN, "after the left side"))
        return false;
    s->right = parse_expression(p);
    return s->right != NULL;
}

static bool parse_check(parser *p, statement *s)
{
    s->kind = STATEMENT_EQUATION;
    s->equation_kind = MCY_EQUATION_CHECK;
    if (at_word(p, "at") && p->now[1].kind == TOKEN_WORD &&
        !strcmp(p->now[1].word->text, "base")) {
        p->now += 2;
        s->at_base = true;
        if (!expect_mark(p, MARK_COLON, "after 'at base'"))
            return false;
    }
    s->right = parse_expression(p);
    if (!s->right)
        return false;
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "a text that says what must hold");
        return false;
    }
    s->meaning = string_of(p->reader, p->now++);
    return true;
}

static bool parse_dimension(parser *p, statement *s)
{
    bool subset = s->kind == STATEMENT_SUBSET;
    if (!expect_name(p, subset ? "the name of the subset" : "the name of the dimension",
                     &s->name))
        return false;
    if (subset && (!expect_mark(p, MARK_COLON, "and the dimension of the subset") ||
                   !expect_name(p, "the dimension of the subset", &s->parent)))
        return false;
    if (subset && !at_mark(p, MARK_ASSIGN))
        return true;
    return expect_mark(p, MARK_ASSIGN, "before the elements") &&
           parse_names(p, "an element", s);
}

static bool parse_include(parser *p)
{
    if (p->now->kind != TOKEN_STRING) {
        complain_here(p, "the name of a file as a text");
        return false;
    }
    reader *r = p->reader;
    const token *at = p->now++;
    const char *name = string_of(r, at);
    const char *names[64];
    size_t known = 0;
    for (size_t i = 0; i < r->file_count; i++) {
        const char *full = r->files[i].name, *slash = strrchr(full, '/');
        if (!strcmp(full, name) || (slash && !strcmp(slash + 1, name))) {
            parse_file(r, &r->files[i]);
            return true;
        }
        if (known < 64)
            names[known++] = slash ? slash + 1 : full;
    }
    complain(r, at->at, "no file '%s'%s", name, did_you_mean(r, name, names, known));
    return false;
}

static const struct keyword {
    const char *text;
    statement_kind kind;
    mcy_symbol_kind symbol;
} keywords[] = {{"unit", STATEMENT_UNIT, 0},
                {"dimension", STATEMENT_DIMENSION, 0},
                {"subset", STATEMENT_SUBSET, 0},
                {"constant", STATEMENT_SYMBOL, MCY_SYMBOL_CONSTANT},
                {"fact", STATEMENT_SYMBOL, MCY_SYMBOL_FACT},
                {"assumption", STATEMENT_SYMBOL, MCY_SYMBOL_ASSUMPTION},
                {"variable", STATEMENT_SYMBOL, MCY_SYMBOL_VARIABLE},
                {"derived", STATEMENT_SYMBOL, MCY_SYMBOL_DERIVED},
                {"output", STATEMENT_SYMBOL, MCY_SYMBOL_OUTPUT}};
enum { KEYWORDS = sizeof keywords / sizeof *keywords };

bool word_reserved(const char *text)
{
    static const char *const others[] = {"t",     "quarter", "and",   "or",     "not",
                                         "start", "before",  "check", "include"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i], text))
            return true;
    for (size_t i = 0; i < KEYWORDS; i++)
        if (!strcmp(keywords[i].text, text))
            return true;
    return function_find(text) != FN_COUNT;
}

/* A word followed by a word is a statement that was misspelt. */
static bool complain_keyword(parser *p)
{
    const char *names[KEYWORDS + 4] = {"start", "before", "check", "include"};
    for (size_t i = 0; i < KEYWORDS; i++)
        names[i + 4] = keywords[i].text;
    const char *text = p->now->word->text;
    complain(p->reader, p->now->at, "unknown statement '%s'%s", text,
             did_you_mean(p->reader, text, names, KEYWORDS + 4));
    return false;
}

static bool parse_declaration(parser *p, statement *s, const struct keyword *k)
{
    p->now++;
    s->kind = k->kind;
    s->symbol_kind = k->symbol;
    bool good = k->kind == STATEMENT_UNIT     ? parse_names(p, "the name of a unit", s)
                : k->kind == STATEMENT_SYMBOL ? parse_symbol(p, s)
                                              : parse_dimension(p, s);
    return good && parse_texts(p, s);
}

static bool parse_one(parser *p, statement *s)
{
    if (p->now->kind != TOKEN_WORD) {
        complain_here(p, "a statement");
        return false;
    }
    if (p->now[1].kind == TOKEN_MARK && p->now[1].mark == MARK_COLON) {
        s->tag = (named){p->now->word, p->now->at};
        p->now += 2;
    }
    for (size_t i = 0; i < KEYWORDS && !s->tag.name; i++)
        if (at_word(p, keywords[i].text))
            return parse_declaration(p, s, &keywords[i]);
    if (accept_word(p, "include"))
        return parse_include(p);
    if (accept_word(p, "start"))
        return parse_equation(p, s, MCY_EQUATION_START);
    if (accept_word(p, "before"))
        return parse_equation(p, s, MCY_EQUATION_BEFORE);
    if (accept_word(p, "check"))
        return parse_check(p, s);
    if (p->now->kind == TOKEN_WORD && p->now[1].kind == TOKEN_WORD)
        return complain_keyword(p);
    return parse_equation(p, s, MCY_EQUATION_RULE);
}

static void keep(reader *r, statement *s)
{
    bool nameless =
        s->kind != STATEMENT_UNIT && s->equation_kind != MCY_EQUATION_CHECK && !s->name.name;
    if (nameless || (s->broken && s->kind == STATEMENT_UNIT && !s->item_count))
        return;
    if (r->last)
        r->last->next = s;
    else
        r->first = s;
    r->last = s;
}

void parse_file(reader *r, const file_text *file)
{
    if (r->file_read[file->number])
        return;
    r->file_read[file->number] = true;
    parser p = {.reader = r, .now = lex(r, file)};
    while (p.now && !r->failed && p.now->kind != TOKEN_END) {
        statement *s = NEW(r, statement, 1);
        if (!s)
            return;
        s->at = p.now->at;
        s->kind = STATEMENT_EQUATION;
        s->meaning = s->source = "";
        p.nesting = p.parts = 0;
        bool include = at_word(&p, "include");
        bool good = parse_one(&p, s);
        if (good && p.now->kind != TOKEN_NEWLINE) {
            complain_here(&p, "the end of the statement");
            good = false;
        }
        s->broken = !good;
        r->broken = r->broken || !good;
        while (p.now->kind != TOKEN_NEWLINE && p.now->kind != TOKEN_END)
            p.now++;
        p.now += p.now->kind == TOKEN_NEWLINE;
        if (!include)
            keep(r, s);
    }
}
