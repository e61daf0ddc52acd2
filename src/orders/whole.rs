//! Lines put right by what their file says of the whole order ([`Whole`]): a discount on the order
//! is spread over its lines, tax that the lines' amounts contain is taken off, and an order's amount
//! that stands on each of its lines counts once.
//!
//! In: for each line of a file the order's amount and the line's tax, as far as stated. Out: net
//! revenue, discount and price of the lines. An order whose lines do not fit what is said of it stays
//! as it is.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::build::Builder;
use super::column::Amounts;
use super::counts::Rule;
use super::names::NONE;
use super::number::Num;
use super::percent::replace;
use super::push::index;
use super::reading::Reader;
use crate::ingest::layout::DecimalMark;
use crate::ingest::row::Row;
use crate::ingest::systems::Whole;

/// Where a file says something of whole orders ([`Whole`]).
#[derive(Debug, Clone, Copy)]
pub(super) struct WholeColumns {
    /// The order's amount.
    pub total: usize,
    /// The tax: the line's, or where `apart` is said the order's.
    pub tax: usize,
    /// The order's shipping and what the customer pays, where the amount is that of the lines alone.
    pub apart: Option<(usize, usize)>,
    /// The discount on the order, where its amount is what is left of what the customer pays.
    pub rest: Option<usize>,
    /// How its amounts are written.
    pub mark: DecimalMark,
}

/// What a file says of its orders, by line.
#[derive(Debug, Default)]
pub(super) struct Stated {
    totals: Amounts,
    taxes: Amounts,
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

impl WholeColumns {
    /// The columns by their normalised headers; `mark` is how a column's numbers are written.
    pub fn of(
        whole: Whole,
        headers: &[String],
        mark: impl Fn(usize) -> Option<DecimalMark>,
    ) -> Option<Self> {
        let at = |name: &str| headers.iter().position(|header| header == name);
        let mut rest = None;
        let (total, tax, apart) = match whole {
            Whole::Unsaid => return None,
            Whole::Rest {
                discount,
                shipping,
                tax,
                total,
            } => {
                rest = Some(at(discount)?);
                (total, tax, Some((at(shipping)?, at(total)?)))
            }
            Whole::Net {
                net,
                shipping,
                tax,
                total,
            } => (net, tax, Some((at(shipping)?, at(total)?))),
            Whole::WithTax { total, tax } => (total, tax, None),
        };
        let total = at(total)?;
        Some(Self {
            total,
            tax: at(tax)?,
            apart,
            rest,
            mark: mark(total).unwrap_or(DecimalMark::Dot),
        })
    }
}

impl Stated {
    /// Keeps what a row says of its order.
    pub fn take(&mut self, reader: &Reader, row: &Row<'_>, line: usize) {
        let Some(whole) = reader.whole else { return };
        let [mut total, tax] = [whole.total, whole.tax].map(|column| reader.stated(row, column));
        let tax = match whole.apart {
            None => tax,
            Some((shipping, paid)) => {
                let [shipping, paid] = [shipping, paid].map(|column| reader.stated(row, column));
                if let Some(discount) = whole.rest {
                    let off = reader.stated(row, discount);
                    let off = off.filter(|off| !off.is_zero());
                    let less = shipping.unwrap_or(Num::ZERO).plus(tax.unwrap_or(Num::ZERO));
                    total = off.and_then(|_| paid?.minus(less?));
                }
                contained(total, shipping, tax, paid)
            }
        };
        self.totals.push(line, total);
        self.taxes.push(line, tax);
    }

