/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decomposition on panels drawn from its own model: what a fit costs, and whether its 90 %
 * intervals cover 90 % of the time. bench_fit [panels], 500 by default. */
#include <stdio.h>

#include "decompose_work.h"
#include "mcy/fit_file.h"
#include "simulate_panel.h"
#include "stopwatch.h"

enum { QUARTERS = 40 };

typedef struct job {
    mcy_arena *arena;
    mcy_panel panel;
    decompose_work *work;
    double free[64], gradient[64];
} job;

static void fit(void *context)
{
    job *j = context;
    mcy_decomposition *result;
    mcy_arena_reset(j->arena);
    mcy_decompose(j->arena, &j->panel, NULL, &result, NULL);
}

static void posteriors(void *context)
{
    job *j = context;
    for (int i = 0; i < 1000; i++)
        decompose_evaluate(j->work, j->free, NULL);
}

static void gradients(void *context)
{
    job *j = context;
    for (int i = 0; i < 1000; i++)
        decompose_evaluate(j->work, j->free, j->gradient);
}

static void time_fit(void)
{
    mcy_arena *keep = mcy_arena_create();
    random_state r = random_seed(2385);
    panel_truth truth = truth_from_priors(&r);
    job j = {.arena = mcy_arena_create()};
    j.panel = simulate_panel(keep, &r, &truth, QUARTERS);
    decompose_prepare(keep, &j.panel, &j.work, NULL);
    memcpy(j.free, j.work->prior_mean, j.work->at.count * sizeof *j.free);
    printf("panel of %d quarters, %zu observations, %zu parameters\n", QUARTERS,
           j.panel.observations, j.work->at.count);
    printf("log posterior                 %8.2f us\n",
           1e3 * stopwatch_median(11, posteriors, &j));
    printf("log posterior and gradient    %8.2f us\n",
           1e3 * stopwatch_median(11, gradients, &j));
    printf("whole fit: 6 starts, standard errors, leave-one-out  %.4f s\n",
           stopwatch_median(11, fit, &j));
    mcy_arena_destroy(j.arena);
    mcy_arena_destroy(keep);
}

/* The free scale of a parameter by its name. */
static double decompose_free(const char *name, double value)
{
    if (strcmp(name, "phi") == 0)
        return atanh(value);
    return strncmp(name, "sigma", 5) == 0 || strncmp(name, "tau", 3) == 0 ? log(value) : value;
}

typedef struct real_job {
    mcy_arena *arena;
    const mcy_facts *facts;
    const char *product;
} real_job;

static void fit_real(void *context)
{
    real_job *j = context;
    mcy_decomposition *result;
    mcy_arena_reset(j->arena);
    mcy_fit_product(j->arena, j->facts, j->product, NULL, &result, NULL);
}

/* The published facts: panel, six starts, standard errors, draws, leave-one-out. */
static void time_facts(void)
{
    mcy_arena *keep = mcy_arena_create();
    mcy_text report;
    mcy_facts *facts = NULL;
    mcy_error err = {0};
    mcy_text_init(&report);
    if (mcy_facts_read(keep, MCY_SOURCE_DIR "/scenarios/history", 0, &report, &facts, &err))
        printf("facts: %s\n", err.text);
    static const char *const products[2] = {"dram", "nand"};
    for (int k = 0; facts && k < 2; k++) {
        real_job j = {mcy_arena_create(), facts, products[k]};
        printf("%s of the published facts, whole fit               %.4f s\n", products[k],
               stopwatch_median(11, fit_real, &j));
        mcy_arena_destroy(j.arena);
    }
    mcy_text_release(&report);
    mcy_arena_destroy(keep);
}

typedef struct tally {
    long inside, count;
} tally;

static void count_in(tally *t, double truth, double mean, double sd)
{
    t->count++;
    t->inside += fabs(truth - mean) <= 1.6448536269514722 * sd;
}

/* The true value of a parameter of the fit. */
static double true_value(const panel_truth *t, const char *name)
{
    static const char *const firms[SIMULATED_FIRMS] = {"micron", "samsung", "skhynix"};
    char text[48];
    for (int i = 0; i < SIMULATED_FIRMS; i++) {
        if (snprintf(text, sizeof text, "lambda.%s", firms[i]), !strcmp(text, name))
            return t->lambda[i];
        if (snprintf(text, sizeof text, "sigma_b.%s", firms[i]), !strcmp(text, name))
            return t->sigma_b[i];
        if (snprintf(text, sizeof text, "sigma_m.%s", firms[i]), !strcmp(text, name))
            return t->sigma_m[i];
    }
    const struct {
        const char *name;
        double value;
    } rest[] = {{"phi", t->phi},
                {"mu_f", t->mu_f},
                {"sigma_f", t->sigma_f},
                {"mu_b", t->mu_b},
                {"tau.company", t->tau[0]},
                {"tau.survey", t->tau[1]},
                {"sigma_r.company", t->sigma_r[0]},
                {"sigma_r.survey", t->sigma_r[1]},
                {"sigma_s.survey", t->sigma_s[0]},
                {"sigma_s.estimate", t->sigma_s[1]}};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        if (!strcmp(rest[i].name, name))
            return rest[i].value;
    printf("no truth for %s\n", name);
    exit(1);
}

