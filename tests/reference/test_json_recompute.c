/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `memcycle run --show-inputs` prints is enough to recompute a run: the plain loops read
 * that JSON alone, and every value they give is held against the CSV of the run. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "plain_model.h"

enum { INPUTS = 256, VALUES = 2048, RANK = 3 };
typedef struct input {
    char name[64], dimension[RANK][16];
    int rank, first, count;
    bool path; /* a value for each quarter from `first` */
    double value[VALUES];
} input;
typedef struct inputs {
    int count, quarter_of_year, last;
    char start[8];
    input input[INPUTS];
} inputs;

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 4 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (4 << 20) - 1, file) < (4 << 20) - 1);
    fclose(file);
    return text;
}

static const char *after(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    if (at == NULL)
        fail_msg("no %s in the JSON", key);
    return at + strlen(key);
}

static int place(const char *dimension, const char *element)
{
    const struct {
        const char *name, *const *element;
        int count;
    } list[] = {{"firm", plain_firm, FIRMS},
                {"product", plain_product, PRODUCTS},
                {"fab", plain_fab, FABS},
                {"market", plain_market, MARKETS}};
    for (size_t n = 0; n < 4; n++)
        for (int i = 0; strcmp(list[n].name, dimension) == 0 && i <= list[n].count; i++)
            if (element == NULL || i == list[n].count)
                return element == NULL ? list[n].count : -1;
            else if (strcmp(list[n].element[i], element) == 0)
                return i;
    fail_msg("unknown dimension %s", dimension);
    return -1;
}

static const char *read_input(const char *at, input *it)
{
    const char *end = strchr(at, '}'), *first = strstr(at, "\"first\":");
    assert_non_null(end);
    it->path = first != NULL && first < end;
    it->first = it->path ? (int)strtol(first + 8, NULL, 10) : 0;
    for (at = after(at, "\"dimensions\": ["); *at != ']'; at++)
        if (*at == '"') {
            size_t size = strcspn(++at, "\"");
            assert_true(it->rank < RANK && size < 16);
            memcpy(it->dimension[it->rank++], at, size);
            at += size;
        }
    for (at = after(at, "\"values\":"); at < end;)
        if (strchr("[], \n", *at) != NULL) {
            at++;
        } else {
            char *next;
            assert_true(it->count < VALUES);
            it->value[it->count++] = strtod(at, &next);
            assert_true(next > at);
            at = next;
        }
    return end + 1;
}

static void read_inputs(const char *text, inputs *all)
{
    memset(all, 0, sizeof *all);
    const char *at = after(text, "\"quarters\": [");
    memcpy(all->start, strchr(at, '"') + 1, 6);
    for (all->last = -1; *at != ']'; at++)
        all->last += *at == ',' || all->last < 0;
    all->quarter_of_year = (int)strtol(after(at, "\"base_quarter_of_year\":"), NULL, 10);
    at = after(at, "\"inputs\": {");
    while (at += strspn(at, ", \n"), *at == '"') {
        size_t size = strcspn(++at, "\"");
        assert_true(all->count < INPUTS && size < 64);
        input *it = &all->input[all->count++];
        memcpy(it->name, at, size);
        at = read_input(at + size, it);
    }
}

static double look_up(void *context, const char *path, int quarter)
{
    inputs *all = context;
    char copy[128], *element[RANK + 1] = {copy};
    int parts = 1, index = 0, cells = 1;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '.' && parts <= RANK) {
            *c = '\0';
            element[parts++] = c + 1;
        }
    for (int n = 0; n < all->count; n++) {
        const input *it = &all->input[n];
        if (strcmp(it->name, copy) != 0)
            continue;
        assert_int_equal(it->rank, parts - 1);
        for (int d = 0; d < it->rank; d++) {
            int size = place(it->dimension[d], NULL);
            index = index * size + place(it->dimension[d], element[d + 1]);
            cells *= size;
        }
        int length = it->count / cells, at = it->path ? quarter - it->first : 0;
        if (at < 0 || at >= length)
            fail_msg("the JSON has no %s in quarter %d", path, quarter);
        return it->value[index * length + at];
    }
    fail_msg("the JSON has no %s", path);
    return 0;
}

