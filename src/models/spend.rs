//! Gamma-Gamma: what an account spends per order.
//!
//! An account's orders are Gamma(`p`, `nu`), and `nu` differs between accounts as Gamma(`q`, `gamma`);
//! the mean over all is `p gamma / (q - 1)`. With `x` orders of sum `s` (Colombo and Jiang 1999; Fader
//! and Hardie 2013, brucehardie.com/notes/025; the form on individual orders is the same model before
//! the orders are summed):
//!
//! ```text
//! orders: (p-1) sum ln z - x ln G(p) + ln G(p x + q) - ln G(q) + q ln gamma - (p x + q) ln(gamma + s)
//! means:  ln G(p x + q) - ln G(p x) - ln G(q) + q ln gamma + (p x - 1) ln(s/x) + p x ln x
//!         - (p x + q) ln(gamma + s)
//! E(value | x, s) = p (gamma + s)/(p x + q - 1)
//! next order      ~ (gamma + s) BetaPrime(p, p x + q)
//! ```
//!
//! `q = 1 + e^eta`, so that a mean always exists. The weak prior (own choice) has no unit: orders of
//! one account vary by half their mean, accounts by as much, around the mean of the book.

use std::collections::BTreeMap;

use crate::base::num::{
    Bfgs, Curvature, Normals, Point, curvature, digamma, inc_beta, inc_beta_inverse, ln_gamma,
};

use super::prior::{BOUND, Prior};

/// One account's orders, in money: how many, their sum, and the sum of their logarithms.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spend {
    /// Orders with a positive value.
    pub orders: u32,
    /// Their sum.
    pub total: f64,
    /// The sum of their logarithms.
    pub ln_total: f64,
}

impl Spend {
    /// From order values; those that are not positive do not count.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        values
            .filter(|v| v.is_finite() && *v > 0.0)
            .fold(Self::default(), |sum, value| Self {
                orders: sum.orders.saturating_add(1),
                total: sum.total + value,
                ln_total: sum.ln_total + libm::log(value),
            })
    }

    /// From a mean order value: for [`SpendOn::Means`] only.
    pub fn of_mean(orders: u32, mean: f64) -> Self {
        if orders == 0 || !mean.is_finite() || mean <= 0.0 {
            return Self::default();
        }
        let count = f64::from(orders);
        Self {
            orders,
            total: mean * count,
            ln_total: libm::log(mean) * count,
        }
    }

    /// The same orders in a unit of so much money.
    #[must_use]
    pub fn over(&self, unit: f64) -> Self {
        Self {
            orders: self.orders,
            total: self.total / unit,
            ln_total: self.ln_total - f64::from(self.orders) * libm::log(unit),
        }
    }

    fn counts(&self) -> bool {
        self.orders > 0 && self.total > 0.0 && self.total.is_finite() && self.ln_total.is_finite()
    }

    /// The mean order value.
    pub fn mean(&self) -> Option<f64> {
        self.counts().then(|| self.total / f64::from(self.orders))
    }
}

/// What is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpendOn {
    /// Every order: the default, which sees how much orders of one account vary.
    #[default]
    Orders,
    /// Each account's mean, as the published packages do.
    Means,
}

/// The model with its parameters; `gamma` is in money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    p: f64,
    q: f64,
    gamma: f64,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpendFit {
    /// The model.
    pub model: GammaGamma,
    /// ln of the likelihood, without the prior.
    pub ln_likelihood: f64,
    /// Accounts it rests on.
    pub accounts: u32,
    /// Some parameter stands at the edge of what is tried: the data does not say.
    pub at_edge: bool,
}

impl GammaGamma {
    /// A model from its parameters, forced into what can be computed with: `q` above 1.
    pub fn new(p: f64, q: f64, gamma: f64) -> Self {
        let keep = |v: f64, low: f64| if v.is_nan() { 2.0 } else { v.clamp(low, 1e12) };
        Self {
            p: keep(p, 1e-9),
            q: keep(q, 1.0 + 1e-9),
            gamma: keep(gamma, 1e-12),
        }
    }

    /// Shape of one account's orders.
    pub const fn p(&self) -> f64 {
        self.p
    }

    /// Shape of what differs between accounts.
    pub const fn q(&self) -> f64 {
        self.q
    }

    /// Scale, in money.
    pub const fn gamma(&self) -> f64 {
        self.gamma
    }

    /// The mean order value of an account of which nothing is known.
    pub fn mean(&self) -> f64 {
        self.p * self.gamma / (self.q - 1.0)
    }

