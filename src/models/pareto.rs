//! Pareto/NBD, for comparison: accounts order at random and leave at random times.
//!
//! Orders of a live account are Poisson with a rate that differs as Gamma(`r`, `alpha`); it leaves
//! with a rate that differs as Gamma(`s`, `beta`) (Schmittlein, Morrison and Colombo 1987, Management
//! Science 33: 1-24; Fader and Hardie, brucehardie.com/notes/009). Not a default: it forecasts no
//! better than MBG/NBD and has no regularity.
//!
//! The published likelihood is a difference of two hypergeometric functions that cancel. Here it is
//! the integral they come from, by quadrature on a logarithmic scale of time (own choice):
//!
//! ```text
//! L = G(r+x)/G(r) alpha^r beta^s [ (alpha+T)^-(r+x) (beta+T)^-s
//!       + integral_{t_x}^T s (alpha+y)^-(r+x) (beta+y)^-(s+1) dy ]
//! P(alive) = first term / bracket
//! E(orders in t | alive) = (r+x)/(alpha+T) (beta+T) (1 - w^(s-1))/(s-1),  w = (beta+T)/(beta+T+t)
//! ```
//!
//! and `(1 - w^(s-1))/(s-1)` is `expm1`'s, so that `s = 1` is no special case.

use super::history::{Histories, History};
use super::weeks::{Discount, Weeks};
use crate::base::num::{Bfgs, Legendre, Point, digamma_rise, ln_rising};

use super::prior::BOUND;

/// The model with its parameters; `alpha` and `beta` are times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pareto {
    r: f64,
    alpha: f64,
    s: f64,
    beta: f64,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoFit {
    /// The model.
    pub model: Pareto,
    /// ln of the likelihood (the week is the unit of time).
    pub ln_likelihood: f64,
    /// Some parameter stands at the edge of what is tried: the data does not say.
    pub at_edge: bool,
}

/// The second term of the bracket over the first.
struct Gone {
    /// ln of it.
    ln_odds: f64,
    /// The slope of that in r, alpha, s and beta.
    slope: Point,
}

impl Gone {
    /// ln of the bracket over its first term.
    fn ln_whole(&self) -> f64 {
        self.ln_odds.max(0.0) + libm::log1p(libm::exp(-self.ln_odds.abs()))
    }

    /// The chance to have left.
    fn share(&self) -> f64 {
        1.0 / (1.0 + libm::exp(-self.ln_odds))
    }
}

impl Pareto {
    /// A model from its parameters, forced between 1e-9 and 1e9.
    pub fn new(r: f64, alpha: Weeks, s: f64, beta: Weeks) -> Self {
        let keep = |v: f64| if v.is_nan() { 1.0 } else { v.clamp(1e-9, 1e9) };
        Self {
            r: keep(r),
            alpha: keep(alpha.get()),
            s: keep(s),
            beta: keep(beta.get()),
        }
    }

    /// Shape of the distribution of order rates.
    pub const fn r(&self) -> f64 {
        self.r
    }

    /// Scale of the distribution of order rates.
    pub fn alpha(&self) -> Weeks {
        Weeks::new(self.alpha)
    }

    /// Shape of the distribution of leaving rates.
    pub const fn s(&self) -> f64 {
        self.s
    }

    /// Scale of the distribution of leaving rates.
    pub fn beta(&self) -> Weeks {
        Weeks::new(self.beta)
    }

    fn gone(&self, history: &History, rule: &Legendre) -> Gone {
        let (last, age) = (history.last.get(), history.age.get());
        let n = self.r + f64::from(history.repeats);
        let none = Gone {
            ln_odds: f64::NEG_INFINITY,
            slope: [0.0; 4],
        };
        if age <= last {
            return none;
        }
        let scale = self.alpha.min(self.beta) + last;
        // No further than where the integrand has fallen by e^-100.
        let steep = [(n, self.alpha + last), (self.s, self.beta + last)];
        let fallen = steep.map(|(power, start)| libm::expm1(100.0 / power) * start / scale);
        let [by_orders, by_leaves] = fallen;
        let whole = libm::log1p((age - last) / scale)
            .min(by_orders)
            .min(by_leaves);
        let fall =
            |(power, start): (f64, f64)| power * libm::log1p(scale * libm::expm1(whole) / start);
        let panels = (steep.map(fall).iter().sum::<f64>() / 8.0)
            .max(0.7 * whole)
            .ceil()
            .clamp(1.0, 500.0);
        let width = whole / panels;
        let (alpha_end, beta_end) = (self.alpha + age, self.beta + age);
        // All of it relative to the integrand at the last order, where it is largest.
        let (mut sum, mut slope, mut panel) = (0.0, [0.0; 4], 0.0);
        while panel < panels {
            let before = sum;
            for (y, weight) in rule.places(panel * width, (panel + 1.0) * width) {
                let since = scale * libm::expm1(y);
                let orders = libm::log1p(since / (self.alpha + last));
                let leaves = libm::log1p(since / (self.beta + last));
                let (at_alpha, at_beta) = (self.alpha + last + since, self.beta + last + since);
                let part = weight * scale * libm::exp(y - n * orders - self.s * leaves) / at_beta;
                sum += part;
                let [by_r, by_alpha, by_s, by_beta] = &mut slope;
                *by_r += part * libm::log(alpha_end / at_alpha);
                *by_alpha += part * n * (1.0 / alpha_end - 1.0 / at_alpha);
                *by_s += part * (1.0 / self.s + libm::log(beta_end / at_beta));
                *by_beta += part * (self.s / beta_end - (self.s + 1.0) / at_beta);
            }
            if sum - before < 1e-18 * sum {
                break;
            }
            panel += 1.0;
        }
        let orders = libm::log(alpha_end / (self.alpha + last));
        let leaves = libm::log(beta_end / (self.beta + last));
        let ln_odds = libm::log(self.s * sum) + n * orders + self.s * leaves;
        if sum > 0.0 && ln_odds.is_finite() {
            Gone {
                ln_odds,
                slope: slope.map(|part| part / sum),
            }
        } else {
            none
        }
    }

