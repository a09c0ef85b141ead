/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the typesetter's module gives to the program that loads it. Private to the floor. */
#ifndef MCY_TYPESET_MODULE_H
#define MCY_TYPESET_MODULE_H

#include <stddef.h>

#include "mcy/measure.h"
#include "mcy/typeset.h"

#define MODULE_FILE   "lib/memcycle/typeset.so"
#define MODULE_SYMBOL "mcy_typeset_module"

typedef struct typeset_functions {
    size_t size; /* of this struct: another one comes from another version */
    mcy_status (*measurer_create)(mcy_measurer **measurer, mcy_error *err);
    void (*measurer_destroy)(mcy_measurer *measurer);
    mcy_status (*measure)(mcy_measurer *measurer, const mcy_font *font, const char *text,
                          mcy_text_box *box, mcy_error *err);
    mcy_status (*missing)(mcy_measurer *measurer, const mcy_font *font, const char *text,
                          mcy_text *missing, mcy_error *err);
    mcy_status (*library)(const char **library, mcy_error *err);
    mcy_status (*pdf)(const mcy_document *document, const mcy_typeset_look *look,
                      const char *path, size_t *pages, mcy_error *err);
} typeset_functions;

#endif
