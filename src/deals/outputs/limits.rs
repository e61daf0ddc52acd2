//! Metrics of a deal: how far price, volume and retention may fall.

use crate::base::Unit;
use crate::metrics::Spec;

use super::{data, estimated, formula};

pub(super) const SPECS: &[Spec] = &[
    estimated(formula(
        "deal_floor_price",
        "Floor price",
        Unit::MoneyPerPiece,
        "deal_price - deal_npv / (deal_multiple * deal_volume * deal_arriving)",
        "The invoice price at which the deal is worth exactly 0.",
        &[(
            &[
                ("deal_price", 11.04),
                ("deal_npv", 39_212.79),
                ("deal_multiple", 2.897_975_5),
                ("deal_volume", 10_000.0),
                ("deal_arriving", 1.0),
            ],
            "9.6869",
        )],
    )),
    estimated(formula(
        "deal_max_discount",
        "Largest discount off list",
        Unit::Percent,
        "1 - deal_floor_price / deal_list_price",
        "The discount off list at which the deal is worth exactly 0.",
        &[(
            &[("deal_floor_price", 9.686_89), ("deal_list_price", 12.0)],
            "19.28",
        )],
    )),
    estimated(data(
        "deal_break_volume",
        "Break-even volume",
        Unit::Pieces,
        "The pieces a year from which on the deal is worth at least 0, all else as assumed; price breaks move with the size of an order.",
        "Below it the deal costs money.",
    )),
    estimated(data(
        "deal_break_retention",
        "Break-even retention",
        Unit::PercentPerYear,
        "The retention at which the deal is worth exactly 0, all else as assumed.",
        "How sure the next years must be.",
    )),
    formula(
        "deal_cut_price",
        "The further cut of a piece",
        Unit::MoneyPerPiece,
        "deal_list_price * deal_cut",
        "What the further points of discount take off the invoice price.",
        &[
            (&[("deal_list_price", 12.0), ("deal_cut", 0.05)], "0.6"),
            (&[("deal_list_price", 2.5), ("deal_cut", 0.2)], "0.5"),
        ],
    ),
    estimated(formula(
        "deal_cut_more",
        "Volume that the further cut needs",
        Unit::Percent,
        "deal_cut_price * deal_arriving / (deal_unit - deal_cut_price * deal_arriving)",
        "How much more must be sold to leave the same.",
        &[
            (
                &[
                    ("deal_cut_price", 0.6),
                    ("deal_arriving", 1.0),
                    ("deal_unit", 3.59),
                ],
                "20.07",
            ),
            (
                &[
                    ("deal_cut_price", 0.5),
                    ("deal_arriving", 1.0),
                    ("deal_unit", 1.5),
                ],
                "50",
            ),
        ],
    )),
    estimated(formula(
        "deal_cut_volume",
        "Pieces that the further cut needs",
        Unit::Pieces,
        "deal_volume * (1 + deal_cut_more)",
        "A year, to leave the same.",
        &[(
            &[("deal_volume", 10_000.0), ("deal_cut_more", 0.200_668_9)],
            "12007",
        )],
    )),
    estimated(formula(
        "deal_cut_npv",
        "Worth after the further cut",
        Unit::Money,
        "deal_npv - deal_cut_price * deal_arriving * deal_volume * deal_multiple",
        "At the same volume.",
        &[(
            &[
                ("deal_npv", 39_212.79),
                ("deal_cut_price", 0.6),
                ("deal_arriving", 1.0),
                ("deal_volume", 10_000.0),
                ("deal_multiple", 2.897_975_5),
            ],
            "21824.94",
        )],
    )),
];
