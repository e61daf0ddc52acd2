//! What was sold, summed by salesperson and by account, for the comparison of schemes.
//!
//! In: sales. Out: sums that do not depend on schemes or lifetime values, so that they are made once.
//! Invariant: the parts of an account that salespeople sold sum to all that it bought above zero.

use super::sales::{Sales, to_units};
use crate::orders::names::NONE;

/// Revenue and contribution, in 1/10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Revenue.
    pub revenue: i64,
    /// Revenue less cost, freight and other costs.
    pub contribution: i64,
}

/// See the module; amounts in 1/10,000 of the currency unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sold {
    /// Revenue of all sales.
    pub revenue: i64,
    /// Contribution of all sales.
    pub contribution: i64,
    /// Revenue of the rows without a recorded cost.
    pub no_cost: i64,
    /// By salesperson.
    pub by_rep: Vec<Sum>,
    /// By account.
    pub by_account: Vec<Sum>,
    /// By account: revenue above zero.
    positive: Vec<i64>,
    /// What each salesperson sold each account.
    parts: Vec<Part>,
    /// By account: one of its parts, or [`NONE`].
    newest: Vec<u32>,
}

/// What one salesperson sold one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    account: u32,
    rep: u32,
    /// Revenue above zero.
    positive: i64,
    /// Another part of the account, or [`NONE`].
    next: u32,
}

impl Sold {
    /// Sums the sales.
    pub fn of(sales: &Sales) -> Self {
        let mut found = Self {
            by_rep: vec![Sum::default(); sales.reps.len()],
            by_account: vec![Sum::default(); sales.accounts.len()],
            positive: vec![0; sales.accounts.len()],
            newest: vec![NONE; sales.accounts.len()],
            ..Self::default()
        };
        for row in 0..sales.len() {
            found.add(sales, row);
        }
        found.revenue = found.by_account.iter().map(|sum| sum.revenue).sum();
        found.contribution = found.by_account.iter().map(|sum| sum.contribution).sum();
        found
    }

    fn add(&mut self, sales: &Sales, row: usize) {
        let (Some(revenue), Some(account), Some(rep)) = (
            sales.revenue.get(row).copied(),
            sales.account.get(row).copied(),
            sales.rep.get(row).copied(),
        ) else {
            return;
        };
        let contribution = sales.contribution(row);
        let of_account = self.by_account.get_mut(account as usize);
        for sum in of_account
            .into_iter()
            .chain(self.by_rep.get_mut(rep as usize))
        {
            sum.revenue += revenue;
            sum.contribution += contribution;
        }
        if sales.no_cost.get(row) == Some(&true) {
            self.no_cost += revenue;
        }
        let own = revenue.max(0);
        if let Some(positive) = self.positive.get_mut(account as usize) {
            *positive += own;
        }
        let at = self.part(account, rep);
        if let Some(part) = self.parts.get_mut(at as usize) {
            part.positive += own;
        }
    }

    /// The part of a salesperson in an account; most accounts have few.
    fn part(&mut self, account: u32, rep: u32) -> u32 {
        let newest = self.newest.get(account as usize).copied().unwrap_or(NONE);
        let mut at = newest;
        while let Some(part) = self.parts.get(at as usize) {
            if part.rep == rep {
                return at;
            }
            at = part.next;
        }
        let added = u32::try_from(self.parts.len()).unwrap_or(NONE);
        self.parts.push(Part {
            account,
            rep,
            positive: 0,
            next: newest,
        });
        if let Some(newest) = self.newest.get_mut(account as usize) {
            *newest = added;
        }
        added
    }

    /// Lifetime value by salesperson: each account's, in parts by who sold how much of it.
    ///
    /// `ltv` is by account, in units of the currency.
    pub fn ltv(&self, ltv: &[f64]) -> Vec<f64> {
        let mut found = vec![0.0; self.by_rep.len()];
        for part in &self.parts {
            let at = part.account as usize;
            let all = self.positive.get(at).copied().unwrap_or(0);
            let worth = ltv.get(at).copied().unwrap_or(0.0);
            if let (true, Some(sum)) = (all > 0, found.get_mut(part.rep as usize)) {
                *sum += worth * (to_units(part.positive) / to_units(all));
            }
        }
        found
    }

    /// The accounts that bought something.
    pub fn to(&self) -> impl Iterator<Item = usize> {
        let all = self.positive.iter().enumerate();
        all.filter(|(_, sold)| **sold > 0).map(|(at, _)| at)
    }
}
