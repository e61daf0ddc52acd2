//! What an account will do in a coming stretch of time, under MBG/CNBD-k: exact, not approximated.
//!
//! Own derivation (checked by simulation, by integrals and, for `k = 1`, against the published 2F1
//! forms). An account that is alive at `T` has finished `i < k` stages of its interval with a weight
//! proportional to `C(n + i - 1, i) z^i`, and its rate is then Gamma(`n + i`, `alpha + T`). Let `M` be
//! those `i` stages and the ones finished in the time `t` ahead: `j` orders come if `M >= j k`. With
//! `u = t/(alpha + T + t)`, `g = z (1 - u)`, `s = g + u`, summing over `i` first gives
//!
//! ```text
//! P(M = m | alive) = (1 - s)^n / S  C(n + m - 1, m) s^m  P(Binomial(m, g/s) < k)
//! P(at least j orders) = P(alive) c_j P(M >= j k | alive)
//! c_1 = 1,  c_{j+1} = c_j (b* + j - 1)/(a + b* + j - 1),  b* = b + x + d     staying j - 1 times
//! E(orders) = sum_j P(at least j orders)
//! P(an order within t) = (S(T) - S(T + t))/(S + D)
//! ```
//!
//! All terms are positive and found by recurrence. Where the binomial factor would lose its digits
//! the sum over `i` is taken term by term.

use super::cnbd::{Cnbd, MOST_STAGES, Silence};
use super::history::History;
use super::weeks::Weeks;

/// Stages after which counting ends: what would lie beyond counts as this many.
const STAGES: u32 = 1 << 18;

/// An account as it stands at the cut-off, under a model; from here its future is computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    model: Cnbd,
    k: u32,
    /// First parameter of the chance to leave.
    a: f64,
    state: Silence,
}

/// Room for the chances of order counts, reused from account to account.
#[derive(Debug, Clone, Default)]
pub struct Scratch(Vec<f64>);

impl Cnbd {
    /// The future of an account with this history.
    pub fn ahead(&self, history: &History) -> Ahead {
        Ahead {
            model: *self,
            k: self.k,
            a: self.a,
            state: self.silence(history),
        }
    }

    /// The future of an account that has just placed its first order.
    pub fn ahead_of_new(&self) -> Ahead {
        self.ahead(&History::default())
    }
}

impl Ahead {
    /// The chance that the account has not left.
    pub const fn p_alive(&self) -> f64 {
        self.state.alive
    }

    /// The chance of at least one order within a time.
    pub fn p_order(&self, within: Weeks) -> f64 {
        let t = within.get();
        let state = &self.state;
        if t <= 0.0 {
            return 0.0;
        }
        // S at the end of the time, as if the account had been silent all along.
        let quiet = state.z * state.base;
        let z = (quiet + t) / (state.base + t);
        let (sum, lift) = self.model.silent_sum(state.n, z);
        let ln_later = (state.n * libm::log1p(-z) + libm::log(sum) + lift).min(state.ln_silent);
        let ends = -libm::expm1(ln_later - state.ln_silent);
        (state.alive * ends).clamp(0.0, 1.0)
    }

    /// Expected orders within a time.
    pub fn expected(&self, within: Weeks, scratch: &mut Scratch) -> f64 {
        self.masses(within.get(), &mut scratch.0);
        let (mut sum, mut reached, mut staying) = (0.0, 0.0, 1.0);
        for (orders, mass) in (0_u32..).zip(&scratch.0).skip(1) {
            reached += staying;
            staying *= self.stays(orders);
            sum += mass * reached;
        }
        sum * self.state.alive
    }

    /// The mean and the mean square of the number of orders within a time.
    pub(super) fn moments(&self, within: Weeks, scratch: &mut Scratch) -> (f64, f64) {
        self.masses(within.get(), &mut scratch.0);
        let (mut mean, mut square) = (0.0, 0.0);
        let (mut reached, mut reached_square, mut staying) = (0.0, 0.0, 1.0);
        for (orders, mass) in (0_u32..).zip(&scratch.0).skip(1) {
            reached += staying;
            reached_square += staying * (2.0 * f64::from(orders) - 1.0);
            staying *= self.stays(orders);
            mean += mass * reached;
            square += mass * reached_square;
        }
        (mean * self.state.alive, square * self.state.alive)
    }