static plain_run plain;
static double krw[3][FIRMS][SPAN], per_wafer[FIRMS][PRODUCTS][SPAN], parity[FIRMS][SPAN];

static void derive(inputs *all) /* KRW and S8b, S8d from the plain loops */
{
    for (int i = 0; i < FIRMS; i++)
        for (int t = 0; t <= all->last; t++) {
            char path[64];
            double fx = look_up(all, "fx", t), cost[PRODUCTS];
            snprintf(path, sizeof path, "weeks_in_quarter.%s", plain_firm[i]);
            double weeks = look_up(all, path, t) / look_up(all, path, 0);
            krw[0][i][AT(t)] = plain.revenue[i][AT(t)] * fx;
            krw[1][i][AT(t)] = plain.operating_income[i][AT(t)] * fx;
            krw[2][i][AT(t)] = plain.eps[i][AT(t)] * fx;
            for (int k = 0; k < PRODUCTS; k++) {
                double w = plain.wafers[i][k][AT(t)];
                cost[k] = plain.unit_cost[i][k][AT(t)] * plain.shipped[i][k][AT(t)] * weeks;
                per_wafer[i][k][AT(t)] = w != 0 ? plain.sales[i][k][AT(t)] / w : 0;
            }
            double w = plain.wafers[i][DRAM][AT(t)], sold = plain.sales[i][HBM][AT(t)];
            double earns = w != 0 ? (plain.sales[i][DRAM][AT(t)] - cost[DRAM]) / w : 0;
            parity[i][AT(t)] = sold == 0 ? 0
                                         : (earns * plain.wafers[i][HBM][AT(t)] + cost[HBM]) *
                                               plain.realised[i][HBM][AT(t)] / sold;
        }
}

#define ONE(name, dimension, field) {name, dimension, NULL, &(field)[0][0]}
#define TWO(name, second, field) {name, "firm", second, &(field)[0][0][0]}
static const struct {
    const char *name, *first, *second;
    const double *value;
} table[] = {
    ONE("revenue", "firm", plain.revenue), ONE("depreciation", "firm", plain.depreciation),
    ONE("cogs", "firm", plain.cogs), ONE("gross_margin", "firm", plain.gross_margin),
    ONE("operating_income", "firm", plain.operating_income),
    ONE("net_income", "firm", plain.net_income),
    ONE("net_income_gaap", "firm", plain.net_income_gaap),
    ONE("interest", "firm", plain.interest), ONE("tax", "firm", plain.tax),
    ONE("losses", "firm", plain.losses), ONE("nwc_change", "firm", plain.nwc_change),
    ONE("ocf", "firm", plain.ocf), ONE("fcf", "firm", plain.fcf),
    ONE("net_cash", "firm", plain.net_cash), ONE("equity", "firm", plain.equity),
    ONE("shares", "firm", plain.shares), ONE("eps", "firm", plain.eps),
    ONE("eps_gaap", "firm", plain.eps_gaap), ONE("revenue_krw", "firm", krw[0]),
    ONE("operating_income_krw", "firm", krw[1]), ONE("eps_krw", "firm", krw[2]),
    ONE("hbm_parity_price", "firm", parity), ONE("price", "product", plain.price),
    ONE("price_move", "product", plain.move), ONE("price_memory", "product", plain.memory),
    ONE("demand", "product", plain.demand), ONE("orders", "product", plain.orders),
    ONE("offered", "product", plain.offered), ONE("shipped_total", "product", plain.total),
    ONE("fill_rate", "product", plain.fill), ONE("normal_price", "product", plain.normal),
    ONE("concentration", "product", plain.concentration),
    ONE("industry_bits", "fab", plain.industry_bits), TWO("space", "fab", plain.space),
    TWO("capacity", "fab", plain.capacity), TWO("ramping", "fab", plain.ramping),
    TWO("waiting", "fab", plain.waiting), TWO("installed", "fab", plain.installed),
    TWO("bits_per_wafer", "fab", plain.bits_per_wafer),
    TWO("converted", "fab", plain.converted), TWO("wafers", "product", plain.wafers),
    TWO("supply", "product", plain.supply), TWO("available", "product", plain.available),
    TWO("shipped", "product", plain.shipped), TWO("inventory", "product", plain.inventory),
    TWO("weeks", "product", plain.weeks), TWO("utilisation", "product", plain.utilisation),
    TWO("realised_price", "product", plain.realised),
    TWO("product_revenue", "product", plain.sales),
    TWO("unit_cost", "product", plain.unit_cost), TWO("share", "product", plain.share),
    TWO("revenue_per_kwpm", "product", per_wafer),
};
enum { TABLE = sizeof table / sizeof table[0] };

