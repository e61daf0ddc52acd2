//! Repeat rate, retention by period, revenue kept and grown, and the trend from large to smaller,
//! more frequent orders (S21).
//!
//! In: order days and cycles. Out: [`Repeats`], one [`Kept`] per period, a [`Trend`]. Periods are
//! whole and counted back from the as-of date, so that none is cut short. Accounts too young to have
//! repeated are left out of the repeat rate, not counted as failures: their time is censored.

use crate::base::Date;

use super::cycles::{Basis, Cycle, State, Unknown};
use super::history::Histories;

/// Periods that are looked back on.
pub const MOST_PERIODS: usize = 40;

/// How many accounts came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repeats {
    /// With two order days or more.
    pub repeated: u32,
    /// With one order day, and longer ago than others take to their second.
    pub once: u32,
    /// With one order day, and still within that time.
    pub too_young: u32,
}

impl Repeats {
    /// The repeat rate, 0 to 1: accounts with two orders or more over all of which it is known;
    /// `None` where it is known of none.
    pub fn rate(&self) -> Option<f64> {
        let known = self.repeated + self.once;
        (known > 0).then(|| f64::from(self.repeated) / f64::from(known))
    }
}

/// Counts repeaters. An account with one order is too young while it is not overdue.
pub fn repeats(cycles: &[Result<Cycle, Unknown>]) -> Repeats {
    let mut found = Repeats::default();
    for cycle in cycles.iter().flatten() {
        match cycle.basis {
            Basis::One(_) if cycle.state < State::Overdue => found.too_young += 1,
            Basis::One(_) => found.once += 1,
            _ => found.repeated += 1,
        }
    }
    found
}

/// One period against the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kept {
    /// The period's last day; it begins the day after the period before ended.
    pub to: Date,
    /// Accounts with an order in the period before.
    pub before: u32,
    /// Of those, with an order in this one.
    pub both: u32,
    /// Revenue of the period before, in the base currency.
    pub revenue_before: f64,
    /// Of that, what the same accounts brought again, at most as much each.
    pub revenue_kept: f64,
    /// All that the same accounts brought in this period.
    pub revenue_same: f64,
    /// Accounts with an order in this period.
    pub accounts: u32,
    /// Order days in this period.
    pub order_days: u32,
    /// Revenue of this period.
    pub revenue: f64,
}

impl Kept {
    /// Retention of the period, 0 to 1: active in both over active before.
    pub fn retention(&self) -> Option<f64> {
        (self.before > 0).then(|| f64::from(self.both) / f64::from(self.before))
    }

    /// Gross revenue retention (GRR), 0 to 1: no account counts for more than it brought before.
    pub fn gross(&self) -> Option<f64> {
        (self.revenue_before > 0.0).then(|| self.revenue_kept / self.revenue_before)
    }

    /// Net revenue retention (NRR): growth of the same accounts included; above 1 they grew.
    pub fn net(&self) -> Option<f64> {
        (self.revenue_before > 0.0).then(|| self.revenue_same / self.revenue_before)
    }

    /// Revenue of an order day, in the base currency.
    pub fn order_size(&self) -> Option<f64> {
        (self.order_days > 0).then(|| self.revenue / f64::from(self.order_days))
    }

    /// Order days of an active account in the period.
    pub fn frequency(&self) -> Option<f64> {
        (self.accounts > 0).then(|| f64::from(self.order_days) / f64::from(self.accounts))
    }
}

/// Whole periods of so many days back from the as-of date, oldest first, as far as the data covers
/// the period before each.
pub fn periods(histories: &Histories, days: i32) -> Vec<Kept> {
    let first = histories.iter().filter_map(|history| history.first()).min();
    let (Some(first), true) = (first, days > 0) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut to = histories.as_of;
    // The period before must lie within the data.
    while to.plus_days(-2 * days) >= first.plus_days(-1) && found.len() < MOST_PERIODS {
        found.push(period(histories, to, days));
        to = to.plus_days(-days);
    }
    found.reverse();
    found
}

