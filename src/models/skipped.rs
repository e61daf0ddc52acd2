//! Skipped cycles: accounts that order at regular intervals, but now and then leave one out.
//!
//! Every cycle of `k` stages ends in an order with the chance `1 - s` and is skipped with the chance
//! `s` (own extension of MBG/CNBD-k). How many cycles an interval spans is not seen. It is taken to be
//! the number that is most likely at the account's own mean cycle,
//!
//! ```text
//! g = argmax  g ln s + k g ln(k t / mu) - ln G(k g)          mu = t_x / sum g
//! ```
//!
//! found by turns with `k` (from how much intervals vary about `g mu`) and `s` (skipped over all
//! cycles): a classification likelihood, where the sum over all `g` would be exact. With the sum `M`
//! of all `g`, an account is silent, and its future found, as in `models::cnbd` and `models::ahead`
//! with
//!
//! ```text
//! n = r + k M
//! S = (1 - z)^n sum_i C(n + i - 1, i) z^i s^floor(i/k)
//! ```
//!
//! and each cycle to come is an order with the chance `1 - s`. Blocks of `k` stages end where `s` to
//! their number is below 1e-5, at most five. Whether this is used at all, the back-test says.

use super::cnbd::Cnbd;
use super::history::Histories;
use crate::base::num::{ln_gamma, median};

/// Cycles that one interval can span.
const MOST_CYCLES: u32 = 6;
/// Intervals from which an account's own cycle is told.
const FEWEST_INTERVALS: usize = 3;
/// Skipped cycles and their share from which a model of them is tried.
const WORTH_TRYING: (u32, f64) = (5, 0.01);
/// Accounts that the shares are found from; of more, an even sample.
const SAMPLED: usize = 1_000;
/// Fewest stages at which a skipped cycle can be told from a long one.
const FEWEST_STAGES: f64 = 3.0;

/// How skipped cycles are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skipping {
    /// The share of cycles that are skipped, 0 to 1.
    pub share: f64,
    /// Stages in a cycle.
    pub stages: u32,
    /// By number of cycles, what of their chance depends on no interval.
    terms: [f64; MOST_CYCLES as usize],
}

/// The intervals of a book that span so many cycles.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Span {
    cycles: u32,
    count: f64,
    ln_intervals: f64,
}

impl Span {
    /// What these intervals add to ln of the likelihood, beside what depends on rates.
    pub fn ln_likelihood(&self, model: &Cnbd) -> f64 {
        let stages = f64::from(model.k * self.cycles);
        let skipped = f64::from(self.cycles.saturating_sub(1)) * libm::log(model.skip);
        (stages - 1.0) * self.ln_intervals
            + self.count * (skipped + libm::log1p(-model.skip) - ln_gamma(stages))
    }
}

impl Skipping {
    fn new(share: f64, stages: u32) -> Self {
        let (k, mut terms) = (f64::from(stages), [0.0; MOST_CYCLES as usize]);
        for (g, term) in (1_u32..).map(f64::from).zip(&mut terms) {
            *term = g * libm::log(share) + k * g * libm::log(k) - ln_gamma(k * g);
        }
        Self {
            share,
            stages,
            terms,
        }
    }

    /// How many cycles each of an account's intervals spans; weeks.
    pub fn cycles(&self, intervals: &[f64]) -> Vec<u32> {
        let mut found = by_ratio(intervals);
        let k = f64::from(self.stages);
        let whole: f64 = intervals.iter().sum();
        if found.iter().all(|cycles| *cycles == 1) {
            return found;
        }
        for _ in 0..2 {
            let mean = whole / f64::from(found.iter().sum::<u32>().max(1));
            for (cycles, interval) in found.iter_mut().zip(intervals) {
                let longer = k * libm::log(interval / mean);
                let mut best = f64::NEG_INFINITY;
                for (g, term) in (1_u32..).zip(&self.terms) {
                    let fits = term + f64::from(g) * longer;
                    if fits > best {
                        (best, *cycles) = (fits, g);
                    }
                }
            }
        }
        found
    }
}

