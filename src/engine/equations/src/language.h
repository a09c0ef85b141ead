/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the front end share: words, places in files, trees of expressions,
 * statements as parsed, the model as checked. The way through: lexer.c (text to tokens),
 * parse_statement.c and parse_expression.c with their parts (tokens to statements), declare.c
 * (names), resolve.c (what names and subscripts mean), cover.c (which equation computes which
 * element), check_units.c, trial.c (loops and lags), then unroll.c, evaluate.c and render.c
 * read the checked model. */
#ifndef MCY_LANGUAGE_H
#define MCY_LANGUAGE_H

#include "mcy/model.h"

enum {
    UNITS_MOST = 48,     /* base units of a model */
    SUBSCRIPTS_MOST = 6, /* dimensions of a symbol */
    SLOTS_MOST = 16,     /* dimension names an equation binds, reductions included */
    POWER_WHOLE = 12,    /* powers of units are counted in twelfths, so that roots have one */
    POWER_MOST = 20 * POWER_WHOLE,
    NESTING_MOST = 200, /* brackets in brackets */
    PARTS_MOST = 4000,  /* numbers, names and operators of one expression */
    HISTORY_MOST = 400, /* quarters back that a `from` or a lag may reach */
    ELEMENTS_MOST = 100000,
    ORDER_MOST = 24 /* stages of a pascal lag */
};

/* ---- words and places ---- */

/* A word of the language's texts, one object for each spelling: what it names is found at once.
 */
typedef struct word {
    const char *text;
    size_t symbol, dimension, unit; /* MCY_NONE when it names none */
    const struct statement *tagged; /* the first equation that has it as its tag */
} word;

typedef struct file_text {
    const char *name, *bytes;
    size_t size, number;
} file_text;

/* A place in a file. */
typedef struct spot {
    const file_text *file;
    uint32_t offset, size; /* bytes */
    uint32_t line;         /* from 1 */
} spot;

/* ---- tokens ---- */

typedef enum token_kind {
    TOKEN_END,
    TOKEN_NEWLINE,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_MARK /* one of the marks below, or a character that is none */
} token_kind;

typedef enum mark {
    MARK_NONE,
    MARK_PLUS,
    MARK_MINUS,
    MARK_TIMES,
    MARK_OVER,
    MARK_POWER,
    MARK_LT,
    MARK_LE,
    MARK_GT,
    MARK_GE,
    MARK_EQ,
    MARK_NE,
    MARK_ASSIGN,
    MARK_COLON,
    MARK_COMMA,
    MARK_AT,
    MARK_RANGE,
    MARK_OPEN,
    MARK_CLOSE,
    MARK_OPEN_SQUARE,
    MARK_CLOSE_SQUARE
} mark;

typedef struct token {
    token_kind kind;
    mark mark;
    spot at;
    word *word;   /* of a WORD */
    double value; /* of a NUMBER */
} token;

/* ---- units ---- */

/* Powers of the base units in twelfths. any fits every unit: the literal 0. */
typedef struct unit {
    int16_t power[UNITS_MOST];
    bool any;
} unit;

/* A unit as written: factors in order; resolved once the units are declared. */
typedef struct unit_factor {
    word *name; /* NULL for 1 */
    spot at;
    int power;
} unit_factor;

typedef struct unit_text {
    size_t count;
    unit_factor *factors;
    spot at;
    const char *text;
} unit_text;

/* ---- trees ---- */

typedef enum tree_kind {
    TREE_BAD, /* a complaint was made; fits everywhere */
    TREE_NUMBER,
    TREE_NAME,     /* an element of a symbol, perhaps lagged */
    TREE_TIME,     /* t */
    TREE_CALENDAR, /* quarter */
    TREE_APPLY,    /* an operator or function of args */
    TREE_REDUCE    /* sum, prod, min, max over dimensions of args[0] */
} tree_kind;

