//! Rows of a whole order beside the rows of its items: a head above them, or a sum.
//!
//! In: the lines of a file. Out: an order's own row is left out where its items have rows, and what it
//! alone states (cost, rebates, freight, tooling, a refund) is spread over them by amount. Such a row
//! names no item and no price, and
//! - has no amount at all, or
//! - has the sum of the order's other rows, as nearly all such rows of the file do, or
//! - is the first row of its order, as in nearly every other order of the file, with an amount that
//!   differs from the sum by shipping, tax or a discount, all in one direction, or
//! - is the last row, as in nearly every other order, all larger than the sum in one proportion, or
//! - is of a system that exports such rows.
//!
//! An amount on one row of an order that is the sum of all its rows by their prices is shared by them.

use super::amounts::NoAmount;
use super::book::{Attr, Measure, OrderBook};
use super::build::Builder;
use super::charges;
use super::column::Amounts;
use super::counts::Rule;
use super::given::no_amount;
use super::names::NONE;
use super::number::Num;
use super::percent::replace;
use super::reading::Reader;
use super::whole::{by_orders, in_order, near, parts, revenues, sum};
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

/// Why rows are left out whose amounts are those of their whole file.
const OF_FILE: &str = "totals of the file";

/// A line's part of a discount, and what is left of its amount.
type Spread = ((usize, Num), (usize, Num));

/// Lines of rows that may be of a whole order.
#[derive(Debug, Default)]
pub(super) struct OrderRows {
    /// Those that are the sum of their file.
    totals: Vec<usize>,
    /// Those without any amount.
    pub heads: Vec<usize>,
    /// Those beside whose amount stand the amounts of the items.
    sums: Vec<usize>,
    /// Lines whose amount is their pieces times their price, though others of the file state theirs.
    pub priced: Vec<usize>,
}

