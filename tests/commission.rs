//! The rules of commission: every worked test by its number, to the cent, and what holds for all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss
)]

#[path = "commission/edges.rs"]
mod edges;
#[path = "commission/kit.rs"]
mod kit;
#[path = "commission/laws.rs"]
mod laws;
#[path = "commission/ready.rs"]
mod ready;
#[path = "commission/refused.rs"]
mod refused;
#[path = "commission/replayed.rs"]
mod replayed;
#[path = "commission/rules.rs"]
mod rules;
#[path = "commission/worked.rs"]
mod worked;
