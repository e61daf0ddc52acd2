//! Order cycles: how often an account orders, when the next order is due, who should have ordered
//! by now (S17).
//!
//! In: the order days of [`histories`](super::history), the thresholds ([`Settings`]), each
//! account's chance of being alive ([`Chance`]) and what the user knows better ([`Known`]). Out: a
//! [`Cycle`] per account, and per account and item, or the reason why there is none.
//!
//! The cycle is the median of the last five gaps and its spread their median absolute deviation
//! (S17). With two or three order days it is drawn towards the segment's, with one it is the
//! segment's; that is always said. The due date is the last order plus the cycle; within its own
//! window of 10 to 90 % nobody is overdue. Where a model was fitted to the book, due date and window
//! are the model's ([`Window`]), unless a season, a schedule or the user knows better.

mod chance;
mod cycle;
mod items;
mod known;
mod norms;
mod past;
mod pattern;
mod season;
mod settings;
mod spread;
mod window;
pub mod words;

pub use chance::Chance;
pub use cycle::{Basis, Cycle, Pattern, State, Unknown, cycle, cycles};
pub use items::{ItemCycle, items};
pub use known::Known;
pub use norms::{Norm, Norms, place};
pub use past::{Past, past};
pub use settings::{Route, Settings};
pub use window::Window;

/// Whole days from a number of days; at the ends of the calendar it stays there.
pub(super) fn whole_days(days: f64) -> i32 {
    const MOST: f64 = 1_000_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let whole = days.clamp(-MOST, MOST).round() as i32;
    whole
}

#[cfg(test)]
mod tests;
