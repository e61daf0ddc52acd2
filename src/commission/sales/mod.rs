//! The sales that schemes pay on: one row an order line, as columns of exact integers.
//!
//! In: an order book ([`Sales::of`]), or rows by hand ([`Sales::build`]) for deals, for what the
//! finder tries, and for tests. Out: columns in the order of (day, returns after sales, order number,
//! line), which every scheme reads in one pass. Invariants: all columns are equally long; a row that
//! takes another back stands after it; the absolute values of a money column sum to less than
//! 2^62, so that no sum of them leaves an `i64`; salespeople are in the order of their names with
//! [`HOUSE`] last.

mod book;
mod drawn;
mod facts;
mod hand;
mod index;
mod returned;

pub use facts::{Facts, Known};
pub use hand::Sale;
pub use index::FirstKey;

use std::fmt;

use super::exact::portion;
use crate::base::{Date, Money};
use crate::orders::names::NONE;

/// Whose the lines without a salesperson are.
pub const HOUSE: &str = "House";

/// Digits after the point of the money columns: they count 1/10,000 of the currency unit.
pub const DECIMALS: u8 = 4;

/// One unit of the currency in the money columns.
pub const UNIT: i64 = 10_000;

/// All of the revenue, as a share that is cost.
pub const COST_PARTS: i64 = 1_000_000_000;

/// The most that the absolute values of a money column may sum to.
const MOST: i64 = 1 << 62;

/// The sales of a book as columns; an id is a position in the list of names beside it, or
/// [`NONE`].
///
/// ```
/// use perennial::base::Date;
/// use perennial::commission::{FirstKey, Sale, Sales};
/// let sale = |day, order, revenue| Sale {
///     day: Date::parse(day).unwrap(),
///     order,
///     rep: "Ana",
///     account: "C1",
///     revenue,
///     ..Sale::default()
/// };
/// let rows = [sale("2025-02-10", 2, 90_000_000), sale("2025-01-15", 1, 500_000_000)];
/// let sales = Sales::build(rows).unwrap();
/// assert_eq!(sales.revenue, [500_000_000, 90_000_000]);
/// assert_eq!(sales.indexes(FirstKey::Account), [1, 2]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sales {
    /// The day of the order.
    pub day: Vec<Date>,
    /// The order, by its id in the book, which knows its number; a return has its own document's.
    pub order: Vec<u32>,
    /// Who sold it.
    pub rep: Vec<u32>,
    /// Who bought it; every row has one.
    pub account: Vec<u32>,
    /// Plant or ship-to.
    pub site: Vec<u32>,
    /// The part, with its revision.
    pub item: Vec<u32>,
    /// Stream of business.
    pub stream: Vec<u32>,
    /// The partner it came through.
    pub partner: Vec<u32>,
    /// Net revenue, in 1/10,000; below zero for a return, as are its cost and discount.
    pub revenue: Vec<i64>,
    /// Cost of goods, in 1/10,000; 0 where it is not recorded, see [`Sales::no_cost`].
    pub cost: Vec<i64>,
    /// Freight we bear, in 1/10,000.
    pub freight: Vec<i64>,
    /// Rebates and tooling we fund, in 1/10,000.
    pub other: Vec<i64>,
    /// List value less revenue, in 1/10,000.
    pub discount: Vec<i64>,
    /// The row that a return takes back, or [`NONE`].
    pub returned: Vec<u32>,
    /// Whether the row is a return or a credit.
    pub is_return: Vec<bool>,
    /// The line of the order book, from 0, for the audit trail.
    pub line: Vec<u32>,
    /// Whether the cost is not recorded.
    pub no_cost: Vec<bool>,
    /// What is known of single rows beside.
    pub facts: Facts,
    /// Salespeople, by name; [`HOUSE`] last, where there are lines without one.
    pub reps: Vec<String>,
    /// Accounts.
    pub accounts: Vec<String>,
    /// Plants.
    pub sites: Vec<String>,
    /// Parts.
    pub items: Vec<String>,
    /// Streams.
    pub streams: Vec<String>,
    /// Partners.
    pub partners: Vec<String>,
    /// By item: the part behind it, so that a revision is no new part.
    pub(crate) parts: Vec<u32>,
    /// Account summaries and lines after the last day, which are no orders to pay on.
    pub left_out: u32,
    /// The day up to which all sales are known, where that is not the last one's.
    pub until: Option<Date>,
}

/// Amounts beyond what the columns hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// The line of the order book, from 0, at which a column's sum became too large.
    pub line: u32,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the amounts up to order line {} sum to more than 461,000,000,000,000, which commission \
             cannot be computed on exactly: check that line's amounts, or import in thousands",
            self.line.saturating_add(1)
        )
    }
}

impl std::error::Error for TooLarge {}

impl Sales {
    /// How many rows.
    pub const fn len(&self) -> usize {
        self.day.len()
    }

    /// No rows.
    pub const fn is_empty(&self) -> bool {
        self.day.is_empty()
    }

    /// The first and the last day with a row.
    pub fn span(&self) -> Option<(Date, Date)> {
        Some((*self.day.first()?, *self.day.last()?))
    }

    /// A salesperson's name.
    pub fn rep_name(&self, rep: u32) -> &str {
        self.reps.get(rep as usize).map_or("", String::as_str)
    }

    /// Rows whose cost is not recorded cost a share of their revenue, in parts of [`COST_PARTS`]: that
    /// of their account where it has one, else the usual one; rounded half away from zero. Until then
    /// they cost nothing.
    pub fn assume_cost(&mut self, usual: i64, own: &[Option<i64>]) {
        let rows = self.cost.iter_mut().zip(&self.revenue).zip(&self.no_cost);
        for (((cost, revenue), unknown), account) in rows.zip(&self.account) {
            if *unknown {
                let own = own.get(*account as usize).copied().flatten();
                *cost = portion(*revenue, own.unwrap_or(usual), COST_PARTS).unwrap_or(*cost);
            }
        }
    }

    /// Revenue less cost, freight and other costs of a row, in 1/10,000.
    pub fn contribution(&self, row: usize) -> i64 {
        let of = |column: &Vec<i64>| column.get(row).copied().unwrap_or(0);
        of(&self.revenue) - of(&self.cost) - of(&self.freight) - of(&self.other)
    }
}

/// An amount of a column as money.
pub fn to_money(amount: i64) -> Money {
    crate::orders::number::money(i128::from(amount), DECIMALS)
}

/// Money as an amount of a column, rounded half away from zero to four decimals; `None` beyond
/// 9 x 10^14.
///
/// ```
/// use perennial::base::Money;
/// use perennial::commission::sales::{from_money, to_money};
/// let amount = from_money(Money::parse("-12.34565").unwrap()).unwrap();
/// assert_eq!(amount, -123_457);
/// assert_eq!(to_money(amount).to_string(), "-12.3457");
/// ```
pub fn from_money(money: Money) -> Option<i64> {
    crate::orders::number::Num::from_decimal(money.amount()).and_then(book::amount)
}

/// An amount of a column in units of the currency: for what is expected or compared, not for pay.
#[expect(
    clippy::cast_precision_loss,
    reason = "comparisons need no more than 53 bits"
)]
pub fn to_units(amount: i64) -> f64 {
    amount as f64 / UNIT as f64
}

/// A row's id in a column of ids.
fn id(column: &[u32], row: usize) -> u32 {
    column.get(row).copied().unwrap_or(NONE)
}

#[cfg(test)]
mod tests;
