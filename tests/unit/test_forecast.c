/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws of the next quarters: against exact moments, without and with guidance, reproducible. */
#include "check.h"

#include "mcy/forecast.h"
#include "mcy/number.h"

static mcy_outlook outlook_of_one(void)
{
    mcy_outlook o = {.revenue_usd_m = {18000.0, 0.0}, .cost_usd_m = {6000.0, 0.0}};
    o.mean[MCY_OUTLOOK_BITS] = 0.03;
    o.mean[MCY_OUTLOOK_PRICE] = 0.08;
    o.mean[MCY_OUTLOOK_FACTOR] = 0.08;
    o.mean[MCY_OUTLOOK_COST] = -0.03;
    const double sd[4] = {0.05, 0.10, 0.03, 0.09};
    for (size_t i = 0; i < 4; i++)
        o.covariance[2 * i * (MCY_OUTLOOK_SIZE + 1)] = sd[i] * sd[i];
    o.covariance[MCY_OUTLOOK_PRICE * MCY_OUTLOOK_SIZE + MCY_OUTLOOK_FACTOR] = 0.0081;
    o.covariance[MCY_OUTLOOK_FACTOR * MCY_OUTLOOK_SIZE + MCY_OUTLOOK_PRICE] = 0.0081;
    return o;
}

static const mcy_guided nothing = {.revenue_usd_m = (double)NAN,
                                   .gross_margin_frac = (double)NAN};
static const mcy_forecast_market market = {.persistence = {0.7, 0.0},
                                           .factor_sd = {0.09, 0.0},
                                           .loading = {1.0, 0.0},
                                           .offset = 1.0 / 3.0,
                                           .mix_sd = {0.04, 0.0},
                                           .bits_mean = {0.03, 0.0},
                                           .bits_sd = {0.05, 0.0},
                                           .cost_mean = {-0.03, 0.0},
                                           .cost_sd = {0.03, 0.0}};

static void draw__no_guidance__has_the_models_moments(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_outlook o = outlook_of_one();
    mcy_forecast_settings settings = {
        .draws = 20000, .seed = 7, .quarters = 3, .opex_usd_m = 1000};
    mcy_forecast f;
    mcy_error err = {0};
    check_ok(mcy_forecast_draw(arena, &o, &nothing, &market, &settings, &f, &err), err);
    double sd = sqrt(0.05 * 0.05 + 0.10 * 0.10); /* of log revenue */
    check_near(log(f.revenue_usd_m[0].quantile[3] / 18000.0), 0.11, 4 * sd / sqrt(20000.0));
    check_near(log(f.revenue_usd_m[0].quantile[5] / 18000.0), 0.11 + 1.2815516 * sd, 0.006);
    /* margin = 1 - u exp(cost - price) */
    check_near(f.gross_margin_frac[0].quantile[3], 1.0 - exp(-0.11) / 3.0, 0.002);
    assert_true(f.revenue_usd_m[2].sd / f.revenue_usd_m[2].mean >
                1.5 * f.revenue_usd_m[0].sd / f.revenue_usd_m[0].mean);
    assert_true(mcy_is_missing(f.weight[0]) && mcy_is_missing(f.weight[1]));
    mcy_arena_destroy(arena);
}

static void draw__guidance__pulls_with_its_weight_and_fattens_the_tails(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_outlook o = outlook_of_one();
    mcy_guided guided = {
        .revenue_usd_m = 24000.0, .gross_margin_frac = 0.72, .regressor = {1.0, 0.0, 0.0}};
    guided.revenue_bias = (mcy_bias_fit){.coefficient = {0.03}, .scale = 0.02, .freedom = 4.0};
    guided.margin_bias = (mcy_bias_fit){.coefficient = {0.01}, .scale = 0.01, .freedom = 4.0};
    mcy_forecast_settings settings = {
        .draws = 20000, .seed = 7, .quarters = 1, .opex_usd_m = 1000};
    mcy_forecast f, again;
    mcy_error err = {0};
    check_ok(mcy_forecast_draw(arena, &o, &guided, &market, &settings, &f, &err), err);
    double median = f.revenue_usd_m[0].quantile[3];
    assert_true(median > f.model_revenue_usd_m && median < 24000.0 * exp(0.03));
    assert_true(f.weight[0] > 0.7 && f.weight[0] < 1.0);
    check_near(f.guided_revenue_usd_m, 24000.0 * exp(0.03), 1e-9);
    check_near(f.operating_income_usd_m[0].mean, 0.72 * 24700 - 1000, 0.05 * 17000);
    check_ok(mcy_forecast_draw(arena, &o, &guided, &market, &settings, &again, &err), err);
    assert_memory_equal(f.revenue_usd_m[0].sorted, again.revenue_usd_m[0].sorted,
                        20000 * sizeof(double));
    mcy_arena_destroy(arena);
}

static void draw__bad_settings__are_refused(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_outlook o = outlook_of_one();
    mcy_forecast_settings settings = {.draws = 99, .seed = 7, .quarters = 1};
    mcy_forecast f;
    mcy_error err = {0};
    check_refused(mcy_forecast_draw(arena, &o, &nothing, &market, &settings, &f, &err),
                  MCY_E_DOMAIN, err, "99 draws, at least 100");
    settings.quarters = 5;
    check_refused(mcy_forecast_draw(arena, &o, &nothing, &market, &settings, &f, &err),
                  MCY_E_DOMAIN, err, "5 quarters, 1 to 4");
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draw__no_guidance__has_the_models_moments),
        cmocka_unit_test(draw__guidance__pulls_with_its_weight_and_fattens_the_tails),
        cmocka_unit_test(draw__bad_settings__are_refused),
    };
    return cmocka_run_group_tests_name("forecast", tests, NULL, NULL);
}
