//! The registries hold what they promise: texts, ranges, effects, examples; and every formula that
//! is shown, evaluated independently on live figures, gives what the code computed.
//!
//! `docs/assumptions.md` and `docs/metrics.md` are generated from the registries here:
//! `UPDATE_DOCS=1 cargo test --no-default-features --test registry` rewrites them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod docs;
mod formulas;
mod growth;
#[path = "../hand_made/mod.rs"]
mod hand_made;
mod support;
mod texts;

fn float(text: &str) -> f64 {
    text.parse().unwrap()
}
