//! Metrics of a deal: its price and its first year.

use crate::base::Unit;
use crate::metrics::Spec;

use super::{data, formula};

pub(super) const SPECS: &[Spec] = &[
    formula(
        "deal_order_pieces",
        "Pieces of an order",
        Unit::Pieces,
        "deal_volume / deal_releases",
        "What one order of the deal is for.",
        &[(
            &[("deal_volume", 10_000.0), ("deal_releases", 12.0)],
            "833.3",
        )],
    ),
    data(
        "deal_list_price",
        "List price at that order size",
        Unit::MoneyPerPiece,
        "The list price of a piece, or where price breaks are entered, that of an order of this size.",
        "What discounts are taken off.",
    ),
    formula(
        "deal_price",
        "Invoice price",
        Unit::MoneyPerPiece,
        "deal_list_price * (1 - deal_discount)",
        "What is printed on the invoice, for a piece.",
        &[
            (
                &[("deal_list_price", 12.0), ("deal_discount", 0.08)],
                "11.04",
            ),
            (
                &[("deal_list_price", 500.0), ("deal_discount", 0.12)],
                "440",
            ),
        ],
    ),
    formula(
        "deal_arriving",
        "Share of the invoice that arrives",
        Unit::Percent,
        "1 - deal_rebate - deal_terms / 365 * capital",
        "Without discounts off invoice and the cost of waiting for the money.",
        &[(
            &[
                ("deal_rebate", 0.05),
                ("deal_terms", 0.0),
                ("capital", 0.08),
            ],
            "95",
        )],
    ),
    formula(
        "deal_pocket",
        "Pocket price",
        Unit::MoneyPerPiece,
        "deal_price * deal_arriving - deal_freight",
        "What is left of a piece's price after everything that comes off it.",
        &[(
            &[
                ("deal_price", 85.0),
                ("deal_arriving", 1.0),
                ("deal_freight", 8.0),
            ],
            "77",
        )],
    ),
    formula(
        "deal_unit",
        "Contribution of a piece",
        Unit::MoneyPerPiece,
        "deal_pocket - deal_cost",
        "What a piece leaves.",
        &[
            (&[("deal_pocket", 10.69), ("deal_cost", 7.1)], "3.59"),
            (&[("deal_pocket", 80.0), ("deal_cost", 50.0)], "30"),
        ],
    ),
    formula(
        "deal_pocket_margin",
        "Pocket margin",
        Unit::Percent,
        "deal_unit / deal_pocket",
        "What a piece leaves, as a share of its pocket price.",
        &[(&[("deal_unit", 37.0), ("deal_pocket", 77.0)], "48.05")],
    ),
    formula(
        "deal_gross_margin",
        "Gross margin",
        Unit::Percent,
        "(deal_price * (1 - deal_rebate) - deal_cost) / deal_price",
        "Before freight and terms, as a share of the invoice price.",
        &[(
            &[
                ("deal_price", 11.04),
                ("deal_rebate", 0.0),
                ("deal_cost", 7.1),
            ],
            "35.69",
        )],
    ),
    formula(
        "deal_revenue",
        "Revenue of a year",
        Unit::MoneyPerYear,
        "deal_volume * deal_price",
        "At the expected annual usage.",
        &[(
            &[("deal_volume", 10_000.0), ("deal_price", 11.04)],
            "110400",
        )],
    ),
    formula(
        "deal_to_serve",
        "Cost to serve of a year",
        Unit::MoneyPerYear,
        "deal_releases * deal_release_cost + deal_service",
        "Handling orders, and what does not depend on them.",
        &[(
            &[
                ("deal_releases", 12.0),
                ("deal_release_cost", 75.0),
                ("deal_service", 600.0),
            ],
            "1500",
        )],
    ),
    formula(
        "deal_contribution",
        "Contribution of a year",
        Unit::MoneyPerYear,
        "deal_volume * deal_unit - deal_to_serve - deal_maintenance",
        "What the first year leaves, before anything for tooling is added to the price.",
        &[(
            &[
                ("deal_volume", 10_000.0),
                ("deal_unit", 3.59),
                ("deal_to_serve", 1500.0),
                ("deal_maintenance", 1200.0),
            ],
            "33200",
        )],
    ),
    formula(
        "deal_margin",
        "Contribution margin",
        Unit::Percent,
        "deal_contribution / deal_revenue",
        "What approval is decided by.",
        &[(
            &[("deal_contribution", 33_200.0), ("deal_revenue", 110_400.0)],
            "30.07",
        )],
    ),
    formula(
        "deal_adder",
        "Added to a piece for tooling",
        Unit::MoneyPerPiece,
        "pick(deal_tooling_by, 0, 0, deal_tooling / deal_tool_pieces + deal_maintenance / deal_volume)",
        "Where tooling is paid with the pieces: tooling and its maintenance, until it is paid.",
        &[(
            &[
                ("deal_tooling_by", 3.0),
                ("deal_tooling", 105_000.0),
                ("deal_tool_pieces", 250_000.0),
                ("deal_maintenance", 1800.0),
                ("deal_volume", 60_000.0),
            ],
            "0.45",
        )],
    ),
    formula(
        "deal_tool_years",
        "Years until the tooling is paid",
        Unit::Years,
        "deal_tool_pieces / deal_volume",
        "How long the addition to the price is asked for.",
        &[(
            &[("deal_tool_pieces", 250_000.0), ("deal_volume", 60_000.0)],
            "4.17",
        )],
    ),
    formula(
        "deal_outlay",
        "Laid out at the start",
        Unit::Money,
        "deal_cac + pick(deal_tooling_by, deal_tooling, 0, deal_tooling)",
        "Winning the deal, and tooling that you pay for.",
        &[(
            &[
                ("deal_cac", 15_000.0),
                ("deal_tooling_by", 1.0),
                ("deal_tooling", 42_000.0),
            ],
            "57000",
        )],
    ),
];
