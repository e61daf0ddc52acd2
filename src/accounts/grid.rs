//! Recency, frequency and value: scores from 1 to 5 for each account, and the grid of them (S19).
//!
//! In: per account days since the last order, order days and value of the last 365 days. Out: a
//! [`Score`] each. Quantile scores from fifty accounts on; below that quantiles say more about the
//! sample than about the accounts, and fixed cuts are used. Accounts at a cut, and accounts that
//! are equal, have the same score.

use crate::base::Date;
use crate::base::num::median;
use crate::base::order::sort_by;

use super::history::Histories;

/// Accounts from which scores are quantiles.
pub const FEWEST_FOR_QUANTILES: usize = 50;
/// Days since the last order: the fixed cuts, from the worst score to the best.
pub const RECENCY_CUTS: [f64; 4] = [365.0, 180.0, 90.0, 30.0];
/// Order days in 365 days: the fixed cuts.
pub const FREQUENCY_CUTS: [f64; 4] = [1.0, 2.0, 4.0, 12.0];
/// Value over the median value of accounts with any: the fixed cuts.
pub const VALUE_CUTS: [f64; 4] = [0.25, 0.5, 1.0, 2.0];

/// What an account is scored by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// Days since the last order.
    pub silent_days: f64,
    /// Order days in the last 365 days.
    pub order_days: f64,
    /// Value of the last 365 days, in the base currency.
    pub value: f64,
}

/// An account's scores, each from 1 (worst) to 5 (best).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// How lately it ordered.
    pub recency: u8,
    /// How often.
    pub frequency: u8,
    /// How much it brought.
    pub value: u8,
}

/// How scores were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cuts {
    /// At fixed values, for fewer than fifty accounts.
    Fixed,
    /// At fifths of the accounts.
    Quantiles,
}

/// The facts of every account as of a date; `None` for one without an order. `values` are
/// what accounts left in the last 365 days, by position (their revenue where short).
pub fn facts(histories: &Histories, values: &[f64]) -> Vec<Option<Facts>> {
    let as_of = histories.as_of;
    let from = as_of.plus_days(-super::RECENT_DAYS);
    let each = histories.iter().enumerate();
    each.map(|(at, history)| {
        let last: Date = history.last()?;
        let revenue = || history.revenue_between(from, as_of);
        Some(Facts {
            silent_days: f64::from(as_of.days_since(last)),
            order_days: f64::from(history.order_days_between(from, as_of)),
            value: values.get(at).copied().unwrap_or_else(revenue),
        })
    })
    .collect()
}

/// Scores accounts against each other, and says how.
///
/// ```
/// use perennial::accounts::grid::{Cuts, Facts, scores};
/// let one = Facts { silent_days: 20.0, order_days: 5.0, value: 100.0 };
/// let (scores, cuts) = scores(&[Some(one), None]);
/// assert_eq!(cuts, Cuts::Fixed);
/// let score = scores[0].unwrap();
/// assert_eq!((score.recency, score.frequency, score.value), (5, 4, 4));
/// assert_eq!(scores[1], None);
/// ```
pub fn scores(facts: &[Option<Facts>]) -> (Vec<Option<Score>>, Cuts) {
    let known: Vec<Facts> = facts.iter().copied().flatten().collect();
    if known.len() < FEWEST_FOR_QUANTILES {
        let values: Vec<f64> = known.iter().map(|f| f.value).filter(|v| *v > 0.0).collect();
        let middle = median(&values).unwrap_or(f64::INFINITY);
        let score = |f: &Facts| Score {
            // Recency falls: its cuts are turned round.
            recency: passed(&RECENCY_CUTS.map(|cut| -cut), -f.silent_days),
            frequency: passed(&FREQUENCY_CUTS, f.order_days),
            value: passed(&VALUE_CUTS, f.value / middle),
        };
        let scores = facts.iter().map(|f| f.as_ref().map(score));
        return (scores.collect(), Cuts::Fixed);
    }
    let recency = Ranks::of(known.iter().map(|f| -f.silent_days));
    let frequency = Ranks::of(known.iter().map(|f| f.order_days));
    let value = Ranks::of(known.iter().map(|f| f.value));
    let score = |f: &Facts| Score {
        recency: recency.fifth(-f.silent_days),
        frequency: frequency.fifth(f.order_days),
        value: value.fifth(f.value),
    };
    let scores = facts.iter().map(|f| f.as_ref().map(score));
    (scores.collect(), Cuts::Quantiles)
}

