//! One computed figure, or the reason why there is none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::spec::Exactness;

/// A number, as exact as it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// Added up from recorded amounts; serialised as text, so no digit is lost.
    Exact(#[serde(with = "crate::base::packed::decimal")] Decimal),
    /// Computed in floating point.
    Float(f64),
}

/// Why a figure cannot be computed honestly, in words for the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNot(pub String);

/// One figure of one subject (the book, a segment, an account).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number, or why there is none.
    pub value: Result<Number, WhyNot>,
    /// Exact, estimated or assumed.
    pub exactness: Exactness,
    /// The share of it that rests on recorded cost, 0 to 1, where cost enters.
    pub coverage: Option<f64>,
    /// What a reader must know of this one figure: lapsed, a negative margin, several solutions.
    pub note: Option<String>,
}

/// The figures of one subject by metric key.
pub type Figures = BTreeMap<String, Figure>;
