//! The order book by account: histories, sums, attributes, the account tree.
//!
//! Built once per book and as-of date. Everything a slider needs is linear in the [`Sums`] kept
//! here, so no assumption ever touches the lines again.

pub mod account;

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
mod tests;
