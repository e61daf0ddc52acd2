//! Order statistics. Input: any finite numbers, in any order. Output: `None` for no input.

use crate::base::order::sort_by;

/// The quantile at `share` (0 to 1) by linear interpolation between the two nearest ranks
/// (Hyndman and Fan's type 7, the default of R and of spreadsheets).
///
/// ```
/// use perennial::base::num::quantile;
/// assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), Some(1.75));
/// ```
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sort_by(&mut sorted, f64::total_cmp);
    quantile_of_sorted(&sorted, share)
}

/// The middle value, or the mean of the two in the middle.
///
/// ```
/// use perennial::base::num::median;
/// assert_eq!(median(&[5.0, 1.0, 9.0]), Some(5.0));
/// assert_eq!(median(&[]), None);
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// Median absolute deviation from the median, in the unit of the values (not scaled).
///
/// ```
/// use perennial::base::num::mad;
/// assert_eq!(mad(&[1.0, 1.0, 2.0, 2.0, 4.0, 6.0, 9.0]), Some(1.0));
/// ```
pub fn mad(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    let away: Vec<f64> = values.iter().map(|v| (v - middle).abs()).collect();
    median(&away)
}

/// [`quantile`] of ascending numbers, without sorting them again: there may be as many as a book has
/// orders, and as many askers as accounts.
///
/// ```
/// use perennial::base::num::quantile_of_sorted;
/// assert_eq!(quantile_of_sorted(&[1.0, 2.0, 3.0, 4.0], 0.25), Some(1.75));
/// ```
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a slice, clamped to it"
)]
pub fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor();
    let low = *sorted.get(below as usize)?;
    let high = *sorted.get((below as usize + 1).min(last))?;
    Some(low + (high - low) * (place - below))
}

/// The same of numbers in any order, which it leaves in another one; linear in how many there are.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a slice, clamped to it"
)]
pub fn quantile_among(values: &mut [f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor();
    let (_, low, above) = values.select_nth_unstable_by(below as usize, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (high - low) * (place - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_of_sorted_numbers_is_the_quantile() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 9.5];
        for share in [0.0, 0.1, 0.25, 0.5, 0.77, 1.0] {
            let usual = quantile(&sorted, share);
            assert_eq!(quantile_of_sorted(&sorted, share), usual);
            let mut mixed = [8.0, 1.0, 9.5, 2.0, 4.0];
            assert_eq!(quantile_among(&mut mixed, share), usual);
        }
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
    }
}
