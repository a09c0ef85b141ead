/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command of the program as a table: its options, its help and the function that runs it. The
 * same table serves parsing, --help and the tests of both. */
#ifndef MCY_COMMAND_H
#define MCY_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/* A long option and its letter ('\0' for none). argument names its value in the help; NULL makes
 * it a switch. */
typedef struct mcy_option {
    const char *name;
    char letter;
    const char *argument;
    const char *help;
} mcy_option;

typedef struct mcy_command mcy_command;
typedef struct mcy_given_options mcy_given_options;

/* One invocation. All it points to lives as long as the arena. */
typedef struct mcy_call {
    const mcy_command *command;
    FILE *out, *err; /* results, chatter */
    mcy_arena *arena;
    const char *home;         /* the folder that holds model/, scenarios/ and plots/ */
    const char *command_line; /* as typed, for manifests */
    size_t operand_count;
    const char *const *operands;
    const mcy_given_options *given;
} mcy_call;

struct mcy_command {
    const char *name;
    const char *operands;      /* as the usage line shows them, "" for none */
    const char *summary;       /* one line, for the list of commands */
    const char *description;   /* paragraphs, for --help */
    const char *examples;      /* lines, for --help; NULL for none */
    const mcy_option *options; /* ended by a NULL name; NULL for none */
    size_t least, most;        /* number of operands */
    mcy_status (*run)(mcy_call *call, mcy_error *err);
};

/** Was the option given? */
bool mcy_call_has(const mcy_call *call, const char *option);

/** The last value given for an option, or NULL. */
const char *mcy_call_option(const mcy_call *call, const char *option);

/** All values given for an option, in order. */
size_t mcy_call_options(const mcy_call *call, const char *option, const char *const **values);

/** A path below call->home, in the arena. */
const char *mcy_call_path(const mcy_call *call, const char *relative);

/* All commands, in the order of the help. */
extern const mcy_command *const mcy_commands[];
extern const size_t mcy_command_count;

/* Options of every command: --help, --home DIR. */
extern const mcy_option mcy_common_options[];

/** Print the list of commands, or the help of one. */
void mcy_help_print(FILE *out);
void mcy_command_help_print(const mcy_command *command, FILE *out);

/** "0.1.0 (commit abcdef0)". */
const char *mcy_version(void);

/**
 * Parse the arguments of a command into call->operands and call->given.
 *
 * Given:     argv      argc arguments after the command's name; may be permuted
 * Returned:  *help     --help was given: nothing else was checked
 * Fails:     MCY_E_USAGE  unknown option (did you mean), missing value, too few or many operands
 */
mcy_status mcy_call_parse(mcy_call *call, const mcy_command *command, int argc, char **argv,
                          bool *help, mcy_error *err);

#endif
