//! D4: what an order costs under price breaks, for all units or step by step, and where buying more
//! costs less in total.
//!
//! Quantities are pieces, prices and totals in the base currency. An order below the first step has
//! the first step's price.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::assumptions::{PriceBreaks, Tier};

use super::inputs::BreakRule;

/// Quantities at which a larger order of all units costs less in total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inversion {
    /// From this quantity on, ordering `cheaper_at` pieces costs less ...
    pub from: u32,
    /// ... up to this quantity, the last below the next break.
    pub to: u32,
    /// The quantity of the next break.
    pub cheaper_at: u32,
}

/// What an order costs at list. `None` without breaks or out of range.
///
/// ```
/// use perennial::assumptions::{PriceBreaks, Typed};
/// use perennial::deals::{BreakRule, breaks::total};
/// let breaks = PriceBreaks::read("1-10: 100; 11+: 95").unwrap();
/// assert_eq!(total(&breaks, BreakRule::AllUnits, 11.into()), Some(1045.into()));
/// assert_eq!(total(&breaks, BreakRule::Incremental, 11.into()), Some(1095.into()));
/// ```
pub fn total(breaks: &PriceBreaks, rule: BreakRule, pieces: Decimal) -> Option<Decimal> {
    let tiers = breaks.tiers();
    let first = tiers.first()?;
    if rule == BreakRule::AllUnits {
        let reached = |tier: &&Tier| Decimal::from(tier.from) <= pieces;
        let tier = tiers.iter().rfind(reached).unwrap_or(first);
        return tier.price.checked_mul(pieces);
    }
    let mut sum = Decimal::ZERO;
    for (at, tier) in tiers.iter().enumerate() {
        let below = if at == 0 { 0 } else { tier.from - 1 };
        let upto = tiers
            .get(at + 1)
            .map_or(pieces, |next| pieces.min(Decimal::from(next.from - 1)));
        let within = (upto - Decimal::from(below)).max(Decimal::ZERO);
        sum = sum.checked_add(tier.price.checked_mul(within)?)?;
    }
    Some(sum)
}

/// The list price of a piece in such an order.
pub fn price(breaks: &PriceBreaks, rule: BreakRule, pieces: Decimal) -> Option<Decimal> {
    total(breaks, rule, pieces)?.checked_div(pieces)
}

/// The same in floating point; `list` where there are no breaks.
pub fn list_price(breaks: &PriceBreaks, rule: BreakRule, list: f64, pieces: f64) -> f64 {
    let tiers = breaks.tiers();
    let Some(reached) = breaks.tier(pieces) else {
        return list;
    };
    if rule == BreakRule::AllUnits || pieces <= 0.0 {
        return reached.price_float;
    }
    let mut sum = 0.0;
    for (at, tier) in tiers.iter().enumerate() {
        let below = if at == 0 { 0 } else { tier.from - 1 };
        let upto = tiers
            .get(at + 1)
            .map_or(pieces, |next| pieces.min(f64::from(next.from - 1)));
        sum += tier.price_float * (upto - f64::from(below)).max(0.0);
    }
    sum / pieces
}

/// Where all-units breaks make a larger order cheaper in total, smallest quantity first.
///
/// ```
/// use perennial::assumptions::{PriceBreaks, Typed};
/// use perennial::deals::breaks::inversions;
/// let breaks = PriceBreaks::read("1-10: 100; 11+: 80").unwrap();
/// let found = inversions(&breaks);
/// // 11 pieces cost 880, and so would 8.8 pieces at 100.
/// assert_eq!((found[0].from, found[0].to, found[0].cheaper_at), (9, 10, 11));
/// ```
pub fn inversions(breaks: &PriceBreaks) -> Vec<Inversion> {
    let mut found = Vec::new();
    for pair in breaks.tiers().windows(2) {
        let [tier, next] = pair else { continue };
        let at_next = next.price.checked_mul(Decimal::from(next.from));
        let Some(at_next) = at_next.filter(|_| next.price < tier.price) else {
            continue;
        };
        // The first quantity whose total is above that of the next break.
        let equal = at_next.checked_div(tier.price).unwrap_or_default();
        let first = equal.trunc().to_u32().unwrap_or(u32::MAX);
        let from = first.saturating_add(1).max(tier.from);
        if from < next.from {
            found.push(Inversion {
                from,
                to: next.from - 1,
                cheaper_at: next.from,
            });
        }
    }
    found
}
