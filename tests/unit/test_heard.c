/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GLib logs becomes a sentence: by itself, since the process has one log and the module of the
 * typesetter sets it too. */
#include "check.h"

#include <glib.h>

#include "heard.h"

static void heard__of_a_warning__is_a_sentence(void **state)
{
    (void)state;
    mcy_error err = {0};
    heard_begin();
    g_log("Fonts", G_LOG_LEVEL_MESSAGE, "nothing to worry about");
    check_ok(heard_status(&err), err);
    g_log("Fonts", G_LOG_LEVEL_WARNING, "couldn't load '%s'", "Some Family");
    g_log("Fonts", G_LOG_LEVEL_WARNING, "a second one");
    check_refused(heard_status(&err), MCY_E_EXTERNAL, err,
                  "Fonts: couldn't load 'Some Family'");
    heard_begin();
    g_log_structured("Pages", G_LOG_LEVEL_CRITICAL, "MESSAGE", "no page %d", 7);
    check_refused(heard_status(&err), MCY_E_EXTERNAL, err, "Pages: no page 7");
    heard_begin();
    check_ok(heard_status(&err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(heard__of_a_warning__is_a_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
