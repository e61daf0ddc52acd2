//! L8, with margin growth: `m r / (1 + d - r (1 + g))`, first margin after one renewal.
//!
//! Source: the growing perpetuity on Gupta and Lehmann's multiple; it needs `r (1 + g) < 1 + d`.

use super::{Outlook, perpetuity};
use crate::metrics::WhyNot;

/// The margin multiple with growth.
///
/// # Errors
/// [`WhyNot`] where what is kept and grows is not less than what waiting costs.
pub fn multiple(outlook: &Outlook) -> Result<f64, WhyNot> {
    let r = outlook.retention_per_year;
    Ok(r * perpetuity(
        r * (1.0 + outlook.growth_per_year),
        outlook.discount_per_year,
    )?)
}
