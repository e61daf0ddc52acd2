//! Sums of many columns over many groups in one pass a column.
//!
//! In: for each line the group it belongs to, split by whether the line is recent. Out: a
//! [`Sums`] per group. Sums are exact: integers of 128 bits at the column's number of decimals.

use std::ops::Range;

use super::account::Sums;
use crate::base::Money;
use crate::orders::column::Amounts;
use crate::orders::number::money;
use crate::orders::{LineKind, Measure, OrderBook};

/// A line that belongs to no group.
pub(super) const OUT: u32 = u32::MAX;

/// Lines that one call of a loop over a book takes. A browser compiles a function anew for speed once
/// it was run for a while, but a call under way stays slow to its end.
pub(super) const BLOCK: usize = 4096;

/// The blocks of so many lines.
pub(super) fn blocks(lines: usize) -> impl Iterator<Item = Range<usize>> {
    let from = (0..lines).step_by(BLOCK);
    from.map(move |from| from..lines.min(from.saturating_add(BLOCK)))
}

/// What is summed, in the order of [`Tally::columns`]: over all lines, and in the last two over those
/// with a cost and over returns.
const FIELDS: [Measure; 9] = [
    Measure::Revenue,
    Measure::Discount,
    Measure::Rebates,
    Measure::Freight,
    Measure::Cost,
    Measure::Tooling,
    Measure::Quantity,
    Measure::Revenue,
    Measure::Revenue,
];

/// Sums by cell; a group has two cells: its older lines, then its recent ones.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    columns: [Vec<i128>; FIELDS.len()],
    scales: [u8; FIELDS.len()],
    lines: Vec<u32>,
    /// Orders of each group: all, then recent ones.
    pub orders: Vec<[u32; 2]>,
}

impl Tally {
    /// Sums a book's lines: `cells` holds for each line twice its group, plus one if it is recent.
    #[inline(never)]
    pub fn of(book: &OrderBook, cells: &[u32], groups: usize) -> Self {
        let size = groups.saturating_mul(2);
        let all = |measure: Measure| sum(book.amounts(measure), cells, size);
        let [revenue, costed, returned] = sum_revenue(book, cells, size);
        let columns = [
            revenue,
            all(Measure::Discount),
            all(Measure::Rebates),
            all(Measure::Freight),
            all(Measure::Cost),
            all(Measure::Tooling),
            all(Measure::Quantity),
            costed,
            returned,
        ];
        let mut lines = vec![0_u32; size];
        for cells in cells.chunks(BLOCK) {
            count(cells, &mut lines);
        }
        Self {
            columns,
            scales: FIELDS.map(|measure| book.amounts(measure).scale()),
            lines,
            orders: vec![[0, 0]; groups],
        }
    }

    /// Moves a share of what a group's one line holds from its older to its recent cell.
    pub fn move_share(&mut self, book: &OrderBook, line: usize, group: usize, share: (i64, i64)) {
        let (part, whole) = share;
        let values = FIELDS.map(|measure| {
            let column = book.amounts(measure);
            column
                .get(line)
                .and_then(|v| v.at(column.scale()))
                .unwrap_or(0)
        });
        let [revenue, ..] = values;
        let costed = if book.amounts(Measure::Cost).has(line) {
            revenue
        } else {
            0
        };
        let all_lines = values.len() - 2;
        let values = values.into_iter().take(all_lines).chain([costed, 0]);
        let older = group.saturating_mul(2);
        for (column, value) in self.columns.iter_mut().zip(values) {
            let moved = value * i128::from(part) / i128::from(whole.max(1));
            if let Some([old, recent]) = column.get_mut(older..older.saturating_add(2)) {
                *old -= moved;
                *recent += moved;
            }
        }
    }

    /// Adds another tally's groups: `to` names the group that each goes to.
    #[inline(never)]
    pub fn gathered(&self, to: &[u32], groups: usize) -> Self {
        let size = groups.saturating_mul(2);
        let gather = |column: &Vec<i128>| {
            let mut sums = vec![0_i128; size];
            for (cell, value) in column.iter().enumerate() {
                let group = to.get(cell / 2).copied().unwrap_or(OUT) as usize;
                if let Some(sum) = sums.get_mut(group.saturating_mul(2) + cell % 2) {
                    *sum += value;
                }
            }
            sums
        };
        let mut lines = vec![0_u32; size];
        for (cell, count) in self.lines.iter().enumerate() {
            let group = to.get(cell / 2).copied().unwrap_or(OUT) as usize;
            if let Some(sum) = lines.get_mut(group.saturating_mul(2) + cell % 2) {
                *sum += count;
            }
        }
        Self {
            columns: self.columns.each_ref().map(gather),
            scales: self.scales,
            lines,
            orders: vec![[0, 0]; groups],
        }
    }

    /// A group's sums over all its lines.
    pub fn total(&self, group: usize) -> Sums {
        self.sums(group, true)
    }

