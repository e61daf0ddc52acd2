//! Bands around what schemes cost, by the bootstrap over customers ([`super::band`]).
//!
//! A small book is paid anew in every draw, so that tiers, quotas and caps answer to the customers
//! drawn. In a large book that would take too long: there each account keeps what was paid on it,
//! and what belongs to no account goes with revenue. All schemes see the same draws, so that their
//! differences are of the schemes and not of luck.

use super::band::{Band, times};
use super::compare::Banded;
use super::plan::Plan;
use super::replay::{Paid, Replay};
use super::sales::{FirstKey, Sales, to_units};
use super::sold::{Sold, Sum};

/// Rows times schemes times draws that are paid anew; about two seconds in a browser.
pub const MOST_PAID_ANEW: usize = 15_000_000;

/// Totals in every draw, made a draw at a time so that the worker can say how far it is.
pub struct Draws<'a> {
    sales: &'a Sales,
    plans: &'a [Plan],
    paid: &'a [Paid],
    active: Vec<u32>,
    seed: u64,
    anew: bool,
    /// By account: revenue and contribution, in units.
    accounts: Vec<(f64, f64)>,
    /// By draw: contribution, then a total a plan.
    found: Vec<Draw>,
}

/// Contribution in a draw, and a total a plan.
pub type Draw = (f64, Vec<f64>);

impl<'a> Draws<'a> {
    /// `paid` is what the plans paid over the sales; `draws` how many there will be.
    pub fn new(
        sales: &'a Sales,
        sold: &Sold,
        plans: &'a [Plan],
        paid: &'a [Paid],
        seed: u64,
        draws: u32,
    ) -> Self {
        let work = sales
            .len()
            .saturating_mul(plans.len())
            .saturating_mul(draws as usize);
        let units = |sum: &Sum| (to_units(sum.revenue), to_units(sum.contribution));
        Self {
            sales,
            plans,
            paid,
            active: sales.active_accounts(),
            seed,
            anew: work <= MOST_PAID_ANEW,
            accounts: sold.by_account.iter().map(units).collect(),
            found: Vec::new(),
        }
    }

    /// Goes on where draws with the same schemes, seed and number were left.
    #[must_use]
    pub fn after(self, found: Vec<Draw>) -> Self {
        Self { found, ..self }
    }

    /// What was drawn so far.
    pub fn into_found(self) -> Vec<Draw> {
        self.found
    }

    /// What a draw costs, in rows paid: an account kept as it is costs a twentieth of a row.
    pub fn work(&self) -> usize {
        let each = if self.anew {
            self.sales.len()
        } else {
            self.accounts.len() / 20
        };
        each.saturating_mul(self.plans.len())
    }

    /// How many draws were made.
    pub const fn made(&self) -> usize {
        self.found.len()
    }

    /// Computes the next draw.
    pub fn draw(&mut self) {
        let number = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        let times = times(self.seed, number, &self.active, self.sales.accounts.len());
        let weighted = |of: &dyn Fn(&(f64, f64)) -> f64| -> f64 {
            let each = self.accounts.iter().zip(&times);
            each.map(|(account, times)| of(account) * f64::from(*times))
                .sum()
        };
        let contribution = weighted(&|account| account.1);
        let totals = if self.anew {
            let sales = self.sales.drawn(&times);
            let replay = Replay::new(&sales, self.plans, FirstKey::Account);
            let all = replay.all();
            all.iter().map(|paid| to_units(paid.total())).collect()
        } else {
            let all: f64 = self.accounts.iter().map(|account| account.0).sum();
            let drawn = weighted(&|account| account.0);
            let grown = if all > 0.0 { drawn / all } else { 1.0 };
            let one = |paid: &Paid| {
                let own = paid.by_account.iter().zip(&times);
                let own: f64 = own
                    .map(|(pay, times)| to_units(*pay) * f64::from(*times))
                    .sum();
                own + to_units(paid.other) * grown
            };
            self.paid.iter().map(one).collect()
        };
        self.found.push((contribution, totals));
    }

    /// The bands of one plan, by position, against the one in use.
    pub fn of(&self, plan: usize, current: Option<usize>) -> Option<Banded> {
        let total = |draw: &(f64, Vec<f64>), at: usize| draw.1.get(at).copied();
        let all = |at: usize| -> Option<Vec<f64>> {
            self.found.iter().map(|draw| total(draw, at)).collect()
        };
        let totals = all(plan)?;
        let shares = self.found.iter().zip(&totals);
        let shares = shares.map(|((left, _), total)| (*left > 0.0).then(|| total / left));
        let more: Option<Vec<f64>> =
            current
                .filter(|at| *at != plan)
                .and_then(all)
                .map(|current| {
                    totals
                        .iter()
                        .zip(current)
                        .map(|(total, current)| total - current)
                        .collect()
                });
        let draws = u32::try_from(self.found.len()).ok()?;
        let cheaper = more.as_ref().map(|more| {
            let less = more.iter().filter(|more| **more < 0.0).count();
            f64::from(u32::try_from(less).unwrap_or(draws)) / f64::from(draws)
        });
        Some(Banded {
            total: Band::of(totals.clone())?,
            of_contribution: shares.collect::<Option<Vec<f64>>>().and_then(Band::of),
            more: more.and_then(Band::of),
            cheaper,
            draws,
            paid_anew: self.anew,
        })
    }
}
