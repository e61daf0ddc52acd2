//! Price, volume and mix: the last 365 days against the 365 days before, by item.
//!
//! In: the lines of the book and the as-of date. Out: a [`Sheet`] whose first row is the whole book; items
//! that differ in a revision only are one item.

use std::collections::BTreeMap;

use crate::accounts::{RECENT_DAYS, part};
use crate::base::order::sort_by;
use crate::base::{Date, Unit};
use crate::metrics::{Exactness, Sheet, SheetColumn};
use crate::orders::number::Num;
use crate::orders::{Attr, Measure, OrderBook};
use crate::value::price_volume::{Effects, Sold, mean_price};

use super::MOST_ROWS;
use super::cells::{column, empty, float, text};

/// Its key.
pub const KEY: &str = "price_volume";
const TITLE: &str = "Price, volume and mix";

/// The analysis.
pub fn sheet(book: &OrderBook, as_of: Date) -> Sheet {
    let items = items(book, as_of);
    if !items.values().any(|(before, _)| before.pieces > 0.0) {
        return empty(
            KEY,
            TITLE,
            "It compares the last 365 days with the 365 days before, item by item: that needs two years of orders with items and quantities.",
        );
    }
    let mean = mean_price(items.values().copied());
    let whole = Effects::of(items.values().copied());
    let of_item = |(name, (before, after)): (&&str, &(Sold, Sold))| {
        let name = if name.is_empty() {
            "Without an item"
        } else {
            name
        };
        (name.to_owned(), Effects::of_item(*before, *after, mean))
    };
    let mut rows: Vec<(String, Effects)> = items.iter().map(of_item).collect();
    let size = |row: &(String, Effects)| row.1.change().abs();
    sort_by(&mut rows, |a, b| size(b).total_cmp(&size(a)));
    let shown = if rows.len() > MOST_ROWS {
        format!(
            " The {MOST_ROWS} items with the largest change of {}.",
            rows.len()
        )
    } else {
        String::new()
    };
    rows.truncate(MOST_ROWS);
    let all = std::iter::once(("All items".to_owned(), whole));
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: format!(
            "Revenue of the 365 days up to {as_of} against the 365 days before. Price: what other prices \
             brought on the pieces sold now. Volume: more or fewer pieces at the mean price. Mix: more of \
             dear and fewer of cheap items. Items sold in one of the two only stand apart. The parts add \
             up.{shown}"
        ),
        columns: columns(),
        rows: all.chain(rows).map(row).collect(),
    }
}

fn columns() -> Vec<SheetColumn> {
    let money = |key, label, help| column(key, label, Unit::Money, help);
    vec![
        column("item", "Item", Unit::Text, "A revision is the same item."),
        money("before", "Revenue before", "Of the 365 days before."),
        money("after", "Revenue now", "Of the last 365 days."),
        money("change", "Change", "Revenue now less revenue before."),
        money("price", "Price", "(Price now - price before) x pieces now."),
        money(
            "volume",
            "Volume",
            "(Pieces now - pieces before) x the mean price before of all items sold in both.",
        ),
        money(
            "mix",
            "Mix",
            "(Pieces now - pieces before) x (the item's price before - the mean price before).",
        ),
        money("new", "New", "Sold in the last 365 days only."),
        money("lost", "Lost", "Sold in the 365 days before only."),
        money(
            "rest",
            "Without pieces",
            "No pieces, or returns only: price and volume cannot be told apart.",
        ),
    ]
}

fn row((name, found): (String, Effects)) -> Vec<crate::metrics::Cell> {
    let shown = |value| float(value, Exactness::Exact, "");
    let parts = found.parts().map(|(_, part)| shown(part));
    let first = [
        text(name),
        shown(found.before),
        shown(found.after),
        shown(found.change()),
    ];
    first.into_iter().chain(parts).collect()
}

/// What was sold of each item in the 365 days before, and in the last 365 days.
fn items(book: &OrderBook, as_of: Date) -> BTreeMap<&str, (Sold, Sold)> {
    let mut found: BTreeMap<&str, (Sold, Sold)> = BTreeMap::new();
    let names = book.text(Attr::Item);
    let amount = |measure, line| {
        book.amount(measure, line)
            .map_or(0.0, |value: Num| value.to_money().to_f64())
    };
    for (line, date) in book.dates().iter().enumerate() {
        let days = as_of.days_since(*date);
        if !(0..2 * RECENT_DAYS).contains(&days) {
            continue;
        }
        let name = part(names.names.name(names.ids.get(line)));
        let (before, after) = found.entry(name).or_default();
        let sold = if days < RECENT_DAYS { after } else { before };
        sold.revenue += amount(Measure::Revenue, line);
        sold.pieces += amount(Measure::Quantity, line);
    }
    found
}
