//! A calendar date without time or zone.
//!
//! Stored as days since 1970-01-01, so that a column of dates is a column of integers. Calendar
//! arithmetic is chrono's; its parsers and its clock are not used.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Days from 0001-01-01 (day 1 of the common era) to 1970-01-01.
const EPOCH_CE: i32 = 719_163;

/// Days in a mean year, for turning a span of days into years.
pub const DAYS_PER_YEAR: f64 = 365.25;

/// A calendar date; ordered, and as cheap as an integer.
///
/// ```
/// use perennial::base::Date;
/// let d = Date::parse("2026-01-31").unwrap();
/// assert_eq!(d.plus_months(1).to_string(), "2026-02-28");
/// assert_eq!(Date::parse("2026-03-01").unwrap().days_since(d), 29);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(i32);

impl Date {
    /// A date from its parts; `None` when there is no such day or the year is not 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(|d| Self(d.num_days_from_ce() - EPOCH_CE))
    }

    /// A date from days since 1970-01-01.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Reads `YYYY-MM-DD`, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let sized = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !sized || !digits {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Year, month (1 to 12), day (1 to 31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let d = self.civil();
        (d.year(), d.month(), d.day())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.civil().year()
    }

    /// Months since January of year 0: the same for all days of a month, one more for the next.
    pub fn month_index(self) -> i32 {
        let (year, month, _) = self.ymd();
        year * 12 + i32::try_from(month).unwrap_or(1) - 1
    }

    /// Days from `earlier` to this date; negative when it is later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Mean years from `earlier` to this date.
    pub fn years_since(self, earlier: Self) -> f64 {
        f64::from(self.days_since(earlier)) / DAYS_PER_YEAR
    }

    /// So many days later.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day so many months later (earlier when negative), or that month's last day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let by = Months::new(months.unsigned_abs());
        let d = self.civil();
        let moved = if months < 0 {
            d.checked_sub_months(by)
        } else {
            d.checked_add_months(by)
        };
        moved.map_or(self, |d| Self(d.num_days_from_ce() - EPOCH_CE))
    }

    fn civil(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_CE)).unwrap_or_default()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i32(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i32::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a date is written YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_print_as_they_are_read() {
        for text in ["0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(
                Date::parse(text).map(|d| d.to_string()).as_deref(),
                Some(text)
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "2025-02-29",
            "2025-13-01",
            "2025-1-01",
            "25-01-01",
            "",
            "2025/01/01",
            "2025-01-01x",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_epoch_is_day_zero() {
        assert_eq!(Date::new(1970, 1, 1).map(Date::days), Some(0));
    }
}
