//! The shifted beta-geometric: how long contracts are renewed.
//!
//! At the end of each period a contract ends with a chance that differs between accounts as
//! Beta(`alpha`, `beta`) (Fader and Hardie 2007, Journal of Interactive Marketing 21: 76-90; 2010,
//! Marketing Science 29: 85-93):
//!
//! ```text
//! S(t)  = B(alpha, beta + t) / B(alpha, beta)
//! r_t   = (beta + t - 1) / (alpha + beta + t - 1)                    renewed at the end of period t
//! DERL  = sum_{j>=1} S(n - 1 + j) / S(n - 1) / (1 + d)^(j-1)       an account in its n-th period
//! ```
//!
//! The published form of the last is a hypergeometric function; the plain series is the same and
//! has no pole. Periods are those of the contract, and so is the rate of discount.

use crate::base::num::{Bfgs, Point, digamma_rise, ln_rising};

use super::prior::{BOUND, Prior};

/// Contracts that are equally old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contracts {
    /// Periods that were paid: at least 1.
    pub periods: u32,
    /// Contracts that ended after these.
    pub ended: u32,
    /// Contracts that were renewed after them and are not seen further, or have just been renewed:
    /// they are known to last longer than `periods`.
    pub renewed: u32,
}

/// The model with its parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewal {
    alpha: f64,
    beta: f64,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RenewalFit {
    /// The model.
    pub model: Renewal,
    /// ln of the likelihood, without the prior.
    pub ln_likelihood: f64,
    /// Contracts it rests on.
    pub contracts: u64,
    /// Some parameter stands at the edge of what is tried: the data does not say.
    pub at_edge: bool,
}

impl Renewal {
    /// A model from its parameters, forced between 1e-9 and 1e9.
    pub fn new(alpha: f64, beta: f64) -> Self {
        let keep = |v: f64| if v.is_nan() { 1.0 } else { v.clamp(1e-9, 1e9) };
        Self {
            alpha: keep(alpha),
            beta: keep(beta),
        }
    }

    /// First parameter of the chance to end.
    pub const fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Second parameter of the chance to end.
    pub const fn beta(&self) -> f64 {
        self.beta
    }

    /// The share of contracts renewed at least so many times.
    ///
    /// ```
    /// use perennial::models::Renewal;
    /// let model = Renewal::new(1.0, 1.0);
    /// assert!((model.survival(3) - 0.25).abs() < 1e-15);
    /// assert!((model.retention(1) - 0.5).abs() < 1e-15);
    /// ```
    pub fn survival(&self, renewals: u32) -> f64 {
        let t = f64::from(renewals);
        libm::exp(ln_rising(self.beta, t) - ln_rising(self.alpha + self.beta, t)).min(1.0)
    }

    /// The chance that a contract in its period `period` (the first is 1) is renewed at its end.
    pub fn retention(&self, period: u32) -> f64 {
        let kept = self.beta + f64::from(period.max(1)) - 1.0;
        kept / (self.alpha + kept)
    }

    /// Expected further payments of a contract in its period `period`, just before the renewal at the
    /// period's end, each counted at its worth then; `discount` is per period. Without a discount
    /// the sum may have no limit: at most 100,000 periods count.
    pub fn discounted_renewals(&self, period: u32, discount: f64) -> f64 {
        let keep = 1.0
            / (1.0
                + if discount.is_nan() {
                    0.0
                } else {
                    discount.max(0.0)
                });
        let (mut sum, mut survival, mut worth) = (0.0, 1.0, 1.0);
        let first = period.max(1);
        for at in first..first.saturating_add(100_000) {
            survival *= self.retention(at);
            let term = survival * worth;
            sum += term;
            worth *= keep;
            // What is still to come is less than a geometric series.
            if term * keep < 1e-16 * sum * (1.0 - keep) {
                break;
            }
        }
        sum
    }

