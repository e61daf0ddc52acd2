//! Lines put right by what their file says of the whole order ([`Whole`]): a discount on the order
//! is spread over its lines, and tax that the lines' amounts contain is taken off.
//!
//! In: for each line of a file the order's amount and the line's tax, as far as stated. Out: net
//! revenue, discount and price of the lines. An order whose lines do not fit what is said of it stays
//! as it is.

use super::book::{LineKind, Measure, OrderBook};
use super::build::Builder;
use super::column::Amounts;
use super::counts::Rule;
use super::names::NONE;
use super::number::Num;
use super::percent::replace;
use super::push::index;
use super::reading::Reader;
use crate::ingest::row::Row;

/// What a file says of its orders, by line.
#[derive(Debug, Default)]
pub(super) struct Stated {
    totals: Amounts,
    taxes: Amounts,
    /// The first line of the file.
    from: usize,
}

/// New amounts of lines, by line in rising order.
#[derive(Debug, Default)]
struct Changed {
    revenue: Vec<(usize, Num)>,
    discount: Vec<(usize, Num)>,
    price: Vec<(usize, Num)>,
}

/// How an order's lines and its total are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tax {
    Contained,
    Apart,
    Unclear,
}

impl Stated {
    /// Keeps what a row says of its order.
    pub fn take(&mut self, reader: &Reader, row: &Row<'_>, line: usize) {
        if let Some(whole) = reader.whole {
            self.totals.push(line, reader.stated(row, whole.total));
            let tax = whole.tax.and_then(|tax| reader.stated(row, tax));
            self.taxes.push(line, tax);
        }
    }
}

impl Builder {
    /// Puts the lines of the file that ends right by what it says of their orders.
    #[inline(never)]
    pub(super) fn settle_whole(&mut self) {
        let lines = self.book.len();
        let stated = std::mem::take(&mut self.stated);
        self.stated.from = lines;
        if stated.totals.is_empty() {
            return;
        }
        let has_tax = self.readers.last().and_then(|r| r.whole?.tax).is_some();
        let sales = (stated.from..lines)
            .filter(|line| has_tax || self.book.kinds.get(*line) == Some(&LineKind::Sale));
        let order = |line: usize| self.book.order.get(line).copied().unwrap_or(NONE);
        let mut by_order: Vec<(u32, u32)> = sales.map(|l| (order(l), index(l))).collect();
        by_order.sort_unstable();
        let orders: Vec<Vec<usize>> = by_order
            .chunk_by(|a, b| a.0 == b.0)
            .map(|lines| lines.iter().map(|(_, line)| *line as usize).collect())
            .collect();
        let mut changed = Changed::default();
        let used = if has_tax {
            changed.without_tax(&self.book, &orders, &stated);
            self.counts
                .rules_add(Rule::TaxTaken, changed.revenue.len() as u64);
            changed.revenue.len()
        } else {
            let spread = orders
                .iter()
                .filter(|lines| changed.spread(&self.book, lines, &stated).is_some());
            let spread = spread.count();
            self.counts.rules_add(Rule::OrderDiscounts, spread as u64);
            spread
        };
        if used == 0 {
            return;
        }
        for (measure, mut new) in [
            (Measure::Revenue, changed.revenue),
            (Measure::Discount, changed.discount),
            (Measure::Price, changed.price),
        ] {
            new.sort_unstable_by_key(|(line, _)| *line);
            replace(self.book.amounts_mut(measure), lines, &new);
        }
    }
}

