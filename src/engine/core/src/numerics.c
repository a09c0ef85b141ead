/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numerical libraries under the engine are. */
#include "mcy/numerics.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_version.h>

/* Declared here: Debian's cblas.h may be another library's. */
extern char *openblas_get_config(void);
extern int openblas_get_num_threads(void);
extern void openblas_set_num_threads(int threads);

const char *mcy_numerics_gsl(void)
{
    return gsl_version;
}

const char *mcy_numerics_blas(void)
{
    return openblas_get_config();
}

int mcy_numerics_blas_threads(void)
{
    return openblas_get_num_threads();
}

void mcy_numerics_start(void)
{
    gsl_set_error_handler_off();
    openblas_set_num_threads(1);
}