    /// Fits the model; `None` where there are no contracts, or where none of them ended or none was
    /// renewed and there is no prior to decide.
    pub fn fit(prior: Prior, contracts: &[Contracts]) -> Option<RenewalFit> {
        let seen: Vec<Contracts> = contracts
            .iter()
            .copied()
            .filter(|c| c.periods > 0)
            .collect();
        let total = |of: fn(&Contracts) -> u32| seen.iter().map(|c| u64::from(of(c))).sum::<u64>();
        let (ended, renewed) = (total(|c| c.ended), total(|c| c.renewed));
        let later = seen.iter().any(|c| c.periods > 1);
        if ended + renewed == 0 || prior == Prior::None && (ended == 0 || renewed == 0 && !later) {
            return None;
        }
        let mut cost = |psi: &Point| {
            let model = model_of(psi);
            let (value, by_alpha, by_beta) = model.ln_likelihood_of(&seen);
            let (own, mut slope) = cost_of(prior, psi);
            let share = model.alpha * model.beta / (model.alpha + model.beta);
            let [first, second, ..] = &mut slope;
            *first -= share * (by_alpha - by_beta);
            *second -= by_alpha * model.alpha + by_beta * model.beta;
            (own - value, slope)
        };
        let start = [-1.0, 1.0, 0.0, 0.0];
        let end = Bfgs::new(&start, BOUND, 1e-12, &mut cost).run(&mut cost);
        let model = model_of(end.at());
        Some(RenewalFit {
            model,
            ln_likelihood: model.ln_likelihood_of(&seen).0,
            contracts: ended + renewed,
            at_edge: end.at().iter().any(|v| v.abs() >= 0.98 * BOUND),
        })
    }

    /// ln of the likelihood of these contracts.
    pub fn ln_likelihood(&self, contracts: &[Contracts]) -> f64 {
        self.ln_likelihood_of(contracts).0
    }

    fn ln_likelihood_of(&self, contracts: &[Contracts]) -> (f64, f64, f64) {
        let whole = self.alpha + self.beta;
        let (mut value, mut by_alpha, mut by_beta) = (0.0, 0.0, 0.0);
        for row in contracts.iter().filter(|row| row.periods > 0) {
            let t = f64::from(row.periods);
            if row.ended > 0 {
                // alpha beta (beta + 1) ... (beta + t - 2) over (alpha + beta) ... (t factors)
                let count = f64::from(row.ended);
                value += count
                    * (libm::log(self.alpha) + ln_rising(self.beta, t - 1.0) - ln_rising(whole, t));
                let shared = digamma_rise(whole, t);
                by_alpha += count * (1.0 / self.alpha - shared);
                by_beta += count * (digamma_rise(self.beta, t - 1.0) - shared);
            }
            if row.renewed > 0 {
                let count = f64::from(row.renewed);
                value += count * (ln_rising(self.beta, t) - ln_rising(whole, t));
                let shared = digamma_rise(whole, t);
                by_alpha -= count * shared;
                by_beta += count * (digamma_rise(self.beta, t) - shared);
            }
        }
        (value, by_alpha, by_beta)
    }
}

/// From the logit of the mean chance to end and ln of the parameters' sum.
fn model_of(psi: &Point) -> Renewal {
    let [logit, ln_sum, ..] = *psi;
    let sum = libm::exp(ln_sum);
    let small = libm::exp(-logit.abs());
    let (low, high) = (sum * small / (1.0 + small), sum / (1.0 + small));
    let (alpha, beta) = if logit < 0.0 {
        (low, high)
    } else {
        (high, low)
    };
    Renewal { alpha, beta }
}

/// The weak prior: one contract in eight ends at each renewal, as for orders.
fn cost_of(prior: Prior, psi: &Point) -> (f64, Point) {
    let [logit, ln_sum, ..] = *psi;
    let (cost, [_, _, first, second]) = prior.cost(&[0.0, 0.0, logit, ln_sum]);
    (cost, [first, second, 0.0, 0.0])
}
