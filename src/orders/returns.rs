//! Returns and credits find the order they belong to.
//!
//! In: the book with its lines by account and day. Out: a link from each return to an order, where
//! there is one: the order of its own number; else the order named behind a leading `C`; else the
//! newest order of the same account and item that is not later; where the data has no items, the
//! newest order of the account.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::counts::{Counts, Rule};
use super::names::NONE;
use super::push::index;
use crate::base::order::sort_by;
use crate::base::parts::in_parts;

/// Links the returns of a book.
#[inline(never)]
pub(super) fn link(book: &mut OrderBook, counts: &mut Counts) {
    if !book.kinds.contains(&LineKind::Return) {
        return;
    }
    let mut sold = vec![false; book.order_count()];
    for (order, kind) in book.order.iter().zip(&book.kinds) {
        if let (LineKind::Sale, Some(sold)) = (kind, sold.get_mut(*order as usize)) {
            *sold = true;
        }
    }
    let items = book.text(Attr::Item);
    let mut newest: Vec<(u32, u32)> = vec![(NONE, NONE); items.names.len().saturating_add(1)];
    let no_item = items.names.len();
    let mut links = Vec::new();
    for account in 0..book.account_names.len() {
        let own = index(account);
        for line in book.lines_of(account) {
            let at = *line as usize;
            let order = book.order.get(at).copied().unwrap_or(NONE);
            let item = match items.ids.get(at) {
                NONE => no_item,
                item => item as usize,
            };
            match book.kinds.get(at) {
                Some(LineKind::Sale) => {
                    if let Some(slot) = newest.get_mut(item) {
                        *slot = (own, order);
                    }
                }
                Some(LineKind::Return) => {
                    let is_sold = |order: u32| sold.get(order as usize) == Some(&true);
                    let named = Some(order)
                        .filter(|order| is_sold(*order))
                        .or_else(|| credited(book, order).filter(|order| is_sold(*order)));
                    let newest = newest
                        .get(item)
                        .filter(|(of, _)| *of == own)
                        .map(|(_, order)| *order);
                    let rule = match (named, newest) {
                        (Some(_), _) => Rule::LinkedByNumber,
                        (None, Some(_)) => Rule::LinkedByItem,
                        (None, None) => Rule::Unlinked,
                    };
                    counts.rule(rule);
                    links.extend(named.or(newest).map(|order| (*line, order)));
                }
                _ => {}
            }
        }
    }
    sort_by(&mut links, Ord::cmp);
    book.links = links;
}

/// The order behind a number that begins with a `C`.
fn credited(book: &OrderBook, order: u32) -> Option<u32> {
    let number = book.order_name(order).strip_prefix(['C', 'c'])?;
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if plain {
        book.order_names.find(number)
    } else {
        None
    }
}

/// A line sold under `C123` where there is an order `123` is that order's credit.
#[inline(never)]
pub(super) fn turn_credit_numbers(book: &mut OrderBook, counts: &mut Counts) {
    let named = |order| {
        let name = book.order_name(order);
        name.starts_with(['C', 'c']) && name.len() > 1
    };
    let mut any = false;
    in_parts(book.order_count(), &mut |part| {
        any = any || part.map(index).any(named);
    });
    if !any {
        return;
    }
    book.order_names.settle();
    let credits: Vec<u32> = (0..index(book.order_count()))
        .filter(|order| credited(book, *order).is_some())
        .collect();
    if credits.is_empty() {
        return;
    }
    let is_credit = |order: u32| credits.binary_search(&order).is_ok();
    let revenue = book.amounts(Measure::Revenue);
    let turned: Vec<bool> = (0..book.len())
        .map(|line| {
            book.kinds.get(line) == Some(&LineKind::Sale)
                && book.order.get(line).is_some_and(|order| is_credit(*order))
                && revenue.get(line).is_some_and(|value| value.mantissa() > 0)
        })
        .collect();
    let count = turned.iter().filter(|t| **t).count() as u64;
    if count == 0 {
        return;
    }
    counts.rules_add(Rule::CreditNumbers, count);
    for (kind, turned) in book.kinds.iter_mut().zip(&turned) {
        if *turned {
            *kind = LineKind::Return;
        }
    }
    let lines = book.len();
    for measure in [
        Measure::Revenue,
        Measure::Quantity,
        Measure::Cost,
        Measure::Discount,
        Measure::Rebates,
    ] {
        let column = book.amounts_mut(measure);
        if !column.is_empty() {
            column.change(lines, |line, old| match (old, turned.get(line)) {
                (Some(value), Some(true)) if !value.is_negative() => Some(value.neg()),
                (old, _) => old,
            });
        }
    }
}
