//! What valuing accounts needs of them, prepared once for a book and its as-of date.
//!
//! Input: [`Accounts`]. Output: per account the completed costs (exact) and a row of plain numbers
//! for the pass that every slider step makes; sums for the book and for each segment. No assumption
//! enters here, so no slider step prepares anything again.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::accounts::{Account, Accounts, Sums};
use crate::base::Money;
use crate::base::money::OutOfRange;

use super::definition::{Filled, Filling};

/// Sums as plain numbers, for the pass over all accounts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Flat {
    /// Net invoiced.
    pub revenue: f64,
    /// Off-invoice rebates.
    pub rebates: f64,
    /// Freight we bear.
    pub freight: f64,
    /// Recorded cost and what is assumed from the account's or segment's own margin.
    pub cost: f64,
    /// Revenue whose cost comes from the assumed gross margin.
    pub left: f64,
    /// Tooling we fund.
    pub tooling: f64,
    /// Orders.
    pub orders: f64,
    /// Years with an order.
    pub years: f64,
}

/// One account, ready.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The whole history.
    pub total: Flat,
    /// The last 365 days.
    pub recent: Flat,
    /// Years since the first order, at least one.
    pub age_years: f64,
    /// Share of revenue whose cost is recorded, 0 to 1.
    pub coverage: f64,
    /// Days since 1970-01-01 of the first order.
    pub first: i32,
    /// Days since 1970-01-01 of the last order.
    pub last: i32,
    /// The years with an order, as [`Account::active_years`] has them.
    pub active_years: u32,
    /// Position in [`Prepared::segments`].
    pub segment: u32,
    /// It has orders on two days or more.
    pub repeats: bool,
    /// It has lines up to the as-of date; an account without any counts nowhere.
    pub present: bool,
}

/// The sums of some accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whole {
    /// The whole history.
    pub total: Filled,
    /// The last 365 days.
    pub recent: Filled,
    /// The first order of each account.
    pub first_order: Filled,
    /// Accounts.
    pub accounts: u32,
}

/// The completed cost of some lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cost {
    cost: Money,
    left: Money,
}

/// A book, ready to be valued.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prepared {
    /// For each account: whole history, last 365 days, first order.
    costs: Vec<[Cost; 3]>,
    /// For each account, as plain numbers.
    pub rows: Vec<Row>,
    /// The whole book.
    pub book: Whole,
    /// By segment, in the order of [`Accounts::segments`]; the last is the accounts without one.
    pub segments: Vec<Whole>,
}

/// Recorded cost over the revenue it belongs to, of an account or a segment; a cost below 0 or above
/// twice the revenue is passed over.
#[derive(Clone, Copy)]
struct Ratio {
    cost: Money,
    revenue: Money,
}

impl Ratio {
    fn of(sums: &Sums) -> Option<Self> {
        let (cost, revenue) = (sums.cost, sums.revenue_costed);
        let known = !revenue.is_negative() && !revenue.is_zero();
        // A sample that was all but free says nothing of what other orders cost.
        let most = revenue.times(Decimal::TWO).unwrap_or(revenue);
        (known && !cost.is_negative() && cost <= most).then_some(Self { cost, revenue })
    }

    /// The assumed cost of some revenue, rounded to cents: it was never recorded.
    fn cost_of(self, revenue: Money) -> Option<Money> {
        self.in_integers(revenue).or_else(|| {
            let share = self.cost.over(self.revenue.amount())?;
            Some(revenue.times(share.amount()).ok()?.rounded(2))
        })
    }

    /// The same in one integer division; `None` where the product needs more than 127 bits.
    fn in_integers(self, revenue: Money) -> Option<Money> {
        let (cost, of, missing) = (self.cost.amount(), self.revenue.amount(), revenue.amount());
        let product = cost.mantissa().checked_mul(missing.mantissa())?;
        let tens = |n: u32| 10_i128.checked_pow(n);
        let (have, want) = (cost.scale() + missing.scale(), of.scale() + 2);
        let above = product.checked_mul(tens(want.saturating_sub(have))?)?;
        let below = of
            .mantissa()
            .checked_mul(tens(have.saturating_sub(want))?)?;
        let (whole, rest) = (above.checked_div(below)?, above.checked_rem(below)?);
        let up = i128::from(rest.unsigned_abs() >= below.unsigned_abs().div_ceil(2));
        let sign = if (above < 0) == (below < 0) { 1 } else { -1 };
        Money::from_parts(whole + sign * up, 2).ok()
    }
}

