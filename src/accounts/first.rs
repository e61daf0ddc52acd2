//! The first orders of each account: those of its first day.

use super::account::{Account, Sums};
use super::build::Days;
use super::tally::OUT;
use crate::base::Money;
use crate::orders::{LineKind, OrderBook};
use rust_decimal::Decimal;

/// Sums the orders that each account placed on its first day, less what came back of them: of orders of
/// one day no file says which was first, so none depends on the order of the rows.
pub(super) fn add(book: &OrderBook, days: Days, list: &mut [Account]) {
    let order_of = |line: usize| book.orders().get(line).copied().unwrap_or(OUT) as usize;
    let mut is_first = vec![false; book.order_count()];
    for (at, account) in list.iter_mut().enumerate() {
        let mut day = None;
        for line in book.lines_of(at) {
            let line = *line as usize;
            let Some(&date) = book.dates().get(line) else {
                continue;
            };
            if book.kinds().get(line) != Some(&LineKind::Sale) {
                continue;
            }
            if !days.counts(date) || *day.get_or_insert(date) != date {
                break;
            }
            if let Some(first) = is_first.get_mut(order_of(line)).filter(|first| !**first) {
                *first = true;
                account.first_order.orders += 1;
            }
        }
    }
    let mut add = |line: usize, order: usize| {
        let counts = book
            .dates()
            .get(line)
            .is_some_and(|date| days.counts(*date));
        let account = book.accounts().get(line).copied().unwrap_or(OUT) as usize;
        if counts
            && is_first.get(order) == Some(&true)
            && let Some(account) = list.get_mut(account)
        {
            account.first_order.add_line(book, line);
        }
    };
    for (line, kind) in book.kinds().iter().enumerate() {
        if *kind == LineKind::Sale {
            add(line, order_of(line));
        }
    }
    for (line, order) in book.links() {
        add(*line as usize, *order as usize);
    }
    average_of_summaries(book, list);
}

/// The average order of accounts that have no first one, over all that their summaries sold.
#[inline(never)]
fn average_of_summaries(book: &OrderBook, list: &mut [Account]) {
    if book.summaries().is_empty() {
        return;
    }
    let is_open = |account: &Account| account.first_order.orders == 0 && !account.is_idle();
    let open: Vec<bool> = list.iter().map(is_open).collect();
    for summary in book.summaries() {
        let line = summary.line as usize;
        let at = book.accounts().get(line).copied().unwrap_or(OUT) as usize;
        if open.get(at) == Some(&true)
            && !book.takes_back(line)
            && let Some(account) = list.get_mut(at)
        {
            account.first_order.add_line(book, line);
            let orders = &mut account.first_order.orders;
            *orders = orders.saturating_add(summary.orders);
        }
    }
    for (account, open) in list.iter_mut().zip(open) {
        if open {
            let orders = account.first_order.orders;
            account.first_order = match orders {
                0 => Sums::default(),
                _ => average(&account.first_order, orders),
            };
        }
    }
}

/// An average order, for an account of which only sums are known.
fn average(sums: &Sums, orders: u32) -> Sums {
    let share = |amount: Money| {
        amount
            .over(Decimal::from(orders.max(1)))
            .map_or(Money::ZERO, |a| a.rounded(2))
    };
    Sums {
        list: share(sums.list),
        discount: share(sums.discount),
        revenue: share(sums.revenue),
        rebates: share(sums.rebates),
        freight: share(sums.freight),
        cost: share(sums.cost),
        revenue_costed: share(sums.revenue_costed),
        tooling: share(sums.tooling),
        returned: Money::ZERO,
        pieces: share(sums.pieces),
        orders: 1,
        lines: 1,
    }
}
