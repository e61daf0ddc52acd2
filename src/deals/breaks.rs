//! D4: what an order costs under price breaks, for all units or step by step, and where buying more
//! costs less in total.
//!
//! Quantities are whole pieces, prices and totals in the base currency.

use rust_decimal::Decimal;

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

/// What an order of so many pieces costs at list, decimal. `None` without breaks or out of range.
pub fn total(breaks: &PriceBreaks, rule: BreakRule, pieces: u32) -> Option<Decimal> {
    let quantity = Decimal::from(pieces);
    match rule {
        BreakRule::AllUnits => breaks.tier(f64::from(pieces))?.price.checked_mul(quantity),
        BreakRule::Incremental => {
            let tiers = breaks.tiers();
            let mut sum = Decimal::ZERO;
            for (at, tier) in tiers.iter().enumerate() {
                let within = within(tiers, at, tier, pieces);
                sum = sum.checked_add(tier.price.checked_mul(Decimal::from(within))?)?;
            }
            (!tiers.is_empty()).then_some(sum)
        }
    }
}

/// The pieces of an order that fall in one step; the first step takes those below it too.
fn within(tiers: &[Tier], at: usize, tier: &Tier, pieces: u32) -> u32 {
    let below = if at == 0 { 0 } else { tier.from - 1 };
    let next = tiers.get(at + 1).map_or(u32::MAX, |next| next.from - 1);
    pieces.min(next).saturating_sub(below)
}

/// The list price of a piece in an order of so many pieces; `list` where there are no breaks.
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
        let below = if at == 0 {
            0.0
        } else {
            f64::from(tier.from - 1)
        };
        let next = tiers
            .get(at + 1)
            .map_or(pieces, |next| pieces.min(f64::from(next.from - 1)));
        sum += tier.price_float * (next - below).max(0.0);
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
/// // 11 pieces cost 880, and so do 8.8 pieces at 100.
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
        let first = u32::try_from(equal.trunc()).unwrap_or(u32::MAX);
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

/// The zone that a quantity lies in, if it does.
pub fn inversion_at(breaks: &PriceBreaks, pieces: u32) -> Option<Inversion> {
    let found = inversions(breaks).into_iter();
    let mut found = found.filter(|zone| (zone.from..=zone.to).contains(&pieces));
    found.next()
}
