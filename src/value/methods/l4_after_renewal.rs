//! L4, discounted, first margin after one renewal: `m r / (1 + d - r)`.
//!
//! Source: Gupta and Lehmann (2003), the margin multiple.

use super::{Outlook, perpetuity};
use crate::metrics::WhyNot;

/// The margin multiple.
///
/// # Errors
/// [`WhyNot`] where retention is 100 % and nothing is discounted: the sum has no end.
pub fn multiple(outlook: &Outlook) -> Result<f64, WhyNot> {
    let r = outlook.retention_per_year;
    Ok(r * perpetuity(r, outlook.discount_per_year)?)
}
