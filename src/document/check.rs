//! Whether a text may be entered for an assumption, and how a step of undo names it.

pub use crate::registry::entry::canonical;

pub(super) use crate::registry::assumption as spec;
pub(super) use crate::registry::entry::{bare, shortened, spoken, subject};
