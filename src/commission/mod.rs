//! Commission: what a scheme pays on the real order book, beside other schemes.
//!
//! A scheme is data ([`state`]): a name and what differs from the defaults of its values, each
//! declared once ([`inputs`]). [`Plan::of`] compiles it to exact numbers or names every
//! contradiction; [`pay`] pays it on [`sales`], which hold the order lines as columns, made once and
//! shared by every scheme. Everything is exact: lines are rounded once, to cents, and statements add
//! up to the payout.
//!
//! What needs only sums stands beside it: [`spread`] (Gini), [`band`] (the bootstrap over customers),
//! [`owners`] (S44), [`targets`] (S45), [`milestones`] (S46) and [`pays_for_itself`] (S47).
//!
//! [`replay`] pays any number of schemes over the same sales, [`compare`] and [`banded`] set them side
//! by side, [`sheets`] writes statements with their audit trail, [`finder`] looks for perverse
//! incentives (S48), and [`on_deal`] says what a deal and its scenarios pay beside what they are worth.

pub mod band;
pub mod banded;
pub mod boards;
pub mod change;
mod check;
pub mod compare;
pub mod engine;
mod exact;
pub mod finder;
pub mod inputs;
pub mod milestones;
pub mod missing;
pub mod on_deal;
pub mod owners;
pub mod pays_for_itself;
pub mod plan;
pub mod ready;
pub mod replay;
pub mod restore;
pub mod sales;
pub mod sheets;
pub mod sold;
pub mod spread;
pub mod state;
pub mod statement;
pub mod targets;
pub mod words;

pub use banded::Draws;
pub use change::{Change, Changed};
pub use compare::{Comparison, compare};
pub use engine::{Prepared, pay};
pub use finder::{Finding, Ground, find, find_all};
pub use plan::{Plan, Refusal};
pub use replay::{Paid, Replay};
pub use sales::{Facts, FirstKey, HOUSE, Sale, Sales, TooLarge};
pub use sold::Sold;
pub use state::{People, Scheme, Schemes};
pub use statement::{Class, Closing, Kept, Line, Rule, Sink};

#[cfg(test)]
mod tests;
