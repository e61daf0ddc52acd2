//! Invoice numbers that begin anew, as they do each year in small companies.
//!
//! In: the lines of a file whose orders are numbered as invoices are. Out: what was sold more than half
//! a year from the first line of its number is another invoice, one a year. An invoice has one day; what
//! comes back may do so much later.

use std::fmt::Write as _;

use super::book::LineKind;
use super::build::Builder;
use super::counts::Rule;
use super::reading::Reader;
use crate::base::Date;
use crate::ingest::role::Role;
use crate::ingest::words::{normalise, of_invoice};

/// Days between lines of which one is of another invoice.
const APART: i32 = 183;

impl Builder {
    /// Gives lines of the file that ends an invoice of their year where its number began anew.
    #[inline(never)]
    pub(super) fn split_restarted(&mut self) {
        if !self.readers.last().is_some_and(Reader::numbers_invoices) {
            return;
        }
        let book = &self.book;
        let mut first: Vec<Option<Date>> = vec![None; book.order_count()];
        let mut later: Vec<(usize, u32, Date)> = Vec::new();
        for line in self.first_line..book.len() {
            let (Some(order), Some(date)) = (book.order.get(line), book.dates.get(line)) else {
                continue;
            };
            let Some(slot) = first.get_mut(*order as usize) else {
                continue;
            };
            let begun = *slot.get_or_insert(*date);
            let sold = book.kinds.get(line) == Some(&LineKind::Sale);
            if sold && date.days_since(begun).abs() > APART {
                later.push((line, *order, *date));
            }
        }
        let known = self.order_owner.len();
        for (line, order, date) in later {
            let account = self.book.account.get(line).copied().unwrap_or_default();
            self.key.clear();
            self.key.push_str(self.book.order_names.name(order));
            let _ = write!(self.key, "\u{1f}{account}\u{1f}{}", date.year());
            let id = self.owned(account);
            if let Some(order) = self.book.order.get_mut(line) {
                *order = id;
            }
        }
        let new = self.order_owner.len() - known;
        self.counts.rules_add(Rule::Restarted, new as u64);
    }
}

impl Reader {
    /// Whether its orders are numbered as invoices are.
    fn numbers_invoices(&self) -> bool {
        let column = self.column(Role::Order);
        let header = column.and_then(|at| self.headers.get(at as usize));
        self.system.is_none() && header.is_some_and(|header| of_invoice(&normalise(header)))
    }
}
