/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of a command by getopt_long, from the command's own table; help from the same table. */
#include "command.h"

#include <getopt.h>
#include <string.h>

#include "mcy/text.h"

#define MCY_COMMAND(name) extern const mcy_command mcy_command_##name;
#include "commands.def"
#undef MCY_COMMAND

const mcy_command *const mcy_commands[] = {
#define MCY_COMMAND(name) &mcy_command_##name,
#include "commands.def"
#undef MCY_COMMAND
};
const size_t mcy_command_count = sizeof mcy_commands / sizeof *mcy_commands;

const mcy_option mcy_common_options[] = {
    {"help", 'h', NULL, "show this help"},
    {"home", '\0', "DIR", "folder with model/, scenarios/ and plots/ (else MEMCYCLE_HOME)"},
    {0}};

enum { MOST_OPTIONS = 64, FIRST_CODE = 256 };

struct mcy_given_options {
    const mcy_option *options[MOST_OPTIONS];
    size_t option_count;
    size_t value_counts[MOST_OPTIONS];
    const char **values[MOST_OPTIONS]; /* [value_counts], NULL entries for switches */
};

static size_t collect_options(const mcy_command *command, const mcy_option *list[MOST_OPTIONS])
{
    size_t n = 0;
    for (const mcy_option *o = command->options; o && o->name && n < MOST_OPTIONS; o++)
        list[n++] = o;
    for (const mcy_option *o = mcy_common_options; o->name && n < MOST_OPTIONS; o++)
        list[n++] = o;
    return n;
}

static size_t find_option(const mcy_given_options *given, const char *name)
{
    for (size_t i = 0; i < given->option_count; i++)
        if (strcmp(given->options[i]->name, name) == 0)
            return i;
    return MOST_OPTIONS;
}

bool mcy_call_has(const mcy_call *call, const char *option)
{
    size_t i = find_option(call->given, option);
    return i < MOST_OPTIONS && call->given->value_counts[i] > 0;
}

const char *mcy_call_option(const mcy_call *call, const char *option)
{
    size_t i = find_option(call->given, option);
    if (i == MOST_OPTIONS || !call->given->value_counts[i])
        return NULL;
    return call->given->values[i][call->given->value_counts[i] - 1];
}

size_t mcy_call_options(const mcy_call *call, const char *option, const char *const **values)
{
    size_t i = find_option(call->given, option);
    *values = i < MOST_OPTIONS ? call->given->values[i] : NULL;
    return i < MOST_OPTIONS ? call->given->value_counts[i] : 0;
}

const char *mcy_call_path(const mcy_call *call, const char *relative)
{
    return mcy_arena_print(call->arena, "%s/%s", call->home, relative);
}

static mcy_status refuse_option(const mcy_given_options *given, const char *word, bool value,
                                mcy_error *err)
{
    if (value)
        return MCY_FAIL(err, MCY_E_USAGE, "option '%s' needs a value", word);
    const char *names[MOST_OPTIONS];
    for (size_t i = 0; i < given->option_count; i++)
        names[i] = given->options[i]->name;
    const char *stem = word + strspn(word, "-");
    const char *close = mcy_text_closest(stem, names, given->option_count);
    if (close && strncmp(word, "--", 2) == 0)
        return MCY_FAIL(err, MCY_E_USAGE, "unknown option '%s': did you mean '--%s'?", word,
                        close);
    return MCY_FAIL(err, MCY_E_USAGE, "unknown option '%s'", word);
}

static mcy_status check_operands(const mcy_call *call, mcy_error *err)
{
    const mcy_command *command = call->command;
    if (call->operand_count < command->least)
        return MCY_FAIL(err, MCY_E_USAGE, "too few operands: usage is 'memcycle %s %s'",
                        command->name, command->operands);
    if (call->operand_count > command->most)
        return MCY_FAIL(err, MCY_E_USAGE,
                        "'%s' is one operand too many: usage is 'memcycle %s%s%s'",
                        call->operands[command->most], command->name,
                        command->operands[0] ? " " : "", command->operands);
    return MCY_OK;
}

