/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: finds the command and its home folder, runs it, turns its status into an exit code. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "mcy/file.h"
#include "mcy/numerics.h"
#include "mcy/text.h"

#include "build_info.h"

const char *mcy_version(void)
{
    return MCY_VERSION " (commit " MCY_COMMIT ")";
}

static bool is_home(const char *folder)
{
    char path[4096];
    struct stat info;
    snprintf(path, sizeof path, "%s/scenarios/history", folder);
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* --home, then MEMCYCLE_HOME, then the folder one stands in, then what lies beside the program,
 * then the prefix it was built for. */
static const char *find_home(const mcy_call *call)
{
    const char *stated = mcy_call_option(call, "home");
    if (stated)
        return stated;
    const char *environment = getenv("MEMCYCLE_HOME");
    if (environment && *environment)
        return environment;
    if (is_home("."))
        return ".";
    char beside[MCY_PATH_MOST]; /* installed, or the source tree of one in build/PRESET */
    if (mcy_beside_program("share/memcycle", is_home, beside) ||
        mcy_beside_program(".", is_home, beside))
        return mcy_arena_copy(call->arena, beside, strlen(beside));
    return is_home(MCY_INSTALL_HOME) ? MCY_INSTALL_HOME : ".";
}

static const mcy_command *find_command(const char *name)
{
    for (size_t i = 0; i < mcy_command_count; i++)
        if (strcmp(mcy_commands[i]->name, name) == 0)
            return mcy_commands[i];
    return NULL;
}

static int refuse_command(const char *name)
{
    const char *names[64];
    for (size_t i = 0; i < mcy_command_count && i < 64; i++)
        names[i] = mcy_commands[i]->name;
    const char *close = mcy_text_closest(name, names, mcy_command_count);
    fprintf(stderr, "memcycle: unknown command '%s'", name);
    if (close)
        fprintf(stderr, ": did you mean '%s'?", close);
    fprintf(stderr, "\n'memcycle --help' lists the commands\n");
    return mcy_status_exit_code(MCY_E_USAGE);
}

static const char *join_words(mcy_arena *arena, int argc, char **argv)
{
    const char *line = "memcycle";
    for (int i = 1; i < argc && line; i++)
        line = mcy_arena_print(arena, strpbrk(argv[i], " '\"") ? "%s \"%s\"" : "%s %s", line,
                               argv[i]);
    return line ? line : "memcycle";
}

/* Does the sentence speak of a file below the home folder? */
static bool names_home(const char *sentence, const char *home)
{
    const char *at = strstr(sentence, home);
    return at && at[strlen(home)] == '/';
}

static int run_command(const mcy_command *command, int argc, char **argv, mcy_arena *arena)
{
    mcy_error err = {0};
    bool help = false;
    mcy_call call = {.out = stdout, .err = stderr, .arena = arena};
    call.command_line = join_words(arena, argc, argv);
    mcy_status status = mcy_call_parse(&call, command, argc - 2, argv + 2, &help, &err);
    if (status == MCY_OK && help) {
        mcy_command_help_print(command, stdout);
        return 0;
    }
    if (status == MCY_OK) {
        call.home = find_home(&call);
        status = command->run(&call, &err);
    }
    /* A reader that has seen enough ('| head') is no failure to speak of. */
    bool unread = fflush(stdout) != 0 && errno == EPIPE;
    if (unread)
        return mcy_status_exit_code(MCY_E_IO);
    if (ferror(stdout) && status == MCY_OK)
        status = MCY_FAIL(&err, MCY_E_IO, "cannot write the results: %s", strerror(errno));
    if (status != MCY_OK && err.text[0])
        fprintf(stderr, "memcycle %s: %s\n", command->name, err.text);
    if (status != MCY_OK && call.home && names_home(err.text, call.home) && !is_home(call.home))
        fprintf(stderr,
                "'%s' has no scenarios/history: --home or MEMCYCLE_HOME names the folder with "
                "model/, scenarios/ and plots/\n",
                call.home);
    if (status == MCY_E_USAGE)
        fprintf(stderr, "'memcycle %s --help' tells how it is used\n", command->name);
    return mcy_status_exit_code(status);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    mcy_numerics_start();
    if (argc < 2) {
        mcy_help_print(stderr);
        return mcy_status_exit_code(MCY_E_USAGE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        const mcy_command *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (argc > 2 && !command)
            return refuse_command(argv[2]);
        if (command)
            mcy_command_help_print(command, stdout);
        else
            mcy_help_print(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-v") == 0) {
        printf("memcycle %s\n", mcy_version());
        return 0;
    }
    const mcy_command *command = find_command(argv[1]);
    if (!command)
        return refuse_command(argv[1]);
    mcy_arena *arena = mcy_arena_create();
    if (!arena) {
        fprintf(stderr, "memcycle: out of memory\n");
        return mcy_status_exit_code(MCY_E_MEMORY);
    }
    int code = run_command(command, argc, argv, arena);
    mcy_arena_destroy(arena);
    return code;
}
