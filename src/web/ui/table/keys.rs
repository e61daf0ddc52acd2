//! The keyboard in the long table.

use leptos::ev;
use leptos::prelude::*;

use super::{Handles, ROW, View};
use crate::view::window;

/// Moves the active cell, or opens its row.
pub(super) fn on_key(h: Handles, event: &ev::KeyboardEvent) {
    let on_table = event.target() == event.current_target();
    if !on_table {
        return;
    }
    let (total, width) = h
        .table
        .with_untracked(|t| t.as_ref().map_or((0, 0), |t| (t.matching, t.columns.len())));
    if total == 0 {
        return;
    }
    let (row, column) = h.active.get_untracked();
    let page = 15;
    let far = event.ctrl_key() || event.meta_key();
    let last = total - 1;
    let right = width.saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => (row.saturating_add(1).min(last), column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowRight" => (row, (column + 1).min(right)),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "PageDown" => (row.saturating_add(page).min(last), column),
        "PageUp" => (row.saturating_sub(page), column),
        "Home" => (0, if far { 0 } else { column }),
        "End" => (last, if far { right } else { column }),
        "Enter" | " " => {
            event.prevent_default();
            open_active(h, row);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    h.active.set(to);
    let View { scroll, height, .. } = h.view.get_untracked();
    if let (Some(at), Some(node)) = (
        window::reveal(to.0, scroll, (height, ROW, ROW), ROW, total),
        h.node.get_untracked(),
    ) {
        node.set_scroll_top(pixels(at));
    }
}

fn open_active(h: Handles, row: u32) {
    let account = h.table.with_untracked(|t| {
        let t = t.as_ref()?;
        let at = usize::try_from(row.checked_sub(t.from)?).ok()?;
        t.rows.get(at).map(|(account, _)| *account)
    });
    if let Some(account) = account {
        h.on_open.run(account);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a scroll position is far below 2^31"
)]
fn pixels(at: f64) -> i32 {
    at.clamp(0.0, 2e9) as i32
}
