//! Hurdle rate and recent repeaters at month ends (Jim Novo, "Drilling Down").
//!
//! In: order days. Out: one [`MonthEnd`] a month: how many accounts stood over a bar of recency, and
//! how many had ordered at least twice and lately. Their falling shares announce falling sales.

use crate::base::Date;

use super::history::{Histories, History};

/// Month ends that are looked back on.
pub const MOST_MONTHS: usize = 120;

/// The bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bars {
    /// An account is over the hurdle with an order within so many days, ...
    pub recent_days: i32,
    /// ... and so many order days within 365 days.
    pub order_days: u32,
}

impl Default for Bars {
    fn default() -> Self {
        Self {
            recent_days: 90,
            order_days: 2,
        }
    }
}

/// How the accounts stood at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthEnd {
    /// The last day of the month, or the as-of date.
    pub date: Date,
    /// Accounts that had ordered by then.
    pub accounts: u32,
    /// Of those, over the hurdle.
    pub over: u32,
    /// Of those, with two order days or more, the last within the bar.
    pub repeaters: u32,
}

impl MonthEnd {
    /// The hurdle rate: the share of accounts over the bar, 0 to 1; `None` without accounts.
    pub fn hurdle_rate(&self) -> Option<f64> {
        share(self.over, self.accounts)
    }

    /// The share of recent repeaters, 0 to 1; `None` without accounts.
    pub fn repeater_share(&self) -> Option<f64> {
        share(self.repeaters, self.accounts)
    }

    fn count(&mut self, history: &History, bars: Bars) {
        let passed = history.days.partition_point(|day| day.date <= self.date);
        let Some(last) = passed.checked_sub(1).and_then(|at| history.days.get(at)) else {
            return;
        };
        self.accounts += 1;
        if self.date.days_since(last.date) > bars.recent_days {
            return;
        }
        self.repeaters += u32::from(passed >= 2);
        let year = history.order_days_between(self.date.plus_days(-super::RECENT_DAYS), self.date);
        self.over += u32::from(year >= bars.order_days);
    }
}

fn share(part: u32, of: u32) -> Option<f64> {
    (of > 0).then(|| f64::from(part) / f64::from(of))
}

/// The month ends from the first order to the as-of date, which is the last of them; up to 120.
/// Accounts known by their sums only are left out: when they ordered is not known.
pub fn month_ends(histories: &Histories, bars: Bars) -> Vec<MonthEnd> {
    let first = histories
        .iter()
        .filter_map(|h| Some(h.days.first()?.date))
        .min();
    let Some(first) = first else {
        return Vec::new();
    };
    let mut ends: Vec<MonthEnd> = dates(first, histories.as_of)
        .into_iter()
        .map(|date| MonthEnd {
            date,
            accounts: 0,
            over: 0,
            repeaters: 0,
        })
        .collect();
    for history in histories.iter() {
        for end in &mut ends {
            end.count(&history, bars);
        }
    }
    ends
}

/// Month ends, oldest first; the as-of date ends the last month.
fn dates(first: Date, as_of: Date) -> Vec<Date> {
    let mut dates = vec![as_of];
    let (year, month, _) = as_of.ymd();
    let mut start = Date::new(year, month, 1).unwrap_or(as_of);
    while start > first && dates.len() < MOST_MONTHS {
        dates.push(start.plus_days(-1));
        start = start.plus_months(-1);
    }
    dates.reverse();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::history::histories;
    use crate::accounts::testing::{book, day};

    #[test]
    fn novo_accounts_over_the_bar_and_recent_repeaters_at_month_ends() {
        // Day 0 is 2024-01-01: January ends on day 30, February on 59, March on 90.
        let book = book(&[("A", &[0, 25, 80]), ("B", &[20]), ("C", &[85])]);
        let found = month_ends(
            &histories(&book, Some(day(100))),
            Bars {
                recent_days: 30,
                order_days: 2,
            },
        );
        let shown: Vec<_> = found
            .iter()
            .map(|end| (end.date, end.accounts, end.over, end.repeaters))
            .collect();
        assert_eq!(
            shown,
            [
                (day(30), 2, 1, 1),
                (day(59), 2, 0, 0),
                (day(90), 3, 1, 1),
                (day(100), 3, 1, 1),
            ]
        );
        assert_eq!(found[0].hurdle_rate(), Some(0.5));
        assert_eq!(found[2].repeater_share(), Some(1.0 / 3.0));
    }

    #[test]
    fn no_orders_no_month_ends() {
        assert!(month_ends(&Histories::default(), Bars::default()).is_empty());
    }
}
