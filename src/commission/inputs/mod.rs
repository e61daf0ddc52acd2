//! What can be said of a scheme: each value defined once.
//!
//! Keys stand in files and links and are never reused. Numbers in brackets are those of the rules in
//! the documentation, C1 to C26.

mod after;
pub mod aims;
mod bonus;
pub mod kinds;
mod levels;
mod pays;

pub use after::After;
pub use aims::Aims;
pub use bonus::Bonus;
pub use levels::Levels;
pub use pays::Pays;

use crate::assumptions::{Section, Spec};

use super::state::Values;

/// The values in the order of the form.
pub const SPECS: &[&[Spec]] = &[Pays::SPECS, Levels::SPECS, After::SPECS, Bonus::SPECS];

/// The groups of the form, in its order; all but the first fold away until they are used.
pub const SECTIONS: &[Section] = &[
    Section::SchemeBasis,
    Section::SchemeOrders,
    Section::SchemeRates,
    Section::SchemeTiers,
    Section::SchemeQuota,
    Section::SchemeCaps,
    Section::SchemeDraw,
    Section::SchemeReturns,
    Section::SchemeLater,
    Section::SchemePeople,
    Section::SchemeBonus,
    Section::SchemeKept,
];

/// All values.
pub fn specs() -> impl Iterator<Item = &'static Spec> {
    SPECS.iter().copied().flatten()
}

/// A value by its key.
pub fn spec(key: &str) -> Option<&'static Spec> {
    specs().find(|spec| spec.key == key)
}

/// The values of a group.
pub fn of(section: Section) -> impl Iterator<Item = &'static Spec> {
    specs().filter(move |spec| spec.section == section)
}

/// Whether a scheme uses a group: one of its values differs from the default.
///
/// ```
/// use perennial::assumptions::Section;
/// use perennial::commission::{inputs, ready};
/// let draw = ready::ALL.iter().find(|one| one.key == "draw").unwrap().scheme();
/// assert!(inputs::in_use(Section::SchemeDraw, draw.values()));
/// assert!(!inputs::in_use(Section::SchemeBonus, draw.values()));
/// ```
pub fn in_use(section: Section, values: &Values) -> bool {
    of(section).any(|spec| values.contains_key(spec.key))
}
