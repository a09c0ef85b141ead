/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How texts are measured and set alike. Private to the typeset floor. */
#ifndef MCY_TYPESET_CONTEXT_H
#define MCY_TYPESET_CONTEXT_H

#include <pango/pangocairo.h>

/** A context without hinting or rounding, so that lengths hold at every resolution; the caller's. */
PangoContext *unhinted_context(PangoFontMap *map, const char *language);

/** Attributes that let no other family stand in for the one that is named; the caller's. */
PangoAttrList *no_fallback(void);

#endif
