//! What the models know of an account: how many orders came after the first, when the last one
//! came, and how long the account has been watched.
//!
//! In: the days of each account's orders, and the cut-off day up to which they count. Out: rows, in
//! weeks; accounts with equal rows share one. Orders of one day are one order, so that no interval
//! is shorter than a day. The days are kept, so that the same histories can be cut off earlier.

use std::collections::BTreeMap;

use crate::base::Date;
use crate::base::order::float_key;

use super::skipped::Skipping;
use super::weeks::Weeks;

/// One account, as the models see it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct History {
    /// Orders after the first.
    pub repeats: u32,
    /// From the first order to the last; zero without repeat orders.
    pub last: Weeks,
    /// From the first order to the cut-off.
    pub age: Weeks,
    /// The sum of ln(interval in weeks) between neighbouring orders.
    pub ln_intervals: f64,
    /// Cycles that the intervals span: as many as repeats, and more where cycles were skipped
    /// (`models::skipped`).
    pub cycles: u32,
}

impl History {
    /// A history from its statistics, repaired where they contradict each other: the last order is
    /// neither after the cut-off nor, with repeats, on the day of the first.
    pub fn new(repeats: u32, last: Weeks, age: Weeks, ln_intervals: f64) -> Self {
        let last = match (repeats, last > Weeks::ZERO) {
            (0, _) => Weeks::ZERO,
            (_, true) => last,
            (_, false) => Weeks::of_days(1),
        };
        let most = 30.0 * f64::from(repeats);
        Self {
            repeats,
            last,
            cycles: repeats,
            age: if age > last { age } else { last },
            // No interval is shorter than a trillionth of a week or longer than history.
            ln_intervals: if ln_intervals.is_nan() {
                0.0
            } else {
                ln_intervals.clamp(-most, most)
            },
        }
    }

    /// From the days of the orders, ascending, up to a cut-off; `None` when there is none.
    ///
    /// ```
    /// use perennial::base::Date;
    /// use perennial::models::History;
    /// let days = ["2026-01-01", "2026-01-15", "2026-01-15", "2026-02-12"];
    /// let days: Vec<Date> = days.iter().filter_map(|d| Date::parse(d)).collect();
    /// let history = History::of_days(&days, Date::parse("2026-03-05").unwrap()).unwrap();
    /// assert_eq!(history.repeats, 2);
    /// assert_eq!(history.last.get(), 6.0);
    /// assert_eq!(history.age.get(), 9.0);
    /// assert_eq!(history.ln_intervals, libm::log(2.0) + libm::log(4.0));
    /// ```
    pub fn of_days(days: &[Date], cut: Date) -> Option<Self> {
        let first = *days.first().filter(|day| **day <= cut)?;
        let (mut last, mut repeats, mut logs) = (first, 0, 0.0);
        for day in days.iter().take_while(|day| **day <= cut) {
            if *day > last {
                logs += libm::log(Weeks::of_days(day.days_since(last)).get());
                (last, repeats) = (*day, repeats + 1);
            }
        }
        let since = |day: Date| Weeks::of_days(day.days_since(first));
        Some(Self::new(repeats, since(last), since(cut), logs))
    }

    /// Time since the last order.
    pub fn silence(&self) -> Weeks {
        Weeks::new(self.age.get() - self.last.get())
    }

    fn key(&self) -> Key {
        let bits = [self.last.get(), self.age.get(), self.ln_intervals].map(float_key);
        let [last, age, logs] = bits;
        (self.repeats, self.cycles, last, age, logs)
    }
}

/// By what histories are told apart and sorted.
type Key = (u32, u32, u64, u64, u64);

/// Equal histories, and how many accounts have them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The history.
    pub history: History,
    /// Accounts.
    pub count: u32,
}

/// The histories of all accounts at one cut-off.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Histories {
    cut: Option<Date>,
    rows: Vec<Row>,
    /// The row of each account; `None` for one without an order up to the cut-off.
    of: Vec<Option<u32>>,
    /// The order days of all accounts, one after the other, and where each begins.
    days: Vec<Date>,
    starts: Vec<usize>,
    /// How cycles are told that were skipped, where they are.
    skipping: Option<Skipping>,
}

