//! A line into the columns of the book: its order, its names, its numbers.

use std::fmt::Write as _;

use super::amounts::Line;
use super::book::{Attr, DAY_ORDER, LineKind, Measure, OrderBook, SOURCE_MARK};
use super::build::{Builder, CANCELLED};
use super::counts::{Counts, Rule};
use super::names::{NONE, Names};
use super::number::Num;
use super::reading::{NO_NUMBER, Quick};
use crate::base::Date;
use crate::ingest::cells;
use crate::ingest::layout::BY_CELL;
use crate::ingest::role::Role;
use crate::ingest::row::Row;
use crate::ingest::systems::Verdict;

/// Columns that belong to the whole order, so that a blank cell takes the line above's.
pub(super) const INHERITED: [(Attr, Role); 7] = [
    (Attr::Parent, Role::Parent),
    (Attr::Site, Role::Site),
    (Attr::Currency, Role::Currency),
    (Attr::Segment, Role::Segment),
    (Attr::Salesperson, Role::Salesperson),
    (Attr::Partner, Role::Partner),
    (Attr::Status, Role::Status),
];

/// Columns that belong to the line alone.
pub(super) const OWN: [(Attr, Role); 5] = [
    (Attr::Item, Role::Item),
    (Attr::Stream, Role::Stream),
    (Attr::Process, Role::Process),
    (Attr::Machine, Role::Machine),
    (Attr::Material, Role::Material),
];

/// A line on its way into the columns.
pub(super) struct NewLine {
    pub date: Date,
    pub account: u32,
    pub kind: LineKind,
    pub line: Line,
    pub quantity: Option<Num>,
    pub price: Option<Num>,
    pub rebates: Option<Num>,
    pub freight: Option<Num>,
    pub tooling: Option<Num>,
    pub refunded: Option<Num>,
}

impl Builder {
    /// The order's id: by source and number, and by account where two accounts share a number.
    #[inline(never)]
    fn order(&mut self, text: &str, account: u32, date: Date) -> u32 {
        if text.is_empty() {
            self.key.clear();
            self.key.push(DAY_ORDER);
            let _ = write!(self.key, "{account}/{}", date.days());
            return self.owned(account);
        }
        if self.source == 0 {
            let id = self.book.order_names.intern(text);
            match self.order_owner.get(id as usize) {
                Some(owner) if *owner == account => return id,
                None => {
                    self.order_owner.push(account);
                    return id;
                }
                Some(_) => text.clone_into(&mut self.key),
            }
        } else {
            self.key.clear();
            self.key.push(self.mark());
            self.key.push_str(text);
            let id = self.book.order_names.intern(&self.key);
            match self.order_owner.get(id as usize) {
                Some(owner) if *owner == account => return id,
                None => {
                    self.order_owner.push(account);
                    return id;
                }
                Some(_) => {}
            }
        }
        let _ = write!(self.key, "\u{1f}{account}");
        let known = self.order_owner.len();
        let id = self.owned(account);
        if self.order_owner.len() > known {
            self.counts.rule(Rule::TwoOwners);
        }
        id
    }

    /// What stands before the order numbers of a source that is not the first.
    fn mark(&self) -> char {
        let mark = u32::try_from(self.source).unwrap_or(0).min(0xFFF0);
        char::from_u32(SOURCE_MARK as u32 + mark).unwrap_or(SOURCE_MARK)
    }

    /// Remembers that the present file says of a row's order that it is cancelled.
    #[inline(never)]
    pub(super) fn note_cancelled(&mut self, row: &Row<'_>) {
        let Some(reader) = self.readers.last() else {
            return;
        };
        let (file, order) = (reader.file, reader.name(row, Role::Order));
        if order.is_empty() {
            return;
        }
        let key = match self.source {
            0 => order.to_owned(),
            _ => format!("{}{order}", self.mark()),
        };
        if self.cancelled.last().is_none_or(|last| last.0 != key) {
            self.cancelled.push((key, file));
        }
    }