    /// The expected value of an account's orders, in money.
    ///
    /// ```
    /// use perennial::models::{GammaGamma, Spend};
    /// let model = GammaGamma::new(6.25, 3.74, 15.44);
    /// let spend = Spend::of_mean(2, 22.35);
    /// assert!((model.expected(&spend) - 24.6637).abs() < 1e-3);
    /// ```
    pub fn expected(&self, spend: &Spend) -> f64 {
        let spend = if spend.counts() {
            *spend
        } else {
            Spend::default()
        };
        let orders = f64::from(spend.orders);
        self.p * (self.gamma + spend.total) / (self.p * orders + self.q - 1.0)
    }

    /// The value below which so large a share of next orders lies.
    pub fn next_order(&self, spend: &Spend, share: f64) -> f64 {
        let spend = if spend.counts() {
            *spend
        } else {
            Spend::default()
        };
        let whole = self.p * f64::from(spend.orders) + self.q;
        let y = inc_beta_inverse(share.clamp(1e-9, 1.0 - 1e-9), self.p, whole);
        (self.gamma + spend.total) * (y / (1.0 - y)).min(1e12)
    }

    /// The chance that so many further orders of an account come to an amount, in money, or more:
    /// their sum over `gamma` and what is known is a beta prime of `p` times their number and
    /// `p x + q` (own derivation, checked by simulation).
    pub fn reaches(&self, spend: &Spend, orders: u32, amount: f64) -> f64 {
        if amount <= 0.0 {
            return 1.0;
        }
        if orders == 0 {
            return 0.0;
        }
        let spend = if spend.counts() {
            *spend
        } else {
            Spend::default()
        };
        let whole = self.p * f64::from(spend.orders) + self.q;
        let y = amount / (amount + self.gamma + spend.total);
        inc_beta(y, self.p * f64::from(orders), whole).1
    }

    /// The simulated sum of so many further orders of an account, in money.
    pub fn simulate(&self, spend: &Spend, orders: u32, random: &mut Normals) -> f64 {
        if orders == 0 {
            return 0.0;
        }
        let spend = if spend.counts() {
            *spend
        } else {
            Spend::default()
        };
        let whole = self.p * f64::from(spend.orders) + self.q;
        let rate = random.gamma(whole).max(1e-12);
        (self.gamma + spend.total) / rate * random.gamma(self.p * f64::from(orders))
    }

    /// ln of the likelihood of all accounts with orders.
    pub fn ln_likelihood(&self, on: SpendOn, accounts: &[Spend]) -> f64 {
        Spends::new(on, accounts).at(self).0
    }

    /// Fits the model; `None` where no account has an order with a value.
    pub fn fit(on: SpendOn, prior: Prior, accounts: &[Spend]) -> Option<SpendFit> {
        Some(Self::fit_drawn(on, prior, accounts, (0, 0))?.0)
    }

    /// Fits the model, and draws so many models as likely as it by a Laplace approximation in the
    /// transformed parameters, from a seed.
    pub fn fit_drawn(
        on: SpendOn,
        prior: Prior,
        accounts: &[Spend],
        (draws, seed): (u32, u64),
    ) -> Option<(SpendFit, Vec<Self>)> {
        let spends = Spends::new(on, accounts);
        let scale = spends.mean()?;
        let mut cost = |psi: &Point| {
            let model = model_of(psi, scale);
            let (value, [by_p, by_q, by_gamma]) = spends.at(&model);
            let (own, mut slope) = cost_of(prior, psi);
            let past = model.q - 1.0;
            let [first, second, third, _] = &mut slope;
            // gamma = mean (q - 1)/p: it moves with all three.
            *first -= by_p * model.p - by_gamma * model.gamma;
            *second -= by_q * past + by_gamma * model.gamma;
            *third -= by_gamma * model.gamma;
            (own - value, slope)
        };
        let start = [libm::log(3.0), libm::log(2.5), 0.0, 0.0];
        let end = Bfgs::new(&start, BOUND, 1e-11, &mut cost).run(&mut cost);
        let mut found = Vec::new();
        if draws > 0 {
            let curve = Curvature::new(&curvature(end.at(), 1e-3, &mut cost), LEAST_CURVATURE);
            let mut normals = Normals::new(seed);
            for _ in 0..draws {
                let numbers = std::array::from_fn(|_| normals.draw());
                let mut psi = *end.at();
                for (psi, by) in psi.iter_mut().zip(curve.deviation(&numbers)) {
                    *psi = (*psi + by).clamp(-BOUND, BOUND);
                }
                found.push(model_of(&psi, scale));
            }
        }
        let model = model_of(end.at(), scale);
        let ln_likelihood = spends.at(&model).0;
        let sound = ln_likelihood.is_finite() && end.value().is_finite();
        let fit = SpendFit {
            model,
            ln_likelihood,
            accounts: spends.accounts,
            at_edge: end.at().iter().any(|v| v.abs() >= 0.98 * BOUND),
        };
        sound.then_some((fit, found))
    }
}

