//! Table rows to an order book: columnar, interned ids; returns, duplicates, currencies.
//!
//! [`build::Builder`] takes the rows of each file and gives a [`book::OrderBook`] with an import
//! report. Each rule stands in a file of its own: [`amounts`] (revenue, cost, discount), [`status`]
//! (what is an order), `match_account`, `repeats`, `returns`, `currency`, `coverage`.

pub mod amounts;
pub mod book;
pub mod build;
pub mod column;
pub mod names;
pub mod number;
pub mod plan;
pub mod rejected;
pub mod report;
pub mod status;

mod counts;
mod coverage;
mod currency;
mod finish;
mod match_account;
mod problems;
mod reading;
mod repeats;
mod returns;

pub use book::{Attr, LineKind, Measure, OrderBook};
pub use build::{Builder, Built};

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
pub(crate) mod testing;