/// A row that may be of a whole order, and the order's others.
#[derive(Debug)]
struct Candidate {
    line: usize,
    first: bool,
    own: Num,
    /// Its pieces are none, or those of the others.
    fits: bool,
    /// The others: how many, and their amounts.
    others: usize,
    amount: Num,
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
        let main_lines = reader.quirks.main_lines;
        let bare = |line: usize| {
            !items.has(line) && (main_lines || !prices.has(line) && (itemised || !pieces.has(line)))
        };
        let rows: Vec<usize> = (from..lines).filter(|line| bare(*line)).collect();
        if rows.is_empty() || rows.len() + from == lines {
            return;
        }
        let orders = orders_of(book, &rows, from..lines, &|_| true);
        let orders = orders
            .iter()
            .filter(|lines| lines.iter().any(|line| !bare(*line)));
        if main_lines {
            let rows = orders.flatten().copied().filter(|line| bare(*line));
            let rows: Vec<usize> = rows.collect();
            self.order_rows.sums.extend(rows);
            return;
        }
        let heads = &self.order_rows.heads;
        let empty = |line: &usize| heads.binary_search(line).is_ok();
        let found: Vec<Candidate> = orders
            .filter_map(|lines| Candidate::of(book, lines, &bare, &empty))
            .collect();
        let sums = || found.iter().filter(|order| order.is_sum());
        let proven = sums().count() > 1 || sums().any(|order| order.others > 1);
        let mut rows: Vec<usize> = Vec::new();
        if proven && sums().count() * 10 >= found.len() * 9 {
            rows.extend(sums().map(|order| order.line));
        } else {
            let with_items = flags(book, (from..lines).filter(|line| !bare(*line)));
            let with_items = with_items.iter().filter(|flag| **flag).count();
            let firsts: Vec<&Candidate> = found.iter().filter(|order| order.is_about()).collect();
            let empty = heads.iter().filter(|line| **line >= from).count();
            let lasts: Vec<&Candidate> = found.iter().filter(|order| order.is_above()).collect();
            let most = |rows: usize| rows * 10 >= with_items * 9;
            if most(firsts.len() + empty) && alike(&firsts) {
                rows.extend(firsts.iter().map(|order| order.line));
            } else if most(lasts.len()) && in_proportion(&lasts) && unlike(&lasts) {
                rows.extend(lasts.iter().map(|order| order.line));
            }
        }
        self.order_rows.sums.extend(rows);
    }

    /// Finds sums of the file that ends among its last rows without order, day and customer, and says
    /// whether there are any.
    #[inline(never)]
    pub(super) fn find_file_sums(&mut self, ends: &[usize]) -> bool {
        let (from, lines) = (self.first_line, self.book.len());
        let Some(first) = ends.iter().position(|line| line + ends.len() >= lines) else {
            return false;
        };
        let ends = ends.get(first..).unwrap_or_default();
        let (mut above, mut found) = (Some(Num::ZERO), false);
        let order = |line: usize| self.book.order.get(line);
        let items = self.book.text(Attr::Item);
        let is_label = |line: usize| match items.ids.get(line) {
            NONE => true,
            item => charges::is_sum(items.names.name(item)),
        };
        for line in from..lines {
            let own = self.book.amount(Measure::Revenue, line);
            // The sum of one order is its own.
            let is_end = ends.contains(&line) && order(line) != order(from);
            let is_sum = is_end && own == above && own != Some(Num::ZERO) && is_label(line);
            if is_sum && !self.order_rows.sums.contains(&line) {
                self.order_rows.totals.push(line);
                found = true;
            } else {
                above = above.zip(own).and_then(|(above, own)| above.plus(own));
            }
        }
        found
    }

    /// Leaves out the orders' own rows that were found, and rejects rows without an amount that have
    /// no others beside them.
    #[inline(never)]
    pub(super) fn leave_out_order_rows(&mut self, keep: &mut [bool]) {
        let OrderRows {
            totals,
            heads,
            sums,
            ..
        } = std::mem::take(&mut self.order_rows);
        for line in &totals {
            if let Some(kept) = keep.get_mut(*line) {
                *kept = false;
            }
        }
        self.counts.no_orders(OF_FILE, totals.len());
        if heads.is_empty() && sums.is_empty() {
            return;
        }
        let rows: Vec<usize> = heads.iter().chain(&sums).copied().collect();
        for line in &rows {
            if let Some(kept) = keep.get_mut(*line) {
                *kept = false;
            }
        }
        let book = &self.book;
        let kept = |line: usize| keep.get(line) == Some(&true);
        let orders = orders_of(book, &rows, 0..book.len(), &kept);
        let order = |line: usize| book.order.get(line).copied().unwrap_or(NONE);
        let of = |line: usize| {
            let at = |lines: &Vec<usize>| lines.first().map_or(NONE, |first| order(*first));
            let at = orders.binary_search_by_key(&order(line), at).ok()?;
            orders.get(at)
        };
        let shared = |column: &Amounts| {
            let stated = rows
                .iter()
                .filter_map(|row| Some((column.get(*row)?, of(*row)?)));
            let free = stated.filter(|(_, lines)| !lines.iter().any(|line| column.has(*line)));
            let mut found: Vec<(usize, Num)> = free
                .filter_map(|(value, lines)| parts(value, &revenues(book, lines)?))
                .flatten()
                .collect();
            in_order(&mut found);
            found.dedup_by_key(|(line, _)| *line);
            found
        };
        let measures = SHARED.map(|measure| shared(book.amounts(measure)));
        let refunds = shared(&self.refunded);
        let offs = sums
            .iter()
            .filter_map(|row| book.discount_of(*row, of(*row)?));
        let (mut discounts, mut net): (Vec<_>, Vec<_>) = offs.flatten().unzip();
        in_order(&mut discounts);
        in_order(&mut net);
        let alone = heads.iter().copied().filter(|line| of(*line).is_none());
        let alone: Vec<usize> = alone.collect();
        for (measure, found) in SHARED.into_iter().zip(&measures) {
            replace(self.book.amounts_mut(measure), keep.len(), found);
        }
        replace(&mut self.refunded, keep.len(), &refunds);
        replace(
            self.book.amounts_mut(Measure::Discount),
            keep.len(),
            &discounts,
        );
        replace(self.book.amounts_mut(Measure::Revenue), keep.len(), &net);
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

    /// Shares an amount that stands on one line of its order, and is that of all of them by their
    /// prices, among them.
    #[inline(never)]
    pub(super) fn share_order_amounts(&mut self) {
        let priced = std::mem::take(&mut self.order_rows.priced);
        if priced.is_empty() {
            return;
        }
        let (book, lines) = (&self.book, self.book.len());
        let orders = orders_of(book, &priced, self.first_line..lines, &|_| true);
        let discount = |line: usize| book.amount(Measure::Discount, line).unwrap_or(Num::ZERO);
        let mut mixed = 0;
        let mut found: Vec<(usize, Num)> = Vec::new();
        let mut discounts: Vec<(usize, Num)> = Vec::new();
        let mut shared = 0;
        for lines in &orders {
            let mut stated = lines
                .iter()
                .copied()
                .filter(|l| priced.binary_search(l).is_err());
            let (Some(line), None) = (stated.next(), stated.next()) else {
                continue;
            };
            mixed += 1;
            let told = || {
                let by_price = |line: &usize| Some((*line, book.priced(*line)?));
                let weights: Vec<(usize, Num)> =
                    lines.iter().map(by_price).collect::<Option<_>>()?;
                let whole = sum(weights.iter().map(|(_, price)| *price))?;
                let (own, off) = (book.amount(Measure::Revenue, line)?, discount(line));
                let is_whole = near(whole, own.plus(off)?, lines.len())?;
                is_whole.then(|| Some((parts(own, &weights)?, parts(off, &weights)?)))?
            };
            if let Some((amounts, offs)) = told() {
                shared += 1;
                found.extend(amounts);
                discounts.extend(offs.into_iter().filter(|(_, off)| !off.is_zero()));
            }
        }
        if shared * 10 < mixed * 9 {
            return;
        }
        in_order(&mut found);
        in_order(&mut discounts);
        replace(self.book.amounts_mut(Measure::Revenue), lines, &found);
        replace(self.book.amounts_mut(Measure::Discount), lines, &discounts);
        self.counts.rules_add(Rule::SharedAmounts, shared);
    }
}