    /// A group's sums over its recent lines.
    pub fn recent(&self, group: usize) -> Sums {
        self.sums(group, false)
    }

    #[inline(never)]
    fn sums(&self, group: usize, all: bool) -> Sums {
        let older = group.saturating_mul(2);
        let recent = older.saturating_add(1);
        let mut values = self.columns.iter().zip(self.scales).map(|(column, scale)| {
            let at = |cell: usize| column.get(cell).copied().unwrap_or(0);
            money(at(recent) + if all { at(older) } else { 0 }, scale)
        });
        let mut next = || values.next().unwrap_or(Money::ZERO);
        let mut sums = Sums {
            revenue: next(),
            discount: next(),
            rebates: next(),
            freight: next(),
            cost: next(),
            tooling: next(),
            pieces: next(),
            revenue_costed: next(),
            returned: next(),
            ..Sums::default()
        };
        sums.list = sums.revenue.add(sums.discount).unwrap_or(sums.revenue);
        let lines = |cell: usize| self.lines.get(cell).copied().unwrap_or(0);
        sums.lines = lines(recent) + if all { lines(older) } else { 0 };
        let [total, late] = self.orders.get(group).copied().unwrap_or_default();
        sums.orders = if all { total } else { late };
        sums
    }
}

#[inline(never)]
fn count(cells: &[u32], lines: &mut [u32]) {
    for cell in cells {
        if let Some(count) = lines.get_mut(*cell as usize) {
            *count += 1;
        }
    }
}

#[inline(never)]
fn sum(column: &Amounts, cells: &[u32], size: usize) -> Vec<i128> {
    let mut sums = vec![0_i128; size];
    let values = column.as_slice().chunks(BLOCK);
    for (values, cells) in values.zip(cells.chunks(BLOCK)) {
        add(values, cells, &mut sums);
    }
    column.each_aside(|line, value| {
        let cell = cells.get(line).copied().unwrap_or(OUT);
        if let Some(sum) = sums.get_mut(cell as usize) {
            *sum += value;
        }
    });
    sums
}

/// Adds a block; lines of one cell mostly follow each other.
#[inline(never)]
fn add(values: &[i64], cells: &[u32], sums: &mut [i128]) {
    let (mut at, mut run) = (OUT, 0_i128);
    for (value, cell) in values.iter().zip(cells) {
        if *cell != at {
            put(sums, at, run);
            (at, run) = (*cell, 0);
        }
        if *value > Amounts::LEAST {
            run += i128::from(*value);
        }
    }
    put(sums, at, run);
}

#[inline]
fn put(sums: &mut [i128], cell: u32, run: i128) {
    if let Some(sum) = sums.get_mut(cell as usize) {
        *sum += run;
    }
}

/// Revenue over all lines, over those with a cost, and over returns.
fn sum_revenue(book: &OrderBook, cells: &[u32], size: usize) -> [Vec<i128>; 3] {
    let mut sums = [(); 3].map(|()| vec![0_i128; size]);
    let column = book.amounts(Measure::Revenue);
    for lines in blocks(column.as_slice().len()) {
        add_revenue(book, lines, cells, &mut sums);
    }
    column.each_aside(|line, value| {
        let cell = cells.get(line).copied().unwrap_or(OUT);
        let costed = book.amounts(Measure::Cost).has(line);
        let returned = book.kinds().get(line) == Some(&LineKind::Return);
        for (sums, counts) in sums.iter_mut().zip([true, costed, returned]) {
            put(sums, cell, if counts { value } else { 0 });
        }
    });
    sums
}

/// Adds a block; see [`add`].
#[inline(never)]
fn add_revenue(book: &OrderBook, lines: Range<usize>, cells: &[u32], sums: &mut [Vec<i128>; 3]) {
    let values = book.amounts(Measure::Revenue).as_slice();
    let values = values.get(lines.clone()).unwrap_or_default();
    let costs = book.amounts(Measure::Cost).as_slice();
    let costs = costs.get(lines.start..).unwrap_or_default();
    let kinds = book.kinds().get(lines.clone()).unwrap_or_default();
    let cells = cells.get(lines).unwrap_or_default();
    let [all, costed, returned] = sums;
    let (mut at, mut run, mut run_costed) = (OUT, 0_i128, 0_i128);
    let each = values.iter().zip(cells).zip(kinds).enumerate();
    for (place, ((value, cell), kind)) in each {
        if *cell != at {
            put(all, at, run);
            put(costed, at, run_costed);
            (at, run, run_costed) = (*cell, 0, 0);
        }
        if *value <= Amounts::LEAST {
            continue;
        }
        let value = i128::from(*value);
        run += value;
        if costs.get(place).is_some_and(|cost| *cost >= Amounts::LEAST) {
            run_costed += value;
        }
        if *kind == LineKind::Return {
            put(returned, *cell, value);
        }
    }
    put(all, at, run);
    put(costed, at, run_costed);
}
