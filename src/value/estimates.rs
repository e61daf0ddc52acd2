//! What the data says about assumptions: used where the user has not chosen.

use crate::assumptions::Estimates;
use crate::metrics::WhyNot;

use super::prepared::{Prepared, Row};

/// Accounts active in a year below which no retention is estimated.
const FEWEST: u32 = 10;

/// Accounts that could come back in the year after one in which they ordered, and those that did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Active in a year, added up over years.
    pub before: u32,
    /// Of those, active in the next year too.
    pub both: u32,
}

impl Kept {
    /// Counts over all pairs of neighbouring years of these accounts (years of 365 days counted
    /// back from the as-of date).
    pub fn count<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        rows.fold(Self::default(), |mut kept, row| {
            kept.add(row);
            kept
        })
    }

    fn add(&mut self, row: &Row) {
        let years = row.active_years;
        self.before += (years >> 1).count_ones();
        self.both += (years & (years >> 1)).count_ones();
    }

    /// The share that each segment keeps, as a fraction per year; `None` where too few tell.
    pub(super) fn by_segment(prepared: &Prepared) -> Vec<Option<f64>> {
        let mut kept = vec![Self::default(); prepared.segments.len()];
        for row in &prepared.rows {
            if let Some(kept) = kept.get_mut(row.segment as usize) {
                kept.add(row);
            }
        }
        let share = |kept: Self| Some(kept.percent_per_year().ok()? / 100.0);
        kept.into_iter().map(share).collect()
    }

    /// The share kept, a percentage per year.
    ///
    /// # Errors
    /// [`WhyNot`] for fewer than 10 accounts and years.
    pub fn percent_per_year(self) -> Result<f64, WhyNot> {
        if self.before < FEWEST {
            return Err(WhyNot(format!(
                "Retention needs at least {FEWEST} cases of an account active in a year with a \
                 year after it; the data has {}.",
                self.before
            )));
        }
        Ok(100.0 * f64::from(self.both) / f64::from(self.before))
    }
}

/// Every estimate that the data supports, by metric key.
pub fn estimates(prepared: &Prepared) -> Estimates {
    let mut found = Estimates::new();
    if let Ok(percent) = Kept::count(prepared.rows.iter()).percent_per_year() {
        found.push(("retention_seen", percent));
    }
    if let Ok(percent) = margin_seen(prepared) {
        found.push(("margin_seen", percent));
    }
    found
}

/// Gross margin of the lines whose cost is recorded, a percentage.
///
/// # Errors
/// [`WhyNot`] where no line has a recorded cost.
pub fn margin_seen(prepared: &Prepared) -> Result<f64, WhyNot> {
    let sums = &prepared.book.total.sums;
    let costed = sums.revenue_costed.to_f64();
    if costed > 0.0 {
        Ok(100.0 * (costed - sums.cost.to_f64()) / costed)
    } else {
        Err(WhyNot("No order has a recorded cost.".into()))
    }
}
