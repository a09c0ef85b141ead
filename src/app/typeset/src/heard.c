/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib has one log handler a process; ours keeps each thread's first message for its caller. */
#define _POSIX_C_SOURCE 200809L
#include "heard.h"

#include <glib.h>
#include <pthread.h>

static _Thread_local char heard[256];

static void keep(const char *domain, GLogLevelFlags level, const char *message, void *context)
{
    (void)level;
    (void)context;
    if (!heard[0])
        g_snprintf(heard, sizeof heard, "%s: %s", domain ? domain : "glib", message);
}

static void listen_once(void)
{
    g_log_set_default_handler(keep, NULL);
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
