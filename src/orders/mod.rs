//! Table rows to an order book: columnar, interned ids; returns, duplicates, currencies.
//!
//! [`build::Builder`] takes the rows of each file and gives a [`book::OrderBook`] with an import
//! report. Each rule stands in a file of its own: [`amounts`] (revenue, cost, discount),
//! `match_account`, `repeats`, `returns`, `currency`, `coverage`. What is an order at all, the rules of
//! the systems say ([`crate::ingest::systems`]).

pub mod amounts;
pub mod book;
pub mod build;
pub mod column;
pub mod facts;
pub mod names;
pub mod number;
pub mod plan;
pub mod rejected;
pub mod report;
pub mod sample;

mod charges;
mod counts;
mod coverage;
mod currency;
mod finish;
mod given;
mod headers;
mod invoiced;
mod joined;
mod match_account;
mod odd_dates;
mod percent;
mod pieces;
mod problems;
mod push;
mod reading;
mod refunds;
mod repeats;
mod restarts;
mod returned;
mod returns;
mod settle;
mod shared;
mod sources;
mod summary;
mod totals;
mod whole;

pub use book::{Attr, LineKind, Measure, Merged, OrderBook};
pub use build::{Builder, Built};
pub use shared::Shared;
pub use sources::Unmatched;

#[cfg(test)]
mod repairs_tests;
#[cfg(test)]
mod rules_tests;
#[cfg(test)]
pub(crate) mod testing;
