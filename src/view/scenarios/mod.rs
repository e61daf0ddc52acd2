//! What the Scenarios page asks for, says and draws.
//!
//! Amounts and values of assumptions come in through writers, so that they stand in the user's way of
//! writing.

mod drawn;
mod said;
mod subject;

use crate::assumptions::Kind;
use crate::base::Unit;
use crate::registry;

pub use drawn::{drivers, histogram, shade, shares, sought, tornado};
pub use said::{answer, price_and_volume, sentence, strongest};
pub use subject::{Subject, asked, between, ends, named, subject};

/// The tabs of the page: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "Side by side"),
    ("sensitivity", "Sensitivity"),
    ("goal", "Goal seek"),
    ("uncertainty", "Uncertainty"),
];

/// The base, inside a sentence.
pub const BASE: &str = "the base";

/// Scenarios that stand side by side with the base.
pub const MOST_SHOWN: usize = 4;

/// Writes a number of the metric at hand.
pub type Writer<'a> = &'a dyn Fn(f64) -> String;

/// Writes the value of an assumption, from its key and its canonical text.
pub type Values<'a> = &'a dyn Fn(&str, &str) -> String;

/// The assumptions that are numbers: keys, and names behind those of their sections.
pub fn inputs() -> Vec<(String, String)> {
    let numbers = registry::assumptions().filter(|spec| matches!(spec.kind, Kind::Number { .. }));
    numbers
        .map(|spec| {
            let section = super::words::section(spec.section);
            (spec.key.to_owned(), format!("{section}: {}", spec.label))
        })
        .collect()
}

/// A metric's name on screen and its unit.
pub fn metric(key: &str) -> (&'static str, Unit) {
    registry::metric(key).map_or(("", Unit::Count), |spec| (spec.label, spec.unit))
}

/// An assumption's name on screen.
pub fn input(key: &str) -> &'static str {
    registry::assumption(key).map_or("", |spec| spec.label)
}
