//! The types of assumptions: each is made only from canonical text, so none holds a bad value.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::base::Unit;
use crate::base::money::parse_plain;

use super::spec::Kind;

/// The type of an assumption's field.
pub trait Typed: Sized + Default {
    /// What its number counts.
    const UNIT: Unit;
    /// The value of a canonical text.
    fn read(canonical: &str) -> Option<Self>;
}

/// A type whose possible values are fixed by the type itself: choices and toggles.
pub trait Fixed: Typed {
    /// The possible values.
    const KIND: Kind;
}

/// `on` or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Toggle(bool);

impl Toggle {
    /// Whether it is on.
    pub const fn on(self) -> bool {
        self.0
    }

    /// 1 or 0, exactly.
    pub const fn factor(self) -> Decimal {
        if self.0 { Decimal::ONE } else { Decimal::ZERO }
    }

    /// 1 or 0.
    pub const fn weight(self) -> f64 {
        if self.0 { 1.0 } else { 0.0 }
    }
}

impl Typed for Toggle {
    const UNIT: Unit = Unit::Text;
    fn read(canonical: &str) -> Option<Self> {
        match canonical {
            "on" => Some(Self(true)),
            "off" => Some(Self(false)),
            _ => None,
        }
    }
}

impl Fixed for Toggle {
    const KIND: Kind = Kind::Toggle;
}

macro_rules! shares {
    ($($(#[$doc:meta])* $name:ident, $unit:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct $name { exact: Decimal, float: f64 }

        impl $name {
            /// As a fraction: 15 % is 0.15.
            pub const fn fraction(self) -> f64 {
                self.float
            }

            /// As an exact fraction.
            pub const fn exact_fraction(self) -> Decimal {
                self.exact
            }
        }

        impl Typed for $name {
            const UNIT: Unit = Unit::$unit;
            fn read(canonical: &str) -> Option<Self> {
                let exact = parse_plain(canonical)?.checked_div(Decimal::ONE_HUNDRED)?;
                Some(Self { exact, float: exact.to_f64()? })
            }
        }
    )*};
}

shares! {
    /// A share, typed as a percentage.
    Percent, Percent;
    /// A rate per year, typed as a percentage.
    PercentPerYear, PercentPerYear;
}

macro_rules! amounts {
    ($($(#[$doc:meta])* $name:ident, $unit:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct $name { exact: Decimal, float: f64 }

        impl $name {
            /// The nearest floating-point number.
            pub const fn float(self) -> f64 {
                self.float
            }

            /// The amount itself.
            pub const fn exact(self) -> Decimal {
                self.exact
            }
        }

        impl Typed for $name {
            const UNIT: Unit = Unit::$unit;
            fn read(canonical: &str) -> Option<Self> {
                let exact = parse_plain(canonical)?;
                Some(Self { exact, float: exact.to_f64()? })
            }
        }
    )*};
}

amounts! {
    /// An amount in the base currency.
    Amount, Money;
    /// An amount in the base currency per year.
    AmountPerYear, MoneyPerYear;
    /// An amount in the base currency per order.
    AmountPerOrder, MoneyPerOrder;
    /// An amount in the base currency for one piece.
    AmountPerPiece, MoneyPerPiece;
    /// Hours.
    Hours, Count;
    /// Things counted one by one.
    Count, Count;
    /// Pieces.
    Pieces, Pieces;
}

macro_rules! by_name {
    ($($(#[$doc:meta])* $name:ident, $unit:ident, $low:literal ..= $high:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name;

        impl Typed for $name {
            const UNIT: Unit = Unit::$unit;
            fn read(_: &str) -> Option<Self> {
                Some(Self)
            }
        }

        impl Fixed for $name {
            const KIND: Kind = Kind::ByName($low, $high);
        }
    )*};
}

by_name! {
    /// Amounts by the name of a group; the names and numbers are read by
    /// [`entries`](super::parse::entries).
    AmountByName, Money, "0"..="1000000000";
    /// Hours by the name of a group.
    HoursByName, Count, "0"..="100000";
    /// Counts by the name of a group.
    CountByName, Count, "0"..="1000000";
    /// Rates per year by the name of a group.
    RateByName, PercentPerYear, "0"..="100";
    /// Shares by name.
    ShareByName, Percent, "0"..="100";
    /// Shares by name that are credited beside the whole.
    CreditByName, Percent, "0"..="1000";
}

macro_rules! spans {
    ($($(#[$doc:meta])* $name:ident, $unit:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name(u32);

        impl $name {
            /// The whole number.
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl Typed for $name {
            const UNIT: Unit = Unit::$unit;
            fn read(canonical: &str) -> Option<Self> {
                canonical.parse().ok().map(Self)
            }
        }
    )*};
}

spans! {
    /// Whole years.
    Years, Years;
    /// Whole months.
    Months, Months;
    /// Whole days.
    Days, Days;
}
