/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmocka with the checks it lacks: doubles to a relative tolerance, with both values printed. */
#ifndef MCY_TESTS_CHECK_H
#define MCY_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mcy/status.h"

/* |got - want| <= tolerance * max(1, |want|) */
#define check_near(got, want, tolerance)                                                       \
    do {                                                                                       \
        double got_ = (got), want_ = (want), tolerance_ = (tolerance);                         \
        double scale_ = fabs(want_) > 1.0 ? fabs(want_) : 1.0;                                 \
        if (!(fabs(got_ - want_) <= tolerance_ * scale_))                                      \
            fail_msg("%s = %.17g, want %.17g within %g", #got, got_, want_, tolerance_);       \
    } while (0)

#define check_ok(call, err)                                                                    \
    do {                                                                                       \
        mcy_status status_ = (call);                                                           \
        if (status_ != MCY_OK)                                                                 \
            fail_msg("%s: %s", #call, (err).text);                                             \
    } while (0)

/* The call fails with that status, and its sentence holds the words. */
#define check_refused(call, want_status, err, words)                                           \
    do {                                                                                       \
        mcy_status status_ = (call);                                                           \
        if (status_ != (want_status))                                                          \
            fail_msg("%s gave %s, want %s", #call, mcy_status_name(status_),                   \
                     mcy_status_name(want_status));                                            \
        if (!strstr((err).text, (words)))                                                      \
            fail_msg("'%s' does not say '%s'", (err).text, (words));                           \
    } while (0)

#endif