    /// ln of the likelihood of one history, and its slope in r, alpha, s and beta.
    fn ln_likelihood_of(&self, history: &History, rule: &Legendre) -> (f64, Point) {
        let repeats = f64::from(history.repeats);
        let age = history.age.get();
        let n = self.r + repeats;
        let gone = self.gone(history, rule);
        let ln_orders = libm::log1p(age / self.alpha);
        let ln_leaves = libm::log1p(age / self.beta);
        let value = ln_rising(self.r, repeats)
            - repeats * libm::log(self.alpha)
            - n * ln_orders
            - self.s * ln_leaves
            + gone.ln_whole();
        let (alpha_end, beta_end) = (self.alpha + age, self.beta + age);
        let own = [
            digamma_rise(self.r, repeats) - ln_orders,
            (self.r * age - repeats * self.alpha) / (self.alpha * alpha_end),
            -ln_leaves,
            self.s * age / (self.beta * beta_end),
        ];
        let mut slope = own;
        for (slope, part) in slope.iter_mut().zip(gone.slope) {
            *slope += part * gone.share();
        }
        (value, slope)
    }

    /// ln of the likelihood of all accounts.
    pub fn ln_likelihood(&self, histories: &Histories) -> f64 {
        let rule = Legendre::new(NODES);
        let rows = histories.rows().iter();
        rows.map(|row| f64::from(row.count) * self.ln_likelihood_of(&row.history, &rule).0)
            .sum()
    }

    /// The chance that the account has not left.
    ///
    /// ```
    /// use perennial::models::{History, Pareto, Weeks};
    /// let week = Weeks::new;
    /// let model = Pareto::new(0.553, week(10.578), 0.606, week(11.669));
    /// let history = History::new(2, week(30.43), week(38.86), 0.0);
    /// assert!((model.p_alive(&history) - 0.869_168).abs() < 1e-6);
    /// ```
    pub fn p_alive(&self, history: &History) -> f64 {
        1.0 - self.gone(history, &Legendre::new(NODES)).share()
    }

    /// Orders a week of an account that is alive.
    fn rate(&self, history: &History) -> f64 {
        (self.r + f64::from(history.repeats)) / (self.alpha + history.age.get())
    }

    /// Expected orders within a time.
    pub fn expected(&self, history: &History, within: Weeks) -> f64 {
        let base = self.beta + history.age.get();
        let logs = libm::log1p(within.get() / base);
        let past = self.s - 1.0;
        let time = if (past * logs).abs() < 1e-300 {
            logs
        } else {
            -libm::expm1(-past * logs) / past
        };
        let expected = self.p_alive(history) * self.rate(history) * base * time;
        if expected.is_finite() {
            expected.max(0.0)
        } else {
            0.0
        }
    }

    /// Expected orders of an account that has just placed its first.
    pub fn expected_of_new(&self, within: Weeks) -> f64 {
        self.expected(&History::default(), within)
    }

    /// Expected orders for ever, discounted; `None` without a discount.
    pub fn discounted_for_ever(&self, history: &History, rate: Discount) -> Option<f64> {
        let delta = rate.per_week();
        if delta <= 0.0 {
            return None;
        }
        let base = self.beta + history.age.get();
        let rule = Legendre::new(NODES);
        // integral of e^(-delta t) (base/(base + t))^s, with t = base (e^y - 1).
        let end = libm::log1p(42.0 / (delta * base)).min(40.0);
        let panels = end.ceil().max(1.0);
        let (mut sum, mut panel) = (0.0, 0.0);
        while panel < panels {
            sum += rule.integrate(end * panel / panels, end * (panel + 1.0) / panels, |y| {
                base * libm::exp((1.0 - self.s) * y - delta * base * libm::expm1(y))
            });
            panel += 1.0;
        }
        Some(self.p_alive(history) * self.rate(history) * sum)
    }

    /// Fits the model by maximum likelihood; `None` where no account ordered twice.
    pub fn fit(histories: &Histories) -> Option<ParetoFit> {
        if histories.repeats() == 0 {
            return None;
        }
        let rule = Legendre::new(NODES);
        let tau = histories.scale().get();
        let of = |psi: &Point| {
            let [ln_r, ln_alpha, ln_s, ln_beta] = *psi;
            Self {
                r: libm::exp(ln_r),
                alpha: tau * libm::exp(ln_alpha),
                s: libm::exp(ln_s),
                beta: tau * libm::exp(ln_beta),
            }
        };
        let mut cost = |psi: &Point| {
            let model = of(psi);
            let mut total = (0.0, [0.0; 4]);
            for row in histories.rows() {
                let (value, slope) = model.ln_likelihood_of(&row.history, &rule);
                let count = f64::from(row.count);
                total.0 -= count * value;
                let scales = [model.r, model.alpha, model.s, model.beta];
                for ((sum, part), scale) in total.1.iter_mut().zip(slope).zip(scales) {
                    *sum -= count * part * scale;
                }
            }
            total
        };
        let start = [0.0, 0.0, 0.0, 1.0];
        let end = Bfgs::new(&start, BOUND, 1e-10, &mut cost).run(&mut cost);
        end.value().is_finite().then(|| ParetoFit {
            model: of(end.at()),
            ln_likelihood: -end.value(),
            at_edge: end.at().iter().any(|v| v.abs() >= 0.98 * BOUND),
        })
    }
}

/// Nodes of each panel.
const NODES: u32 = 16;
