//! Commission: what a scheme pays on the real order book, beside other schemes.
//!
//! [`sales`] holds the order lines as columns, made once and shared by every scheme. What needs only
//! sums stands beside it: [`spread`] (Gini), [`band`] (the bootstrap over customers), [`owners`]
//! (S44), [`targets`] (S45), [`milestones`] (S46) and [`pays_for_itself`] (S47).

pub mod band;
pub mod milestones;
pub mod owners;
pub mod pays_for_itself;
pub mod sales;
pub mod spread;
pub mod targets;

pub use sales::{FirstKey, HOUSE, Sale, Sales, TooLarge};