    /// Leaves out the lines of orders that another file of their source says are cancelled.
    #[inline(never)]
    pub(super) fn leave_out_cancelled(&mut self, keep: &mut [bool]) {
        let cancelled = std::mem::take(&mut self.cancelled);
        if self.readers.len() < 2 || cancelled.is_empty() {
            return;
        }
        let names = &self.book.order_names;
        let mut by_order = vec![NONE; names.len()];
        for (key, file) in &cancelled {
            let slot = names.find(key).and_then(|id| by_order.get_mut(id as usize));
            if let Some(slot) = slot {
                *slot = *file;
            }
        }
        for (line, kept) in keep.iter_mut().enumerate() {
            let order = self.book.order.get(line).copied().unwrap_or(NONE);
            let file = by_order.get(order as usize).copied().unwrap_or(NONE);
            if *kept && file != NONE && file != self.book.place(line).0 {
                *kept = false;
                self.counts.no_order(CANCELLED);
            }
        }
    }

    pub(super) fn owned(&mut self, account: u32) -> u32 {
        let id = self.book.order_names.intern(&self.key);
        if self.order_owner.len() == id as usize {
            self.order_owner.push(account);
        }
        id
    }

    /// A line with all that rules may have made of it.
    pub(super) fn push(
        &mut self,
        row: &Row<'_>,
        same: bool,
        new: &NewLine,
        percent: Option<Num>,
        gross: bool,
    ) {
        let at = self.book.len();
        self.push_names(row, same, new.date, new.account, new.kind);
        if let Some(percent) = percent.filter(|p| !p.is_zero()) {
            let above_one = percent.abs().minus(Num::small(1, 0));
            self.percent.hundredths |= above_one.is_some_and(|p| p.mantissa() > 0)
                || self
                    .readers
                    .last()
                    .is_some_and(|reader| reader.says_percent(row));
            self.percent.values.push(at, Some(percent));
            if gross {
                self.percent.gross.push(index(at));
            }
        }
        self.refunded.push(at, new.refunded);
        self.book.push_amounts(at, new);
    }

    /// A line whose numbers go into the book as they are.
    pub(super) fn push_quick(
        &mut self,
        row: &Row<'_>,
        same: bool,
        date: Date,
        account: u32,
        quick: &Quick,
    ) {
        let at = self.book.len();
        self.push_names(row, same, date, account, LineKind::Sale);
        let Some(reader) = self.readers.last() else {
            return;
        };
        for (column, &(mantissa, scale)) in reader.quick.iter().zip(quick) {
            if scale != NO_NUMBER {
                let target = self.book.amounts_mut(column.measure);
                target.push_small(at, mantissa, scale);
            }
        }
    }

    /// Everything of a line but its numbers.
    fn push_names(&mut self, row: &Row<'_>, same: bool, date: Date, account: u32, kind: LineKind) {
        let at = self.book.len();
        let order = match self.previous.id {
            (id, owner) if same && owner == account && id != NONE => id,
            _ => {
                let text = std::mem::take(&mut self.previous.order);
                if text.is_empty() && kind != LineKind::Summary {
                    self.counts.rule(Rule::DayOrders);
                }
                let id = self.order(&text, account, date);
                self.previous.order = text;
                self.previous.id = (id, account);
                id
            }
        };
        let Some(reader) = self.readers.last() else {
            return;
        };
        let book = &mut self.book;
        for column in &reader.texts {
            let text = if reader.plain {
                row.cell(column.column)
            } else {
                reader.name(row, column.role)
            };
            let target = book.text_mut(column.attr);
            let mut id = match target.names.repeated(text) {
                Some(id) => id,
                None if text.is_empty() => NONE,
                None => target.names.intern(text),
            };
            if let Some(before) = column.inherited.and_then(|i| self.previous.ids.get_mut(i)) {
                if id == NONE && same {
                    id = *before;
                }
                *before = id;
            }
            target.ids.push(at, id);
        }
        if reader.currency.is_some() || reader.quirks.grouped || !reader.facts.is_empty() {
            self.push_rare(row, at, same, date);
        }
        let Some(reader) = self.readers.last() else {
            return;
        };
        let book = &mut self.book;
        let line = reader.cell(row, Role::Line);
        if !line.is_empty() {
            self.line_keys
                .push(at, line_key(line, &mut self.line_names));
        }
        if reader.file != 0 {
            book.file.push(at, reader.file);
        }
        book.order.push(order);
        book.dates.push(date);
        book.kinds.push(kind);
        book.account.push(account);
        book.file_line
            .push(u32::try_from(row.line).unwrap_or(u32::MAX));
    }

