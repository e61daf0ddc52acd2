//! The analyses, each a table of results with a caption that says what it shows.

use crate::metrics::Sheet;

use super::evaluation::Evaluation;

type Analysis = fn(&Evaluation) -> Sheet;

/// Every analysis by its key.
const ANALYSES: &[(&str, Analysis)] = &[];

/// The keys of all analyses.
pub fn keys() -> impl Iterator<Item = &'static str> {
    ANALYSES.iter().map(|(key, _)| *key)
}

impl Evaluation<'_> {
    /// An analysis by its key; `None` for one that does not exist.
    pub fn sheet(&self, key: &str) -> Option<Sheet> {
        ANALYSES
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, analysis)| analysis(self))
    }
}
