//! What a programme brought, measured against a control group (S26).
//!
//! In: contribution per account of those in the programme and of those left out. Out: a [`Return`]
//! with its band and the smallest effect that could have been seen. Without a control group only
//! before and after can be compared, which is weak, and said so.

use crate::base::num::student_beyond;

/// What was measured of a group, per account over the time of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Group {
    /// Accounts.
    pub accounts: u32,
    /// Mean contribution, in the base currency.
    pub mean: f64,
    /// Standard deviation of it (of a sample).
    pub deviation: f64,
}

/// What the programme is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Against {
    /// Accounts that were left out by chance.
    Control(Group),
    /// The same accounts before it: everything else that changed counts too.
    Before(Group),
}

/// What it brought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Return {
    /// More contribution per account, in the base currency.
    pub lift: f64,
    /// The band of that: 95 % by Student's t, with the standard error and the degrees of freedom of
    /// Welch (1947, Biometrika 34: 28-35); `None` for groups below two.
    pub band: Option<(f64, f64)>,
    /// (mean of the test - mean of the control) x accounts - cost.
    pub net: f64,
    /// The smallest lift per account that would be seen in four of five trials (5 %, two-sided);
    /// `None` for groups below two.
    pub detectable: Option<f64>,
    /// Only before and after could be compared.
    pub weak: bool,
}

/// The share beyond either end of the band.
const BEYOND: f64 = 0.025;
/// The share of trials in which an effect may go unseen.
const UNSEEN: f64 = 0.2;

impl Group {
    /// From each account's contribution; `None` without accounts.
    pub fn of(contributions: &[f64]) -> Option<Self> {
        let accounts = u32::try_from(contributions.len())
            .ok()
            .filter(|count| *count > 0)?;
        let count = f64::from(accounts);
        let mean = contributions.iter().sum::<f64>() / count;
        let squares: f64 = contributions
            .iter()
            .map(|one| (one - mean) * (one - mean))
            .sum();
        let deviation = if accounts > 1 {
            libm::sqrt(squares / (count - 1.0))
        } else {
            0.0
        };
        Some(Self {
            accounts,
            mean,
            deviation,
        })
    }

    /// Its part of the squared standard error.
    fn error(&self) -> Option<f64> {
        (self.accounts > 1).then(|| self.deviation * self.deviation / f64::from(self.accounts))
    }
}

/// What a programme brought that cost so much, in the base currency.
///
/// ```
/// use perennial::accounts::program::{Against, Group, measure};
/// let group = |accounts, mean| Group { accounts, mean, deviation: 50.0 };
/// let found = measure(group(100, 130.0), Against::Control(group(100, 110.0)), 1_200.0);
/// assert_eq!((found.lift, found.net), (20.0, 800.0));
/// assert!(!found.weak);
/// // The standard error is 7.07: 2.80 of them could be seen.
/// assert!((found.detectable.unwrap() - 19.91).abs() < 0.01);
/// ```
pub fn measure(test: Group, against: Against, cost: f64) -> Return {
    let (other, weak) = match against {
        Against::Control(group) => (group, false),
        Against::Before(group) => (group, true),
    };
    let lift = test.mean - other.mean;
    let both = test.error().zip(other.error());
    let reach = both.map(|(a, b)| {
        let error = libm::sqrt(a + b);
        // Of two groups without any spread every difference is seen.
        let own = a * a / (f64::from(test.accounts) - 1.0);
        let others = b * b / (f64::from(other.accounts) - 1.0);
        let degrees = (a + b) * (a + b) / (own + others);
        let times = |beyond| {
            if error > 0.0 {
                student_beyond(beyond, degrees) * error
            } else {
                0.0
            }
        };
        (times(BEYOND), times(UNSEEN))
    });
    Return {
        lift,
        band: reach.map(|(either, _)| (lift - either, lift + either)),
        net: lift * f64::from(test.accounts) - cost,
        detectable: reach.map(|(either, unseen)| either + unseen),
        weak,
    }
}

/// When a programme sells more than can be delivered ("the best seller that sells too well").
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// What customers want, in pieces or orders.
    pub wanted: f64,
    /// What can be delivered, in the same unit.
    pub available: f64,
    /// The chance that a disappointed customer leaves, 0 to 1.
    pub leaves: f64,
    /// Lifetime value of such a customer, in the base currency.
    pub lifetime: f64,
}

impl Demand {
    /// What the programme costs in customers at present: -(disappointed x chance to leave x lifetime
    /// value), in the base currency; `None` while everything can be delivered.
    ///
    /// ```
    /// use perennial::accounts::program::Demand;
    /// let demand = Demand { wanted: 120.0, available: 100.0, leaves: 0.25, lifetime: 4_000.0 };
    /// assert_eq!(demand.stop(), Some(-20_000.0));
    /// assert_eq!(Demand { available: 120.0, ..demand }.stop(), None);
    /// ```
    pub fn stop(&self) -> Option<f64> {
        let disappointed = self.wanted - self.available;
        (disappointed > 0.0).then(|| -(disappointed * self.leaves * self.lifetime))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s26_before_and_after_is_weak() {
        let group = Group::of(&[100.0, 140.0]).unwrap();
        let before = Group::of(&[100.0, 100.0]).unwrap();
        let found = measure(group, Against::Before(before), 10.0);
        assert!(found.weak);
        assert_eq!((found.lift, found.net), (20.0, 30.0));
        let (low, high) = found.band.unwrap();
        // Standard error: sqrt(800 / 2) = 20; one degree of freedom, of which t is 12.706.
        assert!((low - (20.0 - 12.706 * 20.0)).abs() < 0.1 && (high - 274.12).abs() < 0.1);
    }

    #[test]
    fn s26_one_account_has_no_band() {
        let one = Group::of(&[100.0]).unwrap();
        let found = measure(one, Against::Control(one), 0.0);
        assert_eq!((found.band, found.detectable), (None, None));
        assert_eq!(Group::of(&[]), None);
    }
}