/* How many rows of the CSV differ by 1e-9 of the value (1e-13 where stock that is used up leaves
 * a rounding residue for a zero); every quarter of every variable must be there. */
static int differences(const inputs *all, const char *csv, bool tell)
{
    int bad = 0, seen[TABLE] = {0};
    char name[64], elements[64], year[16];
    int base = 4 * atoi(all->start) + all->start[5] - '1', q;
    for (const char *line = csv; line != NULL; line = strchr(line, '\n'), line += line != NULL) {
        double value;
        if (sscanf(line, "%*[^,],%63[^,],%63[^,],%*[^,],%4[0-9]Q%d,%lf", name, elements, year,
                   &q, &value) != 5)
            continue;
        int t = 4 * atoi(year) + q - 1 - base;
        for (size_t n = 0; n < TABLE && t >= 0; n++) {
            if (strcmp(name, table[n].name) != 0)
                continue;
            char *second = strchr(elements, '.');
            if (second != NULL)
                *second++ = '\0';
            int cell = place(table[n].first, elements);
            if (table[n].second != NULL)
                cell = cell * place(table[n].second, NULL) + place(table[n].second, second);
            double own = table[n].value[cell * SPAN + AT(t)];
            seen[n]++;
            if (!(fabs(value - own) <= 1e-9 * fmax(fabs(own), 1e-4)) && ++bad < 10 && tell)
                print_error("%s %s %sQ%d: CSV %.17g, from the JSON %.17g\n", name, elements,
                            year, q, value, own);
        }
    }
    for (size_t n = 0; n < TABLE; n++) {
        int cells = place(table[n].first, NULL);
        cells *= table[n].second != NULL ? place(table[n].second, NULL) : 1;
        if (seen[n] != cells * (all->last + 1))
            fail_msg("%s: %d rows compared of %d", table[n].name, seen[n],
                     cells * (all->last + 1));
    }
    return bad;
}

static void recompute(inputs *all)
{
    plain_model(look_up, all, all->last, all->quarter_of_year, &plain);
    derive(all);
}

static void compare(const char *scenario)
{
    static inputs all;
    char command[2048];
    snprintf(command, sizeof command,
             "mkdir -p '%s' && cd '%s' && '%s' run %s --home '%s' --show-inputs >%s.in && "
             "'%s' run %s --home '%s' -o . >/dev/null 2>&1",
             SCRATCH, SCRATCH, MEMCYCLE, scenario, MCY_SOURCE_DIR, scenario, MEMCYCLE, scenario,
             MCY_SOURCE_DIR);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/%s.in", SCRATCH, scenario);
    char *json = read_whole(command);
    snprintf(command, sizeof command, "%s/%s.csv", SCRATCH, scenario);
    char *csv = read_whole(command);
    read_inputs(json, &all);
    recompute(&all);
    assert_int_equal(differences(&all, csv, true), 0);
    for (int n = 0; n < all.count; n++) /* a changed input must be seen */
        if (strcmp(all.input[n].name, "trade_ratio") == 0)
            all.input[n].value[all.last] *= 1 + 1e-6;
    recompute(&all);
    assert_true(differences(&all, csv, false) > 0);
    free(json);
    free(csv);
}

static void base__from_its_json__is_recomputed(void **state)
{
    (void)state;
    compare("base");
}

static void bear__from_its_json__is_recomputed(void **state)
{
    (void)state;
    compare("bear");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base__from_its_json__is_recomputed),
        cmocka_unit_test(bear__from_its_json__is_recomputed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
