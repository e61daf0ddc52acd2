//! The book at its end: lines taken out, lines by account, memory given back.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::column::retain;
use super::facts::Fact;
use super::names::NONE;
use super::number::Num;
use crate::base::Date;
use crate::base::parts::{in_parts, range};
use crate::ingest::role::Role;

impl OrderBook {
    pub(super) fn keep(&mut self, keep: &[bool]) {
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
        self.facts.keep(keep);
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

    /// Sorts the lines by account and day: counting by account, then within each where needed.
    #[inline(never)]
    pub(super) fn order_by_account(&mut self) {
        let accounts = self.account_names.len();
        let mut starts = vec![0_u32; accounts.saturating_add(1)];
        in_parts(self.account.len(), &mut |part| {
            for account in self.account.get(part).unwrap_or_default() {
                if let Some(count) = starts.get_mut((*account as usize).saturating_add(1)) {
                    *count += 1;
                }
            }
        });
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut by_account = vec![0_u32; self.account.len()];
        let mut line = 0_u32;
        in_parts(self.account.len(), &mut |part| {
            for account in self.account.get(part).unwrap_or_default() {
                if let Some(place) = next.get_mut(*account as usize) {
                    if let Some(slot) = by_account.get_mut(*place as usize) {
                        *slot = line;
                    }
                    *place += 1;
                }
                line += 1;
            }
        });
        let dates = &self.dates;
        let day = |line: &u32| dates.get(*line as usize).copied().unwrap_or_default();
        if !dates.is_sorted() {
            let key = |line: &u32| i64::from(day(line).days()).cast_unsigned() ^ (1 << 63);
            let mut keyed: Vec<(u64, u32)> = Vec::new();
            for bounds in starts.windows(2) {
                let [start, end] = *bounds else { continue };
                if let Some(lines) = by_account.get_mut(start as usize..end as usize)
                    && !lines.is_sorted_by_key(day)
                {
                    // Lines stand in order, so equal days keep theirs.
                    keyed.clear();
                    keyed.extend(lines.iter().map(|line| (key(line), *line)));
                    keyed.sort_unstable();
                    for (place, (_, line)) in lines.iter_mut().zip(&keyed) {
                        *place = *line;
                    }
                }
            }
        }
        self.by_account = by_account;
        self.starts = starts;
    }

    /// Gives back memory that was reserved for lines that did not come.
    #[inline(never)]
    pub(super) fn fit(&mut self) {
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
            self.facts.shrink();
        }
    }

    /// How many orders have something sold; a summary counts for the orders it says.
    #[inline(never)]
    pub(super) fn sold_orders(&self) -> u64 {
        let mut seen = vec![false; self.order_count()];
        let mut count = 0;
        in_parts(self.len(), &mut |part| {
            let orders = self.order.get(part.clone()).unwrap_or_default();
            let kinds = self.kinds.get(part).unwrap_or_default();
            for (order, kind) in orders.iter().zip(kinds) {
                if *kind == LineKind::Sale
                    && let Some(seen) = seen.get_mut(*order as usize)
                    && !*seen
                {
                    *seen = true;
                    count += 1;
                }
            }
        });
        count
            + self
                .summaries
                .iter()
                .map(|s| u64::from(s.orders))
                .sum::<u64>()
    }

    /// The first and the last day that counts.
    pub fn span(&self) -> Option<(Date, Date)> {
        let (first, _) = range(&self.dates)?;
        let summaries = self.summaries.iter().map(|s| s.first).min();
        let first = summaries.map_or(first, |s| s.min(first));
        Some((first, self.last?))
    }

    /// A line's value of a role, as text for the list of rejected rows.
    pub(super) fn cell(&self, role: Role, line: usize, account: &str) -> String {
        let shown =
            |value: Option<Num>| value.map_or_else(String::new, |v| v.to_money().to_string());
        let measure = |m| shown(self.amount(m, line));
        let each = |value: Option<Num>| {
            let pieces = self.amount(Measure::Quantity, line);
            shown(
                value
                    .zip(pieces)
                    .and_then(|(v, n)| Some(v.over(n)?.shortest())),
            )
        };
        let sum = |a, b| {
            let (a, b) = (self.amount(a, line)?, self.amount(b, line));
            Some(b.and_then(|b| a.plus(b)).unwrap_or(a))
        };
        let name = |a| self.name(a, line).to_owned();
        let day = |fact| {
            self.fact_day(fact, line)
                .map_or_else(String::new, |day| day.to_string())
        };
        let number = |fact| {
            self.fact_number(fact, line)
                .map_or_else(String::new, |n| n.to_string())
        };
        match role {
            Role::Delivered => day(Fact::Delivered),
            Role::Paid => day(Fact::Paid),
            Role::PayDays => number(Fact::PayDays),
            Role::TermMonths => number(Fact::TermMonths),
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
            // Where there is no net amount, what it was made of stands for it, without tax.
            Role::Revenue | Role::Total => measure(Measure::Revenue),
            Role::UnitCost => each(self.amount(Measure::Cost, line)),
            Role::ListPrice => each(sum(Measure::Revenue, Measure::Discount)),
            Role::GrossProfit => {
                let revenue = self.amount(Measure::Revenue, line);
                let cost = self.amount(Measure::Cost, line);
                shown(revenue.zip(cost).and_then(|(r, c)| r.minus(c)))
            }
            Role::Discount => measure(Measure::Discount),
            // With its sign, so that nobody takes it for a share.
            Role::DiscountPercent => {
                let discount = self.amount(Measure::Discount, line);
                let list = discount.zip(self.amount(Measure::Revenue, line));
                let percent =
                    list.and_then(|(off, net)| off.times(Num::small(100, 0))?.over(off.plus(net)?));
                percent.map_or_else(String::new, |n| shown(Some(n.shortest())) + "%")
            }
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