fn period(histories: &Histories, to: Date, days: i32) -> Kept {
    let (from, before) = (to.plus_days(-days), to.plus_days(-2 * days));
    let mut kept = Kept {
        to,
        before: 0,
        both: 0,
        revenue_before: 0.0,
        revenue_kept: 0.0,
        revenue_same: 0.0,
        accounts: 0,
        order_days: 0,
        revenue: 0.0,
    };
    for history in histories.iter() {
        let ordered = history.order_days_between(from, to);
        let revenue = history.revenue_between(from, to);
        kept.accounts += u32::from(ordered > 0);
        kept.order_days += ordered;
        kept.revenue += revenue;
        if history.order_days_between(before, from) > 0 {
            let earlier = history.revenue_between(before, from);
            kept.before += 1;
            kept.both += u32::from(ordered > 0);
            kept.revenue_before += earlier;
            kept.revenue_kept += revenue.min(earlier).max(0.0);
            kept.revenue_same += revenue;
        }
    }
    kept
}

/// How order size and frequency moved from one period to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Revenue of an order day over the one before: below 1 orders became smaller.
    pub size: f64,
    /// Order days of an active account over those before: above 1 they became more frequent.
    pub frequency: f64,
}

impl Trend {
    /// From large orders to smaller, more frequent ones.
    pub fn smaller_and_more_frequent(&self) -> bool {
        self.size < 1.0 && self.frequency > 1.0
    }
}

/// The trend from a period to the next; `None` where one of them has no orders.
pub fn trend(before: &Kept, after: &Kept) -> Option<Trend> {
    let size = after.order_size()? / before.order_size().filter(|size| *size > 0.0)?;
    let frequency = after.frequency()? / before.frequency().filter(|often| *often > 0.0)?;
    Some(Trend { size, frequency })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::cycles::{Settings, cycles};
    use crate::accounts::history::histories;
    use crate::accounts::testing::{book, day, priced};

    fn near(a: Option<f64>, b: f64) -> bool {
        a.is_some_and(|a| (a - b).abs() < 1e-12)
    }

    #[test]
    fn s21_accounts_too_young_to_repeat_are_left_out() {
        let book = book(&[
            ("A", &[0, 60, 120]),
            ("B", &[0, 50]),
            ("C", &[10]),
            ("D", &[180]),
        ]);
        let as_of = Some(day(200));
        let accounts = crate::accounts::build(&book, as_of);
        let found = cycles(
            &histories(&book, as_of),
            &accounts,
            &Settings::default(),
            (&[], &[]),
            &[],
        );
        let found = repeats(&found);
        assert_eq!((found.repeated, found.once, found.too_young), (2, 1, 1));
        assert!(near(found.rate(), 2.0 / 3.0));
        assert_eq!(Repeats::default().rate(), None);
    }

    #[test]
    fn s21_retention_gross_and_net() {
        // Periods of 100 days up to day 300: (0, 100], (100, 200], (200, 300].
        let book = priced(&[
            ("A", vec![(50, 100), (150, 150), (250, 50)]),
            ("B", vec![(60, 100)]),
            ("C", vec![(160, 80), (240, 120), (260, 40)]),
            ("Early", vec![(1, 0)]),
        ]);
        let found = periods(&histories(&book, Some(day(300))), 100);
        assert_eq!(found.len(), 2);
        let (first, last) = (found[0], found[1]);
        assert_eq!((first.to, last.to), (day(200), day(300)));
        // Before: A, B and Early; again: A.
        assert_eq!((first.before, first.both), (3, 1));
        assert!(near(first.gross(), 0.5) && near(first.net(), 0.75));
        // Before: A 150, C 80; again A 50, C 160.
        assert!(near(last.retention(), 1.0));
        assert!(near(last.gross(), 130.0 / 230.0) && near(last.net(), 210.0 / 230.0));
        // From 2 orders of 115 to 3 of 70.
        let trend = trend(&first, &last).unwrap();
        assert!(near(Some(trend.size), 70.0 / 115.0) && near(Some(trend.frequency), 1.5));
        assert!(trend.smaller_and_more_frequent());
    }

    #[test]
    fn s21_a_period_whose_predecessor_is_not_covered_is_not_shown() {
        let book = book(&[("A", &[0, 30, 60])]);
        assert!(periods(&histories(&book, Some(day(70))), 60).is_empty());
        assert!(periods(&Histories::default(), 365).is_empty());
        assert!(periods(&histories(&book, Some(day(70))), 0).is_empty());
    }
}