    /// The chances of 0, 1, 2, ... orders within a time.
    pub fn counts(&self, within: Weeks, scratch: &mut Scratch) -> Vec<f64> {
        self.masses(within.get(), &mut scratch.0);
        // From stage counts to at-least chances, from the far end.
        let mut chances: Vec<f64> = vec![0.0; scratch.0.len()];
        let mut tail = 0.0;
        for (chance, mass) in chances.iter_mut().zip(&scratch.0).rev() {
            tail += mass;
            *chance = tail;
        }
        let mut staying = self.state.alive;
        for (orders, chance) in (0_u32..).zip(chances.iter_mut()) {
            if orders == 0 {
                *chance = 1.0;
            } else {
                *chance *= staying;
                staying *= self.stays(orders);
            }
        }
        let next: Vec<f64> = chances.iter().skip(1).copied().chain([0.0]).collect();
        chances
            .iter()
            .zip(&next)
            .map(|(at_least, more)| (at_least - more).max(0.0))
            .collect()
    }

    /// The chance to stay after so many further orders.
    fn stays(&self, orders: u32) -> f64 {
        let kept = self.state.survived + f64::from(orders) - 1.0;
        if kept <= 0.0 {
            0.0
        } else {
            kept / (self.a + kept)
        }
    }

    /// Fills the chances, given that the account is alive now and nobody leaves, of 0, 1, 2, ...
    /// orders within `t` weeks.
    fn masses(&self, t: f64, out: &mut Vec<f64>) {
        out.clear();
        let state = &self.state;
        // An account that is certainly lost orders no more.
        if t <= 0.0 || state.alive < 1e-250 {
            out.push(1.0);
            return;
        }
        let u = t / (state.base + t);
        let ln_rest_ahead = libm::log1p(-u);
        if self.model.skip > 0.0 {
            self.masses_by_stage(u, ln_rest_ahead, out);
            super::skipped::thin(out, self.model.skip);
            return;
        }
        if self.k == 1 {
            stages(1, state.n, u, state.n * ln_rest_ahead, 0, None, 1.0, out);
            return;
        }
        let within = state.z * (1.0 - u);
        let s = within + u;
        let last_stages = f64::from(self.k - 1) * libm::log(within / s);
        if state.silent > 1e-280 && (self.k <= MOST_STAGES || last_stages > -600.0) {
            let ln_start = state.n * (state.ln_rest + ln_rest_ahead) - state.ln_silent;
            stages(self.k, state.n, s, ln_start, 0, Some(within / s), 1.0, out);
        } else {
            self.masses_by_stage(u, ln_rest_ahead, out);
        }
    }

    fn masses_by_stage(&self, u: f64, ln_rest_ahead: f64, out: &mut Vec<f64>) {
        let state = &self.state;
        let (sum, lift) = self.model.silent_sum(state.n, state.z);
        let ln_sum = libm::log(sum) + lift;
        let ln_skip = libm::log(self.model.skip);
        let blocks = super::skipped::blocks(&self.model);
        // With skipped cycles there are more stages to look at; those that hardly count are left out.
        let least = if blocks > 1 { 1e-7 } else { 1e-18 };
        let mut ln_weight = -ln_sum;
        for i in 0..self.k * blocks {
            let done = f64::from(i);
            if i > 0 && i.is_multiple_of(self.k) {
                ln_weight += ln_skip;
            }
            let weight = libm::exp(ln_weight);
            if weight > least {
                let n = state.n + done;
                let start = i % self.k;
                stages(self.k, n, u, n * ln_rest_ahead, start, None, weight, out);
            }
            ln_weight += libm::log((state.n + done) / (done + 1.0) * state.z);
        }
    }
}

