//! Why revenue changed from one period to the next: prices, volume, mix, and what came and went (D6).
//!
//! In: each item's pieces and revenue in both periods. With `P` the mean price of an item, `Q` its pieces,
//! 0 the earlier and 1 the later period, over the items sold in both:
//!
//! ```text
//! price  = sum (P1 - P0) Q1
//! volume = (sum Q1 - sum Q0) P0'        P0' = sum P0 Q0 / sum Q0
//! mix    = sum (Q1 - Q0) (P0 - P0')
//! ```
//!
//! Items sold in one of the two only are new or lost; what has no pieces is kept apart. Invariant: the
//! parts add up to the change of revenue.

use serde::{Deserialize, Serialize};

/// What was sold of an item in a period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sold {
    /// Pieces, returns deducted.
    pub pieces: f64,
    /// Revenue, returns deducted.
    pub revenue: f64,
}

/// Where a change of revenue comes from; all in money.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Effects {
    /// Revenue of the earlier period.
    pub before: f64,
    /// Revenue of the later period.
    pub after: f64,
    /// Other prices.
    pub price: f64,
    /// More or fewer pieces, at the mean price.
    pub volume: f64,
    /// More of dear and fewer of cheap items, or the other way round.
    pub mix: f64,
    /// Items sold in the later period only.
    pub new: f64,
    /// Items sold in the earlier period only, negative.
    pub lost: f64,
    /// What has no pieces to tell price from volume.
    pub rest: f64,
}

impl Sold {
    fn is_nothing(self) -> bool {
        self.pieces == 0.0 && self.revenue == 0.0
    }

    fn price(self) -> f64 {
        self.revenue / self.pieces
    }
}

fn is_kept((before, after): (Sold, Sold)) -> bool {
    before.pieces > 0.0 && after.pieces > 0.0
}

/// The mean price of the earlier period, over the items sold in both; 0 where there are none.
pub fn mean_price(items: impl Iterator<Item = (Sold, Sold)>) -> f64 {
    let mut sum = Sold::default();
    for (before, _) in items.filter(|item| is_kept(*item)) {
        sum.pieces += before.pieces;
        sum.revenue += before.revenue;
    }
    if sum.pieces > 0.0 { sum.price() } else { 0.0 }
}

impl Effects {
    /// Of one item, given the mean price.
    pub fn of_item(before: Sold, after: Sold, mean_price: f64) -> Self {
        let mut found = Self {
            before: before.revenue,
            after: after.revenue,
            ..Self::default()
        };
        let change = after.revenue - before.revenue;
        if is_kept((before, after)) {
            let more = after.pieces - before.pieces;
            found.price = (after.price() - before.price()) * after.pieces;
            found.volume = more * mean_price;
            found.mix = more * (before.price() - mean_price);
        } else if before.is_nothing() && after.pieces > 0.0 {
            found.new = change;
        } else if after.is_nothing() && before.pieces > 0.0 {
            found.lost = change;
        } else {
            found.rest = change;
        }
        found
    }

    /// Of all items.
    ///
    /// ```
    /// use perennial::value::price_volume::{Effects, Sold};
    /// let sold = |price: f64, pieces: f64| Sold { pieces, revenue: price * pieces };
    /// let items = [
    ///     (sold(10.0, 1_000.0), sold(11.0, 1_000.0)),
    ///     (sold(15.0, 800.0), sold(15.0, 700.0)),
    ///     (sold(20.0, 500.0), sold(23.0, 800.0)),
    /// ];
    /// let found = Effects::of(items.iter().copied());
    /// let cents = [found.price, found.volume, found.mix].map(|x| (100.0 * x).round());
    /// assert_eq!(cents, [340_000.0, 278_261.0, 171_739.0]);
    /// ```
    pub fn of(items: impl Iterator<Item = (Sold, Sold)> + Clone) -> Self {
        let mean = mean_price(items.clone());
        let mut sum = Self::default();
        for (before, after) in items {
            let one = Self::of_item(before, after, mean);
            sum.before += one.before;
            sum.after += one.after;
            sum.price += one.price;
            sum.volume += one.volume;
            sum.mix += one.mix;
            sum.new += one.new;
            sum.lost += one.lost;
            sum.rest += one.rest;
        }
        sum
    }

    /// The change of revenue.
    pub fn change(&self) -> f64 {
        self.after - self.before
    }

    /// The parts by name, in the order in which they are read.
    pub const fn parts(&self) -> [(&'static str, f64); 6] {
        [
            ("Price", self.price),
            ("Volume", self.volume),
            ("Mix", self.mix),
            ("New items", self.new),
            ("Lost items", self.lost),
            ("Without pieces", self.rest),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sold() -> impl Strategy<Value = Sold> {
        let some = (-50..500_i32, -1_000..100_000_i32);
        let some = some.prop_map(|(pieces, revenue)| Sold {
            pieces: f64::from(pieces),
            revenue: f64::from(revenue),
        });
        prop_oneof![1 => Just(Sold::default()), 4 => some]
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_change(items in proptest::collection::vec((sold(), sold()), 0..12)) {
            let found = Effects::of(items.iter().copied());
            let sum: f64 = found.parts().iter().map(|(_, part)| part).sum();
            let size: f64 = found.parts().iter().map(|(_, part)| part.abs()).sum();
            prop_assert!((sum - found.change()).abs() <= 1e-9 * (1.0 + size), "{found:?}");
        }
    }

    #[test]
    fn one_item_has_no_mix_and_what_came_or_went_has_no_price() {
        let sold = |pieces: f64, revenue: f64| Sold { pieces, revenue };
        let one = Effects::of([(sold(100.0, 1_000.0), sold(80.0, 960.0))].into_iter());
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(one.price, 160.0) && near(one.volume, -200.0) && near(one.mix, 0.0));
        let nothing = Sold::default();
        let items = [
            (nothing, sold(5.0, 50.0)),
            (sold(4.0, 80.0), nothing),
            (sold(0.0, 30.0), sold(2.0, 10.0)),
        ];
        let found = Effects::of(items.into_iter());
        assert!(near(found.new, 50.0) && near(found.lost, -80.0) && near(found.rest, -20.0));
        assert!(near(found.price, 0.0) && near(found.volume, 0.0));
    }
}
