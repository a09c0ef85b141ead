/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model as data: equations in text become one checked model; a model laid out over quarters
 * becomes a graph of scalar operations with numbered inputs. Nothing here knows what it models.
 *
 *     MCY_TRY(mcy_model_read(arena, count, sources, &model, &report, err));
 *     MCY_TRY(mcy_unroll(arena, model, &(mcy_unroll_options){.last = 15, .base = q}, &u, err));
 *     mcy_unrolled_defaults(u, inputs);
 *     inputs[mcy_unrolled_input(u, capex, element, 3)] = 5200.0;
 *     mcy_node node = mcy_unrolled_node(u, price, dram, 4);
 *     ... compile mcy_unrolled_graph(u) with mcy/program.h, or mcy/evaluate.h for one scenario
 *
 * Quarters are counted from the base quarter: 0 is the base, -1 the one before. A symbol is a
 * declared name; an element is one combination of its dimensions, counted row by row (the last
 * dimension runs fastest), 0 for a symbol without dimensions. All results live in the arena. */
#ifndef MCY_MODEL_H
#define MCY_MODEL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/graph.h"
#include "mcy/quarter.h"
#include "mcy/status.h"
#include "mcy/text.h"

#define MCY_NONE          SIZE_MAX /* no such symbol, element, input */
#define MCY_EVERY_QUARTER INT_MIN  /* the quarter of what has one value for all quarters */

/* ---- reading ------------------------------------------------------------------------------ */

/* A file handed over: the name is used in messages and by `include`. Text need not end in NUL.
 */
typedef struct mcy_source {
    const char *name;
    const char *text;
    size_t size;
} mcy_source;

typedef enum mcy_severity { MCY_SEVERITY_ERROR, MCY_SEVERITY_WARNING } mcy_severity;

/* What is wrong and where. line and column count from 1, column in characters (not bytes);
 * text is the sentence, excerpt the line of the file. */
typedef struct mcy_diagnostic {
    mcy_severity severity;
    const char *file;
    size_t line, column, width; /* width: characters the caret line underlines, at least 1 */
    const char *text;
    const char *excerpt;
} mcy_diagnostic;

/* All that was found, errors in the order of files and lines, then warnings likewise. */
typedef struct mcy_report {
    size_t error_count, warning_count;
    const mcy_diagnostic *diagnostics; /* [error_count + warning_count] */
} mcy_report;

typedef struct mcy_model mcy_model;

/**
 * Read and check a model. All errors of all files are found at once.
 *
 * Given:     arena     owns the model, the report and copies of the texts
 *            count, sources   the files. Reading starts with the first and follows its
 *                      `include` statements by name; a file that nothing includes is read after.
 * Returned:  *model    the checked model; NULL when there are errors
 *            *report   errors and warnings; filled whatever is returned, unless memory was short
 * Fails:     MCY_E_INPUT    there are errors: err has the first and how many more
 *            MCY_E_MEMORY
 * Notes:     checked are syntax, names, subscripts, units, bounds, that every element of every
 *            variable has exactly one equation, that no loop lacks a lag, that no lag reaches
 *            back to where nothing is
 * Checked:   test_wrong_models.c, test_model.c
 */
mcy_status mcy_model_read(mcy_arena *arena, size_t count, const mcy_source *sources,
                          const mcy_model **model, mcy_report *report, mcy_error *err);

/** A diagnostic as it is shown: "file:line:column: error: text", the line, a caret line. */
void mcy_diagnostic_print(const mcy_diagnostic *diagnostic, mcy_text *out);

/**
 * The names in the `include` statements of a text, in order: what a caller that loads files has
 * to hand over with it.
 */
mcy_status mcy_source_includes(mcy_arena *arena, const mcy_source *source, size_t *count,
                               const char *const **names, mcy_error *err);

/* ---- what a model says -------------------------------------------------------------------- */

/* A dimension, or a subset: then parent is its dimension and members[i] the place of element i
 * among the parent's; of a dimension parent is its own number and members[i] = i. */
typedef struct mcy_dimension {
    const char *name;
    const char *meaning; /* "" when none was written */
    size_t element_count;
    const char *const *elements;
    size_t parent;
    const size_t *members;
    const char *file;
    size_t line;
} mcy_dimension;

typedef enum mcy_symbol_kind {
    MCY_SYMBOL_CONSTANT,   /* a number written in the model */
    MCY_SYMBOL_FACT,       /* filled from data at the base quarter */
    MCY_SYMBOL_ASSUMPTION, /* what a scenario may set */
    MCY_SYMBOL_VARIABLE,   /* a value every quarter */
    MCY_SYMBOL_DERIVED,    /* one value, computed at the base quarter */
    MCY_SYMBOL_OUTPUT      /* seen by reports and sweeps, never by an equation */
} mcy_symbol_kind;

/** "constant", "fact", "assumption", ... */
const char *mcy_symbol_kind_name(mcy_symbol_kind kind);

/* How the value of a year follows from its quarters. RATIO is the sum of one symbol over the
 * year divided by the sum of another. */
