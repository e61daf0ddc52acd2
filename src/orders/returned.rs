//! Orders that came back, as their status says: `Returned`, `Retourniert`.
//!
//! In: lines with such a status and a positive amount, which were made negative. Out: where the sale is
//! a line of its own, of the same order and item, they stay as its return. Else the line is the sale
//! itself: nothing was sold in the end, and it is left out.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::build::Builder;
use super::names::NONE;
use super::number::Num;
use crate::base::order::sort_by;

/// What was sold: the order, the item, and the line.
type Sold = (u32, u32, usize);

impl OrderBook {
    fn sold(&self, line: usize) -> Sold {
        let order = self.order.get(line).copied().unwrap_or(NONE);
        (order, self.text(Attr::Item).ids.get(line), line)
    }
}

impl Builder {
    /// Leaves out sales that came back, where the sale does not stand elsewhere.
    #[inline(never)]
    pub(super) fn leave_out_returned(&mut self, keep: &mut [bool]) {
        let returned = std::mem::take(&mut self.returned);
        if returned.is_empty() {
            return;
        }
        let book = &self.book;
        let mut back: Vec<Sold> = returned.into_iter().map(|line| book.sold(line)).collect();
        sort_by(&mut back, Ord::cmp);
        let mut sales = vec![false; back.len()];
        let revenue = |line: usize| book.amount(Measure::Revenue, line).unwrap_or(Num::ZERO);
        for (line, kept) in keep.iter().enumerate() {
            if !*kept || book.kinds.get(line) != Some(&LineKind::Sale) {
                continue;
            }
            let (order, item, _) = book.sold(line);
            let from = back.partition_point(|(other, ..)| *other < order);
            let same = back.iter().zip(&mut sales).skip(from);
            for ((_, _, own), found) in same
                .take_while(|((other, ..), _)| *other == order)
                .filter(|((_, other, _), _)| *other == item)
            {
                let rest = revenue(line).plus(revenue(*own));
                *found |= rest.is_some_and(|rest| !rest.is_negative());
            }
        }
        for ((.., line), found) in back.iter().zip(sales) {
            if let Some(kept) = keep.get_mut(*line).filter(|kept| **kept && !found) {
                *kept = false;
                self.counts.no_order("orders that came back");
            }
        }
    }
}
