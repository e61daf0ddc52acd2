//! The models against published numbers, against 40-digit integrals of their definitions, and
//! against what must hold for any input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreadable_literal,
    clippy::many_single_char_names,
    clippy::similar_names,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss
)]

mod ahead;
mod any_input;
mod book;
mod cdnow;
mod contract;
mod definition;
mod extremes;
mod published;
mod simulated;
mod skipped;
mod special;
mod units;
mod value;

/// Fails unless two numbers agree to so small a share of the second.
#[track_caller]
pub(crate) fn close(found: f64, wanted: f64, share: f64) {
    let error = (found - wanted).abs() / wanted.abs().max(1e-300);
    assert!(error <= share, "{found:e} is not {wanted:e}: {error:e} off");
}

/// The fields of the lines of a table, comments left out.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        line.split_whitespace()
            .filter(|field| *field != "|")
            .collect()
    })
}
