//! MBG/CNBD-k: orders at regular intervals, and a chance to leave after every order.
//!
//! An account that is alive orders after an interval that is the sum of `k` exponential stages of
//! one rate (Erlang-k), so that its coefficient of variation is `1 / sqrt(k)`. Rates differ between
//! accounts as Gamma(`r`, `alpha`); after every order an account leaves with a chance that differs as
//! Beta(`a`, `b`). With `k = 1` these are MBG/NBD (Batislam, Denizel and Filiztekin 2007, IJRM 24:
//! 201-209; Wagner and Hoppe 2008) and, where nobody leaves after the first order, BG/NBD (Fader,
//! Hardie and Lee 2005, Marketing Science 24: 275-284); for other `k` Reutterer, Platzer and
//! Schroeder (2021, IJRM 38: 194-215).
//!
//! Own derivation, equal to those papers' numbers: with `n = r + k x`, `z = (T - t_x)/(alpha + T)`,
//! `d = 1` where an account may leave after its first order and 0 otherwise,
//!
//! ```text
//! S    = 1 - I_z(k, n) = (1 - z)^n sum_{i<k} C(n + i - 1, i) z^i     alive and silent since t_x
//! D    = a / (b + x + d - 1)                                          left after the last order
//! ln L = (k - 1) sum ln(interval) - x ln G(k) + ln G(n) - ln G(r) + r ln alpha
//!        - n ln(alpha + t_x) + ln B(a, b + x + d) - ln B(a, b) + ln(S + D)
//! P(alive) = S / (S + D)
//! ```
//!
//! Both terms are of order one, so nothing overflows, and no hypergeometric function is needed.
//! Source for what follows from it: `models::ahead`, `models::due`.

use super::history::History;
use super::weeks::Weeks;
use crate::base::num::{ln_gamma, ln_rising};

/// The most stages in an interval that are tried.
pub const MOST_STAGES: u32 = 60;

/// Whether an account may leave after its first order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leaving {
    /// After every order (MBG): the default, since one-time buyers may be gone.
    #[default]
    AfterEveryOrder,
    /// After repeat orders only (BG): one-time buyers count as alive for ever. For comparison.
    AfterRepeats,
}

impl Leaving {
    /// `d` of the formulas.
    pub(super) const fn d(self) -> f64 {
        match self {
            Self::AfterEveryOrder => 1.0,
            Self::AfterRepeats => 0.0,
        }
    }
}

/// The model with its parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cnbd {
    pub(super) k: u32,
    pub(super) leaving: Leaving,
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) a: f64,
    pub(super) b: f64,
    /// The chance that a cycle is skipped; 0 where every cycle ends in an order.
    pub(super) skip: f64,
}

impl Cnbd {
    /// A model from its parameters, forced into what can be computed with: `k` from 1 to 1000, the
    /// others from 1e-9 to 1e9. `alpha` is in weeks.
    pub fn new(k: u32, leaving: Leaving, r: f64, alpha: Weeks, a: f64, b: f64) -> Self {
        let keep = |v: f64| if v.is_nan() { 1.0 } else { v.clamp(1e-9, 1e9) };
        Self {
            k: k.clamp(1, 1000),
            leaving,
            r: keep(r),
            alpha: keep(alpha.get()),
            a: keep(a),
            b: keep(b),
            skip: 0.0,
        }
    }

    /// The same where a cycle is skipped with this chance (`models::skipped`).
    #[must_use]
    pub fn skipping(self, chance: f64) -> Self {
        let skip = if chance > 0.0 { chance.min(0.6) } else { 0.0 };
        Self { skip, ..self }
    }

    /// The chance that a cycle is skipped.
    pub const fn skip(&self) -> f64 {
        self.skip
    }

    /// The cycles that a history has seen.
    pub(super) fn cycles(&self, history: &History) -> u32 {
        if self.skip > 0.0 {
            history.cycles
        } else {
            history.repeats
        }
    }

    /// Stages in an interval.
    pub const fn k(&self) -> u32 {
        self.k
    }

    /// Whether an account may leave after its first order.
    pub const fn leaving(&self) -> Leaving {
        self.leaving
    }

    /// Shape of the distribution of stage rates.
    pub const fn r(&self) -> f64 {
        self.r
    }

    /// Scale of the distribution of stage rates, a time.
    pub fn alpha(&self) -> Weeks {
        Weeks::new(self.alpha)
    }

    /// First parameter of the chance to leave.
    pub const fn a(&self) -> f64 {
        self.a
    }

    /// Second parameter of the chance to leave.
    pub const fn b(&self) -> f64 {
        self.b
    }

