//! Cohorts: of the accounts that came in the same year or quarter, how many were still ordering so
//! many periods later; and how long accounts last.
//!
//! In: order days. Out: one [`Cohort`] row each. An account counts in a period of its life only
//! once that period has passed, so that young accounts lower nothing.

use crate::base::date::DAYS_PER_YEAR;
use crate::base::num::{Span, Survival};

use super::cycles::{Cycle, State, Unknown};
use super::history::Histories;

/// Periods of life that are looked at.
pub const MOST_PERIODS: usize = 40;

/// By what accounts are put together, and how their life is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The calendar year of the first order; periods of 365 days from it.
    Year,
    /// The calendar quarter of the first order; periods of 91 days from it.
    Quarter,
}

impl By {
    const fn days(self) -> i32 {
        match self {
            Self::Year => 365,
            Self::Quarter => 91,
        }
    }

    fn cohort(self, date: crate::base::Date) -> i32 {
        match self {
            Self::Year => date.year(),
            Self::Quarter => date.month_index().div_euclid(3),
        }
    }

    /// "2025", "2025 Q3".
    fn label(self, cohort: i32) -> String {
        match self {
            Self::Year => cohort.to_string(),
            Self::Quarter => {
                format!("{} Q{}", cohort.div_euclid(4), cohort.rem_euclid(4) + 1)
            }
        }
    }
}

/// One cell: accounts whose period has passed, and those of them that ordered in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Accounts that are old enough.
    pub known: u32,
    /// Of those, with an order in the period.
    pub active: u32,
}

impl Cell {
    /// The share that ordered, 0 to 1; `None` where no account is old enough.
    pub fn share(&self) -> Option<f64> {
        (self.known > 0).then(|| f64::from(self.active) / f64::from(self.known))
    }
}

/// Accounts that came at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// "2025", "2025 Q3".
    pub label: String,
    /// How many accounts.
    pub accounts: u32,
    /// By period of life after the first order; the first is the period that begins with it.
    pub cells: Vec<Cell>,
}

/// The cohorts, oldest first. Accounts known by their sums only are left out.
pub fn cohorts(histories: &Histories, by: By) -> Vec<Cohort> {
    let mut found: Vec<(i32, Cohort)> = Vec::new();
    let firsts = histories
        .iter()
        .filter_map(|history| Some((history, history.days.first()?.date)));
    for (history, first) in firsts {
        let key = by.cohort(first);
        let at = match found.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => at,
            Err(at) => {
                let cohort = Cohort {
                    label: by.label(key),
                    accounts: 0,
                    cells: Vec::new(),
                };
                found.insert(at, (key, cohort));
                at
            }
        };
        let Some((_, cohort)) = found.get_mut(at) else {
            continue;
        };
        cohort.accounts += 1;
        let mut from = first.plus_days(-1);
        for period in 0..MOST_PERIODS {
            let to = from.plus_days(by.days());
            if to > histories.as_of {
                break;
            }
            cohort
                .cells
                .resize(cohort.cells.len().max(period + 1), Cell::default());
            if let Some(cell) = cohort.cells.get_mut(period) {
                cell.known += 1;
                cell.active += u32::from(history.order_days_between(from, to) > 0);
            }
            from = to;
        }
    }
    found.into_iter().map(|(_, cohort)| cohort).collect()
}

/// How long accounts last, in years: ended at the last order of an account that is probably lost,
/// still running for the others (Kaplan and Meier).
pub fn survival(histories: &Histories, cycles: &[Result<Cycle, Unknown>]) -> Survival {
    let each = histories.iter().zip(cycles);
    let spans: Vec<Span> = each
        .filter_map(|(history, cycle)| {
            let (first, cycle) = (history.first()?, cycle.as_ref().ok()?);
            let ended = cycle.state == State::ProbablyLost;
            let until = if ended { cycle.last } else { histories.as_of };
            Some(Span {
                length: f64::from(until.days_since(first)) / DAYS_PER_YEAR,
                ended,
            })
        })
        .collect();
    Survival::of(&spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::{Settings, cycles};
    use crate::accounts::history::histories;
    use crate::accounts::testing::{book, day};

    #[test]
    fn s21_a_cohort_counts_only_periods_that_have_passed() {
        // 2024 is a leap year: day 366 is 2025-01-01.
        let book = book(&[
            ("A", &[0, 200, 400]),
            ("B", &[100, 110]),
            ("C", &[366, 700]),
        ]);
        let found = cohorts(&histories(&book, Some(day(800))), By::Year);
        let cell = |known, active| Cell { known, active };
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].label.as_str(), found[0].accounts), ("2024", 2));
        // A's second year ended on day 729, B's on day 829.
        assert_eq!(found[0].cells, [cell(2, 2), cell(1, 1)]);
        assert_eq!(found[1].cells, [cell(1, 1)]);
        assert_eq!(found[0].cells[1].share(), Some(1.0));
    }

    #[test]
    fn s21_quarters_are_named() {
        let book = book(&[("A", &[100]), ("B", &[400])]);
        let found = cohorts(&histories(&book, Some(day(410))), By::Quarter);
        let labels: Vec<&str> = found.iter().map(|c| c.label.as_str()).collect();
        assert_eq!(labels, ["2024 Q2", "2025 Q1"]);
        assert!(cohorts(&Histories::default(), By::Year).is_empty());
    }

    #[test]
    fn s21_accounts_still_ordering_have_not_ended() {
        let book = book(&[("A", &[0, 30, 60, 90]), ("B", &[0, 100, 200, 300, 400])]);
        let as_of = Some(day(420));
        let accounts = crate::accounts::build(&book, as_of);
        let histories = histories(&book, as_of);
        let curve = survival(
            &histories,
            &cycles(&histories, &accounts, &Settings::default(), (&[], &[]), &[]),
        );
        assert_eq!((curve.count(), curve.ended()), (2, 1));
        assert!((curve.after(90.0 / DAYS_PER_YEAR) - 0.5).abs() < 1e-12);
    }
}
