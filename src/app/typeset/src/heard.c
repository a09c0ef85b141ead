/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib has one log a process; ours keeps each thread's first warning for its caller. */
#define _POSIX_C_SOURCE 200809L
#include "heard.h"

#include <glib.h>
#include <pthread.h>
#include <string.h>

static _Thread_local char heard[256];

static void keep(GLogLevelFlags level, const char *domain, const char *message)
{
    const int wrong = G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING;
    if ((level & wrong) && !heard[0])
        g_snprintf(heard, sizeof heard, "%s: %s", domain ? domain : "glib", message);
}

static void keep_plain(const char *domain, GLogLevelFlags level, const char *message,
                       void *context)
{
    (void)context;
    keep(level, domain, message);
}

static GLogWriterOutput keep_fields(GLogLevelFlags level, const GLogField *fields, gsize count,
                                    void *context)
{
    const char *domain = NULL, *message = "";
    (void)context;
    for (gsize i = 0; i < count; i++) {
        if (!strcmp(fields[i].key, "GLIB_DOMAIN"))
            domain = fields[i].value;
        if (!strcmp(fields[i].key, "MESSAGE"))
            message = fields[i].value;
    }
    keep(level, domain, message);
    return G_LOG_WRITER_HANDLED;
}

/* Libraries log in one of two ways. */
static void listen_once(void)
{
    g_log_set_default_handler(keep_plain, NULL);
    g_log_set_writer_func(keep_fields, NULL, NULL);
}

void heard_begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, listen_once);
    heard[0] = '\0';
}

mcy_status heard_status(mcy_error *err)
{
    return heard[0] ? MCY_FAIL(err, MCY_E_EXTERNAL, "%s", heard) : MCY_OK;
}