/// The running chance that a binomial count is below `k`.
struct Below {
    chance: f64,
    /// The chance that it is exactly `k - 1`.
    edge: f64,
    share: f64,
    /// Where the chance was last summed afresh.
    fresh: f64,
}

impl Below {
    fn new(k: u32, share: f64) -> Self {
        Self {
            chance: 1.0,
            edge: libm::exp(f64::from(k - 1) * libm::log(share)),
            share,
            fresh: 1.0,
        }
    }

    /// From `trials` trials to one more.
    fn step(&mut self, k: u32, trials: u32) {
        if trials + 1 < k {
            return;
        }
        let rest = 1.0 - self.share;
        self.chance -= self.share * self.edge;
        let trials = f64::from(trials + 1);
        self.edge *= trials / (trials - f64::from(k - 1)) * rest;
        // Subtraction costs digits: before they are gone the chance is summed afresh.
        if self.chance < 1e-3 * self.fresh {
            let (mut term, mut sum) = (self.edge, self.edge);
            for i in (1..k).rev() {
                let i = f64::from(i);
                term *= i / (trials - i + 1.0) * rest / self.share;
                sum += term;
            }
            self.chance = sum;
            self.fresh = sum;
        }
    }
}

/// Adds to `out` the chances, times `weight`, that `start` stages and a negative binomial number of
/// further ones (shape `n`, ratio `s`, first term of logarithm `ln_first`) make 0, 1, 2, ... orders of
/// `k` stages; each times the chance that a binomial count with `share` is below `k`.
#[expect(
    clippy::too_many_arguments,
    reason = "one sum, three callers, all numbers of it"
)]
fn stages(
    k: u32,
    n: f64,
    s: f64,
    ln_first: f64,
    start: u32,
    share: Option<f64>,
    weight: f64,
    out: &mut Vec<f64>,
) {
    let mut below = share.map(|share| Below::new(k, share));
    let (mut term, mut lift) = if ln_first < -600.0 {
        (1.0, ln_first)
    } else {
        (libm::exp(ln_first), 0.0)
    };
    let (mut orders, mut stage) = (0_usize, start);
    let (mut mass, mut ahead, mut unseen) = (0.0, 0.0, weight);
    for drawn in 0..=STAGES {
        if drawn == STAGES {
            mass += f64::max(unseen, 0.0);
            break;
        }
        let chance = below.as_ref().map_or(1.0, |below| below.chance);
        if lift == 0.0 {
            let part = weight * term * chance;
            mass += part;
            unseen -= part;
            ahead += if orders > 0 { part } else { 0.0 };
            // Divisions are most of a term's cost: whether to end is asked at every eighth.
            if orders > 0 && drawn.is_multiple_of(8) {
                // What is still to come falls at least as fast as a geometric series.
                let ratio = s * ((n + f64::from(drawn)) / (f64::from(drawn) + 1.0)).max(1.0);
                let rest = part * ratio / (1.0 - ratio);
                if ratio < 1.0 && rest * f64::from(drawn + k) <= 1e-14 * ahead * f64::from(k) {
                    break;
                }
            }
            if part == 0.0 && f64::from(drawn) * (1.0 - s) > n * s {
                break;
            }
        }
        term *= s * (n + f64::from(drawn)) / f64::from(drawn + 1);
        if lift < 0.0 && term > 1e130 {
            term *= 1e-130;
            lift += 299.336_062_089_226_3;
            if lift >= -600.0 {
                term *= libm::exp(lift);
                lift = 0.0;
            }
        }
        if let Some(below) = &mut below {
            below.step(k, drawn);
        }
        stage += 1;
        if stage == k {
            push(out, orders, &mut mass);
            (stage, orders) = (0, orders + 1);
        }
    }
    push(out, orders, &mut mass);
}

fn push(out: &mut Vec<f64>, orders: usize, mass: &mut f64) {
    match out.get_mut(orders) {
        Some(slot) => *slot += *mass,
        None => out.push(*mass),
    }
    *mass = 0.0;
}
