//! Items packed into cells (`product_id:4959|1|30|size: Medium`), handed out as a row each.
//!
//! The layout of such a file ends with three columns that the file itself does not have: item,
//! quantity and amount of the packed item.

use crate::ingest::layout::Layout;
use crate::ingest::row::Row;
use crate::ingest::systems::quirks;
use crate::ingest::words::normalise;

/// The headers of the three columns that are added, from the left.
pub(crate) const ADDED: [&str; 3] = [
    "order_item: product",
    "order_item: quantity",
    "order_item: amount",
];

/// Where the packed cells are.
#[derive(Debug)]
pub(super) struct Packed {
    items: Vec<usize>,
    width: usize,
}

/// One packed item.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    pub name: &'a str,
    pub quantity: &'a str,
    pub amount: &'a str,
}

impl Packed {
    /// For files whose layout has the added columns.
    pub fn new(layout: &Layout) -> Option<Self> {
        let width = layout.columns.len().checked_sub(ADDED.len())?;
        let added = layout.columns.get(width..)?;
        let same = added
            .iter()
            .zip(ADDED)
            .all(|(column, header)| column.header == header);
        (quirks(layout).packed_items && same).then(|| Self {
            items: item_columns(layout.columns.iter().map(|c| c.header.as_str())),
            width,
        })
    }

    /// Cells of a row as the file has them.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Hands out a row for each item, or the row itself when it has none; says how many.
    #[inline(never)]
    pub fn unpack(&self, row: &Row<'_>, out: &mut dyn FnMut(Row<'_>)) -> u64 {
        let packed = self
            .items
            .iter()
            .filter_map(|column| unpack(row.cell(*column)));
        let mut count = 0;
        let mut cells = row.cells.to_vec();
        for item in packed {
            cells.resize(self.width, "");
            cells.extend([item.name, item.quantity, item.amount]);
            out(Row {
                cells: &cells,
                ..*row
            });
            count += 1;
        }
        if count == 0 {
            out(*row);
            count = 1;
        }
        count
    }
}

/// The columns `order_item_1`, `order_item_2`, ...
pub(crate) fn item_columns<'a>(headers: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let numbered = |header: &str| {
        let header = normalise(header);
        let number = header
            .strip_prefix("order item ")
            .or_else(|| header.strip_prefix("line item "));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    headers
        .enumerate()
        .filter(|(_, h)| numbered(h))
        .map(|(i, _)| i)
        .collect()
}

/// `product_id:4959|1|30|size: Medium` is product 4959, one piece, amount 30.
pub(crate) fn unpack(cell: &str) -> Option<Item<'_>> {
    let mut parts = cell.split('|');
    let (first, quantity, amount) = (parts.next()?, parts.next()?, parts.next()?);
    let name = first.split_once(':').map_or(first, |(_, name)| name);
    Some(Item {
        name: name.trim(),
        quantity: quantity.trim(),
        amount: amount.trim(),
    })
}
