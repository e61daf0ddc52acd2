//! Lifetime-value methods, one a file: how many of today's yearly margins the future is worth.
//!
//! Input: an [`Outlook`]. Output: a multiple of the yearly margin, or why the method cannot run.
//! All are linear in the margin, so a negative margin gives a negative value and nothing else
//! changes. Acquisition cost is never inside a multiple: it is taken off once, where values are put
//! together.

pub mod l10_survival;
mod l12_fitted;
pub mod l2_simple;
pub mod l3_churn;
pub mod l4_after_renewal;
pub mod l5_now;
pub mod l6_year_end;
pub mod l7_horizon;
pub mod l8_growth;
pub mod l9_detail;

use crate::metrics::WhyNot;

use super::inputs::{Inputs, Timing};

/// How the future is seen: rates as fractions per year, the horizon in years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The share of accounts kept from one year to the next.
    pub retention_per_year: f64,
    /// What waiting a year costs.
    pub discount_per_year: f64,
    /// How much more margin a kept account brings each year.
    pub growth_per_year: f64,
    /// Future years that count.
    pub horizon_years: u32,
    /// When within a year its margin counts.
    pub timing: Timing,
}

impl Outlook {
    /// As the assumptions have it.
    pub const fn of(inputs: &Inputs) -> Self {
        Self {
            retention_per_year: inputs.retention.fraction(),
            discount_per_year: inputs.discount.fraction(),
            growth_per_year: inputs.growth.fraction(),
            horizon_years: inputs.horizon.get(),
            timing: inputs.timing,
        }
    }

    /// What one unit received `years` from now is worth today.
    pub fn factor(&self, years: f64) -> f64 {
        1.0 / libm::pow(1.0 + self.discount_per_year, years)
    }
}

/// A yearly rate as the rate per month that compounds to it: `(1 + d)^(1/12) - 1`.
///
/// ```
/// use perennial::value::methods::per_month;
/// assert_eq!(format!("{:.4}", 100.0 * per_month(0.12)), "0.9489");
/// ```
pub fn per_month(rate_per_year: f64) -> f64 {
    libm::pow(1.0 + rate_per_year, 1.0 / 12.0) - 1.0
}

/// A monthly rate as the rate per year that it compounds to: `(1 + d)^12 - 1`.
///
/// ```
/// use perennial::value::methods::per_year;
/// assert_eq!(format!("{:.2}", 100.0 * per_year(0.01)), "12.68");
/// ```
pub fn per_year(rate_per_month: f64) -> f64 {
    libm::pow(1.0 + rate_per_month, 12.0) - 1.0
}

/// One over what is lost per year to churn and waiting; the heart of the endless methods.
fn perpetuity(kept: f64, discount: f64) -> Result<f64, WhyNot> {
    let lost = 1.0 + discount - kept;
    if lost > 1e-12 {
        Ok(1.0 / lost)
    } else {
        Err(WhyNot(format!(
            "The sum has no end: {:.2} % of the margin is kept each year and only {:.2} % is lost by \
             waiting. Use L7, which counts a fixed number of years, or lower retention or growth.",
            100.0 * kept,
            100.0 * discount,
        )))
    }
}