impl OrderBook {
    /// The amount of an order's own row, less its freight, before its discount, and both.
    fn without_charges(&self, row: usize) -> Option<[Num; 4]> {
        let stated = |measure| self.amount(measure, row).unwrap_or(Num::ZERO);
        let (freight, off) = (stated(Measure::Freight), stated(Measure::Discount));
        let own = self.amount(Measure::Revenue, row)?;
        let less = own.minus(freight)?;
        Some([own, less, own.plus(off)?, less.plus(off)?])
    }

    /// The discount that an order's own row states, where its amount is that of the order's lines less
    /// the discount: each line's part, and what is left of its amount.
    fn discount_of(&self, row: usize, lines: &[usize]) -> Option<Vec<Spread>> {
        let off = self
            .amount(Measure::Discount, row)
            .filter(|off| !off.is_zero())?;
        let own = |line: &usize| self.amount(Measure::Discount, *line);
        if lines.iter().filter_map(own).any(|off| !off.is_zero()) {
            return None;
        }
        let amounts = revenues(self, lines)?;
        let whole = sum(amounts.iter().map(|(_, amount)| *amount))?;
        let [.., before, goods] = self.without_charges(row)?;
        let is_whole = |own: Num| near(own, whole, lines.len()) == Some(true);
        if !is_whole(before) && !is_whole(goods) {
            return None;
        }
        let shares = parts(off, &amounts)?;
        let each = amounts.into_iter().zip(shares);
        each.map(|((line, amount), (_, share))| Some(((line, share), (line, amount.minus(share)?))))
            .collect()
    }
}

impl Candidate {
    /// The first row of an order, or the last, or the only one without an item.
    fn of(
        book: &OrderBook,
        lines: &[usize],
        bare: &dyn Fn(usize) -> bool,
        empty: &dyn Fn(&usize) -> bool,
    ) -> Option<Self> {
        let lines: Vec<usize> = lines.iter().copied().filter(|line| !empty(line)).collect();
        let (first, last) = (*lines.first()?, *lines.last()?);
        let mut rows = lines.iter().copied().filter(|line| bare(*line));
        let line = if bare(first) {
            first
        } else if bare(last) {
            last
        } else {
            rows.next().filter(|_| rows.next().is_none())?
        };
        let others: Vec<usize> = lines.into_iter().filter(|other| *other != line).collect();
        let pieces = |line: &usize| book.amount(Measure::Quantity, *line);
        let items = others.iter().filter(|line| !bare(**line)).map(pieces);
        let theirs = items.collect::<Option<Vec<Num>>>();
        let theirs = theirs.and_then(|pieces| sum(pieces.into_iter()));
        let own = pieces(&line);
        let amounts = revenues(book, &others)?;
        let amount = sum(amounts.into_iter().map(|(_, amount)| amount))?;
        let ways = book.without_charges(line)?;
        let whole = |own: &Num| near(*own, amount, others.len()) == Some(true);
        Some(Self {
            line,
            first: line == first,
            own: ways.into_iter().find(whole).unwrap_or(ways[0]),
            fits: own.is_none() || others.len() > 1 && own == theirs,
            others: others.len(),
            amount,
        })
    }

