//! The currency that stands beside amounts in their cells, or in their header.

use super::super::cells;
use super::super::layout::{BY_CELL, Layout};
use super::super::role::{Kind, Role};
use super::super::words::listed;
use super::columns::Table;

/// States the currency if every amount of the sample names the same one, or its header does, and no
/// column does; [`BY_CELL`] where amounts name several. What the user has said of the file holds.
#[inline(never)]
pub(super) fn find(layout: &mut Layout, table: &Table, given: Option<&Layout>) {
    if layout.column(Role::Currency).is_some() {
        return;
    }
    layout.currency = given.and_then(|given| given.currency.clone());
    if layout.currency.is_some() {
        return;
    }
    let money = [Role::Revenue, Role::Total, Role::Price];
    let Some(index) = money.iter().find_map(|role| layout.column(*role)) else {
        return;
    };
    let Some(evidence) = table.evidence.get(index) else {
        return;
    };
    debug_assert_eq!(Role::Revenue.kind(), Kind::Number);
    let named = table
        .headers
        .get(index)
        .and_then(|header| in_header(header));
    let mut found: Option<String> = None;
    let (mut several, mut blank, mut other) = (false, false, false);
    for value in evidence.values() {
        if let Some(code) = cells::of_amount(value) {
            other |= named.as_ref().is_some_and(|named| *named != code);
            several |= found.as_ref().is_some_and(|known| *known != code);
            found = Some(code);
        } else {
            // A sign that several currencies have may be another's than the code beside it.
            blank = true;
            several |= value.contains('$') || cells::has_sign(value);
        }
    }
    layout.currency = match found {
        _ if named.is_some() && !other => named,
        Some(_) if several => Some(BY_CELL.to_owned()),
        found => found.filter(|_| !blank),
    };
}

/// The currency that a header names: `Amount (EUR)`, `Net amount in $`.
fn in_header(header: &str) -> Option<String> {
    let words = header.split(|c: char| !c.is_ascii_alphabetic());
    let code = words.into_iter().find_map(|word| {
        // TEUR and kEUR are thousands of EUR.
        let counted = word.strip_prefix(['k', 'K', 'T', 'M']).unwrap_or(word);
        [word, counted]
            .into_iter()
            .find(|word| listed(COMMON, word))
    });
    code.map(str::to_owned).or_else(|| {
        let sign = header.chars().find(|c| matches!(c, '€' | '£'))?;
        cells::of_amount(&format!("{sign} 1"))
    })
}

/// Codes that a header may name; other words of three capitals are no currencies there.
const COMMON: &str = "\
    EUR|USD|GBP|CHF|JPY|CAD|AUD|NZD|CNY|HKD|SGD|SEK|NOK|DKK|PLN|CZK|HUF|RON|MXN|BRL|INR|ZAR";