    /// Gives each line its part of the tax that stands on the first line of its order.
    fn share_taxes(&mut self, book: &OrderBook, orders: &[Vec<usize>]) {
        let mut found = Vec::new();
        for lines in orders {
            let tax = lines.iter().find_map(|line| self.taxes.get(*line));
            let shares = tax.and_then(|tax| parts(tax, &revenues(book, lines)?));
            found.extend(shares.into_iter().flatten());
        }
        self.taxes = Amounts::default();
        in_order(&mut found);
        for (line, tax) in found {
            self.taxes.push(line, Some(tax));
        }
    }
}

/// The tax that an order's net amount contains: its part of the order's, by amount, where it and the
/// shipping are all that is paid.
fn contained(
    net: Option<Num>,
    shipping: Option<Num>,
    tax: Option<Num>,
    paid: Option<Num>,
) -> Option<Num> {
    let (net, tax, paid) = (net?, tax.filter(|tax| tax.mantissa() > 0)?, paid?);
    let all = net.plus(shipping.unwrap_or(Num::ZERO))? == paid;
    let part = tax.times(net)?.over(paid)?.rounded(2)?;
    all.then_some(part)
}

impl Builder {
    /// Puts the lines of the file that ends right by what it says of their orders, and says whether
    /// the orders' amounts stood on each of their lines.
    #[inline(never)]
    pub(super) fn settle_whole(&mut self) -> bool {
        let lines = self.book.len();
        let mut stated = std::mem::take(&mut self.stated);
        let reader = self.readers.last();
        let named = reader.is_some_and(|r| r.order_amounts);
        let repeated = named || reader.is_some_and(|r| r.maybe_order_amounts);
        if stated.totals.is_empty() && !repeated {
            return false;
        }
        let by_order = self.readers.last().and_then(|r| r.whole?.apart).is_some();
        let sales = (self.first_line..lines)
            .filter(|line| !by_order || self.book.kinds.get(*line) == Some(&LineKind::Sale));
        let orders = by_orders(&self.book, sales);
        if repeated {
            let mut changed = Changed::default();
            let unlike_lines =
                || unlike(&self.book, &orders) >= 2 || unlike_items(&self.book, &orders) >= 4;
            let told = named || unlike_lines();
            let rows = told.then(|| changed.once(&self.book, &orders)).flatten();
            let rows = rows.unwrap_or(0);
            self.counts.rules_add(Rule::OrderAmounts, rows as u64);
            changed.into(&mut self.book);
            return rows > 0;
        }
        let mut untaxed = Changed::default();
        if by_order {
            let mut changed = Changed::default();
            let spread = orders
                .iter()
                .filter(|lines| changed.spread(&self.book, lines, &stated).is_some());
            let spread = spread.count();
            self.counts.rules_add(Rule::OrderDiscounts, spread as u64);
            changed.into(&mut self.book);
            stated.share_taxes(&self.book, &orders);
            for line in orders.into_iter().flatten() {
                let _ = untaxed.untaxed(&self.book, line, &stated);
            }
        } else {
            untaxed.without_tax(&self.book, &orders, &stated);
        }
        self.counts
            .rules_add(Rule::TaxTaken, untaxed.revenue.len() as u64);
        untaxed.into(&mut self.book);
        false
    }
}

impl Changed {
    fn into(self, book: &mut OrderBook) {
        let lines = book.len();
        for (measure, mut new) in [
            (Measure::Revenue, self.revenue),
            (Measure::Discount, self.discount),
            (Measure::Price, self.price),
        ] {
            in_order(&mut new);
            replace(book.amounts_mut(measure), lines, &new);
        }
    }

    /// Spreads what the lines of an order exceed its net amount by over them.
    fn spread(&mut self, book: &OrderBook, lines: &[usize], stated: &Stated) -> Option<()> {
        let total = lines.iter().find_map(|line| stated.totals.get(*line))?;
        let revenues = revenues(book, lines)?;
        let off = sum(revenues.iter().map(|(_, revenue)| *revenue))?.minus(total)?;
        if off.mantissa() <= 0 || total.is_negative() {
            return None;
        }
        let shares = parts(off, &revenues)?;
        for ((line, revenue), (_, share)) in revenues.into_iter().zip(shares) {
            let before = book.amount(Measure::Discount, line).unwrap_or(Num::ZERO);
            self.revenue.push((line, revenue.minus(share)?));
            self.discount.push((line, before.plus(share)?));
        }
        Some(())
    }

