//! Values as the bytes in which the page and its workers talk: positional, without names, and exact.
//!
//! Both sides are of one build, so the form has no versions and is never stored. Reading bytes that
//! are not of the type gives an error, never a panic.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Refused;

/// Writes a value.
pub fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    // Fails only for types that do not know their own length, and there are none here.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// Reads a value back.
///
/// # Errors
/// What is wrong with the bytes, in words.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refused> {
    postcard::from_bytes(bytes).map_err(|error| error.to_string().into())
}

/// A value on its way as its bytes: what only hands it on need not know how it is read and written,
/// and is so much smaller.
///
/// ```
/// use perennial::base::packed::Parcel;
/// let parcel = Parcel::of(&vec![1_u8, 2, 3]);
/// assert_eq!(parcel.open().unwrap(), [1, 2, 3]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Parcel<T> {
    bytes: Vec<u8>,
    #[serde(skip)]
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Parcel<T> {
    /// Packs a value.
    pub fn of(value: &T) -> Self {
        Self {
            bytes: pack(value),
            of: PhantomData,
        }
    }
}

impl<T: DeserializeOwned> Parcel<T> {
    /// The value in it.
    ///
    /// # Errors
    /// What is wrong with the bytes, in words.
    pub fn open(&self) -> Result<T, Refused> {
        unpack(&self.bytes)
    }
}

/// Decimals: text where people read it, else the sixteen bytes of the number, its scale included.
pub mod decimal {
    use rust_decimal::Decimal;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes a decimal.
    ///
    /// # Errors
    /// What the serializer gives.
    pub fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(value)
        } else {
            value.serialize().serialize(serializer)
        }
    }

    /// Reads a decimal.
    ///
    /// # Errors
    /// When it is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Decimal::from_str_exact(&text)
                .map_err(|_| D::Error::custom("a decimal is written 12.34"))
        } else {
            <[u8; 16]>::deserialize(deserializer).map(Decimal::deserialize)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Date, Money};
    use crate::metrics::Number;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(mantissa in -(1_i128 << 95)..(1_i128 << 95), scale in 0..=28_u32, days in any::<i32>(), float in any::<f64>()) {
            let amount = Decimal::from_i128_with_scale(mantissa, scale);
            let value = (Number::Exact(amount), Money::new(amount), Date::from_days(days), float.to_bits());
            let again = unpack::<(Number, Money, Date, u64)>(&pack(&value)).unwrap();
            prop_assert_eq!(again, value);
            prop_assert_eq!(unpack::<f64>(&pack(&float)).unwrap().to_bits(), float.to_bits());
        }

        #[test]
        fn any_bytes_at_all_give_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack::<crate::metrics::Sheet>(&bytes);
            let _ = unpack::<crate::metrics::Figures>(&bytes);
        }
    }
}
