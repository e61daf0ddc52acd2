//! Which row holds the names of the columns, under titles and over data; or several, or none.

use super::super::cells;
use super::super::layout::{DateOrder, DecimalMark, Layout};
use super::super::systems;
use super::dialect::share;
use super::sample::{SampleRow, SampleRows};
use super::synonyms;

/// Rows among which the header is looked for.
const TOP: usize = 60;
/// Rows of data that tell which columns hold numbers and dates.
const DATA: usize = 200;

/// States how many rows stand above the header, and how many make it up.
#[inline(never)]
pub(super) fn find(rows: &SampleRows, layout: &mut Layout) {
    let rows = &rows.rows;
    let from = layout.skip_rows;
    let top = rows.iter().enumerate().skip(from).take(TOP);
    let known = top
        .clone()
        .find(|(_, row)| systems::recognise(&row.cells).is_some());
    if let Some((at, _)) = known {
        layout.skip_rows = at;
        return;
    }
    let usual = usual_fill(rows.get(from..).unwrap_or_default());
    let candidates = top.filter(|(_, row)| {
        let filled = filled(row);
        filled >= 2 && filled * 2 >= usual
    });
    // The best by names that are known; the first of equals, as data repeats words of its header.
    let mut best: Option<(usize, f64)> = None;
    for (at, row) in candidates {
        let least = best.map_or(f64::MIN, |(_, most)| most + 0.08);
        if let Some(score) = score(row, least) {
            best = Some((at, score));
        }
    }
    let Some((at, score)) = best else { return };
    let at = if score > 0.0 { at } else { from };
    layout.skip_rows = at;
    let first = rows.get(at).map_or(0.0, values);
    if score <= 0.0 && first > 0.3 && rows.len() > from {
        layout.header_rows = 0;
        layout
            .notes
            .push("No row of column names was found: the first row is data.".to_owned());
        return;
    }
    stack(rows, layout);
}

/// The texts of the header, one a column.
#[inline(never)]
pub(super) fn texts(rows: &SampleRows, layout: &Layout) -> Vec<String> {
    let from = layout.skip_rows;
    let all = rows
        .rows
        .get(from..from + layout.header_rows)
        .unwrap_or_default();
    if layout.header_rows == 0 {
        let width = rows
            .rows
            .iter()
            .skip(from)
            .map(|r| r.cells.len())
            .max()
            .unwrap_or(0);
        return (1..=width).map(|n| format!("Column {n}")).collect();
    }
    let Some((last, above)) = all.split_last() else {
        return Vec::new();
    };
    let mut texts: Vec<String> = vec![String::new(); last.cells.len()];
    for row in above {
        // A name above several columns stands over the first of them only.
        let mut name = "";
        for (index, text) in texts.iter_mut().enumerate() {
            let cell = row.cells.get(index).map_or("", String::as_str);
            if !cell.is_empty() {
                name = cell;
            }
            push(text, name);
        }
    }
    for (text, cell) in texts.iter_mut().zip(&last.cells) {
        if !cell.is_empty() || above.is_empty() {
            push(text, cell);
        }
    }
    texts.iter().map(|t| cells::shown(t).to_owned()).collect()
}

fn push(text: &mut String, more: &str) {
    // A name merged over the rows of the header stands once.
    if more.is_empty() || text == more {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&more.split_whitespace().collect::<Vec<_>>().join(" "));
}

fn filled(row: &SampleRow) -> usize {
    row.cells.iter().filter(|c| !c.is_empty()).count()
}

/// How many cells a row usually fills.
fn usual_fill(rows: &[SampleRow]) -> usize {
    let mut fills: Vec<usize> = rows
        .iter()
        .take(DATA)
        .map(filled)
        .filter(|n| *n > 1)
        .collect();
    fills.sort_unstable();
    fills.get(fills.len() / 2).copied().unwrap_or(0)
}

/// Names that are known, less values that no header has; nothing where that is not above `least`.
fn score(row: &SampleRow, least: f64) -> Option<f64> {
    let texts = filled(row);
    let rest = share(texts, row.cells.len()) * 0.2 - 1.5 * values(row);
    // Were all its names known it would not be enough: most rows of data are told by their values.
    if 1.0 + rest <= least {
        return None;
    }
    let names = row.cells.iter().filter(|c| synonyms::is_known(c)).count();
    Some(share(names, texts) + rest).filter(|score| *score > least)
}

/// The share of cells that are numbers or dates.
fn values(row: &SampleRow) -> f64 {
    let values = row.cells.iter().filter(|c| is_value(c)).count();
    share(values, filled(row))
}

/// A number or a date, under any reading.
pub(super) fn is_value(cell: &str) -> bool {
    let number = |mark| matches!(cells::number(cell, mark), Ok(Some(_)));
    let date = |order| matches!(cells::date(cell, order), Ok(Some(_)));
    number(DecimalMark::Dot)
        || number(DecimalMark::Comma)
        || (cell.len() >= 6
            && (date(DateOrder::Dmy) || date(DateOrder::Mdy) || date(DateOrder::Ymd)))
}

/// Takes further rows of names into the header: texts below it where columns hold values, and names
/// above it that stand over several columns.
fn stack(rows: &[SampleRow], layout: &mut Layout) {
    let at = layout.skip_rows;
    let width = rows.get(at).map_or(0, |r| r.cells.len());
    let data = rows.get(at + 2..).unwrap_or_default();
    let valued: Vec<usize> = (0..width)
        .filter(|column| {
            let cells = || {
                data.iter()
                    .take(DATA)
                    .filter_map(|r| r.cells.get(*column))
                    .filter(|c| !c.is_empty())
            };
            let (all, hits) = (cells().count(), cells().filter(|c| is_value(c)).count());
            all >= 2 && share(hits, all) >= 0.7
        })
        .collect();
    while layout.header_rows < 3 {
        let Some(next) = rows.get(layout.skip_rows + layout.header_rows) else {
            break;
        };
        let names = |c: &&usize| {
            next.cells
                .get(**c)
                .is_some_and(|t| !cells::is_missing(t) && !is_value(t))
        };
        let hits = valued.iter().filter(names).count();
        if valued.len() < 2 || hits * 2 < valued.len() || hits < 2 || values(next) > 0.0 {
            break;
        }
        layout.header_rows += 1;
    }
    let spanning = at
        .checked_sub(1)
        .and_then(|above| rows.get(above))
        .is_some_and(|row| {
            let first = row.cells.first().is_some_and(|c| !c.is_empty());
            (filled(row) >= 3 || (filled(row) >= 2 && first))
                && values(row) <= 0.0
                && row.cells.len() == width
        });
    if spanning && layout.header_rows < 3 {
        layout.skip_rows -= 1;
        layout.header_rows += 1;
    }
}
