/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of the build: direction numbers of Joe and Kuo (CSV) to a table in C. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 32, LINE = 512 };

static uint32_t reverse(uint32_t x)
{
    uint32_t y = 0;
    for (int bit = 0; bit < BITS; bit++)
        y |= (x >> bit & 1) << (BITS - 1 - bit);
    return y;
}

/* m_k = 2 a_1 m_{k-1} ^ 4 a_2 m_{k-2} ^ ... ^ 2^s m_{k-s} ^ m_{k-s}; v_k = m_k 2^(32 - k). */
static void extend(unsigned degree, unsigned long polynomial, uint32_t m[BITS])
{
    for (unsigned k = degree; k < BITS; k++) {
        uint32_t next = m[k - degree];
        for (unsigned i = 1; i <= degree; i++)
            if (polynomial >> (degree - i) & 1)
                next ^= m[k - i] << i;
        m[k] = next;
    }
}

static int convert(FILE *in, FILE *out, unsigned long wanted)
{
    char line[LINE];
    unsigned long dimension = 0;
    if (!fgets(line, sizeof line, in))
        return 0;
    while (dimension < wanted && fgets(line, sizeof line, in)) {
        char *p = line;
        if (strtoul(p, &p, 10) != ++dimension || *p++ != ',')
            return 0;
        unsigned degree = (unsigned)strtoul(p, &p, 10);
        if (*p++ != ',' || degree > 20)
            return 0;
        unsigned long polynomial = strtoul(p, &p, 10);
        if (*p++ != ',')
            return 0;
        uint32_t m[BITS] = {0};
        if (degree == 0)
            for (int k = 0; k < BITS; k++)
                m[k] = 1;
        for (unsigned k = 0; k < degree; k++) {
            m[k] = (uint32_t)strtoul(p, &p, 10);
            if (m[k] % 2 == 0)
                return 0;
        }
        if (degree)
            extend(degree, polynomial, m);
        fputs("    {", out);
        for (int k = 0; k < BITS; k++)
            fprintf(out, "0x%08" PRIx32 "u,", reverse(m[k] << (BITS - 1 - k)));
        fputs("},\n", out);
    }
    return dimension == wanted;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 64;
    FILE *in = fopen(argv[1], "r"), *out = fopen(argv[2], "w");
    if (!in || !out)
        return 4;
    fprintf(out,
            "/* Made by sobol_table_maker from sobol-joe-kuo.csv: do not edit. */\n"
            "#include <stdint.h>\n\n"
            "extern const uint32_t mcy_sobol_directions[%s][%d];\n"
            "const uint32_t mcy_sobol_directions[%s][%d] = {\n",
            argv[3], BITS, argv[3], BITS);
    int good = convert(in, out, strtoul(argv[3], NULL, 10));
    fputs("};\n", out);
    fclose(in);
    return good && fclose(out) == 0 ? 0 : 2;
}