static void recover(int panels)
{
    tally parameter[64] = {{0}}, all = {0}, laplace = {0}, bits = {0}, price = {0},
          market = {0};
    mcy_decompose_scores loo = {0};
    char names[64][48];
    size_t parameters = 0;
    int failed = 0, several = 0;
    double began = seconds_now(), draws = 0, least = 1e9;
    for (int n = 0; n < panels; n++) {
        mcy_arena *arena = mcy_arena_create();
        /* far apart: random_seed of neighbours gives one stream, shifted */
        random_state r = random_seed((uint64_t)(n + 1) * 0xd1342543de82ef95U);
        panel_truth truth = truth_from_priors(&r);
        mcy_panel panel = simulate_panel(arena, &r, &truth, QUARTERS);
        mcy_decomposition *f = NULL;
        mcy_error err = {0};
        mcy_decompose_settings settings = {.starts = 3};
        if (mcy_decompose(arena, &panel, &settings, &f, &err) != MCY_OK) {
            printf("panel %d: %s\n", n, err.text);
            failed++;
            mcy_arena_destroy(arena);
            continue;
        }
        several += f->optima > 1;
        draws += f->effective_draws;
        least = fmin(least, f->effective_draws);
        parameters = f->parameters;
        for (size_t i = 0; i < parameters; i++) {
            double value = true_value(&truth, f->parameter[i].name);
            memcpy(names[i], f->parameter[i].name, sizeof names[i]);
            const mcy_decompose_parameter *p = &f->parameter[i];
            bool inside = value >= p->low && value <= p->high;
            parameter[i].count++;
            parameter[i].inside += inside;
            all.count++;
            all.inside += inside;
            count_in(&laplace, decompose_free(p->name, value), p->free, p->free_se);
        }
        for (size_t t = 0; t < QUARTERS; t++)
            count_in(&market, truth.market[t], f->market[t], f->market_sd[t]);
        for (size_t i = 0; i < QUARTERS * SIMULATED_FIRMS; i++) {
            count_in(&bits, truth.bits[i], f->bits[i], f->bits_sd[i]);
            count_in(&price, truth.price[i], f->price[i], f->price_sd[i]);
        }
        double count = (double)f->statements.count;
        loo.count += f->statements.count;
        loo.cover50 += count * f->statements.cover50;
        loo.cover80 += count * f->statements.cover80;
        loo.cover90 += count * f->statements.cover90;
        mcy_arena_destroy(arena);
    }
    printf("%d panels in %.1f s, %d failed, %d with several optima\n", panels,
           seconds_now() - began, failed, several);
    printf("coverage of 90 %% intervals, %%\n");
    for (size_t i = 0; i < parameters; i++)
        printf("  %-20s %5.1f\n", names[i],
               100 * (double)parameter[i].inside / (double)parameter[i].count);
    printf("  %-20s %5.1f\n", "all parameters", 100 * (double)all.inside / (double)all.count);
    printf("  %-20s %5.1f\n", "mode -+ 1.645 se",
           100 * (double)laplace.inside / (double)laplace.count);
    printf("  effective draws %.0f on average, %.0f at least\n", draws / (panels - failed),
           least);
    printf("  %-20s %5.1f\n", "market factor",
           100 * (double)market.inside / (double)market.count);
    printf("  %-20s %5.1f\n", "bits", 100 * (double)bits.inside / (double)bits.count);
    printf("  %-20s %5.1f\n", "price", 100 * (double)price.inside / (double)price.count);
    double n = (double)loo.count;
    printf("leave-one-out of %zu statements: %.1f / %.1f / %.1f %% inside 50 / 80 / 90 %%\n",
           loo.count, 100 * loo.cover50 / n, 100 * loo.cover80 / n, 100 * loo.cover90 / n);
}

int main(int count, char **words)
{
    time_fit();
    time_facts();
    recover(count > 1 ? atoi(words[1]) : 500);
    return 0;
}
