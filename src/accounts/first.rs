//! The first order of each account.

use super::account::{Account, Sums};
use super::build::Days;
use super::tally::OUT;
use crate::base::Money;
use crate::orders::{LineKind, OrderBook};
use rust_decimal::Decimal;

/// Sums the lines of each account's first order (the first line's, where several are of one day).
pub(super) fn add(book: &OrderBook, days: Days, list: &mut [Account]) {
    let sold = |line: usize| {
        book.kinds().get(line) == Some(&LineKind::Sale)
            && book
                .dates()
                .get(line)
                .is_some_and(|date| days.counts(*date))
    };
    let mut firsts: Vec<u32> = vec![OUT; list.len()];
    for (at, first) in firsts.iter_mut().enumerate() {
        let line = book.lines_of(at).iter().find(|line| sold(**line as usize));
        *first = line
            .and_then(|line| book.orders().get(*line as usize))
            .copied()
            .unwrap_or(OUT);
    }
    for (line, (account, order)) in book.accounts().iter().zip(book.orders()).enumerate() {
        let at = *account as usize;
        if firsts.get(at) == Some(order)
            && sold(line)
            && let Some(account) = list.get_mut(at)
        {
            account.first_order.add_line(book, line);
            account.first_order.orders = 1;
        }
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
