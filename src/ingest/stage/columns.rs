//! The sample by column.

use std::borrow::Cow;

use super::super::layout::Layout;
use super::super::read::packed;
use super::super::systems;
use super::evidence::Evidence;
use super::sample::SampleRows;

/// The columns of the sample.
#[derive(Debug)]
pub(super) struct Table<'r> {
    pub headers: Vec<String>,
    /// What the values of each column are.
    pub evidence: Vec<Evidence>,
    /// The rows of data, for what needs several columns at once.
    pub rows: Vec<Cow<'r, [String]>>,
    /// Rows that hold one name only.
    pub lone: usize,
}

impl<'r> Table<'r> {
    /// Takes the rows below the header that fill at least two cells.
    #[inline(never)]
    pub fn of(headers: Vec<String>, rows: &'r SampleRows, layout: &Layout) -> Self {
        let below = layout.skip_rows + layout.header_rows;
        let mut lone = 0;
        let mut data: Vec<Cow<'r, [String]>> = Vec::new();
        for row in rows.rows.iter().skip(below) {
            match row.cells.iter().filter(|c| !c.is_empty()).count() {
                0 => {}
                1 => lone += 1,
                _ => data.push(Cow::Borrowed(&row.cells)),
            }
        }
        let mut table = Self {
            headers,
            evidence: Vec::new(),
            rows: data,
            lone,
        };
        table.look();
        table
    }

    fn look(&mut self) {
        self.evidence = (0..self.headers.len())
            .map(|index| {
                Evidence::of(
                    self.rows
                        .iter()
                        .filter_map(|r| r.get(index))
                        .map(String::as_str),
                )
            })
            .collect();
    }
}

/// Adds the columns of packed items where a system packs them.
#[inline(never)]
pub(super) fn add_packed(table: &mut Table<'_>, layout: &Layout) {
    if layout.json {
        return;
    }
    let packs = systems::recognise(&table.headers).is_some_and(|(s, _)| s.quirks.packed_items);
    let items = packed::item_columns(table.headers.iter().map(String::as_str));
    if !packs || items.is_empty() {
        return;
    }
    let width = table.headers.len();
    table
        .headers
        .extend(packed::ADDED.iter().map(|h| (*h).to_owned()));
    let mut rows = Vec::new();
    for row in &table.rows {
        for item in items
            .iter()
            .filter_map(|i| row.get(*i))
            .filter_map(|c| packed::unpack(c))
        {
            let mut row = row.to_vec();
            row.resize(width, String::new());
            row.extend([item.name, item.quantity, item.amount].map(str::to_owned));
            rows.push(Cow::Owned(row));
        }
    }
    table.rows = rows;
    table.look();
}
