//! What newly won accounts bring month by month, by simulation.
//!
//! In: a fit of when accounts order, one of what orders are worth, a seed. Every simulated account
//! has parameters of its own, drawn from the book's distribution, which is itself drawn by its
//! uncertainty: so what comes out holds luck, the difference between accounts, and what is not known
//! of the parameters. Its first order comes at once. Out: the revenue up to each month's end, sorted, so that
//! any margin and cost is one search away.

use crate::base::num::Normals;
use crate::base::order::sort_by;

use super::cnbd::{Cnbd, Leaving};
use super::fit::Fit;
use super::order_value::OrderValues;
use super::weeks::WEEKS_PER_YEAR;

/// Orders of one simulated account after which counting ends.
const MOST_ORDERS: u32 = 5_000;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Newcomers {
    /// By month, from the first order: the revenue so far of every simulated account, ascending.
    months: Vec<Vec<f64>>,
}

/// A model and its weight.
fn model(fit: &Fit, draw: usize, random: &mut Normals) -> Cnbd {
    let pool = fit.draws().get(draw).unwrap_or(fit.pool());
    if random.share() < pool.weight {
        pool.regular
    } else {
        pool.random
    }
}

impl Newcomers {
    /// Simulates so many accounts over so many months.
    pub fn simulate(fit: &Fit, values: &OrderValues, months: u32, paths: u32, seed: u64) -> Self {
        let mut random = Normals::new(seed);
        let mut sums = vec![Vec::with_capacity(paths as usize); months as usize + 1];
        for path in 0..paths as usize {
            let draw = path % fit.draws().len().max(1);
            let model = model(fit, draw, &mut random);
            let newcomer = values.newcomer(draw, &mut random);
            let rate = random.gamma(model.r) / model.alpha;
            let leave = random.beta(model.a, model.b);
            let gap = |random: &mut Normals| {
                let mut stages = random.gamma(f64::from(model.k));
                while model.skip > 0.0 && random.share() < model.skip {
                    stages += random.gamma(f64::from(model.k));
                }
                stages / rate.max(1e-300)
            };
            let (mut next, mut orders) = (gap(&mut random), 0);
            let mut revenue = newcomer.order(&mut random);
            let mut gone = model.leaving == Leaving::AfterEveryOrder && random.share() < leave;
            for (month, sum) in (0_u32..).zip(sums.iter_mut()) {
                let until = f64::from(month) / 12.0 * WEEKS_PER_YEAR;
                while next <= until && !gone && orders < MOST_ORDERS {
                    revenue += newcomer.order(&mut random);
                    gone = random.share() < leave;
                    next += gap(&mut random);
                    orders += 1;
                }
                sum.push(revenue);
            }
        }
        for sum in &mut sums {
            sort_by(sum, f64::total_cmp);
        }
        Self { months: sums }
    }

    /// How many months.
    pub fn months(&self) -> usize {
        self.months.len().saturating_sub(1)
    }

    /// The share of new accounts whose revenue has reached an amount by a month's end; month 0 is
    /// the first order.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    pub fn reached(&self, month: usize, revenue: f64) -> f64 {
        let Some(sums) = self.months.get(month).filter(|sums| !sums.is_empty()) else {
            return 0.0;
        };
        let below = sums.partition_point(|sum| *sum < revenue);
        1.0 - below as f64 / sums.len() as f64
    }

    /// The mean revenue of new accounts up to a month's end, in money.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    pub fn mean(&self, month: usize) -> f64 {
        let sums = self.months.get(month).map_or(&[][..], Vec::as_slice);
        sums.iter().sum::<f64>() / sums.len().max(1) as f64
    }
}
