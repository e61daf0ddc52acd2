//! L3, margin over churn: `m / c` with `c = 1 - r`, not discounted.
//!
//! Source: the usual subscription formula; for no churn at all the sum has no end, and the horizon
//! stands in for it.

use super::Outlook;

/// Years of margin until the average account is gone; the horizon where nothing is ever lost.
///
/// ```
/// use perennial::value::methods::{Outlook, l3_churn};
/// use perennial::value::Timing;
/// let mut outlook = Outlook { retention_per_year: 0.96, discount_per_year: 0.0,
///     growth_per_year: 0.0, horizon_years: 5, timing: Timing::End };
/// assert_eq!((10.0 * l3_churn::multiple(&outlook)).round(), 250.0);
/// outlook.retention_per_year = 1.0;
/// assert_eq!(l3_churn::multiple(&outlook), 5.0);
/// ```
pub fn multiple(outlook: &Outlook) -> f64 {
    if outlook.retention_per_year < 1.0 {
        1.0 / (1.0 - outlook.retention_per_year)
    } else {
        f64::from(outlook.horizon_years)
    }
}
