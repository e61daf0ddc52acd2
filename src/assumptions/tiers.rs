//! Prices by quantity: `1-9: 12; 10-49: 11.5; 50+: 11`.
//!
//! Input: what a user typed, or canonical text. Output: canonical text, or [`PriceBreaks`]. Invariants:
//! quantities rise without a gap, and only the last step is open.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::base::money::parse_plain;
use crate::base::{Refused, Unit};

use super::spec::Kind;
use super::typed::{Fixed, Typed};

/// The most steps that one list can have.
pub const MOST_TIERS: usize = 12;

/// Digits after the point that a price has at most.
pub const PRICE_DECIMALS: u8 = 4;

/// One step: from this quantity on, a piece has this price.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tier {
    /// The smallest quantity of the step, in pieces.
    pub from: u32,
    /// The price of a piece, in the base currency.
    pub price: Decimal,
    /// The nearest floating-point number.
    pub price_float: f64,
}

/// Prices by quantity, ascending; none where the list price holds for every quantity.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PriceBreaks {
    tiers: [Tier; MOST_TIERS],
    count: usize,
}

impl PriceBreaks {
    /// The steps, smallest quantity first.
    pub fn tiers(&self) -> &[Tier] {
        self.tiers.get(..self.count).unwrap_or_default()
    }

    /// The step that a quantity falls in; below the first one, the first.
    pub fn tier(&self, pieces: f64) -> Option<&Tier> {
        let reached = |tier: &&Tier| f64::from(tier.from) <= pieces;
        self.tiers().iter().rfind(reached).or(self.tiers().first())
    }

    fn push(&mut self, from: u32, price: Decimal) -> Option<()> {
        let slot = self.tiers.get_mut(self.count)?;
        *slot = Tier {
            from,
            price,
            price_float: price.to_f64()?,
        };
        self.count += 1;
        Some(())
    }
}

impl Typed for PriceBreaks {
    const UNIT: Unit = Unit::MoneyPerPiece;

    fn read(canonical: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut next = None;
        let mut open = false;
        for (range, price) in steps(canonical) {
            let (from, to) = quantities(range?)?;
            let follows = next.is_none_or(|next| next == from);
            if open || !follows || to.is_some_and(|to| to < from) {
                return None;
            }
            (next, open) = (to.and_then(|to| to.checked_add(1)), to.is_none());
            found.push(from, parse_plain(price)?)?;
        }
        (open || found.count == 0).then_some(found)
    }
}

impl Fixed for PriceBreaks {
    const KIND: Kind = Kind::ByQuantity("0", "1000000000");
}

/// Quantities and price of each step, as written; no quantities where there is no colon.
fn steps(text: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let parts = text.split(';').map(str::trim);
    let parts = parts.filter(|one| !one.is_empty() && *one != "none");
    parts.map(|one| match one.split_once([':', '=']) {
        Some((range, price)) => (Some(range.trim()), price.trim()),
        None => (None, one),
    })
}

/// `10-49`, `50+`, or `50`, which leaves the end open.
fn quantities(range: &str) -> Option<(u32, Option<u32>)> {
    let whole = |text: &str| {
        let digits: String = text.chars().filter(|c| *c != ' ').collect();
        let number = digits.parse().ok()?;
        (number > 0 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(number)
    };
    if let Some(from) = range.strip_suffix('+') {
        return Some((whole(from)?, None));
    }
    match range.split_once(['-', '\u{2013}']) {
        Some((from, to)) => Some((whole(from)?, Some(whole(to)?))),
        None => Some((whole(range)?, None)),
    }
}

/// Canonical text of what was typed; `price` reads one price.
///
/// # Errors
/// What to do.
pub(super) fn by_quantity(
    typed: &str,
    price: impl Fn(&str) -> Result<String, Refused>,
) -> Result<String, Refused> {
    let mut read: Vec<(u32, Option<u32>, String)> = Vec::new();
    for (range, amount) in steps(typed) {
        let Some((from, to)) = range.and_then(quantities) else {
            return Err(
                "Type quantities, a colon and a price, as in 1-9: 12; 10+: 11.50, with a semicolon \
                 between two."
                    .into(),
            );
        };
        read.push((from, to, price(amount)?));
    }
    if read.len() > MOST_TIERS {
        return Err(format!("Type at most {MOST_TIERS} price breaks.").into());
    }
    let mut canonical = String::new();
    for (at, (from, to, amount)) in read.iter().enumerate() {
        let following = read.get(at + 1).map(|next| next.0);
        match (to, following) {
            (_, Some(next)) if next <= *from => {
                return Err(
                    format!("{next} comes after {from}: put the smallest quantity first.").into(),
                );
            }
            (Some(to), Some(next)) if to.checked_add(1) != Some(next) => {
                return Err(format!(
                    "After {from}-{to} comes {}: let no quantity be missing or stand twice.",
                    to.saturating_add(1)
                )
                .into());
            }
            (Some(_), None) => {
                return Err(format!("Leave the last one open, as in {from}+: {amount}.").into());
            }
            _ => {}
        }
        let gap = if at == 0 { "" } else { "; " };
        // Writing to a text does not fail.
        let _ = match following {
            Some(next) => write!(canonical, "{gap}{from}-{}: {amount}", next - 1),
            None => write!(canonical, "{gap}{from}+: {amount}"),
        };
    }
    Ok(canonical)
}