/// The first guess: an interval over the account's median, as a whole number.
fn by_ratio(intervals: &[f64]) -> Vec<u32> {
    let middle = Some(intervals)
        .filter(|all| all.len() >= FEWEST_INTERVALS)
        .and_then(median);
    let cycles = |interval: &f64| {
        let ratio = middle.map_or(1.0, |middle| interval / middle);
        let mut cycles = 1;
        while cycles < MOST_CYCLES && ratio >= f64::from(cycles) + 0.6 {
            cycles += 1;
        }
        cycles
    };
    intervals.iter().map(cycles).collect()
}

/// How cycles are skipped in a book; `None` where too few are, or intervals vary too much to tell.
pub(super) fn skipping(histories: &Histories) -> Option<Skipping> {
    let cut = histories.cut()?;
    let every = histories.len().div_ceil(SAMPLED).max(1);
    let accounts: Vec<Vec<f64>> = (0..histories.len())
        .step_by(every)
        .map(|account| histories.intervals(account, cut))
        .filter(|intervals| intervals.len() >= FEWEST_INTERVALS)
        .collect();
    let mut found: Option<Skipping> = None;
    for _ in 0..3 {
        let (mut away, mut free, mut cycles, mut orders) = (0.0, 0.0, 0_u32, 0_u32);
        for intervals in &accounts {
            let own = found.map_or_else(|| by_ratio(intervals), |found| found.cycles(intervals));
            let whole: u32 = own.iter().sum();
            let count = u32::try_from(own.len()).unwrap_or(u32::MAX);
            let mean = intervals.iter().sum::<f64>() / f64::from(whole);
            for (interval, cycles) in intervals.iter().zip(&own) {
                let off = interval / mean - f64::from(*cycles);
                away += off * off;
            }
            // The mean is the account's own, which costs one of its intervals.
            free += f64::from(whole) * (1.0 - 1.0 / f64::from(count));
            cycles = cycles.saturating_add(whole);
            orders = orders.saturating_add(count);
        }
        let skipped = cycles - orders;
        let share = f64::from(skipped) / f64::from(cycles.max(1));
        let stages = free / away.max(1e-9);
        if skipped < WORTH_TRYING.0 || share < WORTH_TRYING.1 || stages < FEWEST_STAGES {
            return None;
        }
        let stages = stages.min(f64::from(super::cnbd::MOST_STAGES)).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 3 and 60"
        )]
        let stages = stages as u32;
        found = Some(Skipping::new(share.min(0.5), stages));
    }
    found
}

/// The intervals of a book by the number of cycles that they span.
pub(super) fn spans(histories: &Histories) -> Vec<Span> {
    let Some((skipping, cut)) = histories.told().zip(histories.cut()) else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = (0..=MOST_CYCLES)
        .map(|cycles| Span {
            cycles,
            ..Span::default()
        })
        .collect();
    for account in 0..histories.len() {
        let intervals = histories.intervals(account, cut);
        for (cycles, interval) in skipping.cycles(&intervals).iter().zip(&intervals) {
            if let Some(span) = spans.get_mut(*cycles as usize) {
                span.count += 1.0;
                span.ln_intervals += libm::log(*interval);
            }
        }
    }
    spans.retain(|span| span.count > 0.0);
    spans
}

/// Blocks of `k` stages that count in a silence: one, and one more for each cycle that may have been
/// skipped in it.
pub(super) fn blocks(model: &Cnbd) -> u32 {
    let mut blocks = 1;
    let mut chance = model.skip;
    while chance > 1e-5 && blocks < 5 {
        chance *= model.skip;
        blocks += 1;
    }
    blocks
}

/// `sum_i C(n + i - 1, i) z^i s^floor(i/k)`, as a number and the logarithm of what it is still to be
/// multiplied with.
pub(super) fn stage_sum(model: &Cnbd, n: f64, z: f64) -> (f64, f64) {
    let (mut term, mut sum, mut lift) = (1.0, 1.0, 0.0);
    for i in 1..model.k * blocks(model) {
        let at = f64::from(i);
        term *= (n + at - 1.0) / at * z;
        if i.is_multiple_of(model.k) {
            term *= model.skip;
        }
        sum += term;
        if sum > 1e250 {
            let down = 1e-250;
            (term, sum) = (term * down, sum * down);
            lift -= libm::log(down);
        }
    }
    (sum, lift)
}

