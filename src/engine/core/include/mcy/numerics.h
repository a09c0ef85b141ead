/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numerical libraries under the engine are. */
#ifndef MCY_NUMERICS_H
#define MCY_NUMERICS_H

/** Version of GSL, as in "2.7.1". */
const char *mcy_numerics_gsl(void);

/** OpenBLAS with version, build and kernels, as in "OpenBLAS 0.3.21 ... SkylakeX". */
const char *mcy_numerics_blas(void);

/** Threads OpenBLAS would use: 1 by construction; parallelism belongs to the sweep. */
int mcy_numerics_blas_threads(void);

/** Turn GSL's default handler off (it aborts); every caller of GSL checks statuses. Once, at start. */
void mcy_numerics_start(void);

#endif
