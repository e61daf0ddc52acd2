//! The analyses, each a table of results with a caption that says what it shows.
//!
//! Input: an [`Evaluation`]. Output: a [`Sheet`]; where the data cannot support an analysis, one
//! without rows whose caption says why and what to do.

mod acquisition;
mod cash;
pub(crate) mod cells;
mod concentration;
mod gross_profit;
mod orphans;
mod paid;
pub mod price_volume;
mod reshuffle;
mod segments;
mod specs;
mod streams;
mod tree;

use crate::base::Money;
use crate::base::order::sort_by;
use crate::metrics::Sheet;
use crate::orders::OrderBook;

use super::definition::Filled;
use super::evaluation::Evaluation;

type Analysis = fn(&Evaluation) -> Sheet;

/// Every analysis by its key.
const ANALYSES: &[(&str, Analysis)] = &[
    ("cash", cash::sheet),
    ("payback", cash::payback),
    ("reshuffle", reshuffle::sheet),
    ("gross_profit", gross_profit::sheet),
    ("segments", segments::sheet),
    ("methods_by_segment", segments::methods),
    ("methods_by_account", segments::accounts),
    ("streams", streams::sheet),
    ("specs", specs::sheet),
    ("tree", tree::sheet),
    ("orphans", orphans::sheet),
    ("acquisition", acquisition::sheet),
    ("concentration", concentration::sheet),
];

/// Accounts listed at most in an analysis; the accounts table has all of them.
const MOST_ROWS: usize = 200;

/// The keys of all analyses that need no lines of the book.
pub fn keys() -> impl Iterator<Item = &'static str> {
    ANALYSES.iter().map(|(key, _)| *key)
}

impl Evaluation<'_> {
    /// An analysis by its key; `None` for one that does not exist.
    pub fn sheet(&self, key: &str) -> Option<Sheet> {
        ANALYSES
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, analysis)| analysis(self))
    }

    /// The same, with those that need the lines of the book.
    pub fn sheet_of(&self, book: &OrderBook, key: &str) -> Option<Sheet> {
        match key {
            price_volume::KEY => Some(price_volume::sheet(book, self.as_of())),
            key => self.sheet(key),
        }
    }

    /// Completes the cost of some of a whole's lines: what they lack is assumed at the rate of the
    /// whole, so that parts which share it out add up to it.
    fn complete(&self, sums: &crate::accounts::Sums, whole: &Filled) -> Filled {
        let assumed_share = rust_decimal::Decimal::ONE - self.inputs.gross_margin.exact_fraction();
        let assumed = || {
            let left = whole.left.times(assumed_share).ok()?;
            let cost = whole.cost.sub(whole.sums.cost).ok()?.add(left).ok()?;
            let missing = whole.sums.revenue.sub(whole.sums.revenue_costed).ok()?;
            let rate = cost.over(missing.amount())?;
            let own = sums.revenue.sub(sums.revenue_costed).ok()?;
            own.times(rate.amount()).ok()
        };
        let cost = sums
            .cost
            .add(assumed().unwrap_or(Money::ZERO))
            .unwrap_or(sums.cost);
        Filled {
            sums: *sums,
            cost,
            left: Money::ZERO,
            account_years: 0,
        }
    }

    /// Positions of the accounts with the largest revenue, largest first.
    fn largest(&self, most: usize) -> Vec<usize> {
        let revenue = |i: &usize| self.prepared.rows.get(*i).map_or(0.0, |r| r.total.revenue);
        let mut order: Vec<usize> = (0..self.prepared.rows.len())
            .filter(|i| self.is_present(*i))
            .collect();
        sort_by(&mut order, |a, b| revenue(b).total_cmp(&revenue(a)));
        order.truncate(most);
        order
    }

    pub(in crate::value) fn name(&self, position: usize) -> &str {
        self.accounts
            .list
            .get(position)
            .map_or("", |a| a.name.as_str())
    }
}
