//! Patterns that an account's order days show by themselves.

use crate::accounts::history::History;

use super::cycle::Pattern;
use super::spread::float;

/// Intervals that vary by less than this share of their mean follow a contract or schedule.
const CONTRACT_CV: f64 = 0.05;
/// Gaps from which that can be said.
const FEWEST_GAPS: usize = 5;

/// The standard deviation of the gaps over their mean (of a sample); `None` for fewer than two.
pub(super) fn variation(gaps: &[f64]) -> Option<f64> {
    let count = gaps.len();
    let mean = gaps.iter().sum::<f64>() / float(count.max(1));
    if count < 2 || mean <= 0.0 {
        return None;
    }
    let squares: f64 = gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum();
    Some(libm::sqrt(squares / float(count - 1)) / mean)
}

/// What the dates alone tell; seasons are looked for only in silent accounts.
pub(super) fn recognised(history: &History, gaps: &[f64]) -> Option<Pattern> {
    if history.is_blanket() {
        return Some(Pattern::Blanket);
    }
    let regular = variation(gaps).is_some_and(|cv| cv < CONTRACT_CV);
    (gaps.len() >= FEWEST_GAPS && regular).then_some(Pattern::Contract)
}
