//! A decimal number on its way from a cell to a column: an integer and its number of decimals.
//!
//! Everything recorded is exact to nine decimals. A number with more (a spreadsheet's binary
//! remains, a product of two long decimals) is rounded to nine, half away from zero.

use rust_decimal::Decimal;

use crate::base::Money;
use crate::ingest::cells::Number;

/// The most decimals kept.
pub const DECIMALS: u8 = 9;

/// The largest absolute value an amount may have: a thousand million million. More is a broken cell.
const LARGEST: i128 = 1_000_000_000_000_000;

/// The same for mantissas of 64 bits.
pub(super) const LARGEST_SMALL: i64 = 1_000_000_000_000_000;

/// `mantissa / 10^scale`, with at most [`DECIMALS`] decimals.
///
/// ```
/// use perennial::orders::number::Num;
/// let price = Num::new(1250, 2).unwrap();
/// let pieces = Num::new(3, 0).unwrap();
/// assert_eq!(price.times(pieces).unwrap().to_money().to_string(), "37.50");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Num {
    mantissa: i128,
    scale: u8,
}

impl Num {
    /// Nothing.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// A number from its parts, rounded to nine decimals; `None` above 10^15.
    pub fn new(mantissa: i128, scale: u8) -> Option<Self> {
        let (mantissa, scale) = if scale > DECIMALS {
            (divide(mantissa, power(scale - DECIMALS)?)?, DECIMALS)
        } else {
            (mantissa, scale)
        };
        let most = LARGEST.checked_mul(power(scale)?)?;
        (mantissa.checked_abs()? <= most).then_some(Self { mantissa, scale })
    }

    /// A number that is known to be small: a count, a column's value.
    pub(crate) const fn small(mantissa: i64, scale: u8) -> Self {
        Self {
            mantissa: mantissa as i128,
            scale,
        }
    }

    /// From a cell.
    pub fn of(number: Number) -> Option<Self> {
        match number {
            Number::Small { mantissa, scale }
                if scale <= DECIMALS && mantissa.unsigned_abs() <= LARGEST_SMALL.unsigned_abs() =>
            {
                Some(Self::small(mantissa, scale))
            }
            Number::Small { mantissa, scale } => Self::new(i128::from(mantissa), scale),
            Number::Large(value) => Self::from_decimal(value),
        }
    }

    /// From a decimal.
    pub fn from_decimal(value: Decimal) -> Option<Self> {
        Self::new(value.mantissa(), u8::try_from(value.scale()).ok()?)
    }

    /// The integer over [`Num::scale`] decimals.
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many decimals.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// As an amount.
    pub fn to_money(self) -> Money {
        money(self.mantissa, self.scale)
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Exactly zero.
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_abs(),
            scale: self.scale,
        }
    }

    /// With the other sign.
    #[must_use]
    pub const fn neg(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_neg(),
            scale: self.scale,
        }
    }

    /// Whether it is further from nothing than another.
    pub fn abs_above(self, other: Self) -> bool {
        let apart = self.abs().minus(other.abs());
        apart.is_some_and(|apart| apart.mantissa() > 0)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::new(self.at(scale)?.checked_add(other.at(scale)?)?, scale)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.neg())
    }

    /// The product, rounded to nine decimals.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(
            self.mantissa.checked_mul(other.mantissa)?,
            self.scale.checked_add(other.scale)?,
        )
    }

    /// The quotient, rounded to nine decimals; `None` for a divisor of zero.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let digits = DECIMALS
            .checked_add(divisor.scale)?
            .checked_sub(self.scale)?;
        let widened = self.mantissa.checked_mul(power(digits)?)?;
        Self::new(divide(widened, divisor.mantissa)?, DECIMALS)
    }

    /// Rounded to so many decimals; `None` where it does not fit.
    pub fn rounded(self, scale: u8) -> Option<Self> {
        match self.scale.checked_sub(scale).filter(|more| *more > 0) {
            Some(more) => Self::new(divide(self.mantissa, power(more)?)?, scale),
            None => Some(self),
        }
    }

    /// The mantissa at another number of decimals, if that loses nothing.
    pub fn at(self, scale: u8) -> Option<i128> {
        match scale.checked_sub(self.scale) {
            Some(0) => Some(self.mantissa),
            Some(more) => self.mantissa.checked_mul(power(more)?),
            None => {
                let by = power(self.scale - scale)?;
                (self.mantissa % by == 0).then(|| self.mantissa / by)
            }
        }
    }

    /// The fewest decimals that hold the number.
    #[must_use]
    pub fn shortest(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl PartialEq for Num {
    fn eq(&self, other: &Self) -> bool {
        let scale = self.scale.max(other.scale);
        self.at(scale) == other.at(scale)
    }
}

impl Eq for Num {}

/// A sum of mantissas as an amount. A sum of more than 28 digits loses its last decimals, rounded.
pub fn money(mut mantissa: i128, mut scale: u8) -> Money {
    loop {
        if let Ok(money) = Money::from_parts(mantissa, u32::from(scale)) {
            return money;
        }
        match (scale.checked_sub(1), divide(mantissa, 10)) {
            (Some(fewer), Some(less)) => (scale, mantissa) = (fewer, less),
            // Not reachable from a book: a line is below 10^15, and so many lines do not exist.
            _ => return Money::ZERO,
        }
    }
}

/// Ten to a power of at most 28.
pub(crate) fn power(exponent: u8) -> Option<i128> {
    POWERS.get(usize::from(exponent)).copied()
}

/// A table, because 128-bit multiplication is a function call in WebAssembly.
const POWERS: [i128; 29] = {
    let mut powers = [1_i128; 29];
    let mut i = 1;
    while i < 29 {
        #[allow(clippy::indexing_slicing)]
        {
            powers[i] = powers[i - 1] * 10;
        }
        i += 1;
    }
    powers
};

/// Division rounded half away from zero.
fn divide(value: i128, by: i128) -> Option<i128> {
    let quotient = value.checked_div(by)?;
    let rest = value.checked_rem(by)?;
    let up = rest.checked_abs()?.checked_mul(2)? >= by.checked_abs()?;
    let away = if (value < 0) == (by < 0) { 1 } else { -1 };
    Some(if up { quotient + away } else { quotient })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn num(text: &str) -> Num {
        Num::from_decimal(Money::parse(text).unwrap().amount()).unwrap()
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(num("0.1").plus(num("0.2")), Some(num("0.3")));
        assert_eq!(num("1.10").times(num("3")), Some(num("3.3")));
        assert_eq!(num("-12.5").minus(num("0.5")), Some(num("-13")));
        assert_eq!(num("1").over(num("8")), Some(num("0.125")));
        assert_eq!(num("2.00").shortest().scale(), 0);
    }

    #[test]
    fn more_than_nine_decimals_are_rounded_half_away_from_zero() {
        assert_eq!(num("0.30000000000000004"), num("0.3"));
        assert_eq!(num("-0.0000000005"), num("-0.000000001"));
        assert_eq!(num("2").over(num("3")), Some(num("0.666666667")));
    }

    #[test]
    fn a_quotient_by_zero_and_a_giant_are_refused() {
        assert_eq!(num("1").over(Num::ZERO), None);
        assert_eq!(Num::new(10_000_000_000_000_000, 0), None);
        assert_eq!(Num::new(i128::MAX, 0), None);
    }
}
