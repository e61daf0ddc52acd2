//! Sums of many columns over many groups in one pass a column.
//!
//! In: for each line the group it belongs to, split by whether the line is recent. Out: a
//! [`Sums`] per group. Sums are exact: integers of 128 bits at the column's number of decimals.

use super::account::Sums;
use crate::base::Money;
use crate::base::parts::in_parts;
use crate::orders::column::Amounts;
use crate::orders::number::money;
use crate::orders::{Measure, OrderBook};

/// A line that belongs to no group.
pub(super) const OUT: u32 = u32::MAX;

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
        let revenue = book.amounts(Measure::Revenue);
        let costed = book.amounts(Measure::Cost);
        let returned = |line: usize| book.takes_back(line);
        let all = |measure: Measure| sum(book.amounts(measure), cells, size);
        let some = |take: &dyn Fn(usize) -> bool| sum(revenue, &only(cells, take), size);
        let columns = [
            all(Measure::Revenue),
            all(Measure::Discount),
            all(Measure::Rebates),
            all(Measure::Freight),
            all(Measure::Cost),
            all(Measure::Tooling),
            all(Measure::Quantity),
            some(&|line| costed.has(line)),
            some(&returned),
        ];
        let mut lines = vec![0_u32; size];
        for cell in cells {
            if let Some(count) = lines.get_mut(*cell as usize) {
                *count += 1;
            }
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
        let returned = if book.takes_back(line) { revenue } else { 0 };
        let all_lines = values.len() - 2;
        let values = values.into_iter().take(all_lines);
        let values = values.chain([costed, returned]);
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

/// The cells with the lines that are not taken moved out.
fn only(cells: &[u32], take: &dyn Fn(usize) -> bool) -> Vec<u32> {
    let mut kept = cells.to_vec();
    in_parts(cells.len(), &mut |part| {
        let cells = kept.get_mut(part.clone()).unwrap_or_default();
        for (line, cell) in part.zip(cells) {
            if !take(line) {
                *cell = OUT;
            }
        }
    });
    kept
}

#[inline(never)]
fn sum(column: &Amounts, cells: &[u32], size: usize) -> Vec<i128> {
    let mut sums = vec![0_i128; size];
    let mut add = |line: usize, value: i128| {
        let cell = cells.get(line).copied().unwrap_or(OUT);
        if let Some(sum) = sums.get_mut(cell as usize) {
            *sum += value;
        }
    };
    let values = column.as_slice();
    in_parts(values.len(), &mut |part| {
        for (line, value) in part.clone().zip(values.get(part).unwrap_or_default()) {
            if *value > Amounts::LEAST {
                add(line, i128::from(*value));
            }
        }
    });
    column.each_aside(add);
    sums
}