typedef enum mcy_year_rule {
    MCY_YEAR_NONE,
    MCY_YEAR_SUM,
    MCY_YEAR_MEAN,
    MCY_YEAR_LAST,
    MCY_YEAR_RATIO
} mcy_year_rule;

/* A declared name: the row of the table of assumptions, facts, variables, outputs. Its number
 * is its place in the order of declaration. */
typedef struct mcy_symbol {
    mcy_symbol_kind kind;
    const char *name;
    const char *unit;    /* as written: "usd_m/kwpm", "1", "frac" */
    bool percent;        /* unit frac: a fraction inside, read and shown as % */
    const char *meaning; /* "" when none was written */
    const char *source;  /* "" when none was written */
    size_t dimension_count;
    const size_t *dimensions; /* numbers of dimensions */
    size_t element_count;     /* product of their sizes, 1 without dimensions */
    double low, high;         /* bounds, -INFINITY and INFINITY where none was written */
    double value;             /* default of an assumption, value of a constant, else missing */
    bool path;                /* a value every quarter (variables, path assumptions and those
                                 outputs that depend on the quarter); else one for all */
    int first;                /* of a path: first quarter with a value, <= 0 */
    bool hold;                /* of a path assumption: the first value holds backwards */
    mcy_year_rule year;
    size_t year_over, year_under; /* symbols of RATIO, else MCY_NONE */
    const char *file;
    size_t line;
} mcy_symbol;

size_t mcy_model_dimension_count(const mcy_model *model);
const mcy_dimension *mcy_model_dimension(const mcy_model *model, size_t dimension);
size_t mcy_model_symbol_count(const mcy_model *model);
const mcy_symbol *mcy_model_symbol(const mcy_model *model, size_t symbol);

/** Number of the symbol of that name, or MCY_NONE. */
size_t mcy_model_find_symbol(const mcy_model *model, const char *name);

/** Number of the dimension or subset of that name, or MCY_NONE. */
size_t mcy_model_find_dimension(const mcy_model *model, const char *name);

/**
 * The element named by a path such as "price.dram" or "building_lag.micron.nand".
 *
 * Returned:  *symbol, *element
 * Fails:     MCY_E_INPUT   unknown name or element (did you mean), too few or too many elements
 */
mcy_status mcy_model_find(const mcy_model *model, const char *path, size_t *symbol,
                          size_t *element, mcy_error *err);

/**
 * All elements a path stands for: as mcy_model_find, but `*` stands for every element of its
 * dimension, the name of a subset for its elements, and elements left out at the end for all.
 *
 * Returned:  *symbol, *count, *elements (ascending, never empty)
 */
mcy_status mcy_model_match(mcy_arena *arena, const mcy_model *model, const char *path,
                           size_t *symbol, size_t *count, const size_t **elements,
                           mcy_error *err);

/** The path of an element, "price.dram", appended to out. */
void mcy_model_path(const mcy_model *model, size_t symbol, size_t element, mcy_text *out);

/** Names of the elements of one element of a symbol: out[dimension_count]. */
void mcy_model_element_names(const mcy_model *model, size_t symbol, size_t element,
                             const char **out);

typedef enum mcy_equation_kind {
    MCY_EQUATION_RULE,   /* x = ... */
    MCY_EQUATION_START,  /* start x = ... */
    MCY_EQUATION_BEFORE, /* before x = ... */
    MCY_EQUATION_CHECK   /* check ...; symbol is MCY_NONE */
} mcy_equation_kind;

typedef struct mcy_equation {
    mcy_equation_kind kind;
    const char *tag;     /* "M4a", "" when none was written */
    size_t symbol;       /* what it is an equation of */
    bool at_base;        /* of a check: only at the base quarter */
    const char *meaning; /* of a check: what it says when it fails */
    const char *file;
    size_t line;
} mcy_equation;

/** Equations and checks in the order of the files. */
size_t mcy_model_equation_count(const mcy_model *model);
const mcy_equation *mcy_model_equation(const mcy_model *model, size_t equation);

/** An equation back as text of the language, on one line, with only the brackets it needs. */
void mcy_model_equation_text(const mcy_model *model, size_t equation, mcy_text *out);

/** Symbols that the equations of a symbol read, each once, in the order of declaration. */
mcy_status mcy_model_fed_by(mcy_arena *arena, const mcy_model *model, size_t symbol,
                            size_t *count, const size_t **symbols, mcy_error *err);

/** Symbols whose equations read a symbol, each once, in the order of declaration. */
mcy_status mcy_model_feeds(mcy_arena *arena, const mcy_model *model, size_t symbol,
                           size_t *count, const size_t **symbols, mcy_error *err);

/* A heading of the sheet: a comment line "# ---- text" of the files. */
typedef struct mcy_heading {
    const char *text;
    const char *file;
    size_t line;
} mcy_heading;

size_t mcy_model_heading_count(const mcy_model *model);
const mcy_heading *mcy_model_heading(const mcy_model *model, size_t heading);

/* ---- laid out over quarters --------------------------------------------------------------- */

