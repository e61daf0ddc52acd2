//! The end of an import: what only the whole of it can tell.
//!
//! In order: discount percentages by file, currencies, repeats and conflicts, refunds, accounts,
//! the lines of each account, the orders of returns, odd dates, coverage, the report.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::build::{Builder, Built, Percent, index};
use super::column::retain;
use super::counts::{Counts, Rule};
use super::names::NONE;
use super::number::Num;
use super::problems::Found;
use super::reading::Reject;
use super::report::ImportReport;
use super::{coverage, currency, repeats, returns};
use crate::base::Date;
use crate::ingest::problem::{Code, Fix, Problem};
use crate::ingest::role::Role;

/// Days in ten years, beyond which a later date is odd.
const TEN_YEARS: i32 = 3653;
/// Accounts that were spelled in several ways and are named in the report.
const NAMED: usize = 5;

impl Builder {
    /// Ends the import.
    pub fn finish(mut self) -> Built {
        self.end_file();
        let mut keep = vec![true; self.book.len()];
        let (currencies, rates_needed) = currency::settle(&mut self, &mut keep);
        repeats::drop(&mut self, &mut keep);
        self.compact(&keep);
        drop(keep);
        let mut notes = self.settle_accounts();
        self.add_refunds();
        self.book.order_by_account();
        returns::link(&mut self.book, &mut self.counts);
        self.book.fit();
        self.odd_dates();
        let rows = self.counts.in_book();
        self.book.coverage = coverage::of(&self.book);
        notes.splice(0..0, self.counts.notes());
        notes.extend(self.shared_numbers());
        let report = ImportReport {
            read: self.counts.read,
            in_book: rows,
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

    /// Turns the discount percentages of the file that ends into amounts.
    pub(super) fn end_file(&mut self) {
        let lines = self.book.len();
        let percent = std::mem::take(&mut self.percent);
        self.percent.from = lines;
        if percent.values.is_empty() {
            return;
        }
        let mut discounts: Vec<(usize, Num)> = Vec::new();
        let mut net: Vec<(usize, Num)> = Vec::new();
        for line in percent.from..lines {
            let Some(share) = percent.share(line) else {
                continue;
            };
            let gross = percent.gross.binary_search(&index(line)).is_ok();
            match self.book.discounted(line, share, gross) {
                Some((discount, revenue)) => {
                    discounts.push((line, discount));
                    if gross {
                        net.push((line, revenue));
                    }
                }
                None => continue,
            }
            self.counts.rule(Rule::Percent);
        }
        replace(self.book.amounts_mut(Measure::Discount), lines, &discounts);
        replace(self.book.amounts_mut(Measure::Revenue), lines, &net);
    }

    /// Rejects a line that is in the columns already: its cells are written again from them.
    pub(super) fn reject_late(
        &mut self,
        line: usize,
        reject: &Reject,
        expected: &str,
        fixes: Vec<Fix>,
    ) {
        self.counts.rejected += 1;
        let (file, file_line) = self.book.place(line);
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
            fixes,
            same: if reject.code == Code::Conflict {
                String::new()
            } else {
                reject.found.clone()
            },
        });
        let account = self.book.account.get(line).copied().unwrap_or(NONE);
        let account = self.matcher.spelling(account).to_owned();
        let Some(reader) = self.readers.iter().find(|reader| reader.file == file) else {
            return;
        };
        let cells: Vec<String> = reader
            .roles()
            .map(|role| role.map_or_else(String::new, |role| self.book.cell(role, line, &account)))
            .collect();
        self.rejected.add(
            file,
            reader.headers.iter().map(String::as_str),
            u64::from(file_line),
            cells.iter().map(String::as_str),
            &Counts::reason(reject),
        );
    }

    /// Closes the gaps of rejected lines and repeats.
    fn compact(&mut self, keep: &[bool]) {
        if keep.iter().all(|kept| *kept) {
            return;
        }
        self.book.keep(keep);
        self.refunded.keep(keep);
    }

