//! Discounts given as percentages: only the whole column says whether 0.12 is 12 % or 0.12 %.

use super::book::{Measure, OrderBook};
use super::build::{Builder, Percent};
use super::column::Amounts;
use super::counts::Rule;
use super::number::Num;
use super::push::index;

impl Builder {
    /// Turns the discount percentages of the file that ends into amounts.
    pub(super) fn settle_percentages(&mut self) {
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