    /// What few files have.
    #[inline(never)]
    fn push_rare(&mut self, row: &Row<'_>, at: usize, same: bool, date: Date) {
        let Some(reader) = self.readers.last() else {
            return;
        };
        let book = &mut self.book;
        let beside = || {
            let money = [Role::Revenue, Role::Total, Role::Price];
            let role = money.into_iter().find(|role| reader.has(*role))?;
            cells::of_amount(reader.cell(row, role))
        };
        let code = match reader.currency.as_deref() {
            Some(BY_CELL) => beside(),
            code => code.map(str::to_owned),
        };
        if let Some(code) = code {
            let column = book.text_mut(Attr::Currency);
            let id = column.names.intern(&code);
            column.ids.push(at, id);
            self.counts.rule(Rule::MarkedCurrency);
        }
        // QuickBooks writes a customer of a customer as `A:B`.
        if reader.quirks.grouped && !reader.has(Role::Parent) {
            let own = reader.name(row, Role::Account);
            let name = if own.is_empty() { row.group } else { Some(own) };
            if let Some((parent, _)) = name.and_then(|name| name.split_once(':')) {
                let column = book.text_mut(Attr::Parent);
                let id = column.names.intern(parent.trim());
                column.ids.push(at, id);
            }
        }
        if !reader.facts.is_empty() {
            let (place, problems) = ((at, date, same), &mut self.problems);
            book.facts
                .push(reader, row, place, &mut self.seen, problems);
        }
    }
}

impl OrderBook {
    fn push_amounts(&mut self, at: usize, new: &NewLine) {
        self.amounts_mut(Measure::Revenue)
            .push(at, Some(new.line.revenue));
        self.amounts_mut(Measure::Quantity).push(at, new.quantity);
        self.amounts_mut(Measure::Price).push(at, new.price);
        self.amounts_mut(Measure::Discount)
            .push(at, new.line.discount);
        self.amounts_mut(Measure::Rebates).push(at, new.rebates);
        self.amounts_mut(Measure::Freight).push(at, new.freight);
        self.amounts_mut(Measure::Cost).push(at, new.line.cost);
        self.amounts_mut(Measure::Tooling).push(at, new.tooling);
    }

    pub(super) fn reserve(&mut self, lines: usize) {
        fn more<T>(column: &mut Vec<T>, lines: usize) {
            column.reserve_exact(lines.saturating_sub(column.len()));
        }
        more(&mut self.dates, lines);
        more(&mut self.kinds, lines);
        more(&mut self.account, lines);
        more(&mut self.order, lines);
        more(&mut self.file_line, lines);
        self.file.reserve(lines);
        for attr in Attr::ALL {
            self.text_mut(attr).ids.reserve(lines);
        }
        for measure in Measure::ALL {
            self.amounts_mut(measure).reserve(lines);
        }
    }
}

impl NewLine {
    /// Finds out whether the line is a return, and makes its amounts negative if so.
    pub fn sign(&mut self, verdict: Verdict, counts: &mut Counts) {
        let revenue = self.line.revenue;
        let back = self.quantity.is_some_and(Num::is_negative);
        let credit = verdict.takes_back();
        if !(credit || revenue.is_negative() || back) {
            return;
        }
        self.kind = LineKind::Return;
        let negative =
            |value: Option<Num>| value.map(|v| if v.is_negative() { v } else { v.neg() });
        let unsigned = self.quantity.is_some_and(|q| q.mantissa() > 0)
            && !self.price.is_some_and(Num::is_negative);
        if revenue.mantissa() > 0 {
            counts.rule(Rule::TurnedNegative);
            self.line.revenue = revenue.neg();
            self.line.discount = negative(self.line.discount);
            self.rebates = negative(self.rebates);
        } else if !unsigned {
            return;
        }
        // Pieces and cost without a sign belong to goods that came back.
        self.quantity = negative(self.quantity);
        self.line.cost = negative(self.line.cost);
    }
}

/// Marks the key of a line number that is no integer.
pub(super) const TEXT_KEY: u32 = 0x4000_0000;

/// A line number as an integer, or the id of its text above all of them.
fn line_key(text: &str, names: &mut Names) -> u32 {
    let mut number = 0;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 || text.len() > 9 {
            return names.intern(text) | TEXT_KEY;
        }
        number = number * 10 + u32::from(digit);
    }
    number
}

/// A line's position as it is stored.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}
