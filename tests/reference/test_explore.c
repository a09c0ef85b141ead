/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regression, polynomial chaos, slices and boxes on functions whose answers are known. */
#include "check.h"
#include "random.h"

#include "mcy/explore.h"
#include "sweep_case.h"

#define PI 3.14159265358979323846

static mcy_sample *ishigami(mcy_arena *arena, uint64_t runs)
{
    sweep_case c = {.function = "ishigami",
                    .low = -PI,
                    .high = PI,
                    .request = {.method = MCY_METHOD_SOBOL, .seed = 9, .runs = runs}};
    return sweep_case_run(arena, &c);
}

/* Dakota's baseline of the same function on the unit cube: 3.5, P1 2.8153, P3 -3.4147. */
static void chaos__ishigami__published_coefficients(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_sample *s = ishigami(arena, 4096);
    for (size_t i = 0; i < 3; i++)
        for (size_t r = 0; r < s->runs; r++)
            s->points[i][r] = (s->points[i][r] + PI) / (2 * PI);
    mcy_chaos *chaos = NULL;
    check_ok(mcy_chaos_fit(arena, s, 0, 12, true, &chaos, &err), err);
    check_near(chaos->mean, 3.5, 1e-4);
    size_t found = 0;
    for (size_t t = 0; t < chaos->terms; t++) {
        const unsigned char *p = chaos->powers + 3 * t;
        if (p[1] || p[2] || (p[0] != 1 && p[0] != 3))
            continue;
        double plain = chaos->coefficient[t] * sqrt(2.0 * p[0] + 1);
        check_near(plain, p[0] == 1 ? 2.8153062594 : -3.4147077495, 1e-3);
        found++;
    }
    assert_int_equal(found, 2);
    static const double first[] = {0.313905191148, 0.442411144790, 0};
    static const double total[] = {0.557588855210, 0.442411144790, 0.243683664062};
    for (size_t i = 0; i < 3; i++) {
        check_near(chaos->first[i], first[i], 1e-3);
        check_near(chaos->total[i], total[i], 1e-3);
    }
    assert_true(chaos->left_out_error < 1e-4);
    check_near(chaos->variance, 13.844587940719, 1e-3);
    mcy_arena_destroy(arena);
}

static void chaos__small_sample__says_its_error(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_chaos *small = NULL, *large = NULL;
    check_ok(mcy_chaos_fit(arena, ishigami(arena, 64), 0, 12, false, &small, &err), err);
    check_ok(mcy_chaos_fit(arena, ishigami(arena, 1024), 0, 12, false, &large, &err), err);
    assert_true(small->left_out_error > 0.1 && large->left_out_error < 0.02);
    assert_true(2 * small->terms <= 64);
    mcy_sample *s = ishigami(arena, 16);
    s->runs = 7;
    check_refused(mcy_chaos_fit(arena, s, 0, 3, false, &small, &err), MCY_E_INPUT, err,
                  "too few");
    s->stamp.method = MCY_METHOD_TORNADO;
    check_refused(mcy_chaos_fit(arena, s, 0, 3, false, &small, &err), MCY_E_INPUT, err,
                  "'tornado'");
    mcy_arena_destroy(arena);
}

static void regression__of_a_plane__explains_all(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    sweep_case c = {.function = "fragile",
                    .low = 0,
                    .high = 0.9,
                    .request = {.method = MCY_METHOD_LHS, .seed = 9, .runs = 1000}};
    mcy_sample *s = sweep_case_run(arena, &c);
    for (size_t r = 0; r < s->runs; r++) /* y = x1 + 2 x2 */
        s->values[0][r] += s->points[1][r];
    for (int ranks = 0; ranks < 2; ranks++) {
        mcy_regression *r = NULL;
        check_ok(mcy_regression_fit(arena, s, 0, ranks, &r, &err), err);
        check_near(r->explained, 1, ranks ? 0.05 : 1e-12);
        check_near(r->coefficient[0].value, 1 / sqrt(5), 0.03);
        check_near(r->coefficient[1].value, 2 / sqrt(5), 0.03);
        check_near(r->correlation[1], 2 / sqrt(5), 0.03);
    }
    for (size_t r = 0; r < s->runs; r++)
        s->values[0][r] = 2.385;
    mcy_regression *flat = NULL;
    check_ok(mcy_regression_fit(arena, s, 0, false, &flat, &err), err);
    assert_true(flat->explained == 0 && flat->coefficient[0].value == 0 &&
                flat->coefficient[0].high == 0 && flat->correlation[1] == 0);
    memcpy(s->points[1], s->points[0], s->runs * sizeof(double));
    check_refused(mcy_regression_fit(arena, s, 0, false, &flat, &err), MCY_E_NUMERIC, err,
                  "combination");
    mcy_arena_destroy(arena);
}

