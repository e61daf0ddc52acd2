//! The metrics of the value definition, lifetime value, acquisition and history.
//!
//! A formula here is what "show the working" prints; a test evaluates it independently on live
//! figures and compares it with what the code computed.

use crate::base::Unit;
use crate::metrics::{Basis, Exactness, Formula, Spec};

type Examples = &'static [(&'static [(&'static str, f64)], &'static str)];

const fn spec(key: &'static str, label: &'static str, unit: Unit, basis: Basis) -> Spec {
    Spec {
        key,
        label,
        unit,
        basis,
        formula: Formula::Data(""),
        reading: "",
        exactness: Exactness::Exact,
        examples: &[],
    }
}

const fn data(spec: Spec, words: &'static str, reading: &'static str) -> Spec {
    Spec {
        formula: Formula::Data(words),
        reading,
        ..spec
    }
}

const fn formula(
    spec: Spec,
    expression: &'static str,
    reading: &'static str,
    examples: Examples,
) -> Spec {
    Spec {
        formula: Formula::Expression(expression),
        reading,
        examples,
        ..spec
    }
}

const fn estimated(spec: Spec) -> Spec {
    Spec {
        exactness: Exactness::Estimated,
        ..spec
    }
}

const fn count(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Count, Basis::None)
}

const fn money(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Money, Basis::None)
}

const fn value(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Money, Basis::Contribution)
}

const fn a_year(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::MoneyPerYear, Basis::Contribution)
}

const fn percent(key: &'static str, label: &'static str, basis: Basis) -> Spec {
    spec(key, label, Unit::Percent, basis)
}

