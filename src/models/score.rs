//! How good forecasts were: the scores of the back-test.

use crate::base::order::positions;

/// A forecast chance and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Called {
    /// The chance that was forecast.
    pub chance: f64,
    /// It happened.
    pub happened: bool,
}

/// Chances are taken between this and one less this, so that one sure error does not decide all.
const SURE: f64 = 1e-4;

/// Minus the mean ln of the chance given to what happened: 0 is perfect, ln 2 a coin's. `None` for
/// no forecasts.
///
/// ```
/// use perennial::models::score::{Called, log_loss};
/// let coin = [Called { chance: 0.5, happened: true }];
/// assert!((log_loss(&coin).unwrap() - 2.0_f64.ln()).abs() < 1e-15);
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
pub fn log_loss(calls: &[Called]) -> Option<f64> {
    let total: f64 = calls
        .iter()
        .map(|call| loss(call.chance, call.happened))
        .sum();
    (!calls.is_empty()).then(|| total / calls.len() as f64)
}

/// The loss of one forecast.
pub(super) fn loss(chance: f64, happened: bool) -> f64 {
    let chance = if chance.is_nan() {
        0.5
    } else {
        chance.clamp(SURE, 1.0 - SURE)
    };
    if happened {
        -libm::log(chance)
    } else {
        -libm::log1p(-chance)
    }
}

/// The share of pairs, one that happened and one that did not, in which the former had the greater
/// chance; ties count half (the area under the ROC curve). `None` where all or none happened.
///
/// ```
/// use perennial::models::score::{Called, ranking};
/// let call = |chance, happened| Called { chance, happened };
/// assert_eq!(ranking(&[call(0.9, true), call(0.1, false), call(0.9, false)]), Some(0.75));
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
pub fn ranking(calls: &[Called]) -> Option<f64> {
    let order = positions(
        calls.len(),
        &mut |a, b| match (calls.get(a), calls.get(b)) {
            (Some(a), Some(b)) => a.chance.total_cmp(&b.chance),
            _ => std::cmp::Ordering::Equal,
        },
    );
    let sorted: Vec<Called> = order
        .iter()
        .filter_map(|at| calls.get(*at).copied())
        .collect();
    let (mut below, mut won, mut happened) = (0.0, 0.0, 0.0);
    for same in sorted.chunk_by(|a, b| a.chance.total_cmp(&b.chance).is_eq()) {
        let hits = same.iter().filter(|call| call.happened).count() as f64;
        let misses = same.len() as f64 - hits;
        won += hits * (below + 0.5 * misses);
        below += misses;
        happened += hits;
    }
    (happened > 0.0 && below > 0.0).then(|| won / (happened * below))
}
