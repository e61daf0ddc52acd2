//! The days on which each account ordered, and what each day brought: what every rhythm, cohort
//! and retention is counted on (S17).
//!
//! In: the book and the as-of date. Out: per account its order days, ascending. Several orders of
//! one day are one order day. An order that is delivered in parts counts on its first day, with the
//! whole amount; an order whose lines come on many days over months is a blanket order, and each of
//! its releases is an order day. A return lowers the day it belongs to and is no order.

use super::tally::OUT;
use crate::base::num::median;
use crate::base::{Date, Money};
use crate::orders::number::money;
use crate::orders::{LineKind, Measure, OrderBook};

/// An order with lines on so many days, ...
const RELEASES: u32 = 4;
/// ... over so many days, is a blanket order.
const RELEASED_OVER_DAYS: i32 = 60;
/// Order days that the usual order is measured on.
const USUAL: usize = 5;

/// A day with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderDay {
    /// The day.
    pub date: Date,
    /// Net revenue of the orders of that day, returns of them deducted, in the base currency.
    pub revenue: Money,
    /// Orders placed; 0 where there were only releases of a blanket order.
    pub orders: u32,
}

/// The order days of all accounts, by position in the book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histories {
    /// The date up to which orders count.
    pub as_of: Date,
    /// The last order of the data, whatever the as-of date.
    pub data_until: Date,
    days: Vec<OrderDay>,
    starts: Vec<usize>,
    summaries: Vec<(u32, Summed)>,
}

/// What an account summary says in place of order days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summed {
    /// Day of the first order.
    pub first: Date,
    /// Day of the last order.
    pub last: Date,
    /// Orders.
    pub orders: u32,
    /// Net revenue of all of them.
    pub revenue: Money,
}

/// The order days of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct History<'a> {
    /// Ascending.
    pub days: &'a [OrderDay],
    /// Where the data has only sums of the account.
    pub summed: Option<Summed>,
}

impl Histories {
    /// How many accounts.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// No accounts.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An account's order days; none for a position that the book does not have.
    pub fn of(&self, account: usize) -> History<'_> {
        let at = |place: usize| self.starts.get(place).copied();
        let range = at(account).zip(at(account.saturating_add(1)));
        let days = range.and_then(|(from, to)| self.days.get(from..to));
        let id = u32::try_from(account).unwrap_or(OUT);
        let summed = self.summaries.binary_search_by_key(&id, |(at, _)| *at).ok();
        History {
            days: days.unwrap_or_default(),
            summed: summed.and_then(|at| Some(self.summaries.get(at)?.1)),
        }
    }

    /// Every account's order days.
    pub fn iter(&self) -> impl Iterator<Item = History<'_>> {
        (0..self.len()).map(|account| self.of(account))
    }
}

impl History<'_> {
    /// Day of the first order.
    pub fn first(&self) -> Option<Date> {
        let day = self.days.first().map(|day| day.date);
        earlier(day, self.summed.map(|summed| summed.first))
    }

    /// Day of the last order up to the as-of date.
    pub fn last(&self) -> Option<Date> {
        let day = self.days.last().map(|day| day.date);
        day.max(self.summed.map(|summed| summed.last))
    }

    /// How many order days; the orders of an account summary stand for theirs.
    pub fn order_days(&self) -> u32 {
        let days = u32::try_from(self.days.len()).unwrap_or(u32::MAX);
        days.saturating_add(self.summed.map_or(0, |summed| summed.orders))
    }

    /// Days between neighbouring order days, in their order.
    pub fn gaps(&self) -> Vec<f64> {
        let pairs = self.days.windows(2);
        pairs
            .filter_map(|pair| {
                let [earlier, later] = pair else { return None };
                Some(f64::from(later.date.days_since(earlier.date)))
            })
            .collect()
    }

    /// The usual revenue of an order day: the median of the last five, in the base currency; the
    /// average order of an account summary. `None` without an order.
    pub fn usual_order(&self) -> Option<f64> {
        let last = self.days.len().saturating_sub(USUAL);
        let days = self.days.get(last..).unwrap_or_default();
        let amounts: Vec<f64> = days.iter().map(|day| day.revenue.to_f64()).collect();
        median(&amounts).or_else(|| {
            let summed = self.summed.filter(|summed| summed.orders > 0)?;
            Some(summed.revenue.to_f64() / f64::from(summed.orders))
        })
    }

    /// Revenue of the order days after `from` up to `to`, in the base currency; of an account
    /// summary the part of its time that lies there.
    pub fn revenue_between(&self, from: Date, to: Date) -> f64 {
        let start = self.days.partition_point(|day| day.date <= from);
        let end = self.days.partition_point(|day| day.date <= to);
        let days = self.days.get(start..end).unwrap_or_default();
        let days: f64 = days.iter().map(|day| day.revenue.to_f64()).sum();
        days + self.summed.map_or(0.0, |summed| summed.between(from, to))
    }

    /// Order days after `from` up to `to`; those of an account summary spread evenly.
    pub fn order_days_between(&self, from: Date, to: Date) -> u32 {
        let before = |date: Date| self.days.partition_point(|day| day.date <= date);
        let days = before(to).saturating_sub(before(from));
        let summed = self.summed.map_or(0, |summed| summed.count(from, to));
        u32::try_from(days)
            .unwrap_or(u32::MAX)
            .saturating_add(summed)
    }

    /// Whether most of its order days are releases of a blanket order.
    pub fn is_blanket(&self) -> bool {
        let releases = self.days.iter().filter(|day| day.orders == 0).count();
        releases > 0 && releases * 2 >= self.days.len()
    }
}