impl Histories {
    /// From the order days of each account, in any order, up to a cut-off day.
    pub fn of_days<'a>(cut: Date, accounts: impl Iterator<Item = &'a [Date]>) -> Self {
        let mut whole = Self {
            cut: Some(cut),
            ..Self::default()
        };
        for days in accounts {
            let start = whole.days.len();
            whole.starts.push(start);
            whole.days.extend_from_slice(days);
            if let Some(own) = whole.days.get_mut(start..) {
                own.sort_unstable();
            }
        }
        whole.cut_at(cut);
        whole
    }

    /// From statistics made elsewhere: these cannot be cut off earlier.
    pub fn of_statistics(cut: Option<Date>, histories: &[History]) -> Self {
        let mut whole = Self {
            cut,
            ..Self::default()
        };
        let histories: Vec<Option<History>> = histories.iter().map(|h| Some(*h)).collect();
        whole.fold(&histories);
        whole
    }

    /// The same orders as they were known at an earlier day; `None` for histories from statistics.
    pub fn earlier(&self, cut: Date) -> Option<Self> {
        if self.starts.is_empty() {
            return None;
        }
        let mut whole = Self {
            days: self.days.clone(),
            starts: self.starts.clone(),
            skipping: self.skipping,
            ..Self::default()
        };
        whole.cut_at(cut);
        Some(whole)
    }

    /// The same with skipped cycles told in this way; `None` for histories from statistics.
    pub(super) fn skipping(&self, skipping: Skipping) -> Option<Self> {
        let told = Self {
            skipping: Some(skipping),
            ..self.clone()
        };
        told.earlier(self.cut?)
    }

    /// An account's history as it was known at a day; `None` without an order up to it.
    pub fn known_on(&self, account: usize, cut: Date) -> Option<History> {
        let history = History::of_days(self.days_of(account), cut)?;
        let cycles = self.skipping.map_or(history.repeats, |skipping| {
            skipping.cycles(&self.intervals(account, cut)).iter().sum()
        });
        Some(History { cycles, ..history })
    }

    /// How skipped cycles are told, where they are.
    pub(super) const fn told(&self) -> Option<Skipping> {
        self.skipping
    }

    /// The intervals between an account's order days up to a day, in weeks.
    pub(super) fn intervals(&self, account: usize, cut: Date) -> Vec<f64> {
        let days = self.days_of(account).iter();
        let mut days: Vec<Date> = days.copied().take_while(|day| *day <= cut).collect();
        days.dedup();
        let between = days.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(Weeks::of_days(b.days_since(*a)).get()),
            _ => None,
        });
        between.collect()
    }

    fn cut_at(&mut self, cut: Date) {
        self.cut = Some(cut);
        let histories: Vec<Option<History>> = (0..self.starts.len())
            .map(|account| self.known_on(account, cut))
            .collect();
        self.fold(&histories);
    }

    /// Makes the rows: equal histories once, sorted by repeats.
    fn fold(&mut self, histories: &[Option<History>]) {
        let mut found: BTreeMap<Key, Row> = BTreeMap::new();
        for history in histories.iter().flatten() {
            let row = found.entry(history.key()).or_insert(Row {
                history: *history,
                count: 0,
            });
            row.count += 1;
        }
        let keys: Vec<_> = found.keys().copied().collect();
        self.of = histories
            .iter()
            .map(|history| {
                let key = history.as_ref()?.key();
                keys.binary_search(&key)
                    .ok()
                    .and_then(|at| u32::try_from(at).ok())
            })
            .collect();
        self.rows = found.into_values().collect();
    }

    /// The last day that counts; `None` where it was not given with the statistics.
    pub const fn cut(&self) -> Option<Date> {
        self.cut
    }

    /// The different histories, by repeats ascending.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many accounts there are, those without an order included.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether there is no account.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The position of an account's row in [`Self::rows`].
    pub fn row_of(&self, account: usize) -> Option<usize> {
        self.of
            .get(account)
            .copied()
            .flatten()
            .map(|row| row as usize)
    }

    /// An account's history.
    pub fn of(&self, account: usize) -> Option<&History> {
        self.rows.get(self.row_of(account)?).map(|row| &row.history)
    }

    /// An account's order days, ascending, those after the cut-off included; empty for histories
    /// from statistics.
    pub fn days_of(&self, account: usize) -> &[Date] {
        let Some(start) = self.starts.get(account) else {
            return &[];
        };
        let end = self
            .starts
            .get(account + 1)
            .copied()
            .unwrap_or(self.days.len());
        self.days.get(*start..end).unwrap_or_default()
    }

    /// Order days of an account after one day and up to another, equal days once.
    pub fn orders_between(&self, account: usize, after: Date, until: Date) -> u32 {
        let mut last = after;
        let mut count = 0;
        for day in self.days_of(account) {
            if *day > last && *day <= until {
                (last, count) = (*day, count + 1);
            }
        }
        count
    }

    /// Accounts with an order.
    pub fn accounts(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.count)).sum()
    }

    /// Repeat orders of all accounts.
    pub fn repeats(&self) -> u64 {
        self.rows
            .iter()
            .map(|row| u64::from(row.history.repeats) * u64::from(row.count))
            .sum()
    }

    /// The pooled interval between orders; without repeats, the mean age.
    pub fn scale(&self) -> Weeks {
        let total = |of: fn(&History) -> f64| -> f64 {
            self.rows
                .iter()
                .map(|row| of(&row.history) * f64::from(row.count))
                .sum()
        };
        let repeats = total(|h| f64::from(h.repeats));
        let mean = if repeats > 0.0 {
            total(|h| h.last.get()) / repeats
        } else {
            total(|h| h.age.get()) / total(|_| 1.0).max(1.0)
        };
        Weeks::new(mean.max(Weeks::of_days(1).get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn equal_histories_share_a_row_and_the_cut_off_cuts() {
        let one = [day("2026-01-29"), day("2026-01-01")];
        let two = [day("2026-02-01"), day("2026-03-01"), day("2026-04-01")];
        let late = [day("2026-05-01")];
        let lists: [&[Date]; 4] = [&one, &one, &two, &late];
        let whole = Histories::of_days(day("2026-04-30"), lists.iter().copied());
        assert_eq!((whole.len(), whole.rows().len()), (4, 2));
        assert_eq!((whole.accounts(), whole.repeats()), (3, 4));
        assert_eq!(whole.of(0), whole.of(1));
        assert_eq!(whole.of(3), None);
        let earlier = whole.earlier(day("2026-03-15")).unwrap();
        assert_eq!(earlier.of(2).map(|h| h.repeats), Some(1));
        assert_eq!(
            earlier.orders_between(2, day("2026-03-15"), day("2026-04-30")),
            1
        );
        assert_eq!(
            whole.orders_between(3, day("2026-04-30"), day("2026-06-01")),
            1
        );
    }

    #[test]
    fn contradictions_are_repaired() {
        let history = History::new(3, Weeks::new(f64::NAN), Weeks::new(-4.0), f64::NEG_INFINITY);
        assert!(history.last.get() > 0.0 && history.age >= history.last);
        assert!(history.ln_intervals.is_finite());
        assert!(Histories::default().scale().get() > 0.0);
    }
}
