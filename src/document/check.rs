//! Whether a text may be entered for an assumption, and how a step of undo names it.

use crate::registry::entry;

pub(super) use crate::registry::assumption as spec;
pub(super) use crate::registry::entry::{bare, shortened, spoken, subject};

use super::edit::Refused;

/// The text as the registry prints it: what is stored, linked and compared.
///
/// # Errors
/// Says what was found, what is allowed and for which assumption.
pub fn canonical(key: &str, text: &str) -> Result<String, Refused> {
    entry::canonical(key, text).map_err(Refused)
}
