//! Orders and their invoices in one file, by the kind of document that its rows state.
//!
//! In: the lines whose rows are an order's or an invoice's. Out: where both have one number, the
//! invoice counts and the order is left out, but for items that are on no invoice of it. Where none has,
//! the orders of an account that has invoices in the file are listed: both count until the user leaves
//! the orders out. Of an order's confirmation and its delivery note, the first in the file counts.

use super::book::{Attr, Measure};
use super::build::{Builder, ON_PURPOSE};
use super::names::NONE;
use super::push::index;
use super::reading::{Reader, Reject};
use crate::base::order::sort_by;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::systems::Verdict;

/// Lines of one kind of document, one after the other: the first, and the one behind the last.
#[derive(Debug, Default)]
pub(super) struct Documents {
    orders: Vec<(u32, u32)>,
    invoices: Vec<(u32, u32)>,
}

impl Documents {
    /// Keeps what a line is.
    #[inline]
    pub fn note(&mut self, verdict: Verdict, line: usize) {
        let runs = match verdict {
            Verdict::Order => &mut self.orders,
            Verdict::Invoice => &mut self.invoices,
            _ => return,
        };
        let at = index(line);
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => runs.push((at, at.saturating_add(1))),
        }
    }
}

fn lines(runs: &[(u32, u32)]) -> impl Iterator<Item = usize> {
    let each = runs
        .iter()
        .map(|(start, end)| *start as usize..*end as usize);
    each.flatten()
}

impl Builder {
    /// Leaves out orders whose invoices have their number, and lists those that may have others.
    #[inline(never)]
    pub(super) fn leave_out_invoiced(&mut self, keep: &mut [bool]) {
        let documents = std::mem::take(&mut self.documents);
        self.leave_out_deliveries(&documents, keep);
        if documents.orders.is_empty() || documents.invoices.is_empty() {
            return;
        }
        let book = &self.book;
        let of = |ids: &[u32], line: usize| ids.get(line).copied().unwrap_or(NONE);
        // By order and by account: the file that has an invoice of it.
        let mut billed = vec![NONE; book.order_count()];
        let mut served = vec![NONE; self.matcher.len()];
        let item = |line: usize| book.text(Attr::Item).ids.get(line);
        let invoiced = lines(&documents.invoices).map(|line| (of(&book.order, line), item(line)));
        let mut items_of: Vec<(u32, u32)> = invoiced.collect();
        sort_by(&mut items_of, Ord::cmp);
        for line in lines(&documents.invoices) {
            let file = book.place(line).0;
            if let Some(slot) = billed.get_mut(of(&book.order, line) as usize) {
                *slot = file;
            }
            if let Some(slot) = served.get_mut(of(&book.account, line) as usize) {
                *slot = file;
            }
        }
        let same = |line: usize| of(&billed, of(&book.order, line) as usize) == book.place(line).0;
        let numbered = lines(&documents.orders).filter(|line| same(*line));
        let mut numbered: Vec<u32> = numbered.map(|line| book.place(line).0).collect();
        numbered.dedup();
        for line in lines(&documents.orders) {
            let (file, row) = book.place(line);
            let Some(kept) = keep.get_mut(line).filter(|kept| **kept) else {
                continue;
            };
            if numbered.contains(&file) {
                let order = of(&book.order, line);
                let is_in = |item: u32| items_of.binary_search(&(order, item)).is_ok();
                if same(line) && (item(line) == NONE || is_in(item(line)) || is_in(NONE)) {
                    *kept = false;
                    self.counts
                        .no_order("orders whose invoices are in the same file");
                }
                continue;
            }
            let other = of(&served, of(&book.account, line) as usize) == file;
            let reader = Reader::of(&self.readers, file).filter(|_| other);
            let Some(reader) = reader else { continue };
            let order = book.order_name(of(&book.order, line)).to_owned();
            let reject = Reject {
                found: order,
                ..Reject::missing(Code::Invoiced, Role::Order)
            };
            if reader.drops(&reject) {
                *kept = false;
                self.counts.no_order(ON_PURPOSE);
                continue;
            }
            let mut found = reader.found(row.into(), &reject);
            found.rejected = false;
            found.same.clear();
            self.problems.add(found);
        }
    }

    /// Leaves out what another document of the same order states of the same item before it: of none,
    /// of the same amount.
    fn leave_out_deliveries(&mut self, documents: &Documents, keep: &mut [bool]) {
        let book = &self.book;
        let of = |ids: &[u32], line: usize| ids.get(line).copied().unwrap_or(NONE);
        let kind = |line: usize| book.text(Attr::Status).ids.get(line);
        let sold = |line: usize| {
            let (order, file) = (of(&book.order, line), book.place(line).0);
            (order, file, book.text(Attr::Item).ids.get(line))
        };
        let mut kinds = lines(&documents.orders).map(kind);
        let first = kinds.next();
        if kinds.all(|kind| Some(kind) == first) {
            return;
        }
        let mut all: Vec<usize> = lines(&documents.orders).collect();
        sort_by(&mut all, |a, b| sold(*a).cmp(&sold(*b)).then(a.cmp(b)));
        let amount = |line: usize| book.amount(Measure::Revenue, line);
        for same in all.chunk_by(|a, b| sold(*a) == sold(*b)) {
            let Some((first, rest)) = same.split_first() else {
                continue;
            };
            for line in rest.iter().filter(|line| kind(**line) != kind(*first)) {
                let named = sold(*line).2 != NONE || amount(*line) == amount(*first);
                let kept = keep.get_mut(*line).filter(|kept| **kept && named);
                if let Some(kept) = kept {
                    *kept = false;
                    self.counts.no_order("delivery notes beside their orders");
                }
            }
        }
    }
}
