/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst errors of exp, log and pow on many points: bench_kernels [millions of points a range].
 * Measured against long double; the worst point of each range once more against MPFR. */
#include <stdio.h>
#include <stdlib.h>

#include "mcy/kernels.h"
#include "ulp.h"

typedef struct point {
    double x, y;
} point;
typedef point draw(uint64_t *seed);
typedef enum which { EXP, LOG, POW } which;

static point exp_everywhere(uint64_t *s)
{
    return (point){draw_between(s, -745.0, 709.7), 0};
}
static point exp_normal(uint64_t *s)
{
    return (point){draw_between(s, -708.0, 709.7), 0};
}
static point exp_middle(uint64_t *s)
{
    return (point){draw_between(s, -2.0, 2.0), 0};
}
static point exp_near_0(uint64_t *s)
{
    return (point){ldexp(draw_between(s, -1, 1), -(int)(draw_bits(s) % 60)), 0};
}

static point log_everywhere(uint64_t *s)
{
    point p = {0, 0};
    uint64_t bits = draw_bits(s) % UINT64_C(0x7ff0000000000000);
    memcpy(&p.x, &bits, sizeof bits);
    return p;
}
static point log_middle(uint64_t *s)
{
    return (point){draw_between(s, 0.3, 3.0), 0};
}
static point log_around_1(uint64_t *s)
{
    return (point){draw_between(s, 0.95, 1.1), 0};
}
static point log_near_1(uint64_t *s)
{
    return (point){1.0 + ldexp(draw_between(s, -1, 1), -(int)(draw_bits(s) % 53)), 0};
}

static point pow_middle(uint64_t *s)
{
    return (point){draw_between(s, 0.01, 4.0), draw_between(s, -40, 40)};
}
static point pow_growth(uint64_t *s)
{
    return (point){draw_between(s, 0.5, 1.5), draw_between(s, -10, 10)};
}
static point pow_everywhere(uint64_t *s)
{
    double x = ldexp(draw_between(s, 0.5, 1.0), (int)(draw_bits(s) % 2000) - 1000);
    return (point){x, draw_between(s, -705, 705) / log(x)};
}
static point pow_near_1(uint64_t *s)
{
    double d = ldexp(draw_between(s, -1, 1), -2 - (int)(draw_bits(s) % 40));
    return (point){1.0 + d, draw_between(s, -705, 705) / log1p((1.0 + d) - 1.0)};
}
static point pow_denormal(uint64_t *s)
{
    double x = draw_between(s, 0.001, 1000.0);
    return (point){x, draw_between(s, -745, -708) / log(x)};
}

static const struct {
    const char *name;
    which function;
    draw *draw;
} ranges[] = {
    {"exp  -745 .. 709.7", EXP, exp_everywhere},
    {"exp  -708 .. 709.7", EXP, exp_normal},
    {"exp  -2 .. 2", EXP, exp_middle},
    {"exp  2^-60 .. 1", EXP, exp_near_0},
    {"log  all positive", LOG, log_everywhere},
    {"log  0.3 .. 3", LOG, log_middle},
    {"log  0.95 .. 1.1", LOG, log_around_1},
    {"log  1 +- 2^-53 .. 1", LOG, log_near_1},
    {"pow  0.01 .. 4, +-40", POW, pow_middle},
    {"pow  0.5 .. 1.5, +-10", POW, pow_growth},
    {"pow  all, e^+-705", POW, pow_everywhere},
    {"pow  near 1, e^+-705", POW, pow_near_1},
    {"pow  denormal results", POW, pow_denormal},
};

int main(int argc, char **argv)
{
    long millions = argc > 1 ? strtol(argv[1], NULL, 10) : 2;
    printf("%-24s %10s %10s   worst point\n", "range", "ulp", "MPFR");
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
        uint64_t seed = 20260320 + r;
        double worst = 0.0, at_mpfr = 0.0;
        point at = {0, 0};
        for (long i = 0; i < 1000000 * millions; i++) {
            point p = ranges[r].draw(&seed);
            double error = 0.0;
            switch (ranges[r].function) {
            case EXP:
                error = ulp_error(mcy_exp(p.x), expl((long double)p.x));
                break;
            case LOG:
                error = ulp_error(mcy_log(p.x), logl((long double)p.x));
                break;
            case POW:
                error = ulp_error(mcy_pow(p.x, p.y), powl((long double)p.x, (long double)p.y));
                break;
            }
            if (error > worst) {
                worst = error;
                at = p;
            }
        }
        switch (ranges[r].function) {
        case EXP:
            at_mpfr = ulp_error_mpfr(mcy_exp(at.x), mpfr_exp, at.x, 0);
            break;
        case LOG:
            at_mpfr = ulp_error_mpfr(mcy_log(at.x), mpfr_log, at.x, 0);
            break;
        case POW:
            at_mpfr = ulp_error_mpfr(mcy_pow(at.x, at.y), NULL, at.x, at.y);
            break;
        }
        printf("%-24s %10.4f %10.4f   %a %a\n", ranges[r].name, worst, at_mpfr, at.x, at.y);
    }
    return 0;
}
