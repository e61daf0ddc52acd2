//! The currency that stands beside amounts in their cells.

use super::super::cells;
use super::super::layout::Layout;
use super::super::role::{Kind, Role};
use super::columns::Table;

/// States the currency if every amount of the sample names the same one and no column does. What
/// the user has said of the file holds.
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
    let mut found: Option<String> = None;
    for value in evidence.values() {
        match (cells::of_amount(value), &found) {
            (Some(code), None) => found = Some(code),
            (Some(code), Some(known)) if code == *known => {}
            _ => return,
        }
    }
    layout.currency = found;
}
