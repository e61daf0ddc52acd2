//! Metrics of the yearly margin, the methods, lifetime value, a new account and history.

use crate::base::Unit;
use crate::metrics::{Basis, Spec};

use super::{a_year, data, estimated, formula, money, own, own_year, percent, spec, value};

pub(super) const SPECS: &[Spec] = &[
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
        own_year("contribution_year", "Contribution, last 12 months"),
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
        own_year("service_active", "Cost to serve, last 12 months"),
        "Cost to serve of active accounts in the last 365 days; 0 where it does not count.",
        "S of L9.",
    ),
    data(
        own_year("tooling_active", "Tooling, last 12 months"),
        "Tooling of active accounts in the last 365 days; 0 where it does not count.",
        "K of L9.",
    ),
    estimated(formula(
        own_year("detail_margin", "Yearly margin from pieces"),
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
    estimated(data(
        spec(
            "retention_used",
            "Retention of these accounts",
            Unit::PercentPerYear,
            Basis::None,
        ),
        "The retention that the active accounts are valued with: their group's own where it has one, else the common one. Over several rates, their average by accounts.",
        "Set the common rate at the top of the assumptions, and those of groups under How the future is valued.",
    )),
    estimated(formula(
        spec(
            "multiple",
            "Worth today of 1 a year",
            Unit::Count,
            Basis::None,
        ),
        "if(timing < 4, sum(t, 1, horizon, (retention_used * (1 + growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (retention_used * (1 + growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "How many of today's yearly margins the horizon is worth, under L7.",
        &[
            (
                &[
                    ("timing", 1.0),
                    ("horizon", 5.0),
                    ("retention_used", 0.8),
                    ("growth", 0.0),
                    ("discount", 0.1),
                ],
                "2.65512",
            ),
            (
                &[
                    ("timing", 2.0),
                    ("horizon", 5.0),
                    ("retention_used", 0.8),
                    ("growth", 0.0),
                    ("discount", 0.1),
                ],
                "2.78472",
            ),
            (
                &[
                    ("timing", 3.0),
                    ("horizon", 5.0),
                    ("retention_used", 0.8),
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
        "expected_margin * if(retention_used < 1, 1 / (1 - retention_used), horizon)",
        "The yearly margin until the average account is gone. Without churn, over the horizon.",
        &[
            (
                &[
                    ("expected_margin", 10.0),
                    ("retention_used", 0.96),
                    ("horizon", 5.0),
                ],
                "250",
            ),
            (
                &[
                    ("expected_margin", 100.0),
                    ("retention_used", 0.95),
                    ("horizon", 5.0),
                ],
                "2000",
            ),
        ],
    )),
    estimated(formula(
        value("l4", "L4 Discounted, after one renewal"),
        "expected_margin * retention_used / (1 + discount - retention_used)",
        "The first margin comes a year from now, from those who stay.",
        &[
            (
                &[
                    ("expected_margin", 1_000.0),
                    ("retention_used", 0.8),
                    ("discount", 0.1),
                ],
                "2666.67",
            ),
            (
                &[
                    ("expected_margin", 1.0),
                    ("retention_used", 0.9),
                    ("discount", 0.12),
                ],
                "4.09",
            ),
        ],
    )),
    estimated(formula(
        value("l5", "L5 Discounted, now"),
        "expected_margin * (1 + discount) / (1 + discount - retention_used)",
        "The first margin comes at once.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention_used", 0.8),
                ("discount", 0.1),
            ],
            "3666.67",
        )],
    )),
    estimated(formula(
        value("l6", "L6 Discounted, end of year 1"),
        "expected_margin / (1 + discount - retention_used)",
        "The first margin is certain and comes at the end of the year.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention_used", 0.8),
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
        "expected_margin * retention_used / (1 + discount - retention_used * (1 + growth))",
        "Like L4, with a margin that grows while an account stays.",
        &[(
            &[
                ("expected_margin", 1_000.0),
                ("retention_used", 0.8),
                ("discount", 0.1),
                ("growth", 0.05),
            ],
            "3076.92",
        )],
    )),
    estimated(formula(
        own("l9", "L9 Contribution detail"),
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
    // Acquisition.
    estimated(data(
        money("cac_all", "Acquisition cost of all accounts"),
        "Each account's acquisition cost (its group's own where it has one, else the common one), added up.",
        "What winning these accounts is taken to have cost.",
    )),
    estimated(data(
        money("cac_active", "Acquisition cost of active accounts"),
        "The same over the accounts that have not lapsed.",
        "What the current margin has to earn back.",
    )),
    estimated(data(
        money("cac_new", "Acquisition cost, last 12 months"),
        "The same over the accounts whose first order was in the last 365 days.",
        "What you are taken to have spent on winning accounts in a year: compare with your books.",
    )),
    estimated(formula(
        money("new_cac", "Acquisition cost of a new account"),
        "cac_active / accounts_active",
        "The average over the active accounts.",
        &[(
            &[("cac_active", 150_000.0), ("accounts_active", 30.0)],
            "5000",
        )],
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
        "past_value + future_value - cac_all",
        "Past and future together, less what winning the accounts cost.",
        &[(
            &[
                ("past_value", 10_000.0),
                ("future_value", 96_212.79),
                ("cac_all", 15_000.0),
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
    // Constraint hours.
    estimated(data(
        spec("hours", "Constraint hours", Unit::Count, Basis::None),
        "Orders times constraint hours per order (the group's own where it has any), added up over accounts.",
        "What these accounts took of what you are shortest of.",
    )),
    estimated(data(
        spec(
            "hours_year",
            "Constraint hours, last 12 months",
            Unit::Count,
            Basis::None,
        ),
        "The same over the active accounts' orders of the last 365 days.",
        "What they take in a year.",
    )),
    estimated(formula(
        spec(
            "hours_ahead",
            "Constraint hours expected",
            Unit::Count,
            Basis::None,
        ),
        "hours_year * sum(t, 1, horizon, retention_used ^ (t - 1))",
        "What they are expected to take over the horizon.",
        &[(
            &[
                ("hours_year", 100.0),
                ("horizon", 3.0),
                ("retention_used", 0.8),
            ],
            "244",
        )],
    )),
    estimated(formula(
        value("ltv_per_hour", "Lifetime value per constraint hour"),
        "lifetime_value / (hours + hours_ahead)",
        "Which accounts make most of the hours you are short of.",
        &[(
            &[
                ("lifetime_value", 17_200.0),
                ("hours", 100.0),
                ("hours_ahead", 244.0),
            ],
            "50",
        )],
    )),
    estimated(formula(
        spec("ltv_cac", "LTV:CAC", Unit::Ratio, Basis::Chosen),
        "(past_value + future_value) / cac_all",
        "Lifetime value before acquisition cost, over that cost. Below 1 an account never earns back what winning it cost; 3 is a usual goal.",
        &[(
            &[
                ("past_value", 0.0),
                ("future_value", 54_212.79),
                ("cac_all", 15_000.0),
            ],
            "3.614",
        )],
    )),
    estimated(formula(
        spec("payback_months", "Payback", Unit::Months, Basis::Chosen),
        "12 * cac_active / expected_margin",
        "Months of the current margin that earn back the acquisition cost.",
        &[(
            &[("cac_active", 15_000.0), ("expected_margin", 36_000.0)],
            "5",
        )],
    )),
    data(
        value("first_order_value", "Value of first orders"),
        "The chosen level of the waterfall over the orders of every account's first day, less what came back of them.",
        "What the initial orders alone brought.",
    ),
    estimated(formula(
        percent("initial_share", "Initial order share", Basis::Chosen),
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
        "sum(t, 1, horizon, new_margin * (retention_used * (1 + growth)) ^ (t - 1) / (1 + discount) ^ t) - new_cac",
        "What winning one more account like the average is worth today: flows at the end of each year.",
        &[(
            &[
                ("new_margin", 33_200.0),
                ("horizon", 5.0),
                ("retention_used", 0.85),
                ("growth", 0.0),
                ("discount", 0.1),
                ("new_cac", 57_000.0),
            ],
            "39212.79",
        )],
    )),
    estimated(data(
        spec(
            "new_irr",
            "Rate of return of a new account",
            Unit::PercentPerYear,
            Basis::Chosen,
        ),
        "The discount rate at which the net present value of a new account is zero, found by bracketing.",
        "Above your discount rate, winning such an account pays.",
    )),
    estimated(data(
        spec(
            "new_payback",
            "Payback of a new account",
            Unit::Years,
            Basis::Chosen,
        ),
        "The year in which the sum of the flows turns positive for good, interpolated: t - 1 + missing amount / flow of the year.",
        "Retention is in it; discounting is not.",
    )),
    estimated(data(
        spec(
            "new_payback_discounted",
            "Discounted payback of a new account",
            Unit::Years,
            Basis::Chosen,
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
