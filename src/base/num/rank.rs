//! Rank correlation.

use crate::base::order::sort_by;

/// Kendall's tau-b between two orderings of the same things, ties allowed: 1 for the same order,
/// -1 for the reverse. Knight's algorithm, O(n log n) (Knight 1966, JASA 61: 436-439).
///
/// `None` for fewer than two pairs, for lengths that differ, or where one side is all ties.
///
/// ```
/// use perennial::base::num::kendall_tau;
/// assert_eq!(kendall_tau(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), Some(1.0));
/// assert_eq!(kendall_tau(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
/// assert_eq!(kendall_tau(&[1.0, 1.0], &[3.0, 2.0]), None);
/// ```
#[expect(clippy::cast_precision_loss, reason = "pair counts far below 2^53")]
pub fn kendall_tau(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let mut pairs: Vec<(f64, f64)> = a.iter().copied().zip(b.iter().copied()).collect();
    sort_by(&mut pairs, |x, y| {
        x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1))
    });
    let all = choose2(pairs.len());
    let ties_a = ties(pairs.iter().map(|p| p.0));
    let ties_both = ties(pairs.iter().copied());
    let mut second: Vec<f64> = pairs.iter().map(|p| p.1).collect();
    let mut spare = second.clone();
    let swaps = sort_counting(&mut second, &mut spare);
    let ties_b = ties(second.iter().copied());
    let agree = all as f64 - ties_a as f64 - ties_b as f64 + ties_both as f64 - 2.0 * swaps as f64;
    let free = libm::sqrt((all - ties_a) as f64) * libm::sqrt((all - ties_b) as f64);
    (free > 0.0).then(|| (agree / free).clamp(-1.0, 1.0))
}

/// Spearman's rank correlation, ties at their mean rank: 1 for the same order, -1 for the reverse.
///
/// `None` for fewer than two pairs, for lengths that differ, or where one side is all ties.
///
/// ```
/// use perennial::base::num::spearman;
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 90.0]), Some(1.0));
/// assert_eq!(spearman(&[1.0, 1.0], &[3.0, 2.0]), None);
/// ```
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    Ranks::of(a).agree(&Ranks::of(b))
}

/// The places of values in their order, ties at their mean; counted from the middle, so that their
/// mean is zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks(Vec<f64>);

impl Ranks {
    /// Of these values.
    #[expect(clippy::cast_precision_loss, reason = "ranks far below 2^53")]
    pub fn of(values: &[f64]) -> Self {
        let mut sorted: Vec<(u64, u32)> = values
            .iter()
            .map(|value| ordered(*value))
            .zip(0..)
            .collect();
        sorted.sort_unstable();
        let middle = (values.len() as f64 - 1.0) / 2.0;
        let mut ranks = vec![0.0; values.len()];
        let mut passed = 0;
        for same in sorted.chunk_by(|x, y| x.0 == y.0) {
            let rank = passed as f64 + (same.len() as f64 - 1.0) / 2.0 - middle;
            for (_, at) in same {
                if let Some(slot) = ranks.get_mut(*at as usize) {
                    *slot = rank;
                }
            }
            passed += same.len();
        }
        Self(ranks)
    }

    /// Spearman's rank correlation with other values of the same things; see [`spearman`].
    pub fn agree(&self, other: &Self) -> Option<f64> {
        let (a, b) = (&self.0, &other.0);
        if a.len() != b.len() || a.len() < 2 {
            return None;
        }
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let free = libm::sqrt(product(a, a) * product(b, b));
        (free > 0.0).then(|| (product(a, b) / free).clamp(-1.0, 1.0))
    }
}

/// A whole number in the order of [`f64::total_cmp`].
const fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 0 {
        bits | 1 << 63
    } else {
        !bits
    }
}

fn choose2(n: usize) -> u64 {
    let n = n as u64;
    n * n.saturating_sub(1) / 2
}

/// Pairs within runs of equal neighbours.
fn ties<T: PartialEq>(sorted: impl Iterator<Item = T>) -> u64 {
    let (mut total, mut run, mut before) = (0, 0, None);
    for value in sorted {
        if before.as_ref() == Some(&value) {
            run += 1;
        } else {
            total += choose2(run);
            run = 1;
        }
        before = Some(value);
    }
    total + choose2(run)
}

/// Merge sort that counts how many pairs stood in the wrong order.
fn sort_counting(values: &mut [f64], spare: &mut [f64]) -> u64 {
    if values.len() < 2 {
        return 0;
    }
    let middle = values.len() / 2;
    let (left, right) = values.split_at_mut(middle);
    let (spare_left, spare_right) = spare.split_at_mut(middle);
    let mut swaps = sort_counting(left, spare_left) + sort_counting(right, spare_right);
    let (mut l, mut r) = (left.iter().peekable(), right.iter().peekable());
    for slot in spare.iter_mut() {
        let from_right = match (l.peek(), r.peek()) {
            (Some(x), Some(y)) => y.total_cmp(x).is_lt(),
            (None, Some(_)) => true,
            _ => false,
        };
        if from_right {
            swaps += l.len() as u64;
        }
        let next = if from_right { r.next() } else { l.next() };
        *slot = next.copied().unwrap_or_default();
    }
    values.copy_from_slice(spare);
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By definition, over all pairs.
    fn slow(a: &[f64], b: &[f64]) -> f64 {
        let (mut agree, mut free_a, mut free_b) = (0.0, 0.0, 0.0);
        for i in 0..a.len() {
            for j in 0..i {
                let (x, y) = (a[i] - a[j], b[i] - b[j]);
                let sign = |v: f64| if v == 0.0 { 0.0 } else { v.signum() };
                agree += sign(x) * sign(y);
                free_a += sign(x).abs();
                free_b += sign(y).abs();
            }
        }
        agree / (free_a * free_b).sqrt()
    }

    #[test]
    fn it_agrees_with_the_definition_ties_included() {
        let mut state = 12_345_u64;
        for n in 2..60 {
            let mut draw = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                f64::from(u32::try_from(state >> 33).unwrap() % 9)
            };
            let a: Vec<f64> = (0..n).map(|_| draw()).collect();
            let b: Vec<f64> = (0..n).map(|_| draw()).collect();
            match kendall_tau(&a, &b) {
                Some(tau) => assert!((tau - slow(&a, &b)).abs() < 1e-12, "{a:?} {b:?}"),
                None => assert!(!slow(&a, &b).is_finite()),
            }
        }
    }
}
