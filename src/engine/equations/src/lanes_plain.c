/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels of lanes_body.h for any machine: standard C, one lane at a time. */
#define MCY_LANES_PLAIN
#define MCY_KERNELS mcy_kernels_plain
#include "lanes_body.h"
