//! What only a whole column says: whether a discount of 0.12 is 12 % or 0.12 %, and whether costs are
//! written as what goes out, below zero.

use super::book::{Measure, OrderBook};
use super::build::{Builder, Percent};
use super::column::Amounts;
use super::counts::Rule;
use super::number::Num;
use super::push::index;

impl Builder {
    /// Costs of the file that ends count by their size where those of all sales are negative.
    pub(super) fn settle_costs(&mut self) {
        let (from, lines) = (self.first_line, self.book.len());
        let book = &self.book;
        let cost = |line: usize| book.amount(Measure::Cost, line).filter(|c| !c.is_zero());
        let credit = |line: usize| {
            let revenue = book.amount(Measure::Revenue, line);
            revenue.is_none_or(Num::is_negative)
        };
        if book.amounts(Measure::Cost).is_empty() {
            return;
        }
        let mut sold = (from..lines)
            .filter(|l| !credit(*l))
            .filter_map(cost)
            .peekable();
        if sold.peek().is_none() || !sold.all(Num::is_negative) {
            return;
        }
        let signed = |line: usize| {
            let size = cost(line)?.abs();
            Some((line, if credit(line) { size.neg() } else { size }))
        };
        let costs: Vec<(usize, Num)> = (from..lines).filter_map(signed).collect();
        self.counts.rules_add(Rule::CostSize, costs.len() as u64);
        replace(self.book.amounts_mut(Measure::Cost), lines, &costs);
    }

    /// Turns the discount percentages of the file that ends into amounts.
    pub(super) fn settle_percentages(&mut self) {
        let lines = self.book.len();
        let percent = std::mem::take(&mut self.percent);
        if percent.values.is_empty() {
            return;
        }
        let mut discounts: Vec<(usize, Num)> = Vec::new();
        let mut net: Vec<(usize, Num)> = Vec::new();
        for line in self.first_line..lines {
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
}

impl Percent {
    /// A line's discount as a share: 12 is 12 %, and 0.12 too unless the file says that its values
    /// are hundredths.
    fn share(&self, line: usize) -> Option<Num> {
        let value = self.values.get(line)?.abs();
        if self.hundredths {
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
            // The amount of the same discount is taken off already: stated beside the percentage, or as
            // a price of the list above the price.
            if let Some(off) = self.amount(Measure::Discount, line) {
                let same = revenue.plus(off)?.times(share)?.minus(off)?.abs();
                let quarter = off.abs().over(Num::small(4, 0))?;
                if !off.is_zero() && !quarter.minus(same)?.is_negative() {
                    return None;
                }
            }
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
}

/// Puts new values in place of some lines' values; `new` is sorted by line.
pub(super) fn replace(column: &mut Amounts, lines: usize, new: &[(usize, Num)]) {
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
