//! Repeat orders of a book added up over time, beside what a model expects (Fader, Hardie and Lee
//! 2005a, figure 4): up to the cut-off the model has seen them, beyond it not.
//!
//! Expected of an account is `E X(t)` of a new one, `t` after its first order; of the book the sum over
//! the accounts that had ordered by the cut-off. Both count order days after the first.

use crate::base::Date;

use super::ahead::Scratch;
use super::history::{Histories, History};
use super::pool::Pool;
use super::weeks::Weeks;

/// Days that are looked at, at most.
const STEPS: i32 = 104;

/// The book on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tracked {
    /// The day.
    pub date: Date,
    /// Repeat orders up to then.
    pub actual: u64,
    /// Repeat orders that the model expects up to then.
    pub expected: f64,
}

/// Tracks a pool over the accounts known at the histories' cut-off, from the first order to a day
/// after it, in steps of a week or more. Histories from statistics have no days: they give nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps between two dates"
)]
pub fn track(known: &Histories, pool: &Pool, until: Date) -> Vec<Tracked> {
    let accounts = (0..known.len()).filter(|account| known.row_of(*account).is_some());
    let (mut firsts, mut repeats) = (Vec::<Date>::new(), Vec::<Date>::new());
    for account in accounts {
        let mut days = known.days_of(account).to_vec();
        days.dedup();
        if let Some((first, later)) = days.split_first() {
            firsts.push(*first);
            repeats.extend(later.iter().filter(|day| **day <= until));
        }
    }
    firsts.sort_unstable();
    repeats.sort_unstable();
    let Some(begin) = firsts.first().copied().filter(|begin| *begin < until) else {
        return Vec::new();
    };
    let span = until.days_since(begin);
    let step = (span / STEPS + i32::from(span % STEPS > 0)).max(7);
    let steps = span / step + i32::from(span % step > 0);
    let mut scratch = Scratch::default();
    // What is expected of one account after so many steps; between two it is nearly straight.
    let grown: Vec<f64> = (0..=steps)
        .map(|n| pool.expected(&History::default(), Weeks::of_days(n * step), &mut scratch))
        .collect();
    let after = |days: i32| {
        let place = f64::from(days) / f64::from(step);
        let whole = libm::floor(place);
        let at = |n: f64| grown.get(n as usize).or(grown.last()).copied();
        let (low, high) = (at(whole).unwrap_or(0.0), at(whole + 1.0).unwrap_or(0.0));
        low + (place - whole) * (high - low)
    };
    (0..=steps)
        .map(|n| {
            let date = begin.plus_days(n * step).min(until);
            let born = firsts.iter().take_while(|first| **first <= date);
            Tracked {
                date,
                actual: repeats.partition_point(|day| *day <= date) as u64,
                expected: born.map(|first| after(date.days_since(*first))).sum(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{Cnbd, Leaving};

    fn day(n: i32) -> Date {
        Date::from_days(19_000 + n)
    }

    /// Accounts that start a month apart and order every four weeks.
    fn book() -> Vec<Vec<Date>> {
        (0..6)
            .map(|account| (0..40).map(|n| day(30 * account + 28 * n)).collect())
            .collect()
    }

    #[test]
    fn both_lines_count_the_same_orders() {
        let book = book();
        let known = Histories::of_days(day(700), book.iter().map(Vec::as_slice));
        let regular = Cnbd::new(
            1,
            Leaving::AfterEveryOrder,
            50.0,
            Weeks::new(200.0),
            0.01,
            100.0,
        );
        let pool = Pool {
            regular,
            random: regular,
            weight: 1.0,
        };
        let found = track(&known, &pool, day(882));
        assert_eq!(found.first().map(|at| at.date), Some(day(0)));
        assert_eq!(found.last().map(|at| at.date), Some(day(882)));
        assert!(found.is_sorted_by(|a, b| a.date < b.date && a.actual <= b.actual));
        assert!(found.is_sorted_by(|a, b| a.expected <= b.expected));
        let end = found.last().unwrap();
        let repeats: u64 = (0..6).map(|account| (882 - 30 * account) / 28).sum();
        assert_eq!(end.actual, repeats);
        // A quarter of an order a week, and hardly anybody leaves.
        let weeks: f64 = (0..6).map(|n| f64::from(882 - 30 * n) / 7.0).sum();
        assert!(
            (end.expected / (0.25 * weeks) - 1.0).abs() < 0.02,
            "{}",
            end.expected
        );
        assert!(found.len() <= 106);
    }

    #[test]
    fn accounts_that_came_after_the_cut_do_not_count() {
        let days = [vec![day(0), day(50)], vec![day(300), day(310)]];
        let known = Histories::of_days(day(100), days.iter().map(Vec::as_slice));
        let model = Cnbd::new(2, Leaving::AfterEveryOrder, 1.0, Weeks::new(8.0), 0.5, 3.0);
        let pool = Pool {
            regular: model,
            random: model,
            weight: 0.5,
        };
        assert_eq!(track(&known, &pool, day(400)).last().unwrap().actual, 1);
        let statistics = Histories::of_statistics(Some(day(100)), &[History::default()]);
        assert!(track(&statistics, &pool, day(400)).is_empty());
    }
}
