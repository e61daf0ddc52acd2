//! How long accounts have stayed, counted by day.
//!
//! Input: days from the first order to the last of a lapsed account, to the as-of date of an active
//! one. Output: the survival curve and the median. Counting by day keeps both linear in accounts.

use crate::base::date::DAYS_PER_YEAR;
use crate::base::num::{Count, Survival};

/// Tenures of some accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tenures {
    /// By day: how many have ended, and how many are still running.
    days: Vec<(u32, u32)>,
    count: u64,
}

impl Tenures {
    /// Adds an account.
    pub fn add(&mut self, days: i32, ended: bool) {
        let day = usize::try_from(days).unwrap_or(0);
        if self.days.len() <= day {
            self.days.resize(day + 1, (0, 0));
        }
        if let Some(slot) = self.days.get_mut(day) {
            let side = if ended { &mut slot.0 } else { &mut slot.1 };
            *side += 1;
            self.count += 1;
        }
    }

    /// The share that stays longer than a time in years.
    pub fn survival(&self) -> Survival {
        let counts: Vec<Count> = (0_u32..)
            .zip(&self.days)
            .filter(|(_, (ended, running))| ended + running > 0)
            .map(|(day, (ended, running))| Count {
                length: years(day),
                ended: *ended as usize,
                running: *running as usize,
            })
            .collect();
        Survival::of_counts(&counts)
    }

    /// The tenure in years that as many accounts exceed as fall short of; `None` without accounts.
    pub fn median_years(&self) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let (low, high) = (self.at(last / 2)?, self.at(last.div_ceil(2))?);
        Some(f64::midpoint(years(low), years(high)))
    }

    /// The day of the account at a place, from 0, in the order of tenure.
    fn at(&self, place: u64) -> Option<u32> {
        let mut passed = 0;
        let reached = |(_, (ended, running)): &(u32, &(u32, u32))| {
            passed += u64::from(ended + running);
            passed > place
        };
        (0_u32..).zip(&self.days).find(reached).map(|(day, _)| day)
    }
}

fn years(days: u32) -> f64 {
    f64::from(days) / DAYS_PER_YEAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_as_the_definition_does() {
        let mut tenures = Tenures::default();
        for (days, ended) in [
            (700, true),
            (100, false),
            (700, false),
            (300, true),
            (-5, true),
        ] {
            tenures.add(days, ended);
        }
        assert_eq!(tenures.median_years(), Some(years(300)));
        let curve = tenures.survival();
        let share = |days| format!("{:.4}", curve.after(years(days)));
        assert_eq!(
            [share(0), share(299), share(300), share(700)],
            ["0.8000", "0.8000", "0.5333", "0.2667"]
        );
        tenures.add(800, false);
        assert_eq!(tenures.median_years(), Some(years(500)));
        assert_eq!(Tenures::default().median_years(), None);
    }
}
