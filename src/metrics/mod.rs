//! The machinery of outputs: every metric is defined once, with its formula.

pub mod figure;
pub mod sheet;
pub mod spec;

pub use figure::{Figure, Figures, Number, WhyNot};
pub use sheet::{Cell, Sheet, SheetColumn};
pub use spec::{Basis, Exactness, Formula, Spec};
