//! What a subject (the book, a segment, an account) shows besides single figures.

use serde::{Deserialize, Serialize};

use crate::metrics::Figure;

/// One lifetime-value method for one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// `L1` to `L10`, and `L12`.
    pub id: String,
    /// Its name with basis and timing convention.
    pub label: String,
    /// The formula in words.
    pub formula: String,
    /// The value, or why it cannot run.
    pub figure: Figure,
    /// Whether it is the one shown as the lifetime value.
    pub chosen: bool,
    /// How sure the value is, where the method says.
    pub range: Option<Range>,
}

/// The 90 % ranges of a value, in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// From not knowing the model's parameters.
    pub model: (f64, f64),
    /// From that and luck.
    pub with_luck: (f64, f64),
}

/// One step of the price waterfall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaterfallStep {
    /// Stable name: `list`, `discount`, `invoice`, ...
    pub key: String,
    /// The name on screen.
    pub label: String,
    /// The signed amount: levels are positive, deductions negative.
    pub figure: Figure,
    /// A level (list, invoice, pocket, gross profit, contribution) or a deduction between two.
    pub level: bool,
    /// Counted under the current definition.
    pub counted: bool,
    /// Why it cannot be counted, if so.
    pub disabled: Option<String>,
    /// In the book's waterfall: the toggle's assumption key.
    pub toggle: Option<String>,
}
