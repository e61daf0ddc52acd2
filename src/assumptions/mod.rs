//! The machinery of inputs: every assumption is defined once.
//!
//! A capability declares its assumptions beside its rules with [`assumptions!`](crate::assumptions!);
//! the entry yields the typed field, the control, validation, the link and storage codec, the
//! documentation page and the tests.

pub mod set;
pub mod spec;

pub use set::{Assumptions, Origin, Setting};
pub use spec::{Effect, Kind, Section, Spec};