/// From the chances of so many cycles to those of so many orders: each cycle is an order with the chance
/// `1 - skip`.
pub(super) fn thin(masses: &mut Vec<f64>, skip: f64) {
    // The generating function at `skip + (1 - skip) w`, by Horner's rule.
    let mut orders: Vec<f64> = Vec::with_capacity(masses.len());
    for mass in masses.iter().rev() {
        let mut carried = 0.0;
        for slot in &mut orders {
            let kept = *slot;
            *slot = kept * skip + carried;
            carried = kept * (1.0 - skip);
        }
        orders.push(carried);
        if let Some(first) = orders.first_mut() {
            *first += mass;
        }
    }
    *masses = orders;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;
    use crate::base::num::Normals;
    use crate::models::likelihood::Likelihood;
    use crate::models::{Leaving, Weeks};

    fn told() -> (Histories, Skipping) {
        let start = Date::parse("2022-01-03").unwrap();
        let mut random = Normals::new(5);
        let mut lists: Vec<Vec<Date>> = Vec::new();
        for account in 0..40 {
            let mut day = start.plus_days(account);
            let mut days = vec![day];
            for order in 0..12 {
                let gap = 5.0 + random.draw() + f64::from(account % 4);
                // Now and then one is left out.
                let cycles = if (order + account) % 9 == 0 { 2 } else { 1 };
                #[expect(clippy::cast_possible_truncation, reason = "a few weeks")]
                let gap = (7.0 * gap * f64::from(cycles)).round().max(1.0) as i32;
                day = day.plus_days(gap);
                days.push(day);
            }
            lists.push(days);
        }
        let cut = start.plus_days(900);
        let histories = Histories::of_days(cut, lists.iter().map(Vec::as_slice));
        let found = skipping(&histories).unwrap();
        (histories.skipping(found).unwrap(), found)
    }

    #[test]
    fn skipped_cycles_are_told_from_long_ones() {
        let (histories, found) = told();
        assert!((found.share - 1.0 / 10.0).abs() < 0.03, "{found:?}");
        assert!(found.stages > 15, "{found:?}");
        let cycles: u32 = histories.rows().iter().map(|row| row.history.cycles).sum();
        let orders: u32 = histories.rows().iter().map(|row| row.history.repeats).sum();
        assert!(cycles > orders && cycles < orders * 5 / 4);
        assert_eq!(found.cycles(&[4.0, 4.2, 8.1, 3.9, 12.3]), [1, 1, 2, 1, 3]);
        assert_eq!(found.cycles(&[4.0, 9.0]), [1, 1]);
        // An earlier day knows its own.
        let earlier = histories.earlier(histories.cut().unwrap().plus_days(-300));
        assert!(
            earlier
                .unwrap()
                .rows()
                .iter()
                .any(|r| r.history.cycles > r.history.repeats)
        );
    }

    #[test]
    fn the_slope_is_that_of_the_likelihood() {
        let (histories, _) = told();
        let mut likelihood = Likelihood::new(&histories);
        let at = [1.7, 0.9, 0.4, 3.0];
        let model = |[r, alpha, a, b]: [f64; 4]| {
            Cnbd::new(6, Leaving::AfterEveryOrder, r, Weeks::new(alpha), a, b).skipping(0.12)
        };
        let (_, slope) = likelihood.at(&model(at));
        for (place, slope) in slope.iter().enumerate() {
            let mut moved = |by: f64| {
                let mut to = at;
                to[place] += by;
                likelihood.at(&model(to)).0
            };
            let found = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!(
                (found - slope).abs() < 1e-3 * (1.0 + slope.abs()),
                "{place}: {found} {slope}"
            );
        }
    }

    #[test]
    fn every_cycle_is_an_order_or_is_not() {
        let mut masses = vec![0.2, 0.3, 0.0, 0.5];
        thin(&mut masses, 0.25);
        let wanted = [
            0.2 + 0.3 * 0.25 + 0.5 * 0.015_625,
            0.3 * 0.75 + 0.5 * 3.0 * 0.75 * 0.0625,
            0.5 * 3.0 * 0.5625 * 0.25,
            0.5 * 0.421_875,
        ];
        for (found, wanted) in masses.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{masses:?}");
        }
    }
}
