//! Whether as many orders came as were forecast: the accounts in tenths, by what was forecast of each.
//!
//! Where a tenth of which two orders were expected placed two, the forecast is calibrated there. In:
//! forecasts and counts of a back-test. Out: ten groups of as equal size as can be, the lowest first.

use crate::base::order::positions;

/// A tenth of the accounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// Accounts in it.
    pub accounts: u32,
    /// Orders forecast, the mean of an account.
    pub expected: f64,
    /// Orders that came, the mean of an account.
    pub actual: f64,
}

/// The tenths of accounts with a forecast and a count each; fewer groups where there are fewer than
/// ten accounts.
///
/// ```
/// use perennial::models::calibration::tenths;
/// let found = tenths(&[(2.0, 3), (0.5, 0)]);
/// assert_eq!((found.len(), found[0].expected, found[1].actual), (2, 0.5, 3.0));
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
pub fn tenths(pairs: &[(f64, u32)]) -> Vec<Tenth> {
    let order = positions(
        pairs.len(),
        &mut |a, b| match (pairs.get(a), pairs.get(b)) {
            (Some(a), Some(b)) => a.0.total_cmp(&b.0),
            _ => std::cmp::Ordering::Equal,
        },
    );
    let groups = pairs.len().min(10);
    (0..groups)
        .filter_map(|group| {
            let from = group * pairs.len() / groups;
            let to = (group + 1) * pairs.len() / groups;
            let own = order.get(from..to)?.iter().filter_map(|at| pairs.get(*at));
            let (count, expected, actual) = own.fold((0_u32, 0.0, 0.0), |sum, (expected, came)| {
                (sum.0 + 1, sum.1 + expected, sum.2 + f64::from(*came))
            });
            let mean = |sum: f64| sum / (to - from).max(1) as f64;
            Some(Tenth {
                accounts: count,
                expected: mean(expected),
                actual: mean(actual),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_as_equal_as_can_be_and_ascend() {
        let pairs: Vec<(f64, u32)> = (0..47).map(|n| (f64::from((n * 29) % 47), n)).collect();
        let found = tenths(&pairs);
        assert_eq!(found.len(), 10);
        assert_eq!(found.iter().map(|tenth| tenth.accounts).sum::<u32>(), 47);
        assert!(found.iter().all(|tenth| (4..=5).contains(&tenth.accounts)));
        assert!(found.is_sorted_by(|a, b| a.expected < b.expected));
        // The sums stay what they were.
        let sum: f64 = found
            .iter()
            .map(|tenth| tenth.expected * f64::from(tenth.accounts))
            .sum();
        assert!((sum - f64::from(46 * 47 / 2)).abs() < 1e-9);
        assert!(tenths(&[]).is_empty());
    }
}
