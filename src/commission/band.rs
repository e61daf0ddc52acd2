//! A band around a figure of the past, by drawing the customers again.
//!
//! One past year is one draw of customers and orders. The bootstrap (Efron 1979) draws as many
//! customers as there are, with replacement, again and again, and computes the figure each time; the
//! band is what lies between the tenth and the ninetieth percentile. Seeded: a draw's customers
//! follow from the seed and the draw's number alone.

use oorandom::Rand64;
use serde::{Deserialize, Serialize};

use crate::base::num::quantile_of_sorted;

/// Percentiles 10, 50 and 90 of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Band {
    /// One draw in ten is below.
    pub low: f64,
    /// The middle.
    pub middle: f64,
    /// One draw in ten is above.
    pub high: f64,
}

impl Band {
    /// Of the figure in each draw; `None` without draws.
    ///
    /// ```
    /// use perennial::commission::band::Band;
    /// let band = Band::of((0..=100_i32).map(f64::from).collect()).unwrap();
    /// assert_eq!((band.low, band.middle, band.high), (10.0, 50.0, 90.0));
    /// ```
    pub fn of(mut draws: Vec<f64>) -> Option<Self> {
        crate::base::order::sort_by(&mut draws, f64::total_cmp);
        let at = |share| quantile_of_sorted(&draws, share);
        Some(Self {
            low: at(0.1)?,
            middle: at(0.5)?,
            high: at(0.9)?,
        })
    }
}

/// How often each account is drawn in one draw: as many draws as there are accounts in `active`,
/// of which each is a position below `accounts`.
pub fn times(seed: u64, draw: u32, active: &[u32], accounts: usize) -> Vec<u32> {
    let mut random = Rand64::new(u128::from(seed) << 32 | u128::from(draw));
    let mut times = vec![0_u32; accounts];
    for _ in active {
        let place = random.rand_range(0..active.len() as u64);
        let drawn = usize::try_from(place).ok().and_then(|at| active.get(at));
        if let Some(count) = drawn.and_then(|account| times.get_mut(*account as usize)) {
            *count += 1;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::{FirstKey, Sale, Sales};

    fn sales() -> Sales {
        let names = ["a", "b", "c"];
        let rows = (0..12_u32).map(|row| Sale {
            day: crate::base::Date::from_days((row / 2).cast_signed()),
            order: if row == 11 { 99 } else { row },
            account: names[row as usize % 3],
            revenue: i64::from(row),
            is_return: row == 11,
            returns: (row == 11).then_some(2),
            ..Sale::default()
        });
        Sales::build(rows).unwrap()
    }

    #[test]
    fn a_seed_repeats_and_draws_as_many_as_there_are() {
        let active = [1, 4, 5, 9];
        let first = times(7, 0, &active, 10);
        assert_eq!(first, times(7, 0, &active, 10));
        assert_eq!(first.iter().sum::<u32>(), 4);
        assert!((0..40).any(|draw| times(7, draw, &active, 10) != first));
        let all: u32 = (0..4_000).map(|draw| times(3, draw, &active, 10)[4]).sum();
        assert!((3_800..4_200).contains(&all), "{all}");
    }

    #[test]
    fn an_account_drawn_twice_is_two_accounts() {
        let sales = sales();
        assert_eq!(sales.drawn(&[1, 1, 1]), sales);
        let twice = sales.drawn(&[0, 0, 2]);
        assert_eq!(twice.len(), 8);
        let indexes = twice.indexes(FirstKey::Account);
        assert_eq!(indexes, [1, 1, 2, 2, 3, 3, 1, 1]);
        let returned: Vec<u32> = twice
            .returned
            .iter()
            .copied()
            .filter(|row| *row < 9)
            .collect();
        assert_eq!(returned, [0, 1]);
        assert_eq!(sales.active_accounts(), [0, 1, 2]);
    }
}
