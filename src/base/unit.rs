//! The units in which inputs are typed and figures are shown.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// A number with the noun that it counts, which has an s unless the number is 1.
///
/// ```
/// use perennial::base::counted;
/// assert_eq!(counted(&1, "account"), "1 account");
/// assert_eq!(counted(&0, "account"), "0 accounts");
/// assert_eq!(counted(&"12", "year"), "12 years");
/// ```
pub fn counted(number: &dyn Display, one: &str) -> String {
    let mut words = format!("{number} {one}");
    if !words.starts_with("1 ") {
        words.push('s');
    }
    words
}

/// What a number counts. Rates say per what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// An amount in the base currency.
    Money,
    /// An amount in the base currency that is owed: written to the cent everywhere.
    MoneyInCents,
    /// An amount in the base currency per year.
    MoneyPerYear,
    /// An amount in the base currency per order.
    MoneyPerOrder,
    /// An amount in the base currency for one piece.
    MoneyPerPiece,
    /// A share, written as a percentage: 15 means 15 %.
    Percent,
    /// A rate per year, written as a percentage.
    PercentPerYear,
    /// A length of time in years.
    Years,
    /// A length of time in months.
    Months,
    /// A length of time in days.
    Days,
    /// Things counted one by one.
    Count,
    /// Orders per year.
    OrdersPerYear,
    /// Pieces.
    Pieces,
    /// One amount over another: 3 means 3 to 1.
    Ratio,
    /// A calendar date.
    Date,
    /// A word: the answer is not a number.
    Text,
}

impl Unit {
    /// The unit as printed after a number; empty for money, whose symbol is the display's business.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Money | Self::MoneyInCents | Self::Date | Self::Text | Self::Count => "",
            Self::MoneyPerYear => "/year",
            Self::MoneyPerOrder => "/order",
            Self::MoneyPerPiece => "/piece",
            Self::Percent => "%",
            Self::PercentPerYear => "%/year",
            Self::Years => "years",
            Self::Months => "months",
            Self::Days => "days",
            Self::OrdersPerYear => "orders/year",
            Self::Pieces => "pieces",
            Self::Ratio => ": 1",
        }
    }

    /// Whether amounts of this unit are money.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Money
                | Self::MoneyInCents
                | Self::MoneyPerYear
                | Self::MoneyPerOrder
                | Self::MoneyPerPiece
        )
    }
}
