//! Latency: how long accounts take from each order to the next, and at which order they stop (S18).
//!
//! In: order days and cycles. Out: one [`Step`] per order number. Jim Novo's latency metric
//! ("Drilling Down"): an account that takes longer than is usual for its step trips a wire.

use crate::base::num::{median, quantile};

use super::cycles::{Cycle, State, Unknown};
use super::history::{Histories, History};

/// Steps looked at: beyond, accounts are too few and orders too many to tell apart.
pub const MOST_STEPS: usize = 24;

/// From the order of a number to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The order's number, from 1.
    pub from: u32,
    /// Accounts that have taken the step.
    pub accounts: u32,
    /// Accounts that stopped at this order: overdue or lost.
    pub stopped: u32,
    /// Accounts that stand at this order and are not overdue: nothing can be said of them yet.
    pub waiting: u32,
    /// Mean days of the accounts that took it; `None` where none did.
    pub mean_days: Option<f64>,
    /// Median days.
    pub median_days: Option<f64>,
    /// Three of four had ordered by then, in days.
    pub late_days: Option<f64>,
}

impl Step {
    /// The share of accounts that went on, 0 to 1, among those of which it is known; `None` where
    /// it is known of none.
    pub fn went_on(&self) -> Option<f64> {
        let known = self.accounts + self.stopped;
        (known > 0).then(|| f64::from(self.accounts) / f64::from(known))
    }
}

/// One account against the norm of its step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Against {
    /// The number of the last order.
    pub order: u32,
    /// Days since it.
    pub days: f64,
    /// Mean days of others on this step.
    pub norm_days: f64,
    /// How many others.
    pub accounts: u32,
}

impl Against {
    /// It has taken longer than others on average: the wire is tripped.
    pub fn tripped(&self) -> bool {
        self.days > self.norm_days
    }
}

/// The steps from the first order on, as far as any account went, up to 24.
///
/// `cycles` are by position, as [`cycles`](super::cycles::cycles) gives them.
pub fn steps(histories: &Histories, cycles: &[Result<Cycle, Unknown>]) -> Vec<Step> {
    let mut gaps: Vec<Vec<f64>> = Vec::new();
    let mut ends: Vec<(u32, u32)> = Vec::new();
    for (at, history) in histories.iter().enumerate() {
        let Some(last) = history.days.len().checked_sub(1) else {
            continue;
        };
        let own = history.gaps();
        let reached = own.len().min(MOST_STEPS);
        gaps.resize_with(gaps.len().max(reached), Vec::new);
        for (step, gap) in gaps.iter_mut().zip(own) {
            step.push(gap);
        }
        if last >= MOST_STEPS {
            continue;
        }
        ends.resize(ends.len().max(last + 1), (0, 0));
        let late = cycles.get(at).and_then(|cycle| cycle.as_ref().ok());
        let late = late.is_some_and(|cycle| cycle.state >= State::Overdue);
        if let Some((stopped, waiting)) = ends.get_mut(last) {
            *(if late { stopped } else { waiting }) += 1;
        }
    }
    let count = gaps.len().max(ends.len());
    gaps.resize_with(count, Vec::new);
    ends.resize(count, (0, 0));
    let each = (1_u32..).zip(gaps.iter().zip(ends));
    each.map(|(from, (days, (stopped, waiting)))| Step {
        from,
        accounts: u32::try_from(days.len()).unwrap_or(u32::MAX),
        stopped,
        waiting,
        mean_days: mean(days),
        median_days: median(days),
        late_days: quantile(days, 0.75),
    })
    .collect()
}

/// An account against others at its order; `None` where no account has taken the step.
pub fn against(history: &History, as_of: crate::base::Date, steps: &[Step]) -> Option<Against> {
    let last = history.days.last()?;
    let step = steps.get(history.days.len().checked_sub(1)?)?;
    Some(Against {
        order: step.from,
        days: f64::from(as_of.days_since(last.date)),
        norm_days: step.mean_days?,
        accounts: step.accounts,
    })
}

/// The step at which most accounts stop, in share, among those with `fewest` known accounts.
pub fn weakest(steps: &[Step], fewest: u32) -> Option<&Step> {
    let known = steps
        .iter()
        .filter(|step| step.accounts + step.stopped >= fewest);
    known.min_by(|a, b| {
        let share = |step: &Step| step.went_on().unwrap_or(1.0);
        share(a).total_cmp(&share(b))
    })
}

fn mean(days: &[f64]) -> Option<f64> {
    let count = u32::try_from(days.len()).ok().filter(|count| *count > 0)?;
    Some(days.iter().sum::<f64>() / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::{Settings, cycles};
    use crate::accounts::history::histories;
    use crate::accounts::testing::{book, day};

    #[test]
    fn s18_the_mean_days_of_each_step_with_its_count() {
        let book = book(&[
            ("A", &[0, 90, 150, 180]),
            ("B", &[0, 60, 150]),
            ("C", &[0]),
            ("D", &[170]),
        ]);
        let histories = histories(&book, Some(day(200)));
        let accounts = crate::accounts::build(&book, Some(day(200)));
        let cycles = cycles(&histories, &accounts, &Settings::default(), (&[], &[]), &[]);
        let steps = steps(&histories, &cycles);
        let means: Vec<_> = steps.iter().map(|s| (s.accounts, s.mean_days)).collect();
        assert_eq!(
            means,
            [(2, Some(75.0)), (2, Some(75.0)), (1, Some(30.0)), (0, None)]
        );
        // C is silent for 200 days where others took 60 and 90; D has been for 30.
        assert_eq!((steps[0].stopped, steps[0].waiting), (1, 1));
        assert_eq!(steps[0].went_on(), Some(2.0 / 3.0));
        let against = against(&histories.of(1), day(200), &steps).unwrap();
        assert_eq!(
            (against.order, against.days, against.norm_days),
            (3, 50.0, 30.0)
        );
        assert!(against.tripped());
        assert_eq!(weakest(&steps, 3).map(|s| s.from), Some(1));
    }

    #[test]
    fn s18_no_order_no_steps() {
        assert!(steps(&Histories::default(), &[]).is_empty());
        assert_eq!(against(&History::default(), day(0), &[]), None);
    }
}
