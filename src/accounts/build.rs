//! An order book to accounts, as of a date.
//!
//! In: the book and the as-of date (else the last order's). Out: [`Accounts`], in the order of the
//! book's accounts, so that a position here is a position there. Lines after the as-of date do not
//! count; an account without any before it stays in the list with nothing in it. The accounts' sums
//! add up to the book's.

use std::rc::Rc;

use super::account::{Account, Accounts, Coverage, Sums};
use super::groups::{self, Combos};
use super::tally::{OUT, Tally};
use super::{first, holders, orders, tree, walk};
use crate::base::Date;
use crate::base::parts::in_parts;
use crate::orders::{Attr, LineKind, Measure, OrderBook};

/// Days of the recent window and of a year of activity.
pub(crate) const RECENT_DAYS: i32 = 365;

/// Builds the accounts.
///
/// ```
/// use perennial::accounts::build;
/// use perennial::orders::OrderBook;
/// assert!(build(&OrderBook::default(), None).list.is_empty());
/// ```
pub fn build(book: &OrderBook, as_of: Option<Date>) -> Accounts {
    let Some((first, last)) = book.span() else {
        return Accounts {
            as_of: as_of.unwrap_or_default(),
            ..Accounts::default()
        };
    };
    let as_of = as_of.unwrap_or(last);
    let count = book.account_names().len();
    let days = Days { as_of };
    let cells = days.cells(book, book.accounts());
    let mut by_account = Tally::of(book, &cells, count);
    drop(cells);
    let combos = Combos::of(book);
    let combo_cells = days.cells(book, combos.of_lines());
    let mut by_combo = Tally::of(book, &combo_cells, combos.len());
    drop(combo_cells);
    for summary in book.summaries() {
        let line = summary.line as usize;
        let Some(date) = book.dates().get(line).filter(|d| **d <= as_of) else {
            continue;
        };
        let share = days.share(summary.first, *date);
        let account = book.accounts().get(line).copied().unwrap_or(OUT) as usize;
        by_account.move_share(book, line, account, share);
        by_combo.move_share(book, line, combos.of_line(line) as usize, share);
    }
    let mut grouped = groups::Grouped::new(&combos, &by_combo);
    let total_orders = orders::count(book, days, &mut by_account, &mut grouped, &combos);
    let mut accounts = walk::accounts(book, days, &mut grouped, &combos);
    for (at, account) in accounts.iter_mut().enumerate() {
        account.total = by_account.total(at);
        account.recent = by_account.recent(at);
    }
    first::add(book, days, &mut accounts);
    holders::add(book, days, &mut accounts);
    let names = |attr: Attr| book.text(attr).names.iter().map(str::to_owned).collect();
    let mut total = grouped.total();
    total.orders = total_orders;
    let [by_segment_process, by_stream] = grouped.finish(book);
    let mut built = Accounts {
        as_of,
        first,
        last,
        currency: book.currency().map(str::to_owned),
        list: accounts,
        segments: names(Attr::Segment),
        salespeople: names(Attr::Salesperson),
        partners: names(Attr::Partner),
        parents: names(Attr::Parent),
        total,
        by_segment_process,
        by_stream,
        coverage: coverage(book),
        merged: Rc::clone(book.merged()),
        ..Accounts::default()
    };
    built.tree = tree::tree(&built);
    built
}

/// Which lines count, and which are recent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// The last day that counts.
    pub as_of: Date,
}

impl Days {
    /// Whether a line of this day counts.
    pub fn counts(self, date: Date) -> bool {
        date <= self.as_of
    }

    /// Whether it is in the last 365 days up to the as-of date.
    pub fn recent(self, date: Date) -> bool {
        self.as_of.days_since(date) < RECENT_DAYS
    }

    /// Zero for an older line, one for a recent one; `None` after the as-of date.
    pub fn half(self, date: Date) -> Option<u32> {
        self.counts(date).then(|| u32::from(self.recent(date)))
    }

