//! How the periods of one person closed, a row each: from what was earned to what is paid.

use crate::base::Unit;
use crate::commission::plan::Plan;
use crate::commission::sales::to_money;
use crate::commission::statement::{Closing, Kept};
use crate::metrics::{Exactness, Sheet};
use crate::value::sheets::cells::{column, money, text};

/// A part of a closing: key, heading, help, amount.
type Part = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Closing) -> i64,
);

const PARTS: &[Part] = &[
    (
        "commission",
        "Commission",
        "With its true-ups, after caps of orders.",
        |one| one.commission,
    ),
    ("bonuses", "Bonuses", "Fixed ones.", |one| one.bonuses),
    (
        "capped",
        "Above the cap",
        "Cut by the cap of the period.",
        |one| one.capped,
    ),
    ("clawback", "Taken back", "For returns.", |one| one.clawback),
    (
        "held",
        "Held back",
        "Or waiting for the customer's payment.",
        |one| one.held,
    ),
    (
        "released",
        "Released",
        "Of what was held back before.",
        |one| one.released,
    ),
    (
        "carried",
        "Carried",
        "Carried to later statements, repaid or waived.",
        |one| one.carried,
    ),
    ("draw", "Draw", "Added by it, or paid back of it.", |one| {
        one.draw
    }),
    (
        "payout",
        "Payout",
        "The sum of the statement's lines, to the cent.",
        |one| one.payout,
    ),
    (
        "draw_balance",
        "Draw to pay back",
        "Advanced and not yet paid back.",
        |one| one.draw_balance,
    ),
    (
        "open",
        "Still held",
        "Held back or waiting at the end of the period.",
        |one| one.open,
    ),
];

/// Shown even where they are zero throughout.
const ALWAYS: [&str; 2] = ["commission", "payout"];

/// The closings of a payee, the newest period first.
pub fn closings_sheet(plan: &Plan, kept: &Kept, payee: u32, name: &str) -> Sheet {
    let own = || kept.closings.iter().rev().filter(|one| one.0 == payee);
    // What a scheme does not have needs no column.
    let used = |part: &&Part| ALWAYS.contains(&part.0) || own().any(|one| (part.3)(&one.2) != 0);
    let parts: Vec<&Part> = PARTS.iter().filter(used).collect();
    let row = |one: &(u32, u32, Closing)| {
        let parts = parts.iter().map(|part| {
            let amount = (part.3)(&one.2);
            money(to_money(amount).rounded(2), Exactness::Exact)
        });
        std::iter::once(text(plan.period_name(one.1)))
            .chain(parts)
            .collect()
    };
    let columns = parts
        .iter()
        .map(|(key, label, help, _)| column(key, label, Unit::MoneyInCents, help));
    Sheet {
        key: "closings".into(),
        title: format!("Every period of {name}"),
        caption: "From what was earned to what is paid.".into(),
        columns: std::iter::once(column("period", "Period", Unit::Text, ""))
            .chain(columns)
            .collect(),
        rows: own().map(row).collect(),
    }
}
