//! The end of an import: what only the whole of it can tell.
//!
//! In order: discount percentages by file, repeats and conflicts, currencies, orders that two systems
//! have, refunds, accounts,
//! the lines of each account, what one source lacks, the orders of returns, odd dates, coverage, the report.

use std::rc::Rc;

use super::book::Merged;
use super::build::{Builder, Built, ON_PURPOSE};
use super::counts::{Counts, Rule};
use super::names::NONE;
use super::problems::Found;
use super::push::TEXT_KEY;
use super::reading::{Reader, Reject};
use super::report::ImportReport;
use super::{coverage, currency, repeats, returns, sources};
use crate::base::order::sort_by;
use crate::base::parts::in_parts;
use crate::ingest::problem::{Code, Fix, Problem};
use crate::ingest::role::Role;

/// Accounts that were spelled in several ways and are named in the report.
const NAMED: usize = 5;

impl Builder {
    /// Ends the import.
    #[inline(never)]
    pub fn finish(mut self) -> Built {
        self.end_file();
        let mut keep = vec![true; self.book.len()];
        self.leave_out_order_rows(&mut keep);
        self.reject_footers(&mut keep);
        self.leave_out_charges(&mut keep);
        self.leave_out_cancelled(&mut keep);
        self.leave_out_returned(&mut keep);
        self.leave_out_invoiced(&mut keep);
        // Conflicts are listed with the amounts as written, so they come before the conversion.
        repeats::drop(&mut self, &mut keep);
        let (currencies, rates_needed) = currency::settle(&mut self, &mut keep);
        let shared = self.share(&mut keep);
        self.compact(&keep);
        drop(keep);
        let in_book = self.book.len() as u64;
        let mut notes = self.settle_accounts();
        self.add_refunds();
        self.book.order_by_account();
        returns::turn_credit_numbers(&mut self.book, &mut self.counts);
        self.book.merged = Rc::new(Merged {
            shared,
            unmatched: sources::compare(&self.book, &self.file_sources),
        });
        returns::link(&mut self.book, &mut self.counts);
        self.book.fit();
        self.odd_dates();
        self.book.coverage = coverage::of(&self.book);
        let summed = self.book.summed_accounts();
        self.counts.rules_add(Rule::Summaries, summed);
        notes.splice(0..0, self.counts.notes());
        let mut quirks: Vec<&str> = self.readers.iter().map(|r| r.quirks.note).collect();
        sort_by(&mut quirks, Ord::cmp);
        quirks.dedup();
        notes.extend(
            quirks
                .into_iter()
                .filter(|note| !note.is_empty())
                .map(str::to_owned),
        );
        let report = ImportReport {
            read: self.counts.read,
            in_book,
            rejected: self.counts.rejected,
            structure: self.counts.structure_rows(),
            repeats: self.counts.repeats,
            no_order: self.counts.no_order_rows(),
            left_out: self.counts.left_out(),
            problems: self.problems.finish(),
            notes,
            accounts: self.book.account_names.len() as u64,
            orders: self.book.sold_orders(),
            span: self.book.span(),
            currencies,
            rates_needed,
            coverage: self.book.coverage.clone(),
        };
        Built {
            book: self.book,
            report,
            rejected: self.rejected,
        }
    }

    #[inline(never)]
    fn reject_footers(&mut self, keep: &mut [bool]) {
        for line in std::mem::take(&mut self.footers) {
            if let Some(kept) = keep.get_mut(line).filter(|kept| **kept) {
                *kept = false;
                let reject = Reject::missing(Code::MissingAccount, Role::Account);
                let expected = "an order, a day or a customer: the last row of the file has none, as a \
                                sum or a note has";
                self.reject_late(line, &reject, expected, Vec::new());
            }
        }
    }

    /// Rejects a line that is in the columns already: its cells are written again from them.
    pub(super) fn reject_late(
        &mut self,
        line: usize,
        reject: &Reject,
        expected: &str,
        mut fixes: Vec<Fix>,
    ) {
        let (file, file_line) = self.book.place(line);
        let Some(reader) = Reader::of(&self.readers, file) else {
            return;
        };
        if reader.drops(reject) {
            self.counts.no_order(ON_PURPOSE);
            return;
        }
        self.counts.rejected += 1;
        self.problems.add(Found {
            problem: Problem {
                code: reject.code,
                file,
                row: u64::from(file_line),
                column: reject.column,
                role: reject.role,
                found: reject.found.clone(),
            },
            expected: expected.to_owned(),
            rejected: true,
            fixes: {
                fixes.push(reject.drop());
                fixes
            },
            same: if reject.code == Code::Conflict {
                String::new()
            } else {
                reject.found.clone()
            },
        });
        let account = self.book.account.get(line).copied().unwrap_or(NONE);
        let account = self.matcher.spelling(account).to_owned();
        let cells: Vec<String> = reader
            .roles()
            .map(|role| match role {
                Some(Role::Line) => self.line_key(line),
                Some(Role::Email) if !reader.has(Role::Account) => address(&account),
                Some(Role::Total) if reader.has(Role::Revenue) => String::new(),
                Some(Role::Revenue) if reject.code == Code::MissingAmount => String::new(),
                Some(role) => self.book.cell(role, line, &account),
                None => String::new(),
            })
            .collect();
        self.rejected.add(
            file,
            reader.headers.iter().map(String::as_str),
            u64::from(file_line),
            cells.iter().map(String::as_str),
            &Counts::reason(reject),
        );
    }

    /// A line's number as written.
    fn line_key(&self, line: usize) -> String {
        match self.line_keys.get(line) {
            NONE => String::new(),
            key if key & TEXT_KEY != 0 => self.line_names.name(key ^ TEXT_KEY).to_owned(),
            key => key.to_string(),
        }
    }

    /// Closes the gaps of rejected lines and repeats.
    #[inline(never)]
    fn compact(&mut self, keep: &[bool]) {
        if keep.iter().all(|kept| *kept) {
            return;
        }
        self.book.keep(keep);
        self.refunded.keep(keep);
    }

    /// Numbers the accounts that have lines, and says which were spelled in several ways.
    #[inline(never)]
    fn settle_accounts(&mut self) -> Vec<String> {
        let mut used = vec![0_u32; self.matcher.len()];
        in_parts(self.book.len(), &mut |part| {
            for account in self.book.account.get(part).unwrap_or_default() {
                if let Some(lines) = used.get_mut(*account as usize) {
                    *lines = lines.saturating_add(1);
                }
            }
        });
        let matched = std::mem::take(&mut self.matcher).finish(&used);
        if let Some(moved) = matched.moved {
            for account in &mut self.book.account {
                *account = moved.get(*account as usize).copied().unwrap_or(NONE);
            }
        }
        self.book.account_names = matched.names;
        let count = matched.merged.len();
        let mut notes: Vec<String> = matched
            .merged
            .into_iter()
            .take(NAMED)
            .map(|(name, others)| format!("{name:?} is one account with {}", quoted(&others)))
            .collect();
        if count > NAMED {
            notes.push(format!(
                "{} more accounts were spelled in several ways",
                count - NAMED
            ));
        }
        notes
    }
}

/// An e-mail address of an account that is known by one, or by the domain of one.
fn address(account: &str) -> String {
    let at = if account.contains('@') { "" } else { "@" };
    format!("{at}{account}")
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .take(3)
        .map(|name| format!("{name:?}"))
        .collect();
    names.join(", ")
}
