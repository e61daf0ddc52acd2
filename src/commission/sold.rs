//! What was sold, summed by salesperson and by account, for the comparison of schemes.
//!
//! In: sales. Out: sums that do not depend on schemes or lifetime values, so that they are made once.
//! Invariant: the parts of an account that salespeople sold sum to all that it bought above zero.

use super::sales::{Sales, to_units};

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
    /// Account, salesperson, and the revenue above zero that one sold the other.
    parts: Vec<(u32, u32, i64)>,
}

impl Sold {
    /// Sums the sales.
    pub fn of(sales: &Sales) -> Self {
        let mut found = Self {
            by_rep: vec![Sum::default(); sales.reps.len()],
            by_account: vec![Sum::default(); sales.accounts.len()],
            positive: vec![0; sales.accounts.len()],
            ..Self::default()
        };
        // By salesperson, the part of the account at hand.
        let mut part = vec![usize::MAX; sales.reps.len()];
        for row in sales.by_account() {
            let row = row as usize;
            found.add(sales, row, &mut part);
        }
        found.revenue = found.by_account.iter().map(|sum| sum.revenue).sum();
        found.contribution = found.by_account.iter().map(|sum| sum.contribution).sum();
        found
    }

    fn add(&mut self, sales: &Sales, row: usize, part: &mut [usize]) {
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
        let (Some(positive), Some(part)) = (
            self.positive.get_mut(account as usize),
            part.get_mut(rep as usize),
        ) else {
            return;
        };
        let own = revenue.max(0);
        *positive += own;
        match self.parts.get_mut(*part).filter(|one| one.0 == account) {
            Some(known) => known.2 += own,
            None => {
                *part = self.parts.len();
                self.parts.push((account, rep, own));
            }
        }
    }

    /// Lifetime value by salesperson: each account's, in parts by who sold how much of it.
    ///
    /// `ltv` is by account, in units of the currency.
    pub fn ltv(&self, ltv: &[f64]) -> Vec<f64> {
        let mut found = vec![0.0; self.by_rep.len()];
        for (account, rep, own) in &self.parts {
            let at = *account as usize;
            let all = self.positive.get(at).copied().unwrap_or(0);
            let worth = ltv.get(at).copied().unwrap_or(0.0);
            if let (true, Some(sum)) = (all > 0, found.get_mut(*rep as usize)) {
                *sum += worth * (to_units(*own) / to_units(all));
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
