//! Perennial: what an account is worth over its lifetime, for people who sell to manufacturers.
//!
//! The library is one flow, left to right. Each arrow is a pure function with its own error type:
//!
//! ```text
//! bytes -> Table -> OrderBook -> Accounts -> Fit -> Results -> view model -> DOM
//!          ingest   orders      accounts    models  value       view         web
//!
//! user -> Edit -> Document::apply -> everything to the right recomputes
//! ```
//!
//! Nothing here touches a browser, a clock or a random source outside `web` and the binaries. What
//! is recorded is decimal and checked; what is expected is floating point and says so.
//!
//! A module uses only those above it in this list; `tests/architecture.rs` holds that.
#![cfg_attr(
    test,
    allow(
        clippy::cast_possible_truncation,
        clippy::large_types_passed_by_value,
        clippy::similar_names,
        clippy::unnecessary_wraps,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod accounts;
pub mod actions;
pub mod assumptions;
pub mod base;
pub mod codec;
pub mod commission;
pub mod deals;
pub mod document;
pub mod growth;
pub mod ingest;
pub mod jobs;
pub mod metrics;
pub mod models;
pub mod orders;
pub mod registry;
pub mod scenario;
pub mod value;
pub mod view;

#[cfg(feature = "web")]
pub mod web;