/* X(name, text, least, most arguments): operators, then functions. most 0 = any number. */
#define OPERATOR_LIST(X)                                                                       \
    X(ADD, "+", 2, 2)                                                                          \
    X(SUB, "-", 2, 2)                                                                          \
    X(MUL, "*", 2, 2)                                                                          \
    X(DIV, "/", 2, 2)                                                                          \
    X(POW, "^", 2, 2)                                                                          \
    X(NEG, "-", 1, 1)                                                                          \
    X(LT, "<", 2, 2)                                                                           \
    X(LE, "<=", 2, 2)                                                                          \
    X(GT, ">", 2, 2)                                                                           \
    X(GE, ">=", 2, 2)                                                                          \
    X(EQ, "==", 2, 2)                                                                          \
    X(NE, "!=", 2, 2)                                                                          \
    X(AND, "and", 2, 2)                                                                        \
    X(OR, "or", 2, 2)                                                                          \
    X(NOT, "not", 1, 1)
#define FUNCTION_LIST(X)                                                                       \
    X(IF, "if", 3, 3)                                                                          \
    X(MIN, "min", 2, 0)                                                                        \
    X(MAX, "max", 2, 0)                                                                        \
    X(CLAMP, "clamp", 3, 3)                                                                    \
    X(ABS, "abs", 1, 1)                                                                        \
    X(EXP, "exp", 1, 1)                                                                        \
    X(LOG, "log", 1, 1)                                                                        \
    X(SQRT, "sqrt", 1, 1)                                                                      \
    X(RATIO, "ratio", 2, 2)                                                                    \
    X(BASE, "base", 1, 1)                                                                      \
    X(SUM, "sum", 1, 1)                                                                        \
    X(PROD, "prod", 1, 1)                                                                      \
    X(PASCAL, "pascal", 4, 4)                                                                  \
    X(STRAIGHT_LINE, "straight_line", 3, 3)                                                    \
    X(SUM_LAST, "sum_last", 2, 2)                                                              \
    X(RAMP, "ramp", 4, 4)                                                                      \
    X(FIRST_QUARTER, "first_quarter", 1, 1)                                                    \
    X(QUARTER_OF_MAX, "quarter_of_max", 1, 1)                                                  \
    X(MAX_ALL, "max_all", 1, 1)                                                                \
    X(MIN_ALL, "min_all", 1, 1)                                                                \
    X(SUM_ALL, "sum_all", 1, 1)                                                                \
    X(MEAN_ALL, "mean_all", 1, 1)

typedef enum function {
#define X(name, text, least, most) FN_##name,
    OPERATOR_LIST(X) FUNCTION_LIST(X)
#undef X
        FN_COUNT
} function;

typedef struct function_entry {
    const char *text;
    size_t least, most;
} function_entry;

extern const function_entry function_table[FN_COUNT];

/** The function of that name, FN_COUNT when there is none (operators are not found). */
function function_find(const char *text);

/** Whether it looks at all quarters of a run: only for outputs. */
static inline bool function_of_all_quarters(function f)
{
    return f >= FN_FIRST_QUARTER && f <= FN_MEAN_ALL;
}

/* One subscript. Written: a name. Resolved: a slot of the equation, or a fixed element. */
typedef struct subscript {
    word *name;
    spot at;
    size_t dimension; /* of the symbol, at this place */
    size_t slot;      /* MCY_NONE: fixed */
    size_t fixed;     /* element of dimension */
} subscript;

/* A dimension name that an equation or a reduction binds. */
typedef struct binding {
    word *name;
    spot at;
    size_t dimension, slot;
} binding;

typedef struct tree tree;
struct tree {
    tree_kind kind;
    function function;
    spot at;
    size_t symbol; /* NAME */
    int lag;       /* NAME: quarters back, >= 0 */
    bool has_lag;
    word *lag_name;       /* NAME: a constant that says how many */
    bool bracketed;       /* written in brackets of its own */
    word *name;           /* NAME, as written; CALENDAR */
    double value;         /* NUMBER */
    unit_text *unit_text; /* NUMBER with a unit, else NULL */
    unit *unit;           /* NUMBER with a unit, resolved */
    size_t sub_count;
    subscript *subs; /* NAME */
    size_t binding_count;
    binding *bindings; /* REDUCE */
    size_t arg_count;
    tree **args;
    long fixed[2]; /* whole-number arguments: order, dead; life, delay; number */
};

