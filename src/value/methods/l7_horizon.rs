//! L7, finite horizon: `sum over t = 1..N of m (r (1 + g))^(t-1) / (1 + d)^t`.
//!
//! Year 1 is certain. The exponent of the discount follows the timing convention: t at the end of
//! the year, t - 1/2 in its middle, t - 1 at its start; monthly counts a twelfth at the end of each
//! month, with retention, growth and discount turned into monthly rates.

use super::Outlook;
use crate::value::inputs::Timing;

/// What 1 a year over the horizon is worth today.
pub fn multiple(outlook: &Outlook) -> f64 {
    let kept = outlook.retention_per_year * (1.0 + outlook.growth_per_year);
    let shift = match outlook.timing {
        Timing::End => 0.0,
        Timing::Mid => 0.5,
        Timing::Start => 1.0,
        Timing::Monthly => return monthly(outlook, kept),
    };
    let year = |t: f64| libm::pow(kept, t - 1.0) * outlook.factor(t - shift);
    (1..=outlook.horizon_years)
        .map(|t| year(f64::from(t)))
        .sum()
}

fn monthly(outlook: &Outlook, kept: f64) -> f64 {
    let month = |k: f64| libm::pow(kept, (k - 1.0) / 12.0) * outlook.factor(k / 12.0) / 12.0;
    (1..=12 * outlook.horizon_years)
        .map(|k| month(f64::from(k)))
        .sum()
}

/// The cash flows behind it for a yearly margin, one for each year, not discounted: what payback,
/// net present value and internal rate of return start from.
pub fn flows(outlook: &Outlook, margin_per_year: f64) -> Vec<f64> {
    let kept = outlook.retention_per_year * (1.0 + outlook.growth_per_year);
    let year = |t: u32| margin_per_year * libm::pow(kept, f64::from(t) - 1.0);
    (1..=outlook.horizon_years).map(year).collect()
}