/// Directions that the data says nothing about are drawn with a deviation of at most one.
const LEAST_CURVATURE: f64 = 1.0;

fn model_of(psi: &Point, scale: f64) -> GammaGamma {
    let [ln_p, eta, ln_mean, _] = *psi;
    let (p, past) = (libm::exp(ln_p), libm::exp(eta));
    GammaGamma {
        p,
        q: 1.0 + past,
        gamma: scale * libm::exp(ln_mean) * past / p,
    }
}

/// The weak prior: means and deviations of ln p, ln(q - 1) and ln(mean / mean of the book).
fn cost_of(prior: Prior, psi: &Point) -> (f64, Point) {
    let mut slope = [0.0; 4];
    if prior == Prior::None {
        return (0.0, slope);
    }
    let weak = [
        (1.386_294_361_119_890_6, 1.5),
        (0.916_290_731_874_155, 1.0),
        (0.0, 1.0),
    ];
    let mut cost = 0.0;
    for ((slope, at), (mean, deviation)) in slope.iter_mut().zip(psi).zip(weak) {
        let away = (at - mean) / deviation;
        cost += 0.5 * away * away;
        *slope = away / deviation;
    }
    (cost, slope)
}

/// The accounts by their number of orders, so that each gamma function is computed once.
struct Spends {
    on: SpendOn,
    accounts: u32,
    groups: Vec<Group>,
}

struct Group {
    orders: f64,
    count: f64,
    ln_total: f64,
    ln_mean: f64,
    totals: Vec<f64>,
}

impl Spends {
    fn new(on: SpendOn, accounts: &[Spend]) -> Self {
        let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
        let mut counted = 0;
        for spend in accounts.iter().filter(|spend| spend.counts()) {
            let orders = f64::from(spend.orders);
            let group = groups.entry(spend.orders).or_insert_with(|| Group {
                orders,
                count: 0.0,
                ln_total: 0.0,
                ln_mean: 0.0,
                totals: Vec::new(),
            });
            group.count += 1.0;
            group.ln_total += spend.ln_total;
            group.ln_mean += libm::log(spend.total / orders);
            group.totals.push(spend.total);
            counted += 1;
        }
        Self {
            on,
            accounts: counted,
            groups: groups.into_values().collect(),
        }
    }

    /// The mean order value of the book.
    fn mean(&self) -> Option<f64> {
        let total: f64 = self.groups.iter().flat_map(|g| &g.totals).sum();
        let orders: f64 = self.groups.iter().map(|g| g.orders * g.count).sum();
        let mean = total / orders;
        (orders > 0.0 && mean.is_finite() && mean > 0.0).then_some(mean)
    }

    /// ln of the likelihood and its slope in p, q and gamma.
    fn at(&self, model: &GammaGamma) -> (f64, [f64; 3]) {
        let GammaGamma { p, q, gamma } = *model;
        let ln_gamma_scale = libm::log(gamma);
        let mut total = 0.0;
        let (mut by_p, mut by_q, mut by_gamma) = (0.0, 0.0, 0.0);
        for group in &self.groups {
            let shape = p * group.orders;
            let whole = shape + q;
            // ln(1 + s/gamma), and gamma's share of gamma + s.
            let (mut logs, mut shares) = (0.0, 0.0);
            for sum in &group.totals {
                logs += libm::log1p(sum / gamma);
                shares += gamma / (gamma + sum);
            }
            let ends = ln_gamma(whole) - ln_gamma(q) - shape * ln_gamma_scale;
            let turn = digamma(whole);
            let (fixed, slope) = match self.on {
                SpendOn::Orders => (
                    (p - 1.0) * group.ln_total - group.count * group.orders * ln_gamma(p),
                    group.ln_total - group.count * group.orders * digamma(p),
                ),
                SpendOn::Means => {
                    let ln_orders = libm::log(group.orders);
                    (
                        (shape - 1.0) * group.ln_mean
                            + group.count * (shape * ln_orders - ln_gamma(shape)),
                        group.orders * (group.ln_mean + group.count * (ln_orders - digamma(shape))),
                    )
                }
            };
            total += fixed + group.count * ends - whole * logs;
            by_p += slope + group.orders * (group.count * (turn - ln_gamma_scale) - logs);
            by_q += group.count * (turn - digamma(q)) - logs;
            by_gamma += (q * group.count - whole * shares) / gamma;
        }
        (total, [by_p, by_q, by_gamma])
    }
}