/* ---- statements as parsed ---- */

typedef struct range_text {
    double low, high;
    spot at;
} range_text;

typedef enum statement_kind {
    STATEMENT_UNIT,
    STATEMENT_DIMENSION,
    STATEMENT_SUBSET,
    STATEMENT_SYMBOL,
    STATEMENT_EQUATION
} statement_kind;

typedef struct named {
    word *name;
    spot at;
} named;

typedef struct statement statement;
struct statement {
    statement *next;
    statement_kind kind;
    spot at;     /* its first word */
    bool broken; /* a complaint was made; only its name is to be trusted */
    named name;
    size_t item_count; /* units, elements; dimensions of a symbol; subscripts of an equation */
    named *items;
    bool has_items;
    named parent; /* of a subset */
    const char *meaning, *source;
    /* symbols */
    mcy_symbol_kind symbol_kind;
    unit_text *unit;
    bool has_range, has_value, path, hold;
    range_text range;
    tree *value;
    int first;
    mcy_year_rule year;
    named year_over, year_under;
    spot first_at, year_at, hold_at, path_at;
    /* equations and checks */
    mcy_equation_kind equation_kind;
    named tag;
    bool at_base;
    tree *right;
};

/* ---- the model as checked ---- */

typedef struct dimension_entry {
    mcy_dimension public;
    word **words;         /* [element_count] */
    const size_t *places; /* [elements of the parent] own element of a parent's, or MCY_NONE */
    spot at;
    bool broken;
} dimension_entry;

typedef struct equation_entry {
    mcy_equation public;
    spot at;
    size_t sub_count;
    subscript *subs;      /* of the left side */
    size_t binding_count; /* of the left side; of a check the free dimension names */
    binding bindings[SLOTS_MOST];
    size_t slot_count;
    tree *right;
    bool broken;
    size_t next_of_symbol;
} equation_entry;

typedef struct symbol_entry {
    mcy_symbol public;
    unit unit;
    spot at, unit_at, first_at;
    bool broken, used, output_reads_all;
    tree *value; /* of a constant, until it is computed */
    int value_state;
    named year_over, year_under;
    spot year_at;
    size_t *rule, *start, *before; /* [element_count] equations, MCY_NONE for none */
    size_t first_equation;         /* chained by next_of_symbol */
} symbol_entry;

struct mcy_model {
    mcy_arena *arena;
    size_t word_count, word_slots;
    word **words; /* open-addressed by spelling */
    size_t unit_count;
    word *units[UNITS_MOST];
    size_t dimension_count, dimension_capacity;
    dimension_entry *dimensions;
    size_t symbol_count, symbol_capacity;
    symbol_entry *symbols;
    size_t equation_count, equation_capacity;
    equation_entry *equations;
    size_t heading_count, heading_capacity;
    mcy_heading *headings;
};

/* ---- reading ---- */

typedef struct complaint {
    mcy_severity severity;
    spot at;
    size_t order;
    const char *text;
} complaint;

typedef struct reader {
    mcy_arena *arena;
    mcy_model *model;
    size_t file_count;
    file_text *files;
    bool *file_read;
    statement *first, *last;
    size_t complaint_count, complaint_capacity;
    complaint *complaints;
    size_t error_count;
    bool broken; /* a statement could not be read */
    bool failed; /* memory was short */
} reader;

