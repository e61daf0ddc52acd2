//! Metrics of the value definition: counts, the price waterfall, shares of it.

use crate::base::Unit;
use crate::metrics::{Basis, Spec};

use super::{count, data, formula, money, own, percent, spec};

pub(super) const SPECS: &[Spec] = &[
    data(
        count("accounts", "Accounts"),
        "Accounts with at least one order line.",
        "How many customers the figures are about.",
    ),
    data(
        count("accounts_active", "Active accounts"),
        "Accounts whose last order is not older than the lapse threshold.",
        "Only these have a future value.",
    ),
    formula(
        count("accounts_lapsed", "Lapsed accounts"),
        "accounts - accounts_active",
        "Gone by the lapse threshold; their past still counts.",
        &[(&[("accounts", 40.0), ("accounts_active", 31.0)], "9")],
    ),
    data(
        count("accounts_new", "New accounts"),
        "Accounts whose first order was in the last 365 days.",
        "How many were won in a year.",
    ),
    data(
        count("orders", "Orders"),
        "Distinct orders; returns and credits do not count.",
        "The number of orders up to the as-of date.",
    ),
    data(
        count("account_years", "Active account years"),
        "For each account, the years (365 days, counted back from the as-of date) with an order.",
        "What yearly cost to serve and depreciation are multiplied by.",
    ),
    data(
        spec("years_covered", "Years covered", Unit::Years, Basis::None),
        "From the first order of the book to the as-of date.",
        "How much history the figures rest on.",
    ),
    // The waterfall.
    formula(
        money("list", "At list price"),
        "revenue + discount_given",
        "What the orders would have brought without on-invoice discounts.",
        &[(&[("revenue", 85.0), ("discount_given", 15.0)], "100")],
    ),
    data(
        money("discount_given", "On-invoice discount"),
        "Discounts printed on invoices.",
        "For information: revenue is already net of it.",
    ),
    data(
        spec("revenue", "Revenue", Unit::Money, Basis::Revenue),
        "Net invoiced amounts, returns and credits deducted, tax excluded.",
        "What was invoiced.",
    ),
    data(
        money("rebates", "Rebates"),
        "Off-invoice rebates and bonuses.",
        "What was given back later.",
    ),
    data(
        money("freight", "Freight"),
        "Freight borne by you.",
        "Negative where customers paid more than it cost.",
    ),
    formula(
        money("terms", "Payment terms"),
        "revenue * terms_days / 365 * capital",
        "What waiting for the money costs.",
        &[(
            &[
                ("revenue", 365_000.0),
                ("terms_days", 30.0),
                ("capital", 0.08),
            ],
            "2400",
        )],
    ),
    formula(
        money("pocket", "Pocket price"),
        "revenue - count_rebates * rebates - count_freight * freight - count_terms * terms",
        "What arrives after everything that comes off the invoice.",
        &[(
            &[
                ("revenue", 85.0),
                ("count_rebates", 1.0),
                ("rebates", 5.0),
                ("count_freight", 1.0),
                ("freight", 3.0),
                ("count_terms", 0.0),
                ("terms", 9.0),
            ],
            "77",
        )],
    ),
    data(
        money("cost", "Cost of goods"),
        "Recorded costs; where an order has none, assumed from the account's own margin, else its segment's, else the gross margin assumption.",
        "Coverage says how much of revenue has a recorded cost.",
    ),
    formula(
        spec(
            "gross_profit",
            "Gross profit",
            Unit::Money,
            Basis::GrossProfit,
        ),
        "pocket - count_cost * cost",
        "What is left after cost of goods.",
        &[(
            &[("pocket", 77.0), ("count_cost", 1.0), ("cost", 40.0)],
            "37",
        )],
    ),
    data(
        money("tooling", "Tooling"),
        "Dies, fixtures and tools paid by you.",
        "Counts where its toggle is on.",
    ),
    formula(
        money("service", "Cost to serve"),
        "orders * service_order + account_years * service_year",
        "Handling orders and keeping accounts.",
        &[(
            &[
                ("orders", 12.0),
                ("service_order", 50.0),
                ("account_years", 2.0),
                ("service_year", 450.0),
            ],
            "1500",
        )],
    ),
    formula(
        money("depreciation", "Depreciation"),
        "account_years * depreciation_year",
        "Of equipment that serves one customer only.",
        &[(
            &[("account_years", 3.0), ("depreciation_year", 800.0)],
            "2400",
        )],
    ),
    formula(
        own("contribution", "Contribution"),
        "gross_profit - count_tooling * tooling - count_service * service - count_depreciation * depreciation",
        "What the orders left to pay for everything else.",
        &[(
            &[
                ("gross_profit", 35_900.0),
                ("count_tooling", 1.0),
                ("tooling", 1_200.0),
                ("count_service", 1.0),
                ("service", 1_500.0),
                ("count_depreciation", 0.0),
                ("depreciation", 0.0),
            ],
            "33200",
        )],
    ),
    data(
        money("returned", "Returns and credits"),
        "Negative lines; already inside revenue.",
        "How much came back.",
    ),
    // Shares.
    formula(
        percent("gp_percent", "Gross profit %", Basis::GrossProfit),
        "gross_profit / (revenue - count_rebates * rebates - count_terms * terms)",
        "Gross profit as a share of revenue net of rebates and terms.",
        &[(
            &[
                ("gross_profit", 37.0),
                ("revenue", 85.0),
                ("count_rebates", 1.0),
                ("rebates", 8.0),
                ("count_terms", 0.0),
                ("terms", 0.0),
            ],
            "48.05",
        )],
    ),
    formula(
        percent(
            "gp_after_tooling",
            "Gross profit % after tooling",
            Basis::GrossProfit,
        ),
        "(gross_profit - count_tooling * tooling) / (revenue - count_rebates * rebates - count_terms * terms)",
        "The same with the tooling you paid for taken off.",
        &[(
            &[
                ("gross_profit", 37.0),
                ("count_tooling", 1.0),
                ("tooling", 7.0),
                ("revenue", 100.0),
                ("count_rebates", 0.0),
                ("rebates", 0.0),
                ("count_terms", 0.0),
                ("terms", 0.0),
            ],
            "30",
        )],
    ),
    formula(
        percent(
            "contribution_percent",
            "Contribution %",
            Basis::Contribution,
        ),
        "contribution / revenue",
        "Contribution as a share of revenue.",
        &[(
            &[("contribution", 33_200.0), ("revenue", 110_400.0)],
            "30.07",
        )],
    ),
    data(
        percent("cost_coverage", "Cost coverage", Basis::None),
        "Revenue of lines with a recorded cost over all revenue; the other way round where it is larger, as when credits lack a cost.",
        "The share of a margin that is real; the rest is assumed.",
    ),
    formula(
        spec(
            "order_average",
            "Average order",
            Unit::MoneyPerOrder,
            Basis::Revenue,
        ),
        "revenue / orders",
        "Revenue per order.",
        &[(&[("revenue", 720.0), ("orders", 12.0)], "60")],
    ),
    data(
        spec(
            "orders_per_year",
            "Orders per year",
            Unit::OrdersPerYear,
            Basis::None,
        ),
        "For each account, orders over the years since its first order (at least one), added up.",
        "How often is ordered.",
    ),
];
