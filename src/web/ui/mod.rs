//! The parts pages are made of: controls, figures, tables, charts, dialogs. They hold no app state:
//! what they show comes in as signals, what the user does goes out by callbacks.
//!
//! Plain elements take their look from classes (see `style/`): `button` with `primary`, `quiet` or
//! `danger`; `icon-button`; `card`, `card-head`; `stack`, `cluster`, `grid-2`; `chip`; `muted`;
//! `visually-hidden`; `num` for right-aligned tabular figures.

use std::cell::Cell;

pub(crate) mod cell;
pub mod chart;
pub mod dialog;
pub(crate) mod element;
pub mod field;
pub mod figure;
pub mod icon;
pub(crate) mod image;
mod moving;
pub mod named;
pub mod notice;
pub mod popover;
pub mod select;
pub mod sheet;
pub mod table;
pub mod why;

pub use chart::ChartView;
pub use dialog::Dialog;
pub use field::{Change, Field, FieldState, Names};
pub use figure::{FigureView, Kpi};
pub use icon::{Icon, icon};
pub use named::named;
pub use notice::{Notice, NoticeKind, Notices};
pub use popover::{Popover, menu_item};
pub use select::select;
pub use sheet::{SheetTable, save_buttons};
pub use table::GridTable;
pub(crate) use why::with_live;
pub use why::{Live, LiveSource, go_to, provide_live};

thread_local! {
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

/// An element id that no other element of the page has.
pub fn next_id(prefix: &str) -> String {
    let id = LAST_ID.get().wrapping_add(1);
    LAST_ID.set(id);
    format!("{prefix}-{id}")
}
