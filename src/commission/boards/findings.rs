//! Perverse incentives (S48), as a table for exports; the page has them in words.

use crate::base::{Money, Unit};
use crate::commission::finder::Finding;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{column, empty, money, text};

/// The findings, a row each.
pub fn findings_sheet(found: &[Finding]) -> Sheet {
    const KEY: &str = "findings";
    const TITLE: &str = "The numbers";
    if found.is_empty() {
        return empty(
            KEY,
            TITLE,
            "Nothing was found: more sales pay more at every level that was tried, and no boundary tempts.",
        );
    }
    let amount = |amount: Money| money(amount.rounded(2), Exactness::Exact);
    let maybe = |found: Option<Money>| found.map_or_else(|| Cell::Empty(String::new()), amount);
    let row = |one: &Finding| {
        vec![
            text(one.wrong.label()),
            amount(one.from.sales),
            amount(one.from.pay),
            amount(one.to.sales),
            amount(one.to.pay),
            amount(one.temptation),
            maybe(one.company),
            text(&one.rule),
            text(sellers(one)),
        ]
    };
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: "Each with the two situations it compares.".into(),
        columns: vec![
            column("wrong", "What", Unit::Text, ""),
            column("from_sales", "Sales", Unit::Money, ""),
            column("from_pay", "Pay", Unit::Money, ""),
            column("to_sales", "Other sales", Unit::Money, ""),
            column("to_pay", "Pay then", Unit::Money, ""),
            column(
                "temptation",
                "Temptation",
                Unit::Money,
                "What the seller gains by doing the wrong thing.",
            ),
            column(
                "company",
                "Company loses",
                Unit::Money,
                "Where that can be said.",
            ),
            column(
                "rule",
                "Caused by",
                Unit::Text,
                "The value of the scheme to change.",
            ),
            column(
                "sellers",
                "Found for",
                Unit::Text,
                "Of those who were tried: one who sells little, as much as the middle, and much.",
            ),
        ],
        rows: found.iter().map(row).collect(),
    }
}

/// Whom it tempts, by name.
fn sellers(one: &Finding) -> String {
    let names: Vec<&str> = one.sellers.iter().map(|seller| seller.0.as_str()).collect();
    names.join(", ")
}
