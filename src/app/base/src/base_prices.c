/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract prices of past quarters, base quarter = 1; the fill rate; the exchange rate. */
#include <math.h>
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

enum { PAST = 8 };

/* A quarter's move of the contract price: what was surveyed after the quarter, of the blend
 * without HBM where that is told apart; else the newest forecast. */
base_figure base_contract_move(base_builder *builder, const char *product, mcy_quarter quarter)
{
    const char *finer = strcmp(product, "dram") == 0 ? "dram_conventional" : product;
    static const int order[2] = {MCY_BASIS_SURVEY, MCY_BASIS_ESTIMATE};
    for (size_t i = 0; i < 2; i++) {
        base_figure move =
            base_read(builder, "industry", product, "contract_price_qoq", order[i], quarter);
        base_figure fine =
            base_read(builder, "industry", finer, "contract_price_qoq", order[i], quarter);
        if (!mcy_is_missing(base_either(move, fine).value))
            return base_either(fine, move);
    }
    return base_read(builder, "industry", product, "asp_qoq", MCY_BASIS_SURVEY, quarter);
}

static void fill_price_history(base_builder *builder, const char *product)
{
    const char *path = base_text(builder, "price_history.%s", product);
    double price = 1;
    base_give(builder, path, 0, (base_figure){1, 0, "base quarter", false});
    for (int back = 0; back < PAST; back++) {
        base_figure move = base_contract_move(builder, product, builder->quarter - back);
        if (mcy_is_missing(move.value)) {
            char name[32];
            mcy_quarter_format(builder->quarter - back, name);
            base_lack(builder, base_text(builder, "contract price of %s in %s", product, name));
            return; /* earlier quarters keep the first value known */
        }
        price /= 1 + move.value;
        base_give(builder, path, -back - 1,
                  base_derive(builder, price, false, "chained back by contract moves", move,
                              base_nothing()));
    }
}

void base_fill_prices(base_builder *builder)
{
    fill_price_history(builder, "dram");
    fill_price_history(builder, "nand");
    base_lack(builder, "price_history.hbm");
    base_give(
        builder, "fill_0.dram", MCY_BASE_SCALAR,
        base_read(builder, "industry", "dram", "fill_rate", MCY_BASIS_ANY, builder->quarter));
    mcy_period period = mcy_period_of_quarter(builder->quarter);
    double rate = mcy_facts_fx(builder->facts, "krw", &period);
    base_give(builder, "fx", MCY_BASE_SCALAR,
              (base_figure){rate, 0, "fx.csv: average of the quarter", false});
}