/// Accounts in each cell of recency (row) and frequency (column), from score 1 to 5.
pub fn cells(scores: &[Option<Score>]) -> [[u32; 5]; 5] {
    let mut cells = [[0; 5]; 5];
    for score in scores.iter().flatten() {
        let row = cells.get_mut(usize::from(score.recency) - 1);
        let cell = row.and_then(|row| row.get_mut(usize::from(score.frequency) - 1));
        if let Some(cell) = cell {
            *cell += 1;
        }
    }
    cells
}

/// One more than the cuts that a value reaches.
fn passed(cuts: &[f64; 4], value: f64) -> u8 {
    cuts.iter()
        .fold(1, |score, cut| score + u8::from(value >= *cut))
}

/// Values in order.
struct Ranks(Vec<f64>);

impl Ranks {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.collect();
        sort_by(&mut sorted, f64::total_cmp);
        Self(sorted)
    }

    /// The fifth in which a value's middle rank lies: equal values share it, and where all are
    /// equal it is the third.
    fn fifth(&self, value: f64) -> u8 {
        let below = self.0.partition_point(|one| *one < value);
        let up_to = self.0.partition_point(|one| *one <= value);
        let fifth = (below + up_to) * 5 / (2 * self.0.len().max(1));
        u8::try_from(fifth.min(4)).unwrap_or(4) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::history::histories;
    use crate::accounts::testing::{day, priced};

    fn fact(silent_days: f64, order_days: f64, value: f64) -> Option<Facts> {
        Some(Facts {
            silent_days,
            order_days,
            value,
        })
    }

    fn plain(score: Option<Score>) -> (u8, u8, u8) {
        let score = score.unwrap();
        (score.recency, score.frequency, score.value)
    }

    #[test]
    fn s19_small_books_are_scored_at_fixed_cuts() {
        let (found, cuts) = scores(&[
            fact(10.0, 12.0, 400.0),
            fact(30.0, 4.0, 100.0),
            fact(31.0, 3.0, 99.0),
            fact(366.0, 0.0, 0.0),
        ]);
        assert_eq!(cuts, Cuts::Fixed);
        // The median value of the three with any is 100.
        let found: Vec<_> = found.into_iter().map(plain).collect();
        assert_eq!(found, [(5, 5, 5), (5, 4, 4), (4, 3, 3), (1, 1, 1)]);
    }

    #[test]
    fn s19_large_books_are_scored_in_fifths() {
        let facts: Vec<_> = (0..50)
            .map(|n| fact(f64::from(n), 3.0, f64::from(n)))
            .collect();
        let (found, cuts) = scores(&facts);
        assert_eq!(cuts, Cuts::Quantiles);
        let values: Vec<u8> = found.iter().map(|s| s.unwrap().value).collect();
        assert_eq!((values[9], values[10], values[49]), (1, 2, 5));
        // All order equally often.
        assert!(found.iter().all(|s| s.unwrap().frequency == 3));
        assert_eq!(found[0].unwrap().recency, 5);
        let cells = cells(&found);
        assert_eq!(cells.iter().flatten().sum::<u32>(), 50);
        assert_eq!(cells[4][2], 10);
    }

    #[test]
    fn s19_equal_values_at_a_cut_have_one_score() {
        let facts: Vec<_> = (0..60)
            .map(|n| fact(5.0, 1.0, if n < 30 { 1.0 } else { 2.0 }))
            .collect();
        let (found, _) = scores(&facts);
        let (low, high) = (plain(found[0]).2, plain(found[59]).2);
        assert!(low < high);
        assert!(found[..30].iter().all(|s| plain(*s).2 == low));
        assert!(found[30..].iter().all(|s| plain(*s).2 == high));
    }

    #[test]
    fn s19_facts_are_of_the_last_365_days() {
        let book = priced(&[
            ("A", vec![(0, 500), (100, 200), (400, 50)]),
            ("B", vec![(450, 1)]),
        ]);
        let histories = histories(&book, Some(day(420)));
        let found = facts(&histories, &[125.0]);
        assert_eq!(found[0], fact(20.0, 2.0, 125.0));
        assert_eq!(found[1], None);
    }
}