    /// Counts an amount once that stands on every line of its order, if all orders of several lines
    /// have it so: its lines share it by their price, else their pieces, else evenly.
    fn once(&mut self, book: &OrderBook, orders: &[Vec<usize>]) -> Option<usize> {
        let several = || orders.iter().filter(|lines| lines.len() > 1);
        for lines in several() {
            let all = revenues(book, lines)?;
            let (_, first) = all.first()?;
            let equal = all.iter().all(|(_, revenue)| revenue == first);
            if !equal || first.mantissa() <= 0 {
                return None;
            }
        }
        let pieces = |line: usize| book.amount(Measure::Quantity, line);
        let priced = |line: usize| book.priced(line);
        let discount = |line: usize| book.amount(Measure::Discount, line);
        if several().flatten().all(|line| book.is_net(*line)) {
            return None;
        }
        for lines in several() {
            let first = *lines.first()?;
            let amount = book.amount(Measure::Revenue, first)?;
            let off = discount(first).filter(|off| off.mantissa() > 0);
            let off = off.filter(|_| lines.iter().all(|line| discount(*line) == discount(first)));
            let by = |amount: Num, weight: &dyn Fn(usize) -> Option<Num>| {
                let weights: Option<Vec<_>> = lines
                    .iter()
                    .map(|line| {
                        weight(*line)
                            .filter(|w| w.mantissa() > 0)
                            .map(|w| (*line, w))
                    })
                    .collect();
                parts(amount, &weights?)
            };
            let one = |_| Some(Num::small(1, 0));
            let shared = |amount| {
                by(amount, &priced)
                    .or_else(|| by(amount, &pieces))
                    .or_else(|| by(amount, &one))
            };
            self.revenue.extend(shared(amount)?);
            self.discount
                .extend(off.and_then(shared).into_iter().flatten());
        }
        Some(self.revenue.len())
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

impl OrderBook {
    /// Whether a line's amount is its pieces times its price, less its discount.
    pub(super) fn is_net(&self, line: usize) -> bool {
        let off = self.amount(Measure::Discount, line).unwrap_or(Num::ZERO);
        let net = self.priced(line).and_then(|gross| gross.minus(off));
        net.is_some() && net == self.amount(Measure::Revenue, line)
    }
}

/// Whether the lines of an order contain their tax; sums may differ by a cent a line.
fn tax_of(book: &OrderBook, lines: &[usize], stated: &Stated) -> Tax {
    let told = || {
        let total = lines.iter().find_map(|line| stated.totals.get(*line))?;
        let amounts = revenues(book, lines)?;
        let amount = sum(amounts.into_iter().map(|(_, amount)| amount))?;
        let tax = sum(lines.iter().filter_map(|line| stated.taxes.get(*line)))?;
        let contained = near(amount.abs(), total.abs(), lines.len())?;
        let apart = near(amount.abs().plus(tax.abs())?, total.abs(), lines.len())?;
        Some(match (contained, apart) {
            (true, false) => Tax::Contained,
            (false, true) => Tax::Apart,
            _ => Tax::Unclear,
        })
    };
    told().unwrap_or(Tax::Unclear)
}

/// How many orders have lines of different pieces: were each line's amount its own, such lines would
/// not have the same one.
fn unlike(book: &OrderBook, orders: &[Vec<usize>]) -> usize {
    let differs = |lines: &&Vec<usize>| {
        let mut pieces = lines
            .iter()
            .map(|line| book.amount(Measure::Quantity, *line));
        let first = pieces.next().flatten();
        first.is_some() && pieces.any(|other| other != first)
    };
    orders.iter().filter(differs).count()
}

/// How many different amounts orders have whose lines are of different items.
fn unlike_items(book: &OrderBook, orders: &[Vec<usize>]) -> usize {
    let items = &book.text(Attr::Item).ids;
    let differs = |lines: &&Vec<usize>| {
        let both = lines.iter().zip(lines.iter().skip(1));
        lines.len() > 1
            && both
                .into_iter()
                .all(|(a, b)| items.get(*a) != items.get(*b))
    };
    let orders = orders.iter().filter(differs);
    let amounts = orders.filter_map(|lines| book.amount(Measure::Revenue, *lines.first()?));
    let mut found: Vec<Num> = Vec::new();
    for amount in amounts {
        if !found.contains(&amount) {
            found.push(amount);
        }
        if found.len() > 3 {
            break;
        }
    }
    found.len()
}

/// The lines' revenue; `None` where a line has none.
pub(super) fn revenues(book: &OrderBook, lines: &[usize]) -> Option<Vec<(usize, Num)>> {
    let revenue = |line: &usize| Some((*line, book.amount(Measure::Revenue, *line)?));
    lines.iter().map(revenue).collect()
}

/// An amount in parts by the lines' amounts; cents that are left over go to the largest.
pub(super) fn parts(amount: Num, lines: &[(usize, Num)]) -> Option<Vec<(usize, Num)>> {
    let whole = sum(lines.iter().map(|(_, revenue)| *revenue))?;
    let scale = amount.scale().max(whole.scale()).max(2);
    let (amount, whole) = (amount.at(scale)?, whole.at(scale)?);
    let mut left = amount;
    let mut shares: Vec<(usize, i128, i128)> = Vec::with_capacity(lines.len());
    for (line, revenue) in lines {
        let revenue = revenue.at(scale)?;
        let share = amount.checked_mul(revenue)?.checked_div(whole)?;
        left -= share;
        shares.push((*line, revenue, share));
    }
    if let Some((_, _, share)) = shares.iter_mut().max_by_key(|(_, revenue, _)| *revenue) {
        *share += left;
    }
    let share = |(line, _, share): (usize, i128, i128)| Some((line, Num::new(share, scale)?));
    shares.into_iter().map(share).collect()
}

pub(super) fn in_order(amounts: &mut [(usize, Num)]) {
    amounts.sort_unstable_by_key(|(line, _)| *line);
}

/// Lines by their orders, in the order of the orders' ids.
pub(super) fn by_orders(book: &OrderBook, lines: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let order = |line: usize| book.order.get(line).copied().unwrap_or(NONE);
    let mut found: Vec<(u32, u32)> = lines.map(|line| (order(line), index(line))).collect();
    found.sort_unstable();
    found
        .chunk_by(|a, b| a.0 == b.0)
        .map(|lines| lines.iter().map(|(_, line)| *line as usize).collect())
        .collect()
}

/// Whether two sums are the same but for a cent a line.
pub(super) fn near(a: Num, b: Num, lines: usize) -> Option<bool> {
    let most = Num::small(i64::try_from(lines).ok()?, 2);
    Some(!a.minus(b)?.abs_above(most))
}

pub(super) fn sum(amounts: impl Iterator<Item = Num>) -> Option<Num> {
    amounts.into_iter().try_fold(Num::ZERO, Num::plus)
}