static void regression__longley__certified(void **state)
{
    (void)state;
    /* NIST StRD: R^2 of the standardised problem is that of the certified one */
    static const double data[16][7] = {{60323, 83.0, 234289, 2356, 1590, 107608, 1947},
                                       {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
                                       {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
                                       {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
                                       {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
                                       {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
                                       {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
                                       {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
                                       {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
                                       {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
                                       {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
                                       {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
                                       {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
                                       {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
                                       {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
                                       {70551, 116.9, 554894, 4007, 2827, 130081, 1962}};
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_stamp stamp = {.method = MCY_METHOD_GIVEN, .axes = 6, .width = 1, .replicates = 1};
    mcy_sample *s = NULL;
    check_ok(mcy_sample_create(arena, &stamp, 16, 1, &s, &err), err);
    for (size_t r = 0; r < 16; r++) {
        s->values[0][r] = data[r][0];
        for (size_t i = 0; i < 6; i++)
            s->points[i][r] = data[r][1 + i];
    }
    mcy_regression *fit = NULL;
    check_ok(mcy_regression_fit(arena, s, 0, false, &fit, &err), err);
    check_near(fit->explained, 0.995479004577296, 1e-9);
    mcy_described y = mcy_describe(16, s->values[0]), x = mcy_describe(16, s->points[5]);
    check_near(fit->coefficient[5].value * y.sd / x.sd / 1829.15146461355, 1, 1e-7);
    mcy_arena_destroy(arena);
}

static void slices__ishigami__first_order(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    double first[3];
    check_ok(mcy_slices_first(arena, ishigami(arena, 1 << 15), 0, first, &err), err);
    check_near(first[0], 0.313905, 0.01);
    check_near(first[1], 0.442411, 0.01);
    check_near(first[2], 0, 0.01);
    mcy_arena_destroy(arena);
}

static void box__event_in_a_corner__found(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    sweep_case c = {.function = "sobol_g3",
                    .low = 0,
                    .high = 1,
                    .request = {.method = MCY_METHOD_SOBOL, .seed = 9, .runs = 1 << 13}};
    mcy_sample *s = sweep_case_run(arena, &c);
    bool *hit = MCY_TAKE(arena, bool, s->runs);
    size_t hits = 0;
    for (size_t r = 0; r < s->runs; r++)
        hits += hit[r] = s->points[0][r] > 0.6 && s->points[2][r] < 0.3;
    mcy_box *box = NULL;
    check_ok(mcy_box_find(arena, s, hit, 0.99, 0.02, 0.01, &box, &err), err);
    assert_true(box->restricted[0] && box->restricted[2]);
    check_near(box->low[0], 0.6, 0.02);
    check_near(box->high[2], 0.3, 0.02);
    assert_true(box->density >= 0.99 && box->coverage > 0.9);
    size_t inside = 0, both = 0; /* the numbers it states are those of its bounds */
    for (size_t r = 0; r < s->runs; r++) {
        bool in = true;
        for (size_t i = 0; i < 3; i++)
            in &= s->points[i][r] >= box->low[i] && s->points[i][r] <= box->high[i];
        inside += in;
        both += in && hit[r];
    }
    check_near(box->coverage, (double)both / (double)hits, 1e-12);
    check_near(box->density, (double)both / (double)inside, 1e-12);
    check_near(box->mass, (double)inside / (double)s->runs, 1e-12);
    memset(hit, 0, s->runs);
    check_refused(mcy_box_find(arena, s, hit, 0.99, 0.02, 0.01, &box, &err), MCY_E_INPUT, err,
                  "none of the");
    mcy_arena_destroy(arena);
}

/* The peeling as it is told: every axis looked at whole, every time. */
typedef struct plain_box {
    double low[3], high[3], density, mass;
} plain_box;

static bool inside_box(const mcy_sample *s, const plain_box *b, size_t row)
{
    bool in = true;
    for (size_t c = 0; c < s->axes; c++)
        in = in && s->points[c][row] >= b->low[c] && s->points[c][row] <= b->high[c];
    return in;
}

static void weigh(const mcy_sample *s, const bool *hit, plain_box *b)
{
    double kept = 0, hits = 0;
    for (size_t i = 0; i < s->runs; i++)
        if (inside_box(s, b, i))
            kept += 1, hits += hit[i];
    b->density = hits / kept;
    b->mass = kept;
}

static plain_box peel_plainly(const mcy_sample *s, const bool *hit, double density, double peel,
                              double mass)
{
    static double values[512], work[512];
    plain_box box, best;
    for (size_t c = 0; c < 3; c++)
        box.low[c] = -(double)INFINITY, box.high[c] = (double)INFINITY;
    weigh(s, hit, &box);
    best = box;
    while (box.mass * (1 - peel) >= mass * (double)s->runs && box.density < 1) {
        plain_box next = {.density = -1};
        for (size_t c = 0; c < s->axes; c++)
            for (int side = 0; side < 2; side++) {
                size_t n = 0;
                double p = side ? 1 - peel : peel, limit;
                for (size_t i = 0; i < s->runs; i++)
                    if (inside_box(s, &box, i))
                        values[n++] = s->points[c][i];
                mcy_quantiles(n, values, work, 1, &p, &limit);
                plain_box cut = box;
                *(side ? &cut.high[c] : &cut.low[c]) = limit;
                weigh(s, hit, &cut);
                if (cut.mass > 0 && cut.mass < box.mass &&
                    (cut.density > next.density ||
                     (cut.density == next.density && cut.mass > next.mass)))
                    next = cut;
            }
        if (next.density <= box.density)
            break;
        box = next;
        if (best.density < density && box.density > best.density)
            best = box;
    }
    return best;
}

/* Drawn samples, some axes with few different values. */
static void box__of_drawn_samples__is_that_of_plain_peeling(void **state)
{
    (void)state;
    random_state seed = random_seed(17);
    size_t restricted = 0;
    for (int sample = 0; sample < 60; sample++) {
        mcy_arena *arena = mcy_arena_create();
        mcy_error err = {0};
        mcy_stamp stamp = {.method = MCY_METHOD_RANDOM, .axes = 3};
        size_t n = 100 + random_word(&seed) % 400;
        mcy_sample *s;
        mcy_box *box;
        bool hit[512];
        check_ok(mcy_sample_create(arena, &stamp, n, 1, &s, &err), err);
        for (size_t i = 0; i < n; i++) {
            for (size_t c = 0; c < 3; c++) {
                s->points[c][i] = random_between(&seed, -3, 3);
                if (c == (size_t)sample % 4)
                    s->points[c][i] = floor(s->points[c][i]);
            }
            double far = s->points[0][i] + s->points[1][i] * s->points[2][i];
            hit[i] = i == 0 || (i > 1 && far + random_normal(&seed) > 2);
        }
        double density = random_between(&seed, 0.6, 1), peel = random_between(&seed, 0.02, 0.2);
        check_ok(mcy_box_find(arena, s, hit, density, peel, 0.05, &box, &err), err);
        plain_box plain = peel_plainly(s, hit, density, peel, 0.05);
        for (size_t c = 0; c < 3; c++) {
            assert_true(box->low[c] == plain.low[c] && box->high[c] == plain.high[c]);
            restricted += box->restricted[c];
        }
        assert_true(box->density == plain.density && box->mass == plain.mass / (double)n);
        mcy_arena_destroy(arena);
    }
    assert_true(restricted > 60);
}

/* By the definition: how many are smaller, and half of those that are equal. */
static void ranks__of_any_values__are_counts(void **state)
{
    (void)state;
    static const double odd[] = {
        0.0,         -0.0, (double)INFINITY,  -(double)INFINITY, 5e-324, -5e-324, 1.7976e308,
        -1.7976e308, 1.0,  1.0000000000000002};
    enum { ODD = sizeof odd / sizeof odd[0], N = 700 };
    double x[N], rank[N];
    mcy_error err = {0};
    random_state seed = random_seed(5);
    for (int sample = 0; sample < 20; sample++) {
        size_t n = sample == 0 ? 1 : 2 + random_word(&seed) % (N - 1);
        for (size_t i = 0; i < n; i++)
            x[i] = random_word(&seed) % 4 == 0   ? odd[random_word(&seed) % ODD]
                   : random_word(&seed) % 2 == 0 ? floor(random_between(&seed, -9, 9))
                                                 : random_normal(&seed);
        check_ok(mcy_ranks(n, x, rank, &err), err);
        for (size_t i = 0; i < n; i++) {
            double below = 0, same = 0;
            for (size_t j = 0; j < n; j++) {
                below += x[j] < x[i];
                same += x[j] == x[i];
            }
            if (rank[i] != below + (same + 1) / 2)
                fail_msg("rank of %g is %g, want %g", x[i], rank[i], below + (same + 1) / 2);
        }
        check_ok(mcy_ranks(n, x, x, &err), err); /* in place */
        assert_memory_equal(x, rank, n * sizeof *x);
    }
    check_ok(mcy_ranks(0, x, rank, &err), err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks__of_any_values__are_counts),
        cmocka_unit_test(box__of_drawn_samples__is_that_of_plain_peeling),
        cmocka_unit_test(chaos__ishigami__published_coefficients),
        cmocka_unit_test(chaos__small_sample__says_its_error),
        cmocka_unit_test(regression__of_a_plane__explains_all),
        cmocka_unit_test(regression__longley__certified),
        cmocka_unit_test(slices__ishigami__first_order),
        cmocka_unit_test(box__event_in_a_corner__found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
