//! Lines that were imported before: the same source, order and line.
//!
//! With the same content the later line is a repeat, so that importing a file again changes
//! nothing. With different content it is a conflict: it is rejected and listed with both. A file
//! without line numbers has the n-th line of an item in an order as its key; such lines can repeat
//! lines of other files only, because one order may well have two equal lines. What came back never
//! repeats what was sold: a credit note often names the order and line it is for.

use super::book::{Attr, DAY_ORDER, LineKind, Measure, OrderBook};
use super::build::Builder;
use super::names::NONE;
use super::push::index;
use super::reading::{Reader, Reject};
use crate::base::order::sort_by;
use crate::base::parts::in_parts;
use crate::ingest::problem::Code;

/// Earlier lines of one key that are compared with a later one.
const COMPARED: usize = 64;

/// Marks repeats and conflicts in `keep`.
#[inline(never)]
pub(super) fn drop(builder: &mut Builder, keep: &mut [bool]) {
    let singles = builder.single_files();
    if builder.readers.len() < 2 && builder.line_keys.is_empty() && singles.is_empty() {
        return;
    }
    let key = |line: usize| key(builder, &singles, line);
    if is_increasing(builder.book.len(), key) {
        return;
    }
    let mut keys: Vec<(u64, u32)> = (0..builder.book.len())
        .filter(|line| keep.get(*line).copied().unwrap_or(false))
        .map(|line| {
            let is_return = builder.book.kinds.get(line) == Some(&LineKind::Return);
            (key(line) | u64::from(is_return) << 63, index(line))
        })
        .collect();
    keys.sort_unstable();
    let mut conflicts: Vec<(usize, usize)> = Vec::new();
    for same in keys.chunk_by(|a, b| a.0 == b.0) {
        if same.len() < 2 {
            continue;
        }
        let lines: Vec<usize> = same.iter().map(|(_, line)| *line as usize).collect();
        let numbered = lines.first().is_some_and(|line| {
            builder.line_keys.has(*line) || is_single(builder, &singles, *line)
        });
        let found = if numbered {
            numbered_group(&builder.book, &lines)
        } else {
            counted_group(&builder.book, &lines)
        };
        for (line, verdict) in found {
            if let Some(kept) = keep.get_mut(line) {
                *kept = false;
            }
            match verdict {
                None => builder.counts.repeats += 1,
                Some(of) => conflicts.push((line, of)),
            }
        }
    }
    sort_by(&mut conflicts, Ord::cmp);
    for (line, of) in conflicts {
        let found = conflict(builder, line, of);
        let reject = Reject {
            code: Code::Conflict,
            column: None,
            role: None,
            found,
        };
        let expected =
            "the same content wherever the same order line occurs; the first one is in the book";
        builder.reject_late(line, &reject, expected, Vec::new());
    }
}

/// A line's key: its order, and its line number, else its item.
fn key(builder: &Builder, singles: &[u32], line: usize) -> u64 {
    let order = builder.book.order.get(line).copied().unwrap_or(NONE);
    let second = match builder.line_keys.get(line) {
        NONE if is_single(builder, singles, line) => NONE,
        NONE => builder.book.text(Attr::Item).ids.get(line) | 0x8000_0000,
        key => key,
    };
    (u64::from(order) << 32) | u64::from(second)
}

/// Whether a line is its whole order: its file has one row an order, and it has a number.
fn is_single(builder: &Builder, singles: &[u32], line: usize) -> bool {
    let book = &builder.book;
    let order = book.order.get(line).copied().unwrap_or(NONE);
    singles.contains(&book.place(line).0) && !book.order_names.name(order).starts_with(DAY_ORDER)
}

fn is_increasing(lines: usize, key: impl Fn(usize) -> u64) -> bool {
    let (mut last, mut rising) = (None, true);
    in_parts(lines, &mut |part| {
        for line in part {
            let key = Some(key(line));
            rising &= last < key;
            last = key;
        }
    });
    rising
}

/// Lines with one line number: the first stays. Each other, with the line it conflicts with.
fn numbered_group(book: &OrderBook, lines: &[usize]) -> Vec<(usize, Option<usize>)> {
    let Some((first, rest)) = lines.split_first() else {
        return Vec::new();
    };
    rest.iter()
        .map(|line| (*line, (!book.same_content(*first, *line)).then_some(*first)))
        .collect()
}

/// Lines of one order and item without line numbers. Lines of a later file repeat equal ones of
/// earlier files, each at most once; the n-th one with different content is a conflict.
fn counted_group(book: &OrderBook, lines: &[usize]) -> Vec<(usize, Option<usize>)> {
    let file = |line: &usize| book.place(*line).0;
    let numbered = lines
        .first()
        .and_then(|line| book.order.get(*line))
        .is_some_and(|order| !book.order_names.name(*order).starts_with(DAY_ORDER));
    let mut kept: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for of_file in lines.chunk_by(|a, b| file(a) == file(b)) {
        let mut free: Vec<Option<usize>> = kept.iter().map(|line| Some(*line)).collect();
        let mut unmatched = Vec::new();
        for (nth, line) in of_file.iter().enumerate() {
            let from = nth.saturating_sub(COMPARED / 2);
            let equal = free
                .iter_mut()
                .skip(from)
                .take(COMPARED)
                .find(|slot| slot.is_some_and(|earlier| book.same_content(earlier, *line)));
            match equal {
                Some(slot) => {
                    *slot = None;
                    found.push((*line, None));
                }
                None => unmatched.push(*line),
            }
        }
        let mut rest = free.iter().flatten();
        for line in unmatched {
            match rest.next() {
                Some(earlier) if numbered => found.push((line, Some(*earlier))),
                _ => kept.push(line),
            }
        }
    }
    found
}

fn conflict(builder: &Builder, line: usize, of: usize) -> String {
    let book = &builder.book;
    let order = book.order.get(line).copied().unwrap_or(NONE);
    let side = |line: usize| {
        let (file, row) = book.place(line);
        let name = Reader::of(&builder.readers, file).map_or("", |r| r.name.as_str());
        let date = book.dates.get(line).copied().unwrap_or_default();
        let revenue = book
            .amount(Measure::Revenue, line)
            .map_or_else(String::new, |v| v.to_money().to_string());
        format!("{name} line {row}: {date}, {revenue}")
    };
    format!(
        "order {}: {} / {}",
        book.order_name(order),
        side(of),
        side(line)
    )
}

impl Builder {
    /// Files whose rows are whole orders: two rows with one number are the same order.
    fn single_files(&self) -> Vec<u32> {
        self.readers
            .iter()
            .filter(|r| r.row_is_order)
            .map(|r| r.file)
            .collect()
    }
}

impl OrderBook {
    /// Whether two lines say the same: day, account, item and every number both have.
    fn same_content(&self, a: usize, b: usize) -> bool {
        let items = &self.text(Attr::Item).ids;
        let currencies = &self.text(Attr::Currency).ids;
        self.dates.get(a) == self.dates.get(b)
            && self.account.get(a) == self.account.get(b)
            && items.get(a) == items.get(b)
            && currencies.get(a) == currencies.get(b)
            && self.amount(Measure::Revenue, a) == self.amount(Measure::Revenue, b)
            && Measure::ALL.into_iter().all(|measure| {
                match (self.amount(measure, a), self.amount(measure, b)) {
                    (Some(x), Some(y)) => x == y,
                    _ => true,
                }
            })
    }
}
