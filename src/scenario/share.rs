//! A difference shared out among the inputs that were changed, fairly over orders of change.
//!
//! Changing one input after another gives each a part of the difference, but the parts depend on the
//! order. The Shapley value (Shapley 1953, "A value for n-person games") is their mean over all
//! orders: it adds up to the whole, gives nothing to what moves nothing, and treats equals alike.

use oorandom::Rand64;
use serde::{Deserialize, Serialize};

/// Above this many inputs orders are drawn instead of counted.
pub const MOST_EXACT: usize = 10;
/// Drawn orders repeat for the same number of inputs.
const SEED: u128 = 0x5ca1_ab1e;

/// One input's part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The assumption's key.
    pub key: String,
    /// Its value on the one side, canonical.
    pub from: String,
    /// Its value on the other.
    pub to: String,
    /// What it adds to the figure, in the figure's unit.
    pub value: f64,
}

/// A difference and its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The metric's key.
    pub metric: String,
    /// Its value on the one side.
    pub from: f64,
    /// Its value on the other.
    pub to: f64,
    /// The parts, the largest first; they add up to `to - from`.
    pub parts: Vec<Part>,
    /// Over all orders; else over drawn ones.
    pub exact: bool,
}

/// The parts of `n` changed inputs: `value` gives the figure with these inputs changed. At most about
/// `budget` evaluations. The parts add up to the whole, to the last bit of the largest; `true` where all
/// orders were counted. `None` where the figure has no value on the way.
///
/// ```
/// use perennial::scenario::share::shapley;
/// // A rectangle from 2 x 3 to 4 x 5: 14 more.
/// let area = |changed: &[bool]| Some([2.0, 4.0][usize::from(changed[0])] * [3.0, 5.0][usize::from(changed[1])]);
/// let (parts, exact) = shapley(2, 1_000, &mut { area }).unwrap();
/// assert_eq!((parts, exact), (vec![8.0, 6.0], true));
/// ```
pub fn shapley(
    n: usize,
    budget: usize,
    value: &mut dyn FnMut(&[bool]) -> Option<f64>,
) -> Option<(Vec<f64>, bool)> {
    let whole = |value: &mut dyn FnMut(&[bool]) -> Option<f64>| {
        let (none, all) = (value(&vec![false; n])?, value(&vec![true; n])?);
        (none.is_finite() && all.is_finite()).then_some((none, all))
    };
    let (none, all) = whole(value)?;
    let exact = n <= MOST_EXACT && (1_usize << n) <= budget.max(4);
    let mut parts = if exact {
        counted(n, value)?
    } else {
        drawn(n, budget, (none, all), value)?
    };
    settle(&mut parts, all - none);
    Some((parts, exact))
}

/// All orders, through all sets of changed inputs.
fn counted(n: usize, value: &mut dyn FnMut(&[bool]) -> Option<f64>) -> Option<Vec<f64>> {
    let mut values = Vec::with_capacity(1 << n);
    for set in 0..1_usize << n {
        let changed: Vec<bool> = (0..n).map(|at| set >> at & 1 == 1).collect();
        values.push(value(&changed).filter(|v| v.is_finite())?);
    }
    // The share of all orders in which exactly `size` others come before.
    let mut weights = Vec::with_capacity(n);
    for size in 0..n {
        let mut orders = count(n);
        for k in 0..size {
            orders *= count(n - 1 - k) / count(k + 1);
        }
        weights.push(1.0 / orders);
    }
    let mut parts = Vec::with_capacity(n);
    for at in 0..n {
        let bit = 1_usize << at;
        let mut part = 0.0;
        for (set, before) in values.iter().enumerate().filter(|(set, _)| set & bit == 0) {
            let after = values.get(set | bit)?;
            let weight = weights.get(set.count_ones() as usize)?;
            part += weight * (after - before);
        }
        parts.push(part);
    }
    Some(parts)
}

/// Drawn orders, each with its reverse, which takes out most of what the draw decides.
fn drawn(
    n: usize,
    budget: usize,
    (none, all): (f64, f64),
    value: &mut dyn FnMut(&[bool]) -> Option<f64>,
) -> Option<Vec<f64>> {
    let pairs = (budget / (2 * n.max(1))).clamp(1, 500);
    let mut random = Rand64::new(SEED);
    let mut order: Vec<usize> = (0..n).collect();
    let mut parts = vec![0.0; n];
    for _ in 0..pairs {
        for last in (1..n).rev() {
            let bound = u64::try_from(last + 1).ok()?;
            let other = usize::try_from(random.rand_range(0..bound)).ok()?;
            order.swap(last, other);
        }
        for reversed in [false, true] {
            let mut changed = vec![false; n];
            let mut before = none;
            for step in 0..n {
                let place = if reversed { n - 1 - step } else { step };
                let at = *order.get(place)?;
                *changed.get_mut(at)? = true;
                let after = if step + 1 == n {
                    all
                } else {
                    value(&changed).filter(|v| v.is_finite())?
                };
                *parts.get_mut(at)? += after - before;
                before = after;
            }
        }
    }
    let orders = 2.0 * count(pairs);
    for part in &mut parts {
        *part /= orders;
    }
    Some(parts)
}

/// Gives what rounding left over to the largest part, so that the sum in order is the whole.
fn settle(parts: &mut [f64], whole: f64) {
    for _ in 0..8 {
        let left = whole - parts.iter().sum::<f64>();
        if left == 0.0 {
            return;
        }
        let largest = parts.iter_mut().max_by(|a, b| a.abs().total_cmp(&b.abs()));
        if let Some(largest) = largest {
            *largest += left;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
const fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_drawn_come_near_to_all_orders() {
        let value = |changed: &[bool]| {
            let x = |at: usize, a: f64, b: f64| if changed[at] { b } else { a };
            Some(x(0, 1.0, 2.0) * x(1, 3.0, 2.0) + x(2, 0.0, 5.0) * x(3, 1.0, 2.0) * x(0, 1.0, 2.0))
        };
        let (exact, is_exact) = shapley(4, 1_000, &mut { value }).unwrap();
        let none = value(&[false; 4]).unwrap();
        let all = value(&[true; 4]).unwrap();
        let near = drawn(4, 8_000, (none, all), &mut { value }).unwrap();
        assert!(is_exact);
        for (a, b) in exact.iter().zip(&near) {
            assert!((a - b).abs() < 0.2, "{exact:?} {near:?}");
        }
        assert!((exact.iter().sum::<f64>() - (all - none)).abs() < 1e-12);
    }

    #[test]
    fn nothing_changed_has_no_parts() {
        assert_eq!(shapley(0, 10, &mut |_| Some(3.0)), Some((vec![], true)));
        assert_eq!(shapley(2, 10, &mut |_| None), None);
    }
}
