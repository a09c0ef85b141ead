/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as eyes see them: mixing, and distances for normal and colour-blind readers. */
#include <math.h>
#include <string.h>

#include "mcy/theme.h"

uint32_t mcy_colour_lighter(uint32_t rgb, double share)
{
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double channel = (double)(rgb >> shift & 0xFF);
        out |= (uint32_t)lround(channel + (255.0 - channel) * share) << shift;
    }
    return out;
}

static double colour_linear(uint32_t channel)
{
    double c = (double)channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_root(double t)
{
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

/* sRGB (linear, D65) to L*a*b*. */
static void colour_lab(const double rgb[3], double lab[3])
{
    double x = 0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2];
    double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    double z = 0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2];
    double fx = lab_root(x / 0.95047), fy = lab_root(y), fz = lab_root(z / 1.08883);
    lab[0] = 116.0 * fy - 16.0;
    lab[1] = 500.0 * (fx - fy);
    lab[2] = 200.0 * (fy - fz);
}

/* What a dichromat sees of a linear colour: Machado, Oliveira and Fernandes (2009), severity 1. */
static void colour_seen(uint32_t rgb, const char *vision, double lab[3])
{
    static const struct {
        const char *vision;
        double m[3][3];
    } eyes[] = {
        {"protan",
         {{0.152286, 1.052583, -0.204868},
          {0.114503, 0.786281, 0.099216},
          {-0.003882, -0.048116, 1.051998}}},
        {"deutan",
         {{0.367322, 0.860646, -0.227968},
          {0.280085, 0.672501, 0.047413},
          {-0.011820, 0.042940, 0.968881}}},
        {"tritan",
         {{1.255528, -0.076749, -0.178779},
          {-0.078411, 0.930809, 0.147602},
          {0.004733, 0.691367, 0.303900}}},
    };
    double linear[3] = {colour_linear(rgb >> 16 & 0xFF), colour_linear(rgb >> 8 & 0xFF),
                        colour_linear(rgb & 0xFF)};
    double seen[3] = {linear[0], linear[1], linear[2]};
    for (size_t e = 0; e < sizeof eyes / sizeof *eyes; e++)
        if (!strcmp(eyes[e].vision, vision))
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                for (int j = 0; j < 3; j++)
                    sum += eyes[e].m[i][j] * linear[j];
                seen[i] = fmin(fmax(sum, 0.0), 1.0);
            }
    colour_lab(seen, lab);
    if (!strcmp(vision, "grey"))
        lab[1] = lab[2] = 0;
}

double mcy_colour_distance(uint32_t a, uint32_t b, const char *vision)
{
    double one[3], two[3];
    colour_seen(a, vision, one);
    colour_seen(b, vision, two);
    return sqrt((one[0] - two[0]) * (one[0] - two[0]) + (one[1] - two[1]) * (one[1] - two[1]) +
                (one[2] - two[2]) * (one[2] - two[2]));
}
