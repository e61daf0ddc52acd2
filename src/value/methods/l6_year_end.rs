//! L6, discounted, first margin certain and at the end of year 1: `m / (1 + d - r)`.
//!
//! Source: the geometric sum of `m r^(t-1) / (1 + d)^t` from t = 1.

use super::{Outlook, perpetuity};
use crate::metrics::WhyNot;

/// The multiple of a margin that comes at the end of every year.
///
/// # Errors
/// [`WhyNot`] where retention is 100 % and nothing is discounted: the sum has no end.
pub fn multiple(outlook: &Outlook) -> Result<f64, WhyNot> {
    perpetuity(outlook.retention_per_year, outlook.discount_per_year)
}