/// By account: the share of revenue, in so many parts, that is assumed to be cost where none is
/// recorded: of the account's own recorded cost, else of its segment's; `None` where neither has any.
///
/// # Errors
/// [`OutOfRange`] when a sum over accounts leaves the decimal range.
pub fn cost_shares(accounts: &Accounts, parts: i64) -> Result<Vec<Option<i64>>, OutOfRange> {
    let ratios = segment_ratios(accounts)?;
    let share = |account: &Account| {
        let segment = ratios.get(segment_index(account, accounts));
        let ratio = Ratio::of(&account.total).or(segment.copied().flatten())?;
        let share = ratio.cost.over(ratio.revenue.amount())?;
        let parts = share.amount().checked_mul(Decimal::from(parts))?;
        parts.round().to_i64()
    };
    Ok(accounts.list.iter().map(share).collect())
}

impl Prepared {
    /// Prepares a book.
    ///
    /// # Errors
    /// [`OutOfRange`] when a sum over accounts leaves the decimal range.
    pub fn new(accounts: &Accounts) -> Result<Self, OutOfRange> {
        let ratios = segment_ratios(accounts)?;
        let mut ready = Self {
            rows: Vec::with_capacity(accounts.list.len()),
            costs: Vec::with_capacity(accounts.list.len()),
            ..Self::default()
        };
        let mut segments = vec![Sum::default(); accounts.segments.len() + 1];
        for account in &accounts.list {
            let segment = segment_index(account, accounts);
            let ratio = Ratio::of(&account.total).or(ratios.get(segment).copied().flatten());
            let costs = [
                complete(&account.total, ratio)?,
                complete(&account.recent, ratio)?,
                complete(&account.first_order, ratio)?,
            ];
            let whole = Whole::of(account, &costs);
            if let Some(sum) = segments.get_mut(segment) {
                sum.add(&whole)?;
            }
            ready.rows.push(Row {
                total: Flat::of(&whole.total),
                recent: Flat::of(&whole.recent),
                age_years: accounts.as_of.years_since(account.first).max(1.0),
                coverage: whole.total.coverage(),
                first: account.first.days(),
                last: account.last.days(),
                active_years: account.active_years,
                segment: u32::try_from(segment).unwrap_or(u32::MAX),
                repeats: account.order_days >= 2,
                present: account.total.lines > 0,
            });
            ready.costs.push(costs);
        }
        let mut book = Sum::default();
        for segment in &segments {
            book.plus(segment)?;
            ready.segments.push(segment.whole()?);
        }
        ready.book = book.whole()?;
        Ok(ready)
    }

    /// The sums of some accounts by their positions.
    ///
    /// # Errors
    /// [`OutOfRange`] when a sum leaves the decimal range.
    pub fn several(&self, accounts: &Accounts, positions: &[usize]) -> Result<Whole, OutOfRange> {
        if positions.len() == self.rows.len() {
            return Ok(self.book);
        }
        let mut sum = Sum::default();
        for position in positions {
            if let Some(whole) = self.account(accounts, *position) {
                sum.add(&whole)?;
            }
        }
        sum.whole()
    }

    /// The sums of a segment by its position in [`Accounts::segments`], or of the accounts without one.
    pub fn segment(&self, position: Option<u32>) -> Option<&Whole> {
        match position {
            Some(position) => self.segments.get(position as usize),
            None => self.segments.last(),
        }
    }

    /// The sums of one account by its position; `None` past the end.
    pub fn account(&self, accounts: &Accounts, position: usize) -> Option<Whole> {
        let account = accounts.list.get(position)?;
        Some(Whole::of(account, self.costs.get(position)?))
    }
}

impl Whole {
    fn of(account: &Account, [total, recent, first]: &[Cost; 3]) -> Self {
        let filled = |sums: &Sums, cost: &Cost, account_years| Filled {
            sums: *sums,
            cost: cost.cost,
            left: cost.left,
            account_years,
        };
        Self {
            total: filled(&account.total, total, account_years(account)),
            recent: filled(
                &account.recent,
                recent,
                u32::from(account.recent.orders > 0),
            ),
            first_order: filled(&account.first_order, first, 0),
            accounts: u32::from(account.total.lines > 0),
        }
    }
}

