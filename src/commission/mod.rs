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

pub mod band;
pub mod change;
mod check;
pub mod engine;
pub mod inputs;
pub mod milestones;
pub mod owners;
pub mod pays_for_itself;
pub mod plan;
pub mod ready;
pub mod restore;
pub mod sales;
pub mod spread;
pub mod state;
pub mod statement;
pub mod targets;

pub use change::{Change, Changed};
pub use engine::{Facts, Prepared, pay};
pub use plan::{Plan, Refusal};
pub use sales::{FirstKey, HOUSE, Sale, Sales, TooLarge};
pub use state::{People, Scheme, Schemes};
pub use statement::{Class, Closing, Kept, Line, Rule, Sink};
