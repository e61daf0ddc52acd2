//! L5, discounted, first margin now: `m (1 + d) / (1 + d - r)`.
//!
//! Source: the geometric sum of `m r^t / (1 + d)^t` from t = 0.

use super::{Outlook, perpetuity};
use crate::metrics::WhyNot;

/// The multiple of a margin that comes at the start of every year, the first at once.
///
/// # Errors
/// [`WhyNot`] where retention is 100 % and nothing is discounted: the sum has no end.
pub fn multiple(outlook: &Outlook) -> Result<f64, WhyNot> {
    let d = outlook.discount_per_year;
    Ok((1.0 + d) * perpetuity(outlook.retention_per_year, d)?)
}
