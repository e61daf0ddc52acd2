//! How far comparable intervals lie around the expected one.

use crate::base::num::quantile_of_sorted;

/// From a median absolute deviation to the standard deviation of a normal distribution.
const NORMAL_FROM_MAD: f64 = 1.482_6;
/// Standard deviations from the middle to the 10 and 90 % points of a normal distribution.
const TENTH: f64 = 1.281_551_565_544_600_4;
/// Least standard deviation, as a share of the cycle: a few equal gaps do not prove a clockwork.
const LEAST: f64 = 0.05;
/// Standard deviation over the cycle where nothing is known of it.
const UNKNOWN: f64 = 0.5;

/// The distribution of intervals, in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Spread<'a> {
    /// Normal, with this standard deviation.
    Normal(f64),
    /// As these intervals lie, ascending, each times a factor.
    Sample(&'a [f64], f64),
}

impl<'a> Spread<'a> {
    /// Around a cycle with its own median absolute deviation.
    pub fn own(mad_days: f64, cycle_days: f64) -> Self {
        Self::Normal((NORMAL_FROM_MAD * mad_days).max(LEAST * cycle_days))
    }

    /// Around an agreed or expected date, give or take so many days.
    pub fn around(days: f64) -> Self {
        Self::Normal((days / TENTH).max(0.5))
    }

    /// As intervals of others lie around theirs (as factors of their own), times a cycle.
    pub fn like(factors: &'a [f64], cycle_days: f64) -> Self {
        if factors.is_empty() {
            Self::Normal(UNKNOWN * cycle_days)
        } else {
            Self::Sample(factors, cycle_days)
        }
    }

    /// The 10 and 90 % points around an expected interval: at least a day, and around it.
    pub fn window(self, expected_days: f64) -> (f64, f64) {
        let (low, high) = match self {
            Self::Normal(sd) => (expected_days - TENTH * sd, expected_days + TENTH * sd),
            Self::Sample(sorted, factor) => {
                let at = |share| quantile_of_sorted(sorted, share).unwrap_or(1.0) * factor;
                (at(0.1), at(0.9))
            }
        };
        (
            low.min(expected_days).max(1.0),
            high.max(expected_days).max(1.0),
        )
    }

    /// The share of comparable intervals that have ended after so many days, 0 to 1.
    pub fn share(self, expected_days: f64, days: f64) -> f64 {
        match self {
            Self::Normal(sd) => {
                let z = (days - expected_days) / sd;
                0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
            }
            Self::Sample(sorted, factor) => {
                let ended = sorted.partition_point(|one| one * factor <= days);
                float(ended) / float(sorted.len().max(1))
            }
        }
    }
}

pub(super) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s17_the_window_is_ten_to_ninety_percent() {
        // MAD 5 days: one standard deviation is 7.413 days.
        let spread = Spread::own(5.0, 30.0);
        let (low, high) = spread.window(30.0);
        assert!(
            (low - 20.4998).abs() < 1e-3 && (high - 39.5002).abs() < 1e-3,
            "{low} {high}"
        );
        assert!((spread.share(30.0, high) - 0.9).abs() < 1e-12);
        assert!((spread.share(30.0, low) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn equal_gaps_keep_a_window_of_a_few_percent() {
        let (low, high) = Spread::own(0.0, 100.0).window(100.0);
        assert!((low - 93.592).abs() < 1e-3 && (high - 106.408).abs() < 1e-3);
    }

    #[test]
    fn a_sample_lies_as_it_is() {
        let factors = [0.5, 1.0, 1.5, 2.0];
        let spread = Spread::like(&factors, 10.0);
        assert!((spread.share(10.0, 15.0) - 0.75).abs() < 1e-12);
        assert!(spread.share(10.0, 4.0) < 1e-12);
        let (low, high) = spread.window(10.0);
        assert!((low - 6.5).abs() < 1e-12 && (high - 18.5).abs() < 1e-12);
        assert_eq!(Spread::like(&[], 10.0), Spread::Normal(5.0));
    }
}