impl Changed {
    /// Spreads what the lines of an order exceed its net amount by over them, by their amounts; cents
    /// that are left over go to the largest.
    fn spread(&mut self, book: &OrderBook, lines: &[usize], stated: &Stated) -> Option<()> {
        let total = lines.iter().find_map(|line| stated.totals.get(*line))?;
        let revenues = revenues(book, lines)?;
        let sum = sum(revenues.iter().map(|(_, revenue)| *revenue))?;
        let off = sum.minus(total)?;
        let scale = off.scale().max(2);
        let (off, whole) = (off.at(scale)?, sum.at(scale)?);
        if off <= 0 || total.is_negative() {
            return None;
        }
        let mut left = off;
        let mut shares: Vec<(usize, i128, i128)> = Vec::with_capacity(revenues.len());
        for (line, revenue) in revenues {
            let revenue = revenue.at(scale)?;
            let share = off.checked_mul(revenue)?.checked_div(whole)?;
            left -= share;
            shares.push((line, revenue, share));
        }
        if let Some((_, _, share)) = shares.iter_mut().max_by_key(|(_, revenue, _)| *revenue) {
            *share += left;
        }
        for (line, revenue, share) in shares {
            let before = book.amount(Measure::Discount, line).unwrap_or(Num::ZERO);
            let discount = before.plus(Num::new(share, scale)?)?;
            self.revenue.push((line, Num::new(revenue - share, scale)?));
            self.discount.push((line, discount));
        }
        Some(())
    }

    /// Takes tax off the lines of orders that contain it. An order that does not tell follows the
    /// others of its file.
    fn without_tax(&mut self, book: &OrderBook, orders: &[Vec<usize>], stated: &Stated) {
        let found: Vec<Tax> = orders.iter().map(|l| tax_of(book, l, stated)).collect();
        let count = |tax: Tax| found.iter().filter(|found| **found == tax).count();
        let mostly = count(Tax::Contained) > count(Tax::Apart);
        for (lines, tax) in orders.iter().zip(&found) {
            if *tax == Tax::Contained || (*tax == Tax::Unclear && mostly) {
                for line in lines {
                    let _ = self.untaxed(book, *line, stated);
                }
            }
        }
    }

    fn untaxed(&mut self, book: &OrderBook, line: usize, stated: &Stated) -> Option<()> {
        let tax = stated.taxes.get(line).filter(|tax| !tax.is_zero())?.abs();
        let gross = book.amount(Measure::Revenue, line)?;
        let net = gross.abs().minus(tax).filter(|net| !net.is_negative())?;
        let less = |value: Num| Some(value.times(net)?.over(gross.abs())?.shortest());
        let signed = if gross.is_negative() { net.neg() } else { net };
        self.revenue.push((line, signed));
        for (measure, new) in [
            (Measure::Discount, &mut self.discount),
            (Measure::Price, &mut self.price),
        ] {
            let value = book.amount(measure, line).and_then(less);
            new.extend(value.map(|value| (line, value)));
        }
        Some(())
    }
}

/// Whether the lines of an order contain their tax; sums may differ by a cent a line.
fn tax_of(book: &OrderBook, lines: &[usize], stated: &Stated) -> Tax {
    let told = || {
        let total = lines.iter().find_map(|line| stated.totals.get(*line))?;
        let amounts = revenues(book, lines)?;
        let amount = sum(amounts.into_iter().map(|(_, amount)| amount))?;
        let tax = sum(lines.iter().filter_map(|line| stated.taxes.get(*line)))?;
        let most = Num::small(i64::try_from(lines.len()).ok()?, 2);
        let near = |a: Num, b: Num| {
            let apart = a.abs().minus(b.abs())?.abs().minus(most)?;
            Some(apart.mantissa() <= 0)
        };
        let contained = near(amount, total)?;
        let apart = near(amount.abs().plus(tax.abs())?, total)?;
        Some(match (contained, apart) {
            (true, false) => Tax::Contained,
            (false, true) => Tax::Apart,
            _ => Tax::Unclear,
        })
    };
    told().unwrap_or(Tax::Unclear)
}

/// The lines' revenue; `None` where a line has none.
fn revenues(book: &OrderBook, lines: &[usize]) -> Option<Vec<(usize, Num)>> {
    let revenue = |line: &usize| Some((*line, book.amount(Measure::Revenue, *line)?));
    lines.iter().map(revenue).collect()
}

fn sum(amounts: impl Iterator<Item = Num>) -> Option<Num> {
    amounts.into_iter().try_fold(Num::ZERO, Num::plus)
}
