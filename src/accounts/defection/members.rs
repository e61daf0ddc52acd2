//! Which accounts have which value of an attribute.

use crate::accounts::account::Accounts;
use crate::accounts::part::part;
use crate::orders::names::{NONE, Names};
use crate::orders::{Attr, OrderBook};

/// The values of an attribute with the positions of their accounts. An account has the salesperson,
/// partner and segment of most of its recent revenue, and every item, machine, ... that it has
/// ordered up to the as-of date.
pub(super) fn by_value(
    book: &OrderBook,
    accounts: &Accounts,
    attr: Attr,
) -> Vec<(String, Vec<usize>)> {
    let names = match attr {
        Attr::Salesperson => &accounts.salespeople,
        Attr::Partner => &accounts.partners,
        Attr::Segment => &accounts.segments,
        _ => return by_lines(book, accounts, attr),
    };
    let mut found: Vec<(String, Vec<usize>)> = named(names.iter().map(String::as_str));
    for (position, account) in accounts.list.iter().enumerate() {
        let id = match attr {
            Attr::Salesperson => account.salesperson,
            Attr::Partner => account.partner,
            _ => account.segment,
        };
        if let Some((_, positions)) = id.and_then(|id| found.get_mut(id as usize)) {
            positions.push(position);
        }
    }
    found
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(String, Vec<usize>)> {
    names.map(|name| (name.to_owned(), Vec::new())).collect()
}

fn by_lines(book: &OrderBook, accounts: &Accounts, attr: Attr) -> Vec<(String, Vec<usize>)> {
    let text = book.text(attr);
    let mut names = Names::default();
    let values: Vec<u32> = text
        .names
        .iter()
        .map(|name| names.intern(if attr == Attr::Item { part(name) } else { name }))
        .collect();
    let mut found = named(names.iter());
    // By value: the account that had it last; accounts come one after another.
    let mut seen = vec![usize::MAX; found.len()];
    for account in 0..accounts.list.len() {
        for line in book.lines_of(account) {
            let line = *line as usize;
            if book
                .dates()
                .get(line)
                .is_none_or(|date| *date > accounts.as_of)
            {
                continue;
            }
            let value = values.get(text.ids.get(line) as usize).copied();
            let value = value.unwrap_or(NONE) as usize;
            if let (Some(seen), Some((_, positions))) = (seen.get_mut(value), found.get_mut(value))
                && *seen != account
            {
                *seen = account;
                positions.push(account);
            }
        }
    }
    found
}