/// Every metric of this capability, in the order of the documentation.
pub const SPECS: &[Spec] = &[
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
        value("contribution", "Contribution"),
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
        "Revenue of lines with a recorded cost over all revenue.",
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
    // A year's margin.
    data(
        spec(
            "revenue_year",
            "Revenue, last 12 months",
            Unit::MoneyPerYear,
            Basis::Revenue,
        ),
        "Net invoiced amounts of the last 365 days.",
        "The current size of the business.",
    ),
    data(
        spec(
            "gross_profit_year",
            "Gross profit, last 12 months",
            Unit::MoneyPerYear,
            Basis::GrossProfit,
        ),
        "The same waterfall over the last 365 days.",
        "The current gross profit.",
    ),
    data(
        a_year("contribution_year", "Contribution, last 12 months"),
        "The same waterfall over the last 365 days.",
        "The current contribution.",
    ),
    data(
        a_year("average_margin", "Average year's margin"),
        "For each account, its value so far over the years since its first order (at least one), added up.",
        "A steadier measure than the last 12 months.",
    ),
    data(
        a_year("active_average", "Average year's margin of active accounts"),
        "The average year's margin, lapsed accounts left out.",
        "What L2 multiplies by years.",
    ),
    formula(
        a_year("yearly_margin", "Yearly margin"),
        "pick(measure, pick(basis, contribution_year, gross_profit_year, revenue_year), average_margin)",
        "The year that is taken as the measure of the future.",
        &[(
            &[
                ("measure", 1.0),
                ("basis", 1.0),
                ("contribution_year", 33_200.0),
                ("gross_profit_year", 35_900.0),
                ("revenue_year", 110_400.0),
                ("average_margin", 0.0),
            ],
            "33200",
        )],
    ),
    data(
        a_year("lapsed_margin", "Yearly margin of lapsed accounts"),
        "The part of the yearly margin that belongs to lapsed accounts.",
        "It is not expected again.",
    ),
    estimated(formula(
        a_year("expected_margin", "Expected yearly margin"),
        "yearly_margin - lapsed_margin",
        "The yearly margin of active accounts: what every method starts from.",
        &[(
            &[("yearly_margin", 1_000.0), ("lapsed_margin", 100.0)],
            "900",
        )],
    )),
    // Pieces.
    data(
        spec(
            "pieces_year",
            "Pieces, last 12 months",
            Unit::Pieces,
            Basis::None,
        ),
        "Pieces ordered by active accounts in the last 365 days, returns deducted.",
        "Q of L9.",
    ),
    data(
        money("piece_list", "List price of a piece"),
        "List amounts over pieces, last 365 days.",
        "P of L9.",
    ),
    data(
        percent("discount_share", "Discount share", Basis::None),
        "Discounts over list amounts, last 365 days.",
        "The on-invoice discount of L9.",
    ),
    data(
        money("piece_cost", "Cost of a piece"),
        "Cost of goods over pieces, last 365 days; 0 where cost does not count.",
        "C of L9.",
    ),
    data(
        money("piece_freight", "Freight of a piece"),
        "Freight over pieces, last 365 days; 0 where freight does not count.",
        "F of L9.",
    ),
    data(
        a_year("service_active", "Cost to serve, last 12 months"),
        "Cost to serve of active accounts in the last 365 days; 0 where it does not count.",
        "S of L9.",
    ),
    data(
        a_year("tooling_active", "Tooling, last 12 months"),
        "Tooling of active accounts in the last 365 days; 0 where it does not count.",
        "K of L9.",
    ),
    estimated(formula(
        a_year("detail_margin", "Yearly margin from pieces"),
        "pieces_year * (piece_list * (1 - discount_share) - piece_cost - piece_freight) - service_active - tooling_active",
        "Contribution of a year, built from one piece. Rebates, terms and depreciation are not in it.",
        &[(
            &[
                ("pieces_year", 10_000.0),
                ("piece_list", 12.0),
                ("discount_share", 0.08),
                ("piece_cost", 7.1),
                ("piece_freight", 0.35),
                ("service_active", 1_500.0),
                ("tooling_active", 1_200.0),
            ],
            "33200",
        )],
    )),
    // Methods.
    estimated(formula(
        spec(
            "multiple",
            "Worth today of 1 a year",
            Unit::Count,
            Basis::None,
        ),
        "if(timing < 4, sum(t, 1, horizon, (retention * (1 + growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (retention * (1 + growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "How many of today's yearly margins the horizon is worth, under L7.",
        &[
            (
                &[
                    ("timing", 1.0),
                    ("horizon", 5.0),
                    ("retention", 0.8),
                    ("growth", 0.0),
                    ("discount", 0.1),
                ],
                "2.65512",
            ),
            (
                &[
                    ("timing", 2.0),
                    ("horizon", 5.0),
                    ("retention", 0.8),
                    ("growth", 0.0),
                    ("discount", 0.1),
                ],
                "2.78472",
            ),
            (
                &[
                    ("timing", 3.0),
                    ("horizon", 5.0),
                    ("retention", 0.8),
                    ("growth", 0.0),
                    ("discount", 0.1),
                ],
                "2.92063",
            ),
        ],
    )),
    estimated(data(
        spec(
            "multiple_l10",
            "Worth today of 1 a year, observed survival",
            Unit::Count,
            Basis::None,
        ),
        "Sum over the years t of the horizon of S(t) (1 + growth)^(t - 1) / (1 + discount)^t, with the share S(t) of accounts that last longer than t years (Kaplan and Meier, from the accounts' tenures).",
        "Needs no retention rate: it counts how long accounts have lasted.",
    )),
    formula(
        value("l1", "L1 Historic"),
        "past_value",
        "What the account has brought so far.",
        &[(&[("past_value", 720.0)], "720")],
    ),
    estimated(formula(
        value("l2", "L2 Simple"),
        "active_average * horizon",
        "The average year, repeated over the horizon: nobody leaves and waiting costs nothing.",
        &[(&[("active_average", 240.0), ("horizon", 3.0)], "720")],
    )),
    estimated(formula(
        value("l3", "L3 Margin over churn"),
        "expected_margin * if(retention < 1, 1 / (1 - retention), horizon)",
        "The yearly margin until the average account is gone. Without churn, over the horizon.",
        &[
            (
                &[
                    ("expected_margin", 10.0),
                    ("retention", 0.96),
                    ("horizon", 5.0),
                ],
                "250",
            ),
            (
                &[
                    ("expected_margin", 100.0),
                    ("retention", 0.95),
                    ("horizon", 5.0),
                ],
                "2000",
            ),
        ],
    )),
    estimated(formula(
        value("l4", "L4 Discounted, after one renewal"),
        "expected_margin * retention / (1 + discount - retention)",
        "The first margin comes a year from now, from those who stay.",
        &[
            (
                &[
                    ("expected_margin", 1_000.0),
                    ("retention", 0.8),
                    ("discount", 0.1),
                ],
                "2666.67",
            ),
            (
                &[
                    ("expected_margin", 1.0),
                    ("retention", 0.9),
                    ("discount", 0.12),
                ],
                "4.09",
            ),
        ],
    )),
    estimated(formula(
        value("l5", "L5 Discounted, now"),
        "expected_margin * (1 + discount) / (1 + discount - retention)",
        "The first margin comes at once.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention", 0.8),
                ("discount", 0.1),
            ],
            "3666.67",
        )],
    )),
    estimated(formula(
        value("l6", "L6 Discounted, end of year 1"),
        "expected_margin / (1 + discount - retention)",
        "The first margin is certain and comes at the end of the year.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention", 0.8),
                ("discount", 0.1),
            ],
            "3333.33",
        )],
    )),
    estimated(formula(
        value("l7", "L7 Finite horizon"),
        "expected_margin * multiple",
        "A fixed number of years, each less certain and further away.",
        &[(
            &[("expected_margin", 1_000.0), ("multiple", 2.655_12)],
            "2655.12",
        )],
    )),
    estimated(formula(
        value("l8", "L8 With margin growth"),
        "expected_margin * retention / (1 + discount - retention * (1 + growth))",
        "Like L4, with a margin that grows while an account stays.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention", 0.8),
                ("discount", 0.1),
                ("growth", 0.05),
            ],
            "3076.92",
        )],
    )),
    estimated(formula(
        value("l9", "L9 Contribution detail"),
        "detail_margin * multiple",
        "The same horizon on a yearly margin built from pieces; always contribution.",
        &[(&[("detail_margin", 33_200.0), ("multiple", 2.0)], "66400")],
    )),
    estimated(formula(
        value("l10", "L10 Observed survival"),
        "expected_margin * multiple_l10",
        "The horizon with the survival that the book itself shows.",
        &[(
            &[("expected_margin", 1_000.0), ("multiple_l10", 2.5)],
            "2500",
        )],
    )),
    estimated(data(
        value("spread", "Spread between methods"),
        "Largest less smallest value of L2 to L10, of those that can run.",
        "How much the choice of method matters: the risk of the model.",
    )),
    // Lifetime value.
    formula(
        value("past_value", "Value so far"),
        "pick(basis, contribution, gross_profit, revenue)",
        "The chosen level of the waterfall, summed over the past.",
        &[(
            &[
                ("basis", 2.0),
                ("contribution", 30.0),
                ("gross_profit", 37.0),
                ("revenue", 85.0),
            ],
            "37",
        )],
    ),
    estimated(formula(
        value("future_value", "Future value"),
        "if(accounts_active < 1, 0, pick(method, l7, 0, l2, l3, l4, l5, l6, l8, l10))",
        "What active accounts are expected to bring, by the headline method. Lapsed accounts have none.",
        &[
            (
                &[("accounts_active", 1.0), ("method", 1.0), ("l7", 2_655.12)],
                "2655.12",
            ),
            (
                &[("accounts_active", 0.0), ("method", 1.0), ("l7", 2_655.12)],
                "0",
            ),
        ],
    )),
    estimated(formula(
        value("lifetime_value", "Lifetime value"),
        "past_value + future_value - accounts * cac",
        "Past and future together, less what winning the accounts cost.",
        &[(
            &[
                ("past_value", 10_000.0),
                ("future_value", 96_212.79),
                ("accounts", 1.0),
                ("cac", 15_000.0),
            ],
            "91212.79",
        )],
    )),
    estimated(formula(
        value("ltv_per_account", "Lifetime value per account"),
        "lifetime_value / accounts",
        "The average account.",
        &[(&[("lifetime_value", 200_000.0), ("accounts", 40.0)], "5000")],
    )),
    estimated(formula(
        spec("ltv_cac", "LTV:CAC", Unit::Ratio, Basis::Contribution),
        "(past_value + future_value) / (accounts * cac)",
        "Lifetime value before acquisition cost, over that cost. Below 1 an account never earns back what winning it cost; 3 is a usual goal.",
        &[(
            &[
                ("past_value", 0.0),
                ("future_value", 54_212.79),
                ("accounts", 1.0),
                ("cac", 15_000.0),
            ],
            "3.614",
        )],
    )),
    estimated(formula(
        spec(
            "payback_months",
            "Payback",
            Unit::Months,
            Basis::Contribution,
        ),
        "12 * accounts_active * cac / expected_margin",
        "Months of the current margin that earn back the acquisition cost.",
        &[(
            &[
                ("accounts_active", 1.0),
                ("cac", 15_000.0),
                ("expected_margin", 36_000.0),
            ],
            "5",
        )],
    )),
    data(
        value("first_order_value", "Value of first orders"),
        "The chosen level of the waterfall over every account's first order.",
        "What the initial orders alone brought.",
    ),
    estimated(formula(
        percent("initial_share", "Initial order share", Basis::Contribution),
        "first_order_value / (past_value + future_value)",
        "How much of lifetime value the first order is; the rest is what staying brings.",
        &[(
            &[
                ("first_order_value", 500.0),
                ("past_value", 2_000.0),
                ("future_value", 8_000.0),
            ],
            "5",
        )],
    )),
    // A new account.
    estimated(formula(
        a_year("new_margin", "Yearly margin of an average active account"),
        "expected_margin / accounts_active",
        "What a new account is expected to bring if it is like the others.",
        &[(
            &[("expected_margin", 90_000.0), ("accounts_active", 30.0)],
            "3000",
        )],
    )),
    estimated(formula(
        value("new_npv", "Net present value of a new account"),
        "sum(t, 1, horizon, new_margin * (retention * (1 + growth)) ^ (t - 1) / (1 + discount) ^ t) - cac",
        "What winning one more account like the average is worth today: flows at the end of each year.",
        &[(
            &[
                ("new_margin", 33_200.0),
                ("horizon", 5.0),
                ("retention", 0.85),
                ("growth", 0.0),
                ("discount", 0.1),
                ("cac", 57_000.0),
            ],
            "39212.79",
        )],
    )),
    estimated(data(
        spec(
            "new_irr",
            "Rate of return of a new account",
            Unit::PercentPerYear,
            Basis::Contribution,
        ),
        "The discount rate at which the net present value of a new account is zero, found by bracketing.",
        "Above your discount rate, winning such an account pays.",
    )),
    estimated(data(
        spec(
            "new_payback",
            "Payback of a new account",
            Unit::Years,
            Basis::Contribution,
        ),
        "The year in which the sum of the flows turns positive for good, interpolated: t - 1 + missing amount / flow of the year.",
        "Retention is in it; discounting is not.",
    )),
    estimated(data(
        spec(
            "new_payback_discounted",
            "Discounted payback of a new account",
            Unit::Years,
            Basis::Contribution,
        ),
        "The same with every flow discounted to today.",
        "The stricter of the two.",
    )),
    // History.
    data(
        spec(
            "retention_seen",
            "Retention in the data",
            Unit::PercentPerYear,
            Basis::None,
        ),
        "Accounts that ordered in a year and again in the next, over those that ordered in the first; all pairs of years together.",
        "Used as the retention rate until you set your own.",
    ),
    data(
        percent(
            "margin_seen",
            "Gross margin in the data",
            Basis::GrossProfit,
        ),
        "Revenue less cost over revenue, of the lines with a recorded cost.",
        "Used where a cost is missing, until you set your own.",
    ),
    data(
        percent("repeat_rate", "Repeat rate", Basis::None),
        "Accounts with orders on at least two days, over all accounts.",
        "How many came back at all.",
    ),
    data(
        spec(
            "tenure_median",
            "Median tenure so far",
            Unit::Years,
            Basis::None,
        ),
        "From the first order to the last of a lapsed account, or to the as-of date of an active one; the middle of all.",
        "Active accounts are still running, so the final tenure is longer.",
    ),
    data(
        spec(
            "silent_months",
            "Since the last order",
            Unit::Months,
            Basis::None,
        ),
        "From the last order to the as-of date.",
        "Compare with the lapse threshold.",
    ),
];
