//! The pages: each reads memo slices and results, and sends edits; none computes.

pub mod accounts;
pub mod deals;
pub mod growth;
pub mod orders;
pub mod scenarios;
pub mod tabs;
pub mod today;
pub mod value;