/// A running sum of accounts.
#[derive(Clone, Default)]
struct Sum {
    total: Filling,
    recent: Filling,
    first_order: Filling,
    accounts: u32,
}

impl Sum {
    fn add(&mut self, whole: &Whole) -> Result<(), OutOfRange> {
        self.total.add(&whole.total)?;
        self.recent.add(&whole.recent)?;
        self.first_order.add(&whole.first_order)?;
        self.accounts += whole.accounts;
        Ok(())
    }

    fn plus(&mut self, other: &Self) -> Result<(), OutOfRange> {
        self.total.plus(&other.total)?;
        self.recent.plus(&other.recent)?;
        self.first_order.plus(&other.first_order)?;
        self.accounts += other.accounts;
        Ok(())
    }

    fn whole(&self) -> Result<Whole, OutOfRange> {
        Ok(Whole {
            total: self.total.filled()?,
            recent: self.recent.filled()?,
            first_order: self.first_order.filled()?,
            accounts: self.accounts,
        })
    }
}

impl Flat {
    fn of(filled: &Filled) -> Self {
        Self {
            revenue: filled.sums.revenue.to_f64(),
            rebates: filled.sums.rebates.to_f64(),
            freight: filled.sums.freight.to_f64(),
            cost: filled.cost.to_f64(),
            left: filled.left.to_f64(),
            tooling: filled.sums.tooling.to_f64(),
            orders: f64::from(filled.sums.orders),
            years: f64::from(filled.account_years),
        }
    }
}

/// The account's segment as a position in [`Prepared::segments`].
pub fn segment_index(account: &Account, accounts: &Accounts) -> usize {
    let none = accounts.segments.len();
    account.segment.map_or(none, |s| (s as usize).min(none))
}

/// Years with an order; at least one for an account that has ordered.
fn account_years(account: &Account) -> u32 {
    account
        .active_years
        .count_ones()
        .max(u32::from(account.total.orders > 0))
}

fn segment_ratios(accounts: &Accounts) -> Result<Vec<Option<Ratio>>, OutOfRange> {
    let mut sums = vec![Sums::default(); accounts.segments.len()];
    for account in &accounts.list {
        if let Some(into) = sums.get_mut(segment_index(account, accounts)) {
            into.cost = into.cost.add(account.total.cost)?;
            into.revenue_costed = into.revenue_costed.add(account.total.revenue_costed)?;
        }
    }
    Ok(sums.iter().map(Ratio::of).collect())
}

/// Completes the cost: recorded, then the own or the segment's margin, else left to the assumption.
fn complete(sums: &Sums, ratio: Option<Ratio>) -> Result<Cost, OutOfRange> {
    if sums.revenue == sums.revenue_costed {
        return Ok(Cost {
            cost: sums.cost,
            left: Money::ZERO,
        });
    }
    let missing = sums.revenue.sub(sums.revenue_costed)?;
    let assumed = ratio.and_then(|r| r.cost_of(missing));
    Ok(Cost {
        cost: sums.cost.add(assumed.unwrap_or(Money::ZERO))?,
        left: if assumed.is_some() {
            Money::ZERO
        } else {
            missing
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assumed_cost_is_the_share_rounded_half_away_from_zero() {
        let money = |text| Money::parse(text).unwrap();
        for (cost, of, missing) in [
            ("2", "3", "100.00"),
            ("2.5", "100", "1"),
            ("-2.5", "100", "1"),
            ("7.10", "11.0400", "-5.555"),
            ("0", "5", "9"),
            ("1", "8", "0.1"),
            ("123456789012.34", "987654321098.7654", "55555555555.555"),
            ("1", "1", "0.015"),
        ] {
            let ratio = Ratio {
                cost: money(cost),
                revenue: money(of),
            };
            let share = ratio.cost.over(ratio.revenue.amount()).unwrap();
            let slow = money(missing).times(share.amount()).unwrap().rounded(2);
            assert_eq!(ratio.in_integers(money(missing)), Some(slow), "{cost} {of}");
        }
    }
}