    /// For each line twice its group, plus one if it is recent; [`OUT`] after the as-of date.
    fn cells(self, book: &OrderBook, groups: &[u32]) -> Vec<u32> {
        let mut cells = Vec::with_capacity(groups.len());
        in_parts(groups.len(), &mut |part| {
            let groups = groups.get(part.clone()).unwrap_or_default();
            let dates = book.dates().get(part.clone()).unwrap_or_default();
            let kinds = book.kinds().get(part).unwrap_or_default();
            let lines = groups.iter().zip(dates).zip(kinds);
            cells.extend(lines.map(|((group, date), kind)| match self.half(*date) {
                None => OUT,
                // A summary's recent share is moved apart.
                Some(_) if *kind == LineKind::Summary => group.saturating_mul(2),
                Some(half) => group.saturating_mul(2) + half,
            }));
        });
        cells
    }

    /// Which year back from the as-of date: 0 is the last 365 days.
    pub fn year_back(self, date: Date) -> u32 {
        u32::try_from(self.as_of.days_since(date) / RECENT_DAYS).unwrap_or(0)
    }

    /// The share of the days from `first` to `last` that is recent, as a fraction.
    pub fn share(self, first: Date, last: Date) -> (i64, i64) {
        let from = self.as_of.plus_days(1 - RECENT_DAYS).max(first);
        let recent = last.days_since(from).saturating_add(1).max(0);
        let all = last.days_since(first).saturating_add(1).max(1);
        (i64::from(recent), i64::from(all))
    }
}

fn coverage(book: &OrderBook) -> Coverage {
    Coverage {
        discount: book.covered(Measure::Discount),
        rebates: book.covered(Measure::Rebates),
        freight: book.covered(Measure::Freight),
        cost: book.covered(Measure::Cost),
        tooling: book.covered(Measure::Tooling),
        quantity: book.covered(Measure::Quantity),
        item: book.named(Attr::Item),
        segment: book.named(Attr::Segment),
        salesperson: book.named(Attr::Salesperson),
        partner: book.named(Attr::Partner),
        stream: book.named(Attr::Stream),
        process: book.named(Attr::Process),
        parent: book.named(Attr::Parent),
        site: book.named(Attr::Site),
    }
}

impl Account {
    /// Nothing of it lies before the as-of date.
    pub fn is_idle(&self) -> bool {
        self.total.lines == 0
    }
}

impl Sums {
    /// Adds another sum; a sum out of range keeps the larger part.
    pub(super) fn add(&mut self, other: &Self) {
        let add = |a: &mut crate::base::Money, b| *a = a.add(b).unwrap_or(*a);
        add(&mut self.list, other.list);
        add(&mut self.discount, other.discount);
        add(&mut self.revenue, other.revenue);
        add(&mut self.rebates, other.rebates);
        add(&mut self.freight, other.freight);
        add(&mut self.cost, other.cost);
        add(&mut self.revenue_costed, other.revenue_costed);
        add(&mut self.tooling, other.tooling);
        add(&mut self.returned, other.returned);
        add(&mut self.pieces, other.pieces);
        self.orders = self.orders.saturating_add(other.orders);
        self.lines = self.lines.saturating_add(other.lines);
    }

    /// Adds one line of a book.
    pub(super) fn add_line(&mut self, book: &OrderBook, line: usize) {
        let amount = |measure| {
            book.amount(measure, line).map_or(
                crate::base::Money::ZERO,
                crate::orders::number::Num::to_money,
            )
        };
        let revenue = amount(Measure::Revenue);
        let discount = amount(Measure::Discount);
        let zero = crate::base::Money::ZERO;
        let returned = book.takes_back(line);
        let costed = book.amounts(Measure::Cost).has(line);
        self.add(&Self {
            list: revenue.add(discount).unwrap_or(revenue),
            discount,
            revenue,
            rebates: amount(Measure::Rebates),
            freight: amount(Measure::Freight),
            cost: amount(Measure::Cost),
            revenue_costed: if costed { revenue } else { zero },
            tooling: amount(Measure::Tooling),
            returned: if returned { revenue } else { zero },
            pieces: amount(Measure::Quantity),
            orders: 0,
            lines: 1,
        });
    }
}
