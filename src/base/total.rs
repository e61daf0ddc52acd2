//! An exact running sum of money, faster than adding decimals one by one.
//!
//! Amounts of one scale add up as integers; another scale is brought to the finer of the two.

use super::money::{Money, OutOfRange};

/// A running sum.
///
/// ```
/// use perennial::base::{Money, Total};
/// let mut total = Total::default();
/// for text in ["0.10", "0.2", "-1"] {
///     total.add(Money::parse(text).unwrap()).unwrap();
/// }
/// assert_eq!(total.money().unwrap().to_string(), "-0.70");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    mantissa: i128,
    scale: u32,
}

impl Total {
    /// Adds an amount.
    ///
    /// # Errors
    /// [`OutOfRange`] when the sum needs more than 127 bits.
    pub fn add(&mut self, amount: Money) -> Result<(), OutOfRange> {
        let amount = amount.amount();
        self.plus(Self {
            mantissa: amount.mantissa(),
            scale: amount.scale(),
        })
    }

    /// Adds another sum.
    ///
    /// # Errors
    /// [`OutOfRange`] when the sum needs more than 127 bits.
    pub fn plus(&mut self, mut other: Self) -> Result<(), OutOfRange> {
        if other.mantissa == 0 {
            return Ok(());
        }
        if other.scale < self.scale {
            other.refine(self.scale)?;
        } else if other.scale > self.scale {
            self.refine(other.scale)?;
        }
        self.mantissa = self
            .mantissa
            .checked_add(other.mantissa)
            .ok_or(OutOfRange)?;
        Ok(())
    }

    /// The sum as money.
    ///
    /// # Errors
    /// [`OutOfRange`] when it needs more than the 96 bits of a decimal.
    pub fn money(self) -> Result<Money, OutOfRange> {
        Money::from_parts(self.mantissa, self.scale)
    }

    fn refine(&mut self, scale: u32) -> Result<(), OutOfRange> {
        let factor = 10_i128.checked_pow(scale - self.scale).ok_or(OutOfRange)?;
        self.mantissa = self.mantissa.checked_mul(factor).ok_or(OutOfRange)?;
        self.scale = scale;
        Ok(())
    }
}
