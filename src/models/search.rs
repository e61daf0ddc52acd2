//! Fits MBG/CNBD-k: the parameters for each number of stages, and the number of stages.
//!
//! The search begins at the number of stages that the intervals themselves suggest, climbs a grid
//! until both neighbours are worse, and refines between them; each fit starts where its neighbour
//! ended. `k = 1` is always fitted too. One step is one line search.

use std::collections::BTreeMap;

use super::cnbd::{Cnbd, Leaving, MOST_STAGES};
use super::history::Histories;
use super::likelihood::Likelihood;
use super::prior::{BOUND, Frame, Prior};
use super::skipped::Skipping;
use super::weeks::Weeks;
use crate::base::num::{Bfgs, Curvature, Point, curvature, digamma};

/// The numbers of stages tried first.
const GRID: [u32; 11] = [1, 2, 3, 4, 6, 8, 12, 18, 26, 40, MOST_STAGES];

/// How close fits come to their optimum while stages are compared, and in the end; in ln likelihood.
const ROUGH: f64 = 1e-3;
const FINE: f64 = 1e-9;

/// How the number of stages is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stages {
    /// By likelihood, over the grid and its refinement.
    #[default]
    Search,
    /// This many.
    Fixed(u32),
}

/// One fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub model: Cnbd,
    pub psi: Point,
    /// Minus ln of likelihood and prior.
    pub cost: f64,
    pub ln_likelihood: f64,
    pub at_edge: bool,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Search {
    likelihood: Likelihood,
    tau: Weeks,
    leaving: Leaving,
    prior: Prior,
    stages: Stages,
    skip: f64,
    guess: u32,
    rough: BTreeMap<u32, Bfgs>,
    fine: BTreeMap<u32, Bfgs>,
    now: Option<(u32, Bfgs, bool)>,
}

fn cost(likelihood: &mut Likelihood, frame: &Frame, prior: Prior, psi: &Point) -> (f64, Point) {
    let model = frame.model(psi);
    let (value, slope) = likelihood.at(&model);
    let (own, mut total) = prior.cost(psi);
    for (total, part) in total.iter_mut().zip(Frame::slope(&model, slope)) {
        *total -= part;
    }
    (own - value, total)
}

/// The number of stages at which the intervals of one account vary as they do on average (own
/// derivation: an Erlang interval's ln has the mean `digamma(k) - ln rate`, the sum of `x` of them
/// `digamma(k x) - ln rate`). Only accounts with two intervals or more say anything.
pub(super) fn guess_stages(histories: &Histories, among: &[u32]) -> u32 {
    let mut seen = 0.0;
    let mut weights: BTreeMap<u32, f64> = BTreeMap::new();
    for row in histories
        .rows()
        .iter()
        .filter(|row| row.history.repeats > 1)
    {
        let (x, count) = (f64::from(row.history.repeats), f64::from(row.count));
        seen += count * (x * libm::log(row.history.last.get() / x) - row.history.ln_intervals);
        *weights.entry(row.history.repeats).or_default() += count;
    }
    let meant = |k: u32| -> f64 {
        let k = f64::from(k);
        let of = |(x, count): (&u32, &f64)| {
            let x = f64::from(*x);
            count * x * (digamma(k * x) - libm::log(x) - digamma(k))
        };
        weights.iter().map(of).sum()
    };
    let away = |k: u32| libm::log(meant(k) / seen.max(1e-12)).abs();
    let nearest = among.iter().copied().filter(|_| !weights.is_empty());
    nearest
        .min_by(|a, b| away(*a).total_cmp(&away(*b)))
        .unwrap_or(1)
}

impl Search {
    pub fn new(histories: &Histories, leaving: Leaving, prior: Prior, stages: Stages) -> Self {
        let guess = match stages {
            Stages::Search => guess_stages(histories, &GRID),
            Stages::Fixed(k) => k.clamp(1, MOST_STAGES),
        };
        Self {
            likelihood: Likelihood::new(histories),
            tau: histories.scale(),
            leaving,
            prior,
            stages,
            skip: 0.0,
            guess,
            rough: BTreeMap::new(),
            fine: BTreeMap::new(),
            now: None,
        }
    }

    pub const fn frame(&self, k: u32) -> Frame {
        Frame {
            k,
            leaving: self.leaving,
            tau: self.tau,
            skip: self.skip,
        }
    }

    /// For a model that skips cycles: these histories tell them, and so many stages are fitted alone.
    pub fn skipping(
        histories: &Histories,
        leaving: Leaving,
        prior: Prior,
        skipping: Skipping,
    ) -> Self {
        let stages = Stages::Fixed(skipping.stages);
        Self {
            skip: skipping.share,
            ..Self::new(histories, leaving, prior, stages)
        }
    }

    /// The best number of stages so far.
    pub fn best(&self) -> u32 {
        let best = self
            .rough
            .iter()
            .min_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        match self.stages {
            Stages::Search => best.map_or(self.guess, |(k, _)| *k),
            Stages::Fixed(_) => self.guess,
        }
    }