    /// The coefficient of variation of one account's intervals.
    pub fn interval_variation(&self) -> f64 {
        1.0 / libm::sqrt(f64::from(self.k))
    }

    /// The mean chance to leave after an order.
    pub fn leaving_share(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// Orders a week of an account that is alive, on average.
    pub fn orders_per_week(&self) -> f64 {
        self.r * (1.0 - self.skip) / (self.alpha * f64::from(self.k))
    }

    pub(super) fn silence(&self, history: &History) -> Silence {
        let repeats = f64::from(history.repeats);
        let n = self.r + f64::from(self.k) * f64::from(self.cycles(history));
        let base = self.alpha + history.age.get();
        let z = history.silence().get() / base;
        let ln_rest = libm::log1p(-z);
        let (sum, raised) = self.silent_sum(n, z);
        let ln_silent = (n * ln_rest + libm::log(sum) + raised).min(0.0);
        let left = match (self.leaving, history.repeats) {
            (Leaving::AfterRepeats, 0) => 0.0,
            (leaving, _) => self.a / (self.b + repeats + leaving.d() - 1.0),
        };
        let silent = libm::exp(ln_silent);
        Silence {
            n,
            z,
            base,
            ln_rest,
            ln_silent,
            silent,
            left,
            survived: self.b + repeats + self.leaving.d(),
            alive: if left == 0.0 {
                1.0
            } else {
                silent / (silent + left)
            },
        }
    }

    /// `S` over `(1 - z)^n`, as [`stage_sum`] has it.
    pub(super) fn silent_sum(&self, n: f64, z: f64) -> (f64, f64) {
        if self.skip > 0.0 {
            super::skipped::stage_sum(self, n, z)
        } else {
            stage_sum(self.k, n, z)
        }
    }

    /// ln of the likelihood of one history (per account; the unit of time is the week). Of skipped
    /// cycles it knows how many there were, not which intervals they stand in: what depends on
    /// that alone is left out.
    pub fn ln_likelihood(&self, history: &History) -> f64 {
        let state = self.silence(history);
        let (k, repeats) = (f64::from(self.k), f64::from(history.repeats));
        let cycles = f64::from(self.cycles(history));
        let last = libm::log1p(history.last.get() / self.alpha);
        let coins = repeats + self.leaving.d();
        let both = if state.left == 0.0 {
            state.ln_silent
        } else {
            libm::log(state.silent + state.left)
        };
        (k - 1.0) * history.ln_intervals - repeats * ln_gamma(k) + ln_rising(self.r, k * cycles)
            - k * cycles * libm::log(self.alpha)
            - state.n * last
            + ln_rising(self.b, coins)
            - ln_rising(self.a + self.b, coins)
            + both
    }

    /// The chance that the account has not left, given its history.
    ///
    /// ```
    /// use perennial::models::{Cnbd, History, Leaving, Weeks};
    /// let week = Weeks::new;
    /// let model = Cnbd::new(1, Leaving::AfterRepeats, 0.243, week(4.414), 0.793, 2.426);
    /// let history = History::new(2, week(30.43), week(38.86), 0.0);
    /// assert!((model.p_alive(&history) - 0.726_579).abs() < 1e-6);
    /// ```
    pub fn p_alive(&self, history: &History) -> f64 {
        self.silence(history).alive
    }

    /// How late the account is: the share of comparable intervals that would have ended by now.
    pub fn lateness(&self, history: &History) -> f64 {
        (1.0 - self.silence(history).silent).clamp(0.0, 1.0)
    }
}

/// What an account's history means under a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Silence {
    /// `r + k x`.
    pub n: f64,
    /// `(T - t_x)/(alpha + T)`.
    pub z: f64,
    /// `alpha + T`, in weeks.
    pub base: f64,
    /// `ln(1 - z)`.
    pub ln_rest: f64,
    /// `ln S`.
    pub ln_silent: f64,
    /// `S`.
    pub silent: f64,
    /// `D`.
    pub left: f64,
    /// `b + x + d`.
    pub survived: f64,
    /// `S / (S + D)`.
    pub alive: f64,
}

/// `sum_{i<k} C(n + i - 1, i) z^i`, as a number and the logarithm of what it is still to be
/// multiplied with.
pub(super) fn stage_sum(k: u32, n: f64, z: f64) -> (f64, f64) {
    let (mut term, mut sum, mut lift) = (1.0, 1.0, 0.0);
    for i in 0..k.saturating_sub(1) {
        let i = f64::from(i);
        term *= (n + i) / (i + 1.0) * z;
        sum += term;
        if sum > 1e250 {
            let down = 1e-250;
            (term, sum) = (term * down, sum * down);
            lift -= libm::log(down);
        }
    }
    (sum, lift)
}
