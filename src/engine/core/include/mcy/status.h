/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors are values with a sentence: every fallible function returns a mcy_status and fills the
 * mcy_error it was handed last. The sentence is written where the failure is known. */
#ifndef MCY_STATUS_H
#define MCY_STATUS_H

/* The compiler checks printf formats where it can; the header stays standard C elsewhere. */
#if defined(__GNUC__)
#define MCY_PRINTF(format_index, first_argument)                                               \
    __attribute__((format(printf, format_index, first_argument)))
#else
#define MCY_PRINTF(format_index, first_argument)
#endif

/* One list makes the enum, the names and the exit codes, so they cannot drift apart.
 *   X(name, exit code of the program, what it means) */
#define MCY_STATUS_LIST(X)                                                                     \
    X(OK, 0, "done")                                                                           \
    X(E_FINDINGS, 1, "findings: a check found something new")                                  \
    X(E_INPUT, 2, "input refused")                                                             \
    X(E_DOMAIN, 2, "a value is outside the domain of an operation")                            \
    X(E_MISSING, 2, "something that is needed is not there")                                   \
    X(E_NUMERIC, 3, "a numerical method failed")                                               \
    X(E_MEMORY, 4, "out of memory")                                                            \
    X(E_IO, 4, "a file could not be read or written")                                          \
    X(E_EXTERNAL, 5, "an external program failed")                                             \
    X(E_USAGE, 64, "the command line was not understood")

typedef enum mcy_status {
#define X(name, exit_code, meaning) MCY_##name,
    MCY_STATUS_LIST(X)
#undef X
} mcy_status;

enum { MCY_ERROR_TEXT = 1024 };

/* Caller owns it; zero-initialise with {0}. text is one or more lines, lower case, no full stop,
 * what failed first, subjects in single quotes, the value seen and the range allowed. */
typedef struct mcy_error {
    mcy_status status;
    char text[MCY_ERROR_TEXT];
} mcy_error;

/**
 * Fill an error and return its status.
 *
 * Given:     err      may be NULL: then only the status is returned
 *            status   anything but MCY_OK
 *            format   printf format of the sentence, cut at MCY_ERROR_TEXT - 1 bytes
 * Returned:  status
 */
mcy_status mcy_fail(mcy_error *err, mcy_status status, const char *format, ...)
    MCY_PRINTF(3, 4);

/** Put "context: " before the sentence of an error already filled; returns its status. */
mcy_status mcy_fail_in(mcy_error *err, mcy_status status, const char *format, ...)
    MCY_PRINTF(3, 4);

/** Exit code of the program for a status: 0, 1, 2, 3, 4, 5 or 64. */
int mcy_status_exit_code(mcy_status status);

/** Name of a status, as in "E_INPUT". */
const char *mcy_status_name(mcy_status status);

#define MCY_FAIL(err, status, ...) mcy_fail((err), (status), __VA_ARGS__)

/* The one macro that returns. */
#define MCY_TRY(call)                                                                          \
    do {                                                                                       \
        mcy_status mcy_try_status_ = (call);                                                   \
        if (mcy_try_status_ != MCY_OK)                                                         \
            return mcy_try_status_;                                                            \
    } while (0)

#endif
