//! The definition of one metric.

use serde::{Deserialize, Serialize};

use crate::base::Unit;

/// What kind of money a figure counts; printed in the label of every lifetime value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Net invoiced revenue.
    Revenue,
    /// Revenue less cost of goods and what comes off the invoice.
    GrossProfit,
    /// What is left after every step that the value definition counts.
    Contribution,
    /// Whichever of these the user has chosen as value: the assumption `basis`.
    Chosen,
    /// No money in it.
    None,
}

impl Basis {
    /// The kind of money meant when the assumption `basis` has this canonical value.
    #[must_use]
    pub fn under(self, chosen: &str) -> Self {
        match (self, chosen) {
            (Self::Chosen, "revenue") => Self::Revenue,
            (Self::Chosen, "gross_profit") => Self::GrossProfit,
            (Self::Chosen, _) => Self::Contribution,
            (fixed, _) => fixed,
        }
    }
}

/// How far a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// Adds up recorded amounts only.
    Exact,
    /// Computed from assumptions about the future.
    Estimated,
    /// Contains assumed amounts where the data has none.
    Assumed,
}

/// How a figure comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// Counted or added up from order lines; said in words.
    Data(&'static str),
    /// An expression over the keys of assumptions and other metrics. Grammar: numbers, keys,
    /// `+ - * / ^`, parentheses, `min(a, b)`, `max(a, b)`, `if(a < b, x, y)`,
    /// `pick(choice, first, second, ...)` and `sum(t, from, to, expression)`. Percentages,
    /// assumed or computed, enter as fractions (15 % is 0.15), and so does the result of a
    /// percentage. A choice is the position of what is chosen, from 1; a toggle is 1 or 0. Only
    /// the branch that is taken is evaluated.
    Expression(&'static str),
}

/// One metric, defined once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spec {
    /// Stable name on the page, in exports and documents.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What the number counts.
    pub unit: Unit,
    /// What kind of money.
    pub basis: Basis,
    /// How it comes about.
    pub formula: Formula,
    /// How to read it, in one or two sentences.
    pub reading: &'static str,
    /// Its nature when nothing is missing; a figure can be worse, never better.
    pub exactness: Exactness,
    /// Worked examples: values of the formula's keys, and the result as printed.
    pub examples: &'static [(&'static [(&'static str, f64)], &'static str)],
}
