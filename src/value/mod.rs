//! What accounts are worth: the value definition, lifetime-value methods, NPV, IRR and payback.
//!
//! Input: [`Accounts`](crate::accounts::Accounts) and resolved assumptions. [`Prepared`] is made
//! once for a book; an [`Evaluation`] values it under one set of assumptions, and everything shown
//! comes out of that: figures, methods, the waterfall, the table's columns and the analyses.
//!
//! Recorded money is decimal and exact; what is expected is floating point and marked estimated.
//! The book is the sum of its accounts.

pub mod cash;
pub mod columns;
pub mod definition;
pub mod estimates;
pub mod evaluation;
mod figures;
pub mod foresight;
pub mod inputs;
mod lifetime;
pub mod methods;
pub mod outputs;
pub mod prepared;
pub mod price_volume;
pub mod ranking;
pub mod rates;
pub mod sheets;
pub mod shown;
mod side_by_side;
mod steps;
pub mod subject;
pub mod tenure;
pub mod values;
mod writer;

pub use estimates::estimates;
pub use evaluation::{Evaluation, Subject};
pub use foresight::Foresight;
pub use inputs::{Headline, Inputs, Measure, Timing, ValueBasis};
pub use prepared::Prepared;
pub use shown::{Method, Range, WaterfallStep};
pub use values::AccountValues;
