/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statuses and error sentences. */
#include "mcy/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

mcy_status mcy_fail(mcy_error *err, mcy_status status, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->status = status;
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return status;
}

mcy_status mcy_fail_in(mcy_error *err, mcy_status status, const char *format, ...)
{
    if (err) {
        char sentence[MCY_ERROR_TEXT];
        memcpy(sentence, err->text, sizeof sentence);
        va_list args;
        va_start(args, format);
        int used = vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        if (used >= 0 && (size_t)used < sizeof err->text)
            snprintf(err->text + used, sizeof err->text - (size_t)used, ": %s", sentence);
        err->status = status;
    }
    return status;
}

int mcy_status_exit_code(mcy_status status)
{
    switch (status) {
#define X(name, exit_code, meaning)                                                            \
    case MCY_##name:                                                                           \
        return exit_code;
        MCY_STATUS_LIST(X)
#undef X
    }
    return 4;
}

const char *mcy_status_name(mcy_status status)
{
    switch (status) {
#define X(name, exit_code, meaning)                                                            \
    case MCY_##name:                                                                           \
        return #name;
        MCY_STATUS_LIST(X)
#undef X
    }
    return "unknown";
}