    /// Whether it states the sum of the others, but for a cent each.
    fn is_sum(&self) -> bool {
        let same = near(self.own, self.amount, self.others) == Some(true);
        self.fits && !self.own.is_zero() && same
    }

    /// Whether it stands first and is as large as the sum of the others, with shipping, tax or a
    /// discount, or nothing.
    fn is_about(&self) -> bool {
        self.first && self.fits && (self.own.is_zero() || self.is_close())
    }

    /// Whether it stands last and is larger than the sum of the others by no more than a tax is.
    fn is_above(&self) -> bool {
        let most = self.amount.times(Num::small(13, 1));
        let taxed = most.is_some_and(|most| !self.own.abs_above(most));
        !self.first && self.fits && self.own.abs_above(self.amount) && taxed
    }

    /// Whether it is no further from the sum of the others than half of it.
    fn is_close(&self) -> bool {
        let apart = self.own.minus(self.amount);
        let half = self.amount.over(Num::small(2, 0));
        apart
            .zip(half)
            .is_some_and(|(apart, half)| !apart.abs_above(half))
    }
}

/// Whether not all of them are of the same amount, as what is charged each month is.
fn unlike(found: &[&Candidate]) -> bool {
    found
        .iter()
        .zip(found.iter().skip(1))
        .any(|(one, next)| one.own != next.own)
}

/// Whether several rows differ from the sums of others in one proportion.
fn in_proportion(found: &[&Candidate]) -> bool {
    let pairs = found.iter().zip(found.iter().skip(1));
    let same = |one: &Candidate, other: &Candidate| {
        let (a, b) = (one.own.times(other.amount)?, other.own.times(one.amount)?);
        let apart = a.minus(b)?.times(Num::small(200, 0))?;
        Some(!apart.abs_above(b))
    };
    found.len() > 1
        && pairs
            .into_iter()
            .all(|(one, other)| same(one, other) == Some(true))
}

/// Whether rows that differ from the sums of others all do so in one direction, as with tax, shipping
/// or a discount; two of them in one proportion.
fn alike(found: &[&Candidate]) -> bool {
    let all =
        |above: &dyn Fn(&Candidate) -> bool| found.iter().all(|one| one.is_sum() || above(one));
    match found {
        [] | [_] => false,
        [_, _] => in_proportion(found),
        _ => all(&|one| one.own.abs_above(one.amount)) || all(&|one| one.amount.abs_above(one.own)),
    }
}

/// The orders that some rows belong to, each with its lines that count, in the order of their ids.
fn orders_of(
    book: &OrderBook,
    rows: &[usize],
    lines: std::ops::Range<usize>,
    counts: &dyn Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let order = |line: usize| book.order.get(line).copied().unwrap_or(NONE);
    let wanted = flags(book, rows.iter().copied());
    let is_wanted = |line: &usize| wanted.get(order(*line) as usize) == Some(&true);
    by_orders(book, lines.filter(|line| is_wanted(line) && counts(*line)))
}

/// By order, whether it has one of these lines.
fn flags(book: &OrderBook, lines: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut flags = vec![false; book.order_count()];
    for line in lines {
        let order = book.order.get(line).copied().unwrap_or(NONE);
        if let Some(flag) = flags.get_mut(order as usize) {
            *flag = true;
        }
    }
    flags
}

/// Whether a row names an order and nothing of its items, though the file has them.
pub(super) fn is_bare(reader: &Reader, row: &Row<'_>) -> bool {
    let items = [Role::Item, Role::Quantity, Role::Price];
    items.into_iter().any(|role| reader.has(role))
        && items
            .into_iter()
            .all(|role| reader.name(row, role).is_empty())
        && !reader.name(row, Role::Order).is_empty()
}