/* The tables getopt_long wants, made from ours. */
static void fill_getopt(const mcy_given_options *given, struct option *longs, char *letters)
{
    *letters++ = ':'; /* tell a missing value from an unknown option */
    for (size_t i = 0; i < given->option_count; i++) {
        const mcy_option *o = given->options[i];
        longs[i] = (struct option){o->name, o->argument ? required_argument : no_argument, NULL,
                                   FIRST_CODE + (int)i};
        if (o->letter) {
            *letters++ = o->letter;
            if (o->argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
}

static size_t option_of_code(const mcy_given_options *given, int code)
{
    if (code >= FIRST_CODE)
        return (size_t)(code - FIRST_CODE);
    for (size_t i = 0; i < given->option_count; i++)
        if (given->options[i]->letter == (char)code)
            return i;
    return MOST_OPTIONS;
}

mcy_status mcy_call_parse(mcy_call *call, const mcy_command *command, int argc, char **argv,
                          bool *help, mcy_error *err)
{
    mcy_given_options *given = MCY_TAKE(call->arena, mcy_given_options, 1);
    char **words = MCY_TAKE(call->arena, char *, (size_t)argc + 2);
    if (!given || !words)
        return mcy_fail_memory(err);
    /* getopt skips the first word: it stands for the command's name. */
    words[0] = argv[-1];
    for (int i = 0; i < argc; i++)
        words[i + 1] = argv[i];
    call->command = command;
    call->given = given;
    given->option_count = collect_options(command, given->options);
    struct option longs[MOST_OPTIONS + 1] = {{0}};
    char letters[2 * MOST_OPTIONS + 2];
    fill_getopt(given, longs, letters);
    optind = 0;
    opterr = 0;
    for (int code; (code = getopt_long(argc + 1, words, letters, longs, NULL)) != -1;) {
        if (code == '?' || code == ':')
            return refuse_option(given, words[optind - 1], code == ':', err);
        size_t i = option_of_code(given, code);
        if (!given->values[i] &&
            !(given->values[i] = MCY_TAKE(call->arena, const char *, (size_t)argc + 1)))
            return mcy_fail_memory(err);
        given->values[i][given->value_counts[i]++] = optarg;
    }
    *help = mcy_call_has(call, "help");
    call->operand_count = (size_t)(argc + 1 - optind);
    call->operands = (const char *const *)(words + optind);
    return *help ? MCY_OK : check_operands(call, err);
}

void mcy_help_print(FILE *out)
{
    fprintf(out,
            "memcycle: price and bits, margins, supply and scenarios of the memory cycle\n\n"
            "usage: memcycle COMMAND [OPTION...] [OPERAND...]\n\ncommands:\n");
    for (size_t i = 0; i < mcy_command_count; i++)
        fprintf(out, "  %-11s %s\n", mcy_commands[i]->name, mcy_commands[i]->summary);
    fprintf(
        out,
        "\n'memcycle COMMAND --help' tells all about one; 'memcycle --version' the version\n"
        "exit codes: 0 done, 1 findings, 2 input refused, 3 numerical method failed,\n"
        "            4 memory or disk, 5 external program failed, 64 usage\n");
}

static void print_options(const mcy_option *options, FILE *out)
{
    for (const mcy_option *o = options; o && o->name; o++) {
        char flags[64];
        snprintf(flags, sizeof flags, "%c%c%s --%s%s%s", o->letter ? '-' : ' ',
                 o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name,
                 o->argument ? " " : "", o->argument ? o->argument : "");
        fprintf(out, "  %-24s %s\n", flags, o->help);
    }
}

void mcy_command_help_print(const mcy_command *command, FILE *out)
{
    fprintf(out, "memcycle %s: %s\n\nusage: memcycle %s [OPTION...]%s%s\n\n%s\n\noptions:\n",
            command->name, command->summary, command->name, command->operands[0] ? " " : "",
            command->operands, command->description);
    print_options(command->options, out);
    print_options(mcy_common_options, out);
    if (command->examples)
        fprintf(out, "\nexamples:\n%s\n", command->examples);
}
