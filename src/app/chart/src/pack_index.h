/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index and the trace of a pack. Private to the chart floor. */
#ifndef MCY_CHART_PACK_INDEX_H
#define MCY_CHART_PACK_INDEX_H

#include "mcy/pack.h"

/** index.md: sections, figures in both languages with alt text, links to their files. */
mcy_status mcy_pack_index(const mcy_pack *pack, const mcy_chart *charts, mcy_text *text,
                          mcy_error *err);

/** trace.csv: figure,number,kind,where,what,source,published,confidence. */
mcy_status mcy_pack_trace(const mcy_pack *pack, const mcy_chart *charts, mcy_text *text,
                          mcy_error *err);

#endif
