//! Amounts given back in a column of the order become returns of that order.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::build::Builder;
use super::counts::Rule;
use super::names::NONE;
use super::number::Num;

impl Builder {
    /// Refunds become returns on their order, at most as large as its revenue.
    #[inline(never)]
    pub(super) fn add_refunds(&mut self) {
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
}

impl OrderBook {
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
}
