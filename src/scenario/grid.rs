//! A metric over two inputs at once, as a heat table.

use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridAsk {
    /// The metric's key.
    pub metric: String,
    /// The assumption whose values stand above the columns.
    pub across: String,
    /// The assumption whose values stand before the rows.
    pub down: String,
    /// In which scenario; `None` is the base.
    #[serde(default)]
    pub of: Option<u32>,
}

/// How many values of each input, the one in use apart.
pub const STEPS: u32 = 7;

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// What was asked for.
    pub ask: GridAsk,
    /// Canonical values above the columns, ascending.
    pub across: Vec<String>,
    /// Canonical values before the rows, ascending.
    pub down: Vec<String>,
    /// Rows of as many figures as there are columns; `None` where there is no value.
    pub rows: Vec<Vec<Option<f64>>>,
    /// The column and the row of the values in use.
    pub now: (Option<u32>, Option<u32>),
}

/// Values between two ends, evenly spaced, with the one in use among them; ascending, none twice.
/// `text` writes a number as the registry does.
///
/// ```
/// use perennial::scenario::grid::values;
/// let text = |x: f64| Some(format!("{x:.0}"));
/// assert_eq!(values(0.0, 12.0, "5", &text), ["0", "2", "4", "5", "6", "8", "10", "12"]);
/// ```
pub fn values(low: f64, high: f64, now: &str, text: &dyn Fn(f64) -> Option<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let step = (high - low) / f64::from(STEPS - 1);
    let even = (0..STEPS).filter_map(|at| text(low + step * f64::from(at)));
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::INFINITY);
    let mut used = false;
    for value in even {
        if !used && number(now) <= number(&value) {
            used = true;
            if found.last().is_none_or(|last| last != now) {
                found.push(now.to_owned());
            }
        }
        if found.last() != Some(&value) {
            found.push(value);
        }
    }
    if !used && found.last().is_none_or(|last| last != now) {
        found.push(now.to_owned());
    }
    found
}
