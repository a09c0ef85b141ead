/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other programs: run once, or keep one alive and talk to it. No shell, no signal handlers. */
#ifndef MCY_SPAWN_H
#define MCY_SPAWN_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"
#include "mcy/text.h"

/* A program that was started in its own process group; its standard streams are ours. Writing to
 * one that has died gives a status, never SIGPIPE. */
typedef struct mcy_process mcy_process;

/* How a program ended. exit_code is -1 when a signal ended it. */
typedef struct mcy_process_end {
    int exit_code;
    int signal;
} mcy_process_end;

/**
 * Start a program.
 *
 * Given:     arguments   NULL-terminated; arguments[0] is looked up in PATH
 *            folder      its working folder, NULL = ours
 * Returned:  *process    destroyed by mcy_process_destroy
 * Fails:     MCY_E_EXTERNAL   cannot be started: the program and the system's reason
 *            MCY_E_MEMORY, MCY_E_IO (no pipes)
 */
mcy_status mcy_process_create(const char *const *arguments, const char *folder,
                              mcy_process **process, mcy_error *err);

/**
 * Send bytes and collect what comes back until a marker stands in either stream.
 *
 * Given:     bytes, size   sent to its standard input
 *            marker        text to wait for on output or errors, NULL: return when all is sent
 *            timeout_seconds   for the whole exchange, > 0
 *            output, errors    grow by what was read; either may be NULL (read and dropped)
 * Fails:     MCY_E_EXTERNAL   it died, closed its input, or the time ran out (the sentence says
 *                             which, with its last lines of errors); destroy it then
 */
mcy_status mcy_process_exchange(mcy_process *process, const char *bytes, size_t size,
                                const char *marker, double timeout_seconds, mcy_text *output,
                                mcy_text *errors, mcy_error *err);

/**
 * Close its input, collect the rest, wait for the end.
 *
 * Returned:  *end     how it ended, also when that is a failure
 * Fails:     MCY_E_EXTERNAL   the time ran out: its group was killed
 */
mcy_status mcy_process_finish(mcy_process *process, double timeout_seconds, mcy_text *output,
                              mcy_text *errors, mcy_process_end *end, mcy_error *err);

/** Kill the process group when it still lives, reap it, free all; NULL is fine. */
void mcy_process_destroy(mcy_process *process);

/**
 * Run a program to its end: create, send input, finish, destroy.
 *
 * Fails:     MCY_E_EXTERNAL   as above, and also a non-zero exit code or a signal: the sentence
 *                             holds the program, the code and the end of its errors
 */
mcy_status mcy_spawn(const char *const *arguments, const char *folder, const char *input,
                     size_t input_size, double timeout_seconds, mcy_text *output,
                     mcy_text *errors, mcy_error *err);

#endif
