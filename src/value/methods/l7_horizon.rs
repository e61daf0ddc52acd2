//! L7, finite horizon: `sum over t = 1..N of m (r (1 + g))^(t-1) / (1 + d)^t`.
//!
//! Year 1 is certain. The exponent of the discount follows the timing convention: t at the end of
//! the year, t - 1/2 in its middle, t - 1 at its start; monthly counts a twelfth at the end of each
//! month, with retention, growth and discount turned into monthly rates.

use super::Outlook;
use crate::value::inputs::Timing;

/// What 1 a year over the horizon is worth today. Each term is the one before times the same number,
/// so that a long horizon costs multiplications, not powers.
pub fn multiple(outlook: &Outlook) -> f64 {
    let kept = outlook.retention_per_year * (1.0 + outlook.growth_per_year);
    let years = outlook.horizon_years;
    let (count, first, step) = match outlook.timing {
        Timing::End => (years, 1.0, 1.0),
        Timing::Mid => (years, 0.5, 1.0),
        Timing::Start => (years, 0.0, 1.0),
        Timing::Monthly => (12 * years, 1.0 / 12.0, 1.0 / 12.0),
    };
    let each = libm::pow(kept, step) * outlook.factor(step);
    let sum = (0..count).fold(0.0, |sum, _| 1.0 + sum * each);
    outlook.factor(first) * step * sum
}

/// The cash flows behind it for a yearly margin, one for each year, not discounted: what payback,
/// net present value and internal rate of return start from.
pub fn flows(outlook: &Outlook, margin_per_year: f64) -> Vec<f64> {
    let kept = outlook.retention_per_year * (1.0 + outlook.growth_per_year);
    let year = |t: u32| margin_per_year * libm::pow(kept, f64::from(t) - 1.0);
    (1..=outlook.horizon_years).map(year).collect()
}
