//! Two models weighed together: MBG/CNBD-k, which knows how regular the orders are, and MBG/NBD.
//!
//! Where accounts skip an order, the regular model is too sure that they have left. Every forecast is
//! therefore `v` times that of the regular model and `1 - v` times that of MBG/NBD (a linear pool);
//! `v` comes from the back-test (`models::backtest`). Due dates and lateness, which are about the
//! rhythm of an account that has not left, are the regular model's alone.

use super::ahead::Scratch;
use super::cnbd::Cnbd;
use super::discounting::discounted;
use super::history::History;
use super::weeks::{Discount, Weeks};
use crate::base::num::Legendre;

/// Two models and the weight of the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pool {
    /// MBG/CNBD-k.
    pub regular: Cnbd,
    /// MBG/NBD.
    pub random: Cnbd,
    /// The weight of the regular model, 0 to 1.
    pub weight: f64,
}

/// A number of orders that is expected, and how much luck makes it vary.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Orders {
    /// The expected number.
    pub mean: f64,
    /// Its variance, for one account, from luck alone.
    pub variance: f64,
}

impl Pool {
    fn mix(&self, mut of: impl FnMut(&Cnbd) -> f64) -> f64 {
        let mut sum = 0.0;
        if self.weight > 0.0 {
            sum += self.weight * of(&self.regular);
        }
        if self.weight < 1.0 {
            sum += (1.0 - self.weight) * of(&self.random);
        }
        sum
    }

    /// The chance that the account has not left.
    pub fn p_alive(&self, history: &History) -> f64 {
        self.mix(|model| model.p_alive(history))
    }

    /// The chance of an order within a time.
    pub fn p_order(&self, history: &History, within: Weeks) -> f64 {
        self.mix(|model| model.ahead(history).p_order(within))
    }

    /// Expected orders within a time.
    pub fn expected(&self, history: &History, within: Weeks, scratch: &mut Scratch) -> f64 {
        self.mix(|model| model.ahead(history).expected(within, scratch))
    }

    /// Expected orders within a time, each at its worth now.
    pub fn discounted(
        &self,
        history: &History,
        (within, rate): (Weeks, Discount),
        rule: &Legendre,
        scratch: &mut Scratch,
    ) -> f64 {
        self.mix(|model| {
            let ahead = model.ahead(history);
            discounted(rule, rate, within, |t| ahead.expected(t, scratch))
        })
    }

    /// Expected orders within a time, and their variance.
    pub fn orders(&self, history: &History, within: Weeks, scratch: &mut Scratch) -> Orders {
        let mut square = 0.0;
        let mut share = self.weight;
        let mut mean = 0.0;
        for model in [&self.regular, &self.random] {
            if share > 0.0 {
                let (first, second) = model.ahead(history).moments(within, scratch);
                mean += share * first;
                square += share * second;
            }
            share = 1.0 - self.weight;
        }
        Orders {
            mean,
            variance: (square - mean * mean).max(0.0),
        }
    }

    /// The chances of 0, 1, 2, ... orders within a time.
    pub fn counts(&self, history: &History, within: Weeks, scratch: &mut Scratch) -> Vec<f64> {
        let mut sum: Vec<f64> = Vec::new();
        for (model, share) in [
            (&self.regular, self.weight),
            (&self.random, 1.0 - self.weight),
        ] {
            if share <= 0.0 {
                continue;
            }
            let own = model.ahead(history).counts(within, scratch);
            sum.resize(sum.len().max(own.len()), 0.0);
            for (sum, chance) in sum.iter_mut().zip(own) {
                *sum += share * chance;
            }
        }
        sum
    }
}

/// The range of counts that leaves out at most so large a share on either side.
///
/// ```
/// use perennial::models::count_range;
/// assert_eq!(count_range(&[0.25, 0.5, 0.2, 0.05], 0.1), (0, 2));
/// ```
pub fn count_range(chances: &[f64], outside: f64) -> (u32, u32) {
    let at = |share: f64| {
        let mut sum = 0.0;
        for (count, chance) in (0_u32..).zip(chances) {
            sum += chance;
            if sum > share {
                return count;
            }
        }
        u32::try_from(chances.len().saturating_sub(1)).unwrap_or(u32::MAX)
    };
    (at(outside), at(1.0 - outside - 1e-12))
}
