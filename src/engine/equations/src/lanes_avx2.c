/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels of lanes_body.h for AVX2. */
#define MCY_LANES_AVX2
#define MCY_KERNELS mcy_kernels_avx2
#include "lanes_body.h"
