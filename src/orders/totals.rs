//! Rows of a whole order beside the rows of its items: a head above them, or a sum.
//!
//! In: the lines of a file. Out: an order's own row is left out where its items have rows, and what it
//! alone states (cost, rebates, freight, tooling, a refund) goes to the first of them. Such a row names
//! no item and no price, and
//! - has no amount at all, or
//! - has the sum of the order's other rows, or
//! - is the first row of its order, as in every other order of the file, with an amount that may differ
//!   from the sum by shipping, tax or a discount, or
//! - is of a system that exports such rows.

use super::amounts::NoAmount;
use super::book::{Attr, Measure, OrderBook};
use super::build::Builder;
use super::column::Amounts;
use super::given::no_amount;
use super::names::NONE;
use super::number::Num;
use super::percent::replace;
use super::push::index;
use super::reading::Reader;
use crate::ingest::layout::Grain;
use crate::ingest::role::Role;
use crate::ingest::row::Row;

/// What an order's own row may state for all of them.
const SHARED: [Measure; 4] = [
    Measure::Cost,
    Measure::Rebates,
    Measure::Freight,
    Measure::Tooling,
];

/// Why rows are left out whose amounts are those of other rows.
const BESIDE_ITEMS: &str = "order totals beside their items";

/// Why rows are left out that state an order only.
const OPENING: &str = "first rows of orders, without an amount";

/// Lines of rows that may be of a whole order.
#[derive(Debug, Default)]
pub(super) struct OrderRows {
    /// Those without any amount.
    pub heads: Vec<usize>,
    /// Those beside whose amount stand the amounts of the items.
    sums: Vec<usize>,
}

/// An order that has a row without an item.
#[derive(Debug)]
struct Candidate {
    /// The row, and whether it is the order's only one without an item.
    line: usize,
    alone: bool,
    first: bool,
    /// Its other rows: how many, their pieces, their amounts; `None` where a row has none.
    others: i64,
    pieces: Option<Num>,
    amount: Option<Num>,
}

impl Builder {
    /// Finds the orders' own rows in the file that ends.
    #[inline(never)]
    pub(super) fn find_order_rows(&mut self) {
        let (from, lines) = (self.first_line, self.book.len());
        let Some(reader) = self.readers.last() else {
            return;
        };
        let itemised = reader.has(Role::Item);
        if reader.grain == Grain::AccountSummary || !(itemised || reader.has(Role::Quantity)) {
            return;
        }
        let book = &self.book;
        let (items, prices) = (&book.text(Attr::Item).ids, book.amounts(Measure::Price));
        let pieces = book.amounts(Measure::Quantity);
        let bare = |line: &usize| {
            !items.has(*line) && !prices.has(*line) && (itemised || !pieces.has(*line))
        };
        if reader.quirks.main_lines {
            let mut itemised = vec![false; book.order_count()];
            let orders = book.order.iter().enumerate().skip(from);
            for (_, order) in orders.clone().filter(|(line, _)| items.has(*line)) {
                if let Some(flag) = itemised.get_mut(*order as usize) {
                    *flag = true;
                }
            }
            let beside = |order: u32| itemised.get(order as usize) == Some(&true);
            let rows = orders.filter(|(line, order)| !items.has(*line) && beside(**order));
            self.order_rows.sums.extend(rows.map(|(line, _)| line));
            return;
        }
        let rows: Vec<usize> = (from..lines).filter(bare).collect();
        if rows.is_empty() || rows.len() + from == lines {
            return;
        }
        let of = |line: usize| book.order.get(line).copied().unwrap_or(NONE);
        let mut found: Vec<Candidate> = Vec::new();
        let mut place = vec![NONE; book.order_count()];
        for line in rows {
            let Some(slot) = place.get_mut(of(line) as usize) else {
                continue;
            };
            if let Some(known) = found.get_mut(*slot as usize) {
                known.alone = false;
                continue;
            }
            *slot = index(found.len());
            found.push(Candidate {
                line,
                alone: true,
                first: true,
                others: 0,
                pieces: Some(Num::ZERO),
                amount: Some(Num::ZERO),
            });
        }
        let mut every = true;
        for line in (from..lines).filter(|line| !bare(line)) {
            let slot = place.get(of(line) as usize).copied().unwrap_or(NONE);
            let Some(order) = found.get_mut(slot as usize) else {
                every = false;
                continue;
            };
            order.others += 1;
            order.first &= order.line < line;
            let add = |sum: Option<Num>, measure| sum?.plus(book.amount(measure, line)?);
            order.pieces = add(order.pieces, Measure::Quantity);
            order.amount = add(order.amount, Measure::Revenue);
        }
        found.retain(|order| order.alone && order.others > 0);
        every &= found.len() > 1
            && found
                .iter()
                .all(|order| order.first && order.is_about(book));
        let sums = || found.iter().filter(|order| order.is_sum(book));
        let proven = sums().count() > 1 || sums().any(|order| order.others > 1);
        let heads = &self.order_rows.heads;
        let rows = found
            .iter()
            .filter(|order| every || proven && order.is_sum(book))
            .map(|order| order.line)
            .filter(|line| heads.binary_search(line).is_err());
        let rows: Vec<usize> = rows.collect();
        self.order_rows.sums.extend(rows);
    }