impl Summed {
    /// The days from the first order to the last, both counted, that lie after `from` up to `to`.
    fn overlap(&self, from: Date, to: Date) -> f64 {
        let start = self.first.max(from.plus_days(1));
        let days = self.last.min(to).days_since(start).saturating_add(1).max(0);
        f64::from(days) / f64::from(self.last.days_since(self.first).saturating_add(1).max(1))
    }

    fn between(&self, from: Date, to: Date) -> f64 {
        self.revenue.to_f64() * self.overlap(from, to)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a u32"
    )]
    fn count(&self, from: Date, to: Date) -> u32 {
        let overlap = self.overlap(from, to);
        let count = f64::from(self.orders) * overlap;
        // Somebody who bought then bought at least once.
        (count.round() as u32).max(u32::from(overlap > 0.0))
    }
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// When an order's lines come.
#[derive(Clone, Copy, Default)]
struct Extent {
    first: Date,
    last: Date,
    days: u32,
    /// Its first day has been counted.
    placed: bool,
}

impl Extent {
    fn is_blanket(&self) -> bool {
        self.days >= RELEASES && self.last.days_since(self.first) >= RELEASED_OVER_DAYS
    }

    /// The order day of a line.
    fn day(&self, date: Date) -> Date {
        if self.is_blanket() { date } else { self.first }
    }
}

/// The order days of every account up to the as-of date, the last order's where there is none.
///
/// ```
/// use perennial::accounts::history::histories;
/// use perennial::orders::OrderBook;
/// assert!(histories(&OrderBook::default(), None).is_empty());
/// ```
pub fn histories(book: &OrderBook, as_of: Option<Date>) -> Histories {
    let until = book.span().map(|(_, last)| last).unwrap_or_default();
    let as_of = as_of.unwrap_or(until);
    let accounts = book.account_names().len();
    let mut found = Histories {
        as_of,
        data_until: until,
        starts: Vec::with_capacity(accounts.saturating_add(1)),
        ..Histories::default()
    };
    let mut extents = vec![Extent::default(); book.order_count()];
    let mut walk = Walk {
        book,
        as_of,
        extents: &mut extents,
        days: Vec::new(),
    };
    for account in 0..accounts {
        found.starts.push(found.days.len());
        walk.measure(account);
        walk.collect(account);
        walk.take_back(account);
        let scale = book.amounts(Measure::Revenue).scale();
        let days = walk.days.drain(..);
        found
            .days
            .extend(days.map(|(date, revenue, orders)| OrderDay {
                date,
                revenue: money(revenue, scale),
                orders,
            }));
    }
    found.starts.push(found.days.len());
    found.summaries = summaries(book, as_of);
    found
}

