//! Distinct orders by account and by group. Returns do not count.

use super::build::Days;
use super::groups::{Combos, Grouped};
use super::tally::{OUT, Tally};
use crate::base::parts::in_parts;
use crate::orders::{LineKind, OrderBook};

/// Counts orders into the tallies; the count of all.
pub(super) fn count(
    book: &OrderBook,
    days: Days,
    by_account: &mut Tally,
    grouped: &mut Grouped,
    combos: &Combos,
) -> u32 {
    let sorted = sorted_by_order(book);
    let mut total = 0_u32;
    let mut current = OUT;
    let mut halves = [false; 2];
    let mut last_combo = (OUT, false);
    let mut take = |line: usize| {
        let kind = book.kinds().get(line).copied().unwrap_or_default();
        let date = book.dates().get(line).copied().unwrap_or_default();
        if kind != LineKind::Sale || !days.counts(date) {
            return;
        }
        let order = book.orders().get(line).copied().unwrap_or(OUT);
        let recent = days.recent(date);
        if order != current {
            current = order;
            halves = [false; 2];
            last_combo = (OUT, false);
            total = total.saturating_add(1);
        }
        let account = book.accounts().get(line).copied().unwrap_or(OUT) as usize;
        if let Some(counts) = by_account.orders.get_mut(account) {
            for ((seen, count), now) in halves.iter_mut().zip(counts).zip([true, recent]) {
                if now && !*seen {
                    *seen = true;
                    *count = count.saturating_add(1);
                }
            }
        }
        let combo = (combos.of_line(line), recent);
        if combo != last_combo {
            last_combo = combo;
            grouped.order(order, combo.0, recent);
        }
    };
    in_parts(book.len(), &mut |part| match &sorted {
        None => part.for_each(&mut take),
        Some(sorted) => {
            for line in sorted.get(part).unwrap_or_default() {
                take(*line as usize);
            }
        }
    });
    total.saturating_add(summaries(book, days, by_account, grouped, combos))
}

/// The orders that account summaries speak of.
fn summaries(
    book: &OrderBook,
    days: Days,
    by_account: &mut Tally,
    grouped: &mut Grouped,
    combos: &Combos,
) -> u32 {
    let mut total = 0_u32;
    for summary in book.summaries() {
        let line = summary.line as usize;
        let Some(date) = book.dates().get(line).filter(|d| days.counts(**d)) else {
            continue;
        };
        let (part, whole) = days.share(summary.first, *date);
        let recent = (i64::from(summary.orders) * part + whole / 2) / whole.max(1);
        let recent = u32::try_from(recent).unwrap_or(u32::MAX);
        let account = book.accounts().get(line).copied().unwrap_or(OUT) as usize;
        if let Some([all, late]) = by_account.orders.get_mut(account) {
            *all = all.saturating_add(summary.orders);
            *late = late.saturating_add(recent);
        }
        // Line numbers count down from the top, where no order id is.
        grouped.many_orders(
            OUT - 1 - summary.line,
            combos.of_line(line),
            [summary.orders, recent],
        );
        total = total.saturating_add(summary.orders);
    }
    total
}

/// The lines by order, unless they stand so already.
fn sorted_by_order(book: &OrderBook) -> Option<Vec<u32>> {
    let orders = book.orders();
    if orders.is_sorted() {
        return None;
    }
    let mut next = vec![0_u32; book.order_count().saturating_add(1)];
    for order in orders {
        if let Some(count) = next.get_mut((*order as usize).saturating_add(1)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut next {
        sum += *start;
        *start = sum;
    }
    let mut sorted = vec![0_u32; orders.len()];
    for (line, order) in (0_u32..).zip(orders) {
        if let Some(place) = next.get_mut(*order as usize) {
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = line;
            }
            *place += 1;
        }
    }
    Some(sorted)
}
