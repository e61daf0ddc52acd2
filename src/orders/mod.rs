//! Table rows to an order book: columnar, interned ids; returns, duplicates, currencies.

pub mod plan;
