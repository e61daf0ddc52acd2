//! Where an account stood at earlier dates: what its panel draws as P(alive) over time.

use crate::accounts::history::History;
use crate::base::Date;

use super::chance::Chance;
use super::cycle::{State, cycle};
use super::norms::Norms;
use super::settings::Settings;

/// Where an account stood on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past {
    /// The day.
    pub date: Date,
    /// The chance that it was alive, as seen then, 0 to 1; by the fallback rule (S20).
    pub alive: f64,
    /// The share of comparable intervals that had ended, 0 to 1.
    pub lateness: f64,
    /// Where it stood.
    pub state: State,
}

/// Where an account stood at some dates, seen with the orders up to each; what is usual in the book
/// is as of today. Dates before its first order, and accounts known by their sums only, give
/// nothing.
pub fn past(
    history: &History,
    dates: &[Date],
    norms: (&Norms, usize),
    settings: &Settings,
) -> Vec<Past> {
    let at = |date: &Date| {
        let passed = history.days.partition_point(|day| day.date <= *date);
        let then = History {
            days: history.days.get(..passed)?,
            summed: None,
        };
        let found = cycle(
            &then,
            *date,
            norms,
            settings,
            (Chance::Fallback, None),
            None,
        )
        .ok()?;
        Some(Past {
            date: *date,
            alive: found.alive,
            lateness: found.lateness,
            state: found.state,
        })
    };
    dates.iter().filter_map(at).collect()
}
