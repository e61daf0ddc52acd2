//! The order book by account: histories, sums, attributes, the account tree.
//!
//! Built once per book and as-of date. Everything a slider needs is linear in the [`Sums`] kept
//! here, so no assumption ever touches the lines again.

pub mod account;

pub use account::{Account, Accounts, Coverage, Group, Sums};
