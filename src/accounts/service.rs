//! Service levels by value: who gets how much, and who gets too much or too little (S24).
//!
//! In: per account its value, its contribution per year and what serving it costs now. Out: a
//! [`Level`] each. The cap of a tier is a share of the account's own contribution, so that service
//! never eats what it is meant to keep.

use crate::base::order::sort_by;

/// A tier of service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tier {
    /// The share of accounts, by value, that are in it or above, 0 to 1.
    pub up_to: f64,
    /// What serving may cost, as a share of contribution, 0 to 1.
    pub cap_share: f64,
}

/// A fifth with most service, the next three tenths, the rest.
pub const TIERS: [Tier; 3] = [
    Tier {
        up_to: 0.2,
        cap_share: 0.15,
    },
    Tier {
        up_to: 0.5,
        cap_share: 0.1,
    },
    Tier {
        up_to: 1.0,
        cap_share: 0.05,
    },
];

/// What is known of one account; money per year in the base currency, or hours, but the same for
/// all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Served {
    /// What accounts are ranked by: lifetime value.
    pub value: f64,
    /// Contribution per year.
    pub contribution: f64,
    /// What serving it costs per year now; `None` where that is not known.
    pub service: Option<f64>,
}

/// The service that an account should have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Position of the tier, from 0, the best.
    pub tier: usize,
    /// What serving it may cost per year.
    pub cap: f64,
    /// What serving it costs beyond that; negative where there is room for more.
    pub over: Option<f64>,
}

/// The level of each account. An account without a value above zero is in the last tier; equal
/// values are in the same.
///
/// ```
/// use perennial::accounts::service::{Served, TIERS, levels};
/// let served = |value| Served { value, contribution: value / 4.0, service: Some(30.0) };
/// let found = levels(&[served(1_000.0), served(900.0), served(100.0), served(-5.0)], &TIERS);
/// let tiers: Vec<usize> = found.iter().map(|level| level.tier).collect();
/// assert_eq!(tiers, [0, 1, 2, 2]);
/// // 15 % of 250 less the 30 it costs.
/// assert_eq!((found[0].cap, found[0].over), (37.5, Some(-7.5)));
/// ```
pub fn levels(accounts: &[Served], tiers: &[Tier]) -> Vec<Level> {
    let mut ranked: Vec<f64> = accounts.iter().map(|account| account.value).collect();
    sort_by(&mut ranked, |a, b| b.total_cmp(a));
    let last = tiers.len().saturating_sub(1);
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let level = |account: &Served| {
        let above = ranked.partition_point(|one| *one > account.value);
        let place = count(above) / count(ranked.len().max(1));
        let tier = if account.value > 0.0 {
            tiers
                .iter()
                .position(|tier| place < tier.up_to)
                .unwrap_or(last)
        } else {
            last
        };
        let share = tiers.get(tier).map_or(0.0, |tier| tier.cap_share);
        let cap = share * account.contribution.max(0.0);
        Level {
            tier,
            cap,
            over: account.service.map(|service| service - cap),
        }
    };
    accounts.iter().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s24_equal_values_share_a_tier_and_unknown_service_stays_unknown() {
        let served = |value| Served {
            value,
            contribution: 100.0,
            service: None,
        };
        let found = levels(&[served(7.0); 10], &TIERS);
        assert!(
            found
                .iter()
                .all(|level| level.tier == 0 && level.over.is_none())
        );
        assert!(levels(&[], &TIERS).is_empty());
    }

    #[test]
    fn s24_no_value_is_the_minimum_tier_and_a_loss_has_no_cap() {
        let found = levels(
            &[Served {
                value: 0.0,
                contribution: -50.0,
                service: Some(20.0),
            }],
            &TIERS,
        );
        assert_eq!(
            (found[0].tier, found[0].cap, found[0].over),
            (2, 0.0, Some(20.0))
        );
        let nan = Served {
            value: f64::NAN,
            ..Served::default()
        };
        assert_eq!(levels(&[nan], &TIERS)[0].tier, 2);
    }
}
