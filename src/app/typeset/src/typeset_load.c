/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor's functions as the program sees them: the module behind them is loaded when the first
 * is called, since its libraries would cost each command of the program its start. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#include "mcy/file.h"
#include "module.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const typeset_functions *module; /* NULL: not to be had, for this reason */
static char reason[512];

static void load(void)
{
    char path[MCY_PATH_MOST];
    if (!mcy_beside_program(MODULE_FILE, mcy_file_exists, path)) {
        snprintf(reason, sizeof reason, "%s is not there: install memcycle again", MODULE_FILE);
        return;
    }
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const typeset_functions *found = handle ? dlsym(handle, MODULE_SYMBOL) : NULL;
    const char *why = found ? NULL : dlerror();
    if (found && found->size == sizeof *found)
        module = found;
    else
        snprintf(reason, sizeof reason, "%.500s",
                 found ? "typeset.so is of another version than the program"
                 : why ? why
                       : MODULE_FILE);
}

static mcy_status loaded(mcy_error *err)
{
    pthread_once(&once, load);
    if (module)
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_EXTERNAL, "the typesetter cannot be loaded: %s", reason);
}

mcy_status mcy_measurer_create(mcy_measurer **measurer, mcy_error *err)
{
    *measurer = NULL;
    MCY_TRY(loaded(err));
    return module->measurer_create(measurer, err);
}

void mcy_measurer_destroy(mcy_measurer *measurer)
{
    if (measurer)
        module->measurer_destroy(measurer);
}

mcy_status mcy_measure(mcy_measurer *measurer, const mcy_font *font, const char *text,
                       mcy_text_box *box, mcy_error *err)
{
    return module->measure(measurer, font, text, box, err);
}

mcy_status mcy_measure_missing(mcy_measurer *measurer, const mcy_font *font, const char *text,
                               mcy_text *missing, mcy_error *err)
{
    return module->missing(measurer, font, text, missing, err);
}

mcy_status mcy_measure_library(const char **library, mcy_error *err)
{
    MCY_TRY(loaded(err));
    return module->library(library, err);
}

mcy_status mcy_typeset_pdf(const mcy_document *document, const mcy_typeset_look *look,
                           const char *path, size_t *pages, mcy_error *err)
{
    MCY_TRY(loaded(err));
    return module->pdf(document, look, path, pages, err);
}