    /// Leaves out the orders' own rows that were found, and rejects rows without an amount that have
    /// no others beside them.
    #[inline(never)]
    pub(super) fn leave_out_order_rows(&mut self, keep: &mut [bool]) {
        let OrderRows { heads, sums } = std::mem::take(&mut self.order_rows);
        if heads.is_empty() && sums.is_empty() {
            return;
        }
        let rows: Vec<usize> = heads.iter().chain(&sums).copied().collect();
        for line in &rows {
            if let Some(kept) = keep.get_mut(*line) {
                *kept = false;
            }
        }
        let mut first = vec![NONE; self.book.order_count()];
        for (line, (order, kept)) in self.book.order.iter().zip(&*keep).enumerate() {
            if let Some(slot) = first.get_mut(*order as usize)
                && *kept
                && *slot == NONE
            {
                *slot = index(line);
            }
        }
        let orders = std::mem::take(&mut self.book.order);
        let of = |line: usize| orders.get(line).copied().unwrap_or(NONE) as usize;
        let begins = |line: usize| first.get(of(line)).copied().filter(|line| *line != NONE);
        // What no other row of the order states, by its first.
        let moved = |column: &Amounts| {
            let stated = |line: &usize| Some((begins(*line)? as usize, column.get(*line)?));
            let mut found: Vec<(usize, Num)> = rows.iter().filter_map(stated).collect();
            if found.is_empty() {
                return found;
            }
            let mut known = vec![false; first.len()];
            for (line, kept) in keep.iter().enumerate() {
                if let Some(flag) = known.get_mut(of(line)) {
                    *flag |= *kept && column.has(line);
                }
            }
            found.retain(|(line, _)| known.get(of(*line)) == Some(&false));
            found.sort_unstable_by_key(|(line, _)| *line);
            found.dedup_by_key(|(line, _)| *line);
            found
        };
        for measure in SHARED {
            let found = moved(self.book.amounts(measure));
            replace(self.book.amounts_mut(measure), keep.len(), &found);
        }
        let found = moved(&self.refunded);
        replace(&mut self.refunded, keep.len(), &found);
        let alone: Vec<usize> = heads
            .iter()
            .copied()
            .filter(|l| begins(*l).is_none())
            .collect();
        self.book.order = orders;
        self.counts.no_orders(BESIDE_ITEMS, sums.len());
        self.counts.no_orders(OPENING, heads.len() - alone.len());
        for line in alone {
            let Some(reader) = Reader::of(&self.readers, self.book.place(line).0) else {
                continue;
            };
            let reject = no_amount(NoAmount::Missing, reader);
            let expected = reader.expected(&reject);
            self.reject_late(line, &reject, &expected, Vec::new());
        }
    }
}

impl Candidate {
    /// Whether it states the sum of the others, but for a cent each.
    fn is_sum(&self, book: &OrderBook) -> bool {
        let told = || {
            let own = book.amount(Measure::Revenue, self.line)?;
            let apart = own.minus(self.amount?)?.abs();
            let most = Num::small(self.others, 2);
            Some(!own.is_zero() && !most.minus(apart)?.is_negative())
        };
        let pieces = book.amount(Measure::Quantity, self.line);
        let fits = pieces.is_none() || self.others > 1 && pieces == self.pieces;
        fits && told() == Some(true)
    }

    /// Whether it is as large as the sum of the others, with shipping, tax or a discount, or nothing.
    fn is_about(&self, book: &OrderBook) -> bool {
        let told = || {
            let own = book.amount(Measure::Revenue, self.line)?;
            let apart = own.minus(self.amount?)?.abs();
            let most = self.amount?.abs().over(Num::small(2, 0))?;
            Some(own.is_zero() || !most.minus(apart)?.is_negative())
        };
        told() == Some(true)
    }
}

/// Whether a row names an order and nothing of its items, though the file has them.
pub(super) fn is_bare(reader: &Reader, row: &Row<'_>) -> bool {
    let items = [Role::Item, Role::Quantity, Role::Price];
    items.into_iter().any(|role| reader.has(role))
        && items
            .into_iter()
            .all(|role| reader.cell(row, role).is_empty())
        && !reader.name(row, Role::Order).is_empty()
}
