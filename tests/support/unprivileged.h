/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user without rights meets, also where the tests run as root: a child of another user. */
#ifndef MCY_TESTS_UNPRIVILEGED_H
#define MCY_TESTS_UNPRIVILEGED_H

#include <stdbool.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs check in a child that may not write everywhere; true when it returned true. */
static inline bool holds_unprivileged(bool (*check)(void *context), void *context)
{
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(2);
        _exit(check(context) ? 0 : 1);
    }
    int how = 0;
    return child > 0 && waitpid(child, &how, 0) == child && WIFEXITED(how) &&
           WEXITSTATUS(how) == 0;
}

#endif
