//! What accounts are worth: the value definition, lifetime-value methods, NPV, IRR and payback.

pub mod inputs;
pub mod shown;

pub use inputs::{Headline, Inputs, Measure, Timing, ValueBasis};
pub use shown::{Method, WaterfallStep};