/// What account summaries say, by account.
fn summaries(book: &OrderBook, as_of: Date) -> Vec<(u32, Summed)> {
    let mut found: Vec<(u32, Summed)> = Vec::new();
    for summary in book.summaries() {
        let line = summary.line as usize;
        let at = book.accounts().get(line).zip(book.dates().get(line));
        let Some((account, last)) = at.filter(|(_, last)| **last <= as_of) else {
            continue;
        };
        let revenue = book.amount(Measure::Revenue, line);
        let summed = Summed {
            first: summary.first,
            last: *last,
            orders: summary.orders,
            revenue: revenue.map_or(Money::ZERO, crate::orders::number::Num::to_money),
        };
        found.push((*account, summed));
    }
    crate::base::order::sort_by(&mut found, |a, b| a.0.cmp(&b.0));
    let mut merged: Vec<(u32, Summed)> = Vec::new();
    for (account, summed) in found {
        match merged.last_mut() {
            Some((same, before)) if *same == account => before.add(&summed),
            _ => merged.push((account, summed)),
        }
    }
    // Returns alone are no history of orders.
    merged.retain(|(_, summed)| summed.orders > 0);
    merged
}

impl Summed {
    fn add(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.orders = self.orders.saturating_add(other.orders);
        self.revenue = self.revenue.add(other.revenue).unwrap_or(self.revenue);
    }
}

/// One account's lines on their way to order days: day, revenue, orders placed.
struct Walk<'a> {
    book: &'a OrderBook,
    as_of: Date,
    extents: &'a mut [Extent],
    days: Vec<(Date, i128, u32)>,
}

