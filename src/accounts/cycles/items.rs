//! The cycles of an account's items: a part that is no longer ordered shows before the account does
//! (S17, customer x part).

use std::ops::Range;

use crate::accounts::part::part;
use crate::base::{Date, Money};
use crate::orders::names::{NONE, Names};
use crate::orders::number::Num;
use crate::orders::{Attr, LineKind, Measure, OrderBook};

use super::chance::Chance;
use super::cycle::{Cycle, cycle};
use super::norms::Norms;
use super::settings::Settings;
use crate::accounts::history::{History, OrderDay};

/// Order days that an item needs for a cycle of its own.
const FEWEST_DAYS: usize = 4;

/// The cycle of one account's item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemCycle {
    /// Position of the account in the book.
    pub account: usize,
    /// The part's number, without a revision.
    pub item: String,
    /// Its rhythm; items with fewer than four order days have none.
    pub cycle: Cycle,
    /// Usual revenue of an order day, in the base currency.
    pub usual_order: f64,
    /// Net revenue of the last 365 days before its last order, in the base currency.
    pub year_revenue: f64,
}

/// One line: part, day, revenue, whether it is a sale.
type Line = (u32, Date, Money, bool);

/// The items of accounts with a cycle of their own, account after account, up to the as-of date. A
/// revision suffix is the same part; the chance of being alive is the fallback's.
pub fn items(
    book: &OrderBook,
    as_of: Date,
    accounts: Range<usize>,
    settings: &Settings,
) -> Vec<ItemCycle> {
    let mut names = Names::default();
    let parts: Vec<u32> = book
        .text(Attr::Item)
        .names
        .iter()
        .map(|item| names.intern(part(item)))
        .collect();
    let mut found = Vec::new();
    if parts.is_empty() {
        return found;
    }
    let none = Norms::default();
    for account in accounts {
        let lines = lines(book, as_of, account, &parts);
        for one in lines.chunk_by(|a, b| a.0 == b.0) {
            let days = days(one);
            if days.len() < FEWEST_DAYS {
                continue;
            }
            let history = History {
                days: &days,
                summed: None,
            };
            let cycle = cycle(
                &history,
                as_of,
                (&none, 0),
                settings,
                (Chance::Fallback, None),
                None,
            );
            let (Ok(cycle), Some(id)) = (cycle, one.first().map(|line| line.0)) else {
                continue;
            };
            found.push(ItemCycle {
                account,
                item: names.name(id).to_owned(),
                cycle,
                usual_order: history.usual_order().unwrap_or_default(),
                year_revenue: history.revenue_between(cycle.last.plus_days(-365), cycle.last),
            });
        }
    }
    found
}

/// An account's lines with an item, by item and day.
fn lines(book: &OrderBook, as_of: Date, account: usize, parts: &[u32]) -> Vec<Line> {
    let items = &book.text(Attr::Item).ids;
    let mut found: Vec<Line> = Vec::new();
    for line in book.lines_of(account) {
        let line = *line as usize;
        let part = parts.get(items.get(line) as usize).copied().unwrap_or(NONE);
        let kind = book.kinds().get(line).copied().unwrap_or_default();
        let date = book.dates().get(line).filter(|date| **date <= as_of);
        if let Some(date) = date.filter(|_| part != NONE && kind != LineKind::Summary) {
            let revenue = book.amount(Measure::Revenue, line);
            let revenue = revenue.map_or(Money::ZERO, Num::to_money);
            found.push((part, *date, revenue, kind == LineKind::Sale));
        }
    }
    found.sort_unstable_by_key(|line| (line.0, line.1, !line.3));
    found
}

/// An item's order days; a return lowers the latest day before it.
fn days(lines: &[Line]) -> Vec<OrderDay> {
    let mut days: Vec<OrderDay> = Vec::new();
    for (_, date, revenue, sold) in lines {
        match days.last_mut() {
            Some(day) if day.date == *date || !sold => {
                day.revenue = day.revenue.add(*revenue).unwrap_or(day.revenue);
            }
            _ if !sold => {}
            _ => days.push(OrderDay {
                date: *date,
                revenue: *revenue,
                orders: 1,
            }),
        }
    }
    days
}