    /// The next number of stages to try.
    fn next(&self) -> Option<u32> {
        let tried = |k: &u32| self.rough.contains_key(k);
        if !tried(&self.guess) {
            return Some(self.guess);
        }
        if self.stages == Stages::Search {
            let best = self.best();
            let above = GRID.iter().copied().find(|k| *k > best);
            let below = GRID.iter().copied().rev().find(|k| *k < best);
            let beside = [above, below].into_iter().flatten();
            // A neighbour on the grid counts as tried when something nearer has been.
            let nearer_above = self.rough.range(best + 1..).next().map(|(k, _)| *k);
            let nearer_below = self.rough.range(..best).next_back().map(|(k, _)| *k);
            let open = beside.into_iter().find(|k| {
                let near = if *k > best {
                    nearer_above
                } else {
                    nearer_below
                };
                near.is_none()
            });
            if open.is_some() {
                return open;
            }
            let wide = (best / 12).max(1);
            let middle = |k: u32| f64::midpoint(f64::from(k), f64::from(best)).round();
            let gap = [nearer_above, nearer_below]
                .into_iter()
                .flatten()
                .find(|k| k.abs_diff(best) > wide);
            if let Some(k) = gap {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between two counts"
                )]
                let k = middle(k) as u32;
                if !tried(&k) {
                    return Some(k);
                }
            }
        }
        // MBG/NBD skips nothing.
        (self.skip == 0.0 && !tried(&1)).then_some(1)
    }

    /// One line search; `false` when all is fitted.
    pub fn step(&mut self) -> bool {
        if self.now.is_none() && !self.begin() {
            return false;
        }
        let Some((k, mut bfgs, fine)) = self.now.take() else {
            return false;
        };
        let frame = self.frame(k);
        let Self {
            likelihood, prior, ..
        } = self;
        if bfgs.step(&mut |psi| cost(likelihood, &frame, *prior, psi)) {
            self.now = Some((k, bfgs, fine));
        } else if fine {
            self.fine.insert(k, bfgs);
        } else {
            self.rough.insert(k, bfgs);
        }
        true
    }

    fn begin(&mut self) -> bool {
        if let Some(k) = self.next() {
            let near = self.rough.iter().min_by_key(|(tried, _)| tried.abs_diff(k));
            let near = near.map(|(_, bfgs)| bfgs.clone());
            let start = near.as_ref().map_or(Prior::mode(), |bfgs| *bfgs.at());
            let mut bfgs = self.start(k, &start, ROUGH);
            if let Some(near) = near {
                bfgs = bfgs.with_curvature_of(&near);
            } else {
                // The first fit begins at the better of two places; at the other, many leave early.
                let other = self.start(k, &[-0.7, -0.5, 0.0, 0.5], ROUGH);
                if other.value() < bfgs.value() {
                    bfgs = other;
                }
            }
            self.now = Some((k, bfgs, false));
            return true;
        }
        let other = if self.skip > 0.0 { self.best() } else { 1 };
        let wanted = [self.best(), other];
        let Some(k) = wanted.into_iter().find(|k| !self.fine.contains_key(k)) else {
            return false;
        };
        let Some(rough) = self.rough.get(&k).cloned() else {
            return false;
        };
        let bfgs = self.start(k, rough.at(), FINE).with_curvature_of(&rough);
        self.now = Some((k, bfgs, true));
        true
    }

    fn start(&mut self, k: u32, at: &Point, tolerance: f64) -> Bfgs {
        let frame = self.frame(k);
        let Self {
            likelihood, prior, ..
        } = self;
        Bfgs::new(at, BOUND, tolerance, &mut |psi| {
            cost(likelihood, &frame, *prior, psi)
        })
    }

    /// The numbers of stages tried so far, with what likelihood and prior cost there.
    pub fn tried(&self) -> Vec<(u32, f64)> {
        self.rough
            .iter()
            .map(|(k, bfgs)| (*k, bfgs.value()))
            .collect()
    }

    /// The fit for so many stages, once all is fitted.
    pub fn found(&self, k: u32) -> Option<Found> {
        let bfgs = self.fine.get(&k).filter(|bfgs| bfgs.value().is_finite())?;
        let psi = *bfgs.at();
        Some(Found {
            model: self.frame(k).model(&psi),
            psi,
            cost: bfgs.value(),
            ln_likelihood: self.prior.cost(&psi).0 - bfgs.value(),
            at_edge: psi.iter().any(|v| v.abs() >= 0.8 * BOUND),
        })
    }

    /// The curvature of likelihood and prior at a fit.
    pub fn curvature(&mut self, found: &Found) -> Curvature {
        let frame = self.frame(found.model.k);
        let Self {
            likelihood, prior, ..
        } = self;
        let matrix = curvature(&found.psi, 1e-3, &mut |psi| {
            cost(likelihood, &frame, *prior, psi)
        });
        Curvature::new(&matrix, 0.05)
    }

    /// By how much accounts that all order at one rate would explain the orders worse, in ln
    /// likelihood: the same fit with a shape so large that rates hardly differ.
    pub fn worse_if_alike(&mut self, found: &Found) -> f64 {
        let frame = self.frame(found.model.k);
        let Self {
            likelihood, prior, ..
        } = self;
        let [_, rate, leave, sum] = found.psi;
        let alike = libm::log(100.0);
        let prior_of_shape = |ln_r: f64| {
            let [_, rate, leave, sum] = Prior::mode();
            prior.cost(&[ln_r, rate, leave, sum]).0
        };
        if found.psi.first().is_some_and(|ln_r| *ln_r >= alike) {
            return 0.0;
        }
        let mut held = |psi: &Point| {
            let (value, [_, by_rate, by_leave, by_sum]) = cost(likelihood, &frame, *prior, psi);
            (value, [0.0, by_rate, by_leave, by_sum])
        };
        let start = [alike, rate, leave, sum];
        let end = Bfgs::new(&start, BOUND, ROUGH, &mut held).run(&mut held);
        let own = found.psi.first().copied().unwrap_or_default();
        (end.value() - prior_of_shape(alike)) - (found.cost - prior_of_shape(own))
    }
}
