/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every name that the pages of the model compute, with its dimensions and how a year follows
 * from its quarters: fields and table of the plain model. A name that is missing here fails
 * the recomputation. */
#ifndef MCY_TESTS_PLAIN_NAMES_H
#define MCY_TESTS_PLAIN_NAMES_H

/* A value a quarter, one dimension: name, dimension, yearly rule. */
#define PLAIN_LINES(X)                                                                         \
    X(hbm_wafers, firm, MEAN)                                                                  \
    X(industry_bits, fab, MEAN)                                                                \
    X(bit_growth, fab, LAST)                                                                   \
    X(bits_change, fab, LAST)                                                                  \
    X(price_memory, product, MEAN)                                                             \
    X(demand, product, SUM)                                                                    \
    X(orders, product, SUM)                                                                    \
    X(fill_rate, product, SHIPPED_OF_ORDERS)                                                   \
    X(sufficiency, product, MEAN)                                                              \
    X(tightness, product, MEAN)                                                                \
    X(normal_price, product, MEAN)                                                             \
    X(price_target, product, MEAN)                                                             \
    X(price_move, product, SUM)                                                                \
    X(price, product, WORTH_OF_SHIPPED)                                                        \
    X(offered, product, SUM)                                                                   \
    X(shipped_total, product, SUM)                                                             \
    X(shipped_value, product, SUM)                                                             \
    X(shipped_worth, product, SUM)                                                             \
    X(industry_cost, product, MEAN)                                                            \
    X(industry_weeks, product, LAST)                                                           \
    X(dram_share, firm, MEAN)                                                                  \
    X(concentration, product, MEAN)                                                            \
    X(industry_revenue, product, SUM)                                                          \
    X(calendar, firm, MEAN)                                                                    \
    X(other_sales, firm, SUM)                                                                  \
    X(revenue, firm, SUM)                                                                      \
    X(equipment_paid, firm, SUM)                                                               \
    X(buildings_paid, firm, SUM)                                                               \
    X(depreciation, firm, SUM)                                                                 \
    X(cogs, firm, SUM)                                                                         \
    X(gross_profit, firm, SUM)                                                                 \
    X(gross_margin, firm, GROSS_OF_REVENUE)                                                    \
    X(opex, firm, SUM)                                                                         \
    X(operating_income, firm, SUM)                                                             \
    X(operating_margin, firm, OPERATING_OF_REVENUE)                                            \
    X(hbm_parity_price, firm, MEAN)                                                            \
    X(revenue_krw, firm, SUM)                                                                  \
    X(operating_income_krw, firm, SUM)                                                         \
    X(inventory_cost, firm, SUM)                                                               \
    X(nwc_change, firm, SUM)                                                                   \
    X(sbc, firm, SUM)                                                                          \
    X(net_capex, firm, SUM)                                                                    \
    X(flow_before_interest, firm, SUM)                                                         \
    X(interest, firm, SUM)                                                                     \
    X(other_income, firm, SUM)                                                                 \
    X(pretax, firm, SUM)                                                                       \
    X(losses, firm, LAST)                                                                      \
    X(tax, firm, SUM)                                                                          \
    X(net_income, firm, SUM)                                                                   \
    X(net_income_gaap, firm, SUM)                                                              \
    X(other_cash, firm, SUM)                                                                   \
    X(ocf, firm, SUM)                                                                          \
    X(fcf, firm, SUM)                                                                          \
    X(net_cash, firm, LAST)                                                                    \
    X(equity, firm, LAST)                                                                      \
    X(shares, firm, MEAN)                                                                      \
    X(eps, firm, SUM)                                                                          \
    X(eps_gaap, firm, SUM)                                                                     \
    X(eps_krw, firm, SUM)                                                                      \
    X(capex_to_revenue, firm, MEAN)

/* A value a quarter, two dimensions. */
#define PLAIN_TABLES(X)                                                                        \
    X(spend, firm, fab, SUM)                                                                   \
    X(building_spend, firm, fab, SUM)                                                          \
    X(tool_spend, firm, fab, SUM)                                                              \
    X(conversion_spend, firm, fab, SUM)                                                        \
    X(space_added, firm, fab, SUM)                                                             \
    X(space, firm, fab, LAST)                                                                  \
    X(arrived, firm, fab, SUM)                                                                 \
    X(waiting, firm, fab, LAST)                                                                \
    X(installed, firm, fab, SUM)                                                               \
    X(qualified, firm, fab, SUM)                                                               \
    X(ramping, firm, fab, LAST)                                                                \
    X(capacity, firm, fab, MEAN)                                                               \
    X(wafers_installed, firm, fab, LAST)                                                       \
    X(converted, firm, fab, SUM)                                                               \
    X(capacity_lost, firm, fab, SUM)                                                           \
    X(bits_per_wafer, firm, fab, MEAN)                                                         \
    X(conversion_arrived, firm, fab, SUM)                                                      \
    X(bits_made, firm, fab, MEAN)                                                              \
    X(space_bound, firm, fab, MEAN)                                                            \
    X(wafers, firm, product, MEAN)                                                             \
    X(fab_bits, firm, product, MEAN)                                                           \
    X(supply, firm, product, SUM)                                                              \
    X(utilisation, firm, product, MEAN)                                                        \
    X(growth_index, product, market, MEAN)                                                     \
    X(market_demand, product, market, SUM)                                                     \
    X(available, firm, product, SUM)                                                           \
    X(shipped, firm, product, SUM)                                                             \
    X(inventory, firm, product, LAST)                                                          \
    X(weeks, firm, product, LAST)                                                              \
    X(share, firm, product, MEAN)                                                              \
    X(price_blend, firm, product, MEAN)                                                        \
    X(effective_price, firm, product, MEAN)                                                    \
    X(annual_price, firm, product, MEAN)                                                       \
    X(realised_price, firm, product, REVENUE_OF_SHIPPED)                                       \
    X(product_revenue, firm, product, SUM)                                                     \
    X(cost_index, firm, product, MEAN)                                                         \
    X(unit_cost, firm, product, MEAN)                                                          \
    X(product_cost, firm, product, SUM)                                                        \
    X(revenue_per_kwpm, firm, product, MEAN)                                                   \
    X(profit_per_kwpm, firm, product, MEAN)

/* One value for the whole run, one dimension and two. */
#define PLAIN_POINTS(X)                                                                        \
    X(base_shipped, product)                                                                   \
    X(first_log_price, product)                                                                \
    X(sufficiency_0, product)                                                                  \
    X(base_demand, product)                                                                    \
    X(shortage_ends, product)                                                                  \
    X(price_peaks, product)                                                                    \
    X(lowest_fill, product)                                                                    \
    X(cash_cost_0, firm)                                                                       \
    X(cost_weight, firm)                                                                       \
    X(opex_0, firm)                                                                            \
    X(other_income_0, firm)                                                                    \
    X(gaap_items_0, firm)                                                                      \
    X(other_cash_0, firm)                                                                      \
    X(fcf_total, firm)

#define PLAIN_GRIDS(X)                                                                         \
    X(first_arrival, firm, fab)                                                                \
    X(ramping_before, firm, fab)                                                               \
    X(sales_0, firm, product)                                                                  \
    X(sales_per_kwpm, firm, product)                                                           \
    X(unit_cost_0, firm, product)

#endif
