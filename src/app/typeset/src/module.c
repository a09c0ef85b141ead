/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one symbol of the module. */
#include "module.h"

extern const typeset_functions mcy_typeset_module;

__attribute__((visibility("default")))
const typeset_functions mcy_typeset_module = {.size = sizeof(typeset_functions),
                                              .measurer_create = mcy_measurer_create,
                                              .measurer_destroy = mcy_measurer_destroy,
                                              .measure = mcy_measure,
                                              .missing = mcy_measure_missing,
                                              .library = mcy_measure_library,
                                              .pdf = mcy_typeset_pdf};
