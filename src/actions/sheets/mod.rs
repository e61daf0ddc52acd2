//! The analyses of rhythm, retention and defection, each a table of results with a caption.
//!
//! Input: a [`Watch`]. Output: a [`Sheet`]; where the data cannot support an analysis, one without
//! rows whose caption says why.

mod kept;
mod lost;
mod programme;
mod prospects;
mod rhythm;
mod today;

use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells;

use super::watch::Watch;

type Analysis = fn(&Watch) -> Sheet;

/// Every analysis by its key.
const ANALYSES: &[(&str, Analysis)] = &[
    ("today", today::sheet),
    ("cycles", rhythm::cycles),
    ("latency", rhythm::latency),
    ("month_ends", rhythm::month_ends),
    ("recency_frequency", rhythm::grid),
    ("scores", rhythm::scores),
    ("retention", kept::periods),
    ("cohorts", kept::cohorts),
    ("survival", kept::survival),
    ("service_levels", kept::service),
    ("prospects", prospects::sheet),
    ("lapsed", lost::lapsed),
    ("defection", lost::defection),
    ("programme", programme::result),
    ("programme_groups", programme::groups),
];

/// What two columns of cycles say.
const RATIO: &str = "Time since the last order over the usual interval.";
const OVERDUE: &str = "Days since the next order was expected.";

/// Rows shown at most of analyses by account.
const MOST_ROWS: usize = 200;

/// The keys of all analyses.
pub fn keys() -> impl Iterator<Item = &'static str> {
    ANALYSES.iter().map(|(key, _)| *key)
}

impl Watch<'_> {
    /// An analysis by its key; `None` for one that does not exist.
    pub fn sheet(&self, key: &str) -> Option<Sheet> {
        let found = ANALYSES.iter().find(|(name, _)| *name == key);
        found.map(|(_, analysis)| analysis(self))
    }
}

/// A share as a percentage.
fn percent(share: Option<f64>, missing: &str) -> Cell {
    estimated(share.map(|share| 100.0 * share), missing)
}

/// An estimated number, or why there is none.
fn estimated(value: Option<f64>, missing: &str) -> Cell {
    cells::float(value.unwrap_or(f64::NAN), Exactness::Estimated, missing)
}

/// A number that adds up recorded ones.
fn exact(value: f64) -> Cell {
    cells::float(value, Exactness::Exact, "")
}
