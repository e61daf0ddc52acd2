//! The roles of a known system's columns, by its table; and what is packed into its cells.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::layout::{Certainty, Layout};
use super::super::read::packed::ADDED;
use super::super::role::Role;
use super::super::systems::System;
use super::super::words::{listed, names, normalise};
use super::columns::Table;
use super::guess::{assign_best, set, taken};

/// A known header: its roles hold. Where several headers have one role, the first with values
/// counts; a header that the signature does not know is scored like any other.
pub(super) fn by_signature(layout: &mut Layout, table: &Table, system: &System, share: f64) {
    let percent = (share * 100.0).round();
    let why = format!(
        "{percent:.0} % of the columns of {} are here",
        system.quirks.label
    );
    let roles = || {
        let each = system.roles.iter();
        each.flat_map(|(role, headers)| names(headers).map(move |header| (header, role)))
    };
    for (header, role) in roles() {
        let found = table.headers.iter().position(|h| normalise(h) == header);
        let Some(index) = found else { continue };
        let filled = table.evidence.get(index).is_some_and(|e| e.filled() > 0);
        if filled && !taken(layout).contains(role) {
            set(layout, index, *role, Certainty::Certain, &why);
        }
    }
    if system.quirks.packed_items {
        for (header, role) in ADDED.iter().zip([Role::Item, Role::Quantity]) {
            if let Some(index) = table.headers.iter().position(|h| h == header) {
                set(layout, index, role, Certainty::Certain, &why);
            }
        }
        packed_amount(layout, table, &why);
    }
    for (index, header) in table.headers.iter().enumerate() {
        if listed(system.ignore, &normalise(header))
            && let Some(column) = layout.columns.get_mut(index)
            && column.role.is_none()
            && column.certainty != Certainty::Confirmed
        {
            column.certainty = Certainty::Certain;
            column.evidence = format!("not used in exports of {}", system.quirks.label);
        }
    }
    let known: Vec<&str> = roles().map(|(header, _)| header).collect();
    let rest: Vec<usize> = (0..table.headers.len())
        .filter(|i| {
            let header = table
                .headers
                .get(*i)
                .map_or_else(String::new, |h| normalise(h));
            !known.contains(&header.as_str()) && !listed(system.ignore, &header)
        })
        .collect();
    // Other headers of a system's export are its own words: only what names a role exactly counts.
    assign_best(layout, table, &rest, 0.9);
}

/// The amount of a packed item is its line's, or one piece's: what the order's total tells.
fn packed_amount(layout: &mut Layout, table: &Table, why: &str) {
    let [_, quantity, amount] = ADDED;
    let at = |header: &str| table.headers.iter().position(|h| h == header);
    let (Some(quantity), Some(amount)) = (at(quantity), at(amount)) else {
        return;
    };
    let total = layout.column(Role::Total);
    let number = |row: &[String], column: usize| -> Option<f64> { decimal(row.get(column)?) };
    let (mut line, mut piece) = (0, 0);
    for row in &table.rows {
        let Some((q, a)) = number(row, quantity).zip(number(row, amount)) else {
            continue;
        };
        let Some(t) = total.and_then(|c| number(row, c)) else {
            continue;
        };
        line += usize::from(a <= t + 0.005);
        piece += usize::from(q * a <= t + 0.005);
    }
    let (role, reason) = if piece > 0 && piece >= line && pieces_fit(table, quantity, amount, total)
    {
        (
            Role::Price,
            "quantity times this adds up to the order's total",
        )
    } else {
        (Role::Revenue, why)
    };
    set(layout, amount, role, Certainty::Guess, reason);
    for role in [Role::Total, Role::Tax] {
        if let Some(column) = layout.columns.iter_mut().find(|c| c.role == Some(role)) {
            column.role = None;
            "the order's, not the item's".clone_into(&mut column.evidence);
        }
    }
}

fn decimal(text: &str) -> Option<f64> {
    Decimal::from_str_exact(text).ok()?.to_f64()
}

/// Whether quantities times amounts come nearer to the totals than the amounts alone.
fn pieces_fit(table: &Table, quantity: usize, amount: usize, total: Option<usize>) -> bool {
    let Some(total) = total else { return false };
    let value = |row: &[String], column: usize| -> f64 {
        row.get(column).and_then(|t| decimal(t)).unwrap_or(0.0)
    };
    let (mut by_line, mut by_piece, mut totals) = (0.0, 0.0, 0.0);
    let mut last: Option<&[String]> = None;
    for row in &table.rows {
        by_line += value(row, amount);
        by_piece += value(row, quantity) * value(row, amount);
        // Items of one order stand one after the other and share all other cells.
        let same = last.is_some_and(|l| {
            l.iter()
                .zip(row.iter())
                .take(quantity - 1)
                .all(|(a, b)| a == b)
        });
        if !same {
            totals += value(row, total);
        }
        last = Some(row);
    }
    (by_piece - totals).abs() < (by_line - totals).abs()
}
