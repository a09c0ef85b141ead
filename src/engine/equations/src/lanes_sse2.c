/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels of lanes_body.h for SSE2. */
#define MCY_LANES_SSE2
#define MCY_KERNELS mcy_kernels_sse2
#include "lanes_body.h"