    /// Numbers the accounts that have lines, and says which were spelled in several ways.
    fn settle_accounts(&mut self) -> Vec<String> {
        let mut used = vec![0_u32; self.matcher.len()];
        for account in &self.book.account {
            if let Some(lines) = used.get_mut(*account as usize) {
                *lines = lines.saturating_add(1);
            }
        }
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

    /// Refunds become returns on their order, at most as large as its revenue.
    fn add_refunds(&mut self) {
        if self.refunded.is_empty() {
            return;
        }
        let lines = self.book.len();
        let mut left: Vec<(u32, Num)> = Vec::new();
        let mut wanted: Vec<u32> = Vec::new();
        for line in 0..lines {
            if self.refunded.has(line) {
                wanted.push(self.book.order.get(line).copied().unwrap_or(NONE));
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        left.extend(wanted.iter().map(|order| (*order, Num::ZERO)));
        for line in 0..lines {
            let order = self.book.order.get(line).copied().unwrap_or(NONE);
            if let Ok(at) = left.binary_search_by_key(&order, |(o, _)| *o)
                && let (Some((_, sum)), Some(revenue)) =
                    (left.get_mut(at), self.book.amount(Measure::Revenue, line))
            {
                *sum = sum.plus(revenue).unwrap_or(*sum);
            }
        }
        for line in 0..lines {
            let Some(refund) = self.refunded.get(line) else {
                continue;
            };
            let order = self.book.order.get(line).copied().unwrap_or(NONE);
            let Ok(at) = left.binary_search_by_key(&order, |(o, _)| *o) else {
                continue;
            };
            let Some((_, rest)) = left.get_mut(at) else {
                continue;
            };
            let refund = refund.abs();
            let over = refund.minus(*rest).is_some_and(|d| d.mantissa() > 0);
            let amount = if over { *rest } else { refund };
            if over {
                self.counts.rule(Rule::RefundsCapped);
            }
            if amount.mantissa() <= 0 {
                continue;
            }
            *rest = rest.minus(amount).unwrap_or(Num::ZERO);
            self.counts.rule(Rule::Refunds);
            self.book.push_refund(line, amount.neg());
        }
    }

    /// Warns of dates before 1970 and of those ten years after the file's median, and finds the
    /// last day that counts.
    fn odd_dates(&mut self) {
        let dates = &self.book.dates;
        let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
            return;
        };
        self.book.last = Some(*last);
        let epoch = Date::from_days(0);
        if *first >= epoch && last.days_since(*first) <= TEN_YEARS {
            return;
        }
        let mut sorted: Vec<Date> = dates.clone();
        let middle = sorted.len() / 2;
        let (_, median, _) = sorted.select_nth_unstable(middle);
        let limit = median.plus_days(TEN_YEARS);
        self.book.last = dates.iter().filter(|d| **d <= limit).max().copied();
        let odd: Vec<(usize, Date)> = dates
            .iter()
            .enumerate()
            .filter(|(_, d)| **d > limit || **d < epoch)
            .map(|(line, d)| (line, *d))
            .collect();
        for (line, date) in odd {
            let (file, file_line) = self.book.place(line);
            let column = self
                .readers
                .iter()
                .find(|r| r.file == file)
                .and_then(|r| r.column(Role::Date));
            self.problems.add(Found {
                problem: Problem {
                    code: Code::OddDate,
                    file,
                    row: u64::from(file_line),
                    column,
                    role: Some(Role::Date),
                    found: date.to_string(),
                },
                expected: format!(
                    "a date from 1970 to {limit}; later ones are not counted until they are mended"
                ),
                rejected: false,
                fixes: column
                    .map(|column| Fix::Replace {
                        column,
                        found: date.to_string(),
                        with: String::new(),
                    })
                    .into_iter()
                    .chain([Fix::LeaveOut])
                    .collect(),
                same: String::new(),
            });
        }
    }

    /// Says how many order numbers occur in more than one source.
    fn shared_numbers(&self) -> Option<String> {
        let names = &self.book.order_names;
        let shared = names
            .iter()
            .filter(|key| key.starts_with(|c| c >= super::book::SOURCE_MARK))
            .filter(|key| names.find(super::book::shown_order(key)).is_some())
            .count();
        (shared > 0).then(|| {
            format!(
                "{shared} order numbers occur in files of different systems; they are counted as \
                 different orders: leave one file out if they are the same"
            )
        })
    }
}

impl Percent {
    /// A line's discount as a share: 12 is 12 %, and 0.12 too unless the file has values above 1.
    fn share(&self, line: usize) -> Option<Num> {
        let value = self.values.get(line)?.abs();
        if self.above_one {
            value.over(Num::small(100, 0))
        } else {
            Some(value)
        }
    }
}

impl OrderBook {
    /// The discount and net revenue of a line whose discount is a share.
    fn discounted(&self, line: usize, share: Num, gross: bool) -> Option<(Num, Num)> {
        let revenue = self.amount(Measure::Revenue, line)?;
        if gross {
            let discount = revenue.times(share)?;
            return Some((discount, revenue.minus(discount)?));
        }
        if self.amounts(Measure::Discount).has(line) {
            return None;
        }
        let quantity = self.amount(Measure::Quantity, line);
        let price = self.amount(Measure::Price, line);
        if let (Some(quantity), Some(price)) = (quantity, price) {
            let list = quantity.times(price)?;
            if list != revenue && list.is_negative() == revenue.is_negative() {
                let off = list.minus(revenue)?;
                if off.is_negative() == list.is_negative() {
                    return Some((off, revenue));
                }
            }
        }
        let rest = Num::small(1, 0).minus(share)?;
        (rest.mantissa() > 0)
            .then(|| revenue.times(share)?.over(rest))
            .flatten()
            .map(|d| (d, revenue))
    }

    fn keep(&mut self, keep: &[bool]) {
        retain(&mut self.dates, keep);
        retain(&mut self.kinds, keep);
        retain(&mut self.account, keep);
        retain(&mut self.order, keep);
        retain(&mut self.file_line, keep);
        self.file.keep(keep);
        for attr in Attr::ALL {
            self.text_mut(attr).ids.keep(keep);
        }
        for measure in Measure::ALL {
            self.amounts_mut(measure).keep(keep);
        }
        let mut next = 0_u32;
        let moved: Vec<u32> = keep
            .iter()
            .map(|kept| {
                let at = next;
                next += u32::from(*kept);
                if *kept { at } else { NONE }
            })
            .collect();
        for summary in &mut self.summaries {
            summary.line = moved.get(summary.line as usize).copied().unwrap_or(NONE);
        }
        self.summaries.retain(|summary| summary.line != NONE);
    }

    /// Adds a refund of a line's order as a return, at the end of the book.
    fn push_refund(&mut self, line: usize, amount: Num) {
        let at = self.len();
        let copy = |column: &[u32]| column.get(line).copied().unwrap_or(NONE);
        let (account, order, file_line) = (
            copy(&self.account),
            copy(&self.order),
            copy(&self.file_line),
        );
        let date = self.dates.get(line).copied().unwrap_or_default();
        self.dates.push(date);
        self.kinds.push(LineKind::Return);
        self.account.push(account);
        self.order.push(order);
        self.file_line.push(file_line);
        let file = self.file.get(line);
        self.file.push(at, file);
        for attr in Attr::ALL {
            let ids = &mut self.text_mut(attr).ids;
            let id = ids.get(line);
            ids.push(at, id);
        }
        self.amounts_mut(Measure::Revenue).push(at, Some(amount));
    }

    /// Sorts the lines by account and day: counting by account, then within each where needed.
    fn order_by_account(&mut self) {
        let accounts = self.account_names.len();
        let mut starts = vec![0_u32; accounts.saturating_add(1)];
        for account in &self.account {
            if let Some(count) = starts.get_mut((*account as usize).saturating_add(1)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut by_account = vec![0_u32; self.account.len()];
        for (line, account) in (0_u32..).zip(&self.account) {
            if let Some(place) = next.get_mut(*account as usize) {
                if let Some(slot) = by_account.get_mut(*place as usize) {
                    *slot = line;
                }
                *place += 1;
            }
        }
        let dates = &self.dates;
        let day = |line: &u32| dates.get(*line as usize).copied().unwrap_or_default();
        if !dates.is_sorted() {
            for bounds in starts.windows(2) {
                let [start, end] = *bounds else { continue };
                if let Some(lines) = by_account.get_mut(start as usize..end as usize)
                    && !lines.is_sorted_by_key(day)
                {
                    lines.sort_by_key(day);
                }
            }
        }
        self.by_account = by_account;
        self.starts = starts;
    }

    /// Gives back memory that was reserved for lines that did not come.
    fn fit(&mut self) {
        let lines = self.len();
        if self.dates.capacity() > lines + lines / 4 {
            self.dates.shrink_to_fit();
            self.kinds.shrink_to_fit();
            self.account.shrink_to_fit();
            self.order.shrink_to_fit();
            self.file_line.shrink_to_fit();
            for attr in Attr::ALL {
                self.text_mut(attr).ids.shrink();
            }
            for measure in Measure::ALL {
                self.amounts_mut(measure).shrink();
            }
        }
    }

    /// How many orders have something sold; a summary counts for the orders it says.
    fn sold_orders(&self) -> u64 {
        let mut seen = vec![false; self.order_count()];
        let mut count = 0;
        for (order, kind) in self.order.iter().zip(&self.kinds) {
            if *kind == LineKind::Sale
                && let Some(seen) = seen.get_mut(*order as usize)
                && !*seen
            {
                *seen = true;
                count += 1;
            }
        }
        count
            + self
                .summaries
                .iter()
                .map(|s| u64::from(s.orders))
                .sum::<u64>()
    }

    /// The first and the last day that counts.
    pub fn span(&self) -> Option<(Date, Date)> {
        let first = self.dates.iter().min()?;
        let summaries = self.summaries.iter().map(|s| s.first).min();
        let first = summaries.map_or(*first, |s| s.min(*first));
        Some((first, self.last?))
    }

    /// A line's value of a role, as text for the list of rejected rows.
    fn cell(&self, role: Role, line: usize, account: &str) -> String {
        let measure = |m| {
            self.amount(m, line)
                .map_or_else(String::new, |v| v.to_money().to_string())
        };
        let name = |a| self.name(a, line).to_owned();
        match role {
            Role::Account => account.to_owned(),
            Role::Order => {
                let order = self.order.get(line).copied().unwrap_or(NONE);
                self.order_name(order).to_owned()
            }
            Role::Date | Role::LastDate => self
                .dates
                .get(line)
                .map_or_else(String::new, ToString::to_string),
            Role::Quantity => measure(Measure::Quantity),
            Role::Price => measure(Measure::Price),
            Role::Revenue => measure(Measure::Revenue),
            Role::Discount => measure(Measure::Discount),
            Role::Rebates => measure(Measure::Rebates),
            Role::Freight => measure(Measure::Freight),
            Role::Cost => measure(Measure::Cost),
            Role::Tooling => measure(Measure::Tooling),
            Role::Parent => name(Attr::Parent),
            Role::Site => name(Attr::Site),
            Role::Item => name(Attr::Item),
            Role::Currency => name(Attr::Currency),
            Role::Segment => name(Attr::Segment),
            Role::Salesperson => name(Attr::Salesperson),
            Role::Partner => name(Attr::Partner),
            Role::Stream => name(Attr::Stream),
            Role::Status => name(Attr::Status),
            Role::Process => name(Attr::Process),
            Role::Machine => name(Attr::Machine),
            Role::Material => name(Attr::Material),
            _ => String::new(),
        }
    }
}

/// Puts new values in place of some lines' values; `new` is sorted by line.
fn replace(column: &mut super::column::Amounts, lines: usize, new: &[(usize, Num)]) {
    if new.is_empty() {
        return;
    }
    let mut new = new.iter().peekable();
    column.change(lines, |line, old| {
        match new.next_if(|(at, _)| *at == line) {
            Some((_, value)) => Some(*value),
            None => old,
        }
    });
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .take(3)
        .map(|name| format!("{name:?}"))
        .collect();
    names.join(", ")
}