typedef struct mcy_unroll_options {
    int last;         /* last quarter T, >= 0: a run has quarters 0..T */
    mcy_quarter base; /* calendar quarter of quarter 0: decides `quarter`, 1..4 */
} mcy_unroll_options;

enum { MCY_LAST_QUARTER = 4000 }; /* the largest T */

typedef struct mcy_unrolled mcy_unrolled;

/* A scalar: one element of a symbol in one quarter (MCY_EVERY_QUARTER where it has one value).
 */
typedef struct mcy_place {
    size_t symbol, element;
    int quarter;
} mcy_place;

/**
 * Lay a model out over the quarters: one graph of scalar operations.
 *
 * Given:     arena     owns *unrolled and its graph; may be another than the model's, which must
 *                      live as long
 * Returned:  *unrolled
 * Fails:     MCY_E_INPUT    last outside 0..MCY_LAST_QUARTER
 *            MCY_E_MEMORY
 * Notes:     every variable, derived value and output is in the graph; a program keeps what is
 *            asked for. The named nodes (mcy_graph_name) are variables and derived values; the
 *            owner is read by mcy_unrolled_owner.
 * Checked:   test_unroll.c
 */
mcy_status mcy_unroll(mcy_arena *arena, const mcy_model *model,
                      const mcy_unroll_options *options, mcy_unrolled **unrolled,
                      mcy_error *err);

mcy_graph *mcy_unrolled_graph(mcy_unrolled *unrolled);
const mcy_model *mcy_unrolled_model(const mcy_unrolled *unrolled);
int mcy_unrolled_last(const mcy_unrolled *unrolled);
mcy_quarter mcy_unrolled_base(const mcy_unrolled *unrolled);

/* Inputs. Every element of a fact or a scalar assumption is one input, every quarter (from
 * symbol->first to T) of every element of a path assumption is one. They are numbered without
 * gaps in the order of symbol, element, quarter. */

size_t mcy_unrolled_input_count(const mcy_unrolled *unrolled);

/** Number of an input; quarter is ignored where the symbol has one value. MCY_NONE when the
 *  symbol is no fact or assumption or the quarter is outside first..T. */
size_t mcy_unrolled_input(const mcy_unrolled *unrolled, size_t symbol, size_t element,
                          int quarter);

/** What an input is: the inverse of mcy_unrolled_input. */
mcy_place mcy_unrolled_input_place(const mcy_unrolled *unrolled, size_t input);

/** Every input at its default, missing where it has none (and for facts): inputs[input_count].
 */
void mcy_unrolled_defaults(const mcy_unrolled *unrolled, double *inputs);

/**
 * Are the inputs fit for a run?
 *
 * Fails:     MCY_E_MISSING   some are missing: the first few are named
 *            MCY_E_DOMAIN    some are outside their bounds: the first few, their value and range
 */
mcy_status mcy_unrolled_check_inputs(const mcy_unrolled *unrolled, const double *inputs,
                                     mcy_error *err);

/** Node of a symbol's element in a quarter: input, variable, derived, output or constant; the
 *  quarter is ignored where it has one value. MCY_NODE_NONE outside its quarters. */
mcy_node mcy_unrolled_node(const mcy_unrolled *unrolled, size_t symbol, size_t element,
                           int quarter);

/**
 * Node of the value of a year (or half year, or any set of quarters) by the symbol's yearly
 * rule.
 *
 * Given:     count, quarters   the quarters that make the year, in order
 * Returned:  the node, new ones added to the graph: ask before a program is compiled;
 *            MCY_NODE_NONE when the symbol has no rule or no value in one of the quarters
 */
mcy_node mcy_unrolled_year(mcy_unrolled *unrolled, size_t symbol, size_t element, size_t count,
                           const int *quarters);

/* Conditions that must hold: checks of the model for every element and quarter, and the bounds
 * that were declared for variables. */

typedef struct mcy_unrolled_check {
    mcy_node node;
    size_t equation;     /* the check; MCY_NONE for a bound of a variable or an argument */
    const char *meaning; /* the sentence, with the elements it was checked for */
    int quarter;
} mcy_unrolled_check;

size_t mcy_unrolled_check_count(const mcy_unrolled *unrolled);
const mcy_unrolled_check *mcy_unrolled_checks(const mcy_unrolled *unrolled);
const mcy_node *mcy_unrolled_check_nodes(const mcy_unrolled *unrolled);

/** The place that owns a named node. */
mcy_place mcy_unrolled_owner(const mcy_unrolled *unrolled, size_t owner);

/**
 * What the value of a place is computed from.
 *
 * Returned:  *equation   the equation that computes it in that quarter; MCY_NONE for inputs
 *            *places     each value its equation reads, once, in the order written; of a function
 *                        that looks at several quarters those of the place's own quarter
 */
mcy_status mcy_unrolled_causes(mcy_arena *arena, const mcy_unrolled *unrolled, mcy_place place,
                               size_t *equation, size_t *count, const mcy_place **places,
                               mcy_error *err);

/** A place as text, "price.dram@2026Q2" or "tool_lag.micron.dram", appended to out. */
void mcy_unrolled_place_text(const mcy_unrolled *unrolled, mcy_place place, mcy_text *out);

#endif
