//! The transformed parameters in which MBG/CNBD-k is fitted, and what is assumed of them before any
//! order is seen.
//!
//! With `tau` the pooled interval of the book,
//!
//! ```text
//! psi = [ ln r, ln(mean orders per tau) = ln(r tau / (alpha k)), logit(a / (a + b)), ln(a + b) ]
//! ```
//!
//! so that the assumptions have no unit and serve weekly and yearly buyers alike (own choice, by
//! judgement, checked by simulation): rates differ by a factor of about two between accounts, orders
//! come about every `tau`, about one account in eight leaves after an order.

use super::cnbd::{Cnbd, Leaving};
use super::weeks::Weeks;
use crate::base::num::Point;

/// The box of the transformed parameters.
pub(super) const BOUND: f64 = 12.0;

/// What is assumed before any order is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prior {
    /// Weak assumptions without a unit: the default, which keeps small books from extremes.
    #[default]
    Weak,
    /// None: exact maximum likelihood, for comparison with published results.
    None,
}

/// Means and standard deviations of the weak prior. The share that leaves is a logit.
const WEAK: [(f64, f64); 4] = [
    (0.405_465_108_108_164_4, 1.0),
    (0.0, 1.0),
    (-2.0, 1.2),
    (1.386_294_361_119_890_6, 0.8),
];

impl Prior {
    /// Minus ln of the density, up to a constant, and its slope.
    pub(super) fn cost(self, psi: &Point) -> (f64, Point) {
        if self == Self::None {
            return (0.0, [0.0; 4]);
        }
        let mut slope = [0.0; 4];
        let mut cost = 0.0;
        for ((slope, at), (mean, deviation)) in slope.iter_mut().zip(psi).zip(WEAK) {
            let away = (at - mean) / deviation;
            cost += 0.5 * away * away;
            *slope = away / deviation;
        }
        (cost, slope)
    }

    /// The most likely parameters before any order is seen; a start for a search too.
    pub(super) fn mode() -> Point {
        WEAK.map(|(mean, _)| mean)
    }

    /// The variances; endless without a prior.
    pub(super) fn variances(self) -> Point {
        match self {
            Self::Weak => WEAK.map(|(_, deviation)| deviation * deviation),
            Self::None => [f64::INFINITY; 4],
        }
    }
}

/// A model's fixed part, by which transformed parameters become the model's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub k: u32,
    pub leaving: Leaving,
    /// The pooled interval.
    pub tau: Weeks,
    /// The chance that a cycle is skipped.
    pub skip: f64,
}

impl Frame {
    pub fn model(&self, psi: &Point) -> Cnbd {
        let [ln_r, ln_rate, logit, ln_sum] = *psi;
        let r = libm::exp(ln_r);
        let alpha = r * self.tau.get() / (f64::from(self.k) * libm::exp(ln_rate));
        let sum = libm::exp(ln_sum);
        // Both shares from one exponential of a negative number: neither loses its digits.
        let small = libm::exp(-logit.abs());
        let (low, high) = (small / (1.0 + small), 1.0 / (1.0 + small));
        let (leave, stay) = if logit < 0.0 {
            (low, high)
        } else {
            (high, low)
        };
        Cnbd {
            k: self.k,
            leaving: self.leaving,
            r,
            alpha,
            a: leave * sum,
            b: stay * sum,
            skip: self.skip,
        }
    }

    /// A slope in `r`, `alpha`, `a`, `b` as one in the transformed parameters.
    pub fn slope(model: &Cnbd, [by_r, by_alpha, by_a, by_b]: Point) -> Point {
        let share = model.a * model.b / (model.a + model.b);
        [
            by_r * model.r + by_alpha * model.alpha,
            -by_alpha * model.alpha,
            share * (by_a - by_b),
            by_a * model.a + by_b * model.b,
        ]
    }
}
