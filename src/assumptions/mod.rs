//! The machinery of inputs: every assumption is defined once.
//!
//! A capability declares its assumptions beside its rules with [`assumptions!`](crate::assumptions!);
//! the entry yields the typed field, the control, validation, the link and storage codec, the
//! documentation page and the tests.
//!
//! Text typed by a user goes through [`parse`]; what it returns is canonical and is what documents,
//! links and files hold. [`resolve`] turns the chosen texts into one value for every key, and the
//! capability's struct reads typed fields from that: rules never meet a text or a bad number.

pub mod dated;
mod declare;
pub mod parse;
pub mod resolve;
pub mod set;
pub mod spec;
pub mod steps;
pub mod tiers;
pub mod typed;

pub use dated::DatedFlows;
pub use parse::{Canonical, Refusal, parse, print};
pub use resolve::{Estimates, Resolved, Used, accepts, resolve};
pub use set::{Assumptions, Origin, Setting};
pub use spec::{Effect, Kind, Section, Spec};
pub use tiers::{PriceBreaks, Tier};
pub use typed::{
    Amount, AmountByName, AmountPerOrder, AmountPerPiece, AmountPerYear, Count, CountByName,
    CreditByName, Days, Fixed, Hours, HoursByName, Months, Percent, PercentPerYear, Pieces,
    RateByName, ShareByName, Toggle, Typed, Years,
};
