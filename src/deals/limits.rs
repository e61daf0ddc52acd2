//! D2, D3: how far price, volume and retention may fall before a deal is worth nothing.
//!
//! Shares are fractions, prices in the base currency, volumes in pieces a year.

use crate::base::num::{bisect, roots};
use crate::value::methods::{Outlook, l7_horizon};

use super::terms::Terms;

/// How much more must be sold after a price cut to leave the same: `-dp / (CM + dp)` with both as
/// fractions of the old price. `None` where the cut leaves nothing of a piece.
///
/// ```
/// use perennial::deals::limits::volume_for_cut;
/// assert!((volume_for_cut(-0.2, 0.6).unwrap() - 0.5).abs() < 1e-12);
/// assert_eq!(volume_for_cut(-0.6, 0.6), None);
/// ```
pub fn volume_for_cut(price_change: f64, contribution_margin: f64) -> Option<f64> {
    let left = contribution_margin + price_change;
    (left > 0.0).then(|| -price_change / left)
}

/// How the deal's future is seen.
pub const fn outlook(terms: &Terms) -> Outlook {
    Outlook {
        retention_per_year: terms.retention_per_year,
        discount_per_year: terms.discount_per_year,
        growth_per_year: terms.growth_per_year,
        horizon_years: terms.horizon_years,
        timing: terms.timing,
    }
}

/// Worth today of 1 a year that grows with the contribution.
pub fn multiple(terms: &Terms) -> f64 {
    l7_horizon::multiple(&outlook(terms))
}

/// The invoice price at which the deal is worth 0. The present value is linear in the price; `None`
/// where nothing of it arrives.
pub fn floor_price(terms: &Terms) -> Option<f64> {
    let weight = multiple(terms) * terms.pieces_a_year * terms.arriving();
    (weight > 0.0).then(|| terms.price() - terms.npv() / weight)
}

/// A price not to go below as it can be quoted: rounded up to cents, below 1 to hundredths of them.
///
/// ```
/// use perennial::deals::limits::quotable;
/// assert_eq!((quotable(25.9612), quotable(0.02481), quotable(7.720000000000001)), (25.97, 0.0249, 7.72));
/// ```
pub fn quotable(price: f64) -> f64 {
    let parts = if price.abs() < 1.0 { 10_000.0 } else { 100.0 };
    // What binary rounding adds is no part of a price.
    libm::ceil(price * parts - 1e-6) / parts
}

/// Where something stands that must not fall below a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Break {
    /// There.
    At(f64),
    /// Everywhere: even the least is enough.
    Always,
    /// Nowhere: even the most is not enough.
    Never,
}

/// The retention at which the deal is worth 0.
pub fn retention(terms: &Terms) -> Break {
    between(0.0, 1.0, |retention_per_year| {
        let other = Terms {
            retention_per_year,
            ..*terms
        };
        other.npv()
    })
}

/// The retention at which the orders of the deal over its horizon are worth `amount`; `yearly` is
/// what a year of them leaves.
pub fn return_for(terms: &Terms, yearly: f64, amount: f64) -> Break {
    between(0.0, 1.0, |retention_per_year| {
        let other = Terms {
            retention_per_year,
            ..*terms
        };
        yearly * multiple(&other) - amount
    })
}

/// The points of retention, as a fraction, at which `gain` of them is 0; `most` is all there is.
pub fn points(most: f64, gain: impl Fn(f64) -> f64) -> Break {
    between(0.0, most, gain)
}

fn between(low: f64, high: f64, worth: impl Fn(f64) -> f64) -> Break {
    if worth(low) >= 0.0 {
        return Break::Always;
    }
    match bisect(&worth, low, high) {
        Some(at) => Break::At(at),
        None => Break::Never,
    }
}

/// The yearly volume from which on the deal stays worth at least 0. Price breaks make it jump: the
/// last point where it turns is taken.
pub fn volume(terms: &Terms) -> Break {
    let worth = |pieces_a_year: f64| {
        let other = Terms {
            pieces_a_year,
            ..*terms
        };
        other.npv()
    };
    let (low, high) = (1.0, 1e9);
    if worth(high) < 0.0 {
        return Break::Never;
    }
    let steps = 180;
    let at =
        |step: i32| low * libm::exp(libm::log(high / low) * f64::from(step) / f64::from(steps));
    let mut grid: Vec<f64> = (0..=steps).map(at).collect();
    for tier in terms.breaks.tiers() {
        // Both sides of the jump at a break.
        let jump = f64::from(tier.from) * terms.orders_a_year;
        grid.extend([jump * (1.0 - 1e-12), jump]);
    }
    grid.retain(|pieces| (low..=high).contains(pieces));
    grid.sort_unstable_by(f64::total_cmp);
    match roots(worth, &grid).last() {
        Some(last) => Break::At(*last),
        None => Break::Always,
    }
}
