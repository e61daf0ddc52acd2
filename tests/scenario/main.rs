//! Scenarios: their edits and their ways through storage, links and files, and the engines on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

mod deal;
mod document;
mod engines;
mod job;
