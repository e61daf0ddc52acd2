//! Orders and their invoices in one file, by the kind of document that its rows state.
//!
//! In: the lines whose rows are an order's or an invoice's. Out: where both have one number, the
//! invoice counts and the order is left out. Where they have numbers of their own, the orders of an
//! account that has invoices in the file are listed: both count until the user leaves the orders out.

use super::book::LineKind;
use super::build::{Builder, ON_PURPOSE};
use super::names::NONE;
use super::problems::Found;
use super::push::index;
use super::reading::{Reader, Reject};
use crate::ingest::problem::{Code, Problem};
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
        if documents.orders.is_empty() || documents.invoices.is_empty() {
            return;
        }
        let mut billed = vec![NONE; self.book.order_count()];
        let mut customers: Vec<(u32, u32)> = Vec::new();
        for line in lines(&documents.invoices) {
            let file = self.book.place(line).0;
            let (order, account) = self.document(line);
            if let Some(slot) = billed.get_mut(order as usize) {
                *slot = file;
            }
            if customers.last() != Some(&(file, account)) {
                customers.push((file, account));
            }
        }
        customers.sort_unstable();
        let is_billed = |order: u32, file: u32| billed.get(order as usize) == Some(&file);
        let same = |line: usize| is_billed(self.document(line).0, self.book.place(line).0);
        let numbered = lines(&documents.orders).filter(|line| same(*line));
        let mut numbered: Vec<u32> = numbered.map(|line| self.book.place(line).0).collect();
        numbered.dedup();
        for line in lines(&documents.orders) {
            let (file, row) = self.book.place(line);
            let (order, account) = self.document(line);
            let sold = self.book.kinds.get(line) == Some(&LineKind::Sale);
            let Some(kept) = keep.get_mut(line).filter(|kept| **kept && sold) else {
                continue;
            };
            if is_billed(order, file) {
                *kept = false;
                self.counts
                    .no_order("orders whose invoices are in the same file");
                continue;
            }
            let reader = Reader::of(&self.readers, file);
            let other = customers.binary_search(&(file, account)).is_ok();
            let Some(reader) = reader.filter(|_| other && !numbered.contains(&file)) else {
                continue;
            };
            let reject = Reject {
                code: Code::Invoiced,
                column: None,
                role: Some(Role::Order),
                found: self.book.order_name(order).to_owned(),
            };
            if reader.drops(&reject) {
                *kept = false;
                self.counts.no_order(ON_PURPOSE);
                continue;
            }
            self.problems.add(Found {
                fixes: vec![reject.drop()],
                problem: Problem {
                    code: reject.code,
                    file,
                    row: u64::from(row),
                    column: None,
                    role: reject.role,
                    found: reject.found,
                },
                expected:
                    "orders or their invoices; as it is, an order with an invoice of another \
                           number counts twice"
                        .to_owned(),
                rejected: false,
                same: String::new(),
            });
        }
    }

    fn document(&self, line: usize) -> (u32, u32) {
        let of = |ids: &[u32]| ids.get(line).copied().unwrap_or(NONE);
        (of(&self.book.order), of(&self.book.account))
    }
}
