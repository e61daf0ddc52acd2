//! The one unit of time of all models, and discounting in it.
//!
//! Every published package can be made to mix days, weeks and months; here a length of time is a
//! type, made from days or years only, and rates of discount are made from a rate a year.

use crate::base::date::DAYS_PER_YEAR;

/// Days in a week.
const DAYS: f64 = 7.0;

/// Weeks in a mean year.
pub const WEEKS_PER_YEAR: f64 = DAYS_PER_YEAR / DAYS;

/// A length of time in weeks: finite, never negative, at most ten thousand years.
///
/// ```
/// use perennial::models::Weeks;
/// assert_eq!(Weeks::of_days(21).get(), 3.0);
/// assert_eq!(Weeks::new(-1.0).get(), 0.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Weeks(f64);

impl Weeks {
    /// No time.
    pub const ZERO: Self = Self(0.0);
    /// A mean year.
    pub const YEAR: Self = Self(WEEKS_PER_YEAR);

    /// So many weeks; what is no length of time is none.
    pub fn new(weeks: f64) -> Self {
        Self(if weeks.is_nan() {
            0.0
        } else {
            weeks.clamp(0.0, 1e4 * WEEKS_PER_YEAR)
        })
    }

    /// From days.
    pub fn of_days(days: i32) -> Self {
        Self::new(f64::from(days) / DAYS)
    }

    /// From mean years.
    pub fn of_years(years: f64) -> Self {
        Self::new(years * WEEKS_PER_YEAR)
    }

    /// The number of weeks.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The number of days.
    pub fn days(self) -> f64 {
        self.0 * DAYS
    }
}

/// A continuous rate of discount, per week.
///
/// ```
/// use perennial::models::Discount;
/// // 15 % a year: what comes in a year counts 1/1.15.
/// let per_week = Discount::per_year(0.15).per_week();
/// assert!((per_week - 1.15_f64.ln() / (365.25 / 7.0)).abs() < 1e-17);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Discount(f64);

impl Discount {
    /// No discounting.
    pub const NONE: Self = Self(0.0);

    /// From an effective rate a year, 0.15 for 15 %; between 0 and 100 (ten thousand percent).
    pub fn per_year(rate: f64) -> Self {
        let rate = if rate.is_nan() {
            0.0
        } else {
            rate.clamp(0.0, 100.0)
        };
        Self(libm::log1p(rate) / WEEKS_PER_YEAR)
    }

    /// From an effective rate for each stretch of time.
    pub fn per(rate: f64, every: Weeks) -> Self {
        if rate.is_nan() || rate <= 0.0 || every.get() <= 0.0 {
            return Self::NONE;
        }
        Self((libm::log1p(rate) / every.get()).min(1e3))
    }

    /// The continuous rate.
    pub const fn per_week(self) -> f64 {
        self.0
    }

    /// What one unit at that time is worth now.
    pub fn factor(self, at: Weeks) -> f64 {
        libm::exp(-self.0 * at.get())
    }
}