/* report.c */
void complain(reader *r, spot at, const char *format, ...) MCY_PRINTF(3, 4);
void warn(reader *r, spot at, const char *format, ...) MCY_PRINTF(3, 4);
void *take(reader *r, size_t count, size_t size);
bool grow(reader *r, void **items, size_t count, size_t *capacity, size_t size);
/** Has an error that begins with these words been complained about at that place? */
bool complained_at(const reader *r, spot at, const char *beginning);
mcy_status report_make(reader *r, mcy_report *report, mcy_error *err);
/** ": did you mean 'x'?" for the closest of the names, "" when none is close. */
const char *did_you_mean(reader *r, const char *text, const char *const *names, size_t count);

#define NEW(r, type, count) ((type *)take((r), (count), sizeof(type)))

/* spelling.c */
word *word_of(mcy_model *model, const char *text, size_t size);
word *word_find(const mcy_model *model, const char *text, size_t size);

/* lexer.c */
/** Tokens of a file, ended by NEWLINE and END; NULL when memory is short. */
token *lex(reader *r, const file_text *file);
/** The text of a STRING token without its quotes. */
const char *string_of(reader *r, const token *t);

/* parse_statement.c, parse_symbol.c, parse_expression.c, parse_leaf.c */
typedef struct parser {
    reader *reader;
    const token *now;
    size_t nesting, parts;
} parser;
void parse_file(reader *r, const file_text *file);
tree *parse_expression(parser *p);
tree *parse_number(parser *p);
tree *parse_name(parser *p);
tree *make_tree(parser *p, tree_kind kind, spot at);
unit_text *parse_unit(parser *p);
bool at_mark(const parser *p, mark m);
bool at_word(const parser *p, const char *text);
bool accept_mark(parser *p, mark m);
bool accept_word(parser *p, const char *text);
bool expect_name(parser *p, const char *what, named *out);
bool parse_names(parser *p, const char *what, statement *s);
bool parse_symbol(parser *p, statement *s);
bool expect_mark(parser *p, mark m, const char *after);
void complain_here(parser *p, const char *expected);
const char *token_text(reader *r, const token *t);

/* declare.c, declare_symbol.c */
void declare(reader *r);
void declare_symbol(reader *r, const statement *s);
void finish_symbols(reader *r);
bool unit_resolve(reader *r, const unit_text *text, unit *out);
bool word_reserved(const char *text);
/** "an assumption", "a derived value", ... */
const char *kind_phrase(mcy_symbol_kind kind);

/* resolve.c, resolve_name.c */
void resolve(reader *r);
typedef struct scope {
    reader *reader;
    equation_entry *equation;
    size_t bound_count;
    binding bound[SLOTS_MOST]; /* what may be used as a subscript now */
    size_t reduced_count;
    word *reduced[SLOTS_MOST]; /* of a check: names its reductions have bound */
    bool free_allowed;         /* a check: a dimension name binds itself */
    mcy_symbol_kind kind;      /* what the equation computes */
    bool constant;             /* only numbers and constants may appear */
    size_t owner;              /* symbol computed, MCY_NONE for a check */
} scope;
void resolve_tree(scope *s, tree *t);
void resolve_name(scope *s, tree *t);
bool subscript_resolve(scope *s, size_t symbol, size_t position, subscript *sub);
bool constant_value(reader *r, size_t symbol, double *value);
bool whole_constant(reader *r, const tree *t, const char *what, long low, long high, long *out);
bool dimension_contains(const mcy_model *model, size_t outer, size_t inner);

/* cover.c */
void cover(reader *r);
const char *element_text(mcy_arena *arena, const mcy_model *model, size_t symbol,
                         size_t element);

/* check_units.c, unit_text.c */
void check_units(reader *r);
bool unit_same(const unit *a, const unit *b);
const char *unit_print(reader *r, const unit *u);

void infer_unit(reader *r, const tree *t, unit *out);

/* tree.c */
bool tree_varies(const mcy_model *model, const tree *t);
int tree_first(const mcy_model *model, const tree *t);
size_t tree_element(const mcy_model *model, const tree *name, const size_t *env);
void equation_env(const mcy_model *model, const equation_entry *e, size_t element, size_t *env);

#endif
