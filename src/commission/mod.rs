//! Commission: what a scheme pays on the real order book, beside other schemes.
//!
//! [`sales`] holds the order lines as columns, made once and shared by every scheme.

pub mod sales;

pub use sales::{FirstKey, HOUSE, Sale, Sales, TooLarge};
