/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the libraries of this floor say by GLib's log, which would go to stderr. */
#ifndef MCY_TYPESET_HEARD_H
#define MCY_TYPESET_HEARD_H

#include "mcy/status.h"

/** From now on keep this thread's first message instead of printing it; forget earlier ones. */
void heard_begin(void);

/** MCY_OK when nothing was said since heard_begin; else MCY_E_EXTERNAL with the message. */
mcy_status heard_status(mcy_error *err);

#endif
