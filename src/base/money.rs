//! Money: a decimal amount in the book's base currency, with checked operations only.
//!
//! The one rounding policy is half away from zero; it is applied at the end of a statement line or
//! at display, never in between. An operation that would leave the 96-bit range gives an error and
//! no figure: never a silent zero, never infinity.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// The name of the rounding policy, as printed on statements and shares.
pub const ROUNDING_POLICY: &str = "half away from zero, once, at display or at the end of a line";

/// An amount in the base currency.
///
/// ```
/// use perennial::base::Money;
/// let price = Money::parse("11.045").unwrap();
/// assert_eq!(price.rounded(2).to_string(), "11.05");
/// assert_eq!(price.add(Money::parse("0.005").unwrap()).unwrap().to_string(), "11.050");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(#[serde(with = "super::packed::decimal")] Decimal);

/// An amount left the range that a decimal of 96 bits can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount is larger than 79,228,162,514,264,337,593,543,950,335 can hold")
    }
}

impl std::error::Error for OutOfRange {}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes a decimal as an amount.
    pub const fn new(amount: Decimal) -> Self {
        Self(amount)
    }

    /// An amount from an integer mantissa and a number of decimals: `(1104, 2)` is 11.04.
    ///
    /// # Errors
    /// [`OutOfRange`] when the mantissa needs more than 96 bits or the scale exceeds 28.
    pub fn from_parts(mantissa: i128, scale: u32) -> Result<Self, OutOfRange> {
        Decimal::try_from_i128_with_scale(mantissa, scale)
            .map(Self)
            .map_err(|_| OutOfRange)
    }

    /// Reads plain decimal text such as `-12.50`: digits, one dot, a leading minus; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        parse_plain(text).map(Self)
    }

    /// The amount as a decimal.
    pub const fn amount(self) -> Decimal {
        self.0
    }

    /// The nearest floating-point number: for what is expected, not for what is recorded.
    pub fn to_f64(self) -> f64 {
        /// Powers of ten that a double holds exactly.
        const TENS: [f64; 9] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];
        // Of two exact numbers the quotient is the nearest double, and quick to get.
        let mantissa = self.0.mantissa();
        let small = mantissa.unsigned_abs() < 1 << 53;
        match TENS.get(self.0.scale() as usize) {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            Some(tens) if small => mantissa as f64 / tens,
            _ => self.0.to_f64().unwrap_or(0.0),
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`OutOfRange`] when the sum does not fit.
    #[expect(
        clippy::should_implement_trait,
        reason = "an operator could not refuse"
    )]
    pub fn add(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_add(other.0).map(Self).ok_or(OutOfRange)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`OutOfRange`] when the difference does not fit.
    #[expect(
        clippy::should_implement_trait,
        reason = "an operator could not refuse"
    )]
    pub fn sub(self, other: Self) -> Result<Self, OutOfRange> {
        self.0.checked_sub(other.0).map(Self).ok_or(OutOfRange)
    }

    /// The amount times a number without a unit (a share, a count).
    ///
    /// # Errors
    /// [`OutOfRange`] when the product does not fit.
    pub fn times(self, factor: Decimal) -> Result<Self, OutOfRange> {
        self.0.checked_mul(factor).map(Self).ok_or(OutOfRange)
    }

    /// The amount divided by a number; `None` for a divisor of zero or a result out of range.
    pub fn over(self, divisor: Decimal) -> Option<Self> {
        self.0.checked_div(divisor).map(Self)
    }

    /// Rounded half away from zero to that many decimals.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero),
        )
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl std::ops::Neg for Money {
    type Output = Self;
    /// Nothing stays nothing: `-0.00` is no amount.
    fn neg(self) -> Self {
        if self.is_zero() { self } else { Self(-self.0) }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads plain decimal text strictly: `rust_decimal` alone would also take `1_000` and `1e5`, and
/// would read a number of 29 decimals as zero.
pub fn parse_plain(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().any(|b| b.is_ascii_digit());
    if plain {
        Decimal::from_str_exact(text).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_read() {
        for bad in [
            "", "-", ".", "1_000", "1e5", "1,5", " 1", "+1", "NaN", "1.2.3",
        ] {
            assert_eq!(Money::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Money::parse("-0.50").map(|m| m.to_string()),
            Some("-0.50".into())
        );
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        let round = |text| Money::parse(text).unwrap().rounded(2).to_string();
        assert_eq!(round("0.005"), "0.01");
        assert_eq!(round("-0.005"), "-0.01");
        assert_eq!(round("2.675"), "2.68");
    }

    #[test]
    fn a_sum_out_of_range_is_an_error() {
        let most = Money::new(Decimal::MAX);
        assert_eq!(most.add(most), Err(OutOfRange));
    }
}
