//! Workbooks in and out, by files made here: well-formed ones by an independent writer, hostile
//! ones by hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod archive;
mod hostile;
mod reading;
mod writing;
