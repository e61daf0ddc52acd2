//! Who and what an account belongs to: segment, salesperson, partner, parent.
//!
//! Where the lines disagree, it is the one with most revenue in the last 365 days, else in the
//! whole history; between equals, the latest.

use super::account::Account;
use super::build::Days;
use crate::orders::names::NONE;
use crate::orders::{Attr, Measure, OrderBook};

/// Fills the attributes of each account.
pub(super) fn add(book: &OrderBook, days: Days, list: &mut [Account]) {
    for attr in [
        Attr::Segment,
        Attr::Salesperson,
        Attr::Partner,
        Attr::Parent,
    ] {
        if book.text(attr).ids.is_empty() {
            continue;
        }
        let common = common(book, attr, days, list.len());
        for (at, (account, common)) in list.iter_mut().zip(common).enumerate() {
            let found = match common {
                Common::None => None,
                Common::One(id) => Some(id),
                Common::Several => largest(book, attr, days, book.lines_of(at)),
            };
            match attr {
                Attr::Segment => account.segment = found,
                Attr::Salesperson => account.salesperson = found,
                Attr::Partner => account.partner = found,
                _ => account.parent = found,
            }
        }
    }
}

/// What an account's lines say.
#[derive(Clone, Copy)]
enum Common {
    None,
    One(u32),
    Several,
}

fn common(book: &OrderBook, attr: Attr, days: Days, accounts: usize) -> Vec<Common> {
    let mut common = vec![Common::None; accounts];
    let ids = book.text(attr).ids.as_slice();
    for ((id, account), date) in ids.iter().zip(book.accounts()).zip(book.dates()) {
        if *id == NONE || !days.counts(*date) {
            continue;
        }
        if let Some(slot) = common.get_mut(*account as usize) {
            *slot = match *slot {
                Common::None => Common::One(*id),
                Common::One(same) if same == *id => Common::One(same),
                _ => Common::Several,
            };
        }
    }
    common
}

/// Revenue of one value: recent, in all, and the last line that has it.
type Entry = (u32, i128, i128, usize);

fn largest(book: &OrderBook, attr: Attr, days: Days, lines: &[u32]) -> Option<u32> {
    let ids = &book.text(attr).ids;
    let revenue = book.amounts(Measure::Revenue);
    let mut found: Vec<Entry> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let line = *line as usize;
        let date = book.dates().get(line).copied().unwrap_or_default();
        let id = ids.get(line);
        if id == NONE || !days.counts(date) {
            continue;
        }
        let amount = revenue
            .get(line)
            .and_then(|v| v.at(revenue.scale()))
            .unwrap_or(0);
        let recent = if days.recent(date) { amount } else { 0 };
        let full = found.len() >= 1000;
        match found.iter_mut().find(|entry| entry.0 == id) {
            Some(entry) => {
                entry.1 += recent;
                entry.2 += amount;
                entry.3 = place;
            }
            None if !full => found.push((id, recent, amount, place)),
            None => {}
        }
    }
    found
        .into_iter()
        .max_by_key(|entry| (entry.1, entry.2, entry.3))
        .map(|entry| entry.0)
}