impl Walk<'_> {
    /// The account's lines of a kind up to the as-of date: line, day.
    fn lines(
        &self,
        account: usize,
        kind: LineKind,
    ) -> impl Iterator<Item = (usize, Date)> + use<'_> {
        let lines = self
            .book
            .lines_of(account)
            .iter()
            .map(|line| *line as usize);
        lines.filter_map(move |line| {
            let date = *self.book.dates().get(line)?;
            let counts = date <= self.as_of && self.book.kinds().get(line) == Some(&kind);
            counts.then_some((line, date))
        })
    }

    fn order(&self, line: usize) -> usize {
        self.book.orders().get(line).copied().unwrap_or(OUT) as usize
    }

    fn revenue(&self, line: usize) -> i128 {
        let column = self.book.amounts(Measure::Revenue);
        let value = column.get(line).and_then(|value| value.at(column.scale()));
        value.unwrap_or(0)
    }

    /// Finds when the lines of each order come.
    fn measure(&mut self, account: usize) {
        for line in self.book.lines_of(account) {
            let line = *line as usize;
            let order = self.order(line);
            let Some(&date) = self.book.dates().get(line) else {
                continue;
            };
            let sold = self.book.kinds().get(line) == Some(&LineKind::Sale);
            let Some(extent) = self.extents.get_mut(order) else {
                continue;
            };
            if !sold || date > self.as_of || extent.placed {
                continue;
            }
            if extent.days == 0 {
                extent.first = date;
            }
            if extent.days == 0 || extent.last != date {
                extent.last = date;
                extent.days += 1;
            }
        }
    }

    /// Adds up the sales by order day.
    fn collect(&mut self, account: usize) {
        let lines: Vec<(usize, Date)> = self.lines(account, LineKind::Sale).collect();
        for (line, date) in lines {
            let (order, revenue) = (self.order(line), self.revenue(line));
            let mut day = date;
            let mut placed = 1;
            if let Some(extent) = self.extents.get_mut(order) {
                day = extent.day(date);
                placed = u32::from(!extent.placed);
                extent.placed = true;
            }
            match self.days.binary_search_by_key(&day, |known| known.0) {
                Ok(at) => {
                    if let Some(known) = self.days.get_mut(at) {
                        known.1 += revenue;
                        known.2 += placed;
                    }
                }
                Err(at) => self.days.insert(at, (day, revenue, placed)),
            }
        }
    }

    /// Takes returns off the order they belong to, else off the latest order day before them.
    fn take_back(&mut self, account: usize) {
        let lines: Vec<(usize, Date)> = self.lines(account, LineKind::Return).collect();
        for (line, date) in lines {
            let order = self.book.link(line);
            let extent = order.and_then(|order| self.extents.get(order as usize));
            let day = extent
                .filter(|extent| extent.placed)
                .map_or(date, |e| e.day(date));
            let passed = self.days.partition_point(|known| known.0 <= day);
            let revenue = self.revenue(line);
            if let Some(known) = passed.checked_sub(1).and_then(|at| self.days.get_mut(at)) {
                known.1 += revenue;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing::{File, import, one};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn days(found: &Histories, account: usize) -> Vec<(String, String, u32)> {
        let days = found.of(account).days.iter();
        days.map(|d| (d.date.to_string(), d.revenue.to_string(), d.orders))
            .collect()
    }

    fn shown(list: &[(&str, &str, u32)]) -> Vec<(String, String, u32)> {
        let list = list.iter();
        list.map(|(date, revenue, orders)| ((*date).into(), (*revenue).into(), *orders))
            .collect()
    }

    #[test]
    fn s17_orders_of_one_day_are_one_order_day_and_returns_lower_it() {
        let book = one("date|account|order|revenue
            2025-01-10|Acme|S1|100
            2025-01-10|Acme|S2|50
            2025-02-10|Bolt|S9|7
            2025-03-01|Acme|S3|80
            2025-03-09|Acme|S3|-30
            2025-04-01|Acme|S4|10")
        .book;
        let found = histories(&book, Some(day("2025-03-31")));
        assert_eq!(
            days(&found, 0),
            shown(&[("2025-01-10", "150.00", 2), ("2025-03-01", "50.00", 1)])
        );
        assert_eq!(days(&found, 1), shown(&[("2025-02-10", "7.00", 1)]));
        assert_eq!(found.data_until, day("2025-04-01"));
        assert_eq!(found.of(0).gaps(), [50.0]);
        assert_eq!(found.of(0).usual_order(), Some(100.0));
        assert_eq!(found.of(2), History::default());
    }

    #[test]
    fn s17_an_order_delivered_in_parts_counts_once_on_its_first_day() {
        let book = one("date|account|order|revenue
            2025-01-10|Acme|S1|100
            2025-01-24|Acme|S1|40
            2025-03-01|Acme|S2|80")
        .book;
        let found = histories(&book, None);
        assert_eq!(
            days(&found, 0),
            shown(&[("2025-01-10", "140.00", 1), ("2025-03-01", "80.00", 1)])
        );
        assert!(!found.of(0).is_blanket());
    }

    #[test]
    fn s17_each_release_of_a_blanket_order_is_an_order_day() {
        let book = one("date|account|order|revenue
            2025-01-10|Acme|S1|10
            2025-02-10|Acme|S1|10
            2025-03-10|Acme|S1|10
            2025-04-10|Acme|S1|10")
        .book;
        let found = histories(&book, None);
        assert_eq!(found.of(0).order_days(), 4);
        assert!(found.of(0).is_blanket());
        let orders: Vec<u32> = found.of(0).days.iter().map(|d| d.orders).collect();
        assert_eq!(orders, [1, 0, 0, 0]);
    }

    #[test]
    fn an_account_summary_stands_for_its_order_days() {
        let file = File::new(
            "s.csv",
            "account|order_count|first_date|last_date|revenue
             Acme|11|2024-01-10|2026-01-09|7310",
        );
        let book = import(&[file.summary()], None, &[]).book;
        let found = histories(&book, None);
        let acme = found.of(0);
        assert_eq!(acme.order_days(), 11);
        assert_eq!(
            (acme.first(), acme.last()),
            (Some(day("2024-01-10")), Some(day("2026-01-09")))
        );
        assert!((acme.usual_order().unwrap() - 664.545_454).abs() < 1e-5);
        let year = acme.revenue_between(day("2025-01-09"), day("2026-01-09"));
        assert!((year - 3650.0).abs() < 1e-9, "{year}");
        assert_eq!(
            acme.order_days_between(day("2025-01-09"), day("2026-01-09")),
            5
        );
    }

    #[test]
    fn revenue_and_days_between_two_dates_leave_the_first_out() {
        let book = one("date|account|order|revenue
            2025-01-01|A|1|1
            2025-01-02|A|2|2
            2025-01-03|A|3|4")
        .book;
        let found = histories(&book, None);
        let (from, to) = (day("2025-01-01"), day("2025-01-03"));
        assert!((found.of(0).revenue_between(from, to) - 6.0).abs() < 1e-12);
        assert_eq!(found.of(0).order_days_between(from, to), 2);
    }
}
