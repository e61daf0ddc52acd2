//! The order book by account: histories, sums, attributes, the account tree.
//!
//! Built once per book and as-of date. Everything a slider needs is linear in the [`Sums`] kept
//! here, so no assumption ever touches the lines again.

pub mod account;
pub mod cohorts;
pub mod cycles;
pub mod defection;
pub mod grid;
pub mod history;
pub mod hurdle;
pub mod lapsed;
pub mod latency;
pub mod program;
pub mod prospects;
pub mod retention;
pub mod service;

mod build;
mod first;
mod groups;
mod holders;
mod orders;
mod part;
mod tally;
mod tree;
mod walk;

pub use account::{Account, Accounts, Coverage, Group, Sums};
pub(crate) use build::RECENT_DAYS;
pub use build::build;
pub use part::part;
pub use tree::Tree;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
