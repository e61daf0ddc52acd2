//! Metrics of a deal: what it is worth, and when it has paid back.

use crate::base::Unit;
use crate::metrics::Spec;

use super::{data, estimated, formula};

pub(super) const SPECS: &[Spec] = &[
    estimated(formula(
        "deal_multiple",
        "Worth today of 1 a year",
        Unit::Count,
        "if(timing < 4, sum(t, 1, horizon, (deal_retention * (1 + deal_growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (deal_retention * (1 + deal_growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "How many of a first year's contributions the horizon is worth.",
        &[
            (
                &[
                    ("timing", 1.0),
                    ("horizon", 5.0),
                    ("discount", 0.1),
                    ("deal_retention", 0.8),
                    ("deal_growth", 0.0),
                ],
                "2.65512",
            ),
            (
                &[
                    ("timing", 1.0),
                    ("horizon", 5.0),
                    ("discount", 0.1),
                    ("deal_retention", 0.85),
                    ("deal_growth", 0.0),
                ],
                "2.89798",
            ),
        ],
    )),
    estimated(formula(
        "deal_adder_today",
        "Worth today of what is added for tooling",
        Unit::Money,
        "deal_volume * deal_adder * if(timing < 4, sum(t, 1, horizon, deal_retention ^ (t - 1) * max(0, min(1, deal_tool_pieces / deal_volume - (t - 1))) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, deal_retention ^ ((k - 1) / 12) * max(0, min(1, 12 * deal_tool_pieces / deal_volume - (k - 1))) / (1 + discount) ^ (k / 12) / 12))",
        "It comes back only while the deal runs.",
        &[(
            &[
                ("deal_volume", 10_000.0),
                ("deal_adder", 1.0),
                ("timing", 1.0),
                ("horizon", 5.0),
                ("deal_retention", 1.0),
                ("deal_tool_pieces", 15_000.0),
                ("discount", 0.0),
            ],
            "15000",
        )],
    )),
    estimated(formula(
        "deal_margin_today",
        "Worth today of what the deal leaves",
        Unit::Money,
        "deal_contribution * deal_multiple + deal_adder_today",
        "Expected contribution over the horizon, discounted: the lifetime value before winning it and tooling.",
        &[(
            &[
                ("deal_contribution", 33_200.0),
                ("deal_multiple", 2.897_975_5),
                ("deal_adder_today", 0.0),
            ],
            "96212.79",
        )],
    )),
    estimated(formula(
        "deal_npv",
        "Worth of the deal",
        Unit::Money,
        "deal_margin_today - deal_outlay",
        "Net present value: above 0 the deal earns more than the discount rate asks for.",
        &[(
            &[("deal_margin_today", 96_212.79), ("deal_outlay", 57_000.0)],
            "39212.79",
        )],
    )),
    estimated(data(
        "deal_irr",
        "Rate of return",
        Unit::PercentPerYear,
        "The rate at which the deal is worth exactly 0 (internal rate of return), looked for between -99 % and 1000 % a year.",
        "Compare it with the discount rate. None or several are said so.",
    )),
    estimated(data(
        "deal_payback",
        "Payback",
        Unit::Years,
        "When the sum of the expected flows turns positive for good; money comes evenly over each year.",
        "How long the deal must be kept.",
    )),
    estimated(data(
        "deal_payback_discounted",
        "Payback, discounted",
        Unit::Years,
        "The same with each flow discounted to today.",
        "How long the deal must be kept to earn the discount rate as well.",
    )),
    estimated(formula(
        "deal_ltv_cac",
        "LTV:CAC",
        Unit::Ratio,
        "(deal_margin_today - deal_outlay + deal_cac) / deal_cac",
        "Worth today of what the deal leaves, less tooling that you pay for, over the cost of winning it. Often 3 is asked for.",
        &[(
            &[
                ("deal_margin_today", 96_212.79),
                ("deal_outlay", 57_000.0),
                ("deal_cac", 15_000.0),
            ],
            "3.614",
        )],
    )),
    estimated(formula(
        "deal_cac_months",
        "Months to earn back the cost of winning",
        Unit::Months,
        "12 * deal_cac / deal_contribution",
        "At the first year's contribution.",
        &[(
            &[("deal_cac", 15_000.0), ("deal_contribution", 33_200.0)],
            "5.42",
        )],
    )),
    estimated(data(
        "deal_xnpv",
        "Worth of the dated flows",
        Unit::Money,
        "Net present value on the day of the first flow: each divided by (1 + discount rate) ^ (days / 365).",
        "Above 0 they earn more than the discount rate asks for.",
    )),
    estimated(data(
        "deal_xirr",
        "Rate of return of the dated flows",
        Unit::PercentPerYear,
        "The rate at which the dated flows are worth exactly 0, with actual days over 365.",
        "Compare it with the discount rate. None or several are said so.",
    )),
];
