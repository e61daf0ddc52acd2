//! The deal desk: what a deal is worth before it is quoted, and what would change the answer.
//!
//! Input: resolved assumptions, read as a [`Deal`]. Output: figures by metric key
//! ([`Deal::figures`]), the cash of every year and the boards' tables. No order book is needed.
//!
//! [`Terms`] is the floating-point core: plain numbers in, cash flows and present value out, quick
//! enough to be called thousands of times, and settable by assumption key. What is promised (prices,
//! the contribution of a year, what is laid out) is decimal, in [`promised`].

pub mod approval;
mod boards;
pub mod breaks;
pub mod deal;
mod figures;
pub mod flows;
pub mod guard;
pub mod inputs;
pub mod limits;
pub mod offer;
pub mod outputs;
pub mod promised;
mod sheets;
pub mod terms;
mod writer;

pub use approval::Approval;
pub use deal::Deal;
pub use flows::Flows;
pub use inputs::{BreakRule, Inputs, ToolingBy};
pub use terms::Terms;
